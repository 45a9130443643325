//! Stories of a few devices and of what a liar may say to them, frame by frame.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use circle::{
    Access, Body, Graph, Introduction, Invite, NewDocument, Placed, RULES, Share, Standing, Statement, Ticket, Who,
    draft::{self, Newcomer},
};
use seal::{
    Bytes, ChainId, DeviceId, DeviceKey, DocId, Door, Edit, EditHash, FileId, Head, NotAnEdit, PersonId, PlanId,
    Refusal, Seq, Signed, Time, Tip, Verified, chain_id,
};

use crate::{
    frontier::Frontier,
    io::{Because, Input, Link, NetworkKey, Nonce, Output, Show},
    limits::{ALLOWANCE, COST_ASKING},
    machine::Sync,
    message::{Circle, Each, Edits, Message, Run, State, States},
};

mod files;
mod golden;
mod largest;
mod leaving;
mod many;
mod slow;
mod whole;

const NEVER: Time = Time(i64::MAX);

#[test]
fn two_who_are_connected_meet_again_in_a_second_plan() {
    let mut world = World::of(2);
    let first = world.found(0);
    world.let_in(0, 1, first);
    world.hand_over(0, 1, first);
    world.connect(0, 1);
    world.settle();
    let second = world.found(0);
    world.let_in(0, 1, second);
    world.settle();
    world.hand_over(0, 1, second);
    world.settle();
    assert_eq!(world.parted, []);
    for plan in [first, second] {
        assert_eq!(world.devices[0].sync.online(plan), BTreeSet::from([world.devices[1].key.id()]));
        assert_eq!(world.devices[1].sync.online(plan), BTreeSet::from([world.devices[0].key.id()]));
    }
}

#[test]
fn a_run_without_its_milestone_is_not_taken_and_nobody_pays_for_it() {
    let (ann, ben, cat, mal) = (0, 1, 2, 3);
    let mut world = World::of(4);
    let plan = world.found(ann);
    let doc = world.open(ann, plan, Access::Edit);
    world.meet(ann, &[ben, cat, mal], plan);
    world.cut_all();
    let link = world.connect(mal, ben);
    world.settle();
    let edits = world.made_by(mal, plan, doc, None, 400, &[]);
    world.say_run(link, ben, doc, &edits[..200]);
    world.say_run(link, ben, doc, &edits[200..]);
    world.settle();
    assert_eq!(world.devices[ben].sync.edits(plan, doc).len(), 200);
    world.connect(ben, cat);
    world.settle();
    assert_eq!(world.parted, []);
    assert_eq!(world.devices[cat].sync.edits(plan, doc).len(), 200);
}

#[test]
fn who_brings_a_new_document_is_known_to_have_it() {
    let (ann, ben) = (0, 1);
    let mut world = World::of(2);
    let plan = world.found(ann);
    world.meet(ann, &[ben], plan);
    world.cut_all();
    let doc = world.open(ann, plan, Access::Edit);
    world.write(ann, plan, doc, 3, &[]);
    world.settle();
    world.connect(ann, ben);
    world.settle();
    assert_eq!(world.devices[ben].sync.saved_with(plan, doc), BTreeSet::from([world.devices[ann].key.id()]));
}

#[test]
fn what_is_brought_without_a_connection_counts_like_what_is_sent_and_is_passed_on() {
    let (ann, ben, cat, eve) = (0, 1, 2, 3);
    let mut world = World::of(4);
    let plan = world.found(ann);
    let doc = world.open(ann, plan, Access::Edit);
    world.meet(ann, &[ben, cat], plan);
    world.cut_all();
    let edits = world.made_by(ben, plan, doc, None, 5, &[]);
    let [first, .., last] = &edits[..] else { panic!("five were made") };
    let gap = vec![(last.0.clone(), Some(last.1))];
    let whole: Vec<_> = edits.iter().map(|(edit, tip)| (edit.clone(), Some(*tip))).collect();
    // What it builds on is not here and nobody will send it: it waits for nothing.
    world.mail.push_back((ann, Input::Brought { plan, doc, edits: gap }));
    world.settle();
    assert!(world.devices[ann].sync.edits(plan, doc).is_empty());
    world.mail.push_back((ann, Input::Brought { plan, doc, edits: whole.clone() }));
    // Somebody who knows nothing of this plan takes nothing in.
    world.mail.push_back((eve, Input::Brought { plan, doc, edits: whole }));
    world.settle();
    let sync = &world.devices[ann].sync;
    assert!(sync.edits(plan, doc).len() == 5 && sync.is_at_rest(plan, doc) && sync.is_saved(plan, doc));
    assert!(sync.counts(plan, doc, &first.0.edit().hash()));
    world.connect(ann, cat);
    world.settle();
    assert_eq!(world.devices[cat].sync.edits(plan, doc).len(), 5);
    assert!(world.devices[eve].sync.edits(plan, doc).is_empty());
}

