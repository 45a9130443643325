//! Several documents of one part, read as one.
//!
//! Two who begin a part apart have a document each, with readers of its own. Nothing is ever carried from one into the other:
//! they are read together, and what is written goes into the document it belongs to. What here is to be written is only said,
//! document by document; the desk writes it.

use std::collections::BTreeSet;

use seal::{ChainId, DocId, ItemId};

use crate::{
    document::Document,
    order,
    path::{FieldPath, ListPath},
    value::Value,
};

/// The documents of a part, the one new records go to first.
#[derive(Debug, Clone, Default)]
pub struct AsOne<'a>(Vec<&'a Document>);

/// One of the answers to a field: what, in which document, and on which chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What was answered.
    pub value: Value,
    /// The document it stands in.
    pub doc: DocId,
    /// Who wrote it.
    pub chain: ChainId,
}

/// A change of one document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The document.
    pub doc: DocId,
    /// Where in its own text, in code points.
    pub at: usize,
    /// How many code points go.
    pub delete: usize,
    /// What comes.
    pub insert: String,
}

impl<'a> AsOne<'a> {
    /// These documents of one part, in this order.
    pub fn new(documents: impl IntoIterator<Item = &'a Document>) -> AsOne<'a> {
        AsOne(documents.into_iter().collect())
    }

    /// The documents.
    pub fn documents(&self) -> &[&'a Document] {
        &self.0
    }

    /// The document a record lies in, whether or not it is removed.
    pub fn home_of(&self, item: ItemId) -> Option<&'a Document> {
        self.0.iter().copied().find(|document| document.list_of(item).is_some())
    }

    /// The records of a list from all documents, in one order: by their places, and where those are the same by their ids. So
    /// it is the same on every device that holds the same documents, and each document's own order stays.
    pub fn items(&self, list: ListPath) -> Vec<(&'a Document, ItemId)> {
        if let [only] = self.0[..] {
            return only.items(list).iter().map(|item| (only, *item)).collect();
        }
        let of = |document: &'a Document| {
            let items = document.items(list).iter();
            items.map(move |item| (document.order_of(*item), *item, document)).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.0.iter().copied().flat_map(of).collect();
        all.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
        all.into_iter().map(|(_, item, document)| (document, item)).collect()
    }

    /// Every answer to a field that is no text, the one that is shown first; more than one if people answered apart. What sets
    /// hold is taken together.
    pub fn answers(&self, field: FieldPath) -> Vec<Answered> {
        let mut answers: Vec<Answered> = Vec::new();
        for document in &self.0 {
            let others = answers.len();
            for (value, chain) in document.value(field).values {
                let elsewhere = &mut answers[..others];
                if let Some(first) = elsewhere.first_mut().filter(|_| is_set(&value)) {
                    first.value = joined(&first.value, &value);
                    continue;
                }
                // In another document the same answer needs nobody to choose.
                if elsewhere.iter().all(|known| known.value != value) {
                    answers.push(Answered { value, doc: document.doc(), chain });
                }
            }
        }
        answers
    }

    /// What a field that is no text shows.
    pub fn value(&self, field: FieldPath) -> Option<Value> {
        if let [only] = self.0[..] {
            return only.value(field).value().cloned();
        }
        self.answers(field).into_iter().next().map(|answer| answer.value)
    }

    /// The documents in which a text has words, or the first.
    pub fn texts(&self, field: FieldPath) -> Vec<&'a Document> {
        let has_words = |document: &&&'a Document| document.text_len(field) > 0;
        let with_words: Vec<_> = self.0.iter().filter(has_words).copied().collect();
        if with_words.is_empty() { self.0.first().copied().into_iter().collect() } else { with_words }
    }

    /// A text's words, those of each document on lines of their own.
    pub fn text(&self, field: FieldPath) -> String {
        self.texts(field).iter().map(|document| document.text(field)).collect::<Vec<_>>().join("\n")
    }
}

