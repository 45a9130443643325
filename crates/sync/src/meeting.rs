//! What passes between this device and one other about one plan, on one connection: what they are known to hold, what
//! is to be told later, what they sent and cannot be used yet.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Statement};
use seal::{Bytes, ChainId, DeviceId, DocId, EditHash, Seq, StatementId, Time, Tip, Verified};

use crate::{
    frontier::{End, Frontier},
    io::Mark,
    limits::{
        DOCUMENTS, ENDS, FRONTIER_CHAINS, GAP, GAPS, SAID_CHAINS, UNSIGNED, UNSIGNED_BYTES, WAITING, WAITING_BYTES,
    },
    message::{Digest, Run},
    pack::Giving,
    presence::Place,
    shelf::Ends,
    strange::Strange,
};

#[derive(Debug)]
pub(crate) struct Meeting {
    pub(crate) device: DeviceId,
    pub(crate) stage: Stage,
    /// Statements of the circle's graph they hold; `None` until they said so.
    pub(crate) circle: Option<BTreeSet<StatementId>>,
    /// What they hold, document by document.
    pub(crate) docs: BTreeMap<DocId, Theirs>,
    /// What of it is not here.
    pub(crate) strange: Strange,
    /// What they said they have flushed of documents that they may not read, as far as is known here.
    pub(crate) said: BTreeMap<DocId, Frontier>,
    /// Their digest of all documents, heard while they were a stranger.
    pub(crate) digest: Option<Digest>,
    pub(crate) told: Told,
    /// Whether they have said of every document what they hold, so that one not named in `docs` is not held at all.
    pub(crate) compared: bool,
    /// Statements that take something away were kept from them until it is known which Keeps they lack, but not for longer.
    pub(crate) takers: Option<Time>,
    /// Devices of the circle that they are connected to.
    pub(crate) near: BTreeSet<DeviceId>,
    /// Chains that somebody else is trusted to have told them of, for a while.
    pub(crate) later: BTreeMap<(DocId, ChainId), Time>,
    /// Documents whose edits wait until what was told is written out.
    pub(crate) blocked: BTreeSet<DocId>,
    /// Chains that grew on disk since they were last told.
    pub(crate) unsaid: BTreeMap<DocId, BTreeSet<ChainId>>,
    pub(crate) say_saved: Option<Time>,
    /// A run that was cut at the end of a frame.
    pub(crate) tail: Option<Tail>,
    pub(crate) waiting: Waiting,
    pub(crate) gaps: BTreeMap<DocId, Gap>,
    /// Documents that are brought in their compact form, or were.
    pub(crate) giving: BTreeMap<DocId, Giving>,
    pub(crate) here: Here,
    /// Where their person is.
    pub(crate) place: Option<Place>,
}

/// How far they are trusted with this plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// They know the plan's id, but as far as is known here they are not of its circle: what they offer is taken, nothing
    /// is given.
    Stranger,
    /// A device that had a place once: it is told how that ended and nothing else; what it offers is taken.
    Former,
    /// A device of the circle.
    Known,
}

/// What they were told of the documents here, when these were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Nothing,
    /// One digest of all of them.
    Digest,
    /// A digest of each.
    Each,
    /// How far each has come.
    States,
}

/// What is known of what they hold of one document.
#[derive(Debug)]
pub(crate) enum Theirs {
    /// Not the same as here; they will say what.
    Asked,
    At {
        heads: BTreeSet<StatementId>,
        ends: Ends,
    },
}

/// The beginning of a run whose signature has not come yet.
#[derive(Debug)]
pub(crate) struct Tail {
    pub(crate) doc: DocId,
    edits: Vec<Bytes>,
    signed: Vec<Mark>,
    bytes: usize,
    pub(crate) since: Time,
}

/// More than may come before a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Edits that build on what is not here yet.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    edits: BTreeMap<(DocId, EditHash), Waiter>,
    /// What is missed -> who waits for it.
    missed: BTreeMap<(DocId, EditHash), BTreeSet<EditHash>>,
    bytes: usize,
}

#[derive(Debug)]
pub(crate) struct Waiter {
    pub(crate) verified: Verified,
    pub(crate) tip: Option<Tip>,
}

/// Something they sent could not be used; they are asked again by being told what is held here.
#[derive(Debug)]
pub(crate) struct Gap {
    asked: u32,
    pub(crate) due: Option<Time>,
}

