//! Edits of a few bytes, for worlds whose documents mean nothing.
//!
//! | chain 16 | number 8 | how many it builds on 2 | their hashes 32 each | words .. |   big-endian, no padding

use std::cell::Cell;

use seal::{ChainId, EditHash, Head, NotAnEdit, ReadHead, Seq};

/// What documents a world has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Edits of a few bytes, before a door that refuses one in sixteen by its hash.
    Small,
    /// Real documents, before the real door.
    Real,
}

impl Kind {
    /// How the head of such an edit is read.
    pub fn read(self) -> ReadHead {
        match self {
            Kind::Small => head,
            Kind::Real => plan::door::head,
        }
    }
}

thread_local! {
    static WORDS_UNHASHED: Cell<bool> = const { Cell::new(false) };
}

/// Plants a bug: an edit's hash does not cover its words.
pub fn leave_words_unhashed(planted: bool) {
    WORDS_UNHASHED.set(planted);
}

/// The bytes of an edit.
pub fn write(chain: ChainId, seq: Seq, after: &[EditHash], words: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(chain.as_bytes());
    bytes.extend_from_slice(&seq.number().to_be_bytes());
    bytes.extend_from_slice(&u16::try_from(after.len()).expect("few").to_be_bytes());
    for hash in after {
        bytes.extend_from_slice(hash.as_bytes());
    }
    bytes.extend_from_slice(words);
    bytes
}

fn head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let (chain, rest) = bytes.split_first_chunk::<16>().ok_or(NotAnEdit)?;
    let (seq, rest) = rest.split_first_chunk::<8>().ok_or(NotAnEdit)?;
    let (count, mut rest) = rest.split_first_chunk::<2>().ok_or(NotAnEdit)?;
    let mut after = Vec::new();
    for _ in 0..u16::from_be_bytes(*count) {
        let (hash, more) = rest.split_first_chunk::<32>().ok_or(NotAnEdit)?;
        after.push(EditHash::new(*hash));
        rest = more;
    }
    let covered = if WORDS_UNHASHED.get() { &bytes[..bytes.len() - rest.len()] } else { bytes };
    Ok(Head {
        chain: ChainId::new(*chain),
        seq: Seq::new(u64::from_be_bytes(*seq)).ok_or(NotAnEdit)?,
        hash: EditHash::new(*blake3::hash(covered).as_bytes()),
        after,
    })
}
