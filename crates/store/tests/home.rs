//! A home as a person meets it: made, opened, locked, damaged, copied.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{fs, path::Path};

use seal::Time;
use store::{Batch, COPIES, Custody, Home, OpenError, Origin, SPARES, Shut, Store, Unlock};
use tempfile::TempDir;
use zeroize::Zeroizing;

#[test]
fn what_was_saved_is_there_at_the_next_start() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    let seed = store.seed().unwrap();
    store.save(note("settings", b"large type")).unwrap();
    store.close().unwrap();

    let store = open(&home).unwrap();
    assert_eq!(store.record("settings").unwrap().as_deref(), Some(b"large type".as_slice()));
    assert_eq!(*store.seed().unwrap(), *seed);
    assert_eq!((store.origin(), store.shut()), (Origin::Same, Shut::Properly));
}

#[test]
fn a_home_holds_these_files_and_nothing_else() {
    let (_folder, home) = new_home();
    drop(Store::create(&home, &Unlock::KeyFile, "along").unwrap());
    assert_eq!(files(home.folder()), ["alongside.redb", "key.1", "key.2", "key.open", "lock", "mark"]);
    assert_eq!(fs::read(home.folder().join("key.1")).unwrap(), fs::read(home.folder().join("key.2")).unwrap());
    #[cfg(unix)]
    for name in files(home.folder()) {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(home.folder().join(&name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn no_home_is_made_over_another_and_none_is_found_where_none_was_made() {
    let (_folder, home) = new_home();
    assert!(matches!(open(&home), Err(OpenError::Nothing)));
    assert!(!home.folder().exists(), "looking for a home makes none");
    drop(Store::create(&home, &Unlock::KeyFile, "along").unwrap());
    assert!(matches!(Store::create(&home, &Unlock::KeyFile, "along"), Err(OpenError::AlreadyThere)));
    open(&home).unwrap();
}

#[test]
fn a_home_whose_making_was_cut_short_is_made_anew() {
    let (_folder, home) = new_home();
    drop(Store::create(&home, &Unlock::KeyFile, "along").unwrap());
    // The last step of making a home is to give its data file the name it is looked for under.
    fs::rename(home.folder().join("alongside.redb"), home.folder().join("alongside.redb.new")).unwrap();
    assert!(matches!(open(&home), Err(OpenError::Nothing)));
    Store::create(&home, &Unlock::KeyFile, "along").unwrap();
}

#[test]
fn the_second_program_is_told_who_has_the_home() {
    let (_folder, home) = new_home();
    let first = Store::create(&home, &Unlock::KeyFile, "alongside").unwrap();
    match open(&home) {
        Err(OpenError::InUse { program, pid }) => {
            assert_eq!((program.as_str(), pid), ("alongside", std::process::id()))
        }
        other => panic!("{other:?}"),
    }
    drop(first);
    open(&home).unwrap();
}

#[test]
fn a_passphrase_opens_and_nothing_else_does() {
    let (_folder, home) = new_home();
    drop(Store::create(&home, &passphrase("four words of mine"), "along").unwrap());
    assert_eq!(home.custody().unwrap(), Custody::Passphrase);
    assert!(!home.folder().join("key.open").exists());
    assert!(matches!(open(&home), Err(OpenError::PassphraseNeeded)));
    assert!(matches!(Store::open(&home, &passphrase("four words of yours"), "along"), Err(OpenError::WrongPassphrase)));
    Store::open(&home, &passphrase("four words of mine"), "along").unwrap();
}

#[test]
fn a_passphrase_can_be_set_changed_and_taken_away() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    store.lock_by(&passphrase("one")).unwrap();
    drop(store);
    assert!(!home.folder().join("key.open").exists());
    let mut store = Store::open(&home, &passphrase("one"), "along").unwrap();
    store.lock_by(&Unlock::KeyFile).unwrap();
    drop(store);
    assert_eq!(home.custody().unwrap(), Custody::KeyFile);
    open(&home).unwrap();
}

#[test]
fn a_forgotten_passphrase_is_made_good_by_the_words_of_a_plan_made_here() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &passphrase("forgotten"), "along").unwrap();
    store.add_spare(&spare(1)).unwrap();
    store.add_spare(&spare(2)).unwrap();
    store.copy(Time(1)).unwrap().unwrap().finish().unwrap();
    drop(store);
    for sheet in [1, 2] {
        drop(Store::open(&home, &Unlock::Spare(spare(sheet)), "along").unwrap());
    }
    let other = Store::open(&home, &Unlock::Spare(spare(3)), "along");
    assert!(matches!(other, Err(OpenError::WrongWords)));

    let mut store = Store::open(&home, &Unlock::Spare(spare(1)), "along").unwrap();
    store.lock_by(&passphrase("new")).unwrap();
    // The sheet stays good for the next time, and the old passphrase opens nothing, not even a copy.
    store.drop_spare(&spare(2)).unwrap();
    assert!(matches!(store.check(&passphrase("forgotten")), Err(OpenError::WrongPassphrase)));
    assert!(store.check(&passphrase("new")).is_ok() && store.check(&Unlock::Spare(spare(1))).is_ok());
    drop(store);
    assert!(matches!(Store::open(&home, &Unlock::Spare(spare(2)), "along"), Err(OpenError::WrongWords)));
    let lock = fs::read(home.folder().join("key.1")).unwrap();
    assert_eq!(fs::read(home.folder().join("copies").join("1.key")).unwrap(), lock);
}

#[test]
fn of_too_many_spare_keys_the_first_half_and_the_newest_open() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    for number in 0..SPARES + 2 {
        store.add_spare(&spare(number as u8)).unwrap();
    }
    let gone = SPARES / 2..SPARES / 2 + 2;
    for number in 0..SPARES + 2 {
        assert_eq!(store.check(&Unlock::Spare(spare(number as u8))).is_err(), gone.contains(&number), "{number}");
    }
}

