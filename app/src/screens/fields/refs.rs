//! Other records of the plan: chosen by their words, never by an id.

use std::collections::BTreeSet;

use eframe::egui::Ui;
use plan::{FieldKind, ListPath, Value};
use seal::ItemId;
use words::text;

use super::{Record, other_answers};
use crate::{
    asks::Asks,
    kit::{Icon, Weight, check, icon_button, line_field},
    theme::{self, Type},
};

/// How many are shown at once; with more, one looks for them by their words.
const FEW: usize = 8;

/// One record or several of the lists its description names.
pub fn set_refs(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some((lists, one)) = record.describe(field).and_then(|field| match field.kind {
        FieldKind::Ref(lists) => Some((lists, true)),
        FieldKind::Refs(lists) => Some((lists, false)),
        _ => None,
    }) else {
        return;
    };
    let chosen = match record.filled(field) {
        Some(Value::Refs(items)) => items,
        Some(Value::Ref(item)) => BTreeSet::from([item]),
        _ => BTreeSet::new(),
    };
    let offered = offered(record, lists);
    if offered.is_empty() && chosen.is_empty() {
        return;
    }
    let label = record.label(field);
    ui.label(theme::soft(ui, Type::Note, &label));
    let id = record.id("looks for", field);
    let mut looked_for: Option<String> = ui.data(|data| data.get_temp(id));
    let many = offered.len() > FEW;
    if many && let Some(words) = &mut looked_for {
        line_field(ui, id.with("field"), &text("app-field-look-for"), "", words);
    }
    let fits = |words: &str| match &looked_for {
        Some(part) => words.to_lowercase().contains(&part.trim().to_lowercase()),
        None => !many,
    };
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        for (item, words) in offered.iter().filter(|(item, words)| chosen.contains(item) || fits(words)) {
            if check(ui, &label, words, chosen.contains(item)) {
                pressed = Some(*item);
            }
        }
        // What it names may be in a part one does not have.
        for item in chosen.iter().filter(|item| !offered.iter().any(|(offered, _)| offered == *item)) {
            if check(ui, &label, &text("app-field-elsewhere"), true) {
                pressed = Some(*item);
            }
        }
    });
    if many && looked_for.is_none() && icon_button(ui, Weight::Quiet, Icon::MORE, &text("app-field-choose")).clicked() {
        looked_for = Some(String::new());
    }
    if let Some(words) = looked_for {
        ui.data_mut(|data| data.insert_temp(id, words));
    }
    other_answers(ui, record, field, asks);
    let Some(item) = pressed else { return };
    let mut wanted = chosen;
    let value = match (wanted.remove(&item), one) {
        (true, true) => None,
        (false, true) => Some(Value::Ref(item)),
        (taken, false) => {
            if !taken {
                wanted.insert(item);
            }
            (!wanted.is_empty()).then_some(Value::Refs(wanted))
        }
    };
    record.set(field, value, asks);
}

/// What may be named, each with its words. No list at all stands for any record of the part.
pub(super) fn offered(record: Record<'_>, lists: &[&str]) -> Vec<(ItemId, String)> {
    let own =
        || plan::part(record.part).into_iter().flat_map(|part| part.lists).filter_map(|list| record.list(list.code));
    let paths: BTreeSet<ListPath> = match lists {
        [] => own().collect(),
        lists => lists.iter().filter_map(|list| list.parse().ok()).collect(),
    };
    // A part may have several documents: what happened in another quarter can be named, too.
    let of = |path: ListPath| {
        let copies = record.desk.copies(record.plan, path.part().code).into_iter();
        let places = copies.filter_map(|copy| Record::document_of(record.desk, record.plan, copy.doc));
        match (path.item(), path.part().is_voice()) {
            (None, false) => places.flat_map(|place| place.records(path.list())).collect(),
            _ => Record::part(record.desk, record.plan, path.part().code).records(path.list()),
        }
    };
    // Each document of a part that was begun more than once shows all of it.
    let mut seen: BTreeSet<ItemId> = record.item.into_iter().collect();
    let all = paths.into_iter().flat_map(of).filter(move |one| one.item.is_some_and(|item| seen.insert(item)));
    all.filter_map(|one| Some((one.item?, one.called()))).filter(|(_, words)| !words.trim().is_empty()).collect()
}
