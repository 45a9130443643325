//! What somebody offers.

use plan::{FieldPath, ListPath};
use seal::ItemId;

use super::Fill;

/// What an offer would make different.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// What a field holds.
    Change {
        /// The field.
        field: FieldPath,
        /// What it would hold.
        fill: Fill,
    },
    /// One more record.
    Add {
        /// The list.
        list: ListPath,
        /// What stands in it, by the fields' names.
        fills: Vec<(String, Fill)>,
    },
    /// A record less.
    TakeOut {
        /// The part's code.
        part: String,
        /// The record.
        item: ItemId,
    },
    /// A record in another place of its list.
    Place {
        /// The part's code.
        part: String,
        /// The record.
        item: ItemId,
        /// Behind which it would stand; none is at the top.
        behind: Option<ItemId>,
    },
}

impl Wanted {
    /// The part it is about.
    pub(crate) fn part(&self) -> Option<&'static plan::Part> {
        match self {
            Wanted::Change { field, .. } => Some(field.part()),
            Wanted::Add { list, .. } => Some(list.part()),
            Wanted::TakeOut { part, .. } | Wanted::Place { part, .. } => plan::part(part),
        }
    }

    /// The record it is about, or in which something is added.
    pub(crate) fn item(&self) -> Option<ItemId> {
        match self {
            Wanted::Change { field, .. } => field.item(),
            Wanted::Add { list, .. } => list.item(),
            Wanted::TakeOut { item, .. } | Wanted::Place { item, .. } => Some(*item),
        }
    }
}
