//! Things that help: what somebody uses, how they get in and about, what others do differently; and what goes wrong without.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::text;

use super::{facts, name, review, with_day, words_of};
use crate::{
    asks::Asks,
    kit, people,
    screens::{
        cards::{Cards, More},
        fields::{Record, fields, more},
        pages::PartPage,
        part_title,
    },
    theme::{self, Type, gap},
};

const PART: &str = "equipment";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Equipment {
    cards: Cards,
}

impl PartPage for Equipment {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        let all = part.records(PART);
        let kinds: Vec<Option<String>> = all.iter().map(|record| record.choice("kind")).collect();
        for kind in [Some("equipment"), Some("access"), Some("adjustment"), None] {
            // What a newer version calls otherwise stands with what has no kind.
            let is_here = |of: &Option<String>| match kind {
                Some(kind) => of.as_deref() == Some(kind),
                None => !matches!(of.as_deref(), Some("equipment" | "access" | "adjustment")),
            };
            let here: Vec<Record<'_>> =
                all.iter().zip(&kinds).filter(|(_, of)| is_here(of)).map(|(record, _)| *record).collect();
            if here.is_empty() {
                continue;
            }
            if let Some(words) = kind.and_then(|_| here[0].choice_words("kind")) {
                let heading = ui.label(theme::text(ui, Type::Strong, &words));
                kit::is_heading(ui, &heading, &words);
                ui.add_space(gap::XS);
            }
            self.cards.grid(ui, &here, None, asks, reading, editing);
        }
        let more = More { of: part, list: PART, words: &text("small-equipment-more") };
        self.cards.grid(ui, &[], Some(more), asks, reading, editing);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

fn reading(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "what");
    let by = record.people("looked-after-by").first().map(|one| people::face_of(record.desk, record.plan, one).name);
    let by = by.map(|name| words::say(words::Say::new("small-equipment-by").with("name", name)));
    let since = with_day(record, "since", "small-since");
    facts(ui, [record.line("where"), since.unwrap_or_default(), by.unwrap_or_default()]);
    words_of(ui, record, "without");
    review(ui, record);
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "kind", "without", "where"], asks);
    more(ui, record, &["looked-after-by", "since", "review", "pictures"], asks);
}
