//! Attached files in the simulated world: what edits name, what lies on each disk, and what must come of it.
//!
//! An edit of a few bytes means nothing, so what it names is kept beside the world, by the edit's hash: whoever counts the
//! edit reads it there, as a real device reads it in the document. These dice are the files' own.

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng as _, RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use seal::{Bytes, DocId, EditHash, FILE_BYTES, FILE_PIECE, FileId, Outline, PlanId};
use sync::{Asked, Come, FileInput, FileOutput, Input};

use super::{
    edit::Kind,
    peer::Honesty,
    wire,
    world::{Event, Name, World},
};

/// Files that one document may name on a device; the bound of `sync`.
const NAMED: usize = 16 * 4_096;

/// Made-up files that a liar names in one edit.
const CROWD: usize = 200;

/// What there is of files in a world.
pub struct Attached {
    dice: ChaCha8Rng,
    /// What each edit names, with how long it says that it is.
    names: BTreeMap<EditHash, Vec<(FileId, u64)>>,
    /// Every file that somebody made.
    made: BTreeMap<FileId, Bytes>,
    /// What some document named on a device at some time.
    shown: BTreeSet<(Name, FileId)>,
}

/// The pieces of a file that a disk holds, from the first on.
#[derive(Debug, Clone)]
pub struct OnDisk {
    outline: Outline,
    pieces: Vec<Bytes>,
    /// Its maker keeps it before any edit names it, and an edit may be lost with the power.
    attached_here: bool,
}

impl OnDisk {
    fn whole(bytes: &Bytes) -> OnDisk {
        let pieces = bytes.chunks(FILE_PIECE).map(|piece| Bytes::from(piece.to_vec())).collect();
        OnDisk { outline: Outline::of(bytes), pieces, attached_here: true }
    }

    fn come(&self) -> Come {
        Come { outline: self.outline.clone(), here: self.pieces.len() }
    }

    fn is_whole(&self) -> bool {
        self.come().is_whole()
    }
}

/// Pieces on their way to a disk.
pub struct Coming {
    plan: PlanId,
    file: FileId,
    outline: Outline,
    from: usize,
    pieces: Vec<Bytes>,
    fails: bool,
}

impl Attached {
    pub fn new(seed: u64) -> Attached {
        let dice = ChaCha8Rng::seed_from_u64(seed ^ 0x00f1_1e5f_11e5);
        Attached { dice, names: BTreeMap::new(), made: BTreeMap::new(), shown: BTreeSet::new() }
    }

    fn make(&mut self) -> (FileId, Bytes) {
        let pieces = [0, 0, 0, 1, 3, 11][self.dice.random_range(0..6usize)];
        let mut bytes = vec![0; pieces * FILE_PIECE + self.dice.random_range(1..900)];
        self.dice.fill_bytes(&mut bytes);
        let (file, bytes) = (FileId::of(&bytes), Bytes::from(bytes));
        self.made.insert(file, bytes.clone());
        (file, bytes)
    }
}

impl World {
    /// Now and then somebody attaches a file to what they are about to write; a liar names what there is not, or what somebody
    /// else attached with a wrong length.
    pub(super) fn attach(&mut self, who: Name, edit: EditHash) {
        if self.kind == Kind::Real {
            return;
        }
        let lies = self.peers[who].honesty == Honesty::Liar && self.lying;
        let files = &mut self.files;
        if lies && files.dice.random_bool(0.15) {
            let made: Vec<(FileId, u64)> = files.made.iter().map(|(file, bytes)| (*file, bytes.len() as u64)).collect();
            let Some((file, bytes)) = made.choose(&mut files.dice).copied() else { return };
            let wrong = [0, 1, bytes - 1, bytes + 1, bytes + FILE_PIECE as u64, FILE_BYTES];
            let wrong = wrong[files.dice.random_range(0..wrong.len())];
            files.names.insert(edit, vec![(file, wrong)]);
            return;
        }
        if lies && files.dice.random_bool(0.1) {
            let count = if files.dice.random_bool(0.2) { CROWD } else { 1 };
            let dice = &mut files.dice;
            let made_up = (0..count).map(|_| (FileId::new(dice.random()), dice.random_range(1..3_000_000)));
            files.names.insert(edit, made_up.collect());
            return;
        }
        if !files.dice.random_bool(0.12) {
            return;
        }
        let (file, bytes) = files.make();
        files.names.insert(edit, vec![(file, bytes.len() as u64)]);
        let kept = OnDisk::whole(&bytes);
        let come = kept.come();
        // As outside: a file is kept before a document names it.
        self.peers[who].disk.files.insert(file, kept);
        let plan = self.plan;
        self.handle(who, Input::File(FileInput::Kept(plan, file, Some(come))));
    }