#[test]
fn asking_for_the_circle_again_and_again_is_too_much() {
    let (ann, ben, eve) = (0, 1, 2);
    for asker in [ben, eve] {
        let mut world = World::of(3);
        let plan = world.found(ann);
        world.meet(ann, &[ben], plan);
        world.cut_all();
        world.hand_over(ann, eve, plan);
        let link = world.connect(asker, ann);
        world.settle();
        let all = Message::Circle(Circle { plan: 0, known: Vec::new() }).frame().expect("it fits");
        for _ in 0..2 * ALLOWANCE / COST_ASKING {
            world.handle(ann, Input::Heard(link, all.clone()));
        }
        assert_eq!(world.parted, [(ann, Because::Flood)]);
    }
}

#[test]
fn what_is_heard_beside_the_machine_costs_too() {
    let (ann, ben) = (0, 1);
    let mut world = World::of(2);
    let plan = world.found(ann);
    world.meet(ann, &[ben], plan);
    world.cut_all();
    let link = world.connect(ben, ann);
    world.settle();
    let now = world.now;
    let beside = |world: &mut World, now: Time| world.devices[ann].sync.heard_beside(link, now);
    // As often as a device that moves from network to network says where it is.
    for second in 0..100 {
        assert_eq!(beside(&mut world, now.plus(second * 1_000)), Ok(()));
    }
    let now = now.plus(100_000);
    let flood = (0..2 * ALLOWANCE / COST_ASKING).find_map(|_| beside(&mut world, now).err());
    assert_eq!(flood, Some(Because::Flood));
    world.handle(ann, Input::Woke);
    assert_eq!(world.parted, [(ann, Because::Flood)]);
    // And is turned away.
    world.connect(ben, ann);
    world.settle();
    assert_eq!(world.parted.last(), Some(&(ann, Because::Shunned)));
}

#[test]
fn a_save_that_failed_of_a_plan_that_is_let_go_is_not_tried_for_ever() {
    let (ann, mut world) = (0, World::of(1));
    world.disk_fails = true;
    let plan = world.found(ann);
    let (_, save) = world.mail.pop_front().expect("it was to be saved");
    world.handle(ann, save);
    let sync = &mut world.devices[ann].sync;
    sync.forget_plan(plan);
    let again = sync.next_wake().expect("it is tried again");
    sync.handle(Input::Woke, again);
    assert_eq!(sync.next_wake(), None);
}

#[test]
fn what_somebody_wrote_while_they_might_reaches_who_comes_later() {
    let (ann, ben, cat) = (0, 1, 2);
    let mut world = World::of(3);
    let plan = world.found(ann);
    let doc = world.open(ann, plan, Access::Edit);
    world.meet(ann, &[ben], plan);
    world.write(ben, plan, doc, 600, &[]);
    world.settle();
    let last = world.devices[ann].sync.edits(plan, doc).last().expect("they came").edit().hash();
    world.write(ann, plan, doc, 1, &[last]);
    world.share(ann, plan, doc, Access::View);
    world.settle();
    world.meet(ann, &[cat], plan);
    assert_eq!(world.devices[ann].sync.counted(plan, doc).len(), 601);
    assert_eq!(world.devices[cat].sync.counted(plan, doc).len(), 601);
}

struct Device {
    key: Arc<DeviceKey>,
    sync: Sync,
    /// Pieces of files, by file.
    disk: BTreeMap<(PlanId, FileId), Vec<Bytes>>,
}

struct World {
    devices: Vec<Device>,
    wires: Vec<[usize; 2]>,
    mail: VecDeque<(usize, Input)>,
    parted: Vec<(usize, Because)>,
    shown: Vec<(usize, Show)>,
    /// Bytes that passed.
    told: usize,
    /// Nothing can be saved.
    disk_fails: bool,
    now: Time,
}

