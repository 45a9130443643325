use proptest::prelude::*;

use super::*;
use crate::{
    checks::made_up::{day, id, member, named},
    views::Agency,
};

fn incident(number: u8, when: &str, severity: i64) -> Incident {
    Incident {
        id: id(number),
        when: Some(format!("{when}+00:00").parse().unwrap()),
        severity: Some(severity),
        owner: None,
        action: None,
        same_as: Vec::new(),
        agencies: Vec::new(),
    }
}

fn aminas() -> Vec<Incident> {
    let mut all = vec![
        incident(1, "2026-10-14T16:40", 2),
        incident(2, "2026-10-21T16:50", 2),
        incident(3, "2026-10-28T16:35", 1),
        incident(4, "2026-11-03T09:15", 2),
        incident(5, "2026-11-06T16:45", 0),
    ];
    all[3].agencies = ["111", "GP practice"].map(|agency| Agency { agency: agency.into(), when: None }).into();
    all
}

fn look(incidents: &[Incident], today: &str) -> Vec<Trigger> {
    triggers(incidents, &BTreeSet::new(), &BTreeSet::new(), day(today), Thresholds::default())
}

#[test]
fn more_than_before_fires_on_the_third_of_november_and_three_in_a_week_stays_quiet() {
    assert_eq!(look(&aminas(), "2026-11-02"), []);
    assert_eq!(look(&aminas(), "2026-11-03"), [Trigger::MoreThanBefore { now: 4, before: 0 }]);
    assert_eq!(look(&aminas(), "2026-11-06"), [Trigger::MoreThanBefore { now: 5, before: 0 }]);
}

#[test]
fn the_worst_of_each_week_is_a_line_with_gaps_where_nothing_was_written() {
    let worst = worst_by_week(&aminas(), day("2026-11-08"), 5);
    assert_eq!(worst.iter().map(|(_, worst)| *worst).collect::<Vec<_>>(), [None, Some(2), Some(2), Some(1), Some(2)]);
    assert_eq!(worst.last().map(|(monday, _)| *monday), Some(day("2026-11-02")));
}

#[test]
fn wednesdays_at_four_stand_out_in_the_grid() {
    let grid = by_day_and_hour(&aminas());
    assert_eq!(grid[2][16], 3);
    assert_eq!(grid.iter().flatten().sum::<usize>(), 5);
}

#[test]
fn what_happened_between_two_meetings_is_counted_from_the_day_after_the_first() {
    assert_eq!(between(&aminas(), Some(day("2026-10-14")), day("2026-11-03")), 3);
    assert_eq!(between(&aminas(), None, day("2026-11-22")), 5);
    assert_eq!(between(&aminas(), Some(day("2026-11-06")), day("2026-11-22")), 0);
}

#[test]
fn weeks_are_counted_with_the_mean_of_four() {
    let weeks = by_week(&aminas(), day("2026-11-08"), 5);
    assert_eq!(weeks.iter().map(|week| week.count).collect::<Vec<_>>(), [0, 1, 1, 1, 2]);
    assert_eq!(weeks[4].monday, day("2026-11-02"));
    assert_eq!(weeks[4].mean.to_string(), "1.25");
}

#[test]
fn three_in_a_week_and_something_serious_are_noticed() {
    let mut week = vec![incident(1, "2026-10-01T10:00", 1), incident(2, "2026-10-03T10:00", 1)];
    assert_eq!(look(&week, "2026-10-07"), []);
    week.push(incident(3, "2026-10-07T10:00", 1));
    assert_eq!(look(&week, "2026-10-07"), [Trigger::ManyInAWeek(3)]);
    assert_eq!(look(&week, "2026-10-08"), []);
    let serious = [incident(9, "2026-10-01T10:00", 3)];
    assert_eq!(look(&serious, "2026-10-28"), [Trigger::Serious(id(9))]);
    assert_eq!(look(&serious, "2026-10-29"), []);
    assert_eq!(look(&serious, "2026-09-30"), [], "what is dated ahead has not happened");
}

