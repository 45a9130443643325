use proptest::prelude::*;

use super::*;
use crate::{
    checks::made_up::{anyone, id, member, named},
    views::Invited,
};

#[test]
fn a_part_only_workers_wrote_lacks_the_persons_voice() {
    let written = |part, by: &[Role]| Written { part, by: by.iter().copied().map(Writer::As).collect() };
    let parts = [
        written("needs", &[Role::Worker, Role::Lead]),
        written("goals", &[Role::Worker, Role::Person]),
        written("risks", &[]),
    ];
    assert_eq!(only_by_workers(&parts), ["needs"]);
}

#[test]
fn whoever_began_the_plan_for_somebody_and_wrote_alone_is_no_voice_of_the_person() {
    let written = |part, by: &[Writer]| Written { part, by: by.iter().copied().collect() };
    let parts = [
        written("needs", &[Writer::Founder]),
        written("risks", &[Writer::Founder, Writer::As(Role::Worker)]),
        written("goals", &[Writer::Founder, Writer::As(Role::Person)]),
    ];
    assert_eq!(only_by_workers(&parts), ["needs", "risks"]);
}

#[test]
fn who_came_to_a_meeting_and_is_not_in_its_record_was_not_heard() {
    let invited = |who, attended| Invited { who, attended };
    let meeting = Meeting {
        id: id(1),
        invited: vec![
            invited(member(1), Some(Attended::Here)),
            invited(named("Tyler"), Some(Attended::SentViews)),
            invited(member(2), Some(Attended::LeftEarly)),
            invited(member(3), Some(Attended::Absent)),
            invited(named("Kim"), None),
        ],
        heard: vec![member(2)],
    };
    assert_eq!(silent(&[meeting]), [(id(1), vec![member(1), named("Tyler")])].into());
}

proptest! {
    #[test]
    fn whoever_is_heard_is_not_silent(
        came in prop::collection::vec((anyone(), 0_usize..5), 0..6), heard in prop::collection::vec(anyone(), 0..6),
    ) {
        let invited = came.into_iter().map(|(who, how)| Invited { who, attended: Attended::ALL.get(how).map(|(how, _)| *how) });
        let meeting = Meeting { id: id(1), invited: invited.collect(), heard };
        let found = silent(std::slice::from_ref(&meeting)).remove(&id(1)).unwrap_or_default();
        prop_assert!(found.iter().all(|who| !meeting.heard.contains(who)));
        let came = |who: &Someone| meeting.invited.iter().any(|invited| {
            invited.who == *who && !matches!(invited.attended, None | Some(Attended::Absent))
        });
        prop_assert!(found.iter().all(came));
    }
}
