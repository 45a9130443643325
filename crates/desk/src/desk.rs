//! The desk itself: news comes in, asks go out, and what is open can be read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, mpsc},
    time::{Duration, SystemTime},
};

use circle::Ledger;
use node::{News, NewsReceiver, Node, Pending, Settings, StartError, ask};
use plan::{Document, FieldKind, FieldPath, Role};
use seal::{DeviceId, DocId, PersonId, PlanId, Time};

use crate::{
    ask::{Ask, Done, Turn},
    change::{Answer, Change, Knock, Marks, Member, PlanCard, Presence},
    errand::{self, Content, Errand, Step, Went},
    limits::{TELL_EVERY, TRY_AGAIN},
    open::{Merged, OpenPart, Stage},
    refused::Refused,
    shelf::{Shelf, World, write_caret},
    worker::{Finished, Job, Worker},
};

/// Where the name of who sits here is kept.
const NAME: &str = "desk/name";
/// Where it is kept when other devices were connected last.
const SEEN: &str = "desk/seen";

/// A device's open documents. Belongs to one thread.
pub struct Desk {
    pub(crate) node: Node,
    news: NewsReceiver,
    worker: Worker,
    waker: Waker,
    woken: mpsc::Receiver<()>,
    me: DeviceId,
    name: String,
    pub(crate) shelves: BTreeMap<PlanId, Shelf>,
    world: World,
    errands: Vec<Errand>,
    turns: u64,
    changes: Vec<Change>,
    told: Option<(Time, Ask)>,
    quiet: Vec<Pending<()>>,
}

/// Ends a [`Desk::wait`] from any thread.
#[derive(Clone)]
pub struct Waker {
    bell: mpsc::SyncSender<()>,
    also: Option<node::Wake>,
}

impl Waker {
    /// There is something to look at.
    pub fn wake(&self) {
        // One ring is enough: whoever hears it looks at everything.
        let _ = self.bell.try_send(());
        if let Some(also) = &self.also {
            also();
        }
    }
}

impl Desk {
    /// Opens a home and starts its device. This waits (for the passphrase's key and the store), so a window does it on a
    /// thread of its own and takes the desk over. `settings.wake` is called whenever [`Desk::hear`] has something new.
    pub fn open(mut settings: Settings) -> Result<Desk, StartError> {
        let (bell, woken) = mpsc::sync_channel(1);
        let waker = Waker { bell, also: settings.wake.take() };
        let (ring, ring_too) = (waker.clone(), waker.clone());
        settings.wake = Some(Arc::new(move || ring.wake()));
        let worker = Worker::start(Arc::new(move || ring_too.wake())).map_err(|_| StartError::System)?;
        let (node, news) = node::start(settings)?;
        let me = node.call(ask::WhoAmI).map_err(|_| StartError::System)?.device;
        let recall = |key: &str| node.call(ask::Recall { key: key.to_owned() }).ok().flatten();
        let name = recall(NAME).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let seen: Vec<(DeviceId, Time)> =
            recall(SEEN).and_then(|bytes| seal::decode(&bytes, 1 << 20).ok()).unwrap_or_default();
        let mut desk = Desk {
            node,
            news,
            worker,
            waker,
            woken,
            me,
            name,
            shelves: BTreeMap::new(),
            world: World { seen: seen.into_iter().collect(), ..World::default() },
            errands: Vec::new(),
            turns: 0,
            changes: Vec::new(),
            told: None,
            quiet: Vec::new(),
        };
        let homes = desk.node.call(ask::Plans).map_err(|_| StartError::Damaged)?;
        for home in homes {
            let ledger = desk.node.call(ask::Circle { plan: home.plan }).map_err(|_| StartError::Damaged)?;
            desk.shelve(home.plan, ledger);
        }
        Ok(desk)
    }

    /// Wakes [`Desk::wait`].
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Waits until there may be news, or so long. For a command line; a window never calls it.
    pub fn wait(&self, longest: Duration) {
        let _ = self.woken.recv_timeout(longest);
    }

