//! The machine itself: what is held, who is met, and which part of it answers to which input.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use circle::{Act, Ledger, Placed, Statement};
use seal::{Admitted, Bytes, ChainId, DeviceId, DeviceKey, DocId, EditHash, MILESTONE, PlanId, ReadHead, Time, Tip};

use crate::{
    allowance::Allowance,
    files::{Files, Line},
    greeting::{Greeting, Rude},
    held::Held,
    io::{Because, Input, Link, Output, Recalled, RecalledDoc, Show},
    limits::{
        COMPACT_FROM, COST_ASKING, COST_FRAME, HANDSHAKE, MESSAGE, SHUN, SHUNNED, UNDRAINED, UNDRAINED_FRAMES, WEIGHING,
    },
    meeting::Meeting,
    message::{Message, Nth},
    planted::Planted,
    presence::Place,
    saves::Saves,
    unpack::Coming,
    until::Hours,
    weigh::Doors,
};

/// One device's side of every plan it is in.
pub struct Sync {
    pub(crate) me: Arc<DeviceKey>,
    pub(crate) id: DeviceId,
    pub(crate) read: ReadHead,
    pub(crate) plans: BTreeMap<PlanId, Held>,
    pub(crate) links: BTreeMap<Link, Session>,
    pub(crate) doors: Doors,
    pub(crate) saves: Saves,
    pub(crate) changed: Changed,
    pub(crate) here: BTreeMap<PlanId, Place>,
    pub(crate) out: VecDeque<Output>,
    /// Documents in which a forgotten chapter of this device's own was noticed. Once is enough: of two copies that are open
    /// at the same time each would answer the other's new chapter with another one for ever.
    pub(crate) noticed: BTreeSet<(PlanId, DocId)>,
    shunned: BTreeMap<DeviceId, Time>,
    /// Edits somebody must lack before a document is offered whole.
    pub(crate) compact_from: usize,
    /// Documents that come in their compact form.
    pub(crate) coming: BTreeMap<(PlanId, DocId), Coming>,
    pub(crate) files: Files,
    /// When it was last told anything.
    pub(crate) now: Time,
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) greeting: Greeting,
    pub(crate) meetings: BTreeMap<PlanId, Meeting>,
    pub(crate) allowance: Allowance,
    /// Bytes told since everything was written out.
    pub(crate) undrained: usize,
    /// Frames that were.
    pub(crate) frames: usize,
    pub(crate) files: Line,
}

impl Session {
    /// Whether so much is told and not written out that more would only fill queues.
    pub(crate) fn is_behind(&self) -> bool {
        self.undrained > UNDRAINED || self.frames >= UNDRAINED_FRAMES
    }
}

/// What changed while one input was handled: shown once, at its end.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    pub(crate) shelves: BTreeSet<(PlanId, DocId)>,
    /// Edits written here, which are shown already.
    pub(crate) mine: BTreeSet<EditHash>,
    pub(crate) circles: BTreeSet<PlanId>,
    pub(crate) marks: BTreeSet<PlanId>,
    pub(crate) online: BTreeSet<PlanId>,
    pub(crate) ahead: BTreeSet<(PlanId, DocId, ChainId)>,
    /// Documents that came whole and were weighed.
    pub(crate) whole: BTreeSet<(PlanId, DocId)>,
}

impl Sync {
    /// A device that holds nothing yet. `read` reads the head of an edit: `plan::door::head` outside tests.
    pub fn new(me: Arc<DeviceKey>, read: ReadHead) -> Sync {
        Sync {
            id: me.id(),
            me,
            read,
            plans: BTreeMap::new(),
            links: BTreeMap::new(),
            doors: Doors::default(),
            saves: Saves::default(),
            changed: Changed::default(),
            here: BTreeMap::new(),
            out: VecDeque::new(),
            noticed: BTreeSet::new(),
            shunned: BTreeMap::new(),
            compact_from: COMPACT_FROM,
            coming: BTreeMap::new(),
            files: Files::default(),
            now: Time::default(),
        }
    }

    /// The same, offering documents whole to whoever lacks so many edits of one: small worlds need small numbers.
    #[must_use]
    pub fn offering_whole_from(self, edits: usize) -> Sync {
        Sync { compact_from: edits, ..self }
    }

