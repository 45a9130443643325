//! To the door and back: an edit goes there once everything it builds on has been there, and waits until then.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::repeat,
};

use seal::{Admitted, ChainId, DeviceId, DocId, EditHash, PlanId, Refusal, Time, Tip, Verified};

use crate::{
    frontier::{End, Frontier},
    io::{Because, Link, Output, Show},
    limits::{WAITING_BYTES_OF_ALL, WEIGH_AT_ONCE},
    machine::Sync,
    meeting::{Meeting, Waiter},
    message::{Message, Saved},
    planted::Planted,
    shelf::{Recount, Weighing},
};

/// What is on its way to the door, and through which links came what is on its way to the disk.
#[derive(Debug, Default)]
pub(crate) struct Doors {
    ready: BTreeMap<(PlanId, DocId), Vec<Verified>>,
    pub(crate) came: BTreeMap<(PlanId, DocId, ChainId), BTreeSet<Link>>,
}

impl Doors {
    /// Nothing of this plan is on its way any more.
    pub(crate) fn forget(&mut self, plan: PlanId) {
        self.ready.retain(|(of, _), _| *of != plan);
        self.came.retain(|(of, ..), _| *of != plan);
    }
}

impl Sync {
    /// Takes an edit whose signature holds to the door, or lets it wait for what it builds on. Whatever waited for it
    /// goes with it.
    pub(crate) fn offer(
        &mut self,
        link: Option<Link>,
        plan: PlanId,
        doc: DocId,
        verified: Verified,
        tip: Option<Tip>,
        now: Time,
    ) {
        let mut offered = vec![(link, verified, tip)];
        while let Some((link, verified, tip)) = offered.pop() {
            let edit = verified.edit();
            let (hash, chain, seq) = (edit.hash(), edit.chain(), edit.seq());
            let Some(held) = self.plans.get_mut(&plan) else { return };
            let shelf = held.shelves.entry(doc).or_default();
            if shelf.has(&hash) {
                if let Some(tip) = tip.filter(|tip| shelf.needs(chain, tip)) {
                    self.saves.tip(plan, doc, chain, tip);
                }
                continue;
            }
            if let Some(weighing) = shelf.weighing(&hash) {
                weighing.tip = tip.or(weighing.tip);
                continue;
            }
            if shelf.is_refused(edit) {
                shelf.refuse(hash);
                offered.extend(self.release(plan, doc, hash));
                continue;
            }
            let missing = edit.after().iter().find(|hash| !shelf.is_weighing(hash) && !shelf.has(hash)).copied();
            if let Some(missing) = missing {
                self.wait(link, plan, doc, missing, Waiter { verified, tip }, now);
                continue;
            }
            shelf.weigh(hash, Weighing { chain, seq, tip, from: link });
            self.doors.ready.entry((plan, doc)).or_default().push(verified);
            offered.extend(self.release(plan, doc, hash));
        }
    }

    // What nobody sent waits for nothing: it was brought after everything it builds on, or not at all.
    fn wait(&mut self, link: Option<Link>, plan: PlanId, doc: DocId, missing: EditHash, waiter: Waiter, now: Time) {
        let Some(link) = link else { return };
        let Some(meeting) = self.meeting(link, plan) else { return };
        let (hash, tip) = (waiter.verified.edit().hash(), waiter.tip);
        if meeting.waiting.holds(doc, hash) {
            if let Some(tip) = tip {
                meeting.waiting.sign(doc, hash, tip);
            }
            return;
        }
        self.make_room_to_wait(now);
        let Some(meeting) = self.meeting(link, plan) else { return };
        if !meeting.waiting.wait(doc, missing, waiter) {
            meeting.gap(doc, now);
        }
        // What it builds on may be what was declined.
        meeting.ask_again(doc, now);
    }

    /// Whoever lets most wait makes room, by however many connections, and all who are not of the circle count as one: anybody
    /// can be many of those, and whoever speaks may be honest. They go on from their frontier when they come again.
    pub(crate) fn make_room_to_wait(&mut self, now: Time) {
        let whose = |meeting: &Meeting| meeting.is_known().then_some(meeting.device);
        while self.waiting_bytes() >= WAITING_BYTES_OF_ALL {
            let meetings = || {
                let all = self.links.iter().flat_map(|(link, session)| session.meetings.values().zip(repeat(*link)));
                all.map(|(meeting, link)| (meeting.waiting_bytes(), whose(meeting), link))
            };
            let mut of_each: BTreeMap<Option<DeviceId>, usize> = BTreeMap::new();
            for (bytes, whose, _) in meetings() {
                *of_each.entry(whose).or_default() += bytes;
            }
            let most = meetings().max_by_key(|(bytes, whose, _)| (of_each[whose], *whose, *bytes));
            let Some((_, _, link)) = most else { return };
            self.part(link, Because::Slow, now);
        }
    }

    /// Bytes of edits that wait, whoever sent them.
    pub(crate) fn waiting_bytes(&self) -> usize {
        let meetings = self.links.values().flat_map(|session| session.meetings.values());
        meetings.map(Meeting::waiting_bytes).sum()
    }

