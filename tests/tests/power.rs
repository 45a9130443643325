//! The power fails, the disk fails, bits turn: nothing acknowledged is lost, and the store always opens.
//!
//! `ALONGSIDE_CUTS` says how many cuts; a few hundred without it. Everything else is tried in proportion.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use store::{KeepError, Store};
use tests::power::{Book, Disk, History, Image, Life, Trouble, flushed, key};

const CUTS_PER_HISTORY: usize = 500;
const SAVES: usize = 60;

#[test]
fn nothing_acknowledged_is_lost_when_the_power_fails() {
    let cuts = cuts();
    for seed in 0..cuts.div_ceil(CUTS_PER_HISTORY) {
        let history = History::live(seed as u64, SAVES, Trouble::None).expect("a sound disk keeps everything");
        let lost = lost_in(&history, seed as u64, CUTS_PER_HISTORY.min(cuts - seed * CUTS_PER_HISTORY));
        assert_eq!(lost, Vec::<String>::new(), "seed {seed}");
    }
}

#[test]
fn an_acknowledgement_before_the_flush_is_caught() {
    let history = History::live(1, SAVES, Trouble::FlushesLate).expect("the disk only lies about when");
    assert!(!lost_in(&history, 1, 300).is_empty());
}

/// Cuts a history at random moments, and says what went wrong.
fn lost_in(history: &History, seed: u64, cuts: usize) -> Vec<String> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let moments = (0..cuts).map(|_| dice.random_range(history.moments())).collect();
    let mut lost = Vec::new();
    history.cut_at(moments, &mut dice, |moment, image, dice| {
        if let Err(what) = survives(history, moment, image, dice) {
            lost.push(format!("cut at {moment}: {what}"));
        }
    });
    lost
}

/// Opens what a cut left, with the power failing again up to twice while it recovers.
fn survives(history: &History, moment: usize, mut image: Image, dice: &mut ChaCha8Rng) -> Result<(), String> {
    for _ in 0..2 {
        if dice.random_bool(0.7) {
            break;
        }
        let disk = Disk::holding(image.clone());
        let store = Store::on(disk.clone(), &key()).map_err(|error| format!("does not open: {error}"))?;
        if dice.random_bool(0.5) {
            drop(store);
        }
        let ops = disk.ops();
        let again = dice.random_range(0..=ops.len());
        let safe = flushed(&ops[..again]);
        ops[..safe].iter().for_each(|op| image.apply(op));
        image.cut(&ops[safe..again], dice);
    }
    let disk = Disk::holding(image);
    let mut store = Store::on(disk.clone(), &key()).map_err(|error| format!("does not open: {error}"))?;
    let book = Book::of(&store).map_err(|error| format!("does not come back: {error}"))?;
    if !history.allowed(moment).any(|allowed| *allowed == book) {
        return Err("holds something else".to_owned());
    }
    if dice.random_bool(0.1) {
        goes_on(&mut store, dice)?;
    }
    Ok(())
}

fn goes_on(store: &mut Store, dice: &mut ChaCha8Rng) -> Result<(), String> {
    let mut life = Life::new(dice.random());
    store.save(life.next_batch()).map_err(|error| format!("does not go on: {error}"))
}

fn cuts() -> usize {
    std::env::var("ALONGSIDE_CUTS").map_or(300, |cuts| cuts.parse().expect("ALONGSIDE_CUTS is a number"))
}

#[test]
fn a_turned_bit_is_noticed_or_does_no_harm() {
    let (history, image) = whole(5);
    let all = history.last();
    let mut dice = ChaCha8Rng::seed_from_u64(5);
    let (mut noticed, mut harmless) = (0, 0);
    for turn in 0..(cuts() / 10).max(200) {
        // Every bit of the first page once in a while, because one byte there says which commit holds.
        let bits = if turn % 4 == 0 { 320 * 8 } else { image.len() * 8 };
        let bit = dice.random_range(0..bits);
        let mut turned = image.clone();
        turned.flip(bit);
        match Store::on(Disk::holding(turned), &key()).map(|store| Book::of(&store)) {
            Ok(Ok(book)) => {
                assert_eq!(book, *all, "bit {bit}");
                harmless += 1;
            }
            Ok(Err(_)) | Err(_) => noticed += 1,
        }
    }
    assert!(noticed > 0 && harmless > 0, "{noticed} noticed, {harmless} harmless");
}

