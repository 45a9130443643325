//! A few of the words around what was looked for.

use std::ops::Range;

use super::fold::{fold, is_dropped, is_word_at};
use crate::limits::{EXCERPT_AFTER, EXCERPT_BEFORE};

/// The words around the first whole word that was looked for, else around the first place where it is; and in these words
/// where everything is that was looked for. None if it is not there.
pub(super) fn around(text: &str, words: &[String]) -> Option<(String, Vec<Range<usize>>)> {
    let letters: Vec<char> = text.chars().collect();
    let (folded, from) = with_places(&letters);
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut middle: Option<(Whole, Range<usize>)> = None;
    for word in words {
        for (at, _) in folded.match_indices(word.as_str()) {
            let place = place(&letters, &from, at, word.len())?;
            let whole = if is_word_at(&folded, at, word.len()) { Whole::Word } else { Whole::Within };
            let better = middle.as_ref().is_none_or(|(known, there)| (whole, place.start) < (*known, there.start));
            if better {
                middle = Some((whole, place.clone()));
            }
            all.push(place);
        }
    }
    let (_, middle) = middle?;
    let window = window(&letters, &middle);
    let mut words = String::new();
    if window.start > 0 {
        words.push_str(CUT);
        words.push(' ');
    }
    let before = words.chars().count();
    words.extend(letters.get(window.clone())?);
    if window.end < letters.len() {
        words.push(' ');
        words.push_str(CUT);
    }
    all.retain(|place| window.start <= place.start && place.end <= window.end);
    all.sort_by_key(|place| (place.start, place.end));
    let mut matches: Vec<Range<usize>> = Vec::new();
    for place in all {
        let place = place.start - window.start + before..place.end - window.start + before;
        match matches.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            Some(_) | None => matches.push(place),
        }
    }
    Some((words, matches))
}

/// Something was left out here.
const CUT: &str = "…";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whole {
    Word,
    Within,
}

/// The folded text, and for each of its bytes which letter it comes from.
fn with_places(letters: &[char]) -> (String, Vec<usize>) {
    let (mut folded, mut from) = (String::new(), Vec::new());
    for (place, letter) in letters.iter().enumerate() {
        fold(*letter, |one| {
            folded.push(one);
            from.resize(folded.len(), place);
        });
    }
    (folded, from)
}

/// Which letters a stretch of the folded text comes from, with the marks that belong to the last of them.
fn place(letters: &[char], from: &[usize], at: usize, length: usize) -> Option<Range<usize>> {
    let start = *from.get(at)?;
    let mut end = *from.get(at + length - 1)? + 1;
    while letters.get(end).copied().is_some_and(is_dropped) {
        end += 1;
    }
    Some(start..end)
}

/// The stretch that is shown around a place: whole words, as far as they fit.
fn window(letters: &[char], middle: &Range<usize>) -> Range<usize> {
    let first = middle.start.saturating_sub(EXCERPT_BEFORE);
    let last = (middle.end + EXCERPT_AFTER).min(letters.len());
    let is_gap = |at: usize| letters.get(at).is_some_and(|letter| letter.is_whitespace());
    // A word that began before is left out; where there is no gap at all, the words are cut.
    let start = if first == 0 { 0 } else { (first..=middle.start).find(|at| is_gap(at - 1)).unwrap_or(first) };
    let end =
        if last == letters.len() { last } else { (middle.end..=last).rev().find(|at| is_gap(*at)).unwrap_or(last) };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let (excerpt, matches) = around(text, &words).unwrap();
        let mut shown = String::new();
        for (at, letter) in excerpt.chars().enumerate() {
            if matches.iter().any(|place| place.start == at) {
                shown.push('[');
            }
            shown.push(letter);
            if matches.iter().any(|place| place.end == at + 1) {
                shown.push(']');
            }
        }
        shown
    }

    #[test]
    fn the_words_are_pointed_at_as_they_were_written() {
        assert_eq!(shown("Cafe\u{301} Straße", &["cafe", "strasse"]), "[Cafe\u{301}] [Straße]");
        assert_eq!(shown("naïve 👩\u{200d}🎨 ﬁne", &["fi"]), "naïve 👩\u{200d}🎨 [ﬁ]ne");
        assert_eq!(shown("swimswim", &["swim", "ms"]), "[swimswim]");
    }

    #[test]
    fn a_long_text_is_cut_at_words_around_the_whole_word() {
        let text = format!("poolside {} the pool is {}", "before ".repeat(40), "after ".repeat(40));
        let shown = shown(text.trim(), &["pool"]);
        assert!(shown.starts_with("… before") && shown.contains("the [pool] is after"), "{shown}");
        assert!(shown.ends_with("after …") && shown.chars().count() < 200, "{shown}");
        assert_eq!(around("the pool", &["sea".to_owned()]), None);
    }
}
