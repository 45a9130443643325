//! Beginning a document when it is first needed: a part that the plan does not have yet, or my voice about one.
//!
//! A document's id is the hash of its signed NewDocument, so the node has to sign and keep that first. What was to be written
//! waits meanwhile and is written as soon as the document is open, in the order in which it was asked.

use node::{Pending, ask};
use plan::{Document, FieldPath, Opens, Part, Value};
use seal::{Bytes, DocId, ItemId, PlanId, Time, chain_id};

use crate::{
    ask::{Ask, Done},
    change::{Answer, Change},
    desk::Desk,
    errand::Step,
    open::Stage,
    refused::Refused,
    roles,
    whole::{belongs_to_me, called, naming},
};

/// What is to be begun: a part, or my voice about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct What {
    pub(crate) plan: PlanId,
    /// The part, or the voice's description.
    pub(crate) part: &'static str,
    /// For a voice: what it is about.
    pub(crate) about: Option<DocId>,
}

/// The node's answer to a wish to begin a document.
pub(crate) enum Beginning {
    Part(Pending<Vec<DocId>>),
    Voice(Pending<DocId>),
}

impl Beginning {
    pub(crate) fn take(&mut self) -> Option<Result<DocId, Refused>> {
        let answer = match self {
            Beginning::Part(docs) => docs.take()?.map(|docs| docs.first().copied()),
            Beginning::Voice(doc) => doc.take()?.map(Some),
        };
        Some(answer.map_err(Refused::Node).and_then(|doc| doc.ok_or(Refused::NoSuchPart)))
    }
}

/// Where a write goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// To this document.
    Here(DocId),
    /// To one that has to be begun.
    Missing(What),
}

/// What becomes of a wish that may be a write.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// It is done in this document.
    Here(DocId),
    /// It is a write that waits for this.
    Later(What),
    /// The same, and what it waits for is being opened already.
    Soon(What),
    /// It is no write.
    Nowhere,
}

impl Desk {
    /// What becomes of a wish: a write may have to wait for a document that is begun first.
    pub(crate) fn place(&self, ask: &Ask, within: Option<DocId>) -> Result<Place, Refused> {
        let mut within = within;
        let (plan, part, item) = match ask {
            Ask::Offer { plan, wanted, .. } => {
                let part = wanted.part().ok_or(Refused::NoSuchPart)?;
                let voice = part.voice.ok_or(Refused::MayNotOffer)?;
                // Which of a part's documents it is about is said by the record, if nothing else does.
                within = within.or_else(|| self.doc_for(*plan, part.code, wanted.item(), None));
                if !within.is_some_and(|about| self.may_offer(*plan, about)) {
                    return Err(Refused::MayNotOffer);
                }
                (*plan, voice, None)
            }
            Ask::Splice { plan, field, .. } | Ask::Set { plan, field, .. } => (*plan, field.part(), field.item()),
            Ask::Add { plan, list, .. } => (*plan, list.part(), list.item()),
            Ask::Remove { plan, part, item } | Ask::Restore { plan, part, item } => {
                (*plan, plan::part(part).ok_or(Refused::NoSuchPart)?, Some(*item))
            }
            Ask::Place { plan, part, item, .. } => (*plan, plan::part(part).ok_or(Refused::NoSuchPart)?, Some(*item)),
            Ask::Undo { plan, part } | Ask::Redo { plan, part } => {
                (*plan, plan::part(part).ok_or(Refused::NoSuchPart)?, None)
            }
            _ => return Ok(Place::Nowhere),
        };
        let doc = match self.target(plan, part, item, within)? {
            Target::Missing(what) => return Ok(Place::Later(what)),
            Target::Here(doc) => doc,
        };
        let shelf = self.known(plan)?;
        let voice_of = shelf.ledger.document(doc).and_then(|document| document.voice_of);
        let what = What { plan, part: part.code, about: voice_of.map(|(_, about)| about) };
        let open = shelf.parts.get(&doc);
        let is_open = open.is_some_and(|open| open.document().is_some());
        // Whoever adds something to a page that is just being opened need not press twice.
        let is_opening = open.is_some_and(|open| matches!(open.stage, Stage::Opening));
        Ok(match ask {
            _ if !is_open && self.is_queued(&what) => Place::Later(what),
            Ask::Add { .. } if is_opening => Place::Soon(what),
            _ => Place::Here(doc),
        })
    }

