//! A plan for other programs: the same shape as `along show --json`.

use crate::PlanView;

/// The plan as indented JSON, ending with a line break.
pub fn json(plan: &PlanView) -> String {
    let mut text = serde_json::to_string_pretty(plan).expect("a view holds only strings, numbers, lists and maps");
    text.push('\n');
    text
}
