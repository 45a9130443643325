//! What a template would like to find in a plan, and what of it is there. It is asked for, never demanded.

use crate::{
    part::FieldKind,
    path::FieldPath,
    template::{Template, Wanted},
    value::Value,
    whole::Whole,
};

/// How one thing that a template asks for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There.
    There,
    /// Not written yet.
    Missing,
    /// In a part this device does not hold, so it cannot say.
    Elsewhere,
}

/// Everything a template asks for, in its order, each with its label.
pub fn complete(template: &Template, whole: &Whole) -> Vec<(&'static str, Found)> {
    template.asks.iter().map(|ask| (ask.label, found(ask.wanted, whole))).collect()
}

fn found(wanted: Wanted, whole: &Whole) -> Found {
    let held = |code: &str| whole.part(code).is_some();
    let said = |is: bool| if is { Found::There } else { Found::Missing };
    match wanted {
        Wanted::Field(path) => {
            let path: FieldPath = path.parse().expect("a field that is described");
            let Some(part) = whole.part(path.part().code) else { return Found::Elsewhere };
            let text = path.describe(None).is_some_and(|field| field.kind.is_text());
            said(if text { !part.text(path).trim().is_empty() } else { is_filled(part.value(path).as_ref()) })
        }
        Wanted::Item(list) => {
            if !held(part_of(list)) {
                return Found::Elsewhere;
            }
            said(!whole.records(list).is_empty())
        }
        Wanted::Each(list, field) => {
            if !held(part_of(list)) {
                return Found::Elsewhere;
            }
            let records = whole.records(list);
            let described = list.parse::<crate::path::ListPath>().expect("a list that is described").describe();
            let kind = described.field(field).map(|field| field.kind);
            let filled = |record: &crate::whole::Record| match kind {
                Some(FieldKind::Text) => !record.text(field).is_empty(),
                _ => is_filled(record.value(field).as_ref()),
            };
            said(!records.is_empty() && records.iter().all(filled))
        }
        Wanted::Any(all) => {
            let all: Vec<Found> = all.iter().map(|one| found(*one, whole)).collect();
            if all.contains(&Found::There) {
                Found::There
            } else if all.contains(&Found::Elsewhere) {
                Found::Elsewhere
            } else {
                Found::Missing
            }
        }
    }
}

fn part_of(list: &str) -> &str {
    list.split_once('.').map_or(list, |(part, _)| part)
}

fn is_filled(value: Option<&Value>) -> bool {
    match value {
        None => false,
        Some(Value::Line(text) | Value::Choice(text)) => !text.trim().is_empty(),
        Some(Value::People(people)) => !people.is_empty(),
        Some(Value::Refs(items)) => !items.is_empty(),
        Some(Value::Choices(choices)) => !choices.is_empty(),
        Some(Value::Files(files)) => !files.is_empty(),
        Some(
            Value::Date(_)
            | Value::Moment(_)
            | Value::Money(_)
            | Value::Quantity(_)
            | Value::Scale(_)
            | Value::YesNo(_)
            | Value::Person(_)
            | Value::Ref(_),
        ) => true,
    }
}

#[cfg(test)]
mod tests;
