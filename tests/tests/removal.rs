//! Four people, four devices, real processes: somebody is removed, lowered or leaves, and everybody else's plan stays one.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;
use tests::devices::{Device, Start, bring_in};

const PROGRAM: &str = env!("CARGO_BIN_EXE_device");

/// The part they write in, and its text.
const FIELD: &str = "about-me.important";

/// How long something may take that comes by itself.
const SOON: Duration = Duration::from_secs(60);

/// Amina, Ben, Cat and Sam, in this order.
struct Four {
    _folder: TempDir,
    plan: String,
    devices: Vec<Device>,
}

impl Four {
    /// Amina's plan with Ben, who lets people in, and with Cat and Sam; each has written something, and all hold it.
    fn together() -> Four {
        let folder = TempDir::new().unwrap();
        let make = |name: &str| Device::make(Start::on_loopback(PROGRAM), &folder.path().join(name), name);
        let mut devices: Vec<Device> = ["Amina", "Ben", "Cat", "Sam"].into_iter().map(make).collect();
        let (amina, others) = devices.split_first_mut().unwrap();
        let plan = amina.ask("new \"Amina's plan\"").unwrap()["plan"].as_str().unwrap().to_owned();
        for (device, (name, role)) in others.iter_mut().zip([("Ben", "lead"), ("Cat", "carer"), ("Sam", "carer")]) {
            bring_in(&plan, amina, device, name, role).unwrap();
        }
        let mut four = Four { _folder: folder, plan, devices };
        for (who, word) in [(0, "amina1 "), (1, "ben1 "), (2, "cat1 "), (3, "sam1 ")] {
            four.write(who, word);
        }
        four.all_have(&[0, 1, 2, 3], &["amina1", "ben1", "cat1", "sam1"]);
        four
    }

    fn ask(&mut self, who: usize, line: &str) -> Result<Value, String> {
        let line = line.replace("PLAN", &self.plan);
        self.devices[who].ask(&line)
    }