    /// Edits that came without a link, in a file or made on this device by somebody else's key: each after what it builds on,
    /// with the signatures that lie on them. They count like any others; what this device may not read is left out.
    pub(crate) fn brought(&mut self, plan: PlanId, doc: DocId, edits: Vec<(Verified, Option<Tip>)>, now: Time) {
        for (verified, tip) in edits {
            let Some(held) = self.plans.get(&plan) else { return };
            let known = held.ledger.may_read(doc, self.id) && held.ledger.knows_rules(doc);
            let author = held.ledger.author(doc, verified.edit().chain()).filter(|_| known);
            if author.is_some_and(|(author, _)| author.device != self.id) {
                self.offer(None, plan, doc, verified, tip, now);
            }
        }
    }

    /// Those that waited for an edit, whoever sent them.
    fn release(&mut self, plan: PlanId, doc: DocId, hash: EditHash) -> Vec<(Option<Link>, Verified, Option<Tip>)> {
        let mut released = Vec::new();
        for (link, session) in &mut self.links {
            let Some(meeting) = session.meetings.get_mut(&plan) else { continue };
            let waiters = meeting.waiting.release(doc, hash).into_iter();
            released.extend(waiters.map(|waiter| (Some(*link), waiter.verified, waiter.tip)));
        }
        if Planted::WaitingForgotten.is_on() {
            released.truncate(1);
        }
        released
    }

    /// Outputs for what is ready, in pieces of a bounded size.
    pub(crate) fn send_to_the_door(&mut self) {
        for ((plan, doc), edits) in std::mem::take(&mut self.doors.ready) {
            let mut edits = edits.into_iter().peekable();
            while edits.peek().is_some() {
                self.out.push_back(Output::Weigh(plan, doc, edits.by_ref().take(WEIGH_AT_ONCE).collect()));
            }
        }
    }

    pub(crate) fn weighed(
        &mut self,
        plan: PlanId,
        doc: DocId,
        results: Vec<Result<Admitted, (EditHash, Refusal)>>,
        now: Time,
    ) {
        for result in results {
            let hash = match &result {
                Ok(admitted) => admitted.edit().hash(),
                Err((hash, _)) => *hash,
            };
            let Some(held) = self.plans.get_mut(&plan) else { return };
            let weighing = held.shelf(doc).weighed(&hash);
            match result {
                Ok(admitted) => {
                    self.admit(
                        plan,
                        doc,
                        admitted,
                        weighing.and_then(|weighing| weighing.from),
                        weighing.and_then(|w| w.tip),
                        now,
                    );
                }
                // What it builds on was refused meanwhile, or the door and this shelf differ: it may come again.
                Err((_, Refusal::Early)) => {
                    let from = weighing.and_then(|weighing| weighing.from);
                    if let Some(meeting) = from.and_then(|from| self.meeting(from, plan)) {
                        meeting.gap(doc, now);
                    }
                }
                Err((_, Refusal::Shape | Refusal::Size | Refusal::Meaning | Refusal::Bounds | Refusal::Unreadable)) => {
                    held.shelf(doc).refuse(hash)
                }
            }
        }
        self.weigh_on(plan, doc, now);
        self.settle_whole(plan, doc);
    }

    /// An edit may be shown from now on, and is kept; acknowledged and passed on only once it is flushed.
    pub(crate) fn admit(
        &mut self,
        plan: PlanId,
        doc: DocId,
        admitted: Admitted,
        from: Option<Link>,
        tip: Option<Tip>,
        now: Time,
    ) {
        let Some(held) = self.plans.get_mut(&plan) else { return };
        let (chain, hash) = (admitted.edit().chain(), admitted.edit().hash());
        if held.shelf(doc).place(admitted.clone()) {
            self.saves.edit(plan, doc, admitted);
            self.changed.shelves.insert((plan, doc));
            let came = self.doors.came.entry((plan, doc, chain)).or_default();
            came.extend(from);
        }
        if let Some(tip) = tip {
            self.saves.tip(plan, doc, chain, tip);
            if Planted::AcknowledgedBeforeSaved.is_on() {
                self.acknowledge_early(plan, doc, chain, End { seq: tip.seq, hash });
            }
        }
        for (link, verified, tip) in self.release(plan, doc, hash) {
            self.offer(link, plan, doc, verified, tip, now);
        }
    }

    fn acknowledge_early(&mut self, plan: PlanId, doc: DocId, chain: ChainId, end: End) {
        for link in self.known(plan) {
            if let Some(nth) = self.nth(link, plan) {
                let frontier = Frontier::new([(chain, end)]);
                self.tell(link, &Message::Saved(Saved { plan: nth, doc, frontier }));
            }
        }
    }

    /// Shows what counts now and did not before.
    pub(crate) fn recount(&mut self, plan: PlanId, doc: DocId, mine: &BTreeSet<EditHash>) {
        let Some(held) = self.plans.get_mut(&plan) else { return };
        let Some(shelf) = held.shelves.get_mut(&doc) else { return };
        let before = shelf.holds_back_in_all();
        let recount = shelf.recount(&held.ledger, doc, mine);
        if shelf.holds_back_in_all() != before {
            self.out.push_back(Output::Show(Show::Held(plan, doc)));
        }
        if shelf.takes_more(&held.ledger, doc) {
            let now = self.now;
            for session in self.links.values_mut() {
                if let Some(meeting) = session.meetings.get_mut(&plan) {
                    meeting.ask_again(doc, now);
                }
            }
        }
        let show = match recount {
            Recount::Same => return,
            Recount::More(edits) => Show::Edits(plan, doc, edits),
            Recount::Less => Show::Rebuild(plan, doc),
        };
        self.out.push_back(Output::Show(show));
    }
}
