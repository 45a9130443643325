//! One device's store: what goes in is flushed when `save` returns, what comes out was sealed by this device.

use std::{collections::BTreeMap, io};

use redb::{ReadableTable as _, StorageBackend};
use seal::{Admitted, ChainId, DocId, Edit, EditHash, MILESTONE, PlanId, ReadHead, STATEMENT_BYTES, Seq, Tip};
use zeroize::Zeroizing;

use crate::{
    batch::{Batch, Snapshot},
    data::{Data, Records, SEED, Shelf},
    error::{Fault, KeepError, OpenError, Place, RecallError},
    header::Shut,
    home::Held,
    layout::{self, Key},
    limits::{PACK_BYTES, RECORD_BYTES},
    mark::Origin,
    raw::Raw,
    recall::{self, KeptDoc, KeptStatement, Recalled},
    sealed::{DataKey, Sealer, random},
};

/// An open store. Dropping it closes the file and lets the home go.
#[derive(Debug)]
pub struct Store {
    pub(crate) data: Data,
    /// The lock and the files beside the data; a store on a test's storage has none. Dropped after the data is closed.
    pub(crate) held: Option<Held>,
}

impl Store {
    /// A store on any storage, without a home around it: for tests that cut the power, fill the disk and flip bits. Made
    /// anew where the storage is empty, opened otherwise.
    pub fn on(backend: impl StorageBackend, key: &DataKey) -> Result<Store, OpenError> {
        let data = match backend.len()? {
            0 => Data::create(backend, key, &random())?,
            _ => Data::open(backend, key)?,
        };
        Ok(Store { data, held: None })
    }

    /// The same, but nothing is checked first, and nothing can be saved: see [`Store::examine`].
    pub fn examine_on(backend: impl StorageBackend, key: &DataKey) -> Result<Store, OpenError> {
        Ok(Store { data: Data::examine(backend, key)?, held: None })
    }

    /// The 32 bytes this device's signing key grows from.
    pub fn seed(&self) -> Result<Zeroizing<[u8; 32]>, RecallError> {
        let seed = self.data.open_at(&self.data.sealer.own(SEED)).map_err(|fault| fault.at(Place::Own))?;
        let seed = seed.map(Zeroizing::new).and_then(|seed| <[u8; 32]>::try_from(seed.as_slice()).ok());
        seed.map(Zeroizing::new).ok_or(RecallError::Damaged(Place::Own))
    }

    /// How the file was left when it was last open.
    pub fn shut(&self) -> Shut {
        self.data.shut
    }

    /// Whether this is the store it was when it was last closed, or a copy, or an older one brought back. Then what this
    /// device writes needs a new chapter, and after it [`Store::mark_anew`].
    pub fn origin(&self) -> Origin {
        self.held.as_ref().map_or(Origin::Same, |held| held.origin)
    }

    /// Whether an earlier error has ended writing. Only opening again changes that.
    pub fn is_stopped(&self) -> bool {
        self.data.stopped
    }

    /// Saves all of a batch. When this returns `Ok` it is on the disk, flushed.
    pub fn save(&mut self, batch: Batch) -> Result<(), KeepError> {
        check_sizes(&batch)?;
        if batch.is_empty() {
            return if self.data.stopped { Err(KeepError::Stopped) } else { Ok(()) };
        }
        let sealer = self.data.sealer.clone();
        let mut plans = self.data.plans.clone();
        self.data.write(|table| write_batch(table, &sealer, &mut plans, &batch))?;
        self.data.plans = plans;
        Ok(())
    }

    /// Every plan of which anything is kept.
    pub fn plans(&self) -> Vec<PlanId> {
        self.data.plans.keys().copied().collect()
    }

    /// Every document of a plan of which anything is kept.
    pub fn docs(&self, plan: PlanId) -> Vec<DocId> {
        self.data.plans.get(&plan).map(|shelf| shelf.docs.keys().copied().collect()).unwrap_or_default()
    }

    /// Everything kept of a plan, in the order it was saved. Empty for a plan that is not here.
    pub fn recall(&self, plan: PlanId, read: ReadHead) -> Result<Recalled, RecallError> {
        self.data.recall(plan, read)
    }

    /// Everything signed about a plan, as [`Store::recall`] gives it.
    pub fn recall_statements(&self, plan: PlanId) -> Result<Vec<KeptStatement>, RecallError> {
        self.data.recall_statements(plan)
    }

