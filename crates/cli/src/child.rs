//! Another device, as a process of its own: `serve --commands` at the other end of two pipes.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{self, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use words::Say;

use crate::{Program, failure::Failure};

/// Lines of all devices that wait to be looked at.
const HEARD: usize = 1_024;

/// Groups of lines that wait to be written to one device.
const FEEDS: usize = 64;

/// How long a device may take to end by itself once its input has ended.
const ENDING: Duration = Duration::from_secs(20);

/// What a device said.
#[derive(Debug)]
pub(crate) struct Heard {
    /// Which device.
    pub(crate) number: usize,
    /// Which of its lives: one that died may still be heard after the next has begun.
    pub(crate) life: u32,
    /// A line it printed; `None`: it has ended.
    pub(crate) line: Option<Value>,
}

/// Where what the devices say comes together.
pub(crate) struct Ear {
    sender: mpsc::SyncSender<Heard>,
    receiver: mpsc::Receiver<Heard>,
}

impl Ear {
    pub(crate) fn new() -> Ear {
        let (sender, receiver) = mpsc::sync_channel(HEARD);
        Ear { sender, receiver }
    }

    /// The next line of any device.
    pub(crate) fn hear(&self, longest: Duration) -> Option<Heard> {
        self.receiver.recv_timeout(longest).ok()
    }
}

/// Lines to be written, made while they are written.
pub(crate) type Feed = Box<dyn Iterator<Item = String> + Send>;

/// A device under way. Dropping it ends it.
pub(crate) struct Child {
    pub(crate) life: u32,
    process: process::Child,
    feeds: Option<mpsc::SyncSender<Feed>>,
}

/// Makes a home for a device of this name.
pub(crate) fn init(program: &Program, home: &Path, name: &str) -> Result<(), Failure> {
    let made = process::Command::new(&program.path)
        .args(&program.before)
        .arg("--home")
        .arg(home)
        .args(["--json", "init", "--name", name])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|_| Failure::new("cli-no-program"))?;
    if made.status.success() { Ok(()) } else { Err(said(&made.stdout)) }
}

/// What a device that could not begin said about it.
fn said(output: &[u8]) -> Failure {
    let json: Option<Value> = serde_json::from_slice(output).ok();
    let sentence = json.as_ref().and_then(|json| json["error"]["say"].as_str());
    Failure::new(Say::new("cli-device-failed").with("cause", sentence.unwrap_or("?")))
}

impl Child {
    /// Starts a device that listens on this computer alone.
    pub(crate) fn start(program: &Program, home: &Path, number: usize, life: u32, ear: &Ear) -> Result<Child, Failure> {
        let arguments = ["--json", "serve", "--commands", "--no-mdns", "--listen", "127.0.0.1:0"];
        let log = if std::env::var_os("ALONGSIDE_LOG").is_some() { Stdio::inherit() } else { Stdio::null() };
        let mut process = process::Command::new(&program.path)
            .args(&program.before)
            .arg("--home")
            .arg(home)
            .args(arguments.map(OsStr::new))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|_| Failure::new("cli-no-program"))?;
        let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(Failure::new("cli-no-program"));
        };
        let (feeds, fed) = mpsc::sync_channel::<Feed>(FEEDS);
        let threads = thread::Builder::new()
            .name(format!("to device {}", number + 1))
            .spawn(move || {
                let mut input = std::io::BufWriter::new(input);
                for feed in fed {
                    for line in feed {
                        // A device that has died is heard to have ended at its other end.
                        if writeln!(input, "{line}").is_err() {
                            return;
                        }
                    }
                    if input.flush().is_err() {
                        return;
                    }
                }
            })
            .and_then(|_| {
                let ear = ear.sender.clone();
                thread::Builder::new().name(format!("from device {}", number + 1)).spawn(move || {
                    for line in BufReader::new(output).lines().map_while(Result::ok) {
                        let line = serde_json::from_str(&line).unwrap_or(Value::Null);
                        if ear.send(Heard { number, life, line: Some(line) }).is_err() {
                            return;
                        }
                    }
                    let _ = ear.send(Heard { number, life, line: None });
                })
            });
        if threads.is_err() {
            return Err(Failure::from(node::StartError::System));
        }
        Ok(Child { life, process, feeds: Some(feeds) })
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Writes these lines to it, after those it was given before. Never waits: the lines are written as it reads them.
    pub(crate) fn feed(&self, lines: impl Iterator<Item = String> + Send + 'static) {
        if let Some(feeds) = &self.feeds {
            // A full queue means a device that reads nothing; it is heard to be silent.
            let _ = feeds.try_send(Box::new(lines));
        }
    }

    /// Ends it at once.
    pub(crate) fn kill(&mut self) {
        self.feeds = None;
        // One that has ended already cannot be ended again; either way it is gone afterwards.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Ends its input, and gives it the time to end by itself. The ear must still be listened to, so this is the last act.
    pub(crate) fn end(mut self) {
        self.feeds = None;
        let end = Instant::now() + ENDING;
        while Instant::now() < end {
            match self.process.try_wait() {
                Ok(Some(_)) | Err(_) => return,
                // Looked at now and then: the standard library has no wait with an end.
                Ok(None) => thread::sleep(Duration::from_millis(5)),
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A fresh folder for devices that are started for a while.
pub(crate) fn fresh_folder(what: &str) -> Result<PathBuf, Failure> {
    let stamp = desk::now().0;
    let folder = std::env::temp_dir().join(format!("alongside-{what}-{}-{stamp}", process::id()));
    std::fs::create_dir_all(&folder)
        .map_err(|_| Failure::new(Say::new("cli-unwritable-file").with("path", folder.display().to_string())))?;
    Ok(folder)
}
