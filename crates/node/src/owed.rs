//! What this device does by itself when the circle has changed or an hour has struck: it signs the Keeps that its person owes,
//! ends what was given until now, opens a new chapter where its own words do not count any more, and signs new keys.
//!
//! Nothing of it is remembered: what is owed follows from the statements, so a crash cannot forget it.

use seal::{DocId, PlanId};
use sync::Over;

use crate::{
    ask,
    hands::{Hands, Then},
};

impl Hands {
    /// Does what the statements of a plan ask of this device.
    pub(crate) fn do_what_is_owed(&mut self, plan: PlanId) {
        self.overdue.retain(|(of, _)| *of != plan);
        self.keep_owed(plan);
        self.renew_open(plan);
        self.keys_owed(plan);
    }

    /// Of documents of this device's person: what it had seen when it learned that somebody lost something there.
    fn keep_owed(&mut self, plan: PlanId) {
        let Ok(ledger) = self.ledger(plan) else { return };
        let docs = ledger.documents().map(|document| document.id);
        let owed: Vec<DocId> = docs.filter(|doc| ledger.keep_owed(*doc, self.device)).collect();
        if owed.is_empty() {
            return;
        }
        let Ok(mut draft) = self.draft(plan) else { return };
        for doc in owed {
            if let Err(refused) = self.keep_seen_of(&mut draft, plan, doc) {
                tracing::warn!(?doc, %refused, "a Keep that is owed cannot be signed");
            }
        }
        self.issue(draft.statements, nobody_waits());
    }

    /// Somebody looks at a document and may write there, but not on the chapter of before.
    pub(crate) fn renew_open(&mut self, plan: PlanId) {
        let open: Vec<DocId> = self.open.keys().filter(|(of, _)| *of == plan).map(|(_, doc)| *doc).collect();
        for doc in open {
            self.end_copy(plan, doc);
            if self.chain(plan, doc).is_none() {
                // Where it may not write it is told so by the chapter that is missing.
                let _ = self.writable(plan, doc);
            }
        }
    }

    /// Signs the end of what was given until an hour that has passed, where this device may. Several who do it do no harm.
    pub(crate) fn end_what_is_over(&mut self) {
        let plans: Vec<PlanId> = self.sync.plans().collect();
        for plan in plans {
            for over in self.sync.over(plan) {
                // Once for each thing: whoever may not, may not a quarter of a second later either.
                if self.overdue.insert((plan, over)) {
                    self.end(plan, over);
                }
            }
        }
    }

    fn end(&mut self, plan: PlanId, over: Over) {
        let said = match over {
            Over::Visit(person) => self.remove_person(ask::RemovePerson { plan, person, since: None }),
            Over::Share(doc, who) => {
                // The reason is everybody's to read in their own language: there is none but the hour that was agreed.
                self.unshare(ask::Unshare { plan, doc, who, why: String::new() })
            }
        };
        match said {
            Ok((_, statements)) => {
                self.issue(statements, nobody_waits());
                self.turns.said_by_all(plan);
            }
            Err(refused) => tracing::debug!(%refused, "somebody else signs the end"),
        }
    }
}

pub(crate) fn nobody_waits() -> Then {
    Box::new(|_, _| {})
}
