//! Attached files, on the loop's side: what documents name, what is kept, what is shown, and what nothing names any more.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    path::PathBuf,
    thread,
};

use seal::{DocId, FileId, PlanId, Time};
use sync::{Fetching, FileInput, FileOutput, FileState, Input, Sync};
use tokio::time::Instant;

use crate::{
    ask::{self, Reply},
    error::Refused,
    filer::{self, Job, Said},
    hands::{Hands, now},
    keeper, limits,
    news::News,
    picture,
};

mod prepare;
mod unfit;

pub use self::{
    prepare::{Looks, Source, looks_like, may_be_opened},
    unfit::Unfit,
};

/// The group of records of what documents name.
pub(crate) const NAMES: &str = "names";
/// The record of which files are fetched by themselves. It lies where `Recall` finds it.
pub(crate) const FETCHING: &str = "kept/files-on-asking";
/// The record of since when nothing names a file.
pub(crate) const NOBODYS: &str = "files/nobodys";

/// What the loop remembers of files.
#[derive(Default)]
pub(crate) struct Attached {
    /// Since when nothing names a file that is kept.
    nobodys: BTreeMap<(PlanId, FileId), Time>,
    looked: Option<Instant>,
    /// Plans whose files are to be told anew.
    pub(crate) changed: BTreeSet<PlanId>,
}

/// Gives the machine back what documents named, what is here, and which files to fetch.
pub(crate) fn take_back(
    store: &store::Store,
    here: Vec<(PlanId, FileId, sync::Come)>,
    sync: &mut Sync,
) -> Result<Attached, store::RecallError> {
    let at = now();
    for (plan, file, come) in here {
        sync.handle(Input::File(FileInput::Kept(plan, file, Some(come))), at);
    }
    let mut named: BTreeMap<(PlanId, DocId), BTreeMap<FileId, u64>> = BTreeMap::new();
    for value in store.records(NAMES)?.into_values() {
        if let Ok((plan, doc, names)) = read_names(&value) {
            named.entry((plan, doc)).or_default().extend(names);
        }
    }
    for ((plan, doc), names) in named {
        sync.handle(Input::File(FileInput::Named(plan, doc, names)), at);
    }
    if store.record(FETCHING)?.is_some() {
        sync.handle(Input::File(FileInput::Fetching(Fetching::Small)), at);
    }
    let nobodys: Option<Vec<((PlanId, FileId), Time)>> =
        store.record(NOBODYS)?.and_then(|value| seal::decode(&value, value.len()).ok());
    // Nobody is connected yet: there is nothing to be done about it but to say where they stand.
    while sync.poll().is_some() {}
    let nobodys = nobodys.unwrap_or_default().into_iter().collect();
    Ok(Attached { nobodys, changed: sync.plans().collect(), ..Attached::default() })
}

/// In how many records so many names are kept: one at least.
fn records_of(names: usize) -> usize {
    names.div_ceil(limits::NAMES_IN_RECORD).max(1)
}

/// What one of them is called.
fn record_of(plan: PlanId, doc: DocId, nth: usize) -> String {
    match nth {
        0 => format!("{NAMES}/{plan}/{doc}"),
        nth => format!("{NAMES}/{plan}/{doc}/{nth}"),
    }
}

fn read_names(value: &[u8]) -> Result<(PlanId, DocId, BTreeMap<FileId, u64>), seal::Malformed> {
    let (plan, doc, names): (PlanId, DocId, Vec<(FileId, u64)>) = seal::decode(value, value.len())?;
    Ok((plan, doc, names.into_iter().collect()))
}

impl Hands {
    /// What the machine wants done with files.
    pub(crate) fn file_wanted(&mut self, wanted: FileOutput) {
        let job = match wanted {
            FileOutput::Read(asked) => Job::Read(asked),
            FileOutput::Keep { plan, file, outline, from, pieces } => Job::Add { plan, file, outline, from, pieces },
        };
        match self.filer.give(job).map_err(|job| *job) {
            Ok(()) => {}
            // So much at once is asked for by nobody honest: they are told that there is nothing.
            Err(Job::Read(asked)) => self.later.push(Input::File(FileInput::Read(asked, Vec::new()))),
            Err(Job::Add { plan, file, .. }) => self.later.push(Input::File(FileInput::NotKept(plan, file))),
            Err(_) => {}
        }
    }

    /// What the filer says.
    pub(crate) fn filed(&mut self, said: Said) {
        match said {
            Said::Kept(plan, file, come) => self.handle(Input::File(FileInput::Kept(plan, file, come))),
            Said::NotKept(plan, file) => self.handle(Input::File(FileInput::NotKept(plan, file))),
            Said::Read(asked, pieces) => self.handle(Input::File(FileInput::Read(asked, pieces))),
            Said::Noted(number, noted) => self.kept(keeper::Said::Noted(number, noted)),
        }
    }

