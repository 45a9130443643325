//! The world's clock, its wires, and what becomes of each output of each machine.

use std::collections::{BTreeMap, BTreeSet};

use circle::Statement;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use seal::{Admitted, Bytes, DeviceId, DocId, EditHash, PlanId, Refusal, StatementId, Time};
use sync::{Batch, Because, Input, Link, NetworkKey, Output, SaveId, Show, Sync};

use super::{
    belonging,
    disk::Disk,
    door::Gate,
    edit::Kind,
    files::{Attached, Coming},
    peer::{Honesty, Peer},
    schemes::Plot,
    wire,
    writer::Pen,
};

/// A peer, by its place.
pub type Name = usize;

/// How the world treats those in it.
#[derive(Debug, Clone)]
pub struct Weather {
    /// Milliseconds a frame takes, at the most.
    pub delay: i64,
    /// How likely a frame is lost, and with it its connection: streams are ordered.
    pub loss: f64,
    /// Milliseconds a flush takes, at the most.
    pub flush: i64,
    /// How likely a flush fails.
    pub flush_fails: f64,
}

impl Weather {
    /// Quick, and nothing breaks.
    pub const FAIR: Weather = Weather { delay: 20, loss: 0.0, flush: 10, flush_fails: 0.0 };
}

/// Everything there is.
pub struct World {
    pub(super) dice: ChaCha8Rng,
    pub(super) now: Time,
    /// As it is from now on.
    pub weather: Weather,
    /// How much of a document somebody lacks, at the most, before it is offered to them whole; as outside if none is said.
    pub whole_from: Option<usize>,
    pub(super) kind: Kind,
    pub(super) peers: Vec<Peer>,
    pub(super) plan: PlanId,
    pub(super) docs: Vec<DocId>,
    /// Every edit that anybody made, honest or not, with who made it and its bytes.
    pub(super) written: BTreeMap<EditHash, (DeviceId, Bytes)>,
    /// Every statement that anybody signed.
    pub(super) issued: BTreeSet<StatementId>,
    /// What the law forbids and happened.
    pub(super) broken: Vec<String>,
    pub(super) apart: BTreeSet<(Name, Name)>,
    /// Whether liars lie at present.
    pub(super) lying: bool,
    /// What is attached to what.
    pub(super) files: Attached,
    /// What the liar of this life is up to, and what must come of it.
    pub(super) plot: Plot,
    pub(super) wires: BTreeMap<u64, Wire>,
    events: BTreeMap<(Time, u64), Event>,
    next: u64,
    marks_seen: u64,
    /// Frames that arrived.
    pub frames: u64,
    /// Bytes of those frames.
    pub bytes: u64,
}

pub(super) struct Wire {
    pub(super) ends: [Name; 2],
    /// When the last frame arrives at each end: later ones do not overtake it.
    pub(super) last: [Time; 2],
}

pub(super) enum Event {
    Deliver {
        wire: u64,
        to: Name,
        life: u64,
        frame: Bytes,
    },
    Parted {
        wire: u64,
        who: Name,
        life: u64,
    },
    Weighed {
        who: Name,
        life: u64,
        plan: PlanId,
        doc: DocId,
        results: Vec<Result<Admitted, (EditHash, Refusal)>>,
    },
    Saved {
        who: Name,
        life: u64,
        save: SaveId,
        fails: bool,
    },
    Drained {
        who: Name,
        life: u64,
        wire: u64,
    },
    FileKept {
        who: Name,
        life: u64,
        coming: Box<Coming>,
    },
    /// Something that took its time.
    Later {
        who: Name,
        life: u64,
        input: Input,
    },
    Woke {
        who: Name,
        life: u64,
    },
}

impl World {
    /// A world with one plan that its first peer founded.
    pub fn new(seed: u64, kind: Kind) -> World {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let founder = belonging::key(1_000_000 + seed * 1_000);
        let found = belonging::found(&founder, dice.random());
        let plan = found.plan();
        let mut world = World {
            dice,
            now: Time(1_000_000),
            weather: Weather::FAIR,
            whole_from: None,
            kind,
            peers: vec![Peer::new("ann", founder, Honesty::Honest, kind)],
            plan,
            docs: Vec::new(),
            written: BTreeMap::new(),
            issued: BTreeSet::from([found.id()]),
            broken: Vec::new(),
            apart: BTreeSet::new(),
            lying: false,
            files: Attached::new(seed),
            plot: Plot::default(),
            wires: BTreeMap::new(),
            events: BTreeMap::new(),
            next: 0,
            marks_seen: 0,
            frames: 0,
            bytes: 0,
        };
        world.start(0);
        world.handle(0, Input::Issued(vec![found]));
        world
    }

