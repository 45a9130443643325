use proptest::prelude::*;

use super::*;
use crate::{
    checks::made_up::{action, any_action, day, id, member},
    views::Goal,
};

fn goal(number: u8, status: Option<GoalStatus>) -> Goal {
    Goal {
        id: id(number),
        words: String::new(),
        status,
        importance: None,
        whose: None,
        now: None,
        scores: Vec::new(),
        ratings: Vec::new(),
    }
}

#[test]
fn a_wish_stands_where_the_one_whose_wish_it_is_says() {
    let score = |who, score| Score { who: member(who), on: None, score, words: String::new() };
    let swim = Goal { whose: Some(member(1)), now: Some(0), ..goal(1, None) };
    assert_eq!(stands(&swim), Some(0), "nobody scored it");
    let swim = Goal { scores: vec![score(2, 2)], ..swim };
    assert_eq!(stands(&swim), Some(0), "another's score does not move it");
    let swim = Goal { scores: vec![score(1, -1), score(2, 2)], ..swim };
    assert_eq!(stands(&swim), Some(-1));
}

#[test]
fn only_what_is_wanted_now_asks_for_somebody_to_do_something() {
    let goals = [goal(1, Some(GoalStatus::NotYet)), goal(2, Some(GoalStatus::Hope)), goal(3, None)];
    let mut ring = action(9);
    ring.helps.insert(id(3));
    assert_eq!(without_actions(&goals, &[ring.clone()]), [id(1)]);
    ring.status = Some(ActionStatus::SaidNo);
    assert_eq!(without_actions(&goals, &[ring]), [id(1), id(3)]);
}

#[test]
fn scores_stand_side_by_side_and_of_each_person_the_last() {
    let mut swim = goal(1, None);
    let score = |who, on: &str, score| Score { who: member(who), on: Some(day(on)), score, words: String::new() };
    swim.scores = vec![
        score(1, "2026-11-01", -1),
        score(2, "2026-09-01", -2),
        score(3, "2026-11-01", 0),
        score(2, "2026-11-01", -1),
        score(3, "2026-09-01", 2),
    ];
    let last = last_scores(&swim);
    assert_eq!(last, [(member(1), -1), (member(2), -1), (member(3), 0)].into());
    let scores: Vec<i64> = last.into_values().collect();
    assert!(worth_talking_about(&scores, OfTen::Levels));
    assert!(!worth_talking_about(&[-1, -1], OfTen::Levels));
    assert!(!worth_talking_about(&[4, 7], OfTen::Ten));
    assert!(worth_talking_about(&[4, 8], OfTen::Ten));
    assert!(!worth_talking_about(&[], OfTen::Ten));
}

#[test]
fn the_t_score_is_the_one_of_the_books() {
    assert_eq!(t_score(&[(1, 1), (1, 1), (1, 0)]), Some(5_913));
    assert_eq!(t_score(&[(1, 0), (1, 1), (1, -1)]), Some(5_000));
    assert_eq!(t_score(&[(9, 0), (6, -1), (4, 1)]), Some(4_859));
    assert_eq!(t_score(&[]), None);
    assert_eq!(t_score(&[(0, 2)]), None);
}

proptest! {
    #[test]
    fn as_hoped_is_fifty_and_better_is_never_less(
        scores in prop::collection::vec((1_u32..100, -2_i64..=2), 1..12), which: prop::sample::Index,
    ) {
        let level: Vec<_> = scores.iter().map(|(weight, _)| (*weight, 0)).collect();
        prop_assert_eq!(t_score(&level), Some(5_000));
        let mut better = scores.clone();
        let at = which.index(better.len());
        better[at].1 = (better[at].1 + 1).min(2);
        prop_assert!(t_score(&better) >= t_score(&scores));
        let mirrored: Vec<_> = scores.iter().map(|(weight, score)| (*weight, -score)).collect();
        let sum = t_score(&scores).unwrap() + t_score(&mirrored).unwrap();
        prop_assert!((sum - 10_000).abs() <= 1);
    }

    #[test]
    fn each_wish_without_an_action_is_named_once_and_only_those(one in any_action(1, 2), two in any_action(2, 2)) {
        let goals: Vec<Goal> = (100..103).map(|number| goal(number, Some(GoalStatus::Active))).collect();
        let actions = [one, two];
        let missing = without_actions(&goals, &actions);
        for goal in &goals {
            let live = actions.iter().any(|action| {
                action.helps.contains(&goal.id)
                    && !matches!(action.stands(), Some(ActionStatus::Done | ActionStatus::NotDone | ActionStatus::SaidNo))
            });
            prop_assert_eq!(missing.iter().filter(|missing| **missing == goal.id).count(), usize::from(!live));
        }
    }
}
