//! A part that was begun more than once, as one: what is read is everybody's, and what is written goes where it belongs.
//!
//! Two who begin a part apart have a document each. A document is also the unit of confidentiality, so nothing is carried from
//! one into the other, not even to make them one: somebody may read the one and not the other.

use std::collections::BTreeMap;

use plan::{AsOne, Copies, Document, FieldPath, ListPath, Part, Value};
use seal::{DocId, ItemId, PlanId, Time};

use crate::{
    ask::{Ask, Done, Fill},
    desk::Desk,
    open::OpenPart,
    refused::Refused,
    shelf::Shelf,
    whole::called,
};

impl Desk {
    /// The documents in which a part, or a record of it, is read: all that stand for the same thing. Of a part these are all
    /// that were begun of it, of a quarter those of that quarter, of somebody's own page theirs, of a voice all of that person
    /// about the same. `within` as in [`Ask::In`]; a voice's code means my own.
    pub fn as_one(&self, plan: PlanId, part: &str, item: Option<ItemId>, within: Option<DocId>) -> AsOne<'_> {
        let Some((shelf, part)) = self.shelves.get(&plan).zip(plan::part(part)) else { return AsOne::default() };
        let docs = shelf.read_in(part, item, within);
        AsOne::new(docs.into_iter().filter_map(|doc| shelf.parts.get(&doc)?.document()))
    }

    /// In which of a part's documents my last step can be taken back: in several, if it was one for several.
    pub fn undoes(&self, plan: PlanId, part: &str) -> Vec<DocId> {
        let steps = self.steps(plan, part, Document::undoes);
        let last = steps.iter().map(|(at, _)| *at).max();
        steps.into_iter().filter(|(at, _)| Some(*at) == last).map(|(_, doc)| doc).collect()
    }

    /// In which of a part's documents the step that was taken back last can be done again.
    pub fn redoes(&self, plan: PlanId, part: &str) -> Vec<DocId> {
        let steps = self.steps(plan, part, Document::redoes);
        let next = steps.iter().map(|(at, _)| *at).min();
        steps.into_iter().filter(|(at, _)| Some(*at) == next).map(|(_, doc)| doc).collect()
    }

    fn steps(&self, plan: PlanId, part: &str, step: impl Fn(&Document) -> Option<Time>) -> Vec<(Time, DocId)> {
        let all = self.as_one(plan, part, None, None);
        all.documents().iter().filter_map(|document| Some((step(document)?, document.doc()))).collect()
    }

    /// Takes my last step in a part back, or does it again, in every document it was made in.
    pub(crate) fn retrace_all(
        &mut self,
        plan: PlanId,
        docs: &[DocId],
        now: Time,
        step: impl Fn(&mut Document) -> Option<plan::Touched>,
    ) -> Result<Done, Refused> {
        for doc in docs {
            self.retrace((plan, *doc), now, &step)?;
        }
        Ok(Done::Here)
    }

    /// Whether a field is one of a part itself that has several documents, of which I may write in one.
    pub(crate) fn is_several(&self, plan: PlanId, field: FieldPath, within: Option<DocId>) -> bool {
        if field.item().is_some() {
            return false;
        }
        let all = self.as_one(plan, field.part().code, None, within);
        let mut docs = all.documents().iter().map(|document| document.doc());
        docs.len() > 1 && docs.any(|doc| self.access_in(plan, doc) == circle::Access::Edit)
    }

    /// Fills in a field of a part itself, of which there are several documents.
    pub(crate) fn fill_together(
        &mut self,
        plan: PlanId,
        within: Option<DocId>,
        field: FieldPath,
        fill: &Fill,
        now: Time,
    ) -> Result<Done, Refused> {
        let part = field.part();
        let may = |doc: DocId| self.access_in(plan, doc) == circle::Access::Edit;
        let as_one = self.as_one(plan, part.code, None, within);
        let kind = field.describe(None).ok_or(plan::WriteError::NoField)?.kind;
        let fills: Vec<(DocId, Fill)> = match (kind.is_text(), fill) {
            (true, Fill::Text(_) | Fill::Empty) => {
                let words = if let Fill::Text(words) = fill { words.as_str() } else { "" };
                let rewritten = |change: plan::Change| {
                    let document = self.document_in(plan, change.doc)?;
                    let old: Vec<char> = document.text(field).chars().collect();
                    let (before, after) = (&old[..change.at], &old[change.at + change.delete..]);
                    let words = before.iter().copied().chain(change.insert.chars()).chain(after.iter().copied());
                    Some((change.doc, Fill::Text(words.collect())))
                };
                as_one.replace(field, words, may).into_iter().filter_map(rewritten).collect()
            }
            (false, Fill::Value(_) | Fill::Empty) => {
                let wanted = match fill {
                    Fill::Value(value) => Some(value.clone().fit(kind).map_err(plan::WriteError::from)?),
                    Fill::Text(_) | Fill::Empty => None,
                };
                let fill = |value: Option<Value>| value.map_or(Fill::Empty, Fill::Value);
                let chosen = as_one.choose(field, wanted.as_ref(), may);
                chosen.into_iter().map(|(doc, value)| (doc, fill(value))).collect()
            }
            (true, Fill::Value(_)) | (false, Fill::Text(_)) => {
                return Err(plan::WriteError::from(plan::BadValue::Kind).into());
            }
        };
        for (doc, fill) in fills {
            self.fill((plan, doc), field, fill, now)?;
        }
        Ok(Done::Here)
    }

    /// Puts a record behind another of its list, which may lie in another document. Only what lies where I may write moves.
    pub(crate) fn place_together(
        &mut self,
        plan: PlanId,
        doc: DocId,
        (item, behind): (ItemId, Option<ItemId>),
        now: Time,
    ) -> Result<Done, Refused> {
        let list = self.document_in(plan, doc).and_then(|document| document.list_of(item)).map(|(list, _)| list);
        let code = list.ok_or(plan::WriteError::NoItem)?.part().code;
        let as_one = self.as_one(plan, code, None, Some(doc));
        if as_one.documents().len() < 2 || as_one.home_of(item).is_none() {
            return self.step((plan, doc), now, |document| document.place(item, behind));
        }
        let placed = as_one.place(item, behind).ok_or(plan::WriteError::NoItem)?;
        // What moves in one document moves in one step, so that it is taken back in one.
        let mut moves: BTreeMap<DocId, Vec<(ItemId, String)>> = BTreeMap::new();
        for (of, item, order) in placed {
            moves.entry(of).or_default().push((item, order));
        }
        let own = moves.remove(&doc).map(|own| (doc, own));
        moves.retain(|of, _| self.access_in(plan, *of) == circle::Access::Edit);
        for (of, moved) in moves.into_iter().chain(own) {
            self.step((plan, of), now, |document| {
                moved.into_iter().try_for_each(|(item, order)| document.put_at(item, &order))
            })?;
        }
        Ok(Done::Here)
    }

    /// Behind which place a new record comes, so that it is the last of all documents'.
    pub(crate) fn last_place(&self, plan: PlanId, doc: DocId, list: ListPath) -> String {
        if list.item().is_some() {
            return String::new();
        }
        let as_one = self.as_one(plan, list.part().code, None, Some(doc));
        if as_one.documents().len() < 2 { String::new() } else { as_one.last(list) }
    }

    /// The document of a part that a record named here lies in: what somebody says about a record is said where that is read.
    pub(crate) fn said_about(&self, ask: &Ask) -> Option<DocId> {
        let Ask::Add { plan, list, fills } = ask else { return None };
        let about = list.part().code.strip_suffix(plan::VOICE).and_then(plan::part)?;
        if list.item().is_some() {
            return None;
        }
        let named = fills.iter().find_map(|(_, fill)| match fill {
            Fill::Value(Value::Ref(item)) => Some(*item),
            _ => None,
        })?;
        self.shelves.get(plan)?.home_of(about, named)
    }
}

