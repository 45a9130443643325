//! What I want: goals as cards, in the person's own words, with "not yet" and the five levels as steps.

use desk::{Ask, Desk};
use eframe::egui::{Ui, vec2};
use plan::{ListPath, Value};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    fields::{Record, set_choice, set_date, set_line, set_scale, words_field},
    pages::PartPage,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Level, Weight, chip, icon_button, levels},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "goals";

/// The five levels, from the least to the most.
const LEVELS: [&str; 5] = ["level-much-less", "level-less", "level-expected", "level-better", "level-much-better"];
/// The one hoped for.
const HOPED: usize = 2;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Goals {
    open: Option<ItemId>,
}

impl PartPage for Goals {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let mine = desk.access(plan, PART) == circle::Access::Edit;
        let items = items(desk, plan);
        title(ui, &terms::part(PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                add(plan, asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        // A goal that was just added opens by itself: it is the newest, and empty.
        let mut small: Vec<ItemId> = Vec::new();
        for item in items {
            let record = Record { desk, plan, part: PART, item };
            if self.open == Some(item) {
                self.two_by_two(ui, desk, plan, &mut small);
                ui.push_id(item.to_string(), |ui| self.editing(ui, record, asks));
                ui.add_space(gap::L);
            } else if has_levels(record) {
                self.two_by_two(ui, desk, plan, &mut small);
                ui.push_id(item.to_string(), |ui| self.large(ui, record));
                ui.add_space(gap::L);
            } else {
                small.push(item);
            }
        }
        let odd = small.len() % 2 == 1;
        if odd && mine {
            let last = small.pop();
            self.two_by_two(ui, desk, plan, &mut small);
            if let Some(item) = last {
                let record = Record { desk, plan, part: PART, item };
                let mut wanted = false;
                super::pair(
                    ui,
                    0.5,
                    |ui| {
                        ui.push_id(item.to_string(), |ui| self.small(ui, record));
                    },
                    |ui| wanted = kit::empty_card(ui, &text("app-goals-empty")).clicked(),
                );
                if wanted {
                    add(plan, asks);
                }
            }
        } else {
            self.two_by_two(ui, desk, plan, &mut small);
            if mine && kit::empty_card(ui, &text("app-goals-empty")).clicked() {
                add(plan, asks);
            }
        }
    }

    fn open(&mut self, item: ItemId) {
        self.open = Some(item);
    }

    fn close(&mut self) {
        self.open = None;
    }
}

impl Goals {
    fn two_by_two(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, small: &mut Vec<ItemId>) {
        let items = std::mem::take(small);
        for row in items.chunks(2) {
            let record = |item: ItemId| Record { desk, plan, part: PART, item };
            let mut opened = None;
            let mut draw = |ui: &mut Ui, item: ItemId| {
                ui.push_id(item.to_string(), |ui| {
                    if summary(ui, record(item), false) {
                        opened = Some(item);
                    }
                });
            };
            if let [one, other] = row {
                let draw = std::cell::RefCell::new(&mut draw);
                super::pair(ui, 0.5, |ui| draw.borrow_mut()(ui, *one), |ui| draw.borrow_mut()(ui, *other));
            } else if let [one] = row {
                draw(ui, *one);
            }
            if opened.is_some() {
                self.open = opened;
            }
            ui.add_space(gap::L);
        }
    }

    fn small(&mut self, ui: &mut Ui, record: Record<'_>) {
        if summary(ui, record, false) {
            self.open = Some(record.item);
        }
    }

    fn large(&mut self, ui: &mut Ui, record: Record<'_>) {
        if summary(ui, record, true) {
            self.open = Some(record.item);
        }
    }

    fn editing(&mut self, ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            words_field(ui, record, "words", 1, asks);
            set_choice(ui, record, "status", tone, asks);
            set_scale(ui, record, "importance", asks);
            set_date(ui, record, "target", asks);
            words_field(ui, record, "why", 1, asks);
            words_field(ui, record, "means", 1, asks);
            words_field(ui, record, "helps", 1, asks);
            words_field(ui, record, "hinders", 1, asks);
            ui.label(theme::text(ui, Type::Strong, text("app-goals-levels")));
            ui.label(theme::soft(ui, Type::Note, text("app-goals-levels-why")));
            for level in LEVELS {
                set_line(ui, record, level, asks);
            }
            ui.horizontal_wrapped(|ui| {
                if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
                    self.open = None;
                }
                if icon_button(ui, Weight::Quiet, Icon::REMOVE, &text("app-goals-remove")).clicked() {
                    asks.push(Ask::Remove { plan: record.plan, part: PART.into(), item: record.item });
                    self.open = None;
                }
            });
        });
    }
}

