//! One open part: its document, what waits to be published and what waits to be merged.

use std::{cell::Cell, collections::VecDeque, mem, sync::Arc};

use node::{Node, Pending, ask};
use plan::{Document, Part, ReadAhead, Touched};
use seal::{Admitted, Bytes, ChainId, DocId, PlanId, Time};

use crate::{
    files::Named,
    hold::Held,
    limits::{COMPOSING, MERGED_AT_ONCE, ROUNDS, SNAPSHOT_BEHIND, SNAPSHOT_EVERY},
    refused::Refused,
    worker::{Fault, Job, Read, Trust, Worker},
};

mod notes;
mod out;

pub(crate) use notes::{noted, notes_of, record_of};

use notes::Notes;
use out::{Burst, Unsaved};

/// A part this device may read, or a voice about one.
pub(crate) struct OpenPart {
    pub(crate) plan: PlanId,
    pub(crate) doc: DocId,
    pub(crate) part: &'static Part,
    pub(crate) stage: Stage,
    pub(crate) chain: Option<ChainId>,
    pub(crate) held: Option<Held>,
    pub(crate) composing: Option<Time>,
    /// If these are notes, which are kept here and told to nobody.
    notes: Option<Notes>,
    /// Counts every change of what it shows.
    pub(crate) revision: u64,
    /// How often it became something that can be read.
    pub(crate) openings: u64,
    /// Whether anything of it was read since something was begun to be reckoned.
    pub(crate) read: Cell<bool>,
    /// What it was last known to name.
    pub(crate) named: Named,
    /// Others' edits that are here but not merged.
    arrived: Vec<Admitted>,
    burst: Option<Burst>,
    /// Finished edits that are not handed to the node yet.
    outbox: VecDeque<Bytes>,
    /// Those the node is keeping now.
    publishing: Option<(Pending<()>, Vec<Bytes>)>,
    /// What the node holds but could not flush. It tries again by itself and tells when that is done.
    unsaved: Option<Unsaved>,
    /// The node's answer to our wish to see this part.
    asked: Option<Pending<()>>,
    /// Whether the part must be asked for again although it can be read.
    stale: bool,
    /// How many own edits were finished when it was asked for last: what comes back knows no later ones.
    asked_at: u64,
    /// Whether the document may lack something others' next edits build on: nothing is merged until it is read anew.
    behind: bool,
    /// Whether the document holds words that do not count any more: what is written on them now would make them count again,
    /// so nothing is until it is read anew.
    outdated: bool,
    /// Whether what is kept of it is believed to fit together, and what does not.
    trust: Trust,
    pub(crate) fault: Option<Fault>,
    /// How often it is being read on the worker, and what there was no room for there yet.
    loading: usize,
    unloaded: Option<Job>,
    away: Option<Away>,
    /// Edits in the document, about; and since its compact form was kept last.
    edits: usize,
    unkept: usize,
    /// Own edits finished, and flushed, since the part was opened.
    pub(crate) finished: u64,
    pub(crate) kept: u64,
    /// Why an edit of ours was not kept; nothing more is handed over then.
    failed: Option<Refused>,
}

/// How far a part has been opened.
pub(crate) enum Stage {
    /// The node is asked for it, or the worker reads it.
    Opening,
    /// It can be read, and written where the circle allows. Whoever reads it as it stands on another thread shares it; whoever writes
    /// in it meanwhile writes in a copy.
    Open(Arc<Document>),
    /// What is kept of it does not fit together.
    Unreadable,
}

/// A copy that is being merged on the worker.
struct Away {
    /// Whether something was typed since the copy was made.
    typed: bool,
    rounds: usize,
    touched: Touched,
    by: Vec<ChainId>,
}

/// What others changed, and the chains they wrote on.
pub(crate) type Merged = (Touched, Vec<ChainId>);

