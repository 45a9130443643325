//! One document to which liars bring edits, and what must hold of whatever the door let in: automerge can hold it, in every
//! order, saves it, loads it, and it can be written in afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use automerge::{
    AutoCommit, Change, ObjType, ROOT, ReadDoc as _, TextEncoding, Value,
    legacy::{ElementId, Key as OldKey, ObjectId, Op, OpId, OpType},
};
use plan::{Document, FieldPath, Part, door::House};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use seal::{Admitted, Bytes, ChainId, DocId, Door as _, Edit, EditHash, Refusal, Time};

use super::{
    change::{Id, Key, Made, Row},
    liar::{self, Known},
};

/// The document of all sessions.
pub(super) const DOC: DocId = DocId::new([9; 32]);

/// The longest one edit may take at the door. Debug builds on busy machines take a tenth of it.
const LONGEST: Duration = Duration::from_secs(2);

/// What a session came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Edits brought.
    pub brought: usize,
    /// Those that had at least a head.
    pub read: usize,
    /// Those that were let in.
    pub admitted: usize,
    /// The longest that one took at the door.
    pub longest: Duration,
}

/// One document and its liars.
pub struct Session {
    dice: ChaCha8Rng,
    house: House,
    held: Vec<Held>,
    part: Option<&'static Part>,
    tally: Tally,
}

/// An edit that was let in.
struct Held {
    edit: Edit,
    rows: Vec<(Id, Row)>,
    last: u64,
    past: BTreeSet<usize>,
}

impl Session {
    /// A document that is empty, or a part that three people have written.
    pub fn new(seed: u64) -> Session {
        let dice = ChaCha8Rng::seed_from_u64(seed);
        let mut session = Session { dice, house: House::new(), held: Vec::new(), part: None, tally: Tally::default() };
        if session.dice.random_bool(0.5) {
            session.write_honestly();
        }
        session
    }

    /// A part that three people have written, and nobody lied about.
    pub fn written(seed: u64) -> Session {
        let dice = ChaCha8Rng::seed_from_u64(seed);
        let mut session = Session { dice, house: House::new(), held: Vec::new(), part: None, tally: Tally::default() };
        session.write_honestly();
        session
    }

    fn write_honestly(&mut self) {
        let part = plan::part("about-me").expect("a part there is");
        let words: FieldPath = "about-me.communication".parse().expect("a field there is");
        let (mut maker, edits) = Document::create(part, DOC, chain(1), Time(1));
        self.take_honest(edits);
        for n in 2..5 {
            let mut other = maker.clone();
            other.write_as(chain(n));
            for (document, at) in [(&mut maker, 0), (&mut other, usize::from(n))] {
                let at = at.min(document.text_len(words));
                document.splice(words, at, 0, "Some words.").expect("a text");
                document.splice(words, at, 2, "").expect("a text");
            }
            let edits = [maker.close(Time(2)), other.close(Time(2))].concat();
            let edits = self.take_honest(edits);
            maker.merge(&edits).expect("honest edits merge");
        }
        self.part = Some(part);
    }

    fn take_honest(&mut self, edits: Vec<Bytes>) -> Vec<Admitted> {
        let edits = edits.into_iter().map(|bytes| {
            let edit = Edit::read(DOC, bytes, plan::door::head).expect("our own edit has a head");
            self.house.weigh(&edit).expect("the door lets in whatever a document makes");
            self.hold(edit.clone());
            admitted(edit)
        });
        edits.collect()
    }

    /// Lets liars bring so many edits. Panics where something that was let in does harm.
    pub fn run(mut self, inputs: usize) -> Tally {
        for _ in 0..inputs {
            let bytes = self.lie();
            self.bring(bytes);
        }
        self.check();
        self.tally
    }

    /// The edits that were let in.
    pub fn admitted(&self) -> Vec<Admitted> {
        self.held.iter().map(|held| admitted(held.edit.clone())).collect()
    }

    fn lie(&mut self) -> Vec<u8> {
        if self.dice.random_bool(0.05)
            && let Some(held) = liar::one(&mut self.dice, &self.held)
        {
            let bytes = held.edit.bytes().to_vec();
            return liar::bend_sealed(&mut self.dice, bytes);
        }
        let (mut made, known) = self.next();
        let hashes: Vec<[u8; 32]> = self.held.iter().map(|held| *held.edit.hash().as_bytes()).collect();
        let lie = self.dice.random_range(0..10);
        if lie >= 4 {
            for _ in 0..self.dice.random_range(1..3) {
                liar::mutate(&mut self.dice, &mut made, &known, &hashes);
            }
        }
        let mut raw = made.raw();
        if lie >= 7 {
            liar::mangle(&mut self.dice, &mut raw);
        }
        let bytes = raw.bytes();
        if lie == 9 { liar::bend_sealed(&mut self.dice, bytes) } else { bytes }
    }

