//! Words of the field, explained: found where they stand, whoever wrote them there.
//!
//! Most of what is on screen is said in plain words already. Some names cannot be: a law's, a meeting's, a budget's. A person meets
//! them in letters, too, and should not have to ask.

use std::sync::LazyLock;

use crate::book::{self, text};

/// A word and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What it is called.
    pub name: &'static str,
    /// One plain answer.
    pub means: &'static str,
}

/// The words that are explained, by their keys.
const TERMS: &[&str] = &[
    "gloss-advocate",
    "gloss-appointee",
    "gloss-assessment",
    "gloss-attorney",
    "gloss-backbone",
    "gloss-baseline",
    "gloss-budget",
    "gloss-capacity",
    "gloss-capital",
    "gloss-care-act",
    "gloss-case-conference",
    "gloss-case-review",
    "gloss-contribution",
    "gloss-core",
    "gloss-core-group",
    "gloss-deputy",
    "gloss-direct-payment",
    "gloss-ehcp",
    "gloss-eligible",
    "gloss-integrated",
    "gloss-joint-service",
    "gloss-joint-working",
    "gloss-mainstream",
    "gloss-ndis",
    "gloss-near-miss",
    "gloss-outcome",
    "gloss-pa",
    "gloss-parental",
    "gloss-provider",
    "gloss-representative",
    "gloss-safeguarding",
    "gloss-shared-care",
    "gloss-strategy",
    "gloss-taf",
    "gloss-unmet",
];

struct Entry {
    term: Term,
    /// How it may be spelled, in lower case, with a blank at either end.
    spelled: Vec<String>,
}

static BOOK: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |key: &&'static str| {
        let keep = |words: String| -> &'static str { Box::leak(words.into_boxed_str()) };
        let name = text(key);
        let also = book::format(key, Some("also"), &[]).unwrap_or_default();
        let all = std::iter::once(name.as_str()).chain(also.split('|'));
        let spelled = all.map(padded).filter(|words| !words.trim().is_empty()).collect();
        let means = book::format(key, Some("means"), &[]).unwrap_or_default();
        // The book is read once and never let go of.
        Entry { term: Term { name: keep(name), means: keep(means) }, spelled }
    };
    TERMS.iter().map(entry).collect()
});

/// All words that are explained.
pub fn glossary() -> impl Iterator<Item = Term> {
    BOOK.iter().map(|entry| entry.term)
}

/// Those that stand in one of these texts, as whole words.
pub fn explained<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<Term> {
    let texts: Vec<String> = texts.into_iter().map(padded).collect();
    let stands =
        |entry: &&Entry| entry.spelled.iter().any(|words| texts.iter().any(|text| text.contains(words.as_str())));
    let found: Vec<&Entry> = BOOK.iter().filter(stands).collect();
    // Who reads "capacity building" is not told what else a part of it may mean.
    let is_part = |entry: &Entry| {
        let longer = |other: &&Entry| other.term.name.len() > entry.term.name.len();
        let name = padded(entry.term.name);
        found.iter().copied().filter(longer).any(|other| other.spelled.iter().any(|words| words.contains(&name)))
    };
    found.iter().filter(|entry| !is_part(entry)).map(|entry| entry.term).collect()
}

fn padded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<&'static str> {
        explained(texts).into_iter().map(|term| term.name).collect()
    }

    #[test]
    fn a_word_is_found_where_it_stands_whole_however_it_is_written() {
        assert_eq!(names(["I do (Direct Payment)"]), ["direct payment"]);
        assert_eq!(names(["My EHCP came back"]), ["education, health and care plan"]);
        assert_eq!(names(["Care about capitals, scorecard, pardon"]), Vec::<&str>::new());
        assert_eq!(names(["an advocate", "two advocates"]), ["advocate"]);
        assert_eq!(names([""]), Vec::<&str>::new());
    }

    #[test]
    fn of_a_name_in_a_longer_one_only_the_longer_is_explained() {
        assert_eq!(names(["Core group"]), ["core group"]);
        assert_eq!(names(["Core", "Core group"]).len(), 1);
    }

    #[test]
    fn every_word_has_a_plain_answer_that_is_not_itself_hard() {
        for term in glossary() {
            assert!(!term.name.is_empty() && term.means.ends_with('.'), "{}", term.name);
            let itself = padded(term.name);
            assert!(!padded(term.means).starts_with(&itself), "{} says itself", term.name);
            assert!(term.means.split_whitespace().count() <= 30, "{} is long", term.name);
        }
    }

    #[test]
    fn the_guide_has_every_word_with_the_same_answer() {
        let page = include_str!("../../../docs/guide/words.md").replace('\n', " ");
        for term in glossary() {
            assert!(page.contains(&format!("**{}**", term.name)), "the guide leaves out {}", term.name);
            assert!(page.contains(term.means), "the guide says {} otherwise", term.name);
        }
    }
}
