//! The pages that are lists of small things: papers, things that help, what somebody takes, hard decisions, help near me.

mod apart;
mod capacity;
mod carer;
mod equipment;
mod medicines;
mod mine;
mod papers;
mod resources;
mod shared;

use eframe::egui::Ui;
use plan::Date;
use words::{Say, say};

pub use self::{
    apart::{Apart, readers},
    capacity::Capacity,
    carer::Carer,
    equipment::Equipment,
    medicines::Medicines,
    mine::Mine,
    papers::Papers,
    resources::Resources,
    shared::Shared,
};
use super::fields::Record;
use crate::{
    kit::chip,
    theme::{self, Tone, Type},
};

/// Today, where this computer is.
pub fn today() -> Date {
    words::written_day(desk::now().0).parse().expect("a day is written as plans write it")
}

/// What it is called, or that it has no words yet.
pub fn name(ui: &mut Ui, record: Record<'_>, field: &str) {
    let words = record.text(field);
    let words = if words.trim().is_empty() { words::text("common-no-words-yet") } else { words };
    ui.label(theme::text(ui, Type::Section, words));
}

/// Facts in one soft line, with dots between; nothing if there are none.
pub fn facts(ui: &mut Ui, facts: impl IntoIterator<Item = String>) {
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.trim().is_empty()).collect();
    if !facts.is_empty() {
        ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
    }
}

/// A text with a soft heading above, if there are words in it.
pub fn words_of(ui: &mut Ui, record: Record<'_>, field: &str) {
    let words = record.text(field);
    if words.trim().is_empty() {
        return;
    }
    ui.label(theme::soft(ui, Type::Small, record.label(field)));
    ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
}

/// A sentence of ours with a day in it, if the field has one.
pub fn with_day(record: Record<'_>, field: &str, key: &'static str) -> Option<String> {
    let day = record.date(field)?;
    Some(say(Say::new(key).with("day", words::date(&day.to_string()))))
}

/// That something is to be looked at again: quietly before the day, in a tone of its own from then on.
pub fn review(ui: &mut Ui, record: Record<'_>) {
    let Some(day) = record.date("review") else { return };
    let tone = if day <= today() { Tone::NotYet } else { Tone::Plain };
    let words = say(Say::new("small-review").with("day", words::date(&day.to_string())));
    chip(ui, tone, &words);
}