/// The first two of a circle, connected, a document that both may write, and the second one's connection.
fn two() -> (World, PlanId, DocId, Link) {
    let mut world = World::of(2);
    let plan = world.found(0);
    let doc = world.open(0, plan, Access::Edit);
    world.meet(0, &[1], plan);
    world.cut_all();
    let link = world.connect(1, 0);
    world.settle();
    (world, plan, doc, link)
}

impl World {
    fn of(devices: u8) -> World {
        let device = |n: u8| {
            let key = Arc::new(DeviceKey::from_seed(&[n + 1; 32].into()));
            Device { sync: Sync::new(key.clone(), read), key, disk: BTreeMap::new() }
        };
        World {
            devices: (0..devices).map(device).collect(),
            wires: Vec::new(),
            mail: VecDeque::new(),
            parted: Vec::new(),
            shown: Vec::new(),
            told: 0,
            disk_fails: false,
            now: Time(1_000_000),
        }
    }

    fn connect(&mut self, a: usize, b: usize) -> Link {
        let link = Link(self.wires.len() as u64);
        self.wires.push([a, b]);
        for (who, other) in [(a, b), (b, a)] {
            let key = |who: usize| NetworkKey([who as u8 + 100; 32]);
            let nonce = Nonce([who as u8 + 10 * link.0 as u8; 32]);
            self.mail.push_back((who, Input::Met { link, nonce, ours: key(who), theirs: key(other) }));
        }
        link
    }

    /// Until nothing is left to happen, however late.
    fn settle(&mut self) {
        for _ in 0..100_000 {
            if let Some((who, input)) = self.mail.pop_front() {
                self.handle(who, input);
                continue;
            }
            let wakes =
                self.devices.iter().enumerate().filter_map(|(who, device)| Some((device.sync.next_wake()?, who)));
            let Some((at, who)) = wakes.min() else { return };
            self.now = self.now.max(at);
            self.handle(who, Input::Woke);
        }
        panic!("there is no end to it");
    }

    fn handle(&mut self, who: usize, input: Input) {
        self.devices[who].sync.handle(input, self.now);
        while let Some(output) = self.devices[who].sync.poll() {
            match output {
                Output::Weigh(plan, doc, edits) => {
                    let results =
                        edits.into_iter().map(|edit| Ok(edit.admit(&mut Open).expect("it is open"))).collect();
                    self.mail.push_back((who, Input::Weighed(plan, doc, results)));
                }
                // Nobody here lacks so much that it would be asked for.
                Output::Pack(plan, doc) => self.mail.push_back((who, Input::Packed(plan, doc, None))),
                Output::Unpack(plan, doc, _) => self.mail.push_back((who, Input::Unpacked(plan, doc, None))),
                Output::Save(save, _) => {
                    let saved = if self.disk_fails { Input::SaveFailed(save) } else { Input::Saved(save) };
                    self.mail.push_back((who, saved));
                }
                Output::Tell(link, frame) => {
                    self.told += frame.len();
                    let [a, b] = self.wires[link.0 as usize];
                    self.mail.push_back((if a == who { b } else { a }, Input::Heard(link, frame)));
                    self.mail.push_back((who, Input::Drained(link)));
                }
                Output::Part(link, because) => {
                    self.parted.push((who, because));
                    let ends = self.wires[link.0 as usize];
                    self.mail.extend(ends.map(|end| (end, Input::Parted(link))));
                }
                Output::File(wanted) => self.on_disk(who, wanted),
                Output::Show(show) => self.shown.push((who, show)),
            }
        }
    }

    fn found(&mut self, who: usize) -> PlanId {
        let dice = [self.now.0 as u8; 16];
        self.now = self.now.plus(1);
        let key = self.devices[who].key.clone();
        let found = sign(&key, draft::found(newcomer(&key, "ann"), Some(&somebodys()), self.now, dice));
        let plan = found.plan();
        self.handle(who, Input::Issued(vec![found]));
        plan
    }

