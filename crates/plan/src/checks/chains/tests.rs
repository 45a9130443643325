use proptest::prelude::*;

use super::*;
use crate::checks::made_up::{accepted, action, any_action, any_day, day, id, member};

fn after(mut action: Action, others: &[u8]) -> Action {
    action.after = others.iter().map(|number| id(*number)).collect();
    action
}

fn look(actions: &[Action]) -> Vec<Waits> {
    waiting(actions, &BTreeSet::new(), day("2026-12-01"))
}

#[test]
fn a_chain_is_followed_to_what_it_really_waits_for() {
    let mut form = action(3);
    let chain = [after(action(1), &[2]), after(action(2), &[3]), form.clone()];
    let found = look(&chain);
    assert_eq!(found.iter().map(|waits| waits.action).collect::<Vec<_>>(), [id(1), id(2)]);
    assert!(found.iter().all(|waits| waits.at_the_end == [End { action: id(3), state: State::NobodyAccepted }]));
    form = accepted(form, member(1));
    let found = look(&[chain[0].clone(), chain[1].clone(), form.clone()]);
    assert!(found.iter().all(|waits| !waits.is_blocked()));
    form.when = Some(day("2026-11-30"));
    assert_eq!(look(&[chain[1].clone(), form.clone()])[0].at_the_end[0].state, State::Late);
    form.status = Some(ActionStatus::SaidNo);
    assert_eq!(look(&[chain[1].clone(), form.clone()])[0].at_the_end[0].state, State::WillNotHappen);
    form.status = Some(ActionStatus::Done);
    assert_eq!(look(&[chain[1].clone(), form]), []);
}

#[test]
fn actions_that_wait_for_each_other_are_a_ring() {
    let found = look(&[after(action(1), &[2]), after(action(2), &[3]), after(action(3), &[2])]);
    assert_eq!(found[0].ring, [id(2), id(3)].into());
    assert!(found.iter().all(Waits::is_blocked));
    assert!(look(&[after(action(4), &[4])])[0].is_blocked());
}

#[test]
fn what_lies_in_a_part_that_is_not_here_is_said_to_be_elsewhere() {
    assert_eq!(look(&[after(action(1), &[77])])[0].at_the_end, [End { action: id(77), state: State::Elsewhere }]);
}

proptest! {
    #[test]
    fn every_action_that_waits_ends_somewhere_or_in_a_ring(
        actions in (0_u8..9).prop_map(|_| ()).prop_flat_map(|()| {
            (any_action(0, 6), any_action(1, 6), any_action(2, 6), any_action(3, 6), any_action(4, 6))
        }),
        today in any_day(),
    ) {
        let actions = [actions.0, actions.1, actions.2, actions.3, actions.4];
        let gone = BTreeSet::new();
        for waits in waiting(&actions, &gone, today) {
            prop_assert!(!waits.at_the_end.is_empty() || !waits.ring.is_empty());
            for end in &waits.at_the_end {
                let found = actions.iter().find(|action| action.id == end.action);
                prop_assert!(found.is_none_or(|found| found.status != Some(ActionStatus::Done)));
                prop_assert_eq!(found.is_none(), end.state == State::Elsewhere);
            }
        }
    }

    #[test]
    fn who_leaves_never_frees_a_chain(
        actions in (any_action(0, 3), any_action(1, 3), any_action(2, 3)), today in any_day(),
    ) {
        let actions = [actions.0, actions.1, actions.2];
        let before = waiting(&actions, &BTreeSet::new(), today);
        let after = waiting(&actions, &[member(1)].into(), today);
        prop_assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(!before.is_blocked() || after.is_blocked());
        }
    }
}
