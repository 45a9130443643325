//! Who agrees: what people were asked to agree to, what each said in their own voice, and which parts have changed since.

mod changes;

use std::collections::BTreeMap;

use desk::{Desk, Fill, Reckoned};
use eframe::egui::Ui;
use plan::{Someone, Value, stood};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use self::changes::Changes;
use super::{
    cards::Cards,
    fields::{Record, fields},
    pages::{self, PartPage},
    small::today,
    title,
    voiced::{agree, answer, last_said, mine},
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, icon_button, said_button},
    people, terms,
    theme::{self, Type, gap},
};

const PART: &str = "agreement";

/// Narrowest a column of somebody's answer gets.
const COLUMN: f32 = 190.0;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Agreement {
    cards: Cards,
    /// For each thing people were asked to agree to, the parts that changed since.
    changed: Reckoned<BTreeMap<ItemId, Vec<&'static str>>>,
    /// What is shown of what changed in them.
    looked: Changes,
}

impl PartPage for Agreement {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let may = part.is_mine();
        title(ui, &terms::part(PART), |ui| {
            if may && icon_button(ui, Weight::Strong, Icon::ADD, &text("money-ask-all")).clicked() {
                part.add("versions", as_it_is_now(desk, plan), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        ui.label(theme::soft(ui, Type::Body, text("money-agreement-why")));
        ui.add_space(gap::M);
        let mut versions = part.records("versions");
        if versions.is_empty() && may && kit::empty_card(ui, &text("money-agreement-empty")).clicked() {
            part.add("versions", as_it_is_now(desk, plan), asks);
        }
        // The newest is what people are asked now.
        versions.reverse();
        let Agreement { cards, changed, looked } = self;
        let changed = changed.of(desk, plan, |whole| {
            let since =
                |version: Record<'_>| Some((version.item?, stood::changed_since(&version.text("heads"), whole)?));
            // Read in here: what is read outside is not known to be what this rests on.
            part.records("versions").into_iter().filter_map(since).collect()
        });
        for (at, version) in versions.iter().enumerate() {
            // Only to the newest people are still asked to agree.
            let asked = at == 0;
            let since = version.item.and_then(|item| changed.get(&item)).map(Vec::as_slice);
            cards.card(
                ui,
                *version,
                asks,
                |ui, asks| reading(ui, *version, (since, looked), asked, asks),
                |ui, asks| fields(ui, *version, &["name", "words", "on", "asked-by"], asks),
            );
            ui.add_space(gap::M);
            written_down(ui, *version, cards, asks);
            ui.add_space(gap::L);
        }
        let soft = theme::of(ui.ctx()).soft_ink;
        kit::icon_line(ui, Icon::INFO, soft, theme::soft(ui, Type::Note, text("money-not-legal")));
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

/// What people are asked to agree to: the plan as it is now, dated and in my name.
fn as_it_is_now(desk: &Desk, plan: PlanId) -> Vec<(String, Fill)> {
    let day = today();
    let name = say(Say::new("money-version-name").with("day", words::date(&day.to_string())));
    let mut fills = vec![
        ("name".to_owned(), Fill::Value(Value::Line(name))),
        ("on".to_owned(), Fill::Value(Value::Date(day))),
        ("heads".to_owned(), Fill::Text(stood::now(&desk.whole(plan)))),
    ];
    if let Some(me) = people::me(desk, plan) {
        fills.push(("asked-by".to_owned(), Fill::Value(Value::Person(Someone::Member(me.id)))));
    }
    fills
}

fn reading(
    ui: &mut Ui,
    version: Record<'_>,
    (changed, looked): (Option<&[&'static str]>, &mut Changes),
    asked: bool,
    asks: &mut Asks,
) {
    let Some(item) = version.item else { return };
    let name = version.line("name");
    let name = if name.is_empty() { text("common-no-words-yet") } else { name };
    let heading = ui.label(theme::text(ui, Type::Section, &name));
    kit::is_heading(ui, &heading, &name);
    if let Some(by) = version.people("asked-by").first() {
        let name = people::face_of(version.desk, version.plan, by).name;
        ui.label(theme::soft(ui, Type::Note, say(Say::new("money-asked-by").with("name", name))));
    }
    let words = version.text("words");
    if !words.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, words.trim()));
    }
    match changed {
        Some(changed) => since(ui, version, changed, looked, asks),
        // What people wrote there themselves.
        None if !version.text("heads").trim().is_empty() => {
            ui.label(theme::soft(ui, Type::Note, version.text("heads").trim()));
        }
        None => {}
    }
    ui.add_space(gap::S);
    let said = last_said(version, "agreements", "version", item);
    let me = people::me(version.desk, version.plan).map(|me| me.id);
    let recorded = recorded_of(version);
    let others: Vec<_> = people::in_order(version.desk, version.plan)
        .into_iter()
        .filter(|member| Some(member.id) != me)
        // Who has no device of their own answered on paper or by telephone.
        .filter(|member| {
            let voiced = said.iter().any(|(person, _)| *person == member.id);
            voiced || !recorded.iter().any(|one| one.people("whose").contains(&Someone::Member(member.id)))
        })
        .collect();
    kit::columns(ui, others.len(), COLUMN, |ui, at| {
        let member = &others[at];
        if let Some(face) = people::face(version.desk, version.plan, member.id) {
            kit::named(ui, &face);
        }
        match said.iter().find(|(person, _)| *person == member.id) {
            Some((_, said)) => answer(ui, *said),
            None => {
                ui.label(theme::soft(ui, Type::Note, text("money-not-answered")));
            }
        }
    });
    if let Some(me) = people::me(version.desk, version.plan) {
        if let Some(face) = people::face(version.desk, version.plan, me.id) {
            let name = say(Say::new("app-you-too").with("name", &face.name));
            kit::named(ui, &kit::Face { name, ..face });
        }
        match mine(version, "agreements", "version", item) {
            Some(said) if !asked || !super::voiced::may_speak(version) => answer(ui, said),
            None if !asked => {
                ui.label(theme::soft(ui, Type::Note, text("money-not-answered")));
            }
            Some(_) | None => agree(ui, version, ("agreements", "version"), item, None, asks),
        }
    }
}

/// Which parts have changed since people were asked; a press goes there.
fn since(ui: &mut Ui, version: Record<'_>, changed: &[&'static str], looked: &mut Changes, asks: &mut Asks) {
    if changed.is_empty() {
        ui.label(theme::soft(ui, Type::Note, text("money-nothing-changed")));
        return;
    }
    ui.label(theme::soft(ui, Type::Note, text("money-changed-since")));
    for part in changed {
        let name = terms::page(version.desk, version.plan, part);
        ui.horizontal_wrapped(|ui| {
            if pages::of(part).is_some() {
                if kit::suggestion(ui, &name, false) {
                    asks.go(Place::Plan(version.plan, Page::Part(part)));
                }
            } else {
                kit::chip(ui, theme::Tone::Plain, &name);
            }
        });
        looked.ui(ui, version, part);
    }
}

fn recorded_of<'a>(version: Record<'a>) -> Vec<Record<'a>> {
    let all = Record { item: None, ..version }.records("recorded");
    all.into_iter().filter(|one| version.item.is_some_and(|item| one.refs("version").contains(&item))).collect()
}

/// Answers somebody wrote down for whoever has no device here.
fn written_down(ui: &mut Ui, version: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    for one in recorded_of(version) {
        cards.card(
            ui,
            one,
            asks,
            |ui, _| {
                if let Some(who) = one.people("whose").first() {
                    kit::named(ui, &people::face_of(one.desk, one.plan, who));
                }
                answer(ui, one);
                let by = one.people("written-by").first().map(|by| people::face_of(one.desk, one.plan, by).name);
                let by = by.map(|name| say(Say::new("money-written-by").with("name", name)));
                let facts: Vec<String> = one.choice_words("how").into_iter().chain(by).collect();
                ui.label(theme::soft(ui, Type::Small, facts.join(" · ")));
            },
            |ui, asks| fields(ui, one, &["whose", "answer", "words", "on", "how", "written-by"], asks),
        );
        ui.add_space(gap::S);
    }
    let Some(item) = version.item.filter(|_| version.is_mine()) else { return };
    let said = say(Say::new("money-write-down-for").with("what", version.line("name")));
    if said_button(ui, Weight::Quiet, Icon::ADD, &text("money-write-down"), &said).clicked() {
        let mut fills = vec![
            ("version".to_owned(), Fill::Value(Value::Ref(item))),
            ("on".to_owned(), Fill::Value(Value::Date(today()))),
        ];
        if let Some(me) = people::me(version.desk, version.plan) {
            fills.push(("written-by".to_owned(), Fill::Value(Value::Person(Someone::Member(me.id)))));
        }
        Record { item: None, ..version }.add("recorded", fills, asks);
    }
}
