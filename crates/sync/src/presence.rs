//! Who is here, and where: told often, kept nowhere.

use seal::DocId;
use serde::{Deserialize, Serialize};

/// Where a person is in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The document.
    pub doc: DocId,
    /// The field, in the desk's grammar. At most [`crate::limits::PLACE_FIELD`] bytes.
    pub field: String,
    /// The caret, as the desk encodes it. At most [`crate::limits::PLACE_CARET`] bytes.
    pub caret: Vec<u8>,
}