    /// The node, for questions that are not the desk's (history, verify). `call` waits: not from a window's thread.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Takes in everything that is new and says what changed. Never waits.
    pub fn hear(&mut self, now: Time) -> Vec<Change> {
        while let Some(news) = self.news.take() {
            self.take_in(news, now);
        }
        while let Some(((plan, doc), finished)) = self.worker.take() {
            self.take_back(plan, doc, finished, now);
        }
        self.merge_arrived(now);
        self.run_errands(now);
        self.tick(now);
        std::mem::take(&mut self.changes)
    }

    /// Does what the clock asks for: ends bursts, hands over what waits. [`Desk::hear`] does it too.
    pub fn tick(&mut self, now: Time) {
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                part.ask(&self.node);
                part.tick(now);
            }
        }
        self.publish();
        if let Some((at, ask)) = self.told.take() {
            if at.plus(TELL_EVERY) <= now {
                self.tell_place(&ask);
            } else {
                self.told = Some((at, ask));
            }
        }
        self.quiet.retain_mut(|pending| pending.take().is_none());
    }

    /// When [`Desk::tick`] has something to do next, if it has.
    pub fn next_wake(&self, now: Time) -> Option<Time> {
        let parts = self.shelves.values().flat_map(|shelf| shelf.parts.values());
        let bursts = parts.clone().filter_map(OpenPart::burst_ends).min();
        let busy = parts.clone().any(OpenPart::wants_publishing).then(|| now.plus(TRY_AGAIN));
        let place = self.told.as_ref().map(|(at, _)| at.plus(TELL_EVERY));
        [bursts, busy, place].into_iter().flatten().min()
    }

    /// Carries out one wish. Never waits: what takes longer answers later with [`Change::Answer`].
    pub fn act(&mut self, ask: Ask, now: Time) -> Result<Done, Refused> {
        match ask {
            Ask::Splice { .. }
            | Ask::Set { .. }
            | Ask::Add { .. }
            | Ask::Remove { .. }
            | Ask::Restore { .. }
            | Ask::Place { .. }
            | Ask::Undo { .. }
            | Ask::Redo { .. } => {
                let done = self.write(ask, now)?;
                self.publish();
                Ok(done)
            }
            Ask::Blur => {
                self.close_all(now);
                Ok(Done::Here)
            }
            Ask::Composing { plan, part, on } => {
                self.part_mut(plan, &part)?.composing = on.then_some(now);
                Ok(Done::Here)
            }
            Ask::Caret { .. } => {
                self.told = Some((self.told.take().map_or(now.plus(-TELL_EVERY), |(at, _)| at), ask));
                self.tick(now);
                Ok(Done::Here)
            }
            Ask::Open { plan } => {
                self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?.wanted = true;
                self.open_wanted(plan)?;
                Ok(Done::Here)
            }
            Ask::Name { name } => {
                self.name = self.clean_name(&name)?;
                let pending = self.node.ask(ask::Record { key: NAME.into(), value: self.name.clone().into_bytes() });
                Ok(self.begin(Step::Acting { done: pending }))
            }
            Ask::StartPlan { title } => {
                let title = self.clean_name(&title)?;
                self.found(Content::Empty { title })
            }
            Ask::Sample { sample } => self.found(Content::sample(&sample)?),
            Ask::Invite { plan, role, parts } => {
                self.known(plan)?;
                let step = errand::invite(&self.node, plan, role, parts)?;
                Ok(self.begin(step))
            }
            Ask::Join { ticket, relationship } => {
                if self.name.is_empty() {
                    return Err(Refused::NoName);
                }
                let knock = self.node.ask(ask::Join {
                    ticket,
                    name: self.name.clone(),
                    relationship: plan::clean(&relationship),
                    organisation: String::new(),
                });
                Ok(self.begin(Step::Knocking { knock }))
            }
            Ask::Confirm { plan, person, words } => self.confirm(plan, person, words),
            Ask::GoOnline => {
                let done = self.node.ask(ask::Online);
                Ok(self.begin(Step::Acting { done }))
            }
            Ask::GoOffline => {
                let done = self.node.ask(ask::Offline);
                Ok(self.begin(Step::Acting { done }))
            }
        }
    }
}

