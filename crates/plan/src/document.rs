//! One open part: what a screen reads and writes, on automerge.
//!
//! A document's maker creates all its texts, lists and sets in the first edits, because an object made twice hides one
//! of the two. A record's maker does the same for the record. What came later is created by its first writer, and
//! readers look at all values of a key.
//!
//! | root: v, each field, each list | text | set: member -> true | list: item -> record | record: order, at, gone, fields, lists |

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{
    ActorId, AutoCommit, Change, ChangeHash, LoadOptions, ROOT, ReadDoc as _, TextEncoding, VerificationMode, hydrate,
    transaction::{CommitOptions, Transactable as _},
};
use seal::{Admitted, Bytes, ChainId, DocId, EditHash, Time};

use crate::{
    limits::{OPERATION_COST, OWN_BYTES, OWN_OPERATIONS, TIME},
    part::Part,
    planted,
    records::{Records, VERSION},
    touched::Touched,
    undo::History,
    value::BadValue,
};

/// The version of the schema, in the root of every document.
const SCHEMA: i64 = 1;

/// Why a write was not made. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No chain is set: this device may not write here, or has not said as whom.
    #[error("this device does not write here")]
    NotWriting,
    /// There is no such field or list in this part or record.
    #[error("no such field")]
    NoField,
    /// There is no such record.
    #[error("no such item")]
    NoItem,
    /// A position beyond the end of the text.
    #[error("beyond the end of the text")]
    Beyond,
    /// More words than one text takes.
    #[error("too many words for one text")]
    TooMuch,
    /// The field cannot hold this.
    #[error(transparent)]
    Value(#[from] BadValue),
}

/// Why a document could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The saved form cannot be read; the edits still can.
    #[error("the saved document cannot be read")]
    Snapshot,
    /// The edits do not go together.
    #[error(transparent)]
    Edits(#[from] MergeError),
}

/// Why edits could not be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// Something they build on is not among them and not here. The document is as it was before.
    #[error("builds on something that is not here")]
    Early,
    /// automerge refused or failed, although the door let them in. This document is to be thrown away and made anew.
    #[error("cannot be shown")]
    Refused,
}

/// A snapshot that was read, by whoever did not know yet what part it is: reading it is most of what opening costs.
#[derive(Debug)]
pub struct ReadAhead(AutoCommit);

impl ReadAhead {
    /// Reads what [`Document::save`] made.
    ///
    /// # Errors
    /// If it cannot be read; the edits still can.
    pub fn read(snapshot: &[u8]) -> Result<ReadAhead, LoadError> {
        fenced(|| read_snapshot(snapshot)).unwrap_or(Err(LoadError::Snapshot)).map(ReadAhead)
    }
}

/// One open part. Clone it to merge on another thread, and give the result to [`Document::swap`].
#[derive(Debug, Clone)]
pub struct Document {
    part: &'static Part,
    doc: DocId,
    chain: Option<ChainId>,
    pub(crate) automerge: AutoCommit,
    pub(crate) records: Records,
    pub(crate) history: History,
    /// Finished edits that no `close` has given out yet.
    finished: Vec<Bytes>,
    /// About how many bytes the edit under way will have.
    spent: usize,
    /// When the last burst ended: the time of edits that are cut before theirs does.
    clock: Time,
}

impl Document {
    /// A new, empty part, written by `chain`, with the finished edits that make its texts, lists and sets.
    pub fn create(part: &'static Part, doc: DocId, chain: ChainId, at: Time) -> (Document, Vec<Bytes>) {
        let mut document = Document::with(part, doc, empty());
        document.write_as(chain);
        document.clock = at;
        document.automerge.put(ROOT, VERSION, SCHEMA).expect("the root is a map");
        document.furnish(&ROOT, part.fields, part.lists);
        let edits = document.close(at);
        document.history = History::default();
        document.records = Records::read(&document.automerge, part);
        (document, edits)
    }

