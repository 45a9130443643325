//! Who may do what with a document, by ownership and by what was shared.
//!
//! What nobody has answered with a later statement about the same people decides, and of those that have not seen each other
//! the one that gives least: two owners who decide apart never open together what one of them wanted closed. A person's own
//! Share goes before the one for everyone; an Unshare leaves them with what everyone has.

use std::collections::BTreeMap;

use seal::PersonId;

use super::{Place, Sheet};
use crate::{
    body::{Access, Act, Who},
    circle::Circle,
    dag::Past,
};

/// What was said about the same people, in the order of the graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    all: Vec<(Place, Gives)>,
    /// Those that nobody has answered.
    latest: Vec<(Place, Gives)>,
}

/// What a statement leaves somebody with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// So much: a Share, or with nothing a Refuse.
    Access(Access),
    /// What they would have without it: an Unshare.
    Rest,
}

impl Sheet {
    /// Whether this person decides over the document.
    pub(crate) fn is_owner(&self, person: PersonId, circle: &Circle) -> bool {
        match self.about.owner {
            Some(owner) => owner == person && circle.person(person).is_some(),
            None => circle.person(person).is_some_and(|person| person.standing.owns_the_plan()),
        }
    }

    /// What a person may do here. `otherwise`: what whoever nothing was said about may do, nothing but for a voice.
    ///
    /// Its owners may always edit, whoever opened it and whatever became of them. A voice is only ever written by whose voice
    /// it is.
    pub(crate) fn access(&self, person: PersonId, circle: &Circle, otherwise: Access) -> Access {
        if circle.person(person).is_none() {
            return Access::Nothing;
        }
        if self.is_owner(person, circle) {
            return Access::Edit;
        }
        if !self.said[0].in_effect {
            return Access::Nothing;
        }
        let least = |who: Who, rest: Access| self.shares.get(&who).map_or(rest, |shares| shares.least(rest));
        let shared = least(Who::Person(person), least(Who::Everyone, otherwise));
        let most = if self.about.voice_of.is_some() { Access::View } else { Access::Edit };
        shared.min(most)
    }

    /// Whether a person may ever have edited, by ownership or by a Share, in effect or not: what they wrote then may count by
    /// whoever built on it, however long it is.
    pub(crate) fn was_given_edit(&self, person: PersonId, circle: &Circle) -> bool {
        let owned = match self.about.owner {
            Some(owner) => owner == person,
            None => circle.ever_owned_the_plan(person),
        };
        let gave = |(who, _, gives)| {
            gives == Gives::Access(Access::Edit) && (who == Who::Everyone || who == Who::Person(person))
        };
        owned || (0..self.dag.len()).filter_map(|place| self.said_of(place)).any(gave)
    }

    /// Whether something takes Edit away from a person, or would have, that `opened` has not seen.
    ///
    /// What is said about everyone is nothing to whoever had a Share of their own when it was said: to be let read first and
    /// write later takes nothing away either.
    pub(super) fn is_lowered(&self, person: PersonId, opened: Option<Place>) -> bool {
        let saw = |later: Option<Place>, earlier: Place| later.is_some_and(|later| self.dag.saw(later, earlier));
        let took = |lowering: Place| {
            !saw(opened, lowering) && self.given_edit(person).any(|given| !self.dag.saw(given, lowering))
        };
        let own = self.shares.get(&Who::Person(person));
        if own.is_some_and(|own| own.lowerings().any(took)) {
            return true;
        }
        let by_own = |lowering: Place| own.is_some_and(|own| own.without(lowering, self).governs());
        let everyone = self.shares.get(&Who::Everyone);
        everyone.is_some_and(|everyone| everyone.lowerings().any(|lowering| took(lowering) && !by_own(lowering)))
    }

    /// Whether somebody had given a person Edit and nobody had answered it, as far as this past knows: of what disagrees one
    /// for Edit is enough.
    pub(super) fn was_shared_edit(&self, person: PersonId, under: &Past) -> bool {
        let latest = |who: Who| {
            let about = (0..self.dag.len()).filter(|place| under.has(*place)).filter_map(|place| self.said_of(place));
            let mut shares = Shares::default();
            about.filter(|(of, ..)| *of == who).for_each(|(_, place, gives)| shares.push(place, gives, self));
            shares.latest.iter().map(|(_, gives)| *gives).collect::<Vec<Gives>>()
        };
        let own = latest(Who::Person(person));
        let edit = |latest: &[Gives]| latest.contains(&Gives::Access(Access::Edit));
        let rest = own.is_empty() || own.contains(&Gives::Rest);
        self.about.voice_of.is_none() && (edit(&own) || rest && edit(&latest(Who::Everyone)))
    }

