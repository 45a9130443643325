//! What the first page of the data file says before redb is let at it: whether it is one, and how it was shut.
//!
//! redb keeps the last two commits in two slots and one byte that says which of them holds. A proper close leaves that byte
//! on the newer one. (If a bit turns there, redb opens the older commit and nothing contradicts it. It takes nothing
//! back, because the last commit before a close is an empty one: `Data::close`.)
//!
//! | magic 9 | flags 1 | .. 64 | slot 0, 128 bytes | slot 1, 128 bytes |; in a slot, bytes 104..112 are the commit's number,
//! little-endian. (redb 4, file format 3; a test fails if a newer redb writes another one.)

use std::io;

use redb::StorageBackend;

use crate::error::Fault;

const MAGIC: &[u8; 9] = b"redb\x1a\x0a\xa9\x0d\x0a";
const FLAGS: usize = 9;
const SECOND_SLOT_HOLDS: u8 = 1;
const NOT_CLOSED: u8 = 2;
const TWO_PHASES: u8 = 4;
const SLOTS: [usize; 2] = [64, 192];
const NUMBER_IN_SLOT: usize = 104;
const LENGTH: usize = 320;

/// How the data file was left when it was last open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// There is nothing in it yet.
    Never,
    /// Closed as it should be.
    Properly,
    /// The program or the computer stopped in between. Whatever was acknowledged is there all the same.
    Suddenly,
}

/// Reads how the file was shut.
pub(crate) fn look(backend: &dyn StorageBackend) -> Result<Shut, Fault> {
    let length = backend.len().map_err(Fault::Io)?;
    if length == 0 {
        return Ok(Shut::Never);
    }
    if length < LENGTH as u64 {
        return Err(Fault::Damaged);
    }
    let mut page = [0; LENGTH];
    backend.read(0, &mut page).map_err(|cause| match cause.kind() {
        io::ErrorKind::UnexpectedEof => Fault::Damaged,
        _ => Fault::Io(cause),
    })?;
    if !page.starts_with(MAGIC) {
        return Err(Fault::Damaged);
    }
    let flags = page[FLAGS];
    if flags & NOT_CLOSED != 0 {
        return Ok(Shut::Suddenly);
    }
    let [first, second] = SLOTS.map(|slot| number(&page[slot + NUMBER_IN_SLOT..]));
    let newest_holds = if flags & SECOND_SLOT_HOLDS == 0 { first >= second } else { second >= first };
    Ok(if newest_holds && flags & TWO_PHASES != 0 { Shut::Properly } else { Shut::Suddenly })
}

fn number(bytes: &[u8]) -> u64 {
    bytes.first_chunk::<8>().map_or(0, |number| u64::from_le_bytes(*number))
}
