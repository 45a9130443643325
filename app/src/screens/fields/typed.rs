//! Answers that are typed and set whole: a line, a day, a day and a time, money, how many.

use eframe::egui::{Context, Id, Ui};
use plan::{FieldKind, Value};
use words::text;

use super::{Record, first, other_answers, said};
use crate::{
    asks::{Asks, Wish},
    kit::line_field,
    text::is_wanted,
    theme::{self, Type},
};

/// A field that is set when it is left. What does not read as its kind is said below, and not sent.
pub fn set_typed(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let Some(described) = record.describe(field) else { return };
    let kind = described.kind;
    let label = record.label(field);
    let hint = match kind {
        FieldKind::Date => text("app-field-date-hint"),
        FieldKind::Moment => text("app-field-moment-hint"),
        FieldKind::Money => text("app-field-money-hint"),
        _ => record.hint(field),
    };
    let id = record.id("set", field);
    let now = record.filled(field);
    let shown = now.as_ref().map(|value| said(record, field, value)).unwrap_or_default();
    let focused = ui.memory(|memory| memory.has_focus(id));
    let kept: Option<String> = ui.data(|data| data.get_temp(id));
    let mut draft = kept.clone().unwrap_or_else(|| shown.clone());
    let response = line_field(ui, id, &label, &hint, &mut draft);
    // Whoever has just added a record types at once.
    if record.path(field).is_some_and(|path| is_wanted(ui.ctx(), record.plan, path)) {
        response.request_focus();
        response.scroll_to_me(None);
    }
    if response.changed() {
        asks.typed();
    }
    if shown.is_empty() && first::is_awaited(ui.ctx(), record) {
        response.request_focus();
        ui.scroll_to_rect(response.rect.expand(48.0), None);
    }
    let read = read(kind, draft.trim());
    let mut new = Asks::default();
    if let Ok(value) = &read
        && draft.trim() != shown.trim()
        && *value != now
    {
        record.set(field, value.clone(), &mut new);
    }
    let wishes = new.take();
    let left = match &read {
        Ok(_) => Left::Meant(wishes.clone()),
        Err(_) => Left::Unread { typed: draft.clone(), why: why(kind) },
    };
    hold(ui.ctx(), Held { id, pass: ui.ctx().cumulative_pass_nr(), left }, response.has_focus());
    if response.lost_focus() && read.is_ok() {
        wishes.into_iter().for_each(|wish| asks.wish(wish));
        ui.data_mut(|data| data.remove_temp::<String>(id));
    } else if focused || response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, draft));
    } else if kept.is_some() && read.is_err() {
        ui.label(theme::text(ui, Type::Small, text(why(kind))).color(theme::of(ui.ctx()).attention));
    }
    other_answers(ui, record, field, asks);
}

/// Why what was typed does not read as its kind.
fn why(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Date => "app-field-not-a-date",
        FieldKind::Moment => "app-field-not-a-moment",
        FieldKind::Money => "app-field-not-money",
        FieldKind::Quantity | FieldKind::Scale(..) => "app-field-not-a-number",
        _ => "app-field-too-long",
    }
}

/// What is being typed and would be set if the field were left now.
#[derive(Debug, Clone)]
struct Held {
    id: Id,
    pass: u64,
    left: Left,
}

/// What somebody typed last in a field that is not on screen any more.
#[derive(Debug, Clone)]
pub enum Left {
    /// It is meant to be kept.
    Meant(Vec<Wish>),
    /// It cannot be kept as it is: these words, and the key of the sentence that says why. They wait in their field.
    Unread {
        /// The words.
        typed: String,
        /// The key.
        why: &'static str,
    },
}

fn held_id() -> Id {
    Id::new("what is being typed")
}

fn hold(ctx: &Context, held: Held, has_focus: bool) {
    ctx.data_mut(|data| {
        if has_focus {
            data.insert_temp(held_id(), Some(held));
        } else if data.get_temp::<Option<Held>>(held_id()).flatten().is_some_and(|known| known.id == held.id) {
            data.insert_temp(held_id(), None::<Held>);
        }
    });
}

/// What was typed in a field that is not there any more: its card was closed, or one went to another page, without leaving the
/// field first. To be asked at the end of a frame.
pub fn left_behind(ctx: &Context) -> Option<Left> {
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| {
        let held = data.get_temp::<Option<Held>>(held_id()).flatten().filter(|held| held.pass < now)?;
        data.insert_temp(held_id(), None::<Held>);
        if let Left::Meant(_) = held.left {
            data.remove_temp::<String>(held.id);
        }
        Some(held.left)
    })
}

/// Reads what was typed: days and times also as people write them.
fn read(kind: FieldKind, typed: &str) -> Result<Option<Value>, plan::BadValue> {
    let today = desk::now().0;
    match kind {
        FieldKind::Date => {
            let day = words::read_day(typed, today).unwrap_or_else(|| typed.to_owned());
            Value::parse(kind, &day)
        }
        FieldKind::Moment => {
            let moment = words::read_moment(typed, today).unwrap_or_else(|| typed.to_owned());
            Value::parse(kind, &moment)
        }
        FieldKind::Money => {
            let digits: String =
                typed.chars().filter(|letter| !matches!(letter, '£' | '€' | '$' | ',' | ' ')).collect();
            Value::parse(kind, &digits)
        }
        kind => Value::parse(kind, typed),
    }
}
