//! An edit, and the two types that say how far it is believed.

use std::sync::Arc;

use crate::{
    id::{ChainId, DocId, EditHash, Seq},
    limits::{EDIT_BYTES, EDIT_DEPENDENCIES},
};

/// Bytes that many hold and nobody changes.
pub type Bytes = Arc<[u8]>;

/// What the first bytes of an edit say of it. Read by `plan::door::head`; tests with three-byte edits bring their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The chain it continues, which is its automerge actor.
    pub chain: ChainId,
    /// Its number in that chain.
    pub seq: Seq,
    /// The hash of its bytes, computed from them and not read out of them.
    pub hash: EditHash,
    /// What it builds on, sorted, without repeats.
    pub after: Vec<EditHash>,
}

/// Bytes that are no edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an edit")]
pub struct NotAnEdit;

/// How the head of an edit is read: bounded, and never a panic.
pub type ReadHead = fn(&[u8]) -> Result<Head, NotAnEdit>;

/// One edit: a document, a head, and the bytes the head was read from. Nothing is believed of it yet.
///
/// Many hold one at the same time (what is kept, saved, told and shown), so all copies of it share one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit(Arc<Written>);

#[derive(Debug, PartialEq, Eq)]
struct Written {
    doc: DocId,
    head: Head,
    bytes: Bytes,
}

impl Edit {
    /// Reads an edit of `doc`. The head belongs to the bytes because it is read from them here.
    pub fn read(doc: DocId, bytes: Bytes, read: ReadHead) -> Result<Edit, NotAnEdit> {
        if bytes.len() > EDIT_BYTES {
            return Err(NotAnEdit);
        }
        let head = read(&bytes)?;
        Edit::with(doc, bytes, head)
    }

    /// An edit whose bytes were just written from its parts, the hash computed from them.
    ///
    /// Only `plan` may call this, where it writes the edits of a compact form (clippy forbids it elsewhere): whoever gives another
    /// head than the bytes have undoes what every check rests on.
    pub fn written(doc: DocId, bytes: Bytes, head: Head) -> Result<Edit, NotAnEdit> {
        if bytes.len() > EDIT_BYTES {
            return Err(NotAnEdit);
        }
        Edit::with(doc, bytes, head)
    }

    fn with(doc: DocId, bytes: Bytes, head: Head) -> Result<Edit, NotAnEdit> {
        let sorted = head.after.windows(2).all(|pair| pair[0] < pair[1]);
        if !sorted || head.after.len() > EDIT_DEPENDENCIES {
            return Err(NotAnEdit);
        }
        Ok(Edit(Arc::new(Written { doc, head, bytes })))
    }

    /// The document it changes.
    pub fn doc(&self) -> DocId {
        self.0.doc
    }

    /// The chain it continues.
    pub fn chain(&self) -> ChainId {
        self.0.head.chain
    }

    /// Its number in its chain.
    pub fn seq(&self) -> Seq {
        self.0.head.seq
    }

    /// Its hash, which is also its id.
    pub fn hash(&self) -> EditHash {
        self.0.head.hash
    }

    /// What it builds on, sorted.
    pub fn after(&self) -> &[EditHash] {
        &self.0.head.after
    }

    /// The bytes as they were signed.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }
}

/// An edit covered by its author's signature. Made only by [`crate::Signed::verify`] and [`crate::Signed::ours`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified(pub(crate) Edit);

impl Verified {
    /// What is verified.
    pub fn edit(&self) -> &Edit {
        &self.0
    }

    /// Lets the door weigh it. The door must already know everything it builds on.
    pub fn admit(self, door: &mut dyn Door) -> Result<Admitted, Refusal> {
        door.weigh(&self.0)?;
        Ok(Admitted(self.0))
    }
}

/// An edit that may be kept, acknowledged, forwarded, merged and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted(Edit);

impl Admitted {
    /// What was admitted.
    pub fn edit(&self) -> &Edit {
        &self.0
    }

    /// An edit that was admitted before, come back from this device's own encrypted store.
    ///
    /// Only `store` may call this (clippy forbids it elsewhere): what it reads back is authentic because this device's
    /// data key sealed it, and it only ever kept what was `Admitted`.
    pub fn recall(edit: Edit) -> Admitted {
        Admitted(edit)
    }
}

/// Who weighs what is verified before anything is done with it. `plan::door` is the only one outside tests.
pub trait Door {
    /// Weighs one edit whose whole past this door has let in before. If it says yes it remembers the edit.
    fn weigh(&mut self, edit: &Edit) -> Result<(), Refusal>;
}

/// Why the door refuses an edit. None of these blames whoever passed it on: only its author could have made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something it builds on is not here yet. It may come again later.
    #[error("builds on something that is not here")]
    Early,
    /// The bytes are not a plain edit in its one form.
    #[error("not in the form of an edit")]
    Shape,
    /// It is larger than an edit may be: operations, bytes, nesting, dependencies.
    #[error("larger than an edit may be")]
    Size,
    /// It names something that is not in its own past, or of another kind, or breaks its chain or counter.
    #[error("does not fit what it builds on")]
    Meaning,
    /// Its author has written more in this document than the rules allow.
    #[error("more than one device may write in one document")]
    Bounds,
    /// It could not be parsed although its shape seemed right.
    #[error("cannot be read")]
    Unreadable,
}
