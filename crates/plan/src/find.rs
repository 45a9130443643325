//! Words looked for in everything of a plan that is at hand.
//!
//! An [`Index`] is a plan's records with what is written in them, folded so that large and small letters and letters with
//! and without accents are the same. Reading a plan for it costs as much as showing all of it once; looking in it costs next
//! to nothing, so it is kept while somebody types. It knows no words of the program: whoever makes it says how a choice, a
//! person or a day is shown, and that is what is found. What was removed is not in it.

mod excerpt;
mod fold;

use std::{collections::BTreeMap, ops::Range};

use seal::{DocId, ItemId, PersonId};

pub use self::fold::folded;
use self::fold::is_word_at;
use crate::{
    document::Document,
    limits::{FOUND, LOOKED_FOR_CHARS, LOOKED_FOR_WORDS},
    part::{Field, FieldKind, List, Part},
    path::{FieldPath, ListPath},
    value::Value,
    whole::Whole,
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
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    part: &'static Part,
    document: DocId,
    item: Option<ItemId>,
    card: Option<ItemId>,
    /// What a voice's record is about.
    about: Option<ItemId>,
    person: Option<PersonId>,
    title: String,
    fields: Vec<Written>,
}

#[derive(Debug)]
struct Written {
    path: FieldPath,
    label: &'static str,
    kind: FieldKind,
    words: String,
    folded: String,
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
    /// Reads everything at hand. `shown` says how a value is shown, or nothing for one that nobody would look for.
    pub fn of(whole: &Whole<'_>, shown: impl Fn(&'static Field, &Value) -> String) -> Index {
        let mut index = Index::default();
        let reader = Reader { shown: &shown };
        for document in whole.documents() {
            reader.document(document, None, &mut index.entries);
        }
        for (person, document) in whole.voices() {
            reader.document(document, Some(person), &mut index.entries);
        }
        index.name_cards();
        index
    }

    /// Where all of these words are in one record, be it within longer words. Whole words come first, and of those what
    /// a record is known by. Without any words nothing is found.
    pub fn find(&self, looked_for: &str) -> Findings {
        let words = wanted(looked_for);
        if words.is_empty() {
            return Findings::default();
        }
        let mut hits: Vec<(Fit, &Entry, &Written)> = self.entries.iter().flat_map(|entry| entry.hits(&words)).collect();
        hits.sort_by_key(|(fit, ..)| *fit);
        let more = hits.len().saturating_sub(FOUND);
        hits.truncate(FOUND);
        let found = hits.into_iter().filter_map(|(_, entry, written)| entry.found(written, &words));
        Findings { found: found.collect(), more }
    }

    /// A record in another is shown on that one's card, and what a voice says on the card of what it is about.
    fn name_cards(&mut self) {
        let known: BTreeMap<ItemId, (Option<ItemId>, String)> =
            self.entries.iter().filter_map(|entry| Some((entry.item?, (entry.card, entry.title.clone())))).collect();
        for entry in &mut self.entries {
            if let Some((card, _)) = entry.about.and_then(|about| known.get(&about)) {
                entry.card = *card;
            }
            if let Some((_, title)) =
                entry.card.filter(|card| entry.item != Some(*card)).and_then(|card| known.get(&card))
            {
                entry.title.clone_from(title);
            }
        }
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
    fn hits<'a>(&'a self, words: &[String]) -> Vec<(Fit, &'a Entry, &'a Written)> {
        let mut everywhere = vec![(false, false); words.len()];
        let mut seen: Vec<(usize, usize, usize)> = Vec::new();
        for (place, written) in self.fields.iter().enumerate() {
            let (mut has, mut whole) = (0, 0);
            for (word, known) in words.iter().zip(&mut everywhere) {
                let mut at = written.folded.match_indices(word.as_str()).peekable();
                if at.peek().is_none() {
                    continue;
                }
                has += 1;
                known.0 = true;
                if at.any(|(at, _)| is_word_at(&written.folded, at, word.len())) {
                    whole += 1;
                    known.1 = true;
                }
            }
            if has > 0 {
                seen.push((has, whole, place));
            }
        }
        if !everywhere.iter().all(|(has, _)| *has) {
            return Vec::new();
        }
        let whole = everywhere.iter().all(|(_, whole)| *whole);
        if self.item.is_some() {
            seen.sort_by_key(|(has, whole, place)| (std::cmp::Reverse((*has, *whole)), *place));
            seen.truncate(1);
        }
        let hit = |(_, _, place): (usize, usize, usize)| {
            let written = self.fields.get(place)?;
            let fit = match (whole, self.is_title(written)) {
                (true, true) => Fit::WordInTitle,
                (true, false) => Fit::Word,
                (false, true) => Fit::InTitle,
                (false, false) => Fit::Within,
            };
            Some((fit, self, written))
        };
        seen.into_iter().filter_map(hit).collect()
    }

    /// Whether the record is known by this field: its first that has words.
    fn is_title(&self, written: &Written) -> bool {
        self.item.is_some()
            && self.item == self.card
            && self.fields.iter().find(|field| names(field.kind)).is_some_and(|first| first.path == written.path)
    }

    fn found(&self, written: &Written, words: &[String]) -> Option<Found> {
        let (excerpt, matches) = excerpt::around(&written.words, words)?;
        let from_title = if self.is_title(written) { FromTitle::Yes } else { FromTitle::No };
        Some(Found {
            part: self.part,
            document: self.document,
            field: written.path,
            label: written.label,
            card: self.card,
            title: self.title.clone(),
            excerpt: Excerpt { words: excerpt, matches, from_title },
            person: self.person,
        })
    }
}

