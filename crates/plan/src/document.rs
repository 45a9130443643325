//! One open part: what a screen reads and writes, on automerge.
//!
//! A document's maker creates all its texts, lists and sets in the first edits, because an object made twice hides one
//! of the two. A record's maker does the same for the record. What came later is created by its first writer, and
//! readers look at all values of a key.

use automerge::AutoCommit;
use seal::{Admitted, Bytes, ChainId, DocId, EditHash, ItemId, Time};

use crate::{
    cursor::Cursor,
    part::{List, Part},
    path::{FieldPath, ListPath},
    touched::Touched,
    value::{BadValue, Shown, Value},
};

/// Why a write was not made. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No chain is set: this device may not write here, or has not said as whom.
    #[error("this device does not write here")]
    NotWriting,
    /// There is no such field or list in this part or record.
    #[error("no such field")]
    NoField,
    /// There is no such record.
    #[error("no such item")]
    NoItem,
    /// A position beyond the end of the text.
    #[error("beyond the end of the text")]
    Beyond,
    /// The field cannot hold this.
    #[error(transparent)]
    Value(#[from] BadValue),
}

/// Why a document could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The saved form cannot be read; the edits still can.
    #[error("the saved document cannot be read")]
    Snapshot,
    /// The edits do not go together.
    #[error(transparent)]
    Edits(#[from] MergeError),
}

/// Why edits could not be taken in. The document is as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// Something they build on is not among them and not here.
    #[error("builds on something that is not here")]
    Early,
    /// automerge refused or failed, although the door let them in.
    #[error("cannot be shown")]
    Refused,
}

/// One open part. Clone it to merge on another thread.
#[derive(Debug, Clone)]
pub struct Document {
    part: &'static Part,
    doc: DocId,
    automerge: AutoCommit,
}

impl Document {
    /// A new, empty part, written by `chain`, with the finished edits that make its texts and lists.
    pub fn create(part: &'static Part, doc: DocId, chain: ChainId, at: Time) -> (Document, Vec<Bytes>) {
        let _ = (part, doc, chain, at);
        todo!()
    }

    /// A part that exists: from its last snapshot, if there is one, and the edits that are not in it (any order; those it
    /// has do no harm). It can be read at once and written after [`Document::write_as`].
    pub fn load(
        part: &'static Part,
        doc: DocId,
        snapshot: Option<&[u8]>,
        edits: &[Admitted],
    ) -> Result<Document, LoadError> {
        let _ = (part, doc, snapshot, edits);
        todo!()
    }

    /// Writes go on `chain` from here on. An open burst is finished first, as its own chain's.
    pub fn write_as(&mut self, chain: ChainId) {
        let _ = chain;
        todo!()
    }

