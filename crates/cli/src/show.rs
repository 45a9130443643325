//! What commands print about a plan: for a person in the program's words, for a program as JSON.

mod circle;
mod found;

use std::{collections::BTreeMap, fmt::Write as _};

use ::circle::Ledger;
use desk::Desk;
use exchange::{Field, Item, List, PartView, PersonRef, PlanView, Value};
use node::ask::{Fault, HistoryEntry, Marks, Verified};
use seal::{DeviceId, DocId, PersonId, PlanId};
use serde_json::json;
use words::Say;

pub(crate) use circle::{held, people, sharing};
pub(crate) use found::found;

use crate::{failure::Failure, offers, report::Report};

/// A plan's title; what it is called without one.
pub(crate) fn title(desk: &Desk, plan: PlanId) -> String {
    let card = desk.plans().into_iter().find(|card| card.id == plan);
    card.map(|card| card.title).filter(|title| !title.is_empty()).unwrap_or_else(|| words::text("cli-untitled"))
}

/// The plans of this device.
pub(crate) fn plans(desk: &Desk) -> Report {
    let cards = desk.plans();
    let text: Vec<String> = cards
        .iter()
        .map(|card| {
            let title = if card.title.is_empty() { words::text("cli-untitled") } else { card.title.clone() };
            let gone = card.gone.as_ref().map(|gone| format!(" · {}", words::say(gone.say(desk, card.id))));
            format!("{}  {title}{}", card.id.short(), gone.unwrap_or_default())
        })
        .collect();
    let text = if text.is_empty() { words::text("cli-no-plans") } else { text.join("\n") };
    let json: Vec<_> = cards
        .iter()
        .map(|card| json!({"id": card.id.to_string(), "title": card.title, "whose": card.whose, "you": card.me.to_string(), "parts": card.parts,
                           "gone": card.gone.as_ref().map(circle::how)}))
        .collect();
    Report::new(text, json!({"plans": json}))
}

/// A plan, or one part of it.
pub(crate) fn plan(desk: &Desk, plan: PlanId, only: Option<&str>) -> Result<Report, Failure> {
    let view = desk.view(plan, only).ok_or_else(|| Failure::new("errors-no-such-plan"))?;
    if let Some(code) = only
        && view.parts.is_empty()
    {
        let readable = desk.access(plan, code) > ::circle::Access::Nothing;
        return Err(Failure::new(if readable { "errors-part-unreadable" } else { "errors-no-such-part" }));
    }
    let mut text = String::new();
    if !view.title.is_empty() {
        let _ = writeln!(text, "{}", view.title);
    }
    for part in &view.parts {
        if part.id.parse().is_ok_and(|doc| desk.stopped_in(plan, doc).is_some()) {
            let _ = writeln!(text, "{}", words::text("errors-part-stopped"));
        }
        write_part(&mut text, part, &view);
    }
    let (lines, offers) = offers::waiting(desk, plan, only);
    if !lines.is_empty() {
        let _ = writeln!(text, "\n{}\n{}", words::text("cli-offers"), lines.join("\n"));
    }
    let mut json = serde_json::to_value(&view).map_err(|_| Failure::from(node::Refused::Broke))?;
    if !lines.is_empty() {
        json["offers"] = offers;
    }
    Ok(Report::new(text, json))
}

fn write_part(text: &mut String, part: &PartView, view: &PlanView) {
    let described = plan::part(&part.kind);
    let _ = writeln!(text, "\n== {} ==", part.heading(view));
    if described.is_none() {
        let _ = writeln!(text, "{}", words::text("common-from-newer"));
    }
    write_fields(text, "", &part.fields, described.map_or(&[], |part| part.fields));
    for list in &part.lists {
        write_list(text, "", list, described.and_then(|part| part.lists.iter().find(|known| known.code == list.code)));
    }
}

fn write_list(text: &mut String, indent: &str, list: &List, described: Option<&'static plan::List>) {
    let inner = format!("{indent}  ");
    for item in &list.items {
        let Item { id, fields, also: _, lists } = item;
        let _ = writeln!(text, "{indent}- {} {id}", list.code);
        write_fields(text, &inner, fields, described.map_or(&[], |list| list.fields));
        for list in lists {
            write_list(text, &inner, list, described.and_then(|outer| outer.list(&list.code)));
        }
    }
}

