//! Attached files: who may have which, and how their bytes come over.
//!
//! Nothing but a document leads to a file. A device asks for "file F, as document D names it"; the other gives it only if
//! the asker may read D now and D, as it counts there, names F. Every other answer is the same: it does not have it. So
//! nobody learns that a file exists by asking for it.
//!
//! ```text
//! asker                                   giver
//!   Want{doc, file, its outline} ───────►   may they read it, is it named, is it here?
//!                                        ◄── Outlined{bytes, hashes}   or   Lack, and Have once it has come
//!   Want{doc, file, its last piece} ────►   of more than eight: now its length is sure
//!                                        ◄── Part
//!   Want{doc, file, pieces 0..8} ───────►
//!                                        ◄── Part .. eight times, each only when no words wait to be written
//!   flushed, then the next eight
//! ```
//! Every piece is checked against the outline, and the outline against the file's id: a lie is told at once and ends the
//! connection with whoever told it. What is flushed is never asked for again.
//!
//! How long a document says that a file is, is only a guess at the room it takes: whoever may write there can say anything,
//! and must not keep others from a file that is named rightly elsewhere. A file's id says what its bytes are.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use seal::{Bytes, DeviceId, DocId, FileId, Outline, PersonId, PlanId, Time};

use crate::{
    allowance::Pace,
    io::{Link, Output, Show},
    limits::{FILES_BY_THEMSELVES, FILES_BYTES, FILES_OF_ONE, LARGE_FILE, NAMED},
    machine::Sync,
};

mod fetch;
mod give;

use fetch::Fetch;
use give::Gift;

/// What the machine is told about files.
#[derive(Debug)]
pub enum FileInput {
    /// What a document names, as it counts here: each file and how many bytes it is said to have.
    Named(PlanId, DocId, BTreeMap<FileId, u64>),
    /// How far a file has come on this device's disk, flushed; `None` if there is nothing of it.
    Kept(PlanId, FileId, Option<Come>),
    /// The pieces of [`FileOutput::Keep`] could not be kept.
    NotKept(PlanId, FileId),
    /// A person wants a file that would not be fetched by itself.
    Wish(PlanId, FileId),
    /// Which files are fetched by themselves from now on.
    Fetching(Fetching),
    /// The pieces of a [`FileOutput::Read`], or none if they cannot be read.
    Read(Asked, Vec<Bytes>),
}

/// What the machine wants done with files.
#[derive(Debug)]
pub enum FileOutput {
    /// Read pieces that somebody asked for, and answer with [`FileInput::Read`].
    Read(Asked),
    /// Keep the next pieces of a file, flush, and answer with [`FileInput::Kept`] or [`FileInput::NotKept`].
    Keep {
        /// The plan.
        plan: PlanId,
        /// The file.
        file: FileId,
        /// How long it is, and what its pieces hash to.
        outline: Outline,
        /// The place of the first of these pieces.
        from: usize,
        /// The pieces, checked.
        pieces: Vec<Bytes>,
    },
}

/// Pieces that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Who asked, by their connection.
    pub link: Link,
    /// The plan.
    pub plan: PlanId,
    /// The document that names the file.
    pub doc: DocId,
    /// The file.
    pub file: FileId,
    /// The place of the first piece.
    pub from: u32,
    /// How many.
    pub count: u32,
}

/// How far a file has come on this device's disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Come {
    /// How long it is, and what its pieces hash to.
    pub outline: Outline,
    /// How many of its pieces are flushed, from the first on.
    pub here: usize,
}

impl Come {
    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.here == self.outline.pieces()
    }
}

/// Which files are fetched by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fetching {
    /// Every file that a document names.
    #[default]
    All,
    /// Large ones only when somebody asks for them: for old computers and narrow lines.
    Small,
}

/// Where a file stands that a document names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// All of it is here.
    Here,
    /// It is coming.
    Coming {
        /// From which device.
        from: DeviceId,
        /// Pieces that are here.
        here: usize,
        /// Pieces in all, once that is known.
        of: Option<usize>,
    },
    /// Nobody who is connected has it, or it is not its turn yet.
    Waiting,
    /// It is fetched once somebody asks for it.
    OnAsking,
}

/// Who names a file, as far as that can be known: whoever a document is of. In one that is nobody's own many may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// This device's own person.
    Mine,
    /// Somebody else, by all their documents in a plan.
    Person(PlanId, PersonId),
    /// Everybody who may write there.
    Document(PlanId, DocId),
}

/// What is taken of the room for files.
#[derive(Debug, Default)]
struct Room {
    /// Bytes of all files that are here or coming.
    in_all: u64,
    /// The same of each who names some.
    of: BTreeMap<Whose, u64>,
}

