//! The order in which statements are told: each after what it names, and whatever takes something away as late as that
//! allows, so that a document's Keeps are there before a removal that they save words from.

use std::collections::BTreeSet;

use circle::{Act, Statement};
use seal::StatementId;

/// Which statements are told now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takers {
    /// All, removals last.
    Last,
    /// Only those that nothing that takes away lies under: it is not known yet which Keeps they lack.
    Later,
}

/// Puts statements of several graphs into one order. What they name and is not among them is taken to be there.
pub(crate) fn removals_last(statements: Vec<Statement>, takers: Takers) -> Vec<Statement> {
    let mut owed: BTreeSet<StatementId> = statements.iter().map(Statement::id).collect();
    let mut ordered = Vec::with_capacity(statements.len());
    let mut waiting = statements;
    loop {
        let before = ordered.len();
        pass(&mut waiting, &mut owed, &mut ordered, |statement| !takes(statement));
        if ordered.len() > before && !waiting.is_empty() {
            continue;
        }
        if takers == Takers::Later || waiting.is_empty() {
            return ordered;
        }
        pass(&mut waiting, &mut owed, &mut ordered, takes);
        if ordered.len() == before {
            // What is left waits for something that waits for it: nobody could have signed that.
            return ordered;
        }
    }
}

fn pass(
    waiting: &mut Vec<Statement>,
    owed: &mut BTreeSet<StatementId>,
    ordered: &mut Vec<Statement>,
    may_go: impl Fn(&Statement) -> bool,
) {
    waiting.retain(|statement| {
        let goes = may_go(statement) && !names(statement).any(|id| owed.contains(&id));
        if goes {
            owed.remove(&statement.id());
            ordered.push(statement.clone());
        }
        !goes
    });
}

/// What a statement names.
pub(crate) fn names(statement: &Statement) -> impl Iterator<Item = StatementId> {
    let body = statement.body();
    let opening = match body.graph {
        circle::Graph::Document(doc) => Some(StatementId::new(*doc.as_bytes())),
        circle::Graph::Circle | circle::Graph::Opening => None,
    };
    body.after.iter().chain(&body.circle_after).copied().chain(opening)
}

/// Whether a circle's statement may take something away from somebody. A document's own Keeps lie under what takes away there.
fn takes(statement: &Statement) -> bool {
    matches!(statement.act(), Act::Remove(_) | Act::SetStanding(_) | Act::Leave)
}
