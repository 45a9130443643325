//! The dice of a liar: rows that are nearly right, columns that are nearly rows, bytes that are nearly columns.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::change::{Id, Key, Made, Raw, Row, sealed, signed, unsigned};

const SET: u64 = 1;
const DELETE: u64 = 3;
const MAKE_MAP: u64 = 0;
const MAKE_TEXT: u64 = 4;
const TEXT: u64 = 6;

/// Numbers at which something ends.
const EDGES: [u64; 14] =
    [0, 1, 2, 15, 16, 0x7f, 0x80, 0x3fff, 0xffff, 1 << 31, u32::MAX as u64, i64::MAX as u64, 1 << 63, u64::MAX];

/// An operation that some edit in the past made, and what.
pub type Known = (Id, Row);

/// One operation about what is known, most of it sensible.
pub fn row(dice: &mut ChaCha8Rng, known: &[Known]) -> Row {
    let of = |kind: &dyn Fn(&Row) -> bool| known.iter().filter(|(_, row)| kind(row)).collect::<Vec<_>>();
    let texts = of(&|row| row.action == MAKE_TEXT);
    let maps = of(&|row| row.action == MAKE_MAP);
    let letters = of(&|row| row.insert);
    let values = of(&|row| row.action == SET && !row.insert);
    let object = match one(dice, &maps) {
        Some((id, _)) if dice.random_bool(0.6) => Some(*id),
        _ => None,
    };
    let key = Key::Text(vec![b'a' + dice.random_range(0..4)]);
    let make = |dice: &mut ChaCha8Rng| Row {
        object,
        key: Key::Text(vec![b'm', dice.random_range(0..0x7f)]),
        insert: false,
        action: if dice.random_bool(0.5) { MAKE_MAP } else { MAKE_TEXT },
        kind: 0,
        value: Vec::new(),
        replaced: Vec::new(),
    };
    match dice.random_range(0..12) {
        0 => make(dice),
        1..=2 => {
            let Some((text, _)) = one(dice, &texts) else { return make(dice) };
            letter(dice, *text, Key::Head)
        }
        3..=6 => match one(dice, &letters) {
            Some((id, Row { object: Some(text), .. })) => letter(dice, *text, Key::Letter(*id)),
            _ => make(dice),
        },
        7..=8 => {
            let Some((id, row)) = one(dice, &letters) else { return make(dice) };
            Row {
                object: row.object,
                key: Key::Letter(*id),
                insert: false,
                action: DELETE,
                kind: 0,
                value: Vec::new(),
                replaced: vec![*id],
            }
        }
        more => {
            let (object, key) = match one(dice, &values) {
                Some((_, row)) if dice.random_bool(0.8) => (row.object, row.key.clone()),
                _ => (object, key),
            };
            let mut replaced: Vec<Id> = Vec::new();
            for (id, value) in values {
                if value.object == object && value.key == key && dice.random_bool(0.5) {
                    replaced.push(*id);
                }
            }
            replaced.sort_unstable();
            let clear = more == 11 && !replaced.is_empty();
            let (kind, value) = if clear { (0, Vec::new()) } else { scalar(dice) };
            Row { object, key, insert: false, action: if clear { DELETE } else { SET }, kind, value, replaced }
        }
    }
}

fn letter(dice: &mut ChaCha8Rng, text: Id, key: Key) -> Row {
    let letters = ["a", "Z", " ", "\n", "é", "\u{200d}", "👩", "\u{0301}", "ب", "\u{202e}"];
    let value = letters[dice.random_range(0..letters.len())].as_bytes().to_vec();
    Row { object: Some(text), key, insert: true, action: SET, kind: TEXT, value, replaced: Vec::new() }
}

fn scalar(dice: &mut ChaCha8Rng) -> (u64, Vec<u8>) {
    match dice.random_range(0..8) {
        0 => (0, Vec::new()),
        1 => (1, Vec::new()),
        2 => (2, Vec::new()),
        3 | 4 => {
            let mut number = Vec::new();
            signed(&mut number, edge(dice) as i64);
            (if dice.random_bool(0.5) { 4 } else { 9 }, number)
        }
        5 => (TEXT, Vec::new()),
        _ => (TEXT, "a line of words".repeat(dice.random_range(0..3)).into_bytes()),
    }
}