impl OpenPart {
    pub(crate) fn new(plan: PlanId, doc: DocId, part: &'static Part) -> OpenPart {
        OpenPart {
            plan,
            doc,
            part,
            stage: Stage::Opening,
            chain: None,
            held: None,
            composing: None,
            notes: None,
            revision: 0,
            openings: 0,
            read: Cell::new(false),
            named: Named::default(),
            arrived: Vec::new(),
            burst: None,
            outbox: VecDeque::new(),
            publishing: None,
            unsaved: None,
            asked: None,
            stale: false,
            asked_at: 0,
            behind: false,
            outdated: false,
            trust: Trust::Full,
            fault: None,
            loading: 0,
            unloaded: None,
            away: None,
            edits: 0,
            unkept: 0,
            finished: 0,
            kept: 0,
            failed: None,
        }
    }

    /// The same to be read on another thread, and nothing that is under way. What is reckoned from it stands as long as this does.
    pub(crate) fn still(&self) -> OpenPart {
        let mut still = OpenPart::new(self.plan, self.doc, self.part);
        if let Stage::Open(document) = &self.stage {
            still.stage = Stage::Open(Arc::clone(document));
        }
        (still.revision, still.openings) = (self.revision, self.openings);
        still
    }

    /// What it shows. Whoever asks has read it.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.read.set(true);
        self.unread()
    }

    /// The same, for whoever only hands it on.
    pub(crate) fn unread(&self) -> Option<&Document> {
        match &self.stage {
            Stage::Open(document) => Some(document),
            Stage::Opening | Stage::Unreadable => None,
        }
    }

    pub(crate) fn writable(&mut self) -> Result<&mut Document, Refused> {
        if self.fault.is_some() {
            return Err(Refused::Stopped);
        }
        if self.chain.is_none() {
            return Err(match self.stage {
                Stage::Opening => Refused::NotOpenYet,
                Stage::Open(_) => Refused::Write(plan::WriteError::NotWriting),
                Stage::Unreadable => Refused::Unreadable,
            });
        }
        match &mut self.stage {
            Stage::Opening => Err(Refused::NotOpenYet),
            Stage::Open(_) if self.outdated => Err(Refused::NotOpenYet),
            Stage::Open(document) => Ok(Arc::make_mut(document)),
            Stage::Unreadable => Err(Refused::Unreadable),
        }
    }

    /// Reads what the node has of the part, away from the window.
    pub(crate) fn load(
        &mut self,
        snapshot: Option<Bytes>,
        ahead: Option<Box<ReadAhead>>,
        edits: Vec<Admitted>,
        worker: &Worker,
    ) {
        self.restart();
        self.behind = true;
        self.unkept = match edits.len() {
            few @ 0..=SNAPSHOT_BEHIND => few,
            many => many.max(SNAPSHOT_EVERY),
        };
        self.unloaded = Some(Job::Load { part: self.part, snapshot, ahead, edits, trust: self.trust });
        self.load_waiting(worker);
    }

    /// Hands over what there was no room for before.
    pub(crate) fn load_waiting(&mut self, worker: &Worker) {
        let Some(room) = worker.room() else { return };
        let Some(job) = self.unloaded.take() else { return };
        room.give((self.plan, self.doc), job);
        self.loading += 1;
    }

    /// What the worker read. Whether it is shown from now on: not if the part was told anew since, and not if something
    /// was written since it was asked for; then it is asked for again.
    pub(crate) fn loaded(&mut self, read: Result<Read, Refused>) -> bool {
        self.loading = self.loading.saturating_sub(1);
        if self.loading > 0 || self.unloaded.is_some() || self.held.is_some() {
            return false;
        }
        let is_open = matches!(self.stage, Stage::Open(_));
        if is_open && !(self.is_still() && self.finished == self.asked_at) {
            self.reopen();
            return false;
        }
        match read {
            Ok(Read { document, fault }) => {
                self.opened(document);
                self.trust = if fault.is_some() { Trust::None } else { Trust::Full };
                self.fault = fault;
            }
            Err(_) => self.shut(Stage::Unreadable),
        }
        true
    }

    /// A document that was just read: others' edits may be waiting already.
    pub(crate) fn opened(&mut self, mut document: Box<Document>) {
        if let Some(chain) = self.chain {
            document.write_as(chain);
        }
        if self.failed.take().is_some() {
            // What could not be kept is not in what was read.
            self.outbox.clear();
        }
        self.edits = document.edits();
        (self.behind, self.outdated) = (false, false);
        self.revision += 1;
        self.openings += 1;
        self.stage = Stage::Open(Arc::from(document));
        self.renamed_files();
    }

    /// It cannot be read any more: whoever reckoned something from it has to look again.
    pub(crate) fn shut(&mut self, stage: Stage) {
        self.revision += 1;
        self.stage = stage;
    }

    /// The device writes another chain from here on.
    pub(crate) fn rename(&mut self, chain: Option<ChainId>, now: Time) {
        self.close(now);
        self.chain = chain;
        if chain.is_some() {
            // What was refused is tried once more: held back it is not lost.
            self.failed = None;
        }
        if let (Stage::Open(document), Some(chain)) = (&mut self.stage, chain) {
            Arc::make_mut(document).write_as(chain);
        }
    }

    /// Asks the node for this part; asks again if it was busy. One that can be read is asked for when nothing of it is on
    /// its way out.
    pub(crate) fn ask(&mut self, node: &Node) {
        if self.notes.is_some() {
            return;
        }
        let again = match &mut self.asked {
            None => self.is_still() && (matches!(self.stage, Stage::Opening) || self.stale),
            Some(pending) => matches!(pending.take(), Some(Err(node::Refused::Busy))),
        };
        if again {
            self.stale = false;
            self.asked_at = self.finished;
            self.asked = Some(node.ask(ask::Open { plan: self.plan, doc: self.doc }));
        }
    }

    /// The node said that it could not tell everything: ask for the whole part again.
    pub(crate) fn reopen(&mut self) {
        self.asked = None;
        (self.stale, self.behind) = (true, true);
    }

    /// Asks for the whole part again; nothing is written on what is shown until it is there.
    fn read_anew(&mut self) {
        self.outdated = true;
        self.reopen();
    }

    /// Others' edits came.
    pub(crate) fn arrive(&mut self, edits: Vec<Admitted>) {
        match &mut self.held {
            Some(held) => held.arrive(edits),
            None => {
                let fault = &mut self.fault;
                self.arrived.extend(edits.into_iter().filter(|edit| !is_left_out(fault, edit)));
            }
        }
    }

    /// What must be forgotten when the part is opened anew.
    pub(crate) fn restart(&mut self) {
        self.arrived.clear();
        self.away = None;
    }

    /// Merges what has arrived: at once if that is quick, else a copy goes to the worker.
    pub(crate) fn merge(&mut self, worker: &Worker, now: Time) -> Option<Merged> {
        let composing = self.composing.is_some_and(|since| now < since.plus(COMPOSING));
        if self.arrived.is_empty()
            || self.away.is_some()
            || self.behind
            || composing
            || !matches!(self.stage, Stage::Open(_))
        {
            return None;
        }
        self.close(now);
        let Stage::Open(document) = &mut self.stage else { return None };
        let is_quick = self.edits + self.arrived.len() <= MERGED_AT_ONCE;
        let room = if is_quick { None } else { Some(worker.room()?) };
        let edits = mem::take(&mut self.arrived);
        let by = chains(&edits);
        self.edits += edits.len();
        self.unkept += edits.len();
        if let Some(room) = room {
            room.give((self.plan, self.doc), Job::Merge { of: Arc::clone(document), edits });
            self.away = Some(Away { typed: false, rounds: 0, touched: Touched::default(), by });
            return None;
        }
        match Arc::make_mut(document).merge(&edits) {
            Ok(touched) => {
                self.revision += 1;
                Some((touched, by))
            }
            Err(_) => {
                // It may look well and be ruined.
                self.shut(Stage::Opening);
                self.doubt();
                None
            }
        }
    }

    /// Something of it failed: it is read anew, without whatever breaks it. What was written here is on its way already.
    pub(crate) fn doubt(&mut self) {
        self.trust = Trust::None;
        self.reopen();
    }

    /// A merged copy is back: it takes the document's place unless something was typed since.
    pub(crate) fn merged(
        &mut self,
        back: Result<(Box<Document>, Touched), Refused>,
        worker: &Worker,
        now: Time,
    ) -> Option<Merged> {
        let mut away = self.away.take()?;
        let Ok((copy, touched)) = back else {
            // Only the copy is ruined.
            self.doubt();
            return None;
        };
        away.touched.then(touched);
        self.close(now);
        let Stage::Open(document) = &mut self.stage else { return None };
        if away.typed {
            away.rounds += 1;
            if away.rounds < ROUNDS
                && let Some(room) = worker.room()
            {
                room.give(
                    (self.plan, self.doc),
                    Job::Follow { merged: copy, typed: Box::new(Document::clone(document)) },
                );
                self.away = Some(Away { typed: false, ..away });
                return None;
            }
            // Somebody types without a breath: better one late frame than words that never come.
        }
        match Arc::make_mut(document).swap(*copy) {
            Ok(before) => {
                if let Some(room) = worker.room() {
                    room.give((self.plan, self.doc), Job::Aside(Box::new(move || drop(before))));
                }
            }
            Err(_) => {
                self.shut(Stage::Opening);
                self.doubt();
                return None;
            }
        }
        self.revision += 1;
        Some((away.touched, away.by))
    }

    /// Other edits count than before. A held part and a small one are made anew at once; every other is read anew, away from
    /// the window.
    pub(crate) fn rebuild(&mut self, edits: &[Admitted], now: Time) -> Option<Merged> {
        self.close(now);
        // What is stopped is read anew: what stops it may be what does not count any more, or may still be among these.
        let at_once = self.fault.is_none() && self.is_still() && self.loading == 0 && self.is_small_and_whole(edits);
        if self.held.is_none() && !at_once {
            self.read_anew();
            return None;
        }
        self.restart();
        if self.held.is_none() {
            // These are all there are: whatever else was asked for has come with them.
            (self.behind, self.outdated) = (false, false);
        }
        let Stage::Open(document) = &mut self.stage else { return None };
        (self.edits, self.unkept) = (edits.len(), self.unkept + 1);
        self.revision += 1;
        match Arc::make_mut(document).rebuild(edits) {
            Ok(touched) => Some((touched, chains(edits))),
            Err(_) if self.held.is_some() => {
                self.shut(Stage::Unreadable);
                None
            }
            Err(_) => {
                self.shut(Stage::Opening);
                self.doubt();
                None
            }
        }
    }

    /// Whether edits are few, and hold everything that was written here: it would be numbered a second time otherwise.
    fn is_small_and_whole(&mut self, edits: &[Admitted]) -> bool {
        let (Stage::Open(document), Some(chain)) = (&mut self.stage, self.chain) else { return false };
        let own = edits.iter().map(Admitted::edit).filter(|edit| edit.chain() == chain);
        let last = own.map(|edit| edit.seq().number()).max().unwrap_or(0);
        self.edits.max(edits.len()) <= MERGED_AT_ONCE && Arc::make_mut(document).reach(chain) == last
    }

    /// Sends a copy to be made compact, if enough was written since and nothing is under way.
    pub(crate) fn compact(&mut self, worker: &Worker) {
        if self.unkept < SNAPSHOT_EVERY || self.away.is_some() || self.held.is_some() || !self.is_saved() {
            return;
        }
        if self.notes.is_some() {
            return;
        }
        // What is shown without something that counts is no snapshot of what counts.
        if self.fault.is_some() {
            return;
        }
        let Stage::Open(document) = &self.stage else { return };
        // One at a time, and nobody waits for it.
        let Some(room) = worker.room().filter(|_| worker.is_idle()) else { return };
        room.give((self.plan, self.doc), Job::Save { of: Arc::clone(document) });
        self.unkept = 0;
    }
}

/// Whether an edit that just came builds on what cannot be shown; then neither can it.
fn is_left_out(fault: &mut Option<Fault>, edit: &Admitted) -> bool {
    let Some(Fault { faults, edits }) = fault else { return false };
    let builds = faults.take(edit);
    edits.extend(builds.then(|| edit.clone()));
    builds
}

fn chains(edits: &[Admitted]) -> Vec<ChainId> {
    let mut chains: Vec<ChainId> = edits.iter().map(|admitted| admitted.edit().chain()).collect();
    chains.sort_unstable();
    chains.dedup();
    chains
}

#[cfg(test)]
mod tests;
