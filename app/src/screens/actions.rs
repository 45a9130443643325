//! Who will do what: actions as cards, the next ones first, the done ones last.

use desk::Desk;
use eframe::egui::{Ui, vec2};
use plan::{Someone, Value};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    cards::Cards,
    fields::{Record, fields, more, set_choice, set_people, set_typed, words_field},
    pages::PartPage,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "actions";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Actions {
    cards: Cards,
}

impl PartPage for Actions {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let mine = desk.access(plan, PART) == circle::Access::Edit;
        title(ui, &terms::part(PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                Record::part(desk, plan, PART).add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let (ended, open): (Vec<_>, Vec<_>) =
            items(desk, plan).into_iter().partition(|item| is_ended(Record::part(desk, plan, PART).at(*item)));
        self.cards(ui, desk, plan, &by_day(desk, plan, open), asks);
        if mine && kit::empty_card(ui, &text("app-actions-empty")).clicked() {
            Record::part(desk, plan, PART).add(PART, Vec::new(), asks);
        }
        if !ended.is_empty() {
            ui.add_space(gap::XL);
            ui.label(theme::text(ui, Type::Section, text("app-actions-ended")));
            ui.add_space(gap::S);
            self.cards(ui, desk, plan, &ended, asks);
        }
    }

    fn open(&mut self, item: ItemId) {
        self.cards.open(item);
    }

    fn close(&mut self) {
        self.cards.close();
    }
}

impl Actions {
    fn cards(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, items: &[ItemId], asks: &mut Asks) {
        for item in items {
            let record = Record::part(desk, plan, PART).at(*item);
            self.cards.card(ui, record, asks, |ui, _| summary(ui, record), |ui, asks| editing(ui, record, asks));
            ui.add_space(gap::M);
        }
    }
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    words_field(ui, record, "what", 1, asks);
    set_people(ui, record, "who", asks);
    set_people(ui, record, "with", asks);
    set_typed(ui, record, "when", asks);
    set_choice(ui, record, "status", tone, asks);
    fields(ui, record, &["for", "sign"], asks);
    more(ui, record, &["where", "first-step", "what-if", "repeats", "kind", "after", "note"], asks);
}

/// An action to read.
fn summary(ui: &mut Ui, record: Record<'_>) {
    let who = record.people("who");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        faces(ui, record, &who);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = gap::XS;
            let what = record.text("what");
            let words = if what.is_empty() { text("common-no-words-yet") } else { what };
            ui.label(theme::text(ui, Type::Strong, words));
            ui.label(theme::soft(ui, Type::Note, who_and_where(record, &who)));
            ui.horizontal_wrapped(|ui| {
                if let Some((status, words)) = record.choice("status").zip(record.choice_words("status")) {
                    chip(ui, tone(&status), &words);
                }
                if let Some(date) = record.date("when") {
                    let by = say(Say::new("app-by").with("day", words::date(&date.to_string())));
                    chip(ui, Tone::Plain, &by);
                }
            });
        });
    });
}

fn faces(ui: &mut Ui, record: Record<'_>, who: &[Someone]) {
    let palette = theme::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(40.0, 44.0), eframe::egui::Sense::hover());
    match who.first() {
        Some(someone) => {
            let face = people::face_of(record.desk, record.plan, someone);
            kit::paint_disc(ui.painter(), palette, rect.center(), 40.0, &face);
        }
        None => kit::paint_icon(ui.painter(), rect.center(), Icon::ACTIONS, 26.0, palette.soft_ink),
    }
}

/// "Amina, with Joy · at the pool", or that nobody has taken it.
pub fn who_and_where(record: Record<'_>, who: &[Someone]) -> String {
    let names = |people: &[Someone]| {
        let names: Vec<_> = people.iter().map(|one| people::face_of(record.desk, record.plan, one).name).collect();
        people::together(&names)
    };
    let mut facts = Vec::new();
    let with = record.people("with");
    facts.push(match (who.is_empty(), with.is_empty()) {
        (true, _) => text("common-nobody"),
        (false, true) => names(who),
        (false, false) => say(Say::new("app-actions-with").with("names", names(who)).with("with", names(&with))),
    });
    let place = record.line("where");
    if !place.is_empty() {
        facts.push(place);
    }
    facts.join(" · ")
}

/// The actions that are not removed, in order.
pub fn items(desk: &Desk, plan: PlanId) -> Vec<ItemId> {
    Record::part(desk, plan, PART).records(PART).iter().filter_map(|record| record.item).collect()
}

/// The ones with a day first, the nearest at the front.
pub fn by_day(desk: &Desk, plan: PlanId, mut items: Vec<ItemId>) -> Vec<ItemId> {
    items.sort_by_key(|item| match Record::part(desk, plan, PART).at(*item).value("when") {
        Some(Value::Date(date)) => (0, Some(date)),
        _ => (1, None),
    });
    items
}

/// Nothing more will come of it.
pub fn is_ended(record: Record<'_>) -> bool {
    matches!(record.choice("status").as_deref(), Some("done" | "not-done" | "said-no"))
}

/// How a status looks besides its words.
pub fn tone(status: &str) -> Tone {
    match status {
        "agreed" | "doing" => Tone::Accent,
        "done" => Tone::Calm,
        "asked" | "changed" => Tone::NotYet,
        "not-done" | "said-no" => Tone::Attention,
        _ => Tone::Plain,
    }
}
