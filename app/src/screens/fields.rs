//! Fields of a part that are set whole, drawn from their description: a line, a day, a choice, a number, people.
//!
//! Where two people answered apart, both answers stand there with their names until somebody chooses.

use desk::{Ask, Desk, Fill};
use eframe::egui::{Id, Ui, vec2};
use plan::{FieldKind, FieldPath, Someone, Value};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use crate::{
    asks::Asks,
    kit::{self, Choice, Icon, Weight, choose, icon_button, line_field},
    people, terms,
    text::SharedText,
    theme::{self, Tone, Type, gap},
};

/// One record of a list, as its screen reads and writes it.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// Everything this device has open.
    pub desk: &'a Desk,
    /// The plan.
    pub plan: PlanId,
    /// The part, whose only list has the same name.
    pub part: &'static str,
    /// The record.
    pub item: ItemId,
}

impl Record<'_> {
    /// The path of one of its fields.
    pub fn path(&self, field: &str) -> Option<FieldPath> {
        FieldPath::new(plan::part(self.part)?, Some(self.item), field).ok()
    }

    /// The words of a text.
    pub fn text(&self, field: &str) -> String {
        let document = self.desk.document(self.plan, self.part);
        document.zip(self.path(field)).map(|(document, path)| document.text(path)).unwrap_or_default()
    }

    /// What a field says, if anything.
    pub fn value(&self, field: &str) -> Option<Value> {
        let document = self.desk.document(self.plan, self.part)?;
        document.value(self.path(field)?).value().cloned()
    }

    /// A line's words.
    pub fn line(&self, field: &str) -> String {
        self.value(field).map(|value| value.to_string()).unwrap_or_default()
    }

    /// A choice's code.
    pub fn choice(&self, field: &str) -> Option<String> {
        match self.value(field)? {
            Value::Choice(code) => Some(code),
            _ => None,
        }
    }

    /// The people a field names.
    pub fn people(&self, field: &str) -> Vec<Someone> {
        match self.value(field) {
            Some(Value::People(people)) => people.into_iter().collect(),
            Some(Value::Person(person)) => vec![person],
            _ => Vec::new(),
        }
    }

    /// May I write here?
    pub fn is_mine(&self) -> bool {
        self.desk.access(self.plan, self.part) == circle::Access::Edit
    }

    fn label(&self, field: &str) -> String {
        terms::field(self.part, field)
    }

    fn set(&self, field: &str, value: Option<Value>, asks: &mut Asks) {
        if let Some(field) = self.path(field) {
            let fill = value.map_or(Fill::Empty, Fill::Value);
            asks.push(Ask::Set { plan: self.plan, field, fill });
        }
    }
}

/// Shared text with its label above.
pub fn words_field(ui: &mut Ui, record: Record<'_>, field: &str, rows: usize, asks: &mut Asks) {
    let Some(path) = record.path(field) else { return };
    let label = record.label(field);
    ui.label(theme::soft(ui, Type::Note, &label));
    let hint = terms::hint(record.part, field);
    let shared = SharedText { plan: record.plan, field: path, label: &label, hint: &hint, rows, size: Type::Body };
    shared.show(ui, record.desk, asks);
}

/// A line that is set when its field is left.
pub fn set_line(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let label = record.label(field);
    let hint = terms::hint(record.part, field);
    set_typed(ui, record, field, &label, &hint, asks);
}

/// A line, or a day typed as one. What does not read as the field's kind is said below and not sent.
fn set_typed(ui: &mut Ui, record: Record<'_>, field: &str, label: &str, hint: &str, asks: &mut Asks) {
    let Some(kind) = record.path(field).and_then(|path| record.desk.kind(record.plan, path)) else { return };
    let id = Id::new(("set", record.plan.to_string(), record.item.to_string(), field));
    let now = record.line(field);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let kept: Option<String> = ui.data(|data| data.get_temp(id));
    let mut draft = kept.clone().unwrap_or_else(|| now.clone());
    let response = line_field(ui, id, label, hint, &mut draft);
    let read = Value::parse(kind, draft.trim());
    if response.changed() {
        asks.typed();
    }
    if response.lost_focus()
        && let Ok(value) = &read
    {
        if draft.trim() != now {
            record.set(field, value.clone(), asks);
        }
        ui.data_mut(|data| data.remove_temp::<String>(id));
        return;
    }
    if focused || response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, draft));
    } else if kept.is_some() && read.is_err() {
        let key = if kind == FieldKind::Date { "app-field-not-a-date" } else { "app-field-too-long" };
        ui.label(theme::text(ui, Type::Small, text(key)).color(theme::of(ui.ctx()).attention));
    }
}

