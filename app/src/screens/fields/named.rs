//! Who: people of the circle as faces to press, and others by name.

use std::collections::BTreeSet;

use eframe::egui::{Ui, vec2};
use plan::{Someone, Value};
use words::text;

use super::{Record, other_answers};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button, line_field},
    people,
    theme::{self, Type, gap},
};

/// Any number of persons.
pub fn set_people(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let chosen = chosen(record, field);
    if let Some(pressed) = faces(ui, record, field, &chosen) {
        let mut wanted = chosen;
        if !wanted.remove(&pressed) {
            wanted.insert(pressed);
        }
        record.set(field, (!wanted.is_empty()).then_some(Value::People(wanted)), asks);
    }
    other_answers(ui, record, field, asks);
}

/// One person.
pub fn set_person(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let chosen = chosen(record, field);
    if let Some(pressed) = faces(ui, record, field, &chosen) {
        let value = (!chosen.contains(&pressed)).then_some(Value::Person(pressed));
        record.set(field, value, asks);
    }
    other_answers(ui, record, field, asks);
}

fn chosen(record: Record<'_>, field: &str) -> BTreeSet<Someone> {
    match record.filled(field) {
        Some(Value::People(people)) => people,
        Some(Value::Person(person)) => BTreeSet::from([person]),
        _ => BTreeSet::new(),
    }
}

/// The circle and whoever else is chosen, as faces, and a line for another name. Gives back who was pressed or typed.
fn faces(ui: &mut Ui, record: Record<'_>, field: &str, chosen: &BTreeSet<Someone>) -> Option<Someone> {
    let label = record.label(field);
    kit::explain::label(ui, &label, []);
    let members = people::in_order(record.desk, record.plan);
    let mut all: Vec<Someone> = members.iter().map(|member| Someone::Member(member.id)).collect();
    all.extend(chosen.iter().filter(|one| !all.contains(one)).cloned().collect::<Vec<_>>());
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        for someone in all {
            let face = people::face_of(record.desk, record.plan, &someone);
            if kit::toggle(ui, &label, &face, chosen.contains(&someone)) {
                pressed = Some(someone);
            }
        }
    });
    pressed.or_else(|| somebody_else(ui, record, field))
}

/// Somebody who is not in the circle, by name.
fn somebody_else(ui: &mut Ui, record: Record<'_>, field: &str) -> Option<Someone> {
    let id = record.id("someone else", field);
    let open = ui.data(|data| data.get_temp::<String>(id));
    let Some(mut name) = open else {
        if icon_button(ui, Weight::Quiet, Icon::ADD, &text("app-field-someone-else")).clicked() {
            ui.data_mut(|data| data.insert_temp(id, String::new()));
            ui.data_mut(|data| data.insert_temp(id.with("wanted"), true));
        }
        return None;
    };
    let mut typed = None;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 120.0).clamp(120.0, 320.0);
        let line = ui.allocate_ui(vec2(width, 0.0), |ui| {
            line_field(ui, id.with("field"), &text("app-field-someone-else"), &text("app-field-name"), &mut name)
        });
        // Only here: a reader of the screen must never be sent to a field that is not drawn yet.
        if ui.data_mut(|data| data.remove_temp::<bool>(id.with("wanted"))).is_some() {
            line.inner.request_focus();
        }
        let entered = line.inner.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
        ui.vertical(|ui| {
            ui.add_space(22.0 + gap::XS);
            if icon_button(ui, Weight::Plain, Icon::ADD, &text("common-add")).clicked() || entered {
                typed = name.parse().ok();
                ui.data_mut(|data| data.insert_temp(id.with("no name"), typed.is_none() && !name.trim().is_empty()));
            }
        });
    });
    if ui.data(|data| data.get_temp(id.with("no name"))).unwrap_or(false) {
        let attention = theme::of(ui.ctx()).attention;
        ui.label(theme::text(ui, Type::Small, text("app-field-not-a-name")).color(attention));
    }
    match &typed {
        Some(_) => ui.data_mut(|data| data.remove_temp::<String>(id)),
        None => ui.data_mut(|data| {
            data.insert_temp(id, name);
            None
        }),
    };
    typed
}
