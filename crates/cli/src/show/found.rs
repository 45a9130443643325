//! What was found, plan by plan.

use std::fmt::Write as _;

use desk::Desk;
use plan::find::Found;
use seal::PlanId;
use serde_json::json;
use words::Say;

use super::title;
use crate::report::Report;

/// Where these words are, in all plans of this device.
pub(crate) fn found(desk: &Desk, looked_for: &str) -> Report {
    let plans = desk.find(looked_for);
    let mut text = String::new();
    let mut all = Vec::new();
    let mut more = 0;
    for (plan, findings) in &plans {
        let _ = writeln!(text, "{}", title(desk, *plan));
        for found in &findings.found {
            let _ = writeln!(text, "  {}", line(desk, *plan, found));
            all.push(as_json(*plan, found));
        }
        if findings.more > 0 {
            let _ = writeln!(text, "  {}", words::say(Say::new("find-more").with("count", findings.more)));
        }
        more += findings.more;
    }
    if plans.is_empty() {
        text = words::say(Say::new("find-nothing-here").with("words", looked_for));
    }
    Report::new(text, json!({"found": all, "more": more}))
}

fn line(desk: &Desk, plan: PlanId, found: &Found) -> String {
    let known = if found.is_in_title() { String::new() } else { found.title.clone() };
    let person = found.person.and_then(|person| desk.called(plan, person));
    let said = person.map(|name| words::say(Say::new("find-said-by").with("name", name))).unwrap_or_default();
    let said = [words::label(found.part.label), known, words::label(found.label), said];
    let said: Vec<String> = said.into_iter().filter(|said| !said.is_empty()).collect();
    format!("{}: {}", said.join(" · "), found.excerpt.words)
}

fn as_json(plan: PlanId, found: &Found) -> serde_json::Value {
    let matches: Vec<[usize; 2]> = found.excerpt.matches.iter().map(|place| [place.start, place.end]).collect();
    json!({
        "plan": plan.to_string(),
        "part": found.part.code,
        "document": found.document.to_string(),
        "field": found.field.to_string(),
        "item": found.card.map(|item| item.to_string()),
        "title": found.title,
        "excerpt": found.excerpt.words,
        "matches": matches,
        "person": found.person.map(|person| person.to_string()),
    })
}
