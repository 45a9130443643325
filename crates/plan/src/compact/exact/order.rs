//! Whether everything stands where automerge would put it: there is one order for what the edits say.

use std::collections::BTreeMap;

use super::{
    Id,
    rows::{Row, Rows, Sense},
};

/// The operations that may take each other's place, by the number of their group: those at one key, and each letter alone. None
/// if anything stands elsewhere than its edits put it.
pub(super) fn groups(rows: &Rows<'_>) -> Option<Vec<u32>> {
    let mut groups = Vec::with_capacity(rows.all.len());
    let mut made: BTreeMap<Id, bool> = BTreeMap::new();
    let mut last: Option<Option<Id>> = None;
    for object in rows.all.chunk_by(|one, next| one.object == next.object) {
        let of = object.first()?.object;
        // The root is first of all, then each object by its name.
        if last.is_some_and(|last| last >= of) {
            return None;
        }
        last = Some(of);
        let is_text = match of {
            None => false,
            // Whatever makes it was made before it, in an object of an older name.
            Some(id) => *made.get(&id)?,
        };
        if is_text {
            letters(object)?;
            groups.extend((groups.len()..).take(object.len()).map(|group| group as u32));
            continue;
        }
        let mut before: Option<(&str, Id, u32)> = None;
        for row in object {
            let key = match row.sense {
                Sense::Letter { .. } => return None,
                Sense::Value { key } => key,
                Sense::Made { key, text } => {
                    made.insert(row.id, text);
                    key
                }
            };
            let group = match before {
                Some((last, id, _)) if (last, id) >= (key, row.id) => return None,
                Some((last, _, group)) if last == key => group,
                Some(_) | None => groups.len() as u32,
            };
            before = Some((key, row.id, group));
            groups.push(group);
        }
    }
    Some(groups)
}

/// Each letter stands behind the one it names; of several behind the same the newest is first, with all that stands behind it.
fn letters(rows: &[Row<'_>]) -> Option<()> {
    // From the start of the text to the letter before: each names the one before it here.
    let mut way: Vec<Id> = Vec::new();
    for row in rows {
        let Sense::Letter { behind } = row.sense else { return None };
        let mut newer = None;
        while way.last().copied() != behind {
            newer = Some(way.pop()?);
        }
        if newer.is_some_and(|newer| newer <= row.id) || behind.is_some_and(|behind| behind >= row.id) {
            return None;
        }
        way.push(row.id);
    }
    Some(())
}
