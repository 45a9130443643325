//! Each edit weighed, in a form that an edit at the tip is added to.

use std::collections::BTreeMap;

use seal::EditHash;

use super::{
    Held, Why,
    builders::{Builders, Under},
    past::{Form, Pasts},
    rights::{Own, Rights},
};
use crate::edits::Links;

#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pasts: Pasts,
    /// Who of those who may edit now has built on what, by well-formed edits: this decides forks.
    support: Builders,
    /// What an owner's Keep covers: this decides forks too.
    under_owner: Under,
    /// What a Keep covers, or somebody's edit in their own right: this is kept.
    kept: Under,
    losing: Vec<bool>,
    sound: Vec<bool>,
    /// What may be different since the last edit was taken in.
    turned: Vec<usize>,
}

/// Where an edit made something different.
#[derive(Debug, Default)]
struct Noted {
    about_forks: Vec<usize>,
    kept: Vec<usize>,
}

impl Weighed {
    /// Weighs all edits.
    pub(super) fn new(links: &Links, rights: &Rights) -> Weighed {
        let many = links.all().len();
        let mut weighed = Weighed {
            pasts: Pasts::watching(links, rights),
            support: Builders::new(rights.may_edit.len()),
            under_owner: Under::default(),
            kept: Under::default(),
            losing: vec![false; many],
            sound: Vec::new(),
            turned: Vec::new(),
        };
        for place in 0..many {
            weighed.push(links, rights, place);
            weighed.note(links, rights, place);
        }
        for twins in links.twins() {
            let winner = weighed.winner(links, rights, twins);
            for place in twins {
                weighed.losing[*place] = Some(*place) != winner;
            }
        }
        for place in 0..many {
            weighed.weigh(links, rights, place, Vec::new());
        }
        weighed.turned.clear();
        weighed
    }

    /// Adds the next edit. `false`: everything must be weighed anew, since a side of a fork may win that did not.
    pub(super) fn take_in(&mut self, links: &Links, rights: &Rights, place: usize) -> bool {
        let suffices = self.pasts.suffice(links, rights, links.at(place).chain);
        if !suffices || !self.support.has_room(rights.may_edit.len()) || links.twins_of(place).len() > 1 {
            return false;
        }
        self.push(links, rights, place);
        self.losing.push(false);
        let Noted { about_forks, kept } = self.note(links, rights, place);
        let forked = about_forks.into_iter().filter(|place| links.forked_chains().contains(&links.at(*place).chain));
        for place in forked {
            let twins = links.twins_of(place);
            let is_here = |twin: &usize| *twin < self.losing.len();
            let stays = || self.winner(links, rights, twins).is_some_and(|winner| !self.losing[winner]);
            if twins.len() > 1 && !(twins.iter().all(is_here) && stays()) {
                return false;
            }
        }
        self.weigh(links, rights, place, kept);
        true
    }

    /// What counts is closed under "builds on": what is sound builds on what is sound, and what is kept with all its past.
    pub(super) fn counts(&self, place: usize) -> bool {
        self.sound[place] && self.kept.has(place)
    }

