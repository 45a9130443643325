//! For each edit who has built on it, and whether a Keep covers it.

use crate::edits::Links;

/// The people who have built on each edit, as bits. Whoever built on an edit built on its whole past: a walk back ends at
/// what is marked, so that over all edits each is marked once for each person.
#[derive(Debug, Clone)]
pub(super) struct Builders {
    words: usize,
    bits: Vec<u64>,
}

impl Builders {
    /// Rows for so many people.
    pub(super) fn new(people: usize) -> Builders {
        Builders { words: people / 64 + 1, bits: Vec::new() }
    }

    /// Whether there is room for so many people.
    pub(super) fn has_room(&self, people: usize) -> bool {
        people / 64 < self.words
    }

    /// One more edit, on which nobody has built.
    pub(super) fn push(&mut self) {
        self.bits.resize(self.bits.len() + self.words, 0);
    }

    /// A person wrote the edit at a place, and so built on all of its past. What was not marked yet is told.
    pub(super) fn wrote(&mut self, links: &Links, place: usize, person: usize, mut new: impl FnMut(usize)) {
        let mut walk: Vec<usize> = vec![place];
        while let Some(place) = walk.pop() {
            for after in &links.at(place).after {
                let word = &mut self.bits[after * self.words + person / 64];
                if *word >> (person % 64) & 1 == 0 {
                    *word |= 1 << (person % 64);
                    walk.push(*after);
                    new(*after);
                }
            }
        }
    }

    /// How many people but this one have built on an edit.
    pub(super) fn others(&self, place: usize, but: usize) -> u32 {
        let bits = &self.bits[place * self.words..][..self.words];
        let all: u32 = bits.iter().map(|word| word.count_ones()).sum();
        all - u32::from(bits[but / 64] >> (but % 64) & 1 == 1)
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
