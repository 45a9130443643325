//! An edit's operations, as far as our schema knows them: maps with scalars, texts and maps in them; texts with letters.

use super::{
    chunk::{Chunk, Column},
    code::{self, Reader},
};
use crate::limits::{KEY_BYTES, OPERATIONS, VALUE_BYTES};

/// The name of an operation: whose (0 the edit's own chain, then the others in order) and its counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) chain: usize,
    pub(super) counter: u64,
}

/// One operation. What it names has not been looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Operation<'a> {
    /// The object it is in; none for the root.
    pub(super) object: Option<Name>,
    pub(super) act: Act<'a>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Act<'a> {
    /// A letter, behind another or at the start.
    Letter { behind: Option<Name> },
    /// A letter taken away.
    Erase { letter: Name },
    /// A scalar at a key, in place of others.
    Put { key: &'a str, replaced: Vec<Name> },
    /// A key cleared.
    Clear { key: &'a str, replaced: Vec<Name> },
    /// An object at a key.
    Make { key: &'a str, text: bool },
}

/// Why operations cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Not in their one form, or of a kind our schema does not know.
    Shape,
    /// More of them, or larger, than an edit may have.
    Size,
}

// automerge's numbers for what an operation does.
pub(crate) const MAKE_MAP: u64 = 0;
pub(crate) const SET: u64 = 1;
pub(crate) const DELETE: u64 = 3;
pub(crate) const MAKE_TEXT: u64 = 4;

/// Reads every operation, bounded before anything is built: the columns are counted as they are read.
pub(super) fn read<'a>(chunk: &Chunk<'a>) -> Result<Vec<Operation<'a>>, Unfit> {
    let numbers = |column, most| code::runs(chunk.column(column), most, Reader::unsigned, code::write_unsigned);
    let action = numbers(Column::Action, OPERATIONS).ok_or(Unfit::Size)?;
    let count = action.len();
    if count == 0 {
        return Err(Unfit::Shape);
    }
    let columns = Columns {
        action,
        object_chain: padded(numbers(Column::ObjectChain, count), count)?,
        object_counter: padded(numbers(Column::ObjectCounter, count), count)?,
        key_chain: padded(numbers(Column::KeyChain, count), count)?,
        key_counter: padded(code::differences(chunk.column(Column::KeyCounter), count), count)?,
        key_text: padded(code::runs(chunk.column(Column::KeyText), count, read_text, write_text), count)?,
        insert: exactly(code::booleans(chunk.column(Column::Insert), count), count)?,
        value_kind: exactly(numbers(Column::ValueKind, count), count)?,
        replaced: exactly(numbers(Column::Replaced, count), count)?,
    };
    // Nearly every operation replaces one at most; our own writer cuts an edit long before this.
    let replaced_count = (columns.replaced.iter().flatten())
        .try_fold(0_usize, |all, count| all.checked_add(usize::try_from(*count).ok()?))
        .filter(|all| *all <= 2 * OPERATIONS)
        .ok_or(Unfit::Size)?;
    let chains = exactly(numbers(Column::ReplacedChain, replaced_count), replaced_count)?;
    let counters = code::differences(chunk.column(Column::ReplacedCounter), replaced_count);
    let counters = exactly(counters, replaced_count)?;
    let mut replaced = chains.into_iter().zip(counters).map(|pair| name(pair.0, pair.1));
    let mut words = Reader(chunk.column(Column::Value));
    let mut operations = Vec::with_capacity(count);
    for at in 0..count {
        let held = columns.replaced[at].ok_or(Unfit::Shape)?;
        let replaced = replaced.by_ref().take(held as usize).collect::<Option<Vec<_>>>().ok_or(Unfit::Shape)?;
        operations.push(columns.operation(at, replaced, &mut words)?);
    }
    if !words.is_empty() || !names_everyone(&operations, chunk.others.len()) {
        return Err(Unfit::Shape);
    }
    Ok(operations)
}

struct Columns<'a> {
    action: Vec<Option<u64>>,
    object_chain: Vec<Option<u64>>,
    object_counter: Vec<Option<u64>>,
    key_chain: Vec<Option<u64>>,
    key_counter: Vec<Option<u64>>,
    key_text: Vec<Option<&'a str>>,
    insert: Vec<bool>,
    value_kind: Vec<Option<u64>>,
    replaced: Vec<Option<u64>>,
}

enum Key<'a> {
    Text(&'a str),
    Head,
    Letter(Name),
}

