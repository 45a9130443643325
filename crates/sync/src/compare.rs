//! Finding out what the other lacks: first one digest, then one for each document, then frontiers; or frontiers at once
//! where they are short.

use std::collections::{BTreeMap, BTreeSet};

use seal::{DocId, PlanId, StatementId, Time};

use crate::{
    held::{digest, digest_all},
    io::{Because, Link},
    limits::{COST_ASKING, FRAME_DOCS, STATES_AT_ONCE},
    machine::Sync,
    meeting::{Theirs, Told},
    message::{Circle, Digest, Docs, Each, Message, State, States},
};

impl Sync {
    /// Says what this device holds of a plan.
    pub(crate) fn compare(&mut self, link: Link, plan: PlanId) {
        let Some(nth) = self.nth(link, plan) else { return };
        let Some(held) = self.plans.get(&plan) else { return };
        let known = held.sample();
        let states = self.states(link, plan);
        self.tell(link, &Message::Circle(Circle { plan: nth, known }));
        let all = digest_all(&states);
        let at_once = Message::States(States { plan: nth, whole: true, docs: states });
        let (message, told) = match &at_once {
            Message::States(states) if seal::encode(states).len() <= STATES_AT_ONCE => (at_once, Told::States),
            _ => (Message::Docs(Docs { plan: nth, all }), Told::Digest),
        };
        self.tell(link, &message);
        if let Some(meeting) = self.meeting(link, plan) {
            meeting.told = told;
        }
    }

    /// The states of all documents that both may read, as they stand here.
    fn states(&mut self, link: Link, plan: PlanId) -> Vec<State> {
        let (me, now) = (self.id, self.now);
        let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { return Vec::new() };
        let Some(held) = self.plans.get(&plan) else { return Vec::new() };
        held.shared(me, device, now).into_iter().map(|doc| held.state(doc)).collect()
    }

    pub(crate) fn hear_circle(
        &mut self,
        link: Link,
        plan: PlanId,
        known: Vec<StatementId>,
        now: Time,
    ) -> Result<(), Because> {
        self.charge(link, COST_ASKING, now)?;
        if let Some(meeting) = self.meeting(link, plan) {
            meeting.circle = Some(known.into_iter().collect());
        }
        self.bring_statements(link, plan);
        // Who knows that it has no place here any more is told of no document, so nothing else would make it offer what it wrote
        // before it knew.
        if self.plans.get(&plan).is_some_and(|held| held.ledger.person_of(self.id).is_none()) {
            self.bring_all(link, plan, now);
        }
        Ok(())
    }

    pub(crate) fn hear_docs(&mut self, link: Link, plan: PlanId, all: Digest, now: Time) -> Result<(), Because> {
        self.charge(link, COST_ASKING, now)?;
        let Some(meeting) = self.meeting(link, plan) else { return Ok(()) };
        if !meeting.is_known() {
            // Answered once they are known to be of the circle.
            meeting.digest = Some(all);
            return Ok(());
        }
        let states = self.states(link, plan);
        if digest_all(&states) == all {
            self.are_equal(link, plan, &states);
            if let Some(meeting) = self.meeting(link, plan) {
                meeting.compared = true;
            }
            self.bring_statements(link, plan);
            return Ok(());
        }
        self.tell_each(link, plan, &states);
        Ok(())
    }

    /// One digest for each document, in as many frames as that takes.
    fn tell_each(&mut self, link: Link, plan: PlanId, states: &[State]) {
        let Some(nth) = self.nth(link, plan) else { return };
        let docs: Vec<(DocId, Digest)> = states.iter().map(|state| (state.doc, digest(state))).collect();
        let (most, last) = docs.split_at(docs.len().saturating_sub(1) / FRAME_DOCS * FRAME_DOCS);
        for docs in most.chunks(FRAME_DOCS) {
            self.tell(link, &Message::Each(Each { plan: nth, whole: false, docs: docs.to_vec() }));
        }
        self.tell(link, &Message::Each(Each { plan: nth, whole: true, docs: last.to_vec() }));
        if let Some(meeting) = self.meeting(link, plan) {
            meeting.told = Told::Each;
        }
    }