    /// Where a write in this part goes: to the document that was named, else to the one its record lies in, else to the part's
    /// own. A voice is always mine.
    pub(crate) fn target(
        &self,
        plan: PlanId,
        part: &'static Part,
        item: Option<ItemId>,
        within: Option<DocId>,
    ) -> Result<Target, Refused> {
        let shelf = self.known(plan)?;
        if part.is_voice() {
            let named = within.and_then(|doc| Some((doc, shelf.describe(doc)?)));
            if let Some((doc, described)) = named.filter(|(_, described)| described.is_voice()) {
                return if described == part { Ok(Target::Here(doc)) } else { Err(Refused::NoSuchPart) };
            }
            let said_in_another = |home: &DocId| {
                let about = shelf.ledger.document(*home).and_then(|voice| voice.voice_of).map(|(_, about)| about);
                within.is_some() && about != within
            };
            let home = item.and_then(|item| shelf.home_of(part, item)).filter(|home| !said_in_another(home));
            if let Some(home) = home {
                return Ok(Target::Here(home));
            }
            let code = part.code.strip_suffix(plan::VOICE).unwrap_or(part.code);
            let about = match named {
                Some((doc, described)) => Some(doc).filter(|_| described.code == code),
                None => within.or_else(|| shelf.doc(code)),
            };
            let about = about.filter(|doc| shelf.ledger.document(*doc).is_some()).ok_or(Refused::NoSuchPart)?;
            let missing = What { plan, part: part.code, about: Some(about) };
            return Ok(shelf.my_voice(about).map_or(Target::Missing(missing), Target::Here));
        }
        if let Some(doc) = within {
            return if shelf.describe(doc) == Some(part) { Ok(Target::Here(doc)) } else { Err(Refused::NoSuchPart) };
        }
        if let Some(home) = item.and_then(|item| shelf.home_of(part, item)) {
            return Ok(Target::Here(home));
        }
        let owner = |doc: &DocId| shelf.ledger.document(*doc).and_then(|document| document.owner);
        let me = shelf.ledger.once_of(self.me);
        let doc = match part.copies {
            _ if part.opens == Opens::OnThisDevice => shelf.doc(part.code),
            // A page of one's own is never somebody else's.
            plan::Copies::EachOwner => shelf.doc(part.code).filter(|doc| owner(doc) == me),
            plan::Copies::One | plan::Copies::EachQuarter | plan::Copies::Named => shelf.doc(part.code),
        };
        match doc {
            Some(doc) => Ok(Target::Here(doc)),
            // Which quarter or what name is not for the desk to guess.
            None if matches!(part.copies, plan::Copies::EachQuarter | plan::Copies::Named) => Err(Refused::NoSuchPart),
            None if !shelf.may_begin(part) => Err(Refused::NotYours),
            None => Ok(Target::Missing(What { plan, part: part.code, about: None })),
        }
    }

    /// Which document a write in this part, or in this record of it, goes to; `within` as in [`Ask::In`]. `None`: one that
    /// is not there yet, or that is not for me to begin.
    pub fn doc_for(&self, plan: PlanId, part: &str, item: Option<ItemId>, within: Option<DocId>) -> Option<DocId> {
        match self.target(plan, plan::part(part)?, item, within).ok()? {
            Target::Here(doc) => Some(doc),
            Target::Missing(_) => None,
        }
    }

    /// Whether a write in this part would begin a document: I may write there, and nobody has.
    pub fn would_begin(&self, plan: PlanId, part: &str, within: Option<DocId>) -> bool {
        let part = plan::part(part);
        part.is_some_and(|part| matches!(self.target(plan, part, None, within), Ok(Target::Missing(_))))
    }

