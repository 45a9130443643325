//! The power fails, the disk fails, bits turn: nothing acknowledged is lost, and the store always opens.
//!
//! `ALONGSIDE_CUTS` says how many cuts; a few hundred without it. Everything else is tried in proportion.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use store::{Files, KeepError, Store};
use tests::power::{Album, Book, Collector, Disk, History, Image, Life, Trouble, collect, flushed, key, live};

const CUTS_PER_HISTORY: usize = 500;
const SAVES: usize = 60;
const TURNS: usize = 80;

#[test]
fn nothing_acknowledged_is_lost_when_the_power_fails() {
    let history = |seed| live(seed, SAVES, Trouble::None).expect("a sound disk keeps everything");
    nothing_is_lost(cuts(), history, a_store);
}

#[test]
fn an_acknowledgement_before_the_flush_is_caught() {
    let history = live(1, SAVES, Trouble::FlushesLate).expect("the disk only lies about when");
    assert!(!lost_in(&history, 1, 300, a_store).is_empty());
}

#[test]
fn no_picture_that_was_kept_is_lost_when_the_power_fails_and_none_comes_back_wrong() {
    // Each opens every picture again: a tenth of the cuts takes as long as all the others.
    let history = |seed| collect(seed, TURNS, Trouble::None).expect("a sound disk keeps everything");
    nothing_is_lost(cuts().div_ceil(10), history, an_album);
}

#[test]
fn a_picture_acknowledged_before_the_flush_is_caught() {
    let history = collect(1, TURNS, Trouble::FlushesLate).expect("the disk only lies about when");
    assert!(!lost_in(&history, 1, 300, an_album).is_empty());
}

#[test]
fn a_turned_bit_never_shows_a_wrong_picture() {
    let history = collect(3, TURNS, Trouble::None).expect("a sound disk keeps everything");
    let mut image = Image::default();
    history.cut_at(vec![*history.moments().end()], &mut ChaCha8Rng::seed_from_u64(0), |_, left, _| image = left);
    let mut dice = ChaCha8Rng::seed_from_u64(3);
    let (mut noticed, mut harmless) = (0, 0);
    for turn in 0..(cuts() / 10).max(200) {
        let bits = if turn % 4 == 0 { 320 * 8 } else { image.len() * 8 };
        let bit = dice.random_range(0..bits);
        let mut turned = image.clone();
        turned.flip(bit);
        match Files::on(Disk::holding(turned), &key()).map(|files| Album::of(&files)) {
            Ok(Ok(album)) => {
                // What cannot be read is as if it had never come, and is fetched again.
                assert!(album.is_part_of(history.last()), "bit {bit}");
                harmless += 1;
            }
            Ok(Err(_)) | Err(_) => noticed += 1,
        }
    }
    assert!(noticed > 0 && harmless > 0, "{noticed} noticed, {harmless} harmless");
}

#[test]
fn pictures_that_are_cut_short_or_whose_disk_fails_are_never_shown_wrong() {
    let mut failed = 0;
    for seed in 0..(cuts() / 100).max(20) as u64 {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let disk = Disk::holding(Image::default());
        let mut files = Files::on(disk.clone(), &key()).expect("an empty disk takes files");
        disk.set_trouble(match seed % 3 {
            0 => Trouble::FlushFails(dice.random_range(8..60)),
            1 => Trouble::WriteFails(dice.random_range(20..400)),
            _ => Trouble::FullAt(dice.random_range(400_000..2_000_000)),
        });
        let mut collector = Collector::new(seed);
        let mut acknowledged = collector.album.clone();
        let ends = (0..TURNS).find_map(|_| match collector.next(&mut files) {
            Ok(()) => {
                acknowledged = collector.album.clone();
                None
            }
            Err(error) => Some(error),
        });
        if ends.is_none() {
            continue;
        }
        failed += 1;
        assert!(files.is_stopped());
        drop(files);
        let ops = disk.ops();
        let safe = flushed(&ops);
        let mut image = Image::default();
        ops[..safe].iter().for_each(|op| image.apply(op));
        image.cut(&ops[safe..], &mut dice);
        for mut image in [disk.image(), image] {
            let files = Files::on(Disk::holding(image.clone()), &key()).expect("they open again");
            let album = Album::of(&files).expect("all of them can be read");
            assert!(album == acknowledged || album == collector.album);
            drop(files);
            image.set_len(dice.random_range(1..image.len()));
            if let Ok(Ok(album)) = Files::on(Disk::holding(image), &key()).map(|files| Album::of(&files)) {
                assert!(album.is_part_of(&acknowledged) || album.is_part_of(&collector.album));
            }
        }
    }
    assert!(failed > 10, "only {failed} disks went wrong");
}