#[test]
fn many_agencies_and_nobody_who_follows_it_up_are_noticed() {
    let agencies = ["GP", "Housing", "gp", "School"].map(|agency| Agency { agency: agency.into(), when: None });
    let mut call = Incident { agencies: agencies.into(), ..incident(1, "2026-10-01T10:00", 1) };
    let called = ["GP", "Housing", "School"].map(str::to_owned);
    assert_eq!(look(&[call.clone()], "2026-10-07"), [Trigger::ManyAgencies(called.into())]);
    call.action = Some(id(7));
    let (accepted, none, nobody) = (BTreeSet::from([id(7)]), BTreeSet::new(), BTreeSet::new());
    assert_eq!(triggers(&[call.clone()], &accepted, &nobody, day("2026-10-07"), Thresholds::default()), []);
    call.action = None;
    call.owner = Some(member(1));
    assert_eq!(look(&[call.clone()], "2026-10-07").len(), 1, "to be written down is not to have said yes");
    call.owner = Some(named("The GP"));
    assert_eq!(look(&[call.clone()], "2026-10-07"), []);
    let gone = BTreeSet::from([named("The GP")]);
    assert_eq!(triggers(&[call], &none, &gone, day("2026-10-07"), Thresholds::default()).len(), 1);
}

#[test]
fn one_event_told_twice_counts_once_and_keeps_both_accounts() {
    let mut told = vec![
        Incident { when: None, ..incident(1, "2026-10-01T10:00", 1) },
        incident(2, "2026-10-01T10:05", 1),
        incident(3, "2026-10-01T10:10", 1),
    ];
    told[2].same_as = vec![id(1)];
    assert_eq!(by_day_and_hour(&told).iter().flatten().sum::<usize>(), 2);
    told[1].same_as = vec![id(3), id(1)];
    assert_eq!(by_day_and_hour(&told).iter().flatten().sum::<usize>(), 1);
}

#[test]
fn a_week_of_many_doors_is_noticed() {
    let contact = |number, when: &str, agency: &str| Contact {
        id: id(number),
        when: Some(format!("{when}T10:00Z").parse().unwrap()),
        agency: agency.into(),
    };
    let contacts = [
        contact(1, "2026-11-02", "Housing"),
        contact(2, "2026-11-08", "GP"),
        contact(3, "2026-11-04", "School"),
        contact(4, "2026-11-09", "housing"),
    ];
    let weeks = revolving(&contacts, 3);
    assert_eq!(weeks.keys().copied().collect::<Vec<_>>(), [day("2026-11-02")]);
    assert_eq!(by_agency(&contacts)["housing"], 2);
}

fn any_log() -> impl Strategy<Value = Vec<Incident>> {
    let one = (0_i64..200, 0_u16..1440, -120_i16..120, 0_i64..4);
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let made = (0_u8..).zip(all).map(|(number, (days, minute, offset, severity))| Incident {
            when: Some(crate::moment::Moment::new(day("2026-06-01").plus(days), minute, offset).unwrap()),
            ..incident(number, "2026-06-01T00:00", severity)
        });
        made.collect()
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_or_counted_twice(log in any_log()) {
        prop_assert_eq!(by_day_and_hour(&log).iter().flatten().sum::<usize>(), log.len());
        let weeks = by_week(&log, day("2026-12-31"), 40);
        prop_assert_eq!(weeks.iter().map(|week| week.count).sum::<usize>(), log.len());
        prop_assert!(weeks.windows(2).all(|pair| pair[0].monday.plus(7) == pair[1].monday));
        for four in weeks.windows(4) {
            let sum: usize = four.iter().map(|week| week.count).sum();
            prop_assert_eq!(four[3].mean, Quantity(sum as i64 * 25));
        }
    }

    #[test]
    fn the_order_in_which_it_was_written_down_changes_nothing(log in any_log(), today in 0_i64..220) {
        let today = day("2026-06-01").plus(today);
        let mut turned = log.clone();
        turned.reverse();
        let kinds = |found: Vec<Trigger>| found.into_iter().map(|trigger| match trigger {
            Trigger::Serious(_) => Trigger::Serious(id(0)),
            other => other,
        }).collect::<Vec<_>>();
        let accepted = BTreeSet::new();
        prop_assert_eq!(
            kinds(triggers(&log, &accepted, &BTreeSet::new(), today, Thresholds::default())),
            kinds(triggers(&turned, &accepted, &BTreeSet::new(), today, Thresholds::default()))
        );
    }

    #[test]
    fn no_week_is_worse_than_what_was_written_and_one_without_anything_has_none(log in any_log(), today in 0_i64..220) {
        let today = day("2026-06-01").plus(today);
        let most = log.iter().filter_map(|incident| incident.severity).max();
        let counts = by_week(&log, today, 12);
        for ((monday, worst), week) in worst_by_week(&log, today, 12).into_iter().zip(counts) {
            prop_assert_eq!(monday, week.monday);
            prop_assert!(worst <= most && (worst.is_none() || week.count > 0));
        }
    }

    #[test]
    fn an_account_linked_to_itself_or_to_what_is_not_here_changes_nothing(mut log in any_log()) {
        let plain = by_day_and_hour(&log);
        for incident in &mut log {
            incident.same_as = vec![incident.id, id(255)];
        }
        prop_assert_eq!(by_day_and_hour(&log), plain);
    }
}

