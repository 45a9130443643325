//! The door: what is asked of an edit from elsewhere before anything is done with it, and of our own before they are
//! signed. It holds no document, only a small index of what was let in.
//!
//! The rules are our own, over the edit and its past: automerge's behaviour is no part of them, because it differs
//! between versions and between orders of arrival. Shape is read in `chunk`, `code` and `operation`, meaning in `meaning`.

pub(crate) mod chunk;
pub(crate) mod code;
mod index;
mod meaning;
pub(crate) mod operation;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wild;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use seal::{DocId, Door, Edit, Refusal};

pub use chunk::{head, is_one_document, written_at};

use self::{chunk::Chunk, index::Index, meaning::Fitting, operation::Unfit};

/// Bytes that are no index of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an index of a document")]
pub struct BadIndex;

/// The version of an index's bytes.
const VERSION: u8 = 1;

/// Bytes of an index: about a hundred for an edit, of which a document has a hundred thousand before it is turned over.
const INDEX_BYTES: usize = 64 * 1024 * 1024;

/// The index of every document this device holds: all the door needs to weigh the next edit.
#[derive(Debug, Default)]
pub struct House {
    documents: BTreeMap<DocId, Index>,
}

impl House {
    /// A house with nothing in it.
    pub fn new() -> House {
        House::default()
    }

    /// A document's index as bytes, to be kept beside its snapshot; none if nothing of it was let in.
    pub fn export(&self, doc: DocId) -> Option<Vec<u8>> {
        self.documents.get(&doc).map(|index| seal::encode(&(VERSION, index)))
    }

    /// Takes back what [`House::export`] made, from this device's own store, in place of weighing those edits again.
    pub fn import(&mut self, doc: DocId, bytes: &[u8]) -> Result<(), BadIndex> {
        let (version, index): (u8, Index) = seal::decode(bytes, INDEX_BYTES).map_err(|_| BadIndex)?;
        if version != VERSION {
            return Err(BadIndex);
        }
        self.documents.insert(doc, index.mend().ok_or(BadIndex)?);
        Ok(())
    }

    /// Takes over what another house knows, of documents of its own.
    pub fn join(&mut self, other: House) {
        self.documents.extend(other.documents);
    }

    /// Forgets a document.
    pub fn forget(&mut self, doc: DocId) {
        self.documents.remove(&doc);
    }

    /// How many edits of a document were let in.
    pub fn edits(&self, doc: DocId) -> usize {
        self.documents.get(&doc).map_or(0, |index| index.entries.len())
    }
}

impl Door for House {
    /// Weighs one edit: first its shape, then its meaning, and only then does automerge read it. What was let in before is
    /// let in again.
    fn weigh(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let index = self.documents.entry(edit.doc()).or_default();
        if index.find(&edit.hash()).is_some() {
            return Ok(());
        }
        // Nothing changes before all of it is known to fit, so a bug of ours in here costs one edit and not the door.
        let judged = catch_unwind(AssertUnwindSafe(|| judge(index, edit)));
        let (chunk, fitting) = judged.unwrap_or(Err(Refusal::Unreadable))?;
        meaning::remember(index, &chunk, fitting);
        Ok(())
    }
}

fn judge<'a>(index: &Index, edit: &'a Edit) -> Result<(Chunk<'a>, Fitting), Refusal> {
    let chunk = Chunk::of(edit).ok_or(Refusal::Shape)?;
    let operations = operation::read(&chunk).map_err(|unfit| match unfit {
        Unfit::Shape => Refusal::Shape,
        Unfit::Size => Refusal::Size,
    })?;
    let fitting = meaning::weigh(index, &chunk, &operations, edit.bytes().len())?;
    if is_read_by_automerge(edit, operations.len()) { Ok((chunk, fitting)) } else { Err(Refusal::Unreadable) }
}

// The last step, and no part of the rules: what passed them is meant to be readable, and a miss is a bug of ours.
fn is_read_by_automerge(edit: &Edit, operations: usize) -> bool {
    let read = automerge::Change::from_bytes(edit.bytes().to_vec());
    read.is_ok_and(|change| change.len() == operations && change.raw_bytes() == &edit.bytes()[..])
}