    /// An edit that goes on from some of what is held, as one could honestly be made.
    fn next(&mut self) -> (Made, Vec<Known>) {
        let chain = chain(self.dice.random_range(1..6));
        let own = self.held.iter().rposition(|held| held.edit.chain() == chain);
        // Sometimes the chain is told anew from an earlier place: a fork.
        let own = match own {
            Some(own) if self.dice.random_bool(0.05) => {
                self.held[own].past.iter().copied().rev().find(|at| self.held[*at].edit.chain() == chain)
            }
            own => own,
        };
        let mut after: BTreeSet<usize> = own.into_iter().collect();
        for _ in 0..self.dice.random_range(0..3) {
            let Some(last) = self.held.len().checked_sub(1) else { break };
            // Mostly the newest, so that documents grow instead of starting over.
            let at = if self.dice.random_bool(0.6) { last } else { self.dice.random_range(0..=last) };
            after.extend(Some(at).filter(|at| self.held[*at].edit.chain() != chain));
        }
        let mut past = after.clone();
        after.iter().for_each(|at| past.extend(&self.held[*at].past));
        let mut known: Vec<Known> = past.iter().flat_map(|at| self.held[*at].rows.iter().cloned()).collect();
        let first = after.iter().map(|at| self.held[*at].last).max().unwrap_or(0) + 1;
        let mut rows = Vec::new();
        for counter in first..first + self.dice.random_range(1..7) {
            let row = liar::row(&mut self.dice, &known);
            known.push((Id { counter, chain: *chain.as_bytes() }, row.clone()));
            rows.push(row);
        }
        let made = Made {
            after: after.iter().map(|at| *self.held[*at].edit.hash().as_bytes()).collect(),
            chain: *chain.as_bytes(),
            seq: own.map_or(0, |own| self.held[own].edit.seq().number()) + 1,
            first,
            rows,
        };
        (made, known)
    }

    fn bring(&mut self, bytes: Vec<u8>) {
        self.tally.brought += 1;
        let began = Instant::now();
        let read = Edit::read(DOC, Bytes::from(bytes), plan::door::head);
        let weighed = read.map(|edit| (self.house.weigh(&edit), edit));
        let took = began.elapsed();
        self.tally.longest = self.tally.longest.max(took);
        assert!(took < LONGEST, "the door took {took:?}");
        let Ok((weighed, edit)) = weighed else { return };
        self.tally.read += 1;
        // The rules let it pass and something behind them did not: a rule is missing, or a fence was needed.
        assert_ne!(weighed, Err(Refusal::Unreadable), "nothing that the rules let pass is unreadable");
        let is_known = self.held.iter().any(|held| held.edit.hash() == edit.hash());
        if weighed.is_err() || is_known {
            return;
        }
        self.tally.admitted += 1;
        // Both sides of a fork are let in; a document holds one of them, here the first.
        let forked = self.held.iter().any(|held| (held.edit.chain(), held.edit.seq()) == (edit.chain(), edit.seq()));
        let whole = edit.after().iter().all(|hash| self.held.iter().any(|held| held.edit.hash() == *hash));
        if !forked && whole {
            self.hold(edit);
        }
    }

    fn hold(&mut self, edit: Edit) {
        let places: BTreeMap<EditHash, usize> =
            self.held.iter().enumerate().map(|(at, held)| (held.edit.hash(), at)).collect();
        let mut past: BTreeSet<usize> = edit.after().iter().map(|hash| places[hash]).collect();
        for at in past.clone() {
            past.extend(&self.held[at].past);
        }
        let change = Change::from_bytes(edit.bytes().to_vec()).expect("the door read it");
        let expanded = change.decode();
        let first = expanded.start_op.get();
        let chain = *edit.chain().as_bytes();
        let name = |at: usize| Id { counter: first + at as u64, chain };
        let rows: Vec<Known> = expanded.operations.iter().enumerate().map(|(at, op)| (name(at), row(op))).collect();
        self.held.push(Held { edit, last: first + rows.len() as u64 - 1, rows, past });
    }

    /// Whatever was let in can be held, whatever the order, and lived with.
    fn check(&mut self) {
        let edits: Vec<Edit> = self.held.iter().map(|held| held.edit.clone()).collect();
        let mut together = take(&edits, true);
        let expected = seen(&together);
        for at_once in [true, false] {
            let order = self.shuffled();
            let mut other = take(&order, at_once);
            assert_eq!(other.get_heads(), together.get_heads(), "the same heads in every order");
            assert_eq!(seen(&other), expected, "the same words in every order");
        }
        let saved = together.save();
        let mut loaded = AutoCommit::load(&saved).expect("what was saved can be loaded");
        assert_eq!(loaded.get_heads(), together.get_heads(), "loaded with the same heads");
        assert_eq!(seen(&loaded), expected, "loaded with the same words");
        self.check_whole();
        self.write_afterwards();
    }