/// Everything the machine knows about files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    named: BTreeMap<(PlanId, DocId), BTreeMap<FileId, u64>>,
    come: BTreeMap<(PlanId, FileId), Come>,
    /// Named here and not whole, with the documents that name them and how long each says they are.
    lacking: BTreeMap<(PlanId, FileId), BTreeMap<DocId, u64>>,
    /// How long a lacking file is in truth, where that was too much for it to come by itself.
    told: BTreeMap<(PlanId, FileId), u64>,
    wished: BTreeSet<(PlanId, FileId)>,
    /// What is asked for next, from the first on, and the room that was left when that was found out.
    order: VecDeque<(PlanId, FileId)>,
    room: Room,
    fetching: Fetching,
    fetches: BTreeMap<(PlanId, FileId), Fetch>,
    /// How many turns were given when each had theirs last.
    turns: BTreeMap<Whose, u64>,
    /// Files of which pieces are being flushed.
    keeping: BTreeSet<(PlanId, FileId)>,
    /// The disk did not take something: nothing is asked for before.
    pause: Option<Time>,
    /// Something changed that may let a file come, or another than was next.
    stirred: bool,
}

/// What concerns files on one connection.
#[derive(Debug)]
pub(crate) struct Line {
    /// What they are given once no words wait.
    queue: VecDeque<Gift>,
    /// Pieces being read for them.
    reading: usize,
    /// What they asked for in vain: they are told once it is here.
    in_vain: BTreeSet<(PlanId, DocId, FileId)>,
    /// They asked in vain for more than is remembered: they are told of whatever can be had, and what they were told of.
    told_of: Option<BTreeSet<(PlanId, DocId, FileId)>>,
    /// What they did not have when they were asked, or did not answer for, and from when on they are asked for that again.
    without: BTreeMap<(PlanId, DocId, FileId), Option<Time>>,
    /// What they were asked, and until when nothing more is begun.
    pace: Pace,
    rests: Option<Time>,
}

impl Line {
    pub(crate) fn new(now: Time) -> Line {
        Line {
            queue: VecDeque::new(),
            reading: 0,
            in_vain: BTreeSet::new(),
            told_of: None,
            without: BTreeMap::new(),
            pace: Pace::new(now),
            rests: None,
        }
    }
}

impl Files {
    fn is_named(&self, plan: PlanId, doc: DocId, file: FileId) -> bool {
        self.named.get(&(plan, doc)).is_some_and(|names| names.contains_key(&file))
    }

    /// Every file of a plan that is here, by each document that names it.
    fn can_be_had(&self, plan: PlanId) -> BTreeSet<(PlanId, DocId, FileId)> {
        let named = self.named.iter().filter(|((of, _), _)| *of == plan);
        let each = named.flat_map(|((_, doc), names)| names.keys().map(|file| (plan, *doc, *file)));
        each.filter(|(plan, _, file)| self.is_whole(*plan, *file)).collect()
    }

    fn is_whole(&self, plan: PlanId, file: FileId) -> bool {
        self.come.get(&(plan, file)).is_some_and(Come::is_whole)
    }

    /// Something changed that may let a file come.
    pub(crate) fn stir(&mut self) {
        self.stirred = true;
    }

    fn find_lacking(&mut self, plan: PlanId) {
        self.lacking.retain(|(of, _), _| *of != plan);
        for ((_, doc), names) in self.named.iter().filter(|((of, _), _)| *of == plan) {
            for (file, bytes) in names {
                let key = (plan, *file);
                if !self.come.get(&key).is_some_and(Come::is_whole) {
                    self.lacking.entry(key).or_default().insert(*doc, *bytes);
                }
            }
        }
        self.fetches.retain(|key, _| self.lacking.contains_key(key));
        self.wished.retain(|key| self.lacking.contains_key(key));
        self.told.retain(|key, _| self.lacking.contains_key(key));
        self.stirred = true;
    }

    /// Whether a file is fetched now: somebody asked for it, or it comes by itself and whoever names it has room left.
    fn is_wanted(&self, key: &(PlanId, FileId), bytes: u64, whose: Whose, room: &Room) -> bool {
        let bytes = self.told.get(key).copied().unwrap_or(bytes);
        let more = if self.come.contains_key(key) { 0 } else { bytes };
        let in_all = room.in_all.saturating_add(more);
        if self.wished.contains(key) {
            return in_all <= FILES_BYTES;
        }
        let by_itself = match self.fetching {
            Fetching::All => true,
            Fetching::Small => bytes <= LARGE_FILE,
        };
        let of_one = room.of.get(&whose).copied().unwrap_or(0).saturating_add(more);
        by_itself && in_all <= FILES_BY_THEMSELVES && (whose == Whose::Mine || of_one <= FILES_OF_ONE)
    }
}

impl Sync {
    pub(crate) fn handle_file(&mut self, input: FileInput, now: Time) {
        match input {
            FileInput::Named(plan, doc, mut names) => {
                while names.len() > NAMED {
                    names.pop_last();
                }
                self.files.named.insert((plan, doc), names);
                self.files.find_lacking(plan);
                self.tell_have(plan);
            }
            FileInput::Kept(plan, file, come) => self.file_kept(plan, file, come, now),
            FileInput::NotKept(plan, file) => self.file_not_kept(plan, file, now),
            FileInput::Wish(plan, file) => {
                if self.files.lacking.contains_key(&(plan, file)) {
                    self.files.wished.insert((plan, file));
                    self.files.stirred = true;
                }
            }
            FileInput::Fetching(fetching) => {
                self.files.fetching = fetching;
                self.files.stirred = true;
            }
            FileInput::Read(asked, pieces) => self.file_read(asked, pieces),
        }
    }

