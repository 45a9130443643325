//! The device itself: what the loop holds, and how the machine's outputs are carried out, in their order.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use seal::{ChainId, DeviceId, DeviceKey, DocId, EditHash, PlanId, Seq, StatementId, Time};
use sync::{Input, Link, Output, SaveId, Show, Sync};

use tokio::sync::mpsc;

use crate::{
    ask::Reply,
    clock::Clock,
    custody::Sheets,
    doorman::{self, Doorman},
    error::Refused,
    filer::Filer,
    files::Attached,
    hosting::Hosting,
    joining::Joining,
    keeper::{self, Keeper},
    keys,
    links::Links,
    news::News,
    online::GoingOnline,
    outbox::Outbox,
    pairing::Pairing,
    pocket::Back,
    restoring::Restoring,
    settings::Settings,
    settled::Settling,
    taking::Taking,
    taster,
    visits::Visits,
    whole::Tasting,
    writing::Fetched,
};

/// What is done once something is flushed, or known not to be.
pub(crate) type Then = Box<dyn FnOnce(Result<(), Refused>, &mut Hands) + Send>;

/// Everything one device holds while it runs. It belongs to the node's thread alone.
pub(crate) struct Hands {
    pub(crate) key: Arc<DeviceKey>,
    pub(crate) device: DeviceId,
    pub(crate) settings: Settings,
    pub(crate) sync: Sync,
    /// The one clock the machine is told.
    pub(crate) clock: Clock,
    pub(crate) keeper: Keeper,
    pub(crate) doorman: Doorman,
    pub(crate) filer: Filer,
    pub(crate) attached: Attached,
    /// What the machine is told once it has said all it wants.
    pub(crate) later: Vec<Input>,
    pub(crate) outbox: Outbox,
    /// Documents somebody looks at, with what was told of them last.
    pub(crate) open: BTreeMap<(PlanId, DocId), Told>,
    /// Documents in which this device must open a new chapter before it writes again.
    pub(crate) stale: BTreeSet<(PlanId, DocId)>,
    /// Documents whose new chapter is on its way to the disk.
    pub(crate) renewing: BTreeSet<(PlanId, DocId)>,
    /// Snapshots that wait until everything their index knows of is flushed.
    pub(crate) snapshots: BTreeMap<(PlanId, DocId), (store::Snapshot, Reply<()>)>,
    /// Where snapshots come back from the keeper's thread.
    pub(crate) fetched: mpsc::Sender<Fetched>,
    /// Where the keeper's thread and tasters say what became of whole documents.
    pub(crate) tasted: mpsc::Sender<taster::Said>,
    /// Where the keyring's answers come back.
    pub(crate) back: mpsc::Sender<Back>,
    /// Documents that came whole and are being tried and weighed: nothing new of them is told until then.
    pub(crate) tasting: BTreeMap<(PlanId, DocId), Tasting>,
    pub(crate) links: Links,
    pub(crate) going_online: Option<GoingOnline>,
    /// The port of last time.
    pub(crate) port: Option<u16>,
    pub(crate) hosting: Hosting,
    pub(crate) joining: Joining,
    pub(crate) sheets: Sheets,
    pub(crate) pairing: Pairing,
    pub(crate) restoring: Restoring,
    pub(crate) visits: Visits,
    pub(crate) settling: Vec<Settling>,
    /// Plans that were brought whole.
    pub(crate) taking: Vec<Taking>,
    pub(crate) unsaved: Unsaved,
    /// Publishings at the door.
    pub(crate) signing: usize,
    /// Chains this device wrote since it started: whose saving is told.
    pub(crate) own: BTreeSet<ChainId>,
    pub(crate) changed: Changed,
    /// What was given until an hour that has passed, and that this device has tried to end.
    pub(crate) overdue: BTreeSet<(PlanId, sync::Over)>,
    /// When this device signs documents' keys.
    pub(crate) turns: keys::Turns,
    /// What the owner was told last of what is held back, where anything is.
    pub(crate) told_held: BTreeMap<PlanId, Vec<crate::ask::HeldBack>>,
}