/// Cuts as many histories as it takes for so many cuts, each from another seed.
fn nothing_is_lost<B: PartialEq + std::fmt::Debug>(
    cuts: usize,
    history: impl Fn(u64) -> History<B>,
    open: impl Fn(Disk, Option<&mut ChaCha8Rng>) -> Result<B, String>,
) {
    for nth in 0..cuts.div_ceil(CUTS_PER_HISTORY) {
        let seed = nth as u64;
        let lost = lost_in(&history(seed), seed, CUTS_PER_HISTORY.min(cuts - nth * CUTS_PER_HISTORY), &open);
        assert_eq!(lost, Vec::<String>::new(), "seed {seed}");
    }
}

/// Cuts a history at random moments, and says what went wrong. `open` opens what is on a disk and lists it.
fn lost_in<B: PartialEq + std::fmt::Debug>(
    history: &History<B>,
    seed: u64,
    cuts: usize,
    open: impl Fn(Disk, Option<&mut ChaCha8Rng>) -> Result<B, String>,
) -> Vec<String> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let moments = (0..cuts).map(|_| dice.random_range(history.moments())).collect();
    let mut lost = Vec::new();
    history.cut_at(moments, &mut dice, |moment, image, dice| {
        if let Err(what) = survives(history, moment, image, dice, &open) {
            lost.push(format!("cut at {moment}: {what}"));
        }
    });
    lost
}

/// Opens what a cut left, with the power failing again up to twice while it recovers.
fn survives<B: PartialEq + std::fmt::Debug>(
    history: &History<B>,
    moment: usize,
    mut image: Image,
    dice: &mut ChaCha8Rng,
    open: impl Fn(Disk, Option<&mut ChaCha8Rng>) -> Result<B, String>,
) -> Result<(), String> {
    for _ in 0..2 {
        if dice.random_bool(0.7) {
            break;
        }
        let disk = Disk::holding(image.clone());
        open(disk.clone(), None)?;
        let ops = disk.ops();
        let again = dice.random_range(0..=ops.len());
        let safe = flushed(&ops[..again]);
        ops[..safe].iter().for_each(|op| image.apply(op));
        image.cut(&ops[safe..again], dice);
    }
    let goes_on = dice.random_bool(0.1).then_some(dice);
    let book = open(Disk::holding(image), goes_on)?;
    if !history.allowed(moment).any(|allowed| *allowed == book) {
        let allowed: Vec<&B> = history.allowed(moment).collect();
        return Err(format!("holds {book:?} and not {allowed:?}"));
    }
    Ok(())
}

/// Opens a store, lists it, and perhaps goes on with it, by these dice; it is left without being closed.
fn a_store(disk: Disk, goes_on: Option<&mut ChaCha8Rng>) -> Result<Book, String> {
    let mut store = Store::on(disk, &key()).map_err(|error| format!("does not open: {error}"))?;
    let book = Book::of(&store).map_err(|error| format!("does not come back: {error}"))?;
    if let Some(dice) = goes_on {
        let mut life = Life::new(dice.random());
        store.save(life.next_batch()).map_err(|error| format!("does not go on: {error}"))?;
    }
    Ok(book)
}

/// The same for attached files.
fn an_album(disk: Disk, goes_on: Option<&mut ChaCha8Rng>) -> Result<Album, String> {
    let mut files = Files::on(disk, &key()).map_err(|error| format!("does not open: {error}"))?;
    let album = Album::of(&files).map_err(|error| format!("does not come back: {error}"))?;
    if let Some(dice) = goes_on {
        let mut collector = Collector::new(dice.random());
        (0..4).try_for_each(|_| collector.next(&mut files)).map_err(|error| format!("does not go on: {error}"))?;
    }
    Ok(album)
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
fn whole(seed: u64) -> (History<Book>, Image) {
    let history = live(seed, SAVES, Trouble::None).expect("a sound disk keeps everything");
    let mut image = Image::default();
    history.cut_at(vec![*history.moments().end()], &mut ChaCha8Rng::seed_from_u64(0), |_, left, _| image = left);
    (history, image)
}
