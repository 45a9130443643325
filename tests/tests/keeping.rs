//! Damage that sealing must name, forgery that only hashes and signatures can tell, what a keystroke costs, and that nobody
//! is told what a failing disk has not taken.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{fs, path::Path, thread, time::Duration};

use node::{Node, Pending, ask};
use seal::{DocId, PersonId, PlanId};
use serde_json::Value;
use store::{Batch, Home, OpenError, Place, Raw, RecallError, Shut, Store, Unlock};
use tempfile::TempDir;
#[cfg(target_os = "linux")]
use tests::devices::Takes;
use tests::{
    devices::{Device, Start, bring_in},
    power::{Disk, Image, Life, key, read_head},
};

const PLAN: PlanId = PlanId::new([1; 32]);

/// How long anything may take that comes by itself.
const LONGEST: Duration = Duration::from_secs(120);

#[test]
fn a_flipped_byte_of_a_stored_edit_is_refused_and_its_document_named() {
    let (image, docs) = written(3);
    let spoiled = docs[1];
    let store = Store::on(Disk::holding(image.clone()), &key()).unwrap();
    let sealed = store.sealed_edits(PLAN, spoiled).unwrap();
    drop(store);

    let mut bytes = vec![0; image.len()];
    assert!(image.read(0, &mut bytes));
    let value = &sealed[sealed.len() / 2];
    let at = bytes.windows(value.len()).position(|window| window == value).expect("the record stands in the file");
    let mut flipped = image;
    flipped.flip((at + value.len() / 2) * 8 + 3);

    let refused = Store::on(Disk::holding(flipped.clone()), &key());
    assert!(matches!(refused, Err(OpenError::DataDamaged)));
    let mut store = Store::examine_on(Disk::holding(flipped), &key()).unwrap();
    assert_eq!(damaged(&store), [Place::Doc(PLAN, spoiled)]);
    assert!(
        matches!(store.recall(PLAN, read_head), Err(RecallError::Damaged(Place::Doc(PLAN, doc))) if doc == spoiled)
    );
    // What is only examined is not written to.
    assert!(store.save(Life::new(9).next_batch()).is_err());
}

#[test]
fn an_edit_altered_and_sealed_again_is_handed_to_the_verifier_as_it_stands() {
    let (image, docs) = written(1);
    let mut store = Store::on(Disk::holding(image), &key()).unwrap();
    let before = edits(&store);
    assert!(store.alter_edit(PLAN, docs[0], 30, |bytes| *bytes.last_mut().unwrap() ^= 1).unwrap());
    assert!(!store.alter_edit(PLAN, docs[0], before.len(), |_| {}).unwrap());
    let after = edits(&store);
    let changed: Vec<usize> = (0..before.len()).filter(|number| before[*number] != after[*number]).collect();
    assert_eq!((before.len(), changed), (after.len(), vec![30]));
    assert_eq!(damaged(&store), []);
}

#[test]
fn a_store_knows_whether_it_was_closed() {
    let disk = Disk::holding(Image::default());
    let mut store = Store::on(disk.clone(), &key()).unwrap();
    store.save(Life::new(1).next_batch()).unwrap();
    let killed = disk.image();
    store.close().unwrap();
    let found = [killed, disk.image()].map(|image| Store::on(Disk::holding(image), &key()).unwrap().shut());
    assert_eq!(found, [Shut::Suddenly, Shut::Properly]);
}

#[test]
fn a_typed_edit_writes_less_than_64_kib_in_a_large_store() {
    let disk = Disk::holding(Image::default());
    let mut store = Store::on(disk.clone(), &key()).unwrap();
    let mut life = Life::new(4);
    for number in 0..100 {
        let mut batch = Batch::new();
        for doc in 1..=12 {
            life.write(&mut batch, PLAN, DocId::new([doc; 32]), 40, 150);
        }
        store.save(batch).unwrap();
        if number % 10 == 0 {
            store.save(life.next_batch()).unwrap();
        }
    }
    let most = (0..100).map(|number| {
        let before = disk.written();
        let mut batch = Batch::new();
        life.write(&mut batch, PLAN, DocId::new([1 + number % 12; 32]), 1, 60);
        store.save(batch).unwrap();
        disk.written() - before
    });
    let most = most.max().unwrap();
    assert!(most < 64 * 1024, "a typed edit wrote {most} bytes into {}", disk.image().len());
}