/// Whether a record can be known by such a field.
fn names(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Line | FieldKind::Text)
}

struct Reader<'a> {
    shown: &'a dyn Fn(&'static Field, &Value) -> String,
}

impl Reader<'_> {
    fn document(&self, document: &Document, person: Option<PersonId>, entries: &mut Vec<Entry>) {
        let part = document.part();
        entries.extend(self.record(document, person, (None, None), part.fields));
        for list in part.lists {
            self.list(document, person, (None, None), list, entries);
        }
    }

    /// The records of a list; `inside` is the record it lies in, and the card that shows that one.
    fn list(
        &self,
        document: &Document,
        person: Option<PersonId>,
        (inside, card): (Option<ItemId>, Option<ItemId>),
        list: &'static List,
        entries: &mut Vec<Entry>,
    ) {
        let Ok(path) = ListPath::new(document.part(), inside, list.code) else { return };
        for item in document.items(path).iter().copied() {
            let place = (Some(item), card.or(Some(item)));
            entries.extend(self.record(document, person, place, list.fields));
            for inner in list.lists {
                self.list(document, person, place, inner, entries);
            }
        }
    }

    /// A record, if anything is written in it.
    fn record(
        &self,
        document: &Document,
        person: Option<PersonId>,
        (item, card): (Option<ItemId>, Option<ItemId>),
        described: &'static [Field],
    ) -> Option<Entry> {
        let mut about = None;
        let mut fields = Vec::new();
        for field in described {
            let Ok(path) = FieldPath::new(document.part(), item, field.code) else { continue };
            let words = if field.kind.is_text() {
                document.text(path)
            } else {
                let shown = document.value(path);
                let value = shown.value().filter(|_| person.is_some());
                about = about.or_else(|| value.and_then(first_named));
                let each: Vec<String> = shown.values.iter().map(|(value, _)| (self.shown)(field, value)).collect();
                each.join(" ")
            };
            // One line: where lines end is of no account for finding, and an excerpt has one.
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                let folded = folded(&words);
                fields.push(Written { path, label: field.label, kind: field.kind, words, folded });
            }
        }
        // What a voice is about is shown with it, and what is about nothing that is written is shown with its part.
        let title = fields.iter().find(|field| names(field.kind)).map(|field| field.words.clone());
        (!fields.is_empty()).then(|| Entry {
            part: shown_with(document.part()),
            document: document.doc(),
            item,
            card: card.filter(|_| person.is_none()),
            about,
            person,
            title: title.filter(|_| item.is_some() && person.is_none()).unwrap_or_default(),
            fields,
        })
    }
}

/// The part on whose page a part is shown: a voice's on that of what it is about.
fn shown_with(part: &'static Part) -> &'static Part {
    part.code.strip_suffix(crate::VOICE).and_then(crate::part).unwrap_or(part)
}

/// The first record a value names.
fn first_named(value: &Value) -> Option<ItemId> {
    match value {
        Value::Ref(item) => Some(*item),
        Value::Refs(items) => items.first().copied(),
        Value::Line(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Money(_)
        | Value::Quantity(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Scale(_)
        | Value::YesNo(_)
        | Value::Person(_)
        | Value::People(_)
        | Value::Files(_) => None,
    }
}