    /// A part that exists: from its last snapshot, if there is one, and the edits that are not in it (any order; those it
    /// has do no harm). It can be read at once and written after [`Document::write_as`].
    pub fn load(
        part: &'static Part,
        doc: DocId,
        snapshot: Option<&[u8]>,
        edits: &[Admitted],
    ) -> Result<Document, LoadError> {
        let read = match snapshot {
            None => Ok(ReadAhead(empty())),
            Some(bytes) => ReadAhead::read(bytes),
        };
        Document::load_read(part, doc, read?, edits)
    }

    /// The same from a snapshot that was read before it was known what part it is.
    pub fn load_read(
        part: &'static Part,
        doc: DocId,
        snapshot: ReadAhead,
        edits: &[Admitted],
    ) -> Result<Document, LoadError> {
        let loaded = fenced(|| {
            let mut document = Document::with(part, doc, snapshot.0);
            document.take_in(edits)?;
            document.records = Records::read(&document.automerge, part);
            Ok(document)
        });
        loaded.unwrap_or(Err(LoadError::Snapshot))
    }

    fn with(part: &'static Part, doc: DocId, automerge: AutoCommit) -> Document {
        Document {
            part,
            doc,
            chain: None,
            automerge,
            records: Records::default(),
            history: History::default(),
            finished: Vec::new(),
            spent: 0,
            clock: Time::default(),
        }
    }

    /// The same part, read from this. It has no chain, so nothing is ever written in it.
    pub(crate) fn read_as(&self, automerge: AutoCommit) -> Document {
        let mut document = Document::with(self.part, self.doc, automerge);
        document.records = Records::read(&document.automerge, self.part);
        document
    }

    /// Writes go on `chain` from here on. An open burst is finished first, as its own chain's.
    pub fn write_as(&mut self, chain: ChainId) {
        if self.chain == Some(chain) {
            return;
        }
        self.cut();
        self.automerge.set_actor(ActorId::from(chain.as_bytes()));
        self.chain = Some(chain);
    }

