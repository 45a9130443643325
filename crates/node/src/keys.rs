//! Documents' keys: a new one is signed by the first device that may and learns that it is owed, and who came later is given
//! the keys there are.
//!
//! What is owed follows from the statements, so a crash cannot forget it. Whoever made it so signs in the same turn; everybody
//! else gives them time, and each other, one after another. Two who sign all the same do no harm: one key seals, both open.
//!
//! A key that was wrapped to this device as rubbish is owed anew as well: nobody else can see that it does not open here.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Body, Ledger, NoKey, Statement, draft::Hindrance};
use seal::{DeviceId, DeviceKey, DocId, EpochId, EpochKey, PlanId};
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::{
    ask,
    error::Refused,
    hands::{Hands, dice, now},
    limits,
    owed::nobody_waits,
    writing::Draft,
};

/// When this device signs what is owed.
#[derive(Default)]
pub(crate) struct Turns {
    /// Plans that this device changed itself since it was last asked what is owed.
    own: BTreeSet<PlanId>,
    /// Plans in which something is owed, and when it is this device's turn.
    due: BTreeMap<PlanId, Instant>,
    /// The key of a document that was found to open here last: it is not tried again.
    opens: BTreeMap<(PlanId, DocId), EpochId>,
    /// How often a key was replaced that did not open here, in this run.
    replaced: BTreeMap<(PlanId, DocId), usize>,
}

