//! What was meant with the invitations that were made on this device: which parts whoever comes with one is to see.
//!
//! No statement of the circle may name parts, so no other device knows. Where another one lets them in, this one tells its
//! owner so, who then shares what was meant. What is remembered ends with that.

use std::collections::BTreeMap;

use circle::{Act, Graph, Ledger, Who};
use seal::{DeviceId, DocId, PersonId, PlanId, StatementId, Time};
use serde::{Deserialize, Serialize};

use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::Hands,
    limits,
    news::News,
};

/// The group of records that hold what was meant.
pub(crate) const GROUP: &str = "meant";

/// What was meant with each invitation of this device that nobody has come with yet.
#[derive(Default)]
pub(crate) struct Meant(BTreeMap<StatementId, Invitation>);

struct Invitation {
    kept: Kept,
    /// The owner was told that somebody came with it.
    told: bool,
}

#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    plan: PlanId,
    expires: Time,
    parts: Vec<String>,
}

fn record(invite: StatementId) -> String {
    format!("{GROUP}/{invite}")
}

impl Meant {
    /// What was kept of it.
    pub(crate) fn recall(records: BTreeMap<String, Vec<u8>>) -> Meant {
        let read = |(name, value): (String, Vec<u8>)| {
            let invite = name.strip_prefix(GROUP)?.strip_prefix('/')?.parse().ok()?;
            let kept = seal::decode(&value, value.len()).ok()?;
            Some((invite, Invitation { kept, told: false }))
        };
        Meant(records.into_iter().filter_map(read).collect())
    }

    /// The kinds of parts that were named with an invitation; `None` if it was made on another device.
    pub(crate) fn parts(&self, invite: StatementId) -> Option<Vec<String>> {
        self.0.get(&invite).map(|invitation| invitation.kept.parts.clone())
    }

    /// Lets go of what was meant in a plan: the records that hold it.
    pub(crate) fn forget(&mut self, plan: PlanId) -> Vec<String> {
        self.0.extract_if(.., |_, invitation| invitation.kept.plan == plan).map(|(invite, _)| record(invite)).collect()
    }
}

impl Hands {
    /// Writes down what is meant with an invitation, before anybody hears of it.
    pub(crate) fn remember_meant(&mut self, plan: PlanId, invited: &ask::Invited, parts: Vec<String>) {
        let mut batch = store::Batch::new();
        let meant = &mut self.hosting.meant.0;
        let oldest = meant.iter().min_by_key(|(_, invitation)| invitation.kept.expires).map(|(invite, _)| *invite);
        if let Some(oldest) = oldest.filter(|_| meant.len() >= limits::MEANT) {
            meant.remove(&oldest);
            batch.forget(&record(oldest));
        }
        let kept = Kept { plan, expires: invited.expires, parts };
        batch.record(&record(invited.invite), seal::encode(&kept));
        meant.insert(invited.invite, Invitation { kept, told: false });
        // Kept in order, so it is on the disk before the invitation is.
        self.keeper.keep(batch, None);
    }

    /// Who came with an invitation has what was meant.
    pub(super) fn forget_meant(&mut self, invite: StatementId) {
        if self.hosting.meant.0.remove(&invite).is_some() {
            let mut batch = store::Batch::new();
            batch.forget(&record(invite));
            self.keeper.keep(batch, None);
        }
    }

    /// Tells the owner of everybody who was let in on another device with an invitation made here.
    pub(crate) fn tell_came_in(&mut self, plan: PlanId) {
        let Some(ledger) = self.sync.ledger(plan) else { return };
        let (mut done, mut came) = (Vec::new(), Vec::new());
        for invited in ledger.invites() {
            let Some(invitation) = self.hosting.meant.0.get_mut(&invited.id) else { continue };
            let Some(person) = invited.used_by else { continue };
            if ledger.person(person).is_none() || let_in_by(ledger, person) == Some(self.device) {
                // What was shared here came in one save with the Confirm.
                done.push(invited.id);
            } else if !std::mem::replace(&mut invitation.told, true) {
                let (invite, parts) = (invited.id, invitation.kept.parts.clone());
                let circle::Invite { role, until, .. } = invited.invite;
                came.push(News::CameIn { plan, person, invite, role, parts, until });
            }
        }
        for invite in done {
            self.forget_meant(invite);
        }
        came.into_iter().for_each(|news| self.outbox.put(news));
    }

    /// Shares what was meant with somebody who came in elsewhere, but for what was said about them since.
    pub(crate) fn share_meant(&mut self, ask: ask::ShareMeant, reply: Reply<()>) {
        let ask::ShareMeant { plan, person, invite, shares } = ask;
        let drafted = self.draft(plan).and_then(|mut draft| {
            for share in shares {
                if is_said(&draft.ledger, share.doc, person) {
                    continue;
                }
                match draft.share(Who::Person(person), &share) {
                    // What is not this device's to share an owner shares by hand, as when they are let in here.
                    Ok(_) | Err(Refused::NotAllowed) => {}
                    Err(refused) => return Err(refused),
                }
            }
            Ok(draft.statements)
        });
        let statements = match drafted {
            Ok(statements) => statements,
            Err(refused) => return self.meant_failed(invite, refused, reply),
        };
        let then = move |saved: Result<(), Refused>, hands: &mut Hands| match saved {
            Ok(()) => {
                hands.forget_meant(invite);
                reply.say(Ok(()));
            }
            Err(refused) => hands.meant_failed(invite, refused, reply),
        };
        self.issue(statements, Box::new(then));
    }

    /// It is told again with the next news of the circle.
    fn meant_failed(&mut self, invite: StatementId, refused: Refused, reply: Reply<()>) {
        if let Some(invitation) = self.hosting.meant.0.get_mut(&invite) {
            invitation.told = false;
        }
        reply.say(Err(refused));
    }
}

/// The device that let somebody in.
fn let_in_by(ledger: &Ledger, person: PersonId) -> Option<DeviceId> {
    let confirms = ledger.since(Graph::Circle, &[]).into_iter().filter(|statement| match statement.act() {
        Act::Confirm(confirm) => PersonId::from(confirm.join) == person && ledger.in_effect(statement.id()),
        _ => false,
    });
    confirms.map(circle::Statement::issuer).next()
}

/// Whether anybody said what this person may do with a document.
fn is_said(ledger: &Ledger, doc: DocId, person: PersonId) -> bool {
    ledger.since(Graph::Document(doc), &[]).into_iter().any(|statement| match statement.act() {
        Act::Share(share) => share.who == Who::Person(person),
        Act::Unshare(unshare) => unshare.who == Who::Person(person),
        Act::Refuse(refuse) => refuse.who == Who::Person(person),
        _ => false,
    })
}
