//! Which edits count: a pure function of the edits and of what their authors may.
//!
//! An edit is *sound* when its chain's author is known, it is well-formed (its past holds no two edits of one chain and number,
//! and no more of its device than the bound), no owner barred it, it is not on a fork's losing side, and all it builds on is
//! sound. A sound edit counts in its author's *own right*, or when it is *kept*: it lies in the past of a sound edit that
//! somebody has the right to, or under the heads of a Keep in effect. So what counts is closed under "builds on" and can always
//! be merged, and what takes one person's right away never holds back a word of another's.
//!
//! Of a fork the side under an owner's Keep counts, else the one on which more other people who may edit now have built, else
//! the lower hash. A side is the edit at the fork with everything that rests on it, so that no side is won at one number and
//! lost at the next.
//!
//! What was found is remembered. While nobody forked, everyone may and nothing is barred, nothing is looked at at all. After
//! that an edit at the tip costs itself and what it changes: that an edit is kept is noted there once, and what counts stays so
//! as long as the statements and the sides of forks are the same.

mod builders;
mod keeping;
mod past;
mod rights;
mod weighed;

use std::collections::BTreeMap;

use seal::{DocId, EditHash, PersonId};

use self::weighed::Weighed;
pub(crate) use self::{past::Bounds, rights::Rights};
use crate::{edits::Links, ledger::Ledger};

/// Which edits of a document count. What does not is held back, not lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    held: BTreeMap<EditHash, Held>,
}

/// An edit that is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Who wrote it; nobody knows while what opened its chapter is not here.
    pub by: Option<PersonId>,
    /// Why it does not count.
    pub why: Why,
}

/// Why an edit does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// What opened its chapter is not held here.
    EarlyChapter,
    /// Its past holds both sides of a fork.
    BothSides,
    /// Its device wrote more than the bound, along its chains in the edit's past.
    TooMuch,
    /// An owner barred it.
    Barred,
    /// It is the losing side of a fork: an old copy that was opened again.
    Fork,
    /// It builds on something that does not count.
    BuildsOn,
    /// Its author does not belong to the circle now.
    Left,
    /// Its author may not edit the document now.
    NotAllowed,
    /// Its author may edit, but its chapter was opened before a decision about them that took something away.
    OldChapter,
}

/// What is different about which edits count since it was last asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recount {
    /// These count now too.
    pub more: Vec<EditHash>,
    /// These did, and do not any more.
    pub less: Vec<EditHash>,
}

impl Counted {
    /// Whether an edit that was among those weighed counts.
    pub fn counts(&self, hash: &EditHash) -> bool {
        !self.held.contains_key(hash)
    }

    /// What is held back, by hash.
    pub fn held(&self) -> impl ExactSizeIterator<Item = (&EditHash, &Held)> {
        self.held.iter()
    }

    /// Whose an edit is that is held back, and why it is; `None`: it counts.
    pub fn why(&self, hash: &EditHash) -> Option<Held> {
        self.held.get(hash).copied()
    }

    /// How many edits of each person are held back.
    pub fn by_person(&self) -> BTreeMap<PersonId, usize> {
        let mut many = BTreeMap::new();
        for person in self.held.values().filter_map(|held| held.by) {
            *many.entry(person).or_insert(0) += 1;
        }
        many
    }

    /// Whether nothing is held back, as nearly always.
    pub fn all(&self) -> bool {
        self.held.is_empty()
    }
}

/// What is remembered from looking.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    /// Of which statements `rights` was made.
    stamp: Option<[u8; 32]>,
    rights: Rights,
    weighed: Option<Box<Weighed>>,
    counted: Counted,
    /// How many edits were looked at.
    seen: usize,
    /// Which edits counted when a recount was last asked for, and whether what was found since may be about any of them.
    told: Vec<bool>,
    turned: Turned,
}

/// What happened since a recount was last asked for.
#[derive(Debug, Clone)]
enum Turned {
    /// These count that did not, or are new.
    Tip(Vec<usize>),
    /// Any may be different.
    Over,
}