    /// Takes back what this device had saved, before anything else happens to the machine. Nothing is saved or told, and
    /// nothing shown but an own chain of which two sides are held; take what counts with [`Sync::counted`].
    pub fn recall(&mut self, recalled: Recalled) {
        let Recalled { plan, statements, docs } = recalled;
        let mut statements = statements.into_iter();
        let Some(ledger) = statements.next().and_then(Ledger::new) else { return };
        let mut held = Held::new(ledger);
        // What was placed before is placed again: the same statements came in the same order.
        held.ledger.place_again(statements);
        held.settle();
        held.hours = Hours::read(&held.ledger);
        for RecalledDoc { doc, mut shelf } in docs {
            shelf.look_afresh(&held.ledger, doc);
            held.shelves.insert(doc, shelf);
        }
        self.plans.insert(plan, held);
        self.notice_forks(plan);
    }

    /// Chains of this device's own that it would go on with although two sides of them are held.
    fn notice_forks(&mut self, plan: PlanId) {
        let Some(held) = self.plans.get(&plan) else { return };
        let forked = held.shelves.iter().flat_map(|(doc, shelf)| shelf.forked().map(|chain| (*doc, chain)));
        let forked: Vec<(DocId, ChainId)> = forked.filter(|(doc, chain)| self.writes_on(plan, *doc, *chain)).collect();
        let ahead = forked.into_iter().map(|(doc, chain)| Output::Show(Show::OwnChainAhead(plan, doc, chain)));
        self.out.extend(ahead);
    }

    /// Takes in what happened.
    pub fn handle(&mut self, input: Input, now: Time) {
        let before = std::mem::replace(&mut self.now, now);
        self.strike(before, now);
        match input {
            Input::Issued(statements) => self.issued(statements, now),
            Input::Wrote { plan, doc, edits, tip } => self.wrote(plan, doc, edits, tip),
            Input::Brought { plan, doc, edits } => self.brought(plan, doc, edits, now),
            Input::Met { link, nonce, ours, theirs } => self.met(link, nonce, ours, theirs, now),
            Input::Parted(link) => self.forget(link),
            Input::Heard(link, frame) => {
                if let Err(because) = self.heard(link, &frame, now) {
                    self.part(link, because, now);
                }
            }
            Input::Drained(link) => self.drained(link, now),
            Input::Weighed(plan, doc, results) => self.weighed(plan, doc, results, now),
            Input::Packed(plan, doc, packed) => self.packed(plan, doc, packed, now),
            Input::Unpacked(plan, doc, edits) => self.unpacked(plan, doc, edits, now),
            Input::Saved(save) => self.saved(save, now),
            Input::SaveFailed(save) => self.saves.failed(save, now),
            Input::Here(plan, place) => self.set_here(plan, place, now),
            Input::File(input) => self.handle_file(input, now),
            Input::Woke => {}
        }
        self.wake(now);
        self.finish(now);
    }

    /// Something was heard on a link that is for whoever runs the machine. It costs as much as a question: who asks more than
    /// anyone honest is parted from ([`Output::Part`]).
    ///
    /// # Errors
    /// If it is not to be answered, because the link is ended.
    pub fn heard_beside(&mut self, link: Link, now: Time) -> Result<(), Because> {
        let paid = self.charge(link, COST_ASKING, now);
        if let Err(because) = paid {
            self.part(link, because, now);
        }
        paid
    }

    /// What is to be done next, in the order in which it must be carried out.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// When to say [`Input::Woke`], if nothing else happens before.
    pub fn next_wake(&self) -> Option<Time> {
        let links = self.links.values().filter_map(|session| {
            let greeting = session.meetings.is_empty().then(|| session.greeting.since.plus(HANDSHAKE));
            session.meetings.values().filter_map(Meeting::wake).chain(greeting).min()
        });
        let hours = self.plans.values().filter_map(|held| held.hours.next(self.now));
        links.chain(self.saves.wake()).chain(self.parcels_wake()).chain(self.files_wake()).chain(hours).min()
    }

