//! The doors of a world: the real one, and a small one that refuses some edits whatever the order they come in.

use std::collections::BTreeSet;

use seal::{Door, Edit, EditHash, Refusal};

use super::edit::Kind;

/// A peer's door.
pub enum Gate {
    /// Lets in what builds on what it let in, but for one edit in sixteen.
    Small(BTreeSet<EditHash>),
    /// The real door.
    Real(Box<plan::door::House>),
}

impl Gate {
    pub fn new(kind: Kind) -> Gate {
        match kind {
            Kind::Small => Gate::Small(BTreeSet::new()),
            Kind::Real => Gate::Real(Box::new(plan::door::House::new())),
        }
    }
}

impl Door for Gate {
    fn weigh(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match self {
            Gate::Real(house) => house.weigh(edit),
            Gate::Small(known) => {
                if !edit.after().iter().all(|hash| known.contains(hash)) {
                    return Err(Refusal::Early);
                }
                if edit.hash().as_bytes()[7].is_multiple_of(16) {
                    return Err(Refusal::Meaning);
                }
                known.insert(edit.hash());
                Ok(())
            }
        }
    }
}