    /// What a document names now. It is remembered, so that files come and go while nobody has the document open.
    pub(crate) fn name_files(&mut self, ask: ask::NameFiles, reply: Reply<()>) {
        let ask::NameFiles { plan, doc, files } = ask;
        if self.sync.ledger(plan).is_none() {
            return reply.say(Err(Refused::NoSuchPlan));
        }
        if self.sync.names(plan, doc) == files {
            return reply.say(Ok(()));
        }
        let names: Vec<(FileId, u64)> =
            files.iter().map(|(file, bytes)| (*file, *bytes)).take(sync::limits::NAMED).collect();
        let before = self.sync.names(plan, doc).len();
        let mut batch = store::Batch::new();
        for nth in 0..records_of(names.len()).max(records_of(before)) {
            let rest = names.get(nth * limits::NAMES_IN_RECORD..).unwrap_or_default();
            match rest.chunks(limits::NAMES_IN_RECORD).next() {
                None if nth > 0 => _ = batch.forget(&record_of(plan, doc, nth)),
                some => {
                    let some = some.unwrap_or_default().to_vec();
                    batch.record(&record_of(plan, doc, nth), seal::encode(&(plan, doc, some)));
                }
            }
        }
        self.handle(Input::File(FileInput::Named(plan, doc, files)));
        self.attached.changed.insert(plan);
        self.attached.looked = None;
        self.keeper.keep(batch, Some(reply));
    }

    /// Keeps files that were brought with a plan, byte for byte as any that come from elsewhere. One that finds no room is told of as
    /// one that has not come.
    pub(crate) fn keep_brought(&mut self, plan: PlanId, files: Vec<Vec<u8>>) {
        for bytes in files {
            let job = Job::Keep(plan, bytes, Box::new(|_| ()));
            if self.filer.give(job).is_err() {
                tracing::warn!("a file that was brought with a plan was not kept");
            }
        }
    }

    /// Keeps a file from this computer: looked at, cleaned and flushed before it is named anywhere.
    pub(crate) fn attach_file(&mut self, ask: ask::AttachFile, reply: Reply<ask::AttachedFile>) {
        let ask::AttachFile { plan, source } = ask;
        if self.sync.ledger(plan).is_none() {
            return reply.say(Err(Refused::NoSuchPlan));
        }
        let (program, way) = (self.settings.program.clone(), self.filer.way());
        self.beside("attach", move || match prepare::prepare(source, &program) {
            Err(unfit) => reply.say(Err(unfit.into())),
            Ok(prepare::Prepared { bytes, name, looks }) => {
                let length = bytes.len() as u64;
                let answer = move |kept: Result<FileId, Refused>| {
                    reply.say(kept.map(|file| ask::AttachedFile { file, bytes: length, name, looks }));
                };
                // The node has ended: whoever waits hears that, because the reply goes with the job.
                let _ = way.blocking_send(Job::Keep(plan, bytes, Box::new(answer)));
            }
        });
    }

    /// Writes a copy of a file where its holder wants it.
    pub(crate) fn save_file(&mut self, ask: ask::SaveFile, reply: Reply<()>) {
        let ask::SaveFile { plan, file, to } = ask;
        let take = move |bytes: Result<Vec<u8>, Refused>| {
            let saved = bytes.and_then(|bytes| write_new(&to, &bytes).map_err(Refused::File));
            reply.say(saved);
        };
        self.whole_file(plan, file, Box::new(take));
    }

    /// The bytes of a file.
    pub(crate) fn read_file(&mut self, ask: ask::ReadFile, reply: Reply<Vec<u8>>) {
        let ask::ReadFile { plan, file } = ask;
        self.whole_file(plan, file, Box::new(move |bytes| reply.say(bytes)));
    }

    /// A picture as it may be shown: decoded by a child of this program with little memory and time.
    pub(crate) fn see_picture(&mut self, ask: ask::SeePicture, reply: Reply<ask::Picture>) {
        let ask::SeePicture { plan, file, side } = ask;
        let program = self.settings.program.clone();
        let take = move |bytes: Result<Vec<u8>, Refused>| match bytes {
            Err(refused) => reply.say(Err(refused)),
            Ok(bytes) => {
                let look = move || reply.say(picture::look(&program, &bytes, side).map_err(Refused::File));
                // The filer goes on meanwhile. Without a thread whoever waits hears that nothing came of it.
                let _ = thread::Builder::new().name("picture".to_owned()).spawn(look);
            }
        };
        self.whole_file(plan, file, Box::new(take));
    }

    fn whole_file(&mut self, plan: PlanId, file: FileId, take: filer::Take) {
        if let Err(Job::Whole(_, _, take)) = self.filer.give(Job::Whole(plan, file, take)).map_err(|job| *job) {
            take(Err(Refused::Busy));
        }
    }

