//! Records in which nobody has written anything yet.
//!
//! Whoever adds one begins with nothing. It counts for nothing, in no sum and no rule, until something is said in it. When,
//! who and what it is about say nothing by themselves: a page fills them in as it adds the record.

use automerge::{ReadDoc as _, iter::MapRangeItem};
use seal::ItemId;

use crate::{
    document::Document,
    part::{FieldKind, List},
    path::ListPath,
    records::{AT, GONE, ORDER},
};

impl Document {
    /// Whether nothing is said in a record yet, removed or not. What a newer version wrote in it is something.
    pub fn is_blank(&self, item: ItemId) -> bool {
        let (Some((_, list)), Some(object)) = (self.list_of(item), self.object(Some(item))) else { return false };
        let inside = |inner: &'static List| !self.items(ListPath::of(self.part(), Some(item), inner)).is_empty();
        !list.lists.iter().any(inside)
            && self.automerge.map_range(object, ..).all(|entry| self.says_nothing(list, &entry))
    }

    fn says_nothing(&self, list: &'static List, entry: &MapRangeItem<'_>) -> bool {
        let key: &str = &entry.key;
        if [ORDER, AT, GONE].contains(&key) || list.lists.iter().any(|inner| inner.code == key) {
            return true;
        }
        let Some(field) = list.field(key) else { return false };
        match field.kind {
            FieldKind::Date
            | FieldKind::Moment
            | FieldKind::Person
            | FieldKind::People
            | FieldKind::Ref(_)
            | FieldKind::Refs(_) => true,
            // Of a text that was begun twice only one is shown here, and the other may have all the words.
            FieldKind::Text => !entry.conflict && self.automerge.length(entry.id()) == 0,
            FieldKind::Choices(_) | FieldKind::Files => !entry.conflict && self.automerge.length(entry.id()) == 0,
            FieldKind::Line
            | FieldKind::Money
            | FieldKind::Quantity
            | FieldKind::Choice(_)
            | FieldKind::Scale(..)
            | FieldKind::YesNo => false,
        }
    }
}
