//! Finding what a command names: a plan by its title or letters of its id, a person, a value of a field.

use std::{
    fs,
    io::{self, Read as _},
};

use desk::{Copy, Desk, Fill};
use plan::{FieldKind, FieldPath, Part, Someone, Template, Value};
use seal::{DocId, PersonId, PlanId};
use words::Say;

use crate::failure::Failure;

/// Letters of an id that are enough to name it.
pub(crate) const LETTERS: usize = 6;

/// The longest value that is read from a file or standard input: far above any text a person writes.
const LONGEST_VALUE: u64 = 16 << 20;

/// The kind of plan somebody means.
pub(crate) fn kind_of_plan(code: &str) -> Result<&'static Template, Failure> {
    plan::template(code).ok_or_else(|| Failure::usage(Say::new("cli-no-such-kind").with("name", code)))
}

/// The plan somebody means.
pub(crate) fn plan(desk: &Desk, text: &str) -> Result<PlanId, Failure> {
    let cards = desk.plans();
    let by_title: Vec<PlanId> = cards.iter().filter(|card| card.title == text).map(|card| card.id).collect();
    let letters = text.to_ascii_lowercase();
    let by_id = || {
        cards.iter().map(|card| card.id).filter(|id| letters.len() >= LETTERS && id.to_string().starts_with(&letters))
    };
    let found: Vec<PlanId> = if by_title.is_empty() { by_id().collect() } else { by_title };
    match found[..] {
        [plan] => Ok(plan),
        [] => Err(Failure::new(Say::new("cli-no-such-plan").with("name", text))),
        _ => Err(Failure::new(Say::new("cli-two-plans").with("name", text))),
    }
}

/// The person somebody means, out of these: by name, whatever the case, or by letters of their id.
pub(crate) fn person(people: &[(PersonId, String)], text: &str) -> Result<PersonId, Failure> {
    let wanted = plan::clean(text).to_lowercase();
    let by_name: Vec<PersonId> =
        people.iter().filter(|(_, name)| name.to_lowercase() == wanted).map(|(id, _)| *id).collect();
    let by_id =
        || people.iter().map(|(id, _)| *id).filter(|id| wanted.len() >= LETTERS && id.to_string().starts_with(&wanted));
    let found: Vec<PersonId> = if by_name.is_empty() { by_id().collect() } else { by_name };
    match found[..] {
        [person] => Ok(person),
        [] => Err(Failure::new(Say::new("cli-no-such-person").with("name", text))),
        _ => Err(Failure::new(Say::new("cli-two-people").with("name", text))),
    }
}

/// A value as it is written: text, `@FILE`, or `-` for standard input where that is not taken.
pub(crate) fn written(value: &str, stdin: bool) -> Result<String, Failure> {
    let unreadable = |name: &str| Failure::new(Say::new("cli-unreadable-file").with("path", name.to_owned()));
    let read = |from: &mut dyn io::Read, name: &str| {
        let mut text = String::new();
        let mut from = from.take(LONGEST_VALUE + 1);
        from.read_to_string(&mut text).map_err(|_| unreadable(name))?;
        if text.len() as u64 > LONGEST_VALUE { Err(Failure::new("node-too-long")) } else { Ok(text) }
    };
    if value == "-" && stdin {
        return read(&mut io::stdin().lock(), "-");
    }
    match value.strip_prefix('@') {
        Some(path) => read(&mut fs::File::open(path).map_err(|_| unreadable(path))?, path),
        None => Ok(value.to_owned()),
    }
}

/// What a field is to hold, from how it is written. People are looked up in the circle by name.
pub(crate) fn fill(desk: &Desk, plan: PlanId, kind: FieldKind, text: String) -> Result<Fill, Failure> {
    if kind.is_text() {
        return Ok(if text.is_empty() { Fill::Empty } else { Fill::Text(text) });
    }
    let Some(value) = Value::parse(kind, text.trim_end_matches('\n'))? else { return Ok(Fill::Empty) };
    let members: Vec<(PersonId, String)> =
        desk.people(plan).into_iter().map(|member| (member.id, member.name)).collect();
    let known = |someone: Someone| match someone {
        Someone::Member(id) if members.iter().all(|(member, _)| *member != id) => {
            Err(Failure::from(plan::BadValue::Person))
        }
        Someone::Member(id) => Ok(Someone::Member(id)),
        Someone::Named(name) => Ok(person(&members, &name).map_or(Someone::Named(name), Someone::Member)),
    };
    Ok(Fill::Value(match value {
        Value::Person(someone) => Value::Person(known(someone)?),
        Value::People(people) => Value::People(people.into_iter().map(known).collect::<Result<_, _>>()?),
        Value::Line(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Money(_)
        | Value::Quantity(_)
        | Value::Choices(_)
        | Value::Ref(_)
        | Value::Files(_)
        | Value::Choice(_)
        | Value::Scale(_)
        | Value::YesNo(_)
        | Value::Refs(_) => value,
    }))
}

/// The kind of a field that a command names; the record it lies in must be there.
pub(crate) fn kind(desk: &Desk, plan: PlanId, field: FieldPath) -> Result<FieldKind, Failure> {
    let Some(item) = field.item() else {
        let described = field.describe(None).ok_or_else(|| Failure::new("errors-no-such-field"))?;
        return Ok(described.kind);
    };
    if let Some(kind) = desk.kind(plan, field) {
        return Ok(kind);
    }
    let part = field.part().code;
    Err(Failure::new(if desk.home_of(plan, field.part(), item).is_some() {
        "errors-no-such-field"
    } else if desk.copies(plan, part.strip_suffix(plan::VOICE).unwrap_or(part)).is_empty() {
        "errors-no-such-part"
    } else {
        "errors-no-such-item"
    }))
}

/// Which of a part's documents somebody means: by what it is called, by whose it is, or by letters of its id.
pub(crate) fn within(
    desk: &Desk,
    plan: PlanId,
    part: &'static Part,
    text: Option<&str>,
) -> Result<Option<DocId>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let copies = desk.copies(plan, part.code.strip_suffix(plan::VOICE).unwrap_or(part.code));
    let letters = text.to_ascii_lowercase();
    let owner = |copy: &Copy| copy.owner.and_then(|person| desk.called(plan, person));
    let is_meant = |copy: &&Copy| {
        let by_id = letters.len() >= LETTERS && copy.doc.to_string().starts_with(&letters);
        copy.called == text || owner(copy).as_deref() == Some(text) || by_id
    };
    let found: Vec<DocId> = copies.iter().filter(is_meant).map(|copy| copy.doc).collect();
    match found[..] {
        [doc] => Ok(Some(doc)),
        [] => Err(Failure::new(Say::new("cli-no-such-part").with("name", text))),
        _ => Err(Failure::new(Say::new("cli-two-documents").with("name", text))),
    }
}