    pub(super) fn issue(&mut self, who: Name, said: Vec<Statement>) {
        self.issued.extend(said.iter().map(Statement::id));
        self.handle(who, Input::Issued(said));
    }

    /// Starts a peer with what it had flushed.
    pub fn start(&mut self, who: Name) {
        let (kind, plan) = (self.kind, self.plan);
        let net = NetworkKey(self.dice.random());
        let peer = &mut self.peers[who];
        let mut sync = Sync::new(peer.key.clone(), kind.read());
        if let Some(most) = self.whole_from {
            sync = sync.offering_whole_from(self.dice.random_range(1..=most));
        }
        for recalled in peer.disk.recall() {
            sync.recall(recalled);
        }
        peer.gate = Gate::new(kind);
        peer.pens.clear();
        peer.left.clear();
        peer.net = net;
        let docs: Vec<DocId> = sync.ledger(plan).into_iter().flat_map(|l| l.documents()).map(|d| d.id).collect();
        for doc in docs {
            for edit in sync.edits(plan, doc) {
                seal::Door::weigh(&mut peer.gate, edit.edit()).expect("it was let in before");
            }
            peer.pens.insert(doc, Pen::of(kind, doc, &sync.counted(plan, doc)));
        }
        peer.sync = Some(sync);
        self.recall_files(who);
    }

    /// The power fails. What was being saved may just have got there.
    pub fn crash(&mut self, who: Name) {
        if !self.peers[who].is_up() {
            return;
        }
        for wire in self.peers[who].wires.clone() {
            self.cut_wire(wire);
        }
        let got_there = self.dice.random_bool(0.5);
        let peer = &mut self.peers[who];
        if let (Some(batch), true) = (peer.saving.take(), got_there) {
            peer.disk.apply(&batch);
        }
        peer.sync = None;
        peer.life += 1;
        peer.alarm = None;
        peer.door_free = 0;
        peer.draining.clear();
    }

    /// Keeps a copy of a peer's disk.
    pub fn back_up(&mut self, who: Name) {
        self.peers[who].backup = Some(self.peers[who].disk.clone());
    }

    /// Opens the copy in place of the disk. Nothing tells the peer.
    pub fn restore(&mut self, who: Name) {
        let Some(copy) = self.peers[who].backup.clone() else { return };
        self.crash(who);
        self.peers[who].disk = copy;
        self.peers[who].restored = true;
        self.start(who);
    }

    /// Runs until nothing is left to happen, or for an hour.
    pub fn settle(&mut self) {
        let end = self.now.plus(3_600_000);
        self.run_until(end);
        if !self.events.is_empty() {
            self.fail("there is no end to it".to_owned());
        }
    }

    /// Lets so much time pass.
    pub fn run_for(&mut self, milliseconds: i64) {
        let end = self.now.plus(milliseconds);
        self.run_until(end);
        self.now = end;
    }

