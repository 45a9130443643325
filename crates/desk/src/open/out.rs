//! What is written here on its way out: the burst being typed, the edits it becomes, the node that keeps them.

use std::sync::Arc;

use node::{Node, ask};
use seal::{Bytes, ChainId, Time};

use super::{OpenPart, Stage};
use crate::{
    limits::{LONGEST_BURST, PAUSE, PUBLISH},
    refused::Refused,
    worker::Worker,
};

/// Typing that is not an edit yet.
pub(super) struct Burst {
    began: Time,
    last: Time,
}

/// Own edits that are on no disk yet.
pub(super) struct Unsaved {
    chain: ChainId,
    /// The number of the last of them, and how many they are.
    upto: u64,
    edits: u64,
    why: node::Refused,
}

impl OpenPart {
    /// Something was typed.
    pub(crate) fn typed(&mut self, now: Time) {
        let burst = self.burst.get_or_insert(Burst { began: now, last: now });
        burst.last = now;
        self.revision += 1;
        if let Some(away) = &mut self.away {
            away.typed = true;
        }
    }

    /// Ends the burst: what was typed is finished edits, on their way out.
    pub(crate) fn close(&mut self, now: Time) {
        self.burst = None;
        let Stage::Open(document) = &mut self.stage else { return };
        // One that is only read here is often shared.
        if !document.is_open() {
            return;
        }
        let finished = Arc::make_mut(document).close(now);
        if finished.is_empty() {
            return;
        }
        self.edits += finished.len();
        self.unkept += finished.len();
        self.finished += finished.len() as u64;
        if let (Some(held), Some(chain)) = (&mut self.held, self.chain) {
            held.wrote(chain, finished.len());
        }
        self.outbox.extend(finished);
        self.try_again();
    }

    /// Ends the burst if its time has come.
    pub(crate) fn tick(&mut self, now: Time) {
        if self.burst_ends().is_some_and(|end| end <= now) {
            self.close(now);
        }
    }

    /// When the burst ends unless something is typed.
    pub(crate) fn burst_ends(&self) -> Option<Time> {
        self.burst.as_ref().map(|burst| burst.last.plus(PAUSE).min(burst.began.plus(LONGEST_BURST)))
    }

    /// Whether the node has everything written here, as far as it takes it.
    pub(super) fn is_still(&self) -> bool {
        let handed = self.outbox.is_empty() || self.failed.is_some();
        self.burst.is_none() && self.publishing.is_none() && handed
    }

    /// Hands finished edits to the node. While one group is being flushed the next gathers, so flushes carry groups.
    /// Returns whether something became saved, or why it was not.
    pub(crate) fn publish(&mut self, node: &Node, worker: &Worker) -> Option<Result<(), Refused>> {
        if self.notes.is_some() {
            return self.keep(worker);
        }
        let mut news = None;
        if let Some((pending, _)) = &mut self.publishing {
            let answer = pending.take()?;
            let (_, group) = self.publishing.take().expect("it was just there");
            match self.answered(answer, group) {
                Some(Ok(())) => news = Some(Ok(())),
                other => return other,
            }
        }
        if !self.outbox.is_empty() && self.failed.is_none() {
            let group = self.next_group();
            let pending = node.ask(ask::Publish { plan: self.plan, doc: self.doc, edits: group.clone() });
            self.publishing = Some((pending, group));
        }
        news
    }

    /// The first finished edits, of one chain: each group is signed as the chain of its first edit.
    pub(super) fn next_group(&mut self) -> Vec<Bytes> {
        let first = self.outbox.front().and_then(chain_of);
        let many = self.outbox.iter().take(PUBLISH).take_while(|edit| chain_of(edit) == first).count();
        self.outbox.drain(..many).collect()
    }

    pub(super) fn answered(
        &mut self,
        answer: Result<(), node::Refused>,
        group: Vec<Bytes>,
    ) -> Option<Result<(), Refused>> {
        match (answer, self.chain) {
            (Ok(()), _) => {
                self.kept += group.len() as u64;
                Some(Ok(()))
            }
            // The edits go back to the front, and the next tick tries again.
            (Err(node::Refused::Busy), _) => {
                group.into_iter().rev().for_each(|edit| self.outbox.push_front(edit));
                None
            }
            // The node has them and tries again; a full disk must not end the writing.
            (Err(why @ (node::Refused::DiskFull | node::Refused::NotSaved)), Some(chain)) => {
                let edits = self.unsaved.take().map_or(0, |unsaved| unsaved.edits) + group.len() as u64;
                let upto = match &mut self.stage {
                    Stage::Open(document) => {
                        Arc::make_mut(document).reach(chain).saturating_sub(self.outbox.len() as u64)
                    }
                    Stage::Opening | Stage::Unreadable => 0,
                };
                self.unsaved = Some(Unsaved { chain, upto, edits, why });
                Some(Err(Refused::Node(why)))
            }
            // They are tried once more where a new chapter begins; what is refused then, too, will never be taken.
            (Err(refused), Some(chain)) if group.first().is_some_and(|edit| chain_of(edit) != Some(chain)) => {
                self.outbox.clear();
                self.read_anew();
                Some(Err(Refused::Node(refused)))
            }
            (Err(refused), _) => {
                group.into_iter().rev().for_each(|edit| self.outbox.push_front(edit));
                self.failed = Some(Refused::Node(refused));
                Some(Err(Refused::Node(refused)))
            }
        }
    }

    /// Own edits up to this number of a chain are flushed: what could not be at first may be among them.
    pub(crate) fn saved(&mut self, chain: ChainId, upto: u64) {
        if let Some(unsaved) = self.unsaved.take_if(|unsaved| unsaved.chain == chain && unsaved.upto <= upto) {
            self.kept += unsaved.edits;
        }
    }

    /// Why something written here is not flushed, if that is known.
    pub(crate) fn trouble(&self) -> Option<Refused> {
        let unsaved = self.unsaved.as_ref().map(|unsaved| Refused::Node(unsaved.why));
        self.failed.or(unsaved).or(self.notes_trouble())
    }

    /// Whether everything written here is flushed.
    pub(crate) fn is_saved(&self) -> bool {
        let nothing_waits = self.outbox.is_empty() && self.publishing.is_none() && !self.is_packing();
        self.burst.is_none() && nothing_waits && self.trouble().is_none()
    }

    /// Whether finished edits wait for a free place at the node.
    pub(crate) fn wants_publishing(&self) -> bool {
        let wants = self.publishing.is_none() && !self.is_packing() && !self.outbox.is_empty();
        wants && self.failed.is_none() && self.notes_trouble().is_none()
    }
}

/// The chain a finished edit is of.
fn chain_of(edit: &Bytes) -> Option<ChainId> {
    plan::door::head(edit).ok().map(|head| head.chain)
}
