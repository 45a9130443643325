//! My circle: who is in somebody's life and how close, drawn as rings or as a list; whom to ring, whom not to contact, and who
//! is thanked for what.

mod card;

use desk::Desk;
use eframe::egui::Ui;
use plan::Value;
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use self::card::{editing, face, reading};
use super::{
    cards::Cards,
    fields::{Record, words_field},
    links::reach,
    pages::PartPage,
    part_title,
    small::today,
};
use crate::{
    asks::Asks,
    kit::{self, Around, Choice, Icon, Ring, chip},
    people,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "circle";

/// The rings from the inside out.
const RINGS: [&str; 4] = ["close", "friends", "community", "paid"];

/// How the circle is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum View {
    #[default]
    Drawn,
    List,
}

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Circle {
    cards: Cards,
    view: View,
    shown: Option<ItemId>,
}

/// The people of a circle, by what is said of them.
struct Parted<'a> {
    rings: Vec<(String, Vec<Record<'a>>)>,
    nowhere: Vec<Record<'a>>,
    before: Vec<Record<'a>>,
    do_not: Vec<Record<'a>>,
}

impl PartPage for Circle {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        let all = part.records(PART);
        if all.is_empty() {
            if part.is_mine() && kit::empty_card(ui, &text("happened-circle-empty")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            return;
        }
        let views = [(View::Drawn, "happened-circle-drawn"), (View::List, "happened-circle-list")];
        let views = views.map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent });
        ui.horizontal(|ui| {
            if let Some(view) = kit::switch(ui, &text("happened-circle-how"), &self.view, &views) {
                self.view = view;
            }
        });
        ui.add_space(gap::M);
        let open = all.iter().copied().find(|record| self.cards.is_open(*record));
        if let Some(record) = open {
            self.cards.card(ui, record, asks, |_, _| {}, |ui, asks| editing(ui, record, asks));
            ui.add_space(gap::L);
        }
        let parted = parted(&all);
        match self.view {
            View::Drawn => self.drawn(ui, part, &all, &parted, asks),
            View::List => {
                super::pair(ui, 0.5, |ui| main_contact(ui, &all), |ui| emergency(ui, &all));
                ui.add_space(gap::L);
                self.list(ui, &parted, asks);
            }
        }
        do_not(ui, &parted.do_not, &mut self.cards, asks);
        kit::card(ui, |ui| match part.is_mine() {
            true => words_field(ui, part, "good-supporter", 2, asks),
            false => {
                ui.label(theme::soft(ui, Type::Small, part.label("good-supporter")));
                ui.label(theme::text(ui, Type::Body, part.text("good-supporter")));
            }
        });
        ui.add_space(gap::L);
        thanks(ui, part);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn open(&mut self, item: ItemId) {
        self.cards.open(item);
        self.shown = Some(item);
    }

    fn close(&mut self) {
        if self.cards.any() {
            self.cards.close();
        } else {
            self.shown = None;
        }
    }
}

