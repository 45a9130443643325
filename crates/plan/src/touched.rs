//! What a merge or an undo changed, so that a screen moves carets and redraws only that.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Patch, PatchAction, Prop};

use crate::{
    part::{Field, List, Part},
    path::{FieldPath, ListPath},
};

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

/// Which fields and lists changed, and where in each text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Texts, with their changes in the order to apply them.
    pub texts: BTreeMap<FieldPath, Vec<Spliced>>,
    /// Fields to be read again: those that are set whole, and texts that were begun twice, whatever stands in `texts`.
    pub fields: BTreeSet<FieldPath>,
    /// Lists whose records came, went or moved.
    pub lists: BTreeSet<ListPath>,
    /// The document was made anew: everything may have changed, and cursors must be made again.
    pub all: bool,
}

impl Touched {
    /// Whether nothing a person can see changed.
    pub fn is_empty(&self) -> bool {
        !self.all && self.texts.is_empty() && self.fields.is_empty() && self.lists.is_empty()
    }

    /// Both, this one first.
    pub fn then(&mut self, later: Touched) {
        let Touched { texts, fields, lists, all } = later;
        for (field, changes) in texts {
            self.texts.entry(field).or_default().extend(changes);
        }
        self.fields.extend(fields);
        self.lists.extend(lists);
        self.all |= all;
    }

    pub(crate) fn spliced(&mut self, field: FieldPath, at: usize, deleted: usize, inserted: usize) {
        self.texts.entry(field).or_default().push(Spliced { at, deleted, inserted });
    }

    /// Reads automerge's patches of one merge into this part.
    pub(crate) fn read(part: &'static Part, patches: Vec<Patch>) -> Touched {
        let mut touched = Touched::default();
        for patch in patches {
            let keys = patch.path.iter().map(|(_, prop)| match prop {
                Prop::Map(key) => Some(key.as_str()),
                Prop::Seq(_) => None,
            });
            let Some(keys) = keys.collect::<Option<Vec<_>>>() else { continue };
            if let Some(place) = Place::find(part, &keys) {
                touched.note(place, patch.action);
            }
        }
        touched
    }

    fn note(&mut self, place: Place, action: PatchAction) {
        match (place, action) {
            (Place::Text(field), PatchAction::SpliceText { index, value, .. }) => {
                self.spliced(field, index, 0, value.make_string().chars().count());
            }
            (Place::Text(field), PatchAction::DeleteSeq { index, length }) => self.spliced(field, index, length, 0),
            (Place::Text(field) | Place::Set(field), _) => _ = self.fields.insert(field),
            (Place::Entries(list), _) => _ = self.lists.insert(list),
            (
                Place::Keys(keys),
                PatchAction::PutMap { key, .. }
                | PatchAction::DeleteMap { key }
                | PatchAction::Conflict { prop: Prop::Map(key) },
            ) => match keys.at(&key) {
                Some(Key::Field(field)) => _ = self.fields.insert(field),
                Some(Key::List(list)) => _ = self.lists.insert(list),
                None => {}
            },
            (Place::Keys(_), _) => {}
        }
    }
}

/// What an object is in a part.
enum Place {
    /// The part itself or a record.
    Keys(Keys),
    /// A list.
    Entries(ListPath),
    Set(FieldPath),
    Text(FieldPath),
}

struct Keys {
    part: &'static Part,
    record: Option<(seal::ItemId, ListPath, &'static List)>,
}

enum Key {
    Field(FieldPath),
    List(ListPath),
}

impl Keys {
    fn field(&self, key: &str) -> Option<(&'static Field, FieldPath)> {
        let field = match &self.record {
            None => self.part.field(key),
            Some((_, _, list)) => list.field(key),
        }?;
        Some((field, FieldPath::new(self.part, self.record.map(|(item, ..)| item), key).ok()?))
    }

    fn list(&self, key: &str) -> Option<ListPath> {
        ListPath::new(self.part, self.record.map(|(item, ..)| item), key).ok()
    }

    fn at(&self, key: &str) -> Option<Key> {
        if let Some((_, path)) = self.field(key) {
            return Some(Key::Field(path));
        }
        match self.record {
            // What a record keeps about itself decides where and whether its list shows it.
            Some((_, list, _)) if matches!(key, "order" | "gone") => Some(Key::List(list)),
            _ => self.list(key).map(Key::List),
        }
    }
}

impl Place {
    fn find(part: &'static Part, keys: &[&str]) -> Option<Place> {
        let mut place = Place::Keys(Keys { part, record: None });
        for key in keys {
            place = match place {
                Place::Keys(keys) => match keys.field(key) {
                    Some((field, path)) if field.kind.is_text() => Place::Text(path),
                    Some((_, path)) => Place::Set(path),
                    None => Place::Entries(keys.list(key)?),
                },
                Place::Entries(list) => {
                    Place::Keys(Keys { part, record: Some((key.parse().ok()?, list, list.describe())) })
                }
                Place::Set(_) | Place::Text(_) => return None,
            };
        }
        Some(place)
    }
}
