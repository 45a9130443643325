//! Losing things, with real processes: a passphrase, a device, the newest days of a store.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;
use tests::home::Home;

const PROGRAM: &str = env!("CARGO_BIN_EXE_device");

#[test]
fn a_forgotten_passphrase_is_made_good_by_the_recovery_sheet() {
    let (folder, amina) = home("Amina");
    let sheet = folder.path().join("sheet.txt");
    amina.ok(&["new", "My plan", "--sheet", path(&sheet)]);
    let page = fs::read_to_string(&sheet).unwrap();
    assert!(page.contains("Amina") && page.contains("My plan") && page.contains("24. "), "{page}");
    assert_eq!(amina.no(&["new", "Another", "--sheet", path(&sheet)], 1), "file-there");
    let other = amina.ok(&["new", "Another"]);
    assert_eq!(other["recovery"].as_str().unwrap().split(' ').count(), 24);

    let amina = amina.with_new_passphrase("four words of mine");
    amina.ok(&["passphrase"]);
    assert_eq!(amina.no(&["plans"], 1), "passphrase-needed");
    let locked = amina.with_passphrase("four words of mine");
    assert_eq!(locked.ok(&["plans"])["plans"].as_array().unwrap().len(), 2);
    let wrong = locked.clone().with_passphrase("four words of yours");
    assert_eq!(wrong.no(&["passphrase"], 1), "wrong-passphrase");

    // Only the words of a plan made here do it, and only all of them.
    let slip = folder.path().join("slip.txt");
    fs::write(&slip, page.replacen("1. ", "1. not", 1)).unwrap();
    let reset = wrong.with_new_passphrase("other words");
    assert_eq!(reset.no(&["passphrase", "--forgotten", "--words-from", path(&slip)], 1), "words-unknown");
    fs::write(&slip, "abandon ability able").unwrap();
    assert_eq!(reset.no(&["passphrase", "--forgotten", "--words-from", path(&slip)], 1), "words-count");
    fs::write(&slip, "abandon ".repeat(23) + "art").unwrap();
    assert_eq!(reset.no(&["passphrase", "--forgotten", "--words-from", path(&slip)], 1), "wrong-words");
    fs::write(&slip, "abandon ".repeat(24)).unwrap();
    assert_eq!(reset.no(&["passphrase", "--forgotten", "--words-from", path(&slip)], 1), "words-checksum");
    reset.ok(&["passphrase", "--forgotten", "--words-from", path(&sheet)]);
    let open = reset.with_passphrase("other words");
    assert_eq!(open.ok(&["plans"])["plans"].as_array().unwrap().len(), 2);
    assert_eq!(locked.no(&["plans"], 1), "wrong-passphrase");
    // And once more with the other plan's, to take it away.
    fs::write(&slip, other["recovery"].as_str().unwrap()).unwrap();
    open.ok(&["passphrase", "--forgotten", "--remove", "--words-from", path(&slip)]);
    open.without_passphrase().ok(&["plans"]);
}

#[test]
fn the_words_are_found_in_no_file_of_the_home() {
    let (_folder, amina) = home("Amina");
    let words = text(&amina.ok(&["sample", "adult"]), "recovery");
    let pairs: Vec<String> = words.split(' ').collect::<Vec<_>>().windows(2).map(|pair| pair.join(" ")).collect();
    let key = seal::RecoveryWords::read(&words).unwrap();
    let (seed, wrapping) = (key.key().seed(), key.wrapping_key());
    for entry in fs::read_dir(amina.folder()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let markers = pairs.iter().map(String::as_bytes).chain([seed.as_slice(), wrapping.as_slice()]);
        for marker in markers {
            assert!(!bytes.windows(marker.len()).any(|window| window == marker));
        }
    }
}

fn home(name: &str) -> (TempDir, Home) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(PROGRAM, folder.path().join("home"));
    home.ok(&["init", "--name", name]);
    (folder, home)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}")).to_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
