//! Losing things, with real processes: a passphrase, a device, the newest days of a store.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;
use tests::{
    devices::{Device, Start, bring_in},
    home::Home,
};

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
    let words = text(&amina.ok(&["sample", "adult-alone"]), "recovery");
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

#[test]
fn a_lost_device_is_replaced_and_shut_out_with_the_recovery_sheet() {
    let mut two = Two::begin();
    let (plan, sheet) = (two.plan.clone(), two.path("sheet.txt"));
    two.amina.ask(&format!("splice {plan} about-me.communication --insert \"Ask me. \"")).unwrap();
    two.settle();
    let at = two.address_of_ben();
    let Two { folder, start, amina, mut ben, .. } = two;
    // The laptop is gone: nothing of it is used from here on, until a thief opens it.
    let lost = amina.home.clone();
    amina.end();

    let new = folder.path().join("new");
    let restore = ["restore", "--words-from", &sheet, "--name", "the new one", "--at", &at, "--listen", "127.0.0.1:0"];
    let back = start.once(&new, &restore).unwrap();
    assert_eq!((text(&back, "plan"), text(&back, "title")), (plan.clone(), "My plan".to_owned()));
    let devices = back["devices"].as_array().unwrap();
    assert_eq!((devices.len(), &devices[1]["name"], &devices[1]["here"]), (2, &"the new one".into(), &true.into()));
    assert_eq!(said(&start, &new, &plan), "Ask me. ");
    assert_eq!(start.once(&new, &["whoami"]).unwrap()["name"], "Amina", "the circle knows who they are");

    let gone = text(&devices[0], "device");
    let removed = start.once(&new, &["lost", &plan, &gone[..8], "--words-from", &sheet]).unwrap();
    assert_eq!(removed["removed"], gone.as_str());
    let mut amina = Device::open(start.clone(), &new);
    amina.ask(&format!("splice {plan} about-me.communication --insert \"Give me time. \"")).unwrap();
    sync(&mut amina, &plan);
    sync(&mut ben, &plan);
    assert_eq!(said_by(&mut ben, &plan), "Give me time. Ask me. ");

    // Whoever has the laptop writes with it, and then goes online.
    let splice = ["splice", &plan, "about-me.communication", "--insert", "Ask nobody. "];
    start.once(&lost, &splice).unwrap();
    let mut thief = Device::open(start.clone(), &lost);
    let _ = thief.ask(&format!("sync {plan} --wait 5"));
    thief.end();
    sync(&mut amina, &plan);
    assert_eq!(said_by(&mut ben, &plan), "Give me time. Ask me. ");
    assert_eq!(said_by(&mut amina, &plan), "Give me time. Ask me. ");
    assert!(store_holds_no("Give me time.", &lost), "nothing newer reaches it");
}

#[test]
fn a_device_that_was_linked_is_opened_by_the_sheet_too_once_it_was_told_the_words() {
    let (laptop, folder, plan) = linked();
    let sheet = folder.path().join("sheet.txt");
    let sheet = path(&sheet);
    laptop.end();
    let home = folder.path().join("Laptop");
    let wrong = folder.path().join("wrong.txt");
    fs::write(&wrong, "abandon ".repeat(23) + "art").unwrap();
    let laptop = Home::new(PROGRAM, home).with_new_passphrase("four words of mine");
    laptop.ok(&["passphrase"]);
    let locked = laptop.clone().with_passphrase("four words of mine");
    let reset = laptop.with_new_passphrase("other words");
    assert_eq!(reset.no(&["passphrase", "--forgotten", "--words-from", sheet], 1), "wrong-words", "it never saw them");

    assert_eq!(locked.no(&["use-sheet", &plan, "--words-from", path(&wrong)], 1), "unknown-words");
    locked.ok(&["use-sheet", &plan, "--words-from", sheet]);
    locked.ok(&["use-sheet", &plan, "--words-from", sheet]);
    reset.ok(&["passphrase", "--forgotten", "--words-from", sheet]);
    assert_eq!(locked.no(&["plans"], 1), "wrong-passphrase");
    reset.with_passphrase("other words").ok(&["plans"]);
}

