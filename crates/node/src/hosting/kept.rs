//! Who knocks, as it is kept: what is written down of them, who is shown, and when a knock is over.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Statement};
use seal::{DeviceId, PersonId, PlanId, Signature, Time};
use serde::{Deserialize, Serialize};

use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::{Hands, Then, now},
    knock::{self, No},
    limits,
    news::News,
};

/// The group of records that hold knocks.
pub(crate) const GROUP: &str = "knock";

/// Somebody who waits to be let in.
pub(crate) struct Waiting {
    pub(crate) join: Statement,
    pub(crate) secret: [u8; 32],
    pub(crate) nonce: [u8; 32],
    pub(crate) since: Time,
    pub(crate) origin: Origin,
    /// The member's device that passed their knock on, as long as this program runs.
    pub(crate) through: Option<DeviceId>,
}

/// How it is known who knocks, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Origin {
    /// With a ticket that anybody may have picked up: two people compare four words.
    Ticket,
    /// With a ticket handed over under a code that two people told each other: nothing is left to compare.
    Code,
    /// They were sent away. It is remembered as long as their invitation stands, so that they do not ask again and again.
    Declined,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    bytes: Vec<u8>,
    signature: Signature,
    secret: [u8; 32],
    nonce: [u8; 32],
    since: Time,
    origin: Origin,
}

impl Waiting {
    fn keep(&self) -> Vec<u8> {
        let Waiting { join, secret, nonce, since, origin, through: _ } = self;
        let (bytes, signature) = (join.bytes().to_vec(), join.signature());
        seal::encode(&Kept { bytes, signature, secret: *secret, nonce: *nonce, since: *since, origin: *origin })
    }

    pub(super) fn promise(&self) -> [u8; 32] {
        knock::promise(self.join.bytes(), &self.secret)
    }
}

/// Knocks as they were kept.
pub(super) fn recall(records: BTreeMap<String, Vec<u8>>) -> BTreeMap<(PlanId, PersonId), Waiting> {
    let mut knocks = BTreeMap::new();
    for value in records.into_values() {
        let kept = seal::decode(&value, 2 * seal::STATEMENT_BYTES);
        let Ok(Kept { bytes, signature, secret, nonce, since, origin }) = kept else { continue };
        // Checked like a stranger's: a Join is small, and this way nothing unsigned is ever shown.
        let Ok(join) = Statement::read(&bytes, signature) else { continue };
        let waiting = Waiting { join, secret, nonce, since, origin, through: None };
        knocks.insert((waiting.join.plan(), PersonId::from(waiting.join.id())), waiting);
    }
    knocks
}

pub(super) fn record(plan: PlanId, person: PersonId) -> String {
    format!("{GROUP}/{plan}/{person}")
}

impl Hands {
    /// Writes a knock down, tells of it, and goes on: words are read out only once they will be the same after whatever may
    /// happen here.
    pub(super) fn keep_knock(&mut self, plan: PlanId, waiting: Waiting, then: Then) -> Result<(), No> {
        let person = PersonId::from(waiting.join.id());
        let waiting_now = self.hosting.knocks.keys().filter(|(of, who)| *of == plan && *who != person);
        if waiting_now.count() >= limits::KNOCKS && !self.forget_a_declined(plan) {
            return Err(No::Crowded);
        }
        let mut batch = store::Batch::new();
        batch.record(&record(plan, person), waiting.keep());
        let noted = move |noted: Result<(), Refused>, hands: &mut Hands| {
            if noted.is_ok() {
                hands.knock_is_kept(plan, waiting);
            }
            then(noted, hands);
        };
        self.note(batch, Box::new(noted));
        Ok(())
    }

    fn knock_is_kept(&mut self, plan: PlanId, waiting: Waiting) {
        let person = PersonId::from(waiting.join.id());
        self.forget_earlier_knocks(plan, &waiting.join);
        if let Some(knock) = self.knock(plan, &waiting) {
            self.outbox.put(News::Knock(knock));
        }
        self.hosting.knocks.insert((plan, person), waiting);
    }

    /// A device knocks once: whoever mistyped their name, or came back with their ticket another day, is not two people.
    fn forget_earlier_knocks(&mut self, plan: PlanId, join: &Statement) {
        let earlier = |(of, who): &&(PlanId, PersonId), waiting: &Waiting| {
            *of == plan && waiting.join.issuer() == join.issuer() && *who != PersonId::from(join.id())
        };
        let knocks = self.hosting.knocks.iter();
        let earlier: Vec<PersonId> =
            knocks.filter(|(key, waiting)| earlier(key, waiting)).map(|((_, who), _)| *who).collect();
        let mut batch = store::Batch::new();
        for who in earlier {
            self.hosting.knocks.remove(&(plan, who));
            batch.forget(&record(plan, who));
        }
        if !batch.is_empty() {
            self.keeper.keep(batch, None);
        }
    }

