//! Compact documents whose edits are honest and stand otherwise: letters elsewhere, values replaced by what did not replace them,
//! operations that belong to no edit. No hash covers that.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::catch_unwind,
};

use plan::compact::{Exact, Unpacked};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use seal::{Admitted, Bytes, Door as _, Edit, EditHash};

use super::{
    change::{booleans, numbers, runs, steps, unsigned},
    session::{DOC, admitted},
    whole::{Raw, Reader},
};

/// What became of a compact document that we read ourselves, if we do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// It is none that its edits make.
    Refused,
    /// It is of other edits, as their hashes say, which the door refuses.
    Unfit,
    /// It is of other edits, and is what these make.
    Others,
    /// It is of the same edits, in another order.
    Reordered,
    /// It is the same, byte for byte.
    Same,
}

/// A chain by its number in the table, and a counter.
type Id = (u64, u64);

#[derive(Clone)]
struct Row {
    id: Id,
    object: Option<Id>,
    text: Option<Vec<u8>>,
    letter: (Option<u64>, Option<u64>),
    insert: bool,
    action: u64,
    kind: u64,
    value: Vec<u8>,
    heirs: Vec<Id>,
}

#[derive(Clone)]
struct Change {
    chain: u64,
    seq: u64,
    last: u64,
    time: u64,
    after: Vec<usize>,
}

struct Table {
    raw: Raw,
    changes: Vec<Change>,
    rows: Vec<Row>,
    /// Where the heads stand.
    heads: Vec<usize>,
}

/// A compact document of these edits, rearranged in one way or two.
pub fn rearrange(dice: &mut ChaCha8Rng, document: &[u8]) -> Vec<u8> {
    let mut table = Table::read(document).expect("a compact document has this form");
    assert_eq!(table.raw(0).bytes(), document, "read and written again it is the same");
    let mut others = 0;
    for _ in 0..dice.random_range(1..3) {
        others = others.max(table.change_something(dice));
    }
    let raw = table.raw(others);
    if dice.random_bool(0.5) { with_its_heads(raw) } else { raw.bytes() }
}

/// With the heads that its edits have by now, if automerge finds any in it: a liar would not forget them.
fn with_its_heads(mut raw: Raw) -> Vec<u8> {
    let bytes = raw.bytes();
    let unpacked = catch_unwind(|| Unpacked::read(&bytes)).ok().flatten();
    let read = |edit: &Bytes| plan::door::head(edit).ok();
    let Some(list) = unpacked.and_then(|unpacked| unpacked.edits().iter().map(read).collect::<Option<Vec<_>>>()) else {
        return bytes;
    };
    let named: BTreeSet<EditHash> = list.iter().flat_map(|head| head.after.iter().copied()).collect();
    let heads: BTreeMap<EditHash, usize> =
        list.iter().enumerate().map(|(at, head)| (head.hash, at)).filter(|(hash, _)| !named.contains(hash)).collect();
    raw.heads = heads.keys().map(|hash| hash.as_bytes().to_vec()).collect();
    raw.tail.clear();
    heads.values().for_each(|at| unsigned(&mut raw.tail, *at as u64));
    raw.bytes()
}

