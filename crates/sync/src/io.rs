//! What goes into the machine and what comes out of it.
//!
//! Whoever runs it (the node, or a simulated world) hands inputs to [`crate::Sync::handle`] and carries the outputs of
//! [`crate::Sync::poll`] out *in their order*. Only one save is under way at a time, and nothing is told that is not
//! saved, so nothing leaves a device before it is flushed there.

use circle::Statement;
use seal::{
    Admitted, Bytes, ChainId, DeviceId, DocId, Edit, EditHash, FileId, PlanId, Refusal, Seq, Signature, Tip, Verified,
};

use crate::{
    files::{FileInput, FileOutput},
    planted::Planted,
    presence::Place,
    shelf::Shelf,
};

/// A connection to some other device. Numbers are never used twice within one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link(pub u64);

/// A network identity's Ed25519 public key: fresh at every start, and no device's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetworkKey(pub [u8; 32]);

/// Fresh dice for one meeting, thrown by whoever runs the machine: it has none of its own. The first half travels as
/// the meeting's nonce, the second half hides how many plans a Hello really names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce(pub [u8; 32]);

/// One save: numbered from one within a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SaveId(pub u64);

/// What happens to the machine.
#[derive(Debug)]
pub enum Input {
    /// Statements this device issued, or was given when it joined. A Found (first in the list) brings a new plan.
    Issued(Vec<Statement>),
    /// Edits this device made, weighed by the door, with the signature on the last of them.
    Wrote {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// In the order of their chain.
        edits: Vec<Admitted>,
        /// Lies on the last of them.
        tip: Tip,
    },
    /// Edits of others that came without a connection, each after what it builds on. Their statements were issued before.
    Brought {
        /// The plan.
        plan: PlanId,
        /// The document.
        doc: DocId,
        /// Each with the signature that lies on it, if one does; every chain's last is signed.
        edits: Vec<(Verified, Option<Tip>)>,
    },
    /// A connection stands. Both sides say Hello.
    Met {
        /// The new connection.
        link: Link,
        /// Fresh for this meeting.
        nonce: Nonce,
        /// This device's network key on it.
        ours: NetworkKey,
        /// The other's, as the encrypted connection proved it.
        theirs: NetworkKey,
    },
    /// A connection ended, for whatever reason, also after [`Output::Part`].
    Parted(Link),
    /// One whole frame arrived, its four bytes of length included ([`crate::rest_of_frame`]).
    Heard(Link, Bytes),
    /// Everything told on this link so far has been written out. Long bundles wait for this, so that queues stay short.
    Drained(Link),
    /// What the door said of an [`Output::Weigh`], in its order.
    Weighed(PlanId, DocId, Vec<Result<Admitted, (EditHash, Refusal)>>),
    /// The compact form of a document, in answer to [`Output::Pack`]; none if there is none that was tried.
    Packed(PlanId, DocId, Option<Packed>),
    /// What was in a compact form, in answer to [`Output::Unpack`]: edits of this document, each after what it builds on; none if
    /// it could not be unpacked. Nothing is believed of them.
    Unpacked(PlanId, DocId, Option<Vec<Edit>>),
    /// This save is flushed.
    Saved(SaveId),
    /// This save failed. What it held stays in memory, is neither told nor acknowledged, and is tried again later.
    SaveFailed(SaveId),
    /// Where this device's person is in a plan; `None` when they look elsewhere.
    Here(PlanId, Option<Place>),
    /// Something about attached files.
    File(FileInput),
    /// The time of [`crate::Sync::next_wake`] has come.
    Woke,
}

/// What the machine wants done.
#[derive(Debug)]
pub enum Output {
    /// Let the door weigh these edits of one document, one after another in this order, and say so with
    /// [`Input::Weighed`]. Everything they build on was admitted, stands before them here, or is being weighed.
    Weigh(PlanId, DocId, Vec<Verified>),
    /// Hand over a document's compact form, if there is one that was tried, with [`Input::Packed`].
    Pack(PlanId, DocId),
    /// Unpack a compact form that came from elsewhere, where it can do no harm, and answer with [`Input::Unpacked`]. Its edits
    /// then count like any others; [`Show::Whole`] says when all of them were weighed.
    Unpack(PlanId, DocId, Bytes),
    /// Tell whoever looks at the plan.
    Show(Show),
    /// Keep this, flush, and answer with [`Input::Saved`] or [`Input::SaveFailed`].
    Save(SaveId, Batch),
    /// Something to be done with attached files.
    File(FileOutput),
    /// Send this frame as it is (its length included).
    Tell(Link, Bytes),
    /// End this connection. Nothing more is told on it, and what is still heard on it is ignored.
    Part(Link, Because),
}

