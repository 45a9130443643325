//! The edits' bytes, written again from what stands in the document. They are right if their hashes are: nothing else is asked.

use seal::{Bytes, ChainId, DocId, Edit, EditHash, Head, Seq};
use sha2::{Digest as _, Sha256};

use super::{
    Id,
    changes::Change,
    parts::{Part, Parts},
    rows::{Rows, Sense},
};
use crate::door::{
    chunk::{self, CHANGE, Column, MAGIC},
    code::{steps, write_booleans, write_runs, write_signed, write_unsigned},
    operation::{DELETE, MAKE_MAP, MAKE_TEXT, SET, write_text},
};

/// Writes one edit after the other.
pub(super) struct Pen<'a> {
    doc: DocId,
    chains: &'a [ChainId],
    rows: &'a Rows<'a>,
    parts: &'a Parts,
    /// How many of the replacements are written.
    replaced: usize,
    /// The operations of the edit under way, column by column.
    columns: Columns<'a>,
    body: Vec<u8>,
    data: Vec<u8>,
    out: Vec<u8>,
}

#[derive(Default)]
struct Columns<'a> {
    object: Vec<Option<Id>>,
    key: Vec<Key<'a>>,
    action: Vec<Option<u64>>,
    kind: Vec<Option<u64>>,
    value: Vec<u8>,
    counts: Vec<Option<u64>>,
    replaced: Vec<Option<Id>>,
    numbers: Vec<Option<u64>>,
    steps: Vec<Option<i64>>,
    texts: Vec<Option<&'a str>>,
    /// The chains that are named besides the edit's own, sorted.
    others: Vec<u32>,
}

#[derive(Clone, Copy)]
enum Key<'a> {
    Text(&'a str),
    Head,
    Behind(Id),
    Letter(Id),
}

impl Key<'_> {
    fn letter(self) -> Option<Id> {
        match self {
            Key::Text(_) | Key::Head => None,
            Key::Behind(id) | Key::Letter(id) => Some(id),
        }
    }

    fn is_insert(self) -> bool {
        matches!(self, Key::Head | Key::Behind(_))
    }
}

impl<'a> Pen<'a> {
    pub(super) fn new(doc: DocId, chains: &'a [ChainId], rows: &'a Rows<'a>, parts: &'a Parts) -> Pen<'a> {
        let columns = Columns::default();
        Pen { doc, chains, rows, parts, replaced: 0, columns, body: Vec::new(), data: Vec::new(), out: Vec::new() }
    }

    /// The next edit. They are asked for in the order in which they stand.
    pub(super) fn write(&mut self, change: &Change, after: Vec<EditHash>) -> Option<Edit> {
        self.columns.clear();
        for place in change.start..change.start + change.count as usize {
            self.gather(place);
        }
        self.columns.name_others(change.chain);

        self.body.clear();
        let body = &mut self.body;
        write_unsigned(body, after.len() as u64);
        after.iter().for_each(|hash| body.extend_from_slice(hash.as_bytes()));
        let chain = self.chains[change.chain as usize];
        write_chain(body, chain);
        write_unsigned(body, change.seq);
        write_unsigned(body, u64::from(change.first));
        write_signed(body, change.time);
        // No message.
        write_unsigned(body, 0);
        write_unsigned(body, self.columns.others.len() as u64);
        for other in &self.columns.others {
            write_chain(body, self.chains[*other as usize]);
        }
        self.data.clear();
        self.columns.write(change.chain, body, &mut self.data);
        body.extend_from_slice(&self.data);

        let out = &mut self.out;
        out.clear();
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&[0; 4]);
        out.push(CHANGE);
        write_unsigned(out, body.len() as u64);
        out.extend_from_slice(body);
        let hash: [u8; 32] = Sha256::digest(&out[8..]).into();
        out[4..8].copy_from_slice(&hash[..4]);
        let head = Head { chain, seq: Seq::new(change.seq)?, hash: EditHash::new(hash), after };
        debug_assert!(chunk::head(out).map_or(true, |read| read == head), "its head is what its bytes say");
        self.edit(head)
    }

    #[expect(clippy::disallowed_methods, reason = "these bytes were written of this head, and its hash is theirs")]
    fn edit(&self, head: Head) -> Option<Edit> {
        Edit::written(self.doc, Bytes::from(&self.out[..]), head).ok()
    }

    fn gather(&mut self, place: usize) {
        let columns = &mut self.columns;
        let (row, action) = match self.parts.part(place) {
            // Sorting has refused these.
            Part::Missing => return,
            Part::Row(at) => (&self.rows.all[at as usize], None),
            Part::Deletion(at) => (&self.rows.all[at as usize], Some(DELETE)),
        };
        columns.object.push(row.object);
        columns.key.push(match (row.sense, action) {
            (Sense::Letter { .. }, Some(_)) => Key::Letter(row.id),
            (Sense::Letter { behind: None }, None) => Key::Head,
            (Sense::Letter { behind: Some(behind) }, None) => Key::Behind(behind),
            (Sense::Value { key } | Sense::Made { key, .. }, _) => Key::Text(key),
        });
        let standing = match row.sense {
            Sense::Letter { .. } | Sense::Value { .. } => SET,
            Sense::Made { text: true, .. } => MAKE_TEXT,
            Sense::Made { text: false, .. } => MAKE_MAP,
        };
        columns.action.push(Some(action.unwrap_or(standing)));
        columns.kind.push(Some(if action.is_some() { 0 } else { row.kind }));
        if action.is_none() {
            columns.value.extend_from_slice(row.value);
        }
        let replaced = self.parts.replaced(&mut self.replaced, place);
        columns.counts.push(Some(replaced.len() as u64));
        columns.replaced.extend(replaced.iter().map(|(_, at)| Some(self.rows.all[*at as usize].id)));
    }
}

