//! Fields of a part drawn from their description, each kind in its own way: words, a line, a day, money, a choice, people,
//! other records. Screens say which fields stand where; how one is read, written and named is said here, once.
//!
//! Where two people answered apart, both answers stand there with their names until somebody chooses.

mod chosen;
mod comments;
mod files;
mod first;
mod named;
mod refs;
mod rows;
mod typed;
mod whole;

use std::collections::BTreeSet;

use desk::{Ask, Desk, Fill, Voice, Wanted};
use eframe::egui::{Id, Ui};
use plan::{Answered, AsOne, Document, Field, FieldKind, FieldPath, ListPath, Someone, Value, checks::group::is_few};
use seal::{DocId, ItemId, PersonId, PlanId};
use words::{Say, say, text};

pub use self::{
    chosen::{set_choice, set_choices, set_scale, set_yes_no},
    comments::{at_foot, at_head, comments},
    files::{asks_no_more, attached, files_below, portrait, round, set_files},
    first::begin_with,
    named::{set_people, set_person},
    refs::set_refs,
    rows::rows,
    typed::{Left, left_behind, set_typed},
    whole::{everything, may_hold_more, some_of},
};
use super::offers;
use crate::{
    asks::Asks,
    kit::{Weight, icon_button},
    people, terms,
    text::SharedText,
    theme::{self, Tone, Type},
};

/// What whoever sits here may do with a record's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Write them.
    Writes,
    /// Offer others, for whoever may write to take.
    Offers,
    /// Read them.
    Reads,
}

/// One record of a list, or the part itself, as its screen reads and writes it.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// Everything this device has open.
    pub desk: &'a Desk,
    /// The plan.
    pub plan: PlanId,
    /// The part.
    pub part: &'static str,
    /// The record; none is the part itself.
    pub item: Option<ItemId>,
    /// Which document, where the part alone does not say it: one of several, or somebody's voice.
    pub within: Option<DocId>,
}

