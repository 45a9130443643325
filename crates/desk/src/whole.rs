//! The documents of a plan side by side: all of one part, what everybody says about one, and everything at once.

use plan::{Copies, Document, Opens, Part, Template, Value, Whole};
use seal::{DocId, ItemId, PersonId, PlanId};

use crate::{desk::Desk, open::OpenPart, shelf::Shelf};

/// One of a part's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Which document.
    pub doc: DocId,
    /// What tells it from the others: its quarter or its name, or who began it where a part was begun more than once. Empty
    /// until it can be read, or where there is only one.
    pub called: String,
    /// Whose it is; `None`: the plan's.
    pub owner: Option<PersonId>,
}

/// What somebody says about a document, each in a document of their own.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// Who says it. That is signed: nobody writes in another's voice.
    pub person: PersonId,
    /// What they say.
    pub document: &'a Document,
}

impl Desk {
    /// What the parts are called, in code, that this device holds and only a newer version of the program can show.
    pub fn newer_parts(&self, plan: PlanId) -> Vec<String> {
        let newer = self.shelves.get(&plan).into_iter().flat_map(|shelf| shelf.newer());
        newer.map(|document| plan::clean(&document.kind)).collect()
    }

    /// The documents of a part that this device holds, the first begun first: the log's quarters, carers' own pages, what is
    /// put apart.
    pub fn copies(&self, plan: PlanId, part: &str) -> Vec<Copy> {
        let Some((shelf, part)) = self.shelves.get(&plan).zip(plan::part(part)) else { return Vec::new() };
        let copy = |doc: DocId| Copy {
            doc,
            called: shelf.called(part, doc).unwrap_or_default(),
            owner: shelf.ledger.document(doc).and_then(|document| document.owner),
        };
        shelf.docs(part.code).into_iter().map(copy).collect()
    }

    /// One document that is open, for reading.
    pub fn document_in(&self, plan: PlanId, doc: DocId) -> Option<&Document> {
        self.shelves.get(&plan)?.parts.get(&doc)?.document()
    }

