//! Placing one statement whose signature holds: in its graph, among the knocks, or inside until what it names has come.

use seal::{DocId, PersonId, StatementId};

use super::{Denied, Ledger, Placed};
use crate::{
    body::{Act, Body, Graph},
    circle::{Changed, knocked},
    dag::Dag,
    document::Sheet,
    limits::{DOCUMENTS, DOCUMENTS_OF_ONE},
    statement::Statement,
};

impl Ledger {
    pub(super) fn place_one(&mut self, statement: Statement) -> Placed {
        if statement.plan() != self.plan() {
            return Placed::Refused(Denied::OtherPlan);
        }
        let here = self.dag(statement.graph()).is_some_and(|dag| dag.place(statement.id()).is_some());
        if here || self.knocks.get(statement.id()).is_some() {
            return Placed::Known;
        }
        let missing = self.lacks(&statement);
        if let Some(first) = missing.first() {
            let circle = &self.circle;
            self.early.wait(statement, *first, |device| circle.person_of(device).is_some());
            return Placed::Early { missing };
        }
        let placed = match (statement.act(), statement.body().graph) {
            (Act::Join(_), _) => return self.knock(statement),
            (_, Graph::Circle) => self.place_in_circle(statement),
            (_, Graph::Opening) => self.place_opening(statement),
            (_, Graph::Document(doc)) => self.place_in_document(statement, doc),
        };
        match placed {
            Ok(placed) => Placed::New(placed),
            Err(denied) => Placed::Refused(denied),
        }
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

    fn place_in_circle(&mut self, statement: Statement) -> Result<Vec<Statement>, Denied> {
        let join = self.named_join(statement.body()).cloned();
        let changed = self.circle.add(statement.clone(), join.clone(), true)?;
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

    fn place_in_document(&mut self, statement: Statement, doc: DocId) -> Result<Vec<Statement>, Denied> {
        let sheet = self.sheets.get_mut(&doc).expect("what it lacks was asked before");
        sheet.add(statement.clone(), &self.circle)?;
        self.unread.insert(doc);
        Ok(vec![statement])
    }
}
