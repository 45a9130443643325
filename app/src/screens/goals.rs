//! What I want: goals as cards, in the person's own words, with "not yet" and the five levels as steps.

use desk::Desk;
use eframe::egui::{Ui, vec2};
use plan::Value;
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    cards::Cards,
    fields::{Record, more, rows, set_choice, set_scale, set_typed, words_field},
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
    cards: Cards,
}

impl PartPage for Goals {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let mine = desk.access(plan, PART) == circle::Access::Edit;
        let items = items(desk, plan);
        title(ui, &terms::part(PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                Record::part(desk, plan, PART).add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        // A goal that was just added opens by itself: it is the newest, and empty.
        let mut small: Vec<ItemId> = Vec::new();
        for item in items {
            let record = Record::part(desk, plan, PART).at(item);
            if self.cards.is_open(Record::part(desk, plan, PART).at(item)) {
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
                let record = Record::part(desk, plan, PART).at(item);
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
                    Record::part(desk, plan, PART).add(PART, Vec::new(), asks);
                }
            }
        } else {
            self.two_by_two(ui, desk, plan, &mut small);
            if mine && kit::empty_card(ui, &text("app-goals-empty")).clicked() {
                Record::part(desk, plan, PART).add(PART, Vec::new(), asks);
            }
        }
    }

    fn open(&mut self, item: ItemId) {
        self.cards.open(item);
    }

    fn close(&mut self) {
        self.cards.close();
    }
}

impl Goals {
    fn two_by_two(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, small: &mut Vec<ItemId>) {
        let items = std::mem::take(small);
        for row in items.chunks(2) {
            let record = |item: ItemId| Record::part(desk, plan, PART).at(item);
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
            if let Some(item) = opened {
                self.cards.open(item);
            }
            ui.add_space(gap::L);
        }
    }

    fn small(&mut self, ui: &mut Ui, record: Record<'_>) {
        if summary(ui, record, false) {
            record.item.into_iter().for_each(|item| self.cards.open(item));
        }
    }

    fn large(&mut self, ui: &mut Ui, record: Record<'_>) {
        if summary(ui, record, true) {
            record.item.into_iter().for_each(|item| self.cards.open(item));
        }
    }

    fn editing(&mut self, ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            words_field(ui, record, "words", 1, asks);
            set_choice(ui, record, "status", tone, asks);
            set_scale(ui, record, "importance", asks);
            set_typed(ui, record, "target", asks);
            words_field(ui, record, "why", 1, asks);
            words_field(ui, record, "means", 1, asks);
            words_field(ui, record, "helps", 1, asks);
            words_field(ui, record, "hinders", 1, asks);
            ui.label(theme::text(ui, Type::Strong, text("app-goals-levels")));
            ui.label(theme::soft(ui, Type::Note, text("app-goals-levels-why")));
            for level in LEVELS {
                set_typed(ui, record, level, asks);
            }
            rows(ui, record, "stages", &["what", "target", "status"], asks);
            rows(ui, record, "barriers", &["what", "would-help"], asks);
            more(ui, record, &["whose", "horizon", "domain", "after", "review"], asks);
            self.cards.end(ui, record, asks);
        });
    }
}

/// A goal to read; whether its change button was pressed.
fn summary(ui: &mut Ui, record: Record<'_>, large: bool) -> bool {
    kit::card(ui, |ui| {
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
        super::cards::change(ui, record)
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
    let stages = record.records("stages").into_iter().map(|stage| stage.line("what"));
    let mut steps: Vec<String> = stages.filter(|what| !what.is_empty()).collect();
    if steps.is_empty() {
        let goals = record.refs("after").into_iter().map(|goal| record.at(goal).text("words"));
        steps.extend(goals.filter(|words| !words.is_empty()));
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
    Record::part(desk, plan, PART).records(PART).iter().filter_map(|record| record.item).collect()
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
