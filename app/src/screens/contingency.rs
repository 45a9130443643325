//! If things go wrong: a card for each plan, to be read by whoever is there at that moment. One of them can fill the page,
//! large, in the order in which it is needed.

mod large;

use desk::Desk;
use eframe::egui::{Align, Color32, Layout, Sense, Ui, vec2};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    cards::Cards,
    fields::{Record, fields, more, rows},
    lead, links, long,
    pages::PartPage,
    pair, part_title,
    small::{facts, review},
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, paint_icon, said_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "contingency";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Contingency {
    cards: Cards,
    /// The plan that fills the page.
    large: Option<ItemId>,
    /// The one that was brought into view from its beginning.
    brought: Option<ItemId>,
}

impl PartPage for Contingency {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let all = part.records(PART);
        if let Some(one) = all.iter().find(|one| one.item == self.large && self.large.is_some()) {
            // In an emergency nobody looks above the window for what to do first.
            if self.brought != self.large {
                self.brought = self.large;
                ui.scroll_to_cursor(Some(Align::Min));
            }
            if large::ui(ui, *one) {
                self.large = None;
            }
            return;
        }
        self.brought = None;
        part_title(ui, part, Some(PART), asks);
        lead(ui, &text("needs-contingency-honest"));
        let Contingency { cards, large, .. } = self;
        let is_long = long::is_long(all.len());
        for one in &all {
            let may_hide = is_long && !cards.is_awaited(*one);
            long::row(ui, one.id("contingency", ""), may_hide, |ui| {
                cards.card(ui, *one, asks, |ui, _| reading(ui, *one, large), |ui, asks| editing(ui, *one, asks));
            });
            ui.add_space(gap::L);
        }
        if part.is_mine() && kit::empty_card(ui, &text("needs-contingency-more")).clicked() {
            part.add(PART, Vec::new(), asks);
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn open(&mut self, item: ItemId) {
        self.large = None;
        self.cards.open(item);
    }

    fn close(&mut self) {
        match self.large.take() {
            Some(_) => {}
            None => self.cards.close(),
        }
    }
}

/// What it is called, or that it has no words yet.
fn name(one: Record<'_>) -> String {
    let name = one.line("name");
    if name.is_empty() { text("common-no-words-yet") } else { name }
}

fn reading(ui: &mut Ui, one: Record<'_>, large: &mut Option<ItemId>) {
    let called = name(one);
    let size = Type::Quote;
    let heading = ui.label(theme::text(ui, size, &called).line_height(Some(size.line_height())));
    kit::is_heading(ui, &heading, &called);
    if one.records("triggers").is_empty() && one.is_mine() {
        ui.label(theme::soft(ui, Type::Note, text("needs-contingency-no-trigger")));
    }
    pair(
        ui,
        0.5,
        |ui| points(ui, one, "triggers", Icon::TRIGGER, Tone::NotYet),
        |ui| points(ui, one, "early-signs", Icon::SIGN, Tone::Accent),
    );
    ui.add_space(gap::S);
    pair(
        ui,
        0.56,
        |ui| {
            steps(ui, one, Type::Body);
            points(ui, one, "coping", Icon::WELL, Tone::Calm);
        },
        |ui| {
            ring(ui, one, Type::Strong, Type::Section);
            dont(ui, one, Type::Body);
        },
    );
    let things = one.text("where-things-are");
    if !things.trim().is_empty() {
        kit::panel(ui, None, |ui| {
            ui.label(theme::soft(ui, Type::Small, terms::field(PART, "where-things-are")));
            ui.label(theme::text(ui, Type::Body, things.trim()).line_height(Some(Type::Body.line_height())));
        });
    }
    let names = |field: &str| {
        let people = one.people(field);
        people::together(&people.iter().map(|who| people::face_of(one.desk, one.plan, who).name).collect::<Vec<_>>())
    };
    let said = |key: &'static str, names: String| match names.is_empty() {
        true => String::new(),
        false => say(Say::new(key).with("names", names)),
    };
    facts(
        ui,
        [said("needs-contingency-agreed", names("agreed-by")), said("needs-contingency-keeps", names("responsible"))],
    );
    review(ui, one);
    let words = say(Say::new("needs-contingency-large-this").with("what", &called));
    if said_button(ui, Weight::Plain, Icon::LARGE, &text("needs-contingency-large"), &words).clicked() {
        *large = one.item;
    }
}

