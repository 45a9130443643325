//! Waiting until every device that can be reached has the same as this one.

use std::collections::BTreeSet;

use seal::{DeviceId, PlanId};
use tokio::time::Instant;

use crate::{ask::Reply, error::Refused, hands::Hands, limits};

/// Somebody waits for a plan to settle.
pub(crate) struct Settling {
    plan: PlanId,
    since: Instant,
    until: Instant,
    /// Since when everything has been the same.
    same_since: Option<Instant>,
    reply: Reply<()>,
}

impl Settling {
    pub(crate) fn new(plan: PlanId, until: Instant, reply: Reply<()>) -> Settling {
        Settling { plan, since: Instant::now(), until, same_since: None, reply }
    }
}

impl Hands {
    /// Answers whoever waits for a plan that has settled, or whose time is over.
    pub(crate) fn tend_settling(&mut self) {
        let at = Instant::now();
        for mut settling in std::mem::take(&mut self.settling) {
            let same = self.is_same_everywhere(settling.plan);
            settling.same_since = same.then(|| settling.same_since.unwrap_or(at));
            let long_enough = settling.same_since.is_some_and(|since| at.duration_since(since) >= limits::SETTLED);
            let tried = !self.links.reach.is_trying() || at.duration_since(settling.since) > limits::SETTLED_DIALS;
            if long_enough && tried {
                settling.reply.say(Ok(()));
            } else if at >= settling.until {
                let nobody = self.sync.online(settling.plan).is_empty();
                settling.reply.say(if same {
                    Ok(())
                } else {
                    Err(if nobody { Refused::NobodyThere } else { Refused::Late })
                });
            } else {
                self.settling.push(settling);
            }
        }
    }

    /// Whether at least one device is here, and those that are have flushed what this device has, and it what they have.
    fn is_same_everywhere(&self, plan: PlanId) -> bool {
        let (Some(ledger), online) = (self.sync.ledger(plan), self.sync.online(plan)) else { return false };
        if online.is_empty() {
            return false;
        }
        let marks = self.sync.marks(plan);
        ledger.documents().all(|document| {
            let doc = document.id;
            let readers: BTreeSet<DeviceId> =
                online.iter().copied().filter(|device| ledger.may_read(doc, *device)).collect();
            if !ledger.may_read(doc, self.device) || readers.is_empty() {
                return true;
            }
            let ours = self.sync.frontier(plan, doc);
            let covered = |device: &DeviceId| {
                let theirs = marks.get(device).and_then(|docs| docs.get(&doc));
                theirs.is_none_or(|theirs| {
                    theirs.chains().all(|(chain, ends)| {
                        let last = ours.ends(chain).iter().map(|end| end.seq).max();
                        ends.iter().all(|end| last >= Some(end.seq))
                    })
                })
            };
            self.sync.is_saved(plan, doc)
                && readers.is_subset(&self.sync.saved_with(plan, doc))
                && readers.iter().all(covered)
        })
    }
}