#[test]
fn a_change_of_the_lock_that_is_cut_at_any_step_leaves_a_home_that_opens() {
    type Change = fn(&mut Store);
    let changes: [(Unlock, Change, Unlock); 4] = [
        (Unlock::KeyFile, |store| store.lock_by(&passphrase("new")).unwrap(), passphrase("new")),
        (passphrase("old"), |store| store.lock_by(&passphrase("new")).unwrap(), passphrase("new")),
        (passphrase("old"), |store| store.lock_by(&Unlock::KeyFile).unwrap(), Unlock::KeyFile),
        (passphrase("old"), |store| store.add_spare(&spare(1)).unwrap(), Unlock::Spare(spare(1))),
    ];
    for (old, change, new) in changes {
        let (_folder, home) = new_home();
        let mut store = Store::create(&home, &old, "along").unwrap();
        store.copy(Time(1)).unwrap().unwrap().finish().unwrap();
        // In the order in which they are written.
        let steps = ["key.open", "key.1", "key.2", "copies/1.key"];
        let read = |name| fs::read(home.folder().join(name)).ok();
        let before = steps.map(read);
        change(&mut store);
        drop(store);
        let after = steps.map(read);
        for cut in 0..=steps.len() {
            for (at, name) in steps.iter().enumerate() {
                // An open key is drawn first, and taken away last.
                let done = if after[0].is_none() && at == 0 { cut == steps.len() } else { at < cut };
                let path = home.folder().join(name);
                match if done { &after[at] } else { &before[at] } {
                    Some(bytes) => fs::write(path, bytes).unwrap(),
                    None => drop(fs::remove_file(path)),
                }
            }
            let opened = Store::open(&home, &new, "along").or_else(|_| Store::open(&home, &old, "along"));
            assert!(opened.is_ok(), "{old:?} to {new:?}, cut after {cut}");
            assert_eq!(read("key.1"), read("key.2"), "healed");
        }
        drop(Store::open(&home, &new, "along").unwrap());
    }
}

#[test]
fn a_store_that_stopped_opens_again_without_being_asked_for_the_passphrase() {
    let (_folder, home) = new_home();
    let store = Store::create(&home, &passphrase("one"), "along").unwrap();
    let again = store.again().unwrap();
    assert!(matches!(again.open("along"), Err(OpenError::InUse { .. })), "one program has it open");
    drop(store);
    let store = again.open("along").unwrap();
    assert_eq!(store.custody().unwrap(), Custody::Passphrase);
}

#[test]
fn a_key_file_that_asks_for_too_little_work_is_refused() {
    let (_folder, home) = new_home();
    drop(Store::create(&home, &passphrase("one"), "along").unwrap());
    let mut bytes = fs::read(home.folder().join("key.1")).unwrap();
    bytes[26..30].copy_from_slice(&8u32.to_be_bytes());
    let body = bytes.len() - 16;
    let check = blake3::hash(&bytes[..body]);
    bytes[body..].copy_from_slice(&check.as_bytes()[..16]);
    for name in ["key.1", "key.2"] {
        fs::write(home.folder().join(name), &bytes).unwrap();
    }
    assert!(matches!(Store::open(&home, &passphrase("one"), "along"), Err(OpenError::KeyWeak)));
}

#[test]
fn one_key_file_is_healed_from_the_other() {
    let (_folder, home) = new_home();
    drop(Store::create(&home, &Unlock::KeyFile, "along").unwrap());
    let whole = fs::read(home.folder().join("key.1")).unwrap();
    for (name, spoil) in [("key.1", true), ("key.2", true), ("key.1", false), ("key.2", false)] {
        let path = home.folder().join(name);
        if spoil {
            fs::write(&path, &whole[..50]).unwrap()
        } else {
            fs::remove_file(&path).unwrap()
        }
        drop(open(&home).unwrap());
        assert_eq!(fs::read(&path).unwrap(), whole, "{name}");
    }
}

