//! Reading a document: texts, values with all that were written apart, lists in order.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue, ScalarValueRef, Value as Held, ValueRef};
use seal::{ChainId, ItemId, Time};
use sha2::{Digest as _, Sha256};

use crate::{
    amount::{Money, Quantity},
    attachment::Attachment,
    cursor::Mark,
    document::Document,
    limits::KEY_BYTES,
    names::clean,
    part::{Field, FieldKind, List},
    path::{FieldPath, ListPath},
    records::{AT, GONE, ORDER, VERSION, objects},
    value::{Shown, Someone, Value},
};

/// What a field holds.
#[derive(Debug)]
pub(crate) enum Written {
    /// A long text.
    Words(String),
    /// Anything else.
    Value(Shown),
}

impl Document {
    /// A text field's words. Two texts made apart are shown one after the other, each on a line of its own.
    /// Empty where there is no such field or record.
    pub fn text(&self, field: FieldPath) -> String {
        self.home(field).map_or_else(String::new, |(home, described)| self.text_at(&home, described))
    }

    fn text_at(&self, home: &ObjId, described: &Field) -> String {
        let mut words = String::new();
        for (at, text) in self.texts_at(home, described).iter().enumerate() {
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
        self.home(field).map_or_else(Shown::default, |(home, described)| self.value_at(&home, described))
    }

    fn value_at(&self, home: &ObjId, described: &Field) -> Shown {
        if described.kind.is_set() {
            return self.set_of(objects(&self.automerge, home, described.code, ObjType::Map), described);
        }
        let all = self.automerge.get_all(home, described.code).unwrap_or_default();
        let values = all.into_iter().rev().filter_map(|(held, id)| match held {
            Held::Scalar(scalar) => Some((read_value(described.kind, &scalar)?, Mark::of(&id)?.chain)),
            Held::Object(_) => None,
        });
        Shown { values: values.collect() }
    }

    /// Everything that is written in the fields of a record, or of the part itself, in one walk: asking for each field by
    /// itself costs many times as much. Fields without anything in them are left out.
    pub(crate) fn written_at(&self, home: &ObjId, fields: &'static [Field]) -> Vec<(&'static Field, Written)> {
        let mut all: Vec<(usize, Written)> = Vec::new();
        for entry in self.automerge.map_range(home, ..) {
            let place = fields.iter().position(|field| field.code == entry.key);
            let Some((place, field)) = place.and_then(|place| Some((place, fields.get(place)?))) else { continue };
            let at = entry.id();
            let written = match entry.value {
                _ if field.kind.is_text() && entry.conflict => Written::Words(self.text_at(home, field)),
                _ if entry.conflict => Written::Value(self.value_at(home, field)),
                ValueRef::Object(ObjType::Text) if field.kind.is_text() => {
                    Written::Words(self.automerge.text(at).unwrap_or_default())
                }
                ValueRef::Object(ObjType::Map) if field.kind.is_set() => Written::Value(self.set_of([at], field)),
                scalar @ ValueRef::Scalar(_) => {
                    let Held::Scalar(scalar) = scalar.into_value() else { continue };
                    let by = Mark::of(&at).map(|mark| mark.chain);
                    Written::Value(Shown { values: read_value(field.kind, &scalar).zip(by).into_iter().collect() })
                }
                ValueRef::Object(_) => continue,
            };
            all.push((place, written));
        }
        all.retain(|(_, written)| match written {
            Written::Words(words) => !words.is_empty(),
            Written::Value(shown) => !shown.values.is_empty(),
        });
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().filter_map(|(place, written)| Some((fields.get(place)?, written))).collect()
    }

    fn set_of(&self, sets: impl IntoIterator<Item = ObjId>, described: &Field) -> Shown {
        let mut members = BTreeMap::new();
        let mut last = None;
        for set in sets {
            for entry in self.automerge.map_range(&set, ..) {
                last = last.max(Mark::of(&entry.id()));
                let words = words_of(&entry.value);
                members.insert(entry.key.into_owned(), words);
            }
        }
        let value = read_members(described.kind, &members);
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

    /// A record's place in its list; places compare as bytes.
    pub(crate) fn order_of(&self, item: ItemId) -> &str {
        self.records.by_id.get(&item).map_or("", |record| record.order.as_str())
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

    /// The chains that made the records that are not removed: who added something to it.
    pub fn makers(&self) -> BTreeSet<ChainId> {
        let here = self.records.by_id.values().filter(|record| !record.gone);
        here.filter_map(|record| Some(Mark::of(&record.object)?.chain)).collect()
    }

    /// The object of a record, or of the part itself.
    pub(crate) fn object(&self, item: Option<ItemId>) -> Option<&ObjId> {
        match item {
            None => Some(&ROOT),
            Some(item) => self.records.by_id.get(&item).map(|record| &record.object),
        }
    }

    /// The object a field lies in, and its description.
    pub(crate) fn home(&self, field: FieldPath) -> Option<(ObjId, &'static Field)> {
        if !field.lies_in(self.part()) {
            return None;
        }
        let Some(item) = field.item() else { return Some((ROOT, field.describe(None)?)) };
        let record = self.records.by_id.get(&item)?;
        Some((record.object.clone(), field.describe(Some(record.list.describe()))?))
    }

    /// Whether a record, or the part itself, holds more than this version knows how to show: a newer one wrote it. It is kept.
    pub fn has_more(&self, item: Option<ItemId>) -> bool {
        let (home, fields, lists) = match item {
            None => (ROOT, self.part().fields, self.part().lists),
            Some(item) => {
                let Some(record) = self.records.by_id.get(&item) else { return false };
                let list = record.list.describe();
                (record.object.clone(), list.fields, list.lists)
            }
        };
        let is_known = |key: &str| {
            [VERSION, ORDER, AT, GONE].contains(&key)
                || fields.iter().any(|field| field.code == key)
                || lists.iter().any(|list| list.code == key)
        };
        self.automerge.keys(&home).any(|key| !is_known(&key))
    }

    /// The texts of a field that are shown: those that have words in them, or else the first.
    pub(crate) fn texts(&self, field: FieldPath) -> Vec<ObjId> {
        self.home(field).map_or_else(Vec::new, |(home, described)| self.texts_at(&home, described))
    }

    fn texts_at(&self, home: &ObjId, described: &Field) -> Vec<ObjId> {
        if !described.kind.is_text() {
            return Vec::new();
        }
        let mut texts = objects(&self.automerge, home, described.code, ObjType::Text);
        if texts.len() < 2 {
            return texts;
        }
        if texts.iter().any(|text| self.automerge.length(text) > 0) {
            texts.retain(|text| self.automerge.length(text) > 0);
        } else {
            texts.truncate(1);
        }
        texts
    }
}

/// The members of a set: each a key, and words beside it where the key does not say all.
pub(crate) fn write_members(value: &Value) -> BTreeMap<String, ScalarValue> {
    let plain = |key: String| (key, ScalarValue::Boolean(true));
    match value {
        Value::Choices(choices) => choices.iter().cloned().map(plain).collect(),
        Value::Refs(items) => items.iter().map(|item| plain(item.to_string())).collect(),
        Value::Files(files) => files.iter().map(|file| (file.id.to_string(), file.entry().as_str().into())).collect(),
        Value::People(people) => people.iter().map(member).collect(),
        Value::Line(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Money(_)
        | Value::Quantity(_)
        | Value::Choice(_)
        | Value::Scale(_)
        | Value::YesNo(_)
        | Value::Person(_)
        | Value::Ref(_) => unreachable!("not a set"),
    }
}

// A name is its own key, unless it is longer than a key may be: then its digest is.
fn member(someone: &Someone) -> (String, ScalarValue) {
    let words = someone.to_string();
    if words.len() <= KEY_BYTES {
        return (words, ScalarValue::Boolean(true));
    }
    let digest = Sha256::digest(words.as_bytes());
    let key = digest.iter().take(KEY_BYTES / 2).map(|byte| format!("{byte:02x}")).collect();
    (key, words.as_str().into())
}

/// The words beside a member's key, if there are any.
pub(crate) fn words_of(value: &ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(words)) => Some(words.to_string()),
        ValueRef::Scalar(_) | ValueRef::Object(_) => None,
    }
}

/// Whether this version can show a member of a set. What it cannot, a newer version wrote, and it is not ours to take away.
pub(crate) fn is_read(kind: FieldKind, key: &str, words: Option<String>) -> bool {
    let one = BTreeMap::from([(key.to_owned(), words)]);
    !read_members(kind, &one).to_string().is_empty()
}

fn read_members(kind: FieldKind, members: &BTreeMap<String, Option<String>>) -> Value {
    let keys = || members.keys();
    match kind {
        FieldKind::Choices(_) => Value::Choices(keys().cloned().collect()),
        FieldKind::People => {
            let names = members.iter().map(|(key, words)| words.as_ref().unwrap_or(key));
            Value::People(names.filter_map(|name| name.parse().ok()).collect())
        }
        FieldKind::Files => {
            let files = members.iter().filter_map(|(id, words)| Attachment::read(id, words.as_ref()?));
            Value::Files(files.collect())
        }
        FieldKind::Text
        | FieldKind::Line
        | FieldKind::Date
        | FieldKind::Moment
        | FieldKind::Money
        | FieldKind::Quantity
        | FieldKind::Choice(_)
        | FieldKind::Scale(..)
        | FieldKind::YesNo
        | FieldKind::Person
        | FieldKind::Ref(_)
        | FieldKind::Refs(_) => Value::Refs(keys().filter_map(|one| one.parse().ok()).collect()),
    }
}

/// What a value is in automerge.
pub(crate) fn write_value(value: &Value) -> ScalarValue {
    match value {
        Value::Line(text) | Value::Choice(text) => text.as_str().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Moment(moment) => moment.to_string().into(),
        Value::Money(Money(minor)) => (*minor).into(),
        Value::Quantity(Quantity(hundredths)) => (*hundredths).into(),
        Value::Ref(item) => item.to_string().into(),
        Value::Scale(number) => (*number).into(),
        Value::YesNo(yes) => (*yes).into(),
        Value::Person(someone) => someone.to_string().into(),
        Value::Choices(_) | Value::People(_) | Value::Refs(_) | Value::Files(_) => {
            unreachable!("sets are written member by member")
        }
    }
}

// None for what is not of this kind: a newer version may write what this one cannot show.
fn read_value(kind: FieldKind, scalar: &ScalarValue) -> Option<Value> {
    let text = || scalar.as_str().map(str::to_owned);
    match kind {
        FieldKind::Text | FieldKind::Choices(_) | FieldKind::People | FieldKind::Refs(_) | FieldKind::Files => None,
        // Another device may have written anything: a line is one visible line whoever wrote it.
        FieldKind::Line => scalar.as_str().map(|line| Value::Line(clean(line))),
        FieldKind::Choice(_) => text().map(Value::Choice),
        FieldKind::Date => text()?.parse().ok().map(Value::Date),
        FieldKind::Moment => text()?.parse().ok().map(Value::Moment),
        FieldKind::Quantity => scalar.as_i64().map(|hundredths| Value::Quantity(Quantity(hundredths))),
        FieldKind::Ref(_) => text()?.parse().ok().map(Value::Ref),
        FieldKind::Money => scalar.as_i64().map(|minor| Value::Money(Money(minor))),
        FieldKind::Scale(..) => scalar.as_i64().map(Value::Scale),
        FieldKind::YesNo => scalar.as_bool().map(Value::YesNo),
        FieldKind::Person => text()?.parse::<Someone>().ok().map(Value::Person),
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable as _;
    use seal::DocId;

    use super::*;

    #[test]
    fn a_line_is_one_visible_line_whoever_wrote_it() {
        let (cover, chain) = (crate::part("cover").unwrap(), ChainId::new([1; 16]));
        let (mut document, _) = Document::create(cover, DocId::new([2; 32]), chain, Time(1));
        let field = FieldPath::new(cover, None, "title").unwrap();
        let (home, described) = document.home(field).unwrap();
        document.automerge.put(&home, described.code, "Amina's\u{202e} plan\n\u{7}").unwrap();
        assert_eq!(document.value(field).value(), Some(&Value::Line("Amina's plan".to_owned())));
        let written = document.written_at(&home, cover.fields);
        assert!(written.iter().any(|(of, written)| of.code == "title"
            && matches!(written, Written::Value(shown) if shown.value() == Some(&Value::Line("Amina's plan".to_owned())))));
    }
}
