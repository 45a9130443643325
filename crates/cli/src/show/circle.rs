//! What commands print about a circle: who sees what, who was here, what was held back, and every statement as a sentence.

use std::{collections::BTreeMap, fmt::Write as _};

use circle::Access;
use desk::{Cell, Desk, Former, Ground, HeldText, Said, SharedPart, Went};
use node::ask::HeldBack;
use seal::{PersonId, PlanId};
use serde_json::{Value, json};
use words::Say;

use crate::{circle::code, report::Report};

/// Who belongs to a plan, and who did.
pub(crate) fn people(desk: &Desk, plan: PlanId) -> Report {
    let members = desk.people(plan);
    let former = desk.former(plan);
    let mut text: Vec<String> = members
        .iter()
        .map(|member| {
            let mut line = plan::clean(&member.name);
            if !member.relationship.is_empty() {
                let _ = write!(line, ", {}", plan::clean(&member.relationship));
            }
            if member.me {
                let _ = write!(line, " ({})", words::text("common-you"));
            }
            let _ = write!(line, " · {}", standing(member.standing));
            line
        })
        .collect();
    text.extend(former.iter().map(|one| format!("{} · {}", one.name, words::say(one.say(desk, plan)))));
    let json: Vec<_> = members
        .iter()
        .map(|member| {
            let shared: BTreeMap<&str, &str> = plan::parts()
                .iter()
                .map(|part| (part.code, desk.access_of(plan, part.code, member.id)))
                .filter(|(_, access)| *access > Access::Nothing)
                .map(|(code, access)| (code, desk::access_code(access)))
                .collect();
            json!({
                "id": member.id.to_string(), "name": member.name, "relationship": member.relationship,
                "organisation": member.organisation, "standing": desk::standing_code(member.standing), "you": member.me,
                "online": member.online, "seen": member.seen.map(|seen| seen.0), "since": member.since.0,
                "let_in_by": desk.let_in_by(plan, member.id).map(|host| host.to_string()),
                "devices": devices(desk, plan, member.id), "parts": shared,
                "looks_like": desk.looks_like(plan, member.id, &member.name).map(|other| other.to_string()),
            })
        })
        .collect();
    let gone: Vec<_> = former
        .iter()
        .map(|one| {
            let mut json = how(one);
            if let Value::Object(fields) = &mut json {
                fields.insert("id".into(), one.id.to_string().into());
                fields.insert("name".into(), one.name.as_str().into());
                fields.insert("relationship".into(), one.relationship.as_str().into());
            }
            json
        })
        .collect();
    Report::new(text.join("\n"), json!({"people": json, "former": gone}))
}

fn devices(desk: &Desk, plan: PlanId, person: PersonId) -> Vec<Value> {
    let one = |device: desk::Device| {
        json!({"id": device.id.to_string(), "name": device.name, "linked_by": device.linked_by.map(|by| by.to_string()),
               "since": device.since.0, "this": device.this, "online": device.online, "seen": device.seen.map(|seen| seen.0)})
    };
    desk.devices(plan, person).into_iter().map(one).collect()
}

/// A standing in plain words.
fn standing(standing: circle::Standing) -> String {
    words::text(match standing {
        circle::Standing::Protected => "common-standing-protected",
        circle::Standing::Owner => "common-standing-owner",
        circle::Standing::Coordinator => "common-standing-coordinator",
        circle::Standing::Member => "common-standing-member",
    })
}

/// How somebody went, for programs.
pub(crate) fn how(former: &Former) -> Value {
    let (how, by) = match former.went {
        Went::Left => ("left", None),
        Went::Removed { by } => ("removed", by),
        Went::Fell => ("fell", None),
    };
    json!({"how": how, "by": by.map(|by| by.to_string()), "at": former.at.0})
}

