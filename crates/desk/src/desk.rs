//! The desk itself: news comes in, asks go out, and what is open can be read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, mpsc},
    time::{Duration, SystemTime},
};

use node::{NewsReceiver, Node, Pending, Settings, StartError, ask};
use plan::{FieldPath, Role};
use seal::{DeviceId, DocId, PersonId, PlanId, Time};

use crate::{
    ahead::Ahead,
    ask::{Done, Turn},
    change::{Answer, Change},
    errand::{self, Coming, Errand, Step, Went},
    files::Pictures,
    founding::{self, Content, Start},
    limits::{TELL_EVERY, TRY_AGAIN},
    open::OpenPart,
    refused::Refused,
    shelf::{Shelf, World, write_caret},
    worker::{Job, Worker},
};

/// Where the name of who sits here is kept.
pub(crate) const NAME: &str = "desk/name";
/// Where it is kept of which plans the words were written down.
pub(crate) const SHEET: &str = "desk/sheet";
/// Where it is kept when other devices were connected last.
pub(crate) const SEEN: &str = "desk/seen";

/// Where I am, until the others are told.
pub(crate) struct Caret {
    pub(crate) plan: PlanId,
    pub(crate) at: Option<(DocId, FieldPath, usize, usize)>,
}

/// A device's open documents. Belongs to one thread.
pub struct Desk {
    pub(crate) node: Node,
    pub(crate) news: NewsReceiver,
    /// What was read at the start and not opened yet.
    pub(crate) ahead: Ahead,
    pub(crate) worker: Worker,
    waker: Waker,
    woken: mpsc::Receiver<()>,
    pub(crate) me: DeviceId,
    pub(crate) name: String,
    pub(crate) shelves: BTreeMap<PlanId, Shelf>,
    pub(crate) world: World,
    pub(crate) errands: Vec<Errand>,
    pub(crate) pictures: Pictures,
    pub(crate) turns: u64,
    pub(crate) changes: Vec<Change>,
    pub(crate) told: Option<(Time, Caret)>,
    pub(crate) quiet: Vec<Pending<()>>,
    /// Plans whose 24 words were written down, as whoever sits here says.
    pub(crate) sheets: BTreeSet<PlanId>,
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
    pub fn open(settings: Settings) -> Result<Desk, StartError> {
        Desk::open_reading(settings, Ahead::default())
    }

    /// The same for whoever is going to open all plans, as a window does: their documents are read while the rest of the home is.
    pub fn open_for_all(mut settings: Settings) -> Result<Desk, StartError> {
        let ahead = Ahead::default();
        settings.early = Some(ahead.reader());
        Desk::open_reading(settings, ahead)
    }