    fn file_kept(&mut self, plan: PlanId, file: FileId, come: Option<Come>, now: Time) {
        self.files.keeping.remove(&(plan, file));
        let is_whole = come.as_ref().is_some_and(Come::is_whole);
        match come {
            // What has begun to come takes its whole room.
            Some(come) => self.files.stirred |= self.files.come.insert((plan, file), come).is_none(),
            None => self.files.stirred |= self.files.come.remove(&(plan, file)).is_some(),
        }
        let was_lacking = self.files.lacking.contains_key(&(plan, file));
        if is_whole || !was_lacking {
            self.files.find_lacking(plan);
        }
        if is_whole {
            self.tell_have(plan);
        } else {
            self.fetch_goes_on(plan, file, now);
        }
        self.show_file(plan, file);
    }

    /// Who may read what has changed.
    pub(crate) fn stir_files(&mut self, plan: PlanId) {
        self.files.stir();
        self.tell_have(plan);
    }

    fn whose(&self, plan: PlanId, doc: DocId) -> Whose {
        let Some(ledger) = self.ledger(plan) else { return Whose::Document(plan, doc) };
        match ledger.document(doc).and_then(|document| document.owner) {
            None => Whose::Document(plan, doc),
            Some(owner) if ledger.person_of(self.id) == Some(owner) => Whose::Mine,
            Some(owner) => Whose::Person(plan, owner),
        }
    }

    fn room(&self) -> Room {
        let bytes = |key: &(PlanId, FileId)| self.files.come.get(key).map(|come| come.outline.bytes());
        let mut each: BTreeSet<(Whose, PlanId, FileId)> = BTreeSet::new();
        for ((plan, doc), names) in &self.files.named {
            let whose = self.whose(*plan, *doc);
            each.extend(names.keys().map(|file| (whose, *plan, *file)));
        }
        let mut of = BTreeMap::new();
        for (whose, plan, file) in each {
            *of.entry(whose).or_default() += bytes(&(plan, file)).unwrap_or(0);
        }
        Room { in_all: self.files.come.values().map(|come| come.outline.bytes()).sum(), of }
    }

    fn show_file(&mut self, plan: PlanId, file: FileId) {
        self.out.push_back(Output::Show(Show::File(plan, file)));
    }

    /// Where every file stands that a document of this plan names.
    pub fn file_states(&self, plan: PlanId) -> BTreeMap<FileId, FileState> {
        let (named, room) = (self.files.named.iter().filter(|((of, _), _)| *of == plan), self.room());
        named.flat_map(|(_, names)| names.keys()).map(|file| (*file, self.file_state(plan, *file, &room))).collect()
    }

    fn file_state(&self, plan: PlanId, file: FileId, room: &Room) -> FileState {
        let key = (plan, file);
        if self.files.is_whole(plan, file) {
            return FileState::Here;
        }
        let come = self.files.come.get(&key);
        if let Some(fetch) = self.files.fetches.get(&key) {
            let here = come.map_or(0, |come| come.here);
            return FileState::Coming { from: fetch.device, here, of: come.map(|come| come.outline.pieces()) };
        }
        let docs = self.files.lacking.get(&key);
        let mut docs = docs.iter().flat_map(|docs| docs.iter());
        let is_wanted = docs.any(|(doc, bytes)| self.files.is_wanted(&key, *bytes, self.whose(plan, *doc), room));
        if is_wanted { FileState::Waiting } else { FileState::OnAsking }
    }

    /// What a document names, as was said last.
    pub fn names(&self, plan: PlanId, doc: DocId) -> BTreeMap<FileId, u64> {
        self.files.named.get(&(plan, doc)).cloned().unwrap_or_default()
    }

    /// The files of a plan of which something is here and that no document names.
    pub fn nobodys_files(&self) -> BTreeSet<(PlanId, FileId)> {
        let named: BTreeSet<(PlanId, FileId)> =
            (self.files.named.iter()).flat_map(|((plan, _), names)| names.keys().map(|file| (*plan, *file))).collect();
        self.files.come.keys().filter(|key| !named.contains(key)).copied().collect()
    }

    pub(crate) fn forget_files(&mut self, plan: PlanId) {
        let Files {
            named,
            come,
            lacking,
            told,
            wished,
            order,
            room: _,
            fetching: _,
            fetches,
            turns,
            keeping,
            pause: _,
            stirred,
        } = &mut self.files;
        *stirred = true;
        order.retain(|(of, _)| *of != plan);
        told.retain(|(of, _), _| *of != plan);
        turns.retain(|whose, _| !matches!(whose, Whose::Person(of, _) | Whose::Document(of, _) if *of == plan));
        named.retain(|(of, _), _| *of != plan);
        come.retain(|(of, _), _| *of != plan);
        lacking.retain(|(of, _), _| *of != plan);
        wished.retain(|(of, _)| *of != plan);
        fetches.retain(|(of, _), _| *of != plan);
        keeping.retain(|(of, _)| *of != plan);
    }
}
