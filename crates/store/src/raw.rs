//! Everything kept of a plan, opened but not believed: for `along verify`, which checks it all from nothing.
//!
//! Unlike recalling, this does not stop at the first damaged record: a verifier names every document that has one.

use seal::{Bytes, ChainId, DocId, PlanId, Signature, Tip};

use crate::{
    data::Data,
    error::{Fault, Place, RecallError},
    recall::{self, KeptStatement},
};

/// One kept thing as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// A statement about the circle or a document.
    Statement {
        /// The signed bytes.
        bytes: Bytes,
        /// The signature.
        signature: Signature,
    },
    /// An edit of a document.
    Edit {
        /// The document it was kept under.
        doc: DocId,
        /// Its bytes.
        bytes: Bytes,
    },
    /// A signature on a chain.
    Tip {
        /// The document it was kept under.
        doc: DocId,
        /// The chain it was kept under.
        chain: ChainId,
        /// The signature and what it lies on.
        tip: Tip,
    },
    /// A record that was altered after it was written. What it held cannot be told; where it belongs can.
    Damaged(Place),
}

impl Data {
    /// Everything of one plan: statements, then each document's edits and tips, in the order they were saved.
    pub(crate) fn raw(&self, plan: PlanId) -> Result<Vec<Raw>, RecallError> {
        let mut all = Vec::new();
        let Some(shelf) = self.plans.get(&plan) else { return Ok(all) };
        self.gather(&self.sealer.statements(plan), Place::Plan(plan), &mut all, |record| {
            let statements = recall::read_statements(record)?.into_iter();
            Ok(statements.map(|KeptStatement { bytes, signature }| Raw::Statement { bytes, signature }).collect())
        })?;
        for doc in shelf.docs.keys().copied() {
            let place = Place::Doc(plan, doc);
            self.gather(&self.sealer.edits(plan, doc), place, &mut all, |record| {
                Ok(recall::read_edits(record)?.into_iter().map(|bytes| Raw::Edit { doc, bytes }).collect())
            })?;
            for group in [self.sealer.tips(plan, doc), self.sealer.milestones(plan, doc)] {
                self.gather(&group, place, &mut all, |record| {
                    let (chain, tips) = recall::read_tips(record)?;
                    Ok(tips.into_iter().map(|tip| Raw::Tip { doc, chain, tip }).collect())
                })?;
            }
        }
        Ok(all)
    }

    fn gather(
        &self,
        group: &[u8],
        place: Place,
        all: &mut Vec<Raw>,
        read: impl Fn(&[u8]) -> Result<Vec<Raw>, Fault>,
    ) -> Result<(), RecallError> {
        let walked = self.each(group, |_, record| {
            match record.and_then(&read) {
                Ok(things) => all.extend(things),
                Err(Fault::Damaged | Fault::Stopped) => all.push(Raw::Damaged(place)),
                Err(Fault::Io(cause)) => return Err(Fault::Io(cause)),
            }
            Ok(())
        });
        match walked {
            Err(Fault::Damaged) => all.push(Raw::Damaged(place)),
            other => other.map_err(|fault| fault.at(place))?,
        }
        Ok(())
    }
}
