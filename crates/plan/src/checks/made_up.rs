//! Records for tests: nothing in them but what a story says.

use std::collections::BTreeSet;

use proptest::prelude::*;
use seal::{ItemId, PersonId};

use crate::{
    date::Date,
    value::Someone,
    views::{Acceptance, Action, ActionStatus, Answer, Answered, Answering, Held, Need, NeedStatus, Support},
};

pub(super) fn id(number: u8) -> ItemId {
    ItemId::new([number; 16])
}

pub(super) fn member(number: u8) -> Someone {
    Someone::Member(PersonId::new([number; 32]))
}

pub(super) fn named(name: &str) -> Someone {
    Someone::Named(name.to_owned())
}

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn need(number: u8) -> Need {
    Need {
        id: id(number),
        what: String::new(),
        status: None,
        since: None,
        owner: None,
        answers: Vec::new(),
        held: Vec::new(),
    }
}

/// What somebody said when they were asked.
pub(super) fn said(who: Someone, answer: Answering, promised: Option<Date>) -> Acceptance {
    Acceptance { who, answer, on: None, promised, words: String::new() }
}

pub(super) fn answer(agency: &str, on: &str, answer: Answered) -> Answer {
    Answer { agency: agency.to_owned(), on: Some(day(on)), answer: Some(answer) }
}

pub(super) fn action(number: u8) -> Action {
    Action {
        id: id(number),
        what: String::new(),
        helps: BTreeSet::new(),
        who: BTreeSet::new(),
        with: BTreeSet::new(),
        when: None,
        repeats: String::new(),
        sign: String::new(),
        after: BTreeSet::new(),
        status: None,
        promised: None,
        changed_to: None,
        reason: String::new(),
        done: None,
        acceptances: Vec::new(),
        tellings: Vec::new(),
    }
}

/// The same, with somebody who said yes to it.
pub(super) fn accepted(mut action: Action, who: Someone) -> Action {
    action.who.insert(who.clone());
    action.acceptances.push(said(who, Answering::Yes, None));
    action
}

/// Any day of three years.
pub(super) fn any_day() -> impl Strategy<Value = Date> {
    (20_000_i64..21_000).prop_map(|days| Date::from_days(days).unwrap())
}

/// Any of four persons.
pub(super) fn anyone() -> impl Strategy<Value = Someone> {
    (0_u8..4).prop_map(|number| if number < 3 { member(number) } else { named("Rosa") })
}

/// Any need with this id.
pub(super) fn any_need(number: u8) -> impl Strategy<Value = Need> {
    let status = prop::option::of(prop::sample::select(NeedStatus::ALL).prop_map(|(status, _)| status));
    let said = prop::option::of(prop::sample::select(Answered::ALL).prop_map(|(said, _)| said));
    let one = (prop::option::of(any_day()), said).prop_map(|(on, answer)| Answer { agency: "one".into(), on, answer });
    let held = (anyone(), any::<bool>()).prop_map(|(who, yes)| Held { who, yes });
    let since = prop::option::of(any_day());
    (status, since, prop::option::of(anyone()), prop::collection::vec(one, 0..4), prop::collection::vec(held, 0..3))
        .prop_map(move |(status, since, owner, answers, held)| Need {
            status,
            since,
            owner,
            answers,
            held,
            ..need(number)
        })
}

/// Any action out of so many, which may wait for any other and help any need up to three.
pub(super) fn any_action(number: u8, of: u8) -> impl Strategy<Value = Action> {
    let status = prop::option::of(prop::sample::select(ActionStatus::ALL).prop_map(|(status, _)| status));
    let acceptance = (anyone(), any::<bool>(), prop::option::of(any_day()));
    let dates = (prop::option::of(any_day()), prop::option::of(any_day()), prop::option::of(any_day()));
    (
        status,
        prop::collection::btree_set(anyone(), 0..3),
        prop::collection::vec(acceptance, 0..3),
        prop::collection::btree_set(0..of.max(1), 0..3),
        prop::collection::btree_set(100_u8..103, 0..3),
        dates,
    )
        .prop_map(move |(status, who, acceptances, after, helps, (when, promised, done))| Action {
            status,
            who,
            acceptances: acceptances
                .into_iter()
                .map(|(who, yes, promised)| said(who, if yes { Answering::Yes } else { Answering::No }, promised))
                .collect(),
            after: after.into_iter().map(id).collect(),
            helps: helps.into_iter().map(id).collect(),
            when,
            promised,
            done,
            ..action(number)
        })
}

/// Any support for any need up to three.
pub(super) fn any_support(number: u8) -> impl Strategy<Value = Support> {
    let helps = prop::collection::btree_set(100_u8..103, 0..3);
    (helps, any::<bool>(), prop::option::of(any_day()), prop::option::of(anyone())).prop_map(
        move |(helps, started, end, who)| Support {
            id: id(number),
            helps: helps.into_iter().map(id).collect(),
            started,
            end,
            who,
        },
    )
}
