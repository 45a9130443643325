//! What ends at an hour: visits, and what was shared until a day.
//!
//! No rule reads these hours. From then on this device sends nothing more, by its own clock; somebody who may signs the end.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Graph, Ledger, Statement, Who};
use seal::{DocId, PersonId, Time};

/// The hours that stand in a plan's statements.
#[derive(Debug, Default)]
pub(crate) struct Hours {
    visits: BTreeMap<PersonId, Time>,
    shares: BTreeMap<(DocId, Who), Time>,
    /// Of documents that something is shared of until an hour: whom something else is said of in particular.
    apart: BTreeSet<(DocId, PersonId)>,
}

/// Something whose hour has passed and that nobody has ended yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Over {
    /// Somebody's visit.
    Visit(PersonId),
    /// What somebody was given of a document.
    Share(DocId, Who),
}

impl Hours {
    pub(crate) fn read(ledger: &Ledger) -> Hours {
        let visits = ledger.people().filter_map(|person| Some((person.id, person.until?))).collect();
        let mut hours = Hours { visits, ..Hours::default() };
        for doc in ledger.documents().map(|document| document.id) {
            let all = ledger.since(Graph::Document(doc), &[]);
            if all.iter().any(|statement| matches!(statement.act(), Act::Share(share) if share.until.is_some())) {
                hours.of_document(ledger, doc, &all);
            }
        }
        hours
    }

    fn of_document(&mut self, ledger: &Ledger, doc: DocId, all: &[&Statement]) {
        let said: Vec<(&Statement, Who)> = (all.iter())
            .filter(|statement| ledger.in_effect(statement.id()))
            .filter_map(|statement| Some((*statement, about(statement)?)))
            .collect();
        for (statement, who) in &said {
            let answered = said.iter().any(|(later, of)| of == who && saw(ledger, later, statement));
            if answered {
                continue;
            }
            match (statement.act(), who) {
                (Act::Share(share), _) if share.until.is_some() => {
                    let until = share.until.unwrap_or(Time(i64::MAX));
                    let hour = self.shares.entry((doc, *who)).or_insert(until);
                    *hour = until.min(*hour);
                }
                (Act::Unshare(_), _) | (_, Who::Everyone) => {}
                (_, Who::Person(person)) => _ = self.apart.insert((doc, *person)),
            }
        }
    }

    /// Whether somebody's visit is over.
    pub(crate) fn visit_is_over(&self, person: PersonId, now: Time) -> bool {
        self.visits.get(&person).is_some_and(|until| *until <= now)
    }

    /// Whether what somebody was given of a document is over.
    pub(crate) fn share_is_over(&self, doc: DocId, person: PersonId, now: Time) -> bool {
        let over = |who: Who| self.shares.get(&(doc, who)).map(|until| *until <= now);
        match over(Who::Person(person)) {
            Some(over) => over,
            None => !self.apart.contains(&(doc, person)) && over(Who::Everyone) == Some(true),
        }
    }

    /// The next hour to come.
    pub(crate) fn next(&self, now: Time) -> Option<Time> {
        self.visits.values().chain(self.shares.values()).copied().filter(|until| *until > now).min()
    }

    /// Everything whose hour has passed.
    pub(crate) fn over(&self, now: Time) -> impl Iterator<Item = Over> {
        let visits = self.visits.iter().filter(move |(_, until)| **until <= now);
        let shares = self.shares.iter().filter(move |(_, until)| **until <= now);
        visits.map(|(person, _)| Over::Visit(*person)).chain(shares.map(|((doc, who), _)| Over::Share(*doc, *who)))
    }
}

fn about(statement: &Statement) -> Option<Who> {
    match statement.act() {
        Act::Share(share) => Some(share.who),
        Act::Unshare(unshare) => Some(unshare.who),
        Act::Refuse(refuse) => Some(refuse.who),
        _ => None,
    }
}

/// Whether one had seen the other. Both are of one document, where few things are ever said of one person.
fn saw(ledger: &Ledger, later: &Statement, earlier: &Statement) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<_> = later.body().after.clone();
    while let Some(id) = open.pop() {
        if id == earlier.id() {
            return true;
        }
        if seen.insert(id)
            && let Some(statement) = ledger.statement(id)
        {
            open.extend(statement.body().after.iter().copied());
        }
    }
    false
}