/// Reads it ourselves, and if that can be done holds it against the edits that come out of it, of which it must be exactly what
/// automerge makes of them. Panics where a rule is broken.
pub fn hold_against_its_edits(document: &[u8], honest: &[u8]) -> Became {
    let edits_of = |document: &[u8]| Exact::read(DOC, document).map(|exact| exact.into_parts().0);
    let expected = edits_of(honest).expect("an honest one can be read");
    let Some(edits) = edits_of(document) else { return Became::Refused };
    if edits == expected {
        assert!(document == honest, "the same edits, and something else is different");
        return Became::Same;
    }
    let set = |edits: &[Edit]| edits.iter().map(Edit::hash).collect::<BTreeSet<_>>();
    let same_edits = set(&edits) == set(&expected);
    let mut house = plan::door::House::new();
    for edit in &edits {
        // One may have a head that nobody could read; no other than its own.
        let read = Edit::read(DOC, edit.bytes().clone(), plan::door::head);
        assert!(read.is_err() || read.as_ref() == Ok(edit), "its head is what its bytes say");
    }
    if edits.iter().any(|edit| house.weigh(edit).is_err()) {
        assert!(!same_edits, "honest edits are let in, each after what it builds on");
        return Became::Unfit;
    }
    let part = plan::part("about-me").expect("a part there is");
    let list: Vec<Admitted> = edits.into_iter().map(admitted).collect();
    let mut opened = plan::Document::load(part, DOC, Some(document), &[]).expect("what its edits make can be opened");
    let mut built = plan::Document::load(part, DOC, None, &list).expect("and so can they");
    assert_eq!(opened.save(), document, "it saves to what it was");
    assert_eq!(built.save(), document, "and so do they");
    assert!(plan::compact::stands(document), "and it can be walked");
    if same_edits { Became::Reordered } else { Became::Others }
}