    /// `by` lets somebody in and knows of it; they do not yet.
    fn let_in(&mut self, by: usize, who: usize, plan: PlanId) {
        let (giver, joiner) = (self.devices[by].key.clone(), self.devices[who].key.clone());
        let mut ledger = self.devices[by].sync.ledger(plan).expect("holds the plan").clone();
        let once = DeviceKey::from_seed(&[200 + who as u8; 32].into());
        let invite =
            Invite { key: once.id(), standing: Standing::Member, role: "friend".into(), expires: NEVER, until: None };
        let invite = sign(&giver, draft::invite(&ledger, giver.id(), self.now, invite).expect("may invite"));
        let mut all = placed(ledger.place(invite));
        let ticket = Ticket {
            plan,
            inviter: giver.id(),
            addresses: Vec::new(),
            key: once.seed(),
            role: "friend".into(),
            parts: Vec::new(),
            expires: NEVER,
        };
        let join = sign(&joiner, draft::join(&ticket, newcomer(&joiner, "somebody"), self.now));
        ledger.place(join.clone());
        let confirm = draft::confirm(&ledger, giver.id(), self.now, join.id()).expect("may confirm");
        all.extend(placed(ledger.place(sign(&giver, confirm))));
        self.handle(by, Input::Issued(all));
    }

    /// Everybody is let in by one device and has heard from it all that there is.
    fn meet(&mut self, by: usize, others: &[usize], plan: PlanId) {
        for who in others {
            self.let_in(by, *who, plan);
            self.hand_over(by, *who, plan);
            self.connect(by, *who);
        }
        self.settle();
    }

    fn cut_all(&mut self) {
        for (n, ends) in self.wires.iter().enumerate() {
            self.mail.extend(ends.map(|end| (end, Input::Parted(Link(n as u64)))));
        }
        self.settle();
    }

    /// A document with which everyone may do this.
    fn open(&mut self, by: usize, plan: PlanId, access: Access) -> DocId {
        self.open_of(by, plan, None, access)
    }

    /// The same, somebody's own.
    fn open_own(&mut self, by: usize, plan: PlanId, access: Access) -> DocId {
        let ledger = self.devices[by].sync.ledger(plan).expect("holds the plan");
        let owner = ledger.person_of(self.devices[by].key.id());
        self.open_of(by, plan, owner, access)
    }

    fn open_of(&mut self, by: usize, plan: PlanId, owner: Option<PersonId>, access: Access) -> DocId {
        let key = self.devices[by].key.clone();
        // No two documents are begun at the same time.
        self.now = self.now.plus(1);
        let mut ledger = self.devices[by].sync.ledger(plan).expect("holds the plan").clone();
        let new = NewDocument { rules: RULES, kind: "about-me".into(), nonce: [1; 16], owner, voice_of: None };
        let new = sign(&key, draft::new_document(&ledger, key.id(), self.now, new).expect("may open"));
        let doc = DocId::from(new.id());
        self.handle(by, Input::Issued(placed(ledger.place(new))));
        self.share(by, plan, doc, access);
        doc
    }

    fn share(&mut self, by: usize, plan: PlanId, doc: DocId, access: Access) {
        let key = self.devices[by].key.clone();
        let ledger = self.devices[by].sync.ledger(plan).expect("holds the plan");
        let share = Share { who: Who::Everyone, access, why: "to plan".into(), basis: "consent".into(), until: None };
        let share = sign(&key, draft::share(ledger, key.id(), self.now, doc, share).expect("may share"));
        self.handle(by, Input::Issued(vec![share]));
    }

    /// Edits somebody makes and tells nobody of, each a thousand bytes; the first also builds on others'.
    fn made_by(
        &self,
        who: usize,
        plan: PlanId,
        doc: DocId,
        mut last: Option<(Seq, EditHash)>,
        count: usize,
        upon: &[EditHash],
    ) -> Vec<(Verified, Tip)> {
        let Device { key, sync, .. } = &self.devices[who];
        let chapter = sync.ledger(plan).and_then(|ledger| ledger.chapter(doc, key.id())).expect("may write");
        let mut upon: BTreeSet<EditHash> = upon.iter().copied().collect();
        let make = |_| {
            let seq = last.map_or(Some(Seq::FIRST), |(seq, _)| seq.next()).expect("few edits");
            upon.extend(last.map(|(_, hash)| hash));
            let bytes = write(chain_id(doc, key.id(), chapter), seq, &std::mem::take(&mut upon));
            let edit = Edit::read(doc, bytes, read).expect("an edit");
            let before = last.replace((seq, edit.hash()));
            Signed::ours(key, plan, chapter, before, edit).expect("it goes on")
        };
        (0..count).map(make).collect()
    }