    fn write(&mut self, who: usize, words: &str) {
        // What is shared with somebody comes soon after they do.
        let line = format!("splice PLAN {FIELD} --at 0 --insert \"{words}\"");
        let end = Instant::now() + SOON;
        while let Err(why) = self.ask(who, &line) {
            assert!(Instant::now() < end, "{who} cannot write {words}: {why}");
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn text(&mut self, who: usize) -> String {
        text(&self.ask(who, "show PLAN").unwrap())
    }

    /// Everybody named shows the same, and all of these words.
    fn all_have(&mut self, who: &[usize], words: &[&str]) {
        self.wait(&format!("{who:?} have {words:?}"), |four| {
            let texts: Vec<String> = who.iter().map(|who| four.text(*who)).collect();
            let all = |text: &String| words.iter().all(|word| text.contains(word));
            (texts.iter().all(all) && texts.windows(2).all(|pair| pair[0] == pair[1])).then_some(()).ok_or(texts)
        });
    }

    /// How many edits each person has held back, as one device counts them.
    fn held(&mut self, who: usize) -> u64 {
        let held = self.ask(who, "history PLAN --held").unwrap();
        held["held"].as_array().unwrap().iter().map(|held| held["edits"].as_u64().unwrap()).sum()
    }

    fn all_hold_back(&mut self, who: &[usize], edits: u64) {
        self.wait(&format!("{who:?} hold back {edits}"), |four| {
            let held: Vec<u64> = who.iter().map(|who| four.held(*who)).collect();
            held.iter().all(|held| *held == edits).then_some(()).ok_or(held)
        });
    }

    fn knows_people(&mut self, who: usize, names: &[&str]) -> Result<(), Vec<String>> {
        let people = self.ask(who, "people PLAN").unwrap();
        let mut known: Vec<String> = people["people"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|person| person["name"].as_str().map(str::to_owned))
            .collect();
        known.sort();
        if known == names { Ok(()) } else { Err(known) }
    }

    fn all_know_people(&mut self, who: &[usize], names: &[&str]) {
        for one in who {
            self.wait(&format!("{one} knows {names:?}"), |four| four.knows_people(*one, names));
        }
    }

    fn wait<T: std::fmt::Debug>(&mut self, what: &str, mut is_so: impl FnMut(&mut Four) -> Result<(), T>) {
        let end = Instant::now() + SOON;
        loop {
            let Err(but) = is_so(self) else { return };
            assert!(Instant::now() < end, "never: {what}; but {but:?}");
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn verify(&mut self, who: &[usize]) {
        for who in who {
            assert_eq!(self.ask(*who, "verify PLAN").unwrap()["verified"], true);
        }
    }
}

fn text(shown: &Value) -> String {
    let parts = shown["parts"].as_array().unwrap();
    let about = parts.iter().find(|part| part["kind"] == "about-me");
    about.and_then(|part| part["fields"]["important"].as_str()).unwrap_or_default().to_owned()
}

#[test]
fn who_is_removed_while_away_writes_for_themselves_alone() {
    let mut four = Four::together();
    let people = four.ask(0, "people PLAN").unwrap();
    let sam = people["people"].as_array().unwrap().iter().find(|person| person["name"] == "Sam").unwrap()["id"].clone();
    four.ask(3, "offline").unwrap();
    four.ask(0, "remove PLAN Sam").unwrap();
    four.all_know_people(&[0, 1, 2], &["Amina", "Ben", "Cat"]);
    four.write(3, "late1 ");
    four.write(3, "late2 ");
    four.write(1, "after1 ");
    four.all_have(&[0, 1, 2], &["amina1", "ben1", "cat1", "sam1", "after1"]);
    four.ask(3, "online").unwrap();
    four.all_hold_back(&[0, 1, 2], 2);
    four.all_know_people(&[3], &["Amina", "Ben", "Cat"]);
    four.write(2, "after2 ");
    four.all_have(&[0, 1, 2], &["sam1", "after1", "after2"]);

    let sams = four.text(3);
    assert!(sams.contains("late1") && sams.contains("sam1"), "they keep their copy: {sams}");
    assert!(!sams.contains("after"), "nothing that was written after the removal reached them: {sams}");
    let refused = four.ask(3, &format!("splice PLAN {FIELD} --at 0 --insert x")).unwrap_err();
    assert!(refused.contains("not in the circle"), "{refused}");
    let whole: Vec<Value> = (0..3).map(|who| parts(&four.ask(who, "show PLAN").unwrap())).collect();
    assert!(whole.windows(2).all(|pair| pair[0] == pair[1]), "{whole:?}");
    assert!(!four.text(0).contains("late"));

    // The words are there for whoever asks, and come back by hand, under their author's name.
    let words = four.ask(1, "history PLAN --held --words").unwrap().to_string();
    assert!(words.contains("late1") && words.contains("late2"), "{words}");
    assert_eq!(four.ask(0, "keep PLAN about-me Sam").unwrap()["kept"], 2);
    four.all_have(&[0, 1, 2], &["late1", "late2", "after1", "after2"]);
    four.all_hold_back(&[0, 1, 2], 0);
    let history = four.ask(2, "history PLAN").unwrap();
    let sams = history["edits"].as_array().unwrap().iter().filter(|edit| edit["person"] == sam).count();
    assert_eq!(sams, 3, "{history}");
    four.verify(&[0, 1, 2]);
    assert!(!four.text(3).contains("after"));

    // Let in again, they get what they missed, and what they write counts. Only Amina is there to knock at: Ben lets people in,
    // too, and then it would be for him to confirm.
    for who in [1, 2] {
        four.ask(who, "offline").unwrap();
    }
    let plan = four.plan.clone();
    let (amina, others) = four.devices.split_first_mut().unwrap();
    bring_in(&plan, amina, &mut others[2], "Sam", "carer").unwrap();
    for who in [1, 2] {
        four.ask(who, "online").unwrap();
    }
    four.all_have(&[0, 1, 2, 3], &["late1", "late2", "after1", "after2"]);
    four.write(3, "again1 ");
    four.all_have(&[0, 1, 2, 3], &["again1"]);
    four.all_hold_back(&[0, 1, 2, 3], 0);
}

#[test]
fn two_who_remove_the_same_person_apart_agree_afterwards() {
    let mut four = Four::together();
    for who in [0, 1, 3] {
        four.ask(who, "offline").unwrap();
    }
    four.ask(0, "remove PLAN Sam").unwrap();
    four.ask(1, "remove PLAN Sam").unwrap();
    four.write(3, "late1 ");
    for who in [0, 1, 3] {
        four.ask(who, "online").unwrap();
    }
    four.all_know_people(&[0, 1, 2, 3], &["Amina", "Ben", "Cat"]);
    four.all_hold_back(&[0, 1, 2], 1);
    four.all_have(&[0, 1, 2], &["amina1", "ben1", "cat1", "sam1"]);
    four.verify(&[0, 1, 2]);
}

#[test]
fn who_is_lowered_goes_on_writing_and_who_leaves_leaves_their_words() {
    let mut four = Four::together();
    four.ask(0, "stand PLAN Ben member").unwrap();
    four.wait("Ben hears of it", |four| {
        let people = four.ask(1, "people PLAN").unwrap();
        let ben = people["people"].as_array().unwrap().iter().find(|person| person["name"] == "Ben").cloned().unwrap();
        if ben["standing"] == "member" { Ok(()) } else { Err(ben) }
    });
    four.write(1, "ben2 ");
    four.all_have(&[0, 1, 2, 3], &["ben1", "ben2"]);
    four.ask(2, "leave PLAN").unwrap();
    four.all_know_people(&[0, 1, 3], &["Amina", "Ben", "Sam"]);
    four.write(0, "amina2 ");
    four.all_have(&[0, 1, 3], &["amina1", "amina2", "ben2", "cat1", "sam1"]);
    assert!(!four.text(2).contains("amina2"));
    assert!(four.text(2).contains("cat1"), "they keep their copy");
    four.all_hold_back(&[0, 1, 3], 0);
    four.verify(&[0, 1, 3]);
}

#[test]
fn who_is_shared_with_again_does_not_bring_back_what_was_held_back_meanwhile() {
    let mut four = Four::together();
    four.ask(3, "offline").unwrap();
    four.ask(0, "unshare PLAN about-me Sam").unwrap();
    four.write(3, "late1 ");
    four.ask(3, "online").unwrap();
    four.all_hold_back(&[0, 1, 2], 1);
    four.wait("Sam knows", |four| {
        let refused = four.ask(3, &format!("splice PLAN {FIELD} --at 0 --insert x")).is_err();
        if refused { Ok(()) } else { Err("Sam may still write") }
    });
    assert!(four.text(3).contains("late1"), "they keep their copy");

    four.ask(0, "share PLAN about-me Sam edit").unwrap();
    four.write(3, "again1 ");
    four.all_have(&[0, 1, 2, 3], &["amina1", "ben1", "cat1", "sam1", "again1"]);
    four.all_hold_back(&[0, 1, 2, 3], 1);
    assert!(!four.text(0).contains("late1") && !four.text(3).contains("late1"));
    four.verify(&[0, 1, 2, 3]);
}

#[test]
fn a_kill_leaves_no_removal_without_what_was_seen_before() {
    let mut four = Four::together();
    let mut removed = 0;
    for kill in 0..4_u64 {
        // Sam's last words rest on nobody else's: without a Keep they would be held back.
        four.write(3, &format!("sam{} ", kill + 2));
        four.all_have(&[0, 1, 2, 3], &[&format!("sam{}", kill + 2)]);
        let mut amina = four.devices.remove(0);
        amina.put(&format!("remove {} Sam", four.plan));
        thread::sleep(Duration::from_millis(kill * 15));
        let (mut start, home) = amina.again();
        amina.kill();
        // From now on it pauses between what is saved and telling it.
        start.environment = vec![("ALONGSIDE_PAUSE".into(), format!("{kill},60"))];
        four.devices.insert(0, Device::open(start, &home));
        if four.knows_people(0, &["Amina", "Ben", "Cat"]).is_ok() {
            removed += 1;
            break;
        }
    }
    if removed == 0 {
        four.ask(0, "remove PLAN Sam").unwrap();
    }
    four.all_know_people(&[0, 1, 2], &["Amina", "Ben", "Cat"]);
    four.all_hold_back(&[0, 1, 2], 0);
    four.all_have(&[0, 1, 2], &["sam1", "sam2"]);
}

/// What is shown of a plan, without who looks at it.
fn parts(shown: &Value) -> Value {
    let mut parts = shown["parts"].clone();
    for part in parts.as_array_mut().unwrap() {
        part.as_object_mut().unwrap().remove("access");
    }
    let about = parts.as_array().unwrap().iter().filter(|part| part["kind"] == "about-me").cloned();
    Value::Array(about.collect())
}