/// Reading. Nothing here waits or changes anything.
impl Desk {
    /// This device.
    pub fn device(&self) -> DeviceId {
        self.me
    }

    /// Who sits here; empty until somebody said.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The plans of this device, in a fixed order.
    pub fn plans(&self) -> Vec<PlanCard> {
        self.shelves.values().filter_map(|shelf| shelf.card(self.me)).collect()
    }

    /// Whether everything that is being opened is open (titles are known then).
    pub fn is_ready(&self) -> bool {
        let parts = self.shelves.values().flat_map(|shelf| shelf.parts.values());
        parts.into_iter().all(|part| !matches!(part.stage, Stage::Opening))
    }

    /// Everything signed about a plan.
    pub fn ledger(&self, plan: PlanId) -> Option<&Arc<Ledger>> {
        self.shelves.get(&plan).map(|shelf| &shelf.ledger)
    }

    /// A part that is open, for reading.
    pub fn document(&self, plan: PlanId, part: &str) -> Option<&Document> {
        self.shelves.get(&plan)?.part(part)?.document()
    }

    /// Which document holds a part.
    pub fn doc(&self, plan: PlanId, part: &str) -> Option<DocId> {
        self.shelves.get(&plan)?.doc(part)
    }

    /// Whether a part is kept here but cannot be shown.
    pub fn is_unreadable(&self, plan: PlanId, part: &str) -> bool {
        let part = self.shelves.get(&plan).and_then(|shelf| shelf.part(part));
        part.is_some_and(|part| matches!(part.stage, Stage::Unreadable))
    }

    /// What I may do with a part.
    pub fn access(&self, plan: PlanId, part: &str) -> circle::Access {
        let Some(shelf) = self.shelves.get(&plan) else { return circle::Access::Nothing };
        shelf.ledger.person_of(self.me).map_or(circle::Access::Nothing, |person| shelf.access(part, person))
    }

    /// What somebody may do with a part.
    pub fn access_of(&self, plan: PlanId, part: &str, person: PersonId) -> circle::Access {
        self.shelves.get(&plan).map_or(circle::Access::Nothing, |shelf| shelf.access(part, person))
    }

    /// The people of a plan, the most senior first.
    pub fn people(&self, plan: PlanId) -> Vec<Member> {
        self.shelves.get(&plan).map(|shelf| shelf.members(self.me, &self.world)).unwrap_or_default()
    }

    /// Who is here now with this plan open, and where their carets are.
    pub fn here(&self, plan: PlanId) -> Vec<Presence> {
        self.shelves.get(&plan).map(Shelf::presence).unwrap_or_default()
    }

    /// What is saved where.
    pub fn marks(&self, plan: PlanId) -> Marks {
        self.shelves.get(&plan).map(|shelf| shelf.marks(self.me, &self.world)).unwrap_or_default()
    }

    /// Who asks to come in.
    pub fn knocks(&self, plan: PlanId) -> Vec<Knock> {
        self.shelves.get(&plan).map(|shelf| shelf.knocks.clone()).unwrap_or_default()
    }

    /// Whether everything written here is flushed to this device's disk.
    pub fn is_saved(&self) -> bool {
        self.shelves.values().flat_map(|shelf| shelf.parts.values()).all(OpenPart::is_saved)
    }

    /// What a field holds, by its description; the record it lies in must be there.
    pub fn kind(&self, plan: PlanId, field: FieldPath) -> Option<FieldKind> {
        let list = match field.item() {
            None => None,
            Some(item) => Some(self.document(plan, field.part().code)?.list_of(item)?.1),
        };
        field.describe(list).map(|field| field.kind)
    }
}

