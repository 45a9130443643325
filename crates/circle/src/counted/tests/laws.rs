//! Laws over edits of every kind: forks of forks, chapters, both sides in one past, Keeps, Bars, tight bounds.

use std::collections::BTreeSet;

use proptest::{prelude::*, sample::Index};
use seal::EditHash;

use super::{
    naive::as_written,
    world::{Setting, World},
};
use crate::{
    counted::{Look, Why, rights::Own},
    edits::{Amount, Linked, Links},
};

type Step = (u8, u8, u8, u8);

/// Anything goes.
fn wild(steps: &[Step], chains: usize, forks: bool) -> World {
    let mut world = World::default();
    for (salt, (chain, from, one, two)) in steps.iter().enumerate() {
        let chain = usize::from(*chain) % chains;
        let own: Vec<usize> = world.all().filter(|place| world.edits[*place].chain == chain).collect();
        let before = match from {
            _ if !forks => world.tips.get(&chain).copied(),
            0..=209 => world.tips.get(&chain).copied(),
            210..=239 => own.get(usize::from(*one) % own.len().max(1)).copied(),
            240..=255 => None,
        };
        let near = |back: u8| world.edits.len().checked_sub(1 + usize::from(back) % 12);
        let on: Vec<usize> = [near(*one), near(*two)].into_iter().flatten().collect();
        world.write(chain, before, &on, salt as u32);
    }
    world
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(any::<Step>(), 1..most)
}

fn worlds(most: usize) -> impl Strategy<Value = (World, Setting)> {
    worlds_of(most, true)
}

fn unforked_worlds(most: usize) -> impl Strategy<Value = (World, Setting)> {
    worlds_of(most, false)
}

/// A world with what the statements say about it. Eight chains of five devices of four people.
fn worlds_of(most: usize, forks: bool) -> impl Strategy<Value = (World, Setting)> {
    let right = prop_oneof![
        1 => Just(None),
        2 => Just(Some(Own::No(Why::OldChapter))),
        5 => Just(Some(Own::Yes)),
    ];
    let chains = proptest::collection::vec((0usize..5, right), 8);
    let may_edit = proptest::collection::vec(prop::bool::weighted(0.7), 4);
    let some = || proptest::collection::vec(any::<Index>(), 0..3);
    let most_each = prop_oneof![
        3 => Just(None),
        1 => (3u64..12).prop_map(|edits| Some(Amount { edits, bytes: 1_000 })),
        1 => (30u64..120).prop_map(|bytes| Some(Amount { edits: 100, bytes })),
    ];
    let all =
        (steps(most), chains, may_edit, some(), some(), proptest::option::weighted(0.3, any::<Index>()), most_each);
    all.prop_map(move |(steps, chains, may_edit, keeps, owners, barred, most)| {
        let world = wild(&steps, chains.len(), forks);
        let many = world.edits.len();
        let places = |all: Vec<Index>| all.iter().map(|one| one.index(many)).collect::<Vec<usize>>();
        let own = |may_edit: &[bool], device: usize, own: Own| match own {
            Own::Yes if !may_edit[device % 4] => Own::No(Why::NotAllowed),
            own => own,
        };
        // The last two devices are one person's.
        let chain = |(device, right): &(usize, Option<Own>)| {
            right.map(|right| (device % 4, *device, own(&may_edit, *device, right)))
        };
        let chains = chains.iter().map(chain).collect();
        let (keeps, keeps_by_owners) = (places(keeps), places(owners));
        let barred = barred.map(|barred| barred.index(many)).into_iter().collect();
        (world, Setting { chains, may_edit, keeps, keeps_by_owners, barred, most })
    })
}

/// Some order in which each comes after what it builds on.
fn shuffled(world: &World, dice: &[Index]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    for step in world.all() {
        let ready = |place: &usize| {
            !order.contains(place) && world.edits[*place].after.iter().all(|after| order.contains(after))
        };
        let ready: Vec<usize> = world.all().filter(ready).collect();
        order.push(ready[dice[step % dice.len()].index(ready.len())]);
    }
    order
}

fn dice() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 7)
}

