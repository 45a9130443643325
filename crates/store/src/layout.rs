//! Where each record stands in the one table, and what it holds.
//!
//! A redb key is | kind 1 | group 16 | item 0, 8 or 16 |. Groups and items are blinded names, except the counters, which
//! are big-endian so that records come back in the order they were saved.
//!
//! | kind | group | item | record |
//! |---|---|---|---|
//! | `H` head | zeros | | schema, generation in clear, and a sealed word that tells the right key |
//! | `O` own | name | | the device's seed; the mark's number |
//! | `P` plans | zeros | plan | plan |
//! | `D` documents | plan | document | plan, document |
//! | `S` statements | plan | counter 8 | what one save held: (bytes, signature) .. |
//! | `E` edits | document | counter 8 | what one save held: bytes .. |
//! | `T` tips | document | chain | chain, its current tips |
//! | `M` milestones | document | chain, number, hash | chain, tip |
//! | `N` snapshots | document | | heads, door, bytes |
//! | `R` records | group | name | name, value |
//!
//! In the file beside it, which holds attached files (`files`):
//!
//! | kind | group | item | record |
//! |---|---|---|---|
//! | `H` head | zeros | | as above |
//! | `F` files | plan | file | plan, file, its length, what its pieces hash to |
//! | `B` pieces | file | counter 8 | one piece |

use redb::TableDefinition;
use seal::{ChainId, DocId, FileId, PlanId, Tip};

use crate::sealed::Sealer;

/// The one table. It has a name because redb wants one; everything else about it is blinded.
pub(crate) const TABLE: TableDefinition<&[u8], &[u8]> = TableDefinition::new("records");

/// What kind of record a key leads to. The letter is its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Head = b'H',
    Own = b'O',
    Plan = b'P',
    Doc = b'D',
    Statements = b'S',
    Edits = b'E',
    Tips = b'T',
    Milestone = b'M',
    Snapshot = b'N',
    Record = b'R',
    File = b'F',
    Piece = b'B',
}

/// A key, or the common beginning of several.
pub(crate) type Key = Vec<u8>;

fn key(kind: Kind, group: &[u8; 16], item: &[u8]) -> Key {
    let mut key = Vec::with_capacity(17 + item.len());
    key.push(kind as u8);
    key.extend_from_slice(group);
    key.extend_from_slice(item);
    key
}

/// The group that belongs to no plan.
const NONE: [u8; 16] = [0; 16];

pub(crate) fn head() -> Key {
    key(Kind::Head, &NONE, &[])
}

impl Sealer {
    pub(crate) fn own(&self, name: &str) -> Key {
        key(Kind::Own, &self.blind(Kind::Own as u8, &[name.as_bytes()]), &[])
    }

    pub(crate) fn plan(&self, plan: PlanId) -> Key {
        key(Kind::Plan, &NONE, &self.blind_plan(plan))
    }

    pub(crate) fn plans(&self) -> Key {
        key(Kind::Plan, &NONE, &[])
    }

    pub(crate) fn doc(&self, plan: PlanId, doc: DocId) -> Key {
        key(Kind::Doc, &self.blind_plan(plan), &self.blind_doc(plan, doc))
    }

    pub(crate) fn docs(&self, plan: PlanId) -> Key {
        key(Kind::Doc, &self.blind_plan(plan), &[])
    }

    pub(crate) fn statements(&self, plan: PlanId) -> Key {
        key(Kind::Statements, &self.blind_plan(plan), &[])
    }

    pub(crate) fn edits(&self, plan: PlanId, doc: DocId) -> Key {
        key(Kind::Edits, &self.blind_doc(plan, doc), &[])
    }

    pub(crate) fn tips(&self, plan: PlanId, doc: DocId) -> Key {
        key(Kind::Tips, &self.blind_doc(plan, doc), &[])
    }

