//! What the authors may and what was decided about single edits, read from the statements.

use std::collections::{BTreeMap, BTreeSet};

use seal::{DeviceId, DocId, EditHash, PersonId};

use super::{Bounds, Why};
use crate::{
    body::Access,
    edits::{Amount, Links},
    ledger::Ledger,
};

/// What the statements say, as far as it decides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rights {
    /// For each chain its author's; `None` while what opened its chapter is not held.
    pub(crate) chains: Vec<Option<Right>>,
    /// The authors, as the chains number them.
    pub(crate) people: Vec<PersonId>,
    /// For each of them whether they may edit now, in whatever chapter.
    pub(crate) may_edit: Vec<bool>,
    /// The heads of Keeps in effect, and of those that an owner signed.
    pub(crate) kept: BTreeSet<EditHash>,
    pub(crate) kept_by_owners: BTreeSet<EditHash>,
    pub(crate) barred: BTreeSet<EditHash>,
    pub(crate) bounds: Bounds,
}

/// By what right a chain is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Right {
    pub(crate) person: usize,
    pub(crate) device: DeviceId,
    pub(crate) own: Own,
}

/// Whether the edits of a chain count in their author's own right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    Yes,
    No(Why),
}

impl Rights {
    pub(crate) fn read(links: &Links, ledger: &Ledger, doc: DocId) -> Rights {
        let mut rights = Rights::default();
        let mut numbers: BTreeMap<PersonId, usize> = BTreeMap::new();
        for chain in links.chains() {
            let right = ledger.author(doc, chain).map(|(author, person)| {
                let number = *numbers.entry(person).or_insert_with(|| {
                    rights.people.push(person);
                    rights.may_edit.push(ledger.access(doc, person) == Access::Edit);
                    rights.people.len() - 1
                });
                let own = ledger.right(doc, chain).map_or_else(Own::No, |()| Own::Yes);
                Right { person: number, device: author.device, own }
            });
            rights.chains.push(right);
        }
        for kept in ledger.keeps(doc) {
            rights.kept.extend(&kept.edits);
            if kept.by_owner {
                rights.kept_by_owners.extend(&kept.edits);
            }
        }
        rights.barred.extend(ledger.barred(doc));
        rights
    }

    /// Whether these say the same as others about everything the others speak of.
    pub(super) fn goes_on_from(&self, before: &Rights) -> bool {
        let Rights { chains, people, may_edit, kept, kept_by_owners, barred, bounds } = before;
        self.chains.starts_with(chains)
            && self.people.starts_with(people)
            && self.may_edit.starts_with(may_edit)
            && (&self.kept, &self.kept_by_owners, &self.barred) == (kept, kept_by_owners, barred)
            && self.bounds == *bounds
    }

    /// Whether, but for forks and bounds, every edit counts.
    pub(super) fn let_all_count(&self) -> bool {
        let own = |right: &Option<Right>| right.is_some_and(|right| right.own == Own::Yes);
        self.barred.is_empty() && self.chains.iter().all(own)
    }

    /// Whether no edit of a chain can be above the bound of its device.
    pub(super) fn is_within(&self, links: &Links, chain: usize) -> bool {
        let all = self.of_device(chain).map(|chain| links.most(chain)).fold(Amount::default(), Amount::and);
        all.is_within(self.bounds.0)
    }

    /// The chains of the device that writes this one. What nobody knows the author of is nobody's.
    pub(super) fn of_device(&self, chain: usize) -> impl Iterator<Item = usize> {
        let device = self.chains[chain].map(|right| right.device);
        let own = self.chains.iter().map(move |other| other.filter(|other| Some(other.device) == device));
        own.enumerate().filter_map(|(chain, own)| own.map(|_| chain))
    }

    /// Whether an edit that is new changes nothing about others.
    pub(super) fn is_plain(&self, links: &Links, place: usize) -> bool {
        links.forked_chains().is_empty() && self.is_within(links, links.at(place).chain)
    }
}
