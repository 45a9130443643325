//! A place in a text that stays with its letters whatever others write around it.

use crate::limits::KEY_BYTES;

/// Bytes that are no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct BadCursor;

/// A caret's place: behind one letter of one text, or at its start. Others' words at the very same place come after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    pub(crate) object: automerge::ObjId,
    /// The letter before the caret; none at the start.
    pub(crate) behind: Option<automerge::Cursor>,
}

impl Cursor {
    /// Its bytes, for presence: at most 100.
    pub fn to_bytes(&self) -> Vec<u8> {
        todo!()
    }

    /// Reads what `to_bytes` made. Whether its letter exists is for the document to say.
    pub fn from_bytes(bytes: &[u8]) -> Result<Cursor, BadCursor> {
        let _ = (bytes, KEY_BYTES);
        todo!()
    }
}
