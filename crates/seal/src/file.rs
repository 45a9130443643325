//! An attached file in pieces, each of which can be checked alone.
//!
//! A file's id is blake3 of its bytes, and blake3 is a tree: the hashes of a file's pieces fit together to its id and to no
//! other. Whoever holds them, an [`Outline`], can tell of every single piece whether it is that file's.
//!
//! | bytes | hashes |
//! |---|---|
//! | at most one piece | the file's id |
//! | more | of each piece the chaining value of its subtree, in order |

use blake3::hazmat::{self, HasherExt as _, Mode};

use crate::id::FileId;

/// Bytes of one piece, but for the last: as blake3's tree wants it a power of two, and the largest that fits into a frame.
pub const FILE_PIECE: usize = 32 * 1024;

/// Bytes of the largest file: a photograph, a few minutes of somebody's voice, a scanned letter of many pages.
pub const FILE_BYTES: u64 = 16 * 1024 * 1024;

/// The hash of one piece.
pub type PieceHash = [u8; 32];

/// How long a file is, and what each of its pieces hashes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    bytes: u64,
    hashes: Vec<PieceHash>,
}

impl FileId {
    /// The id of a file with these bytes.
    pub fn of(bytes: &[u8]) -> FileId {
        FileId::new(*blake3::hash(bytes).as_bytes())
    }
}

impl Outline {
    /// The outline of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Outline {
        let alone = bytes.len() <= FILE_PIECE;
        let hashes = match alone {
            true => vec![*blake3::hash(bytes).as_bytes()],
            false => bytes.chunks(FILE_PIECE).enumerate().map(|(nth, piece)| subtree(nth, piece)).collect(),
        };
        Outline { bytes: bytes.len() as u64, hashes }
    }

    /// The outline somebody tells of a file of this length; nothing if it is not that file's.
    pub fn read(file: FileId, bytes: u64, hashes: Vec<PieceHash>) -> Option<Outline> {
        if bytes > FILE_BYTES || hashes.len() != pieces(bytes) {
            return None;
        }
        (root(&hashes, bytes) == *file.as_bytes()).then_some(Outline { bytes, hashes })
    }

    /// How many bytes the file has.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many pieces.
    pub fn pieces(&self) -> usize {
        self.hashes.len()
    }

    /// What its pieces hash to.
    pub fn hashes(&self) -> &[PieceHash] {
        &self.hashes
    }

    /// Whether this is the piece at that place, counted from nought.
    pub fn holds(&self, nth: usize, piece: &[u8]) -> bool {
        let Some(hash) = self.hashes.get(nth) else { return false };
        let before = nth as u64 * FILE_PIECE as u64;
        if piece.len() as u64 != (self.bytes - before).min(FILE_PIECE as u64) {
            return false;
        }
        let alone = self.hashes.len() == 1;
        *hash == if alone { *blake3::hash(piece).as_bytes() } else { subtree(nth, piece) }
    }
}

fn pieces(bytes: u64) -> usize {
    // An empty file has one piece, which is empty.
    usize::try_from(bytes.div_ceil(FILE_PIECE as u64)).unwrap_or(usize::MAX).max(1)
}

fn subtree(nth: usize, piece: &[u8]) -> PieceHash {
    blake3::Hasher::new().set_input_offset(nth as u64 * FILE_PIECE as u64).update(piece).finalize_non_root()
}

fn root(hashes: &[PieceHash], bytes: u64) -> PieceHash {
    match hashes {
        [one] => *one,
        more => {
            let (left, right, before) = parted(more, bytes);
            *hazmat::merge_subtrees_root(&node(left, before), &node(right, bytes - before), Mode::Hash).as_bytes()
        }
    }
}

fn node(hashes: &[PieceHash], bytes: u64) -> PieceHash {
    match hashes {
        [one] => *one,
        more => {
            let (left, right, before) = parted(more, bytes);
            hazmat::merge_subtrees_non_root(&node(left, before), &node(right, bytes - before), Mode::Hash)
        }
    }
}

/// The two sides of a subtree, and the bytes of the left one. More than a piece is more than one chunk, so both have some.
fn parted(hashes: &[PieceHash], bytes: u64) -> (&[PieceHash], &[PieceHash], u64) {
    let before = hazmat::left_subtree_len(bytes);
    let (left, right) = hashes.split_at(pieces(before));
    (left, right, before)
}