/// What the owner was last told of an open document.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) chain: Option<ChainId>,
    pub(crate) having: Option<BTreeSet<DeviceId>>,
    pub(crate) shows: Shows,
}

/// What is shown of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shows {
    /// What counts.
    #[default]
    Counted,
    /// What this device keeps of one that it may not read any more: own words that do not count are among it.
    Copy,
}

/// What waits for a flush: by the id of the last edit or statement it waits for.
#[derive(Default)]
pub(crate) struct Unsaved {
    waiting: BTreeMap<[u8; 32], Then>,
    /// What goes on once everything said about a plan is flushed.
    plans: Vec<(PlanId, Then)>,
    under_way: BTreeMap<SaveId, UnderWay>,
    /// Records of the node's own, by a number that is never used twice.
    notes: BTreeMap<u64, Then>,
    next_note: u64,
}

#[derive(Default)]
struct UnderWay {
    then: Vec<Then>,
    own: Vec<(PlanId, DocId, (ChainId, Seq, EditHash))>,
}

/// What must be told again at the end of this turn of the loop, once however often it changed.
#[derive(Default)]
pub(crate) struct Changed {
    pub(crate) circles: BTreeSet<PlanId>,
    pub(crate) held: BTreeSet<PlanId>,
    pub(crate) marks: BTreeSet<PlanId>,
    pub(crate) presences: BTreeSet<PlanId>,
    pub(crate) links: bool,
}

/// The wall clock, for what is signed or shown. Only this crate reads it; the pure ones are told.
pub(crate) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    Time(i64::try_from(since).unwrap_or(i64::MAX))
}

/// Random bytes from the system.
pub(crate) fn dice<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a system that gave randomness at the start goes on giving it");
    bytes
}

impl Unsaved {
    /// The number under which the keeper says what became of a note.
    pub(crate) fn await_note(&mut self, then: Then) -> u64 {
        let number = self.next_note;
        self.next_note += 1;
        self.notes.insert(number, then);
        number
    }
}

impl Hands {
    /// Tells the machine what happened and carries out what it wants.
    pub(crate) fn handle(&mut self, input: Input) {
        self.sync.handle(input, self.clock.now());
        self.carry_out();
        while let Some(input) = self.later.pop() {
            self.sync.handle(input, self.clock.now());
            self.carry_out();
        }
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.sync.poll() {
            match output {
                Output::Weigh(plan, doc, edits) => self.doorman.give(doorman::Job::Weigh(plan, doc, edits)),
                Output::Pack(plan, doc) => self.pack(plan, doc),
                Output::Unpack(plan, doc, document) => self.unpack(plan, doc, document),
                Output::Save(id, batch) => self.save(id, batch),
                Output::Tell(link, frame) => self.tell(link, frame),
                Output::Part(link, because) => {
                    tracing::debug!(link = link.0, %because, "parting");
                    self.part(link, Some(because));
                }
                Output::File(wanted) => self.file_wanted(wanted),
                Output::Show(show) => self.show(show),
            }
        }
    }

    fn save(&mut self, id: SaveId, batch: sync::Batch) {
        let mut under_way = UnderWay::default();
        for (_, statement) in &batch.statements {
            under_way.then.extend(self.unsaved.waiting.remove(statement.id().as_bytes()));
        }
        for (plan, doc, edits) in &batch.edits {
            let mut last: BTreeMap<ChainId, (Seq, EditHash)> = BTreeMap::new();
            for edit in edits.iter().map(seal::Admitted::edit).filter(|edit| self.own.contains(&edit.chain())) {
                under_way.then.extend(self.unsaved.waiting.remove(edit.hash().as_bytes()));
                last.insert(edit.chain(), (edit.seq(), edit.hash()));
            }
            under_way.own.extend(last.into_iter().map(|(chain, (seq, hash))| (*plan, *doc, (chain, seq, hash))));
        }
        self.unsaved.under_way.insert(id, under_way);
        self.keeper.give(keeper::Job::Save(id, batch));
    }