    /// One document of a plan, as [`Store::recall`] gives it: documents can be read on several threads at once.
    pub fn recall_doc(&self, plan: PlanId, doc: DocId, read: ReadHead) -> Result<KeptDoc, RecallError> {
        self.data.recall_doc(plan, doc, read)
    }

    /// The snapshot of a document, if one was kept.
    pub fn snapshot(&self, plan: PlanId, doc: DocId) -> Result<Option<Snapshot>, RecallError> {
        self.data.snapshot(plan, doc)
    }

    /// The record of this name, if one was kept.
    pub fn record(&self, name: &str) -> Result<Option<Vec<u8>>, RecallError> {
        self.data.record(name)
    }

    /// Every record of a group, by its whole name: `address` gives `address/…`.
    pub fn records(&self, group: &str) -> Result<BTreeMap<String, Vec<u8>>, RecallError> {
        self.data.records(group)
    }

    /// Everything kept of a plan, unsealed but not believed, for a check from nothing.
    pub fn raw(&self, plan: PlanId) -> Result<Vec<Raw>, RecallError> {
        self.data.raw(plan)
    }

    /// Closes the file and lets the home go, and says whether that went well.
    pub fn close(self) -> Result<(), KeepError> {
        let Store { data, held } = self;
        let closed = data.close();
        drop(held);
        closed
    }
}

/// A thing too large is refused before anything is written, so it stops nobody.
fn check_sizes(batch: &Batch) -> Result<(), KeepError> {
    let statements = batch.statements.values().flatten().all(|(bytes, _)| bytes.len() <= STATEMENT_BYTES);
    let records = batch.records.values().flatten().all(|value| value.len() <= RECORD_BYTES);
    if statements && records { Ok(()) } else { Err(KeepError::TooLarge) }
}

fn write_batch(
    table: &mut Records<'_>,
    sealer: &Sealer,
    plans: &mut BTreeMap<PlanId, Shelf>,
    batch: &Batch,
) -> Result<(), Fault> {
    let Batch { statements, edits, tips, snapshots, records } = batch;
    for (plan, statements) in statements {
        let shelf = shelf(table, sealer, plans, *plan)?;
        let mut parts = statements.iter().map(|(bytes, signature)| {
            let mut part = Vec::with_capacity(4 + bytes.len() + 64);
            recall::write_statement(&mut part, bytes, signature);
            part
        });
        append(table, sealer, &sealer.statements(*plan), &mut shelf.next, &mut parts)?;
    }
    for ((plan, doc), edits) in edits {
        let next = doc_shelf(table, sealer, plans, *plan, *doc)?;
        let mut parts = edits.iter().map(|edit| {
            let mut part = Vec::with_capacity(4 + edit.edit().bytes().len());
            recall::write_part(&mut part, edit.edit().bytes());
            part
        });
        append(table, sealer, &sealer.edits(*plan, *doc), next, &mut parts)?;
    }
    for ((plan, doc), tips) in tips {
        doc_shelf(table, sealer, plans, *plan, *doc)?;
        let edits = edits.get(&(*plan, *doc)).map_or(&[][..], Vec::as_slice);
        let by_hash: BTreeMap<EditHash, &Edit> =
            edits.iter().map(Admitted::edit).map(|edit| (edit.hash(), edit)).collect();
        // In the order of their numbers, so that each is covered by the next.
        let mut by_chain: BTreeMap<ChainId, Vec<Tip>> = BTreeMap::new();
        for (chain, tip) in tips {
            by_chain.entry(*chain).or_default().push(*tip);
        }
        for (chain, mut tips) in by_chain {
            tips.sort_by_key(|tip| tip.seq);
            keep_tips(table, sealer, (*plan, *doc, chain), &tips, &by_hash)?;
        }
    }
    for ((plan, doc), snapshot) in snapshots {
        doc_shelf(table, sealer, plans, *plan, *doc)?;
        let record = snapshot.as_ref().map(recall::write_snapshot);
        put(table, sealer, &sealer.snapshot(*plan, *doc), record.as_deref())?;
    }
    for (name, value) in records {
        let record = value.as_ref().map(|value| recall::write_record(name, value));
        put(table, sealer, &sealer.record(name), record.as_deref())?;
    }
    Ok(())
}