    pub(crate) fn tips_of(&self, plan: PlanId, doc: DocId, chain: ChainId) -> Key {
        let item = self.blind(Kind::Tips as u8, &[chain.as_bytes()]);
        key(Kind::Tips, &self.blind_doc(plan, doc), &item)
    }

    pub(crate) fn milestones(&self, plan: PlanId, doc: DocId) -> Key {
        key(Kind::Milestone, &self.blind_doc(plan, doc), &[])
    }

    pub(crate) fn milestone(&self, plan: PlanId, doc: DocId, chain: ChainId, tip: &Tip) -> Key {
        let parts: [&[u8]; 3] = [chain.as_bytes(), &tip.seq.number().to_be_bytes(), tip.hash.as_bytes()];
        key(Kind::Milestone, &self.blind_doc(plan, doc), &self.blind(Kind::Milestone as u8, &parts))
    }

    pub(crate) fn snapshot(&self, plan: PlanId, doc: DocId) -> Key {
        key(Kind::Snapshot, &self.blind_doc(plan, doc), &[])
    }

    pub(crate) fn record(&self, name: &str) -> Key {
        let group = name.split_once('/').map_or(name, |(group, _)| group);
        let item = self.blind(Kind::Record as u8, &[b"name", name.as_bytes()]);
        key(Kind::Record, &self.record_group(group), &item)
    }

    pub(crate) fn records(&self, group: &str) -> Key {
        key(Kind::Record, &self.record_group(group), &[])
    }

    pub(crate) fn all_files(&self) -> Key {
        vec![Kind::File as u8]
    }

    pub(crate) fn files(&self, plan: PlanId) -> Key {
        key(Kind::File, &self.blind_plan(plan), &[])
    }

    pub(crate) fn file(&self, plan: PlanId, file: FileId) -> Key {
        key(Kind::File, &self.blind_plan(plan), &self.blind_file(plan, file))
    }

    pub(crate) fn pieces(&self, plan: PlanId, file: FileId) -> Key {
        key(Kind::Piece, &self.blind_file(plan, file), &[])
    }

    fn blind_file(&self, plan: PlanId, file: FileId) -> [u8; 16] {
        self.blind(Kind::File as u8, &[plan.as_bytes(), file.as_bytes()])
    }

    fn record_group(&self, group: &str) -> [u8; 16] {
        self.blind(Kind::Record as u8, &[b"group", group.as_bytes()])
    }

    fn blind_plan(&self, plan: PlanId) -> [u8; 16] {
        self.blind(Kind::Plan as u8, &[plan.as_bytes()])
    }

    fn blind_doc(&self, plan: PlanId, doc: DocId) -> [u8; 16] {
        self.blind(Kind::Doc as u8, &[plan.as_bytes(), doc.as_bytes()])
    }
}

/// The key of the record with this number in a counted group.
pub(crate) fn counted(group: &[u8], number: u64) -> Key {
    let mut key = group.to_vec();
    key.extend_from_slice(&number.to_be_bytes());
    key
}

/// The number at the end of a counted key.
pub(crate) fn number(key: &[u8]) -> Option<u64> {
    key.last_chunk::<8>().map(|number| u64::from_be_bytes(*number))
}

/// Where the keys that begin with `prefix` end: the first key after all of them.
pub(crate) fn after(prefix: &[u8]) -> Key {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if let Some(next) = last.checked_add(1) {
            end.push(next);
            return end;
        }
    }
    vec![u8::MAX; prefix.len() + 17]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_ends_after_its_last_key_and_before_the_next() {
        assert_eq!(after(&[1, 2]), vec![1, 3]);
        assert_eq!(after(&[1, 255]), vec![2]);
        assert!(counted(&[1, 255], u64::MAX) < after(&[1, 255]));
    }

    #[test]
    fn counted_keys_sort_as_their_numbers_do() {
        assert!(counted(b"E", 255) < counted(b"E", 256));
        assert_eq!(number(&counted(b"E", 256)), Some(256));
    }
}
