//! What belongs to edits, by their hashes: a document of many years has a hundred thousand of them, and each is looked up several
//! times when it is opened.
//!
//! It is for looking up and cannot be walked, so nothing ever follows from the order it is kept in.

#![expect(clippy::disallowed_types, reason = "never walked: there is no way to, see above")]

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, Hasher, RandomState},
};

use crate::id::EditHash;

/// Something for each of many edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHash<T>(HashMap<EditHash, T, Fold>);

/// Where an edit is looked for follows from the first bytes of its hash, which are as good as thrown dice, and from a number that
/// nobody outside this process knows: nobody can write edits that all lie in one place.
#[derive(Debug, Clone, Copy)]
struct Fold(u64);

impl Default for Fold {
    fn default() -> Fold {
        // An even number would lose what it is multiplied with.
        Fold(RandomState::new().hash_one(0) | 1)
    }
}

impl BuildHasher for Fold {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded { by: self.0, to: 0 }
    }
}

/// See [`Fold`].
#[derive(Debug)]
struct Folded {
    by: u64,
    to: u64,
}

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        // Of the length that comes before the bytes, and is the same for all, nothing is left.
        self.to = bytes.first_chunk().map_or(self.to, |first| u64::from_ne_bytes(*first));
    }

    fn finish(&self) -> u64 {
        let product = u128::from(self.to ^ self.by.rotate_left(32)) * u128::from(self.by);
        (product >> 64) as u64 ^ product as u64
    }
}

impl<T> Default for ByHash<T> {
    fn default() -> ByHash<T> {
        ByHash(Default::default())
    }
}

impl<T> ByHash<T> {
    /// What belongs to this edit.
    pub fn get(&self, hash: &EditHash) -> Option<&T> {
        self.0.get(hash)
    }

    /// Whether anything belongs to this edit.
    pub fn has(&self, hash: &EditHash) -> bool {
        self.0.contains_key(hash)
    }

    /// Gives an edit something, in place of what it had.
    pub fn insert(&mut self, hash: EditHash, what: T) {
        self.0.insert(hash, what);
    }

    /// Gives an edit something if it has nothing yet, and says whether it was so.
    pub fn insert_new(&mut self, hash: EditHash, what: T) -> bool {
        match self.0.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(what);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Makes room for so many more at once.
    pub fn reserve(&mut self, many: usize) {
        self.0.reserve(many);
    }
}

impl<T> FromIterator<(EditHash, T)> for ByHash<T> {
    fn from_iter<I: IntoIterator<Item = (EditHash, T)>>(all: I) -> ByHash<T> {
        ByHash(all.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_edits_are_found_again_and_lie_in_many_places() {
        let hash = |number: u64| {
            let mut bytes = [0; EditHash::LEN];
            bytes[..8].copy_from_slice(&number.to_be_bytes());
            EditHash::new(bytes)
        };
        let all: ByHash<u64> = (0..10_000).map(|number| (hash(number), number)).collect();
        assert!((0..10_000).all(|number| all.get(&hash(number)) == Some(&number)));
        assert!(!all.has(&hash(10_000)));
        let fold = Fold::default();
        let mut places: Vec<u64> = (0..10_000).map(|number| fold.hash_one(hash(number)) % 4_096).collect();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() > 2_000, "{} of 4,096", places.len());
    }
}
