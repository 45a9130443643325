//! How far somebody has come in one document: chain by chain, the last signed edit whose whole past they hold.
//!
//! One tip per chain, several only where the chain is forked.

use std::collections::{BTreeMap, BTreeSet};

use seal::{ChainId, EditHash, Seq};
use serde::{Deserialize, Serialize};

use crate::limits::{FRONTIER_CHAINS, FRONTIER_ENDS};

/// One end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct End {
    /// Its number.
    pub seq: Seq,
    /// Its hash.
    pub hash: EditHash,
}

/// Chain -> its ends, sorted. Sorted by chain; no chain without an end.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Frontier(Vec<(ChainId, Vec<End>)>);

impl Frontier {
    /// The frontier with these ends.
    pub fn new(ends: impl IntoIterator<Item = (ChainId, End)>) -> Frontier {
        let mut chains: BTreeMap<ChainId, Vec<End>> = BTreeMap::new();
        for (chain, end) in ends {
            chains.entry(chain).or_default().push(end);
        }
        for ends in chains.values_mut() {
            ends.sort();
            ends.dedup();
        }
        Frontier(chains.into_iter().collect())
    }

    /// As much of it as is told: chains with one end first, which are nearly all, and of the others as many as fit into a frame.
    /// Of what is left out a peer is not spared doubles.
    #[must_use]
    pub(crate) fn told(self) -> Frontier {
        let mut chains = self.0;
        chains.sort_by_key(|(_, ends)| ends.len());
        chains.truncate(FRONTIER_CHAINS);
        let mut ends_told = 0;
        chains.retain(|(_, ends)| {
            ends_told += ends.len();
            ends_told <= FRONTIER_ENDS
        });
        chains.sort_by_key(|(chain, _)| *chain);
        Frontier(chains)
    }

    /// The chains and their ends.
    pub fn chains(&self) -> impl Iterator<Item = (ChainId, &[End])> {
        self.0.iter().map(|(chain, ends)| (*chain, ends.as_slice()))
    }

    /// The ends of one chain.
    pub fn ends(&self, chain: ChainId) -> &[End] {
        match self.0.binary_search_by_key(&chain, |(chain, _)| *chain) {
            Ok(at) => &self.0[at].1,
            Err(_) => &[],
        }
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes over the ends of every chain that the other names, as long as there is room for more chains.
    pub(crate) fn replace(&mut self, other: &Frontier) {
        for (chain, ends) in &other.0 {
            match self.0.binary_search_by_key(chain, |(chain, _)| *chain) {
                Ok(at) => self.0[at].1.clone_from(ends),
                Err(at) if self.0.len() < FRONTIER_CHAINS => self.0.insert(at, (*chain, ends.clone())),
                Err(_) => {}
            }
        }
    }

    /// Only these chains.
    #[must_use]
    pub(crate) fn only(&self, chains: &BTreeSet<ChainId>) -> Frontier {
        Frontier(self.0.iter().filter(|(chain, _)| chains.contains(chain)).cloned().collect())
    }

    /// Whether it is as it would be written: sorted, nothing doubled, nothing empty.
    pub fn is_canonical(&self) -> bool {
        self.0.windows(2).all(|pair| pair[0].0 < pair[1].0)
            && self.0.iter().all(|(_, ends)| !ends.is_empty() && ends.windows(2).all(|pair| pair[0] < pair[1]))
    }
}
