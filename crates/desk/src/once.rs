//! Something that is looked at in every frame and reckoned only when what it follows from has changed.

use std::cell::RefCell;

/// What was reckoned last, and for which count of changes. No lock: a desk lives on one thread.
pub(crate) struct Once<K, T>(RefCell<Option<(K, T)>>);

impl<K, T> Default for Once<K, T> {
    fn default() -> Once<K, T> {
        Once(RefCell::new(None))
    }
}

impl<K: PartialEq, T: Clone> Once<K, T> {
    /// What was reckoned for this count; else it is reckoned now.
    pub(crate) fn of(&self, count: K, reckon: impl FnOnce() -> T) -> T {
        if let Some((of, known)) = &*self.0.borrow()
            && *of == count
        {
            return known.clone();
        }
        let reckoned = reckon();
        self.0.replace(Some((count, reckoned.clone())));
        reckoned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_reckoned_anew_only_for_another_count() {
        let once = Once::default();
        assert_eq!(once.of((1, 1), || "first"), "first");
        assert_eq!(once.of((1, 1), || "again"), "first");
        assert_eq!(once.of((1, 2), || "second"), "second");
    }
}
