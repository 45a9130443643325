//! The field's own words: what a part, a field, a choice or a role of a plan is called on screen.
//!
//! `plan` gives every part, list, field and choice a label (`about-me-wellness`); `parts.ftl` has its words under
//! `parts-` and that label. A label without words is shown as it is, so that a part from a newer version stays readable.

use crate::book::{format, text};

/// The words of a label: `about-me-wellness` is "My wellness", `goals-status-not-yet` is "Not yet".
pub fn label(label: &str) -> String {
    let key = format!("parts-{label}");
    if crate::has(&key) { text(&key) } else { label.replace('-', " ") }
}

/// What may be written in the field with this label, in one gentle sentence; none where the label says enough.
pub fn hint(label: &str) -> Option<String> {
    format(&format!("parts-{label}"), Some("hint"), &[])
}

/// What a label says where a group speaks of itself and no single person does: "What we want"; none where both say the same.
pub fn ours(label: &str) -> Option<String> {
    format(&format!("parts-{label}"), Some("ours"), &[])
}

/// The same words as short as they can stand in a list of pages: "What I’m good at"; the label itself where it is short.
pub fn short(name: &str) -> String {
    format(&format!("parts-{name}"), Some("short"), &[]).unwrap_or_else(|| label(name))
}

/// The words of a role somebody is invited in: `lead` is "My main contact". Somebody's own word for it stays as it is.
pub fn role(role: &str) -> String {
    let key = format!("common-role-{role}");
    if crate::has(&key) { text(&key) } else { role.to_owned() }
}
