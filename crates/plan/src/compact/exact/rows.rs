//! The operations' columns: all that stands in the document, deletions apart, which are only named by what they delete.

use std::ops::Range;

use super::{Chunk, Id, column, has_only};
use crate::{
    door::{
        chunk::Column,
        code::{self, Reader},
        operation::{self, MAKE_MAP, MAKE_TEXT, SET},
    },
    limits::EXACT_OPERATIONS,
};

const ID_CHAIN: u64 = 0x21;
const ID_COUNTER: u64 = 0x23;
const HEIRS: u64 = 0x80;
const HEIR_CHAIN: u64 = 0x81;
const HEIR_COUNTER: u64 = 0x83;

const KNOWN: [u64; 14] = [
    Column::ObjectChain as u64,
    Column::ObjectCounter as u64,
    Column::KeyChain as u64,
    Column::KeyCounter as u64,
    Column::KeyText as u64,
    ID_CHAIN,
    ID_COUNTER,
    Column::Insert as u64,
    Column::Action as u64,
    Column::ValueKind as u64,
    Column::Value as u64,
    HEIRS,
    HEIR_CHAIN,
    HEIR_COUNTER,
];

/// One operation that stands in the document.
pub(super) struct Row<'a> {
    pub(super) id: Id,
    /// The object it is in; none for the root.
    pub(super) object: Option<Id>,
    pub(super) sense: Sense<'a>,
    pub(super) kind: u64,
    pub(super) value: &'a [u8],
    heirs: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense<'a> {
    /// A letter, behind another or at the start.
    Letter { behind: Option<Id> },
    /// A scalar at a key.
    Value { key: &'a str },
    /// An object at a key.
    Made { key: &'a str, text: bool },
}

pub(super) struct Rows<'a> {
    pub(super) all: Vec<Row<'a>>,
    heirs: Vec<Id>,
}

impl<'a> Rows<'a> {
    pub(super) fn read(chunk: &Chunk<'a>) -> Option<Rows<'a>> {
        let columns = &chunk.rows;
        if !has_only(columns, &KNOWN) {
            return None;
        }
        let numbers = |kind, most| code::runs(column(columns, kind), most, Reader::unsigned, code::write_unsigned);
        let differences = |kind, most| code::differences(column(columns, kind), most);
        let of = |kind: Column| column(columns, kind as u64);
        let id_chain = numbers(ID_CHAIN, EXACT_OPERATIONS)?;
        let count = id_chain.len();
        let id_counter = exactly(differences(ID_COUNTER, count), count)?;
        let object_chain = padded(numbers(Column::ObjectChain as u64, count), count)?;
        let object_counter = padded(numbers(Column::ObjectCounter as u64, count), count)?;
        let key_chain = padded(numbers(Column::KeyChain as u64, count), count)?;
        let key_counter = padded(differences(Column::KeyCounter as u64, count), count)?;
        let key_text = code::runs(of(Column::KeyText), count, operation::read_text, operation::write_text);
        let key_text = padded(key_text, count)?;
        let insert = exactly(code::booleans(of(Column::Insert), count), count)?;
        let action = exactly(numbers(Column::Action as u64, count), count)?;
        let kind = exactly(numbers(Column::ValueKind as u64, count), count)?;
        let heir_counts = exactly(numbers(HEIRS, count), count)?;
        let heir_count = (heir_counts.iter().flatten())
            .try_fold(0_usize, |all, count| all.checked_add(usize::try_from(*count).ok()?))
            .filter(|all| *all <= EXACT_OPERATIONS)?;
        let heir_chain = exactly(numbers(HEIR_CHAIN, heir_count), heir_count)?;
        let heir_counter = exactly(differences(HEIR_COUNTER, heir_count), heir_count)?;
        let heirs = heir_chain.into_iter().zip(heir_counter).map(|(chain, counter)| chunk.id(chain, counter));
        let heirs = heirs.collect::<Option<Vec<_>>>()?;

        let mut values = Reader(of(Column::Value));
        let mut rows = Rows { all: Vec::with_capacity(count), heirs };
        let mut from = 0;
        for at in 0..count {
            let object = match (object_chain[at], object_counter[at]) {
                (None, None) => None,
                (chain, counter) => Some(chunk.id(chain, counter)?),
            };
            let sense = match (action[at]?, insert[at], key_text[at], key_chain[at], key_counter[at]) {
                (SET, true, None, None, Some(0)) => Sense::Letter { behind: None },
                (SET, true, None, chain, counter) => Sense::Letter { behind: Some(chunk.id(chain, counter)?) },
                (SET, false, Some(key), None, None) => Sense::Value { key },
                (action @ (MAKE_MAP | MAKE_TEXT), false, Some(key), None, None) => {
                    Sense::Made { key, text: action == MAKE_TEXT }
                }
                _ => return None,
            };
            let kind = kind[at]?;
            let value = values.take(kind >> 4)?;
            let upto = from + usize::try_from(heir_counts[at]?).ok()?;
            rows.all.push(Row {
                id: chunk.id(id_chain[at], id_counter[at])?,
                object,
                sense,
                kind,
                value,
                heirs: from..upto,
            });
            from = upto;
        }
        values.is_empty().then_some(rows)
    }

    /// What takes an operation's place: others that stand in the document, or deletions.
    pub(super) fn heirs(&self, row: &Row<'_>) -> &[Id] {
        &self.heirs[row.heirs.clone()]
    }
}

// A column that would be empty throughout is not written.
fn padded<T: Copy>(column: Option<Vec<Option<T>>>, count: usize) -> Option<Vec<Option<T>>> {
    let column = column?;
    if column.is_empty() { Some(vec![None; count]) } else { exactly(Some(column), count) }
}

fn exactly<T>(column: Option<Vec<T>>, count: usize) -> Option<Vec<T>> {
    column.filter(|column| column.len() == count)
}