impl Circle {
    fn drawn(&mut self, ui: &mut Ui, part: Record<'_>, all: &[Record<'_>], parted: &Parted<'_>, asks: &mut Asks) {
        let (desk, plan) = (part.desk, part.plan);
        let middle = people::whose(desk, plan).face;
        let shown = self.shown;
        let ring = |(words, people): &(String, Vec<Record<'_>>)| {
            let around = |record: &Record<'_>| Around {
                face: face(*record),
                said: card::said(*record),
                chosen: record.item == shown && shown.is_some(),
            };
            Ring { words: words.clone(), people: people.iter().map(around).collect() }
        };
        let rings: Vec<Ring> = parted.rings.iter().map(ring).collect();
        let mut pressed = None;
        let chosen = || {
            let all = parted.rings.iter().flat_map(|(_, people)| people).chain(&parted.nowhere).chain(&parted.before);
            all.copied().find(|record| record.item == shown && shown.is_some())
        };
        let cards = &mut self.cards;
        let mut drawing = |ui: &mut Ui| {
            kit::card(ui, |ui| {
                let said = say(Say::new("happened-circle-said").with("name", middle.name.as_str()));
                pressed = kit::rings(ui, &middle, &rings, &said);
                ui.label(theme::soft(ui, Type::Note, text("happened-circle-press")));
            });
            for (key, people) in
                [("happened-circle-nowhere", &parted.nowhere), ("happened-circle-before", &parted.before)]
            {
                if !people.is_empty() {
                    let names: Vec<String> = people.iter().map(|record| face(*record).name).collect();
                    let words = say(Say::new(key).with("names", people::together(&names)));
                    ui.label(theme::soft(ui, Type::Note, words));
                }
            }
        };
        let mut beside = |ui: &mut Ui, asks: &mut Asks| {
            if let Some(record) = chosen().filter(|record| !cards.is_open(*record)) {
                cards.card(ui, record, asks, |ui, asks| reading(ui, record, asks), |_, _| {});
                ui.add_space(gap::L);
            }
            main_contact(ui, all);
            ui.add_space(gap::L);
            emergency(ui, all);
        };
        if rings.iter().map(|ring| ring.people.len()).sum::<usize>() > kit::MANY {
            drawing(ui);
            ui.add_space(gap::L);
            beside(ui, asks);
        } else {
            super::pair(ui, 0.6, drawing, |ui| beside(ui, asks));
        }
        if let Some(record) = pressed.and_then(|(ring, place)| parted.rings.get(ring)?.1.get(place)) {
            self.shown = record.item.filter(|item| self.shown != Some(*item));
            self.cards.close();
        }
        ui.add_space(gap::L);
    }

    fn list(&mut self, ui: &mut Ui, parted: &Parted<'_>, asks: &mut Asks) {
        let elsewhere = [("happened-circle-no-ring", &parted.nowhere), ("happened-circle-no-longer", &parted.before)];
        let elsewhere = elsewhere.map(|(key, people)| (text(key), people.clone()));
        for (words, people) in parted.rings.iter().cloned().chain(elsewhere) {
            if people.is_empty() {
                continue;
            }
            let heading = ui.label(theme::text(ui, Type::Section, &words));
            kit::is_heading(ui, &heading, &words);
            ui.add_space(gap::XS);
            for record in people.into_iter().filter(|record| !self.cards.is_open(*record)).collect::<Vec<_>>() {
                self.cards.card(ui, record, asks, |ui, asks| reading(ui, record, asks), |_, _| {});
                ui.add_space(gap::M);
            }
            ui.add_space(gap::S);
        }
    }
}

fn parted<'a>(all: &[Record<'a>]) -> Parted<'a> {
    let label = |ring: &str| crate::terms::choice(PART, "ring", ring);
    let mut parted = Parted {
        rings: RINGS.iter().map(|ring| (label(ring), Vec::new())).collect(),
        nowhere: Vec::new(),
        before: Vec::new(),
        do_not: Vec::new(),
    };
    for record in all {
        let ring = record.choice("ring").and_then(|ring| RINGS.iter().position(|known| *known == ring));
        if is_yes(*record, "do-not-contact") {
            parted.do_not.push(*record);
        } else if record.date("end").is_some_and(|end| end < today()) {
            parted.before.push(*record);
        } else {
            match ring {
                Some(ring) => parted.rings[ring].1.push(*record),
                None => parted.nowhere.push(*record),
            }
        }
    }
    parted
}

fn is_yes(record: Record<'_>, field: &str) -> bool {
    record.value(field) == Some(Value::YesNo(true))
}