    /// Which part it is.
    pub fn part(&self) -> &'static Part {
        self.part
    }

    /// Which document it is.
    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// The chain it writes on, if it writes.
    pub fn chain(&self) -> Option<ChainId> {
        self.chain
    }

    /// The edits nothing else builds on, sorted; what is in an open burst is not an edit yet.
    pub fn heads(&self) -> Vec<EditHash> {
        let mut heads: Vec<_> = self.automerge_heads().into_iter().map(|head| EditHash::new(head.0)).collect();
        heads.sort_unstable();
        heads
    }

    pub(crate) fn automerge_heads(&self) -> Vec<ChangeHash> {
        self.automerge.base_heads()
    }

    /// Whether something was written since the last `close`.
    pub fn is_open(&self) -> bool {
        self.automerge.pending_ops() > 0 || !self.finished.is_empty()
    }

    /// Ends the burst: every finished edit since the last call, in order, ready to be weighed and signed. All of them are
    /// one step for [`Document::undo`].
    pub fn close(&mut self, at: Time) -> Vec<Bytes> {
        // A clock that is far off must not cost anybody their words.
        let most = i64::try_from(TIME).unwrap_or(i64::MAX);
        self.clock = Time(at.0.clamp(-most, most));
        self.cut();
        self.history.end_step(self.clock);
        std::mem::take(&mut self.finished)
    }

    /// Room for operations that carry `bytes` of words each at most; ends the edit under way where there is none.
    pub(crate) fn room(&mut self, bytes: usize) -> usize {
        let cost = OPERATION_COST + bytes;
        let mut pending = self.automerge.pending_ops();
        if pending >= OWN_OPERATIONS || (pending > 0 && self.spent + cost > OWN_BYTES) {
            self.cut();
            pending = 0;
        }
        if pending == 0 {
            self.spent = 256 + self.automerge_heads().len() * EditHash::LEN;
        }
        (OWN_OPERATIONS - pending).min(OWN_BYTES.saturating_sub(self.spent) / cost).max(1)
    }

    /// Notes that so many operations with so many bytes of words in all were written.
    pub(crate) fn spend(&mut self, operations: usize, bytes: usize) {
        self.spent += operations * OPERATION_COST + bytes;
    }

    /// Ends the edit under way, if anything is in it.
    fn cut(&mut self) {
        if self.automerge.pending_ops() == 0 {
            return;
        }
        self.automerge.commit_with(CommitOptions::default().with_time(self.clock.0));
        let edit = self.automerge.get_last_local_change().expect("operations were pending");
        self.finished.push(Bytes::from(edit.raw_bytes()));
    }

    /// Takes in edits of others (any order among themselves; known ones do no harm), all of them or none. An open burst is
    /// finished first; its edits come with the next `close`.
    ///
    /// This costs as much as the document is large, however few the edits: merge all that has arrived at once.
    ///
    /// After [`MergeError::Refused`] this document is thrown away: it may look well and be ruined.
    pub fn merge(&mut self, edits: &[Admitted]) -> Result<Touched, MergeError> {
        fenced(|| self.merge_unfenced(edits)).unwrap_or(Err(MergeError::Refused))
    }

    fn merge_unfenced(&mut self, edits: &[Admitted]) -> Result<Touched, MergeError> {
        self.cut();
        self.history.end_step(self.clock);
        // The log of what changes is switched on for this merge alone: it makes typing dearer.
        self.automerge.update_diff_cursor();
        let taken = self.take_in(edits);
        let patches = if taken == Ok(true) { self.automerge.diff_incremental() } else { Vec::new() };
        self.automerge.reset_diff_cursor();
        taken?;
        let mut touched = Touched::read(self.part, patches);
        for list in &touched.lists {
            self.records.read_again(&self.automerge, *list);
        }
        let doubled: Vec<_> = touched.fields.iter().copied().filter(|field| self.is_doubled(*field)).collect();
        self.records.doubled.extend(doubled);
        touched.fields.extend(self.records.doubled.iter().copied());
        Ok(touched)
    }

    // Whether anything was new.
    fn take_in(&mut self, edits: &[Admitted]) -> Result<bool, MergeError> {
        let here = |automerge: &AutoCommit, hash: &EditHash| {
            automerge.get_missing_deps(&[ChangeHash(*hash.as_bytes())]).is_empty()
        };
        let new: Vec<_> = edits.iter().filter(|edit| !here(&self.automerge, &edit.edit().hash())).collect();
        if new.is_empty() {
            return Ok(false);
        }
        if new.iter().any(|edit| planted::breaks(edit)) {
            return Err(MergeError::Refused);
        }
        let coming: std::collections::BTreeSet<_> = new.iter().map(|edit| edit.edit().hash()).collect();
        let mut needs = new.iter().flat_map(|edit| edit.edit().after());
        if !needs.all(|need| coming.contains(need) || here(&self.automerge, need)) {
            return Err(MergeError::Early);
        }
        let changes = new.iter().map(|edit| Change::from_bytes(edit.edit().bytes().to_vec()));
        let changes: Vec<_> = changes.collect::<Result<_, _>>().map_err(|_| MergeError::Refused)?;
        self.automerge.apply_changes(changes).map_err(|_| MergeError::Refused)?;
        Ok(true)
    }

    /// Makes the document anew from exactly these edits, and writes on the same chain as before. What could be undone
    /// cannot any more, and what was not closed is lost.
    pub fn rebuild(&mut self, edits: &[Admitted]) -> Result<Touched, MergeError> {
        let mut anew = fenced(|| {
            let mut anew = Document::with(self.part, self.doc, empty());
            anew.take_in(edits)?;
            anew.records = Records::read(&anew.automerge, self.part);
            Ok(anew)
        })
        .unwrap_or(Err(MergeError::Refused))?;
        anew.clock = self.clock;
        if let Some(chain) = self.chain {
            anew.write_as(chain);
        }
        *self = anew;
        Ok(Touched { all: true, ..Touched::default() })
    }

    /// Takes the place of this document what a clone of it became on another thread. What was written here meanwhile is
    /// carried over, and so is what can be undone.
    ///
    /// What was here before is given back: letting go of it takes as long as it is large.
    pub fn swap(&mut self, mut merged: Document) -> Result<Document, MergeError> {
        merged.follow(self)?;
        merged.history = std::mem::take(&mut self.history);
        merged.finished = std::mem::take(&mut self.finished);
        merged.clock = self.clock;
        Ok(std::mem::replace(self, merged))
    }

    /// The whole document as bytes that [`Document::load`] reads fast. An open burst is finished first.
    pub fn save(&mut self) -> Vec<u8> {
        self.cut();
        // Not deflated: the store compresses and seals whole records, and this is what a cold start waits for.
        self.automerge.save_nocompress()
    }

    /// The same words, without how they came about: as one edit of the same chain, from its first number. Only for what is kept
    /// on one device and told to nobody: to everybody else it would be another document. `None` if it does not hold the same.
    pub fn without_history(&mut self) -> Option<Document> {
        self.cut();
        let anew = fenced(|| {
            let hydrate::Value::Map(held) = self.automerge.hydrate(ROOT, None).ok()? else { return None };
            let mut anew = Document::with(self.part, self.doc, empty());
            if let Some(chain) = self.chain {
                anew.write_as(chain);
            }
            anew.clock = self.clock;
            let begun = anew.automerge.init_root_from_hydrate(&held);
            anew.cut();
            anew.finished.clear();
            let same = begun.is_ok() && anew.automerge.hydrate(ROOT, None).ok() == Some(hydrate::Value::Map(held));
            anew.records = Records::read(&anew.automerge, self.part);
            same.then_some(anew)
        });
        anew.flatten()
    }

    /// [`Document::save`], tried: what was saved loads again, with the same heads and the same words. None if it does not, and then
    /// the last good snapshot must stay. Costs several times as much as [`Document::save`]: for a clone on another thread.
    pub fn save_tried(&mut self) -> Option<Vec<u8>> {
        let (bytes, heads) = (self.save(), self.automerge_heads());
        let held = self.automerge.hydrate(ROOT, None).ok()?;
        let again = catch_unwind(|| {
            let options = LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint);
            let again = AutoCommit::load_with_options(&bytes, options).ok()?;
            (again.base_heads() == heads && again.hydrate(ROOT, None).ok()? == held).then_some(())
        });
        again.ok()??;
        Some(bytes)
    }
}