    /// A compact form made in any order stands for the same edits, and for nothing else.
    fn check_whole(&mut self) {
        let order: Vec<Admitted> = self.shuffled().into_iter().map(admitted).collect();
        let (whole, heads) = plan::compact::make(None, &order).expect("it can be made compact");
        let unpacked = plan::compact::Unpacked::read(&whole).expect("it can be unpacked");
        assert_eq!(unpacked.heads(), heads);
        let hash = |bytes: &Bytes| plan::door::head(bytes).expect("an edit").hash;
        let unpacked_edits: BTreeSet<EditHash> = unpacked.edits().iter().map(hash).collect();
        assert_eq!(unpacked_edits, self.held.iter().map(|held| held.edit.hash()).collect());
        let (read, read_heads) = plan::compact::Exact::read(DOC, &whole).expect("we read it ourselves").into_parts();
        let read: Vec<Bytes> = read.iter().map(|edit| edit.bytes().clone()).collect();
        assert_eq!((&read[..], read_heads), (unpacked.edits(), heads), "to the very same edits");
        let again = unpacked.made_again().and_then(plan::compact::Made::tried).expect("it can be made again");
        let read = |whole: &[u8]| seen(&AutoCommit::load(whole).expect("it can be loaded"));
        assert_eq!(read(&again), read(&whole), "with the same words");
    }

    /// Somebody honest writes in it, and the door lets that in.
    fn write_afterwards(&mut self) {
        let Some(part) = self.part else { return };
        let words: FieldPath = "about-me.communication".parse().expect("a field there is");
        let mut document = Document::load(part, DOC, None, &self.admitted()).expect("it can be opened");
        document.write_as(chain(9));
        document.splice(words, 0, 0, "Afterwards. ").expect("a text");
        let length = document.text_len(words);
        document.splice(words, length / 2, length.min(5) / 2, "and here").expect("a text");
        let shown = document.text(words);
        for bytes in document.close(Time(3)) {
            let edit = Edit::read(DOC, bytes, plan::door::head).expect("our own edit has a head");
            self.house.weigh(&edit).expect("the door lets in whatever a document makes");
        }
        assert!(document.save_tried().is_some(), "and saved");
        assert!(shown.starts_with("Afterwards. "), "{shown}");
    }

    /// Any order in which every edit comes behind what it builds on.
    fn shuffled(&mut self) -> Vec<Edit> {
        let mut waiting: BTreeSet<usize> = (0..self.held.len()).collect();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let is_ready = |at: &&usize| self.held[**at].past.is_disjoint(&waiting);
            let ready: Vec<usize> = waiting.iter().filter(is_ready).copied().collect();
            let next = *liar::one(&mut self.dice, &ready).expect("what builds on nothing that waits is ready");
            waiting.remove(&next);
            order.push(self.held[next].edit.clone());
        }
        order
    }
}

fn chain(number: u8) -> ChainId {
    ChainId::new([number; 16])
}

#[expect(clippy::disallowed_methods, reason = "the door said yes a line above; no signature is needed for this")]
pub(super) fn admitted(edit: Edit) -> Admitted {
    Admitted::recall(edit)
}

fn row(op: &Op) -> Row {
    let name = |id: &OpId| Id { counter: id.counter(), chain: id.actor().to_bytes().try_into().expect("16 bytes") };
    Row {
        object: match &op.obj {
            ObjectId::Root => None,
            ObjectId::Id(id) => Some(name(id)),
        },
        key: match &op.key {
            OldKey::Map(key) => Key::Text(key.as_bytes().to_vec()),
            OldKey::Seq(ElementId::Head) => Key::Head,
            OldKey::Seq(ElementId::Id(id)) => Key::Letter(name(id)),
        },
        insert: op.insert,
        action: match &op.action {
            OpType::Make(ObjType::Map | ObjType::Table) => 0,
            OpType::Make(ObjType::List) => 2,
            OpType::Make(ObjType::Text) => 4,
            OpType::Delete => 3,
            OpType::Put(_) => 1,
            OpType::Increment(_) | OpType::MarkBegin(..) | OpType::MarkEnd(_) => 5,
        },
        kind: 0,
        value: Vec::new(),
        replaced: op.pred.iter().map(name).collect(),
    }
}

/// A document of these edits.
pub(super) fn take(edits: &[Edit], at_once: bool) -> AutoCommit {
    let mut document = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
    let changes = edits.iter().map(|edit| Change::from_bytes(edit.bytes().to_vec()).expect("the door read it"));
    if at_once {
        document.apply_changes(changes.collect::<Vec<_>>()).expect("taken in together");
    } else {
        changes.for_each(|change| document.apply_changes([change]).expect("taken in alone"));
    }
    document
}

/// Everything a reader sees, values of conflicts too.
pub(super) fn seen(document: &AutoCommit) -> Vec<String> {
    let mut all = Vec::new();
    walk(document, &ROOT, &mut all);
    all
}

fn walk(document: &AutoCommit, object: &automerge::ObjId, seen: &mut Vec<String>) {
    for key in document.keys(object).collect::<Vec<_>>() {
        for (value, id) in document.get_all(object, key.as_str()).expect("a key of a map") {
            seen.push(format!("{id} {key} {value:?}"));
            match value {
                Value::Object(ObjType::Text) => seen.push(document.text(&id).expect("a text")),
                Value::Object(_) => walk(document, &id, seen),
                Value::Scalar(_) => {}
            }
        }
    }
}
