//! Real devices for scenarios: processes under `serve --commands`, spoken to line by line, killed without warning.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// Lines of one device that may wait to be read.
const WAITING: usize = 4_096;

/// The longest a device may be silent where an answer is owed.
const ANSWER: Duration = Duration::from_secs(120);

/// How a device is started: what stands before its program (to enter a namespace), its program, and its environment.
#[derive(Debug, Clone)]
pub struct Start {
    /// The program, with what goes before it.
    pub words: Vec<String>,
    /// What follows `serve --commands`.
    pub network: Vec<String>,
    /// Variables set for it.
    pub environment: Vec<(String, String)>,
}

impl Start {
    /// A device of this program that listens on this computer alone.
    pub fn on_loopback(program: &str) -> Start {
        let network = ["--no-mdns", "--listen", "127.0.0.1:0"].map(str::to_owned).to_vec();
        Start { words: vec![program.to_owned()], network, environment: Vec::new() }
    }

    /// The same, on a disk that can fail: see [`Device::set_disk`]. Its program hears of what does not fit as an error and not as
    /// a signal that ends it, as from a disk that is full.
    #[cfg(target_os = "linux")]
    pub fn on_a_frail_disk(program: &str) -> Start {
        let words = ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\"", program].map(str::to_owned).to_vec();
        Start { words, ..Start::on_loopback(program) }
    }

    fn command(&self, home: &Path) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).arg("--home").arg(home).arg("--json");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// One command that ends by itself: its answer, or the sentence it complained with.
    pub fn once(&self, home: &Path, words: &[&str]) -> Result<Value, String> {
        let mut command = self.command(home);
        let output = command.args(words).stdin(Stdio::null()).stderr(Stdio::piped()).output();
        let output = output.map_err(|cause| cause.to_string())?;
        if output.status.success() {
            let last = output.stdout.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
            return serde_json::from_slice(last).map_err(|cause| cause.to_string());
        }
        let [said, told] =
            [&output.stderr, &output.stdout].map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
        assert!(!said.contains("panicked"), "{said}");
        // What failed is a program's to read here; and whoever was ended by a signal says nothing.
        Err(if said.is_empty() { format!("{told} ({})", output.status) } else { said })
    }
}

/// What a device's disk takes.
#[cfg(target_os = "linux")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Whatever is written.
    All,
    /// Nothing: every write to a file fails.
    Nothing,
}

/// A running device.
pub struct Device {
    /// Its folder.
    pub home: PathBuf,
    start: Start,
    child: Child,
    orders: Option<ChildStdin>,
    lines: Receiver<Value>,
    answers_owed: usize,
}

impl Device {
    /// Makes a home with this name and starts its device.
    pub fn make(start: Start, home: &Path, name: &str) -> Device {
        start.once(home, &["init", "--name", name]).unwrap_or_else(|why| panic!("no home for {name}: {why}"));
        Device::open(start, home)
    }

    /// Starts the device of a home and waits until it is ready.
    pub fn open(start: Start, home: &Path) -> Device {
        let mut command = start.command(home);
        let mut child = command.args(["serve", "--commands"]).args(&start.network).spawn().expect("a program to start");
        let orders = child.stdin.take();
        let output = child.stdout.take().expect("standard output was asked for");
        let (sender, lines) = sync_channel(WAITING);
        let listen = move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // A line that a kill has cut in the middle was never an answer.
                let Ok(line) = serde_json::from_str(&line) else { return };
                if sender.send(line).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("listen".into()).spawn(listen).expect("a thread");
        let mut device = Device { home: home.to_owned(), start, child, orders, lines, answers_owed: 0 };
        device
            .next(|line| line["ready"] == true)
            .unwrap_or_else(|why| panic!("{} does not start: {why}", home.display()));
        device
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What its disk takes from now on: the system enforces it on the running process.
    #[cfg(target_os = "linux")]
    pub fn set_disk(&self, takes: Takes) {
        use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
        let most = match takes {
            Takes::All => getrlimit(Resource::Fsize).current,
            Takes::Nothing => Some(0),
        };
        let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
        let pid = Pid::from_child(&self.child);
        prlimit(Some(pid), Resource::Fsize, Rlimit { current: most, maximum }).expect("one's own child can be limited");
    }

    /// Sends a command and waits for nothing. A device that has died is heard to be silent.
    pub fn put(&mut self, line: &str) {
        let Some(orders) = &mut self.orders else { return };
        if writeln!(orders, "{line}").and_then(|()| orders.flush()).is_ok() {
            self.answers_owed += 1;
        }
    }

    /// The answer to the oldest command that has none yet.
    pub fn answer(&mut self) -> Result<Value, String> {
        let answer = self.next(|line| line.get("news").is_none())?;
        self.answers_owed = self.answers_owed.saturating_sub(1);
        match answer["error"]["say"].as_str() {
            Some(sentence) => Err(sentence.to_owned()),
            None => Ok(answer),
        }
    }

    /// A command and its answer.
    pub fn ask(&mut self, line: &str) -> Result<Value, String> {
        self.put(line);
        while self.answers_owed > 1 {
            self.answer()?;
        }
        self.answer()
    }

    /// The next line that is wanted; others are forgotten.
    pub fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Value, String> {
        let end = Instant::now() + ANSWER;
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) if wanted(&line) => return Ok(line),
                Ok(line) if line.get("error").is_some() && line.get("news").is_none() => return Err(line.to_string()),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Err("silent".to_owned()),
                Err(RecvTimeoutError::Disconnected) => return Err("ended".to_owned()),
            }
        }
    }

    /// Ends it with SIGKILL, and gives back the answers it had printed and nobody had read.
    pub fn kill(mut self) -> Vec<Value> {
        self.orders = None;
        self.child.kill().expect("one's own child can be killed");
        self.child.wait().expect("it has ended");
        // Its pipe is closed now, so this ends.
        self.lines.iter().filter(|line| line.get("news").is_none()).collect()
    }

    /// Starts it again.
    pub fn again(&self) -> (Start, PathBuf) {
        (self.start.clone(), self.home.clone())
    }

    /// Ends its input and waits for it to end by itself.
    pub fn end(mut self) {
        self.orders = None;
        let end = Instant::now() + ANSWER;
        while self.child.try_wait().expect("its state can be asked").is_none() {
            assert!(Instant::now() < end, "it does not end by itself");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        // One that has ended already cannot be killed again.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Brings a device into another's plan: ticket, the four words read out, let in.
pub fn bring_in(plan: &str, inviter: &mut Device, joiner: &mut Device, name: &str, role: &str) -> Result<(), String> {
    bring_in_by(plan, inviter, joiner, (name, role), |ticket| ticket)
}

/// The same, with something done to the ticket on the way.
pub fn bring_in_by(
    plan: &str,
    inviter: &mut Device,
    joiner: &mut Device,
    (name, role): (&str, &str),
    carry: impl FnOnce(String) -> String,
) -> Result<(), String> {
    let invited = inviter.ask(&format!("invite {plan} --as {role}"))?;
    let ticket = carry(invited["ticket"].as_str().unwrap_or_default().to_owned());
    joiner.put(&format!("join {ticket}"));
    let words = joiner.next(|line| line["news"] == "says")?["words"].as_str().unwrap_or_default().to_owned();
    inviter.ask(&format!("confirm {plan} \"{name}\" --words \"{words}\""))?;
    joiner.answer().map(|_| ())
}
