use proptest::prelude::*;

use super::*;
use crate::{
    checks::made_up::{
        accepted, action, answer, any_action, any_day, any_need, any_support, anyone, day, id, member, named, need,
    },
    views,
};

fn look(need: &Need, actions: &[Action], today: &str) -> Held {
    held(need, actions, &[], &BTreeSet::new(), day(today), Thresholds::default())
}

#[test]
fn aminas_bus_is_nobodys_until_ben_says_yes_to_travel_training() {
    let mut bus = need(100);
    bus.answers = vec![
        answer("Transport", "2026-10-20", Answered::NotOurs),
        answer("Adult care", "2026-11-15", Answered::Waiting),
        answer("Studio Nine", "2026-10-22", Answered::NotOurs),
    ];
    let mut travel = action(1);
    travel.helps.insert(bus.id);
    assert_eq!(look(&bus, &[travel.clone()], "2026-11-19"), Held::Nobodys(Nobodys::NobodyHasIt));
    travel.who.insert(member(2));
    assert_eq!(look(&bus, &[travel.clone()], "2026-11-19"), Held::Nobodys(Nobodys::NobodyHasIt));
    assert_eq!(look(&bus, &[accepted(travel, member(2))], "2026-11-20"), Held::Held);
}

#[test]
fn what_everyone_calls_not_theirs_is_nobodys_whoever_lends_a_hand() {
    let mut detox = need(100);
    detox.answers =
        vec![answer("Housing", "2026-10-01", Answered::NotOurs), answer("NHS", "2026-10-02", Answered::NotOurs)];
    let mut lift = accepted(action(1), named("Kim"));
    lift.helps.insert(detox.id);
    assert_eq!(look(&detox, &[lift.clone()], "2026-11-01"), Held::Nobodys(Nobodys::EveryoneSaidNotOurs));
    detox.status = Some(NeedStatus::BeingMet);
    assert_eq!(look(&detox, &[lift], "2026-11-01"), Held::Held);
}

#[test]
fn a_need_hangs_by_a_thread_when_its_one_action_is_late_or_nobody_answers() {
    let mut mould = need(100);
    let mut inspect = accepted(action(1), named("L. Reid"));
    inspect.helps.insert(mould.id);
    inspect.when = Some(day("2026-12-05"));
    assert_eq!(look(&mould, &[inspect.clone()], "2026-12-05"), Held::Held);
    assert_eq!(look(&mould, &[inspect.clone()], "2026-12-06"), Held::AtRisk(AtRisk::OneActionAndLate(inspect.id)));
    inspect.changed_to = Some(day("2026-12-19"));
    assert_eq!(look(&mould, &[inspect.clone()], "2026-12-06"), Held::Held);
    mould.answers = vec![answer("Landlord", "2026-11-20", Answered::Waiting)];
    assert_eq!(look(&mould, &[inspect.clone()], "2026-12-04"), Held::Held);
    assert_eq!(look(&mould, &[inspect], "2026-12-05"), Held::AtRisk(AtRisk::OnlyWaiting));
}

#[test]
fn an_owner_of_the_circle_owns_by_their_own_word_and_somebody_outside_by_what_was_written() {
    let mut tired = need(100);
    tired.owner = Some(member(1));
    assert_eq!(look(&tired, &[], "2026-12-05"), Held::Nobodys(Nobodys::NobodyHasIt));
    tired.held = vec![views::Held { who: member(1), yes: true }];
    assert_eq!(look(&tired, &[], "2026-12-05"), Held::Held);
    tired.held.clear();
    tired.owner = Some(named("The GP"));
    assert_eq!(look(&tired, &[], "2026-12-05"), Held::Held);
}

#[test]
fn a_need_nobody_has_for_more_than_four_weeks_is_a_reason_to_call_people_together() {
    let mut bus = need(100);
    let nobodys = Held::Nobodys(Nobodys::NobodyHasIt);
    let long = |need: &Need, held: &Held, today| too_long(need, held, day(today), Thresholds::default());
    assert_eq!(long(&bus, &nobodys, "2026-11-22"), None, "nobody knows since when");
    bus.since = Some(day("2026-10-01"));
    assert_eq!(long(&bus, &nobodys, "2026-10-29"), None);
    assert_eq!(long(&bus, &nobodys, "2026-10-30"), Some(29));
    assert_eq!(long(&bus, &Held::Held, "2026-10-30"), None);
}

proptest! {
    #[test]
    fn only_what_is_nobodys_takes_too_long_and_it_never_takes_shorter_on_a_later_day(
        need in any_need(100), one in any_action(1, 3), today in any_day(), later in 0_i64..100,
    ) {
        let look = |today: Date| {
            let held = held(&need, std::slice::from_ref(&one), &[], &BTreeSet::new(), today, Thresholds::default());
            (too_long(&need, &held, today, Thresholds::default()), held)
        };
        let (long, held) = look(today);
        prop_assert!(long.is_none() || matches!(held, Held::Nobodys(_)));
        prop_assert!(long.is_none_or(|days| look(today.plus(later)).0 == Some(days + later)));
    }

    #[test]
    fn who_leaves_never_gives_a_need_a_holder(
        need in any_need(100),
        actions in (any_action(1, 3), any_action(2, 3)),
        support in any_support(9),
        leaver in anyone(),
        today in any_day(),
    ) {
        let actions = [actions.0, actions.1];
        let look = |gone: &BTreeSet<Someone>| {
            held(&need, &actions, std::slice::from_ref(&support), gone, today, Thresholds::default())
        };
        let nobody = |held: &Held| matches!(held, Held::Nobodys(_));
        let before = look(&BTreeSet::new());
        let after = look(&[leaver].into());
        prop_assert!(!nobody(&before) || nobody(&after));
        // And once everybody has left, only what is written closed is not nobody's.
        let all: BTreeSet<Someone> = (0..3).map(member).chain([named("Rosa")]).collect();
        let open = matches!(need.status, None | Some(NeedStatus::Open));
        let helped_by_no_one_in_particular = support.who.is_none();
        prop_assert!(nobody(&look(&all)) == open || helped_by_no_one_in_particular);
    }

    #[test]
    fn a_need_that_is_not_open_is_never_reported(
        mut need in any_need(100), one in any_action(1, 3), status in 1_usize..4, today in any_day(),
    ) {
        need.status = Some(NeedStatus::ALL[status].0);
        prop_assert_eq!(held(&need, &[one], &[], &BTreeSet::new(), today, Thresholds::default()), Held::Held);
    }

    #[test]
    fn one_more_accepted_action_never_makes_it_worse(
        need in any_need(100), one in any_action(1, 3), today in any_day(),
    ) {
        let mut another = accepted(action(2), member(1));
        another.helps.insert(id(100));
        let rank = |held: Held| match held { Held::Nobodys(_) => 2, Held::AtRisk(_) => 1, Held::Held => 0 };
        let look = |actions: &[Action]| {
            rank(held(&need, actions, &[], &BTreeSet::new(), today, Thresholds::default()))
        };
        prop_assert!(look(&[one.clone(), another]) <= look(&[one]));
    }
}
