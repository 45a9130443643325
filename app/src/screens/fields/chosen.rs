//! Answers that are pressed: one of a few words, several of them, a step on a scale, yes or no.

use std::collections::BTreeSet;

use eframe::egui::Ui;
use plan::{FieldKind, Value};
use words::text;

use super::{Record, other_answers};
use crate::{
    asks::Asks,
    kit::{self, Choice, check, choose},
    theme::Tone,
};

/// One of a few words.
pub fn set_choice(ui: &mut Ui, record: Record<'_>, field: &str, tone: fn(&str) -> Tone, asks: &mut Asks) {
    let Some(described) = record.describe(field) else { return };
    let all: Vec<Choice<String>> = described
        .kind
        .choices()
        .iter()
        .map(|code| Choice {
            value: (*code).to_owned(),
            words: words::label(&described.choice_label(code)),
            tone: tone(code),
        })
        .collect();
    if let Some(code) = choose(ui, &record.label(field), chosen(record, field).as_ref(), &all) {
        record.set(field, Some(Value::Choice(code)), asks);
    }
    other_answers(ui, record, field, asks);
}

/// Any number of a few words.
pub fn set_choices(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some(described) = record.describe(field) else { return };
    let label = record.label(field);
    kit::explain::label(ui, &label, []);
    let now = match record.filled(field) {
        Some(Value::Choices(codes)) => codes,
        _ => BTreeSet::new(),
    };
    ui.horizontal_wrapped(|ui| {
        for code in described.kind.choices() {
            let is_in = now.contains(*code);
            if check(ui, &label, &words::label(&described.choice_label(code)), is_in) {
                let mut wanted = now.clone();
                if !wanted.remove(*code) {
                    wanted.insert((*code).to_owned());
                }
                record.set(field, (!wanted.is_empty()).then_some(Value::Choices(wanted)), asks);
            }
        }
    });
    other_answers(ui, record, field, asks);
}

fn chosen(record: Record<'_>, field: &str) -> Option<String> {
    match record.filled(field)? {
        Value::Choice(code) => Some(code),
        _ => None,
    }
}

/// A number on a scale, one step at a time.
pub fn set_scale(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some(FieldKind::Scale(low, high)) = record.describe(field).map(|field| field.kind) else { return };
    // More steps than that are typed.
    if high - low > 20 {
        return super::set_typed(ui, record, field, asks);
    }
    let numbers: Vec<Choice<i64>> =
        (low..=high).map(|number| Choice { value: number, words: number.to_string(), tone: Tone::Accent }).collect();
    let now = match record.filled(field) {
        Some(Value::Scale(number)) => Some(number),
        _ => None,
    };
    if let Some(number) = choose(ui, &record.label(field), now.as_ref(), &numbers) {
        record.set(field, Some(Value::Scale(number)), asks);
    }
    other_answers(ui, record, field, asks);
}

/// Yes or no; neither until somebody says so.
pub fn set_yes_no(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let both = [(true, "common-yes"), (false, "common-no")];
    let both = both.map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent });
    let now = match record.filled(field) {
        Some(Value::YesNo(yes)) => Some(yes),
        _ => None,
    };
    if let Some(yes) = choose(ui, &record.label(field), now.as_ref(), &both) {
        record.set(field, Some(Value::YesNo(yes)), asks);
    }
    other_answers(ui, record, field, asks);
}