    fn open_reading(mut settings: Settings, ahead: Ahead) -> Result<Desk, StartError> {
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
            ahead,
            worker,
            waker,
            woken,
            me,
            name,
            shelves: BTreeMap::new(),
            world: World { seen: seen.into_iter().collect(), ..World::default() },
            errands: Vec::new(),
            pictures: Pictures::default(),
            turns: 0,
            changes: Vec::new(),
            told: None,
            quiet: Vec::new(),
            sheets: BTreeSet::new(),
        };
        let homes = desk.node.call(ask::Plans).map_err(|_| StartError::Damaged)?;
        for home in homes {
            let ledger = desk.node.call(ask::Circle { plan: home.plan }).map_err(|_| StartError::Damaged)?;
            desk.shelve(home.plan, ledger);
            // Where files stand is news only when it changes.
            if let Ok(files) = desk.node.call(ask::FilesOf { plan: home.plan }) {
                desk.files_changed(home.plan, files);
            }
            let written = desk.node.call(ask::Recall { key: format!("{SHEET}/{}", home.plan) });
            if written.is_ok_and(|written| written.is_some()) {
                desk.sheets.insert(home.plan);
            }
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

    /// Whether the 24 words of a plan were written down, as whoever sat here then said.
    pub fn is_sheet_written(&self, plan: PlanId) -> bool {
        self.sheets.contains(&plan)
    }

    /// Takes in everything that is new and says what changed. Never waits.
    pub fn hear(&mut self, now: Time) -> Vec<Change> {
        while let Some(news) = self.news.take() {
            self.take_in(news, now);
        }
        while let Some(((plan, doc), finished)) = self.worker.take() {
            self.take_back(plan, doc, finished, now);
        }
        if self.shelves.values().all(|shelf| shelf.wanted) && self.is_ready() {
            self.ahead.forget();
        }
        self.take_pictures();
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
                if part.recall(&self.node, &self.worker) {
                    self.changes.push(Change::Opened { plan: part.plan, part: part.part.code, doc: part.doc });
                }
                part.tick(now);
            }
        }
        self.publish();
        if let Some((at, caret)) = self.told.take() {
            if at.plus(TELL_EVERY) <= now && !self.is_typing(&caret) {
                self.tell_place(&caret);
            } else {
                self.told = Some((at, caret));
            }
        }
        self.quiet.retain_mut(|pending| pending.take().is_none());
    }

    /// When [`Desk::tick`] has something to do next, if it has.
    pub fn next_wake(&self, now: Time) -> Option<Time> {
        let parts = self.shelves.values().flat_map(|shelf| shelf.parts.values());
        let bursts = parts.clone().filter_map(OpenPart::burst_ends).min();
        let busy = parts.clone().any(OpenPart::wants_publishing).then(|| now.plus(TRY_AGAIN));
        let place = self.told.as_ref().filter(|(_, caret)| !self.is_typing(caret)).map(|(at, _)| at.plus(TELL_EVERY));
        [bursts, busy, place].into_iter().flatten().min()
    }
}

// What goes out.
impl Desk {
    pub(crate) fn part_mut(&mut self, plan: PlanId, part: &str) -> Result<&mut OpenPart, Refused> {
        let shelf = self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?;
        shelf.part_mut(part).ok_or(Refused::NoSuchPart)
    }

    pub(crate) fn open_mut(&mut self, plan: PlanId, doc: DocId) -> Result<&mut OpenPart, Refused> {
        let shelf = self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?;
        shelf.parts.get_mut(&doc).ok_or(Refused::NoSuchPart)
    }

    pub(crate) fn known(&self, plan: PlanId) -> Result<&Shelf, Refused> {
        self.shelves.get(&plan).ok_or(Refused::NoSuchPlan)
    }

    pub(crate) fn clean_name(&self, text: &str) -> Result<String, Refused> {
        let name = plan::clean(text);
        let fits = !name.is_empty() && name.chars().count() <= plan::limits::LINE_CHARS;
        if fits { Ok(name) } else { Err(Refused::NotAName) }
    }

