//! Everything that is written in a record, each field under its name: for whoever wants to read more than its card shows.

use eframe::egui::Ui;
use plan::{Field, FieldKind, List, Someone, Value};
use words::text;

use super::{Record, refs::offered, told};
use crate::{
    people,
    theme::{self, Type, gap},
};

/// A record with fewer fields than this has no more than its card shows.
const MANY: usize = 7;

/// Whether there may be more in a record than its card shows. One that says nothing but what it is called has no more.
pub fn may_hold_more(record: Record<'_>) -> bool {
    let Some(list) = described(record).filter(|list| list.fields.len() >= MANY) else { return false };
    let filled = list.fields.iter().filter(|field| !in_words(record, field).trim().is_empty()).count();
    filled > 1 || list.lists.iter().any(|inner| !record.records(inner.code).is_empty())
}

/// Draws these fields, each under its name, as far as they are filled in. Whether any is.
pub fn some_of(ui: &mut Ui, record: Record<'_>, codes: &[&str]) -> bool {
    let fields = codes.iter().filter_map(|code| record.describe(code));
    // All of them: one that is filled in hides none after it.
    fields.filter(|field| one(ui, record, field)).count() > 0
}

/// Draws every field that is filled in, and what lies in its lists. Files are shown by [`super::attached`].
pub fn everything(ui: &mut Ui, record: Record<'_>) {
    let Some(list) = described(record) else { return };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = gap::XS;
        for field in list.fields {
            one(ui, record, field);
        }
        for inner in list.lists {
            let records = record.records(inner.code);
            if !records.is_empty() {
                ui.label(theme::soft(ui, Type::Small, words::label(inner.label)));
            }
            for one in records {
                let filled = inner.fields.iter().map(|field| in_words(one, field));
                let filled: Vec<String> = filled.filter(|words| !words.trim().is_empty()).collect();
                ui.label(theme::text(ui, Type::Body, filled.join(" · ")));
            }
        }
    });
}

/// A field under its name; nothing where it is empty.
fn one(ui: &mut Ui, record: Record<'_>, field: &Field) -> bool {
    let words = in_words(record, field);
    if words.trim().is_empty() {
        return false;
    }
    ui.label(theme::soft(ui, Type::Small, words::label(field.label)));
    ui.label(theme::text(ui, Type::Body, words.trim()));
    ui.add_space(gap::XS);
    true
}

fn described(record: Record<'_>) -> Option<&'static List> {
    Some(record.document()?.list_of(record.item?)?.1)
}

/// What a field says, as people would.
fn in_words(record: Record<'_>, field: &Field) -> String {
    if field.kind.is_text() {
        return record.text(field.code);
    }
    let Some(value) = record.value(field.code) else { return String::new() };
    let name = |one: &Someone| people::face_of(record.desk, record.plan, one).name;
    match (&value, field.kind) {
        (Value::People(all), _) => people::together(&all.iter().map(name).collect::<Vec<_>>()),
        (Value::Choices(all), _) => {
            let labels: Vec<String> = all.iter().map(|code| words::label(&field.choice_label(code))).collect();
            labels.join(", ")
        }
        (Value::Ref(_) | Value::Refs(_), FieldKind::Ref(lists) | FieldKind::Refs(lists)) => {
            let known = offered(record, lists);
            let words = |item| known.iter().find(|(known, _)| *known == item).map(|(_, words)| words.clone());
            let named = record.refs(field.code).into_iter();
            named.map(|item| words(item).unwrap_or_else(|| text("app-field-elsewhere"))).collect::<Vec<_>>().join(", ")
        }
        (Value::Files(_), _) => String::new(),
        _ => told(record, field.code, &value),
    }
}
