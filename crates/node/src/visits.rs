//! The end of a visit, on the guest's own device: it forgets what it was lent.
//!
//! No rule reads the hour; each device looks at its own clock, the guest's too. That others send nothing more, and who
//! signs the end, is theirs. What the guest wrote and nobody else has is not thrown away with it: the plan stays until
//! somebody of the circle has flushed it, for some days.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Graph, Ledger};
use seal::{ChainId, DeviceId, DocId, PersonId, PlanId, Time};
use sync::{End, Frontier, Link};
use tokio::time::Instant;

use crate::{
    error::Refused,
    hands::{Hands, now},
    joining, keeper, limits,
    news::News,
    reach,
};

/// When it was last looked whether a visit is over.
#[derive(Default)]
pub(crate) struct Visits {
    looked: Option<Instant>,
    /// Plans that are being forgotten.
    going: BTreeSet<PlanId>,
}

impl Hands {
    /// Forgets plans whose visit is over.
    pub(crate) fn tend_visits(&mut self) {
        if self.visits.looked.is_some_and(|looked| looked.elapsed() < limits::VISITS_LOOK) {
            return;
        }
        self.visits.looked = Some(Instant::now());
        let at = now();
        let over = |plan: &PlanId| {
            let ends = self.sync.ledger(*plan).and_then(|ledger| visit_ends(ledger, self.device));
            let waits = |until: Time| until.plus(limits::VISIT_STAYS) > at && self.has_words_alone(*plan);
            ends.is_some_and(|until| until <= at && !waits(until))
        };
        let over: Vec<PlanId> = self.sync.plans().filter(over).collect();
        for plan in over {
            self.forget_plan(plan);
        }
    }

    /// Whether this device wrote something in a plan that, as far as it was told, is flushed nowhere else.
    fn has_words_alone(&self, plan: PlanId) -> bool {
        let Some(ledger) = self.sync.ledger(plan) else { return false };
        let marks = self.sync.marks(plan);
        let is_mine = |doc: DocId, chain: ChainId| {
            ledger.author(doc, chain).is_some_and(|(author, _)| author.device == self.device)
        };
        ledger.documents().any(|document| {
            let here = self.sync.frontier(plan, document.id);
            let has = |of: &BTreeMap<DocId, Frontier>, chain: ChainId, ends: &[End]| {
                of.get(&document.id).is_some_and(|there| there.ends(chain).last() >= ends.last())
            };
            let mine = here.chains().filter(|(chain, _)| is_mine(document.id, *chain));
            let mut alone = mine.filter(|(chain, ends)| !marks.values().any(|of| has(of, *chain, ends)));
            alone.next().is_some()
        })
    }

    /// Lets go of everything of a plan, here and on the disk, and says whether that went well.
    fn forget_plan(&mut self, plan: PlanId) {
        if !self.keeper.has_room() || !self.visits.going.insert(plan) {
            return;
        }
        // Whoever is connected over another plan as well meets again at once, and finds this one gone.
        let links: Vec<u64> = self.links.streams.keys().map(|stream| stream.0).collect();
        for link in links {
            self.part(Link(link), None);
        }
        let alone = self.devices_of_no_other(plan);
        let docs: Vec<DocId> = (self.sync.ledger(plan).into_iter())
            .flat_map(|ledger| ledger.documents().map(|document| document.id).collect::<Vec<_>>())
            .collect();
        self.sync.forget_plan(plan);
        self.open.retain(|(of, _), _| *of != plan);
        self.stale.retain(|(of, _)| *of != plan);
        self.renewing.retain(|(of, _)| *of != plan);
        self.tasting.retain(|(of, _), _| *of != plan);
        let snapshots = std::mem::take(&mut self.snapshots);
        for ((of, doc), (snapshot, reply)) in snapshots {
            if of == plan {
                reply.say(Err(Refused::NoSuchPlan));
            } else {
                self.snapshots.insert((of, doc), (snapshot, reply));
            }
        }
        let mut batch = store::Batch::new();
        batch.forget(&format!("{}/{plan}", joining::GROUP));
        for record in self.hosting.forget(plan) {
            batch.forget(&record);
        }
        for device in alone {
            self.links.reach.forget(device);
            batch.forget(&reach::record(device));
        }
        self.keeper.keep(batch, None);
        // What was attached first: as long as the words are here, whoever opens this home knows that it is not done yet.
        let number = self.unsaved.await_note(Box::new(move |gone, hands| hands.forgotten_files(plan, gone)));
        self.forget_files(plan, &docs, number);
    }

    fn forgotten_files(&mut self, plan: PlanId, gone: Result<(), Refused>) {
        if gone.is_err() || !self.keeper.has_room() {
            return self.forgotten(plan, gone.and(Err(Refused::Busy)));
        }
        let number = self.unsaved.await_note(Box::new(move |gone, hands| hands.forgotten(plan, gone)));
        self.keeper.give(keeper::Job::Forget(number, plan));
    }

    fn forgotten(&mut self, plan: PlanId, gone: Result<(), Refused>) {
        self.visits.going.remove(&plan);
        if let Err(why) = gone {
            tracing::warn!(%why, "a plan whose visit is over could not be forgotten");
        }
        self.outbox.put(News::VisitEnded { plan, forgotten: gone.is_ok() });
    }

    /// Devices that are in this circle and in none of the others here.
    fn devices_of_no_other(&self, plan: PlanId) -> BTreeSet<DeviceId> {
        let devices =
            |of: PlanId| self.sync.ledger(of).into_iter().flat_map(|ledger| ledger.devices().map(|(id, _)| id));
        let others: BTreeSet<DeviceId> = self.sync.plans().filter(|of| *of != plan).flat_map(devices).collect();
        devices(plan).filter(|device| !others.contains(device)).collect()
    }
}

/// When the visit of this device's holder ends, if they are in this circle for one; also after somebody signed its end.
fn visit_ends(ledger: &Ledger, device: DeviceId) -> Option<Time> {
    if let Some(person) = ledger.person_of(device).and_then(|me| ledger.person(me)) {
        return person.until;
    }
    let circle = ledger.since(Graph::Circle, &[]);
    let mine: BTreeSet<PersonId> = (circle.iter())
        .filter(|statement| matches!(statement.act(), Act::Join(_)) && statement.issuer() == device)
        .map(|statement| statement.id().into())
        .collect();
    let last = circle.iter().rev().find_map(|statement| match statement.act() {
        Act::Confirm(confirm) if mine.contains(&confirm.join.into()) => Some(confirm.until),
        _ => None,
    });
    last.flatten()
}
