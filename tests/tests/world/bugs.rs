//! Each bug planted on purpose is noticed within 500 seeds.

use sync::Planted;
use tests::sim::Bug;

macro_rules! caught {
    ($($story:ident: $bug:expr,)*) => {$(
        #[test]
        fn $story() {
            assert!($bug.seeds_until_caught(500).is_some(), "nobody noticed {:?}", $bug);
        }
    )*};
}

caught! {
    a_statement_left_out_is_noticed: Bug::Machine(Planted::StatementDropped),
    a_frontier_off_by_one_is_noticed: Bug::Machine(Planted::FrontierOffByOne),
    telling_before_saving_is_noticed: Bug::Machine(Planted::ToldBeforeSaved),
    acknowledging_before_saving_is_noticed: Bug::Machine(Planted::AcknowledgedBeforeSaved),
    an_unchecked_statement_is_noticed: Bug::Machine(Planted::StatementUnchecked),
    an_unchecked_edit_is_noticed: Bug::Machine(Planted::EditUnchecked),
    an_unchecked_proof_is_noticed: Bug::Machine(Planted::ProofUnchecked),
    telling_anyone_is_noticed: Bug::Machine(Planted::SentToAnyone),
    never_passing_on_is_noticed: Bug::Machine(Planted::NeverForwarded),
    a_lost_side_of_a_fork_is_noticed: Bug::Machine(Planted::TwinDropped),
    a_lost_half_of_a_long_run_is_noticed: Bug::Machine(Planted::TailDropped),
    forgetting_who_waits_is_noticed: Bug::Machine(Planted::WaitingForgotten),
    showing_what_no_longer_counts_is_noticed: Bug::Machine(Planted::RebuildForgotten),
    giving_up_a_failed_save_is_noticed: Bug::Machine(Planted::FailedSaveForgotten),
    forgetting_signatures_is_noticed: Bug::Machine(Planted::TipsNotRecalled),
    marking_what_was_only_sent_is_noticed: Bug::Machine(Planted::MarkedWhenTold),
    an_old_copy_that_goes_on_is_noticed: Bug::Machine(Planted::OldCopyUnnoticed),
    words_outside_the_hash_are_noticed: Bug::WordsUnhashed,
    a_forgotten_keep_is_noticed: Bug::KeepForgotten,
    words_of_the_removed_thrown_away_are_noticed: Bug::Machine(Planted::HeldBackDropped),
    a_wrong_piece_of_a_picture_is_noticed: Bug::Machine(Planted::PieceUnchecked),
    giving_a_picture_to_anyone_is_noticed: Bug::Machine(Planted::FileToAnyone),
    a_picture_that_stops_half_way_is_noticed: Bug::Machine(Planted::FileGivenUp),
    telling_the_removed_what_came_after_is_noticed: Bug::Machine(Planted::FormerToldAll),
}
