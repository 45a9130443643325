//! When deciding is hard: what was found about one decision at one time. Only those who are named see it.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::text;

use super::{facts, name, review, with_day, words_of};
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

const PART: &str = "capacity";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Capacity {
    cards: Cards,
}

impl PartPage for Capacity {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        lead(ui, &text("small-capacity-lead"));
        let more = More { of: part, list: PART, words: &text("small-capacity-more") };
        self.cards.grid(ui, &part.records(PART), Some(more), asks, reading, editing);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

fn reading(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "decision");
    if let Some((code, words)) = record.choice("outcome").zip(record.choice_words("outcome")) {
        let tone = match code.as_str() {
            "can-decide" | "can-with-help" => Tone::Calm,
            "cannot-now" => Tone::NotYet,
            _ => Tone::Plain,
        };
        chip(ui, tone, &words);
    }
    let named = |field| {
        let names = record
            .people(field)
            .iter()
            .map(|one| people::face_of(record.desk, record.plan, one).name)
            .collect::<Vec<_>>();
        (!names.is_empty()).then(|| people::together(&names))
    };
    let by = named("by").map(|name| words::say(words::Say::new("small-by").with("name", name)));
    let helped = named("helped-by").map(|name| words::say(words::Say::new("small-capacity-helped").with("name", name)));
    let on = with_day(record, "on", "small-dated");
    facts(ui, [on.unwrap_or_default(), by.unwrap_or_default(), helped.unwrap_or_default()]);
    words_of(ui, record, "words");
    review(ui, record);
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["decision", "on", "outcome", "words", "helped-by"], asks);
    more(ui, record, &["by", "review", "files"], asks);
}