#[test]
fn a_lost_device_goes_with_what_it_linked_unless_told_otherwise() {
    for keep in [true, false] {
        let (mut laptop, folder, plan) = linked();
        let sheet = folder.path().join("sheet.txt");
        let first =
            laptop.ask(&format!("devices {plan}")).unwrap()["devices"][0]["device"].as_str().unwrap().to_owned();
        let lost = |device: &mut Device, more: &str| {
            device.ask(&format!("lost {plan} {first} --words-from \"{}\"{more}", path(&sheet)))
        };
        let count =
            |device: &mut Device| device.ask(&format!("devices {plan}")).unwrap()["devices"].as_array().unwrap().len();
        if keep {
            let refused = lost(&mut laptop, "").unwrap_err();
            assert!(refused.contains("would go with it"), "{refused}");
            lost(&mut laptop, " --keep-linked").unwrap();
            assert_eq!(count(&mut laptop), 1);
            continue;
        }
        // Somebody who comes back with the words is no device of the lost one's.
        let at = text(&laptop.ask("whoami").unwrap()["addresses"], 0);
        let (start, new) = (Start::on_loopback(PROGRAM), folder.path().join("new"));
        let restore = ["restore", "--words-from", path(&sheet), "--at", &at, "--listen", "127.0.0.1:0"];
        start.once(&new, &restore).unwrap();
        let mut new = Device::open(start, &new);
        assert_eq!(count(&mut new), 3);
        lost(&mut new, "").unwrap();
        assert_eq!(count(&mut new), 1);
    }
}

/// A laptop that a phone linked by code; the phone is off, its sheet lies beside the homes.
fn linked() -> (Device, TempDir, String) {
    let folder = TempDir::new().unwrap();
    let start = Start::on_loopback(PROGRAM);
    let mut phone = Device::make(start.clone(), &folder.path().join("Phone"), "Amina");
    let sheet = folder.path().join("sheet.txt");
    let begun = phone.ask(&format!("new \"My plan\" --sheet \"{}\"", path(&sheet))).unwrap();
    let plan = text(&begun, "plan");
    let at = text(&phone.ask("whoami").unwrap()["addresses"], 0);
    phone.put(&format!("link {plan} --words"));
    let code = text(&phone.next(|line| line["news"] == "says").unwrap(), "code");
    let mut laptop = Device::make(start, &folder.path().join("Laptop"), "Amina");
    laptop.ask(&format!("join {code}@{at} --device laptop")).unwrap();
    phone.answer().unwrap();
    phone.end();
    (laptop, folder, plan)
}

#[test]
fn words_that_nobody_knows_bring_nobody_back() {
    let mut two = Two::begin();
    let (plan, sheet) = (two.plan.clone(), two.path("sheet.txt"));
    let (at, slip) = (two.address_of_ben(), two.path("slip.txt"));
    fs::write(&slip, "abandon ".repeat(23) + "art").unwrap();
    let stranger = two.folder.path().join("stranger");
    let restore = |words: &str, home: &Path| {
        let words = ["restore", "--words-from", words, "--at", &at, "--listen", "127.0.0.1:0", "--wait", "20"];
        Start::on_loopback(PROGRAM).once(home, &words)
    };
    assert!(restore(&slip, &stranger).unwrap_err().contains("does not know these words"));

    // A sheet that somebody may have seen is replaced: its words are worth nothing once others know.
    let new = two.path("new.txt");
    two.amina.ask(&format!("resheet {plan} --words-from {sheet} --sheet {new}")).unwrap();
    two.settle();
    assert!(restore(&sheet, &stranger).unwrap_err().contains("does not know these words"));
    assert_eq!(text(&restore(&new, &stranger).unwrap(), "plan"), plan);
    // Who comes back twice, because the first time was cut off, is there once.
    assert_eq!(restore(&new, &stranger).unwrap()["devices"].as_array().unwrap().len(), 2);
    let worn = two.amina.ask(&format!("resheet {plan} --words-from {sheet}")).unwrap_err();
    assert!(worn.contains("does not know these words"), "{worn}");
}

#[test]
fn whom_a_plan_was_begun_for_comes_with_the_words_written_down_for_them() {
    let folder = TempDir::new().unwrap();
    let start = Start::on_loopback(PROGRAM);
    let mut priya = Device::make(start.clone(), &folder.path().join("Priya"), "Priya");
    let begun = priya.ask("new \"Our plan\" --for Amina").unwrap();
    let (plan, at) = (text(&begun, "plan"), text(&priya.ask("whoami").unwrap()["addresses"], 0));
    assert_ne!(begun["theirs"], begun["recovery"]);
    let [theirs, own] = ["theirs", "own"].map(|name| folder.path().join(name));
    fs::write(&theirs, text(&begun, "theirs")).unwrap();

    let restore = |home: &Path, words: &Path| {
        let words = ["restore", "--words-from", path(words), "--at", &at, "--listen", "127.0.0.1:0", "--wait", "30"];
        start.once(home, &words)
    };
    // Whom nobody has called by a name yet says theirs first.
    let nobody = folder.path().join("nobody");
    assert!(restore(&nobody, &theirs).unwrap_err().contains("Say first what people should call you"));
    let named = ["restore", "--words-from", path(&theirs), "--at", &at, "--listen", "127.0.0.1:0", "--name", "Amina"];
    let back = start.once(&nobody, &named).unwrap();
    let home = nobody;
    let people = start.once(&home, &["people", &plan]).unwrap();
    let amina = people["people"].as_array().unwrap().iter().find(|one| one["name"] == "Amina").unwrap().clone();
    assert_eq!((&amina["standing"], &amina["you"]), (&"protected".into(), &true.into()));
    start.once(&home, &["splice", &plan, "about-me.communication", "--insert", "Ask me."]).unwrap();
    assert!(priya.ask(&format!("hand-over {plan} Amina")).is_err(), "she has it, for good");

    // Priya has seen those words; from now on others hold, which only Amina has seen.
    fs::write(&own, text(&back, "recovery")).unwrap();
    let [stranger, second] = ["stranger", "second"].map(|name| folder.path().join(name));
    assert!(restore(&stranger, &theirs).unwrap_err().contains("does not know these words"));
    assert_eq!(restore(&second, &own).unwrap()["devices"].as_array().unwrap().len(), 2);
}