impl Turns {
    /// This device says something that may make a key owed: it does not wait for others to mend that.
    pub(crate) fn said(&mut self, statements: &[Statement]) {
        let changes_readers = |statement: &&Statement| match statement.act() {
            Act::Confirm(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::NewDocument(_)
            | Act::Share(_)
            | Act::Unshare(_)
            | Act::Refuse(_) => true,
            Act::Found(_)
            | Act::Invite(_)
            | Act::Join(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::Renew(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_)
            | Act::Unknown { .. } => false,
        };
        self.own.extend(statements.iter().filter(changes_readers).map(Statement::plan));
    }

    /// Several devices say the same by themselves at the same hour: none of them is the first.
    pub(crate) fn said_by_all(&mut self, plan: PlanId) {
        self.own.remove(&plan);
    }

    /// Whether the key of a document does not open here and is to be replaced: not for ever, since somebody could wrap rubbish
    /// for ever.
    fn is_spoilt(&mut self, ledger: &Ledger, key: &DeviceKey, doc: DocId) -> bool {
        let at = (ledger.plan(), doc);
        let Some(live) = ledger.live_key(doc).filter(|live| self.opens.get(&at) != Some(live)) else { return false };
        match circle::open_key(ledger, key, doc, live) {
            Ok(_) => {
                self.opens.insert(at, live);
                false
            }
            Err(NoKey::Spoilt) => self.replaced.get(&at).is_none_or(|times| *times < limits::SPOILT_KEYS),
            Err(NoKey::Owed | NoKey::NotHere) => false,
        }
    }
}

impl Hands {
    /// Signs what keys a plan owes, or sees to it that somebody does.
    pub(crate) fn keys_owed(&mut self, plan: PlanId) {
        let own = self.turns.own.remove(&plan);
        let owed = self.docs_owed(plan);
        if owed.is_empty() {
            self.turns.due.remove(&plan);
        } else if own {
            self.sign_keys(plan, &owed);
        } else if !self.turns.due.contains_key(&plan) {
            let wait = limits::KEY_TURN * self.place_in_line(plan, &owed);
            self.turns.due.insert(plan, Instant::now() + wait);
        }
    }

    /// Signs what is still owed where it is this device's turn.
    pub(crate) fn tend_keys(&mut self) {
        let at = Instant::now();
        let due: Vec<PlanId> = self.turns.due.iter().filter(|(_, due)| **due <= at).map(|(plan, _)| *plan).collect();
        for plan in due {
            self.turns.due.remove(&plan);
            let owed = self.docs_owed(plan);
            self.sign_keys(plan, &owed);
        }
    }

    /// The documents where something is owed that this device could sign.
    fn docs_owed(&mut self, plan: PlanId) -> Vec<DocId> {
        let Some(ledger) = self.sync.ledger(plan) else { return Vec::new() };
        let (turns, key) = (&mut self.turns, &self.key);
        let docs = ledger.documents().map(|document| document.id).filter(|doc| ledger.may_edit(*doc, key.id()));
        docs.filter(|doc| owes(ledger, *doc, key.id()) || turns.is_spoilt(ledger, key, *doc)).collect()
    }

    /// How many turns this device waits: of those that are here and could sign as well, the lowest goes first.
    fn place_in_line(&self, plan: PlanId, owed: &[DocId]) -> u32 {
        let Ok(ledger) = self.ledger(plan) else { return 1 };
        let others: BTreeSet<DeviceId> = self.sync.online(plan).into_iter().collect();
        let could =
            |device: &&DeviceId| **device < self.device && owed.iter().any(|doc| ledger.may_edit(*doc, **device));
        let before = others.iter().filter(could).count().min(limits::KEY_TURNS);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Signs for one document after another, as long as it takes no time that anybody would notice; the rest waits a turn.
    fn sign_keys(&mut self, plan: PlanId, owed: &[DocId]) {
        let Ok(mut draft) = self.draft(plan) else { return };
        for doc in owed {
            if draft.wrapped() >= limits::WRAPS_AT_ONCE {
                self.turns.due.insert(plan, Instant::now());
                break;
            }
            if draft.sign_keys(*doc) == Replaced::Spoilt {
                *self.turns.replaced.entry((plan, *doc)).or_default() += 1;
            }
        }
        self.issue(draft.statements, nobody_waits());
    }

    /// Opens the key that this device would seal with.
    pub(crate) fn open_live_key(&self, ask: ask::LiveKey) -> Result<EpochId, Refused> {
        let ask::LiveKey { plan, doc } = ask;
        self.live_key(plan, doc).map(|key| key.id())
    }

    fn live_key(&self, plan: PlanId, doc: DocId) -> Result<EpochKey, Refused> {
        let ledger = self.ledger(plan)?;
        ledger.document(doc).ok_or(Refused::NoSuchDocument)?;
        if !ledger.may_read(doc, self.device) {
            return Err(Refused::NotAllowed);
        }
        circle::live_key(ledger, &self.key, doc).map_err(|why| match why {
            NoKey::Owed | NoKey::NotHere | NoKey::Spoilt => Refused::NoKey,
        })
    }
}

/// What became of a document's key.
#[derive(PartialEq, Eq)]
enum Replaced {
    /// It stands, or there was none.
    No,
    /// It did not open here.
    Spoilt,
}

/// Whether a document owes a key that this device could sign: a new one, or one it was given itself for who lacks it.
fn owes(ledger: &Ledger, doc: DocId, device: DeviceId) -> bool {
    let has = |epoch| ledger.wrapped(doc, epoch, device).next().is_some();
    ledger.key_owed(doc) || ledger.lacking(doc).into_iter().any(|(epoch, _)| has(epoch))
}

impl Draft {
    /// Signs a new key if one is owed or does not open here, and passes those there are on to who lacks them.
    fn sign_keys(&mut self, doc: DocId) -> Replaced {
        let live = self.ledger.live_key(doc);
        let spoilt = |epoch| matches!(circle::open_key(&self.ledger, &self.key, doc, epoch), Err(NoKey::Spoilt));
        let replaced = if live.is_some_and(spoilt) { Replaced::Spoilt } else { Replaced::No };
        if live.is_none() || replaced == Replaced::Spoilt {
            let body = circle::begin_epoch(&self.ledger, self.device(), now(), doc, &throw());
            if !self.say_if_it_helps(body, |ledger| ledger.live_key(doc).is_some_and(|now| Some(now) != live)) {
                return replaced;
            }
        }
        for (epoch, without) in self.ledger.lacking(doc) {
            // In a circle of more devices than fit, the first statement leaves some out.
            for _ in 0..without.len().div_ceil(circle::limits::WRAPS) {
                let body = circle::pass_on(&self.ledger, &self.key, now(), doc, epoch, &throw());
                let Some(body) = body else { break };
                let before = lacking(&self.ledger, doc, epoch);
                if !self.say_if_it_helps(body, |ledger| lacking(ledger, doc, epoch) < before) {
                    return replaced;
                }
            }
        }
        replaced
    }

    /// Says a statement about a key only if it comes to something; what comes to nothing would be said again and again. Whoever
    /// hears that it does not says nothing more in that document: this ledger has seen what is not said.
    fn say_if_it_helps(&mut self, body: Result<Body, Hindrance>, helps: impl Fn(&Ledger) -> bool) -> bool {
        let before = self.statements.len();
        match self.say(body) {
            Ok(_) if helps(&self.ledger) => return true,
            Ok(_) => self.statements.truncate(before),
            Err(refused) => tracing::warn!(%refused, "a key that is owed cannot be signed"),
        }
        false
    }

    /// How many keys were wrapped for what is said here.
    fn wrapped(&self) -> usize {
        let wraps = |statement: &Statement| match statement.act() {
            Act::NewKey(key) => key.wraps.len(),
            _ => 0,
        };
        self.statements.iter().map(wraps).sum()
    }
}

fn lacking(ledger: &Ledger, doc: DocId, epoch: EpochId) -> usize {
    ledger.lacking(doc).iter().find(|(of, _)| *of == epoch).map_or(0, |(_, without)| without.len())
}

fn throw() -> Zeroizing<[u8; 32]> {
    Zeroizing::new(dice())
}
