//! One event, opened: everybody's account of it as they told it, and what people say about it in their own voices.

use std::collections::BTreeSet;

use desk::{Desk, Fill};
use eframe::egui::Ui;
use plan::{Value, checks::happened::Event};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{PART, charts::severity, look::Look, quarter, short};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button, said_button},
    people,
    screens::{
        cards::Cards,
        fields::{Record, attached, fields, more, rows, words_field},
    },
    theme::{self, Tone, Type, gap},
};

/// Draws it; gives back whether it is to be put away.
pub(super) fn ui(
    ui: &mut Ui,
    desk: &Desk,
    plan: PlanId,
    look: &Look,
    event: &Event,
    cards: &mut Cards,
    asks: &mut Asks,
) -> bool {
    let record = |item: ItemId| Record::part(desk, plan, PART).at(item);
    for account in &event.accounts {
        let one = record(*account);
        cards.card(ui, one, asks, |ui, asks| reading(ui, one, event, asks), |ui, asks| editing(ui, one, asks));
        ui.add_space(gap::M);
    }
    let mut away = false;
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::M;
        own_accounts(ui, desk, plan, event, asks);
        same(ui, desk, plan, look, event, asks);
        if !event.accounts.iter().any(|account| cards.is_open(record(*account))) {
            away = icon_button(ui, Weight::Plain, Icon::LESS, &text("happened-away")).clicked();
        }
    });
    ui.add_space(gap::L);
    away
}

fn reading(ui: &mut Ui, record: Record<'_>, event: &Event, asks: &mut Asks) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let teller = record.people("written-by").into_iter().next();
        if let Some(teller) = &teller {
            let face = people::face_of(record.desk, record.plan, teller);
            kit::disc(ui, &face, 30.0);
            ui.label(theme::text(ui, Type::BesideStrong, say(Say::new("happened-told-by").with("name", face.name))));
        }
        if let Some(Value::Scale(step)) = record.value("severity") {
            let (tone, words) = severity(step);
            chip(ui, tone, &words);
        }
        for words in [record.choice_words("kind"), Some(record.line("own-kind"))].into_iter().flatten() {
            if !words.is_empty() {
                chip(ui, Tone::Plain, &words);
            }
        }
        if record.value("private") == Some(Value::YesNo(true)) {
            chip(ui, Tone::NotYet, &record.label("private"));
        }
    });
    if record.value("private") == Some(Value::YesNo(true)) {
        ui.label(theme::soft(ui, Type::Note, text("happened-private-note")));
    }
    let when = record.line("when");
    let when = if when.is_empty() { text("happened-no-day") } else { words::date_and_time(&when) };
    let place = [when, record.line("where"), names(record, "who")];
    let place: Vec<String> = place.into_iter().filter(|words| !words.is_empty()).collect();
    ui.label(theme::soft(ui, Type::Note, place.join(" · ")));
    let what = record.text("what");
    let what = if what.trim().is_empty() { text("common-no-words-yet") } else { what };
    ui.label(theme::text(ui, Type::Section, what.trim()));
    for field in ["before", "after", "helped", "means"] {
        let words = record.text(field);
        if !words.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Small, record.label(field)));
            ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
        }
    }
    for agency in record.records("agencies") {
        let said = [agency.line("agency"), agency.text("answer")];
        let said: Vec<String> = said.into_iter().filter(|words| !words.trim().is_empty()).collect();
        ui.horizontal_wrapped(|ui| {
            kit::paint_icon_beside(ui, Icon::RING);
            ui.label(theme::text(ui, Type::Beside, said.join(": ")));
            if agency.value("taken-on") == Some(Value::YesNo(true)) {
                chip(ui, Tone::Calm, &agency.label("taken-on"));
            }
        });
    }
    let owner = names(record, "owner");
    if !owner.is_empty() {
        ui.label(theme::soft(ui, Type::Note, say(Say::new("happened-owner").with("name", owner))));
    }
    if event.accounts.len() > 1 && record.is_mine() {
        let words = text("happened-not-same");
        if said_button(ui, Weight::Quiet, None, &words, &format!("{words}: {}", what.trim())).clicked() {
            part(record, event, asks);
        }
    }
}

fn names(record: Record<'_>, field: &str) -> String {
    let people = record.people(field);
    let names: Vec<String> = people.iter().map(|one| people::face_of(record.desk, record.plan, one).name).collect();
    people::together(&names)
}

/// The few questions that matter, and more behind one press.
pub(super) fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    words_field(ui, record, "what", 2, asks);
    fields(ui, record, &["when"], asks);
    elsewhere(ui, record, asks);
    set_severity(ui, record, asks);
    fields(ui, record, &["where", "helped"], asks);
    let codes = [
        "before",
        "after",
        "means",
        "who",
        "kind",
        "own-kind",
        "harm",
        "owner",
        "action",
        "linked",
        "same-as",
        "reported-by",
        "written-by",
        "private",
        "files",
    ];
    more(ui, record, &codes, asks);
    rows(ui, record, "agencies", &["agency", "answer", "when", "taken-on"], asks);
}

/// How serious: in words, not in numbers.
fn set_severity(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    let all: Vec<kit::Choice<i64>> = (0..=3)
        .map(|step| {
            let (tone, words) = severity(step);
            kit::Choice { value: step, words, tone }
        })
        .collect();
    let now = match record.value("severity") {
        Some(Value::Scale(step)) => Some(step),
        _ => None,
    };
    if let Some(step) = kit::choose(ui, &text("happened-severity"), now.as_ref(), &all) {
        record.set("severity", Some(Value::Scale(step)), asks);
    }
}

