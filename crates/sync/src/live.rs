//! After the flush, and while people write: passing on, acknowledging, saying who else is near and where one is.

use std::collections::{BTreeMap, BTreeSet};

use seal::{Admitted, ChainId, DeviceId, DocId, PlanId, Time};

use crate::{
    io::{Because, Link, Output, SaveId, Show},
    limits::{COST_PRESENCE, GATHER_SAVED, NEAR, PRESENCE, TRUST_IN_SENDER},
    machine::{Session, Sync},
    message::{Message, Near, Presence, Saved},
    planted::Planted,
    presence::Place,
    saves::Content,
};

/// Which chains of which documents grew on disk.
type Grown = BTreeMap<(PlanId, DocId), BTreeSet<ChainId>>;

impl Sync {
    /// This save is flushed: what it held may be acknowledged and passed on.
    pub(crate) fn saved(&mut self, save: SaveId, now: Time) {
        let Some(content) = self.saves.saved(save) else { return };
        if !Planted::ToldBeforeSaved.is_on() {
            self.flushed(content, now);
        }
    }

    pub(crate) fn flushed(&mut self, content: Content, now: Time) {
        let mut grown = Grown::new();
        let mut circles = BTreeSet::new();
        for (plan, statement) in &content.statements {
            circles.insert(*plan);
            if let Some(held) = self.plans.get_mut(plan) {
                held.saved(statement);
            }
        }
        for ((plan, doc), edits) in &content.edits {
            let chains = grown.entry((*plan, *doc)).or_default();
            chains.extend(edits.iter().map(Admitted::edit).map(seal::Edit::chain));
            if let Some(held) = self.plans.get_mut(plan) {
                held.shelf(*doc).flush(edits.len());
            }
        }
        for (plan, doc, chain, tip) in content.tips {
            grown.entry((plan, doc)).or_default().insert(chain);
            let Some(held) = self.plans.get_mut(&plan) else { continue };
            for end in held.shelf(doc).sign(chain, tip) {
                self.saves.spent(plan, doc, chain, end);
            }
        }
        for plan in &circles {
            if let Some(held) = self.plans.get_mut(plan) {
                held.settle();
            }
        }
        self.changed.marks.extend(circles.iter().chain(grown.keys().map(|(plan, _)| plan)));
        for (plan, doc) in grown.keys() {
            self.settle_whole(*plan, *doc);
        }
        self.pass_on(&circles, &grown, now);
    }

    /// Tells everybody who may know of it and is not known to have it.
    fn pass_on(&mut self, circles: &BTreeSet<PlanId>, grown: &Grown, now: Time) {
        let plans: BTreeSet<PlanId> = circles.iter().copied().chain(grown.keys().map(|(plan, _)| *plan)).collect();
        for plan in plans {
            for link in self.known(plan) {
                if circles.contains(&plan) {
                    self.bring_statements(link, plan);
                }
                for ((_, doc), chains) in grown.iter().filter(|((of, _), _)| *of == plan) {
                    self.leave_to_others(link, plan, *doc, chains, now);
                    self.will_say_saved(link, plan, *doc, chains, now);
                    if !circles.contains(&plan) {
                        self.bring_edits(link, plan, *doc, now);
                    }
                }
                if circles.contains(&plan) {
                    self.bring_all(link, plan, now);
                }
                self.say_saved(link, plan, now);
            }
            for link in self.former(plan) {
                if circles.contains(&plan) {
                    self.bring_statements(link, plan);
                }
                for ((_, doc), chains) in grown.iter().filter(|((of, _), _)| *of == plan) {
                    // Of what others brought they hear nothing.
                    let came = |chain: &&ChainId| self.doors.came.get(&(plan, *doc, **chain));
                    let theirs = chains.iter().filter(|chain| came(chain).is_some_and(|by| by.contains(&link)));
                    let theirs: BTreeSet<ChainId> = theirs.copied().collect();
                    if !theirs.is_empty() {
                        self.will_say_saved(link, plan, *doc, &theirs, now);
                    }
                }
            }
        }
        for (plan, doc) in grown.keys() {
            self.doors.came.retain(|(of, at, _), _| of != plan || at != doc);
        }
    }

    /// What came from somebody who is connected to them as well is left to that one, for a while.
    fn leave_to_others(&mut self, link: Link, plan: PlanId, doc: DocId, chains: &BTreeSet<ChainId>, now: Time) {
        let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { return };
        for chain in chains {
            let Some(sources) = self.doors.came.get(&(plan, doc, *chain)) else { continue };
            let is_near = |source: &Link| {
                let meeting = self.links.get(source).and_then(|session| session.meetings.get(&plan));
                meeting.is_some_and(|meeting| meeting.device == device || meeting.near.contains(&device))
            };
            let never = Planted::NeverForwarded.is_on() && !sources.is_empty();
            if (sources.iter().any(is_near) || never)
                && let Some(meeting) = self.meeting(link, plan)
            {
                meeting.later.insert((doc, *chain), now.plus(TRUST_IN_SENDER));
            }
        }
    }

    /// Brings what others should have brought by now, if they have not.
    pub(crate) fn bring_later(&mut self, link: Link, plan: PlanId, now: Time) {
        let Some(meeting) = self.meeting(link, plan) else { return };
        let due: BTreeSet<DocId> =
            meeting.later.iter().filter(|(_, due)| **due <= now).map(|((doc, _), _)| *doc).collect();
        meeting.later.retain(|_, due| *due > now);
        if Planted::NeverForwarded.is_on() {
            return;
        }
        for doc in due {
            self.bring_edits(link, plan, doc, now);
        }
    }