/// A day.
pub fn set_date(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let label = record.label(field);
    set_typed(ui, record, field, &label, &text("app-field-date-hint"), asks);
}

/// One of a few words.
pub fn set_choice(ui: &mut Ui, record: Record<'_>, field: &str, tone: fn(&str) -> Tone, asks: &mut Asks) {
    let Some(FieldKind::Choice(codes)) = record.path(field).and_then(|path| record.desk.kind(record.plan, path)) else {
        return;
    };
    let all: Vec<Choice<String>> = codes
        .iter()
        .map(|code| Choice {
            value: (*code).to_owned(),
            words: terms::choice(record.part, field, code),
            tone: tone(code),
        })
        .collect();
    if let Some(code) = choose(ui, &record.label(field), record.choice(field).as_ref(), &all) {
        record.set(field, Some(Value::Choice(code)), asks);
    }
    other_answers(ui, record, field, asks);
}

/// A number on a scale, one step at a time.
pub fn set_scale(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some(FieldKind::Scale(low, high)) = record.path(field).and_then(|path| record.desk.kind(record.plan, path))
    else {
        return;
    };
    let numbers: Vec<Choice<i64>> =
        (low..=high).map(|number| Choice { value: number, words: number.to_string(), tone: Tone::Accent }).collect();
    let now = match record.value(field) {
        Some(Value::Scale(number)) => Some(number),
        _ => None,
    };
    if let Some(number) = choose(ui, &record.label(field), now.as_ref(), &numbers) {
        record.set(field, Some(Value::Scale(number)), asks);
    }
    other_answers(ui, record, field, asks);
}

/// Any of the circle, and others by name.
pub fn set_people(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let label = record.label(field);
    ui.label(theme::soft(ui, Type::Note, &label));
    let chosen = record.people(field);
    let members = people::in_order(record.desk, record.plan);
    let mut all: Vec<Someone> = members.iter().map(|member| Someone::Member(member.id)).collect();
    all.extend(chosen.iter().filter(|one| !all.contains(one)).cloned().collect::<Vec<_>>());
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        for someone in all {
            let face = people::face_of(record.desk, record.plan, &someone);
            let is_in = chosen.contains(&someone);
            if kit::toggle(ui, &label, &face, is_in) {
                let mut now: std::collections::BTreeSet<Someone> = chosen.iter().cloned().collect();
                if !now.remove(&someone) {
                    now.insert(someone);
                }
                wanted = Some(now);
            }
        }
    });
    let id = Id::new(("someone else", record.plan.to_string(), record.item.to_string(), field));
    let mut name: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 120.0).clamp(120.0, 320.0);
        ui.allocate_ui(vec2(width, 0.0), |ui| {
            line_field(ui, id.with("field"), &text("app-field-someone-else"), &text("app-field-name"), &mut name);
        });
        ui.vertical(|ui| {
            ui.add_space(22.0 + gap::XS);
            let typed: Option<Someone> = name.parse().ok();
            if icon_button(ui, Weight::Plain, Icon::ADD, &text("common-add")).clicked()
                && let Some(someone) = typed
            {
                let mut now: std::collections::BTreeSet<Someone> = chosen.iter().cloned().collect();
                now.insert(someone);
                wanted = Some(now);
                name.clear();
            }
        });
    });
    ui.data_mut(|data| data.insert_temp(id, name));
    if let Some(now) = wanted {
        let value = (!now.is_empty()).then_some(Value::People(now));
        record.set(field, value, asks);
    }
}

/// What somebody else answered at the same time, with their name, and a way to take it.
fn other_answers(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some((document, path)) = record.desk.document(record.plan, record.part).zip(record.path(field)) else { return };
    let shown = document.value(path);
    if !shown.is_conflict() {
        return;
    }
    for (value, chain) in &shown.values[1..] {
        let name = people::author(record.desk, record.plan, record.part, *chain)
            .and_then(|person| people::face(record.desk, record.plan, person))
            .map_or_else(|| text("common-someone"), |face| face.name);
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("common-also-said").with("name", name))));
            let words = match value {
                Value::Choice(code) => terms::choice(record.part, field, code),
                other => other.to_string(),
            };
            if icon_button(ui, Weight::Plain, None, &words).clicked() {
                record.set(field, Some(value.clone()), asks);
            }
        });
    }
}
