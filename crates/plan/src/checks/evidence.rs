//! Whose voice a plan rests on: the person's own, their family's and friends', or workers'.

use crate::views::{Evidence, Speaks};

/// How many stories, pictures and papers speak in which voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// The person's own.
    pub own: usize,
    /// Family and friends.
    pub family: usize,
    /// Workers.
    pub worker: usize,
    /// Nobody said.
    pub unknown: usize,
}

impl Balance {
    /// All of them.
    pub fn all(self) -> usize {
        self.own + self.family + self.worker + self.unknown
    }

    /// Whether the plan rests on others' words alone.
    pub fn is_without_their_own(self) -> bool {
        self.own == 0 && self.family + self.worker > 0
    }
}

/// Counts them.
pub fn balance(evidence: &[Evidence]) -> Balance {
    let mut balance = Balance::default();
    for one in evidence {
        match one.speaks {
            Some(Speaks::Own) => balance.own += 1,
            Some(Speaks::Family) => balance.family += 1,
            Some(Speaks::Worker) => balance.worker += 1,
            None => balance.unknown += 1,
        }
    }
    balance
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use seal::ItemId;

    use super::*;

    fn one(speaks: Option<Speaks>) -> Evidence {
        Evidence { id: ItemId::new([1; 16]), speaks, stands_behind: BTreeSet::new(), take_out: BTreeSet::new() }
    }

    #[test]
    fn a_plan_on_workers_words_alone_is_noticed() {
        assert!(balance(&[one(Some(Speaks::Worker)), one(None)]).is_without_their_own());
        assert!(!balance(&[one(Some(Speaks::Worker)), one(Some(Speaks::Own))]).is_without_their_own());
        assert!(!balance(&[]).is_without_their_own());
    }

    proptest! {
        #[test]
        fn everything_is_counted_once(voices in proptest::collection::vec(0_usize..4, 0..20)) {
            let all: Vec<Evidence> = voices.iter().map(|at| one(Speaks::ALL.get(*at).map(|(speaks, _)| *speaks))).collect();
            prop_assert_eq!(balance(&all).all(), voices.len());
        }
    }
}
