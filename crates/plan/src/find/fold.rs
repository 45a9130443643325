//! Letters that are the same to whoever looks for a word: large or small, with an accent or without.
//!
//! Each letter is folded by itself, so that what is found can be pointed at in the words as they were written. Compatibility
//! forms are taken apart (NFKD), letters made small, and marks dropped that change how a letter is said but not which letter
//! it is: accents, and the vowel points of Hebrew and Arabic. Marks without which a word is another word stay: the vowels of
//! Indic scripts and Thai, and the voicing of Japanese. A few letters that no table takes apart are written as people
//! without them on their keyboard write them: ø as o, ß as ss.

use unicode_normalization::{UnicodeNormalization as _, char::canonical_combining_class};

/// The text as it is compared.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        fold(letter, |one| folded.push(one));
    }
    folded
}

/// What is compared of one letter: nothing, one or several.
pub(super) fn fold(letter: char, mut to: impl FnMut(char)) {
    if letter.is_ascii() {
        return to(letter.to_ascii_lowercase());
    }
    for small in std::iter::once(letter).nfkd().flat_map(char::to_lowercase) {
        let several = match small {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'ø' => "o",
            'đ' | 'ð' => "d",
            'ł' => "l",
            'ı' => "i",
            'ς' => "σ",
            '‘' | '’' | 'ʼ' => "'",
            '“' | '”' => "\"",
            '‐' | '–' | '—' => "-",
            other if is_dropped(other) => "",
            other => {
                to(other);
                continue;
            }
        };
        several.chars().for_each(&mut to);
    }
}

/// Whether nothing of it is compared: an accent, a point, a joiner.
pub(super) fn is_dropped(letter: char) -> bool {
    match letter {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => true,
        _ => matches!(canonical_combining_class(letter), 1 | 10..=36 | 200..=240),
    }
}

/// Whether what stands there in a folded text is a word by itself.
pub(super) fn is_word_at(folded: &str, at: usize, length: usize) -> bool {
    let before = folded.get(..at).and_then(|before| before.chars().next_back());
    let after = folded.get(at + length..).and_then(|after| after.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_the_same_to_a_reader_are_the_same() {
        for (one, other) in [
            ("Café", "cafe"),
            ("CAFE\u{301}", "café"),
            ("Straße", "STRASSE"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("Σωκράτης", "ΣΩΚΡΑΤΗΣ"),
            ("don’t", "don't"),
            ("ﬁne", "fine"),
            ("１２", "12"),
            ("שָׁלוֹם", "שלום"),
            ("swim\u{ad}ming", "swimming"),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        for (one, other) in [("कि", "क"), ("が", "か"), ("swim", "swam")] {
            assert_ne!(folded(one), folded(other), "{one}");
        }
    }
}
