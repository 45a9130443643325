//! Needs that nobody has yet, and those that may soon be nobody's: they fall between stools unless somebody looks.

use std::collections::BTreeSet;

use seal::ItemId;

use crate::{
    date::Date,
    value::Someone,
    views::{Action, ActionStatus, Answered, Need, NeedStatus, Support},
};

/// From when on something is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Days an agency may take to answer.
    pub answer_days: i64,
    /// Days a need may be nobody's before people are called together over it.
    pub nobodys_days: i64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        // Four weeks: long enough for everyone who was asked to have answered, and to have been asked again.
        Thresholds { answer_days: 14, nobodys_days: 28 }
    }
}

/// Who holds a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Somebody does, or it is not open any more.
    Held,
    /// Nobody, for this reason.
    Nobodys(Nobodys),
    /// Somebody does, but it hangs by a thread.
    AtRisk(AtRisk),
}

/// Why a need is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nobodys {
    /// No owner who said yes, no action somebody accepted, no help that has started.
    NobodyHasIt,
    /// Every agency that was asked said it is not theirs.
    EveryoneSaidNotOurs,
}

/// Why a need is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtRisk {
    /// Agencies were asked, all of them are still to answer, and one should have by now.
    OnlyWaiting,
    /// The one action somebody accepted for it is late.
    OneActionAndLate(ItemId),
}

/// Looks at one need. `gone` are persons who left or were removed: what they had in hand is in nobody's.
pub fn held(
    need: &Need,
    actions: &[Action],
    supports: &[Support],
    gone: &BTreeSet<Someone>,
    today: Date,
    thresholds: Thresholds,
) -> Held {
    if !matches!(need.status, None | Some(NeedStatus::Open)) {
        return Held::Held;
    }
    let said: Vec<Option<Answered>> = need.answers.iter().map(|answer| answer.answer).collect();
    if !said.is_empty() && said.iter().all(|answer| *answer == Some(Answered::NotOurs)) {
        return Held::Nobodys(Nobodys::EveryoneSaidNotOurs);
    }
    let owned = need.held.iter().any(|held| held.yes && !gone.contains(&held.who)) || is_owned_by_word(need, gone);
    let accepted: Vec<&Action> =
        actions.iter().filter(|action| action.helps.contains(&need.id) && is_accepted(action, gone)).collect();
    let supported = supports.iter().any(|support| {
        let ended = support.end.is_some_and(|end| end < today);
        let left = support.who.as_ref().is_some_and(|who| gone.contains(who));
        support.helps.contains(&need.id) && support.started && !ended && !left
    });
    if !owned && accepted.is_empty() && !supported {
        return Held::Nobodys(Nobodys::NobodyHasIt);
    }
    if let [only] = accepted[..]
        && due(only).is_some_and(|due| due < today)
    {
        return Held::AtRisk(AtRisk::OneActionAndLate(only.id));
    }
    let waits_long = |on: Option<Date>| on.is_some_and(|on| today.days() - on.days() > thresholds.answer_days);
    let only_waiting = !said.is_empty() && said.iter().all(|answer| *answer == Some(Answered::Waiting));
    if only_waiting && need.answers.iter().any(|answer| waits_long(answer.on)) {
        return Held::AtRisk(AtRisk::OnlyWaiting);
    }
    Held::Held
}

/// How many days ago a need was written down that nobody has, if that is longer than it should be.
pub fn too_long(need: &Need, held: &Held, today: Date, thresholds: Thresholds) -> Option<i64> {
    let Held::Nobodys(_) = held else { return None };
    let days = today.days() - need.since?.days();
    (days > thresholds.nobodys_days).then_some(days)
}

// Somebody who has no voice here is an owner by what was written down; somebody of the circle only by their own yes.
fn is_owned_by_word(need: &Need, gone: &BTreeSet<Someone>) -> bool {
    matches!(&need.owner, Some(owner @ Someone::Named(_)) if !gone.contains(owner))
}

/// Whether somebody who is to do it said yes, is still here, and it is not over.
pub fn is_accepted(action: &Action, gone: &BTreeSet<Someone>) -> bool {
    let over = match action.stands() {
        Some(ActionStatus::Done | ActionStatus::NotDone | ActionStatus::SaidNo) => true,
        None
        | Some(
            ActionStatus::Idea
            | ActionStatus::Asked
            | ActionStatus::Agreed
            | ActionStatus::Doing
            | ActionStatus::Changed,
        ) => false,
    };
    let by = |acceptance: &crate::views::Acceptance| {
        acceptance.is_yes() && action.who.contains(&acceptance.who) && !gone.contains(&acceptance.who)
    };
    !over && action.acceptances.iter().any(by)
}

/// When an action is due: what it was changed to, else what it was promised for, else by when it should be.
pub fn due(action: &Action) -> Option<Date> {
    let told = action.tellings.iter().rev().find_map(|telling| telling.changed_to);
    let promised = action.acceptances.iter().filter(|acceptance| acceptance.is_yes()).find_map(|yes| yes.promised);
    told.or(action.changed_to).or(promised).or(action.promised).or(action.when)
}

#[cfg(test)]
mod tests;
