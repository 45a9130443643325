//! Writing in a document: every write is visible at once and belongs to the open burst until it is closed.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue, Value as Held, transaction::Transactable as _};
use seal::{ItemId, Time};

use crate::{
    as_one::AsOne,
    cursor::Mark,
    document::{Document, WriteError},
    limits::{KEY_BYTES, OPERATION_COST, TEXT_CHARS},
    order,
    part::{Field, List},
    path::{FieldPath, ListPath},
    read::{is_read, words_of, write_members, write_value},
    records::{AT, GONE, ORDER, Record, objects},
    touched::Touched,
    undo::{Act, Gone, Subject},
    value::{BadValue, Value},
};

impl Document {
    /// Replaces `delete` code points at `at` by `insert`. What is too long for one edit becomes several.
    pub fn splice(&mut self, field: FieldPath, at: usize, delete: usize, insert: &str) -> Result<(), WriteError> {
        let (home, described) = self.writable(field)?;
        if !described.kind.is_text() {
            return Err(BadValue::Kind.into());
        }
        if at.checked_add(delete).is_none_or(|end| end > self.text_len(field)) {
            return Err(WriteError::Beyond);
        }
        if delete == 0 && insert.is_empty() {
            return Ok(());
        }
        // Words can always be taken away, also from a text that came to more than this because several wrote it apart.
        if !insert.is_empty() && self.text_len(field) - delete + insert.chars().count() > TEXT_CHARS {
            return Err(WriteError::TooMuch);
        }
        let text = self.one_text(field, &home, described);
        self.splice_text(field, &text, at, delete, insert, &mut Touched::default());
        Ok(())
    }

    // The text to write in: made if there is none, made one if there are several.
    fn one_text(&mut self, field: FieldPath, home: &ObjId, described: &Field) -> ObjId {
        let texts = objects(&self.automerge, home, described.code, ObjType::Text);
        let Some((first, others)) = texts.split_first() else {
            self.room(described.code.len());
            self.spend(1, described.code.len());
            return self.automerge.put_object(home, described.code, ObjType::Text).expect("a home is a map");
        };
        for other in others {
            let words = self.automerge.text(other).unwrap_or_default();
            if words.is_empty() {
                continue;
            }
            let end = self.automerge.length(first);
            let line = if end > 0 { "\n" } else { "" };
            self.splice_text(field, first, end, 0, &format!("{line}{words}"), &mut Touched::default());
            self.splice_text(field, other, 0, words.chars().count(), "", &mut Touched::default());
        }
        first.clone()
    }

    pub(crate) fn splice_text(
        &mut self,
        field: FieldPath,
        text: &ObjId,
        at: usize,
        delete: usize,
        insert: &str,
        touched: &mut Touched,
    ) {
        let gone = Gone {
            letters: (at..at + delete).filter_map(|place| self.letter_and_char(text, place)).collect(),
            behind: at.checked_sub(1).filter(|_| delete > 0).and_then(|place| self.letter(text, place)),
            before: (delete > 0).then(|| self.letter(text, at + delete)).flatten(),
        };
        let mut left = delete;
        while left > 0 {
            let piece = self.room(0).min(left);
            self.automerge.splice_text(text, at, piece.cast_signed(), "").expect("a text, and inside it");
            self.spend(piece, 0);
            left -= piece;
        }
        let (mut come, mut place, mut rest) = (Vec::new(), at, insert);
        while !rest.is_empty() {
            let room = self.room(4);
            let end = rest.char_indices().nth(room).map_or(rest.len(), |(end, _)| end);
            let (piece, later) = rest.split_at(end);
            let count = piece.chars().count();
            self.automerge.splice_text(text, place, 0, piece).expect("a text, and inside it");
            self.spend(count, piece.len());
            // One call's letters have consecutive counters.
            come.push((self.letter(text, place).expect("just written"), count));
            (place, rest) = (place + count, later);
        }
        touched.spliced(field, at, delete, place - at);
        self.history.note(Act::Typed { field, text: text.clone(), gone, come });
    }

    fn letter_and_char(&self, text: &ObjId, at: usize) -> Option<(Mark, char)> {
        let (held, id) = self.automerge.get(text, at).ok()??;
        Some((Mark::of(&id)?, held.as_str()?.chars().next()?))
    }

