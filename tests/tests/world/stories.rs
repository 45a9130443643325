//! Short lives of a few peers, each with one thing to show.

use circle::{Access, Standing, Who};
use tests::sim::{Honesty, Kind, Name, World};

const ANN: Name = 0;
const BEN: Name = 1;
const CAT: Name = 2;

/// Ann and so many others, who all may edit one document and are all connected to Ann.
fn circle_of(people: usize) -> World {
    let mut world = World::new(7, Kind::Small);
    for n in 1..people {
        let standing = if n == BEN { Standing::Coordinator } else { Standing::Member };
        world.welcome(ANN, &format!("peer {n}"), Honesty::Honest, standing).expect("ann may let in");
    }
    world.open(ANN, &[(Who::Everyone, Access::Edit)]).expect("ann may open a document");
    for n in 1..people {
        world.connect(ANN, n);
    }
    world.settle();
    world
}

#[test]
fn an_edit_made_offline_arrives_after_the_link_heals() {
    let mut world = circle_of(2);
    let doc = world.document();
    world.cut(ANN, BEN);
    assert!(world.write(ANN, doc));
    world.settle();
    assert!(!world.show_the_same(doc, &[ANN, BEN]));
    world.heal(ANN, BEN);
    world.settle();
    assert!(world.show_the_same(doc, &[ANN, BEN]));
    assert_eq!(world.verdict(), Ok(()));
}

#[test]
fn an_edit_reaches_those_who_are_connected_only_through_others() {
    let mut world = circle_of(3);
    let doc = world.document();
    assert!(world.write(BEN, doc));
    world.settle();
    assert!(world.show_the_same(doc, &[ANN, BEN, CAT]));
    assert!(world.is_saved_with(BEN, doc, &[ANN]));
    assert!(world.is_saved_with(ANN, doc, &[BEN, CAT]));
}

#[test]
fn a_newcomer_shows_those_who_never_heard_of_them_how_they_came() {
    let mut world = circle_of(2);
    world.cut(ANN, BEN);
    let cat = world.welcome(BEN, "cat", Honesty::Honest, Standing::Member).expect("ben may let in");
    world.connect(cat, ANN);
    world.settle();
    assert_eq!(world.online(ANN), 1, "ann knows cat now, though ben is away");
    let doc = world.document();
    assert!(world.write(cat, doc));
    world.settle();
    assert!(world.show_the_same(doc, &[ANN, cat]));
    assert_eq!(world.verdict().map_err(|_| "only ben is behind"), Err("only ben is behind"));
}

#[test]
fn what_one_may_not_read_is_never_told() {
    let mut world = circle_of(3);
    let ours = world.open(ANN, &[]).expect("ann may open a document");
    assert!(world.write(ANN, ours));
    world.look_at(ANN, ours);
    world.connect(BEN, CAT);
    world.settle();
    assert_eq!(world.count(BEN, ours), (0, 0, 0));
    assert_eq!(world.presences(BEN), 0, "not even that ann is there");
    assert_eq!(world.verdict(), Ok(()));
}

#[test]
fn people_see_where_the_others_are_while_they_are_connected() {
    let mut world = circle_of(2);
    let doc = world.document();
    world.look_at(ANN, doc);
    world.run_for(1_000);
    assert_eq!(world.presences(BEN), 1);
    world.cut(ANN, BEN);
    world.run_for(1_000);
    assert_eq!(world.presences(BEN), 0);
}

#[test]
fn a_crash_loses_nothing_that_anybody_was_told_of() {
    for seed in 0..20 {
        let mut world = circle_of(2);
        let doc = world.document();
        for n in 0..10 {
            world.write(ANN, doc);
            world.run_for(seed + n);
        }
        world.crash(ANN);
        world.start(ANN);
        world.connect(ANN, BEN);
        world.settle();
        assert!(world.write(ANN, doc));
        world.settle();
        assert_eq!(world.verdict(), Ok(()), "crash after {seed}");
        assert_eq!(world.chains(BEN, doc), 1, "a mere crash changes nothing: the chain goes on");
    }
}

