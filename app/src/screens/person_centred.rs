//! How it goes for somebody: what is important to them and for them side by side, good days and bad days, what is working and
//! what is not as each person sees it, what they do and what it means, a good week, and how everybody sees things now.

mod seen;

use desk::{Desk, Reckoned};
use eframe::egui::{Label, Ui};
use plan::views::{self, Topic};
use seal::PlanId;
use words::text;

use super::{
    cards::Cards,
    fields::{Record, fields, rows},
    pages::PartPage,
    part_title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button, said_button},
    people,
    theme::{self, Type, gap},
};

const PART: &str = "person-centred";
const COMMUNICATION: [&str; 4] = ["happening", "i-do", "it-means", "please-do"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct PersonCentred {
    cards: Cards,
    /// The list that is being written.
    list: Option<&'static str>,
    topics: Reckoned<Vec<Topic>>,
}

impl PartPage for PersonCentred {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, None, asks);
        let PersonCentred { cards, list, topics } = self;
        for (left, right) in [("important-to", "important-for"), ("good-day", "bad-day")] {
            let list = std::cell::RefCell::new(&mut *list);
            let asks = std::cell::RefCell::new(&mut *asks);
            let draw = |ui: &mut Ui, of: &'static str| {
                lines(ui, part, of, &mut list.borrow_mut(), &mut asks.borrow_mut());
            };
            super::pair(ui, 0.5, |ui| draw(ui, left), |ui| draw(ui, right));
            ui.add_space(gap::L);
        }
        let topics = topics.of(desk, plan, views::perspectives);
        seen::working(ui, part, topics, cards, asks);
        ui.add_space(gap::L);
        seen::outlooks(ui, part, cards, asks);
        ui.add_space(gap::L);
        communication(ui, part, cards, asks);
        ui.add_space(gap::L);
        week(ui, part, list, asks);
        ui.add_space(gap::L);
        seen::feelings(ui, part, asks);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn open_said(&mut self, item: seal::ItemId) {
        self.cards.open(item);
    }

    fn close(&mut self) {
        if self.cards.any() {
            self.cards.close();
        } else {
            self.list = None;
        }
    }
}

/// What a list is called.
fn heading(ui: &mut Ui, part: Record<'_>, list: &str) -> String {
    let words = part.list(list).map(|list| words::label(list.describe().label)).unwrap_or_default();
    let label = ui.label(theme::text(ui, Type::Section, &words));
    kit::is_heading(ui, &label, &words);
    words
}

/// Lines under a heading: to be read, or the whole list to be written.
fn lines(ui: &mut Ui, part: Record<'_>, of: &'static str, open: &mut Option<&'static str>, asks: &mut Asks) {
    kit::card(ui, |ui| {
        if *open == Some(of) {
            rows(ui, part, of, &["what", "said-by"], asks);
            done(ui, open);
            return;
        }
        let title = heading(ui, part, of);
        let all = part.records(of);
        for line in &all {
            let what = line.line("what");
            if what.is_empty() {
                continue;
            }
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap::S;
                match line.people("said-by").first() {
                    Some(who) => {
                        kit::disc(ui, &people::face_of(part.desk, part.plan, who), 26.0);
                    }
                    None => {
                        ui.label(theme::soft(ui, Type::Body, "•"));
                    }
                }
                let what = theme::text(ui, Type::Body, what).line_height(Some(Type::Body.line_height()));
                ui.add(Label::new(what).wrap());
            });
        }
        if all.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("common-nothing-written")));
        }
        change(ui, part, of, &title, open);
    });
}

fn change(ui: &mut Ui, part: Record<'_>, of: &'static str, title: &str, open: &mut Option<&'static str>) {
    if !part.is_mine() {
        return;
    }
    let words = text("app-change");
    if said_button(ui, Weight::Quiet, Icon::EDIT, &words, &format!("{words}: {title}")).clicked() {
        *open = Some(of);
    }
}

fn done(ui: &mut Ui, open: &mut Option<&'static str>) {
    if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
        *open = None;
    }
}

/// What somebody does and what it means, in four columns; where there is little room each has its question above.
fn communication(ui: &mut Ui, part: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::S;
        heading(ui, part, "communication");
        let all = part.records("communication");
        let beside = ui.available_width() >= theme::COLUMN;
        let labels = COMMUNICATION.map(|code| words::label(&format!("person-centred-communication-{code}")));
        if beside && !all.is_empty() {
            kit::columns(ui, 4, 120.0, |ui, at| {
                ui.label(theme::soft(ui, Type::Chip, &labels[at]));
            });
        }
        for record in all {
            kit::rule(ui);
            ui.push_id(record.id("row", ""), |ui| {
                if cards.is_open(record) {
                    fields(ui, record, &COMMUNICATION, asks);
                    fields(ui, record, &["pictures"], asks);
                    cards.end(ui, record, asks);
                    return;
                }
                kit::columns(ui, 4, if beside { 120.0 } else { 400.0 }, |ui, at| {
                    if !beside {
                        ui.label(theme::soft(ui, Type::Small, &labels[at]));
                    }
                    // What it means is what the others have to remember.
                    let size = if at == 2 { Type::Strong } else { Type::Body };
                    let words = record.line(COMMUNICATION[at]);
                    ui.label(theme::text(ui, size, words).line_height(Some(Type::Body.line_height())));
                });
                if super::cards::change(ui, record)
                    && let Some(item) = record.item
                {
                    cards.open(item);
                }
            });
        }
        if part.is_mine() && icon_button(ui, Weight::Plain, Icon::ADD, &text("happened-communication-more")).clicked() {
            part.add("communication", Vec::new(), asks);
        }
    });
}

/// A good week as a grid, and the list of it to be written.
fn week(ui: &mut Ui, part: Record<'_>, open: &mut Option<&'static str>, asks: &mut Asks) {
    kit::card(ui, |ui| {
        if *open == Some("week") {
            rows(ui, part, "week", &["day", "from", "to", "what", "with"], asks);
            done(ui, open);
            return;
        }
        let title = heading(ui, part, "week");
        let mut days: [Vec<String>; 7] = Default::default();
        let mut all: Vec<(String, Record<'_>)> =
            part.records("week").into_iter().map(|record| (record.line("from"), record)).collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        for (from, record) in all {
            let Some(day) = record.choice("day").and_then(|day| DAYS.iter().position(|known| *known == day)) else {
                continue;
            };
            let names: Vec<String> =
                record.people("with").iter().map(|one| people::face_of(part.desk, part.plan, one).name).collect();
            let what = [from, record.line("what"), people::together(&names)];
            let what: Vec<String> = what.into_iter().filter(|words| !words.is_empty()).collect();
            days[day].push(what.join(" · "));
        }
        if days.iter().all(Vec::is_empty) {
            ui.label(theme::soft(ui, Type::Note, text("happened-week-empty")));
        } else {
            let names = DAYS.map(|day| words::label(&format!("person-centred-week-day-{day}")));
            kit::week(ui, &names, &days);
        }
        change(ui, part, "week", &title, open);
    });
}
