//! Which edits count: a pure function of the edits and of what their authors may.
//!
//! An edit is *sound* when its chain's author is known, it does not hold both sides of a fork in its past, it is not on a
//! fork's losing side, and all it builds on is sound. A sound edit counts in its author's *own right*, or when it is *kept*:
//! it lies in the past of a sound edit that another person has the right to, or under the heads of a Keep. At last, what
//! builds on something that does not count does not count either, so that what counts can always be merged.
//!
//! Of a fork the side on which more other people who may edit now have built counts, else the lower hash. A side is the edit
//! at the fork with everything that rests on it, so that no side is won at one number and lost at the next.

use std::collections::BTreeSet;

use seal::EditHash;

use crate::edits::Edits;

/// Which edits of a document count. What does not is held back, not lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    held: BTreeSet<EditHash>,
}

impl Counted {
    /// Whether an edit that was among those weighed counts.
    pub fn counts(&self, hash: &EditHash) -> bool {
        !self.held.contains(hash)
    }

    /// What is held back.
    pub fn held(&self) -> &BTreeSet<EditHash> {
        &self.held
    }

    /// Whether nothing is held back, as nearly always.
    pub fn all(&self) -> bool {
        self.held.is_empty()
    }
}

/// What the authors may, as far as it decides.
#[derive(Debug, Clone)]
pub(crate) struct Rights {
    /// For each chain its author's; `None` while what opened its chapter is not held.
    pub(crate) chains: Vec<Option<Right>>,
    /// For each person whether they may edit now, in whatever chapter.
    pub(crate) may_edit: Vec<bool>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Right {
    pub(crate) person: usize,
    /// Edits of this chain count in their author's own right.
    pub(crate) own: bool,
}

/// Decides over all edits. `keeps` are the heads of Keeps in effect.
pub(crate) fn decide(edits: &Edits, rights: &Rights, keeps: &[EditHash]) -> Counted {
    let everyone_may = rights.chains.iter().all(|right| right.is_some_and(|right| right.own));
    if everyone_may && edits.forked_chains().is_empty() {
        // Nothing broken passes the door, and nobody's past can hold both sides of a fork that is not there.
        return Counted::default();
    }
    let sound = sound(edits, rights);
    let own = |place: usize| {
        let right = rights.chains[edits.links()[place].chain];
        right.filter(|right| right.own && sound[place]).map(|right| right.person)
    };
    let builders = Builders::count(edits, rights.may_edit.len(), own);
    let under = under(edits, keeps);
    let mut counts = vec![false; edits.len()];
    for (place, link) in edits.links().iter().enumerate() {
        let author = rights.chains[link.chain].map(|right| right.person);
        let kept = under[place] || author.is_some_and(|author| builders.others(place, author) > 0);
        let closed = link.after.iter().all(|after| counts[*after]);
        counts[place] = sound[place] && closed && (own(place).is_some() || kept);
    }
    let held = edits.links().iter().zip(&counts).filter(|(_, counts)| !**counts).map(|(link, _)| link.hash).collect();
    Counted { held }
}

fn sound(edits: &Edits, rights: &Rights) -> Vec<bool> {
    let well_formed = well_formed(edits);
    let losing = losing(edits, rights, &well_formed);
    let mut sound = vec![false; edits.len()];
    for (place, link) in edits.links().iter().enumerate() {
        let known = rights.chains[link.chain].is_some();
        let rests = link.after.iter().all(|after| sound[*after]);
        sound[place] = known && rests && well_formed[place] && !losing[place];
    }
    sound
}

/// Which edits do not hold, with themselves, two edits of one chain and number.
fn well_formed(edits: &Edits) -> Vec<bool> {
    let links = edits.links();
    let mut well: Vec<bool> = vec![true; links.len()];
    let spans = spans(edits);
    for chain in edits.forked_chains() {
        // The furthest edit of this chain in the past of each edit, itself included.
        let mut furthest: Vec<Option<usize>> = vec![None; links.len()];
        for (place, link) in links.iter().enumerate() {
            let mut last: Option<usize> = None;
            for after in &link.after {
                let Some(seen) = furthest[*after] else { continue };
                last = match last {
                    None => Some(seen),
                    Some(last) if is_before(&spans, last, seen) => Some(seen),
                    Some(last) => {
                        well[place] &= is_before(&spans, seen, last);
                        Some(last)
                    }
                };
            }
            if link.chain == *chain {
                well[place] &= last == link.before;
                last = Some(place);
            }
            furthest[place] = last;
        }
    }
    for (place, link) in links.iter().enumerate() {
        well[place] &= !link.broken && link.after.iter().all(|after| well[*after]);
    }
    well
}

/// For each edit of a forked chain, when a walk through the tree of that chain enters and leaves it.
fn spans(edits: &Edits) -> Vec<(usize, usize)> {
    let links = edits.links();
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); links.len()];
    let mut walk: Vec<(usize, bool)> = Vec::new();
    for (place, link) in links.iter().enumerate().filter(|(_, link)| edits.forked_chains().contains(&link.chain)) {
        match link.before {
            Some(before) => next[before].push(place),
            None => walk.push((place, true)),
        }
    }
    let mut spans = vec![(0, 0); links.len()];
    let mut step = 0;
    while let Some((place, enters)) = walk.pop() {
        step += 1;
        if enters {
            spans[place].0 = step;
            walk.push((place, false));
            walk.extend(next[place].iter().map(|next| (*next, true)));
        } else {
            spans[place].1 = step;
        }
    }
    spans
}

