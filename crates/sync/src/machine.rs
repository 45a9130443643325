//! The machine itself: what is held, who is met, and which part of it answers to which input.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use circle::Ledger;
use seal::{Admitted, ChainId, DeviceId, DeviceKey, DocId, EditHash, PlanId, ReadHead, Seq, Time, Tip};

use crate::{
    frontier::Frontier,
    io::{Input, Link, Output, Recalled},
    presence::Place,
};

/// One device's side of every plan it is in.
pub struct Sync {
    me: Arc<DeviceKey>,
    read: ReadHead,
    out: VecDeque<Output>,
}

impl Sync {
    /// A device that holds nothing yet. `read` reads the head of an edit: `plan::door::head` outside tests.
    pub fn new(me: Arc<DeviceKey>, read: ReadHead) -> Sync {
        Sync { me, read, out: VecDeque::new() }
    }

    /// Takes back what this device had saved, before anything else happens to the machine. Nothing is shown, saved or
    /// told; take what counts with [`Sync::counted`].
    pub fn recall(&mut self, recalled: Recalled) {
        let _ = (recalled, self.read);
        todo!()
    }

    /// Takes in what happened.
    pub fn handle(&mut self, input: Input, now: Time) {
        let _ = (input, now);
        todo!()
    }

    /// What is to be done next, in the order in which it must be carried out.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// When to say [`Input::Woke`], if nothing else happens before.
    pub fn next_wake(&self) -> Option<Time> {
        todo!()
    }

    /// Whether so much is at the door or waiting to be saved that no more should be read from connections for now.
    pub fn is_full(&self) -> bool {
        todo!()
    }

    /// This device.
    pub fn me(&self) -> DeviceId {
        self.me.id()
    }

    /// The plans held, by id.
    pub fn plans(&self) -> impl Iterator<Item = PlanId> {
        [].into_iter()
    }

    /// Everything signed about a plan.
    pub fn ledger(&self, plan: PlanId) -> Option<&Ledger> {
        let _ = plan;
        todo!()
    }

    /// How far this device has come in a document: flushed, signed, with the whole past.
    pub fn frontier(&self, plan: PlanId, doc: DocId) -> Frontier {
        let _ = (plan, doc);
        todo!()
    }

    /// What each device of the circle last said it has flushed, by document. This device is not among them.
    pub fn marks(&self, plan: PlanId) -> BTreeMap<DeviceId, BTreeMap<DocId, Frontier>> {
        let _ = plan;
        todo!()
    }

    /// Whether everything admitted in a document is flushed here.
    pub fn is_saved(&self, plan: PlanId, doc: DocId) -> bool {
        let _ = (plan, doc);
        todo!()
    }

    /// Which devices said that they have flushed everything this device has of a document.
    pub fn saved_with(&self, plan: PlanId, doc: DocId) -> BTreeSet<DeviceId> {
        let _ = (plan, doc);
        todo!()
    }

    /// The devices of a plan's circle that are connected now, each having proved itself.
    pub fn online(&self, plan: PlanId) -> BTreeSet<DeviceId> {
        let _ = plan;
        todo!()
    }

    /// Which device is at the other end of a connection, once it has proved itself in some plan.
    pub fn device(&self, link: Link) -> Option<DeviceId> {
        let _ = link;
        todo!()
    }

    /// Where others are in a plan, as they last said.
    pub fn presences(&self, plan: PlanId) -> BTreeMap<DeviceId, Place> {
        let _ = plan;
        todo!()
    }

    /// The edits of a document that count, in causal order.
    pub fn counted(&self, plan: PlanId, doc: DocId) -> Vec<Admitted> {
        let _ = (plan, doc);
        todo!()
    }

    /// Every edit of a document that is held, whether it counts or not, in causal order.
    pub fn edits(&self, plan: PlanId, doc: DocId) -> Vec<Admitted> {
        let _ = (plan, doc);
        todo!()
    }

    /// The signatures held for a document.
    pub fn tips(&self, plan: PlanId, doc: DocId) -> Vec<(ChainId, Tip)> {
        let _ = (plan, doc);
        todo!()
    }

    /// Number and hash of the last edit held of a chain: what the next one of this device's own must follow.
    pub fn last(&self, plan: PlanId, doc: DocId, chain: ChainId) -> Option<(Seq, EditHash)> {
        let _ = (plan, doc, chain);
        todo!()
    }
}