/// What was written into one quarter and happened in another can be moved there as long as nothing hangs on it.
fn elsewhere(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    let Some(Value::Moment(when)) = record.value("when") else { return };
    let lies_in = record.document().and_then(|document| {
        let field = plan::FieldPath::new(plan::part(PART)?, None, "quarter").ok()?;
        document.value(field).value().map(ToString::to_string)
    });
    let name = quarter::of(when.date());
    if lies_in.is_none_or(|of| of == name) || !record.records("agencies").is_empty() {
        return;
    }
    let quarter::Place::Here(there) = quarter::place(record.desk, record.plan, when.date()) else { return };
    if there.within == record.doc() {
        return;
    }
    ui.label(theme::soft(ui, Type::Note, text("happened-other-quarter")));
    if icon_button(ui, Weight::Plain, None, &text("happened-move")).clicked() {
        let list = record.item.and_then(|item| Some(record.document()?.list_of(item)?.1));
        let Some(list) = list else { return };
        let fills = list.fields.iter().filter_map(|field| {
            let fill = match field.kind.is_text() {
                true => Fill::Text(record.text(field.code)),
                false => Fill::Value(record.value(field.code)?),
            };
            Some((field.code.to_owned(), fill))
        });
        there.add(list.code, fills.collect(), asks);
        record.remove(asks);
    }
}

/// What people tell in their own voices, and a way to tell mine.
fn own_accounts(ui: &mut Ui, desk: &Desk, plan: PlanId, event: &Event, asks: &mut Asks) {
    let title = text("happened-own");
    let label = ui.label(theme::text(ui, Type::Strong, &title));
    kit::is_heading(ui, &label, &title);
    let mut mine_is_there = false;
    let mut read = BTreeSet::new();
    for account in &event.accounts {
        let record = Record::part(desk, plan, PART).at(*account);
        for (person, voice) in record.voices() {
            let about = |told: &Record<'_>| told.refs("about").iter().any(|about| event.accounts.contains(about));
            for told in voice.records("accounts").into_iter().filter(about) {
                // Accounts in one document share their voices.
                if !told.item.is_some_and(|item| read.insert(item)) {
                    continue;
                }
                let face = people::face_or_former(desk, plan, person);
                if told.is_mine() {
                    mine_is_there = true;
                    ui.push_id(told.id("account", ""), |ui| {
                        words_field(ui, told, "words", 2, asks);
                        more(ui, told, &["means", "files"], asks);
                    });
                    continue;
                }
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::M;
                    kit::disc(ui, &face, 34.0);
                    ui.vertical(|ui| {
                        ui.label(theme::soft(ui, Type::Small, &face.name));
                        ui.label(theme::text(ui, Type::Body, crate::terms::quoted(&told.text("words"))));
                        let means = told.text("means");
                        if !means.trim().is_empty() {
                            ui.label(theme::soft(ui, Type::Note, means.trim()));
                        }
                        attached(ui, told, asks);
                    });
                });
            }
        }
    }
    let Some(first) = event.accounts.first() else { return };
    let record = Record::part(desk, plan, PART).at(*first);
    let Some(mine) = record.my_voice().filter(|mine| !mine_is_there && mine.is_mine()) else { return };
    if icon_button(ui, Weight::Plain, Icon::EDIT, &text("happened-own-add")).clicked() {
        mine.add("accounts", vec![("about".to_owned(), Fill::Value(Value::Ref(*first)))], asks);
    }
}

/// What may be the same event, told by somebody else.
fn same(ui: &mut Ui, desk: &Desk, plan: PlanId, look: &Look, event: &Event, asks: &mut Asks) {
    let Some(first) = event.accounts.first() else { return };
    for (one, other) in &look.alike {
        let other = match (event.accounts.contains(one), event.accounts.contains(other)) {
            (true, false) => other,
            (false, true) => one,
            (true, true) | (false, false) => continue,
        };
        let told = Record::part(desk, plan, PART).at(*other);
        let mine = Record::part(desk, plan, PART).at(*first);
        // Who may write in neither of the two documents links nothing.
        let Some((from, to)) = [(mine, *other), (told, *first)].into_iter().find(|(record, _)| record.is_mine()) else {
            continue;
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::S;
            let teller = names(told, "written-by");
            let teller = if teller.is_empty() { text("common-someone") } else { teller };
            let day =
                look.event(*other).and_then(|event| event.when).map(|when| short(when.date())).unwrap_or_default();
            let asked = Say::new("happened-same-asked").with("name", teller).with("day", day);
            ui.label(theme::text(ui, Type::Beside, say(asked)));
            ui.label(theme::soft(ui, Type::Beside, crate::terms::quoted(&told.text("what"))));
            if icon_button(ui, Weight::Plain, Icon::LINK, &text("happened-same")).clicked() {
                let mut same = from.refs("same-as");
                same.insert(to);
                from.set("same-as", Some(Value::Refs(same)), asks);
            }
        });
    }
}

/// Takes an account out of the event: whatever links it, both ways.
fn part(record: Record<'_>, event: &Event, asks: &mut Asks) {
    let Some(item) = record.item else { return };
    record.set("same-as", None, asks);
    for other in event.accounts.iter().filter(|other| **other != item) {
        let other = Record::part(record.desk, record.plan, PART).at(*other);
        let mut same = other.refs("same-as");
        if same.remove(&item) {
            other.set("same-as", (!same.is_empty()).then_some(Value::Refs(same)), asks);
        }
    }
}
