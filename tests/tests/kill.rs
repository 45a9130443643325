//! Devices are killed without warning while they write and share; what they had acknowledged is there afterwards.
//!
//! `ALONGSIDE_KILLS` says how often; a few times without it. Half of the kills are of devices that a script writes in, half
//! of devices under a replay. All of them pause between saving and telling (`ALONGSIDE_PAUSE`) for longer than a save takes,
//! and at least half of the kills must find something saved or being saved that is not told yet.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    sync::mpsc::sync_channel,
    thread,
    time::{Duration, Instant},
};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use store::{Home, Store, Unlock};
use tempfile::TempDir;
use tests::devices::{Device, Start, bring_in};

const PROGRAM: &str = env!("CARGO_BIN_EXE_device");

/// The longest pause between saving and telling under a replay, in milliseconds: thousands of saves must still get through.
const PAUSE: u32 = 40;

/// The same for the devices that a script writes in. A kill comes at most [`LATEST`] after the last word, and to be told
/// everything by then takes two pauses, so that even on a quick computer nearly every kill falls between.
const LONG_PAUSE: u32 = 400;

/// When the latest kill comes after the last word of a script, in milliseconds.
const LATEST: u64 = 120;

/// Kills between two looks at whether both devices hold the same.
const LOOK: usize = 10;

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let folder = TempDir::new().unwrap();
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let mut devices = ["ann", "bea"].map(|name| Device::make(start(&mut dice), &folder.path().join(name), name));
    let [ann, bea] = &mut devices;
    let made = ann.ask("new \"Ann's plan\"").unwrap();
    let plan = made["plan"].as_str().unwrap().to_owned();
    bring_in(&plan, ann, bea, "bea", "carer").unwrap();
    together(&plan, &mut devices);

    let mut acknowledged: [BTreeSet<String>; 2] = Default::default();
    let (mut number, mut amid) = (0, 0);
    for kill in 1..=kills().div_ceil(2) {
        let victim = dice.random_range(0..2);
        let mut put: [Vec<String>; 2] = Default::default();
        for _ in 0..dice.random_range(3..25) {
            for (who, device) in devices.iter_mut().enumerate() {
                number += 1;
                let word = format!("{}{number}", ["a", "b"][who]);
                device.put(&format!("splice {plan} about-me.important --at 0 --insert \"{word} \""));
                put[who].push(word);
            }
        }
        thread::sleep(Duration::from_millis(dice.random_range(0..LATEST)));
        let (again, home) = devices[victim].again();
        let [ann, bea] = devices;
        let (dead, mut alive) = if victim == 0 { (ann, bea) } else { (bea, ann) };
        let answers = dead.kill();
        assert!(answers.iter().all(|answer| answer.get("error").is_none()), "{answers:?}");
        amid += usize::from(answers.len() < put[victim].len());
        acknowledged[victim].extend(put[victim].iter().take(answers.len()).cloned());
        for word in &put[1 - victim] {
            alive.answer().unwrap();
            acknowledged[1 - victim].insert(word.clone());
        }
        let mut risen = Device::open(again, &home);
        let words = words(&mut risen, &plan);
        let lost: Vec<&String> = acknowledged[victim].difference(&words).collect();
        assert!(lost.is_empty(), "kill {kill}: {lost:?}");
        devices = if victim == 0 { [risen, alive] } else { [alive, risen] };
        if kill % LOOK == 0 {
            together(&plan, &mut devices);
        }
    }
    together(&plan, &mut devices);
    assert!(amid * 2 >= kills().div_ceil(2), "only {amid} kills fell between a save and its acknowledgement");
    let [ann, bea] = devices;
    for device in [ann, bea] {
        let home = device.home.clone();
        device.end();
        no_chain_contradicts_itself(&home);
    }
}

#[test]
fn a_replay_ends_the_same_however_often_its_devices_are_killed() {
    let (wanted, mut done) = (kills() / 2, 0);
    let transactions = if wanted < 20 { 200 } else { 3_000 };
    for seed in 0.. {
        let folder = TempDir::new().unwrap();
        let trace = folder.path().join("trace.json");
        fs::write(&trace, recording(seed, transactions).to_string()).unwrap();
        // Spread over several replays: none gets more than a third of them.
        let killed = replay_under_fire(&trace, &folder.path().join("homes"), seed, (wanted - done).min(wanted / 3 + 1));
        done += killed;
        if done >= wanted {
            return;
        }
        assert!(seed < 50, "the replays end too soon to kill anything: {done} of {wanted}");
    }
}