    /// Whether so much is at the door or waiting to be saved that no more should be read from connections for now.
    pub fn is_full(&self) -> bool {
        let weighing: usize =
            self.plans.values().flat_map(|held| held.shelves.values()).map(|shelf| shelf.at_the_door()).sum();
        weighing + self.saves.waiting() > WEIGHING
    }

    fn issued(&mut self, statements: Vec<Statement>, now: Time) {
        for statement in statements {
            let plan = statement.plan();
            if let Some(held) = self.plans.get_mut(&plan) {
                if let Placed::New(placed) = held.ledger.place(statement) {
                    self.keep(plan, placed);
                }
            } else if matches!(statement.act(), Act::Found(_)) {
                let Some(ledger) = Ledger::new(statement.clone()) else { continue };
                self.plans.insert(plan, Held::new(ledger));
                self.keep(plan, vec![statement]);
                self.greet_again();
            }
        }
        for plan in self.changed.circles.clone() {
            self.circle_changed(plan, now);
        }
    }

    /// Statements were placed: they are flushed before anybody is told.
    pub(crate) fn keep(&mut self, plan: PlanId, placed: Vec<Statement>) {
        let Some(held) = self.plans.get_mut(&plan) else { return };
        for statement in placed {
            held.unsaved(&statement);
            self.saves.statement(plan, statement);
        }
        self.changed.circles.insert(plan);
    }

    fn wrote(&mut self, plan: PlanId, doc: DocId, edits: Vec<Admitted>, tip: Tip) {
        let Some(held) = self.plans.get_mut(&plan) else { return };
        let Some(chain) = edits.last().map(|edit| edit.edit().chain()) else { return };
        let shelf = held.shelf(doc);
        for edit in edits {
            let hash = edit.edit().hash();
            if !shelf.place(edit.clone()) {
                continue;
            }
            // A milestone in the midst of a batch is signed as well, so that no run is longer than a milestone.
            if edit.edit().seq().number().is_multiple_of(MILESTONE) && hash != tip.hash {
                self.saves.tip(plan, doc, chain, Tip::sign(&self.me, plan, edit.edit()));
            }
            self.changed.mine.insert(hash);
            self.saves.edit(plan, doc, edit);
        }
        self.saves.tip(plan, doc, chain, tip);
        self.changed.shelves.insert((plan, doc));
    }

    fn heard(&mut self, link: Link, frame: &Bytes, now: Time) -> Result<(), Because> {
        let Some(session) = self.links.get_mut(&link) else { return Ok(()) };
        session.allowance.take(COST_FRAME, now).map_err(|_| Because::Flood)?;
        let message = Message::read(frame).map_err(|_| Because::Rubbish)?;
        if matches!(message, Message::Docs(_) | Message::Each(_) | Message::States(_)) {
            // They may be known to hold what names a file by now.
            self.files.stir();
        }
        match message {
            Message::Hello(hello) => self.hear_hello(link, hello),
            Message::Proof(proof) => self.hear_proof(link, &proof, now),
            Message::Who(plan) => self.hear_who(link, self.meant(link, plan)?, now),
            Message::Circle(circle) => self.hear_circle(link, self.meant(link, circle.plan)?, circle.known, now),
            Message::Statements(heard) => {
                self.hear_statements(link, self.meant(link, heard.plan)?, &heard.statements, now)
            }
            Message::Docs(docs) => self.hear_docs(link, self.meant(link, docs.plan)?, docs.all, now),
            Message::Each(each) => self.hear_each(link, self.meant(link, each.plan)?, &each, now),
            Message::States(states) => self.hear_states(link, self.meant(link, states.plan)?, &states, now),
            Message::Edits(edits) => self.hear_edits(link, self.meant(link, edits.plan)?, edits.doc, edits.runs, now),
            Message::Saved(saved) => self.hear_saved(link, self.meant(link, saved.plan)?, &saved),
            Message::Near(near) => self.hear_near(link, self.meant(link, near.plan)?, near.devices),
            Message::Presence(heard) => self.hear_presence(link, self.meant(link, heard.plan)?, heard.place, now),
            Message::Offer(offer) => self.hear_offer(link, self.meant(link, offer.plan)?, &offer, now),
            Message::Fetch(fetch) => self.hear_fetch(link, self.meant(link, fetch.plan)?, &fetch, now),
            Message::Piece(piece) => self.hear_piece(link, self.meant(link, piece.plan)?, piece, now),
            Message::Want(want) => self.hear_want(link, self.meant(link, want.plan)?, &want, now),
            Message::Outlined(heard) => self.hear_outlined(link, self.meant(link, heard.plan)?, heard, now),
            Message::Part(part) => self.hear_part(link, self.meant(link, part.plan)?, part, now),
            Message::Lack(lack) => self.hear_lack(link, self.meant(link, lack.plan)?, &lack),
            Message::Have(have) => self.hear_have(link, self.meant(link, have.plan)?, &have),
        }
    }

