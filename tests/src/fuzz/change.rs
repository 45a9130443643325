//! An edit as rows, as columns and as bytes, written without a line of ours, so that it can be wrong at every level.

use sha2::{Digest as _, Sha256};

/// An operation's name: its counter, and whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    pub counter: u64,
    pub chain: [u8; 16],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Text(Vec<u8>),
    Head,
    Letter(Id),
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub object: Option<Id>,
    pub key: Key,
    pub insert: bool,
    pub action: u64,
    pub kind: u64,
    pub value: Vec<u8>,
    pub replaced: Vec<Id>,
}

/// An edit as its maker means it.
#[derive(Debug, Clone)]
pub struct Made {
    pub after: Vec<[u8; 32]>,
    pub chain: [u8; 16],
    pub seq: u64,
    pub first: u64,
    pub rows: Vec<Row>,
}

/// An edit as it is written: everything may be wrong.
#[derive(Debug, Clone)]
pub struct Raw {
    pub after: Vec<Vec<u8>>,
    pub chain: Vec<u8>,
    pub seq: u64,
    pub first: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub others: Vec<Vec<u8>>,
    pub columns: Vec<(u64, Vec<u8>)>,
    pub tail: Vec<u8>,
}

impl Made {
    /// Its one right spelling.
    pub fn raw(&self) -> Raw {
        let mut others: Vec<[u8; 16]> = Vec::new();
        for row in &self.rows {
            others.extend(row.object.iter().chain(&row.replaced).map(|id| id.chain));
            if let Key::Letter(id) = &row.key {
                others.push(id.chain);
            }
        }
        others.retain(|chain| *chain != self.chain);
        others.sort_unstable();
        others.dedup();
        let place = |id: &Id| others.binary_search(&id.chain).map_or(0, |at| at as u64 + 1);
        let all = |number: &dyn Fn(&Row) -> Option<u64>| self.rows.iter().map(number).collect::<Vec<_>>();
        let letter = |row: &Row| match &row.key {
            Key::Letter(id) => Some(*id),
            Key::Text(_) | Key::Head => None,
        };
        let counters = |row: &Row| match &row.key {
            Key::Letter(id) => Some(id.counter),
            Key::Head => Some(0),
            Key::Text(_) => None,
        };
        let texts: Vec<Option<Vec<u8>>> = (self.rows.iter())
            .map(|row| match &row.key {
                Key::Text(text) => Some(text.clone()),
                Key::Head | Key::Letter(_) => None,
            })
            .collect();
        let replaced: Vec<Id> = self.rows.iter().flat_map(|row| row.replaced.clone()).collect();
        let columns = [
            (0x01, numbers(&all(&|row| row.object.as_ref().map(place)))),
            (0x02, numbers(&all(&|row| row.object.map(|id| id.counter)))),
            (0x11, numbers(&all(&|row| letter(row).as_ref().map(place)))),
            (0x13, steps(&all(&counters))),
            (
                0x15,
                runs(&texts, |out, text| {
                    unsigned(out, text.len() as u64);
                    out.extend_from_slice(text);
                }),
            ),
            (0x34, booleans(&self.rows.iter().map(|row| row.insert).collect::<Vec<_>>())),
            (0x42, numbers(&all(&|row| Some(row.action)))),
            (0x56, numbers(&all(&|row| Some((row.value.len() as u64) << 4 | row.kind)))),
            (0x57, self.rows.iter().flat_map(|row| row.value.clone()).collect()),
            (0x70, numbers(&all(&|row| Some(row.replaced.len() as u64)))),
            (0x71, numbers(&replaced.iter().map(|id| Some(place(id))).collect::<Vec<_>>())),
            (0x73, steps(&replaced.iter().map(|id| Some(id.counter)).collect::<Vec<_>>())),
        ];
        let mut after = self.after.clone();
        after.sort_unstable();
        Raw {
            after: after.iter().map(|hash| hash.to_vec()).collect(),
            chain: self.chain.to_vec(),
            seq: self.seq,
            first: self.first,
            time: 0,
            message: Vec::new(),
            others: others.iter().map(|chain| chain.to_vec()).collect(),
            columns: columns.into_iter().filter(|(_, column)| !column.is_empty()).collect(),
            tail: Vec::new(),
        }
    }
}

impl Raw {
    /// The bytes, with a length and a checksum that fit.
    pub fn bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        unsigned(&mut body, self.after.len() as u64);
        self.after.iter().for_each(|hash| body.extend_from_slice(hash));
        unsigned(&mut body, self.chain.len() as u64);
        body.extend_from_slice(&self.chain);
        unsigned(&mut body, self.seq);
        unsigned(&mut body, self.first);
        signed(&mut body, self.time);
        unsigned(&mut body, self.message.len() as u64);
        body.extend_from_slice(&self.message);
        unsigned(&mut body, self.others.len() as u64);
        for other in &self.others {
            unsigned(&mut body, other.len() as u64);
            body.extend_from_slice(other);
        }
        unsigned(&mut body, self.columns.len() as u64);
        for (kind, column) in &self.columns {
            unsigned(&mut body, *kind);
            unsigned(&mut body, column.len() as u64);
        }
        self.columns.iter().for_each(|(_, column)| body.extend_from_slice(column));
        body.extend_from_slice(&self.tail);
        chunk(1, &body)
    }
}

/// A chunk of automerge's, sealed.
pub fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, kind];
    unsigned(&mut bytes, body.len() as u64);
    bytes.extend_from_slice(body);
    sealed(bytes)
}

/// The same bytes with a checksum that fits.
pub fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > 8 {
        let digest = Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&digest[..4]);
    }
    bytes
}

pub fn unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub fn signed(out: &mut Vec<u8>, mut number: i64) {
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 && byte & 0x40 == 0 || number == -1 && byte & 0x40 != 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

pub(super) fn numbers(values: &[Option<u64>]) -> Vec<u8> {
    runs(values, |out, number| unsigned(out, *number))
}

/// Each as its difference to the one before.
pub(super) fn steps(values: &[Option<u64>]) -> Vec<u8> {
    let mut last = 0_i64;
    let steps: Vec<Option<i64>> = (values.iter())
        .map(|value| {
            let value = (*value)? as i64;
            let step = value.wrapping_sub(last);
            last = value;
            Some(step)
        })
        .collect();
    runs(&steps, |out, step| signed(out, *step))
}

pub(super) fn runs<T: PartialEq>(values: &[Option<T>], write: impl Fn(&mut Vec<u8>, &T)) -> Vec<u8> {
    let mut out = Vec::new();
    if values.iter().all(Option::is_none) {
        return out;
    }
    let mut rest = values;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|value| *value == first).count();
        match first {
            None => {
                signed(&mut out, 0);
                unsigned(&mut out, same as u64);
                rest = &rest[same..];
            }
            Some(value) if same > 1 => {
                signed(&mut out, same as i64);
                write(&mut out, value);
                rest = &rest[same..];
            }
            Some(_) => {
                let alone = |at: &usize| rest[*at].is_some() && rest.get(at + 1) != Some(&rest[*at]);
                let count = (0..rest.len()).take_while(alone).count();
                signed(&mut out, -(count as i64));
                rest[..count].iter().flatten().for_each(|value| write(&mut out, value));
                rest = &rest[count..];
            }
        }
    }
    out
}

pub(super) fn booleans(values: &[bool]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut rest, mut value) = (values, false);
    while !rest.is_empty() {
        let count = rest.iter().take_while(|other| **other == value).count();
        unsigned(&mut out, count as u64);
        rest = &rest[count..];
        value = !value;
    }
    out
}
