//! What others say they hold of documents and chains that are not here.
//!
//! It is worth remembering: when these come by another road, nobody is told back what they told of. But anybody who knows
//! the plan can make such names up, so each meeting has room for only so many. What finds none is not taken for held: the
//! worst that follows is that something honest is sent twice.

use std::collections::BTreeSet;

use seal::{ChainId, DocId};

use crate::{
    frontier::{End, Frontier},
    held::Held,
    limits::{STRANGE, STRANGE_HEADS},
    meeting::{Meeting, Theirs},
    message::State,
};

/// Documents, and chains of documents, that were named at a meeting and were not here then.
#[derive(Debug, Default)]
pub(crate) struct Strange(BTreeSet<(DocId, Option<ChainId>)>);

impl Strange {
    /// Whether this is remembered, being here or having room.
    fn takes(&mut self, held: &Held, doc: DocId, chain: Option<ChainId>) -> bool {
        if is_here(held, doc, chain) || self.0.contains(&(doc, chain)) {
            return true;
        }
        self.0.len() < STRANGE && self.0.insert((doc, chain))
    }
}

impl Meeting {
    /// They say how far they have come in some documents: that and no further.
    pub(crate) fn hear_of<'a>(&mut self, held: &Held, states: impl IntoIterator<Item = &'a State>) {
        self.make_room(held);
        for state in states {
            if !self.strange.takes(held, state.doc, None) {
                self.docs.remove(&state.doc);
                continue;
            }
            let heads = if is_here(held, state.doc, None) { state.heads.len() } else { STRANGE_HEADS };
            let heads = state.heads.iter().take(heads).copied().collect();
            let ends = self.taken(held, state.doc, &state.frontier);
            let ends = ends.into_iter().map(|(chain, ends)| (chain, ends.iter().copied().collect())).collect();
            self.docs.insert(state.doc, Theirs::At { heads, ends });
        }
    }

    /// They say how far they have come in some chains of a document that is here.
    pub(crate) fn hear_more_of(&mut self, held: &Held, doc: DocId, frontier: &Frontier) {
        self.make_room(held);
        for (chain, ends) in self.taken(held, doc, frontier) {
            self.holds(doc, chain, ends.iter().copied());
        }
    }

    fn taken<'a>(&mut self, held: &Held, doc: DocId, frontier: &'a Frontier) -> Vec<(ChainId, &'a [End])> {
        frontier.chains().filter(|(chain, _)| self.strange.takes(held, doc, Some(*chain))).collect()
    }

    /// What came since is not strange any more, nor what they do not speak of now.
    fn make_room(&mut self, held: &Held) {
        if self.strange.0.len() < STRANGE {
            return;
        }
        let docs = &self.docs;
        self.strange.0.retain(|(doc, chain)| {
            let named = docs.get(doc).is_some_and(|theirs| match chain {
                Some(chain) => theirs.ends().is_some_and(|ends| ends.contains_key(chain)),
                None => true,
            });
            named && !is_here(held, *doc, *chain)
        });
    }
}

fn is_here(held: &Held, doc: DocId, chain: Option<ChainId>) -> bool {
    match chain {
        Some(chain) => held.shelves.get(&doc).is_some_and(|shelf| shelf.line(chain).is_some()),
        None => held.ledger.document(doc).is_some(),
    }
}
