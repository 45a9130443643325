//! What can still be shown when something that the rules let in breaks the document: everything but the edits that do,
//! and what builds on those.
//!
//! Nothing is decided here about what counts: another device may show what this one cannot. An owner may bar the edit, and
//! then it counts nowhere.

use std::collections::BTreeSet;

use automerge::{
    Change, ScalarValue,
    legacy::{ElementId, Key, OpType},
};
use seal::{Admitted, ChainId, DocId, EditHash};

use crate::{
    document::{Document, MergeError},
    part::Part,
};

/// The edits without which a document could be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Those that break it: the first of each line of them.
    pub culprits: Vec<EditHash>,
    /// Those, and all that builds on them.
    pub left_out: BTreeSet<EditHash>,
}

impl Faults {
    /// Whether an edit builds on one that is left out. Then it is left out as well.
    pub fn take(&mut self, edit: &Admitted) -> bool {
        let builds = edit.edit().after().iter().any(|hash| self.left_out.contains(hash));
        if builds {
            self.left_out.insert(edit.edit().hash());
        }
        builds
    }
}

impl Document {
    /// A part as far as it can be opened, saved and opened again: from its last good snapshot and the edits beyond, in causal
    /// order, but for those that break it. None if not even that can be had.
    pub fn rescue(
        part: &'static Part,
        doc: DocId,
        snapshot: Option<&[u8]>,
        edits: &[Admitted],
    ) -> Option<(Document, Faults)> {
        rescue_with(part, doc, snapshot, edits, |document| document.clone().save_tried().is_some())
    }
}

/// `is_good` says whether a document holds.
fn rescue_with(
    part: &'static Part,
    doc: DocId,
    snapshot: Option<&[u8]>,
    edits: &[Admitted],
    is_good: impl Fn(&Document) -> bool,
) -> Option<(Document, Faults)> {
    let mut document = Document::load(part, doc, snapshot, &[]).ok()?;
    let mut faults = Faults::default();
    let mut waiting: Vec<Vec<Admitted>> = vec![edits.to_vec()];
    while let Some(mut some) = waiting.pop() {
        some.retain(|edit| !faults.take(edit));
        if some.is_empty() {
            continue;
        }
        // A document that broke is thrown away, however well it may look.
        let mut tried = document.clone();
        let merged = tried.merge(&some);
        if merged == Err(MergeError::Early) {
            return None;
        }
        if merged.is_ok() && is_good(&tried) {
            document = tried;
        } else if let [culprit] = some.as_slice() {
            faults.culprits.push(culprit.edit().hash());
            faults.left_out.insert(culprit.edit().hash());
        } else {
            let later = some.split_off(some.len() / 2);
            waiting.extend([later, some]);
        }
    }
    // Merging reads only what changed; what is shown from here on is read as a whole.
    let whole = Document::load(part, doc, Some(&document.save()), &[]).ok()?;
    Some((whole, faults))
}

/// The words that edits of one of these chains put in, as plain text: each run of letters on its own.
pub fn words_of(edits: &[Admitted], by: impl Fn(ChainId) -> bool) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    for edit in edits.iter().map(Admitted::edit).filter(|edit| by(edit.chain())) {
        let Ok(change) = Change::from_bytes(edit.bytes().to_vec()) else { continue };
        let change = change.decode();
        let mut goes_on = None;
        for (counter, operation) in (change.start_op.get()..).zip(&change.operations) {
            let OpType::Put(ScalarValue::Str(text)) = &operation.action else { continue };
            let behind = match &operation.key {
                Key::Seq(ElementId::Id(id)) if *id.actor() == change.actor_id => Some(id.counter()),
                Key::Seq(_) | Key::Map(_) => None,
            };
            match runs.last_mut() {
                Some(run) if operation.insert && behind.is_some() && behind == goes_on => run.push_str(text),
                _ => runs.push(text.to_string()),
            }
            goes_on = operation.insert.then_some(counter);
        }
    }
    runs.retain(|run| !run.trim().is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use seal::{Bytes, Edit, Time};

    use super::*;
    use crate::{door, path::FieldPath};

    const DOC: DocId = DocId::new([9; 32]);

    #[expect(clippy::disallowed_methods, reason = "what a document makes the door lets in; that is tested elsewhere")]
    fn admitted(edits: Vec<Bytes>) -> Vec<Admitted> {
        let read = |bytes| Admitted::recall(Edit::read(DOC, bytes, door::head).expect("an edit"));
        edits.into_iter().map(read).collect()
    }

    fn chain(number: u8) -> ChainId {
        ChainId::new([number; 16])
    }

    /// A part, "poison" by one and more upon it by another, and something a third wrote apart.
    fn poisoned() -> (FieldPath, Vec<u8>, [Vec<Admitted>; 3]) {
        let field: FieldPath = "about-me.communication".parse().unwrap();
        let part = crate::part("about-me").unwrap();
        let (mut maker, _) = Document::create(part, DOC, chain(1), Time(1));
        maker.splice(field, 0, 0, "In the beginning. ").unwrap();
        maker.close(Time(2));
        let snapshot = maker.save_tried().unwrap();
        let write = |document: &mut Document, by: u8, words: &str| {
            document.write_as(chain(by));
            document.splice(field, 0, 0, words).unwrap();
            admitted(document.close(Time(3)))
        };
        let mut apart = maker.clone();
        let poison = write(&mut maker, 2, "poison ");
        let upon = write(&mut maker, 1, "upon it ");
        let apart = write(&mut apart, 3, "apart ");
        (field, snapshot, [poison, upon, apart])
    }

    #[test]
    fn everything_but_the_edit_that_breaks_it_and_what_builds_on_it_is_shown() {
        let (field, snapshot, [poison, upon, apart]) = poisoned();
        let part = crate::part("about-me").unwrap();
        for order in [[&poison, &upon, &apart], [&poison, &apart, &upon], [&apart, &poison, &upon]] {
            let edits: Vec<Admitted> = order.into_iter().flatten().cloned().collect();
            let is_good = |document: &Document| !document.text(field).contains("poison");
            let (document, faults) = rescue_with(part, DOC, Some(&snapshot), &edits, is_good).unwrap();
            assert_eq!(document.text(field), "apart In the beginning. ");
            assert_eq!(faults.culprits, [poison[0].edit().hash()]);
            assert_eq!(faults.left_out, [poison[0].edit().hash(), upon[0].edit().hash()].into());
            // What comes later and builds on it goes the same way.
            assert!(faults.clone().take(&upon[0]) && !faults.clone().take(&apart[0]));
        }
    }

    #[test]
    fn where_nothing_is_wrong_nothing_is_left_out() {
        let (field, snapshot, edits) = poisoned();
        let part = crate::part("about-me").unwrap();
        let (document, faults) = Document::rescue(part, DOC, Some(&snapshot), &edits.concat()).unwrap();
        assert_eq!(faults, Faults::default());
        let shown = document.text(field);
        assert!(["upon it ", "poison ", "apart "].iter().all(|words| shown.contains(words)), "{shown}");
    }

    #[test]
    fn ones_own_words_that_were_left_out_are_kept_as_text() {
        let (_, _, edits) = poisoned();
        assert_eq!(words_of(&edits.concat(), |by| by == chain(1)), ["upon it "]);
        assert_eq!(words_of(&edits.concat(), |by| by == chain(7)), Vec::<String>::new());
    }
}