    /// What a document is, by its description.
    pub fn describe(&self, plan: PlanId, doc: DocId) -> Option<&'static Part> {
        self.shelves.get(&plan)?.describe(doc)
    }

    /// Who says something about a document, me first, each with the first of their voices: [`Desk::as_one`] reads all of them.
    pub fn voices(&self, plan: PlanId, about: DocId) -> Vec<Voice<'_>> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let me = shelf.ledger.once_of(self.me);
        let open = |(person, doc)| Some(Voice { person, document: shelf.parts.get(&doc)?.document()? });
        let mut voices: Vec<Voice<'_>> = shelf.voices(about).into_iter().filter_map(open).collect();
        voices.dedup_by_key(|voice| voice.person);
        voices.sort_by_key(|voice| Some(voice.person) != me);
        voices
    }

    /// My own voice about a document, once I have said anything.
    pub fn my_voice(&self, plan: PlanId, about: DocId) -> Option<&Document> {
        let shelf = self.shelves.get(&plan)?;
        shelf.parts.get(&shelf.my_voice(about)?)?.document()
    }

    /// Everything this device holds of a plan, to be read as one: parts, voices with whose they are, and notes. Made anew each
    /// time at next to no cost; what is reckoned from it is worth keeping in a [`Reckoned`].
    pub fn whole(&self, plan: PlanId) -> Whole<'_> {
        self.shelves.get(&plan).map_or_else(Whole::new, Shelf::whole)
    }

    /// How many things a plan holds: about how long it takes to reckon something from all of it.
    pub fn things(&self, plan: PlanId) -> usize {
        let parts = self.shelves.get(&plan).into_iter().flat_map(|shelf| shelf.parts.values());
        parts.filter_map(OpenPart::unread).map(Document::things).sum()
    }

    /// Reckons something from a plan, and says what of the plan was read for it.
    pub fn reckon<T>(&self, plan: PlanId, reckon: impl FnOnce() -> T) -> (T, Read) {
        match self.shelves.get(&plan) {
            Some(shelf) => shelf.reckon(reckon),
            None => (reckon(), Read { plan, stood: None }),
        }
    }

    /// Whether everything that was read still stands as it did, and nothing is there now that was not.
    pub fn is_as_read(&self, read: &Read) -> bool {
        let (Some(shelf), Some(Stood { shelf: revision, openings, docs })) =
            (self.shelves.get(&read.plan), &read.stood)
        else {
            return self.shelves.contains_key(&read.plan) == read.stood.is_some();
        };
        if shelf.revision != *revision || shelf.openings() != *openings {
            return false;
        }
        let open = || docs.iter().map(|(doc, revision)| (shelf.parts.get(doc), *revision));
        let stands = open().all(|(open, revision)| open.is_some_and(|open| open.revision == revision));
        if stands {
            // Whoever reckons with what was reckoned before has read what that was reckoned from.
            open().filter_map(|(open, _)| open).for_each(|open| open.read.set(true));
        }
        stands
    }

    /// A number that is another whenever anything shown of a plan has changed.
    pub fn revision(&self, plan: PlanId) -> u64 {
        self.shelves.get(&plan).map_or(0, Shelf::revision)
    }

    /// How a plan is laid out, as its cover says; the first template while it says nothing.
    pub fn template(&self, plan: PlanId) -> &'static Template {
        let cover = self.document(plan, "cover");
        let field = || "cover.template".parse().ok();
        let chosen = cover.zip(field()).and_then(|(cover, field)| cover.value(field).value().cloned());
        let chosen = match chosen {
            Some(Value::Choice(code)) => plan::template(&code),
            Some(_) | None => None,
        };
        chosen.or(plan::templates().first()).expect("there are templates")
    }

    /// The parts that I could begin in a plan, in the order of its template: those there are not, and those of which there may
    /// be another.
    pub fn offered(&self, plan: PlanId) -> Vec<&'static Part> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let named: Vec<&str> = self.template(plan).parts().collect();
        let place = |part: &Part| named.iter().position(|code| *code == part.code).unwrap_or(named.len());
        let mut offered: Vec<&'static Part> =
            plan::parts().iter().filter(|part| shelf.may_begin(part) && shelf.has_room_for(part)).collect();
        offered.sort_by_key(|part| place(part));
        offered
    }

    /// Whether I could begin this part of a plan.
    pub fn may_begin(&self, plan: PlanId, part: &str) -> bool {
        let shelf = self.shelves.get(&plan).zip(plan::part(part));
        shelf.is_some_and(|(shelf, part)| shelf.may_begin(part))
    }

    /// The document of a part in which a record lies.
    pub fn home_of(&self, plan: PlanId, part: &'static Part, item: ItemId) -> Option<&Document> {
        let shelf = self.shelves.get(&plan)?;
        shelf.parts.get(&shelf.home_of(part, item)?)?.document()
    }
}

impl Shelf {
    pub(crate) fn whole(&self) -> Whole<'_> {
        self.all().into_iter().fold(Whole::new(), |whole, (_, doc)| {
            let Some(open) = self.parts.get(&doc) else { return whole };
            let Some(document) = open.unread() else { return whole };
            let voice_of = self.ledger.document(doc).and_then(|document| document.voice_of);
            whole.with_noted(voice_of.map(|(person, _)| person), document, &open.read)
        })
    }

    pub(crate) fn reckon<T>(&self, reckon: impl FnOnce() -> T) -> (T, Read) {
        let before: Vec<bool> = self.parts.values().map(|open| open.read.replace(false)).collect();
        let value = reckon();
        let mut docs = Vec::new();
        for ((doc, open), before) in self.parts.iter().zip(before) {
            if open.read.get() {
                docs.push((*doc, open.revision));
            }
            // Something else may be being reckoned around this.
            open.read.set(open.read.get() || before);
        }
        let stood = Stood { shelf: self.revision, openings: self.openings(), docs };
        (value, Read { plan: self.plan, stood: Some(stood) })
    }

    /// Another number whenever there is a document more that can be read.
    fn openings(&self) -> u64 {
        self.parts.values().map(|open| open.openings).sum()
    }

    /// Whether whoever sits here could begin a part of this kind.
    pub(crate) fn may_begin(&self, part: &'static Part) -> bool {
        let Some(me) = self.ledger.person_of(self.me) else { return false };
        // Who may only open a document for the plan could not write in it.
        let owns = self.ledger.standing(me).is_some_and(circle::Standing::owns_the_plan);
        !part.is_voice() && (owns || part.opens == Opens::OnThisDevice || belongs_to_me(part))
    }

    fn has_room_for(&self, part: &'static Part) -> bool {
        match (part.opens, part.copies) {
            (Opens::OnThisDevice, _) => {
                let notes = self.doc(part.code).and_then(|doc| self.parts.get(&doc));
                !notes.is_some_and(OpenPart::are_begun)
            }
            (_, Copies::One) => self.docs(part.code).is_empty(),
            (_, Copies::EachQuarter | Copies::Named) => true,
            (_, Copies::EachOwner) => {
                let me = self.ledger.person_of(self.me);
                let owner = |doc| self.ledger.document(doc).and_then(|document| document.owner);
                !self.docs(part.code).into_iter().any(|doc| owner(doc) == me)
            }
        }
    }

    /// The document of a part in which a record lies. A voice's code means my own voices.
    pub(crate) fn home_of(&self, part: &'static Part, item: ItemId) -> Option<DocId> {
        let has = |doc: &DocId| {
            let document = self.parts.get(doc).and_then(OpenPart::document);
            document.is_some_and(|document| document.list_of(item).is_some())
        };
        if let Some(about) = part.code.strip_suffix(plan::VOICE) {
            return self.docs(about).into_iter().flat_map(|doc| self.my_voices(doc)).find(has);
        }
        self.doc(part.code).into_iter().chain(self.docs(part.code)).find(has)
    }
}

