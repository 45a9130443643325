//! Whether an action says who will do it, by when, and how one will know. Vague words promise nothing, and what was
//! expected of them never comes.

use std::{collections::BTreeSet, sync::LazyLock};

use seal::ItemId;

use crate::{
    value::Someone,
    views::{Action, ActionStatus},
};

/// Words that say less than they seem to. A plan may have lists of its own; these are for English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// What is nobody in particular: "the team".
    pub nobody: BTreeSet<String>,
    /// What is no day: "as soon as possible".
    pub never: BTreeSet<String>,
    /// What can be done without anything happening: "monitor".
    pub vague: BTreeSet<String>,
    /// What somebody can be seen doing: "ring".
    pub concrete: BTreeSet<String>,
    /// How a sentence begins in which nobody does anything: "will be".
    pub passive: BTreeSet<String>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("vague/en.txt")));

impl Words {
    /// The English lists.
    pub fn english() -> &'static Words {
        &ENGLISH
    }

    /// These lists, with phrases of a plan's own that say too little, and without those that it finds clear enough. Both are parted
    /// by commas, semicolons or lines.
    pub fn with(&self, vague: &str, fine: &str) -> Words {
        let phrases = |text: &str| -> BTreeSet<String> {
            text.split([',', ';', '\n']).map(plain).filter(|phrase| !phrase.is_empty()).collect()
        };
        let mut words = self.clone();
        words.vague.append(&mut phrases(vague));
        let fine = phrases(fine);
        for list in [&mut words.nobody, &mut words.never, &mut words.vague, &mut words.passive] {
            list.retain(|phrase| !fine.contains(phrase));
        }
        words
    }

    /// Reads lists: a heading in brackets, then words and phrases parted by commas. What stands before the first heading, and
    /// lines that begin with `#`, are for people.
    pub fn read(text: &str) -> Words {
        let mut words = Words::default();
        let mut list = None;
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                list = Some(name);
                continue;
            }
            let list = match list {
                Some("nobody") => &mut words.nobody,
                Some("never") => &mut words.never,
                Some("vague") => &mut words.vague,
                Some("concrete") => &mut words.concrete,
                Some("passive") => &mut words.passive,
                Some(_) | None => continue,
            };
            list.extend(line.split(',').map(plain).filter(|phrase| !phrase.is_empty()));
        }
        words
    }
}

/// What to ask about an action, and the word that made us ask.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// Who will do it? Nobody is named, or nobody in particular.
    Who(Option<String>),
    /// By when? There is no day and no rhythm, or one that is none.
    When(Option<String>),
    /// What will actually happen? Only a vague word says so, or nobody does it.
    What(String),
    /// How will you know?
    How,
}

/// What to ask about one action; nothing if it is specific.
pub fn asks(action: &Action, words: &Words) -> BTreeSet<Ask> {
    let what = plain(&action.what);
    let mut asks = BTreeSet::new();
    let is_somebody = |who: &&Someone| match who {
        Someone::Member(_) => true,
        Someone::Named(name) => found(&words.nobody, &plain(name)).is_none(),
    };
    if !action.who.iter().any(|who| is_somebody(&who)) {
        let named = action.who.iter().map(ToString::to_string).next();
        asks.insert(Ask::Who(named.or_else(|| found(&words.nobody, &what))));
    }
    let rhythm = plain(&action.repeats);
    let no_rhythm = rhythm.is_empty() || found(&words.never, &rhythm).is_some();
    if action.when.is_none() && action.promised.is_none() && no_rhythm {
        asks.insert(Ask::When(found(&words.never, &rhythm).or_else(|| found(&words.never, &what))));
    }
    asks.extend(vague(&what, words).map(Ask::What));
    if action.sign.trim().is_empty() {
        asks.insert(Ask::How);
    }
    asks
}

/// What to ask about a card that says what somebody does, sentence by sentence. A card needs no day and no sign; but that
/// "we" do it, "regularly", or "support", tells nobody what to count on.
pub fn asks_of_card(does: &str, words: &Words) -> BTreeSet<Ask> {
    let sentences = does.split(['.', ';', '\n']).map(plain);
    let mut asks = BTreeSet::new();
    for sentence in sentences {
        // Whose card it is stands above it: only a sentence in which somebody else does it, and nobody in particular, is vague.
        let begins = |phrase: &&String| format!("{sentence} ").starts_with(&format!("{phrase} "));
        let nobody = words.nobody.iter().filter(begins).max_by_key(|phrase| phrase.len());
        asks.extend(nobody.map(|word| Ask::Who(Some(word.clone()))));
        asks.extend(found(&words.never, &sentence).map(|word| Ask::When(Some(word))));
        asks.extend(vague(&sentence, words).map(Ask::What));
    }
    asks
}

// The word by which something is said to be done and nobody could see it happen.
fn vague(what: &str, words: &Words) -> Option<String> {
    found(&words.passive, what).or_else(|| found(&words.vague, what).filter(|_| found(&words.concrete, what).is_none()))
}

/// How specific a plan's actions are: so many of so many, and what to ask about the others. What is over is not asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specific {
    /// Actions about which there is nothing to ask.
    pub clear: usize,
    /// All that are not over.
    pub all: usize,
    /// What to ask about the others.
    pub asks: Vec<(ItemId, BTreeSet<Ask>)>,
}

/// Looks at all actions.
pub fn specific(actions: &[Action], words: &Words) -> Specific {
    let over = |action: &&Action| {
        matches!(action.stands(), Some(ActionStatus::Done | ActionStatus::NotDone | ActionStatus::SaidNo))
    };
    let live: Vec<&Action> = actions.iter().filter(|action| !over(action)).collect();
    let asked = live.iter().map(|action| (action.id, asks(action, words))).filter(|(_, asks)| !asks.is_empty());
    let asks: Vec<_> = asked.collect();
    Specific { clear: live.len() - asks.len(), all: live.len(), asks }
}

// Lower case, words parted by one blank, and nothing else.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

// The phrase that stands first in a text, whole words only; of two at one place the longer.
fn found(phrases: &BTreeSet<String>, text: &str) -> Option<String> {
    let padded = format!(" {text} ");
    let at = |phrase: &String| padded.find(&format!(" {phrase} "));
    let first = phrases.iter().filter_map(|phrase| Some((at(phrase)?, usize::MAX - phrase.len(), phrase))).min();
    first.map(|(_, _, phrase)| phrase.clone())
}

#[cfg(test)]
mod tests;
