//! Where each record is: read from the document once, and again only where a list changed.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc as _, Value, iter::MapRange};
use seal::ItemId;

use crate::{
    part::{List, Part},
    path::{FieldPath, ListPath},
};

/// What a record keeps about itself beside its fields: its place, when it was made, whether it is removed.
pub(crate) const ORDER: &str = "order";
pub(crate) const AT: &str = "at";
pub(crate) const GONE: &str = "gone";

/// What a document keeps about itself: the schema it was begun with.
pub(crate) const VERSION: &str = "v";

#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) list: ListPath,
    pub(crate) object: ObjId,
    pub(crate) order: String,
    pub(crate) gone: bool,
}

/// Every record of a document and, list by list, the shown ones in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    pub(crate) by_id: BTreeMap<ItemId, Record>,
    /// Texts that were begun on devices apart. automerge's patches tell only of the one it shows.
    pub(crate) doubled: BTreeSet<FieldPath>,
    shown: BTreeMap<ListPath, Vec<ItemId>>,
}

impl Records {
    pub(crate) fn read(automerge: &AutoCommit, part: &'static Part) -> Records {
        let mut records = Records::default();
        records.look_for_doubles(part, None, automerge.map_range(ROOT, ..));
        for list in part.lists {
            let path = ListPath::of(part, None, list);
            records.read_list(automerge, part, path, list, &ROOT);
        }
        records
    }

    /// Reads one list again, and what lies in its records.
    pub(crate) fn read_again(&mut self, automerge: &AutoCommit, list: ListPath) {
        let home = match list.item() {
            None => ROOT,
            Some(item) => match self.by_id.get(&item) {
                Some(record) => record.object.clone(),
                None => return,
            },
        };
        self.read_list(automerge, list.part(), list, list.describe(), &home);
    }

    pub(crate) fn shown(&self, list: ListPath) -> &[ItemId] {
        self.shown.get(&list).map_or(&[], Vec::as_slice)
    }

    /// A record that was just added at the end of its list.
    pub(crate) fn append(&mut self, item: ItemId, record: Record) {
        self.shown.entry(record.list).or_default().push(item);
        self.by_id.insert(item, record);
    }

    fn look_for_doubles(&mut self, part: &'static Part, item: Option<ItemId>, entries: MapRange<'_>) {
        for entry in entries.filter(|entry| entry.conflict) {
            let Ok(field) = FieldPath::new(part, item, &entry.key) else { continue };
            self.doubled.insert(field);
        }
    }

    fn read_list(
        &mut self,
        automerge: &AutoCommit,
        part: &'static Part,
        path: ListPath,
        list: &'static List,
        home: &ObjId,
    ) {
        let mut shown = Vec::new();
        for entries in objects(automerge, home, list.code, ObjType::Map) {
            for entry in automerge.map_range(&entries, ..) {
                let (Ok(item), object) = (entry.key.parse::<ItemId>(), entry.id()) else { continue };
                if automerge.object_type(&object).ok() != Some(ObjType::Map) {
                    continue;
                }
                self.look_for_doubles(part, Some(item), automerge.map_range(&object, ..));
                let record = read_record(automerge, path, object);
                if !record.gone {
                    shown.push((record.order.clone(), item));
                }
                for inner in list.lists {
                    let path = ListPath::of(part, Some(item), inner);
                    self.read_list(automerge, part, path, inner, &record.object);
                }
                self.by_id.insert(item, record);
            }
        }
        shown.sort();
        shown.dedup();
        self.shown.insert(path, shown.into_iter().map(|(_, item)| item).collect());
    }
}

fn read_record(automerge: &AutoCommit, list: ListPath, object: ObjId) -> Record {
    let scalar = |key| match automerge.get(&object, key) {
        Ok(Some((Value::Scalar(scalar), _))) => Some(scalar.into_owned()),
        _ => None,
    };
    let order = scalar(ORDER).and_then(|order| order.as_str().map(str::to_owned)).unwrap_or_default();
    let gone = scalar(GONE).and_then(|gone| gone.as_bool()).unwrap_or(false);
    Record { list, object, order, gone }
}

/// Every object of a type under a key, the one automerge shows first. More than one if it was made on devices apart.
pub(crate) fn objects(automerge: &AutoCommit, home: &ObjId, key: &str, kind: ObjType) -> Vec<ObjId> {
    let all = automerge.get_all(home, key).unwrap_or_default();
    let objects = all.into_iter().rev().filter(|(value, _)| *value == Value::Object(kind));
    objects.map(|(_, id)| id).collect()
}