#[test]
fn an_old_back_up_begins_a_new_chapter_and_gets_its_later_words_back() {
    let mut two = Two::begin();
    let plan = two.plan.clone();
    two.amina.ask(&add(&plan, "one")).unwrap();
    two.settle();
    let Two { folder, start, amina, mut ben, .. } = two;
    let home = amina.home.clone();
    amina.end();
    let back_up = folder.path().join("back-up");
    copy(&home, &back_up);

    let mut amina = Device::open(start.clone(), &home);
    amina.ask(&add(&plan, "two")).unwrap();
    sync(&mut amina, &plan);
    amina.end();
    // The disk fails; the back-up takes its place, and is written in before anybody is met.
    fs::remove_dir_all(&home).unwrap();
    copy(&back_up, &home);
    start.once(&home, &["add", &plan, "goals", "words=three"]).unwrap();
    let mut amina = Device::open(start.clone(), &home);
    for device in [&mut amina, &mut ben] {
        sync(device, &plan);
    }
    // And a second time, now that the mark is right again.
    amina.ask(&add(&plan, "four")).unwrap();
    ben.ask(&add(&plan, "five")).unwrap();
    for device in [&mut amina, &mut ben] {
        sync(device, &plan);
    }
    assert_eq!(goals(&mut amina, &plan), ["one", "two", "three", "four", "five"].map(str::to_owned).into());
    assert_eq!(goals(&mut amina, &plan), goals(&mut ben, &plan));
    amina.ask(&format!("verify {plan}")).unwrap();
}

#[test]
fn a_data_file_put_back_alone_is_noticed_when_others_show_what_was_written_since() {
    let mut two = Two::begin();
    let plan = two.plan.clone();
    two.amina.ask(&add(&plan, "one")).unwrap();
    two.settle();
    let Two { folder, start, amina, mut ben, .. } = two;
    let (home, data) = (amina.home.clone(), amina.home.join("alongside.redb"));
    amina.end();
    let older = folder.path().join("older");
    fs::copy(&data, &older).unwrap();
    let mut amina = Device::open(start.clone(), &home);
    amina.ask(&add(&plan, "two")).unwrap();
    sync(&mut amina, &plan);
    amina.end();

    // Written over, so that the mark beside it tells nothing.
    fs::write(&data, fs::read(&older).unwrap()).unwrap();
    let mut amina = Device::open(start, &home);
    sync(&mut amina, &plan);
    amina.ask(&add(&plan, "three")).unwrap();
    for device in [&mut amina, &mut ben] {
        sync(device, &plan);
    }
    assert_eq!(goals(&mut amina, &plan), ["one", "two", "three"].map(str::to_owned).into());
    assert_eq!(goals(&mut amina, &plan), goals(&mut ben, &plan));
}

#[test]
fn a_folder_copied_to_another_computer_writes_on_beside_the_first() {
    let mut two = Two::begin();
    let plan = two.plan.clone();
    two.amina.ask(&add(&plan, "one")).unwrap();
    two.settle();
    let Two { folder, start, amina, mut ben, .. } = two;
    let (home, other) = (amina.home.clone(), folder.path().join("other"));
    amina.end();
    copy(&home, &other);
    let [mut amina, mut copied] = [&home, &other].map(|home| Device::open(start.clone(), home));
    amina.ask(&add(&plan, "two")).unwrap();
    copied.ask(&add(&plan, "three")).unwrap();
    for _ in 0..2 {
        for device in [&mut amina, &mut copied, &mut ben] {
            sync(device, &plan);
        }
    }
    let all = ["one", "two", "three"].map(str::to_owned).into();
    for device in [&mut amina, &mut copied, &mut ben] {
        assert_eq!(goals(device, &plan), all);
    }
}

