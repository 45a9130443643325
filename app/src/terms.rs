//! What a part, a field or a choice is called, by its description.

use desk::Desk;
use plan::{Field, List};
use seal::PlanId;

/// The name of a part.
pub fn part(code: &str) -> String {
    words::label(plan::part(code).map_or(code, |part| part.label))
}

/// The name of a part in a plan: as its person says it, or as a group does.
pub fn page(desk: &Desk, plan: PlanId, code: &str) -> String {
    said(desk, plan, plan::part(code).map_or(code, |part| part.label))
}

/// The same, as short as it stands in the rail.
pub fn short(desk: &Desk, plan: PlanId, code: &str) -> String {
    let label = plan::part(code).map_or(code, |part| part.label);
    ours(desk, plan, label).unwrap_or_else(|| words::short(label))
}

/// What a label says in a plan.
pub fn said(desk: &Desk, plan: PlanId, label: &str) -> String {
    ours(desk, plan, label).unwrap_or_else(|| words::label(label))
}

/// Whether a plan is a group's and no single person's.
pub fn is_a_groups(desk: &Desk, plan: PlanId) -> bool {
    desk.template(plan).is_a_groups()
}

// The words are looked for first: few labels have others for a group, and the cover is read only for those.
fn ours(desk: &Desk, plan: PlanId, label: &str) -> Option<String> {
    words::ours(label).filter(|_| is_a_groups(desk, plan))
}

/// Somebody's own words between quotation marks; who wrote marks of their own keeps them.
pub fn quoted(own: &str) -> String {
    let own = own.trim();
    if own.starts_with(['“', '"', '‘', '«', '„']) { own.to_owned() } else { format!("“{own}”") }
}

/// The name of a field of a part in a plan, or of the records of its lists.
pub fn field_in(desk: &Desk, plan: PlanId, part: &str, code: &str) -> String {
    said(desk, plan, describe(part, code).map_or(code, |field| field.label))
}

/// The same where it is one person's.
pub fn field(part: &str, code: &str) -> String {
    words::label(describe(part, code).map_or(code, |field| field.label))
}

/// What may be written there, in one gentle sentence.
pub fn hint(part: &str, code: &str) -> String {
    describe(part, code).and_then(|field| words::hint(field.label)).unwrap_or_default()
}

/// The words of a choice.
pub fn choice(part: &str, code: &str, choice: &str) -> String {
    match describe(part, code) {
        Some(field) => words::label(&field.choice_label(choice)),
        None => choice.to_owned(),
    }
}

fn describe(part: &str, code: &str) -> Option<&'static Field> {
    let part = plan::part(part)?;
    part.field(code).or_else(|| part.all_lists().into_iter().find_map(|(list, _): (&'static List, _)| list.field(code)))
}
