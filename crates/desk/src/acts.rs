//! What changes the circle, and what is held back by that: asked of the node, answered once it is on this device's disk.

use node::ask;
use plan::{Document, FieldPath, Part, Spliced, Touched};
use seal::{DocId, PersonId, PlanId, Time};

use crate::{
    ask::Done,
    change::{Answer, HeldText},
    desk::Desk,
    errand::Step,
    refused::Refused,
};

/// An answer of the node's, and what it comes to.
pub(crate) type Waiting = Box<dyn FnMut() -> Option<Result<Answer, node::Refused>> + Send>;

impl Desk {
    /// Asks the node for an act; `answer` says what its answer comes to.
    pub(crate) fn decide<Q: ask::Question>(
        &mut self,
        question: Q,
        answer: impl Fn(ask::Answered<Q>) -> Answer + Send + 'static,
        now: Time,
    ) -> Result<Done, Refused> {
        // What was typed before is seen, too.
        self.close_all(now);
        let mut pending = self.node.ask(question);
        let waiting: Waiting = Box::new(move || pending.take().map(|taken| taken.map(&answer)));
        Ok(self.begin(Step::Waiting { waiting }))
    }

    /// Asks for what is held back of a person in a document, to be read as words.
    pub(crate) fn held_words(
        &mut self,
        plan: PlanId,
        doc: DocId,
        person: PersonId,
        now: Time,
    ) -> Result<Done, Refused> {
        self.close_all(now);
        let document = self.known(plan)?.ledger.document(doc);
        let part = document.and_then(|document| plan::part(&document.kind)).ok_or(Refused::NoSuchPart)?;
        let held = self.node.ask(ask::HeldWords { plan, doc, person });
        Ok(self.begin(Step::Fetching { plan, doc, part, held }))
    }
}

/// What held-back edits say, beside what they were written upon.
pub(crate) fn read_held(
    part: &'static Part,
    doc: DocId,
    held: &ask::HeldEdits,
) -> Result<Vec<HeldText>, plan::MergeError> {
    let mut document = Document::load(part, doc, None, &held.past).map_err(|_| plan::MergeError::Refused)?;
    let touched = document.merge(&held.held)?;
    Ok(said(&document, &touched))
}

fn said(document: &Document, touched: &Touched) -> Vec<HeldText> {
    let text = |(field, splices): (&FieldPath, &Vec<Spliced>)| {
        let text: Vec<char> = document.text(*field).chars().collect();
        let words = come(splices).into_iter().map(|(at, len)| text.iter().skip(at).take(len).collect());
        HeldText { field: *field, words: words.collect() }
    };
    let value = |field: &FieldPath| {
        let value = document.value(*field).value().map(ToString::to_string);
        HeldText { field: *field, words: value.into_iter().collect() }
    };
    let values = touched.fields.iter().filter(|field| !touched.texts.contains_key(field)).map(value);
    touched.texts.iter().map(text).chain(values).collect()
}

/// Where what was put in stands once all is done, in order: place and length of each run.
fn come(splices: &[Spliced]) -> Vec<(usize, usize)> {
    // Letter by letter: which ones of the text as it stands are new. Texts are short, and only somebody who asked waits.
    let mut new: Vec<bool> = Vec::new();
    for Spliced { at, deleted, inserted } in splices {
        if new.len() < at + deleted {
            new.resize(at + deleted, false);
        }
        new.splice(at..&(at + deleted), std::iter::repeat_n(true, *inserted));
    }
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, _) in new.iter().enumerate().filter(|(_, new)| **new) {
        match runs.last_mut() {
            Some((at, len)) if *at + *len == place => *len += 1,
            Some(_) | None => runs.push((place, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_where_it_stands_in_the_end() {
        let splice = |at, deleted, inserted| Spliced { at, deleted, inserted };
        assert_eq!(come(&[splice(4, 0, 3)]), [(4, 3)]);
        assert_eq!(come(&[splice(4, 0, 3), splice(0, 2, 0)]), [(2, 3)]);
        assert_eq!(come(&[splice(4, 0, 3), splice(5, 1, 0), splice(9, 0, 1)]), [(4, 2), (9, 1)]);
        assert_eq!(come(&[splice(2, 5, 0)]), []);
    }
}
