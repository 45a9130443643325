//! What somebody is told whose place or access has ended: everything up to and including the end, and nothing after it.
//!
//! They keep the copy they have. They may also hold the statement that shows the end to be void, so what they offer is taken.

use std::collections::BTreeSet;

use circle::{Access, Act, Graph, Ledger, Statement, Who};
use seal::{DeviceId, DocId, PersonId, StatementId};

use crate::planted::Planted;

/// What of the circle a device is told that has no place any more: what ended it, with everything before.
pub(crate) fn of_circle(ledger: &Ledger, device: DeviceId) -> BTreeSet<StatementId> {
    if Planted::FormerToldAll.is_on() {
        return ledger.since(Graph::Circle, &[]).into_iter().map(Statement::id).collect();
    }
    first(&ledger.since(Graph::Circle, &[]), ledger.ends_of(device))
}

/// What of a document somebody is told who may not read it any more.
pub(crate) fn of_document(ledger: &Ledger, doc: DocId, person: PersonId) -> BTreeSet<StatementId> {
    let all = ledger.since(Graph::Document(doc), &[]);
    let mut ends = BTreeSet::new();
    // What is said of everyone later gives nothing back to whom something is said of in particular.
    for who in [Who::Person(person), Who::Everyone] {
        let (mut gave, mut ended) = (BTreeSet::new(), BTreeSet::new());
        for statement in all.iter().filter(|statement| ledger.in_effect(statement.id())) {
            match statement.act() {
                Act::Share(share) if share.who == who && share.access >= Access::View => gave.insert(statement.id()),
                Act::Unshare(unshare) if unshare.who == who => ended.insert(statement.id()),
                Act::Refuse(refuse) if refuse.who == who => ended.insert(statement.id()),
                _ => false,
            };
        }
        let answered = with_past(&all, gave);
        ends.extend(ended.into_iter().filter(|end| !answered.contains(end)));
    }
    first(&all, ends)
}

/// The ends that have no other end in their past, with all that lies under them.
fn first(all: &[&Statement], ends: BTreeSet<StatementId>) -> BTreeSet<StatementId> {
    let mut later: BTreeSet<StatementId> = BTreeSet::new();
    for statement in all {
        if statement.body().after.iter().any(|id| ends.contains(id) || later.contains(id)) {
            later.insert(statement.id());
        }
    }
    with_past(all, ends.difference(&later).copied().collect())
}

fn with_past(all: &[&Statement], mut heads: BTreeSet<StatementId>) -> BTreeSet<StatementId> {
    for statement in all.iter().rev() {
        if heads.contains(&statement.id()) {
            heads.extend(statement.body().after.iter().copied());
        }
    }
    heads
}