#[test]
fn a_file_that_is_cut_short_is_refused() {
    let (history, image) = whole(6);
    let mut dice = ChaCha8Rng::seed_from_u64(6);
    for turn in 0..(cuts() / 100).max(30) {
        let mut short = image.clone();
        short.set_len(if turn == 0 { 1 } else { dice.random_range(1..image.len()) });
        let opened = Store::on(Disk::holding(short), &key()).map(|store| Book::of(&store));
        assert!(!matches!(opened, Ok(Ok(book)) if book != *history.last()));
    }
}

#[test]
fn after_a_failed_flush_nothing_more_is_written_until_it_is_opened_again() {
    fails_and_recovers(
        |dice| Trouble::FlushFails(dice.random_range(8..120)),
        |error| matches!(error, KeepError::Failed(_)),
    );
}

#[test]
fn after_a_failed_write_nothing_more_is_written_until_it_is_opened_again() {
    fails_and_recovers(
        |dice| Trouble::WriteFails(dice.random_range(20..400)),
        |error| matches!(error, KeepError::Failed(_)),
    );
}

#[test]
fn a_full_disk_is_called_full_and_loses_nothing() {
    fails_and_recovers(
        |dice| Trouble::FullAt(dice.random_range(200_000..500_000)),
        |error| matches!(error, KeepError::Full),
    );
}

/// Lives until the disk goes wrong, then asks: is it called by its name, does the store stop, and is everything
/// acknowledged there again, both when the program starts again and when the computer does?
fn fails_and_recovers(trouble: impl Fn(&mut ChaCha8Rng) -> Trouble, named: impl Fn(&KeepError) -> bool) {
    let mut failed = 0;
    for seed in 0..(cuts() / 200).max(20) as u64 {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let disk = Disk::holding(Image::default());
        let mut store = Store::on(disk.clone(), &key()).expect("an empty disk takes a store");
        disk.set_trouble(trouble(&mut dice));
        let mut life = Life::new(seed);
        let mut acknowledged = life.book.clone();
        let error = (0..SAVES).find_map(|_| match store.save(life.next_batch()) {
            Ok(()) => {
                acknowledged = life.book.clone();
                None
            }
            Err(error) => Some(error),
        });
        let Some(error) = error else { continue };
        assert!(named(&error), "{error}");
        failed += 1;
        let asked = disk.asked();
        assert!(matches!(store.save(Life::new(1).next_batch()), Err(KeepError::Stopped)));
        drop(store);
        assert_eq!(disk.asked(), asked, "a stopped store writes nothing, not even on closing");

        // A flush that failed has let go of what it was given: the disk may hold any of it, while reads still see it all.
        let ops = disk.ops();
        let safe = flushed(&ops);
        let mut image = Image::default();
        ops[..safe].iter().for_each(|op| image.apply(op));
        image.cut(&ops[safe..], &mut dice);
        for image in [disk.image(), image] {
            let mut store = Store::on(Disk::holding(image), &key()).expect("it opens again");
            let book = Book::of(&store).expect("all of it can be read");
            assert!(book == acknowledged || book == life.book);
            store.save(Life::new(2).next_batch()).expect("and it goes on");
        }
    }
    assert!(failed > 10, "only {failed} disks went wrong");
}

/// A life that ended well, and what is on its disk.
fn whole(seed: u64) -> (History, Image) {
    let history = History::live(seed, SAVES, Trouble::None).expect("a sound disk keeps everything");
    let mut image = Image::default();
    history.cut_at(vec![*history.moments().end()], &mut ChaCha8Rng::seed_from_u64(0), |_, left, _| image = left);
    (history, image)
}
