//! The desk's helpers: they open and merge large parts on threads of their own, so that the window never stalls.
//!
//! What is given about one part stays in its order: as long as one of the helpers has something of it, the rest goes there too.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{Arc, mpsc},
    thread,
};

use node::ask::HeldEdits;
use plan::{Document, Faults, Part, ReadAhead, Touched};
use seal::{Admitted, Bytes, DocId, PlanId};

use crate::{
    acts::read_held,
    ask::Turn,
    change::HeldText,
    limits::{HELPERS, JOBS},
    refused::Refused,
};

/// What is to be done with a part.
pub(crate) enum Job {
    /// Open it from what is kept.
    Load {
        part: &'static Part,
        snapshot: Option<Bytes>,
        ahead: Option<Box<ReadAhead>>,
        edits: Vec<Admitted>,
        trust: Trust,
    },
    /// Merge others' edits into a copy of it.
    Merge { of: Arc<Document>, edits: Vec<Admitted> },
    /// Take what was typed since into a merged copy.
    Follow { merged: Box<Document>, typed: Box<Document> },
    /// Make its compact form.
    Save { of: Arc<Document> },
    /// Make what notes are kept as.
    Note { of: Arc<Document> },
    /// Read notes from what they were kept as.
    Recall { part: &'static Part, kept: Vec<u8> },
    /// Make something for the window, which takes it from its maker itself.
    Aside(Box<dyn FnOnce() + Send>),
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
    /// Notes as they are kept.
    Noted(Vec<u8>),
    /// Notes that were read; none if what was kept cannot be.
    Recalled(Option<Box<Document>>),
    /// Whoever asked for it has it.
    Aside,
    /// What is held back of somebody says this.
    Words(Turn, Result<Vec<HeldText>, Refused>),
}

/// The name of a part on this device.
pub(crate) type Place = (PlanId, DocId);

/// The helpers, as the desk holds them. Dropping this ends their threads.
pub(crate) struct Worker {
    helpers: Vec<mpsc::SyncSender<(Place, Job)>>,
    done: mpsc::Receiver<(Place, Finished)>,
    given: RefCell<Given>,
}

/// What was given and did not come back yet.
#[derive(Default)]
struct Given {
    /// How much each helper has.
    each: Vec<usize>,
    /// Which helper has something of a part, and how much.
    places: BTreeMap<Place, (usize, usize)>,
}

impl Worker {
    /// Starts the threads. `wake` is called after each job.
    pub(crate) fn start(wake: Arc<dyn Fn() + Send + Sync>) -> Result<Worker, std::io::Error> {
        let many = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(HELPERS);
        let (tell, done) = mpsc::sync_channel(JOBS);
        let mut helpers = Vec::new();
        for _ in 0..many {
            let (jobs, todo) = mpsc::sync_channel::<(Place, Job)>(JOBS);
            let (tell, wake) = (tell.clone(), Arc::clone(&wake));
            thread::Builder::new().name("desk".into()).spawn(move || {
                for (place, job) in todo {
                    if tell.send((place, job.run(place.1))).is_err() {
                        return;
                    }
                    wake();
                }
            })?;
            helpers.push(jobs);
        }
        let given = Given { each: vec![0; many], places: BTreeMap::new() };
        Ok(Worker { helpers, done, given: RefCell::new(given) })
    }

    /// Room for one more job, if not too many wait; whoever finds none tries again later.
    pub(crate) fn room(&self) -> Option<Room<'_>> {
        (self.given.borrow().all() < JOBS).then_some(Room(self))
    }

    /// Whether nothing is to be done.
    pub(crate) fn is_idle(&self) -> bool {
        self.given.borrow().all() == 0
    }

    /// The next finished job, if there is one.
    pub(crate) fn take(&self) -> Option<(Place, Finished)> {
        let done = self.done.try_recv().ok()?;
        self.given.borrow_mut().take(done.0);
        Some(done)
    }
}

