//! What is here but not placed: statements whose past is not all here, and Joins nobody has confirmed.
//!
//! Both rooms are bounded, and being pushed out only delays: whoever holds the statement sends it again when asked for what
//! is missing, and a newcomer knocks again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use seal::{DeviceId, StatementId};

use crate::{
    body::Act,
    limits::{EARLY, KNOCKS, KNOCKS_AN_INVITE, OUTSIDE},
    statement::Statement,
};

/// Statements that wait for what they name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Early {
    waiting: BTreeMap<StatementId, Statement>,
    came: VecDeque<StatementId>,
    wakes: BTreeMap<StatementId, Vec<StatementId>>,
}

impl Early {
    /// Keeps a statement until `for_this` is here. If the room is full the oldest of a stranger goes, else the oldest.
    pub(crate) fn wait(&mut self, statement: Statement, for_this: StatementId, is_known: impl Fn(DeviceId) -> bool) {
        let id = statement.id();
        if self.waiting.insert(id, statement).is_none() {
            self.came.push_back(id);
        } else {
            // It came before, and may wait for something else by now.
            self.forget_wakes(id);
        }
        self.wakes.entry(for_this).or_default().push(id);
        if self.waiting.len() > EARLY {
            let stranger = |id: &StatementId| self.waiting.get(id).is_some_and(|waits| !is_known(waits.issuer()));
            let out = self.came.iter().position(stranger).unwrap_or(0);
            if let Some(out) = self.came.remove(out) {
                self.forget(out);
            }
        }
    }

    /// Takes out what waited for this.
    pub(crate) fn wake(&mut self, id: StatementId) -> Vec<Statement> {
        let woken = self.wakes.remove(&id).unwrap_or_default();
        let woken: Vec<Statement> = woken.into_iter().filter_map(|id| self.waiting.remove(&id)).collect();
        self.came.retain(|id| self.waiting.contains_key(id));
        woken
    }

    /// What waits.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Statement> {
        self.waiting.values()
    }

    /// One of them.
    pub(crate) fn get(&self, id: StatementId) -> Option<&Statement> {
        self.waiting.get(&id)
    }

    /// Whether a statement waits.
    pub(crate) fn has(&self, id: StatementId) -> bool {
        self.waiting.contains_key(&id)
    }

    fn forget(&mut self, id: StatementId) {
        self.waiting.remove(&id);
        self.forget_wakes(id);
    }

    fn forget_wakes(&mut self, id: StatementId) {
        for woken in self.wakes.values_mut() {
            woken.retain(|other| *other != id);
        }
        self.wakes.retain(|_, woken| !woken.is_empty());
    }
}

/// What somebody said beyond their room, and what they built on that, in the order it came: taken in once somebody else has
/// built on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outside(VecDeque<Statement>);

impl Outside {
    /// Remembers a statement; the oldest makes room.
    pub(crate) fn add(&mut self, statement: Statement) {
        self.0.retain(|other| *other != statement);
        self.0.push_back(statement);
        if self.0.len() > OUTSIDE {
            self.0.pop_front();
        }
    }

    /// Whether one of these is here.
    pub(crate) fn has_any(&self, ids: &[StatementId]) -> bool {
        self.0.iter().any(|statement| ids.contains(&statement.id()))
    }

    /// What of these a statement names.
    pub(crate) fn under(&self, statement: &Statement) -> impl Iterator<Item = &Statement> {
        let body = statement.body();
        let names = |id: &StatementId| body.after.contains(id) || body.circle_after.contains(id);
        self.0.iter().filter(move |other| names(&other.id()))
    }

    /// Takes out what these are and what they build on, in causal order.
    pub(crate) fn take_under(&mut self, ids: &[StatementId]) -> Vec<Statement> {
        let mut wanted: BTreeSet<StatementId> = ids.iter().copied().collect();
        let mut taken = Vec::new();
        for statement in self.0.iter().rev() {
            if wanted.remove(&statement.id()) {
                wanted.extend(&statement.body().after);
                wanted.extend(&statement.body().circle_after);
                taken.push(statement.clone());
            }
        }
        taken.reverse();
        self.0.retain(|statement| !taken.contains(statement));
        taken
    }
}

/// Joins nobody has confirmed, in the order they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Knocks(VecDeque<Statement>);

impl Knocks {
    /// Keeps a Join. An invitation's oldest makes room for its newest; in a crowd, knocks without an invitation go first.
    pub(crate) fn add(&mut self, join: Statement, is_invited: impl Fn(DeviceId) -> bool) {
        let key = key(&join);
        self.0.push_back(join);
        if self.0.iter().filter(|other| self::key(other) == key).count() > KNOCKS_AN_INVITE {
            self.drop_first(|other| self::key(other) == key);
        }
        if self.0.len() > KNOCKS && !self.drop_first(|other| !self::key(other).is_some_and(&is_invited)) {
            self.0.pop_front();
        }
    }

    /// The Join with this id.
    pub(crate) fn get(&self, id: StatementId) -> Option<&Statement> {
        self.0.iter().find(|join| join.id() == id)
    }

    /// The Joins.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Statement> {
        self.0.iter()
    }

    /// Takes a Join out: it was placed.
    pub(crate) fn take(&mut self, id: StatementId) {
        self.0.retain(|join| join.id() != id);
    }

    fn drop_first(&mut self, which: impl Fn(&Statement) -> bool) -> bool {
        let found = self.0.iter().position(which);
        found.and_then(|place| self.0.remove(place)).is_some()
    }
}

fn key(join: &Statement) -> Option<DeviceId> {
    let Act::Join(join) = join.act() else { return None };
    Some(join.invite)
}
