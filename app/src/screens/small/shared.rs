//! What was agreed about sharing, and what was shared by hand. Who has which part stands, signed, under "Who sees what"; here
//! stands only what no signature says.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::{Say, say, text};

use super::{facts, name, review, today, with_day, words_of};
use crate::{
    asks::Asks,
    kit::{self, chip},
    people,
    screens::{
        cards::{Cards, More},
        fields::{Record, fields, more},
        lead,
        pages::PartPage,
        part_title,
    },
    theme::{self, Tone, Type, gap},
};

const PART: &str = "sharing";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Shared {
    cards: Cards,
}

impl PartPage for Shared {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, None, asks);
        lead(ui, &text("small-shared-lead"));
        for (list, words) in [("agreements", "small-shared-agreements-more"), ("records", "small-shared-records-more")]
        {
            let Some(described) = part.list(list).map(|list| list.describe()) else { continue };
            let heading = words::label(described.label);
            let label = ui.label(theme::text(ui, Type::Section, &heading));
            kit::is_heading(ui, &label, &heading);
            ui.add_space(gap::XS);
            let more = More { of: part, list, words: &text(words) };
            let (reading, editing): (Reads, Writes) = match list {
                "agreements" => (agreement, edit_agreement),
                _ => (record, edit_record),
            };
            self.cards.grid(ui, &part.records(list), Some(more), asks, reading, editing);
            ui.add_space(gap::L);
        }
        ui.label(theme::soft(ui, Type::Note, text("small-shared-honest")));
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

type Reads = fn(&mut Ui, Record<'_>);
type Writes = fn(&mut Ui, Record<'_>, &mut Asks);

fn names(record: Record<'_>, field: &str) -> String {
    let names: Vec<String> =
        record.people(field).iter().map(|one| people::face_of(record.desk, record.plan, one).name).collect();
    people::together(&names)
}

fn agreement(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "purpose");
    if let Some(day) = record.date("withdrawn") {
        chip(ui, Tone::Attention, &say(Say::new("small-shared-withdrawn").with("day", words::date(&day.to_string()))));
    } else if let Some(until) = record.date("until") {
        let over = until < today();
        let key = if over { "small-shared-over" } else { "small-until" };
        let tone = if over { Tone::NotYet } else { Tone::Calm };
        chip(ui, tone, &say(Say::new(key).with("day", words::date(&until.to_string()))));
    }
    let with = [names(record, "people"), record.line("organisations")].into_iter().filter(|words| !words.is_empty());
    facts(ui, with);
    for field in ["what", "not-what"] {
        words_of(ui, record, field);
    }
    let yes = names(record, "said-yes");
    let yes = (!yes.is_empty()).then(|| say(Say::new("small-shared-yes").with("name", yes)));
    let as_person = record.choice("said-yes-as").as_deref() == Some("person");
    facts(
        ui,
        [
            yes.unwrap_or_default(),
            // That it was the person needs no word.
            record.choice_words("said-yes-as").filter(|_| !as_person).unwrap_or_default(),
            record.choice_words("basis").unwrap_or_default(),
            with_day(record, "from", "small-since").unwrap_or_default(),
        ],
    );
    // What was taken back is not looked at again.
    if record.date("withdrawn").is_none() {
        review(ui, record);
    }
}

fn edit_agreement(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["purpose", "people", "organisations", "what", "not-what", "may", "said-yes", "until"], asks);
    more(
        ui,
        record,
        &["basis", "pass-on", "from", "asked-how", "said-yes-as", "withdrawn", "withdrawn-by", "review"],
        asks,
    );
}

fn record(ui: &mut Ui, record: Record<'_>) {
    name(ui, record, "what");
    if record.value("refused") == Some(plan::Value::YesNo(true)) {
        chip(ui, Tone::NotYet, &record.label("refused"));
    }
    let when = record.value("when").map(|when| crate::screens::fields::said(record, "when", &when));
    let to = record.line("to");
    let to = (!to.is_empty()).then(|| say(Say::new("small-shared-with").with("name", to)));
    facts(
        ui,
        [
            when.unwrap_or_default(),
            to.unwrap_or_default(),
            names(record, "by"),
            record.choice_words("how").unwrap_or_default(),
        ],
    );
    words_of(ui, record, "why");
    words_of(ui, record, "answer");
}

fn edit_record(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(ui, record, &["what", "to", "when", "how", "why"], asks);
    more(ui, record, &["by", "receipt", "clean-copy", "refused", "told", "answer", "version"], asks);
}
