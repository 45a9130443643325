//! Words looked for in everything of a plan that is at hand.
//!
//! An [`Index`] is a plan's records with what is written in them, folded so that large and small letters and letters with
//! and without accents are the same. Reading a plan for it costs as much as showing all of it once, so it is read a little at
//! a time ([`Index::read_on`]) and again only where something changed; looking in it costs next to nothing. It knows no words
//! of the program: whoever makes it says how a choice, a person or a day is shown, and that is what is found. What was
//! removed is not in it.

mod excerpt;
mod fold;
mod read;

use std::{collections::BTreeMap, ops::Range};

use seal::{DocId, ItemId, PersonId};

pub use self::{
    fold::folded,
    read::{Progress, Sheet},
};
use self::{fold::is_word_at, read::UnderWay};
use crate::{
    limits::{FOUND, LOOKED_FOR_CHARS, LOOKED_FOR_WORDS},
    part::{FieldKind, Part},
    path::FieldPath,
};

/// One place where the words are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The part on whose page it is shown; for a voice the part it is about.
    pub part: &'static Part,
    /// The document it is written in.
    pub document: DocId,
    /// The field it is written in, and the record that has it.
    pub field: FieldPath,
    /// What the field is called: the key of its name on screen.
    pub label: &'static str,
    /// The record that shows it: itself, the one it lies in, or the one somebody's voice is about. None for what is written
    /// in the part itself.
    pub card: Option<ItemId>,
    /// That record's first words; none for the part itself.
    pub title: String,
    /// The words around it.
    pub excerpt: Excerpt,
    /// Who says it, where it is somebody's voice.
    pub person: Option<PersonId>,
}

impl Found {
    /// Whether the excerpt is from the words by which the record is known.
    pub fn is_in_title(&self) -> bool {
        self.excerpt.from_title == FromTitle::Yes
    }
}

/// A few words, on one line, and where in them what was looked for stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The words, with "…" where something was left out.
    pub words: String,
    /// What was looked for, in code points: in order, apart from each other, at least one.
    pub matches: Vec<Range<usize>>,
    from_title: FromTitle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FromTitle {
    Yes,
    No,
}

/// Everything that was found, the best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// Where.
    pub found: Vec<Found>,
    /// In how many more places it is.
    pub more: usize,
}

/// A plan, read once to be looked in often.
#[derive(Debug, Default)]
pub struct Index {
    leaves: BTreeMap<DocId, Leaf>,
    /// The documents as the plan has them.
    order: Vec<DocId>,
    under_way: Option<UnderWay>,
    edition: u64,
}

/// One document, read.
#[derive(Debug)]
struct Leaf {
    part: &'static Part,
    document: DocId,
    person: Option<PersonId>,
    stamp: u64,
    entries: Vec<Entry>,
    /// Where in them each record is.
    places: BTreeMap<ItemId, usize>,
}

/// A record, or the part itself.
#[derive(Debug)]
struct Entry {
    item: Option<ItemId>,
    card: Option<ItemId>,
    /// What a voice's record is about.
    about: Option<ItemId>,
    /// Which of the fields it is known by.
    title: Option<usize>,
    /// What is written in all fields, as it is compared.
    folded: String,
    fields: Vec<Written>,
}

#[derive(Debug)]
struct Written {
    path: FieldPath,
    label: &'static str,
    words: String,
    /// Where in the entry's folded words these are.
    folded: Range<usize>,
}

/// How well a place fits; the best first. Between equals the order of the plan stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    WordInTitle,
    Word,
    InTitle,
    Within,
}

impl Index {
    /// A number that is another whenever other things may be found.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// Where all of these words are in one record, be it within longer words. Whole words come first, and of those what
    /// a record is known by. Without any words nothing is found.
    pub fn find(&self, looked_for: &str) -> Findings {
        let words = wanted(looked_for);
        if words.is_empty() {
            return Findings::default();
        }
        let leaves = self.order.iter().filter_map(|doc| self.leaves.get(doc));
        let entries = leaves.flat_map(|leaf| leaf.entries.iter().map(move |entry| (leaf, entry)));
        let mut hits = Vec::new();
        for (leaf, entry) in entries {
            hits.extend(entry.hits(&words).into_iter().map(|(fit, place)| (fit, leaf, entry, place)));
        }
        hits.sort_by_key(|(fit, ..)| *fit);
        let more = hits.len().saturating_sub(FOUND);
        hits.truncate(FOUND);
        let found = hits.into_iter().filter_map(|(_, leaf, entry, place)| self.found(leaf, entry, place, &words));
        Findings { found: found.collect(), more }
    }

