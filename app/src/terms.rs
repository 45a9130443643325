//! What a part, a field or a choice is called, by its description.

use plan::{Field, List};

/// The name of a part.
pub fn part(code: &str) -> String {
    words::label(plan::part(code).map_or(code, |part| part.label))
}

/// The same, as short as it stands in the rail.
pub fn short(code: &str) -> String {
    words::short(plan::part(code).map_or(code, |part| part.label))
}

/// Somebody's own words between quotation marks; who wrote marks of their own keeps them.
pub fn quoted(own: &str) -> String {
    let own = own.trim();
    if own.starts_with(['“', '"', '‘', '«', '„']) { own.to_owned() } else { format!("“{own}”") }
}

/// The name of a field of a part, or of the records of its lists.
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