    /// Says what a document names now, as a peer sees it.
    pub(super) fn name_files(&mut self, who: Name, doc: DocId) {
        let names = self.named(who, doc);
        self.files.shown.extend(names.keys().map(|file| (who, *file)));
        let plan = self.plan;
        self.handle(who, Input::File(FileInput::Named(plan, doc, names)));
    }

    fn named(&self, who: Name, doc: DocId) -> BTreeMap<FileId, u64> {
        let shown = self.peers[who].pens.get(&doc).into_iter().flat_map(|pen| &pen.shown);
        let mut names = BTreeMap::new();
        for (file, bytes) in shown.filter_map(|edit| self.files.names.get(edit)).flatten() {
            // As in a real document: of several lengths the least.
            let least = names.entry(*file).or_insert(*bytes);
            *least = (*bytes).min(*least);
        }
        names
    }

    /// A peer starts: what lies on its disk, and what its documents name.
    pub(super) fn recall_files(&mut self, who: Name) {
        let plan = self.plan;
        let kept: Vec<(FileId, Come)> =
            self.peers[who].disk.files.iter().map(|(file, kept)| (*file, kept.come())).collect();
        for (file, come) in kept {
            self.handle(who, Input::File(FileInput::Kept(plan, file, Some(come))));
        }
        for doc in self.peers[who].pens.keys().copied().collect::<Vec<_>>() {
            self.name_files(who, doc);
        }
    }

    pub(super) fn carry_out_file(&mut self, who: Name, output: FileOutput) {
        let life = self.peers[who].life;
        let took = self.files.dice.random_range(1..=self.weather.flush.max(1));
        let at = self.now.plus(took);
        match output {
            FileOutput::Read(asked) => {
                let pieces = self.read_pieces(who, &asked);
                self.at(at, Event::Later { who, life, input: Input::File(FileInput::Read(asked, pieces)) });
            }
            FileOutput::Keep { plan, file, outline, from, pieces } => {
                let fails = self.files.dice.random_bool(self.weather.flush_fails);
                let coming = Box::new(Coming { plan, file, outline, from, pieces, fails });
                self.at(at, Event::FileKept { who, life, coming });
            }
        }
    }

    fn read_pieces(&self, who: Name, asked: &Asked) -> Vec<Bytes> {
        let Some(kept) = self.peers[who].disk.files.get(&asked.file) else { return Vec::new() };
        let from = asked.from as usize;
        kept.pieces.iter().skip(from).take(asked.count as usize).cloned().collect()
    }

    /// Pieces are flushed, or not.
    pub(super) fn file_kept(&mut self, who: Name, coming: Coming) {
        let Coming { plan, file, outline, from, pieces, fails } = coming;
        if fails {
            return self.handle(who, Input::File(FileInput::NotKept(plan, file)));
        }
        let empty = || OnDisk { outline: outline.clone(), pieces: Vec::new(), attached_here: false };
        let kept = self.peers[who].disk.files.entry(file).or_insert_with(empty);
        kept.pieces.truncate(from);
        kept.pieces.extend(pieces);
        let come = kept.come();
        self.handle(who, Input::File(FileInput::Kept(plan, file, Some(come))));
    }

    /// Looks at what leaves an honest peer of files: whoever gets it may read a document that names the file.
    pub(super) fn witness_files(&mut self, who: Name, to: Name, frame: &[u8]) {
        let Some((doc, file)) = wire::given(frame) else { return };
        let device = self.peers[to].device();
        let ledger = self.peers[who].sync.as_ref().and_then(|sync| sync.ledger(self.plan));
        let may = ledger.is_some_and(|ledger| ledger.may_read(doc, device));
        if !may || !self.named(who, doc).contains_key(&file) {
            let names = (self.peers[who].name.clone(), self.peers[to].name.clone());
            self.fail(format!("{} gives {} of a file that is not for them", names.0, names.1));
        }
    }

