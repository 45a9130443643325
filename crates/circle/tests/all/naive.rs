//! The circle's rules once more, spelled out with sets and recursion: slow, and written to be compared with the page.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Standing, Statement, Whose};
use seal::{DeviceId, PersonId, StatementId};

/// Every placed statement of a circle's graph.
pub struct Circle<'a> {
    all: BTreeMap<StatementId, &'a Statement>,
}

/// Seniority, as `docs/protocol.md` lists it.
type Rank = (Option<(Standing, usize, usize, StatementId)>, Option<(usize, usize, StatementId)>, usize, StatementId);

impl<'a> Circle<'a> {
    pub fn new(statements: impl IntoIterator<Item = &'a Statement>) -> Circle<'a> {
        Circle { all: statements.into_iter().map(|statement| (statement.id(), statement)).collect() }
    }

    fn past(&self, id: StatementId) -> BTreeSet<StatementId> {
        let mut past = BTreeSet::new();
        let mut next = self.all[&id].body().after.clone();
        while let Some(id) = next.pop() {
            if past.insert(id) {
                next.extend(&self.all[&id].body().after);
            }
        }
        past
    }

    fn path(&self, id: StatementId) -> usize {
        let after = &self.all[&id].body().after;
        after.iter().map(|after| self.path(*after) + 1).max().unwrap_or(0)
    }

    fn grants(&self, id: StatementId) -> Option<(StatementId, StatementId)> {
        self.all[&id].body().grants.map(|grants| (grants.device, grants.standing))
    }

    fn standing(&self, grant: StatementId) -> Standing {
        match self.all[&grant].act() {
            Act::Found(found) if found.whose == Whose::Founder => Standing::Protected,
            Act::Found(_) => Standing::Owner,
            Act::Confirm(confirm) => confirm.standing,
            other => panic!("gives no standing: {other:?}"),
        }
    }

    fn distance(&self, grant: StatementId) -> usize {
        self.grants(grant).map_or(0, |(_, standing)| self.distance(standing) + 1)
    }

    fn links(&self, grant: StatementId) -> usize {
        let linked = matches!(self.all[&grant].act(), Act::LinkDevice(_));
        self.grants(grant).filter(|_| linked).map_or(0, |(device, _)| self.links(device) + 1)
    }

    fn rank(&self, id: StatementId) -> Rank {
        let grants = self.grants(id);
        let standing = grants.map(|(_, at)| (self.standing(at), self.distance(at), self.path(at), at));
        let device = grants.map(|(at, _)| (self.links(at), self.path(at), at));
        (standing, device, self.path(id), id)
    }

    fn chain(&self, id: StatementId) -> BTreeSet<StatementId> {
        let rests = self.grants(id).into_iter().flat_map(|(device, standing)| [device, standing]);
        rests.flat_map(|grant| self.chain(grant)).chain([id]).collect()
    }

    /// The Join a Confirm names, and the key it knocked with.
    fn join(&self, id: StatementId) -> Option<(StatementId, DeviceId)> {
        let Act::Confirm(confirm) = self.all[&id].act() else { return None };
        let Act::Join(join) = self.all[&confirm.join].act() else { panic!("a Confirm names a Join") };
        Some((confirm.join, join.invite))
    }

    fn breaks(&self, taker: StatementId, link: StatementId) -> bool {
        let (Some((one, key)), Some((two, other))) = (self.join(taker), self.join(link)) else { return false };
        let apart = !self.past(taker).contains(&link) && !self.past(link).contains(&taker);
        key == other && one != two && apart
    }

    pub fn in_effect(&self, id: StatementId) -> bool {
        if matches!(self.all[&id].act(), Act::Join(_)) {
            return false;
        }
        let own = self.rank(id);
        let broken = |link: &StatementId| {
            self.all.keys().any(|taker| {
                self.breaks(*taker, *link)
                    && self.rank(*taker) < self.rank(*link)
                    && self.rank(*taker) < own
                    && self.in_effect(*taker)
            })
        };
        !self.chain(id).iter().any(broken)
    }

    /// Who belongs, with the standing of their most senior grant in effect.
    pub fn people(&self) -> BTreeMap<PersonId, Standing> {
        let mut people: BTreeMap<PersonId, (Standing, usize, usize, StatementId)> = BTreeMap::new();
        for id in self.all.keys().filter(|id| self.in_effect(**id)) {
            let person = match self.all[id].act() {
                Act::Found(_) => PersonId::from(*id),
                Act::Confirm(confirm) => PersonId::from(confirm.join),
                Act::Invite(_) | Act::LinkDevice(_) => continue,
                other => panic!("not of a circle: {other:?}"),
            };
            let order = (self.standing(*id), self.distance(*id), self.path(*id), *id);
            let best = people.entry(person).or_insert(order);
            *best = order.min(*best);
        }
        people.into_iter().map(|(person, (standing, ..))| (person, standing)).collect()
    }
}