    /// Runs `then` once the edit or statement of this id is flushed. Must be said before the machine is told of it.
    pub(crate) fn when_edit_saved(&mut self, edit: EditHash, then: Then) {
        self.unsaved.waiting.insert(*edit.as_bytes(), then);
    }

    /// See [`Hands::when_edit_saved`].
    pub(crate) fn when_statement_saved(&mut self, statement: StatementId, then: Then) {
        self.unsaved.waiting.insert(*statement.as_bytes(), then);
    }

    /// Takes in what another device gave of a plan's circle, and runs `then` once all of it is flushed. Some of it may be here
    /// already, or all: it may have come another way meanwhile.
    pub(crate) fn hold_circle(&mut self, plan: PlanId, statements: Vec<circle::Statement>, then: Then) {
        self.handle(Input::Issued(statements));
        if self.sync.ledger(plan).is_none() {
            return then(Err(Refused::Broke), self);
        }
        self.unsaved.plans.push((plan, then));
        self.go_on_with_plans(Ok(()));
    }

    fn go_on_with_plans(&mut self, saved: Result<(), Refused>) {
        for (plan, then) in std::mem::take(&mut self.unsaved.plans) {
            if saved.is_err() || self.sync.is_flushed(plan) {
                then(saved, self);
            } else {
                self.unsaved.plans.push((plan, then));
            }
        }
    }

    /// Keeps records of the node's own and runs `then` once they are flushed, or known not to be.
    pub(crate) fn note(&mut self, batch: store::Batch, then: Then) {
        if !self.keeper.has_room() {
            return then(Err(Refused::Busy), self);
        }
        let number = self.unsaved.await_note(then);
        self.keeper.give(keeper::Job::Note(number, batch));
    }

    /// What the keeper says.
    pub(crate) fn kept(&mut self, said: keeper::Said) {
        match said {
            keeper::Said::Saved(id) => {
                // The machine first: it is about to tell others, and whoever waits here may act on that.
                self.handle(Input::Saved(id));
                let Some(UnderWay { then, own }) = self.unsaved.under_way.remove(&id) else { return };
                for (plan, doc, upto) in own {
                    self.outbox.put(News::Saved { plan, doc, upto });
                }
                for then in then {
                    then(Ok(()), self);
                }
                self.go_on_with_plans(Ok(()));
                self.let_in_what_waits();
                self.keep_snapshots();
                self.tend_taking();
            }
            keeper::Said::NotSaved(id, why) => {
                self.handle(Input::SaveFailed(id));
                self.outbox.put(News::NotSaved { full: why == Refused::DiskFull });
                let Some(UnderWay { then, own: _ }) = self.unsaved.under_way.remove(&id) else { return };
                for then in then {
                    then(Err(why), self);
                }
                self.go_on_with_plans(Err(why));
            }
            keeper::Said::Noted(number, noted) => {
                if let Some(then) = self.unsaved.notes.remove(&number) {
                    then(noted, self);
                }
            }
        }
    }

    fn show(&mut self, show: Show) {
        match show {
            Show::Edits(plan, doc, edits) => {
                if self.is_told(plan, doc) {
                    self.outbox.put(News::Edits { plan, doc, edits });
                }
            }
            Show::Rebuild(plan, doc) => {
                if self.is_told(plan, doc) {
                    self.rebuild(plan, doc);
                }
            }
            Show::Whole(plan, doc) => self.weighed_whole(plan, doc),
            Show::Held(plan, _) => {
                self.changed.held.insert(plan);
            }
            Show::Circle(plan) => {
                self.changed.circles.insert(plan);
            }
            Show::Marks(plan) => {
                self.changed.marks.insert(plan);
            }
            Show::Online(plan) => {
                self.changed.links = true;
                self.changed.marks.insert(plan);
                self.changed.presences.insert(plan);
            }
            Show::Presence(plan, _, _) => {
                self.changed.presences.insert(plan);
            }
            Show::File(plan, _) => {
                self.attached.changed.insert(plan);
            }
            Show::OwnChainAhead(plan, doc, _) => {
                tracing::info!(?doc, "an old copy of this device was opened: a new chapter begins");
                self.begin_anew(plan, doc);
            }
        }
    }

