//! Everything of a plan that is at hand, as records: what checks, templates and search read.
//!
//! A device sees the documents it may; what is not at hand is simply not here, and nothing breaks over it.

use std::{cell::Cell, collections::BTreeSet};

use seal::{DocId, ItemId, PersonId};

use crate::{
    amount::{Money, Quantity},
    as_one::AsOne,
    attachment::Attachment,
    date::Date,
    document::Document,
    moment::Moment,
    part::{Copies, FieldKind, List, Part},
    path::{FieldPath, ListPath},
    value::{Someone, Value},
};

/// The open parts of a plan, and the voices beside them with whose they are.
#[derive(Debug, Clone, Default)]
pub struct Whole<'a> {
    parts: Vec<Sheet<'a>>,
    voices: Vec<(PersonId, Sheet<'a>)>,
}

/// A document, and where it is noted that somebody read it.
#[derive(Debug, Clone, Copy)]
struct Sheet<'a> {
    document: &'a Document,
    read: Option<&'a Cell<bool>>,
}

impl<'a> Sheet<'a> {
    fn look(self) -> &'a Document {
        if let Some(read) = self.read {
            read.set(true);
        }
        self.document
    }
}

impl<'a> Whole<'a> {
    /// A plan of which nothing is at hand.
    pub fn new() -> Whole<'a> {
        Whole::default()
    }

    /// The same with one more part.
    #[must_use]
    pub fn with(mut self, part: &'a Document) -> Whole<'a> {
        self.parts.push(Sheet { document: part, read: None });
        self
    }

    /// The same with one more part, or what somebody says about one; `read` is set once anything of it is read.
    #[must_use]
    pub fn with_noted(mut self, whose: Option<PersonId>, document: &'a Document, read: &'a Cell<bool>) -> Whole<'a> {
        let sheet = Sheet { document, read: Some(read) };
        match whose {
            None => self.parts.push(sheet),
            Some(whose) => self.voices.push((whose, sheet)),
        }
        self
    }

    /// The same with what somebody says about a part.
    #[must_use]
    pub fn with_voice(mut self, whose: PersonId, voice: &'a Document) -> Whole<'a> {
        self.voices.push((whose, Sheet { document: voice, read: None }));
        self
    }

    /// The parts at hand, without the voices.
    pub fn documents(&self) -> impl Iterator<Item = &'a Document> {
        self.parts.iter().map(|sheet| sheet.look())
    }

    /// Those of the parts that are wanted. The others are not read.
    pub fn documents_of(&self, wanted: impl Fn(&'static Part) -> bool) -> impl Iterator<Item = &'a Document> {
        let of_wanted = self.parts.iter().filter(move |sheet| wanted(sheet.document.part()));
        of_wanted.map(|sheet| sheet.look())
    }

    /// What everybody says, with whose voice it is.
    pub fn voices(&self) -> impl Iterator<Item = (PersonId, &'a Document)> {
        self.voices.iter().map(|(whose, sheet)| (*whose, sheet.look()))
    }

    /// All documents of a part that are at hand, read as one; none if there is none.
    pub fn part(&self, code: &str) -> Option<AsOne<'a>> {
        let of_part = self.parts.iter().filter(|sheet| sheet.document.part().code == code).map(|sheet| sheet.look());
        let part = AsOne::new(of_part);
        (!part.documents().is_empty()).then_some(part)
    }

    /// The records of a list that is named as on the command line (`goals`, `log.incidents`), from all documents of its
    /// part: those of a part that was begun twice in one order, else document by document. Panics if there is no such list:
    /// names of lists are ours, not a user's.
    pub fn records(&self, list: &str) -> Vec<Record<'a>> {
        self.of_list(list.parse().expect("a list that is described"))
    }

    /// Those of such a list in which somebody has written something: what is reckoned with.
    pub fn written(&self, list: &str) -> Vec<Record<'a>> {
        let mut records = self.records(list);
        records.retain(|record| !record.document.is_blank(record.item));
        records
    }

    /// The records of a list by its path.
    pub fn of_list(&self, list: ListPath) -> Vec<Record<'a>> {
        let of_part = self.parts.iter().filter(|sheet| sheet.document.part() == list.part()).map(|sheet| sheet.look());
        if list.part().copies != Copies::One {
            return of_part.flat_map(|document| Record::all(document, list)).collect();
        }
        let record = |(document, item)| Record { document, item, list: list.describe() };
        AsOne::new(of_part).items(list).into_iter().map(record).collect()
    }

    /// The same of a voice's list (`goals-voice.scores`), each with whose voice it is.
    pub fn said(&self, list: &str) -> Vec<(PersonId, Record<'a>)> {
        let list: ListPath = list.parse().expect("a list that is described");
        let of_part = self.voices.iter().filter(|(_, sheet)| sheet.document.part() == list.part());
        of_part.flat_map(|(whose, sheet)| Record::all(sheet.look(), list).map(|record| (*whose, record))).collect()
    }
}