    /// Which part it is.
    pub fn part(&self) -> &'static Part {
        self.part
    }

    /// Which document it is.
    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// The chain it writes on, if it writes.
    pub fn chain(&self) -> Option<ChainId> {
        todo!()
    }

    /// The edits nothing else builds on, sorted; what is in an open burst is not an edit yet.
    pub fn heads(&self) -> Vec<EditHash> {
        let _ = &self.automerge;
        todo!()
    }

    // Reading.

    /// A text field's words. Two texts made apart are shown one after the other, a line between.
    /// Empty where there is no such field or record.
    pub fn text(&self, field: FieldPath) -> String {
        let _ = field;
        todo!()
    }

    /// How many code points the text has, without making it.
    pub fn text_len(&self, field: FieldPath) -> usize {
        let _ = field;
        todo!()
    }

    /// Whether the field's text was begun on two devices apart, and nobody has written in it since they met.
    pub fn is_doubled(&self, field: FieldPath) -> bool {
        let _ = field;
        todo!()
    }

    /// What a field that is no text shows.
    pub fn value(&self, field: FieldPath) -> Shown {
        let _ = field;
        todo!()
    }

    /// The records of a list that are not removed, in order.
    pub fn items(&self, list: ListPath) -> Vec<ItemId> {
        let _ = list;
        todo!()
    }

    /// Records that were removed, oldest id first: they can be put back.
    pub fn removed(&self, list: ListPath) -> Vec<ItemId> {
        let _ = list;
        todo!()
    }

    /// The list a record is in, whether or not it is removed.
    pub fn list_of(&self, item: ItemId) -> Option<(ListPath, &'static List)> {
        let _ = item;
        todo!()
    }

    /// Who made a record and when, as its maker says.
    pub fn made(&self, item: ItemId) -> Option<(ChainId, Time)> {
        let _ = item;
        todo!()
    }

    /// A cursor at a position of a text (at its end, if beyond).
    pub fn cursor(&self, field: FieldPath, at: usize) -> Option<Cursor> {
        let _ = (field, at);
        todo!()
    }

    /// Where a cursor is now; none if its letter is not in this field.
    pub fn position(&self, field: FieldPath, cursor: &Cursor) -> Option<usize> {
        let _ = (field, cursor);
        todo!()
    }

    // Writing. Everything is visible at once and belongs to the open burst until `close`.

    /// Replaces `delete` code points at `at` by `insert`.
    pub fn splice(&mut self, field: FieldPath, at: usize, delete: usize, insert: &str) -> Result<(), WriteError> {
        let _ = (field, at, delete, insert);
        todo!()
    }

    /// Sets a field that is no text; `None` clears it.
    pub fn set(&mut self, field: FieldPath, value: Option<Value>) -> Result<(), WriteError> {
        let _ = (field, value);
        todo!()
    }

    /// Adds an empty record with a fresh id, made by the caller's dice, at the end of a list.
    pub fn add(&mut self, list: ListPath, item: ItemId, at: Time) -> Result<(), WriteError> {
        let _ = (list, item, at);
        todo!()
    }

    /// Moves a record behind another of its list, or to the front.
    pub fn place(&mut self, item: ItemId, behind: Option<ItemId>) -> Result<(), WriteError> {
        let _ = (item, behind);
        todo!()
    }

    /// Removes a record from its list. Its words stay and can be put back.
    pub fn remove(&mut self, item: ItemId) -> Result<(), WriteError> {
        let _ = item;
        todo!()
    }

    /// Puts a removed record back.
    pub fn restore(&mut self, item: ItemId) -> Result<(), WriteError> {
        let _ = item;
        todo!()
    }

    /// Whether something was written since the last `close`.
    pub fn is_open(&self) -> bool {
        todo!()
    }

    /// Ends the burst: every finished edit since the last call, in order, ready to be weighed and signed. All of them are
    /// one step for [`Document::undo`].
    pub fn close(&mut self, at: Time) -> Vec<Bytes> {
        let _ = at;
        todo!()
    }

    /// Takes in edits of others (any order among themselves; known ones do no harm), all of them or none. An open burst is
    /// finished first; its edits come with the next `close`.
    ///
    /// This costs as much as the document is large, however few the edits: merge all that has arrived at once.
    pub fn merge(&mut self, edits: &[Admitted]) -> Result<Touched, MergeError> {
        let _ = edits;
        todo!()
    }

    /// Makes the document anew from exactly these edits. What could be undone cannot any more.
    pub fn rebuild(&mut self, edits: &[Admitted]) -> Result<Touched, MergeError> {
        let _ = edits;
        todo!()
    }

    /// Takes back this device's last step, in a burst of its own that is left open for `close`. Never takes away what
    /// somebody else wrote, and works whatever they wrote since. None if there is nothing to take back.
    pub fn undo(&mut self) -> Option<Touched> {
        todo!()
    }

    /// Makes again what [`Document::undo`] took back last.
    pub fn redo(&mut self) -> Option<Touched> {
        todo!()
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        todo!()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        todo!()
    }

    /// The whole document as bytes that [`Document::load`] reads fast. An open burst is finished first.
    pub fn save(&mut self) -> Vec<u8> {
        todo!()
    }
}

// What a desk asks that merges on another thread or only up to named edits.
impl Document {
    /// How many finished edits it is made of.
    pub fn edits(&self) -> usize {
        todo!()
    }

    /// The number of a chain's last edit in it; 0 if it has none.
    pub fn reach(&self, chain: ChainId) -> u64 {
        let _ = chain;
        todo!()
    }

    /// Takes in what was written in `typed` since this one was cloned from it, undo steps included. Both write on the same
    /// chain; this one must not have been written in. Edits that `typed` has finished and not yet given out by `close`
    /// stay with `typed`.
    pub fn follow(&mut self, typed: &mut Document) -> Result<(), MergeError> {
        let _ = typed;
        todo!()
    }
}