impl<'a> Columns<'a> {
    fn clear(&mut self) {
        let Columns { object, key, action, kind, value, counts, replaced, numbers, steps, texts, others } = self;
        object.clear();
        key.clear();
        action.clear();
        kind.clear();
        value.clear();
        counts.clear();
        replaced.clear();
        numbers.clear();
        steps.clear();
        texts.clear();
        others.clear();
    }

    fn name_others(&mut self, own: u32) {
        let keys = self.key.iter().filter_map(|key| key.letter());
        let named = self.object.iter().flatten().copied().chain(keys).chain(self.replaced.iter().flatten().copied());
        self.others.extend(named.map(|id| id.chain).filter(|chain| *chain != own));
        self.others.sort_unstable();
        self.others.dedup();
    }

    /// Writes kinds and lengths into `head`, and what they are of into `data`.
    fn write(&mut self, own: u32, head: &mut Vec<u8>, data: &mut Vec<u8>) {
        let mut lengths = [(Column::Action, 0); Column::ALL.len()];
        for (place, column) in Column::ALL.into_iter().enumerate() {
            let before = data.len();
            self.write_column(own, column, data);
            lengths[place] = (column, data.len() - before);
        }
        let there = || lengths.iter().filter(|(_, length)| *length > 0);
        write_unsigned(head, there().count() as u64);
        for (column, length) in there() {
            write_unsigned(head, *column as u64);
            write_unsigned(head, *length as u64);
        }
    }

    fn write_column(&mut self, own: u32, column: Column, out: &mut Vec<u8>) {
        let Columns { object, key, action, kind, value, counts, replaced, numbers, steps: differences, texts, others } =
            self;
        // The edit's own chain is number 0 in it, the others follow.
        let whose = |id: &Id| {
            if id.chain == own { 0 } else { 1 + others.partition_point(|other| *other < id.chain) as u64 }
        };
        let mut write_numbers = |all: &mut dyn Iterator<Item = Option<u64>>| {
            numbers.clear();
            numbers.extend(all);
            write_runs(out, numbers, write_unsigned);
        };
        match column {
            Column::ObjectChain => write_numbers(&mut object.iter().map(|id| id.as_ref().map(whose))),
            Column::ObjectCounter => write_numbers(&mut object.iter().map(|id| Some(u64::from(id.as_ref()?.counter)))),
            Column::KeyChain => write_numbers(&mut key.iter().map(|key| key.letter().as_ref().map(whose))),
            Column::KeyCounter => {
                differences.clear();
                differences.extend(steps(key.iter().map(|key| match key {
                    Key::Text(_) => None,
                    Key::Head => Some(0),
                    Key::Behind(id) | Key::Letter(id) => Some(i64::from(id.counter)),
                })));
                write_runs(out, differences, write_signed);
            }
            Column::KeyText => {
                texts.clear();
                texts.extend(key.iter().map(|key| match key {
                    Key::Text(text) => Some(*text),
                    Key::Head | Key::Behind(_) | Key::Letter(_) => None,
                }));
                write_runs(out, texts, write_text);
            }
            Column::Insert => write_booleans(out, key.iter().map(|key| key.is_insert())),
            Column::Action => write_runs(out, action, write_unsigned),
            Column::ValueKind => write_runs(out, kind, write_unsigned),
            Column::Value => out.extend_from_slice(value),
            Column::Replaced => write_runs(out, counts, write_unsigned),
            Column::ReplacedChain => write_numbers(&mut replaced.iter().map(|id| id.as_ref().map(whose))),
            Column::ReplacedCounter => {
                differences.clear();
                differences.extend(steps(replaced.iter().map(|id| Some(i64::from(id.as_ref()?.counter)))));
                write_runs(out, differences, write_signed);
            }
        }
    }
}

fn write_chain(out: &mut Vec<u8>, chain: ChainId) {
    write_unsigned(out, ChainId::LEN as u64);
    out.extend_from_slice(chain.as_bytes());
}