#[test]
fn whatever_is_missing_or_damaged_has_its_own_name_and_stays_as_it_is() {
    type Case = (&'static [&'static str], Spoil, fn(&OpenError) -> bool);
    let cases: [Case; 10] = [
        (&["key.1", "key.2"], Spoil::Remove, |error| matches!(error, OpenError::KeyMissing)),
        (&["key.1", "key.2"], Spoil::Flip, |error| matches!(error, OpenError::KeyDamaged)),
        (&["key.1", "key.2"], Spoil::Truncate, |error| matches!(error, OpenError::KeyDamaged)),
        (&["key.open"], Spoil::Remove, |error| matches!(error, OpenError::OpenKeyMissing)),
        (&["key.open"], Spoil::Flip, |error| matches!(error, OpenError::OpenKeyDamaged)),
        (&["key.open"], Spoil::Truncate, |error| matches!(error, OpenError::OpenKeyDamaged)),
        (&["alongside.redb"], Spoil::Remove, |error| matches!(error, OpenError::DataMissing)),
        (&["alongside.redb"], Spoil::Truncate, |error| matches!(error, OpenError::DataDamaged)),
        (&["alongside.redb"], Spoil::Empty, |error| matches!(error, OpenError::DataDamaged)),
        (&["alongside.redb"], Spoil::Other, |error| matches!(error, OpenError::OtherKey)),
    ];
    for (names, spoil, named) in cases {
        let (folder, home) = new_home();
        drop(Store::create(&home, &Unlock::KeyFile, "along").unwrap());
        for name in names {
            spoil.apply(&home.folder().join(name), folder.path());
        }
        let before: Vec<_> = names.iter().map(|name| fs::read(home.folder().join(name)).ok()).collect();
        let error = open(&home).unwrap_err();
        assert!(named(&error), "{names:?}: {error}");
        let after: Vec<_> = names.iter().map(|name| fs::read(home.folder().join(name)).ok()).collect();
        // redb notes in the header that it was open; nothing else changes in a file that is refused.
        if !matches!(spoil, Spoil::Other) {
            assert_eq!(before, after, "{names:?}");
        }
        assert!(matches!(Store::create(&home, &Unlock::KeyFile, "along"), Err(OpenError::AlreadyThere)));
    }
}

#[test]
fn a_copied_folder_and_a_restored_store_are_told_from_the_one_that_was_closed_here() {
    let (folder, home) = new_home();
    drop(Store::create(&home, &Unlock::KeyFile, "along").unwrap());
    let copied = Home::at(folder.path().join("copied"));
    fs::create_dir(copied.folder()).unwrap();
    for name in files(home.folder()) {
        fs::copy(home.folder().join(&name), copied.folder().join(&name)).unwrap();
    }
    let mut copy = open(&copied).unwrap();
    assert_eq!(copy.origin(), Origin::Copied);
    let old = fs::read(copied.folder().join("alongside.redb")).unwrap();
    // A new chapter was begun; from now on this is a home like any other.
    copy.mark_anew().unwrap();
    assert_eq!(copy.origin(), Origin::Same);
    drop(copy);
    assert_eq!(open(&copied).unwrap().origin(), Origin::Same);

    fs::write(copied.folder().join("alongside.redb"), old).unwrap();
    assert_eq!(open(&copied).unwrap().origin(), Origin::Restored);
    assert_eq!(open(&home).unwrap().origin(), Origin::Same);
    fs::remove_file(home.folder().join("mark")).unwrap();
    assert_eq!(open(&home).unwrap().origin(), Origin::Copied);
}

#[test]
fn three_verified_copies_are_kept_and_one_can_be_put_back() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    let day = 24 * 60 * 60 * 1000;
    assert!(store.copy_is_due(Time(day)));
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    assert!(!store.copy_is_due(Time(now.as_millis() as i64)), "a home made today needs no copy yet");
    for number in 1..=5 {
        store.save(note("settings", &[number])).unwrap();
        let copying = store.copy(Time(i64::from(number) * day)).unwrap().unwrap();
        // What is saved while a copy is made is not in it.
        store.save(note("later", &[number])).unwrap();
        copying.finish().unwrap();
    }
    assert!(!store.copy_is_due(Time(5 * day + 1)) && store.copy_is_due(Time(6 * day)));
    drop(store);

    let copies = home.list_copies().unwrap();
    assert_eq!(copies.iter().map(|copy| copy.at.0 / day).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(copies.len(), COPIES);
    Spoil::Truncate.apply(&home.folder().join("alongside.redb"), home.folder());
    assert!(matches!(open(&home), Err(OpenError::DataDamaged)));
    home.put_back(&copies[1], "along").unwrap();
    let store = open(&home).unwrap();
    assert_eq!(store.record("settings").unwrap(), Some(vec![4]));
    assert_eq!(store.record("later").unwrap(), Some(vec![3]));
    assert_eq!(store.origin(), Origin::Copied);
}