// What comes in.
impl Desk {
    fn take_in(&mut self, news: News, now: Time) {
        match news {
            News::Opened { plan, doc, snapshot, edits, chain } => {
                let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) else { return };
                part.chain = chain;
                part.restart();
                if part.held.is_some() {
                    return;
                }
                let job = Job::Load { part: part.part, snapshot, edits };
                if let Err(job) = self.worker.give((plan, doc), job) {
                    let finished = job.run(doc);
                    self.take_back(plan, doc, finished, now);
                }
            }
            News::Edits { plan, doc, edits } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.arrive(edits);
                }
            }
            News::Rebuild { plan, doc, edits } => {
                let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) else { return };
                let merged = part.rebuild(&edits, now);
                self.say_merged(plan, doc, merged);
            }
            News::Behind { plan, doc } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.reopen();
                }
            }
            News::Chapter { plan, doc, chain } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.rename(chain, now);
                }
            }
            News::Saved { plan, .. } => self.changes.push(Change::Marks(plan)),
            News::NotSaved { full: _ } => {
                self.world.broken = true;
                self.changes.extend(self.shelves.keys().map(|plan| Change::NotSaved(*plan)));
            }
            News::Marks { plan, doc, having } => {
                if let Some(shelf) = self.shelves.get_mut(&plan) {
                    shelf.having.insert(doc, having.into_iter().collect());
                    self.changes.push(Change::Marks(plan));
                }
            }
            News::Circle { plan, ledger } => self.shelve(plan, ledger),
            News::Presence { plan, here } => {
                if let Some(shelf) = self.shelves.get_mut(&plan) {
                    shelf.here = here;
                    self.changes.push(Change::Here(plan));
                }
            }
            News::Knock(knock) => {
                let Some(shelf) = self.shelves.get_mut(&knock.plan) else { return };
                let ask::Knock { plan, person, name, relationship, organisation, role, since, invite, .. } = knock;
                shelf.knocks.retain(|known| known.person != person);
                shelf.knocks.push(Knock { person, name, relationship, organisation, role, since, invite });
                self.changes.push(Change::Knock(plan));
            }
            News::Joined { plan, .. } => self.changes.push(Change::Circle(plan)),
            News::JoinEnded { .. } => {} // The errand that knocked hears it as its answer.
            News::Links(links) => {
                self.world.online = links.iter().filter_map(|link| link.device).collect();
                let before = self.world.seen.len();
                for device in &self.world.online {
                    self.world.seen.insert(*device, now);
                }
                if before != self.world.seen.len() || links.is_empty() {
                    self.remember_seen();
                }
                self.changes.push(Change::Links);
            }
        }
    }

    fn remember_seen(&mut self) {
        let seen: Vec<(DeviceId, Time)> = self.world.seen.iter().map(|(device, time)| (*device, *time)).collect();
        // Only a courtesy to the next start: if the node is busy now, the next change of links tells it.
        self.quiet.push(self.node.ask(ask::Record { key: SEEN.into(), value: seal::encode(&seen) }));
    }

    fn take_back(&mut self, plan: PlanId, doc: DocId, finished: Finished, now: Time) {
        let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) else { return };
        match finished {
            Finished::Loaded(Ok(document)) => {
                if part.held.is_some() {
                    return;
                }
                part.opened(document);
                let code = part.part.code;
                self.changes.push(Change::Opened { plan, part: code });
                if code == "cover" {
                    self.changes.push(Change::Plans);
                }
            }
            Finished::Loaded(Err(_)) => {
                part.stage = Stage::Unreadable;
                self.changes.push(Change::Opened { plan, part: part.part.code });
            }
            Finished::Merged(back) => {
                let merged = part.merged(back, &self.worker, now);
                self.say_merged(plan, doc, merged);
            }
            Finished::Saved { snapshot, heads } => {
                self.quiet.push(self.node.ask(ask::KeepSnapshot { plan, doc, snapshot, heads }));
            }
        }
    }

    fn merge_arrived(&mut self, now: Time) {
        let mut done = Vec::new();
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                let merged = part.merge(&self.worker, now);
                part.compact(&self.worker);
                if merged.is_some() || matches!(part.stage, Stage::Unreadable) {
                    done.push((part.plan, part.doc, merged));
                }
            }
        }
        for (plan, doc, merged) in done {
            self.say_merged(plan, doc, merged);
        }
    }

    /// What an undo of mine changed on the screen.
    pub(crate) fn say_mine(&mut self, plan: PlanId, code: &str, touched: plan::Touched) {
        let me = self.shelves.get(&plan).and_then(|shelf| shelf.ledger.person_of(self.me));
        let Some(part) = plan::part(code) else { return };
        self.changes.push(Change::Touched { plan, part: part.code, touched, by: me.into_iter().collect() });
    }

    fn say_merged(&mut self, plan: PlanId, doc: DocId, merged: Option<Merged>) {
        let Some((touched, chains)) = merged else { return };
        let Some(shelf) = self.shelves.get(&plan) else { return };
        let Some(part) = shelf.parts.get(&doc) else { return };
        let by: BTreeSet<PersonId> =
            chains.into_iter().filter_map(|chain| shelf.ledger.author(doc, chain)).map(|(_, person)| person).collect();
        let code = part.part.code;
        self.changes.push(Change::Touched { plan, part: code, touched, by: by.into_iter().collect() });
        if code == "cover" {
            self.changes.push(Change::Plans);
        }
    }

    /// What is signed about a plan has come or changed.
    fn shelve(&mut self, plan: PlanId, ledger: Arc<Ledger>) {
        match self.shelves.get_mut(&plan) {
            None => {
                self.shelves.insert(plan, Shelf::new(plan, ledger));
                self.changes.push(Change::Plans);
            }
            Some(shelf) => {
                shelf.ledger = ledger;
                let ledger = &shelf.ledger;
                shelf.knocks.retain(|knock| ledger.person(knock.person).is_none());
                self.changes.push(Change::Circle(plan));
            }
        }
        // Busy now: the next news of this circle, or opening the plan, asks again.
        let _ = self.open_wanted(plan);
    }

    /// Opens what is wanted of a plan and may be read, and puts away what may no longer be.
    fn open_wanted(&mut self, plan: PlanId) -> Result<(), Refused> {
        let me = self.me;
        let shelf = self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?;
        let readable = shelf.readable(me);
        shelf.parts.retain(|doc, _| readable.iter().any(|(_, known)| known == doc));
        for (part, doc) in readable {
            if shelf.parts.contains_key(&doc) || !(shelf.wanted || part.code == "cover") {
                continue;
            }
            shelf.parts.insert(doc, OpenPart::new(plan, doc, part));
        }
        Ok(())
    }

    fn publish(&mut self) {
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                match part.publish(&self.node) {
                    None => {}
                    Some(Ok(())) => self.changes.push(Change::Marks(part.plan)),
                    Some(Err(_)) => self.changes.push(Change::NotSaved(part.plan)),
                }
            }
        }
    }
}