    fn beside(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        // Without a thread the reply is dropped with the work, and whoever waits hears that nothing came of it.
        if thread::Builder::new().name(name.to_owned()).spawn(work).is_err() {
            tracing::warn!("no thread to look at a file on");
        }
    }

    pub(crate) fn fetch_file(&mut self, ask: ask::FetchFile) {
        self.handle(Input::File(FileInput::Wish(ask.plan, ask.file)));
    }

    pub(crate) fn fetch_which(&mut self, ask: ask::FetchWhich, reply: Reply<()>) {
        let ask::FetchWhich(fetching) = ask;
        let mut batch = store::Batch::new();
        match fetching {
            Fetching::All => _ = batch.forget(FETCHING),
            Fetching::Small => _ = batch.record(FETCHING, vec![1]),
        }
        self.handle(Input::File(FileInput::Fetching(fetching)));
        self.attached.changed.extend(self.sync.plans());
        self.keeper.keep(batch, Some(reply));
    }

    pub(crate) fn files_of(&self, plan: PlanId) -> Result<BTreeMap<FileId, FileState>, Refused> {
        self.ledger(plan)?;
        Ok(self.sync.file_states(plan))
    }

    /// Tells the owner where files stand, once however often that changed.
    pub(crate) fn tell_files(&mut self) {
        for plan in std::mem::take(&mut self.attached.changed) {
            let files = self.sync.file_states(plan);
            self.outbox.put(News::Files { plan, files });
        }
    }

    /// Drops files that nothing has named for a month: an undo, a removal that is taken back, a device that comes home late
    /// may name them again.
    pub(crate) fn tend_nobodys_files(&mut self) {
        if self.attached.looked.is_some_and(|looked| looked.elapsed() < limits::NOBODYS_LOOK) {
            return;
        }
        self.attached.looked = Some(Instant::now());
        let (at, nobodys) = (now(), self.sync.nobodys_files());
        let before = self.attached.nobodys.len();
        self.attached.nobodys.retain(|key, _| nobodys.contains(key));
        let mut changed = self.attached.nobodys.len() != before;
        for key in nobodys {
            let known = self.attached.nobodys.get(&key).copied();
            let since = since_when(known, at);
            changed |= known != Some(since);
            self.attached.nobodys.insert(key, since);
        }
        let is_due = |since: &Time| since.plus(limits::NOBODYS_STAY) <= at;
        let mut due: BTreeMap<PlanId, Vec<FileId>> = BTreeMap::new();
        for ((plan, file), _) in self.attached.nobodys.iter().filter(|(_, since)| is_due(since)) {
            due.entry(*plan).or_default().push(*file);
        }
        for (plan, files) in due {
            let _ = self.filer.give(Job::Forget(plan, files));
        }
        if changed {
            let kept: Vec<((PlanId, FileId), Time)> =
                self.attached.nobodys.iter().map(|(key, since)| (*key, *since)).take(limits::NOBODYS).collect();
            let mut batch = store::Batch::new();
            batch.record(NOBODYS, seal::encode(&kept));
            self.keeper.keep(batch, None);
        }
    }

    /// Forgets all files of a plan.
    pub(crate) fn forget_files(&mut self, plan: PlanId, docs: &[DocId], number: u64) {
        let mut batch = store::Batch::new();
        for doc in docs {
            for nth in 0..records_of(self.sync.names(plan, *doc).len()) {
                batch.forget(&record_of(plan, *doc, nth));
            }
        }
        self.keeper.keep(batch, None);
        self.attached.nobodys.retain(|(of, _), _| *of != plan);
        if self.filer.give(Job::ForgetPlan(number, plan)).is_err() {
            self.kept(keeper::Said::Noted(number, Err(Refused::Busy)));
        }
    }
}

/// Writes a file that was not there before, and that only its owner may read. Nothing of anybody's is written over.
fn write_new(to: &PathBuf, bytes: &[u8]) -> Result<(), Unfit> {
    let mut file = store::owner_only().write(true).create_new(true).open(to).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Unfit::IsThere,
        _ => Unfit::NotWritten,
    })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|_| Unfit::NotWritten)
}

/// Since when nothing names a file, as of now: a day from before there was this program is that of a clock that was not set
/// yet, and says nothing.
fn since_when(known: Option<Time>, at: Time) -> Time {
    known.filter(|since| limits::CLOCK_IS_SET <= *since).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_right_makes_no_file_older() {
        let (unset, now) = (Time(90_000), Time(limits::CLOCK_IS_SET.0 + limits::NOBODYS_STAY));
        let first = since_when(None, unset);
        assert_eq!(since_when(Some(first), now), now);
        let day = now.plus(24 * 60 * 60 * 1000);
        assert_eq!(since_when(Some(now), day), now);
    }
}
