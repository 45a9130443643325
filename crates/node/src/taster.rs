//! The taster: the same program started again as a child with little memory and little time, which opens what nobody should
//! open unprotected. Whatever happens in there, this program goes on. What is exactly what its edits make needs none: it is held
//! against them right here, without automerge, and opened once they have passed the door (`plan::compact::Exact`).
//!
//! ```text
//! in   the compact document, to the end of the input
//! out  for each edit: length 4, big-endian, bytes | length 0 | heads 2, each 32
//!      then length 4, the compact form that the edits make | then 1, once that was tried
//! ```
//!
//! The edits come first, so that they can be weighed meanwhile: each is hashed, verified and weighed like any other, whatever
//! the taster says of the whole. The compact form that came is thrown away in there; the program opens the one that was made
//! from the edits alone once all of these have passed the door, and keeps it and passes it on once it was tried as well.

use std::{
    io::{self, BufReader, BufWriter, Read, Write},
    panic::catch_unwind,
    path::{Path, PathBuf},
    process::{self, Command, ExitCode, Stdio},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::Instant,
};

use plan::{
    compact::{self, Exact, Unpacked},
    door,
};
use seal::{Bytes, DocId, Edit, EditHash, PlanId};
use tokio::sync::mpsc as to_loop;

use crate::{limits, picture};

/// The one word after the program's name that makes it a taster.
pub const TASTER: &str = "taster";

/// What a taster found, or what was fetched to be given away whole.
pub(crate) enum Said {
    /// A compact form to be offered, if there is one; and as a snapshot, if it was made just now.
    Packed(PlanId, DocId, Option<sync::Packed>, Option<Box<store::Snapshot>>),
    /// The edits, each after what it builds on; nothing if there were none to be had.
    Edits(PlanId, DocId, Option<Vec<Edit>>),
    /// The compact form that these make; nothing if there is none.
    Made(PlanId, DocId, Option<Made>),
    /// Whether that loads again and is the same.
    Tried(PlanId, DocId, Verdict),
}

/// A compact form that is what its edits alone make.
pub(crate) struct Made {
    pub(crate) document: Bytes,
    /// The edits nothing else in it builds on.
    pub(crate) heads: Vec<EditHash>,
    pub(crate) how: How,
}

/// How it is known that its edits alone make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// A taster made it of them, and tries it now.
    Tasted,
    /// It is the one that came, and all of it was held against its edits. Nobody tries it yet.
    Exact,
}

/// What the taster says of what it made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Good,
    Bad,
}

/// One compact form at a time is read by ourselves: a few bytes can say that there is much to read.
static READING: Mutex<()> = Mutex::new(());

/// Has a compact document unpacked, on a thread of its own: one that is exactly what its edits make right there, any other by a
/// taster, which tries it as well. What comes of it is said in two or three parts.
pub(crate) fn taste(program: PathBuf, plan: PlanId, doc: DocId, deflated: Bytes, said: to_loop::Sender<Said>) {
    let back = said.clone();
    let work = move || {
        let document = compact::inflate(&deflated);
        // It never panics; should it, a taster does better.
        let exact = document.as_ref().and_then(|document| {
            // Whoever held it and panicked has left nothing half done.
            let _one = READING.lock().unwrap_or_else(PoisonError::into_inner);
            catch_unwind(|| Exact::read(doc, document)).ok().flatten()
        });
        if let Some((exact, document)) = exact.zip(document.as_ref()) {
            let (edits, heads) = exact.into_parts();
            // Whenever the loop has ended nobody is left to tell.
            let _ = said.blocking_send(Said::Edits(plan, doc, Some(edits)));
            let made = Made { document: document.as_slice().into(), heads, how: How::Exact };
            let _ = said.blocking_send(Said::Made(plan, doc, Some(made)));
            return;
        }
        let until = Instant::now() + limits::TASTING;
        let taster = document.and_then(|document| Taster::start(&program, &document));
        let (edits, heads) = taster.as_ref().and_then(|taster| taster.edits(until)).unzip();
        // Some may be none: the others may still be some.
        let read = |edits: Vec<Bytes>| edits.into_iter().filter_map(|bytes| Edit::read(doc, bytes, door::head).ok());
        let _ = said.blocking_send(Said::Edits(plan, doc, edits.map(|edits| read(edits).collect())));
        let document = taster.as_ref().zip(heads.as_ref()).and_then(|(taster, _)| taster.made(until));
        let made =
            document.zip(heads).map(|(document, heads)| Made { document: document.into(), heads, how: How::Tasted });
        let tries = taster.filter(|_| made.is_some());
        let _ = said.blocking_send(Said::Made(plan, doc, made));
        let verdict = tries.map_or(Verdict::Bad, |taster| taster.verdict(until));
        let _ = said.blocking_send(Said::Tried(plan, doc, verdict));
    };
    if thread::Builder::new().name("taster".to_owned()).spawn(work).is_err() {
        // That is enough to go on edit by edit.
        let _ = back.try_send(Said::Edits(plan, doc, None));
        let _ = back.try_send(Said::Made(plan, doc, None));
    }
}