    fn found(&self, leaf: &Leaf, entry: &Entry, place: usize, words: &[String]) -> Option<Found> {
        let written = entry.fields.get(place)?;
        let (excerpt, matches) = excerpt::around(&written.words, words)?;
        let from_title = if entry.is_title(place) { FromTitle::Yes } else { FromTitle::No };
        let card = self.card(entry);
        Some(Found {
            part: leaf.part,
            document: leaf.document,
            field: written.path,
            label: written.label,
            card,
            title: card.and_then(|card| self.entry(card)).map(Entry::called).unwrap_or_default(),
            excerpt: Excerpt { words: excerpt, matches, from_title },
            person: leaf.person,
        })
    }

    /// A record in another is shown on that one's card, and what a voice says on the card of what it is about, or of what
    /// that is about: an answer on that of what is proposed.
    fn card(&self, entry: &Entry) -> Option<ItemId> {
        let about = |entry: &Entry| entry.about.and_then(|about| self.entry(about));
        entry.card.or_else(|| {
            let first = about(entry)?;
            first.card.or_else(|| about(first)?.card)
        })
    }

    fn entry(&self, item: ItemId) -> Option<&Entry> {
        self.leaves.values().find_map(|leaf| leaf.entries.get(*leaf.places.get(&item)?))
    }
}

/// The words looked for, folded, each once.
fn wanted(looked_for: &str) -> Vec<String> {
    let start: String = looked_for.chars().take(LOOKED_FOR_CHARS).collect();
    let mut words: Vec<String> = folded(&start).split_whitespace().map(str::to_owned).collect();
    words.truncate(LOOKED_FOR_WORDS);
    words.sort_unstable();
    words.dedup();
    words
}

impl Entry {
    /// Of a record the field that fits best; of the part itself, where each field stands on the page by itself, every one.
    fn hits(&self, words: &[String]) -> Vec<(Fit, usize)> {
        if !words.iter().all(|word| self.folded.contains(word.as_str())) {
            return Vec::new();
        }
        let mut is_word = vec![false; words.len()];
        let mut seen: Vec<(usize, usize, usize)> = Vec::new();
        for (place, written) in self.fields.iter().enumerate() {
            let folded = self.folded.get(written.folded.clone()).unwrap_or_default();
            let (mut has, mut whole) = (0, 0);
            for (word, is_word) in words.iter().zip(&mut is_word) {
                let mut at = folded.match_indices(word.as_str()).peekable();
                if at.peek().is_none() {
                    continue;
                }
                has += 1;
                if at.any(|(at, _)| is_word_at(folded, at, word.len())) {
                    whole += 1;
                    *is_word = true;
                }
            }
            if has > 0 {
                seen.push((has, whole, place));
            }
        }
        let whole = is_word.iter().all(|is_word| *is_word);
        if self.item.is_some() {
            seen.sort_by_key(|(has, whole, place)| (std::cmp::Reverse((*has, *whole)), *place));
            seen.truncate(1);
        }
        let fit = |place| match (whole, self.is_title(place)) {
            (true, true) => Fit::WordInTitle,
            (true, false) => Fit::Word,
            (false, true) => Fit::InTitle,
            (false, false) => Fit::Within,
        };
        seen.into_iter().map(|(.., place)| (fit(place), place)).collect()
    }

    /// Whether the record has a card and is known by this field.
    fn is_title(&self, place: usize) -> bool {
        self.item == self.card && self.title == Some(place)
    }

    /// The words by which it is known.
    fn called(&self) -> String {
        self.title.and_then(|title| self.fields.get(title)).map(|title| title.words.clone()).unwrap_or_default()
    }
}

/// Whether a record can be known by such a field.
fn names(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Line | FieldKind::Text)
}
