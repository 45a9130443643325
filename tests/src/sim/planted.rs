//! Bugs planted on purpose: a world that could not fail would prove nothing.

use sync::Planted;

use super::{
    chaos::{Chaos, live},
    edit,
};

/// One planted bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// One inside the machine.
    Machine(Planted),
    /// An edit's hash does not cover its words.
    WordsUnhashed,
}

impl Bug {
    /// Every bug there is.
    pub fn all() -> Vec<Bug> {
        let machine = Planted::ALL.into_iter().map(Bug::Machine);
        machine.chain([Bug::WordsUnhashed]).collect()
    }

    fn plant(self) {
        match self {
            Bug::Machine(planted) => Planted::plant(Some(planted)),
            Bug::WordsUnhashed => edit::leave_words_unhashed(true),
        }
    }

    fn root_out() {
        Planted::plant(None);
        edit::leave_words_unhashed(false);
    }

    /// How many seeds it takes until the law notices, and what it says; nothing if that many do not.
    pub fn seeds_until_caught(self, at_most: u64) -> Option<(u64, String)> {
        self.plant();
        let caught = (0..at_most).find_map(|seed| {
            let lived = std::panic::catch_unwind(|| live(Chaos::from_seed(seed)));
            match lived {
                Ok(Ok(())) => None,
                Ok(Err(broken)) => Some((seed + 1, broken)),
                Err(_) => Some((seed + 1, "a panic".to_owned())),
            }
        });
        Bug::root_out();
        caught
    }
}
