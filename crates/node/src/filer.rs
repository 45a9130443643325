//! The thread that keeps attached files. It is not the keeper's: no word waits for a picture to be written.

use std::{
    io,
    thread::{self, JoinHandle},
};

use seal::{FILE_BYTES, FileId, Outline, PlanId};
use store::{Again, Files};
use sync::{Asked, Come};
use tokio::sync::mpsc;

use crate::{error::Refused, keeper, limits};

/// Takes the bytes of a file, or why there are none.
pub(crate) type Take = Box<dyn FnOnce(Result<Vec<u8>, Refused>) + Send>;

/// What the filer is given to do, in order.
pub(crate) enum Job {
    /// A whole file; whoever waits is told its id.
    Keep(PlanId, Vec<u8>, Box<dyn FnOnce(Result<FileId, Refused>) + Send>),
    /// The next pieces of a file that comes from elsewhere.
    Add { plan: PlanId, file: FileId, outline: Outline, from: usize, pieces: Vec<seal::Bytes> },
    /// Pieces somebody asked for.
    Read(Asked),
    /// All of a file.
    Whole(PlanId, FileId, Take),
    /// How many files of a plan are whole, and how many damaged.
    Check(PlanId, Box<dyn FnOnce((usize, usize)) + Send>),
    /// Files that nothing names.
    Forget(PlanId, Vec<FileId>),
    /// All of a plan, that the loop waits for under this number.
    ForgetPlan(u64, PlanId),
}

/// What the filer tells.
pub(crate) enum Said {
    /// How far a file has come on the disk.
    Kept(PlanId, FileId, Option<Come>),
    /// Pieces could not be kept.
    NotKept(PlanId, FileId),
    /// The pieces somebody asked for; none if they cannot be read.
    Read(Asked, Vec<seal::Bytes>),
    /// What became of something the loop waits for.
    Noted(u64, Result<(), Refused>),
}

/// The files of a home, and how far each has come.
pub(crate) type Here = Vec<(PlanId, FileId, Come)>;

/// The way to the filer.
pub(crate) struct Filer {
    jobs: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
}

impl Filer {
    /// Opens the files of a home and says what is there, then starts the thread. Without the files the device runs all the
    /// same: they are tried again with the next job.
    pub(crate) fn start(again: Again, said: mpsc::Sender<Said>) -> io::Result<(Filer, Here)> {
        let files = open(&again);
        let here = files.iter().flat_map(Files::list).map(|(plan, file, kept)| (plan, file, come(kept))).collect();
        let (jobs, mut todo) = mpsc::channel(limits::FILE_JOBS);
        let mut desk = Desk { again, files, said };
        let work = move || {
            while let Some(job) = todo.blocking_recv() {
                desk.work(job);
            }
            if let Some(Err(error)) = desk.files.take().map(Files::close) {
                tracing::warn!(%error, "the attached files did not close as they should");
            }
        };
        let thread = thread::Builder::new().name("files".to_owned()).spawn(work)?;
        Ok((Filer { jobs, thread }, here))
    }

    /// Hands over a job, or gives it back where there is no room.
    pub(crate) fn give(&self, job: Job) -> Result<(), Box<Job>> {
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(job) | mpsc::error::TrySendError::Closed(job) => Box::new(job),
        })
    }

    /// The way for a thread that may wait.
    pub(crate) fn way(&self) -> mpsc::Sender<Job> {
        self.jobs.clone()
    }

    /// Waits until everything given is done.
    pub(crate) fn stop(self) {
        let Filer { jobs, thread } = self;
        drop(jobs);
        let _ = thread.join();
    }
}

struct Desk {
    again: Again,
    files: Option<Files>,
    said: mpsc::Sender<Said>,
}

