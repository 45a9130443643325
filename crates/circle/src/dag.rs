//! A grow-only graph of statements in which each names what its issuer had seen.
//!
//! A statement is added only after everything it names, so its place in the list is also a causal order. The past of each
//! is kept as bits, which makes "had it seen that" one look-up.

use std::collections::{BTreeMap, BTreeSet};

use seal::StatementId;

use crate::{body::Act, statement::Statement};

/// Where a statement stands in its graph's list.
pub(crate) type Place = usize;

/// One graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dag {
    nodes: Vec<Node>,
    places: BTreeMap<StatementId, Place>,
    heads: BTreeSet<StatementId>,
    stamp: [u8; 32],
}

#[derive(Debug, Clone)]
struct Node {
    statement: Statement,
    past: Past,
    generation: u32,
}

/// A set of places.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past(Vec<u64>);

impl Dag {
    /// How many statements it holds.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Where a statement stands, if it is here.
    pub(crate) fn place(&self, id: StatementId) -> Option<Place> {
        self.places.get(&id).copied()
    }

    /// The statement at a place.
    pub(crate) fn at(&self, place: Place) -> &Statement {
        &self.nodes[place].statement
    }

    /// What the statement at a place had seen, without itself.
    pub(crate) fn past(&self, place: Place) -> &Past {
        &self.nodes[place].past
    }

    /// The longest path from a beginning.
    pub(crate) fn generation(&self, place: Place) -> u32 {
        self.nodes[place].generation
    }

    /// Whether the first had seen the second.
    pub(crate) fn saw(&self, later: Place, earlier: Place) -> bool {
        self.past(later).has(earlier)
    }

    /// What nobody has built on yet.
    pub(crate) fn heads(&self) -> &BTreeSet<StatementId> {
        &self.heads
    }

    /// What nobody has built on yet who is not among these. A Join is no head of its own: it came with a Confirm.
    pub(crate) fn heads_without(&self, these: &Past) -> Vec<StatementId> {
        if !these.meets(these) {
            return self.heads.iter().copied().collect();
        }
        let (mut under, mut heads) = (Past::default(), Vec::new());
        for (place, node) in self.nodes.iter().enumerate().rev().filter(|(place, _)| !these.has(*place)) {
            if !under.has(place) && !matches!(node.statement.act(), Act::Join(_)) {
                heads.push(node.statement.id());
            }
            under.join(&node.past);
        }
        heads
    }

    /// Everything at or under these; what is not here is passed over.
    pub(crate) fn under(&self, ids: &[StatementId]) -> Past {
        let mut under = Past::default();
        for place in ids.iter().filter_map(|id| self.place(*id)) {
            under.join(self.past(place));
            under.insert(place);
        }
        under
    }

    /// Everything not at or under these, in causal order.
    pub(crate) fn since(&self, ids: &[StatementId]) -> Vec<&Statement> {
        let under = self.under(ids);
        let rest = self.nodes.iter().enumerate().filter(|(place, _)| !under.has(*place));
        rest.map(|(_, node)| &node.statement).collect()
    }

    /// Another for every list of statements: who has worked something out from a graph sees by it whether it still holds.
    pub(crate) fn stamp(&self) -> [u8; 32] {
        self.stamp
    }

    /// Adds a statement whose every named head is here.
    pub(crate) fn add(&mut self, statement: Statement) -> Place {
        let after = &statement.body().after;
        let past = self.under(after);
        let named = after.iter().filter_map(|id| self.place(*id));
        let generation = named.map(|place| self.generation(place) + 1).max().unwrap_or(0);
        for id in after {
            self.heads.remove(id);
        }
        let place = self.nodes.len();
        self.heads.insert(statement.id());
        self.stamp = *blake3::Hasher::new().update(&self.stamp).update(statement.id().as_bytes()).finalize().as_bytes();
        self.places.insert(statement.id(), place);
        self.nodes.push(Node { statement, past, generation });
        place
    }
}

impl Past {
    /// Whether a place is in it.
    pub(crate) fn has(&self, place: Place) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Puts a place in.
    pub(crate) fn insert(&mut self, place: Place) {
        if self.0.len() <= place / 64 {
            self.0.resize(place / 64 + 1, 0);
        }
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Puts all of the other in.
    pub(crate) fn join(&mut self, other: &Past) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    /// Takes out what is not in the other too.
    pub(crate) fn meet(&mut self, other: &Past) {
        self.0.truncate(other.0.len());
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word &= more;
        }
    }

    /// Whether all of the other is in it.
    pub(crate) fn holds(&self, other: &Past) -> bool {
        let own = self.0.iter().copied().chain(std::iter::repeat(0));
        other.0.iter().zip(own).all(|(word, own)| word & !own == 0)
    }

    /// How many places they share.
    pub(crate) fn shared(&self, other: &Past) -> usize {
        self.0.iter().zip(&other.0).map(|(word, more)| (word & more).count_ones() as usize).sum()
    }

    /// Whether they share a place.
    pub(crate) fn meets(&self, other: &Past) -> bool {
        self.0.iter().zip(&other.0).any(|(word, more)| word & more != 0)
    }
}
