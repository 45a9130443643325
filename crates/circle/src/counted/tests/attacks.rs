//! The four attack mixes of the reference model `edits.py`, at full size: 200 seeds of 200 steps each.

use std::collections::BTreeSet;

use super::{
    naive::as_modelled,
    world::{Setting, World},
};

const PEOPLE: usize = 6;
const LIAR: usize = PEOPLE - 1;
const STEPS: usize = 200;
const SEEDS: u64 = 200;

/// What an attack left behind.
struct Attack {
    world: World,
    /// What the remover names in their Keep.
    keep: BTreeSet<usize>,
    back_dated: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Mix {
    removed: bool,
    forks: bool,
    names_nothing: bool,
}

#[test]
fn a_late_fork_of_the_first_edit_of_somebody_who_may_edit_holds_back_no_honest_edit() {
    over_all_seeds(Mix { removed: false, forks: true, names_nothing: false });
}

#[test]
fn a_removal_by_somebody_sixty_steps_behind_holds_back_no_honest_edit() {
    over_all_seeds(Mix { removed: true, forks: false, names_nothing: false });
}

#[test]
fn a_removal_that_names_nothing_holds_back_no_honest_edit() {
    over_all_seeds(Mix { removed: true, forks: false, names_nothing: true });
}

#[test]
fn a_removal_and_a_fork_together_hold_back_no_honest_edit() {
    over_all_seeds(Mix { removed: true, forks: true, names_nothing: false });
}

fn over_all_seeds(mix: Mix) {
    let (mut honest, mut back_dated) = (0, 0);
    for seed in 0..SEEDS {
        let Attack { world, keep, back_dated: late } = attack(seed, mix);
        let setting = if mix.removed { Setting::of(PEOPLE).without(LIAR) } else { Setting::of(PEOPLE) };
        let setting = Setting { keeps: keep.iter().copied().collect(), ..setting };
        let (links, look) = world.look(&setting);
        let counts = world.counting(&look, &links);
        assert_eq!(counts, as_modelled(&world, &setting.may_edit, &keep), "seed {seed}: the model says otherwise");
        for place in world.all().filter(|place| world.edits[*place].chain != LIAR) {
            assert!(counts.contains(&place), "seed {seed}: an honest edit is held back");
            honest += 1;
        }
        for place in late.iter().filter(|_| mix.removed) {
            assert!(!counts.contains(place), "seed {seed}: a back-dated edit on which nobody built counts");
            back_dated += 1;
        }
        // The same one edit at a time, which is how they come.
        let mut edits = crate::edits::Links::default();
        let mut step = crate::counted::Look::default();
        for place in world.all() {
            world.add_to(&mut edits, place);
            step.with(&edits, world.rights(&edits, &setting));
        }
        assert_eq!(step.counted(), look.counted(), "seed {seed}: one at a time it comes out otherwise");
    }
    assert!(honest > 15_000 && (back_dated > 400 || !mix.removed), "{honest} honest, {back_dated} back-dated");
}

/// People write and meet; person 0 goes offline 60 steps before the end and removes the liar then; the liar forks their first
/// edit late, ground to a lower hash, and dates three edits back on which nobody builds.
fn attack(seed: u64, mix: Mix) -> Attack {
    let mut dice = Dice(seed);
    let mut world = World::default();
    let mut views: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); PEOPLE];
    let mut keep = BTreeSet::new();
    for step in 0..STEPS {
        let late = step >= STEPS - 60;
        if step == STEPS - 60 {
            keep = views[0].clone();
        }
        let who = dice.below(PEOPLE);
        if late && who == 0 {
            continue;
        }
        if dice.below(100) < 60 {
            let built: BTreeSet<usize> = views[who].iter().flat_map(|seen| world.edits[*seen].after.clone()).collect();
            let heads: Vec<usize> = views[who].difference(&built).copied().collect();
            let wrote = world.next(who, &heads);
            views[who].insert(wrote);
        } else {
            let other = dice.below(PEOPLE);
            if !(late && other == 0) {
                let both: BTreeSet<usize> = views[who].union(&views[other]).copied().collect();
                (views[who], views[other]) = (both.clone(), both);
            }
        }
    }
    if mix.names_nothing || !mix.removed {
        keep.clear();
    }
    let mut back_dated = Vec::new();
    if let Some(mut before) = world.tips.get(&LIAR).copied() {
        if mix.forks {
            let first = world.all().find(|place| world.edits[*place].chain == LIAR).unwrap();
            let (on, hash) = (world.edits[first].after.clone(), world.edits[first].hash);
            for salt in 1_000.. {
                world.write(LIAR, None, &on, salt);
                if world.edits.last().unwrap().hash < hash {
                    break;
                }
                world.edits.pop();
            }
        }
        for salt in 0..3 {
            before = world.write(LIAR, Some(before), &[], 2_000 + salt);
            back_dated.push(before);
        }
    }
    Attack { world, keep, back_dated }
}

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}
