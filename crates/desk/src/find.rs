//! Words looked for in everything this device may see.

use plan::{
    Field, Someone, Value,
    find::{Findings, Index, Progress, Sheet},
};
use seal::PlanId;

use crate::{
    desk::{Desk, now},
    limits::{READ_AT_ONCE, READ_FOR},
};

impl Desk {
    /// Reads a plan to be looked in, for some milliseconds: what was not read yet, and what has changed since. Choices, names
    /// and days are read as people read them. Whoever draws calls it once a frame until it is done, and never waits for it.
    pub fn read_on(&self, plan: PlanId, index: &mut Index) -> Progress {
        let until = now().plus(READ_FOR);
        self.read_until(plan, index, || now() >= until)
    }

    fn read_until(&self, plan: PlanId, index: &mut Index, is_over: impl Fn() -> bool) -> Progress {
        let sheets = self.sheets(plan);
        loop {
            let progress = index.read_on(&sheets, READ_AT_ONCE, |field, value| self.shown(plan, field, value));
            if progress == Progress::Done || is_over() {
                return progress;
            }
        }
    }

    /// Where these words are in the plans of this device, plan by plan; plans without them are left out. Reads everything
    /// first, so it is for whoever looks once.
    pub fn find(&self, words: &str) -> Vec<(PlanId, Findings)> {
        let look = |plan: PlanId| {
            let mut index = Index::default();
            self.read_until(plan, &mut index, || false);
            (plan, index.find(words))
        };
        let each = self.plans().into_iter().map(|card| look(card.id));
        each.filter(|(_, findings)| !findings.found.is_empty()).collect()
    }

    /// Everything this device may read of a plan, parts first.
    fn sheets(&self, plan: PlanId) -> Vec<Sheet<'_>> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let sheet = |(_, doc)| {
            let open = shelf.parts.get(&doc)?;
            let person = shelf.ledger.document(doc).and_then(|document| document.voice_of).map(|(person, _)| person);
            // Names of people stand in what is read, so a change of the circle is a change too. Both numbers only grow.
            Some(Sheet { document: open.document()?, person, stamp: open.revision + shelf.revision })
        };
        let mut sheets: Vec<Sheet<'_>> = shelf.all().into_iter().filter_map(sheet).collect();
        sheets.sort_by_key(|sheet| sheet.person.is_some());
        sheets
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
            // A group's numbers are seen where they stand: small ones are not said, and nobody looks for the others.
            Value::Quantity(_)
                if matches!(field.label.strip_prefix("coalition-"), Some("values-value" | "measures-baseline")) =>
            {
                String::new()
            }
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
