//! Words looked for in everything this device may see.

use plan::{
    Field, Someone, Value,
    find::{Findings, Index},
};
use seal::PlanId;

use crate::desk::Desk;

impl Desk {
    /// A plan, read to be looked in: choices, names and days as people read them. It costs as much as showing the whole plan;
    /// who looks often keeps it in a [`Reckoned`](crate::Reckoned).
    pub fn index(&self, plan: PlanId) -> Index {
        Index::of(&self.whole(plan), |field, value| self.shown(plan, field, value))
    }

    /// Where these words are in the plans of this device, plan by plan; plans without them are left out.
    pub fn find(&self, words: &str) -> Vec<(PlanId, Findings)> {
        let each = self.plans().into_iter().map(|card| (card.id, self.index(card.id).find(words)));
        each.filter(|(_, findings)| !findings.found.is_empty()).collect()
    }

    /// How a value is shown, as far as anybody would look for it: a step on a scale, a yes and a link are seen and not read.
    fn shown(&self, plan: PlanId, field: &'static Field, value: &Value) -> String {
        let choice = |code: &String| words::label(&field.choice_label(code));
        let name = |someone: &Someone| match someone {
            Someone::Member(person) => self.called(plan, *person).unwrap_or_default(),
            Someone::Named(name) => name.clone(),
        };
        match value {
            Value::Line(text) => text.clone(),
            Value::Date(date) => words::date(&date.to_string()),
            Value::Moment(moment) => words::date_and_time(&moment.to_string()),
            Value::Money(_) | Value::Quantity(_) => value.to_string(),
            Value::Choice(code) => choice(code),
            Value::Choices(codes) => codes.iter().map(choice).collect::<Vec<_>>().join(", "),
            Value::Person(someone) => name(someone),
            Value::People(people) => people.iter().map(name).collect::<Vec<_>>().join(", "),
            Value::Files(files) => files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join(", "),
            Value::Scale(_) | Value::YesNo(_) | Value::Ref(_) | Value::Refs(_) => String::new(),
        }
    }
}
