//! Each edit weighed, in a form that an edit at the tip is added to.

use super::{
    Held, Why,
    builders::{Builders, People, Under},
    past::{Form, Pasts},
    rights::{Own, Rights},
};
use crate::edits::Links;

#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pasts: Pasts,
    /// Who of those who may edit now has built on what, by well-formed edits: this decides forks.
    support: Builders,
    /// Whose forks each edit has a side of in its past, or is one.
    sides: People,
    /// Who has built on what in their own right: this keeps.
    own: Builders,
    under_keep: Under,
    under_owner: Under,
    losing: Vec<bool>,
    sound: Vec<bool>,
    counts: Vec<bool>,
    /// What builds directly on each edit.
    onto: Vec<Vec<u32>>,
    /// What an edit that was taken in has changed, itself included.
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
        let people = rights.may_edit.len();
        let mut weighed = Weighed {
            pasts: Pasts::watching(links, rights),
            support: Builders::new(people),
            sides: People::rows_for(people),
            own: Builders::new(people),
            under_keep: Under::default(),
            under_owner: Under::default(),
            losing: vec![false; links.all().len()],
            sound: Vec::new(),
            counts: Vec::new(),
            onto: Vec::new(),
            turned: Vec::new(),
        };
        let mut pasts = std::mem::take(&mut weighed.pasts);
        for place in 0..links.all().len() {
            pasts.push(links, rights, place);
            weighed.push();
        }
        weighed.pasts = pasts;
        for place in 0..links.all().len() {
            weighed.note(links, rights, place);
        }
        for twins in links.twins() {
            let winner = weighed.winner(links, rights, twins);
            for place in twins {
                weighed.losing[*place] = Some(*place) != winner;
            }
        }
        for place in 0..links.all().len() {
            weighed.weigh(links, rights, place, Vec::new());
        }
        weighed.turned.clear();
        weighed
    }

    /// Adds the next edit. `false`: everything must be weighed anew, since a side of a fork may win that did not.
    pub(super) fn take_in(&mut self, links: &Links, rights: &Rights, place: usize) -> bool {
        let chain = links.at(place).chain;
        let watched = rights.is_within(links, chain) || self.pasts.watches(chain);
        if !watched || !self.own.has_room(rights.may_edit.len()) || links.twins_of(place).len() > 1 {
            return false;
        }
        self.pasts.push(links, rights, place);
        self.push();
        self.losing.push(false);
        let Noted { about_forks, kept } = self.note(links, rights, place);
        let forked = about_forks.into_iter().filter(|place| links.forked_chains().contains(&links.at(*place).chain));
        for place in forked {
            let twins = links.twins_of(place);
            let stays = || self.winner(links, rights, twins).is_some_and(|winner| !self.losing[winner]);
            if twins.len() > 1 && !stays() {
                return false;
            }
        }
        self.turned.clear();
        self.weigh(links, rights, place, kept);
        true
    }

    pub(super) fn counts(&self, place: usize) -> bool {
        self.counts[place]
    }

    /// What may be different since the last edit was taken in, itself included.
    pub(super) fn turned(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.turned)
    }

    /// Whether something may count because of this edit: it is under a Keep, it stands in its author's own right, or it
    /// supports a side of a fork.
    pub(super) fn matters(&self, links: &Links, rights: &Rights, place: usize) -> bool {
        let own = rights.chains[links.at(place).chain].is_some_and(|right| right.own == Own::Yes);
        self.under_keep.has(place) || self.sound[place] && own || self.supports(links, rights, place).is_some()
    }

    /// Who supports by this edit whatever it builds on. An edit with a side of its own author's fork in its past supports
    /// nothing: of such sides not all are passed on, and what decides must be held by everyone.
    fn supports(&self, links: &Links, rights: &Rights, place: usize) -> Option<usize> {
        let right = rights.chains[links.at(place).chain]?;
        let may = self.is_well(place) && rights.may_edit[right.person] && !self.sides.has(place, right.person);
        may.then_some(right.person)
    }

    fn is_well(&self, place: usize) -> bool {
        self.pasts.form(place) == Form::Well
    }

    /// Why an edit does not count; `None`: it does.
    pub(super) fn why(&self, links: &Links, rights: &Rights, place: usize) -> Option<Held> {
        if self.counts[place] {
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
            (Form::Well, _) if !self.sound[place] => Why::BuildsOn,
            (Form::Well, Some(Own::Yes)) => Why::BuildsOn,
            (Form::Well, Some(Own::No(why))) => why,
        };
        Some(Held { by, why })
    }

    fn push(&mut self) {
        self.support.push();
        self.sides.push();
        self.own.push();
        self.under_keep.push();
        self.under_owner.push();
        self.sound.push(false);
        self.counts.push(false);
        self.onto.push(Vec::new());
    }

    /// Notes what an edit says about forks and Keeps.
    fn note(&mut self, links: &Links, rights: &Rights, place: usize) -> Noted {
        let mut noted = Noted::default();
        let link = links.at(place);
        for after in &link.after {
            self.onto[*after].push(u32::try_from(place).expect("a document has fewer than 2^32 edits"));
        }
        self.sides.join(place, &link.after);
        if let Some(right) = rights.chains[link.chain].filter(|_| links.twins_of(place).len() > 1) {
            self.sides.add(place, right.person);
        }
        if let Some(person) = self.supports(links, rights, place) {
            self.support.wrote(links, place, person, |at| noted.about_forks.push(at));
        }
        if rights.kept_by_owners.contains(&link.hash) {
            self.under_owner.head(links, place, |at| noted.about_forks.push(at));
        }
        if rights.kept.contains(&link.hash) {
            self.under_keep.head(links, place, |at| noted.kept.push(at));
        }
        noted
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

    /// Weighs one edit, everything it builds on being weighed, and again whatever it keeps and what a Keep keeps by it.
    fn weigh(&mut self, links: &Links, rights: &Rights, place: usize, kept: Vec<usize>) {
        let link = links.at(place);
        let right = rights.chains[link.chain];
        self.sound[place] = right.is_some()
            && self.is_well(place)
            && !self.losing[place]
            && !rights.barred.contains(&link.hash)
            && link.after.iter().all(|after| self.sound[*after]);
        let mut again = kept;
        again.push(place);
        if let Some(right) = right.filter(|right| self.sound[place] && right.own == Own::Yes) {
            self.own.wrote(links, place, right.person, |at| again.push(at));
        }
        // The earlier first, so that what rests on another of them finds it decided.
        again.sort_unstable();
        let mut walk: Vec<usize> = again.into_iter().rev().collect();
        while let Some(at) = walk.pop() {
            if self.counts[at] {
                continue;
            }
            self.turned.push(at);
            if self.may_count(links, rights, at) {
                self.counts[at] = true;
                walk.extend(self.onto[at].iter().rev().map(|onto| *onto as usize));
            }
        }
    }

    fn may_count(&self, links: &Links, rights: &Rights, place: usize) -> bool {
        let link = links.at(place);
        let Some(right) = rights.chains[link.chain].filter(|_| self.sound[place]) else { return false };
        let kept = || self.under_keep.has(place) || self.own.others(place, right.person) > 0;
        (right.own == Own::Yes || kept()) && link.after.iter().all(|after| self.counts[*after])
    }
}
