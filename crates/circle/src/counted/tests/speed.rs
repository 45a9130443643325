//! That an edit at the tip costs little more than itself.

use std::time::Duration;

use super::world::{Setting, World};
use crate::{
    counted::{Look, rights::Own},
    edits::Links,
};

/// Ten people who write in turns on one another's words.
fn long(edits: usize) -> World {
    let mut world = World::default();
    for step in 0..edits {
        let named = format!("{step}");
        let hash = seal::EditHash::new(*blake3::hash(named.as_bytes()).as_bytes());
        let chain = step % 10;
        let before = world.tips.insert(chain, step);
        let after: Vec<usize> =
            step.checked_sub(1).into_iter().chain(before.filter(|before| before + 1 != step)).collect();
        let number = (step / 10 + 1) as u64;
        let past = std::collections::BTreeSet::new();
        world.edits.push(super::world::Naive { hash, chain, number, bytes: 100, before, after, past });
    }
    world
}

#[test]
fn after_a_removal_and_with_a_fork_an_edit_at_the_tip_of_twenty_thousand_costs_little() {
    let mut world = long(20_000);
    let setting = Setting::of(11).without(3);
    // Somebody else's forked chain, and edits held back.
    world.write(10, None, &[5], 1);
    world.write(10, None, &[5], 2);
    let late = world.write(3, Some(19_993), &[], 1);
    let tip = 19_999;
    let mut links = Links::default();
    world.all().for_each(|place| assert_eq!(world.add_to(&mut links, place), crate::edits::Linked::New));
    let mut look = Look::default();
    let whole = timed(|| look.with(&links, world.rights(&links, &setting)));
    look.recount(&links);
    assert!(!look.counted().counts(&world.hash(late)));
    assert!(setting.chains[3].is_some_and(|(.., own)| own != Own::Yes));
    let mut on = tip;
    let mut each = Duration::ZERO;
    for step in 0..200 {
        let chain = [0, 1, 2, 4, 5][step % 5];
        on = world.write(chain, world.tips.get(&chain).copied(), &[on], 0);
        assert_eq!(world.add_to(&mut links, on), crate::edits::Linked::New);
        let rights = world.rights(&links, &setting);
        each += timed(|| {
            look.with(&links, rights);
            assert_eq!(look.recount(&links).more, [world.hash(on)]);
        });
    }
    // By far: in a build without optimisations the whole takes a fifth of a second.
    assert!(each / 200 < whole / 50, "all {whole:?}, one {:?}", each / 200);
}

#[expect(clippy::disallowed_methods, reason = "a measure")]
fn timed(work: impl FnOnce()) -> Duration {
    let begun = std::time::Instant::now();
    work();
    begun.elapsed()
}