impl<'a> Record<'a> {
    /// The part itself. A voice's code (`goals-voice`) is what I say about that part.
    pub fn part(desk: &'a Desk, plan: PlanId, part: &'static str) -> Record<'a> {
        Record { desk, plan, part, item: None, within: None }
    }

    /// One document: of a part with several, or of what somebody says.
    pub fn document_of(desk: &'a Desk, plan: PlanId, doc: DocId) -> Option<Record<'a>> {
        let part = desk.describe(plan, doc)?.code;
        Some(Record { desk, plan, part, item: None, within: Some(doc) })
    }

    /// What I say about this part, or about this document of it. It need not be there yet.
    pub fn my_voice(&self) -> Option<Record<'a>> {
        let part = plan::part(self.part)?.voice?.code;
        let within = if self.is_several() { self.within } else { self.doc() };
        Some(Record { part, item: None, within, ..*self })
    }

    /// What everybody says about this part, with who says it; mine first.
    pub fn voices(&self) -> Vec<(PersonId, Record<'a>)> {
        let docs = if self.is_several() && self.within.is_none() {
            self.as_one().documents().iter().map(|document| document.doc()).collect()
        } else {
            self.doc().into_iter().collect::<Vec<_>>()
        };
        let voices = docs.into_iter().flat_map(|doc| self.desk.voices(self.plan, doc));
        let record = |voice: &Voice<'_>| Record::document_of(self.desk, self.plan, voice.document.doc());
        voices.filter_map(|voice| Some((voice.person, record(&voice)?))).collect()
    }

    /// A record of the same part.
    pub fn at(self, item: ItemId) -> Record<'a> {
        Record { item: Some(item), ..self }
    }

    /// Which document it lies in, if that is there.
    pub fn doc(&self) -> Option<DocId> {
        self.desk.doc_for(self.plan, self.part, self.item, self.within)
    }

    /// Its document, if this device has it. Of the part itself it is the one new records go to; what is read is
    /// [`Record::as_one`].
    pub fn document(&self) -> Option<&'a Document> {
        self.desk.document_in(self.plan, self.doc()?)
    }

    /// Every document it is read in: a part may have been begun more than once.
    pub fn as_one(&self) -> AsOne<'a> {
        self.desk.as_one(self.plan, self.part, self.item, self.within)
    }

    fn is_several(&self) -> bool {
        self.item.is_none() && self.as_one().documents().len() > 1
    }

    /// The path of one of its lists.
    pub fn list(&self, list: &str) -> Option<ListPath> {
        ListPath::new(plan::part(self.part)?, self.item, list).ok()
    }

    /// The records of one of its lists, in order. The part's own: `Record::part(..).records("goals")`.
    pub fn records(&self, list: &str) -> Vec<Record<'a>> {
        let Some(list) = self.list(list) else { return Vec::new() };
        let record = |(document, item): (&Document, ItemId)| Record { within: Some(document.doc()), ..self.at(item) };
        self.as_one().items(list).into_iter().map(record).collect()
    }

    /// The path of one of its fields.
    pub fn path(&self, field: &str) -> Option<FieldPath> {
        FieldPath::new(plan::part(self.part)?, self.item, field).ok()
    }

    /// How a field is described.
    pub fn describe(&self, code: &str) -> Option<&'static Field> {
        let list = match self.item {
            Some(item) => Some(self.document()?.list_of(item)?.1),
            None => None,
        };
        self.path(code)?.describe(list)
    }

    /// The words of a text, or of a line.
    pub fn text(&self, code: &str) -> String {
        match self.describe(code) {
            Some(field) if field.kind.is_text() => {
                self.path(code).map(|path| self.as_one().text(path)).unwrap_or_default()
            }
            _ => self.line(code),
        }
    }

    /// What a field says, if anything.
    pub fn value(&self, field: &str) -> Option<Value> {
        self.as_one().value(self.path(field)?)
    }

    /// A line's words.
    pub fn line(&self, field: &str) -> String {
        self.value(field).map(|value| value.to_string()).unwrap_or_default()
    }

    /// A choice's code.
    pub fn choice(&self, field: &str) -> Option<String> {
        match self.value(field)? {
            Value::Choice(code) => Some(code),
            _ => None,
        }
    }

    /// A choice in words.
    pub fn choice_words(&self, field: &str) -> Option<String> {
        let code = self.choice(field)?;
        Some(self.describe(field).map_or(code.clone(), |field| words::label(&field.choice_label(&code))))
    }

    /// A day.
    pub fn date(&self, field: &str) -> Option<plan::Date> {
        match self.value(field)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The people a field names.
    pub fn people(&self, field: &str) -> Vec<Someone> {
        match self.value(field) {
            Some(Value::People(people)) => people.into_iter().collect(),
            Some(Value::Person(person)) => vec![person],
            _ => Vec::new(),
        }
    }

    /// The records a field names.
    pub fn refs(&self, field: &str) -> BTreeSet<ItemId> {
        match self.value(field) {
            Some(Value::Refs(items)) => items,
            Some(Value::Ref(item)) => BTreeSet::from([item]),
            _ => BTreeSet::new(),
        }
    }

    /// What it is called among its like: the words of its first field that has any.
    pub fn called(&self) -> String {
        let described = self.item.and_then(|item| Some(self.document()?.list_of(item)?.1));
        let fields = described.map_or(&[][..], |list| list.fields);
        let lines = fields.iter().filter(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text));
        lines.map(|field| self.text(field.code)).find(|words| !words.trim().is_empty()).unwrap_or_default()
    }

    /// May I write here?
    pub fn is_mine(&self) -> bool {
        match self.doc() {
            Some(doc) => self.desk.access_in(self.plan, doc) == circle::Access::Edit,
            None => self.desk.would_begin(self.plan, self.part, self.within),
        }
    }

    /// What may I do here?
    pub fn hand(&self) -> Hand {
        if self.is_mine() {
            return Hand::Writes;
        }
        match self.doc() {
            Some(doc) if self.desk.may_offer(self.plan, doc) => Hand::Offers,
            Some(_) | None => Hand::Reads,
        }
    }

    /// What a field says to whoever fills it in: where I can only offer, what I offer.
    pub fn filled(&self, field: &str) -> Option<Value> {
        let mine = || offers::mine(*self, field).and_then(|offer| offers::value(&offer));
        match self.hand() {
            Hand::Offers => mine().unwrap_or_else(|| self.value(field)),
            Hand::Writes | Hand::Reads => self.value(field),
        }
    }

    /// What a field is called.
    pub fn label(&self, code: &str) -> String {
        self.describe(code).map_or_else(|| code.to_owned(), |field| terms::said(self.desk, self.plan, field.label))
    }

    /// What might be written there.
    pub fn hint(&self, code: &str) -> String {
        self.describe(code).and_then(|field| words::hint(field.label)).unwrap_or_default()
    }

    /// An id of the window's own for something about this field, the same wherever the record stands.
    pub fn id(&self, about: &str, field: &str) -> Id {
        // A record lies in one document only; the part itself may have several.
        let place = self.item.map(|item| item.to_string()).or(self.within.map(|doc| doc.to_string()));
        Id::new((about, self.plan.to_string(), self.part, place, field))
    }

    /// Asks for a field to be filled in, or emptied; where I can only offer, offers that.
    pub fn set(&self, field: &str, value: Option<Value>, asks: &mut Asks) {
        let Some(field) = self.path(field) else { return };
        let fill = value.map_or(Fill::Empty, Fill::Value);
        match self.hand() {
            Hand::Offers => self.offer(Wanted::Change { field, fill }, "", asks),
            Hand::Writes | Hand::Reads => self.ask(Ask::Set { plan: self.plan, field, fill }, asks),
        }
    }

    /// Offers a change to what lies in this record's document.
    pub fn offer(&self, wanted: Wanted, why: &str, asks: &mut Asks) {
        let Some(doc) = self.doc() else { return };
        asks.push(Ask::Offer { plan: self.plan, wanted, why: why.to_owned() }.within(doc));
    }

    /// Asks for one more record in one of its lists, filled in so far.
    pub fn add(&self, list: &str, fills: Vec<(String, Fill)>, asks: &mut Asks) {
        if let Some(list) = self.list(list) {
            self.ask(Ask::Add { plan: self.plan, list, fills }, asks);
        }
    }

    /// Asks for this record to be taken out of its list; where I can only offer, offers that.
    pub fn remove(&self, asks: &mut Asks) {
        let Some(item) = self.item else { return };
        match self.hand() {
            Hand::Offers => self.offer(Wanted::TakeOut { part: self.part.into(), item }, "", asks),
            Hand::Writes | Hand::Reads => {
                self.ask(Ask::Remove { plan: self.plan, part: self.part.into(), item }, asks);
            }
        }
    }

    /// Asks for something in the document it lies in.
    pub fn ask(&self, ask: Ask, asks: &mut Asks) {
        asks.push(match self.within {
            Some(doc) => ask.within(doc),
            None => ask,
        });
    }
}