impl Default for Turned {
    fn default() -> Turned {
        Turned::Tip(Vec::new())
    }
}

impl Look {
    /// Looks at what is new among the edits or the statements.
    pub(crate) fn at(&mut self, links: &Links, ledger: &Ledger, doc: DocId) {
        let stamp = ledger.stamp(doc);
        if self.stamp != Some(stamp) || self.rights.chains.len() != links.chains().len() {
            self.stamp = Some(stamp);
            let rights = Rights::read(links, ledger, doc);
            self.with(links, rights);
        } else {
            self.on(links);
        }
    }

    /// Looks with these rights.
    pub(crate) fn with(&mut self, links: &Links, rights: Rights) {
        let goes_on = rights.goes_on_from(&self.rights);
        self.rights = rights;
        if !goes_on {
            self.anew(links);
        } else {
            self.on(links);
        }
    }

    pub(crate) fn counted(&self) -> &Counted {
        &self.counted
    }

    pub(crate) fn recount(&mut self, links: &Links) -> Recount {
        let turned = std::mem::take(&mut self.turned);
        let mut recount = Recount::default();
        let places: Vec<usize> = match turned {
            Turned::Tip(mut places) => {
                places.sort_unstable();
                places.dedup();
                places
            }
            Turned::Over => (0..self.seen).collect(),
        };
        self.told.resize(self.seen, false);
        for place in places {
            let hash = links.at(place).hash;
            let counts = self.counts(place);
            match (std::mem::replace(&mut self.told[place], counts), counts) {
                (false, true) => recount.more.push(hash),
                (true, false) => recount.less.push(hash),
                (true, true) | (false, false) => {}
            }
        }
        recount
    }

    pub(crate) fn heads(&self, links: &Links) -> Vec<EditHash> {
        let mut built_on = vec![false; self.seen];
        let counting = || (0..self.seen).filter(|place| self.counts(*place));
        for place in counting() {
            links.at(place).after.iter().for_each(|after| built_on[*after] = true);
        }
        counting().filter(|place| !built_on[*place]).map(|place| links.at(place).hash).collect()
    }

    fn counts(&self, place: usize) -> bool {
        self.weighed.as_ref().is_none_or(|weighed| weighed.counts(place))
    }

    /// Goes on with the edits that are new, the rights being what they were.
    fn on(&mut self, links: &Links) {
        for place in self.seen..links.all().len() {
            let goes_on = match &mut self.weighed {
                None => self.rights.let_all_count() && self.rights.is_plain(links, place),
                Some(weighed) => weighed.take_in(links, &self.rights, place),
            };
            if !goes_on {
                return self.anew(links);
            }
            self.seen = place + 1;
            let Some(weighed) = &mut self.weighed else {
                self.turn(place);
                continue;
            };
            for turned in weighed.turned() {
                match weighed.why(links, &self.rights, turned) {
                    None => {
                        self.counted.held.remove(&links.at(turned).hash);
                        if let Turned::Tip(places) = &mut self.turned {
                            places.push(turned);
                        }
                    }
                    Some(held) => {
                        self.counted.held.insert(links.at(turned).hash, held);
                    }
                }
            }
        }
    }

    fn turn(&mut self, place: usize) {
        if let Turned::Tip(places) = &mut self.turned {
            places.push(place);
        }
    }

    /// Looks at everything from the beginning.
    fn anew(&mut self, links: &Links) {
        let many = links.all().len();
        self.turned = Turned::Over;
        self.seen = many;
        self.counted = Counted::default();
        self.weighed = None;
        let plain = self.rights.let_all_count() && links.forked_chains().is_empty();
        if plain && (0..links.chains().len()).all(|chain| self.rights.is_within(links, chain)) {
            // Nothing broken passes the door, and nobody's past can hold both sides of a fork that is not there.
            return;
        }
        let weighed = Weighed::new(links, &self.rights);
        let why = |place| Some((links.at(place).hash, weighed.why(links, &self.rights, place)?));
        self.counted.held = (0..many).filter_map(why).collect();
        self.weighed = Some(Box::new(weighed));
    }
}

#[cfg(test)]
mod tests;
