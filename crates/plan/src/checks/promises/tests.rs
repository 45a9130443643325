use proptest::prelude::*;

use super::*;
use crate::{
    checks::made_up::{accepted, action, any_action, any_day, day, member, named},
    views::Telling,
};

#[test]
fn a_promise_is_changed_by_its_maker_kept_late_or_not_at_all() {
    let mut mould = accepted(action(1), named("L. Reid"));
    mould.promised = Some(day("2026-12-05"));
    assert_eq!(promise(&mould, day("2026-12-05")), Some(Promise::Open));
    assert_eq!(promise(&mould, day("2026-12-06")), Some(Promise::NotKept));
    mould.changed_to = Some(day("2026-12-19"));
    assert_eq!(promise(&mould, day("2026-12-06")), Some(Promise::Changed));
    assert_eq!(promise(&mould, day("2026-12-20")), Some(Promise::NotKept));
    mould.status = Some(ActionStatus::Done);
    mould.done = Some(day("2026-12-22"));
    assert_eq!(promise(&mould, day("2027-01-07")), Some(Promise::KeptLate(3)));
    mould.done = Some(day("2026-12-18"));
    assert_eq!(promise(&mould, day("2027-01-07")), Some(Promise::Kept));
}

#[test]
fn what_its_maker_says_of_a_promise_goes_before_what_others_wrote() {
    let mut book = accepted(action(1), member(2));
    book.when = Some(day("2026-12-15"));
    book.status = Some(ActionStatus::Done);
    let said = |told| Telling {
        who: member(2),
        told,
        on: Some(day("2026-12-14")),
        changed_to: None,
        words: "The pool was shut".into(),
    };
    book.tellings = vec![said(Told::NotDone)];
    assert_eq!(promise(&book, day("2026-12-14")), Some(Promise::NotKept));
    book.tellings.push(said(Told::Done));
    assert_eq!(promise(&book, day("2026-12-20")), Some(Promise::Kept));
}

#[test]
fn what_nobody_promised_is_not_held_against_anybody() {
    let mut idea = action(1);
    idea.when = Some(day("2026-01-01"));
    assert_eq!(promise(&idea, day("2026-12-20")), None);
}

#[test]
fn a_meeting_looks_at_promises_since_the_last_one() {
    let promised = |number, on: &str| {
        let mut one = accepted(action(number), member(2));
        one.when = Some(day(on));
        one
    };
    let mut old = promised(1, "2026-08-01");
    old.done = Some(day("2026-08-01"));
    old.status = Some(ActionStatus::Done);
    let all = [old, promised(2, "2026-10-01"), accepted(action(3), member(2)), action(4)];
    let numbers = |met: Option<&str>| -> Vec<_> {
        since(&all, met.map(day), day("2026-11-22")).into_iter().map(|(item, _)| item).collect()
    };
    assert_eq!(numbers(Some("2026-09-01")), [all[1].id, all[2].id]);
    assert_eq!(numbers(None).len(), 3, "all that anybody promised");
}

proptest! {
    #[test]
    fn every_promise_is_counted_once(one in any_action(1, 2), two in any_action(2, 2), today in any_day()) {
        let all = promises(&[one, two], today);
        let Tally { kept, changed, not_kept, open } = tally(&all);
        prop_assert_eq!(kept + changed + not_kept + open, all.len());
    }

    #[test]
    fn a_promise_that_is_not_kept_does_not_mend_by_waiting(one in any_action(1, 2), today in any_day()) {
        if promise(&one, today) == Some(Promise::NotKept) {
            prop_assert_eq!(promise(&one, today.plus(30)), Some(Promise::NotKept));
        }
    }
}

#[test]
fn an_action_stands_as_those_who_are_to_do_it_say() {
    use crate::{checks::made_up::said, views::Answering};
    let mut book = action(1);
    book.who.insert(member(2));
    book.status = Some(ActionStatus::Agreed);
    assert_eq!(book.stands(), Some(ActionStatus::Asked), "nobody agrees for somebody else");
    book.acceptances.push(said(member(3), Answering::Yes, None));
    assert_eq!(book.stands(), Some(ActionStatus::Asked), "and an offer is no yes of theirs");
    book.acceptances.push(said(member(2), Answering::Yes, None));
    assert_eq!(book.stands(), Some(ActionStatus::Agreed));
    book.status = Some(ActionStatus::Doing);
    assert_eq!(book.stands(), Some(ActionStatus::Doing));
    let done = Telling { who: member(3), told: Told::Done, on: None, changed_to: None, words: String::new() };
    book.tellings.push(done.clone());
    assert_eq!(book.stands(), Some(ActionStatus::Doing), "who is not to do it does not say it is done");
    book.tellings.push(Telling { who: member(2), ..done });
    assert_eq!(book.stands(), Some(ActionStatus::Done));

    let mut ring = action(2);
    ring.who = [member(2), member(3)].into();
    ring.acceptances.push(said(member(2), Answering::No, None));
    assert_eq!(ring.stands(), None, "one of two said no");
    ring.acceptances.push(said(member(3), Answering::No, None));
    assert_eq!(ring.stands(), Some(ActionStatus::SaidNo));

    let mut frames = action(3);
    frames.who.insert(named("Rosa"));
    frames.status = Some(ActionStatus::Agreed);
    assert_eq!(frames.stands(), Some(ActionStatus::Agreed), "Rosa has no device to say it with");
}
