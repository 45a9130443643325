//! The power fails, the disk fails, bits turn: nothing acknowledged is lost, and the store always opens.
//!
//! `ALONGSIDE_CUTS` says how many cuts; a few hundred without it.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use store::Store;
use tests::power::{Book, Disk, History, Image, Life, Trouble, flushed, key};

const CUTS_PER_HISTORY: usize = 500;
const SAVES: usize = 60;

#[test]
fn nothing_acknowledged_is_lost_when_the_power_fails() {
    let cuts = cuts();
    for seed in 0..cuts.div_ceil(CUTS_PER_HISTORY) {
        let history = History::live(seed as u64, SAVES, Trouble::None).expect("a sound disk keeps everything");
        let lost = lost_in(&history, seed as u64, CUTS_PER_HISTORY.min(cuts - seed * CUTS_PER_HISTORY));
        assert_eq!(lost, Vec::<String>::new(), "seed {seed}");
    }
}

#[test]
fn an_acknowledgement_before_the_flush_is_caught() {
    let history = History::live(1, SAVES, Trouble::FlushesLate).expect("the disk only lies about when");
    assert!(!lost_in(&history, 1, 300).is_empty());
}

/// Cuts a history at random moments, and says what went wrong.
fn lost_in(history: &History, seed: u64, cuts: usize) -> Vec<String> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let moments = (0..cuts).map(|_| dice.random_range(history.moments())).collect();
    let mut lost = Vec::new();
    history.cut_at(moments, &mut dice, |moment, image, dice| {
        if let Err(what) = survives(history, moment, image, dice) {
            lost.push(format!("cut at {moment}: {what}"));
        }
    });
    lost
}

/// Opens what a cut left, with the power failing again up to twice while it recovers.
fn survives(history: &History, moment: usize, mut image: Image, dice: &mut ChaCha8Rng) -> Result<(), String> {
    for _ in 0..2 {
        if dice.random_bool(0.7) {
            break;
        }
        let disk = Disk::holding(image.clone());
        let store = Store::on(disk.clone(), &key()).map_err(|error| format!("does not open: {error}"))?;
        if dice.random_bool(0.5) {
            drop(store);
        }
        let ops = disk.ops();
        let again = dice.random_range(0..=ops.len());
        let safe = flushed(&ops[..again]);
        ops[..safe].iter().for_each(|op| image.apply(op));
        image.cut(&ops[safe..again], dice);
    }
    let disk = Disk::holding(image);
    let mut store = Store::on(disk.clone(), &key()).map_err(|error| format!("does not open: {error}"))?;
    let book = Book::of(&store).map_err(|error| format!("does not come back: {error}"))?;
    if !history.allowed(moment).any(|allowed| *allowed == book) {
        return Err("holds something else".to_owned());
    }
    if dice.random_bool(0.1) {
        goes_on(&mut store, dice)?;
    }
    Ok(())
}

fn goes_on(store: &mut Store, dice: &mut ChaCha8Rng) -> Result<(), String> {
    let mut life = Life::new(dice.random());
    store.save(life.next_batch()).map_err(|error| format!("does not go on: {error}"))
}

fn cuts() -> usize {
    std::env::var("ALONGSIDE_CUTS").map_or(300, |cuts| cuts.parse().expect("ALONGSIDE_CUTS is a number"))
}