fn write_fields(text: &mut String, indent: &str, fields: &[Field], described: &'static [plan::Field]) {
    for field in fields.iter().filter(|field| !field.value.is_empty()) {
        let known = described.iter().find(|known| known.code == field.code);
        let label = known.map_or_else(|| field.code.clone(), |known| words::label(known.label));
        let choice =
            |choice: &String| known.map_or_else(|| choice.clone(), |known| words::label(&known.choice_label(choice)));
        let value = match &field.value {
            Value::Choice(chosen) => choice(chosen),
            Value::Choices(chosen) => chosen.iter().map(choice).collect::<Vec<_>>().join(", "),
            value => plain(value),
        };
        let _ = writeln!(text, "{indent}{label}: {}", value.trim_end().replace('\n', &format!("\n{indent}  ")));
    }
}

fn plain(value: &Value) -> String {
    let people = |people: &[PersonRef]| people.iter().map(|person| person.name.clone()).collect::<Vec<_>>().join(", ");
    match value {
        Value::Empty => String::new(),
        Value::Text(text)
        | Value::Line(text)
        | Value::Money(text)
        | Value::Quantity(text)
        | Value::Choice(text)
        | Value::Ref(text) => text.clone(),
        Value::Moment(moment) => words::date_and_time(moment),
        Value::Choices(choices) => choices.join(", "),
        Value::Files(files) => files.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Value::Date(date) => words::date(date),
        Value::Person(person) => person.name.clone(),
        Value::People(all) => people(all),
        Value::Scale(number) => number.to_string(),
        Value::YesNo(yes) => words::text(if *yes { "common-yes" } else { "common-no" }),
        Value::Refs(items) => items.join(", "),
    }
}

/// Who asks to come in.
pub(crate) fn knocks(desk: &Desk, plan: PlanId) -> Report {
    let knocks = desk.knocks(plan);
    let text: Vec<String> = knocks
        .iter()
        .map(|knock| {
            let when = words::ago(knock.since.0, desk::now().0);
            words::say(
                Say::new("cli-knock")
                    .with("name", plan::clean(&knock.name))
                    .with("role", words::role(&knock.role))
                    .with("when", when),
            )
        })
        .collect();
    let text = if text.is_empty() { words::text("cli-no-knocks") } else { text.join("\n") };
    let json: Vec<_> = knocks
        .iter()
        .map(|knock| {
            json!({"person": knock.person.to_string(), "name": knock.name, "relationship": knock.relationship,
                   "organisation": knock.organisation, "role": knock.role, "since": knock.since.0})
        })
        .collect();
    Report::new(text, json!({"knocks": json}))
}

/// Somebody was let in.
pub(crate) fn confirmed(desk: &Desk, plan: PlanId, person: PersonId) -> Report {
    let name = desk.people(plan).into_iter().find(|member| member.id == person).map(|member| plan::clean(&member.name));
    let name = name.unwrap_or_else(|| words::text("common-someone"));
    let text = words::say(Say::new("cli-confirmed").with("name", name.as_str()));
    Report::new(text, json!({"person": person.to_string(), "name": name}))
}

/// Somebody was not let in.
pub(crate) fn declined(person: PersonId) -> Report {
    Report::new(words::text("cli-declined"), json!({"declined": person.to_string()}))
}

/// Every device that can be reached has the same: which ones those are, by what they said to have on their disks.
pub(crate) fn settled(desk: &Desk, plan: PlanId) -> Result<Report, Failure> {
    let mut having: BTreeMap<DeviceId, bool> = BTreeMap::new();
    let all = desk.ledger(plan).map(|ledger| ledger.documents().map(|document| document.id).collect::<Vec<_>>());
    let may_read = |doc: &DocId| desk.ledger(plan).is_some_and(|ledger| ledger.may_read(*doc, desk.device()));
    for doc in all.unwrap_or_default().into_iter().filter(may_read) {
        for (device, all) in desk.node().call(Marks { plan, doc })? {
            *having.entry(device).or_insert(true) &= all;
        }
    }
    let members = desk.people(plan);
    let ledger = desk.ledger(plan);
    let person = |device: DeviceId| ledger.and_then(|ledger| ledger.person_of(device));
    let mut names: Vec<String> = Vec::new();
    for device in having.into_iter().filter(|(device, all)| *all && *device != desk.device()).map(|(device, _)| device)
    {
        let Some(member) = members.iter().find(|member| Some(member.id) == person(device)) else { continue };
        names.push(plan::clean(&member.name));
    }
    let text = words::say(Say::new("cli-settled").with("names", names.join(", ")));
    Ok(Report::new(text, json!({"settled": true, "with": names})))
}

