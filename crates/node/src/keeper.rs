//! The thread that writes to the disk. What it says is saved is flushed.
//!
//! `sync` has one save under way at a time, so edits that arrive meanwhile gather into the next: that is the group commit.
//! After an error the store writes nothing more until it is opened again; the next save opens it.

use std::{
    io,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use seal::{PlanId, Time};
use store::{Again, KeepError, OpenError, Store};
use sync::SaveId;
use tokio::sync::mpsc;

use crate::{ask::Reply, error::Refused, limits, settings::Pause};

/// A look into the store, which answers whoever wanted it. There is none while the store cannot be opened.
pub(crate) type Look = Box<dyn FnOnce(Result<&Store, Refused>) + Send>;

/// Something to be done to the lock of the home.
pub(crate) type Lock = Box<dyn FnOnce(&mut Store) -> Result<(), OpenError> + Send>;

/// What the keeper is given to do, in order.
pub(crate) enum Job {
    /// What the machine wants saved.
    Save(SaveId, sync::Batch),
    /// Records of the node's own, or a snapshot; whoever waits is answered from here.
    Keep(store::Batch, Option<Reply<()>>),
    /// Records of the node's own that the loop itself waits for, under this number.
    Note(u64, store::Batch),
    /// Something to be read.
    Read(Look),
    /// A change of who can open this home, that the loop waits for under this number.
    Lock(u64, Lock),
    /// A plan of which nothing is to stay, that the loop waits for under this number.
    Forget(u64, PlanId),
    /// The chapters this store must renew are written down: from here on it is the store that was last open here.
    MarkAnew,
}

/// What the keeper tells.
pub(crate) enum Said {
    /// This save is flushed.
    Saved(SaveId),
    /// This save failed; nothing more is written until the store has been opened again.
    NotSaved(SaveId, Refused),
    /// What became of a note.
    Noted(u64, Result<(), Refused>),
}

/// The way to the keeper.
pub(crate) struct Keeper {
    jobs: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
}

/// What the keeper needs to open the store again.
pub(crate) struct Reopen {
    /// The key of the home, not what unlocks it: a passphrase is forgotten as soon as it has opened the home.
    pub(crate) again: Again,
    pub(crate) program: String,
}

impl Keeper {
    pub(crate) fn start(
        store: Store,
        reopen: Reopen,
        pause: Option<Pause>,
        said: mpsc::Sender<Said>,
    ) -> io::Result<Keeper> {
        let (jobs, todo) = mpsc::channel(limits::JOBS);
        let desk =
            Desk { store: Some(store), reopen, dice: pause.map(Dice::new), copying: Copying::Not { looked: None } };
        let thread = thread::Builder::new().name("store".to_owned()).spawn(move || desk.work(todo, &said))?;
        Ok(Keeper { jobs, thread })
    }

    /// Whether an ask may add a job. Half of the room is for the machine alone, which never fills it.
    pub(crate) fn has_room(&self) -> bool {
        self.jobs.capacity() > limits::JOBS / 2
    }

    /// Hands over a job.
    pub(crate) fn give(&self, job: Job) {
        let given = self.jobs.try_send(job);
        assert!(given.is_ok(), "half of the room is kept for the machine, which has one save under way at a time");
    }

    /// Keeps records of the node's own; whoever waits is answered.
    pub(crate) fn keep(&self, batch: store::Batch, reply: Option<Reply<()>>) {
        if self.has_room() {
            self.give(Job::Keep(batch, reply));
        } else if let Some(reply) = reply {
            reply.say(Err(Refused::Busy));
        }
    }

    /// Waits until everything given is done and the home is free again.
    pub(crate) fn stop(self) {
        let Keeper { jobs, thread } = self;
        drop(jobs);
        // A keeper that panicked has nothing left to close.
        let _ = thread.join();
    }
}

struct Desk {
    store: Option<Store>,
    reopen: Reopen,
    dice: Option<Dice>,
    copying: Copying,
}

/// Where the daily copy stands.
enum Copying {
    /// None is being made; when it was last asked whether one is due.
    Not { looked: Option<Instant> },
    /// One is being made, from a view of its own, beside the work.
    Under(JoinHandle<()>),
}

impl Desk {
    fn work(mut self, mut todo: mpsc::Receiver<Job>, said: &mpsc::Sender<Said>) {
        self.copy_if_due();
        while let Some(job) = todo.blocking_recv() {
            self.copy_if_due();
            match job {
                Job::Save(id, batch) => {
                    let answer = match self.save(kept(batch)) {
                        Ok(()) => Said::Saved(id),
                        Err(why) => Said::NotSaved(id, why),
                    };
                    if let Some(dice) = &mut self.dice {
                        thread::sleep(dice.throw());
                    }
                    // The loop has ended: nobody is left to tell.
                    let _ = said.blocking_send(answer);
                }
                Job::Keep(batch, reply) => {
                    let kept = self.save(batch);
                    if let Some(reply) = reply {
                        reply.say(kept);
                    }
                }
                Job::Note(number, batch) => {
                    let noted = self.save(batch);
                    let _ = said.blocking_send(Said::Noted(number, noted));
                }
                Job::Read(read) => read(self.store.as_ref().ok_or(Refused::NotSaved)),
                Job::Lock(number, change) => {
                    // A copy that is being made would keep the old lock beside it.
                    self.end_copying();
                    let changed = self.store.as_mut().ok_or(Refused::NotSaved);
                    let changed = changed.and_then(|store| change(store).map_err(|error| not_locked(&error)));
                    let _ = said.blocking_send(Said::Noted(number, changed));
                }
                Job::Forget(number, plan) => {
                    let _ = said.blocking_send(Said::Noted(number, self.forget(plan)));
                }
                Job::MarkAnew => {
                    if let Some(Err(error)) = self.store.as_mut().map(Store::mark_anew) {
                        tracing::warn!(%error, "the mark of this home could not be written anew");
                    }
                }
            }
        }
        if let Copying::Under(thread) = self.copying {
            // A copy that panicked has left nothing that counts as one.
            let _ = thread.join();
        }
        if let Some(Err(error)) = self.store.take().map(Store::close) {
            tracing::warn!(%error, "the store did not close as it should");
        }
    }

    /// Begins the daily copy on a thread of its own. A copy that fails is tried again an hour later; the work goes on.
    fn copy_if_due(&mut self) {
        match &self.copying {
            Copying::Under(thread) if !thread.is_finished() => return,
            Copying::Not { looked: Some(looked) } if looked.elapsed() < limits::COPY_LOOK => return,
            Copying::Under(_) | Copying::Not { .. } => {}
        }
        self.copying = Copying::Not { looked: Some(Instant::now()) };
        let now: Time = crate::hands::now();
        let Some(store) = self.store.as_ref().filter(|store| store.copy_is_due(now)) else { return };
        let Ok(Some(copy)) = store.copy(now) else { return tracing::warn!("the daily copy could not be begun") };
        let begun = thread::Builder::new().name("copy".to_owned()).spawn(move || {
            if let Err(error) = copy.finish() {
                tracing::warn!(%error, "the daily copy was not made");
            }
        });
        if let Ok(thread) = begun {
            self.copying = Copying::Under(thread);
        }
    }

    fn save(&mut self, batch: store::Batch) -> Result<(), Refused> {
        if self.store.as_ref().is_none_or(Store::is_stopped) {
            self.open_again()?;
        }
        let store = self.store.as_mut().expect("just opened");
        store.save(batch).map_err(|error| {
            tracing::warn!(%error, "not saved");
            refused(&error)
        })
    }

    fn end_copying(&mut self) {
        if let Copying::Under(thread) = std::mem::replace(&mut self.copying, Copying::Not { looked: None }) {
            let _ = thread.join();
        }
    }

    fn forget(&mut self, plan: PlanId) -> Result<(), Refused> {
        // A copy that is being made holds what is to be forgotten, and nobody may read while the file is made smaller.
        self.end_copying();
        if self.store.as_ref().is_none_or(Store::is_stopped) {
            self.open_again()?;
        }
        let store = self.store.as_mut().expect("just opened");
        store.forget(plan).map_err(|error| {
            tracing::warn!(%error, "a plan was not forgotten");
            refused(&error)
        })
    }

    fn open_again(&mut self) -> Result<(), Refused> {
        // The lock is let go with the old store; whoever takes it meanwhile has a right to it.
        drop(self.store.take());
        let Reopen { again, program } = &self.reopen;
        let store = again.open(program).map_err(|error| {
            tracing::warn!(%error, "the store cannot be opened again");
            not_locked(&error)
        })?;
        self.store = Some(store);
        Ok(())
    }
}

fn not_locked(error: &OpenError) -> Refused {
    match error {
        OpenError::Full => Refused::DiskFull,
        OpenError::WrongPassphrase | OpenError::PassphraseNeeded => Refused::WrongPassphrase,
        _ => Refused::NotSaved,
    }
}

pub(crate) fn refused(error: &KeepError) -> Refused {
    match error {
        KeepError::Full => Refused::DiskFull,
        KeepError::TooLarge => Refused::TooLong,
        KeepError::ReadOnly | KeepError::Failed(_) | KeepError::Damaged | KeepError::Stopped => Refused::NotSaved,
    }
}

/// What the machine wants saved, in the store's words. Signatures no longer needed are found by the store itself.
fn kept(batch: sync::Batch) -> store::Batch {
    let sync::Batch { statements, edits, tips, spent: _ } = batch;
    let mut kept = store::Batch::new();
    for (plan, statement) in &statements {
        kept.statement(*plan, statement.bytes().into(), statement.signature());
    }
    for (plan, doc, edits) in &edits {
        kept.edits(*plan, *doc, edits);
    }
    for (plan, doc, chain, tip) in &tips {
        kept.tip(*plan, *doc, *chain, tip);
    }
    kept
}

/// Everything signed about one plan, as the machine takes it back.
pub(crate) fn recall_statements(store: &Store, plan: PlanId) -> Option<Vec<circle::Statement>> {
    let kept = store.recall_statements(plan).ok()?;
    kept.iter().map(|kept| recall_statement(kept).ok()).collect()
}

#[expect(clippy::disallowed_methods, reason = "this is what reads this device's own store back")]
fn recall_statement(kept: &store::KeptStatement) -> Result<circle::Statement, circle::Refused> {
    circle::Statement::recall(&kept.bytes, kept.signature)
}

/// The dice of a [`Pause`]: splitmix64, so that a seed means the same pauses everywhere.
struct Dice {
    state: u64,
    longest: Duration,
}

impl Dice {
    fn new(pause: Pause) -> Dice {
        Dice { state: pause.seed, longest: pause.longest }
    }

    fn throw(&mut self) -> Duration {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let longest = u64::try_from(self.longest.as_micros()).unwrap_or(u64::MAX);
        Duration::from_micros(mixed % longest.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_pauses_the_same_and_never_too_long() {
        let pause = Pause { seed: 7, longest: Duration::from_millis(30) };
        let (mut one, mut other) = (Dice::new(pause), Dice::new(pause));
        let pauses: Vec<Duration> = (0..100).map(|_| one.throw()).collect();
        assert!(pauses.iter().all(|length| *length <= pause.longest && *length == other.throw()));
        assert!(pauses.iter().any(|length| *length > Duration::from_millis(15)));
    }
}
