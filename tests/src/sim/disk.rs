//! What a peer has flushed, and nothing else of it.

use std::collections::{BTreeMap, BTreeSet};

use circle::Statement;
use seal::{Admitted, ChainId, DocId, EditHash, FileId, PlanId, Seq, Tip};
use sync::{Batch, Recalled, RecalledDoc};

use super::files::OnDisk;

/// A disk. Copies of it are back-ups.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    /// Attached files, as far as they have come.
    pub files: BTreeMap<FileId, OnDisk>,
    plans: BTreeMap<PlanId, Shelves>,
}

#[derive(Debug, Clone, Default)]
struct Shelves {
    statements: Vec<Statement>,
    docs: BTreeMap<DocId, Pages>,
}

#[derive(Debug, Clone, Default)]
struct Pages {
    edits: Vec<Admitted>,
    hashes: BTreeSet<EditHash>,
    tips: BTreeMap<(ChainId, Seq, EditHash), Tip>,
}

impl Disk {
    /// One save, whole.
    pub fn apply(&mut self, batch: &Batch) {
        for (plan, statement) in &batch.statements {
            self.plans.entry(*plan).or_default().statements.push(statement.clone());
        }
        for (plan, doc, edits) in &batch.edits {
            let pages = self.pages(*plan, *doc);
            pages.edits.extend(edits.iter().cloned());
            pages.hashes.extend(edits.iter().map(|edit| edit.edit().hash()));
        }
        for (plan, doc, chain, tip) in &batch.tips {
            self.pages(*plan, *doc).tips.insert((*chain, tip.seq, tip.hash), *tip);
        }
        for (plan, doc, chain, seq, hash) in &batch.spent {
            self.pages(*plan, *doc).tips.remove(&(*chain, *seq, *hash));
        }
    }

    fn pages(&mut self, plan: PlanId, doc: DocId) -> &mut Pages {
        self.plans.entry(plan).or_default().docs.entry(doc).or_default()
    }

    /// Everything, as a store gives it back.
    pub fn recall(&self) -> Vec<Recalled> {
        let recall = |(plan, shelves): (&PlanId, &Shelves)| Recalled {
            plan: *plan,
            statements: shelves.statements.clone(),
            docs: (shelves.docs.iter())
                .map(|(doc, pages)| {
                    let tips = pages.tips.iter().map(|((chain, ..), tip)| (*chain, *tip));
                    RecalledDoc::new(*doc, pages.edits.clone(), tips)
                })
                .collect(),
        };
        self.plans.iter().map(recall).collect()
    }

    /// Every edit of a plan that is flushed.
    pub fn edits(&self, plan: PlanId) -> impl Iterator<Item = &EditHash> {
        self.plans.get(&plan).into_iter().flat_map(|shelves| shelves.docs.values()).flat_map(|pages| &pages.hashes)
    }

    /// Whether an edit is flushed.
    pub fn has(&self, plan: PlanId, doc: DocId, edit: &EditHash) -> bool {
        let pages = self.plans.get(&plan).and_then(|shelves| shelves.docs.get(&doc));
        pages.is_some_and(|pages| pages.hashes.contains(edit))
    }
}