#[test]
fn a_device_that_opens_an_old_copy_goes_on_in_a_new_chapter() {
    let mut world = circle_of(2);
    let doc = world.document();
    assert!(world.write(ANN, doc));
    world.settle();
    world.back_up(ANN);
    assert!(world.write(ANN, doc));
    world.settle();
    let before = world.count(BEN, doc).0;
    world.restore(ANN);
    assert!(world.count(ANN, doc).0 < before, "the copy is older");
    world.connect(ANN, BEN);
    world.settle();
    assert_eq!(world.count(ANN, doc).0, before, "its own later edits come back from ben");
    assert!(world.write(ANN, doc));
    world.settle();
    assert_eq!(world.chains(BEN, doc), 2);
    assert_eq!(world.count(BEN, doc).1, 0, "nothing is held back");
    assert_eq!(world.verdict(), Ok(()));
}

#[test]
fn of_a_fork_both_sides_are_everywhere_and_one_counts() {
    let mut world = circle_of(3);
    let doc = world.document();
    assert!(world.write(ANN, doc));
    world.settle();
    world.back_up(ANN);
    world.cut(ANN, CAT);
    assert!(world.write(ANN, doc));
    world.settle();
    world.cut(ANN, BEN);
    world.restore(ANN);
    assert!(world.write(ANN, doc), "she does not know yet");
    world.heal(ANN, CAT);
    world.settle();
    world.heal(ANN, BEN);
    world.connect(BEN, CAT);
    world.settle();
    let (shown, held, all) = world.count(BEN, doc);
    assert!(held > 0 && shown + held == all, "{shown} shown, {held} held back, {all} in all");
    assert_eq!(world.verdict(), Ok(()));
}

#[test]
fn whoever_sends_rubbish_is_parted_from_and_turned_away_for_a_while() {
    let mut world = circle_of(2);
    let cat = world.welcome(ANN, "cat", Honesty::Liar, Standing::Member).expect("ann may let in");
    world.connect(ANN, cat);
    world.settle();
    assert_eq!(world.online(ANN), 2);
    world.say(cat, [0, 0, 0, 2, 9, 255].as_slice().into());
    world.settle();
    assert_eq!(world.online(ANN), 1);
    world.connect(ANN, cat);
    world.settle();
    assert_eq!(world.online(ANN), 1, "turned away");
    world.run_for(11 * 60_000);
    world.connect(ANN, cat);
    world.settle();
    assert_eq!(world.online(ANN), 2);
}

#[test]
fn two_who_hold_the_same_say_little_when_they_meet_again() {
    let mut world = circle_of(2);
    let doc = world.document();
    for _ in 0..200 {
        world.write(ANN, doc);
    }
    world.settle();
    world.cut(ANN, BEN);
    world.settle();
    let (frames, bytes) = (world.frames, world.bytes);
    world.heal(ANN, BEN);
    world.settle();
    let (frames, bytes) = (world.frames - frames, world.bytes - bytes);
    assert!(frames <= 12 && bytes < 2_500, "{frames} frames, {bytes} bytes");
}

#[test]
fn catching_up_takes_one_round_trip_after_the_proofs() {
    let mut world = circle_of(2);
    let doc = world.document();
    for who in [ANN, BEN] {
        world.write(who, doc);
    }
    world.settle();
    world.cut(ANN, BEN);
    for _ in 0..40 {
        world.write(ANN, doc);
        world.write(BEN, doc);
    }
    world.settle();
    world.weather.delay = 1;
    let (before, bytes) = (world.frames, world.bytes);
    world.heal(ANN, BEN);
    // Hello, Proof, states, edits: each takes a millisecond; the door at most five more, and a flush ten.
    world.run_for(4 + 5 + 1);
    assert!(world.show_the_same(doc, &[ANN, BEN]));
    world.settle();
    // A page that somebody wrote and that is longer than a frame takes one of its own.
    let (frames, pages) = (world.frames - before, (world.bytes - bytes) / 30_000);
    assert!(frames < 24 + pages, "{frames} frames, {pages} of them long pages");
}

#[test]
fn a_crowd_passes_an_edit_on_until_everybody_has_it_once() {
    let people = 40;
    let mut world = circle_of(people);
    let doc = world.document();
    for n in 1..people {
        world.cut(ANN, n);
    }
    // A ring with chords: everybody knows six others.
    for n in 0..people {
        for step in [1, 3, 7] {
            world.heal(n, (n + step) % people);
        }
    }
    world.settle();
    let before = world.bytes;
    assert!(world.write(ANN, doc));
    world.settle();
    let everybody: Vec<Name> = (0..people).collect();
    assert!(world.show_the_same(doc, &everybody));
    let each = (world.bytes - before) / (people as u64 - 1);
    assert!(each < 4_000, "{each} bytes for each who received it");
}
