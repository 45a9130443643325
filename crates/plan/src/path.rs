//! The names of fields and lists as people and programs write them: `about-me.communication`, `goals/k3m2….status`.

use std::{cmp::Ordering, fmt, str::FromStr};

use seal::ItemId;

use crate::{
    part::{Field, List, Part},
    parts::part,
};

/// A text that names no field or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// Not of the form `PART.FIELD`, `PART/ITEM.FIELD`, `PART` or `PART/ITEM.LIST`.
    #[error("not the name of a field")]
    Form,
    /// There is no such part.
    #[error("no such part")]
    Part,
    /// The item is not written as an id.
    #[error("not the id of an item")]
    Item,
    /// The part has no such field or list there.
    #[error("no such field")]
    Field,
}

/// One field of a part, or of a record in one of its lists. That the record exists is for the document to say.
#[derive(Clone, Copy)]
pub struct FieldPath {
    // Paths carry what they describe: they are made and asked for every field of every record that is read.
    part: &'static Part,
    item: Option<ItemId>,
    field: &'static str,
}

impl FieldPath {
    /// The field `code` of `part` itself (`item` none) or of one of its records.
    pub fn new(part: &'static Part, item: Option<ItemId>, code: &str) -> Result<FieldPath, BadPath> {
        let field = match item {
            None => part.field(code).map(|field| field.code),
            Some(_) => field_in(part.lists, code).map(|field| field.code),
        };
        Ok(FieldPath { part, item, field: field.ok_or(BadPath::Field)? })
    }

    /// A field that is known to be described there.
    pub(crate) fn of(part: &'static Part, item: Option<ItemId>, field: &'static Field) -> FieldPath {
        FieldPath { part, item, field: field.code }
    }

    /// The part it lies in.
    pub fn part(&self) -> &'static Part {
        self.part
    }

    /// Whether it lies in this part. Parts are told apart by their codes.
    pub fn lies_in(&self, part: &Part) -> bool {
        self.part.code == part.code
    }

    /// The record it lies in, if it is not the part itself.
    pub fn item(&self) -> Option<ItemId> {
        self.item
    }

    /// The field's name in code.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Its description, given the list its record lies in (none for a field of the part itself).
    pub fn describe(&self, list: Option<&'static List>) -> Option<&'static Field> {
        match list {
            Some(list) => list.field(self.field),
            None => self.part.field(self.field),
        }
    }

    // Two descriptions of one code are one part, wherever in memory they lie.
    fn key(&self) -> (&'static str, Option<ItemId>, &'static str) {
        (self.part.code, self.item, self.field)
    }
}

/// The first field of this name in any of these lists or in a list inside their records.
fn field_in(lists: &'static [List], code: &str) -> Option<&'static Field> {
    lists.iter().find_map(|list| list.field(code).or_else(|| field_in(list.lists, code)))
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            Some(item) => write!(f, "{}/{item}.{}", self.part.code, self.field),
            None => write!(f, "{}.{}", self.part.code, self.field),
        }
    }
}

impl FromStr for FieldPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<FieldPath, BadPath> {
        let (place, code) = text.rsplit_once('.').ok_or(BadPath::Form)?;
        let (part, item) = read_place(place)?;
        FieldPath::new(part, item, code)
    }
}

/// One list: of a part, or inside a record.
#[derive(Clone, Copy)]
pub struct ListPath {
    part: &'static Part,
    item: Option<ItemId>,
    list: &'static List,
}

impl ListPath {
    /// The list `code` of `part` itself or of one of its records.
    pub fn new(part: &'static Part, item: Option<ItemId>, code: &str) -> Result<ListPath, BadPath> {
        let list = match item {
            None => part.list(code),
            Some(_) => part.lists.iter().find_map(|list| list_in(list, code)),
        };
        Ok(ListPath { part, item, list: list.ok_or(BadPath::Field)? })
    }

    /// A list that is known to be described there.
    pub(crate) fn of(part: &'static Part, item: Option<ItemId>, list: &'static List) -> ListPath {
        ListPath { part, item, list }
    }

    /// The part it lies in.
    pub fn part(&self) -> &'static Part {
        self.part
    }

    /// The record it lies in, if it is not the part's own.
    pub fn item(&self) -> Option<ItemId> {
        self.item
    }

    /// Its name in code.
    pub fn list(&self) -> &'static str {
        self.list.code
    }

    /// Its description.
    pub fn describe(&self) -> &'static List {
        self.list
    }

    fn key(&self) -> (&'static str, Option<ItemId>, &'static str) {
        (self.part.code, self.item, self.list.code)
    }
}

/// The list of this name inside the records of a list, however deep.
fn list_in(outer: &'static List, code: &str) -> Option<&'static List> {
    outer.list(code).or_else(|| outer.lists.iter().find_map(|inner| list_in(inner, code)))
}

/// Paths are equal, and in order, by what they name.
macro_rules! told_apart_by_key {
    ($($path:ty),*) => {$(
        impl PartialEq for $path {
            fn eq(&self, other: &$path) -> bool {
                self.key() == other.key()
            }
        }

        impl Eq for $path {}

        impl PartialOrd for $path {
            fn partial_cmp(&self, other: &$path) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $path {
            fn cmp(&self, other: &$path) -> Ordering {
                self.key().cmp(&other.key())
            }
        }

        impl fmt::Debug for $path {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )*};
}

told_apart_by_key!(FieldPath, ListPath);

impl fmt::Display for ListPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (part, list) = (self.part.code, self.list.code);
        match self.item {
            Some(item) => write!(f, "{part}/{item}.{list}"),
            None if list == part => f.write_str(part),
            None => write!(f, "{part}.{list}"),
        }
    }
}

impl FromStr for ListPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<ListPath, BadPath> {
        let Some((place, code)) = text.rsplit_once('.') else {
            let (part, None) = read_place(text)? else { return Err(BadPath::Form) };
            return ListPath::new(part, None, part.code);
        };
        let (part, item) = read_place(place)?;
        ListPath::new(part, item, code)
    }
}

fn read_place(text: &str) -> Result<(&'static Part, Option<ItemId>), BadPath> {
    let (code, item) = match text.split_once('/') {
        Some((code, item)) => (code, Some(item.parse().map_err(|_| BadPath::Item)?)),
        None => (text, None),
    };
    Ok((part(code).ok_or(BadPath::Part)?, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_back_from_its_text() {
        let item = ItemId::new([7; 16]);
        for text in ["about-me.communication".to_owned(), format!("goals/{item}.status")] {
            assert_eq!(text.parse::<FieldPath>().map(|path| path.to_string()), Ok(text));
        }
        for text in ["goals".to_owned(), format!("goals/{item}.stages")] {
            assert_eq!(text.parse::<ListPath>().map(|path| path.to_string()), Ok(text));
        }
    }

    #[test]
    fn what_names_nothing_is_refused_with_its_reason() {
        let field = |text: &str| text.parse::<FieldPath>().unwrap_err();
        assert_eq!(field("about-me"), BadPath::Form);
        assert_eq!(field("weather.today"), BadPath::Part);
        assert_eq!(field("about-me.weather"), BadPath::Field);
        assert_eq!(field("goals/tulip.status"), BadPath::Item);
        assert_eq!("about-me".parse::<ListPath>(), Err(BadPath::Field));
    }
}
