//! A compact form that is exactly the one its edits make, read by us: strictly, or not at all.
//!
//! Beside its edits a compact form says in what order letters stand and which values replace which, and no edit's hash covers
//! that. So each of it is held against the edits:
//!
//! - the columns are spelled in their one form (`door::code`), and none is there that we do not know (`rows`, `changes`);
//! - every operation belongs to one edit and every edit has all of its operations, each once, the deletions among them (`parts`);
//! - what replaces what is nothing but what the edits say they replace, in the order of their names (`parts`);
//! - objects stand in the order of their names, keys in the order of their bytes, values at a key in the order of their names, and
//!   letters each behind the one it names, of several the newest first (`order`);
//! - the edits stand after what they build on, and the heads are the edits that nothing builds on.
//!
//! Then nothing is left in it that another document of the same edits could have otherwise. Whether they are good edits is not asked
//! here: each is hashed as it is written, its chain's signature checked, and weighed by the door like any other, and no part of that trusts what is
//! read here. A compact form that automerge would read and this does not is no lie, only not ours to judge.

mod again;
mod changes;
mod order;
mod parts;
mod rows;

use seal::{ChainId, DocId, Edit, EditHash};
use sha2::{Digest as _, Sha256};

use crate::{
    door::{
        chunk::{DOCUMENT, MAGIC},
        code::Reader,
    },
    limits::EXACT_CHAINS,
};

use self::{again::Pen, changes::Changes, parts::Parts, rows::Rows};

/// What lies in a compact form that is exactly what its edits make.
pub struct Exact {
    edits: Vec<Edit>,
    heads: Vec<EditHash>,
}

impl Exact {
    /// Reads a compact form of `doc`; none if anything in it is not as its edits have it, or not as we know it. Bounded, and never a panic.
    pub fn read(doc: DocId, document: &[u8]) -> Option<Exact> {
        let chunk = Chunk::read(document)?;
        let changes = Changes::read(&chunk)?;
        let rows = Rows::read(&chunk)?;
        let groups = order::groups(&rows)?;
        let parts = Parts::sort(&changes, &rows, &groups)?;
        let mut pen = Pen::new(doc, &chunk.chains, &rows, &parts);
        let mut hashes: Vec<EditHash> = Vec::with_capacity(changes.all.len());
        let mut edits = Vec::with_capacity(changes.all.len());
        for change in &changes.all {
            let after = changes.after(change).map(|at| hashes[at]);
            let edit = pen.write(change, after.collect())?;
            hashes.push(edit.hash());
            edits.push(edit);
        }
        let mut heads: Vec<(EditHash, u64)> = changes.heads().map(|at| (hashes[at], at as u64)).collect();
        heads.sort_unstable();
        let (heads, places): (Vec<_>, Vec<_>) = heads.into_iter().unzip();
        (heads == chunk.heads && places == chunk.places).then_some(Exact { edits, heads })
    }

    /// Its edits, each after what it builds on, and the edits nothing else in it builds on, sorted.
    pub fn into_parts(self) -> (Vec<Edit>, Vec<EditHash>) {
        (self.edits, self.heads)
    }
}

/// The name of an operation: its counter, and whose by the document's table of chains. That is sorted, so names order as automerge
/// orders them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Id {
    counter: u32,
    chain: u32,
}

/// A document chunk taken apart.
///
/// | 85 6f 4a 83 | first 4 bytes of the hash | type 0 | length | chains | heads | kinds and lengths of the edits' columns | of the
/// operations' | the edits' columns | the operations' | where each head stands |   hash = SHA-256 from the type on
struct Chunk<'a> {
    chains: Vec<ChainId>,
    heads: Vec<EditHash>,
    changes: Vec<(u64, &'a [u8])>,
    rows: Vec<(u64, &'a [u8])>,
    /// Where each head stands among the edits.
    places: Vec<u64>,
}

impl<'a> Chunk<'a> {
    fn read(bytes: &'a [u8]) -> Option<Chunk<'a>> {
        let mut reader = Reader(bytes);
        if reader.take(4)? != MAGIC {
            return None;
        }
        let check = reader.take(4)?;
        let hashed = reader.0;
        if reader.byte()? != DOCUMENT || reader.unsigned()? != reader.0.len() as u64 {
            return None;
        }
        if Sha256::digest(hashed)[..4] != *check {
            return None;
        }
        let chains = sorted(&mut reader, |reader| {
            let length = reader.unsigned()?;
            let bytes = reader.take(length)?;
            Some(ChainId::new(bytes.try_into().ok()?))
        })?;
        let heads =
            sorted(&mut reader, |reader| Some(EditHash::new(reader.take(EditHash::LEN as u64)?.try_into().ok()?)))?;
        let changes = kinds(&mut reader)?;
        let rows = kinds(&mut reader)?;
        let mut data = |kinds: Vec<(u64, u64)>| -> Option<Vec<(u64, &'a [u8])>> {
            kinds.into_iter().map(|(kind, length)| Some((kind, reader.take(length)?))).collect()
        };
        let (changes, rows) = (data(changes)?, data(rows)?);
        let places = heads.iter().map(|_| reader.unsigned()).collect::<Option<_>>()?;
        reader.is_empty().then_some(Chunk { chains, heads, changes, rows, places })
    }

    /// A chain's number, if it has one.
    fn chain(&self, number: u64) -> Option<u32> {
        let number = usize::try_from(number).ok().filter(|number| *number < self.chains.len())?;
        u32::try_from(number).ok()
    }

    fn id(&self, chain: Option<u64>, counter: Option<u64>) -> Option<Id> {
        let counter = u32::try_from(counter?).ok().filter(|counter| *counter > 0)?;
        Some(Id { counter, chain: self.chain(chain?)? })
    }
}

/// A column; one that is not there is empty.
fn column<'a>(columns: &[(u64, &'a [u8])], kind: u64) -> &'a [u8] {
    columns.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, data)| data)
}

/// Whether there is no column but these.
fn has_only(columns: &[(u64, &[u8])], known: &[u64]) -> bool {
    columns.iter().all(|(kind, _)| known.contains(kind))
}

fn sorted<'a, T: Ord>(reader: &mut Reader<'a>, read: fn(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = reader.unsigned().filter(|count| *count <= EXACT_CHAINS)?;
    let all = (0..count).map(|_| read(reader)).collect::<Option<Vec<T>>>()?;
    all.windows(2).all(|pair| pair[0] < pair[1]).then_some(all)
}

// Each kind at most once, in order, none empty.
fn kinds(reader: &mut Reader<'_>) -> Option<Vec<(u64, u64)>> {
    // As many as a byte has kinds.
    let count = reader.unsigned().filter(|count| *count <= 256)?;
    let all: Vec<(u64, u64)> =
        (0..count).map(|_| Some((reader.unsigned()?, reader.unsigned()?))).collect::<Option<_>>()?;
    let in_order = all.windows(2).all(|pair| pair[0].0 < pair[1].0) && all.iter().all(|(_, length)| *length > 0);
    in_order.then_some(all)
}
