//! Whose voice is missing: who was at a meeting and is not in its record, and parts that only workers wrote in.

use words::{Say, together};

use super::Noticed;
use crate::theme::Tone;

/// People who were at a meeting and of whom nothing is written down, by name.
pub fn silent(names: &[String]) -> Option<Noticed> {
    let say = Say::new("money-silent").with("count", names.len()).with("names", together(names));
    (!names.is_empty()).then(|| Noticed::new(Tone::NotYet, say))
}

/// Parts in which nobody has written but people who work for a service, or who began the plan for somebody else, by name.
pub fn only_workers(parts: &[String]) -> Option<Noticed> {
    let say = Say::new("money-only-workers").with("parts", together(parts));
    (!parts.is_empty()).then(|| Noticed::new(Tone::NotYet, say))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_missing_is_named() {
        let names = ["Joy".to_owned(), "Ben".to_owned()];
        assert_eq!(silent(&names).unwrap().words, "Nothing is written down here of what Joy and Ben think");
        assert!(silent(&names[..1]).unwrap().words.ends_with("Joy thinks"));
        assert_eq!(silent(&[]), None);
        let parts = ["Help I need".to_owned()];
        assert!(only_workers(&parts).unwrap().words.contains("Help I need"));
        assert_eq!(only_workers(&[]), None);
    }
}