/// Draws one field to be filled in, as its kind is.
pub fn field(ui: &mut Ui, record: Record<'_>, code: &str, asks: &mut Asks) {
    let Some(described) = record.describe(code) else { return };
    match described.kind {
        FieldKind::Text => words_field(ui, record, code, 1, asks),
        FieldKind::Line | FieldKind::Date | FieldKind::Moment | FieldKind::Money | FieldKind::Quantity => {
            set_typed(ui, record, code, asks);
        }
        FieldKind::Choice(_) => set_choice(ui, record, code, |_| Tone::Accent, asks),
        FieldKind::Choices(_) => set_choices(ui, record, code, asks),
        FieldKind::Scale(..) => set_scale(ui, record, code, asks),
        FieldKind::YesNo => set_yes_no(ui, record, code, asks),
        FieldKind::Person => set_person(ui, record, code, asks),
        FieldKind::People => set_people(ui, record, code, asks),
        FieldKind::Ref(_) | FieldKind::Refs(_) => set_refs(ui, record, code, asks),
        FieldKind::Files => set_files(ui, record, code, asks),
    }
}

/// Draws several, one below the other.
pub fn fields(ui: &mut Ui, record: Record<'_>, codes: &[&str], asks: &mut Asks) {
    for code in codes {
        field(ui, record, code, asks);
    }
}

