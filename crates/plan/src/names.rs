//! Names and other one-line texts, cleaned: what cannot be seen cannot be used to imitate.

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::skeleton;

/// The text as one visible line: composed form (NFC), no control characters, no characters that turn the direction of
/// writing, no invisible marks, no blanks at either end. Joiners stay: some scripts and emoji need them.
pub fn clean(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .nfc()
        .collect();
    line.trim().to_owned()
}

/// What a name looks like at a glance: letters that look alike are one letter, in any script, large or small, and what
/// parts or marks them is gone. Two names that look the same can be taken for each other. It is for comparing only.
pub fn looks(name: &str) -> String {
    let seen = |text: &str| {
        let shapes: String = skeleton(text).collect();
        shapes.nfd().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    // Small letters imitate others than capitals do, so the shapes are looked at once more after they were made small.
    seen(&seen(&clean(name)).to_lowercase())
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}' | '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_direction_marks_go_and_letters_are_composed() {
        assert_eq!(clean(" Jose\u{301}\u{202e}\u{0} \n"), "José");
        assert_eq!(clean("one\ntwo"), "one two");
        assert_eq!(clean("Ho\u{3164}dan\u{ad}"), "Hodan");
        assert_eq!(clean("👩\u{200d}🎨"), "👩\u{200d}🎨");
    }

    #[test]
    fn names_that_can_be_taken_for_each_other_look_the_same() {
        for other in ["hodan", "HODAN", "Hоdаn", "Ηodan", "Ho dan", "Hódan", "Ho\u{200d}dan", "H0dan"] {
            assert_eq!(looks(other), looks("Hodan"), "{other}");
        }
        for other in ["Hodon", "Dohan", "Jodan", "Hoda"] {
            assert_ne!(looks(other), looks("Hodan"), "{other}");
        }
        assert_eq!(looks("paypal"), looks("paypaI"));
        assert_ne!(looks("Ben"), looks("Priya"));
    }
}
