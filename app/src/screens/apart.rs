//! Where two people filled in one field at the same time: both answers, each with a name, until somebody chooses.

use eframe::egui::Ui;
use words::text;

use super::fields::{Record, said};
use crate::{
    kit::{self, Face},
    people,
    theme::{self, Type},
};

/// Everybody's answer, if there is more than one.
pub fn answers(record: Record<'_>, field: &str) -> Vec<(Face, String)> {
    let Some((document, path)) = record.document().zip(record.path(field)) else { return Vec::new() };
    let shown = document.value(path);
    if !shown.is_conflict() {
        return Vec::new();
    }
    let face = |chain| {
        let person = people::author(record.desk, record.plan, document.doc(), chain);
        let face = person.map(|person| people::face_or_former(record.desk, record.plan, person));
        face.unwrap_or_else(|| Face { name: text("common-someone"), place: 0 })
    };
    shown.values.iter().map(|(value, chain)| (face(*chain), said(record, field, value))).collect()
}

/// Says both, and that one of them is to be chosen. Nothing is drawn where people agree.
pub fn both(ui: &mut Ui, record: Record<'_>, field: &str) {
    let answers = answers(record, field);
    if answers.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (face, words) in &answers {
            kit::answer(ui, face, words);
        }
    });
    ui.label(theme::soft(ui, Type::Note, text("wants-both-answers")));
}
