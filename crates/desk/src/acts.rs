//! What changes the circle, and what is held back by that: asked of the node, answered once it is on this device's disk.

use circle::Introduction;
use node::{Pending, ask};
use plan::{Document, FieldPath, Part, Spliced, Touched};
use seal::DocId;

use crate::{
    ask::{Ask, Done},
    change::{Answer, HeldText},
    desk::Desk,
    errand::Step,
    refused::Refused,
};

/// An answer of the node's, and what it comes to.
pub(crate) type Waiting = Box<dyn FnMut() -> Option<Result<Answer, node::Refused>> + Send>;

impl Desk {
    /// Carries out an ask about the circle or about what is held back.
    pub(crate) fn act_in_circle(&mut self, ask: Ask) -> Result<Done, Refused> {
        let node = &self.node;
        let waiting = match ask {
            Ask::SetStanding { plan, person, standing } => done(node.ask(ask::SetStanding { plan, person, standing })),
            Ask::RemovePerson { plan, person, since } => done(node.ask(ask::RemovePerson { plan, person, since })),
            Ask::RemoveDevice { plan, device, and_linked } => {
                done(node.ask(ask::RemoveDevice { plan, device, and_linked }))
            }
            Ask::Leave { plan } => done(node.ask(ask::Leave { plan })),
            Ask::HandOver { plan, to } => done(node.ask(ask::HandOver { plan, to })),
            Ask::Share { plan, who, with } => done(node.ask(ask::Share { plan, who, with })),
            Ask::Unshare { plan, doc, who, why } => done(node.ask(ask::Unshare { plan, doc, who, why })),
            Ask::Refuse { plan, doc, who, why, basis } => done(node.ask(ask::Refuse { plan, doc, who, why, basis })),
            Ask::Bar { plan, doc, edit, why } => done(node.ask(ask::Bar { plan, doc, edit, why })),
            Ask::KeepHeld { plan, doc, person } => {
                answered(node.ask(ask::KeepHeld { plan, doc, person }), Answer::Kept)
            }
            Ask::Held { plan } => answered(node.ask(ask::Held { plan }), Answer::Held),
            Ask::OpenVoice { plan, doc } => answered(node.ask(ask::OpenVoice { plan, doc }), Answer::Voice),
            Ask::ComeBack { words, device_name, at, longest } => {
                let called =
                    Introduction { name: self.name.clone(), relationship: String::new(), organisation: String::new() };
                let device_name = self.clean_name(&device_name)?;
                let restored = self.node.ask(ask::Restore { words, device_name, called, at, longest });
                answered(restored, |restored| Answer::Joined(restored.plan))
            }
            // What it linked was linked by its holder; who knows better takes those away one by one.
            Ask::RemoveLost { plan, device, words } => {
                done(node.ask(ask::RemoveByWords { plan, device, and_linked: false, words }))
            }
            Ask::NewSheet { plan, old } => done(node.ask(ask::NewSheet { plan, old })),
            Ask::HeldWords { plan, doc, person } => {
                let document = self.known(plan)?.ledger.document(doc);
                let part = document.and_then(|document| plan::part(&document.kind)).ok_or(Refused::NoSuchPart)?;
                let held = self.node.ask(ask::HeldWords { plan, doc, person });
                return Ok(self.begin(Step::Fetching { plan, doc, part, held }));
            }
            _ => unreachable!("`act` sends only what is about the circle here"),
        };
        Ok(self.begin(Step::Waiting { waiting }))
    }
}

fn answered<T: Send + 'static>(mut pending: Pending<T>, answer: impl Fn(T) -> Answer + Send + 'static) -> Waiting {
    Box::new(move || pending.take().map(|taken| taken.map(&answer)))
}

fn done<T: Send + 'static>(pending: Pending<T>) -> Waiting {
    answered(pending, |_| Answer::Done)
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
