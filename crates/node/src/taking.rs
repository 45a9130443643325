//! Taking in a plan that was brought whole, without a connection: its statements, its edits, and the words of whoever this
//! device is one more device of.
//!
//! It goes the way of everything that comes from elsewhere: statements into the ledger, edits past the door, files under their
//! hash, all to the disk.

use std::collections::BTreeSet;

use circle::{Ledger, LinkDevice, Placed, Statement, draft};
use seal::{DeviceKey, DocId, PersonId, PlanId};
use sync::Input;

use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::{Hands, now},
};

/// A plan whose edits are at the door or on their way to the disk.
pub(crate) struct Taking {
    restored: ask::Restored,
    docs: BTreeSet<DocId>,
    reply: Reply<ask::Restored>,
}

impl Hands {
    /// Takes a plan in, linked to it by the words.
    pub(crate) fn take_in(&mut self, ask: ask::TakeIn, reply: Reply<ask::Restored>) {
        let ask::TakeIn { mut statements, edits, files, words, device_name } = ask;
        let linked = self.link_by_words(&statements, &words.key(), device_name);
        let (restored, link) = match linked {
            Err(refused) => return reply.say(Err(refused)),
            Ok(linked) => linked,
        };
        statements.push(link);
        let bring = move |saved: Result<(), Refused>, hands: &mut Hands| match saved {
            Err(why) => reply.say(Err(why)),
            Ok(()) => {
                hands.keep_brought(restored.plan, files);
                let docs = edits.iter().map(|(doc, _)| *doc).collect();
                for (doc, edits) in edits {
                    hands.handle(Input::Brought { plan: restored.plan, doc, edits });
                }
                hands.taking.push(Taking { restored, docs, reply });
                hands.tend_taking();
            }
        };
        let issue = move |held: Result<(), Refused>, hands: &mut Hands| match held {
            Err(why) => bring(Err(why), hands),
            Ok(()) => hands.issue(statements, Box::new(bring)),
        };
        self.hold_sheets(restored.plan, words, None, Box::new(issue));
    }

    /// Answers whoever waits for a plan of which everything has been weighed and flushed.
    pub(crate) fn tend_taking(&mut self) {
        for taking in std::mem::take(&mut self.taking) {
            let plan = taking.restored.plan;
            if taking.docs.iter().all(|doc| self.sync.is_at_rest(plan, *doc)) {
                taking.reply.say(Ok(taking.restored));
            } else {
                self.taking.push(taking);
            }
        }
    }

    fn link_by_words(
        &self,
        statements: &[Statement],
        words: &DeviceKey,
        device_name: String,
    ) -> Result<(ask::Restored, Statement), Refused> {
        let (found, rest) = statements.split_first().ok_or(Refused::Malformed)?;
        let mut ledger = Ledger::new(found.clone()).ok_or(Refused::Malformed)?;
        if self.sync.ledger(ledger.plan()).is_some() {
            return Err(Refused::AlreadyIn);
        }
        let fits = |placed: &Placed| matches!(placed, Placed::New(_) | Placed::Known | Placed::Knock);
        if !ledger.place_all(rest.iter().cloned()).iter().all(fits) {
            return Err(Refused::Malformed);
        }
        let person = ledger.whose_words(words.id()).ok_or(Refused::UnknownWords)?;
        let link = self.sign_link(&ledger, words, person, device_name)?;
        Ok((ask::Restored { plan: ledger.plan(), person }, link))
    }

    /// What the words sign to make this device one more of their holder's.
    pub(crate) fn sign_link(
        &self,
        ledger: &Ledger,
        words: &DeviceKey,
        person: PersonId,
        name: String,
    ) -> Result<Statement, Refused> {
        let plan: PlanId = ledger.plan();
        let proof = draft::agree_to_link(&self.key, plan, person, words.id());
        let link = LinkDevice { device: self.device, name, opens: self.key.opening(), proof };
        let body = draft::link_device(ledger, words.id(), now(), link).map_err(|_| Refused::NotAllowed)?;
        Statement::sign(words, body).map_err(|_| Refused::Malformed)
    }
}