    fn knock(&self, plan: PlanId, waiting: &Waiting) -> Option<ask::Knock> {
        let Act::Join(join) = waiting.join.act() else { return None };
        let invites = self.sync.ledger(plan)?.invites();
        let invited = invites.into_iter().find(|invited| invited.invite.key == join.invite)?;
        let (invite, parts) = (invited.invite, self.hosting.meant.parts(invited.id));
        Some(ask::Knock {
            plan,
            person: waiting.join.id().into(),
            device: waiting.join.issuer(),
            name: join.person.name.clone(),
            relationship: join.person.relationship.clone(),
            organisation: join.person.organisation.clone(),
            role: invite.role,
            standing: Some(invite.standing),
            invite: invite.key,
            since: waiting.since,
            words: None,
            known: waiting.origin == Origin::Code,
            until: invite.until,
            parts,
        })
    }

    /// Who waits. Their words are not among it: they are read out by the one who knocks.
    pub(crate) fn knocks(&self, plan: PlanId) -> Result<Vec<ask::Knock>, Refused> {
        let ledger = self.ledger(plan)?;
        let waits = |(of, person): &(PlanId, PersonId), waiting: &Waiting| {
            *of == plan && waiting.origin != Origin::Declined && ledger.person(*person).is_none()
        };
        let waiting = self.hosting.knocks.iter().filter(|(key, waiting)| waits(key, waiting));
        Ok(waiting.filter_map(|(_, waiting)| self.knock(plan, waiting)).collect())
    }

    /// Tells whoever waited here when this device was closed, and goes on with them.
    pub(crate) fn tell_knocks(&mut self, plan: PlanId) {
        let Ok(knocks) = self.knocks(plan) else { return };
        knocks.into_iter().for_each(|knock| self.outbox.put(News::Knock(knock)));
    }

    /// Knocks that came to their end: let in, or their invitation is used, over or gone.
    pub(crate) fn forget_knocks(&mut self, plan: PlanId) {
        if !self.hosting.knocks.keys().any(|(of, _)| *of == plan) {
            return;
        }
        let Some(ledger) = self.sync.ledger(plan) else { return };
        let (at, invites) = (now(), ledger.invites());
        let over = |waiting: &Waiting| {
            let Act::Join(join) = waiting.join.act() else { return true };
            let invited = invites.iter().find(|invited| invited.invite.key == join.invite);
            invited.is_none_or(|invited| invited.used_by.is_some() || invited.invite.expires < at)
        };
        let ended: BTreeSet<PersonId> = self
            .hosting
            .knocks
            .iter()
            .filter(|((of, _), waiting)| *of == plan && over(waiting))
            .map(|((_, person), _)| *person)
            .collect();
        for person in ended {
            self.forget_knock(plan, person);
        }
    }

    /// Lets go of a knock, and says so.
    pub(super) fn forget_knock(&mut self, plan: PlanId, person: PersonId) {
        let Some(waiting) = self.hosting.knocks.remove(&(plan, person)) else { return };
        let mut batch = store::Batch::new();
        batch.forget(&record(plan, person));
        self.keeper.keep(batch, None);
        if waiting.origin != Origin::Declined {
            self.outbox.put(News::KnockOver { plan, person });
        }
    }

    /// Sends somebody away who knocks: here, and wherever their knock was passed on.
    pub(crate) fn decline(&mut self, ask: ask::Decline, reply: Reply<()>) {
        let ask::Decline { plan, person } = ask;
        let waiting = self.hosting.knocks.get_mut(&(plan, person)).filter(|it| it.origin != Origin::Declined);
        let Some(waiting) = waiting else { return reply.say(Err(Refused::NoSuchKnock)) };
        waiting.origin = Origin::Declined;
        let mut batch = store::Batch::new();
        batch.record(&record(plan, person), waiting.keep());
        self.keeper.keep(batch, Some(reply));
        self.outbox.put(News::KnockOver { plan, person });
        self.send_away(plan, person, No::Declined);
        self.send_away_elsewhere(plan, person, No::Declined);
    }

    /// Whether this device's person, or their device under another name, was sent away with this invitation.
    pub(super) fn was_declined(&self, plan: PlanId, join: &Statement) -> bool {
        let invite = |join: &Statement| match join.act() {
            Act::Join(asks) => Some(asks.invite),
            _ => None,
        };
        let same = |waiting: &Waiting| waiting.join.issuer() == join.issuer() && invite(&waiting.join) == invite(join);
        let mut knocks = self.hosting.knocks.iter();
        knocks.any(|((of, _), waiting)| *of == plan && waiting.origin == Origin::Declined && same(waiting))
    }

    /// Makes room where those who were sent away take it: the one who came first goes. Says whether there was one.
    pub(super) fn forget_a_declined(&mut self, plan: PlanId) -> bool {
        let declined = self.hosting.knocks.iter();
        let declined = declined.filter(|((of, _), waiting)| *of == plan && waiting.origin == Origin::Declined);
        let Some(person) = declined.min_by_key(|(_, it)| it.since).map(|((_, person), _)| *person) else {
            return false;
        };
        self.forget_knock(plan, person);
        true
    }
}
