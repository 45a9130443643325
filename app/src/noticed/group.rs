//! What a group's counts may say: small ones are not said, who has not counted is not nought, what leads to nothing shows.

use plan::checks::group::{Counted, FEW, Shown, shown};
use words::{Say, say, text, together};

use super::Noticed;
use crate::theme::Tone;

/// A count of people as it may be shown: "nobody", "fewer than 5", "12".
pub fn count(count: i64) -> String {
    match shown(count) {
        Shown::Nobody => text("money-count-nobody"),
        Shown::Few => say(Say::new("money-count-few").with("few", FEW)),
        Shown::Many(count) => count.to_string(),
    }
}

/// Who has not counted for one time: blank, not nought.
pub fn missing(time: &str, counted: &Counted) -> Option<Noticed> {
    let names: Vec<String> = counted.missing.iter().cloned().collect();
    let say = Say::new("money-count-missing").with("names", together(&names)).with("time", time);
    (!names.is_empty()).then(|| Noticed::new(Tone::NotYet, say))
}

/// Activities of which nobody said what they should change, by what they are called.
pub fn orphans(called: &[String]) -> Option<Noticed> {
    let say = Say::new("money-count-orphans").with("count", called.len()).with("names", together(called));
    (!called.is_empty()).then(|| Noticed::new(Tone::NotYet, say))
}

#[cfg(test)]
mod tests {
    use plan::Quantity;

    use super::*;

    #[test]
    fn a_count_that_could_name_somebody_is_not_said() {
        assert_eq!([0, 1, 4, 5, 31].map(count), ["nobody", "fewer than 5", "fewer than 5", "5", "31"]);
    }

    #[test]
    fn who_has_not_counted_is_named_and_not_taken_for_nought() {
        let counted = Counted { sum: Quantity(1_900), missing: ["A&E".to_owned()].into() };
        assert_eq!(
            missing("September", &counted).unwrap().words,
            "A&E has not counted for September: that is blank, not nought"
        );
        assert_eq!(missing("June", &Counted { missing: [].into(), ..counted }), None);
        let called = ["The newsletter".to_owned()];
        assert_eq!(orphans(&called).unwrap().words, "Nobody has said yet what The newsletter should change");
        assert_eq!(orphans(&[]), None);
    }
}
