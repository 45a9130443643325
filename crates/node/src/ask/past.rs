//! Questions about the past of a plan: who wrote what, and whether all of it still holds when checked from nothing.

use seal::{Admitted, DeviceId, DocId, PersonId, PlanId, Refusal};

/// Who wrote what, in causal order.
#[derive(Debug, Clone, Copy)]
pub struct History {
    /// Which plan.
    pub plan: PlanId,
    /// Only this document.
    pub doc: Option<DocId>,
}

/// One edit and its author.
#[derive(Debug, Clone)]
pub struct HistoryEntry {
    /// The edit: its document, chain, number, hash, bytes.
    pub edit: Admitted,
    /// The device that signed it.
    pub device: DeviceId,
    /// The person whose device that is.
    pub person: Option<PersonId>,
}

/// Check everything about a plan again from nothing: every statement, hash, signature and rule.
#[derive(Debug, Clone, Copy)]
pub struct Verify {
    /// Which plan.
    pub plan: PlanId,
}

/// What checking from nothing found. Only a plan without faults is verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Statements read, checked and placed.
    pub statements: usize,
    /// Documents that hold edits.
    pub documents: usize,
    /// Edits hashed, chained and weighed.
    pub edits: usize,
    /// Signatures checked: one on each statement, tips and milestones on each chain.
    pub signatures: usize,
    /// Attached files that are whole.
    pub files: usize,
    /// Devices whose signatures those are.
    pub devices: usize,
    /// What does not hold, worst first.
    pub faults: Vec<Fault>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which document; `None`: in the circle.
    pub doc: Option<DocId>,
    /// Whose chain or statement it is, where that can be told.
    pub device: Option<DeviceId>,
    /// What is wrong.
    pub what: FaultKind,
}

/// What can be wrong with what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// A statement's bytes or signature do not hold.
    #[error("a statement does not hold")]
    Statement,
    /// A statement's past is not here.
    #[error("a statement rests on something that is missing")]
    Rootless,
    /// An attached file was altered; it is fetched again from whoever has it.
    #[error("an attached file is not what it was")]
    File,
    /// The store's record cannot be read.
    #[error("a record of the store cannot be read")]
    Record,
    /// A chain's author cannot be found in the circle.
    #[error("nobody in the circle wrote this")]
    NoAuthor,
    /// A signature or a link of a chain does not hold.
    #[error("a chain of edits does not hold: {0}")]
    Chain(seal::Refused),
    /// The door refuses an edit.
    #[error("an edit does not pass the door: {0}")]
    Door(Refusal),
}