    /// Begins a part for whoever asked for it.
    pub(crate) fn open_part(&mut self, plan: PlanId, code: &str, name: Option<String>) -> Result<Done, Refused> {
        let part = plan::part(code).filter(|part| !part.is_voice()).ok_or(Refused::NoSuchPart)?;
        let name = name.map(|name| self.clean_name(&name)).transpose()?;
        let shelf = self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?;
        if part.opens == Opens::OnThisDevice {
            shelf.wanted = true;
            shelf.open_all(|_, _| true);
            let doc = shelf.doc(code).ok_or(Refused::NoSuchPart)?;
            if let Some(open) = shelf.parts.get_mut(&doc) {
                open.begin_notes();
            }
            self.changes.push(Change::Plans);
            return Ok(self.answer_soon(Answer::Part(doc)));
        }
        let owner = |doc: &DocId| shelf.ledger.document(*doc).and_then(|document| document.owner);
        let me = shelf.ledger.person_of(self.me);
        let docs = shelf.docs(code).into_iter();
        let there = match part.copies {
            plan::Copies::One => docs.into_iter().next(),
            plan::Copies::EachOwner => docs.into_iter().find(|doc| owner(doc) == me),
            plan::Copies::EachQuarter | plan::Copies::Named => {
                let name = name.as_ref().ok_or(Refused::NotAName)?;
                let is_called = |doc: &DocId| {
                    let document = shelf.parts.get(doc).and_then(|open| open.document());
                    document.and_then(|document| called(part, document)).as_ref() == Some(name)
                };
                docs.into_iter().find(is_called)
            }
        };
        match there {
            Some(doc) => Ok(self.answer_soon(Answer::Part(doc))),
            None => self.begin_document(What { plan, part: part.code, about: None }, name),
        }
    }

    /// Begins my voice about a document for whoever asked for it.
    pub(crate) fn open_voice(&mut self, plan: PlanId, about: DocId) -> Result<Done, Refused> {
        let shelf = self.known(plan)?;
        if let Some(doc) = shelf.my_voice(about) {
            return Ok(self.answer_soon(Answer::Voice(doc)));
        }
        let voice = shelf.describe(about).and_then(|part| part.voice).ok_or(Refused::NoSuchPart)?;
        self.begin_document(What { plan, part: voice.code, about: Some(about) }, None)
    }

    fn begin_document(&mut self, what: What, called: Option<String>) -> Result<Done, Refused> {
        let part = plan::part(what.part).ok_or(Refused::NoSuchPart)?;
        let shelf = self.shelves.get_mut(&what.plan).ok_or(Refused::NoSuchPlan)?;
        shelf.wanted = true;
        let docs = match what.about {
            Some(about) => Beginning::Voice(self.node.ask(ask::OpenVoice { plan: what.plan, doc: about })),
            None if !shelf.may_begin(part) => return Err(Refused::NotYours),
            None => {
                let belongs = if belongs_to_me(part) { ask::Belongs::ToMe } else { ask::Belongs::ToThePlan };
                let given = roles::given(shelf, part);
                let new = ask::NewDocument { kind: part.code.to_owned(), belongs, given };
                Beginning::Part(self.node.ask(ask::NewDocuments { plan: what.plan, documents: vec![new] }))
            }
        };
        Ok(self.begin(Step::Beginning { what, called, docs }))
    }

    /// Keeps a write until the document it needs is begun and open.
    pub(crate) fn write_later(&mut self, what: What, ask: Ask, within: Option<DocId>) -> Result<Done, Refused> {
        let is_there = self.errands.iter().any(|errand| errand.step.begins(&what) || errand.step.waits_for(&what));
        if !is_there {
            self.begin_document(what, None)?;
        }
        Ok(self.begin(Step::Queued { what, ask: Box::new(ask), within }))
    }

    /// Whether a write for this has to wait for others of its kind.
    pub(crate) fn is_queued(&self, what: &What) -> bool {
        self.errands.iter().any(|errand| errand.step.begins(what) || errand.step.waits_for(what))
    }

    /// The node has begun a document. It is furnished once its circle is known here too, and then opened.
    pub(crate) fn begun(&mut self, what: What, called: Option<String>, doc: DocId, now: Time) -> Result<Step, Refused> {
        let shelf = self.known(what.plan)?;
        let Some(chapter) = shelf.ledger.document(doc).and_then(|_| shelf.ledger.chapter(doc, self.me)) else {
            return Ok(Step::Begun { what, called, doc });
        };
        let part = plan::part(what.part).ok_or(Refused::NoSuchPart)?;
        let edits = furnish(part, doc, chain_id(doc, self.me, chapter), called, now)?;
        let published = self.node.ask(ask::Publish { plan: what.plan, doc, edits });
        Ok(Step::Furnishing { what, doc, published })
    }