    fn run_until(&mut self, end: Time) {
        while let Some(next) = self.events.first_entry() {
            if next.key().0 > end {
                return;
            }
            self.now = next.key().0.max(self.now);
            let event = next.remove();
            self.happen(event);
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Deliver { wire, to, life, frame } => {
                if self.peers[to].life == life && self.peers[to].wires.contains(&wire) {
                    // What is attached comes beside the words, in pieces of its own.
                    if !wire::is_of_files(&frame) {
                        self.frames += 1;
                        self.bytes += frame.len() as u64;
                    }
                    self.handle(to, Input::Heard(Link(wire), frame));
                }
            }
            Event::Parted { wire, who, life } if self.peers[who].life == life => {
                self.handle(who, Input::Parted(Link(wire)));
            }
            Event::Weighed { who, life, plan, doc, results } if self.peers[who].life == life => {
                self.handle(who, Input::Weighed(plan, doc, results));
            }
            Event::Saved { who, life, save, fails } if self.peers[who].life == life => {
                let peer = &mut self.peers[who];
                let batch = peer.saving.take();
                if fails {
                    return self.handle(who, Input::SaveFailed(save));
                }
                peer.disk.apply(&batch.expect("one save at a time"));
                self.handle(who, Input::Saved(save));
            }
            Event::Drained { who, life, wire } if self.peers[who].life == life => {
                self.peers[who].draining.remove(&wire);
                self.handle(who, Input::Drained(Link(wire)));
            }
            Event::Woke { who, life } if self.peers[who].life == life => {
                if self.peers[who].alarm.is_some_and(|alarm| alarm <= self.now.0) {
                    self.peers[who].alarm = None;
                }
                self.handle(who, Input::Woke);
            }
            Event::FileKept { who, life, coming } if self.peers[who].life == life => self.file_kept(who, *coming),
            Event::Later { who, life, input } if self.peers[who].life == life => self.handle(who, input),
            Event::Later { .. }
            | Event::Parted { .. }
            | Event::Weighed { .. }
            | Event::Saved { .. }
            | Event::Drained { .. }
            | Event::FileKept { .. }
            | Event::Woke { .. } => {}
        }
    }

    /// One input, and everything that follows from it at once.
    pub(super) fn handle(&mut self, who: Name, input: Input) {
        let Some(sync) = self.peers[who].sync.as_mut() else { return };
        sync.handle(input, self.now);
        let mut outputs = Vec::new();
        while let Some(output) = sync.poll() {
            outputs.push(output);
        }
        let wake = sync.next_wake();
        for output in outputs {
            self.carry_out(who, output);
        }
        if let Some(wake) = wake.map(|wake| wake.max(self.now.plus(1)))
            && self.peers[who].alarm.is_none_or(|alarm| alarm > wake.0)
        {
            self.peers[who].alarm = Some(wake.0);
            let life = self.peers[who].life;
            self.at(wake, Event::Woke { who, life });
        }
    }

    fn carry_out(&mut self, who: Name, output: Output) {
        let life = self.peers[who].life;
        match output {
            Output::Weigh(plan, doc, edits) => {
                let took = self.dice.random_range(0..=5);
                let peer = &mut self.peers[who];
                let weigh = |verified: seal::Verified| {
                    let hash = verified.edit().hash();
                    verified.admit(&mut peer.gate).map_err(|refusal| (hash, refusal))
                };
                let results = edits.into_iter().map(weigh).collect();
                peer.door_free = peer.door_free.max(self.now.0) + took;
                let at = Time(peer.door_free);
                self.at(at, Event::Weighed { who, life, plan, doc, results });
            }
            Output::Pack(plan, doc) => {
                let input = self.pack(who, plan, doc);
                let at = self.later(20);
                self.at(at, Event::Later { who, life, input });
            }
            Output::Unpack(plan, doc, document) => {
                let input = self.unpack(plan, doc, &document);
                let at = self.later(50);
                self.at(at, Event::Later { who, life, input });
            }
            Output::File(output) => self.carry_out_file(who, output),
            Output::Show(show) => self.show(who, show),
            Output::Save(save, batch) => self.save(who, save, batch),
            Output::Tell(Link(wire), frame) => self.tell(who, wire, frame),
            Output::Part(Link(wire), because) => self.part(who, wire, because),
        }
    }

    fn save(&mut self, who: Name, save: SaveId, batch: Batch) {
        let fails = self.dice.random_bool(self.weather.flush_fails);
        let at = self.later(self.weather.flush);
        let peer = &mut self.peers[who];
        let life = peer.life;
        if peer.saving.replace(batch).is_some() {
            self.fail("two saves at once".to_owned());
        }
        self.at(at, Event::Saved { who, life, save, fails });
    }

    fn tell(&mut self, who: Name, wire: u64, frame: Bytes) {
        let Some(Wire { ends, .. }) = self.wires.get(&wire) else { return };
        let to = if ends[0] == who { ends[1] } else { ends[0] };
        self.witness(who, to, &frame);
        if self.peers[who].is_honest() {
            self.witness_files(who, to, &frame);
        }
        let frame = self.twist(who, frame);
        if self.peers[who].draining.insert(wire) {
            let (at, life) = (self.later(5), self.peers[who].life);
            self.at(at, Event::Drained { who, life, wire });
        }
        self.deliver(wire, to, frame);
    }

