use proptest::prelude::*;

use super::*;
use crate::checks::made_up::id;

#[test]
fn a_count_that_could_name_somebody_is_not_said() {
    assert_eq!([0, 1, 4, 5].map(shown), [Shown::Nobody, Shown::Few, Shown::Few, Shown::Many(5)]);
}

#[test]
fn a_measures_number_is_said_unless_it_counts_fewer_than_five() {
    let said = |one: i64, all: &[i64]| number(Quantity(one), &all.iter().map(|one| Quantity(*one)).collect::<Vec<_>>());
    assert_eq!(said(400, &[1_900, 400]), Number::Few);
    assert_eq!(said(500, &[1_900, 400]), Number::Said(Quantity(500)));
    assert_eq!(said(0, &[0, 3_800]), Number::Said(Quantity(0)));
    assert_eq!(said(400, &[390, 400, 510]), Number::Said(Quantity(400)), "how safe people feel is no count");
}

proptest! {
    #[test]
    fn no_whole_count_from_one_to_four_is_ever_said(counts in prop::collection::vec(0_i64..100, 1..8)) {
        let all: Vec<Quantity> = counts.iter().map(|count| Quantity(count * 100)).collect();
        for one in &all {
            prop_assert_eq!(number(*one, &all) == Number::Few, (100..500).contains(&one.0));
        }
    }
}

#[test]
fn blank_is_not_nought() {
    let value = |month, partner: &str, value| (month, partner.to_owned(), Quantity(value));
    let counted = added_up(&[
        value(8, "police", 4_100),
        value(8, "A&E", 1_900),
        value(9, "police", 3_700),
        value(9, "police", 3_800),
    ]);
    assert_eq!(counted[&8], Counted { sum: Quantity(6_000), missing: BTreeSet::new() });
    assert_eq!(counted[&9], Counted { sum: Quantity(3_800), missing: ["A&E".to_owned()].into() });
}

#[test]
fn an_activity_that_should_change_nothing_is_an_orphan() {
    assert_eq!(orphans(&[(id(1), [id(9)].into()), (id(2), BTreeSet::new())]), [id(2)]);
}

proptest! {
    #[test]
    fn no_count_below_five_is_ever_a_number(count: i64) {
        prop_assert!(!matches!(shown(count), Shown::Many(said) if said < FEW));
    }

    #[test]
    fn every_partner_either_counts_or_is_missing(values in prop::collection::vec((0_u8..4, 0_u8..4, 0_i64..1_000), 0..30)) {
        let values: Vec<_> =
            values.into_iter().map(|(time, partner, value)| (time, partner.to_string(), Quantity(value))).collect();
        let all: BTreeSet<&String> = values.iter().map(|(_, partner, _)| partner).collect();
        for (time, counted) in added_up(&values) {
            let here: BTreeSet<&String> =
                values.iter().filter(|(at, ..)| *at == time).map(|(_, partner, _)| partner).collect();
            prop_assert_eq!(here.len() + counted.missing.len(), all.len());
        }
    }
}