impl<'a> Columns<'a> {
    fn operation(&self, at: usize, replaced: Vec<Name>, words: &mut Reader<'a>) -> Result<Operation<'a>, Unfit> {
        let object = match (self.object_chain[at], self.object_counter[at]) {
            (None, None) => None,
            pair => Some(name(pair.0, pair.1).ok_or(Unfit::Shape)?),
        };
        let key = match (self.key_text[at], self.key_chain[at], self.key_counter[at]) {
            (Some(text), None, None) => Key::Text(text),
            (None, None, Some(0)) => Key::Head,
            (None, chain, counter) => Key::Letter(name(chain, counter).ok_or(Unfit::Shape)?),
            (Some(_), ..) => return Err(Unfit::Shape),
        };
        let value = Value::read(self.value_kind[at].ok_or(Unfit::Shape)?, words)?;
        let action = self.action[at].ok_or(Unfit::Shape)?;
        let act = match (action, key, self.insert[at], value) {
            (SET, Key::Head, true, Value::Letter) if replaced.is_empty() => Act::Letter { behind: None },
            (SET, Key::Letter(behind), true, Value::Letter) if replaced.is_empty() => {
                Act::Letter { behind: Some(behind) }
            }
            (DELETE, Key::Letter(letter), false, Value::None) if replaced == [letter] => Act::Erase { letter },
            (SET, Key::Text(key), false, Value::Letter | Value::Scalar) => Act::Put { key, replaced },
            (DELETE, Key::Text(key), false, Value::None) if !replaced.is_empty() => Act::Clear { key, replaced },
            // An object lives for ever: none takes another's place, and nothing takes its.
            (MAKE_MAP | MAKE_TEXT, Key::Text(key), false, Value::None) if replaced.is_empty() => {
                Act::Make { key, text: action == MAKE_TEXT }
            }
            _ => return Err(Unfit::Shape),
        };
        Ok(Operation { object, act })
    }
}

enum Value {
    None,
    /// A text of one code point: a letter, or a very short line.
    Letter,
    Scalar,
}

impl Value {
    // The kind's low four bits say what, the rest how many bytes.
    fn read(kind: u64, words: &mut Reader<'_>) -> Result<Value, Unfit> {
        let length = kind >> 4;
        if length > VALUE_BYTES as u64 {
            return Err(Unfit::Size);
        }
        let bytes = words.take(length).ok_or(Unfit::Shape)?;
        let number = || {
            let mut reader = Reader(bytes);
            reader.signed().filter(|_| reader.is_empty()).ok_or(Unfit::Shape)
        };
        match (kind & 0xf, length) {
            (0, 0) => Ok(Value::None),
            (1 | 2, 0) => Ok(Value::Scalar),
            (4 | 9, _) => number().map(|_| Value::Scalar),
            (6, _) => {
                let text = std::str::from_utf8(bytes).map_err(|_| Unfit::Shape)?;
                Ok(if text.chars().nth(1).is_none() && !text.is_empty() { Value::Letter } else { Value::Scalar })
            }
            _ => Err(Unfit::Shape),
        }
    }
}

fn name(chain: Option<u64>, counter: Option<u64>) -> Option<Name> {
    Some(Name { chain: usize::try_from(chain?).ok()?, counter: counter.filter(|counter| *counter > 0)? })
}

// A column that would be empty throughout is not written.
fn padded<T: Copy>(column: Option<Vec<Option<T>>>, count: usize) -> Result<Vec<Option<T>>, Unfit> {
    let column = column.ok_or(Unfit::Shape)?;
    if column.is_empty() { Ok(vec![None; count]) } else { exactly(Some(column), count) }
}

fn exactly<T>(column: Option<Vec<T>>, count: usize) -> Result<Vec<T>, Unfit> {
    column.filter(|column| column.len() == count).ok_or(Unfit::Shape)
}

pub(crate) fn read_text<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    let length = reader.unsigned().filter(|length| (1..=KEY_BYTES as u64).contains(length))?;
    std::str::from_utf8(reader.take(length)?).ok()
}

pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    code::write_unsigned(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

// Every chain of the edit's table is named by some operation, and no operation names one beyond it.
fn names_everyone(operations: &[Operation<'_>], others: usize) -> bool {
    let mut named = vec![false; others + 1];
    named[0] = true;
    let mut inside = true;
    let mut note = |name: &Name| match named.get_mut(name.chain) {
        Some(named) => *named = true,
        None => inside = false,
    };
    for operation in operations {
        operation.object.iter().for_each(&mut note);
        match &operation.act {
            Act::Letter { behind } => behind.iter().for_each(&mut note),
            Act::Erase { letter } => note(letter),
            Act::Put { replaced, .. } | Act::Clear { replaced, .. } => replaced.iter().for_each(&mut note),
            Act::Make { .. } => {}
        }
    }
    inside && named.into_iter().all(|named| named)
}
