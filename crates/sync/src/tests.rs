//! Stories of a few devices and of what a liar may say to them, frame by frame.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use circle::{Body, Graph, Introduction, Invite, Placed, Standing, Statement, Ticket, draft};
use seal::{ChainId, DeviceKey, Door, Edit, EditHash, Head, NotAnEdit, PlanId, Refusal, Seq, Time};

use crate::{
    io::{Because, Input, Link, NetworkKey, Nonce, Output},
    machine::Sync,
};

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

struct Device {
    key: Arc<DeviceKey>,
    sync: Sync,
}

struct World {
    devices: Vec<Device>,
    wires: Vec<[usize; 2]>,
    mail: VecDeque<(usize, Input)>,
    parted: Vec<(usize, Because)>,
    now: Time,
}

impl World {
    fn of(devices: u8) -> World {
        let device = |n: u8| {
            let key = Arc::new(DeviceKey::from_seed(&[n + 1; 32].into()));
            Device { sync: Sync::new(key.clone(), read), key }
        };
        World {
            devices: (0..devices).map(device).collect(),
            wires: Vec::new(),
            mail: VecDeque::new(),
            parted: Vec::new(),
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
        let sync = &mut self.devices[who].sync;
        sync.handle(input, self.now);
        while let Some(output) = sync.poll() {
            match output {
                Output::Weigh(plan, doc, edits) => {
                    let results =
                        edits.into_iter().map(|edit| Ok(edit.admit(&mut Open).expect("it is open"))).collect();
                    self.mail.push_back((who, Input::Weighed(plan, doc, results)));
                }
                Output::Save(save, _) => self.mail.push_back((who, Input::Saved(save))),
                Output::Tell(link, frame) => {
                    let [a, b] = self.wires[link.0 as usize];
                    self.mail.push_back((if a == who { b } else { a }, Input::Heard(link, frame)));
                    self.mail.push_back((who, Input::Drained(link)));
                }
                Output::Part(link, because) => {
                    self.parted.push((who, because));
                    let ends = self.wires[link.0 as usize];
                    self.mail.extend(ends.map(|end| (end, Input::Parted(link))));
                }
                Output::Show(_) => {}
            }
        }
    }

    fn found(&mut self, who: usize) -> PlanId {
        let dice = [self.now.0 as u8; 16];
        self.now = self.now.plus(1);
        let key = self.devices[who].key.clone();
        let found = sign(&key, draft::found(key.id(), called("ann"), false, self.now, dice));
        let plan = found.plan();
        self.handle(who, Input::Issued(vec![found]));
        plan
    }

    /// `by` lets somebody in and knows of it; they do not yet.
    fn let_in(&mut self, by: usize, who: usize, plan: PlanId) {
        let (giver, joiner) = (self.devices[by].key.clone(), self.devices[who].key.clone());
        let mut ledger = self.devices[by].sync.ledger(plan).expect("holds the plan").clone();
        let once = DeviceKey::from_seed(&[200 + who as u8; 32].into());
        let invite = Invite { key: once.id(), standing: Standing::Member, role: "friend".into(), expires: NEVER };
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
        let join = sign(&joiner, draft::join(&ticket, joiner.id(), called("somebody"), self.now));
        ledger.place(join.clone());
        let confirm = draft::confirm(&ledger, giver.id(), self.now, join.id()).expect("may confirm");
        all.extend(placed(ledger.place(sign(&giver, confirm))));
        self.handle(by, Input::Issued(all));
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
    let after = rest.as_chunks::<32>().0.iter().map(|hash| EditHash::new(*hash)).collect();
    let seq = Seq::new(u64::from_be_bytes(*seq)).ok_or(NotAnEdit)?;
    Ok(Head { chain: ChainId::new(*chain), seq, hash: EditHash::new(*blake3::hash(bytes).as_bytes()), after })
}

fn placed(placed: Placed) -> Vec<Statement> {
    let Placed::New(all) = placed else { panic!("not placed: {placed:?}") };
    all
}

fn sign(key: &DeviceKey, body: Body) -> Statement {
    Statement::sign(key, body).expect("the draft is right")
}

fn called(name: &str) -> Introduction {
    Introduction { name: name.into(), relationship: "friend".into(), organisation: String::new() }
}
