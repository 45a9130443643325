//! For each edit the people who have built on it, and the like.

use crate::edits::Links;

/// For each edit some people, as bits.
#[derive(Debug, Clone)]
pub(super) struct People {
    words: usize,
    bits: Vec<u64>,
}

impl People {
    /// Rows with room for so many people.
    pub(super) fn rows_for(people: usize) -> People {
        People { words: people / 64 + 1, bits: Vec::new() }
    }

    /// One more edit, with nobody.
    pub(super) fn push(&mut self) {
        self.bits.resize(self.bits.len() + self.words, 0);
    }

    pub(super) fn has(&self, place: usize, person: usize) -> bool {
        self.bits[place * self.words + person / 64] >> (person % 64) & 1 == 1
    }

    /// Adds a person; says whether they are new there.
    pub(super) fn add(&mut self, place: usize, person: usize) -> bool {
        let new = !self.has(place, person);
        self.bits[place * self.words + person / 64] |= 1 << (person % 64);
        new
    }

    /// Adds everybody of these places.
    pub(super) fn join(&mut self, place: usize, others: &[usize]) {
        for other in others {
            for word in 0..self.words {
                self.bits[place * self.words + word] |= self.bits[other * self.words + word];
            }
        }
    }

    fn many(&self, place: usize) -> u32 {
        self.bits[place * self.words..][..self.words].iter().map(|word| word.count_ones()).sum()
    }
}

/// The people who have built on each edit. Whoever built on an edit built on its whole past: a walk back ends at what is
/// marked, so that over all edits each is marked once for each person.
#[derive(Debug, Clone)]
pub(super) struct Builders(People);

impl Builders {
    /// Rows for so many people.
    pub(super) fn new(people: usize) -> Builders {
        Builders(People::rows_for(people))
    }

    /// Whether there is room for so many people.
    pub(super) fn has_room(&self, people: usize) -> bool {
        people / 64 < self.0.words
    }

    /// One more edit, on which nobody has built.
    pub(super) fn push(&mut self) {
        self.0.push();
    }

    /// A person wrote the edit at a place, and so built on all of its past. What was not marked yet is told.
    pub(super) fn wrote(&mut self, links: &Links, place: usize, person: usize, mut new: impl FnMut(usize)) {
        let mut walk: Vec<usize> = vec![place];
        while let Some(place) = walk.pop() {
            for after in &links.at(place).after {
                if self.0.add(*after, person) {
                    walk.push(*after);
                    new(*after);
                }
            }
        }
    }

    /// How many people but this one have built on an edit.
    pub(super) fn others(&self, place: usize, but: usize) -> u32 {
        self.0.many(place) - u32::from(self.0.has(place, but))
    }
}

/// Everything at or under some heads.
#[derive(Debug, Clone, Default)]
pub(super) struct Under(Vec<bool>);

impl Under {
    /// One more edit, under no head.
    pub(super) fn push(&mut self) {
        self.0.push(false);
    }

    /// One more head. What was not under one yet is told.
    pub(super) fn head(&mut self, links: &Links, place: usize, mut new: impl FnMut(usize)) {
        let mut walk = vec![place];
        while let Some(place) = walk.pop() {
            if !std::mem::replace(&mut self.0[place], true) {
                new(place);
                walk.extend(&links.at(place).after);
            }
        }
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place]
    }
}
