//! The simulated world: the law over many seeds, bugs that it must notice, and stories.
//!
//! `ALONGSIDE_SEEDS` says how many seeds; forty without it. A failure names its seed; `ALONGSIDE_SEED` lives through that one
//! alone.

mod bugs;
mod schemes;
mod stories;

use tests::sim::{Chaos, live};

#[test]
fn whatever_the_dice_all_who_may_read_come_to_hold_the_same() {
    for seed in seeds() {
        if let Err(broken) = live(Chaos::from_seed(seed)) {
            panic!("seed {seed}: {broken}");
        }
    }
}

fn seeds() -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().map(|told| told.parse::<u64>().expect("a seed is a number"));
    match number("ALONGSIDE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("ALONGSIDE_SEEDS").unwrap_or(40),
    }
}