impl Table {
    fn read(document: &[u8]) -> Option<Table> {
        let raw = Raw::read(document)?;
        let column = |group: usize, kind: u64| -> &[u8] {
            let columns = &raw.columns[group];
            columns.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, column)| column)
        };
        let all = |group, kind| read_runs(column(group, kind), |reader| reader.unsigned());
        let sums = |group, kind| read_sums(column(group, kind));
        let mut after = sums(0, 0x43)?.into_iter();
        let mut changes = Vec::new();
        let columns = all(0, 0x01)?.into_iter().zip(sums(0, 0x03)?).zip(sums(0, 0x13)?);
        for (((chain, seq), last), (time, count)) in columns.zip(sums(0, 0x23)?.into_iter().zip(all(0, 0x40)?)) {
            let after = after.by_ref().take(count? as usize).map(|at| Some(at? as usize)).collect::<Option<_>>()?;
            changes.push(Change { chain: chain?, seq: seq?, last: last?, time: time?, after });
        }

        let chains = all(1, 0x21)?;
        let count = chains.len();
        let padded = |mut values: Vec<Option<u64>>| {
            values.resize(count, None);
            values
        };
        let mut texts = read_runs(column(1, 0x15), |reader| {
            let length = reader.unsigned()?;
            reader.take(length)
        })?;
        texts.resize(count, None);
        let (ids, objects) = (sums(1, 0x23)?, padded(all(1, 0x01)?).into_iter().zip(padded(all(1, 0x02)?)));
        let letters: Vec<_> = padded(all(1, 0x11)?).into_iter().zip(padded(sums(1, 0x13)?)).collect();
        let objects: Vec<_> = objects.map(|(chain, counter)| chain.zip(counter)).collect();
        let (inserts, actions) = (read_booleans(column(1, 0x34))?, all(1, 0x42)?);
        let (kinds, mut values) = (all(1, 0x56)?, Reader(column(1, 0x57)));
        let mut heirs = all(1, 0x81)?.into_iter().zip(sums(1, 0x83)?).map(|(chain, counter)| chain.zip(counter));
        let heir_counts = all(1, 0x80)?;
        let mut rows = Vec::new();
        for at in 0..count {
            let kind = kinds[at]?;
            rows.push(Row {
                id: (chains[at]?, ids[at]?),
                object: objects[at],
                text: texts[at].clone(),
                letter: letters[at],
                insert: inserts[at],
                action: actions[at]?,
                kind: kind & 0xf,
                value: values.take(kind >> 4)?,
                heirs: heirs.by_ref().take(heir_counts[at]? as usize).collect::<Option<_>>()?,
            });
        }
        let mut tail = Reader(&raw.tail);
        let heads = raw.heads.iter().map(|_| Some(tail.unsigned()? as usize)).collect::<Option<_>>()?;
        Some(Table { raw, changes, rows, heads })
    }

    /// The same as columns. `more` chains are in its table of whom nothing is.
    fn raw(&self, more: usize) -> Raw {
        let of_changes = |number: &dyn Fn(&Change) -> u64| -> Vec<Option<u64>> {
            self.changes.iter().map(|change| Some(number(change))).collect()
        };
        let of_rows = |number: &dyn Fn(&Row) -> Option<u64>| self.rows.iter().map(number).collect::<Vec<_>>();
        let after: Vec<_> = self.changes.iter().flat_map(|change| &change.after).map(|at| Some(*at as u64)).collect();
        let changes = vec![
            (0x01, numbers(&of_changes(&|change| change.chain))),
            (0x03, steps(&of_changes(&|change| change.seq))),
            (0x13, steps(&of_changes(&|change| change.last))),
            (0x23, steps(&of_changes(&|change| change.time))),
            (0x40, numbers(&of_changes(&|change| change.after.len() as u64))),
            (0x43, steps(&after)),
            (0x56, numbers(&of_changes(&|_| 7))),
        ];
        let heirs: Vec<Id> = self.rows.iter().flat_map(|row| row.heirs.iter().copied()).collect();
        let texts: Vec<Option<Vec<u8>>> = self.rows.iter().map(|row| row.text.clone()).collect();
        let rows = vec![
            (0x01, numbers(&of_rows(&|row| Some(row.object?.0)))),
            (0x02, numbers(&of_rows(&|row| Some(row.object?.1)))),
            (0x11, numbers(&of_rows(&|row| row.letter.0))),
            (0x13, steps(&of_rows(&|row| row.letter.1))),
            (
                0x15,
                runs(&texts, |out, text| {
                    unsigned(out, text.len() as u64);
                    out.extend_from_slice(text);
                }),
            ),
            (0x21, numbers(&of_rows(&|row| Some(row.id.0)))),
            (0x23, steps(&of_rows(&|row| Some(row.id.1)))),
            (0x34, booleans(&self.rows.iter().map(|row| row.insert).collect::<Vec<_>>())),
            (0x42, numbers(&of_rows(&|row| Some(row.action)))),
            (0x56, numbers(&of_rows(&|row| Some((row.value.len() as u64) << 4 | row.kind)))),
            (0x57, self.rows.iter().flat_map(|row| row.value.clone()).collect()),
            (0x80, numbers(&of_rows(&|row| Some(row.heirs.len() as u64)))),
            (0x81, numbers(&heirs.iter().map(|heir| Some(heir.0)).collect::<Vec<_>>())),
            (0x83, steps(&heirs.iter().map(|heir| Some(heir.1)).collect::<Vec<_>>())),
        ];
        let full =
            |columns: Vec<(u64, Vec<u8>)>| columns.into_iter().filter(|(_, column)| !column.is_empty()).collect();
        let mut raw = Raw { columns: [full(changes), full(rows)], tail: Vec::new(), ..self.raw.clone() };
        self.heads.iter().for_each(|at| unsigned(&mut raw.tail, *at as u64));
        raw.actors.extend((0..more).map(|_| vec![0xff; 16]));
        raw
    }

    /// Says how many chains nothing is of.
    fn change_something(&mut self, dice: &mut ChaCha8Rng) -> usize {
        let Table { changes, rows, .. } = self;
        if rows.is_empty() {
            return 0;
        }
        let at = dice.random_range(0..rows.len());
        let other = dice.random_range(0..rows.len());
        let ids: Vec<Id> = rows.iter().flat_map(|row| row.heirs.iter().copied().chain([row.id])).collect();
        let id = ids[dice.random_range(0..ids.len())];
        // Somebody who took a letter's place, often.
        let replaced = (0..rows.len()).map(|step| (at + step) % rows.len()).find(|at| !rows[*at].heirs.is_empty());
        match dice.random_range(0..22) {
            // Other words, which is another edit.
            20 => {
                let Row { kind, value, .. } = rows[other].clone();
                (rows[at].kind, rows[at].value) = (kind, value);
            }
            0 | 1 => {
                let next = (at + 1) % rows.len();
                rows.swap(at, next);
            }
            2 => {
                let row = rows.remove(at);
                rows.insert(other.min(rows.len()), row);
            }
            // Many letters at once.
            3 => rows[at.min(other)..at.max(other)].rotate_left(usize::from(other != at)),
            4 => rows[at.min(other)..at.max(other)].reverse(),
            5 => rows.swap(at, other),
            6 => rows[at].heirs.push(id),
            7 => {
                rows[at].heirs.push(id);
                rows[at].heirs.sort_by_key(|(chain, counter)| (*counter, *chain));
            }
            8 => {
                if let Some(at) = replaced {
                    rows[at].heirs.pop();
                }
            }
            9 => {
                if let Some(from) = replaced {
                    let heir = rows[from].heirs.remove(0);
                    rows[other].heirs.push(heir);
                }
            }
            10 => replaced.into_iter().for_each(|at| {
                let twice = rows[at].heirs[0];
                rows[at].heirs.insert(0, twice);
            }),
            11 => replaced.into_iter().for_each(|at| rows[at].heirs.reverse()),
            12 => rows.insert(other, rows[at].clone()),
            // A deletion that stands in the document.
            13 | 14 => {
                if let Some(at) = replaced {
                    let action = [0, 1, 3, 4, 5, 7][dice.random_range(0..6)];
                    let row = Row { id: rows[at].heirs[0], heirs: Vec::new(), action, ..rows[at].clone() };
                    rows.insert(at + 1, row);
                }
            }
            // An operation of no edit.
            15 => {
                let counter = rows.iter().map(|row| row.id.1).max().unwrap_or(0) + dice.random_range(1..3);
                let row = Row { id: (rows[at].id.0, counter), heirs: Vec::new(), ..rows[at].clone() };
                rows.insert(at + usize::from(dice.random_bool(0.5)), row);
            }
            16 => drop(rows.remove(at)),
            17 => match dice.random_range(0..5) {
                0 => rows[at].letter = rows[other].letter,
                1 => rows[at].object = rows[other].object,
                2 => rows[at].insert = !rows[at].insert,
                3 => rows[at].text = rows[other].text.clone(),
                _ => rows[at].action = dice.random_range(0..8),
            },
            // The edits, in another order.
            18 if changes.len() > 1 => {
                let at = dice.random_range(1..changes.len());
                changes.swap(at - 1, at);
                let moved = |place: &mut usize| {
                    *place = match *place {
                        place if place == at => at - 1,
                        place if place + 1 == at => at,
                        place => place,
                    };
                };
                changes.iter_mut().flat_map(|change| &mut change.after).for_each(moved);
                self.heads.iter_mut().for_each(moved);
            }
            _ => return dice.random_range(0..2),
        }
        0
    }
}

