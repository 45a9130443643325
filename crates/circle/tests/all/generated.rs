//! Generated histories through the ledger: whatever the order, the doubling or the healing, one circle, and the one that the
//! rules told a second time give.
//!
//! `ALONGSIDE_CASES` says how many; 2,000 without it. `ALONGSIDE_SEED` asks for one alone. A failure names its seed.

use std::collections::BTreeMap;

use circle::{Act, Ledger, Placed, Standing, Statement};
use seal::{DeviceId, PersonId};

use crate::{
    dice::Dice,
    help::answers,
    histories::{History, Range},
    records::Records,
};

#[expect(clippy::disallowed_methods, reason = "how many cases are played is for the environment to say")]
/// The seeds to play, half of them: with the other half in another test, both cores have work.
pub fn seeds(half: u64) -> impl Iterator<Item = u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let seeds = match number("ALONGSIDE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("ALONGSIDE_CASES").unwrap_or(2_000),
    };
    seeds.filter(move |seed| seed % 2 == half)
}

/// Places these in this order, and again what was pushed out of the rooms for waiting, as peers and newcomers do.
pub fn deliver(ledger: &mut Ledger, statements: &[Statement]) {
    let mut place = |statement: &Statement| matches!(ledger.place(statement.clone()), Placed::New(_));
    while statements.iter().filter(|statement| place(statement)).count() > 0 {}
}

#[test]
fn a_plan_for_oneself_has_one_circle_whatever_the_order() {
    play(0);
}

#[test]
fn a_plan_for_somebody_else_has_one_circle_whatever_the_order() {
    play(1);
}

fn play(half: u64) {
    let mut counts = Counts::default();
    for seed in seeds(half) {
        let range = match seed / 2 % 10 {
            0 => Range::People,
            1 => Range::Juniors,
            _ => Range::Whole,
        };
        let history = History::new(seed, half == 0, range);
        let mut dice = Dice::new(!seed);
        let mut ledger = history.fresh();
        deliver(&mut ledger, &history.said);
        whatever_the_order(seed, &history, &ledger, &mut dice);
        as_told_a_second_time(seed, &history, &ledger, &mut counts);
    }
    let Counts { histories, placed, fell, belong, once_did } = counts;
    // A generator that makes nothing of interest would prove nothing.
    let enough = placed >= 10 * histories && fell >= histories && belong >= histories && once_did >= histories / 2;
    assert!(enough || histories < 100, "{counts:?}");
}

/// Doubled in another order, half of it late, all at once: the same circle.
fn whatever_the_order(seed: u64, history: &History, ledger: &Ledger, dice: &mut Dice) {
    let all = answers(ledger);
    let mut other = history.fresh();
    let mut doubled = dice.shuffled(&history.said);
    doubled.extend(dice.shuffled(&history.said));
    deliver(&mut other, &doubled);
    assert_eq!(all, answers(&other), "seed {seed}: another order");

    let (early, late): (Vec<_>, Vec<_>) = history.said.iter().cloned().partition(|_| dice.chance(50));
    let mut healed = history.fresh();
    deliver(&mut healed, &early);
    deliver(&mut healed, &late);
    deliver(&mut healed, &early);
    assert_eq!(all, answers(&healed), "seed {seed}: healed later");

    let mut at_once = history.fresh();
    at_once.place_all(dice.shuffled(&history.said));
    at_once.place_all(history.said.iter().cloned());
    assert_eq!(all, answers(&at_once), "seed {seed}: many at once");
}

/// What came of the histories.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    histories: usize,
    placed: usize,
    fell: usize,
    belong: usize,
    once_did: usize,
}

fn as_told_a_second_time(seed: u64, history: &History, ledger: &Ledger, counts: &mut Counts) {
    let records = Records::new(&history.said);
    for statement in &history.said {
        let id = statement.id();
        let told = || format!("seed {seed}: {id:?} {:?}", statement.body());
        assert_eq!(ledger.has(id), records.placed.contains(&id), "placed? {}", told());
        if ledger.has(id) && !matches!(statement.act(), Act::Join(_)) {
            let stands = ledger.in_effect(id);
            assert_eq!(stands, records.in_effect(id), "in effect? {}", told());
            counts.placed += 1;
            counts.fell += usize::from(!stands);
        }
    }
    let people: BTreeMap<PersonId, Standing> = ledger.people().map(|one| (one.id, one.standing)).collect();
    assert_eq!(people, records.people(), "seed {seed}");
    let devices: BTreeMap<DeviceId, PersonId> = ledger.devices().collect();
    assert_eq!(devices, records.devices(), "seed {seed}");
    let words: BTreeMap<DeviceId, PersonId> = ledger.recovery_keys().collect();
    assert_eq!(words, records.words(), "seed {seed}");
    counts.histories += 1;
    counts.belong += people.len();
    counts.once_did += ledger.former().count();
}