    pub(crate) fn close_all(&mut self, now: Time) {
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                part.close(now);
            }
        }
        self.publish();
    }

    pub(crate) fn begin(&mut self, step: Step) -> Done {
        Done::Later(self.set_out(step))
    }

    pub(crate) fn set_out(&mut self, step: Step) -> Turn {
        self.turns += 1;
        let turn = Turn(self.turns);
        self.errands.push(Errand { turn, step });
        turn
    }

    pub(crate) fn found(&mut self, content: Content) -> Result<Done, Refused> {
        if self.name.is_empty() {
            return Err(Refused::NoName);
        }
        let founded = self.node.ask(ask::Found {
            name: self.name.clone(),
            relationship: String::new(),
            organisation: String::new(),
            for_myself: !matches!(content, Content::Empty { about: Some(_), .. }),
        });
        Ok(self.begin(Step::Founding { content, founded }))
    }

    /// Starts one of the samples: alone, or as its person, on one more device of theirs.
    pub(crate) fn start_sample(&mut self, name: &str) -> Result<Done, Refused> {
        if self.name.is_empty() {
            return Err(Refused::NoName);
        }
        match Start::of(name)? {
            Start::Alone(content) => self.found(content),
            Start::Together(sample) => {
                let waker = self.waker();
                let step = founding::rehearse(sample, move || waker.wake())?;
                Ok(self.begin(step))
            }
        }
    }

    /// Shows a code, and no other from now on.
    pub(crate) fn show_code(&mut self, coming: Coming, parts: Option<&[String]>, until: Option<Time>) -> Done {
        self.errands.retain(|errand| !matches!(errand.step, Step::Showing { .. } | Step::Coming(_)));
        let step = errand::show_code(&self.node, coming, parts, until);
        self.begin(step)
    }

    /// Comes in with a ticket, or with a code: no ticket begins with a number.
    pub(crate) fn join(&mut self, ticket: String, relationship: &str, device: &str) -> Result<Done, Refused> {
        if self.name.is_empty() {
            return Err(Refused::NoName);
        }
        let (name, relationship, organisation) = (self.name.clone(), plan::clean(relationship), String::new());
        let is_code = ticket.trim_start().starts_with(|first: char| first.is_ascii_digit());
        Ok(if is_code {
            let device = self.clean_name(device)?;
            let ask = ask::JoinByCode { code: ticket, name, relationship, organisation, device };
            let met = self.node.ask(ask);
            self.begin(Step::Meeting { met })
        } else {
            let knock = self.node.ask(ask::Join { ticket, name, relationship, organisation });
            self.begin(Step::Knocking { knock })
        })
    }

    pub(crate) fn confirm(&mut self, plan: PlanId, person: PersonId, words: String) -> Result<Done, Refused> {
        let shelf = self.known(plan)?;
        let knock = shelf.knocks.iter().find(|knock| knock.person == person);
        let knock = knock.ok_or(Refused::Node(node::Refused::NoSuchKnock))?;
        let (role, parts, until) = (knock.role.clone(), knock.parts.clone(), knock.until);
        let step = self.let_in(plan, person, words, (&role, parts.as_deref(), until))?;
        Ok(self.begin(step))
    }

    /// Lets somebody in and shares what was meant for them; where only the device that invited them knows, it does the sharing.
    pub(crate) fn let_in(
        &self,
        plan: PlanId,
        person: PersonId,
        words: String,
        (role, parts, until): (&str, Option<&[String]>, Option<Time>),
    ) -> Result<Step, Refused> {
        let shares = parts.map_or(Ok(Vec::new()), |parts| self.shares(plan, role, parts, until))?;
        Ok(Step::Confirming { confirmed: self.node.ask(ask::Confirm { plan, person, words, shares }) })
    }

    /// What somebody with a role may do with these parts, as far as it is this device's to say.
    pub(crate) fn shares(
        &self,
        plan: PlanId,
        role: &str,
        parts: &[String],
        until: Option<Time>,
    ) -> Result<Vec<ask::ShareWith>, Refused> {
        let role = Role::from_code(role).unwrap_or(Role::Guest);
        let shelf = self.known(plan)?;
        let shares = shelf
            .to_share()
            .into_iter()
            .map(|(part, doc)| (doc, crate::roles::access(role, part, Some(parts))))
            .filter(|(_, access)| *access > circle::Access::Nothing)
            .map(|(doc, access)| ask::ShareWith {
                doc,
                access,
                why: role.code().to_owned(),
                basis: "agreed".to_owned(),
                until,
            })
            .collect();
        Ok(shares)
    }

    pub(crate) fn run_errands(&mut self, now: Time) {
        let mut opened = BTreeSet::new();
        for Errand { turn, step } in std::mem::take(&mut self.errands) {
            let begins = step.begins_in();
            let answer = match step.go(&self.node, self.me, &self.name, now) {
                Went::On(step) => {
                    self.errands.push(Errand { turn, step });
                    continue;
                }
                Went::Words { plan, words, then } => {
                    self.changes.push(Change::Words { turn, plan, words });
                    self.errands.push(Errand { turn, step: then });
                    continue;
                }
                Went::Begun { what, called, doc } => match self.begun(what, called, doc, now) {
                    Ok(step) => {
                        self.errands.push(Errand { turn, step });
                        continue;
                    }
                    Err(refused) => Err(refused),
                },
                Went::Furnished { what, doc } => match self.furnished(what, doc).transpose() {
                    Some(answer) => answer,
                    None => {
                        opened.insert(what.plan);
                        self.errands.push(Errand { turn, step: Step::Furnished { what, doc } });
                        continue;
                    }
                },
                Went::Write { what, ask, within } => match self.write_queued(what, &ask, within, now) {
                    None => {
                        self.errands.push(Errand { turn, step: Step::Queued { what, ask, within } });
                        continue;
                    }
                    Some(answer) => answer,
                },
                Went::Read { plan, doc, part, held } => {
                    match self.worker.room() {
                        Some(room) => room.give((plan, doc), Job::Words { turn, part, held }),
                        None => {
                            let step = Step::Fetched { plan, doc, part, held };
                            self.errands.push(Errand { turn, step });
                        }
                    }
                    continue;
                }
                Went::Attached(attaching, file) => match self.attached(attaching, file, now) {
                    // The part is begun first: whoever attached waits for that.
                    Ok(Done::Later(other)) => {
                        let queued = self.errands.iter_mut().find(|errand| errand.turn == other);
                        queued.into_iter().for_each(|errand| errand.turn = turn);
                        continue;
                    }
                    Ok(Done::Here | Done::Added(_)) => Ok(Answer::Done),
                    Err(refused) => Err(refused),
                },
                Went::Ended(answer) => answer,
            };
            // What was not opened because it might have been this document.
            opened.extend(begins);
            match &answer {
                Ok(Answer::Started(plan) | Answer::Joined(plan)) => {
                    let plan = *plan;
                    if let Some(shelf) = self.shelves.get_mut(&plan) {
                        shelf.wanted = true;
                        // A part that was opened before its first edits were kept is asked for again.
                        shelf.parts.values_mut().for_each(OpenPart::reopen);
                    }
                    // A plan that is not here yet comes with the news of its circle, and is opened then.
                    let _ = self.open_wanted(plan);
                }
                Ok(Answer::Confirmed(person)) => {
                    for shelf in self.shelves.values_mut() {
                        shelf.knocks.retain(|knock| knock.person != *person);
                    }
                }
                Ok(
                    Answer::Ticket(_)
                    | Answer::Linked(_)
                    | Answer::Held(_)
                    | Answer::HeldWords(_)
                    | Answer::Kept(_)
                    | Answer::Voice(_)
                    | Answer::Part(_)
                    | Answer::Added { .. }
                    | Answer::Done,
                )
                | Err(_) => {}
            }
            self.changes.push(Change::Answer { turn, answer });
        }
        for plan in opened {
            // It is here: a document of it was begun.
            let _ = self.open_wanted(plan);
        }
    }

    /// Whether the caret stands in a part with an open burst. A caret is held on to by the letter before it, and others
    /// do not have the letters of a burst yet: it is told when the burst has ended.
    fn is_typing(&self, caret: &Caret) -> bool {
        let Caret { plan, at: Some((doc, ..)) } = caret else { return false };
        let open = self.shelves.get(plan).and_then(|shelf| shelf.parts.get(doc));
        open.is_some_and(|open| open.burst_ends().is_some())
    }

    fn tell_place(&mut self, caret: &Caret) {
        let Caret { plan, at } = caret;
        let place = at.and_then(|(doc, field, anchor, head)| {
            let document = self.document_in(*plan, doc)?;
            // Whoever is at a field that is no text is here, and has no caret.
            let ends = document.cursor(field, anchor).zip(document.cursor(field, head));
            let caret = ends.map(|(anchor, head)| write_caret(&anchor, &head)).unwrap_or_default();
            Some(node::Place { doc, field: field.to_string(), caret })
        });
        self.quiet.push(self.node.ask(ask::Here { plan: *plan, place }));
    }
}

/// The time of this computer's clock, for whoever calls the desk.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
