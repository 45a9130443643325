//! What the door remembers of a document's edits: enough to say what lies in an edit's past, and nothing of the words.
//!
//! A *line* is a stretch of a chain without a fork: nearly always the whole chain. A *past* says, line by line, up to
//! which number; edits typed one after the other share one.

use std::collections::BTreeMap;

use seal::{ByHash, ChainId, EditHash};
use serde::{Deserialize, Serialize};

/// A place on a line: everything of it up to this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) seq: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) chain: ChainId,
    /// Where it leaves another line of its chain; none if it starts the chain.
    pub(super) from: Option<Place>,
    pub(super) entries: Vec<u32>,
}

/// One edit that was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) hash: EditHash,
    pub(super) place: Place,
    /// Its first operation's counter, and how many follow on.
    pub(super) first: u32,
    pub(super) count: u16,
    /// Bytes of its chain up to it.
    pub(super) bytes: u32,
    /// Other chains' part of its past.
    pub(super) past: u32,
    /// Where its runs end; they start where those of the entry before end.
    pub(super) runs: u32,
}

/// Operations of one edit that follow on one another and have one sense. Deletions are not among them: nothing may
/// name one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    /// The first one's distance from the edit's first operation.
    pub(super) offset: u16,
    pub(super) count: u16,
    /// The object they are in: 0 the root, else one more than its number.
    pub(super) object: u32,
    pub(super) sense: Sense,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Sense {
    /// Letters.
    Letters,
    /// A scalar at this key.
    Value(u32),
    /// An object, with its number.
    Made(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Object {
    pub(super) text: bool,
    pub(super) depth: u8,
}

/// One document's index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Index {
    pub(super) lines: Vec<Line>,
    pub(super) entries: Vec<Entry>,
    pub(super) pasts: Vec<Vec<Place>>,
    pub(super) runs: Vec<Run>,
    pub(super) objects: Vec<Object>,
    keys: Vec<String>,
    #[serde(skip)]
    key_numbers: BTreeMap<String, u32>,
    #[serde(skip)]
    by_hash: ByHash<u32>,
}

/// Two edits of one chain and number in one past.
pub(super) struct Forked;

impl Index {
    pub(super) fn find(&self, hash: &EditHash) -> Option<&Entry> {
        // Nearly always it is the last that is asked for: what comes next builds on it.
        if let Some(last) = self.entries.last().filter(|last| last.hash == *hash) {
            return Some(last);
        }
        self.by_hash.get(hash).map(|entry| &self.entries[*entry as usize])
    }

    pub(super) fn chain(&self, line: u32) -> ChainId {
        self.lines[line as usize].chain
    }

    /// Whether everything up to `earlier` lies on the way to `later`, on one chain.
    fn leads_to(&self, earlier: Place, mut later: Place) -> bool {
        while later.line != earlier.line {
            let Some(from) = self.lines[later.line as usize].from else { return false };
            later = from;
        }
        earlier.seq <= later.seq
    }

    /// Adds a place to a past. Of two on one chain one must lead to the other.
    pub(super) fn join(&self, past: &mut Vec<Place>, place: Place) -> Result<(), Forked> {
        let chain = self.chain(place.line);
        match past.binary_search_by(|other| self.chain(other.line).cmp(&chain)) {
            Err(at) => past.insert(at, place),
            Ok(at) if self.leads_to(past[at], place) => past[at] = place,
            Ok(at) if self.leads_to(place, past[at]) => {}
            Ok(_) => return Err(Forked),
        }
        Ok(())
    }

    /// The run that an operation of a chain belongs to, if it lies in what leads to `place`.
    pub(super) fn run_at(&self, mut place: Place, counter: u64) -> Option<Run> {
        let counter = u32::try_from(counter).ok()?;
        loop {
            let line = &self.lines[place.line as usize];
            let before = line.entries.partition_point(|entry| self.entries[*entry as usize].first <= counter);
            let Some(at) = before.checked_sub(1) else {
                place = line.from?;
                continue;
            };
            let number = line.entries[at];
            let entry = &self.entries[number as usize];
            // Counters grow along a chain, so an edit beyond the place holds nothing that lies before it.
            if entry.place.seq > place.seq || counter - entry.first >= u32::from(entry.count) {
                return None;
            }
            return find_run(self.runs_of(number), u16::try_from(counter - entry.first).ok()?);
        }
    }

    fn runs_of(&self, number: u32) -> &[Run] {
        let start = number.checked_sub(1).map_or(0, |before| self.entries[before as usize].runs);
        &self.runs[start as usize..self.entries[number as usize].runs as usize]
    }

    /// The number of a key, if anything was ever written there.
    pub(super) fn key(&self, key: &str) -> Option<u32> {
        self.key_numbers.get(key).copied()
    }

    pub(super) fn number_key(&mut self, key: &str) -> u32 {
        if let Some(number) = self.key(key) {
            return number;
        }
        let number = u32::try_from(self.keys.len()).expect("fewer keys than operations, and those are bounded");
        self.keys.push(key.to_owned());
        self.key_numbers.insert(key.to_owned(), number);
        number
    }

    /// The number of a past, which is often that of the edit before.
    pub(super) fn number_past(&mut self, past: Vec<Place>, before: Option<u32>) -> u32 {
        if let Some(before) = before
            && self.pasts[before as usize] == past
        {
            return before;
        }
        self.pasts.push(past);
        u32::try_from(self.pasts.len() - 1).expect("no more pasts than edits")
    }

    /// The place the next edit behind `before` gets: on the same line, unless it forks.
    pub(super) fn next_place(&mut self, chain: ChainId, before: Option<Place>) -> Place {
        let seq = before.map_or(1, |before| before.seq + 1);
        if let Some(before) = before {
            let last = self.lines[before.line as usize].entries.last().expect("no line is empty");
            if self.entries[*last as usize].place == before {
                return Place { line: before.line, seq };
            }
        }
        self.lines.push(Line { chain, from: before, entries: Vec::new() });
        Place { line: u32::try_from(self.lines.len() - 1).expect("no more lines than edits"), seq }
    }

    pub(super) fn add(&mut self, entry: Entry) {
        let number = u32::try_from(self.entries.len()).expect("the edits of one document fit in memory");
        self.lines[entry.place.line as usize].entries.push(number);
        self.by_hash.insert(entry.hash, number);
        self.entries.push(entry);
    }

    /// Makes what is not stored, and says no to what does not hang together.
    pub(super) fn mend(mut self) -> Option<Index> {
        let number = |at: usize| u32::try_from(at).ok();
        let keys = self.keys.iter().enumerate().map(|(at, key)| Some((key.clone(), number(at)?)));
        self.key_numbers = keys.collect::<Option<_>>()?;
        let hashes = self.entries.iter().enumerate().map(|(at, entry)| Some((entry.hash, number(at)?)));
        self.by_hash = hashes.collect::<Option<_>>()?;
        let is_line = |place: &Place| (place.line as usize) < self.lines.len();
        let is_object = |object: u32| object as usize <= self.objects.len();
        let sound =
            self.lines.iter().enumerate().all(|(at, line)| {
                !line.entries.is_empty()
                    && line.from.is_none_or(|from| (from.line as usize) < at)
                    && line.entries.iter().all(|entry| (*entry as usize) < self.entries.len())
            }) && self.entries.iter().all(|entry| is_line(&entry.place) && (entry.past as usize) < self.pasts.len())
                && self.entries.windows(2).all(|pair| pair[0].runs <= pair[1].runs)
                && self.entries.last().map_or(0, |last| last.runs as usize) == self.runs.len()
                && self.pasts.iter().flatten().all(is_line)
                && self.runs.iter().all(|run| {
                    is_object(run.object)
                        && match run.sense {
                            Sense::Letters => true,
                            Sense::Value(key) => (key as usize) < self.keys.len(),
                            Sense::Made(object) => (object as usize) < self.objects.len(),
                        }
                });
        sound.then_some(self)
    }
}

/// The run that holds the operation so far behind the edit's first.
pub(super) fn find_run(runs: &[Run], offset: u16) -> Option<Run> {
    let at = runs.partition_point(|run| run.offset <= offset).checked_sub(1)?;
    let run = runs[at];
    (offset - run.offset < run.count).then_some(run)
}