    fn write(&mut self, who: usize, plan: PlanId, doc: DocId, count: usize, upon: &[EditHash]) {
        let Device { key, sync, .. } = &self.devices[who];
        let chapter = sync.ledger(plan).and_then(|ledger| ledger.chapter(doc, key.id())).expect("may write");
        let last = sync.last(plan, doc, chain_id(doc, key.id(), chapter));
        let made = self.made_by(who, plan, doc, last, count, upon);
        let tip = made.last().expect("something is written").1;
        let edits = made.into_iter().map(|(edit, _)| edit.admit(&mut Open).expect("it is open")).collect();
        self.handle(who, Input::Wrote { plan, doc, edits, tip });
    }

    /// Says edits with one signature, on the last, in frames of fifty.
    fn say_run(&mut self, link: Link, to: usize, doc: DocId, edits: &[(Verified, Tip)]) {
        let end = edits.len().div_ceil(50);
        for (n, part) in edits.chunks(50).enumerate() {
            let last = part.last().map(|(_, tip)| (part.len() as u32 - 1, tip.signature));
            let run = Run {
                edits: part.iter().map(|(edit, _)| edit.edit().bytes().clone()).collect(),
                signed: last.filter(|_| n + 1 == end).into_iter().collect(),
            };
            let frame = Message::Edits(Edits { plan: 0, doc, runs: vec![run] }).frame().expect("it fits");
            self.mail.push_back((to, Input::Heard(link, frame)));
        }
    }

    /// Gives somebody the circle as `by` knows it, as a confirmed Join does.
    fn hand_over(&mut self, by: usize, who: usize, plan: PlanId) {
        let ledger = self.devices[by].sync.ledger(plan).expect("holds the plan");
        let circle = ledger.since(Graph::Circle, &[]).into_iter().cloned().collect();
        self.handle(who, Input::Issued(circle));
    }
}

struct Open;

impl Door for Open {
    fn weigh(&mut self, _: &Edit) -> Result<(), Refusal> {
        Ok(())
    }
}

fn read(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let (chain, rest) = bytes.split_first_chunk::<16>().ok_or(NotAnEdit)?;
    let (seq, rest) = rest.split_first_chunk::<8>().ok_or(NotAnEdit)?;
    let (count, rest) = rest.split_first_chunk::<2>().ok_or(NotAnEdit)?;
    let after = rest.as_chunks::<32>().0.iter().take(u16::from_be_bytes(*count).into());
    let after = after.map(|hash| EditHash::new(*hash)).collect();
    let seq = Seq::new(u64::from_be_bytes(*seq)).ok_or(NotAnEdit)?;
    Ok(Head { chain: ChainId::new(*chain), seq, hash: EditHash::new(*blake3::hash(bytes).as_bytes()), after })
}

// | chain 16 | number 8 | what it builds on 2 | their hashes 32 each | a thousand bytes that do not deflate |
fn write(chain: ChainId, seq: Seq, after: &BTreeSet<EditHash>) -> Bytes {
    let mut bytes = chain.as_bytes().to_vec();
    bytes.extend_from_slice(&seq.number().to_be_bytes());
    bytes.extend_from_slice(&(after.len() as u16).to_be_bytes());
    bytes.extend(after.iter().flat_map(|hash| hash.as_bytes()));
    let mut words = [0; 1_000];
    blake3::Hasher::new().update(&bytes).finalize_xof().fill(&mut words);
    bytes.extend_from_slice(&words);
    Bytes::from(bytes)
}

fn placed(placed: Placed) -> Vec<Statement> {
    let Placed::New(all) = placed else { panic!("not placed: {placed:?}") };
    all
}

fn sign(key: &DeviceKey, body: Body) -> Statement {
    Statement::sign(key, body).expect("the draft is right")
}

/// Plans here are about somebody who never comes.
fn somebodys() -> DeviceKey {
    DeviceKey::from_seed(&[0x77; 32].into())
}

fn newcomer(device: &DeviceKey, name: &str) -> Newcomer {
    let words = DeviceKey::from_seed(&(*device.id().as_bytes()).into());
    let called = Introduction { name: name.into(), relationship: "friend".into(), organisation: String::new() };
    Newcomer { device: device.id(), opens: device.opening(), words, called }
}
