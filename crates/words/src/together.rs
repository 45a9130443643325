//! Several things said in one breath.

use crate::{book::say, say::Say};

/// "Hodan", "Hodan and Ben", "Hodan, Ben and Priya".
pub fn together(names: &[String]) -> String {
    let Some((last, before)) = names.split_last() else { return String::new() };
    let Some((first, rest)) = before.split_first() else { return last.clone() };
    let comma = |said: String, name: &String| say(Say::new("common-comma").with("first", said).with("second", name));
    let before = rest.iter().fold(first.clone(), comma);
    say(Say::new("common-and").with("first", before).with("second", last))
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn names_are_said_in_one_breath() {
        let said = |names: &[&str]| together(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(said(&[]), "");
        assert_eq!(said(&["Hodan"]), "Hodan");
        assert_eq!(said(&["Hodan", "Ben"]), "Hodan and Ben");
        assert_eq!(said(&["Hodan", "Ben", "Priya"]), "Hodan, Ben and Priya");
    }
}