    /// What takes reading away, as far as in effect.
    pub(super) fn closings(&self) -> impl Iterator<Item = Place> {
        self.acts_in_effect().filter(|(_, act)| matches!(act, Act::Unshare(_) | Act::Refuse(_))).map(|(place, _)| place)
    }

    /// What takes Edit away from somebody who had it, as far as in effect.
    pub(super) fn lowerings(&self) -> impl Iterator<Item = Place> {
        let given = |who: Who, lowering: Place| {
            let of =
                self.shares.iter().filter(move |(of, _)| **of == who || who == Who::Everyone || **of == Who::Everyone);
            of.flat_map(|(_, shares)| shares.giving_edit()).any(|given| !self.dag.saw(given, lowering))
        };
        let all = self.shares.iter().flat_map(|(who, shares)| shares.lowerings().map(|place| (*who, place)));
        all.filter(move |(who, place)| given(*who, *place)).map(|(_, place)| place)
    }

    /// Files what is in effect.
    pub(super) fn count_shares(&mut self) {
        let mut shares: BTreeMap<Who, Shares> = BTreeMap::new();
        let in_effect = (0..self.said.len()).filter(|place| self.said[*place].in_effect);
        for (who, place, gives) in in_effect.filter_map(|place| self.said_of(place)) {
            shares.entry(who).or_default().push(place, gives, self);
        }
        self.shares = shares;
    }

    fn said_of(&self, place: Place) -> Option<(Who, Place, Gives)> {
        let (who, gives) = match self.dag.at(place).act() {
            Act::Share(share) => (share.who, Gives::Access(share.access)),
            Act::Refuse(refuse) => (refuse.who, Gives::Access(Access::Nothing)),
            Act::Unshare(unshare) => (unshare.who, Gives::Rest),
            Act::Found(_)
            | Act::Invite(_)
            | Act::Join(_)
            | Act::Confirm(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::NewDocument(_)
            | Act::Renew(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_)
            | Act::Unknown { .. } => return None,
        };
        Some((who, place, gives))
    }

    fn given_edit(&self, person: PersonId) -> impl Iterator<Item = Place> {
        let shares = [Who::Person(person), Who::Everyone].map(|who| self.shares.get(&who));
        shares.into_iter().flatten().flat_map(Shares::giving_edit)
    }
}

impl Shares {
    /// One more, after what it has seen.
    fn push(&mut self, place: Place, gives: Gives, sheet: &Sheet) {
        self.latest.retain(|(older, _)| !sheet.dag.saw(place, *older));
        self.latest.push((place, gives));
        self.all.push((place, gives));
    }

    /// The least of what those give that nobody has answered. `rest`: what is left after an Unshare.
    fn least(&self, rest: Access) -> Access {
        let access = |(_, gives): &(Place, Gives)| match gives {
            Gives::Access(access) => *access,
            Gives::Rest => rest,
        };
        self.latest.iter().map(access).min().unwrap_or(rest)
    }

    /// Whether they decide, and not what everyone has.
    fn governs(&self) -> bool {
        self.latest.iter().any(|(_, gives)| *gives != Gives::Rest)
    }

    /// What there would be without whatever had seen this.
    fn without(&self, seen: Place, sheet: &Sheet) -> Shares {
        let mut before = Shares::default();
        let unseen = self.all.iter().filter(|(place, _)| !sheet.dag.saw(*place, seen));
        unseen.for_each(|(place, gives)| before.push(*place, *gives, sheet));
        before
    }

    fn giving_edit(&self) -> impl Iterator<Item = Place> {
        self.all.iter().filter(|(_, gives)| *gives == Gives::Access(Access::Edit)).map(|(place, _)| *place)
    }

    fn lowerings(&self) -> impl Iterator<Item = Place> {
        self.all.iter().filter(|(_, gives)| *gives != Gives::Access(Access::Edit)).map(|(place, _)| *place)
    }
}
