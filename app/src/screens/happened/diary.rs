//! The diary, and who was contacted: the last first, each a card that opens.

use desk::Desk;
use eframe::egui::Ui;
use plan::Value;
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{PART, charts::heading, look::Look, short};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people,
    screens::{
        cards::Cards,
        fields::{Record, fields, more, words_field},
    },
    theme::{self, Tone, Type, gap},
};

/// How a record is read, and how it is written.
type Reads = fn(&mut Ui, Record<'_>);
type Edits = fn(&mut Ui, Record<'_>, &mut Asks);

/// How many more a press shows.
const MORE: usize = 8;

/// Small wins and what people tell in their own words: the last few, large enough to be read first.
pub(super) fn in_own_words(ui: &mut Ui, desk: &Desk, plan: PlanId, look: &Look) {
    const FEW: usize = 3;
    if look.accounts.is_empty() && look.wins.is_empty() {
        return;
    }
    let me = people::me(desk, plan).map(|me| me.id);
    kit::card(ui, |ui| {
        for (at, own) in look.accounts.iter().take(FEW).enumerate() {
            if at > 0 {
                kit::rule(ui);
            }
            let face = people::face_or_former(desk, plan, own.person);
            let day = own.when.map(|when| short(when.date())).unwrap_or_default();
            let key = if Some(own.person) == me { "happened-own-mine" } else { "happened-own-of" };
            let lead = say(Say::new(key).with("name", face.name.as_str()).with("day", day));
            spoken(ui, &face, &lead, &own.words, None);
        }
        for item in look.wins.iter().take(FEW) {
            if !look.accounts.is_empty() || *item != look.wins[0] {
                kit::rule(ui);
            }
            let record = Record::part(desk, plan, PART).at(*item);
            let by = record.people("by").into_iter().next();
            let Some(by) = by else { continue };
            let face = people::face_of(desk, plan, &by);
            let lead = say(Say::new("happened-diary-of").with("name", face.name.as_str()).with("day", day_of(record)));
            spoken(ui, &face, &lead, &record.text("words"), Some(&text("happened-small-win")));
        }
    });
    ui.add_space(gap::L);
}

fn day_of(record: Record<'_>) -> String {
    match record.value("when") {
        Some(Value::Moment(when)) => short(when.date()),
        _ => text("happened-no-day"),
    }
}

fn spoken(ui: &mut Ui, face: &kit::Face, lead: &str, words: &str, win: Option<&str>) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        kit::disc(ui, face, 36.0);
        ui.vertical(|ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::soft(ui, Type::Note, lead));
                if let Some(win) = win {
                    chip(ui, Tone::Calm, win);
                }
            });
            let words = crate::terms::quoted(words);
            ui.label(theme::text(ui, Type::Body, words).line_height(Some(Type::Body.line_height())));
        });
    });
}

/// Draws one of the two lists; `shown` is how many of it.
pub(super) fn list(
    ui: &mut Ui,
    desk: &Desk,
    plan: PlanId,
    (of, items): (&'static str, &[ItemId]),
    (cards, shown): (&mut Cards, &mut usize),
    asks: &mut Asks,
) {
    if items.is_empty() {
        return;
    }
    let title = Record::part(desk, plan, PART).list(of).map(|list| words::label(list.describe().label));
    heading(ui, &title.unwrap_or_default());
    ui.add_space(gap::S);
    let all: Vec<Record<'_>> =
        items.iter().take((*shown).max(MORE)).map(|item| Record::part(desk, plan, PART).at(*item)).collect();
    let (reads, edits): (Reads, Edits) = match of {
        "diary" => (entry, edit_entry),
        _ => (contact, edit_contact),
    };
    cards.grid(ui, &all, None, asks, reads, edits);
    let left = items.len().saturating_sub(all.len());
    if left > 0 {
        let words = say(Say::new("happened-more").with("count", left));
        if icon_button(ui, Weight::Quiet, Icon::MORE, &words).clicked() {
            *shown = all.len() + MORE;
        }
    }
    ui.add_space(gap::L);
}

fn entry(ui: &mut Ui, record: Record<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        if let Some(by) = record.people("by").first() {
            kit::disc(ui, &people::face_of(record.desk, record.plan, by), 30.0);
        }
        ui.label(theme::soft(ui, Type::Note, day_of(record)));
        if let Some((code, words)) = record.choice("mood").zip(record.choice_words("mood")) {
            let tone = match code.as_str() {
                "good" => Tone::Calm,
                "so-so" => Tone::NotYet,
                _ => Tone::Plain,
            };
            chip(ui, tone, &words);
        }
        if record.value("small-win") == Some(Value::YesNo(true)) {
            chip(ui, Tone::Calm, &text("happened-small-win"));
        }
    });
    let words = record.text("words");
    let words = if words.trim().is_empty() { text("common-no-words-yet") } else { words };
    ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
}

fn edit_entry(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    words_field(ui, record, "words", 3, asks);
    fields(ui, record, &["mood", "small-win"], asks);
    more(ui, record, &["when", "by", "goal", "files"], asks);
}

fn contact(ui: &mut Ui, record: Record<'_>) {
    let agency = record.line("agency");
    ui.label(theme::text(ui, Type::Section, if agency.is_empty() { text("common-no-words-yet") } else { agency }));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let facts = [day_of(record), record.choice_words("how").unwrap_or_default(), record.line("who")];
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
        match record.value("answered") {
            Some(Value::YesNo(true)) => {
                chip(ui, Tone::Calm, &record.label("answered"));
            }
            Some(Value::YesNo(false)) => {
                chip(ui, Tone::Attention, &text("happened-not-answered"));
            }
            _ => {}
        }
    });
    for field in ["about", "promised", "next"] {
        let words = record.text(field);
        if !words.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Small, record.label(field)));
            ui.label(theme::text(ui, Type::Body, words.trim()));
        }
    }
}

fn edit_contact(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["agency", "how", "about", "answered", "promised"], asks);
    more(ui, record, &["when", "who", "next", "by"], asks);
}
