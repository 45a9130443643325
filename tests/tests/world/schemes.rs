//! Each kind of liar, with seeds of its own: whatever they are up to, the law holds and no honest words are held back.
//!
//! `ALONGSIDE_SCHEMES` says how many seeds for each; six without it.

use tests::sim::{Chaos, Scheme, live};

macro_rules! harmless {
    ($($story:ident: $scheme:expr,)*) => {$(
        #[test]
        fn $story() {
            let mut steps = 0;
            for seed in 0..seeds() {
                match live(Chaos::from_seed(seed).with($scheme)) {
                    Ok(taken) => steps += taken,
                    Err(broken) => panic!("seed {seed}: {broken}"),
                }
            }
            assert!(steps > 0, "nothing came of it");
        }
    )*};
}

harmless! {
    a_late_fork_ground_to_a_low_hash_is_harmless: Scheme::LateFork,
    two_stories_told_to_two_halves_are_harmless: Scheme::TwoStories,
    a_crowd_that_knocks_is_harmless: Scheme::JoinFlood,
    what_comes_from_nowhere_is_harmless: Scheme::OutOfNowhere,
    who_is_removed_and_dates_back_is_harmless: Scheme::BackDating,
    who_removes_and_says_they_saw_nothing_silences_nobody_else: Scheme::StaleKeeps,
    a_spree_is_undone_by_one_act: Scheme::Spree,
    a_quarrel_of_coordinators_has_one_end: Scheme::Quarrel,
    who_goes_on_inviting_after_they_were_removed_brings_nobody_in: Scheme::StillInviting,
    who_claims_the_rights_of_others_has_none_of_them: Scheme::BorrowedRights,
}

fn seeds() -> u64 {
    std::env::var("ALONGSIDE_SCHEMES").map_or(6, |seeds| seeds.parse().expect("ALONGSIDE_SCHEMES is a number"))
}
