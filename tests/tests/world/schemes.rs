//! Each kind of liar, with seeds of its own: whatever they are up to, the law holds and no honest words are held back.
//!
//! `ALONGSIDE_SCHEMES` says how many seeds for each; six without it.

use tests::sim::{Chaos, Scheme, live};

macro_rules! harmless {
    ($($story:ident: $scheme:expr,)*) => {$(
        #[test]
        fn $story() {
            for seed in 0..seeds() {
                if let Err(broken) = live(Chaos::from_seed(seed).with($scheme)) {
                    panic!("seed {seed}: {broken}");
                }
            }
        }
    )*};
}

harmless! {
    a_late_fork_ground_to_a_low_hash_is_harmless: Scheme::LateFork,
    two_stories_told_to_two_halves_are_harmless: Scheme::TwoStories,
    a_crowd_that_knocks_is_harmless: Scheme::JoinFlood,
    what_comes_from_nowhere_is_harmless: Scheme::OutOfNowhere,
}

fn seeds() -> u64 {
    std::env::var("ALONGSIDE_SCHEMES").map_or(6, |seeds| seeds.parse().expect("ALONGSIDE_SCHEMES is a number"))
}
