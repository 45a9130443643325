//! Promises: kept, changed, not kept. To be counted aloud at a review, not held against anybody.

use seal::ItemId;

use super::needs::due;
use crate::{
    date::Date,
    views::{Action, ActionStatus, Told},
};

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Done by the day it was promised for, or no day is known.
    Kept,
    /// Done, so many days after.
    KeptLate(i64),
    /// Moved to a later day, which has not passed.
    Changed,
    /// Not done, and its day has passed or its maker says so.
    NotKept,
    /// Its day is still to come, or it has none.
    Open,
}

/// How many of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Kept, late or not.
    pub kept: usize,
    /// Changed.
    pub changed: usize,
    /// Not kept.
    pub not_kept: usize,
    /// Still to come.
    pub open: usize,
}

/// What became of an action that somebody promised; none if nobody did.
pub fn promise(action: &Action, today: Date) -> Option<Promise> {
    let accepted = action.acceptances.iter().any(|acceptance| acceptance.is_yes());
    if !accepted && action.promised.is_none() {
        return None;
    }
    let last = action.tellings.last().map(|telling| telling.told);
    let due = due(action);
    if last == Some(Told::Done) || (last.is_none() && action.status == Some(ActionStatus::Done)) {
        let told_on = action.tellings.last().and_then(|telling| telling.on);
        return Some(match (action.done.or(told_on), due) {
            (Some(done), Some(due)) if done > due => Promise::KeptLate(done.days() - due.days()),
            (_, _) => Promise::Kept,
        });
    }
    let gave_up = last == Some(Told::NotDone)
        || (last.is_none() && matches!(action.status, Some(ActionStatus::NotDone | ActionStatus::SaidNo)));
    if gave_up || due.is_some_and(|due| due < today) {
        return Some(Promise::NotKept);
    }
    let moved =
        last == Some(Told::Changed) || action.changed_to.is_some() || action.status == Some(ActionStatus::Changed);
    Some(if moved { Promise::Changed } else { Promise::Open })
}

/// All promises, each with its action.
pub fn promises(actions: &[Action], today: Date) -> Vec<(ItemId, Promise)> {
    actions.iter().filter_map(|action| Some((action.id, promise(action, today)?))).collect()
}

/// The promises that matter when people meet again: those whose day, or whose last word, is after the day they last met, and
/// those that have no day. Without a day they last met: all.
pub fn since(actions: &[Action], met: Option<Date>, today: Date) -> Vec<(ItemId, Promise)> {
    let last = |action: &Action| {
        let told = action.tellings.iter().filter_map(|telling| telling.on);
        told.chain(due(action)).chain(action.done).max()
    };
    let lately = |action: &&Action| met.is_none_or(|met| last(action).is_none_or(|last| last > met));
    let promises = actions.iter().filter(lately);
    promises.filter_map(|action| Some((action.id, promise(action, today)?))).collect()
}

/// How many of each.
pub fn tally(promises: &[(ItemId, Promise)]) -> Tally {
    let mut tally = Tally::default();
    for (_, promise) in promises {
        *match promise {
            Promise::Kept | Promise::KeptLate(_) => &mut tally.kept,
            Promise::Changed => &mut tally.changed,
            Promise::NotKept => &mut tally.not_kept,
            Promise::Open => &mut tally.open,
        } += 1;
    }
    tally
}

#[cfg(test)]
mod tests;
