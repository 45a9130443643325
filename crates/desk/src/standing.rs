//! Why this device may not write in a part, and what it keeps all the same.

use circle::{Access, Graph};
use seal::{DeviceId, DocId, PlanId};

use crate::{desk::Desk, open::notes_of, shelf::Shelf};

/// Why this device may not write in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// It is not of the circle any more: this is the copy it had.
    Apart,
    /// The part is not shared with its person any more: this is the copy it had.
    Ended,
    /// Its person may read it, and propose in their own voice.
    Suggest,
    /// Its person may read it.
    View,
    /// Something in the part is from a newer version of the program.
    Newer,
}

impl Desk {
    /// Why this device may not write in a part; `None` where it may.
    pub fn read_only(&self, plan: PlanId, part: &str) -> Option<ReadOnly> {
        let shelf = self.shelves.get(&plan)?;
        shelf.read_only(shelf.doc(part)?)
    }

    /// The same of one document, of several or of a voice.
    pub fn read_only_in(&self, plan: PlanId, doc: DocId) -> Option<ReadOnly> {
        self.shelves.get(&plan)?.read_only(doc)
    }
}

impl Shelf {
    pub(crate) fn read_only(&self, doc: DocId) -> Option<ReadOnly> {
        if doc == notes_of(self.plan) {
            return None;
        }
        let Some(person) = self.ledger.person_of(self.me) else { return Some(ReadOnly::Apart) };
        match self.ledger.access(doc, person) {
            Access::Nothing => Some(ReadOnly::Ended),
            Access::View => Some(ReadOnly::View),
            Access::Suggest => Some(ReadOnly::Suggest),
            Access::Edit => self.ledger.is_read_only(Graph::Document(doc)).then_some(ReadOnly::Newer),
        }
    }

    /// Whether this device keeps a document that it may not read any more. It holds what was said of it, and nobody is sent
    /// that who never might.
    pub(crate) fn is_kept(&self, doc: DocId, me: DeviceId) -> bool {
        let ledger = &self.ledger;
        !ledger.may_read(doc, me) && ledger.document(doc).is_some() && ledger.once_of(me).is_some()
    }
}
