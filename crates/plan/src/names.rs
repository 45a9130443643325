//! Names and other one-line texts, cleaned: what cannot be seen cannot be used to imitate.

use unicode_normalization::UnicodeNormalization as _;

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

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_direction_marks_go_and_letters_are_composed() {
        assert_eq!(clean(" Jose\u{301}\u{202e}\u{0} \n"), "José");
        assert_eq!(clean("one\ntwo"), "one two");
        assert_eq!(clean("👩\u{200d}🎨"), "👩\u{200d}🎨");
    }
}