/// Draws more fields behind one press: what is seldom filled in. They are there at once if one of them is.
pub fn more(ui: &mut Ui, record: Record<'_>, codes: &[&str], asks: &mut Asks) {
    let id = record.id("more", codes.first().copied().unwrap_or_default());
    let filled = || codes.iter().any(|code| !record.text(code).is_empty());
    let open = ui.data(|data| data.get_temp(id)).unwrap_or_else(filled);
    if open {
        fields(ui, record, codes, asks);
        return;
    }
    if icon_button(ui, Weight::Quiet, crate::kit::Icon::MORE, &text("app-field-more")).clicked() {
        ui.data_mut(|data| data.insert_temp(id, true));
    }
}

/// Shared text with its label above.
pub fn words_field(ui: &mut Ui, record: Record<'_>, field: &str, rows: usize, asks: &mut Asks) {
    let Some(path) = record.path(field) else { return };
    let label = record.label(field);
    crate::kit::explain::label(ui, &label, []);
    if record.hand() == Hand::Offers {
        return offers::words(ui, record, field, asks);
    }
    let hint = record.hint(field);
    let Record { plan, within, .. } = record;
    if record.hand() == Hand::Writes && record.text(field).is_empty() && first::is_awaited(ui.ctx(), record) {
        crate::text::focus(ui.ctx(), plan, path);
    }
    let shared = SharedText { plan, within, field: path, label: &label, hint: &hint, rows, size: Type::Body };
    shared.show_all(ui, record.desk, asks);
}

/// How a value is said on screen.
pub fn said(record: Record<'_>, field: &str, value: &Value) -> String {
    match value {
        Value::Choice(code) => {
            record.describe(field).map_or_else(|| code.clone(), |field| words::label(&field.choice_label(code)))
        }
        Value::Date(date) => words::date(&date.to_string()),
        Value::Moment(moment) => words::date_and_time(&moment.to_string()),
        Value::YesNo(yes) => text(if *yes { "common-yes" } else { "common-no" }),
        Value::Person(someone) => people::face_of(record.desk, record.plan, someone).name,
        other => other.to_string(),
    }
}

/// The same, for reading: of a count that could point at somebody only that it is small.
pub fn told(record: Record<'_>, field: &str, value: &Value) -> String {
    let path = record.path(field);
    match record.document().zip(path).is_some_and(|(document, path)| is_few(document, path, value)) {
        true => text("checks-few"),
        false => said(record, field, value),
    }
}

/// What somebody else answered at the same time, with their name, and a way to take it.
fn other_answers(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    if record.hand() == Hand::Offers {
        return offers::below(ui, record, field, asks);
    }
    let answers = record.path(field).map(|path| record.as_one().answers(path)).unwrap_or_default();
    if answers.iter().all(|answer| answer.value == answers[0].value) {
        return;
    }
    for Answered { value, doc, chain } in &answers[1..] {
        let name = people::author(record.desk, record.plan, *doc, *chain)
            .and_then(|person| people::face(record.desk, record.plan, person))
            .map_or_else(|| text("common-someone"), |face| face.name);
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("common-also-said").with("name", name))));
            if icon_button(ui, Weight::Plain, None, &said(record, field, value)).clicked() {
                record.set(field, Some(value.clone()), asks);
            }
        });
    }
}