#[test]
fn copies_made_while_the_clock_was_ahead_push_no_real_one_out() {
    let (_folder, home) = new_home();
    let store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    let (day, year) = (24 * 60 * 60 * 1000, 365);
    let copy = |at: i64| store.copy(Time(at * day)).unwrap().unwrap().finish().unwrap();
    let there = || home.list_copies().unwrap().iter().map(|copy| copy.at.0 / day).collect::<Vec<_>>();
    for ahead in 1..=3 {
        copy(year + ahead);
    }
    assert!(store.copy_is_due(Time(10 * day)));
    copy(10);
    assert_eq!(there(), [10, year + 1, year + 2]);
    assert!(!store.copy_is_due(Time(10 * day + 9)), "once is enough");
    copy(11);
    copy(12);
    assert_eq!(there(), [10, 11, 12]);
}

#[test]
fn putting_a_second_copy_back_keeps_what_the_first_put_aside_and_forgetting_a_plan_drops_it() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    let copied = store.copy(Time(1)).unwrap().unwrap().finish().unwrap();
    store.save(note("written since", &[7])).unwrap();
    drop(store);
    let put_back = || home.put_back(&copied, "along").unwrap().expect("something lay there");
    let (first, second) = (put_back(), put_back());
    assert_ne!(first, second);
    // Nobody else may have what was written since: it is in the first of them still.
    fs::copy(&first, home.folder().join("alongside.redb")).unwrap();
    let mut store = open(&home).unwrap();
    assert_eq!(store.record("written since").unwrap(), Some(vec![7]));
    store.forget(seal::PlanId::new([1; 32])).unwrap();
    assert!(!first.exists() && !second.exists());
}

#[test]
fn no_name_word_or_id_is_found_in_any_file_of_a_home() {
    let (_folder, home) = new_home();
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    let (plan, marker) = (seal::PlanId::new([0xAB; 32]), b"Hodan swims on Thursdays");
    let mut batch = Batch::new();
    batch.statement(plan, marker.as_slice().into(), seal::Signature::new([0xCD; 64]));
    batch.record("invite/Hodan swims on Thursdays", marker.to_vec());
    let snapshot = store::Snapshot { bytes: marker.to_vec(), door: marker.to_vec(), heads: vec![] };
    batch.snapshot(plan, seal::DocId::new([0xEF; 32]), snapshot);
    store.save(batch).unwrap();
    let seed = store.seed().unwrap();
    store.copy(Time(1)).unwrap().unwrap().finish().unwrap();
    drop(store);
    let mut looked_at = 0;
    for folder in [home.folder().to_owned(), home.folder().join("copies")] {
        for name in files(&folder) {
            let bytes = fs::read(folder.join(&name)).unwrap();
            let markers: [&[u8]; 5] = [marker, &[0xAB; 16], &[0xCD; 16], &[0xEF; 16], seed.as_slice()];
            for marker in markers {
                assert!(!bytes.windows(marker.len()).any(|window| window == marker), "{name}");
            }
            looked_at += 1;
        }
    }
    assert_eq!(looked_at, 8);
}

enum Spoil {
    Remove,
    Flip,
    Truncate,
    Empty,
    /// Puts the same file of another home there.
    Other,
}

impl Spoil {
    fn apply(&self, path: &Path, spare: &Path) {
        match self {
            Spoil::Remove => fs::remove_file(path).unwrap(),
            Spoil::Flip => {
                let mut bytes = fs::read(path).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(path, bytes).unwrap();
            }
            Spoil::Truncate => {
                let bytes = fs::read(path).unwrap();
                fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
            }
            Spoil::Empty => fs::write(path, []).unwrap(),
            Spoil::Other => {
                let other = Home::at(spare.join("other"));
                drop(Store::create(&other, &Unlock::KeyFile, "along").unwrap());
                fs::copy(other.folder().join(path.file_name().unwrap()), path).unwrap();
            }
        }
    }
}

fn new_home() -> (TempDir, Home) {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path().join("amina"));
    (folder, home)
}

fn open(home: &Home) -> Result<Store, OpenError> {
    Store::open(home, &Unlock::KeyFile, "along")
}

fn passphrase(words: &str) -> Unlock {
    Unlock::Passphrase(Zeroizing::new(words.to_owned()))
}

fn spare(number: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([number; 32])
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn note(name: &str, value: &[u8]) -> Batch {
    let mut batch = Batch::new();
    batch.record(name, value.to_vec());
    batch
}
