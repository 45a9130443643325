//! What stands in a field, in words: the same on paper and in the easy reading.

use crate::view::{Field, PersonRef, PlanView, Value};

/// A value as people read it; nothing for an empty one.
pub(crate) fn value(value: &Value, code: &str, labels: &Labels<'_>, plan: &PlanView) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Line(named) if is_name_of_field(code) => labels.field_of_the_part(named),
        Value::Text(text) | Value::Line(text) | Value::Money(text) | Value::Quantity(text) => text.clone(),
        Value::Moment(moment) => words::date_and_time(moment),
        Value::Choices(chosen) => chosen.iter().map(|one| labels.choice(code, one)).collect::<Vec<_>>().join(", "),
        Value::Ref(id) => referred(id, plan),
        Value::Files(files) => files.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join(" · "),
        Value::Date(date) => words::date(date),
        Value::Choice(choice) => labels.choice(code, choice),
        Value::Person(person) => named(person),
        Value::People(people) => people.iter().map(named).collect::<Vec<_>>().join(", "),
        Value::Scale(step) => step.to_string(),
        Value::YesNo(yes) => words::text(if *yes { "common-yes" } else { "common-no" }),
        Value::Refs(refs) => refs.iter().map(|id| referred(id, plan)).collect::<Vec<_>>().join(" · "),
    }
}

/// Whether a record can be known by a field that comes first in it: its words, what it is about, or its day.
pub(crate) fn is_heading(first: &Field) -> bool {
    matches!(
        first.value,
        Value::Text(_) | Value::Line(_) | Value::Ref(_) | Value::Refs(_) | Value::Date(_) | Value::Moment(_)
    )
}

/// Fields by which the window finds something; they say nothing to a reader.
const TO_FIND_IT: [&str; 2] = ["place", plan::offers::WITHIN];

/// What is to be read: where in a text a comment stands is for the window, which puts it there.
pub(crate) fn filled(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| !field.value.is_empty() && !TO_FIND_IT.contains(&field.code.as_str()))
}

/// Whether what stands in such a field is the code of another one: what a comment or a draft is about.
fn is_name_of_field(code: &str) -> bool {
    matches!(code, "field" | "for-field")
}

pub(crate) fn named(person: &PersonRef) -> String {
    if person.name.is_empty() { words::text("common-someone") } else { person.name.clone() }
}

/// The first words of the item somebody refers to, or that it is in a part this device does not hold.
fn referred(id: &str, plan: &PlanView) -> String {
    let items = plan.parts.iter().flat_map(|part| &part.lists).flat_map(|list| &list.items);
    let fields = items.filter(|item| item.id == id).flat_map(|item| filled(&item.fields));
    let fields = fields.filter(|field| !is_name_of_field(&field.code));
    let mut words = fields.filter_map(|field| match &field.value {
        Value::Text(text) | Value::Line(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    });
    words.next().unwrap_or_else(|| words::text("common-elsewhere"))
}

/// The labels of one place of a plan: of a part, or of a list in it. Empty for a part from a newer version, whose codes
/// are then shown as they are.
pub(crate) struct Labels<'a> {
    plan: &'a PlanView,
    fields: &'static [plan::Field],
    lists: &'static [plan::List],
    /// The part, or of a voice the one it is about.
    about: Option<&'static plan::Part>,
}

impl<'a> Labels<'a> {
    pub(crate) fn of_part(part: Option<&'static plan::Part>, plan: &'a PlanView) -> Self {
        let about = part.and_then(|part| plan::part(part.code.strip_suffix(plan::VOICE).unwrap_or(part.code)));
        part.map_or(Self { plan, fields: &[], lists: &[], about }, |part| Self {
            plan,
            fields: part.fields,
            lists: part.lists,
            about,
        })
    }

    pub(crate) fn inside(&self, code: &str) -> Self {
        let list = self.lists.iter().find(|list| list.code == code);
        let (fields, lists) = list.map_or((&[][..], &[][..]), |list| (list.fields, list.lists));
        Self { plan: self.plan, fields, lists, about: self.about }
    }

    /// What a field of the part is called, wherever in it that is.
    pub(crate) fn field_of_the_part(&self, code: &str) -> String {
        let field = self.about.and_then(|part| {
            let inside = || part.all_lists().into_iter().find_map(|(list, _)| list.field(code));
            part.field(code).or_else(inside)
        });
        field.map_or_else(|| code.to_owned(), |field| self.plan.label(field.label))
    }

    pub(crate) fn list(&self, code: &str) -> String {
        let list = self.lists.iter().find(|list| list.code == code);
        self.plan.label(list.map_or(code, |list| list.label))
    }

    pub(crate) fn field(&self, code: &str) -> String {
        let field = self.fields.iter().find(|field| field.code == code);
        self.plan.label(field.map_or(code, |field| field.label))
    }

    pub(crate) fn choice(&self, code: &str, choice: &str) -> String {
        let field = self.fields.iter().find(|field| field.code == code);
        words::label(&field.map_or(choice.to_owned(), |field| field.choice_label(choice)))
    }
}