    /// What must be on the disks in the end: of every file that somebody honest has and names in a document, all of it at
    /// everybody who may read that; and nothing that nobody named, and no byte that is wrong.
    pub(super) fn check_files(&mut self) {
        let mut wrong = Vec::new();
        for who in self.honest() {
            let peer = &self.peers[who];
            for (file, kept) in &peer.disk.files {
                let fits = kept.pieces.iter().enumerate().all(|(nth, piece)| kept.outline.holds(nth, piece));
                let bytes = self.files.made.get(file);
                if !fits || bytes.is_none_or(|bytes| Outline::of(bytes) != kept.outline) {
                    wrong.push(format!("{} has kept a wrong picture", peer.name));
                }
                let is_named = |hash: &EditHash| {
                    self.files.names.get(hash).is_some_and(|names| names.iter().any(|(named, _)| named == file))
                };
                // The power may have taken an edit that was shown and not flushed, with the right to get it again gone since.
                // Such a file is let go of after a day: `crates/node/src/files.rs`.
                let shown_once = peer.life > 0 && self.files.shown.contains(&(who, *file));
                if !peer.disk.edits(self.plan).any(is_named) && !kept.attached_here && !shown_once {
                    wrong.push(format!("{} has kept a file that nobody named", peer.name));
                }
            }
            for doc in self.docs.iter().copied() {
                wrong.extend(self.lacking(who, doc));
            }
        }
        wrong.into_iter().for_each(|wrong| self.fail(wrong));
    }

    fn lacking(&self, who: Name, doc: DocId) -> Option<String> {
        let reads = |who: Name| {
            let peer = &self.peers[who];
            let ledger = peer.sync.as_ref().and_then(|sync| sync.ledger(self.plan));
            ledger.is_some_and(|ledger| ledger.may_read(doc, peer.device()))
        };
        let has = |who: Name, file: &FileId| self.peers[who].disk.files.get(file).is_some_and(OnDisk::is_whole);
        let named = self.named(who, doc);
        // Beyond the bound a device fetches the first of them.
        if !reads(who) || named.len() > NAMED {
            return None;
        }
        let missing = named.keys().filter(|file| !has(who, file));
        // Who lost the right to read is not told so in that document; the others know, and neither give to them nor ask them,
        // for a question tells what the document names.
        let knows = |who: Name, other: Name| {
            let ledger = self.peers[who].sync.as_ref().and_then(|sync| sync.ledger(self.plan));
            ledger.is_some_and(|ledger| ledger.may_read(doc, self.peers[other].device()))
        };
        let gives = |giver: &Name| *giver != who && reads(*giver) && knows(*giver, who) && knows(who, *giver);
        let givers: BTreeSet<Name> = self.honest().into_iter().filter(gives).collect();
        let could = |file: &&FileId| {
            givers.iter().any(|giver| has(*giver, file) && self.named(*giver, doc).contains_key(*file))
        };
        let missing: Vec<&FileId> = missing.filter(could).collect();
        let states = self.peers[who].sync.as_ref()?.file_states(self.plan);
        let first = missing.first().and_then(|file| states.get(file));
        first.map(|state| format!("{} lacks {} files that others have: {state:?}", self.peers[who].name, missing.len()))
    }

    /// A lie about files to one neighbour: a piece nobody asked for, an outline that is none, questions for what one has no
    /// business with.
    pub(super) fn lie_about_files(&mut self, doc: DocId) -> Bytes {
        let made: Vec<FileId> = self.files.made.keys().copied().collect();
        let dice = &mut self.files.dice;
        let file = made.choose(dice).copied().filter(|_| dice.random_bool(0.7)).unwrap_or(FileId::new([7; 32]));
        let hash: [u8; 32] = dice.random();
        match dice.random_range(0..5) {
            0 => wire::message(wire::PART, &(0u16, doc, file, dice.random_range(0u32..9), vec![7u8; 900])),
            1 => wire::message(wire::OUTLINED, &(0u16, doc, file, 70_000u64, vec![hash; 3])),
            2 => wire::message(wire::HAVE, &(0u16, doc, file)),
            3 => wire::message(wire::LACK, &(0u16, doc, file)),
            _ => wire::message(wire::WANT, &(0u16, doc, file, Some((0u32, 8u32)))),
        }
    }

    /// A liar's own pieces and outlines are sometimes altered on their way out.
    pub(super) fn twist_file(&mut self, kind: u8, body: &mut [u8]) -> bool {
        let twists = matches!(kind, wire::PART | wire::OUTLINED) && self.files.dice.random_bool(0.3);
        if let Some(last) = body.last_mut().filter(|_| twists) {
            *last ^= 1;
        }
        twists
    }
}
