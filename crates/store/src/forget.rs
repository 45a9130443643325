//! Forgetting a plan: a visit has ended, and what was lent for it must not stay.
//!
//! What is dropped from the file lies in freed pages, sealed, until they are written over; compacting the file gives most
//! of them back to the disk. Copies hold what the file held, so they go too; the next is made without it.

use std::io;

use redb::CompactionError;
use seal::{DocId, PlanId};

use crate::{
    copies,
    data::Data,
    error::{Fault, KeepError},
    fence::fenced,
    layout::{self, Key},
    store::Store,
};

impl Store {
    /// Drops everything that is kept of a plan, here, in the copies, and in what was put aside when one was put back. Can be asked for again if it fails on the way.
    pub fn forget(&mut self, plan: PlanId) -> Result<(), KeepError> {
        // The copies first: as long as the file holds the plan, whoever opens it knows that this is not done yet.
        if let Some(held) = &self.held {
            for copy in copies::list(&held.home.copies())? {
                copies::remove(&copy.path)?;
                copies::remove(&copy.path.with_extension("key"))?;
            }
            held.home.forget_old()?;
        }
        self.data.forget(plan)
    }
}

impl Data {
    fn forget(&mut self, plan: PlanId) -> Result<(), KeepError> {
        let sealer = self.sealer.clone();
        let docs: Vec<DocId> =
            self.plans.get(&plan).map(|shelf| shelf.docs.keys().copied().collect()).unwrap_or_default();
        let mut groups: Vec<Key> = Vec::new();
        for doc in docs {
            groups.extend([sealer.edits(plan, doc), sealer.tips(plan, doc), sealer.milestones(plan, doc)]);
            groups.push(sealer.snapshot(plan, doc));
        }
        groups.extend([sealer.statements(plan), sealer.docs(plan), sealer.plan(plan)]);
        self.write(|table| {
            for group in &groups {
                table.retain_in(group.as_slice()..layout::after(group).as_slice(), |_, _| false)?;
            }
            Ok(())
        })?;
        self.plans.remove(&plan);
        self.compact()
    }

    /// Gives freed pages back to the disk.
    pub(crate) fn compact(&mut self) -> Result<(), KeepError> {
        // As in `write`: after an error nothing is written until the file was opened again.
        self.stopped = true;
        fenced(|| self.db_mut().compact().map(drop).map_err(refused))?;
        self.stopped = false;
        Ok(())
    }
}

fn refused(error: CompactionError) -> Fault {
    match error {
        CompactionError::Storage(cause) => cause.into(),
        // Somebody reads, a copy for instance: it is tried again with the next forgetting.
        other => Fault::Io(io::Error::other(other.to_string())),
    }
}