/// What a list of this plan is called.
fn heading(ui: &mut Ui, one: Record<'_>, list: &str, size: Type) {
    let words = one.list(list).map(|list| words::label(list.describe().label)).unwrap_or_default();
    let label = ui.label(theme::soft(ui, size, &words));
    kit::is_heading(ui, &label, &words);
}

/// A list of short lines, each with the same picture before it.
fn points(ui: &mut Ui, one: Record<'_>, list: &str, icon: Icon, tone: Tone) {
    let all = one.records(list);
    if all.is_empty() {
        return;
    }
    heading(ui, one, list, Type::Chip);
    let ink = theme::of(ui.ctx()).tone(tone).0;
    for point in all {
        pointed(ui, icon, ink, &point.line("what"), Type::Body);
    }
}

/// One line with a picture before it.
fn pointed(ui: &mut Ui, icon: Icon, ink: Color32, words: &str, size: Type) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let side = size.line_height();
        let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        paint_icon(ui.painter(), rect.center(), icon, side * 0.75, ink);
        ui.vertical(|ui| ui.label(theme::text(ui, size, words).line_height(Some(side))));
    });
}

/// What should happen, one after another, each with who does it.
fn steps(ui: &mut Ui, one: Record<'_>, size: Type) {
    let all = one.records("steps");
    if all.is_empty() {
        return;
    }
    heading(ui, one, "steps", Type::Chip);
    let accent = theme::of(ui.ctx()).accent;
    for (at, step) in all.iter().enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            let number = theme::text(ui, Type::Quote, (at + 1).to_string()).color(accent);
            // As wide for every number, so that the steps stand below each other.
            let room = vec2(20.0, size.line_height());
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(room);
                ui.label(number);
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = gap::XS;
                ui.label(theme::text(ui, size, step.line("what")).line_height(Some(size.line_height())));
                if let Some(who) = step.people("who").first() {
                    let face = people::face_of(step.desk, step.plan, who);
                    ui.horizontal(|ui| {
                        let (rect, _) = ui.allocate_exact_size(vec2(24.0, 26.0), Sense::hover());
                        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 24.0, &face);
                        ui.label(theme::soft(ui, Type::Note, &face.name));
                    });
                }
            });
        });
    }
}

/// Who to ring, in order, with the number as large as it may be.
fn ring(ui: &mut Ui, one: Record<'_>, name: Type, number: Type) {
    let all = one.records("ring");
    if all.is_empty() {
        return;
    }
    heading(ui, one, "ring", Type::Chip);
    let palette = theme::of(ui.ctx());
    for call in all {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap::S;
            let side = name.line_height();
            let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
            paint_icon(ui.painter(), rect.center(), Icon::RING, side * 0.75, palette.accent);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let who = call.people("who").first().map(|who| people::face_of(call.desk, call.plan, who).name);
                ui.label(theme::text(ui, name, who.unwrap_or_default()).line_height(Some(side)));
                let telephone = call.line("telephone");
                if !telephone.is_empty() {
                    ui.label(theme::text(ui, number, &telephone).line_height(Some(number.line_height())));
                    links::ring(ui, &telephone);
                }
                let when = call.line("when");
                if !when.is_empty() {
                    ui.label(theme::soft(ui, Type::Note, when));
                }
            });
        });
    }
}

/// What nobody should do, in the tone of a warning.
fn dont(ui: &mut Ui, one: Record<'_>, size: Type) {
    let all = one.records("please-dont");
    if all.is_empty() {
        return;
    }
    ui.add_space(gap::S);
    kit::panel(ui, Some(Tone::Attention), |ui| {
        let attention = theme::of(ui.ctx()).attention;
        let words = one.list("please-dont").map(|list| words::label(list.describe().label)).unwrap_or_default();
        let label = ui.label(theme::text(ui, Type::Chip, &words).color(attention));
        kit::is_heading(ui, &label, &words);
        for point in all {
            pointed(ui, Icon::DONT, attention, &point.line("what"), size);
        }
    });
}

fn editing(ui: &mut Ui, one: Record<'_>, asks: &mut Asks) {
    fields(ui, one, &["name"], asks);
    for (list, codes) in [
        ("triggers", &["what"][..]),
        ("early-signs", &["what"]),
        ("steps", &["what", "who"]),
        ("please-dont", &["what"]),
        ("ring", &["who", "telephone", "when"]),
        ("coping", &["what"]),
    ] {
        rows(ui, one, list, codes, asks);
    }
    fields(ui, one, &["where-things-are", "agreed-by"], asks);
    more(ui, one, &["responsible", "review", "files"], asks);
}
