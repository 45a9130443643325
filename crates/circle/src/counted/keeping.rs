//! What of the held-back edits is kept and passed on.

use std::collections::{BTreeMap, BTreeSet};

use seal::EditHash;

use super::Look;
use crate::{edits::Links, limits::HELD_BACK};

impl Look {
    /// What something may count by is kept whatever there is of it. The rest is taken in the order of depth, then hash: what
    /// an edit builds on comes before it, and what is left out on the way changes nothing for what comes later. Of the losing
    /// sides of a fork that nobody needs the first is proof enough.
    pub(crate) fn worth_keeping(&self, links: &Links, is_signed: impl Fn(&EditHash) -> bool) -> BTreeSet<EditHash> {
        let needed = self.needed(links);
        let held = self.counted.held.keys().filter_map(|hash| links.place(hash));
        let mut order: Vec<usize> = held.collect();
        order.sort_by_key(|place| (links.at(*place).depth, links.at(*place).hash));
        let is_losing = |place: usize| self.weighed.as_ref().is_some_and(|weighed| weighed.is_losing(place));
        let is_held = |place: usize| self.counted.held.contains_key(&links.at(place).hash);
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        let mut many: BTreeMap<_, usize> = BTreeMap::new();
        for place in order {
            let link = links.at(place);
            if needed[place] {
                kept.insert(place);
                continue;
            }
            // Nobody knows whose it is: there is nobody whose room it could take.
            let Some(person) = self.counted.why(&link.hash).and_then(|held| held.by) else { continue };
            let many = many.entry(person).or_default();
            let is_there = |other: usize| !is_held(other) || kept.contains(&other);
            let lost_too = |other: &usize| *other != place && is_losing(*other) && is_there(*other);
            let needless = is_losing(place) && links.twins_of(place).iter().any(lost_too);
            let rests = link.after.iter().all(|after| is_there(*after));
            if rests && *many < HELD_BACK && !needless {
                *many += 1;
                kept.insert(place);
            }
        }
        let is_lost = |kept: &BTreeSet<usize>, place: usize| {
            let is_there = |other: &usize| !is_held(*other) || kept.contains(other);
            is_losing(place) && !links.twins_of(place).iter().any(|twin| !is_losing(*twin) && is_there(twin))
        };
        end_on_signatures(links, &needed, &mut kept, is_signed, is_lost);
        kept.into_iter().map(|place| links.at(place).hash).collect()
    }

    /// Everything at or under an edit by which something may count, and whatever keeps a side of a fork there from winning.
    fn needed(&self, links: &Links) -> Vec<bool> {
        let mut needed = vec![false; self.seen];
        let Some(weighed) = &self.weighed else { return needed };
        let matter = (0..self.seen).filter(|place| weighed.is_kept(*place));
        let mut walk: Vec<usize> = matter.collect();
        walk.extend(links.twins().flatten().flat_map(|side| weighed.witnesses(links, &self.rights, *side)));
        while !walk.is_empty() {
            while let Some(place) = walk.pop() {
                if !std::mem::replace(&mut needed[place], true) {
                    walk.extend(&links.at(place).after);
                }
            }
            let sides = links.twins().filter(|twins| twins.iter().any(|twin| needed[*twin])).flatten();
            walk.extend(sides.filter(|side| !weighed.is_losing(**side) && !needed[**side]));
        }
        needed
    }
}

/// Leaves out what comes after the last signature of each chain, the sides of a fork whose winner is not there (they would win
/// without it), and what builds on those.
fn end_on_signatures(
    links: &Links,
    needed: &[bool],
    kept: &mut BTreeSet<usize>,
    is_signed: impl Fn(&EditHash) -> bool,
    is_lost: impl Fn(&BTreeSet<usize>, usize) -> bool,
) {
    loop {
        let before = kept.len();
        let mut covered: BTreeSet<usize> = BTreeSet::new();
        for place in kept.iter().rev() {
            let link = links.at(*place);
            if covered.contains(place) || needed[*place] || is_signed(&link.hash) {
                covered.insert(*place);
                covered.extend(link.before.filter(|before| kept.contains(before)));
            }
        }
        let unsigned: BTreeSet<usize> = kept.difference(&covered).copied().collect();
        let mut out: BTreeSet<usize> = BTreeSet::new();
        for place in kept.iter() {
            let rests_on_out = links.at(*place).after.iter().any(|after| out.contains(after));
            if unsigned.contains(place) || rests_on_out || is_lost(kept, *place) {
                out.insert(*place);
            }
        }
        kept.retain(|place| !out.contains(place));
        if kept.len() == before {
            return;
        }
    }
}