fn read_signed(reader: &mut Reader<'_>) -> Option<i64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let byte = reader.take(1)?[0];
        number |= i64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(if byte & 0x40 == 0 { number } else { number | -1 << (shift + 7) });
        }
    }
    None
}

fn read_runs<T: Clone>(column: &[u8], read: impl Fn(&mut Reader<'_>) -> Option<T>) -> Option<Vec<Option<T>>> {
    let mut reader = Reader(column);
    let mut values = Vec::new();
    while !reader.0.is_empty() {
        match read_signed(&mut reader)? {
            0 => values.extend((0..reader.unsigned()?).map(|_| None)),
            length if length > 0 => {
                let value = read(&mut reader)?;
                values.extend((0..length).map(|_| Some(value.clone())));
            }
            length => {
                for _ in length..0 {
                    values.push(Some(read(&mut reader)?));
                }
            }
        }
    }
    Some(values)
}

fn read_sums(column: &[u8]) -> Option<Vec<Option<u64>>> {
    let mut last = 0_i64;
    let add = |step: Option<i64>| {
        last += step?;
        Some(last as u64)
    };
    Some(read_runs(column, read_signed)?.into_iter().map(add).collect())
}

fn read_booleans(column: &[u8]) -> Option<Vec<bool>> {
    let (mut reader, mut values, mut value) = (Reader(column), Vec::new(), false);
    while !reader.0.is_empty() {
        values.extend((0..reader.unsigned()?).map(|_| value));
        value = !value;
    }
    Some(values)
}