/// When they were last told where this device's person is, and what.
#[derive(Debug, Default)]
pub(crate) struct Here {
    pub(crate) told: Option<Place>,
    pub(crate) at: Option<Time>,
    pub(crate) due: Option<Time>,
}

impl Meeting {
    pub(crate) fn new(device: DeviceId) -> Meeting {
        Meeting {
            device,
            stage: Stage::Stranger,
            circle: None,
            docs: BTreeMap::new(),
            strange: Strange::default(),
            said: BTreeMap::new(),
            digest: None,
            told: Told::Nothing,
            compared: false,
            takers: None,
            near: BTreeSet::new(),
            later: BTreeMap::new(),
            blocked: BTreeSet::new(),
            unsaid: BTreeMap::new(),
            say_saved: None,
            tail: None,
            waiting: Waiting::default(),
            gaps: BTreeMap::new(),
            giving: BTreeMap::new(),
            here: Here::default(),
            place: None,
        }
    }

    pub(crate) fn is_known(&self) -> bool {
        self.stage == Stage::Known
    }

    pub(crate) fn is_former(&self) -> bool {
        self.stage == Stage::Former
    }

    /// Bytes of theirs that are kept and cannot be used yet.
    pub(crate) fn waiting_bytes(&self) -> usize {
        self.waiting.bytes + self.tail.as_ref().map_or(0, |tail| tail.bytes)
    }

    /// They said, or showed by sending it, that they hold a chain up to here.
    pub(crate) fn holds(&mut self, doc: DocId, chain: ChainId, ends: impl IntoIterator<Item = End>) {
        if self.docs.len() >= DOCUMENTS && !self.docs.contains_key(&doc) {
            return;
        }
        let theirs = self.docs.entry(doc).or_insert_with(Theirs::nothing);
        if let Theirs::At { ends: theirs, .. } = theirs {
            if theirs.len() >= 2 * FRONTIER_CHAINS && !theirs.contains_key(&chain) {
                return;
            }
            let theirs = theirs.entry(chain).or_default();
            theirs.extend(ends);
            while theirs.len() > ENDS {
                theirs.pop_first();
            }
        }
    }

    /// They told of a statement, so they hold it.
    pub(crate) fn told_of(&mut self, statement: &Statement) {
        if let Act::NewDocument(_) = statement.act() {
            self.docs.entry(DocId::from(statement.id())).or_insert_with(Theirs::nothing);
        }
        self.knows(statement);
    }

    /// They said that they have flushed this: remembered while the connection stands, until it can be believed.
    pub(crate) fn said(&mut self, doc: DocId, frontier: &Frontier) {
        let chains = |frontier: &Frontier| frontier.chains().count();
        if self.said.values().map(chains).sum::<usize>() + chains(frontier) <= SAID_CHAINS
            && self.said.len() < DOCUMENTS
        {
            self.said.entry(doc).or_default().replace(frontier);
        }
    }

    /// Something of this document could not be used: when to ask again.
    pub(crate) fn gap(&mut self, doc: DocId, now: Time) {
        // Anybody can name documents that do not exist.
        if self.gaps.len() >= DOCUMENTS && !self.gaps.contains_key(&doc) {
            return;
        }
        let gap = self.gaps.entry(doc).or_insert(Gap { asked: 0, due: None });
        if gap.due.is_none() && gap.asked < GAPS {
            gap.due = Some(now.plus(GAP << gap.asked));
            gap.asked += 1;
        }
    }

    /// They brought more of this document than is taken as things are. Asked for again when that changes.
    pub(crate) fn declined(&mut self, doc: DocId) {
        self.gaps.entry(doc).or_insert(Gap { asked: 0, due: None });
    }

    /// Something may be taken now that was declined, or is waited for.
    pub(crate) fn ask_again(&mut self, doc: DocId, now: Time) {
        if self.gaps.contains_key(&doc) {
            self.gap(doc, now);
        }
    }

    /// What was missing may be here now: whatever could not be used is asked for at once.
    pub(crate) fn mend(&mut self, now: Time) {
        for gap in self.gaps.values_mut() {
            *gap = Gap { asked: 1, due: Some(now) };
        }
    }

    /// The documents to ask about now.
    pub(crate) fn due_gaps(&mut self, now: Time) -> Vec<DocId> {
        let due: Vec<DocId> =
            self.gaps.iter().filter(|(_, gap)| gap.due.is_some_and(|due| due <= now)).map(|(doc, _)| *doc).collect();
        for doc in &due {
            if let Some(gap) = self.gaps.get_mut(doc) {
                gap.due = None;
            }
        }
        due
    }

