//! What a merge or an undo changed, so that a screen moves carets and redraws only that.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{FieldPath, ListPath};

/// One change inside a text: at a code point, so many deleted, so many inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spliced {
    /// Where, counted in the text as it is after the changes listed before this one.
    pub at: usize,
    /// Code points taken away there.
    pub deleted: usize,
    /// Code points put there.
    pub inserted: usize,
}

/// Which fields and lists changed, and where in each text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Texts, with their changes in the order to apply them.
    pub texts: BTreeMap<FieldPath, Vec<Spliced>>,
    /// Fields that are set and not spliced.
    pub fields: BTreeSet<FieldPath>,
    /// Lists whose records came, went or moved.
    pub lists: BTreeSet<ListPath>,
    /// The document was made anew: everything may have changed, and cursors must be asked again.
    pub all: bool,
}

impl Touched {
    /// Whether nothing a person can see changed.
    pub fn is_empty(&self) -> bool {
        !self.all && self.texts.is_empty() && self.fields.is_empty() && self.lists.is_empty()
    }
}
