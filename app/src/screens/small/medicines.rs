//! What I take: for talking about, no prescription. When it was last checked stands beside each.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::{Say, say, text};

use super::{facts, name, today, with_day, words_of};
use crate::{
    asks::Asks,
    kit::chip,
    people,
    screens::{
        cards::{Cards, More},
        fields::{Record, fields, more},
        lead,
        pages::PartPage,
        part_title,
    },
    theme::Tone,
};

const PART: &str = "medicines";

/// Days after which a list like this should be looked at again: half a year.
const STALE: i64 = 183;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Medicines {
    cards: Cards,
}

impl PartPage for Medicines {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        lead(ui, &text("small-medicines-lead"));
        let today = today();
        let ended = |record: &Record<'_>| record.date("to").is_some_and(|end| end < today);
        let (past, now): (Vec<_>, Vec<_>) = part.records(PART).into_iter().partition(ended);
        let more = More {
            of: part,
            list: PART,
            words: &people::to_whom(desk, plan, "small-medicines-more", "small-medicines-more-of"),
        };
        self.cards.grid(ui, &now, Some(more), asks, reading, editing);
        if !past.is_empty() {
            lead(ui, &text("small-medicines-past"));
            self.cards.grid(ui, &past, None, asks, reading, editing);
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

fn reading(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "name");
    match record.date("checked") {
        Some(day) => {
            let old = day.plus(STALE) < today();
            let key = if old { "small-medicines-old" } else { "small-medicines-checked" };
            let words = say(Say::new(key).with("day", words::date(&day.to_string())));
            chip(ui, if old { Tone::NotYet } else { Tone::Calm }, &words)
        }
        None => chip(ui, Tone::Plain, &text("small-medicines-unchecked")),
    };
    let (from, to) = (with_day(record, "from", "small-since"), with_day(record, "to", "small-until"));
    facts(ui, [record.line("why"), record.line("source"), from.unwrap_or_default(), to.unwrap_or_default()]);
    words_of(ui, record, "how");
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["name", "why", "how", "checked"], asks);
    more(ui, record, &["source", "from", "to"], asks);
}