    /// A document was begun: the answer, once it is open, so that whoever asked can write at once.
    pub(crate) fn furnished(&mut self, what: What, doc: DocId) -> Result<Option<Answer>, Refused> {
        let open = self.known(what.plan)?.parts.get(&doc);
        if open.is_none_or(|open| matches!(open.stage, Stage::Opening)) {
            return Ok(None);
        }
        self.changes.push(Change::Plans);
        Ok(Some(if what.about.is_some() { Answer::Voice(doc) } else { Answer::Part(doc) }))
    }

    /// Tries a write that waited. `None`: it still has to.
    pub(crate) fn write_queued(
        &mut self,
        what: What,
        ask: &Ask,
        within: Option<DocId>,
        now: Time,
    ) -> Option<Result<Answer, Refused>> {
        let part = plan::part(what.part)?;
        if self.known(what.plan).is_err() {
            return Some(Err(Refused::NoSuchPlan));
        }
        let doc = match self.target(what.plan, part, None, within) {
            Err(refused) => return Some(Err(refused)),
            Ok(Target::Here(doc)) => doc,
            Ok(Target::Missing(_)) if self.errands.iter().any(|errand| errand.step.begins(&what)) => return None,
            Ok(Target::Missing(_)) => return Some(Err(Refused::NotOpenYet)),
        };
        // One that was just begun is opened when all errands were looked at.
        let open = self.known(what.plan).ok()?.parts.get(&doc);
        if open.is_none_or(|open| matches!(open.stage, Stage::Opening)) {
            return None;
        }
        let list = match ask {
            Ask::Add { list, .. } => Some(*list),
            Ask::Offer { .. } => plan::ListPath::new(part, None, "proposals").ok(),
            _ => None,
        };
        Some(self.act_in(Some(doc), ask.clone(), now).map(|done| match (done, list) {
            (Done::Added(item), Some(list)) => Answer::Added { plan: what.plan, list, item },
            (Done::Added(_) | Done::Here | Done::Later(_), _) => Answer::Done,
        }))
    }

    /// Answers what needed nobody else, in the way it would be answered if it had.
    fn answer_soon(&mut self, answer: Answer) -> Done {
        self.turns += 1;
        let turn = crate::Turn(self.turns);
        self.changes.push(Change::Answer { turn, answer: Ok(answer) });
        self.waker().wake();
        Done::Later(turn)
    }
}

impl Step {
    /// Whether it begins this.
    pub(crate) fn begins(&self, what: &What) -> bool {
        match self {
            Step::Beginning { what: of, .. }
            | Step::Begun { what: of, .. }
            | Step::Furnishing { what: of, .. }
            | Step::Furnished { what: of, .. } => of == what,
            _ => false,
        }
    }

    /// Whether it is a write that waits for this.
    fn waits_for(&self, what: &What) -> bool {
        matches!(self, Step::Queued { what: of, .. } if of == what)
    }

    /// Whether it is about to write the first words of this document, or may be: the news that a document was begun can come
    /// before the answer that says which.
    pub(crate) fn furnishes(&self, part: &Part, of: DocId) -> bool {
        match self {
            Step::Beginning { what, .. } => what.part == part.code,
            Step::Begun { doc, .. } | Step::Furnishing { doc, .. } => *doc == of,
            _ => false,
        }
    }

    /// In which plan it begins a document, if it does.
    pub(crate) fn begins_in(&self) -> Option<PlanId> {
        match self {
            Step::Beginning { what, .. }
            | Step::Begun { what, .. }
            | Step::Furnishing { what, .. }
            | Step::Furnished { what, .. } => Some(what.plan),
            _ => None,
        }
    }
}

/// The first edits of a document: its texts, lists and sets, and what it is called.
fn furnish(
    part: &'static Part,
    doc: DocId,
    chain: seal::ChainId,
    called: Option<String>,
    now: Time,
) -> Result<Vec<Bytes>, Refused> {
    let (mut document, mut edits) = Document::create(part, doc, chain, now);
    if let Some((field, name)) = naming(part).zip(called)
        && let Ok(field) = FieldPath::new(part, None, field)
    {
        document.set(field, Some(Value::Line(name)))?;
    }
    edits.extend(document.close(now));
    Ok(edits)
}