/// A goal to read; whether its change button was pressed.
fn summary(ui: &mut Ui, record: Record<'_>, large: bool) -> bool {
    kit::card(ui, |ui| {
        let mut pressed = false;
        ui.horizontal(|ui| {
            if let Some(status) = record.choice("status") {
                chip(ui, tone(&status), &terms::choice(PART, "status", &status));
            }
            ui.label(theme::soft(ui, Type::Note, facts(record)));
            ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                if let Some(whose) = record.people("whose").first().or(record.people("said-by").first()) {
                    kit::disc(ui, &people::face_of(record.desk, record.plan, whose), 30.0);
                }
            });
        });
        let goal = record.text("words");
        let words = if goal.is_empty() { text("common-no-words-yet") } else { format!("“{goal}”") };
        let size = if large { Type::Quote } else { Type::Section };
        ui.label(theme::text(ui, size, words));
        if let Some(first) = comes_first(record) {
            let size = if large { Type::Body } else { Type::Note };
            ui.label(theme::soft(ui, size, first));
        }
        if has_levels(record) {
            ui.add_space(gap::XS);
            draw_levels(ui, record);
        }
        if record.is_mine() {
            let change = icon_button(ui, Weight::Quiet, Icon::EDIT, &text("app-change"));
            let said = say(Say::new("app-change-this").with("what", &goal));
            ui.ctx().accesskit_node_builder(change.id, |node| node.set_label(said));
            pressed = change.clicked();
        }
        pressed
    })
    .inner
}

/// "important 9 of 10 · by 1 March 2027".
fn facts(record: Record<'_>) -> String {
    let mut facts = Vec::new();
    if let Some(Value::Scale(number)) = record.value("importance") {
        facts.push(say(Say::new("app-goals-important").with("number", number)));
    }
    if let Some(Value::Date(date)) = record.value("target") {
        facts.push(say(Say::new("app-by").with("day", words::date(&date.to_string()))));
    }
    facts.join(" · ")
}

/// The first step towards it: its own first stages, or the goals it waits for.
fn comes_first(record: Record<'_>) -> Option<String> {
    let document = record.desk.document(record.plan, PART)?;
    let part = plan::part(PART)?;
    let stages = ListPath::new(part, Some(record.item), "stages").ok()?;
    let mut steps: Vec<String> = document
        .items(stages)
        .iter()
        .map(|item| Record { item: *item, ..record }.line("what"))
        .filter(|what| !what.is_empty())
        .collect();
    if steps.is_empty()
        && let Some(Value::Refs(goals)) = record.value("after")
    {
        steps.extend(goals.into_iter().map(|item| Record { item, ..record }.text("words")).filter(|s| !s.is_empty()));
    }
    (!steps.is_empty()).then(|| say(Say::new("app-goals-first").with("steps", steps.join(" · "))))
}

fn has_levels(record: Record<'_>) -> bool {
    LEVELS.iter().any(|level| !record.line(level).is_empty())
}

fn draw_levels(ui: &mut Ui, record: Record<'_>) {
    let steps = LEVELS.map(|level| {
        let own = record.line(level);
        Level {
            words: if own.is_empty() { terms::field(PART, level) } else { own },
            meaning: Some(terms::field(PART, level)),
        }
    });
    levels(ui, &steps, None, HOPED);
    ui.allocate_space(vec2(0.0, gap::XS));
}

/// The goals that are not removed, in order.
pub fn items(desk: &Desk, plan: PlanId) -> Vec<ItemId> {
    let list = plan::part(PART).and_then(|part| ListPath::new(part, None, PART).ok());
    desk.document(plan, PART).zip(list).map(|(document, list)| document.items(list).to_vec()).unwrap_or_default()
}

fn add(plan: PlanId, asks: &mut Asks) {
    if let Some(list) = plan::part(PART).and_then(|part| ListPath::new(part, None, PART).ok()) {
        asks.push(Ask::Add { plan, list, fills: Vec::new() });
    }
}

/// How a status looks besides its words.
pub fn tone(status: &str) -> Tone {
    match status {
        "not-yet" => Tone::NotYet,
        "active" | "keeping-it-up" => Tone::Accent,
        "reached" => Tone::Calm,
        _ => Tone::Plain,
    }
}
