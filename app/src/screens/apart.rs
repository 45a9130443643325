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
    let answers = record.path(field).map(|path| record.as_one().answers(path)).unwrap_or_default();
    if answers.iter().all(|answer| answer.value == answers[0].value) {
        return Vec::new();
    }
    let face = |doc, chain| {
        let person = people::author(record.desk, record.plan, doc, chain);
        let face = person.map(|person| people::face_or_former(record.desk, record.plan, person));
        face.unwrap_or_else(|| Face { name: text("common-someone"), place: 0 })
    };
    answers.iter().map(|answer| (face(answer.doc, answer.chain), said(record, field, &answer.value))).collect()
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
