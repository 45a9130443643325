//! Reading a document: texts, values with all that were written apart, lists in order.

use std::collections::BTreeSet;

use automerge::{ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue, Value as Held};
use seal::{ChainId, ItemId, Time};

use crate::{
    cursor::Mark,
    document::Document,
    part::{Field, FieldKind, List},
    path::{FieldPath, ListPath},
    records::{AT, objects},
    value::{Money, Shown, Someone, Value},
};

impl Document {
    /// A text field's words. Two texts made apart are shown one after the other, each on a line of its own.
    /// Empty where there is no such field or record.
    pub fn text(&self, field: FieldPath) -> String {
        let mut words = String::new();
        for (at, text) in self.texts(field).iter().enumerate() {
            if at > 0 {
                words.push('\n');
            }
            words.push_str(&self.automerge.text(text).unwrap_or_default());
        }
        words
    }

    /// How many code points the text has, without making it.
    pub fn text_len(&self, field: FieldPath) -> usize {
        let texts = self.texts(field);
        texts.iter().map(|text| self.automerge.length(text)).sum::<usize>() + texts.len().saturating_sub(1)
    }

    /// Whether the field's text was begun on two devices apart and nobody has written in it since they met: to be shown
    /// with "written at the same time". The next edit makes it one.
    pub fn is_doubled(&self, field: FieldPath) -> bool {
        self.texts(field).len() > 1
    }

    /// What a field that is no text shows.
    pub fn value(&self, field: FieldPath) -> Shown {
        let Some((home, described)) = self.home(field) else { return Shown::default() };
        if described.kind.is_set() {
            return self.set_of(&home, described);
        }
        let all = self.automerge.get_all(&home, described.code).unwrap_or_default();
        let values = all.into_iter().rev().filter_map(|(held, id)| match held {
            Held::Scalar(scalar) => Some((read_value(described.kind, &scalar)?, Mark::of(&id)?.chain)),
            Held::Object(_) => None,
        });
        Shown { values: values.collect() }
    }

    fn set_of(&self, home: &ObjId, described: &Field) -> Shown {
        let mut members = BTreeSet::new();
        let mut last = None;
        for set in objects(&self.automerge, home, described.code, ObjType::Map) {
            for entry in self.automerge.map_range(&set, ..) {
                last = last.max(Mark::of(&entry.id()));
                members.insert(entry.key.into_owned());
            }
        }
        let value = match described.kind {
            FieldKind::People => Value::People(members.iter().filter_map(|one| one.parse().ok()).collect()),
            _ => Value::Refs(members.iter().filter_map(|one| one.parse().ok()).collect()),
        };
        Shown { values: last.map(|mark| (value, mark.chain)).into_iter().collect() }
    }

    /// The records of a list that are not removed, in order.
    pub fn items(&self, list: ListPath) -> &[ItemId] {
        self.records.shown(list)
    }

    /// Records that were removed, by id: they can be put back.
    pub fn removed(&self, list: ListPath) -> Vec<ItemId> {
        let gone = self.records.by_id.iter().filter(|(_, record)| record.gone && record.list == list);
        gone.map(|(item, _)| *item).collect()
    }

    /// The list a record is in, whether or not it is removed.
    pub fn list_of(&self, item: ItemId) -> Option<(ListPath, &'static List)> {
        self.records.by_id.get(&item).map(|record| (record.list, record.list.describe()))
    }

    /// Who made a record and when, as its maker says.
    pub fn made(&self, item: ItemId) -> Option<(ChainId, Time)> {
        let record = self.records.by_id.get(&item)?;
        let at = match self.automerge.get(&record.object, AT) {
            Ok(Some((Held::Scalar(at), _))) => at.as_i64().unwrap_or_default(),
            _ => 0,
        };
        Some((Mark::of(&record.object)?.chain, Time(at)))
    }

    /// The object a field lies in, and its description.
    pub(crate) fn home(&self, field: FieldPath) -> Option<(ObjId, &'static Field)> {
        if field.part() != self.part() {
            return None;
        }
        let Some(item) = field.item() else { return Some((ROOT, field.describe(None)?)) };
        let record = self.records.by_id.get(&item)?;
        Some((record.object.clone(), field.describe(Some(record.list.describe()))?))
    }

    /// The texts of a field that are shown: those that have words in them, or else the first.
    pub(crate) fn texts(&self, field: FieldPath) -> Vec<ObjId> {
        let Some((home, described)) = self.home(field) else { return Vec::new() };
        if !described.kind.is_text() {
            return Vec::new();
        }
        let mut texts = objects(&self.automerge, &home, described.code, ObjType::Text);
        if texts.iter().any(|text| self.automerge.length(text) > 0) {
            texts.retain(|text| self.automerge.length(text) > 0);
        } else {
            texts.truncate(1);
        }
        texts
    }
}

/// What a value is in automerge.
pub(crate) fn write_value(value: &Value) -> ScalarValue {
    match value {
        Value::Line(text) | Value::Choice(text) => text.as_str().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Money(Money(minor)) => (*minor).into(),
        Value::Scale(number) => (*number).into(),
        Value::YesNo(yes) => (*yes).into(),
        Value::Person(someone) => someone.to_string().into(),
        Value::People(_) | Value::Refs(_) => unreachable!("sets are written member by member"),
    }
}

// None for what is not of this kind: a newer version may write what this one cannot show.
fn read_value(kind: FieldKind, scalar: &ScalarValue) -> Option<Value> {
    let text = || scalar.as_str().map(str::to_owned);
    match kind {
        FieldKind::Text | FieldKind::People | FieldKind::Refs(_) => None,
        FieldKind::Line => text().map(Value::Line),
        FieldKind::Choice(_) => text().map(Value::Choice),
        FieldKind::Date => text()?.parse().ok().map(Value::Date),
        FieldKind::Money => scalar.as_i64().map(|minor| Value::Money(Money(minor))),
        FieldKind::Scale(..) => scalar.as_i64().map(Value::Scale),
        FieldKind::YesNo => scalar.as_bool().map(Value::YesNo),
        FieldKind::Person => text()?.parse::<Someone>().ok().map(Value::Person),
    }
}
