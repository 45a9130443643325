//! Meeting somebody: Hello, Proof, and what is said first once both have proved themselves.

use std::collections::BTreeSet;

use seal::{DeviceId, PlanId, Time};

use crate::{
    allowance::Allowance,
    greeting::Greeting,
    io::{Because, Link, NetworkKey, Nonce},
    limits::{COST_ASKING, COST_SIGNATURE},
    machine::{Session, Sync},
    meeting::{Meeting, Stage},
    message::{Hello, Message, Proof},
};

impl Sync {
    pub(crate) fn met(&mut self, link: Link, nonce: Nonce, ours: NetworkKey, theirs: NetworkKey, now: Time) {
        let greeting = Greeting::new(ours, theirs, nonce, now);
        let hello = greeting.hello(self.plans.keys().copied());
        let allowance = Allowance::new(now);
        self.links.insert(link, Session { greeting, meetings: Default::default(), allowance, undrained: 0 });
        self.tell(link, &Message::Hello(hello));
    }

    /// This device has a plan more: whoever is connected may be in it too, and may have named it before.
    pub(crate) fn greet_again(&mut self) {
        let links: Vec<Link> = self.links.keys().copied().collect();
        for link in links {
            let Some(session) = self.links.get_mut(&link) else { continue };
            let hello = session.greeting.hello(self.plans.keys().copied());
            let proof = session.greeting.prove(&self.me, self.plans.keys().copied());
            self.tell(link, &Message::Hello(hello));
            if let Some(proof) = proof {
                self.tell(link, &Message::Proof(proof));
            }
        }
    }

    pub(crate) fn hear_hello(&mut self, link: Link, hello: Hello) -> Result<(), Because> {
        let Some(session) = self.links.get_mut(&link) else { return Ok(()) };
        let proof = session.greeting.hear_hello(hello, &self.me, self.plans.keys().copied())?;
        if session.greeting.is_fruitless() {
            return Err(Because::NothingInCommon);
        }
        if let Some(proof) = proof {
            self.tell(link, &Message::Proof(proof));
        }
        Ok(())
    }

    pub(crate) fn hear_proof(&mut self, link: Link, proof: &Proof, now: Time) -> Result<(), Because> {
        if self.is_shunned(proof.device, now) {
            return Err(Because::Shunned);
        }
        let Some(session) = self.links.get_mut(&link) else { return Ok(()) };
        let signatures = i64::try_from(proof.plans.len()).unwrap_or(i64::MAX);
        session.allowance.take(signatures.saturating_mul(COST_SIGNATURE), now).map_err(|_| Because::Flood)?;
        let proven = session.greeting.hear_proof(proof, self.plans.keys().copied())?;
        for plan in proven {
            self.open(link, plan, proof.device, now);
        }
        Ok(())
    }

    fn open(&mut self, link: Link, plan: PlanId, device: DeviceId, now: Time) {
        let Some(session) = self.links.get_mut(&link) else { return };
        session.meetings.insert(plan, Meeting::new(device));
        if self.is_of_the_circle(plan, device) {
            return self.welcome(link, plan, now);
        }
        // A newcomer that somebody else let in knows who belongs, and shows how it came.
        if let Some(nth) = self.nth(link, plan) {
            self.tell(link, &Message::Who(nth));
        }
    }

    fn is_of_the_circle(&self, plan: PlanId, device: DeviceId) -> bool {
        self.plans.get(&plan).is_some_and(|held| held.ledger.person_of(device).is_some())
    }

    /// From here it is device to device.
    fn welcome(&mut self, link: Link, plan: PlanId, now: Time) {
        let Some(meeting) = self.meeting(link, plan) else { return };
        meeting.stage = Stage::Known;
        self.changed.online.insert(plan);
        self.compare(link, plan);
        self.tell_near(plan);
        self.say_here(link, plan, now);
    }

    /// Answers what was heard while they were a stranger.
    fn answer(&mut self, link: Link, plan: PlanId, now: Time) {
        self.bring_circle(link, plan);
        self.bring_all(link, plan, now);
        if let Some(all) = self.meeting(link, plan).and_then(|meeting| meeting.digest.take()) {
            // It was paid for when it came.
            let _ = self.hear_docs(link, plan, all, now);
        }
    }

    /// They do not know this device: it shows how it came into the circle.
    pub(crate) fn hear_who(&mut self, link: Link, plan: PlanId, now: Time) -> Result<(), Because> {
        let Some(session) = self.links.get_mut(&link) else { return Ok(()) };
        session.allowance.take(COST_ASKING, now).map_err(|_| Because::Flood)?;
        if let Some(meeting) = self.meeting(link, plan)
            && meeting.circle.is_none()
        {
            meeting.circle = Some(BTreeSet::new());
            self.bring_circle(link, plan);
        }
        Ok(())
    }

    /// Statements were taken in: who was a stranger may belong now, who belonged may not, and what could not be used
    /// before is asked for again.
    pub(crate) fn circle_changed(&mut self, plan: PlanId, now: Time) {
        let Some(held) = self.plans.get(&plan) else { return };
        self.changed.shelves.extend(held.shelves.keys().map(|doc| (plan, *doc)));
        let links: Vec<Link> = self.links.keys().copied().collect();
        for link in links {
            self.believe(link, plan);
            let Some(meeting) = self.meeting(link, plan) else { continue };
            meeting.mend(now);
            let (stage, device) = (meeting.stage, meeting.device);
            match (stage, self.is_of_the_circle(plan, device)) {
                (Stage::Stranger, true) => {
                    self.welcome(link, plan, now);
                    self.answer(link, plan, now);
                }
                (Stage::Known, false) => {
                    if let Some(meeting) = self.meeting(link, plan) {
                        meeting.stage = Stage::Stranger;
                    }
                    self.changed.online.insert(plan);
                }
                (Stage::Stranger, false) | (Stage::Known, true) => {}
            }
        }
    }
}