/// Who wrote what, and what was signed, oldest first.
pub(crate) fn history(desk: &Desk, plan: PlanId, entries: &[HistoryEntry]) -> Report {
    let name = |person: Option<PersonId>| {
        let known = person.and_then(|person| desk.called(plan, person));
        known.unwrap_or_else(|| words::text("common-someone"))
    };
    let documents = desk.ledger(plan).into_iter().flat_map(|ledger| ledger.documents());
    let parts: BTreeMap<DocId, &'static plan::Part> =
        documents.filter_map(|document| Some((document.id, desk.describe(plan, document.id)?))).collect();
    let said = desk.said(plan);
    let mut statements = desk::folded(said.clone()).into_iter().peekable();
    let now = desk::now().0;
    // A person reads runs, who wrote how much in which part since when, and between them what was signed; a program gets
    // each edit.
    let mut text: Vec<String> = Vec::new();
    let mut run: Option<(String, String, i64, usize)> = None;
    let end = |text: &mut Vec<String>, run: Option<(String, String, i64, usize)>| {
        let Some((who, part, at, count)) = run else { return };
        let when = words::about(at, now);
        let say = Say::new("cli-history-run").with("name", who).with("part", part).with("count", count);
        text.push(words::say(say.with("when", when)));
    };
    let mut json = Vec::with_capacity(entries.len());
    for entry in entries {
        let edit = entry.edit.edit();
        let at = plan::door::written_at(edit.bytes()).map_or(0, |at| at.0);
        while let Some(statement) = statements.next_if(|statement| statement.at.0 <= at) {
            end(&mut text, run.take());
            text.push(words::say(statement.say));
        }
        let (who, part) = (name(entry.person), parts.get(&edit.doc()));
        let label = part.map_or_else(String::new, |part| words::label(part.label));
        match &mut run {
            Some((last, place, _, count)) if *last == who && *place == label => *count += 1,
            Some(_) | None => {
                end(&mut text, run.take());
                run = Some((who.clone(), label, at, 1));
            }
        }
        json.push(json!({
            "part": part.map(|part| part.code), "document": edit.doc().to_string(), "person": entry.person.map(|id| id.to_string()),
            "name": who, "device": entry.device.to_string(), "number": edit.seq().number(), "edit": edit.hash().to_string(),
            "at": at,
        }));
    }
    end(&mut text, run);
    text.extend(statements.map(|statement| words::say(statement.say)));
    let said: Vec<_> = said.iter().map(|said| circle::statement(desk, plan, said)).collect();
    Report::new(text.join("\n"), json!({"edits": json, "statements": said}))
}

/// What checking from nothing found.
pub(crate) fn verified(desk: &Desk, plan: PlanId, found: &Verified) -> Result<Report, Failure> {
    let Verified { statements, documents, edits, signatures, files, devices, faults } = found;
    if !faults.is_empty() {
        return Err(not_verified(faults, desk.ledger(plan).map(AsRef::as_ref)));
    }
    let text = words::say(
        Say::new("cli-verified").with("edits", *edits).with("statements", *statements).with("signatures", *signatures),
    );
    Ok(Report::new(
        text,
        json!({"verified": true, "statements": statements, "documents": documents, "edits": edits,
               "signatures": signatures, "files": files, "devices": devices}),
    ))
}

/// The first thing that does not hold: in which part, and by whom.
pub(crate) fn not_verified(faults: &[Fault], ledger: Option<&Ledger>) -> Failure {
    let first = faults.first();
    let part = first.and_then(|fault| fault.doc).map(|doc| {
        let kind = ledger.and_then(|ledger| ledger.document(doc)).and_then(|document| plan::part(&document.kind));
        kind.map_or_else(|| doc.short(), |part| words::label(part.label))
    });
    let part = part.unwrap_or_else(|| words::text("common-circle"));
    let person = first.zip(ledger).and_then(|(fault, ledger)| ledger.person(ledger.person_of(fault.device?)?));
    let name = person.map_or_else(|| words::text("common-someone"), |person| plan::clean(&person.called.name));
    Failure::new(Say::new("cli-not-verified").with("part", part).with("name", name).with("count", faults.len()))
}