impl Shelf {
    /// Which documents are read for a part, or for a record of it.
    fn read_in(&self, part: &'static Part, item: Option<ItemId>, within: Option<DocId>) -> Vec<DocId> {
        let together = self.stand_together(part, within);
        let Some(item) = item else { return together };
        let has = |doc: &DocId| {
            let document = self.parts.get(doc).and_then(OpenPart::document);
            document.is_some_and(|document| document.list_of(item).is_some())
        };
        match together.into_iter().find(has) {
            Some(home) => vec![home],
            None => self.home_of(part, item).into_iter().collect(),
        }
    }

    fn stand_together(&self, part: &'static Part, within: Option<DocId>) -> Vec<DocId> {
        if let Some(code) = part.code.strip_suffix(plan::VOICE) {
            return match within.and_then(|doc| Some((doc, self.ledger.document(doc)?))) {
                Some((_, document)) if document.voice_of.is_some() => {
                    let of = |(person, about)| self.voices_of(person, about);
                    document.voice_of.map(of).unwrap_or_default()
                }
                Some((doc, _)) => self.my_voices(doc),
                None => self.docs(code).into_iter().flat_map(|doc| self.my_voices(doc)).collect(),
            };
        }
        if part.opens == plan::Opens::OnThisDevice {
            return self.doc(part.code).into_iter().collect();
        }
        let all = self.docs(part.code);
        let owner = |doc: DocId| self.ledger.document(doc).and_then(|document| document.owner);
        let name = |doc: DocId| called(part, self.parts.get(&doc)?.document()?);
        match (part.copies, within) {
            (Copies::One, _) | (Copies::EachQuarter | Copies::Named, None) => all,
            // What is put apart under one name twice may be for different readers on purpose.
            (Copies::Named, Some(doc)) => vec![doc],
            (Copies::EachQuarter, Some(doc)) => {
                let same =
                    |other: &DocId| *other == doc || name(*other).is_some_and(|called| Some(called) == name(doc));
                all.into_iter().filter(same).collect()
            }
            (Copies::EachOwner, doc) => {
                let whose = doc.map_or_else(|| self.ledger.once_of(self.me), owner);
                all.into_iter().filter(|other| owner(*other) == whose).collect()
            }
        }
    }
}