/// Something about an edit's rows or head is not as it was meant.
pub fn mutate(dice: &mut ChaCha8Rng, made: &mut Made, known: &[Known], hashes: &[[u8; 32]]) {
    let Some(at) = made.rows.len().checked_sub(1).map(|last| dice.random_range(0..=last)) else { return };
    let other = one(dice, known).cloned();
    let named = other.as_ref().map_or(Id { counter: 1, chain: made.chain }, |(id, _)| *id);
    let strange = match dice.random_range(0..4) {
        0 => named,
        1 => Id { counter: named.counter.wrapping_add(dice.random_range(0..3)).wrapping_sub(1), ..named },
        2 => Id { counter: made.first.wrapping_add(dice.random_range(0..6)), chain: made.chain },
        _ => Id { counter: edge(dice), chain: if dice.random_bool(0.5) { named.chain } else { [dice.random(); 16] } },
    };
    let count = made.rows.len();
    let row = &mut made.rows[at];
    match dice.random_range(0..20) {
        0 => row.object = Some(strange),
        1 => row.object = None,
        2 => row.key = Key::Letter(strange),
        3 => row.key = Key::Head,
        4 => row.key = Key::Text(rubbish(dice)),
        5 => row.insert = !row.insert,
        6 => row.action = dice.random_range(0..9),
        7 => row.kind = dice.random_range(0..16),
        8 => row.value = rubbish(dice),
        9 => row.replaced.push(strange),
        10 => row.replaced = vec![strange],
        11 => row.replaced.clear(),
        12 => row.replaced.reverse(),
        13 => made.rows.swap(at, dice.random_range(0..count)),
        14 => drop(made.rows.remove(at)),
        15 => {
            let row = made.rows[at].clone();
            made.rows.insert(at, row);
        }
        16 => made.first = near(dice, made.first),
        17 => made.seq = near(dice, made.seq),
        18 => made.after.push(hashes.get(dice.random_range(0..=hashes.len())).copied().unwrap_or([dice.random(); 32])),
        _ => drop(made.after.pop()),
    }
}

/// Something about how an edit is written is not as it should be.
pub fn mangle(dice: &mut ChaCha8Rng, raw: &mut Raw) {
    let at = dice.random_range(0..raw.columns.len().max(1));
    match dice.random_range(0..18) {
        0 => raw.time = edge(dice) as i64,
        1 => raw.message = rubbish(dice),
        2 => raw.tail = rubbish(dice),
        3 => raw.others.push(vec![dice.random(); if dice.random_bool(0.8) { 16 } else { 3 }]),
        4 => drop(raw.others.pop()),
        5 => raw.others.reverse(),
        6 => raw.after.reverse(),
        7 => raw.after.extend(raw.after.first().cloned()),
        8 => raw.chain = rubbish(dice),
        9 if !raw.columns.is_empty() => drop(raw.columns.remove(at)),
        10 if !raw.columns.is_empty() => {
            let column = raw.columns[at].clone();
            raw.columns.insert(at, column);
        }
        11 if !raw.columns.is_empty() => {
            let last = raw.columns.len() - 1;
            raw.columns.swap(at, last);
        }
        12 if !raw.columns.is_empty() => {
            let kinds =
                [0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73, 0x80, 0x83, 0x94, 0xa5, 0x0d];
            raw.columns[at].0 = kinds[dice.random_range(0..kinds.len())] | if dice.random_bool(0.2) { 8 } else { 0 };
        }
        _ => {
            if let Some((_, column)) = raw.columns.get_mut(at) {
                bend(dice, column);
            }
        }
    }
}

/// Something about some bytes is different: lengths, runs, single bits.
pub fn bend(dice: &mut ChaCha8Rng, bytes: &mut Vec<u8>) {
    let at = dice.random_range(0..=bytes.len());
    match dice.random_range(0..8) {
        0 => bytes.truncate(at),
        1 => bytes.insert(at, dice.random()),
        2..=4 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.random_range(0..8);
            }
        }
        5 => {
            let mut number = Vec::new();
            unsigned(&mut number, edge(dice));
            bytes.splice(at..at, number);
        }
        6 => {
            // A run of very many.
            let mut run = Vec::new();
            signed(&mut run, if dice.random_bool(0.5) { 0 } else { edge(dice) as i64 });
            unsigned(&mut run, edge(dice));
            bytes.splice(at..at, run);
        }
        _ => {
            let upto = dice.random_range(at..=bytes.len());
            let copy = bytes[at..upto].to_vec();
            bytes.splice(at..at, copy);
        }
    }
}

/// The bytes of an edit or a document, changed anywhere and sealed again.
pub fn bend_sealed(dice: &mut ChaCha8Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..dice.random_range(1..4) {
        let mut rest = bytes.split_off(bytes.len().min(9));
        bend(dice, &mut rest);
        bytes.append(&mut rest);
    }
    sealed(bytes)
}

pub fn edge(dice: &mut ChaCha8Rng) -> u64 {
    EDGES[dice.random_range(0..EDGES.len())]
}

fn near(dice: &mut ChaCha8Rng, number: u64) -> u64 {
    match dice.random_range(0..4) {
        0 => number.wrapping_add(1),
        1 => number.wrapping_sub(1),
        2 => edge(dice),
        _ => 1 << 31,
    }
}

fn rubbish(dice: &mut ChaCha8Rng) -> Vec<u8> {
    let length = [0, 1, 3, 16, 64, 65, 300][dice.random_range(0..7)];
    (0..length).map(|_| dice.random()).collect()
}

pub fn one<'a, T>(dice: &mut ChaCha8Rng, of: &'a [T]) -> Option<&'a T> {
    if of.is_empty() { None } else { Some(&of[dice.random_range(0..of.len())]) }
}