// Positions are Unicode code points on every device, whatever automerge's default becomes.
fn empty() -> AutoCommit {
    AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint)
}

fn read_snapshot(bytes: &[u8]) -> Result<AutoCommit, LoadError> {
    // It comes out of this device's own sealed store and was checked when it went in.
    let options = || {
        LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint).verification_mode(VerificationMode::DontCheck)
    };
    AutoCommit::load_with_options(bytes, options()).map_err(|_| LoadError::Snapshot)
}

/// The door's rules are meant to cover whatever makes automerge panic; should one be missing, the fault ends here. What was
/// worked on is thrown away by whoever hears `None`.
fn fenced<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

// What a desk asks that merges on another thread or only up to named edits.
impl Document {
    /// How many finished edits it is made of.
    pub fn edits(&self) -> usize {
        usize::try_from(self.automerge.stats().num_changes).unwrap_or(usize::MAX)
    }

    /// How many records it holds, with those that were taken out.
    pub fn things(&self) -> usize {
        self.records.by_id.len()
    }

    /// The number of a chain's last edit in it; 0 if it has none. Looks at every edit.
    pub fn reach(&mut self, chain: ChainId) -> u64 {
        let all = self.automerge.get_changes_meta(&[]);
        all.iter().filter(|edit| edit.actor.to_bytes() == chain.as_bytes()).map(|edit| edit.seq).max().unwrap_or(0)
    }

    /// Takes in what was written in `typed` since this one was cloned from it, so that [`Document::swap`] has little left
    /// to do.
    pub fn follow(&mut self, typed: &mut Document) -> Result<(), MergeError> {
        typed.cut();
        // As a rule nothing was, and looking through all changes for that is dear.
        if self.automerge.get_missing_deps(&typed.automerge_heads()).is_empty() {
            return Ok(());
        }
        fenced(|| {
            let meanwhile = self.automerge.get_changes_added(&mut typed.automerge);
            if meanwhile.is_empty() {
                return Ok(());
            }
            self.automerge.apply_changes(meanwhile).map_err(|_| MergeError::Refused)?;
            self.records = Records::read(&self.automerge, self.part);
            Ok(())
        })
        .unwrap_or(Err(MergeError::Refused))
    }
}
