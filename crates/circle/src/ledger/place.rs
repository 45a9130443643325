//! Placing one statement whose signature holds: in its graph, among the knocks, or inside until what it names has come.

use std::collections::BTreeSet;

use seal::{DocId, PersonId, StatementId};

use super::{Denied, Ledger, Placed};
use crate::{
    body::{Act, Body, Graph, Standing},
    circle::{Changed, knocked},
    dag::Dag,
    document::Sheet,
    limits::{DOCUMENTS, DOCUMENTS_OF_ONE},
    room::{Wanted, takes},
    statement::Statement,
};

impl Ledger {
    pub(super) fn place_one(&mut self, statement: Statement, wanted: Wanted) -> Placed {
        if statement.plan() != self.plan() {
            return Placed::Refused(Denied::OtherPlan);
        }
        let here = self.dag(statement.graph()).is_some_and(|dag| dag.place(statement.id()).is_some());
        if here || self.knocks.get(statement.id()).is_some() {
            return Placed::Known;
        }
        let missing = self.lacks(&statement);
        if self.outside.has_any(&missing) && self.wanted(&statement) == Wanted::ByNobody {
            self.outside.add(statement);
            return Placed::Early { missing };
        }
        if let Some(first) = missing.first() {
            let circle = &self.circle;
            self.early.wait(statement, *first, |device| circle.person_of(device).is_some());
            return Placed::Early { missing };
        }
        let placed = match (statement.act(), statement.body().graph) {
            (Act::Join(_), _) => return self.knock(statement),
            (_, Graph::Circle) => self.place_in_circle(statement.clone(), wanted),
            (_, Graph::Opening) => self.place_opening(statement.clone()),
            (_, Graph::Document(doc)) => self.place_in_document(statement.clone(), doc, wanted),
        };
        match placed {
            Ok(placed) => Placed::New(placed),
            Err(Denied::Full) if statement.body().graph != Graph::Opening => {
                let now = self.wanted(&statement);
                if now > wanted {
                    return self.place_one(statement, now);
                }
                self.outside.add(statement);
                Placed::Refused(Denied::Full)
            }
            Err(denied) => Placed::Refused(denied),
        }
    }

    /// Why a statement is taken in though there is no room for its issuer: by itself, if it is by somebody else than what it
    /// misses, or by what waits for it.
    fn wanted(&self, statement: &Statement) -> Wanted {
        let whose = |statement: &Statement| self.circle.once_of(statement.issuer());
        let me = whose(statement);
        let names = |one: &Statement, other: StatementId| {
            one.body().after.contains(&other) || one.body().circle_after.contains(&other)
        };
        let others_outside = self.outside.under(statement).any(|other| whose(other) != me);
        let mut wanted = if others_outside { self.weight(statement) } else { Wanted::ByNobody };
        let (mut line, mut seen) = (vec![statement.id()], BTreeSet::new());
        while let Some(id) = line.pop() {
            for waits in self.early.iter().filter(|waits| names(waits, id)) {
                if whose(waits) != me {
                    wanted = wanted.max(self.weight(waits));
                } else if seen.insert(waits.id()) {
                    line.push(waits.id());
                }
            }
        }
        wanted
    }

    /// The same of what waits, by its id.
    pub(super) fn wants(&self, waits: StatementId) -> Wanted {
        self.early.get(waits).map_or(Wanted::ByNobody, |waits| self.wanted(waits))
    }

    /// What a statement's own word is worth for what it builds on.
    fn weight(&self, statement: &Statement) -> Wanted {
        let Some(person) = self.person_of(statement.issuer()) else { return Wanted::ByNobody };
        let lets_in = self.standing(person).is_some_and(Standing::may_let_in);
        if lets_in && takes(statement.act()) { Wanted::ToTakeAway } else { Wanted::ByAnother }
    }

    /// What a statement names that is not here.
    pub(super) fn lacks(&self, statement: &Statement) -> Vec<StatementId> {
        let body = statement.body();
        let circle = self.circle.dag();
        let lacking = |dag: &Dag, ids: &[StatementId]| -> Vec<StatementId> {
            ids.iter().copied().filter(|id| dag.place(*id).is_none()).collect()
        };
        match body.graph {
            Graph::Circle => {
                let mut missing = lacking(circle, &body.after);
                missing.retain(|id| self.named_join(body).is_none_or(|join| join.id() != *id));
                missing
            }
            Graph::Opening => lacking(circle, &body.circle_after),
            Graph::Document(doc) => {
                let mut missing = lacking(circle, &body.circle_after);
                match self.sheets.get(&doc) {
                    Some(sheet) => missing.extend(lacking(sheet.dag(), &body.after)),
                    None => missing.push(doc.into()),
                }
                missing
            }
        }
    }

    /// The knock that a Confirm answers. A Join waits outside the graph, so that strangers cannot grow it.
    pub(super) fn named_join(&self, body: &Body) -> Option<&Statement> {
        let join = match &body.act {
            Act::Confirm(confirm) => confirm.join,
            Act::HandOver(over) => over.to.into(),
            _ => return None,
        };
        self.knocks.get(join)
    }

    fn knock(&mut self, join: Statement) -> Placed {
        if !knocked(&join) {
            return Placed::Refused(Denied::NoConsent);
        }
        let circle = &self.circle;
        self.knocks.add(join, |key| circle.knows_key(key));
        Placed::Knock
    }

    fn place_in_circle(&mut self, statement: Statement, wanted: Wanted) -> Result<Vec<Statement>, Denied> {
        let join = self.named_join(statement.body()).cloned();
        let changed = self.circle.add(statement.clone(), join.clone(), true, wanted)?;
        if let Some(join) = &join {
            self.knocks.take(join.id());
        }
        let place = self.circle.dag().place(statement.id()).expect("it was just added");
        if let Some(grant) = self.circle.device_grant(place) {
            for sheet in self.sheets.values_mut() {
                sheet.welcome(grant, place, &self.circle);
            }
        }
        self.unsettled |= changed == Changed::Past;
        Ok(join.into_iter().chain([statement]).collect())
    }

    /// Who begins a document with this body, if they may and there is room. Everybody's room is their own: one bound for all
    /// would let one person keep the others from beginning anything, for good.
    pub(super) fn weigh_opening(&self, body: &Body) -> Result<Option<PersonId>, Denied> {
        let by = Sheet::weigh_opening(body, &self.circle)?.map(|rests| rests.device.person);
        let of_one = self.begun.get(&by).copied().unwrap_or(0);
        if of_one >= DOCUMENTS_OF_ONE || self.sheets.len() >= DOCUMENTS {
            return Err(Denied::Full);
        }
        Ok(by)
    }

    fn place_opening(&mut self, statement: Statement) -> Result<Vec<Statement>, Denied> {
        let by = self.weigh_opening(statement.body())?;
        let sheet = Sheet::open(statement.clone(), &self.circle)?;
        *self.begun.entry(by).or_default() += 1;
        self.sheets.insert(statement.id().into(), sheet);
        self.unread.insert(statement.id().into());
        Ok(vec![statement])
    }

    fn place_in_document(
        &mut self,
        statement: Statement,
        doc: DocId,
        wanted: Wanted,
    ) -> Result<Vec<Statement>, Denied> {
        let sheet = self.sheets.get_mut(&doc).expect("what it lacks was asked before");
        sheet.add(statement.clone(), &self.circle, wanted)?;
        self.unread.insert(doc);
        Ok(vec![statement])
    }
}