    pub(super) fn deliver(&mut self, wire: u64, to: Name, frame: Bytes) {
        if self.dice.random_bool(self.weather.loss) {
            return self.cut_wire(wire);
        }
        let at = self.later(self.weather.delay);
        let life = self.peers[to].life;
        let Some(Wire { ends, last }) = self.wires.get_mut(&wire) else { return };
        let side = usize::from(ends[1] == to);
        last[side] = last[side].max(at);
        let at = last[side];
        self.at(at, Event::Deliver { wire, to, life, frame });
    }

    /// The wires of a peer and who is at their other ends.
    pub(super) fn neighbours(&self, who: Name) -> Vec<(u64, Name)> {
        let other = |wire: &u64| {
            let ends = self.wires.get(wire)?.ends;
            Some((*wire, if ends[0] == who { ends[1] } else { ends[0] }))
        };
        self.peers[who].wires.iter().filter_map(other).collect()
    }

    fn part(&mut self, who: Name, wire: u64, because: Because) {
        if let Some(Wire { ends, .. }) = self.wires.get(&wire) {
            let to = if ends[0] == who { ends[1] } else { ends[0] };
            let both_in = [who, to].iter().all(|who| self.holds_plan(*who));
            let honest = self.peers[who].is_honest() && self.peers[to].is_honest();
            if honest && (both_in || because != Because::NothingInCommon) {
                let names = (self.peers[who].name.clone(), self.peers[to].name.clone());
                self.fail(format!("{} parts from {}, who is honest: {because}", names.0, names.1));
            }
        }
        self.cut_wire(wire);
    }

    fn holds_plan(&self, who: Name) -> bool {
        self.peers[who].sync.as_ref().is_some_and(|sync| sync.ledger(self.plan).is_some())
    }

    fn show(&mut self, who: Name, show: Show) {
        let kind = self.kind;
        match show {
            Show::Edits(_, doc, edits) => {
                self.peers[who].pens.entry(doc).or_default().show(kind, doc, &edits);
                self.name_files(who, doc);
            }
            Show::Rebuild(plan, doc) => {
                let counted = self.peers[who].sync.as_ref().map(|sync| sync.counted(plan, doc)).unwrap_or_default();
                self.peers[who].pens.insert(doc, Pen::of(kind, doc, &counted));
                self.name_files(who, doc);
            }
            Show::OwnChainAhead(_, doc, chain) => self.leave_chain(who, doc, chain),
            Show::Marks(_) => {
                self.marks_seen += 1;
                if self.marks_seen.is_multiple_of(8) {
                    self.check_marks(who);
                }
            }
            Show::Whole(..)
            | Show::Circle(_)
            | Show::Held(..)
            | Show::Online(_)
            | Show::Presence(..)
            | Show::File(..) => {}
        }
    }

    /// A new chapter is opened before what was forgotten is even weighed, so that no crash forgets to.
    fn leave_chain(&mut self, who: Name, doc: DocId, chain: seal::ChainId) {
        self.peers[who].left.insert(chain);
        let Some(ledger) = self.peers[who].sync.as_ref().and_then(|sync| sync.ledger(self.plan)) else { return };
        let device = self.peers[who].device();
        if ledger.chapter(doc, device).is_some_and(|chapter| seal::chain_id(doc, device, chapter) == chain) {
            self.renew(who, doc);
        }
    }

    pub(super) fn fail(&mut self, what: String) {
        if self.broken.len() < 20 {
            self.broken.push(what);
        }
    }

    pub(super) fn at(&mut self, at: Time, event: Event) {
        let number = self.number();
        self.events.insert((at.max(self.now), number), event);
    }

    pub(super) fn later(&mut self, at_most: i64) -> Time {
        self.now.plus(self.dice.random_range(1..=at_most.max(1)))
    }

    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// A copy of a peer's disk.
    pub(super) fn disk(&self, who: Name) -> &Disk {
        &self.peers[who].disk
    }

    /// A frame that no machine made, to everybody this peer is connected to.
    pub fn say(&mut self, who: Name, frame: Bytes) {
        for (wire, to) in self.neighbours(who) {
            self.deliver(wire, to, frame.clone());
        }
    }
}
