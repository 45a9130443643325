//! What an edit's past may hold: no two edits of one chain and number, and so much of one device.
//!
//! Looked at only for the chains where it can matter: those that are forked, and those of devices that wrote more in the whole
//! document than any one edit's past may hold.

use std::{collections::BTreeMap, num::NonZeroU32};

use super::rights::Rights;
use crate::{
    edits::{Amount, Links},
    limits::{DEVICE_BYTES, DEVICE_EDITS},
};

/// How much one device may have written in an edit's past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds(pub(crate) Amount);

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds(Amount { edits: DEVICE_EDITS, bytes: DEVICE_BYTES })
    }
}

/// Whether an edit and its past are in form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Well,
    /// It holds both sides of a fork, or does not continue its chain.
    BothSides,
    /// Its device wrote too much.
    TooMuch,
    /// Something in its past is not in form.
    OnIll,
}

/// A place or none, in four bytes: there is one for each edit and each chain that is watched.
#[derive(Debug, Clone, Copy)]
struct Furthest(Option<NonZeroU32>);

/// The pasts as far as they are looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Pasts {
    /// For each chain that is watched the furthest edit of it in the past of each edit, itself included.
    furthest: BTreeMap<usize, Vec<Furthest>>,
    form: Vec<Form>,
}

impl Pasts {
    /// Pasts of no edits, in which these chains are watched.
    pub(super) fn watching(links: &Links, rights: &Rights) -> Pasts {
        let watched = (0..links.chains().len())
            .filter(|chain| links.forked_chains().contains(chain) || !rights.is_within(links, *chain));
        Pasts { furthest: watched.map(|chain| (chain, Vec::new())).collect(), form: Vec::new() }
    }

    /// Whether all that must be watched is watched, now that there is more of a chain.
    pub(super) fn suffice(&self, links: &Links, rights: &Rights, chain: usize) -> bool {
        rights.is_within(links, chain) || rights.of_device(chain).all(|chain| self.furthest.contains_key(&chain))
    }

    /// One more edit.
    pub(super) fn push(&mut self, links: &Links, rights: &Rights, place: usize) {
        let link = links.at(place);
        let mut form = if link.broken { Form::BothSides } else { Form::Well };
        for (chain, furthest) in &mut self.furthest {
            let mut last: Option<usize> = None;
            for seen in link.after.iter().filter_map(|after| furthest[*after].place()) {
                last = match last {
                    None => Some(seen),
                    Some(last) if links.continues(last, seen) => Some(seen),
                    Some(last) => {
                        if !links.continues(seen, last) {
                            form = Form::BothSides;
                        }
                        Some(last)
                    }
                };
            }
            if link.chain == *chain {
                if last != link.before {
                    form = Form::BothSides;
                }
                last = Some(place);
            }
            furthest.push(Furthest::at(last));
        }
        if form == Form::Well && !rights.is_within(links, link.chain) && !self.amount(links, rights, place) {
            form = Form::TooMuch;
        }
        if link.after.iter().any(|after| self.form[*after] != Form::Well) && form == Form::Well {
            form = Form::OnIll;
        }
        self.form.push(form);
    }

    pub(super) fn form(&self, place: usize) -> Form {
        self.form[place]
    }

    /// Whether the device of an edit has written no more than the bound, along its chains in the past of the edit.
    fn amount(&self, links: &Links, rights: &Rights, place: usize) -> bool {
        let own = rights.of_device(links.at(place).chain).filter_map(|chain| self.furthest.get(&chain));
        let ends = own.filter_map(|furthest| furthest[place].place());
        let all = ends.map(|end| links.at(end).chain_so_far).fold(Amount::default(), Amount::and);
        all.is_within(rights.bounds.0)
    }
}

impl Furthest {
    fn at(place: Option<usize>) -> Furthest {
        let one_more = |place| u32::try_from(place + 1).expect("a document has fewer than 2^32 edits");
        Furthest(place.and_then(|place| NonZeroU32::new(one_more(place))))
    }

    fn place(self) -> Option<usize> {
        self.0.map(|one_more| one_more.get() as usize - 1)
    }
}