/// One record of a list, read by its description. Of values written apart the first is read, which is the same on every
/// device; that people wrote different things is for the screen to show.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    document: &'a Document,
    item: ItemId,
    list: &'static List,
}

impl<'a> Record<'a> {
    fn all(document: &'a Document, list: ListPath) -> impl Iterator<Item = Record<'a>> {
        document.items(list).iter().map(move |item| Record { document, item: *item, list: list.describe() })
    }

    /// Its id.
    pub fn id(&self) -> ItemId {
        self.item
    }

    /// The document it lies in.
    pub fn doc(&self) -> DocId {
        self.document.doc()
    }

    /// What it is called among its like: the words of its first field that has any.
    pub fn called(&self) -> String {
        let lines = self.list.fields.iter().filter(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text));
        lines.map(|field| self.text(field.code)).find(|words| !words.is_empty()).unwrap_or_default()
    }

    /// The day it was made, by its maker's clock (UTC).
    pub fn made_on(&self) -> Option<Date> {
        let (_, at) = self.document.made(self.item)?;
        Date::from_days(at.0.div_euclid(24 * 60 * 60_000))
    }

    /// The records of a list inside it. Panics if its list is described without it.
    pub fn list(&self, code: &str) -> Vec<Record<'a>> {
        let path = ListPath::new(self.document.part(), Some(self.item), code).expect("a list that is described");
        Record::all(self.document, path).collect()
    }

    // A code that is not described is a slip of ours, found by the first test that reads the view.
    fn path(&self, code: &str) -> FieldPath {
        assert!(self.list.field(code).is_some(), "{} has no field {code}", self.list.label);
        FieldPath::new(self.document.part(), Some(self.item), code).expect("a field that is described")
    }

    /// What a field that is no text holds.
    pub fn value(&self, code: &str) -> Option<Value> {
        self.document.value(self.path(code)).value().cloned()
    }

    /// A long or a short text, without the blanks around it.
    pub fn text(&self, code: &str) -> String {
        let path = self.path(code);
        if self.list.field(code).is_some_and(|field| field.kind.is_text()) {
            return self.document.text(path).trim().to_owned();
        }
        match self.value(code) {
            Some(Value::Line(text)) => text,
            _ => String::new(),
        }
    }

    /// A day.
    pub fn date(&self, code: &str) -> Option<Date> {
        let Some(Value::Date(date)) = self.value(code) else { return None };
        Some(date)
    }

    /// A day and a time of day.
    pub fn moment(&self, code: &str) -> Option<Moment> {
        let Some(Value::Moment(moment)) = self.value(code) else { return None };
        Some(moment)
    }

    /// An amount of money.
    pub fn money(&self, code: &str) -> Option<Money> {
        let Some(Value::Money(money)) = self.value(code) else { return None };
        Some(money)
    }

    /// How many.
    pub fn quantity(&self, code: &str) -> Option<Quantity> {
        let Some(Value::Quantity(quantity)) = self.value(code) else { return None };
        Some(quantity)
    }

    /// A step on a scale.
    pub fn scale(&self, code: &str) -> Option<i64> {
        let Some(Value::Scale(step)) = self.value(code) else { return None };
        Some(step)
    }

    /// One of the choices, by its code.
    pub fn choice(&self, code: &str) -> Option<String> {
        let Some(Value::Choice(choice)) = self.value(code) else { return None };
        Some(choice)
    }

    /// Whether yes was said.
    pub fn is_yes(&self, code: &str) -> bool {
        self.value(code) == Some(Value::YesNo(true))
    }

    /// One person.
    pub fn person(&self, code: &str) -> Option<Someone> {
        let Some(Value::Person(someone)) = self.value(code) else { return None };
        Some(someone)
    }

    /// Persons.
    pub fn people(&self, code: &str) -> BTreeSet<Someone> {
        let Some(Value::People(people)) = self.value(code) else { return BTreeSet::new() };
        people
    }

    /// Another record.
    pub fn reference(&self, code: &str) -> Option<ItemId> {
        let Some(Value::Ref(item)) = self.value(code) else { return None };
        Some(item)
    }

    /// Other records.
    pub fn references(&self, code: &str) -> BTreeSet<ItemId> {
        let Some(Value::Refs(items)) = self.value(code) else { return BTreeSet::new() };
        items
    }

    /// Attached files.
    pub fn files(&self, code: &str) -> BTreeSet<Attachment> {
        let Some(Value::Files(files)) = self.value(code) else { return BTreeSet::new() };
        files
    }
}