/// Who sees what, and every decision about it.
pub(crate) fn sharing(desk: &Desk, plan: PlanId) -> Report {
    let Some(sharing) = desk.sharing(plan) else { return Report::new("", json!({"parts": [], "people": []})) };
    let label = |part: &SharedPart| {
        let label = words::label(plan::part(part.code).map_or(part.code, |part| part.label));
        if part.called.is_empty() { label } else { format!("{label} ({})", part.called) }
    };
    let key = |part: &SharedPart| {
        let several = sharing.parts.iter().filter(|other| other.code == part.code).count() > 1;
        if several { format!("{}/{}", part.code, part.doc) } else { part.code.to_owned() }
    };
    let row = |name: &str, cells: &[Cell]| {
        let said: Vec<String> = sharing
            .parts
            .iter()
            .zip(cells)
            .map(|(part, cell)| format!("{}: {}", label(part), words::text(access(cell.access))))
            .collect();
        format!("{name} · {}", said.join(" · "))
    };
    let cells = |cells: &[Cell]| -> serde_json::Map<String, Value> {
        sharing.parts.iter().zip(cells).map(|(part, one)| (key(part), cell(one))).collect()
    };
    let mut text = Vec::new();
    let mut people = Vec::new();
    for (person, theirs) in sharing.people.iter().zip(&sharing.cells) {
        let name = desk.called(plan, *person).unwrap_or_else(|| words::text("common-someone"));
        text.push(row(&name, theirs));
        people.push(json!({"id": person.to_string(), "name": name, "parts": cells(theirs)}));
    }
    text.push(row(&words::text("common-everyone"), &sharing.everyone));
    let mut decided = desk.said(plan);
    decided.retain(|said| matches!(said.kind, "share" | "unshare" | "refuse"));
    text.push(String::new());
    text.extend(desk::folded(decided.clone()).into_iter().map(|said| words::say(said.say)));
    let parts: Vec<Value> = sharing
        .parts
        .iter()
        .map(|part| json!({"part": part.code, "document": part.doc.to_string(), "mine": part.mine}))
        .collect();
    let decided: Vec<Value> = decided.iter().map(|said| statement(desk, plan, said)).collect();
    Report::new(
        text.join("\n"),
        json!({"parts": parts, "people": people, "everyone": cells(&sharing.everyone), "statements": decided}),
    )
}

fn cell(cell: &Cell) -> Value {
    let ground = match &cell.ground {
        Ground::Owner => "owner",
        Ground::Own(_) => "own",
        Ground::Everyone(_) => "everyone",
        Ground::Nobody => "nobody",
    };
    let mut json = json!({"access": desk::access_code(cell.access), "ground": ground});
    if let (Some(agreement), Value::Object(fields)) = (cell.agreement(), &mut json) {
        fields.insert("why".into(), agreement.why.as_str().into());
        fields.insert("basis".into(), agreement.basis.as_str().into());
        fields.insert("until".into(), agreement.until.map(|until| words::written_day(until.0)).into());
        fields.insert("by".into(), agreement.by.map(|by| by.to_string()).into());
        fields.insert("at".into(), agreement.at.0.into());
        fields.insert("refused".into(), agreement.refused.into());
    }
    json
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Nothing => "common-access-nothing",
        Access::View => "common-access-view",
        Access::Suggest => "common-access-suggest",
        Access::Edit => "common-access-edit",
    }
}

/// One statement for programs.
pub(crate) fn statement(desk: &Desk, plan: PlanId, said: &Said) -> Value {
    json!({
        "id": said.id.to_string(), "at": said.at.0, "kind": said.kind, "person": said.by.map(|by| by.to_string()),
        "name": said.by.and_then(|by| desk.called(plan, by)), "device": said.device.to_string(),
        "part": said.part.as_ref().map(|(_, part)| part), "document": said.part.as_ref().map(|(doc, _)| doc.to_string()),
        "whom": said.whom.map(code), "stands": said.stands, "say": words::say(said.say.clone()),
    })
}

/// What is held back, of whom and where; the words only if they were asked for.
pub(crate) fn held(desk: &Desk, plan: PlanId, held: &[HeldBack], words: Option<&[Vec<HeldText>]>) -> Report {
    let mut text = Vec::new();
    let mut json = Vec::new();
    for (at, one) in held.iter().enumerate() {
        let kind = desk.ledger(plan).and_then(|ledger| ledger.document(one.doc)).map(|about| about.kind.clone());
        let kind = kind.unwrap_or_default();
        let part = words::label(plan::part(&kind).map_or(kind.as_str(), |part| part.label));
        let name = desk.called(plan, one.person).unwrap_or_else(|| words::text("common-someone"));
        let here = desk.people(plan).iter().any(|member| member.id == one.person);
        let say = Say::new(if here { "common-held-member" } else { "common-held-former" });
        text.push(words::say(say.with("count", one.edits).with("name", &name).with("part", part)));
        let mut entry = json!({"part": kind, "document": one.doc.to_string(), "person": one.person.to_string(), "name": name,
                               "edits": one.edits, "since": one.since.map(|since| since.0)});
        if let (Some(texts), Value::Object(fields)) = (words.and_then(|words| words.get(at)), &mut entry) {
            let read = texts.iter().map(|one| json!({"field": one.field.to_string(), "words": one.words}));
            fields.insert("words".into(), read.collect());
            text.extend(texts.iter().map(|one| format!("  {}: {}", one.field, one.words.join(" … "))));
        }
        json.push(entry);
    }
    if text.is_empty() {
        text.push(words::text("cli-none-held"));
    }
    Report::new(text.join("\n"), json!({"held": json}))
}
