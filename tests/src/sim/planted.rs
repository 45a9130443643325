//! Bugs planted on purpose: a world that could not fail would prove nothing.

use sync::Planted;

use super::{
    chaos::{Chaos, live},
    edit, people,
    schemes::Scheme,
};

/// One planted bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// One inside the machine.
    Machine(Planted),
    /// An edit's hash does not cover its words.
    WordsUnhashed,
    /// Who removes somebody does not say what they had seen.
    KeepForgotten,
}

impl Bug {
    /// Every bug there is.
    pub fn all() -> Vec<Bug> {
        let machine = Planted::ALL.into_iter().map(Bug::Machine);
        machine.chain([Bug::WordsUnhashed, Bug::KeepForgotten]).collect()
    }

    fn plant(self) {
        match self {
            Bug::Machine(planted) => Planted::plant(Some(planted)),
            Bug::WordsUnhashed => edit::leave_words_unhashed(true),
            Bug::KeepForgotten => people::forget_keeps(true),
        }
    }

    /// The life of a seed in which this bug matters.
    fn chaos(self, seed: u64) -> Chaos {
        let chaos = Chaos::from_seed(seed);
        match self {
            Bug::KeepForgotten | Bug::Machine(Planted::HeldBackDropped | Planted::FormerToldAll) => {
                chaos.with(Scheme::BackDating)
            }
            Bug::Machine(_) | Bug::WordsUnhashed => chaos,
        }
    }

    fn root_out() {
        Planted::plant(None);
        edit::leave_words_unhashed(false);
        people::forget_keeps(false);
    }

    /// How many seeds it takes until the law notices, and what it says; nothing if that many do not.
    pub fn seeds_until_caught(self, at_most: u64) -> Option<(u64, String)> {
        self.plant();
        let caught = (0..at_most).find_map(|seed| {
            let lived = std::panic::catch_unwind(|| live(self.chaos(seed)));
            match lived {
                Ok(Ok(_)) => None,
                Ok(Err(broken)) => Some((seed + 1, broken)),
                Err(_) => Some((seed + 1, "a panic".to_owned())),
            }
        });
        Bug::root_out();
        caught
    }
}