    /// Sets a field that is no text; `None` clears it. Setting what it already shows writes nothing, unless people wrote
    /// different things and this chooses.
    pub fn set(&mut self, field: FieldPath, value: Option<Value>) -> Result<(), WriteError> {
        let (home, described) = self.writable(field)?;
        let value = value.map(|value| self.fit(field, described, value)).transpose()?;
        if described.kind.is_text() {
            return Err(BadValue::Kind.into());
        }
        let shown = self.value(field);
        let one = shown.values.len() < 2;
        if one && shown.value() == value.as_ref() {
            return Ok(());
        }
        let mut touched = Touched::default();
        let subject = Subject::Field(field);
        match value {
            None if described.kind.is_set() => self.set_members(subject, &home, described, &BTreeMap::new()),
            Some(members) if described.kind.is_set() => {
                self.set_members(subject, &home, described, &write_members(&members));
            }
            other => {
                self.put(subject, &home, described.code, other.as_ref().map(write_value), &mut touched);
            }
        }
        Ok(())
    }

    // Choices that a newer version put in may stay in: they are shown, so they are among what is set.
    fn fit(&self, field: FieldPath, described: &Field, value: Value) -> Result<Value, BadValue> {
        let (Value::Choices(chosen), Some(Value::Choices(held))) = (&value, self.value(field).value().cloned()) else {
            return value.fit(described.kind);
        };
        Value::Choices(chosen.difference(&held).cloned().collect()).fit(described.kind)?;
        Ok(value)
    }

    fn set_members(
        &mut self,
        subject: Subject,
        home: &ObjId,
        described: &Field,
        members: &BTreeMap<String, ScalarValue>,
    ) {
        let mut sets = objects(&self.automerge, home, described.code, ObjType::Map);
        if sets.is_empty() {
            self.room(described.code.len());
            self.spend(1, described.code.len());
            sets.push(self.automerge.put_object(home, described.code, ObjType::Map).expect("a home is a map"));
        }
        let mut missing = members.clone();
        let mut touched = Touched::default();
        for set in &sets {
            let entries = self.automerge.map_range(set, ..);
            let entries: Vec<_> = entries.map(|entry| (words_of(&entry.value), entry.key.into_owned())).collect();
            for (words, key) in entries {
                // A file that is called something else now is the same member with other words.
                match members.get(&key) {
                    None if !is_read(described.kind, &key, words) => {}
                    None => self.put(subject, set, &key, None, &mut touched),
                    Some(words) if self.holds(set, &key, words) => _ = missing.remove(&key),
                    Some(_) => {}
                }
            }
        }
        for (key, words) in missing {
            self.put(subject, &sets[0], &key, Some(words), &mut touched);
        }
    }

    fn holds(&self, home: &ObjId, key: &str, value: &ScalarValue) -> bool {
        matches!(self.automerge.get(home, key), Ok(Some((Held::Scalar(held), _))) if *held == *value)
    }

    /// Puts or clears one value of a map, so that it can be undone.
    pub(crate) fn put(
        &mut self,
        subject: Subject,
        home: &ObjId,
        key: &str,
        value: Option<ScalarValue>,
        touched: &mut Touched,
    ) {
        let was = match self.automerge.get(home, key) {
            Ok(Some((Held::Scalar(scalar), _))) => Some(scalar.into_owned()),
            _ => None,
        };
        // Everything that was set apart is replaced, and named in the edit.
        let replaced = self.automerge.get_all(home, key).map_or(0, |all| all.len());
        let words = value.as_ref().and_then(ScalarValue::as_str).map_or(0, str::len);
        let cost = key.len() + words + replaced * OPERATION_COST;
        self.room(cost);
        self.spend(1, cost);
        match value {
            Some(value) => self.automerge.put(home, key, value).expect("a home is a map"),
            None if self.automerge.get(home, key).is_ok_and(|held| held.is_none()) => return,
            None => self.automerge.delete(home, key).expect("a home is a map"),
        }
        let now = self.automerge.get(home, key).ok().flatten().and_then(|(_, id)| Mark::of(&id));
        self.history.note(Act::Put { subject, home: home.clone(), key: key.to_owned(), was, now });
        match subject {
            Subject::Field(field) => _ = touched.fields.insert(field),
            Subject::Record(list) => {
                touched.lists.insert(list);
                self.records.read_again(&self.automerge, list);
            }
        }
    }

    /// Adds an empty record with a fresh id, made by the caller's dice, at the end of a list.
    pub fn add(&mut self, list: ListPath, item: ItemId, at: Time) -> Result<(), WriteError> {
        self.add_behind(list, item, at, "")
    }

