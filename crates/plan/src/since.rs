//! What became of a part since it stood as people agreed to it: which words went and came, which answers, which records, and who
//! wrote them.
//!
//! What is told leads from the one to the other: nothing that is different is left out but the order of records.

use std::collections::BTreeSet;

use automerge::{AutoCommit, ChangeHash, ReadDoc as _};
use seal::{ChainId, EditHash, ItemId};

use crate::{
    cursor::Mark,
    document::Document,
    part::{Field, List},
    path::{FieldPath, ListPath},
    records::GONE,
    value::Value,
    wording::{self, Piece},
};

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub what: What,
    /// Whose chains it is from, as far as that can be read: of words that came, who wrote them.
    pub by: BTreeSet<ChainId>,
}

/// What is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The words of a text.
    Words {
        /// The text.
        field: FieldPath,
        /// What stayed, went and came.
        pieces: Vec<Piece>,
    },
    /// An answer.
    Value {
        /// The field.
        field: FieldPath,
        /// What it held.
        was: Option<Value>,
        /// What it holds.
        now: Option<Value>,
    },
    /// A record that came into a list; what stands in it is told beside it.
    Came {
        /// The list.
        list: ListPath,
        /// The record.
        item: ItemId,
    },
    /// A record that went.
    Went {
        /// The list.
        list: ListPath,
        /// The record.
        item: ItemId,
        /// What it was called.
        called: String,
    },
}

impl Document {
    /// This part as it stood when these were its newest edits, to be read and never to be written. None if it has not got them.
    /// Costs as much as opening it.
    pub fn at(&self, heads: &[EditHash]) -> Option<Document> {
        let heads: Vec<ChangeHash> = heads.iter().map(|head| ChangeHash(*head.as_bytes())).collect();
        let mut all: AutoCommit = self.automerge.clone();
        let then = all.fork_at(&heads).ok()?;
        Some(self.read_as(then))
    }
}

/// What is different between a part as it stood and as it is, in the order of its fields and lists.
pub fn differences(then: &Document, now: &Document) -> Vec<Difference> {
    let mut found = Vec::new();
    let part = now.part();
    compare_fields(then, now, None, part.fields, &mut found);
    for list in part.lists {
        compare_list(then, now, None, list, &mut found);
    }
    found
}

fn compare_fields(
    then: &Document,
    now: &Document,
    item: Option<ItemId>,
    fields: &'static [Field],
    found: &mut Vec<Difference>,
) {
    for described in fields {
        let Ok(field) = FieldPath::new(now.part(), item, described.code) else { continue };
        if described.kind.is_text() {
            let (old, new) = (then.text(field), now.text(field));
            if old != new {
                let what = What::Words { field, pieces: wording::pieces(&old, &new) };
                found.push(Difference { what, by: writers(then, now, field) });
            }
            continue;
        }
        let (old, new) = (then.value(field), now.value(field));
        if old.value() != new.value() {
            let what = What::Value { field, was: old.value().cloned(), now: new.value().cloned() };
            found.push(Difference { what, by: new.values.iter().take(1).map(|(_, chain)| *chain).collect() });
        }
    }
}

fn compare_list(
    then: &Document,
    now: &Document,
    outer: Option<ItemId>,
    described: &'static List,
    found: &mut Vec<Difference>,
) {
    let Ok(list) = ListPath::new(now.part(), outer, described.code) else { return };
    let (old, new) = (then.items(list), now.items(list));
    for item in old.iter().filter(|item| !new.contains(item)) {
        let what = What::Went { list, item: *item, called: called(then, *item, described) };
        found.push(Difference { what, by: now.taker(*item).into_iter().collect() });
    }
    for item in new {
        if !old.contains(item) {
            let by = now.made(*item).map(|(chain, _)| chain).into_iter().collect();
            found.push(Difference { what: What::Came { list, item: *item }, by });
        }
        compare_fields(then, now, Some(*item), described.fields, found);
        for inner in described.lists {
            compare_list(then, now, Some(*item), inner, found);
        }
    }
}

fn called(document: &Document, item: ItemId, list: &'static List) -> String {
    let words = |field: &Field| {
        let path = FieldPath::new(document.part(), Some(item), field.code).ok()?;
        let words = match document.value(path).value() {
            Some(Value::Line(line)) => line.clone(),
            _ => document.text(path),
        };
        Some(words.trim().to_owned()).filter(|words| !words.is_empty())
    };
    list.fields.iter().find_map(words).unwrap_or_default()
}

// Who wrote the letters of a text that were not there.
fn writers(then: &Document, now: &Document, field: FieldPath) -> BTreeSet<ChainId> {
    let old: BTreeSet<Mark> = then.letters(field).into_iter().collect();
    now.letters(field).into_iter().filter(|letter| !old.contains(letter)).map(|letter| letter.chain).collect()
}

impl Document {
    fn letters(&self, field: FieldPath) -> Vec<Mark> {
        let of = |text: &automerge::ObjId| -> Vec<Mark> {
            (0..self.automerge.length(text)).filter_map(|at| self.letter(text, at)).collect()
        };
        self.texts(field).iter().flat_map(of).collect()
    }

    // Who took a record out.
    fn taker(&self, item: ItemId) -> Option<ChainId> {
        let record = self.records.by_id.get(&item)?;
        let (_, id) = self.automerge.get(&record.object, GONE).ok()??;
        Some(Mark::of(&id)?.chain)
    }
}
