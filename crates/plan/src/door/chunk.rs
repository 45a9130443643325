//! An edit's outer form: the head, the names it uses, the columns of its operations.
//!
//! | 85 6f 4a 83 | first 4 bytes of the hash | type 1 | length | dependencies | chain | number | first counter | time |
//! | message (none) | other chains | columns: kind and length | columns |   hash = SHA-256 from the type on

use seal::{ChainId, EDIT_BYTES, EDIT_DEPENDENCIES, Edit, EditHash, Head, NotAnEdit, Seq, Time};
use sha2::{Digest as _, Sha256};

use super::code::Reader;
use crate::limits::{ACTORS, TIME};

pub(crate) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
pub(crate) const DOCUMENT: u8 = 0;
pub(crate) const CHANGE: u8 = 1;

/// The columns of operations, in the order they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    ObjectChain = 0x01,
    ObjectCounter = 0x02,
    KeyChain = 0x11,
    KeyCounter = 0x13,
    KeyText = 0x15,
    Insert = 0x34,
    Action = 0x42,
    ValueKind = 0x56,
    Value = 0x57,
    Replaced = 0x70,
    ReplacedChain = 0x71,
    ReplacedCounter = 0x73,
}

impl Column {
    pub(crate) const ALL: [Column; 12] = [
        Column::ObjectChain,
        Column::ObjectCounter,
        Column::KeyChain,
        Column::KeyCounter,
        Column::KeyText,
        Column::Insert,
        Column::Action,
        Column::ValueKind,
        Column::Value,
        Column::Replaced,
        Column::ReplacedChain,
        Column::ReplacedCounter,
    ];
}

/// A change chunk whose head has been read. Nothing in its columns has been looked at.
pub(super) struct Chunk<'a> {
    pub(super) head: Head,
    /// The counter of its first operation.
    pub(super) first: u64,
    /// When its author's clock says it was written.
    at: i64,
    /// The chains its operations name besides its own, sorted.
    pub(super) others: Vec<ChainId>,
    columns: Vec<(Column, &'a [u8])>,
}

impl<'a> Chunk<'a> {
    /// Reads the plain change chunk that an edit is. Its hash was computed when it became one.
    pub(super) fn of(edit: &'a Edit) -> Option<Chunk<'a>> {
        let mut columns = Vec::with_capacity(Column::ALL.len());
        let hash = |_: &[u8]| edit.hash();
        let chunk = Chunk::read_to(edit.bytes(), hash, |column, data| columns.push((column, data)))?;
        Some(Chunk { columns, ..chunk })
    }

    /// Reads only the head of a plain change chunk that is all of `bytes`: whoever wants that has a hundred thousand of them before them.
    fn only_head(bytes: &'a [u8]) -> Option<Chunk<'a>> {
        Chunk::read_to(bytes, |hashed| EditHash::new(Sha256::digest(hashed).into()), |_, _| {})
    }

    /// Reads it, and hands each column on.
    fn read_to(
        bytes: &'a [u8],
        hash: impl FnOnce(&[u8]) -> EditHash,
        column: impl FnMut(Column, &'a [u8]),
    ) -> Option<Chunk<'a>> {
        if bytes.len() > EDIT_BYTES {
            return None;
        }
        let mut reader = Reader(bytes);
        if reader.take(4)? != MAGIC {
            return None;
        }
        let check = reader.take(4)?;
        let hashed = reader.0;
        if reader.byte()? != CHANGE || reader.unsigned()? != reader.0.len() as u64 {
            return None;
        }
        let hash = hash(hashed);
        if hash.as_bytes()[..4] != *check {
            return None;
        }
        let after = list(&mut reader, EDIT_DEPENDENCIES, |reader| {
            Some(EditHash::new(reader.take(EditHash::LEN as u64)?.try_into().ok()?))
        })?;
        let chain = read_chain(&mut reader)?;
        let seq = Seq::new(reader.unsigned()?)?;
        let first = reader.unsigned().filter(|first| *first > 0)?;
        // The time orders nothing, so any will do that can be reckoned with.
        let at = reader.signed().filter(|time| time.unsigned_abs() <= TIME)?;
        let message = reader.unsigned()?;
        let others = list(&mut reader, ACTORS, read_chain)?;
        if message != 0 || others.contains(&chain) {
            return None;
        }
        read_columns(&mut reader, column)?;
        Some(Chunk { head: Head { chain, seq, hash, after }, first, at, others, columns: Vec::new() })
    }

    /// A column; one that is not there is empty.
    pub(super) fn column(&self, column: Column) -> &'a [u8] {
        self.columns.iter().find(|(kind, _)| *kind == column).map_or(&[], |(_, data)| data)
    }
}

/// Reads the head of an edit: bounded, and never a panic. The hash is computed from the bytes.
pub fn head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    Chunk::only_head(bytes).map(|chunk| chunk.head).ok_or(NotAnEdit)
}

/// When an edit's author says it was written, by their clock. Nothing rests on it.
pub fn written_at(bytes: &[u8]) -> Option<Time> {
    Chunk::only_head(bytes).map(|chunk| Time(chunk.at))
}

/// Whether this is one whole document chunk and nothing after it. Nothing inside has been looked at.
pub fn is_one_document(bytes: &[u8]) -> bool {
    let mut reader = Reader(bytes);
    let is_chunk = reader.take(4).is_some_and(|magic| magic == MAGIC) && reader.take(4).is_some();
    is_chunk && reader.byte() == Some(DOCUMENT) && reader.unsigned() == Some(reader.0.len() as u64)
}

fn read_chain(reader: &mut Reader<'_>) -> Option<ChainId> {
    if reader.unsigned()? != ChainId::LEN as u64 {
        return None;
    }
    Some(ChainId::new(reader.take(ChainId::LEN as u64)?.try_into().ok()?))
}

// A list that is sorted, without repeats.
fn list<'a, T: Ord>(reader: &mut Reader<'a>, most: usize, read: fn(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = reader.unsigned()?;
    if count > most as u64 {
        return None;
    }
    let mut all: Vec<T> = Vec::new();
    for _ in 0..count {
        let one = read(reader)?;
        if all.last().is_some_and(|last| *last >= one) {
            return None;
        }
        all.push(one);
    }
    Some(all)
}

// Each known column at most once, in order, none empty, none compressed, nothing after the last.
fn read_columns<'a>(reader: &mut Reader<'a>, mut found: impl FnMut(Column, &'a [u8])) -> Option<()> {
    let count = usize::try_from(reader.unsigned()?).ok()?;
    let mut lengths = [None::<(Column, u64)>; Column::ALL.len()];
    let lengths = lengths.get_mut(..count)?;
    let mut last = None;
    for place in lengths.iter_mut() {
        let kind = reader.unsigned()?;
        let column = *Column::ALL.iter().find(|column| **column as u64 == kind)?;
        let length = reader.unsigned().filter(|length| *length > 0)?;
        if last.is_some_and(|last| last >= column) {
            return None;
        }
        last = Some(column);
        *place = Some((column, length));
    }
    for (column, length) in lengths.iter().flatten() {
        found(*column, reader.take(*length)?);
    }
    reader.is_empty().then_some(())
}