fn is_before(spans: &[(usize, usize)], earlier: usize, later: usize) -> bool {
    spans[earlier].0 <= spans[later].0 && spans[later].1 <= spans[earlier].1
}

/// Which edits stand at a fork and lose.
fn losing(edits: &Edits, rights: &Rights, well_formed: &[bool]) -> Vec<bool> {
    let links = edits.links();
    let mut losing = vec![false; links.len()];
    if edits.forked_chains().is_empty() {
        return losing;
    }
    let supports = |place: usize| {
        let right = rights.chains[links[place].chain]?;
        (well_formed[place] && rights.may_edit[right.person]).then_some(right.person)
    };
    let builders = Builders::count(edits, rights.may_edit.len(), supports);
    for twins in edits.twins() {
        let author = rights.chains[links[twins[0]].chain].map(|right| right.person);
        let support = |place: usize| author.map_or(0, |author| builders.others(place, author));
        let side = |place: &usize| (std::cmp::Reverse(support(*place)), links[*place].hash);
        let winner = twins.iter().copied().min_by_key(side);
        for place in twins {
            losing[*place] = Some(*place) != winner;
        }
    }
    losing
}

/// Everything at or under some heads.
fn under(edits: &Edits, heads: &[EditHash]) -> Vec<bool> {
    let mut under = vec![false; edits.len()];
    for place in heads.iter().filter_map(|hash| edits.place(hash)) {
        under[place] = true;
    }
    for (place, link) in edits.links().iter().enumerate().rev() {
        if under[place] {
            link.after.iter().for_each(|after| under[*after] = true);
        }
    }
    under
}

/// For each edit, the people who have built on it, as bits.
struct Builders {
    words: usize,
    bits: Vec<u64>,
}

impl Builders {
    /// Each edit stands for the person `who` gives, at everything in its past.
    fn count(edits: &Edits, people: usize, who: impl Fn(usize) -> Option<usize>) -> Builders {
        let words = people / 64 + 1;
        let mut bits = vec![0; edits.len() * words];
        for (place, link) in edits.links().iter().enumerate().rev() {
            let mut here = bits[place * words..][..words].to_vec();
            if let Some(person) = who(place) {
                here[person / 64] |= 1 << (person % 64);
            }
            for after in &link.after {
                let theirs = &mut bits[after * words..][..words];
                theirs.iter_mut().zip(&here).for_each(|(theirs, here)| *theirs |= here);
            }
        }
        Builders { words, bits }
    }

    /// How many people but this one have built on an edit.
    fn others(&self, place: usize, but: usize) -> u32 {
        let bits = &self.bits[place * self.words..][..self.words];
        let all: u32 = bits.iter().map(|word| word.count_ones()).sum();
        all - u32::from(bits[but / 64] >> (but % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests;