#[test]
fn a_verified_copy_is_listed_and_put_back() {
    let mut two = Two::begin();
    let plan = two.plan.clone();
    two.amina.ask(&add(&plan, "one")).unwrap();
    two.settle();
    let Two { start, amina, mut ben, .. } = two;
    let home = amina.home.clone();
    amina.end();
    let store = store::Store::open(&store::Home::at(&home), &store::Unlock::KeyFile, "tests").unwrap();
    store.copy(seal::Time(1_000)).unwrap().unwrap().finish().unwrap();
    drop(store);
    let mut amina = Device::open(start.clone(), &home);
    amina.ask(&add(&plan, "two")).unwrap();
    sync(&mut amina, &plan);
    amina.end();

    fs::write(home.join("alongside.redb"), b"ruined").unwrap();
    assert!(start.once(&home, &["plans"]).is_err());
    assert_eq!(start.once(&home, &["copies"]).unwrap()["copies"][0]["copy"], 1_000);
    assert!(start.once(&home, &["put-back", "7"]).unwrap_err().contains("no copy of that number"));
    let old = home.join("alongside.redb.old");
    assert_eq!(start.once(&home, &["put-back", "1000"]).unwrap()["kept"], old.to_str().unwrap());
    let second = start.once(&home, &["put-back", "1000"]).unwrap();
    assert_eq!(second["kept"], home.join("alongside.redb.old.2").to_str().unwrap(), "nothing is written over");
    let mut amina = Device::open(start, &home);
    amina.ask(&add(&plan, "three")).unwrap();
    for device in [&mut amina, &mut ben] {
        sync(device, &plan);
    }
    assert_eq!(goals(&mut amina, &plan), ["one", "two", "three"].map(str::to_owned).into());
    assert_eq!(goals(&mut amina, &plan), goals(&mut ben, &plan));
    assert_eq!(fs::read(old).unwrap(), b"ruined", "what was there stays beside it");
}

/// Amina, who began a plan and has its sheet in `sheet.txt`, and Ben, who writes it with her. Both are online.
struct Two {
    folder: TempDir,
    start: Start,
    plan: String,
    amina: Device,
    ben: Device,
}

impl Two {
    fn begin() -> Two {
        let folder = TempDir::new().unwrap();
        let start = Start::on_loopback(PROGRAM);
        let [mut amina, mut ben] =
            ["Amina", "Ben"].map(|name| Device::make(start.clone(), &folder.path().join(name), name));
        let sheet = folder.path().join("sheet.txt");
        let plan = text(&amina.ask(&format!("new \"My plan\" --sheet {}", path(&sheet))).unwrap(), "plan");
        bring_in(&plan, &mut amina, &mut ben, "Ben", "carer").unwrap();
        let mut two = Two { folder, start, plan, amina, ben };
        two.settle();
        two
    }

    fn path(&self, name: &str) -> String {
        path(&self.folder.path().join(name)).to_owned()
    }

    fn settle(&mut self) {
        sync(&mut self.amina, &self.plan);
        sync(&mut self.ben, &self.plan);
    }

    fn address_of_ben(&mut self) -> String {
        text(&self.ben.ask("whoami").unwrap()["addresses"], 0)
    }
}

/// Whether no edit that a home holds has these words in it. Edits are kept as they were signed, unpacked.
fn store_holds_no(words: &str, home: &Path) -> bool {
    let store = store::Store::open(&store::Home::at(home), &store::Unlock::KeyFile, "tests").unwrap();
    let raw = store.plans().into_iter().flat_map(|plan| store.raw(plan).unwrap());
    let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    !raw.into_iter().any(|raw| matches!(raw, store::Raw::Edit { bytes, .. } if holds(&bytes)))
}

fn add(plan: &str, goal: &str) -> String {
    format!("add {plan} goals words={goal}")
}

/// The goals on a running device, in whatever order they stand.
fn goals(device: &mut Device, plan: &str) -> BTreeSet<String> {
    let shown = device.ask(&format!("show {plan} goals")).unwrap();
    shown["parts"][0]["lists"]["goals"].as_array().unwrap().iter().map(|goal| text(goal, "words")).collect()
}

/// A whole folder, as somebody copies it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn sync(device: &mut Device, plan: &str) {
    device.ask(&format!("sync {plan} --wait 60")).unwrap();
}

/// What stands in one field on a running device.
fn said_by(device: &mut Device, plan: &str) -> String {
    communication(&device.ask(&format!("show {plan} about-me")).unwrap())
}

/// The same on a device that is not running.
fn said(start: &Start, home: &Path, plan: &str) -> String {
    communication(&start.once(home, &["show", plan, "about-me"]).unwrap())
}

fn communication(shown: &Value) -> String {
    text(&shown["parts"][0]["fields"], "communication")
}

fn home(name: &str) -> (TempDir, Home) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(PROGRAM, folder.path().join("home"));
    home.ok(&["init", "--name", name]);
    (folder, home)
}

fn text<I: serde_json::value::Index + Copy + std::fmt::Debug>(value: &Value, key: I) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("no {key:?} in {value}")).to_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