    pub(crate) fn hear_each(&mut self, link: Link, plan: PlanId, each: &Each, now: Time) -> Result<(), Because> {
        self.charge(link, COST_ASKING, now)?;
        if !self.is_known(link, plan) {
            return Ok(());
        }
        let mut ours: BTreeMap<DocId, State> =
            self.states(link, plan).into_iter().map(|state| (state.doc, state)).collect();
        let Some(held) = self.plans.get(&plan) else { return Ok(()) };
        let (mut equal, mut different, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        for (doc, theirs) in &each.docs {
            match ours.remove(doc) {
                Some(state) if digest(&state) == *theirs => equal.push(state),
                Some(state) => {
                    asked.push(*doc);
                    different.push(state);
                }
                // Known, and one of the two may not read it: of that nothing is told.
                None if held.ledger.document(*doc).is_some() => {}
                // They say nothing more of what is not here: they bring it.
                None => different.push(State { doc: *doc, heads: Vec::new(), frontier: Default::default() }),
            }
        }
        self.are_equal(link, plan, &equal);
        let Some(meeting) = self.meeting(link, plan) else { return Ok(()) };
        meeting.compared |= each.whole;
        let told = meeting.told;
        if told != Told::States {
            for doc in asked {
                meeting.docs.entry(doc).or_insert(Theirs::Asked);
            }
            self.tell_states(link, plan, different);
        }
        // One digest told them only that something differs. Of what does not they would never hear.
        if told == Told::Digest && each.whole {
            let states = self.states(link, plan);
            self.tell_each(link, plan, &states);
        }
        self.bring_statements(link, plan);
        if each.whole {
            for doc in ours.into_keys() {
                self.bring_edits(link, plan, doc, now);
            }
        }
        Ok(())
    }

    pub(crate) fn hear_states(&mut self, link: Link, plan: PlanId, states: &States, now: Time) -> Result<(), Because> {
        self.charge(link, COST_ASKING, now)?;
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return Ok(());
        };
        let Some(held) = self.plans.get_mut(&plan) else { return Ok(()) };
        meeting.hear_of(held, &states.docs);
        meeting.compared |= states.whole;
        for state in &states.docs {
            if !held.mark_anew(meeting.device, state.doc, &state.frontier) {
                meeting.said(state.doc, &state.frontier);
            }
        }
        self.changed.marks.insert(plan);
        if states.whole {
            self.bring_all(link, plan, now);
        } else {
            self.bring_statements(link, plan);
            for state in &states.docs {
                self.bring_edits(link, plan, state.doc, now);
            }
        }
        Ok(())
    }

    /// Says how far this device has come in some documents.
    fn tell_states(&mut self, link: Link, plan: PlanId, states: Vec<State>) {
        let Some(nth) = self.nth(link, plan) else { return };
        let mut frame: Vec<State> = Vec::new();
        let mut size = 0;
        for state in states {
            let len = seal::encode(&state).len();
            if size + len > STATES_AT_ONCE && !frame.is_empty() {
                self.tell(link, &Message::States(States { plan: nth, whole: false, docs: std::mem::take(&mut frame) }));
                size = 0;
            }
            size += len;
            frame.push(state);
        }
        if !frame.is_empty() {
            self.tell(link, &Message::States(States { plan: nth, whole: false, docs: frame }));
        }
    }

    /// Documents of which they could not use something are told of again, so that they see what is lacking here.
    pub(crate) fn ask_about_gaps(&mut self, link: Link, plan: PlanId, now: Time) {
        let Some(meeting) = self.meeting(link, plan) else { return };
        let (device, known) = (meeting.device, meeting.is_known());
        let due: BTreeSet<DocId> = meeting.due_gaps(now).into_iter().collect();
        let Some(held) = self.plans.get(&plan) else { return };
        if !known || due.is_empty() {
            return;
        }
        let states = held
            .shared(self.id, device, now)
            .into_iter()
            .filter(|doc| due.contains(doc))
            .map(|doc| held.state(doc))
            .collect();
        self.tell_states(link, plan, states);
    }

    fn are_equal(&mut self, link: Link, plan: PlanId, states: &[State]) {
        let Some(meeting) = self.meeting(link, plan) else { return };
        let device = meeting.device;
        for state in states {
            meeting.docs.insert(state.doc, Theirs::at(&state.heads, &state.frontier));
        }
        let Some(held) = self.plans.get_mut(&plan) else { return };
        for state in states {
            held.mark_anew(device, state.doc, &state.frontier);
        }
        self.changed.marks.insert(plan);
    }

    /// Believes what was said before it was known that they may read it.
    pub(crate) fn believe(&mut self, link: Link, plan: PlanId) {
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return;
        };
        let Some(held) = self.plans.get_mut(&plan) else { return };
        let device = meeting.device;
        let before = meeting.said.len();
        meeting.said.retain(|doc, frontier| !held.mark(device, *doc, frontier));
        if meeting.said.len() < before {
            self.changed.marks.insert(plan);
        }
    }

    pub(crate) fn is_known(&mut self, link: Link, plan: PlanId) -> bool {
        self.meeting(link, plan).is_some_and(|meeting| meeting.is_known())
    }

    pub(crate) fn charge(&mut self, link: Link, points: i64, now: Time) -> Result<(), Because> {
        let Some(session) = self.links.get_mut(&link) else { return Ok(()) };
        session.allowance.take(points, now).map_err(|_| Because::Flood)
    }
}
