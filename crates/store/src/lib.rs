//! What is kept: encrypted, crash-safe, one file, and one beside it for what is attached.
//!
//! A [`Store`] is one device's home on one computer (`device.md`): a folder with one redb file in which every record is
//! sealed, the wrapped data key twice, a lock, a mark that tells a copied folder, and verified copies. What
//! [`Store::save`] was given is on the disk, flushed, when it returns; after an error it writes nothing more until it is
//! opened again. [`Files`] keeps attached files the same way in a redb file of their own. Statements come back as bytes with their signature, edits as `Admitted`: nothing else was ever kept.

mod batch;
mod copies;
mod data;
mod error;
mod fence;
mod files;
mod forget;
mod header;
mod home;
mod layout;
mod limits;
mod lock;
mod mark;
mod platform;
mod raw;
mod recall;
mod sealed;
mod store;
#[cfg(feature = "tamper")]
mod tamper;
mod wrap;

pub use {
    batch::{Batch, Snapshot},
    copies::{Copied, Copying},
    error::{KeepError, OpenError, Place, RecallError, Say},
    files::{Files, KeptFile},
    header::Shut,
    home::{Again, Custody, Home},
    limits::{COPIES, RECORD_BYTES, SPARES},
    mark::Origin,
    platform::owner_only,
    raw::Raw,
    recall::{KeptDoc, KeptStatement, Recalled},
    sealed::DataKey,
    store::Store,
    wrap::Unlock,
};
