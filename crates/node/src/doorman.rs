//! The thread at the door: everything is weighed here before it is kept, shown or passed on, ours like everybody's.
//!
//! It has a stack of its own size, since what it weighs was made elsewhere, and it holds no document.

use std::{
    collections::BTreeMap,
    io,
    sync::Arc,
    thread::{self, JoinHandle},
};

use plan::door::{self, House};
use seal::{
    Admitted, Bytes, ChainId, ChapterId, DeviceKey, DocId, Edit, EditHash, MILESTONE, PlanId, Refusal, Seq, Signed,
    Tip, Verified,
};
use store::Snapshot;
use tokio::sync::mpsc;

use crate::{ask::Reply, error::Refused, limits};

/// What the doorman is given to do, in order.
pub(crate) enum Job {
    /// Weigh what came from elsewhere.
    Weigh(PlanId, DocId, Vec<Verified>),
    /// Weigh and sign what this device wrote.
    Ours(Ours),
    /// Add a document's index to its snapshot.
    Index(PlanId, DocId, Box<Snapshot>, Reply<()>),
}

/// Edits this device wrote.
pub(crate) struct Ours {
    pub(crate) plan: PlanId,
    pub(crate) doc: DocId,
    pub(crate) chain: ChainId,
    pub(crate) chapter: ChapterId,
    /// The end of the chain as the machine knows it; the doorman may know of later ones on their way there.
    pub(crate) before: Option<(Seq, EditHash)>,
    pub(crate) edits: Vec<Bytes>,
    pub(crate) reply: Reply<()>,
}

/// What the doorman tells.
pub(crate) enum Said {
    /// What became of edits from elsewhere.
    Weighed(PlanId, DocId, Vec<Result<Admitted, (EditHash, Refusal)>>),
    /// A snapshot with the index of everything weighed before it.
    Indexed(PlanId, DocId, Box<Snapshot>, Reply<()>),
    /// Own edits that passed, in runs that each end on a signature, and what became of the rest.
    Signed { plan: PlanId, doc: DocId, runs: Vec<(Vec<Admitted>, Tip)>, refused: Option<Refused>, reply: Reply<()> },
}

/// The way to the doorman.
pub(crate) struct Doorman {
    jobs: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
}

impl Doorman {
    pub(crate) fn start(key: Arc<DeviceKey>, house: House, said: mpsc::Sender<Said>) -> io::Result<Doorman> {
        let (jobs, todo) = mpsc::channel(limits::JOBS);
        let desk = Desk { key, house, ends: BTreeMap::new() };
        let thread = thread::Builder::new()
            .name("door".to_owned())
            .stack_size(limits::DOOR_STACK)
            .spawn(move || desk.work(todo, &said))?;
        Ok(Doorman { jobs, thread })
    }

    /// Whether an ask may add a job. Half of the room is for the machine alone, which never fills it.
    pub(crate) fn has_room(&self) -> bool {
        self.jobs.capacity() > limits::JOBS / 2
    }

    /// Hands over a job.
    pub(crate) fn give(&self, job: Job) {
        let given = self.jobs.try_send(job);
        assert!(given.is_ok(), "half of the room is kept for the machine, which bounds what it has weighed at once");
    }

    /// Waits until everything given is weighed.
    pub(crate) fn stop(self) {
        let Doorman { jobs, thread } = self;
        drop(jobs);
        // A doorman that panicked has nothing left to do.
        let _ = thread.join();
    }
}

/// Does work of the door's kind on a thread with the door's stack, and waits for it.
pub(crate) fn at_the_door<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread =
            thread::Builder::new().name("door".to_owned()).stack_size(limits::DOOR_STACK).spawn_scoped(scope, work)?;
        thread.join().or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct Desk {
    key: Arc<DeviceKey>,
    house: House,
    /// The last own edit of each chain that passed here.
    ends: BTreeMap<(DocId, ChainId), (Seq, EditHash)>,
}

impl Desk {
    fn work(mut self, mut todo: mpsc::Receiver<Job>, said: &mpsc::Sender<Said>) {
        while let Some(job) = todo.blocking_recv() {
            let answer = match job {
                Job::Weigh(plan, doc, edits) => {
                    let weighed = edits.into_iter().map(|edit| self.weigh(edit)).collect();
                    Said::Weighed(plan, doc, weighed)
                }
                Job::Ours(ours) => self.sign(ours),
                Job::Index(plan, doc, mut snapshot, reply) => {
                    let Some(index) = self.house.export(doc) else {
                        reply.say(Err(Refused::NoSuchDocument));
                        continue;
                    };
                    snapshot.door = index;
                    Said::Indexed(plan, doc, snapshot, reply)
                }
            };
            // The loop has ended: nobody is left to tell.
            let _ = said.blocking_send(answer);
        }
    }

    fn weigh(&mut self, edit: Verified) -> Result<Admitted, (EditHash, Refusal)> {
        let hash = edit.edit().hash();
        edit.admit(&mut self.house).map_err(|refusal| (hash, refusal))
    }

    fn sign(&mut self, ours: Ours) -> Said {
        let Ours { plan, doc, chain, chapter, before, edits, reply } = ours;
        let mut end = self.ends.get(&(doc, chain)).copied().max(before);
        let (mut signed, mut refused) = (Vec::new(), None);
        for bytes in edits {
            match self.admit(plan, doc, chapter, end, bytes) {
                Ok((edit, tip)) => {
                    end = Some((tip.seq, tip.hash));
                    signed.push((edit, tip));
                }
                Err(why) => {
                    refused = Some(why);
                    break;
                }
            }
        }
        let runs = runs(signed);
        if let Some(end) = end {
            self.ends.insert((doc, chain), end);
        }
        Said::Signed { plan, doc, runs, refused, reply }
    }

    fn admit(
        &mut self,
        plan: PlanId,
        doc: DocId,
        chapter: ChapterId,
        before: Option<(Seq, EditHash)>,
        bytes: Bytes,
    ) -> Result<(Admitted, Tip), Refused> {
        let edit = Edit::read(doc, bytes, door::head).map_err(|_| Refused::NotOurs)?;
        let (edit, tip) = Signed::ours(&self.key, plan, chapter, before, edit).map_err(|refused| match refused {
            seal::Refused::Broken => Refused::Broken,
            seal::Refused::NotAnEdit
            | seal::Refused::OtherChain
            | seal::Refused::Unsigned
            | seal::Refused::NotTheirs
            | seal::Refused::Forged => Refused::NotOurs,
        })?;
        let edit = edit.admit(&mut self.house).map_err(Refused::Door)?;
        Ok((edit, tip))
    }
}

/// Runs that each end on the one signature worth keeping: the last, and every milestone before it.
fn runs(signed: Vec<(Admitted, Tip)>) -> Vec<(Vec<Admitted>, Tip)> {
    let last = signed.len();
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for (place, (edit, tip)) in signed.into_iter().enumerate() {
        run.push(edit);
        if place + 1 == last || tip.seq.number() % MILESTONE == 0 {
            runs.push((std::mem::take(&mut run), tip));
        }
    }
    runs
}
