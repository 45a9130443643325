//! Meeting somebody: Hello, Proof, and what is said first once both have proved themselves.

use std::collections::BTreeSet;

use seal::{DeviceId, PlanId, Time};

use crate::{
    allowance::Allowance,
    files::Line,
    greeting::Greeting,
    io::{Because, Link, NetworkKey, Nonce, Output, Show},
    limits::{COST_ASKING, COST_SIGNATURE},
    machine::{Session, Sync},
    meeting::{Meeting, Stage},
    message::{Circle, Hello, Message, Proof},
    until::Hours,
};

impl Sync {
    pub(crate) fn met(&mut self, link: Link, nonce: Nonce, ours: NetworkKey, theirs: NetworkKey, now: Time) {
        let greeting = Greeting::new(ours, theirs, nonce, now);
        let hello = greeting.hello(self.plans.keys().copied());
        let allowance = Allowance::new(now);
        let (meetings, files) = (Default::default(), Line::new(now));
        let session = Session { greeting, meetings, allowance, undrained: 0, frames: 0, files };
        self.links.insert(link, session);
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
        match self.stage_of(plan, device, now) {
            Stage::Known => return self.welcome(link, plan, now),
            Stage::Former => return self.take_leave(link, plan),
            Stage::Stranger => {}
        }
        // A newcomer that somebody else let in knows who belongs, and shows how it came.
        if let Some(nth) = self.nth(link, plan) {
            self.tell(link, &Message::Who(nth));
        }
    }

    fn stage_of(&self, plan: PlanId, device: DeviceId, now: Time) -> Stage {
        let Some(held) = self.plans.get(&plan) else { return Stage::Stranger };
        match held.ledger.once_of(device) {
            _ if held.belongs(device, now) => Stage::Known,
            Some(_) => Stage::Former,
            None => Stage::Stranger,
        }
    }

    /// They had a place once. They are told what they may know of, so that they say what else they hold.
    fn take_leave(&mut self, link: Link, plan: PlanId) {
        let Some(nth) = self.nth(link, plan) else { return };
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return;
        };
        meeting.stage = Stage::Former;
        meeting.docs.clear();
        meeting.unsaid.clear();
        meeting.giving.clear();
        let Some(held) = self.plans.get(&plan) else { return };
        let known = held.farewell_sample(meeting.device);
        self.tell(link, &Message::Circle(Circle { plan: nth, known }));
        self.bring_statements(link, plan);
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
            self.bring_statements(link, plan);
        }
        Ok(())
    }

    /// Statements were taken in: who was a stranger may belong now, who belonged may not, and what could not be used
    /// before is asked for again.
    pub(crate) fn circle_changed(&mut self, plan: PlanId, now: Time) {
        let Some(held) = self.plans.get_mut(&plan) else { return };
        held.hours = Hours::read(&held.ledger);
        self.changed.shelves.extend(held.shelves.keys().map(|doc| (plan, *doc)));
        self.stir_files(plan);
        let links: Vec<Link> = self.links.keys().copied().collect();
        for link in links {
            self.believe(link, plan);
            let Some(meeting) = self.meeting(link, plan) else { continue };
            meeting.mend(now);
            let (stage, device) = (meeting.stage, meeting.device);
            match (stage, self.stage_of(plan, device, now)) {
                (Stage::Stranger | Stage::Former, Stage::Known) => {
                    self.welcome(link, plan, now);
                    self.answer(link, plan, now);
                }
                (Stage::Known, Stage::Former | Stage::Stranger) => {
                    if let Some(Some(_)) = self.meeting(link, plan).map(|meeting| meeting.place.take()) {
                        self.out.push_back(Output::Show(Show::Presence(plan, device, None)));
                    }
                    self.changed.online.insert(plan);
                    self.take_leave(link, plan);
                    self.tell_near(plan);
                }
                (Stage::Stranger, Stage::Former) => self.take_leave(link, plan),
                (Stage::Stranger, Stage::Stranger)
                | (Stage::Former, Stage::Former | Stage::Stranger)
                | (Stage::Known, Stage::Known) => {}
            }
        }
    }
}