    /// What may be different since the last edit was taken in, itself included.
    pub(super) fn turned(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.turned)
    }

    pub(super) fn is_losing(&self, place: usize) -> bool {
        self.losing[place]
    }

    /// Whether something may count because of this edit.
    pub(super) fn is_kept(&self, place: usize) -> bool {
        self.kept.has(place)
    }

    /// For a side of a fork, one edit of each other person who supports it: their first by depth, then by hash.
    pub(super) fn witnesses(&self, links: &Links, rights: &Rights, side: usize) -> Vec<usize> {
        let author = rights.chains[links.at(side).chain].map(|right| right.person);
        let mut first: BTreeMap<usize, (u32, EditHash, usize)> = BTreeMap::new();
        let mut on_it = vec![false; self.sound.len()];
        on_it[side] = true;
        for place in side + 1..self.sound.len() {
            let link = links.at(place);
            on_it[place] = link.after.iter().any(|after| on_it[*after]);
            let supports = || self.supports(links, rights, place).filter(|person| Some(*person) != author);
            if let Some(person) = on_it[place].then(supports).flatten() {
                let this = (link.depth, link.hash, place);
                let first = first.entry(person).or_insert(this);
                *first = this.min(*first);
            }
        }
        first.into_values().map(|(.., place)| place).collect()
    }

    /// Why an edit does not count; `None`: it does.
    pub(super) fn why(&self, links: &Links, rights: &Rights, place: usize) -> Option<Held> {
        if self.counts(place) {
            return None;
        }
        let link = links.at(place);
        let right = rights.chains[link.chain];
        let by = right.map(|right| rights.people[right.person]);
        let why = match (self.pasts.form(place), right.map(|right| right.own)) {
            (_, None) => Why::EarlyChapter,
            (Form::BothSides, _) => Why::BothSides,
            (Form::TooMuch, _) => Why::TooMuch,
            (Form::OnIll, _) => Why::BuildsOn,
            (Form::Well, _) if rights.barred.contains(&link.hash) => Why::Barred,
            (Form::Well, _) if self.losing[place] => Why::Fork,
            // What is sound and its author's own right is kept by itself.
            (Form::Well, Some(Own::Yes)) => Why::BuildsOn,
            (Form::Well, _) if !self.sound[place] => Why::BuildsOn,
            (Form::Well, Some(Own::No(why))) => why,
        };
        Some(Held { by, why })
    }

    fn push(&mut self, links: &Links, rights: &Rights, place: usize) {
        self.pasts.push(links, rights, place);
        self.support.push();
        self.under_owner.push();
        self.kept.push();
        self.sound.push(false);
    }

    /// Notes what an edit says about forks and Keeps.
    fn note(&mut self, links: &Links, rights: &Rights, place: usize) -> Noted {
        let mut noted = Noted::default();
        let hash = links.at(place).hash;
        if let Some(person) = self.supports(links, rights, place) {
            self.support.wrote(links, place, person, |at| noted.about_forks.push(at));
        }
        if rights.kept_by_owners.contains(&hash) {
            self.under_owner.head(links, place, |at| noted.about_forks.push(at));
        }
        if rights.kept.contains(&hash) {
            self.kept.head(links, place, |at| noted.kept.push(at));
        }
        noted
    }

    /// Who supports by this edit whatever it builds on, whatever becomes of it.
    fn supports(&self, links: &Links, rights: &Rights, place: usize) -> Option<usize> {
        let right = rights.chains[links.at(place).chain].filter(|_| self.pasts.form(place) == Form::Well)?;
        rights.may_edit[right.person].then_some(right.person)
    }

    /// The side of a fork that counts.
    fn winner(&self, links: &Links, rights: &Rights, twins: &[usize]) -> Option<usize> {
        let author = rights.chains[links.at(*twins.first()?).chain].map(|right| right.person);
        let support = |place: usize| author.map_or(0, |author| self.support.others(place, author));
        let side = |place: &usize| {
            let kept = self.under_owner.has(*place);
            (std::cmp::Reverse((kept, support(*place))), links.at(*place).hash)
        };
        twins.iter().copied().min_by_key(side)
    }

    /// Weighs one edit, everything it builds on being weighed; a Keep may have covered others by it.
    fn weigh(&mut self, links: &Links, rights: &Rights, place: usize, kept: Vec<usize>) {
        let link = links.at(place);
        let right = rights.chains[link.chain];
        self.sound[place] = right.is_some()
            && self.pasts.form(place) == Form::Well
            && !self.losing[place]
            && !rights.barred.contains(&link.hash)
            && link.after.iter().all(|after| self.sound[*after]);
        self.turned = kept;
        self.turned.push(place);
        if self.sound[place] && right.is_some_and(|right| right.own == Own::Yes) {
            self.kept.head(links, place, |at| self.turned.push(at));
        }
    }
}