/// Tries a compact form that is exactly what its edits make, all of which have passed the door. It is no stranger any more than a
/// snapshot of our own is, so it needs no child.
pub(crate) fn try_exact(plan: PlanId, doc: DocId, document: Bytes, said: to_loop::Sender<Said>) {
    let back = said.clone();
    let work = move || {
        // On other systems it would hold back the whole program.
        #[cfg(target_os = "linux")]
        step_aside();
        let verdict = if compact::stands(&document) { Verdict::Good } else { Verdict::Bad };
        let _ = said.blocking_send(Said::Tried(plan, doc, verdict));
    };
    if thread::Builder::new().name("trial".to_owned()).stack_size(limits::DOOR_STACK).spawn(work).is_err() {
        let _ = back.try_send(Said::Tried(plan, doc, Verdict::Bad));
    }
}

/// A child under way. Dropping it ends it.
struct Taster {
    _child: Child,
    heard: mpsc::Receiver<Heard>,
}

enum Heard {
    Edits(Vec<Bytes>, Vec<EditHash>),
    Made(Vec<u8>),
    Tried,
}

impl Taster {
    fn start(program: &Path, document: &[u8]) -> Option<Taster> {
        let mut child = Child::start(program, &[])?;
        let (mut input, output) = child.pipes()?;
        let (tell, heard) = mpsc::sync_channel(3);
        let taster = Taster { _child: child, heard };
        // It reads all of it before it says anything, so neither waits for the other.
        input.write_all(document).ok()?;
        drop(input);
        let listen = move || {
            let mut output = BufReader::with_capacity(limits::TASTER_BUFFER, output);
            let Some((edits, heads)) = read_edits(&mut output) else { return };
            let _ = tell.send(Heard::Edits(edits, heads));
            let Some(made) = read_made(&mut output) else { return };
            let _ = tell.send(Heard::Made(made));
            if output.read_exact(&mut [0]).is_ok() {
                let _ = tell.send(Heard::Tried);
            }
        };
        thread::Builder::new().name("taster".to_owned()).spawn(listen).ok()?;
        Some(taster)
    }

    fn edits(&self, until: Instant) -> Option<(Vec<Bytes>, Vec<EditHash>)> {
        match self.next(until)? {
            Heard::Edits(edits, heads) => Some((edits, heads)),
            Heard::Made(_) | Heard::Tried => None,
        }
    }

    fn made(&self, until: Instant) -> Option<Vec<u8>> {
        match self.next(until)? {
            Heard::Made(made) => Some(made),
            Heard::Edits(..) | Heard::Tried => None,
        }
    }

    fn verdict(self, until: Instant) -> Verdict {
        match self.next(until) {
            Some(Heard::Tried) => Verdict::Good,
            Some(Heard::Edits(..) | Heard::Made(_)) | None => Verdict::Bad,
        }
    }

    fn next(&self, until: Instant) -> Option<Heard> {
        self.heard.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
    }
}

/// The program started again. Dropping it ends it.
pub(crate) struct Child(process::Child);

