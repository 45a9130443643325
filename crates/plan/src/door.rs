//! The door: what is asked of an edit from elsewhere before anything is done with it, and of our own before they are
//! signed. It holds no document, only a small index of what was let in.

use seal::{DocId, Door, Edit, Head, NotAnEdit, Refusal};

/// Reads the head of an edit: bounded, and never a panic. The hash is computed from the bytes.
pub fn head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let _ = bytes;
    todo!()
}

/// Bytes that are no index of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an index of a document")]
pub struct BadIndex;

/// The index of every document this device holds: all the door needs to weigh the next edit.
#[derive(Debug, Default)]
pub struct House {}

impl House {
    /// A house with nothing in it.
    pub fn new() -> House {
        House::default()
    }

    /// A document's index as bytes, to be kept beside its snapshot; none if nothing of it was let in.
    pub fn export(&self, doc: DocId) -> Option<Vec<u8>> {
        let _ = doc;
        todo!()
    }

    /// Takes back what [`House::export`] made, from this device's own store, in place of weighing those edits again.
    pub fn import(&mut self, doc: DocId, bytes: &[u8]) -> Result<(), BadIndex> {
        let _ = (doc, bytes);
        todo!()
    }

    /// Forgets a document.
    pub fn forget(&mut self, doc: DocId) {
        let _ = doc;
        todo!()
    }

    /// How many edits of a document were let in.
    pub fn edits(&self, doc: DocId) -> usize {
        let _ = doc;
        todo!()
    }
}

impl Door for House {
    fn weigh(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let _ = edit;
        todo!()
    }
}