/// Who is not to be contacted, said plainly, where nobody overlooks it.
fn do_not(ui: &mut Ui, people: &[Record<'_>], cards: &mut Cards, asks: &mut Asks) {
    for record in people.iter().copied().filter(|record| !cards.is_open(*record)).collect::<Vec<_>>() {
        ui.push_id(record.id("do not", ""), |ui| {
            kit::toned_card(ui, Tone::Attention, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::M;
                    kit::paint_icon_beside(ui, Icon::DONT);
                    let sentence = Say::new("happened-circle-do-not").with("name", face(record).name);
                    ui.label(theme::text(ui, Type::Strong, say(sentence)));
                    let relation = record.line("relation");
                    if !relation.is_empty() {
                        ui.label(theme::soft(ui, Type::Body, relation));
                    }
                });
                let contact = record.text("contact");
                if !contact.trim().is_empty() {
                    ui.label(theme::text(ui, Type::Body, contact.trim()));
                }
                if super::cards::change(ui, record)
                    && let Some(item) = record.item
                {
                    cards.open(item);
                }
            });
        });
        ui.add_space(gap::L);
    }
    let _ = asks;
}

/// Who holds it together, what they may arrange in writing, and who stands in for them.
fn main_contact(ui: &mut Ui, all: &[Record<'_>]) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::ME, &crate::terms::field(PART, "lead"));
        let leads: Vec<&Record<'_>> = all.iter().filter(|record| is_yes(**record, "lead")).collect();
        if leads.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("happened-circle-no-lead")));
        }
        for record in leads {
            kit::named(ui, &face(*record));
            let authority = record.text("authority");
            let known = !authority.trim().is_empty();
            let words = if known { authority } else { text("happened-circle-no-authority") };
            ui.label(theme::soft(ui, Type::Small, record.label("authority")));
            ui.label(theme::text(ui, Type::Body, words.trim()));
            let deputy = record.people("deputy");
            let deputy = deputy.first().map(|one| people::face_of(record.desk, record.plan, one).name);
            let words = match deputy {
                Some(name) => say(Say::new("happened-circle-deputy").with("name", name)),
                None => text("happened-circle-no-deputy"),
            };
            ui.label(theme::soft(ui, Type::Note, words));
        }
    });
}

/// Whom to ring when it cannot wait, with the number beside the name.
fn emergency(ui: &mut Ui, all: &[Record<'_>]) {
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::RING, &text("happened-circle-emergency"));
        let mut ring =
            all.iter().filter(|record| is_yes(**record, "emergency") && !is_yes(**record, "do-not-contact")).peekable();
        if ring.peek().is_none() {
            ui.label(theme::soft(ui, Type::Body, text("happened-circle-no-emergency")));
        }
        for record in ring {
            let telephone = record.line("telephone");
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = gap::M;
                kit::named(ui, &face(*record));
                if telephone.is_empty() {
                    chip(ui, Tone::NotYet, &text("happened-circle-no-number"));
                }
                reach(ui, *record, &["telephone"]);
            });
        }
        ui.label(theme::soft(ui, Type::Small, text("happened-circle-not-a-service")));
    });
}

/// What people thank each other for, each in their own voice.
fn thanks(ui: &mut Ui, part: Record<'_>) {
    let mut said: Vec<(seal::PersonId, Record<'_>)> = Vec::new();
    for (person, voice) in part.voices() {
        said.extend(voice.records("thanks").into_iter().map(|thanks| (person, thanks)));
    }
    said.retain(|(_, thanks)| !thanks.text("words").trim().is_empty());
    if said.is_empty() {
        return;
    }
    said.sort_by_key(|(_, thanks)| std::cmp::Reverse(thanks.date("on")));
    kit::card(ui, |ui| {
        kit::heading(ui, Icon::CARER, &text("happened-thanks"));
        for (person, thanks) in said {
            let from = people::face_or_former(part.desk, part.plan, person);
            let whom = thanks.people("whom");
            let whom = whom.first().map(|one| people::face_of(part.desk, part.plan, one).name).unwrap_or_default();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap::M;
                kit::disc(ui, &from, 34.0);
                ui.vertical(|ui| {
                    let lead = Say::new("happened-thanks-to").with("from", from.name.as_str()).with("name", whom);
                    ui.label(theme::soft(ui, Type::Small, say(lead)));
                    ui.label(theme::text(ui, Type::Body, crate::terms::quoted(&thanks.text("words"))));
                });
            });
        }
    });
}