    /// The plan that the other means: proven by both, or nothing but Hello and Proof may be said.
    fn meant(&self, link: Link, nth: Nth) -> Result<PlanId, Because> {
        let session = self.links.get(&link).ok_or(Because::Rubbish)?;
        let plan = session.greeting.plan(nth).ok_or(Because::Rubbish)?;
        if session.meetings.contains_key(&plan) { Ok(plan) } else { Err(Because::Rubbish) }
    }

    /// Links on which a plan is talked about with a device that had a place in its circle once.
    pub(crate) fn former(&self, plan: PlanId) -> Vec<Link> {
        let former = |session: &Session| session.meetings.get(&plan).is_some_and(Meeting::is_former);
        self.links.iter().filter(|(_, session)| former(session)).map(|(link, _)| *link).collect()
    }

    /// Hours that have struck: whose visit is over is not of the circle any more, as far as this device sends.
    fn strike(&mut self, before: Time, now: Time) {
        let struck = |held: &Held| held.hours.next(before).is_some_and(|hour| hour <= now);
        let struck: Vec<PlanId> = self.plans.iter().filter(|(_, held)| struck(held)).map(|(plan, _)| *plan).collect();
        for plan in struck {
            self.circle_changed(plan, now);
            self.changed.circles.insert(plan);
        }
    }

    /// One message to one link. Says whether it could be sent.
    pub(crate) fn tell(&mut self, link: Link, message: &Message) -> bool {
        if !self.links.contains_key(&link) {
            return false;
        }
        let Some(frame) = message.frame() else { return false };
        self.tell_frame(link, frame);
        true
    }

    pub(crate) fn tell_frame(&mut self, link: Link, frame: Bytes) {
        let Some(session) = self.links.get_mut(&link) else { return };
        session.undrained += frame.len();
        session.frames += 1;
        self.out.push_back(Output::Tell(link, frame));
    }

    pub(crate) fn meeting(&mut self, link: Link, plan: PlanId) -> Option<&mut Meeting> {
        self.links.get_mut(&link)?.meetings.get_mut(&plan)
    }

    /// This device's number for a plan on a link.
    pub(crate) fn nth(&self, link: Link, plan: PlanId) -> Option<Nth> {
        self.links.get(&link)?.greeting.nth(plan)
    }

    /// Links on which a plan is talked about with a device of its circle.
    pub(crate) fn known(&self, plan: PlanId) -> Vec<Link> {
        let known = |session: &Session| session.meetings.get(&plan).is_some_and(Meeting::is_known);
        self.links.iter().filter(|(_, session)| known(session)).map(|(link, _)| *link).collect()
    }

    pub(crate) fn part(&mut self, link: Link, because: Because, now: Time) {
        let Some(session) = self.links.get(&link) else { return };
        let dishonest = matches!(because, Because::Rubbish | Because::Forged | Because::Flood);
        if let (true, Some(device)) = (dishonest, session.greeting.device()) {
            while self.shunned.len() >= SHUNNED {
                self.shunned.pop_first();
            }
            self.shunned.insert(device, now.plus(SHUN));
        }
        self.out.push_back(Output::Part(link, because));
        self.forget(link);
    }

    pub(crate) fn is_shunned(&mut self, device: DeviceId, now: Time) -> bool {
        self.shunned.retain(|_, until| *until > now);
        self.shunned.contains_key(&device)
    }