    /// When something is to be done about this meeting.
    pub(crate) fn wake(&self) -> Option<Time> {
        let gaps = self.gaps.values().filter_map(|gap| gap.due);
        let later = self.later.values().copied();
        let tail = self.tail.iter().map(|tail| tail.since.plus(crate::limits::MESSAGE));
        gaps.chain(later).chain(tail).chain(self.say_saved).chain(self.here.due).chain(self.takers).min()
    }
}

impl Theirs {
    /// The ends of their chains, if they are known.
    pub(crate) fn ends(&self) -> Option<&Ends> {
        match self {
            Theirs::At { ends, .. } => Some(ends),
            Theirs::Asked => None,
        }
    }

    pub(crate) fn nothing() -> Theirs {
        Theirs::At { heads: BTreeSet::new(), ends: Ends::new() }
    }

    pub(crate) fn at(heads: &[StatementId], frontier: &Frontier) -> Theirs {
        let ends = frontier.chains().map(|(chain, ends)| (chain, ends.iter().copied().collect())).collect();
        Theirs::At { heads: heads.iter().copied().collect(), ends }
    }
}

impl Tail {
    /// Begins or goes on with a run that does not end on a signature.
    pub(crate) fn gather(before: Option<Tail>, doc: DocId, run: Run, now: Time) -> Result<Tail, TooLong> {
        let mut tail = before.unwrap_or(Tail { doc, edits: Vec::new(), signed: Vec::new(), bytes: 0, since: now });
        tail.since = now;
        tail.take(run);
        if tail.edits.len() >= UNSIGNED || tail.bytes > UNSIGNED_BYTES { Err(TooLong) } else { Ok(tail) }
    }

    /// The whole run.
    pub(crate) fn end(mut self, run: Run) -> Run {
        self.take(run);
        Run { edits: self.edits, signed: self.signed }
    }

    fn take(&mut self, run: Run) {
        let shift = u32::try_from(self.edits.len()).unwrap_or(u32::MAX);
        self.bytes += run.edits.iter().map(|edit| edit.len()).sum::<usize>();
        self.edits.extend(run.edits);
        self.signed.extend(run.signed.into_iter().map(|(at, signature)| (at.saturating_add(shift), signature)));
    }
}

impl Waiting {
    /// Lets an edit wait for one that it builds on. Says whether there was room.
    pub(crate) fn wait(&mut self, doc: DocId, missing: EditHash, waiter: Waiter) -> bool {
        let edit = waiter.verified.edit();
        let (hash, len) = (edit.hash(), edit.bytes().len());
        if self.edits.len() >= WAITING || self.bytes + len > WAITING_BYTES {
            return false;
        }
        self.missed.entry((doc, missing)).or_default().insert(hash);
        if self.edits.insert((doc, hash), waiter).is_none() {
            self.bytes += len;
        }
        true
    }

    /// What an edit waits here with, if it does: to know what a later run follows.
    pub(crate) fn has(&self, doc: DocId, chain: ChainId, seq: Seq, hash: EditHash) -> bool {
        self.edits.get(&(doc, hash)).is_some_and(|waiter| {
            let edit = waiter.verified.edit();
            edit.chain() == chain && edit.seq() == seq
        })
    }

    /// A later signature on an edit that waits.
    pub(crate) fn sign(&mut self, doc: DocId, hash: EditHash, tip: Tip) {
        if let Some(waiter) = self.edits.get_mut(&(doc, hash)) {
            waiter.tip = Some(tip);
        }
    }

    /// The chains of what waits in a document.
    pub(crate) fn chains(&self, doc: DocId) -> impl Iterator<Item = ChainId> {
        let of = (doc, EditHash::new([0; 32]))..=(doc, EditHash::new([255; 32]));
        self.edits.range(of).map(|(_, waiter)| waiter.verified.edit().chain())
    }

    pub(crate) fn holds(&self, doc: DocId, hash: EditHash) -> bool {
        self.edits.contains_key(&(doc, hash))
    }

    /// Those that waited for this edit. They may still miss another.
    pub(crate) fn release(&mut self, doc: DocId, hash: EditHash) -> Vec<Waiter> {
        let Some(waiters) = self.missed.remove(&(doc, hash)) else { return Vec::new() };
        let released: Vec<Waiter> =
            waiters.into_iter().filter_map(|waiter| self.edits.remove(&(doc, waiter))).collect();
        self.bytes -= released.iter().map(|waiter| waiter.verified.edit().bytes().len()).sum::<usize>();
        released
    }
}
