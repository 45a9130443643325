//! How far somebody has looked at a plan: the newest edits of each document then, so that they can be told later who has written
//! where since.
//!
//! It is kept on the device they looked on, and told to nobody.
//!
//! | a line a document: its id, its newest edits, with blanks between |

use std::{collections::BTreeMap, fmt::Write as _};

use automerge::ChangeHash;
use seal::{ChainId, DocId, EditHash, Time};

use crate::document::Document;

/// How far somebody has looked, document by document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked(BTreeMap<DocId, Vec<EditHash>>);

impl Looked {
    /// What [`Looked::written`] wrote. A line that is something else counts as never looked at.
    pub fn read(text: &str) -> Looked {
        let line = |line: &str| {
            let mut words = line.split(' ');
            let doc = words.next()?.parse().ok()?;
            let heads: Option<Vec<EditHash>> = words.map(|head| head.parse().ok()).collect();
            Some((doc, heads?))
        };
        Looked(text.lines().filter_map(line).collect())
    }

    /// As text, to be kept.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for (doc, heads) in &self.0 {
            let _ = write!(text, "{doc}");
            for head in heads {
                let _ = write!(text, " {head}");
            }
            text.push('\n');
        }
        text
    }

    /// This document was looked at, as it is now.
    pub fn at(&mut self, document: &Document) {
        self.0.insert(document.doc(), document.heads());
    }

    /// The chains on which something was written since, each with its last time, as its writer says. Of a document that was not
    /// there then, all of them. Costs as much as opening it, where anything was.
    pub fn since(&self, document: &Document) -> BTreeMap<ChainId, Time> {
        let then = self.0.get(&document.doc()).map_or(&[][..], Vec::as_slice);
        if document.heads() == then {
            return BTreeMap::new();
        }
        let then: Vec<ChangeHash> = then.iter().map(|head| ChangeHash(*head.as_bytes())).collect();
        // A copy: reading edits ends the one that is being written.
        let mut all = document.automerge.clone();
        let mut since = BTreeMap::new();
        for edit in all.get_changes_meta(&then) {
            let Ok(chain) = edit.actor.to_bytes().try_into() else { continue };
            let last = since.entry(ChainId::new(chain)).or_insert(Time(edit.timestamp));
            *last = Time(last.0.max(edit.timestamp));
        }
        since
    }
}

#[cfg(test)]
mod tests {
    use seal::ItemId;

    use super::*;

    #[test]
    fn what_was_written_since_is_told_by_chain_and_nothing_once_it_was_looked_at() {
        let (first, second) = (ChainId::new([1; 16]), ChainId::new([2; 16]));
        let (mut goals, _) = Document::create(crate::part("goals").unwrap(), DocId::new([9; 32]), first, Time(0));
        let mut looked = Looked::default();
        assert!(looked.since(&goals).contains_key(&first), "one that was never looked at is new");
        looked.at(&goals);
        assert_eq!(looked.since(&goals), BTreeMap::new());
        goals.write_as(second);
        goals.add("goals".parse().unwrap(), ItemId::new([7; 16]), Time(5)).unwrap();
        goals.close(Time(5));
        let again = Looked::read(&looked.written());
        assert_eq!(again, looked);
        assert_eq!(again.since(&goals), BTreeMap::from([(second, Time(5))]));
        assert_eq!(Looked::read("not this\n"), Looked::default());
    }
}