impl Shelf {
    /// What tells a document from others of its part, if there are others.
    pub(crate) fn called(&self, part: &'static Part, doc: DocId) -> Option<String> {
        if naming(part).is_some() {
            return called(part, self.parts.get(&doc)?.document()?);
        }
        let begun = self.docs(part.code).len();
        let by = self.ledger.document(doc).filter(|_| begun > 1)?.opened_by?;
        self.ledger.person(by).map(|person| plan::clean(&person.called.name))
    }
}

/// Whether a part belongs to whoever begins it, and not to the plan.
pub(crate) fn belongs_to_me(part: &Part) -> bool {
    match part.copies {
        Copies::EachOwner | Copies::Named => true,
        Copies::One | Copies::EachQuarter => false,
    }
}

/// The field that tells a part's documents apart.
pub(crate) fn naming(part: &Part) -> Option<&'static str> {
    match part.copies {
        Copies::One => None,
        Copies::EachQuarter => Some("quarter"),
        Copies::Named | Copies::EachOwner => Some("name"),
    }
}

/// What a document of a part with several is called.
pub(crate) fn called(part: &'static Part, document: &Document) -> Option<String> {
    let field = plan::FieldPath::new(part, None, naming(part)?).ok()?;
    document.value(field).value().map(ToString::to_string)
}

/// What was read of a plan while something was reckoned from it: what is reckoned stays true as long as that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    plan: PlanId,
    stood: Option<Stood>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Stood {
    /// The circle, and which documents there are.
    shelf: u64,
    openings: u64,
    /// Those that were read, each as it was.
    docs: Vec<(DocId, u64)>,
}

impl Read {
    /// Of which plan.
    pub fn plan(&self) -> PlanId {
        self.plan
    }
}

/// Something that is reckoned from a plan, and reckoned again only when what it was reckoned from has changed.
#[derive(Debug)]
pub struct Reckoned<T>(Option<(Read, T)>);

impl<T> Default for Reckoned<T> {
    fn default() -> Reckoned<T> {
        Reckoned(None)
    }
}

impl<T> Reckoned<T> {
    /// What `reckon` makes of the plan as it is now. What it rests on is read inside it: what was read before and is only carried
    /// in may change unseen.
    pub fn of(&mut self, desk: &Desk, plan: PlanId, reckon: impl FnOnce(&Whole<'_>) -> T) -> &T {
        let known = self.0.take().filter(|(read, _)| read.plan == plan && desk.is_as_read(read));
        let known = known.unwrap_or_else(|| {
            let (value, read) = desk.reckon(plan, || reckon(&desk.whole(plan)));
            (read, value)
        });
        let (_, value) = self.0.insert(known);
        value
    }
}
