//! What can be read of a desk. Nothing here waits or changes anything.

use std::sync::Arc;

use circle::Ledger;
use plan::{Document, FieldKind, FieldPath};
use seal::{Admitted, ChainId, DeviceId, DocId, PersonId, PlanId};

use crate::{
    change::{Knock, Marks, Member, PlanCard, Presence, Stopped},
    desk::Desk,
    open::{OpenPart, Stage, notes_of},
    refused::Refused,
};

impl Desk {
    /// This device.
    pub fn device(&self) -> DeviceId {
        self.me
    }

    /// Who sits here; empty until somebody said.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The plans of this device, in a fixed order.
    pub fn plans(&self) -> Vec<PlanCard> {
        self.shelves.values().filter_map(|shelf| shelf.card(self.me)).collect()
    }

    /// Whether everything that is being opened is open (titles are known then).
    pub fn is_ready(&self) -> bool {
        let parts = self.shelves.values().flat_map(|shelf| shelf.parts.values());
        parts.into_iter().all(|part| !matches!(part.stage, Stage::Opening))
    }

    /// Everything signed about a plan.
    pub fn ledger(&self, plan: PlanId) -> Option<&Arc<Ledger>> {
        self.shelves.get(&plan).map(|shelf| &shelf.ledger)
    }

    /// A part that is open, for reading. A voice's code (`goals-voice`) means my own about that part.
    pub fn document(&self, plan: PlanId, part: &str) -> Option<&Document> {
        self.shelves.get(&plan)?.part(part)?.document()
    }

    /// Which document holds a part: of several mine, or the first begun.
    pub fn doc(&self, plan: PlanId, part: &str) -> Option<DocId> {
        self.shelves.get(&plan)?.doc(part)
    }

    /// Whether a part is kept here but cannot be shown.
    pub fn is_unreadable(&self, plan: PlanId, part: &str) -> bool {
        let part = self.shelves.get(&plan).and_then(|shelf| shelf.part(part));
        part.is_some_and(|part| matches!(part.stage, Stage::Unreadable))
    }

    /// Whether a part is shown without something that this device cannot show, and what: nothing can be written in it then.
    pub fn stopped(&self, plan: PlanId, part: &str) -> Option<Stopped> {
        self.stopped_in(plan, self.doc(plan, part)?)
    }

    /// The same of one document, of several or of a voice.
    pub fn stopped_in(&self, plan: PlanId, doc: DocId) -> Option<Stopped> {
        let part = self.shelves.get(&plan)?.parts.get(&doc)?;
        let fault = part.fault.as_ref()?;
        let ledger = &self.shelves.get(&plan)?.ledger;
        let author = |chain: ChainId| ledger.author(part.doc, chain);
        let is_culprit = |edit: &&Admitted| fault.faults.culprits.contains(&edit.edit().hash());
        let by = fault.edits.iter().filter(is_culprit).filter_map(|edit| Some(author(edit.edit().chain())?.1));
        let mine = |chain: ChainId| author(chain).is_some_and(|(author, _)| author.device == self.me);
        Some(Stopped {
            culprits: fault.faults.culprits.clone(),
            by: by.collect(),
            left_out: fault.edits.len(),
            words: plan::words_of(&fault.edits, mine),
        })
    }

    /// What I may do with a part, on this device and now: one that is stopped can only be read.
    pub fn access(&self, plan: PlanId, part: &str) -> circle::Access {
        self.doc(plan, part).map_or(circle::Access::Nothing, |doc| self.access_in(plan, doc))
    }

    /// The same of one document, of several or of a voice.
    pub fn access_in(&self, plan: PlanId, doc: DocId) -> circle::Access {
        let Some(shelf) = self.shelves.get(&plan) else { return circle::Access::Nothing };
        let stopped = shelf.parts.get(&doc).is_some_and(|part| part.fault.is_some());
        let most = if stopped { circle::Access::View } else { circle::Access::Edit };
        let person =
            if doc == notes_of(plan) { shelf.ledger.once_of(self.me) } else { shelf.ledger.person_of(self.me) };
        person.map_or(circle::Access::Nothing, |person| shelf.access(doc, person)).min(most)
    }

    /// What somebody may do with a part.
    pub fn access_of(&self, plan: PlanId, part: &str, person: PersonId) -> circle::Access {
        let Some(shelf) = self.shelves.get(&plan) else { return circle::Access::Nothing };
        let all = shelf.docs(part).into_iter().chain(shelf.doc(part));
        all.map(|doc| shelf.access(doc, person)).max().unwrap_or(circle::Access::Nothing)
    }

    /// The people of a plan, the most senior first.
    pub fn people(&self, plan: PlanId) -> Vec<Member> {
        self.shelves.get(&plan).map(|shelf| shelf.members(self.me, &self.world)).unwrap_or_default()
    }

    /// Who is here now with this plan open, and where their carets are.
    pub fn here(&self, plan: PlanId) -> Vec<Presence> {
        self.shelves.get(&plan).map(|shelf| shelf.presence(self.me)).unwrap_or_default()
    }

    /// What is held back, by document and person; also what of mine is, whose words are then mine to offer again.
    pub fn held(&self, plan: PlanId) -> &[node::ask::HeldBack] {
        self.shelves.get(&plan).map_or(&[], |shelf| shelf.held.as_slice())
    }

    /// What is saved where.
    pub fn marks(&self, plan: PlanId) -> Marks {
        self.shelves.get(&plan).map(|shelf| shelf.marks(self.me, &self.world)).unwrap_or_default()
    }

    /// Who asks to come in.
    pub fn knocks(&self, plan: PlanId) -> Vec<Knock> {
        self.shelves.get(&plan).map(|shelf| shelf.knocks.clone()).unwrap_or_default()
    }

    /// Whether everything written here is flushed to this device's disk.
    pub fn is_saved(&self) -> bool {
        self.shelves.values().flat_map(|shelf| shelf.parts.values()).all(OpenPart::is_saved)
    }

    /// How many own edits of a part are finished since it was opened, and how many of them are flushed; or why no more are.
    pub fn written(&self, plan: PlanId, part: &str) -> Result<(u64, u64), Refused> {
        self.written_in(plan, self.known(plan)?.doc(part).ok_or(Refused::NoSuchPart)?)
    }

    /// The same of one document, of several or of a voice.
    pub fn written_in(&self, plan: PlanId, doc: DocId) -> Result<(u64, u64), Refused> {
        let part = self.known(plan)?.parts.get(&doc).ok_or(Refused::NoSuchPart)?;
        part.trouble().map_or(Ok((part.finished, part.kept)), Err)
    }

    /// What a field holds, by its description; the record it lies in must be in one of the part's documents.
    pub fn kind(&self, plan: PlanId, field: FieldPath) -> Option<FieldKind> {
        let list = match field.item() {
            None => None,
            Some(item) => Some(self.home_of(plan, field.part(), item)?.list_of(item)?.1),
        };
        field.describe(list).map(|field| field.kind)
    }
}