/// `ALONGSIDE_CASES` says how many.
#[expect(clippy::disallowed_methods, reason = "how many cases are played is for the environment to say")]
fn cases() -> ProptestConfig {
    let cases = std::env::var("ALONGSIDE_CASES").ok().map_or(400, |cases| cases.parse().expect("a number"));
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_counts_is_what_the_page_says((world, setting) in worlds(60)) {
        let (links, look) = world.look(&setting);
        let counts = world.counting(&look, &links);
        prop_assert_eq!(&counts, &as_written(&world, &setting));
        let mut names = BTreeSet::new();
        for place in &counts {
            let edit = &world.edits[*place];
            prop_assert!(names.insert((edit.chain, edit.number)), "one side of a fork counts");
            prop_assert!(edit.after.iter().all(|after| counts.contains(after)), "closed");
        }
        let by_person: usize = look.counted().by_person().values().sum();
        let early = look.counted().held().filter(|(_, held)| held.why == Why::EarlyChapter).count();
        prop_assert_eq!(counts.len() + by_person + early, world.edits.len());
    }

    #[test]
    fn in_whatever_order_and_however_often_they_come_the_same_count(
        (world, setting) in worlds(40), dice in dice(), asked in 1usize..9,
    ) {
        let (_, at_once) = world.look(&setting);
        let (mut links, mut look) = (Links::default(), Look::default());
        let mut told: BTreeSet<EditHash> = BTreeSet::new();
        for (step, place) in shuffled(&world, &dice).into_iter().enumerate() {
            prop_assert_eq!(world.add_to(&mut links, place), Linked::New);
            prop_assert_eq!(world.add_to(&mut links, place), Linked::Known);
            if step % asked == 0 {
                look.with(&links, world.rights(&links, &setting));
            }
            if step % 3 == 0 {
                look.with(&links, world.rights(&links, &setting));
                let recount = look.recount(&links);
                for hash in recount.less {
                    prop_assert!(told.remove(&hash), "it counted");
                }
                for hash in recount.more {
                    prop_assert!(told.insert(hash), "it did not count");
                }
                let counts = |place: &usize| links.place(&world.hash(*place)).is_some() && look.counted().counts(&world.hash(*place));
                prop_assert_eq!(&told, &world.hashes(&world.all().filter(counts).collect()));
            }
        }
        look.with(&links, world.rights(&links, &setting));
        prop_assert_eq!(look.counted(), at_once.counted());
    }

    #[test]
    fn what_was_missing_and_comes_later_leaves_no_trace((world, setting) in worlds(40), lost: Vec<Index>) {
        let lost: BTreeSet<usize> = lost.iter().take(5).map(|lost| lost.index(world.edits.len())).collect();
        let (mut links, mut look) = (Links::default(), Look::default());
        for place in world.all().filter(|place| !lost.contains(place)) {
            world.add_to(&mut links, place);
            look.with(&links, world.rights(&links, &setting));
        }
        for place in world.all() {
            world.add_to(&mut links, place);
            look.with(&links, world.rights(&links, &setting));
        }
        let (_, at_once) = world.look(&setting);
        prop_assert_eq!(look.counted(), at_once.counted());
    }

    #[test]
    fn a_change_of_what_the_statements_say_and_back_leaves_no_trace((world, setting) in worlds(40), who in 0usize..4) {
        let (links, mut look) = world.look(&setting);
        let before = look.counted().clone();
        look.with(&links, world.rights(&links, &setting.clone().without(who)));
        look.recount(&links);
        look.with(&links, world.rights(&links, &setting));
        prop_assert_eq!(look.counted(), &before);
    }

    #[test]
    fn what_is_not_worth_keeping_changes_nothing((world, setting) in worlds(60), unsigned in 1usize..5) {
        let (links, look) = world.look(&setting);
        let counts = world.counting(&look, &links);
        let is_signed = |hash: &EditHash| links.place(hash).is_some_and(|place| place % unsigned == 0);
        let kept = look.worth_keeping(&links, is_signed);
        let stays = |place: &usize| counts.contains(place) || kept.contains(&world.hash(*place));
        let stays: BTreeSet<usize> = world.all().filter(stays).collect();
        for place in &stays {
            prop_assert!(world.edits[*place].after.iter().all(|after| stays.contains(after)), "closed");
        }
        let (fewer_links, fewer) = world.look_at(&setting, stays.iter().copied());
        prop_assert_eq!(world.counting(&fewer, &fewer_links), counts);
    }

    #[test]
    fn nothing_is_held_back_while_nobody_forks_and_everyone_may(steps in steps(60)) {
        let mut world = World::default();
        for (chain, _, one, _) in &steps {
            let on: Vec<usize> = world.edits.len().checked_sub(1 + usize::from(*one) % 9).into_iter().collect();
            world.next(usize::from(*chain) % 5, &on);
        }
        let (_, look) = world.look(&Setting::of(5));
        prop_assert!(look.counted().all());
    }

    #[test]
    fn no_removal_holds_back_the_words_of_anybody_else((world, setting) in unforked_worlds(60), who in 0usize..4) {
        // Without forks: who is removed supports no side of one any more.
        let counts = |setting: &Setting| {
            let (links, look) = world.look(setting);
            world.counting(&look, &links)
        };
        let (before, after) = (counts(&setting), counts(&setting.clone().without(who)));
        for place in before.difference(&after) {
            let author = setting.chains[world.edits[*place].chain];
            let own = author.is_some_and(|(person, _, own)| person != who && own == Own::Yes);
            prop_assert!(!own, "an edit of {:?} is held back", author.map(|(author, ..)| author));
        }
    }
}
