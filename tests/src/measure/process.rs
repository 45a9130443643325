//! A program that is spoken to line by line: a device under `serve --commands`, or a reference.

use std::{
    collections::VecDeque,
    ffi::OsStr,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, sync_channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::Stopped;

/// Lines that may wait here before the program has to: far more than one round of any measure prints.
const WAITING: usize = 100_000;

/// What a device is to log so that its frames can be counted.
const FRAMES: &str = "node::stream=trace";

/// The bytes of the frames that a device tells and hears, counted until it ends.
pub(super) struct Counter(thread::JoinHandle<u64>);

impl Counter {
    /// Those of all its streams; waits for its end.
    pub(super) fn bytes(self) -> u64 {
        self.0.join().expect("it only counts")
    }
}

/// A line that a program printed, and when it was here.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) said: Value,
    pub(super) at: Instant,
}

/// A running program.
pub(super) struct Process {
    name: String,
    child: Child,
    orders: Option<ChildStdin>,
    lines: Receiver<Heard>,
    aside: VecDeque<Heard>,
    last: String,
}

impl Process {
    /// Starts a program. What it says on standard error is ours.
    pub(super) fn start(name: &str, program: &Path, words: &[&OsStr]) -> Result<Self, Stopped> {
        Self::begin(name, Command::new(program).args(words))
    }

    /// Starts a device that logs every frame, and counts their bytes.
    pub(super) fn start_counted(name: &str, program: &Path, words: &[&OsStr]) -> Result<(Self, Counter), Stopped> {
        let mut command = Command::new(program);
        command.args(words).env("ALONGSIDE_LOG", FRAMES).stderr(Stdio::piped());
        let mut process = Self::begin(name, &mut command)?;
        let log = process.child.stderr.take().expect("standard error was asked for");
        let bytes = |line: String| line.rsplit_once("bytes=").and_then(|(_, bytes)| bytes.parse::<u64>().ok());
        let count = move || BufReader::new(log).lines().map_while(Result::ok).filter_map(bytes).sum();
        let thread = thread::Builder::new().name("count".into()).spawn(count)?;
        Ok((process, Counter(thread)))
    }

    fn begin(name: &str, command: &mut Command) -> Result<Self, Stopped> {
        let failed = |cause| Stopped::Start { program: name.to_owned(), cause };
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        let orders = child.stdin.take();
        let output = child.stdout.take().expect("standard output was asked for");
        let (sender, lines) = sync_channel(WAITING);
        let listen = move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let at = Instant::now();
                let said = serde_json::from_str(&line).unwrap_or(Value::String(line));
                if sender.send(Heard { said, at }).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("listen".into()).spawn(listen).map_err(failed)?;
        Ok(Self { name: name.to_owned(), child, orders, lines, aside: VecDeque::new(), last: String::new() })
    }

    /// Sends one line and says when it was on its way.
    pub(super) fn order(&mut self, line: &str) -> Result<Instant, Stopped> {
        let at = Instant::now();
        let orders = self.orders.as_mut().expect("nothing is ordered after the end");
        orders.write_all(format!("{line}\n").as_bytes())?;
        orders.flush()?;
        Ok(at)
    }

    /// The first line that is wanted, among those set aside and those still to come. All others stay set aside.
    pub(super) fn await_line(
        &mut self,
        what: &str,
        longest: Duration,
        mut wanted: impl FnMut(&Value) -> bool,
    ) -> Result<Heard, Stopped> {
        if let Some(at) = self.aside.iter().position(|heard| wanted(&heard.said)) {
            return Ok(self.aside.remove(at).expect("it was just found"));
        }
        let until = Instant::now() + longest;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(heard) = self.lines.recv_timeout(left) else {
                return Err(Stopped::Silent {
                    program: self.name.clone(),
                    what: what.to_owned(),
                    longest,
                    last: self.last.chars().take(300).collect(),
                });
            };
            self.last = heard.said.to_string();
            if wanted(&heard.said) {
                return Ok(heard);
            }
            self.aside.push_back(heard);
        }
    }

    /// Throws away what was said so far and not waited for.
    pub(super) fn forget(&mut self) {
        while self.lines.try_recv().is_ok() {}
        self.aside.clear();
    }

    /// What the program is called in messages.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Ends its input and waits for it to end by itself.
    pub(super) fn end(mut self) -> Result<(), Stopped> {
        drop(self.orders.take());
        let until = Instant::now() + Duration::from_secs(60);
        while self.child.try_wait()?.is_none() {
            if Instant::now() > until {
                return Err(Stopped::Silent {
                    program: self.name.clone(),
                    what: "its end".into(),
                    longest: Duration::from_secs(60),
                    last: self.last.clone(),
                });
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
