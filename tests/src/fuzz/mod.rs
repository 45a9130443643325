//! Liars by the thousand: edits and compact documents nobody honest made, with their checksums repaired, before the door
//! and before a taster.
//!
//! `change` writes an edit row by row or column by column, rightly or wrongly; `liar` throws the dice; `session` is one
//! document to which liars bring edits, and what must hold of whatever the door let in; `whole` is the same for compact
//! documents, and `rearranged` for those whose edits are as they were and stand otherwise. A session is its seed, so a failure can be played again: failed seeds stand in `tests/tests/fuzz.rs`.

mod change;
mod liar;
mod rearranged;
mod session;
mod whole;

pub use {
    rearranged::{Became, hold_against_its_edits, rearrange},
    session::{Session, Tally},
    whole::{Tasted, spoil, taste},
};
