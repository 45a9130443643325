use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    checks::made_up::{day, id},
    views::Payment,
};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn line(number: u8, rate: &str, units: &str, times: &str) -> Planned {
    Planned {
        id: id(number),
        what: String::new(),
        helps: BTreeSet::new(),
        rate: Some(money(rate)),
        units: Some(units.parse().unwrap()),
        times: Some(times.parse().unwrap()),
        just_in_case: false,
    }
}

fn source(amount: &str, contribution: Option<&str>, per: Per) -> Source {
    Source { amount: Some(money(amount)), contribution: contribution.map(money), per: Some(per) }
}

#[test]
fn aminas_year_adds_up_to_the_penny() {
    let mut lines = vec![
        line(1, "13.50", "13", "52"),
        line(2, "1404.00", "1", "1"),
        line(3, "118.00", "1", "1"),
        line(4, "325.00", "1", "1"),
        line(5, "28.00", "1", "42"),
        line(6, "45.00", "1", "6"),
        line(7, "18.00", "1", "52"),
        line(8, "389.00", "1", "1"),
        line(9, "175.50", "1", "8"),
        line(10, "180.00", "1", "1"),
    ];
    lines[8].just_in_case = true;
    for line in [0, 4, 5] {
        lines[line].helps.insert(id(99));
    }
    let paid = |number, on: &str, line, amount: &str| Payment {
        id: id(number),
        on: Some(day(on)),
        line,
        amount: Some(money(amount)),
    };
    let budget = Budget {
        from: Some(day("2026-04-06")),
        to: Some(day("2027-04-04")),
        sources: vec![source("298.00", Some("22.00"), Per::Week)],
        lines,
        payments: vec![
            paid(20, "2026-05-01", Some(id(1)), "702.00"),
            paid(21, "2026-06-01", None, "12.50"),
            paid(22, "2027-01-01", Some(id(1)), "702.00"),
        ],
    };
    let sums = sums(&budget, day("2026-10-04"));
    assert_eq!(line_total(&budget.lines[0]), money("9126.00"));
    assert_eq!(sums.available, money("16640.00"));
    assert_eq!(sums.planned, money("15328.00"));
    assert_eq!(sums.not_planned, money("1312.00"));
    assert_eq!(sums.just_in_case, money("1404.00"));
    assert_eq!(sums.spent, money("714.50"));
    assert_eq!(sums.by_now, Some(money("7664.00")), "half of the year's 364 days");
    assert_eq!(sums.left, money("15925.50"));
    assert_eq!(sums.without_outcome.len(), 7);
    assert_eq!(sums.without_line, [id(21)]);
    assert_eq!(spent_on(&budget, id(1), day("2027-02-01")), money("1404.00"));
}

#[test]
fn the_marsh_familys_money_adds_up_to_the_penny() {
    let budget = Budget {
        sources: vec![
            source("150.00", None, Per::Once),
            source("60.00", None, Per::Once),
            source("40.00", None, Per::Once),
        ],
        lines: vec![line(1, "129.99", "1", "1"), line(2, "58.50", "1", "1"), line(3, "25.00", "1", "1")],
        ..Budget::default()
    };
    let sums = sums(&budget, day("2026-11-20"));
    assert_eq!((sums.available, sums.planned), (money("250.00"), money("213.49")));
    assert_eq!(sums.not_planned, money("36.51"));
    assert_eq!(sums.by_now, None);
}

#[test]
fn money_is_seen_by_what_it_helps_and_what_helps_two_is_counted_with_both() {
    let helping = |number, rate, helps: &[u8]| Planned {
        helps: helps.iter().map(|number| id(*number)).collect(),
        ..line(number, rate, "1", "1")
    };
    let budget = Budget {
        lines: vec![helping(1, "9126.00", &[50, 51]), helping(2, "1176.00", &[51]), helping(3, "389.00", &[])],
        ..Budget::default()
    };
    let outcomes = by_outcome(&budget);
    assert_eq!(outcomes.each, [(id(50), money("9126.00")), (id(51), money("10302.00"))].into());
    assert_eq!((outcomes.shared, outcomes.none), (money("9126.00"), money("389.00")));
}