#[test]
fn verify_names_the_part_and_the_author_of_a_flipped_byte() {
    let (folder, start, plan) = written_by_two();
    let home = folder.path().join("bea");
    let (plan_id, doc) = about_me(&home, &plan);
    let sealed = open(&home).sealed_edits(plan_id, doc).unwrap();
    let path = home.join("alongside.redb");
    let mut bytes = fs::read(&path).unwrap();
    // The last record of the part holds what Ann wrote last.
    let value = sealed.last().unwrap();
    let at = bytes.windows(value.len()).position(|window| window == value).expect("the record stands in the file");
    bytes[at + value.len() / 2] ^= 8;
    fs::write(&path, &bytes).unwrap();

    let sentence = start.once(&home, &["verify", &plan]).unwrap_err();
    assert!(sentence.contains("About me") && sentence.contains("ann"), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    assert_eq!(fs::read(&path).unwrap(), bytes, "what is damaged is left as it is");
    // Nothing else makes anything of it either.
    let sentence = start.once(&home, &["show", &plan]).unwrap_err();
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
}

#[test]
fn a_home_whose_pages_are_altered_is_spoken_of_in_one_plain_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let home = tests::home::Home::new(env!("CARGO_BIN_EXE_device"), folder.path().join("home"));
    home.ok(&["init", "--name", "Amina"]);
    home.ok(&["new", "My plan"]);
    home.ok(&["set", "My plan", "about-me.also", &"Swimming. ".repeat(400)]);
    let path = home.folder().join("alongside.redb");
    let whole = fs::read(&path).unwrap();
    let mut refused = 0;
    for turn in 0..24 {
        let mut altered = whole.clone();
        // Whole pages, wherever they are; the pages of the engine's own trees are among them.
        let page = (turn * 37 + 1) % (altered.len() / 4096);
        altered[page * 4096..(page + 1) * 4096].iter_mut().enumerate().for_each(|(at, byte)| *byte ^= at as u8 | 1);
        fs::write(&path, &altered).unwrap();
        let output = home.run(&["verify", "My plan"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.trim_end().lines().count() <= 1 && !said.contains("panicked"), "page {page}: {said}");
        refused += usize::from(!output.status.success());
    }
    assert!(refused > 0, "no page of these mattered");
}

#[test]
fn verify_names_the_part_and_the_author_of_an_edit_altered_with_the_right_key() {
    let (folder, start, plan) = written_by_two();
    let home = folder.path().join("bea");
    let (plan_id, doc) = about_me(&home, &plan);
    let mut store = open(&home);
    let edits = store.raw(plan_id).unwrap().into_iter();
    let count = edits.filter(|raw| matches!(raw, Raw::Edit { doc: of, .. } if *of == doc)).count();
    assert!(store.alter_edit(plan_id, doc, count - 1, |bytes| *bytes.last_mut().unwrap() ^= 1).unwrap());
    store.close().unwrap();

    let sentence = start.once(&home, &["verify", &plan]).unwrap_err();
    assert!(sentence.contains("About me") && sentence.contains("ann"), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
}

/// How long somebody is waited for who must not say anything.
#[cfg(target_os = "linux")]
const SILENT: Duration = Duration::from_secs(3);

#[cfg(target_os = "linux")]
#[test]
fn a_newcomer_hears_that_they_are_in_only_when_a_disk_that_failed_has_taken_it() {
    let mut door = Door::begin();
    door.ann.set_disk(Takes::Nothing);
    let sentence = door.confirm().unwrap_err();
    assert_eq!(sentence, "The disk is full. What was saved before is safe. Make some room, then try again");
    assert!(!door.is_told(SILENT), "she hears that she is in, and it is on no disk");

    door.ann.set_disk(Takes::All);
    // It is tried again by itself, and nobody confirms twice.
    assert!(door.is_told(LONGEST));
    assert_eq!(door.people(), ["ann", "bea"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_newcomer_does_not_believe_to_be_in_where_the_device_that_said_yes_died_before_it_was_on_its_disk() {
    let mut door = Door::begin();
    door.ann.set_disk(Takes::Nothing);
    door.confirm().unwrap_err();
    assert!(!door.is_told(SILENT), "she hears that she is in, and it is on no disk");

    // She knocks still, with the same words, and comes in as if nothing had been.
    let (mut door, told) = door.killed_and_opened();
    assert!(!told);
    assert_eq!(door.people(), ["ann"]);
    let knocks = door.ask("knocks PLAN --wait 60").unwrap();
    assert_eq!(knocks["knocks"][0]["name"], "bea");
    door.confirm().unwrap();
    assert!(door.is_told(LONGEST));
    assert_eq!(door.people(), ["ann", "bea"]);
}

#[test]
fn wherever_the_device_that_said_yes_is_killed_both_agree_whether_the_newcomer_is_in() {
    // Between the disk and the telling it pauses up to so long; the kill falls before it, in it, or after it.
    let kills = [(1, 0), (2, 40), (3, 300)];
    thread::scope(|scope| {
        for (seed, millis) in kills {
            scope.spawn(move || both_agree_after_a_kill(seed, Duration::from_millis(millis)));
        }
    });
}

fn both_agree_after_a_kill(seed: u64, after: Duration) {
    let mut door = Door::begin_with(("ALONGSIDE_PAUSE".to_owned(), format!("{seed},400")));
    let confirm = door.words();
    door.ann.put(&confirm);
    thread::sleep(after);
    let (mut door, told) = door.killed_and_opened();
    if door.people() == ["ann", "bea"] {
        // Who is in hears so, whatever happened in between.
        assert!(told || door.is_told(LONGEST), "killed after {after:?}");
        return;
    }
    assert!(!told, "killed after {after:?}: she was told what is nowhere");
    door.ask("knocks PLAN --wait 60").unwrap();
    door.confirm().unwrap();
    assert!(door.is_told(LONGEST));
    assert_eq!(door.people(), ["ann", "bea"]);
}

/// Bea knocks at Ann's plan, and has read out her words.
struct Door {
    _folder: TempDir,
    plan: String,
    ann: Device,
    words: String,
    _bea: Node,
    in_it: Pending<PersonId>,
}

impl Door {
    #[cfg(target_os = "linux")]
    fn begin() -> Door {
        Door::of(Start::on_a_frail_disk(env!("CARGO_BIN_EXE_device")))
    }

    fn begin_with(environment: (String, String)) -> Door {
        let mut start = Start::on_loopback(env!("CARGO_BIN_EXE_device"));
        start.environment.push(environment);
        Door::of(start)
    }

    fn of(start: Start) -> Door {
        let folder = TempDir::new().unwrap();
        let mut ann = Device::make(start, &folder.path().join("ann"), "ann");
        let plan = ann.ask("new \"Ann's plan\"").unwrap()["plan"].as_str().unwrap().to_owned();
        let invited = ann.ask(&format!("invite {plan} --as carer")).unwrap();

        // What she is told is seen here in the moment in which her device takes it in.
        let (home, program) = (folder.path().join("bea"), Path::new(env!("CARGO_BIN_EXE_device")));
        node::create(&home, &Unlock::KeyFile, program).unwrap();
        let mut settings = node::Settings::new(home, Unlock::KeyFile, program.into());
        settings.listen = vec!["127.0.0.1:0".parse().unwrap()];
        settings.mdns = false;
        let (bea, _news) = node::start(settings).unwrap();
        bea.call(ask::Online).unwrap();
        let join = ask::Join {
            ticket: invited["ticket"].as_str().unwrap().to_owned(),
            name: "bea".into(),
            relationship: String::new(),
            organisation: String::new(),
        };
        let knock = bea.call_within(LONGEST, join).unwrap();
        let in_it = bea.ask(ask::Enter { plan: knock.plan });
        let mut door = Door { _folder: folder, plan, ann, words: knock.words.unwrap().join(" "), _bea: bea, in_it };
        let knocks = door.ask("knocks PLAN --wait 60").unwrap();
        assert_eq!(knocks["knocks"][0]["name"], "bea");
        door
    }

    /// Whether she hears within this time that she is in.
    fn is_told(&mut self, within: Duration) -> bool {
        comes(&mut self.in_it, within)
    }

    /// Ann's device is killed and started again; says also whether Bea had heard that she is in.
    fn killed_and_opened(self) -> (Door, bool) {
        let Door { _folder, plan, ann, words, _bea, mut in_it } = self;
        let (start, home) = ann.again();
        ann.kill();
        let told = comes(&mut in_it, Duration::from_millis(200));
        (Door { _folder, plan, ann: Device::open(start, &home), words, _bea, in_it }, told)
    }

    /// The command that lets her in.
    fn words(&self) -> String {
        format!("confirm {} bea --words \"{}\"", self.plan, self.words)
    }

    fn confirm(&mut self) -> Result<Value, String> {
        let line = self.words();
        self.ann.ask(&line)
    }

    fn ask(&mut self, line: &str) -> Result<Value, String> {
        let line = line.replace("PLAN", &self.plan);
        self.ann.ask(&line)
    }

    fn people(&mut self) -> Vec<String> {
        let people = self.ask("people PLAN").unwrap();
        let names = people["people"].as_array().unwrap().iter();
        let mut names: Vec<String> = names.map(|person| person["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }
}

/// Whether she comes in within this time.
fn comes(in_it: &mut Pending<PersonId>, within: Duration) -> bool {
    match in_it.wait_for(within) {
        Ok(_) => true,
        Err(node::Refused::Late) => false,
        Err(why) => panic!("she is refused: {why}"),
    }
}

/// Ann and Bea share a plan; the last word in it is Ann's, and Bea has it too. Both have ended.
fn written_by_two() -> (TempDir, Start, String) {
    let folder = TempDir::new().unwrap();
    let start = Start::on_loopback(env!("CARGO_BIN_EXE_device"));
    let [mut ann, mut bea] = ["ann", "bea"].map(|name| Device::make(start.clone(), &folder.path().join(name), name));
    let plan = ann.ask("new \"Ann's plan\"").unwrap()["plan"].as_str().unwrap().to_owned();
    bring_in(&plan, &mut ann, &mut bea, "bea", "carer").unwrap();
    for (device, words) in [(0, "one "), (1, "two "), (0, "three ")] {
        let device = if device == 0 { &mut ann } else { &mut bea };
        device.ask(&format!("splice {plan} about-me.important --insert \"{words}\"")).unwrap();
        for device in [&mut ann, &mut bea] {
            device.ask(&format!("sync {plan} --wait 60")).unwrap();
        }
    }
    ann.end();
    bea.end();
    (folder, start, plan)
}

fn open(home: &Path) -> Store {
    Store::open(&Home::at(home), &Unlock::KeyFile, "tests").unwrap()
}

/// The plan and its part "About me", as the store knows them.
fn about_me(home: &Path, plan: &str) -> (PlanId, DocId) {
    let store = open(home);
    let plan: PlanId = plan.parse().unwrap();
    let mut statements = store.raw(plan).unwrap().into_iter().filter_map(|raw| match raw {
        Raw::Statement { bytes, signature } => Some(circle::Statement::read(&bytes, signature).unwrap()),
        Raw::Edit { .. } | Raw::Tip { .. } | Raw::Damaged(_) => None,
    });
    let mut ledger = circle::Ledger::new(statements.next().unwrap()).unwrap();
    statements.for_each(|statement| {
        ledger.place(statement);
    });
    let doc = ledger.documents().find(|document| document.kind == "about-me").unwrap().id;
    (plan, doc)
}

/// A store with so many documents of some edits each, closed.
fn written(docs: u8) -> (Image, Vec<DocId>) {
    let disk = Disk::holding(Image::default());
    let mut store = Store::on(disk.clone(), &key()).unwrap();
    let mut life = Life::new(3);
    for turn in 0..60 {
        let mut batch = Batch::new();
        life.write(&mut batch, PLAN, DocId::new([1 + turn % docs; 32]), 1, 200);
        store.save(batch).unwrap();
    }
    let docs = store.docs(PLAN);
    store.close().unwrap();
    (disk.image(), docs)
}

fn damaged(store: &Store) -> Vec<Place> {
    let raw = store.raw(PLAN).unwrap().into_iter();
    raw.filter_map(|raw| if let Raw::Damaged(place) = raw { Some(place) } else { None }).collect()
}

fn edits(store: &Store) -> Vec<Vec<u8>> {
    let raw = store.raw(PLAN).unwrap().into_iter();
    raw.filter_map(|raw| if let Raw::Edit { bytes, .. } = raw { Some(bytes.to_vec()) } else { None }).collect()
}