/// Replays a recording, kills its devices so many times, and says how often it came to it. The replay itself compares the
/// texts and verifies.
fn replay_under_fire(trace: &Path, homes: &Path, seed: u64, most: usize) -> usize {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut replay = Command::new(PROGRAM)
        .args(["--json", "--home"])
        .arg(homes)
        .arg("replay")
        .arg(trace)
        .args(["--devices", "2"])
        .env("ALONGSIDE_PAUSE", format!("{seed},{PAUSE}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = replay.stdout.take().unwrap();
    let (sender, lines) = sync_channel::<Value>(1_024);
    let listen = move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let line = serde_json::from_str(&line).unwrap_or(Value::Null);
            if sender.send(line).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("listen".into()).spawn(listen).unwrap();
    let (mut alive, mut killed, mut last) = (BTreeMap::new(), 0, Value::Null);
    let mut next = Instant::now() + Duration::from_millis(dice.random_range(200..2_000));
    loop {
        match lines.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                if let (Some(device), Some(pid)) = (line["device"].as_u64(), line["pid"].as_u64()) {
                    alive.insert(device, pid);
                }
                last = line;
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                next = Instant::now() + Duration::from_millis(dice.random_range(100..2_500));
                // Each is killed once: the replay tells its next number when it has started it again.
                let Some(pid) = alive.remove(&dice.random_range(1..=2)).filter(|_| killed < most) else { continue };
                if Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success() {
                    killed += 1;
                }
            }
        }
    }
    let status = replay.wait().unwrap();
    assert!(status.success() && last["replayed"] == true, "{last}");
    killed
}

/// Two people write at both ends of a text, sometimes having seen what the other wrote. However it is merged, it ends the
/// same, because nobody writes where the other does.
fn recording(seed: u64, transactions: usize) -> Value {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let begin = "Between us. ";
    let (mut front, mut back) = (String::new(), String::new());
    // Of each person: their last transaction, how much the other had written when they last looked, and that one's number.
    let mut last: [Option<usize>; 2] = [None; 2];
    let mut seen: [(usize, Option<usize>); 2] = [(0, None); 2];
    let mut list = Vec::new();
    for number in 0..transactions {
        let who = dice.random_range(0..2);
        if dice.random_bool(0.2) {
            seen[who] = (if who == 0 { back.len() } else { front.len() }, last[1 - who]);
        }
        let word = format!("{} ", dice.random_range(0..10_000));
        let patch = if who == 0 {
            front.insert_str(0, &word);
            json!([0, 0, word])
        } else {
            let at = seen[who].0 + begin.len() + back.len();
            back.push_str(&word);
            json!([at, 0, word])
        };
        let mut parents: Vec<usize> = last[who].into_iter().chain(seen[who].1).collect();
        parents.sort_unstable();
        parents.dedup();
        list.push(json!({"parents": parents, "agent": who, "patches": [patch]}));
        last[who] = Some(number);
    }
    let end = format!("{front}{begin}{back}");
    json!({"kind": "concurrent", "startContent": begin, "endContent": end, "numAgents": 2, "txns": list})
}

/// Waits until both hold the same, and checks all of it from nothing on both.
fn together(plan: &str, devices: &mut [Device; 2]) {
    let end = Instant::now() + Duration::from_secs(90);
    loop {
        for device in devices.iter_mut() {
            // Late is no failure here: the texts are compared.
            let _ = device.ask(&format!("sync {plan} --wait 10"));
        }
        let texts = devices.each_mut().map(|device| words(device, plan));
        if texts[0] == texts[1] {
            break;
        }
        let apart = texts[0].symmetric_difference(&texts[1]).count();
        assert!(Instant::now() < end, "they do not come to hold the same: {apart} words apart");
    }
    for device in devices.iter_mut() {
        let verified = device.ask(&format!("verify {plan}")).unwrap();
        assert_eq!(verified["verified"], true);
    }
}

fn words(device: &mut Device, plan: &str) -> BTreeSet<String> {
    let shown = device.ask(&format!("show {plan} about-me")).unwrap();
    let part = shown["parts"].as_array().and_then(|parts| parts.iter().find(|part| part["kind"] == "about-me"));
    let text = part.and_then(|part| part["fields"]["important"].as_str()).unwrap_or_default();
    text.split_whitespace().map(str::to_owned).collect()
}

/// Of every chain in the home: each number once, from one, without a gap.
fn no_chain_contradicts_itself(home: &Path) {
    let store = Store::open(&Home::at(home), &Unlock::KeyFile, "tests").unwrap();
    for plan in store.plans() {
        for (_, kept) in store.recall(plan, plan::door::head).unwrap().docs {
            let mut chains: BTreeMap<_, Vec<u64>> = BTreeMap::new();
            for edit in &kept.edits {
                chains.entry(edit.edit().chain()).or_default().push(edit.edit().seq().number());
            }
            for (chain, numbers) in chains {
                assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "{chain:?}: {numbers:?}");
            }
        }
    }
}

/// A device on a port of its own, so that the other finds it again after it was killed.
fn start(dice: &mut ChaCha8Rng) -> Start {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut start = Start::on_loopback(PROGRAM);
    start.network = vec!["--no-mdns".to_owned(), "--listen".to_owned(), format!("127.0.0.1:{port}")];
    start.environment.push(("ALONGSIDE_PAUSE".to_owned(), format!("{},{LONG_PAUSE}", dice.random_range(0..1_000))));
    start
}

fn kills() -> usize {
    std::env::var("ALONGSIDE_KILLS").map_or(6, |kills| kills.parse().expect("ALONGSIDE_KILLS is a number"))
}
