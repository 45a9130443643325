//! What is edited: the support plan, part by part, each part one document. The only crate that names automerge.
//!
//! A part is a description ([`parts`], [`Part`]); a [`Document`] is one open part; what comes from elsewhere passes
//! [`door`] before it reaches a document. No network, no signature, no clock and no dice: time and ids are arguments.

mod amount;
mod as_one;
mod attachment;
mod blank;
pub mod checks;
pub mod compact;
mod cursor;
mod date;
mod document;
pub mod door;
pub mod find;
#[cfg(test)]
mod later;
pub mod limits;
pub mod looked;
mod moment;
mod named;
mod names;
pub mod offers;
mod order;
mod part;
mod parts;
mod path;
#[cfg(not(feature = "planted"))]
mod planted;
#[cfg(feature = "planted")]
pub mod planted;
mod read;
mod records;
mod rescue;
pub mod sample;
pub mod since;
pub mod stood;
pub mod template;
mod touched;
mod undo;
mod value;
pub mod views;
mod whole;
pub mod wording;
mod write;

pub use amount::{Money, Quantity};
pub use as_one::{Answered, AsOne, Change};
pub use attachment::{Attachment, FileKind};
pub use cursor::{BadCursor, Cursor};
pub use date::{Date, NotADate};
pub use document::{Document, LoadError, MergeError, ReadAhead, WriteError};
pub use moment::{Moment, NotAMoment};
pub use names::{clean, looks};
pub use part::{Copies, Field, FieldKind, Group, Holding, List, Opens, Part, Role, Together, VOICE};
pub use parts::{part, parts};
pub use path::{BadPath, FieldPath, ListPath};
pub use rescue::{Faults, words_of};
pub use template::{Template, template, templates};
pub use touched::{Spliced, Touched};
pub use value::{BadValue, Shown, Someone, Value};
pub use whole::{Record, Whole};