    /// The same, also behind this place: the last of other documents of the part.
    pub fn add_behind(&mut self, list: ListPath, item: ItemId, at: Time, place: &str) -> Result<(), WriteError> {
        self.writes()?;
        let described = list.describe();
        let home = match list.item() {
            None if list.part() == self.part() => ROOT,
            None => return Err(WriteError::NoField),
            Some(item) => {
                let record = self.records.by_id.get(&item).ok_or(WriteError::NoItem)?;
                record.list.describe().list(list.list()).ok_or(WriteError::NoField)?;
                record.object.clone()
            }
        };
        if self.records.by_id.contains_key(&item) {
            return Ok(());
        }
        let last = self.items(list).last().map_or("", |last| self.records.by_id[last].order.as_str());
        let key = order::between(last.max(place), None);
        self.room(key.len() + KEY_BYTES);
        let entries = match objects(&self.automerge, &home, described.code, ObjType::Map).first() {
            Some(entries) => entries.clone(),
            None => self.automerge.put_object(&home, described.code, ObjType::Map).expect("a home is a map"),
        };
        let object = self.automerge.put_object(&entries, item.to_string(), ObjType::Map).expect("a list is a map");
        self.automerge.put(&object, ORDER, key.as_str()).expect("a record is a map");
        self.automerge.put(&object, AT, ScalarValue::Timestamp(at.0)).expect("a record is a map");
        self.spend(4, key.len() + KEY_BYTES);
        self.furnish(&object, described.fields, described.lists);
        self.records.append(item, Record { list, object, order: key, gone: false });
        self.history.note(Act::Added { item });
        Ok(())
    }

    /// Makes the texts, sets and lists of a new part or record.
    pub(crate) fn furnish(&mut self, home: &ObjId, fields: &[Field], lists: &[List]) {
        let texts = fields.iter().filter(|field| field.kind.is_text()).map(|field| (field.code, ObjType::Text));
        let sets = fields.iter().filter(|field| field.kind.is_set()).map(|field| (field.code, ObjType::Map));
        let lists = lists.iter().map(|list| (list.code, ObjType::Map));
        for (code, kind) in texts.chain(sets).chain(lists) {
            self.room(code.len());
            self.automerge.put_object(home, code, kind).expect("a home is a map");
            self.spend(1, code.len());
        }
    }

    /// Moves a record behind another of its list, or to the front.
    pub fn place(&mut self, item: ItemId, behind: Option<ItemId>) -> Result<(), WriteError> {
        self.writes()?;
        let placed = AsOne::new([&*self]).place(item, behind).ok_or(WriteError::NoItem)?;
        placed.into_iter().try_for_each(|(_, item, order)| self.put_at(item, &order))
    }

    /// Gives a record a place in its list, as [`AsOne::place`] says.
    pub fn put_at(&mut self, item: ItemId, order: &str) -> Result<(), WriteError> {
        self.writes()?;
        let record = self.records.by_id.get(&item).ok_or(WriteError::NoItem)?;
        let (list, object) = (record.list, record.object.clone());
        self.put(Subject::Record(list), &object, ORDER, Some(order.into()), &mut Touched::default());
        Ok(())
    }

    /// Removes a record from its list. Its words stay and can be put back.
    pub fn remove(&mut self, item: ItemId) -> Result<(), WriteError> {
        self.set_gone(item, true)
    }

    /// Puts a removed record back.
    pub fn restore(&mut self, item: ItemId) -> Result<(), WriteError> {
        self.set_gone(item, false)
    }

    fn set_gone(&mut self, item: ItemId, gone: bool) -> Result<(), WriteError> {
        self.writes()?;
        let record = self.records.by_id.get(&item).ok_or(WriteError::NoItem)?;
        if record.gone != gone {
            let (list, object) = (record.list, record.object.clone());
            self.put(Subject::Record(list), &object, GONE, Some(gone.into()), &mut Touched::default());
        }
        Ok(())
    }

    fn writable(&self, field: FieldPath) -> Result<(ObjId, &'static Field), WriteError> {
        self.writes()?;
        if let Some(item) = field.item()
            && !self.records.by_id.contains_key(&item)
        {
            return Err(WriteError::NoItem);
        }
        self.home(field).ok_or(WriteError::NoField)
    }

    fn writes(&self) -> Result<(), WriteError> {
        if self.chain().is_some() { Ok(()) } else { Err(WriteError::NotWriting) }
    }
}
