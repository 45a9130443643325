//! The desk's one helper: opens and merges large parts on a thread of its own, so that the window never stalls.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use node::ask::HeldEdits;
use plan::{Document, Faults, Part, Touched};
use seal::{Admitted, Bytes, DocId, PlanId};

use crate::{acts::read_held, ask::Turn, change::HeldText, limits::JOBS, refused::Refused};

/// What is to be done with a part.
pub(crate) enum Job {
    /// Open it from what is kept.
    Load { part: &'static Part, snapshot: Option<Bytes>, edits: Vec<Admitted>, trust: Trust },
    /// Merge others' edits into a copy of it.
    Merge { copy: Box<Document>, edits: Vec<Admitted> },
    /// Take what was typed since into a merged copy.
    Follow { merged: Box<Document>, typed: Box<Document> },
    /// Make its compact form.
    Save { copy: Box<Document> },
    /// Read what is held back of somebody, for whoever asked.
    Words { turn: Turn, part: &'static Part, held: HeldEdits },
}

/// Whether what is kept is believed to fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// As long as nothing says otherwise.
    Full,
    /// A merge or a trial of it failed: whatever breaks it is looked for and left out.
    None,
}

/// A part that was read, and what had to be left out of it.
pub(crate) struct Read {
    pub(crate) document: Box<Document>,
    pub(crate) fault: Option<Fault>,
}

/// Edits that cannot be shown on this device.
pub(crate) struct Fault {
    pub(crate) faults: Faults,
    /// All that is left out, as it came.
    pub(crate) edits: Vec<Admitted>,
}

/// A part's job, done.
pub(crate) enum Finished {
    Loaded(Result<Read, Refused>),
    /// The merged copy, and what others changed.
    Merged(Result<(Box<Document>, Touched), Refused>),
    /// None if what was saved could not be loaded again: the last good snapshot stays.
    Saved {
        snapshot: Option<Vec<u8>>,
        heads: Vec<seal::EditHash>,
    },
    /// What is held back of somebody says this.
    Words(Turn, Result<Vec<HeldText>, Refused>),
}

/// The name of a part on this device.
pub(crate) type Place = (PlanId, DocId);

/// The helper, as the desk holds it. Dropping it ends its thread.
pub(crate) struct Worker {
    jobs: mpsc::SyncSender<(Place, Job)>,
    done: mpsc::Receiver<(Place, Finished)>,
}

impl Worker {
    /// Starts the thread. `wake` is called after each job.
    pub(crate) fn start(wake: Arc<dyn Fn() + Send + Sync>) -> Result<Worker, std::io::Error> {
        let (jobs, todo) = mpsc::sync_channel::<(Place, Job)>(JOBS);
        let (tell, done) = mpsc::sync_channel(JOBS);
        thread::Builder::new().name("desk".into()).spawn(move || {
            for (place, job) in todo {
                if tell.send((place, job.run(place.1))).is_err() {
                    return;
                }
                wake();
            }
        })?;
        Ok(Worker { jobs, done })
    }

    /// Hands over a job; gives it back if too many wait, so that the caller can do it later.
    pub(crate) fn give(&self, place: Place, job: Job) -> Result<(), Job> {
        self.jobs.try_send((place, job)).map_err(|refused| match refused {
            mpsc::TrySendError::Full((_, job)) | mpsc::TrySendError::Disconnected((_, job)) => job,
        })
    }

    /// Hands over held-back edits to be read; gives them back if too many jobs wait.
    pub(crate) fn read_held(
        &self,
        place: Place,
        turn: Turn,
        part: &'static Part,
        held: HeldEdits,
    ) -> Result<(), HeldEdits> {
        self.give(place, Job::Words { turn, part, held }).map_err(|job| match job {
            Job::Words { held, .. } => held,
            Job::Load { .. } | Job::Merge { .. } | Job::Follow { .. } | Job::Save { .. } => {
                unreachable!("a worker gives back the job it was given")
            }
        })
    }

    /// The next finished job, if there is one.
    pub(crate) fn take(&self) -> Option<(Place, Finished)> {
        self.done.try_recv().ok()
    }
}

impl Job {
    /// Does it, here and now.
    pub(crate) fn run(self, doc: DocId) -> Finished {
        match self {
            Job::Load { part, snapshot, edits, trust } => {
                Finished::Loaded(load(part, doc, snapshot.as_deref(), &edits, trust))
            }
            Job::Merge { mut copy, edits } => Finished::Merged(match copy.merge(&edits) {
                Ok(touched) => Ok((copy, touched)),
                Err(_) => Err(Refused::Unreadable),
            }),
            Job::Follow { mut merged, mut typed } => Finished::Merged(match merged.follow(&mut typed) {
                Ok(()) => Ok((merged, Touched::default())),
                Err(_) => Err(Refused::Unreadable),
            }),
            Job::Save { mut copy } => {
                let snapshot = copy.save_tried();
                Finished::Saved { snapshot, heads: copy.heads() }
            }
            Job::Words { turn, part, held } => {
                Finished::Words(turn, read_held(part, doc, &held).map_err(|_| Refused::Unreadable))
            }
        }
    }
}

fn load(
    part: &'static Part,
    doc: DocId,
    snapshot: Option<&[u8]>,
    edits: &[Admitted],
    trust: Trust,
) -> Result<Read, Refused> {
    let whole = |document| Read { document: Box::new(document), fault: None };
    // A snapshot that cannot be read is only a shortcut lost, if all edits came along; then they alone make the part.
    if trust == Trust::Full
        && let Ok(document) =
            Document::load(part, doc, snapshot, edits).or_else(|_| Document::load(part, doc, None, edits))
    {
        return Ok(whole(document));
    }
    let rescued = Document::rescue(part, doc, snapshot, edits).or_else(|| Document::rescue(part, doc, None, edits));
    let (document, faults) = rescued.ok_or(Refused::Unreadable)?;
    if faults.left_out.is_empty() {
        return Ok(whole(document));
    }
    let is_left_out = |edit: &&Admitted| faults.left_out.contains(&edit.edit().hash());
    let left_out = edits.iter().filter(is_left_out).cloned().collect();
    Ok(Read { document: Box::new(document), fault: Some(Fault { faults, edits: left_out }) })
}
