//! A group's counts: small ones that could name somebody are not said, and who has not counted is not nought.

use std::collections::{BTreeMap, BTreeSet};

use seal::ItemId;

use crate::{
    amount::Quantity,
    document::Document,
    path::{FieldPath, ListPath},
    value::Value,
};

/// Below this a count could point at a person.
pub const FEW: i64 = 5;

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nobody.
    Nobody,
    /// Fewer than five.
    Few,
    /// So many.
    Many(i64),
}

/// A count of people as it may be shown.
pub fn shown(count: i64) -> Shown {
    match count {
        ..1 => Shown::Nobody,
        1..FEW => Shown::Few,
        FEW.. => Shown::Many(count),
    }
}

/// A measure's number as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// Whole things were counted, fewer than five: they could point at somebody.
    Few,
    /// Any other number.
    Said(Quantity),
}

/// One number of a measure, given all of that measure. Where all are whole, they count people, calls or visits; where one is
/// not, they measure something, and a 3.9 of ten points at nobody.
pub fn number(one: Quantity, all: &[Quantity]) -> Number {
    let counts = all.iter().chain([&one]).all(|Quantity(value)| value % 100 == 0);
    match shown(one.0 / 100) {
        Shown::Few if counts => Number::Few,
        Shown::Few | Shown::Nobody | Shown::Many(_) => Number::Said(one),
    }
}

/// Whether a value of a document is a count that could point at somebody: of people whom nobody helps, or one number of a
/// measure that counts. Whatever is given out says "fewer than five" in its place.
pub fn is_few(document: &Document, field: FieldPath, value: &Value) -> bool {
    let Some((item, (list, described))) = field.item().and_then(|item| Some((item, document.list_of(item)?))) else {
        return false;
    };
    let measure = match (described.label, field.field(), value) {
        ("coalition-unmet", "count", Value::Scale(count)) => return shown(*count) == Shown::Few,
        ("coalition-values", "value", Value::Quantity(_)) => list.item(),
        ("coalition-measures", "baseline", Value::Quantity(_)) => Some(item),
        _ => None,
    };
    let (Some(measure), Value::Quantity(one)) = (measure, value) else { return false };
    number(*one, &numbers(document, measure)) == Number::Few
}

/// Every number that was written down for a measure.
fn numbers(document: &Document, measure: ItemId) -> Vec<Quantity> {
    let part = document.part();
    let quantity = |item: ItemId, code: &str| {
        let field = FieldPath::new(part, Some(item), code).ok()?;
        match document.value(field).value() {
            Some(Value::Quantity(one)) => Some(*one),
            _ => None,
        }
    };
    let values = ListPath::new(part, Some(measure), "values").map(|list| document.items(list)).unwrap_or_default();
    let counted = values.iter().filter_map(|value| quantity(*value, "value"));
    counted.chain(quantity(measure, "baseline")).collect()
}

/// What partners counted for one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The sum of what was counted.
    pub sum: Quantity,
    /// Partners who counted before or after, and not for this time: blank, not nought.
    pub missing: BTreeSet<String>,
}

/// Adds up what partners counted, time by time. A partner who counted twice for one time corrected themselves.
pub fn added_up<T: Ord + Clone>(values: &[(T, String, Quantity)]) -> BTreeMap<T, Counted> {
    let mut times: BTreeMap<T, BTreeMap<&str, Quantity>> = BTreeMap::new();
    for (time, partner, value) in values {
        times.entry(time.clone()).or_default().insert(partner, *value);
    }
    let all: BTreeSet<&str> = values.iter().map(|(_, partner, _)| partner.as_str()).collect();
    let count = |partners: BTreeMap<&str, Quantity>| Counted {
        sum: Quantity(partners.values().fold(0_i64, |sum, Quantity(value)| sum.saturating_add(*value))),
        missing: all.iter().filter(|name| !partners.contains_key(*name)).map(|name| (*name).to_owned()).collect(),
    };
    times.into_iter().map(|(time, partners)| (time, count(partners))).collect()
}

/// Activities of which nobody said what they should change: what is done for its own sake.
pub fn orphans(activities: &[(ItemId, BTreeSet<ItemId>)]) -> Vec<ItemId> {
    activities.iter().filter(|(_, measures)| measures.is_empty()).map(|(activity, _)| *activity).collect()
}

#[cfg(test)]
mod tests;
