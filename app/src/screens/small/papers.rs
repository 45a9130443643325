//! Other plans and papers: what else there is about somebody, and where it lies.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::text;

use super::{facts, name, review, with_day};
use crate::{
    asks::Asks,
    people,
    screens::{
        cards::{Cards, More},
        fields::{Record, fields},
        lead,
        pages::PartPage,
        part_title,
    },
};

const PART: &str = "papers";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Papers {
    cards: Cards,
}

impl PartPage for Papers {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        lead(ui, &people::to_whom(desk, plan, "small-papers-lead", "small-papers-lead-of"));
        let more = More { of: part, list: PART, words: &text("small-papers-more") };
        self.cards.grid(ui, &part.records(PART), Some(more), asks, reading, editing);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

fn reading(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "title");
    let dated = with_day(record, "on", "small-dated");
    facts(ui, [record.choice_words("kind").unwrap_or_default(), record.line("where"), dated.unwrap_or_default()]);
    review(ui, record);
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["title", "kind", "where", "on", "review", "files"], asks);
}
