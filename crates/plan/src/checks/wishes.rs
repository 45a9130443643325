//! Wishes nobody does anything about, and where people see a wish differently.

use std::collections::BTreeMap;

use seal::ItemId;

use crate::{
    value::Someone,
    views::{Action, ActionStatus, Goal, GoalStatus, Score},
};

/// Wishes that are on the way or not yet, and for which nobody is doing or going to do anything.
pub fn without_actions(goals: &[Goal], actions: &[Action]) -> Vec<ItemId> {
    let live = |action: &&Action| match action.stands() {
        Some(ActionStatus::NotDone | ActionStatus::SaidNo | ActionStatus::Done) => false,
        None
        | Some(
            ActionStatus::Idea
            | ActionStatus::Asked
            | ActionStatus::Agreed
            | ActionStatus::Doing
            | ActionStatus::Changed,
        ) => true,
    };
    let wanted = |goal: &&Goal| match goal.status {
        None | Some(GoalStatus::Active | GoalStatus::NotYet) => true,
        // A hope is not hurried, and what is waiting, reached or let go needs nothing.
        Some(
            GoalStatus::Hope | GoalStatus::OnHold | GoalStatus::Reached | GoalStatus::KeepingItUp | GoalStatus::LetGo,
        ) => false,
    };
    let helped = |goal: &Goal| actions.iter().filter(live).any(|action| action.helps.contains(&goal.id));
    goals.iter().filter(wanted).filter(|goal| !helped(goal)).map(|goal| goal.id).collect()
}

/// Everybody's last score of a wish, side by side.
pub fn last_scores(goal: &Goal) -> BTreeMap<Someone, i64> {
    last(&goal.scores).into_iter().map(|(who, score)| (who, score.score)).collect()
}

/// Everybody's last word among these.
pub fn last(scores: &[Score]) -> BTreeMap<Someone, &Score> {
    let mut last: BTreeMap<Someone, &Score> = BTreeMap::new();
    for score in scores {
        let held = last.entry(score.who.clone()).or_insert(score);
        // Of two on one day, or of two without a day, the one written down later.
        if score.on >= held.on {
            *held = score;
        }
    }
    last
}

/// Where a wish stands: as the one whose wish it is says, else as the circle wrote it down.
pub fn stands(goal: &Goal) -> Option<i64> {
    let own = goal.whose.as_ref().and_then(|whose| last(&goal.scores).get(whose).map(|score| score.score));
    own.or(goal.now)
}

/// How far answers may lie apart before they are worth talking about: on five levels one step, of ten three.
pub const LEVELS_APART: i64 = 1;
/// The same of ten.
pub const OF_TEN_APART: i64 = 3;

/// Whether answers lie so far apart that they are worth talking about. For five levels a step is enough, of ten it takes
/// more than three.
pub fn worth_talking_about(answers: &[i64], of_ten: OfTen) -> bool {
    let (Some(least), Some(most)) = (answers.iter().min(), answers.iter().max()) else { return false };
    match of_ten {
        OfTen::Levels => most - least >= LEVELS_APART,
        OfTen::Ten => most - least > OF_TEN_APART,
    }
}

/// Which scale answers are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfTen {
    /// Five levels, -2 to 2.
    Levels,
    /// Nought to ten.
    Ten,
}

/// The T-score of goal attainment scaling in hundredths, from each wish's weight and score (-2 to 2): 50.00 is "as hoped". None
/// without a weight above nought. Shown only on request; the levels' own words come first.
///
/// `50 + 10 Σ(w x) / √(0.7 Σ w² + 0.3 (Σ w)²)`, Kiresuk and Sherman 1968.
pub fn t_score(weighted: &[(u32, i64)]) -> Option<i64> {
    let sum: f64 = weighted.iter().map(|(weight, _)| f64::from(*weight)).sum();
    let squares: f64 = weighted.iter().map(|(weight, _)| f64::from(*weight).powi(2)).sum();
    let reached: f64 = weighted.iter().map(|(weight, score)| f64::from(*weight) * (*score).clamp(-2, 2) as f64).sum();
    let spread = (0.7 * squares + 0.3 * sum * sum).sqrt();
    (spread > 0.0).then(|| (100.0 * (50.0 + 10.0 * reached / spread)).round() as i64)
}

#[cfg(test)]
mod tests;