    /// Whether the owner hears of what changes in a document as it comes.
    fn is_told(&self, plan: PlanId, doc: DocId) -> bool {
        self.open.contains_key(&(plan, doc)) && self.tasting.get(&(plan, doc)).is_none_or(Tasting::is_shown)
    }

    /// Tells the owner, once, what changed in this turn of the loop.
    pub(crate) fn tell_changes(&mut self) -> bool {
        if !self.changed.circles.is_empty() {
            self.meet_everybody();
        }
        let Changed { circles, held, marks, presences, links } = std::mem::take(&mut self.changed);
        for plan in circles {
            self.do_what_is_owed(plan);
            self.tell_circle(plan);
            self.tell_came_in(plan);
            // Since when it is held back may be known only now.
            self.tell_held(plan);
        }
        for plan in held {
            // Own words that do not count any more: the next ones are not written on them.
            self.renew_open(plan);
            self.tell_chapters(plan);
            self.tell_held(plan);
        }
        for plan in marks {
            self.tell_marks(plan);
        }
        for plan in presences {
            let here = self.sync.presences(plan).into_iter().collect();
            self.outbox.put(News::Presence { plan, here });
        }
        if links {
            self.outbox.put(News::Links(self.links.views()));
        }
        self.tell_files();
        self.outbox.flush()
    }

    fn tell_circle(&mut self, plan: PlanId) {
        let Some(ledger) = self.sync.ledger(plan) else { return };
        let ledger = Arc::new(ledger.clone());
        self.outbox.put(News::Circle { plan, ledger });
        self.offer_joining();
        self.let_in_elsewhere(plan);
        self.forget_knocks(plan);
        self.tell_chapters(plan);
    }

    fn tell_chapters(&mut self, plan: PlanId) {
        let open: Vec<DocId> = self.open.keys().filter(|(of, _)| *of == plan).map(|(_, doc)| *doc).collect();
        for doc in open {
            let chain = self.chain(plan, doc).map(|(chain, _)| chain);
            self.tell_chapter(plan, doc, chain);
        }
    }

    fn tell_held(&mut self, plan: PlanId) {
        let Ok(held) = self.held(plan) else { return };
        if self.told_held.get(&plan).map_or(&[][..], Vec::as_slice) != held {
            self.told_held.insert(plan, held.clone());
            self.outbox.put(News::Held { plan, held });
        }
    }

    /// Says which chain to write from now on, if that is news.
    pub(crate) fn tell_chapter(&mut self, plan: PlanId, doc: DocId, chain: Option<ChainId>) {
        let Some(told) = self.open.get_mut(&(plan, doc)) else { return };
        if told.chain != chain {
            told.chain = chain;
            self.outbox.put(News::Chapter { plan, doc, chain });
        }
    }

    fn tell_marks(&mut self, plan: PlanId) {
        for ((of, doc), told) in &mut self.open {
            if *of != plan {
                continue;
            }
            let having = self.sync.saved_with(plan, *doc);
            if told.having.as_ref() != Some(&having) {
                let news = News::Marks { plan, doc: *doc, having: having.iter().copied().collect() };
                told.having = Some(having);
                self.outbox.put(news);
            }
        }
    }

    /// Whether nothing that was asked is still on its way to the disk.
    pub(crate) fn is_idle(&self) -> bool {
        let Unsaved { waiting, plans, under_way, notes, next_note: _ } = &self.unsaved;
        let saved = waiting.is_empty() && plans.is_empty() && under_way.is_empty() && notes.is_empty();
        saved && self.signing == 0 && self.taking.is_empty()
    }

    /// The device at the other end of a link, once it has proved itself.
    pub(crate) fn device_at(&self, link: Link) -> Option<DeviceId> {
        self.sync.device(link)
    }
}