    /// A connection is gone, and with it whatever was only known through it.
    /// Lets go of a plan: a visit is over. Whoever holds links to devices of its circle parts from them first.
    pub fn forget_plan(&mut self, plan: PlanId) {
        self.plans.remove(&plan);
        self.here.remove(&plan);
        self.saves.forget(plan);
        self.doors.forget(plan);
        self.noticed.retain(|(of, _)| *of != plan);
        self.coming.retain(|(of, _), _| *of != plan);
        self.forget_files(plan);
        self.out.retain(|output| !matches!(output, Output::Weigh(of, ..) if *of == plan));
    }

    fn forget(&mut self, link: Link) {
        let Some(session) = self.links.remove(&link) else { return };
        self.lose_parcels(link);
        self.lose_files(link);
        for (plan, meeting) in session.meetings {
            self.changed.online.insert(plan);
            if meeting.place.is_some() {
                self.out.push_back(Output::Show(Show::Presence(plan, meeting.device, None)));
            }
            self.tell_near(plan);
        }
    }

    fn drained(&mut self, link: Link, now: Time) {
        let Some(session) = self.links.get_mut(&link) else { return };
        (session.undrained, session.frames) = (0, 0);
        let blocked: Vec<(PlanId, DocId)> = (session.meetings.iter_mut())
            .flat_map(|(plan, meeting)| std::mem::take(&mut meeting.blocked).into_iter().map(|doc| (*plan, doc)))
            .collect();
        for (plan, doc) in blocked {
            self.bring_edits(link, plan, doc, now);
        }
        self.tell_more_pieces(link);
        self.give_next(link);
    }

    /// Does what has become due.
    fn wake(&mut self, now: Time) {
        self.give_up_parcels(now);
        let links: Vec<Link> = self.links.keys().copied().collect();
        for link in links {
            let session = &self.links[&link];
            let greeting = session.meetings.is_empty() && session.greeting.since.plus(HANDSHAKE) <= now;
            let tail = |meeting: &Meeting| meeting.tail.as_ref().is_some_and(|tail| tail.since.plus(MESSAGE) <= now);
            if greeting || session.meetings.values().any(tail) {
                self.part(link, Because::Slow, now);
                continue;
            }
            let due: Vec<PlanId> = (session.meetings.iter())
                .filter(|(_, meeting)| meeting.wake().is_some_and(|due| due <= now))
                .map(|(plan, _)| *plan)
                .collect();
            for plan in due {
                self.bring_takers(link, plan, now);
                self.ask_about_gaps(link, plan, now);
                self.bring_later(link, plan, now);
                self.say_saved(link, plan, now);
                self.say_here(link, plan, now);
            }
        }
    }

    /// Shows what changed, sends to the door what is ready, and starts the next save.
    fn finish(&mut self, now: Time) {
        let Changed { shelves, mine, circles, marks, online, ahead, whole } = std::mem::take(&mut self.changed);
        let shows = circles.into_iter().map(Show::Circle);
        let shows = shows.chain(ahead.into_iter().map(|(plan, doc, chain)| Show::OwnChainAhead(plan, doc, chain)));
        self.out.extend(shows.map(Output::Show));
        for (plan, doc) in shelves {
            self.recount(plan, doc, &mine);
        }
        self.out.extend(whole.into_iter().map(|(plan, doc)| Output::Show(Show::Whole(plan, doc))));
        let shows = marks.into_iter().map(Show::Marks).chain(online.into_iter().map(Show::Online));
        self.out.extend(shows.map(Output::Show));
        self.tend_files(now);
        self.send_to_the_door();
        if let Some((save, batch)) = self.saves.start(now) {
            self.out.push_back(Output::Save(save, batch));
            if Planted::ToldBeforeSaved.is_on()
                && let Some(content) = self.saves.under_way().cloned()
            {
                self.flushed(content, now);
            }
        }
    }
}

impl From<Rude> for Because {
    fn from(rude: Rude) -> Because {
        match rude {
            Rude::Rubbish => Because::Rubbish,
            Rude::Forged => Because::Forged,
            Rude::Flood => Because::Flood,
        }
    }
}
