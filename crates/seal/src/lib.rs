//! Who wrote it: device keys, signatures, and the types that trust passes through.
//!
//! Foreign bytes become believable in steps, and each step is a type with one maker:
//! `Signed` (a run of one chain with its tips) → `Verified` (the tip's signature holds, every edit's bytes hash to what
//! the tip covers, every edit names its predecessor) → `Admitted` (the door has weighed it). Nothing that keeps, merges,
//! forwards or shows takes anything but `Admitted`. This crate does no I/O and holds no clock and no dice.

mod by_hash;
mod chain;
mod codec;
mod edit;
mod epoch;
mod file;
mod id;
mod key;
mod limits;
mod recovery;

pub use {
    by_hash::ByHash,
    chain::{Author, Refused, Signed, Tip, chain_id},
    codec::{Malformed, decode, encode},
    edit::{Admitted, Bytes, Door, Edit, Head, NotAnEdit, ReadHead, Refusal, Verified},
    epoch::{EpochKey, Locked, Unwrappable},
    file::{FILE_BYTES, FILE_PIECE, Outline, PieceHash},
    id::{
        ChainId, ChapterId, DeviceId, DocId, EditHash, EpochId, FileId, ItemId, NotAnId, OpeningKey, PersonId, PlanId,
        Seq, Signature, StatementId, Time,
    },
    key::{DeviceKey, Domain, Forged, verify},
    limits::{EDIT_BYTES, EDIT_DEPENDENCIES, MILESTONE, STATEMENT_BYTES, WRAP_BYTES},
    recovery::{NotWords, RECOVERY_WORDS, RecoveryWords},
};
