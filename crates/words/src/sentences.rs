//! A text as single sentences, for who reads one at a time.

/// Words in a sentence from which on two would be easier: what guides to Easy Read say, in English.
const LONG: usize = 15;

/// What ends in a stop and is no end of a sentence.
const SHORT: [&str; 12] = ["e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.", "st.", "no.", "approx.", "etc.", "tel.", "vs."];

/// The sentences of a text, in order, without the gaps between them. Each line is one at least; no letter is lost.
pub fn sentences(text: &str) -> Vec<&str> {
    text.lines().flat_map(of_line).collect()
}

/// Whether two sentences would be easier to read than this one.
pub fn is_long(sentence: &str) -> bool {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() > LONG
}

fn of_line(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut start, mut before) = (0, 0);
    for (gap, _) in line.match_indices(char::is_whitespace) {
        let word = line.get(before..gap).unwrap_or_default().trim();
        before = gap;
        let rest = line.get(gap..).unwrap_or_default().trim_start();
        let goes_on = rest.chars().next().is_none_or(char::is_lowercase);
        if ends(word) && !goes_on {
            sentences.push(line.get(start..gap).unwrap_or_default().trim());
            start = gap;
        }
    }
    let last = line.get(start..).unwrap_or_default().trim();
    if !last.is_empty() {
        sentences.push(last);
    }
    sentences
}

/// Whether a sentence may end with this word. Quotation marks and brackets close after the stop.
fn ends(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    let is_initial = bare.chars().count() == 2 && bare.chars().next().is_some_and(char::is_uppercase);
    let stops = bare.ends_with(['.', '!', '?', '…', '。', '؟', '।']);
    stops && !(bare.ends_with('.') && (is_initial || SHORT.contains(&bare.to_lowercase().as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_its_sentences() {
        let text = "I paint most days. It calms me! Does it help?\n\nMy sister (Hodan.) calls, e.g. on Fridays. Dr. K. Osei knows.";
        let all = [
            "I paint most days.",
            "It calms me!",
            "Does it help?",
            "My sister (Hodan.) calls, e.g. on Fridays.",
            "Dr. K. Osei knows.",
        ];
        assert_eq!(sentences(text), all);
        assert_eq!(sentences("No stop"), ["No stop"]);
        assert_eq!(sentences("It costs 3.50 a day … and more"), ["It costs 3.50 a day … and more"]);
        assert_eq!(sentences(" \n \n"), [""; 0]);
    }

    #[test]
    fn no_letter_is_lost_whatever_the_text() {
        let letters = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
        for text in
            ["", ".", "...!?  A.b C. D", "“Yes.” She said. naïve 👩\u{200d}🎨. עברית. 한글。 ok", "a.\u{a0}B.\u{2003}C"]
        {
            assert_eq!(letters(&sentences(text).concat()), letters(text), "{text:?}");
        }
    }

    #[test]
    fn more_than_fifteen_words_are_many() {
        assert!(!is_long(&"word ".repeat(15)) && is_long(&"word ".repeat(16)) && !is_long(&"– ".repeat(30)));
    }
}
