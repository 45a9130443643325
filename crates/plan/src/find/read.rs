//! Reading a plan to be looked in, a few records at a time.
//!
//! A document is read from its beginning to its end, whatever changes meanwhile; if something did, it is read once more
//! afterwards. Until then what was read before stands.

use seal::{DocId, ItemId, PersonId};

use super::{Entry, Index, Leaf, Written, folded, names};
use crate::{
    document::Document,
    part::{Field, List, Part},
    path::{FieldPath, ListPath},
    read::Written as Held,
    value::Value,
    whole::Whole,
};

/// A document to be read, and whose voice it is.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What is written.
    pub document: &'a Document,
    /// Who says it, where it is somebody's voice.
    pub person: Option<PersonId>,
    /// A number that is another whenever something that is shown of it has changed.
    pub stamp: u64,
}

/// Whether all is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Everything that is at hand, as it is now.
    Done,
    /// There is more to read.
    More,
}

/// A document that is being read.
#[derive(Debug)]
pub(super) struct UnderWay {
    leaf: Leaf,
    /// What is still to be read, the next last.
    ahead: Vec<Ahead>,
}

#[derive(Debug)]
enum Ahead {
    /// A record and the card that shows it; or the part itself.
    Record { item: Option<ItemId>, card: Option<ItemId>, fields: &'static [Field] },
    /// The records of a list; `inside` is the record it lies in, and the card that shows that one.
    List { inside: Option<ItemId>, card: Option<ItemId>, list: &'static List },
}

impl Index {
    /// Reads everything at hand, at once. `shown` says how a value is shown, or nothing for one that nobody would look for.
    pub fn of(whole: &Whole<'_>, shown: impl Fn(&'static Field, &Value) -> String) -> Index {
        let said = whole.voices().map(|(person, document)| (Some(person), document));
        let written = whole.documents().map(|document| (None, document));
        let sheets: Vec<Sheet<'_>> =
            written.chain(said).map(|(person, document)| Sheet { document, person, stamp: 0 }).collect();
        let mut index = Index::default();
        while index.read_on(&sheets, usize::MAX, &shown) == Progress::More {}
        index
    }

    /// Reads so many records more of what was not read yet or has changed since. What is not among the sheets any more is not
    /// found any more.
    pub fn read_on(
        &mut self,
        sheets: &[Sheet<'_>],
        records: usize,
        shown: impl Fn(&'static Field, &Value) -> String,
    ) -> Progress {
        let docs: Vec<DocId> = sheets.iter().map(|sheet| sheet.document.doc()).collect();
        if docs != self.order {
            self.leaves.retain(|doc, _| docs.contains(doc));
            self.order = docs;
            self.edition += 1;
        }
        let is_here = |under: &UnderWay, sheet: &Sheet<'_>| sheet.document.doc() == under.leaf.document;
        let begun = self.under_way.take();
        let going_on = begun.and_then(|under| Some((*sheets.iter().find(|sheet| is_here(&under, sheet))?, under)));
        let unread =
            |sheet: &&Sheet<'_>| self.leaves.get(&sheet.document.doc()).is_none_or(|leaf| leaf.stamp != sheet.stamp);
        let next = || sheets.iter().find(unread).map(|sheet| (*sheet, UnderWay::begin(*sheet)));
        let Some((sheet, mut under)) = going_on.or_else(next) else { return Progress::Done };
        under.go_on(sheet, records, &shown);
        if under.ahead.is_empty() {
            self.leaves.insert(under.leaf.document, under.leaf);
            self.edition += 1;
        } else {
            self.under_way = Some(under);
        }
        Progress::More
    }
}

impl UnderWay {
    fn begin(Sheet { document, person, stamp }: Sheet<'_>) -> UnderWay {
        let part = document.part();
        let lists = part.lists.iter().rev().map(|list| Ahead::List { inside: None, card: None, list });
        let itself = Ahead::Record { item: None, card: None, fields: part.fields };
        let leaf = Leaf {
            document: document.doc(),
            part: shown_with(part),
            person,
            stamp,
            entries: Vec::new(),
            places: std::collections::BTreeMap::new(),
        };
        UnderWay { leaf, ahead: lists.chain([itself]).collect() }
    }

    fn go_on(&mut self, sheet: Sheet<'_>, records: usize, shown: &dyn Fn(&'static Field, &Value) -> String) {
        let (document, mut left) = (sheet.document, records);
        while left > 0 {
            let Some(next) = self.ahead.pop() else { return };
            match next {
                Ahead::Record { item, card, fields } => {
                    left -= 1;
                    let Some(entry) = entry(sheet, item, card, fields, shown) else { continue };
                    if let Some(item) = item {
                        self.leaf.places.insert(item, self.leaf.entries.len());
                    }
                    self.leaf.entries.push(entry);
                }
                Ahead::List { inside, card, list } => {
                    for item in document.items(ListPath::of(document.part(), inside, list)).iter().rev().copied() {
                        let card = card.or(Some(item));
                        let inner = list.lists.iter().rev();
                        self.ahead.extend(inner.map(|list| Ahead::List { inside: Some(item), card, list }));
                        self.ahead.push(Ahead::Record { item: Some(item), card, fields: list.fields });
                    }
                }
            }
        }
    }
}

/// A record, if anything is written in it.
fn entry(
    sheet: Sheet<'_>,
    item: Option<ItemId>,
    card: Option<ItemId>,
    fields: &'static [Field],
    shown: &dyn Fn(&'static Field, &Value) -> String,
) -> Option<Entry> {
    let Sheet { document, person, .. } = sheet;
    let home = document.object(item)?;
    let (mut about, mut title) = (None, None);
    let (mut written, mut all) = (Vec::new(), String::new());
    for (field, held) in document.written_at(home, fields) {
        let words = match held {
            Held::Words(words) => words,
            Held::Value(value) => {
                about = about.or_else(|| value.value().filter(|_| person.is_some()).and_then(first_named));
                let each: Vec<String> = value.values.iter().map(|(value, _)| shown(field, value)).collect();
                each.join(" ")
            }
        };
        // One line: where lines end is of no account for finding, and an excerpt has one.
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            continue;
        }
        let start = all.len();
        all.push_str(&folded(&words));
        let folded = start..all.len();
        // No word that is looked for has a gap in it, so none is found across two fields.
        all.push('\n');
        if title.is_none() && names(field.kind) && item.is_some() && person.is_none() {
            title = Some(written.len());
        }
        written.push(Written { path: FieldPath::of(document.part(), item, field), label: field.label, words, folded });
    }
    let card = card.filter(|_| person.is_none());
    (!written.is_empty()).then_some(Entry { item, card, about, title, folded: all, fields: written })
}

/// The part on whose page a part is shown: a voice's on that of what it is about.
fn shown_with(part: &'static Part) -> &'static Part {
    part.code.strip_suffix(crate::VOICE).and_then(crate::part).unwrap_or(part)
}

/// The first record a value names.
fn first_named(value: &Value) -> Option<ItemId> {
    match value {
        Value::Ref(item) => Some(*item),
        Value::Refs(items) => items.first().copied(),
        Value::Line(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Money(_)
        | Value::Quantity(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Scale(_)
        | Value::YesNo(_)
        | Value::Person(_)
        | Value::People(_)
        | Value::Files(_) => None,
    }
}
