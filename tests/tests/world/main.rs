//! The simulated world: the law over many seeds, bugs that it must notice, and stories.
//!
//! `ALONGSIDE_SEEDS` says how many seeds; forty without it. A failure names its seed.

mod bugs;
mod schemes;
mod stories;

use tests::sim::{Chaos, live};

#[test]
fn whatever_the_dice_all_who_may_read_come_to_hold_the_same() {
    for seed in 0..seeds() {
        if let Err(broken) = live(Chaos::from_seed(seed)) {
            panic!("seed {seed}: {broken}");
        }
    }
}

fn seeds() -> u64 {
    std::env::var("ALONGSIDE_SEEDS").map_or(40, |seeds| seeds.parse().expect("ALONGSIDE_SEEDS is a number"))
}
