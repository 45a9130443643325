//! Help near me: what there is, who can go, how to get it, and when somebody last made sure.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::{Say, say, text};

use super::{facts, name, today, words_of};
use crate::{
    asks::Asks,
    kit::{self, Icon, chip},
    screens::{
        cards::{Cards, More},
        fields::{Record, fields, more},
        lead,
        links::reach,
        pages::PartPage,
        part_title,
    },
    theme::{self, Tone, Type},
};

const PART: &str = "resources";

/// Days after which what is written here should be checked again: half a year.
const STALE: i64 = 183;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Resources {
    cards: Cards,
}

impl PartPage for Resources {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, Some(PART), asks);
        lead(ui, &text("small-resources-lead"));
        let mut all = part.records(PART);
        all.sort_by_key(|record| record.choice("status").as_deref() == Some("closed"));
        let more = More { of: part, list: PART, words: &text("small-resources-more") };
        self.cards.grid(ui, &all, Some(more), asks, reading, editing);
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

fn reading(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "name");
    let cost = record.line("cost");
    let cost = (!cost.is_empty()).then(|| say(Say::new("small-resources-cost").with("cost", cost)));
    facts(ui, [record.line("organisation"), record.line("where"), record.line("times"), cost.unwrap_or_default()]);
    ui.horizontal_wrapped(|ui| {
        if let Some((code, words)) = record.choice("status").zip(record.choice_words("status")) {
            let tone = match code.as_str() {
                "open" => Tone::Calm,
                "paused" => Tone::NotYet,
                _ => Tone::Plain,
            };
            chip(ui, tone, &words);
        }
        let (tone, words) = match record.date("checked") {
            Some(day) => {
                let tone = if day.plus(STALE) < today() { Tone::NotYet } else { Tone::Plain };
                (tone, say(Say::new("small-resources-checked").with("day", words::date(&day.to_string()))))
            }
            None => (Tone::NotYet, text("small-resources-unchecked")),
        };
        chip(ui, tone, &words);
    });
    let alert = record.line("alert");
    if !alert.is_empty() {
        let colour = theme::of(ui.ctx()).not_yet;
        kit::icon_line(ui, Icon::INFO, colour, theme::text(ui, Type::Note, alert));
    }
    words_of(ui, record, "what");
    words_of(ui, record, "who-can-go");
    words_of(ui, record, "how");
    let waiting = record.line("waiting");
    let waiting = (!waiting.is_empty()).then(|| say(Say::new("small-resources-waiting").with("time", waiting)));
    facts(ui, [waiting.unwrap_or_default()]);
    reach(ui, record, &["telephone", "email", "web"]);
}

fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(
        ui,
        record,
        &["name", "what", "who-can-go", "how", "telephone", "where", "times", "status", "checked"],
        asks,
    );
    more(
        ui,
        record,
        &["organisation", "ages", "cost", "waiting", "languages", "email", "web", "checked-by", "alert"],
        asks,
    );
}
