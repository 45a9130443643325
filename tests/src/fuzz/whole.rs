//! Compact documents nobody honest made, and a taster to try them in: a child of the real program, spoken to as the node
//! does.

use std::{
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use seal::{Admitted, Bytes, Door as _, Edit};

use super::{
    change::{chunk, unsigned},
    liar,
    session::{DOC, admitted, seen, take},
};

/// The longest a taster may take: its own bound, and as long again for a busy machine.
const LONGEST: Duration = Duration::from_secs(40);

/// What became of a compact document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tasted {
    /// It was not even unpacked.
    Refused,
    /// Edits came out of it, and no word that the whole is sound.
    Edits(usize),
    /// The whole is sound, and stands for the edits that came out of it.
    Sound(usize),
}

/// A compact document's chunk, taken apart.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) actors: Vec<Vec<u8>>,
    pub(super) heads: Vec<Vec<u8>>,
    /// Of its edits, and of its operations.
    pub(super) columns: [Vec<(u64, Vec<u8>)>; 2],
    pub(super) tail: Vec<u8>,
}

pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Reader<'_> {
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn take(&mut self, count: u64) -> Option<Vec<u8>> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken.to_vec())
    }

    fn list(&mut self, read: impl Fn(&mut Self) -> Option<Vec<u8>>) -> Option<Vec<Vec<u8>>> {
        (0..self.unsigned()?).map(|_| read(self)).collect()
    }
}

impl Raw {
    pub(super) fn read(document: &[u8]) -> Option<Raw> {
        let mut reader = Reader(document.get(9..)?);
        reader.unsigned()?;
        let actors = reader.list(|reader| {
            let length = reader.unsigned()?;
            reader.take(length)
        })?;
        let heads = reader.list(|reader| reader.take(32))?;
        let kinds = |reader: &mut Reader<'_>| -> Option<Vec<(u64, u64)>> {
            (0..reader.unsigned()?).map(|_| Some((reader.unsigned()?, reader.unsigned()?))).collect()
        };
        let metas = [kinds(&mut reader)?, kinds(&mut reader)?];
        let mut columns = [Vec::new(), Vec::new()];
        for (metas, columns) in metas.iter().zip(&mut columns) {
            for (kind, length) in metas {
                columns.push((*kind, reader.take(*length)?));
            }
        }
        Some(Raw { actors, heads, columns, tail: reader.0.to_vec() })
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        unsigned(&mut body, self.actors.len() as u64);
        for actor in &self.actors {
            unsigned(&mut body, actor.len() as u64);
            body.extend_from_slice(actor);
        }
        unsigned(&mut body, self.heads.len() as u64);
        self.heads.iter().for_each(|head| body.extend_from_slice(head));
        for columns in &self.columns {
            unsigned(&mut body, columns.len() as u64);
            for (kind, column) in columns {
                unsigned(&mut body, *kind);
                unsigned(&mut body, column.len() as u64);
            }
        }
        self.columns.iter().flatten().for_each(|(_, column)| body.extend_from_slice(column));
        body.extend_from_slice(&self.tail);
        chunk(0, &body)
    }
}

