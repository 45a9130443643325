//! The mark that tells a copied or restored store from the one that was closed here.
//!
//! A device that writes on from an old copy would contradict what it wrote since, so it opens a new chapter first. The
//! file `mark` is written once, and again only with a new chapter: a random number that the store holds too, the
//! computer, and which file on its disk it is. Another number: the data was restored. Another computer or file: the
//! folder was copied. A data file put back without its mark changing is seen by peers only (`threats.md`, T6).
//!
//! | version 1 | number 16 | computer 16 | inode 8 | born 8 | check 16 |, big-endian.

use std::{fs, io, path::Path};

use crate::{home, platform};

const VERSION: u8 = 1;
const LENGTH: usize = 65;
const CHECK: usize = LENGTH - 16;

/// Where an opened store comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is the one that was last closed here.
    Same,
    /// The folder was copied, perhaps to another computer, or its mark was lost.
    Copied,
    /// An older store was put back.
    Restored,
}

/// Reads the mark and compares it with the number in the store.
pub(crate) fn read(path: &Path, number: &[u8; 16]) -> io::Result<Origin> {
    let (bytes, metadata) = match (fs::read(path), fs::metadata(path)) {
        (Ok(bytes), Ok(metadata)) => (bytes, metadata),
        (Err(cause), _) | (_, Err(cause)) if cause.kind() == io::ErrorKind::NotFound => return Ok(Origin::Copied),
        (Err(cause), _) | (_, Err(cause)) => return Err(cause),
    };
    // A mark nobody can read is no reason to lock a person out: it only costs a new chapter.
    if bytes.len() != LENGTH || bytes[0] != VERSION || bytes[CHECK..] != check(&bytes[..CHECK]) {
        return Ok(Origin::Copied);
    }
    if bytes[1..17] != number[..] {
        return Ok(Origin::Restored);
    }
    let same = bytes[17..CHECK] == about(&metadata)[..];
    Ok(if same { Origin::Same } else { Origin::Copied })
}

/// Writes a new mark with this number.
pub(crate) fn write(path: &Path, number: &[u8; 16]) -> io::Result<()> {
    home::replace(path, |file| {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(number);
        bytes.extend_from_slice(&about(&file.metadata()?));
        bytes.extend_from_slice(&check(&bytes));
        Ok(bytes)
    })
}

fn about(metadata: &fs::Metadata) -> Vec<u8> {
    let computer = blake3::derive_key("alongside/store/machine/1", &platform::machine());
    let mut about = computer[..16].to_vec();
    about.extend_from_slice(&platform::inode(metadata).to_be_bytes());
    about.extend_from_slice(&platform::born(metadata).to_be_bytes());
    about
}

fn check(bytes: &[u8]) -> [u8; 16] {
    let mut check = [0; 16];
    check.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    check
}
