//! The field's own words: what a part, a field, a choice or a role of a plan is called on screen.
//!
//! `plan` knows codes (`about-me`, `communication`, `not-yet`); `parts.ftl` knows their words. A code without words is
//! shown as it is, so that a part from a newer version stays readable.

use crate::book::{format, text};

/// The name of a part: `about-me` is "About me".
pub fn part(part: &str) -> String {
    named(&format!("parts-{part}"), part)
}

/// The label of a field: `about-me`, `wellness` is "My wellness".
pub fn field(part: &str, field: &str) -> String {
    named(&format!("parts-{part}-{field}"), field)
}

/// The label of a list inside a part: `goals`, `levels` is "Steps".
pub fn list(part: &str, list: &str) -> String {
    field(part, list)
}

/// What may be written here, in one gentle sentence; none where the label says enough.
pub fn hint(part: &str, field: &str) -> Option<String> {
    format(&format!("parts-{part}-{field}"), Some("hint"), &[])
}

/// The words of a choice: `goals`, `status`, `not-yet` is "Not yet".
pub fn choice(part: &str, field: &str, choice: &str) -> String {
    named(&format!("parts-{part}-{field}-{choice}"), choice)
}

/// The words of a role somebody is invited in: `lead` is "My main contact". Somebody's own word for it stays as it is.
pub fn role(role: &str) -> String {
    let key = format!("common-role-{role}");
    if crate::has(&key) { text(&key) } else { role.to_owned() }
}

fn named(key: &str, code: &str) -> String {
    if crate::has(key) { text(key) } else { code.replace('-', " ") }
}