// What goes out.
impl Desk {
    pub(crate) fn part_mut(&mut self, plan: PlanId, part: &str) -> Result<&mut OpenPart, Refused> {
        let shelf = self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?;
        shelf.part_mut(part).ok_or(Refused::NoSuchPart)
    }

    fn known(&self, plan: PlanId) -> Result<&Shelf, Refused> {
        self.shelves.get(&plan).ok_or(Refused::NoSuchPlan)
    }

    fn clean_name(&self, text: &str) -> Result<String, Refused> {
        let name = plan::clean(text);
        let fits = !name.is_empty() && name.chars().count() <= plan::limits::LINE_CHARS;
        if fits { Ok(name) } else { Err(Refused::NotAName) }
    }

    fn close_all(&mut self, now: Time) {
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                part.close(now);
            }
        }
        self.publish();
    }

    fn begin(&mut self, step: Step) -> Done {
        self.turns += 1;
        let turn = Turn(self.turns);
        self.errands.push(Errand { turn, step });
        Done::Later(turn)
    }

    fn found(&mut self, content: Content) -> Result<Done, Refused> {
        if self.name.is_empty() {
            return Err(Refused::NoName);
        }
        let founded = self.node.ask(ask::Found {
            name: self.name.clone(),
            relationship: String::new(),
            organisation: String::new(),
            for_myself: true,
        });
        Ok(self.begin(Step::Founding { content, founded }))
    }

    fn confirm(&mut self, plan: PlanId, person: PersonId, words: String) -> Result<Done, Refused> {
        let shelf = self.known(plan)?;
        let knock = shelf.knocks.iter().find(|knock| knock.person == person);
        let knock = knock.ok_or(Refused::Node(node::Refused::NoSuchKnock))?;
        let role = Role::from_code(&knock.role).unwrap_or(Role::Guest);
        let invite = shelf.ledger.invites().into_iter().find(|invited| invited.invite.key == knock.invite);
        let key = errand::named_parts(invite.ok_or(Refused::Node(node::Refused::NoSuchKnock))?.id);
        let parts = self.node.ask(ask::Recall { key });
        Ok(self.begin(Step::Recalling { plan, person, role, words, parts }))
    }

    fn share(
        &mut self,
        plan: PlanId,
        person: PersonId,
        role: Role,
        words: String,
        parts: Option<&[String]>,
    ) -> Result<Step, Refused> {
        let shelf = self.known(plan)?;
        let shares = shelf
            .readable(self.me)
            .into_iter()
            .map(|(part, doc)| (doc, crate::roles::access(role, part, parts)))
            .filter(|(_, access)| *access > circle::Access::Nothing)
            .map(|(doc, access)| ask::ShareWith {
                doc,
                access,
                why: role.code().to_owned(),
                basis: "agreed".to_owned(),
                until: None,
            })
            .collect();
        Ok(Step::Confirming { confirmed: self.node.ask(ask::Confirm { plan, person, words, shares }) })
    }

    fn run_errands(&mut self, now: Time) {
        for Errand { turn, step } in std::mem::take(&mut self.errands) {
            let answer = match step.go(&self.node, self.me, now) {
                Went::On(step) => {
                    self.errands.push(Errand { turn, step });
                    continue;
                }
                Went::Words { plan, words, then } => {
                    self.changes.push(Change::Words { turn, plan, words });
                    self.errands.push(Errand { turn, step: then });
                    continue;
                }
                Went::Share { plan, person, role, words, parts } => {
                    match self.share(plan, person, role, words, parts.as_deref()) {
                        Ok(step) => {
                            self.errands.push(Errand { turn, step });
                            continue;
                        }
                        Err(refused) => Err(refused),
                    }
                }
                Went::Ended(answer) => answer,
            };
            match &answer {
                Ok(Answer::Started(plan) | Answer::Joined(plan)) => {
                    let plan = *plan;
                    if let Some(shelf) = self.shelves.get_mut(&plan) {
                        shelf.wanted = true;
                    }
                    let _ = self.open_wanted(plan);
                }
                Ok(Answer::Confirmed(person)) => {
                    for shelf in self.shelves.values_mut() {
                        shelf.knocks.retain(|knock| knock.person != *person);
                    }
                }
                Ok(Answer::Ticket(_) | Answer::Done) | Err(_) => {}
            }
            self.changes.push(Change::Answer { turn, answer });
        }
    }

    fn tell_place(&mut self, ask: &Ask) {
        let Ask::Caret { plan, at } = ask else { return };
        let place = at.and_then(|(field, anchor, head)| {
            let document = self.document(*plan, field.part().code)?;
            let caret = write_caret(&document.cursor(field, anchor)?, &document.cursor(field, head)?);
            Some(node::Place { doc: document.doc(), field: field.to_string(), caret })
        });
        self.quiet.push(self.node.ask(ask::Here { plan: *plan, place }));
    }
}

/// The time of this computer's clock, for whoever calls the desk.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
