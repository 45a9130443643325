//! The links between one document's edits, and which of them count.

use std::collections::BTreeSet;

use seal::{DocId, Edit, EditHash};

use crate::ledger::Ledger;

/// How one document's edits hang together: chains, numbers and what each builds on. Holds no words.
#[derive(Debug, Clone, Default)]
pub struct Edits {}

/// What became of an edit's links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// They are taken in.
    New,
    /// They were here.
    Known,
    /// Something it builds on is not here; nothing was taken in.
    Early,
}

/// Which edits of a document count. What does not is held back, not lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    held: BTreeSet<EditHash>,
}

impl Edits {
    /// Takes in the links of an admitted edit, after everything it builds on.
    pub fn add(&mut self, edit: &Edit) -> Linked {
        todo!()
    }

    /// Which of these edits count, by the rules of "When an edit counts".
    pub fn counted(&self, ledger: &Ledger, doc: DocId) -> Counted {
        todo!()
    }

    /// Whether an edit is here.
    pub fn has(&self, hash: &EditHash) -> bool {
        todo!()
    }

    /// How many are here.
    pub fn len(&self) -> usize {
        todo!()
    }

    /// Whether none is here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Counted {
    /// Whether an edit that was among those weighed counts.
    pub fn counts(&self, hash: &EditHash) -> bool {
        !self.held.contains(hash)
    }

    /// What is held back.
    pub fn held(&self) -> &BTreeSet<EditHash> {
        &self.held
    }

    /// Whether nothing is held back, as nearly always.
    pub fn all(&self) -> bool {
        self.held.is_empty()
    }
}
