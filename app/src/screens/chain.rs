//! What hangs together: a need, the wish it leads to, what was decided about both. A card names the others by their words, and a
//! press leads there.

use eframe::egui::Ui;
use seal::ItemId;

use super::{evidence::shorten, fields::Record};
use crate::{
    asks::{Asks, Page, Place},
    kit::{Weight, in_one_row, said_button},
    theme::{self, Type},
};

/// The wishes, needs, steps and help that a field of a record names, under the field's name. Nothing where it names none, or only what lies
/// in a part one does not have.
pub fn linked(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let named: Vec<(&'static str, String)> =
        record.refs(field).into_iter().filter_map(|item| words_of(record, item)).collect();
    if named.is_empty() {
        return;
    }
    let label = record.label(field);
    in_one_row(ui, |ui| {
        ui.label(theme::soft(ui, Type::Note, &label));
        for (part, words) in named {
            let said = format!("{label}: {words}");
            if said_button(ui, Weight::Quiet, None, &shorten(&words), &said).clicked() {
                asks.go(Place::Plan(record.plan, Page::Part(part)));
            }
        }
    });
}

/// In which part a record lies, and what it is called.
fn words_of(record: Record<'_>, item: ItemId) -> Option<(&'static str, String)> {
    ["goals", "needs", "actions", "supports", "risks"].into_iter().find_map(|part| {
        let there = Record::part(record.desk, record.plan, part).at(item);
        there.document()?.list_of(item)?;
        let words = there.called();
        (!words.trim().is_empty()).then(|| (part, words.trim().to_owned()))
    })
}