fn put(table: &mut Records<'_>, sealer: &Sealer, place: &Key, record: Option<&[u8]>) -> Result<(), Fault> {
    match record {
        Some(record) => table.insert(place.as_slice(), sealer.seal(place, record).as_slice())?,
        None => table.remove(place.as_slice())?,
    };
    Ok(())
}

/// Appends to a counted group: one record for what one save holds, several where that is much.
fn append(
    table: &mut Records<'_>,
    sealer: &Sealer,
    group: &[u8],
    next: &mut u64,
    parts: &mut dyn Iterator<Item = Vec<u8>>,
) -> Result<(), Fault> {
    let mut record = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        record.extend_from_slice(&part);
        if parts.peek().is_some_and(|part| record.len() + part.len() <= PACK_BYTES) {
            continue;
        }
        put(table, sealer, &layout::counted(group, *next), Some(&record))?;
        *next = next.checked_add(1).ok_or_else(|| Fault::Io(io::Error::other("no number is left")))?;
        record.clear();
    }
    Ok(())
}

fn shelf<'a>(
    table: &mut Records<'_>,
    sealer: &Sealer,
    plans: &'a mut BTreeMap<PlanId, Shelf>,
    plan: PlanId,
) -> Result<&'a mut Shelf, Fault> {
    if !plans.contains_key(&plan) {
        put(table, sealer, &sealer.plan(plan), Some(plan.as_bytes()))?;
    }
    Ok(plans.entry(plan).or_default())
}

fn doc_shelf<'a>(
    table: &mut Records<'_>,
    sealer: &Sealer,
    plans: &'a mut BTreeMap<PlanId, Shelf>,
    plan: PlanId,
    doc: DocId,
) -> Result<&'a mut u64, Fault> {
    let shelf = shelf(table, sealer, plans, plan)?;
    if !shelf.docs.contains_key(&doc) {
        put(table, sealer, &sealer.doc(plan, doc), Some(doc.as_bytes()))?;
    }
    Ok(shelf.docs.entry(doc).or_default())
}

fn keep_tips(
    table: &mut Records<'_>,
    sealer: &Sealer,
    (plan, doc, chain): (PlanId, DocId, ChainId),
    new: &[Tip],
    edits: &BTreeMap<EditHash, &Edit>,
) -> Result<(), Fault> {
    let place = sealer.tips_of(plan, doc, chain);
    let mut tips = match table.get(place.as_slice())? {
        None => Vec::new(),
        Some(value) => {
            let record = sealer.open(&place, value.value()).map_err(|_| Fault::Damaged)?;
            recall::read_tips(&record)?.1
        }
    };
    for tip in new {
        if tip.seq.number().is_multiple_of(MILESTONE) {
            let record = recall::write_tips(chain, &[*tip]);
            put(table, sealer, &sealer.milestone(plan, doc, chain, tip), Some(&record))?;
        }
        let covered = covered_by(tip, chain, edits, tips.iter().map(|old| old.seq).min());
        tips.retain(|old| !covered.contains(&(old.seq, old.hash)));
        tips.push(*tip);
    }
    put(table, sealer, &place, Some(&recall::write_tips(chain, &tips)))
}

/// The edits of its chain that a tip covers, as far as this batch shows, and no further back than anybody asks: itself, those
/// before it in the batch, and the one the first of them names. Other sides of a fork are not among them.
fn covered_by(
    tip: &Tip,
    chain: ChainId,
    edits: &BTreeMap<EditHash, &Edit>,
    back_to: Option<Seq>,
) -> Vec<(Seq, EditHash)> {
    let mut covered = vec![(tip.seq, tip.hash)];
    let mut now = edits.get(&tip.hash).copied();
    while let Some(edit) = now.filter(|edit| back_to.is_some_and(|first| first < edit.seq())) {
        let Some(before) = edit.seq().before() else { break };
        // Which of the edits it names is its predecessor only that edit itself can tell; outside the batch, a kept
        // signature with the right number tells.
        covered.extend(edit.after().iter().map(|hash| (before, *hash)));
        let mut named = edit.after().iter().filter_map(|hash| edits.get(hash)).copied();
        now = named.find(|candidate| candidate.chain() == chain && candidate.seq() == before);
    }
    covered
}
