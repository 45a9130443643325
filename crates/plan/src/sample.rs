//! The sample plan, from a file a person can read: Amina's, an adult with a direct payment. All names are invented.

use seal::{ItemId, Time};

use crate::{
    document::{Document, WriteError},
    part::Part,
};

/// One part of a sample plan and what is written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePart {
    /// Which part.
    pub part: &'static Part,
    /// What is written, in order.
    pub writes: Vec<Write>,
}

/// One write. Records have names of their own here (`swim`), which become ids when they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A record is added to a list of the part, or of the record `inside`.
    Add {
        /// The new record's name.
        item: String,
        /// The list's code.
        list: String,
        /// The record whose list it is, if it is not the part's own.
        inside: Option<String>,
    },
    /// A field is filled in, as the command line writes it.
    Fill {
        /// The record, if it is not the part itself.
        item: Option<String>,
        /// The field's code.
        field: String,
        /// Text, or a value in the command line's grammar; records are named by their names here.
        value: String,
    },
}

/// Amina's plan: cover, about me, goals, actions.
pub fn adult() -> Vec<SamplePart> {
    todo!()
}

/// Names of the sample's records and the ids they got, so that one part can refer to another's.
pub type Names = std::collections::BTreeMap<String, ItemId>;

/// Writes a sample's part into an open document. `names` carries ids from part to part; `fresh` makes them.
pub fn write(
    document: &mut Document,
    sample: &SamplePart,
    names: &mut Names,
    fresh: &mut dyn FnMut() -> ItemId,
    at: Time,
) -> Result<(), WriteError> {
    let _ = (document, sample, names, fresh, at);
    todo!()
}
