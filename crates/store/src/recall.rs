//! What was kept, as it comes back: in the order it was saved, each thing once.
//!
//! A record of statements is | length 4 | bytes .. | signature 64 | ..; a record of edits is | length 4 | bytes .. | ..; a
//! snapshot is | heads 4 | head 32 .. | length 4 | door .. | document .. |. Lengths are big-endian.

use std::collections::{BTreeMap, BTreeSet};

use seal::{Admitted, Bytes, ChainId, DocId, Edit, EditHash, PlanId, ReadHead, Signature, Tip};

use crate::{
    batch::Snapshot,
    data::Data,
    error::{Fault, Place, RecallError},
};

/// A statement as it was kept. `circle` makes it one again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStatement {
    /// The signed bytes.
    pub bytes: Bytes,
    /// The signature.
    pub signature: Signature,
}

/// What was kept of one document.
#[derive(Debug, Clone, Default)]
pub struct KeptDoc {
    /// Its edits, each after everything it builds on.
    pub edits: Vec<Admitted>,
    /// The signatures of each chain, in the order of the numbers they lie on: current ones and milestones.
    pub tips: BTreeMap<ChainId, Vec<Tip>>,
}

/// What was kept of one plan.
#[derive(Debug, Clone, Default)]
pub struct Recalled {
    /// Everything signed about the circle and the documents, in the order it was saved.
    pub statements: Vec<KeptStatement>,
    /// Each document of which anything was saved.
    pub docs: BTreeMap<DocId, KeptDoc>,
}

impl Data {
    pub(crate) fn recall(&self, plan: PlanId, read: ReadHead) -> Result<Recalled, RecallError> {
        let mut recalled = Recalled::default();
        let Some(shelf) = self.plans.get(&plan) else { return Ok(recalled) };
        recalled.statements = self.recall_statements(plan)?;
        for doc in shelf.docs.keys() {
            recalled.docs.insert(*doc, self.recall_doc(plan, *doc, read)?);
        }
        Ok(recalled)
    }

    pub(crate) fn recall_statements(&self, plan: PlanId) -> Result<Vec<KeptStatement>, RecallError> {
        self.statements(plan).map_err(|fault| fault.at(Place::Plan(plan)))
    }

    pub(crate) fn recall_doc(&self, plan: PlanId, doc: DocId, read: ReadHead) -> Result<KeptDoc, RecallError> {
        self.doc(plan, doc, read).map_err(|fault| fault.at(Place::Doc(plan, doc)))
    }

    fn statements(&self, plan: PlanId) -> Result<Vec<KeptStatement>, Fault> {
        let (mut statements, mut seen) = (Vec::new(), BTreeSet::new());
        self.each(&self.sealer.statements(plan), |_, record| {
            for statement in read_statements(record?)? {
                // After a failed flush the same thing may be saved again.
                if seen.insert(statement.bytes.clone()) {
                    statements.push(statement);
                }
            }
            Ok(())
        })?;
        Ok(statements)
    }

    fn doc(&self, plan: PlanId, doc: DocId, read: ReadHead) -> Result<KeptDoc, Fault> {
        let mut kept = KeptDoc::default();
        self.each(&self.sealer.edits(plan, doc), |_, record| {
            for bytes in read_edits(record?)? {
                let edit = Edit::read(doc, bytes, read).map_err(|_| Fault::Damaged)?;
                kept.edits.push(Admitted::recall(edit));
            }
            Ok(())
        })?;
        each_once(&mut kept.edits);
        for group in [self.sealer.tips(plan, doc), self.sealer.milestones(plan, doc)] {
            self.each(&group, |_, record| {
                let (chain, tips) = read_tips(record?)?;
                kept.tips.entry(chain).or_default().extend(tips);
                Ok(())
            })?;
        }
        for tips in kept.tips.values_mut() {
            tips.sort();
            tips.dedup_by_key(|tip| (tip.seq, tip.hash));
        }
        Ok(kept)
    }

    pub(crate) fn snapshot(&self, plan: PlanId, doc: DocId) -> Result<Option<Snapshot>, RecallError> {
        let opened = self.open_at(&self.sealer.snapshot(plan, doc));
        let read = opened.and_then(|record| record.map(|record| read_snapshot(&record)).transpose());
        read.map_err(|fault| fault.at(Place::Doc(plan, doc)))
    }

    pub(crate) fn record(&self, name: &str) -> Result<Option<Vec<u8>>, RecallError> {
        let opened = self.open_at(&self.sealer.record(name));
        let read = opened.and_then(|record| record.map(|record| read_record(&record)).transpose());
        Ok(read.map_err(|fault| fault.at(Place::Own))?.map(|(_, value)| value))
    }