impl Desk {
    fn work(&mut self, job: Job) {
        match job {
            Job::Keep(plan, bytes, answer) => {
                let kept = self.writable().and_then(|files| {
                    let in_all: u64 = files.list().map(|(_, _, kept)| kept.outline.bytes()).sum();
                    if in_all + bytes.len() as u64 > sync::limits::FILES_BYTES {
                        return Err(crate::files::Unfit::NoRoom.into());
                    }
                    files.keep(plan, &bytes).map_err(|error| keeper::refused(&error))
                });
                if let Ok(file) = kept {
                    self.tell(plan, file);
                }
                answer(kept);
            }
            Job::Add { plan, file, outline, from, pieces } => {
                let kept = self.writable().and_then(|files| {
                    let here = files.kept(plan, file).map_or(0, |kept| kept.here);
                    // It came another way meanwhile: somebody attached the same file here.
                    if here != from {
                        return Ok(());
                    }
                    files.add(plan, file, &outline, from, &pieces).map_err(|error| keeper::refused(&error))
                });
                match kept {
                    Ok(()) => self.tell(plan, file),
                    Err(_) => self.say(Said::NotKept(plan, file)),
                }
            }
            Job::Read(asked) => {
                let Asked { plan, file, from, count, .. } = asked;
                let pieces = self.files.as_ref().map(|files| {
                    let range = from as usize..from as usize + count as usize;
                    range.map(|nth| files.piece(plan, file, nth)).collect::<Result<Option<Vec<_>>, _>>()
                });
                let pieces = match pieces {
                    Some(Ok(Some(pieces))) => pieces.into_iter().map(seal::Bytes::from).collect(),
                    Some(Err(_)) => {
                        self.let_go(plan, file);
                        Vec::new()
                    }
                    Some(Ok(None)) | None => Vec::new(),
                };
                self.say(Said::Read(asked, pieces));
            }
            Job::Whole(plan, file, take) => {
                let read = self.files.as_ref().map(|files| files.read(plan, file));
                take(match read {
                    Some(Ok(Some(bytes))) => Ok(bytes),
                    Some(Ok(None)) | None => Err(crate::files::Unfit::NotHere.into()),
                    Some(Err(_)) => {
                        self.let_go(plan, file);
                        Err(crate::files::Unfit::NotHere.into())
                    }
                });
            }
            Job::Check(plan, answer) => answer(self.files.as_ref().map_or((0, 0), |files| files.check(plan))),
            Job::Forget(plan, files) => {
                let gone =
                    self.writable().and_then(|kept| kept.forget(plan, &files).map_err(|error| keeper::refused(&error)));
                if gone.is_ok() {
                    files.iter().for_each(|file| self.tell(plan, *file));
                }
            }
            Job::ForgetPlan(number, plan) => {
                let gone = self.writable();
                let gone = gone.and_then(|files| files.forget_plan(plan).map_err(|error| keeper::refused(&error)));
                self.say(Said::Noted(number, gone));
            }
        }
    }

    /// A file of which something was altered on the disk is no file: it is fetched again.
    fn let_go(&mut self, plan: PlanId, file: FileId) {
        tracing::warn!("an attached file was altered on the disk and is fetched again");
        if let Ok(files) = self.writable()
            && files.forget(plan, &[file]).is_ok()
        {
            self.tell(plan, file);
        }
    }

    /// The files, opened again if an error stopped them.
    fn writable(&mut self) -> Result<&mut Files, Refused> {
        if self.files.as_ref().is_none_or(Files::is_stopped) {
            drop(self.files.take());
            self.files = open(&self.again);
        }
        self.files.as_mut().ok_or(Refused::NotSaved)
    }

    fn tell(&self, plan: PlanId, file: FileId) {
        let kept = self.files.as_ref().and_then(|files| files.kept(plan, file)).map(come);
        self.say(Said::Kept(plan, file, kept));
    }

    fn say(&self, said: Said) {
        // The loop has ended: nobody is left to tell.
        let _ = self.said.blocking_send(said);
    }
}

fn open(again: &Again) -> Option<Files> {
    again.files().map_err(|error| tracing::warn!(%error, "the attached files cannot be opened")).ok()
}

fn come(kept: &store::KeptFile) -> Come {
    Come { outline: kept.outline.clone(), here: kept.here }
}

/// Whether a file of so many bytes may be attached.
pub(crate) fn fits(bytes: u64) -> bool {
    bytes <= FILE_BYTES
}