    pub(crate) fn will_say_saved(
        &mut self,
        link: Link,
        plan: PlanId,
        doc: DocId,
        chains: &BTreeSet<ChainId>,
        now: Time,
    ) {
        let Some(meeting) = self.meeting(link, plan) else { return };
        meeting.unsaid.entry(doc).or_default().extend(chains);
        meeting.say_saved.get_or_insert(now.plus(GATHER_SAVED));
    }

    /// Acknowledges what is flushed here, once it is time.
    pub(crate) fn say_saved(&mut self, link: Link, plan: PlanId, now: Time) {
        let Some(nth) = self.nth(link, plan) else { return };
        let Some(meeting) = self.meeting(link, plan) else { return };
        if meeting.say_saved.is_none_or(|due| due > now) {
            return;
        }
        meeting.say_saved = None;
        let (device, mut unsaid) = (meeting.device, std::mem::take(&mut meeting.unsaid));
        while let Some((doc, chains)) = unsaid.pop_first() {
            let Some(held) = self.plans.get(&plan) else { return };
            let may_read = held.may_read(doc, device, now);
            // Who may not read it is told of what they wrote and offered themselves, so that they need not offer it for ever.
            let theirs = |chain: &ChainId| held.ledger.author(doc, *chain).is_some_and(|(by, _)| by.device == device);
            let frontier = held.frontier(doc).only(&chains.into_iter().filter(|it| may_read || theirs(it)).collect());
            if !frontier.is_empty() {
                self.tell(link, &Message::Saved(Saved { plan: nth, doc, frontier }));
            }
            if self.links.get(&link).is_some_and(Session::is_behind) {
                break;
            }
        }
        if let Some(meeting) = self.meeting(link, plan).filter(|_| !unsaid.is_empty()) {
            meeting.unsaid = unsaid;
            meeting.say_saved = Some(now.plus(GATHER_SAVED));
        }
    }

    pub(crate) fn hear_saved(&mut self, link: Link, plan: PlanId, saved: &Saved) -> Result<(), Because> {
        let Some(held) = self.plans.get_mut(&plan) else { return Ok(()) };
        if held.ledger.document(saved.doc).is_none() {
            return Ok(());
        }
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return Ok(());
        };
        meeting.hear_more_of(held, saved.doc, &saved.frontier);
        if !held.mark(meeting.device, saved.doc, &saved.frontier) {
            meeting.said(saved.doc, &saved.frontier);
        }
        self.changed.marks.insert(plan);
        Ok(())
    }

    /// Tells everybody in a plan whom this device is connected to.
    pub(crate) fn tell_near(&mut self, plan: PlanId) {
        let online = self.online(plan);
        for link in self.known(plan) {
            let Some(nth) = self.nth(link, plan) else { continue };
            let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { continue };
            let devices: Vec<DeviceId> = online.iter().filter(|near| **near != device).take(NEAR).copied().collect();
            self.tell(link, &Message::Near(Near { plan: nth, devices }));
        }
    }

    pub(crate) fn hear_near(&mut self, link: Link, plan: PlanId, devices: Vec<DeviceId>) -> Result<(), Because> {
        if let Some(meeting) = self.meeting(link, plan).filter(|meeting| meeting.is_known()) {
            meeting.near = devices.into_iter().collect();
        }
        Ok(())
    }

    /// This device's person is somewhere else.
    pub(crate) fn set_here(&mut self, plan: PlanId, place: Option<Place>, now: Time) {
        match place {
            Some(place) => self.here.insert(plan, place),
            None => self.here.remove(&plan),
        };
        for link in self.known(plan) {
            self.say_here(link, plan, now);
        }
    }

    /// Tells one device where this one's person is, if that is news, and not too often.
    pub(crate) fn say_here(&mut self, link: Link, plan: PlanId, now: Time) {
        let place = self.here.get(&plan).cloned();
        let Some(nth) = self.nth(link, plan) else { return };
        let Some(held) = self.plans.get(&plan) else { return };
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return;
        };
        // Not even that a document exists is told to who may not read it.
        let place = place.filter(|place| held.may_read(place.doc, meeting.device, now));
        meeting.here.due = None;
        if !meeting.is_known() || meeting.here.told == place {
            return;
        }
        if let Some(next) = meeting.here.at.map(|at| at.plus(PRESENCE)).filter(|next| *next > now) {
            meeting.here.due = Some(next);
            return;
        }
        meeting.here.told.clone_from(&place);
        meeting.here.at = Some(now);
        self.tell(link, &Message::Presence(Presence { plan: nth, place }));
    }

    pub(crate) fn hear_presence(
        &mut self,
        link: Link,
        plan: PlanId,
        place: Option<Place>,
        now: Time,
    ) -> Result<(), Because> {
        self.charge(link, COST_PRESENCE, now)?;
        let me = self.id;
        let Some(held) = self.plans.get(&plan) else { return Ok(()) };
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return Ok(());
        };
        let place = place.filter(|place| held.ledger.may_read(place.doc, me));
        if meeting.is_known() && meeting.place != place {
            meeting.place.clone_from(&place);
            self.out.push_back(Output::Show(Show::Presence(plan, meeting.device, place)));
        }
        Ok(())
    }
}