#[test]
fn a_year_goes_and_money_with_it() {
    let budget = Budget { from: Some(day("2026-04-06")), to: Some(day("2027-04-04")), ..Budget::default() };
    assert_eq!(time_gone(&budget, day("2026-08-29")), Some(40), "146 of 364 days");
    assert_eq!(time_gone(&budget, day("2028-01-01")), Some(100));
    assert_eq!(time_gone(&Budget::default(), day("2026-08-29")), None);
    assert_eq!(percent(money("6310.40"), money("16640.00")), Some(38));
    assert_eq!(percent(money("5.00"), money("0.00")), None);
}

#[test]
fn half_a_penny_is_rounded_up_and_what_nobody_filled_in_is_one() {
    assert_eq!(line_total(&line(1, "0.01", "0.5", "1")), Money(1));
    assert_eq!(line_total(&line(1, "0.01", "0.49", "1")), Money(0));
    let bare = Planned { units: None, times: None, ..line(1, "12.34", "7", "7") };
    assert_eq!(line_total(&bare), money("12.34"));
    assert_eq!(line_total(&Planned { rate: None, ..bare }), Money(0));
}

#[test]
fn what_a_liar_writes_stops_at_the_largest_amount() {
    let huge = Planned { rate: Some(Money(i64::MAX)), units: Some(Quantity(i64::MAX)), ..line(1, "1", "1", "1") };
    assert_eq!(line_total(&Planned { times: Some(Quantity(i64::MAX)), ..huge.clone() }), Money(i64::MAX));
    assert_eq!(line_total(&Planned { times: Some(Quantity(i64::MIN)), ..huge.clone() }), Money(i64::MIN));
    let budget = Budget {
        from: Some(day("2026-04-06")),
        to: Some(day("2026-04-06")),
        sources: vec![source("999999999999.99", None, Per::Week); 9],
        lines: vec![huge.clone(), huge],
        ..Budget::default()
    };
    assert_eq!(sums(&budget, day("2026-04-06")).planned, Money(i64::MAX));
}

proptest! {
    #[test]
    fn what_is_planned_and_what_is_not_are_what_there_is(
        rates in prop::collection::vec((0_i64..1_000_000, 0_i64..10_000, 0_i64..10_000), 0..20),
        amounts in prop::collection::vec((0_i64..10_000_000, 0_usize..5), 0..5),
    ) {
        let lines: Vec<Planned> = (0_u8..).zip(&rates).map(|(number, (rate, units, times))| Planned {
            rate: Some(Money(*rate)),
            units: Some(Quantity(*units)),
            times: Some(Quantity(*times)),
            ..line(number, "0", "1", "1")
        }).collect();
        let sources = amounts.iter().map(|(amount, per)| Source {
            amount: Some(Money(*amount)), contribution: None, per: Some(Per::ALL[*per].0),
        });
        let budget = Budget { sources: sources.collect(), lines, ..Budget::default() };
        let sums = sums(&budget, day("2026-04-06"));
        prop_assert_eq!(sums.planned.0 + sums.not_planned.0, sums.available.0);
        let each: i64 = budget.lines.iter().map(|line| line_total(line).0).sum();
        prop_assert_eq!(sums.planned.0, each);
        prop_assert_eq!(sums.without_outcome.len(), budget.lines.len());
    }

    #[test]
    fn the_pieces_of_a_bar_are_all_there_is_and_what_goes_beyond(
        available in 0_i64..10_000_000, planned in 0_i64..10_000_000, spent in 0_i64..10_000_000,
    ) {
        let none = sums(&Budget::default(), day("2026-04-06"));
        let Pieces { spent: used, planned: meant, free, beyond } = pieces(&Sums {
            available: Money(available), planned: Money(planned), spent: Money(spent), ..none
        });
        prop_assert_eq!(used.0 + meant.0 + free.0, available + beyond.0);
        prop_assert!(free == Money(0) || beyond == Money(0));
        prop_assert_eq!(used.0 + meant.0, planned.max(spent));
    }

    #[test]
    fn what_is_due_by_now_grows_from_nothing_to_all(planned in 0_i64..10_000_000, length in 0_i64..800, at in -100_i64..1_000) {
        let from = day("2026-04-06");
        let period = (from, from.plus(length));
        let by = |days: i64| pro_rata(Money(planned), period, from.plus(days)).unwrap().0;
        prop_assert!(by(at) <= by(at + 1));
        prop_assert_eq!((by(-1), by(length)), (0, planned));
    }
}
