//! A part that merges only up to named edits, for replaying a recording.
//!
//! A recording's positions are relative to exactly what its writer had seen. So a held part is made of this device's own
//! edits, what they build on, and what was named; everything else that arrives is kept by the node and waits here.

use std::collections::{BTreeMap, BTreeSet};

use plan::{Document, Part};
use seal::{Admitted, ChainId, DocId, EditHash};

use crate::refused::Refused;

/// Edits by chain: up to which number.
pub(crate) type Upto = BTreeMap<ChainId, u64>;

/// What a held part has merged, and what waits.
#[derive(Default)]
pub(crate) struct Held {
    merged: Upto,
    waiting: BTreeMap<(ChainId, u64), Admitted>,
}

impl Held {
    /// Keeps what arrived until it is asked for.
    pub(crate) fn arrive(&mut self, edits: Vec<Admitted>) {
        for admitted in edits {
            let (chain, number) = (admitted.edit().chain(), admitted.edit().seq().number());
            if self.merged.get(&chain).is_none_or(|upto| *upto < number) {
                self.waiting.insert((chain, number), admitted);
            }
        }
    }

    /// The part as this device's own edits and the named ones make it, out of all edits that are kept.
    pub(crate) fn begin(
        &mut self,
        part: &'static Part,
        doc: DocId,
        own: Option<ChainId>,
        upto: &Upto,
        edits: Vec<Admitted>,
    ) -> Result<Document, Refused> {
        let shown = past(&edits, |chain, number| own == Some(chain) || upto.get(&chain).is_some_and(|n| number <= *n));
        let (in_it, rest): (Vec<_>, Vec<_>) =
            edits.into_iter().partition(|admitted| shown.contains(&admitted.edit().hash()));
        for admitted in &in_it {
            let number = self.merged.entry(admitted.edit().chain()).or_default();
            *number = (*number).max(admitted.edit().seq().number());
        }
        self.waiting.retain(|(chain, number), _| self.merged.get(chain).is_none_or(|upto| upto < number));
        self.arrive(rest);
        Document::load(part, doc, None, &in_it).map_err(|_| Refused::Unreadable)
    }

    /// Merges exactly up to `upto`, once all of it is here. `None`: something is still on its way.
    pub(crate) fn merge(&mut self, document: &mut Document, upto: &Upto) -> Option<Result<(), Refused>> {
        let own = document.chain();
        let mut wanted = Vec::new();
        for (chain, number) in upto.iter().filter(|(chain, _)| own != Some(**chain)) {
            let have = self.merged.get(chain).copied().unwrap_or(0);
            wanted.extend((have + 1..=*number).map(|number| (*chain, number)));
        }
        if !wanted.iter().all(|key| self.waiting.contains_key(key)) {
            return None;
        }
        let edits: Vec<Admitted> = wanted.iter().filter_map(|key| self.waiting.remove(key)).collect();
        for (chain, number) in wanted {
            self.merged.insert(chain, number);
        }
        if edits.is_empty() {
            return Some(Ok(()));
        }
        Some(document.merge(&edits).map(|_| ()).map_err(|_| Refused::Unreadable))
    }

    /// This device finished so many edits.
    pub(crate) fn wrote(&mut self, own: ChainId, edits: usize) {
        *self.merged.entry(own).or_default() += edits as u64;
    }

    /// How far a chain is merged.
    pub(crate) fn reach(&self, chain: ChainId) -> u64 {
        self.merged.get(&chain).copied().unwrap_or(0)
    }
}

/// The edits chosen and everything they build on. `edits` may come in any order.
fn past(edits: &[Admitted], chosen: impl Fn(ChainId, u64) -> bool) -> BTreeSet<EditHash> {
    let by_hash: BTreeMap<EditHash, &Admitted> =
        edits.iter().map(|admitted| (admitted.edit().hash(), admitted)).collect();
    let mut found = BTreeSet::new();
    let mut open: Vec<EditHash> = edits
        .iter()
        .map(Admitted::edit)
        .filter(|edit| chosen(edit.chain(), edit.seq().number()))
        .map(seal::Edit::hash)
        .collect();
    while let Some(hash) = open.pop() {
        if !found.insert(hash) {
            continue;
        }
        if let Some(admitted) = by_hash.get(&hash) {
            open.extend(admitted.edit().after().iter().filter(|before| !found.contains(before)));
        }
    }
    found
}