    pub(crate) fn records(&self, group: &str) -> Result<BTreeMap<String, Vec<u8>>, RecallError> {
        let mut records = BTreeMap::new();
        self.each(&self.sealer.records(group), |_, record| {
            let (name, value) = read_record(record?)?;
            records.insert(name, value);
            Ok(())
        })
        .map_err(|fault| fault.at(Place::Own))?;
        Ok(records)
    }
}

/// After a failed flush the same thing may be saved again: of two the first stays. That is rare, and looking for it is quick.
fn each_once(edits: &mut Vec<Admitted>) {
    let mut hashes: Vec<EditHash> = edits.iter().map(|edit| edit.edit().hash()).collect();
    hashes.sort_unstable();
    if hashes.windows(2).any(|pair| pair[0] == pair[1]) {
        let mut seen = BTreeSet::new();
        edits.retain(|edit| seen.insert(edit.edit().hash()));
    }
}

pub(crate) fn write_statement(record: &mut Vec<u8>, bytes: &[u8], signature: &Signature) {
    write_part(record, bytes);
    record.extend_from_slice(signature.as_bytes());
}

pub(crate) fn read_statements(mut record: &[u8]) -> Result<Vec<KeptStatement>, Fault> {
    let mut statements = Vec::new();
    while !record.is_empty() {
        let bytes = take_part(&mut record)?.into();
        let (signature, rest) = record.split_first_chunk::<64>().ok_or(Fault::Damaged)?;
        record = rest;
        statements.push(KeptStatement { bytes, signature: Signature::new(*signature) });
    }
    Ok(statements)
}

pub(crate) fn write_part(record: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("what is kept is bounded far below 4 GiB");
    record.extend_from_slice(&length.to_be_bytes());
    record.extend_from_slice(bytes);
}

fn take_part<'a>(record: &mut &'a [u8]) -> Result<&'a [u8], Fault> {
    let (length, rest) = record.split_first_chunk::<4>().ok_or(Fault::Damaged)?;
    let (part, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or(Fault::Damaged)?;
    *record = rest;
    Ok(part)
}

pub(crate) fn read_edits(mut record: &[u8]) -> Result<Vec<Bytes>, Fault> {
    let mut edits = Vec::new();
    while !record.is_empty() {
        edits.push(take_part(&mut record)?.into());
    }
    Ok(edits)
}

pub(crate) fn write_tips(chain: ChainId, tips: &[Tip]) -> Vec<u8> {
    seal::encode(&(chain, tips))
}

pub(crate) fn read_tips(record: &[u8]) -> Result<(ChainId, Vec<Tip>), Fault> {
    seal::decode(record, record.len()).map_err(|_| Fault::Damaged)
}

pub(crate) fn write_snapshot(snapshot: &Snapshot) -> Vec<u8> {
    let Snapshot { bytes, door, heads } = snapshot;
    let mut record = Vec::with_capacity(8 + heads.len() * EditHash::LEN + door.len() + bytes.len());
    let count = u32::try_from(heads.len()).expect("heads are bounded far below 2^32");
    record.extend_from_slice(&count.to_be_bytes());
    for head in heads {
        record.extend_from_slice(head.as_bytes());
    }
    write_part(&mut record, door);
    record.extend_from_slice(bytes);
    record
}

fn read_snapshot(record: &[u8]) -> Result<Snapshot, Fault> {
    let (count, mut rest) = record.split_first_chunk::<4>().ok_or(Fault::Damaged)?;
    let mut heads = Vec::new();
    for _ in 0..u32::from_be_bytes(*count) {
        let (head, after) = rest.split_first_chunk::<{ EditHash::LEN }>().ok_or(Fault::Damaged)?;
        heads.push(EditHash::new(*head));
        rest = after;
    }
    let door = take_part(&mut rest)?.to_vec();
    Ok(Snapshot { bytes: rest.to_vec(), door, heads })
}

pub(crate) fn write_record(name: &str, value: &[u8]) -> Vec<u8> {
    let mut record = Vec::with_capacity(4 + name.len() + value.len());
    write_part(&mut record, name.as_bytes());
    record.extend_from_slice(value);
    record
}

fn read_record(mut record: &[u8]) -> Result<(String, Vec<u8>), Fault> {
    let name = String::from_utf8(take_part(&mut record)?.to_vec()).map_err(|_| Fault::Damaged)?;
    Ok((name, record.to_vec()))
}