#[test]
fn two_accounts_of_one_event_are_one_event_and_both_are_kept() {
    let mut told = aminas();
    told.push(incident(6, "2026-10-21T17:20", 3));
    assert_eq!(alike(&told), [(id(2), id(6))]);
    assert_eq!(events(&told).len(), 6);
    told[5].same_as = vec![id(2)];
    assert_eq!(alike(&told), []);
    let events = events(&told);
    let bus = events.iter().find(|event| event.accounts.contains(&id(2))).unwrap();
    assert_eq!((&bus.accounts[..], bus.severity), (&[id(2), id(6)][..], Some(3)));
    assert_eq!(by_severity(&events), [1, 1, 2, 1]);
    assert_eq!(by_day_and_hour(&told)[2][16], 3);
    // The second account called it serious: that it is linked takes nothing away.
    assert!(look(&told, "2026-10-22").contains(&Trigger::Serious(id(6))));
    assert_eq!(events.iter().map(|event| event.accounts[0]).collect::<Vec<_>>(), [5, 4, 3, 2, 1].map(id));
}

#[test]
fn the_fullest_hour_stands_out_and_only_if_no_other_is_as_full() {
    assert_eq!(stands_out(&by_day_and_hour(&aminas())), Some((2, 16, 3)));
    assert_eq!(stands_out(&by_day_and_hour(&aminas()[..1])), None);
    let mut two = [[0; 24]; 7];
    (two[1][9], two[4][9]) = (2, 2);
    assert_eq!(stands_out(&two), None);
}

#[test]
fn what_is_named_before_is_counted_once_an_event_without_the_words_everybody_uses() {
    let before: Vec<Vec<String>> = [
        vec!["School was out, school bags everywhere", "The school again"],
        vec!["School was out and it rained"],
        vec!["It rained"],
        vec![],
    ]
    .map(|accounts| accounts.into_iter().map(str::to_owned).collect())
    .into();
    let named = most_named(&before, &common_english());
    assert_eq!(named, [("rained".to_owned(), 2), ("school".to_owned(), 2)]);
}

proptest! {
    #[test]
    fn every_account_is_in_exactly_one_event(links in proptest::collection::vec((0_usize..8, 0_usize..8), 0..12)) {
        let mut told: Vec<Incident> = (0..8).map(|number| incident(number, "2026-10-14T16:40", 1)).collect();
        for (from, to) in links {
            let to = told[to].id;
            told[from].same_as.push(to);
        }
        let mut accounts: Vec<_> = events(&told).into_iter().flat_map(|event| event.accounts).collect();
        accounts.sort_unstable();
        prop_assert_eq!(accounts, (0..8).map(id).collect::<Vec<_>>());
        prop_assert_eq!(events(&told).len(), by_day_and_hour(&told).iter().flatten().sum::<usize>());
    }
}
