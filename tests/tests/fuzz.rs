//! Liars by the thousand before the door and before a taster.
//!
//! `ALONGSIDE_FUZZ` says how many edits; 2,000 without it. `ALONGSIDE_FUZZ_FROM` says with which seed to begin. A failure names
//! its seed.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what it came to, and with which seed it failed, is told"
)]

use std::{collections::BTreeMap, path::Path};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use seal::Admitted;
use tests::fuzz::{Became, Session, Tally, Tasted, hold_against_its_edits, rearrange, spoil, taste};

/// Edits that liars bring to one document.
const INPUTS: usize = 100;

/// Seeds that found something once.
const FOUND: [u64; 1] = [1_000_037];

/// Edits for each compact document that is tried: a process each.
const A_WHOLE: usize = 50;

/// Ways in which one compact document is changed.
const A_DOCUMENT: usize = 50;

/// Bytes of memory all of this may take.
const MEMORY: usize = 512 * 1024 * 1024;

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).map_or(otherwise, |number| number.parse().expect("a number"))
}

/// Says which seed it was if this panics.
fn told<T>(seed: u64, work: impl FnOnce() -> T) -> T {
    struct Seed(u64);
    impl Drop for Seed {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("seed {}", self.0);
            }
        }
    }
    let told = Seed(seed);
    let done = work();
    std::mem::forget(told);
    done
}

#[test]
fn whatever_the_door_lets_in_can_be_lived_with() {
    let from = number("ALONGSIDE_FUZZ_FROM", 0) as u64;
    let sessions = number("ALONGSIDE_FUZZ", 2_000).div_ceil(INPUTS) as u64;
    let mut all = Tally::default();
    for seed in FOUND.into_iter().chain(from..from + sessions) {
        let tally = told(seed, || Session::new(seed).run(INPUTS));
        all.brought += tally.brought;
        all.read += tally.read;
        all.admitted += tally.admitted;
        all.longest = all.longest.max(tally.longest);
    }
    println!("{all:?}");
    // Liars who are always refused, or never, would show nothing.
    assert!(all.read * 3 > all.brought && all.read < all.brought, "{all:?}");
    assert!(all.admitted * 20 > all.brought && all.admitted < all.read, "{all:?}");
    if let Some(memory) = highest_memory() {
        assert!(memory < MEMORY, "{memory} bytes");
    }
}

#[test]
fn whatever_a_taster_says_yes_to_is_exactly_what_its_edits_make() {
    let from = number("ALONGSIDE_FUZZ_FROM", 0) as u64;
    let wholes = number("ALONGSIDE_FUZZ", 2_000).div_ceil(A_WHOLE) as u64;
    let program = Path::new(env!("CARGO_BIN_EXE_device"));
    let mut became: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in from..from + wholes {
        let tasted = told(seed, || {
            let mut dice = ChaCha8Rng::seed_from_u64(seed);
            let edits: Vec<Admitted> = Session::written(seed).admitted();
            // One in ten is as it should be.
            let document = match dice.random_range(0..10) {
                0 => plan::compact::make(None, &edits).expect("honest edits").0,
                _ => spoil(&mut dice, &edits),
            };
            taste(program, &document)
        });
        let name = match tasted {
            Tasted::Refused => "refused",
            Tasted::Edits(_) => "edits",
            Tasted::Sound(_) => "sound",
        };
        *became.entry(name).or_default() += 1;
    }
    println!("{became:?}");
    assert!(became.len() == 3, "all of it happens: {became:?}");
}

#[test]
fn what_we_read_ourselves_is_exactly_what_its_edits_make() {
    let from = number("ALONGSIDE_FUZZ_FROM", 0) as u64;
    let documents = number("ALONGSIDE_FUZZ", 2_000).div_ceil(A_DOCUMENT) as u64;
    let mut became: BTreeMap<Became, usize> = BTreeMap::new();
    for seed in from..from + documents {
        let all: Vec<Became> = told(seed, || {
            let mut dice = ChaCha8Rng::seed_from_u64(seed);
            let edits: Vec<Admitted> = Session::written(seed).admitted();
            let (honest, _) = plan::compact::make(None, &edits).expect("honest edits");
            let changed = (0..A_DOCUMENT).map(|nth| match nth % 4 {
                0 => spoil(&mut dice, &edits),
                _ => rearrange(&mut dice, &honest),
            });
            changed.map(|document| hold_against_its_edits(&document, &honest)).collect()
        });
        all.into_iter().for_each(|one| *became.entry(one).or_default() += 1);
    }
    println!("{became:?}");
    assert!(became.len() == 5, "all of it happens: {became:?}");
}

/// The most memory this process ever held, where the system tells.
fn highest_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}
