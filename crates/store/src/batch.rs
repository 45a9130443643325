//! What is to be saved in one go: all of it is on the disk when `save` returns, or none of it was acknowledged.

use std::collections::BTreeMap;

use seal::{Admitted, Bytes, ChainId, DocId, EditHash, PlanId, Signature, Tip};

/// The shown state of one document, for a quick start: everything in it can be made again from the edits.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Snapshot {
    /// The document as automerge saves it.
    pub bytes: Vec<u8>,
    /// The door's index of the same edits.
    pub door: Vec<u8>,
    /// Up to where both go, sorted.
    pub heads: Vec<EditHash>,
}

/// Everything that one save holds. Within it, statements and the edits of each document keep the order they were put in.
#[derive(Debug, Default)]
pub struct Batch {
    pub(crate) statements: BTreeMap<PlanId, Vec<(Bytes, Signature)>>,
    pub(crate) edits: BTreeMap<(PlanId, DocId), Vec<Admitted>>,
    pub(crate) tips: BTreeMap<(PlanId, DocId), Vec<(ChainId, Tip)>>,
    pub(crate) snapshots: BTreeMap<(PlanId, DocId), Option<Snapshot>>,
    pub(crate) records: BTreeMap<String, Option<Vec<u8>>>,
}

impl Batch {
    /// A batch with nothing in it yet.
    pub fn new() -> Batch {
        Batch::default()
    }

    /// Whether there is nothing to save.
    pub fn is_empty(&self) -> bool {
        let Batch { statements, edits, tips, snapshots, records } = self;
        statements.is_empty() && edits.is_empty() && tips.is_empty() && snapshots.is_empty() && records.is_empty()
    }

    /// Keeps a statement of a plan's circle or of one of its documents: the signed bytes as they were received.
    pub fn statement(&mut self, plan: PlanId, bytes: Bytes, signature: Signature) -> &mut Batch {
        self.statements.entry(plan).or_default().push((bytes, signature));
        self
    }

    /// Keeps edits of one document, each after everything it builds on. Edits of another document are a broken promise.
    pub fn edits(&mut self, plan: PlanId, doc: DocId, edits: &[Admitted]) -> &mut Batch {
        assert!(edits.iter().all(|edit| edit.edit().doc() == doc), "edits are saved under the document they belong to");
        if !edits.is_empty() {
            self.edits.entry((plan, doc)).or_default().extend_from_slice(edits);
        }
        self
    }

    /// Keeps a signature on a chain. An older one that this one covers by way of edits in the same batch is dropped,
    /// unless its number is a milestone; on a forked chain each side keeps its own.
    pub fn tip(&mut self, plan: PlanId, doc: DocId, chain: ChainId, tip: &Tip) -> &mut Batch {
        self.tips.entry((plan, doc)).or_default().push((chain, *tip));
        self
    }

    /// Replaces the snapshot of a document.
    pub fn snapshot(&mut self, plan: PlanId, doc: DocId, snapshot: Snapshot) -> &mut Batch {
        self.snapshots.insert((plan, doc), Some(snapshot));
        self
    }

    /// Drops the snapshot of a document, so that the next start rebuilds it from its edits.
    pub fn forget_snapshot(&mut self, plan: PlanId, doc: DocId) -> &mut Batch {
        self.snapshots.insert((plan, doc), None);
        self
    }

    /// Keeps a record under a name like `settings` or `address/…`: what stands before the first `/` is its group.
    pub fn record(&mut self, name: &str, value: Vec<u8>) -> &mut Batch {
        self.records.insert(name.to_owned(), Some(value));
        self
    }

    /// Drops a record, if there is one.
    pub fn forget(&mut self, name: &str) -> &mut Batch {
        self.records.insert(name.to_owned(), None);
        self
    }
}
