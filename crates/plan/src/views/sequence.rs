//! What happened, whom people contacted, what was decided and what changed in the plan, on one line of time: what came
//! after what is seen at a glance, and why is for people to say.

use seal::ItemId;

use crate::{date::Date, whole::Whole};

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepOf {
    /// Something happened.
    Happened,
    /// A service was contacted.
    Contact,
    /// Something was decided.
    Decision,
    /// Something new was written into the plan.
    Change,
}

impl StepOf {
    /// Every kind, in the order they are shown.
    pub const ALL: [StepOf; 4] = [StepOf::Happened, StepOf::Contact, StepOf::Decision, StepOf::Change];
}

/// One thing on the line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// On which day.
    pub day: Date,
    /// What it is.
    pub of: StepOf,
    /// The record.
    pub item: ItemId,
    /// The part it stands in, by its code.
    pub part: &'static str,
    /// Its words.
    pub words: String,
}

/// Lists in which a new record changes what people do.
const CHANGING: [&str; 6] = ["needs", "goals", "actions", "supports", "risks", "contingency"];

/// All of it, the earliest first.
pub fn sequence(whole: &Whole) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = |day: Option<Date>, of: StepOf, item: ItemId, part: &'static str, words: String| {
        if let Some(day) = day {
            steps.push(Step { day, of, item, part, words });
        }
    };
    for incident in whole.written("log.incidents") {
        let day = incident.moment("when").map(|when| when.date());
        step(day, StepOf::Happened, incident.id(), "log", incident.text("what"));
        for agency in incident.list("agencies") {
            let called = agency.moment("when").map(|when| when.date()).or(day);
            step(called, StepOf::Contact, incident.id(), "log", agency.text("agency"));
        }
    }
    for contact in whole.written("log.contacts") {
        let day = contact.moment("when").map(|when| when.date());
        step(day, StepOf::Contact, contact.id(), "log", contact.text("agency"));
    }
    for decision in whole.written("decisions") {
        step(decision.date("on"), StepOf::Decision, decision.id(), "decisions", decision.text("question"));
    }
    for list in CHANGING {
        for record in whole.written(list) {
            step(record.made_on(), StepOf::Change, record.id(), list, record.called());
        }
    }
    steps.sort();
    steps
}
