//! Actions that wait for others: what each really waits for at the end of its chain, and rings that wait for themselves.

use std::collections::{BTreeMap, BTreeSet};

use seal::ItemId;

use super::needs::{due, is_accepted};
use crate::{
    date::Date,
    value::Someone,
    views::{Action, ActionStatus},
};

/// An action that cannot begin yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// Which.
    pub action: ItemId,
    /// What lies at the end of its chains: not done, and waiting for nothing itself.
    pub at_the_end: Vec<End>,
    /// Actions on the way that wait for each other, so that none of them can begin.
    pub ring: BTreeSet<ItemId>,
}

/// What others wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Which action. It may be in a part this device does not hold.
    pub action: ItemId,
    /// What is known about it.
    pub state: State,
}

/// How what others wait for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Under way.
    Going,
    /// Nobody said yes to it.
    NobodyAccepted,
    /// Its day has passed.
    Late,
    /// It will not be done: those who wait for it are blocked.
    WillNotHappen,
    /// Not at hand here.
    Elsewhere,
}

impl Waits {
    /// Whether it will not begin unless somebody does something.
    pub fn is_blocked(&self) -> bool {
        !self.ring.is_empty() || self.at_the_end.iter().any(|end| end.state != State::Going)
    }
}

/// Every action that is not over and waits for one that is not done.
pub fn waiting(actions: &[Action], gone: &BTreeSet<Someone>, today: Date) -> Vec<Waits> {
    let by_id: BTreeMap<ItemId, &Action> = actions.iter().map(|action| (action.id, action)).collect();
    let waiting = actions.iter().filter(|action| !is_over(action)).filter_map(|action| {
        let mut seen = BTreeSet::new();
        let mut ends = BTreeSet::new();
        let mut ring = BTreeSet::new();
        let mut next: Vec<ItemId> = undone(action, &by_id).collect();
        if next.is_empty() {
            return None;
        }
        while let Some(item) = next.pop() {
            if !seen.insert(item) {
                continue;
            }
            let Some(found) = by_id.get(&item) else {
                ends.insert(item);
                continue;
            };
            let further: Vec<ItemId> = if is_over(found) { Vec::new() } else { undone(found, &by_id).collect() };
            if further.is_empty() {
                ends.insert(item);
            }
            if waits_for_itself(item, &by_id) {
                ring.insert(item);
            }
            next.extend(further);
        }
        let at_the_end = ends.into_iter().map(|item| End { action: item, state: state(by_id.get(&item), gone, today) });
        Some(Waits { action: action.id, at_the_end: at_the_end.collect(), ring })
    });
    waiting.collect()
}

/// What an action waits for that is not done.
fn undone<'a>(action: &'a Action, by_id: &'a BTreeMap<ItemId, &Action>) -> impl Iterator<Item = ItemId> + 'a {
    let is_done = |item: &&ItemId| by_id.get(item).is_some_and(|found| found.stands() == Some(ActionStatus::Done));
    action.after.iter().filter(move |item| !is_done(item)).copied()
}

fn waits_for_itself(item: ItemId, by_id: &BTreeMap<ItemId, &Action>) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![item];
    while let Some(at) = next.pop() {
        let Some(found) = by_id.get(&at).filter(|found| !is_over(found)) else { continue };
        for further in undone(found, by_id) {
            if further == item {
                return true;
            }
            if seen.insert(further) {
                next.push(further);
            }
        }
    }
    false
}

fn is_over(action: &Action) -> bool {
    matches!(action.stands(), Some(ActionStatus::Done | ActionStatus::NotDone | ActionStatus::SaidNo))
}

fn state(action: Option<&&Action>, gone: &BTreeSet<Someone>, today: Date) -> State {
    let Some(action) = action else { return State::Elsewhere };
    if is_over(action) {
        return State::WillNotHappen;
    }
    if !is_accepted(action, gone) {
        return State::NobodyAccepted;
    }
    if due(action).is_some_and(|due| due < today) { State::Late } else { State::Going }
}

#[cfg(test)]
mod tests;