impl Child {
    /// Starts one that is told these words.
    pub(crate) fn start(program: &Path, words: &[&str]) -> Option<Child> {
        let mut command = Command::new(program);
        // Nothing of ours goes along: no secrets in the environment, no folder, no place to complain to.
        command.arg(TASTER).args(words).env_clear().current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(libraries) = std::env::var_os("LD_LIBRARY_PATH") {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        command.spawn().ok().map(Child)
    }

    /// What it reads and what it writes; once.
    pub(crate) fn pipes(&mut self) -> Option<(process::ChildStdin, process::ChildStdout)> {
        self.0.stdin.take().zip(self.0.stdout.take())
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // One that has ended already cannot be killed again.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the child says of edits and heads, within bounds: it may have been taken over by what it read.
fn read_edits(output: &mut impl Read) -> Option<(Vec<Bytes>, Vec<EditHash>)> {
    let mut edits = Vec::new();
    let mut room = limits::TASTED_BYTES;
    loop {
        let mut length = [0; 4];
        output.read_exact(&mut length).ok()?;
        let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
        if length == 0 {
            break;
        }
        room = room.checked_sub(length + size_of::<Bytes>())?;
        if length > seal::EDIT_BYTES {
            return None;
        }
        let mut bytes = vec![0; length];
        output.read_exact(&mut bytes).ok()?;
        edits.push(Bytes::from(bytes));
    }
    let mut count = [0; 2];
    output.read_exact(&mut count).ok()?;
    let mut heads = Vec::new();
    for _ in 0..u16::from_be_bytes(count) {
        let mut head = [0; EditHash::LEN];
        output.read_exact(&mut head).ok()?;
        heads.push(EditHash::new(head));
    }
    Some((edits, heads))
}

/// The compact form the child made.
fn read_made(output: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    output.read_exact(&mut length).ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok().filter(|length| *length <= limits::SNAPSHOT)?;
    let mut made = vec![0; length];
    output.read_exact(&mut made).ok()?;
    door::is_one_document(&made).then_some(made)
}

/// The child's own main: bounds itself, then reads what it is given and says what it found. Silence means no.
pub fn taster() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(2).collect();
    let tasted = bind().and_then(|()| {
        if let Some(tasted) = picture::taste(&words) {
            return tasted;
        }
        let mut document = Vec::new();
        io::stdin().lock().take(plan::limits::COMPACT_BYTES as u64 + 1).read_to_end(&mut document)?;
        // A stack of known size: what is read here may be nested as deep as its maker liked.
        let stack = thread::Builder::new().name("taster".to_owned()).stack_size(limits::DOOR_STACK);
        let thread = stack.spawn(move || try_it(&document))?;
        thread.join().map_err(|_| io::ErrorKind::InvalidData)?
    });
    if tasted.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn try_it(document: &[u8]) -> io::Result<()> {
    let unpacked = Unpacked::read(document).ok_or(io::ErrorKind::InvalidData)?;
    let mut out = BufWriter::with_capacity(limits::TASTER_BUFFER, io::stdout().lock());
    for edit in unpacked.edits() {
        out.write_all(&u32::try_from(edit.len()).map_err(|_| io::ErrorKind::InvalidData)?.to_be_bytes())?;
        out.write_all(edit)?;
    }
    out.write_all(&[0; 4])?;
    let heads = unpacked.heads();
    out.write_all(&u16::try_from(heads.len()).map_err(|_| io::ErrorKind::InvalidData)?.to_be_bytes())?;
    for head in heads {
        out.write_all(head.as_bytes())?;
    }
    out.flush()?;
    let made = unpacked.made_again().ok_or(io::ErrorKind::InvalidData)?;
    let saved = made.saved();
    out.write_all(&u32::try_from(saved.len()).map_err(|_| io::ErrorKind::InvalidData)?.to_be_bytes())?;
    out.write_all(saved)?;
    out.flush()?;
    step_aside();
    made.tried().ok_or(io::ErrorKind::InvalidData)?;
    out.write_all(&[1])?;
    out.flush()
}

/// Nobody waits for the trial: whatever weighs, keeps and shows what was found goes first.
fn step_aside() {
    // Only a courtesy: a system that does not know it tries at its own pace.
    #[cfg(unix)]
    let _ = rustix::process::nice(limits::TRIAL_STEPS_ASIDE);
}

/// Little memory, little time, no files: set by the child for itself, before it has read anything.
#[cfg(unix)]
fn bind() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let bounds = [
        (Resource::As, limits::TASTER_MEMORY),
        (Resource::Cpu, limits::TASTING.as_secs()),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        // None beside those it was given.
        (Resource::Nofile, 0),
    ];
    for (resource, most) in bounds {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

/// Where a process cannot be bounded nothing is tasted: newcomers get every document edit by edit.
#[cfg(not(unix))]
fn bind() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