// What to write, and where.
impl AsOne<'_> {
    /// What to write so that a field shows this answer and no other. An answer stays in the document it stands in, so that
    /// it has the readers it had; a new one goes where the old one was, else to the first. `may` says where I may write.
    pub fn choose(
        &self,
        field: FieldPath,
        wanted: Option<&Value>,
        may: impl Fn(DocId) -> bool,
    ) -> Vec<(DocId, Option<Value>)> {
        let documents: Vec<&Document> = self.0.iter().copied().filter(|document| may(document.doc())).collect();
        match wanted {
            Some(wanted) if is_set(wanted) => self.choose_members(&documents, field, wanted),
            _ => {
                let home = wanted.and_then(|wanted| {
                    let answers = self.answers(field);
                    let here = answers.iter().filter(|answer| may(answer.doc));
                    let same = here.clone().find(|answer| answer.value == *wanted);
                    let there = same.or_else(|| here.clone().next()).map(|answer| answer.doc);
                    there.or(documents.first().map(|document| document.doc()))
                });
                let others = documents.iter().filter(|document| Some(document.doc()) != home);
                let emptied = others.filter(|document| document.value(field).value().is_some());
                let emptied = emptied.map(|document| (document.doc(), None));
                home.map(|home| (home, wanted.cloned())).into_iter().chain(emptied).collect()
            }
        }
    }

    fn choose_members(&self, documents: &[&Document], field: FieldPath, wanted: &Value) -> Vec<(DocId, Option<Value>)> {
        let held = |document: &Document| document.value(field).value().cloned();
        let all = self.0.iter().filter_map(|document| held(document));
        let new = all.fold(wanted.clone(), |new, held| without(&new, &held));
        let mut first = true;
        let mut writes = Vec::new();
        for document in documents {
            let before = held(document);
            let kept = before.as_ref().map(|held| without(held, &without(held, wanted)));
            let after = match (kept, std::mem::take(&mut first)) {
                (Some(kept), true) => Some(joined(&kept, &new)),
                (None, true) => Some(new.clone()),
                (kept, false) => kept,
            };
            if after != before {
                writes.push((document.doc(), after));
            }
        }
        writes
    }

    /// What to change so that a text reads so: letters go from the document they are in, and what is new comes into the one
    /// it was put in. The ends of lines between two documents' words are nobody's and stay.
    pub fn replace(&self, field: FieldPath, words: &str, may: impl Fn(DocId) -> bool) -> Vec<Change> {
        let texts = self.texts(field);
        let old: Vec<char> = self.text(field).chars().collect();
        let new: Vec<char> = words.chars().collect();
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let left = old.len().min(new.len()) - same;
        let ends = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
        let mut insert: String = new[same..new.len() - ends].iter().collect();
        let gone = same..old.len() - ends;
        let mut begins = 0;
        let mut changes: Vec<Change> = Vec::new();
        for document in texts {
            let length = document.text_len(field);
            let inside = |place: usize| place.clamp(begins, begins + length) - begins;
            let (at, to) = (inside(gone.start), inside(gone.end));
            let ends = begins + length;
            begins = ends + 1;
            if !may(document.doc()) {
                continue;
            }
            // Behind the last place it could have come into, it comes into the next.
            let comes = gone.start <= ends;
            let insert = if comes { std::mem::take(&mut insert) } else { String::new() };
            changes.push(Change { doc: document.doc(), at, delete: to - at, insert });
        }
        if !insert.is_empty() {
            // Everything after it is not mine to write in: it comes at the end of the last that is.
            match changes.last_mut() {
                Some(last) => last.insert = insert,
                None => changes.extend(self.0.iter().find(|document| may(document.doc())).map(|document| Change {
                    doc: document.doc(),
                    at: document.text_len(field),
                    delete: 0,
                    insert,
                })),
            }
        }
        changes.retain(|change| change.delete > 0 || !change.insert.is_empty());
        changes
    }

    /// The places to give to records so that one stands behind another of its list, or at the front.
    pub fn place(&self, item: ItemId, behind: Option<ItemId>) -> Option<Vec<(DocId, ItemId, String)>> {
        let (list, _) = self.home_of(item)?.list_of(item)?;
        let others: Vec<_> = self.items(list).into_iter().filter(|(_, other)| *other != item).collect();
        let at = match behind {
            None => 0,
            Some(behind) => others.iter().position(|(_, other)| *other == behind)? + 1,
        };
        let order = |(document, item): &(&Document, ItemId)| document.order_of(*item).to_owned();
        let mut low = at.checked_sub(1).map_or(String::new(), |before| order(&others[before]));
        // Records that were added apart at the same place share a key; those behind the new place move on with it.
        let twins = others[at..].iter().take_while(|other| order(other) <= low).count();
        let high = others.get(at + twins).map(order);
        let home = self.home_of(item)?;
        let moved = std::iter::once((home, item)).chain(others[at..at + twins].iter().copied());
        let placed = moved.map(|(document, item)| {
            low = order::between(&low, high.as_deref());
            (document.doc(), item, low.clone())
        });
        Some(placed.collect())
    }

    /// The place of the last record of a list: what is added comes behind it.
    pub fn last(&self, list: ListPath) -> String {
        let last = |document: &&Document| Some(document.order_of(*document.items(list).last()?).to_owned());
        self.0.iter().filter_map(last).max().unwrap_or_default()
    }
}

fn is_set(value: &Value) -> bool {
    matches!(value, Value::Choices(_) | Value::People(_) | Value::Refs(_) | Value::Files(_))
}

fn joined(one: &Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Choices(one), Value::Choices(other)) => Value::Choices(union(one, other)),
        (Value::People(one), Value::People(other)) => Value::People(union(one, other)),
        (Value::Refs(one), Value::Refs(other)) => Value::Refs(union(one, other)),
        (Value::Files(one), Value::Files(other)) => Value::Files(union(one, other)),
        (one, _) => one.clone(),
    }
}

fn without(one: &Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Choices(one), Value::Choices(other)) => Value::Choices(difference(one, other)),
        (Value::People(one), Value::People(other)) => Value::People(difference(one, other)),
        (Value::Refs(one), Value::Refs(other)) => Value::Refs(difference(one, other)),
        (Value::Files(one), Value::Files(other)) => Value::Files(difference(one, other)),
        (one, _) => one.clone(),
    }
}

fn union<T: Ord + Clone>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T> {
    one.union(other).cloned().collect()
}

fn difference<T: Ord + Clone>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> BTreeSet<T> {
    one.difference(other).cloned().collect()
}