impl Given {
    fn all(&self) -> usize {
        self.each.iter().sum()
    }

    /// The helper who gets the next job of a part: whoever has something of it, else whoever has least.
    fn give(&mut self, place: Place) -> usize {
        let least = self.each.iter().enumerate().min_by_key(|(_, many)| **many).map_or(0, |(helper, _)| helper);
        let (helper, many) = self.places.entry(place).or_insert((least, 0));
        *many += 1;
        self.each[*helper] += 1;
        *helper
    }

    fn take(&mut self, place: Place) {
        let Some((helper, many)) = self.places.get_mut(&place) else { return };
        *many -= 1;
        self.each[*helper] -= 1;
        if *many == 0 {
            self.places.remove(&place);
        }
    }
}

/// Room for one job: a job that is handed over is always taken.
pub(crate) struct Room<'a>(&'a Worker);

impl Room<'_> {
    /// Hands over a job.
    pub(crate) fn give(self, place: Place, job: Job) {
        let Room(worker) = self;
        let helper = worker.given.borrow_mut().give(place);
        // The queue is as long as jobs may be given, so only a helper that has died takes none; then nothing comes back.
        let _ = worker.helpers[helper].try_send((place, job));
    }
}

impl Job {
    /// Does it, here and now.
    pub(crate) fn run(self, doc: DocId) -> Finished {
        match self {
            Job::Load { part, snapshot, ahead, edits, trust } => {
                let ahead = ahead.filter(|_| trust == Trust::Full);
                let ahead = ahead.and_then(|ahead| Document::load_read(part, doc, *ahead, &edits).ok());
                let read = |document| Read { document: Box::new(document), fault: None };
                Finished::Loaded(
                    ahead.map(read).map_or_else(|| load(part, doc, snapshot.as_deref(), &edits, trust), Ok),
                )
            }
            Job::Merge { of, edits } => {
                let mut copy = Box::new(unshared(of));
                Finished::Merged(match copy.merge(&edits) {
                    Ok(touched) => Ok((copy, touched)),
                    Err(_) => Err(Refused::Unreadable),
                })
            }
            Job::Follow { mut merged, mut typed } => Finished::Merged(match merged.follow(&mut typed) {
                Ok(()) => Ok((merged, Touched::default())),
                Err(_) => Err(Refused::Unreadable),
            }),
            Job::Save { of } => {
                let mut copy = unshared(of);
                let snapshot = copy.save_tried();
                Finished::Saved { snapshot, heads: copy.heads() }
            }
            Job::Note { of } => Finished::Noted(plan::compact::deflate(&unshared(of).save())),
            Job::Recall { part, kept } => {
                let compact = plan::compact::inflate(&kept);
                let read = compact.and_then(|compact| Document::load(part, doc, Some(&compact), &[]).ok());
                Finished::Recalled(read.map(Box::new))
            }
            Job::Aside(make) => {
                make();
                Finished::Aside
            }
            Job::Words { turn, part, held } => {
                Finished::Words(turn, read_held(part, doc, &held).map_err(|_| Refused::Unreadable))
            }
        }
    }
}

/// A copy of one's own. What it was copied from is let go at once, so that whoever writes there need not copy it too.
fn unshared(of: Arc<Document>) -> Document {
    Arc::unwrap_or_clone(of)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_of_one_part_goes_to_one_helper_and_parts_are_shared_out() {
        let place = |doc: u8| (PlanId::new([1; 32]), DocId::new([doc; 32]));
        let mut given = Given { each: vec![0; 2], places: BTreeMap::new() };
        assert_eq!([1, 2, 1, 1, 3].map(|doc| given.give(place(doc))), [0, 1, 0, 0, 1]);
        for doc in [1, 1, 1, 2] {
            given.take(place(doc));
        }
        assert_eq!((given.all(), given.give(place(2)), given.give(place(1))), (1, 0, 0));
    }
}