/// A document's compact form, as whoever keeps it writes it down: opaque here.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The compact form.
    pub document: Bytes,
    /// Up to where it goes: everything under these edits, and nothing else.
    pub heads: Vec<EditHash>,
}

/// What one save holds, in the order it must come back in ([`Recalled`]): statements before edits, past before future.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Statements, each after what it names.
    pub statements: Vec<(PlanId, Statement)>,
    /// Edits by document, each after what it builds on.
    pub edits: Vec<(PlanId, DocId, Vec<Admitted>)>,
    /// Signatures to keep.
    pub tips: Vec<(PlanId, DocId, ChainId, Tip)>,
    /// Signatures no longer needed, because a later one covers them.
    pub spent: Vec<(PlanId, DocId, ChainId, Seq, EditHash)>,
}

impl Batch {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        let Batch { statements, edits, tips, spent } = self;
        statements.is_empty() && edits.is_empty() && tips.is_empty() && spent.is_empty()
    }
}

/// One plan as it comes back from the store.
#[derive(Debug)]
pub struct Recalled {
    /// The plan.
    pub plan: PlanId,
    /// Its statements, in the order they were saved.
    pub statements: Vec<Statement>,
    /// Its documents' edits, in the order they were saved, and their signatures.
    pub docs: Vec<RecalledDoc>,
}

/// One document as it comes back from the store. Each can be made without the others, on whatever thread.
#[derive(Debug)]
pub struct RecalledDoc {
    pub(crate) doc: DocId,
    pub(crate) shelf: Shelf,
}

impl RecalledDoc {
    /// A document of these edits, in the order they were saved, with the signatures that were kept.
    pub fn new(doc: DocId, edits: Vec<Admitted>, tips: impl IntoIterator<Item = (ChainId, Tip)>) -> RecalledDoc {
        let mut shelf = Shelf::default();
        shelf.reserve(edits.len());
        for edit in edits {
            shelf.place(edit);
        }
        shelf.flush_all();
        for (chain, tip) in tips {
            if !Planted::TipsNotRecalled.is_on() {
                shelf.sign(chain, tip);
            }
        }
        RecalledDoc { doc, shelf }
    }

    /// Its edits, each after everything it builds on.
    pub fn edits(&self) -> &[Admitted] {
        self.shelf.all()
    }
}

/// What changed for those who look at a plan.
#[derive(Debug, Clone)]
pub enum Show {
    /// These edits count now: in causal order, and after everything shown before. This device's own are not repeated.
    Edits(PlanId, DocId, Vec<Admitted>),
    /// Something shown does not count any more: take [`crate::Sync::counted`] afresh.
    Rebuild(PlanId, DocId),
    /// All that came with a compact form was weighed: take [`crate::Sync::counted`] afresh.
    Whole(PlanId, DocId),
    /// What is held back in a document has changed ([`crate::Sync::held_back`]).
    Held(PlanId, DocId),
    /// Statements were taken in: take [`crate::Sync::ledger`] afresh.
    Circle(PlanId),
    /// Who has what changed ([`crate::Sync::marks`]), or what is saved here.
    Marks(PlanId),
    /// Which devices are connected changed ([`crate::Sync::online`]).
    Online(PlanId),
    /// Where an attached file stands has changed ([`crate::Sync::file_states`]).
    File(PlanId, FileId),
    /// Where somebody is; `None` when they look elsewhere or are gone.
    Presence(PlanId, DeviceId, Option<Place>),
    /// A peer holds signed edits of this device's own chain, or a chapter of its own, that this device does not hold: an
    /// old copy was opened. They are being taken in; write no more on that chain, sign a Renew at once, and go on in the new
    /// chapter. Said of the chain that would be written next, and no more once the Renew is issued.
    OwnChainAhead(PlanId, DocId, ChainId),
}

/// Why a connection is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Because {
    /// No plan in common.
    #[error("nothing in common")]
    NothingInCommon,
    /// No proof within the time a handshake may take, or half a message for too long.
    #[error("too slow")]
    Slow,
    /// Bytes that are no message, or a message where it cannot stand.
    #[error("not understood")]
    Rubbish,
    /// A signature that does not hold, or edits that contradict what covers them.
    #[error("not what it claims to be")]
    Forged,
    /// More than anyone honest sends.
    #[error("too much")]
    Flood,
    /// Somebody who sent rubbish or forgeries a short while ago.
    #[error("turned away for a while")]
    Shunned,
}

/// A signature on the wire, and the place of the edit it lies on in its run.
pub(crate) type Mark = (u32, Signature);