/// A compact document of these edits with something in it that is not as it was.
pub fn spoil(dice: &mut ChaCha8Rng, edits: &[Admitted]) -> Vec<u8> {
    let (document, _) = plan::compact::make(None, edits).expect("honest edits");
    let Some(mut raw) = Raw::read(&document) else { panic!("a compact document has this form") };
    assert_eq!(raw.bytes(), document, "read and written again it is the same");
    for _ in 0..dice.random_range(1..3) {
        let group = usize::from(dice.random_bool(0.6));
        let columns = &mut raw.columns[group];
        let at = dice.random_range(0..columns.len().max(1));
        match dice.random_range(0..16) {
            0 => raw.heads.reverse(),
            1 => drop(raw.heads.pop()),
            2 => raw.heads.push(vec![dice.random(); 32]),
            3 => raw.actors.reverse(),
            4 => raw.actors.push(vec![dice.random(); 16]),
            5 => liar::bend(dice, &mut raw.tail),
            6 if !columns.is_empty() => drop(columns.remove(at)),
            7 if !columns.is_empty() => columns[at].0 = liar::edge(dice) & 0xff,
            // Bytes of one column change places: letters, often.
            8 | 9 => {
                if let Some((_, column)) = columns.get_mut(at).filter(|(_, column)| column.len() > 1) {
                    let (one, other) = (dice.random_range(0..column.len()), dice.random_range(0..column.len()));
                    column.swap(one, other);
                }
            }
            _ => {
                if let Some((_, column)) = columns.get_mut(at) {
                    liar::bend(dice, column);
                }
            }
        }
    }
    let bytes = raw.bytes();
    if dice.random_bool(0.1) { liar::bend_sealed(dice, bytes) } else { bytes }
}

/// Lets a child of this program taste it, weighs the edits that come out, and compares them with the whole if that is said to
/// be sound. Panics where a rule is broken.
pub fn taste(program: &Path, document: &[u8]) -> Tasted {
    let began = Instant::now();
    let mut command = Command::new(program);
    command.arg(node::TASTER).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    // A child that has ended already takes nothing more.
    let _ = child.stdin.take().expect("a pipe").write_all(document);
    let mut said = Vec::new();
    child.stdout.take().expect("a pipe").read_to_end(&mut said).expect("a pipe can be read");
    child.wait().expect("it has ended");
    assert!(began.elapsed() < LONGEST, "a taster took {:?}", began.elapsed());

    let mut house = plan::door::House::new();
    let (mut edits, mut refused, mut rest) = (Vec::new(), 0, said.as_slice());
    let heads = loop {
        let Some((length, more)) = rest.split_first_chunk::<4>() else { return Tasted::Refused };
        let length = u32::from_be_bytes(*length) as usize;
        if length == 0 {
            let Some((count, more)) = more.split_first_chunk::<2>() else { return Tasted::Refused };
            let heads = usize::from(u16::from_be_bytes(*count)) * 32;
            let Some((heads, more)) = more.split_at_checked(heads) else { return Tasted::Refused };
            rest = more;
            break heads.to_vec();
        }
        let Some((bytes, more)) = more.split_at_checked(length) else { return Tasted::Refused };
        rest = more;
        match Edit::read(DOC, Bytes::from(bytes), plan::door::head) {
            Ok(edit) if house.weigh(&edit).is_ok() => edits.push(edit),
            Ok(_) | Err(_) => refused += 1,
        }
    };
    // Whatever was let in can be held.
    let held = take(&edits, true);
    let words = seen(&held);
    let made = rest
        .split_first_chunk::<4>()
        .and_then(|(length, more)| more.split_at_checked(u32::from_be_bytes(*length) as usize));
    let Some((made, tried)) = made else { return Tasted::Edits(edits.len()) };
    let here = |head: &[u8]| edits.iter().any(|edit| edit.hash().as_bytes() == head);
    if refused > 0 || !heads.chunks(32).all(here) {
        // The node opens only what holds exactly what counts.
        return Tasted::Edits(edits.len());
    }
    let part = plan::part("about-me").expect("a part there is");
    let list: Vec<Admitted> = edits.iter().cloned().map(admitted).collect();
    let mut opened = plan::Document::load(part, DOC, Some(made), &[]).expect("what was tried opens");
    let mut built = plan::Document::load(part, DOC, None, &list).expect("and so do its edits");
    assert_eq!(opened.save(), built.save(), "they are the same");
    assert!(!words.is_empty() || edits.is_empty());
    // It is shown before its trial has ended; what did not stand that is not kept.
    if tried.len() == 1 { Tasted::Sound(edits.len()) } else { Tasted::Edits(edits.len()) }
}
