//! What can be asked of the machine at any time.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Graph, Ledger, Statement, Why};
use seal::{Admitted, ChainId, DeviceId, DocId, EditHash, PlanId, Seq, Tip};

use crate::{frontier::Frontier, held::Held, io::Link, machine::Sync, presence::Place, shelf::Shelf, until::Over};

impl Sync {
    /// This device.
    pub fn me(&self) -> DeviceId {
        self.id
    }

    /// The plans held, by id.
    pub fn plans(&self) -> impl Iterator<Item = PlanId> {
        self.plans.keys().copied()
    }

    /// Everything signed about a plan.
    pub fn ledger(&self, plan: PlanId) -> Option<&Ledger> {
        self.plans.get(&plan).map(|held| &held.ledger)
    }

    /// How far this device has come in a document: flushed, signed, with the whole past.
    pub fn frontier(&self, plan: PlanId, doc: DocId) -> Frontier {
        self.plans.get(&plan).map(|held| held.frontier(doc)).unwrap_or_default()
    }

    /// What each device of the circle last said it has flushed, by document. This device is not among them.
    pub fn marks(&self, plan: PlanId) -> BTreeMap<DeviceId, BTreeMap<DocId, Frontier>> {
        self.plans.get(&plan).map(|held| held.marks.clone()).unwrap_or_default()
    }

    /// Whether every statement of a plan is flushed here.
    pub fn is_flushed(&self, plan: PlanId) -> bool {
        self.plans.get(&plan).is_none_or(Held::is_flushed)
    }

    /// The circle's graph of a plan in causal order, as far as it is flushed here: what may be told.
    pub fn flushed_circle(&self, plan: PlanId) -> Vec<Statement> {
        self.plans.get(&plan).map(|held| held.since(Graph::Circle, &BTreeSet::new())).unwrap_or_default()
    }

    /// Whether everything admitted in a document is flushed here.
    pub fn is_saved(&self, plan: PlanId, doc: DocId) -> bool {
        self.shelf(plan, doc).is_none_or(Shelf::is_flushed)
    }

    /// Whether nothing of a document is at the door or on its way to the disk.
    pub fn is_at_rest(&self, plan: PlanId, doc: DocId) -> bool {
        self.shelf(plan, doc).is_none_or(|shelf| shelf.at_the_door() == 0 && shelf.is_flushed())
    }

    /// Which devices said that they have flushed everything this device has flushed of a document.
    pub fn saved_with(&self, plan: PlanId, doc: DocId) -> BTreeSet<DeviceId> {
        let Some(held) = self.plans.get(&plan) else { return BTreeSet::new() };
        held.marks.keys().filter(|device| held.is_saved_with(**device, doc)).copied().collect()
    }

    /// The devices of a plan's circle that are connected now, each having proved itself.
    pub fn online(&self, plan: PlanId) -> BTreeSet<DeviceId> {
        let meetings = self.links.values().filter_map(|session| session.meetings.get(&plan));
        meetings.filter(|meeting| meeting.is_known()).map(|meeting| meeting.device).collect()
    }

    /// Which device is at the other end of a connection, once it has proved itself in some plan.
    pub fn device(&self, link: Link) -> Option<DeviceId> {
        self.links.get(&link)?.greeting.device()
    }

    /// Where others are in a plan, as they last said.
    pub fn presences(&self, plan: PlanId) -> BTreeMap<DeviceId, Place> {
        let meetings = self.links.values().filter_map(|session| session.meetings.get(&plan));
        meetings.filter_map(|meeting| Some((meeting.device, meeting.place.clone()?))).collect()
    }

    /// The edits of a document that count, in causal order.
    pub fn counted(&self, plan: PlanId, doc: DocId) -> Vec<Admitted> {
        self.shelf(plan, doc).map(|shelf| shelf.counting().cloned().collect()).unwrap_or_default()
    }

    /// A document as somebody keeps it who may not read it any more: what counts, and what this device wrote itself.
    pub fn copy(&self, plan: PlanId, doc: DocId) -> Vec<Admitted> {
        let (Some(shelf), Some(ledger)) = (self.shelf(plan, doc), self.ledger(plan)) else { return Vec::new() };
        let mine = |chain| ledger.author(doc, chain).is_some_and(|(author, _)| author.device == self.id);
        shelf.counting_or(mine)
    }

    /// What a plan's statements gave until an hour that has passed, and that nobody has ended yet.
    pub fn over(&self, plan: PlanId) -> Vec<Over> {
        self.plans.get(&plan).map(|held| held.hours.over(self.now).collect()).unwrap_or_default()
    }

    /// The same, with the reason for each.
    pub fn why_held_back(&self, plan: PlanId, doc: DocId) -> BTreeMap<EditHash, Why> {
        let held = self.shelf(plan, doc).map(|shelf| shelf.last_counted().held());
        held.into_iter().flatten().map(|(hash, held)| (*hash, held.why)).collect()
    }

    /// Whether an edit that is held counts.
    pub fn counts(&self, plan: PlanId, doc: DocId, edit: &EditHash) -> bool {
        self.shelf(plan, doc).is_some_and(|shelf| shelf.counts(edit))
    }

    /// The edits of a document that are held back.
    pub fn held_back(&self, plan: PlanId, doc: DocId) -> BTreeSet<EditHash> {
        self.shelf(plan, doc)
            .map(|shelf| shelf.last_counted().held().map(|(hash, _)| *hash).collect())
            .unwrap_or_default()
    }

    /// Every edit of a document that is held, whether it counts or not, in causal order.
    pub fn edits(&self, plan: PlanId, doc: DocId) -> Vec<Admitted> {
        self.shelf(plan, doc).map(|shelf| shelf.all().to_vec()).unwrap_or_default()
    }

    /// The flushed signatures kept for a document.
    pub fn tips(&self, plan: PlanId, doc: DocId) -> Vec<(ChainId, Tip)> {
        self.shelf(plan, doc).map(|shelf| shelf.tips().collect()).unwrap_or_default()
    }

    /// Number and hash of the last edit held of a chain: what the next one of this device's own must follow.
    pub fn last(&self, plan: PlanId, doc: DocId, chain: ChainId) -> Option<(Seq, EditHash)> {
        self.shelf(plan, doc)?.last(chain)
    }

    fn shelf(&self, plan: PlanId, doc: DocId) -> Option<&Shelf> {
        self.plans.get(&plan)?.shelves.get(&doc)
    }
}
