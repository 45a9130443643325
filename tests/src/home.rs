//! A home as its contract sees it: one command and its exit, or `serve --commands` with answers in turn and news apart.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::Value;

/// The longest anything may take on a busy machine.
const LONGEST: Duration = Duration::from_secs(120);

/// Lines that were said and not looked at.
const LINES: usize = 10_000;

/// A device's home and the program that opens it.
#[derive(Debug, Clone)]
pub struct Home {
    program: PathBuf,
    folder: PathBuf,
    passphrase: Option<String>,
    new_passphrase: Option<String>,
}

impl Home {
    /// A home in this folder; it need not exist yet.
    pub fn new(program: impl Into<PathBuf>, folder: PathBuf) -> Home {
        Home { program: program.into(), folder, passphrase: None, new_passphrase: None }
    }

    /// The same, with a passphrase in the environment.
    pub fn with_passphrase(mut self, passphrase: &str) -> Home {
        self.passphrase = Some(passphrase.to_owned());
        self
    }

    /// The same, with a passphrase to be set in the environment.
    pub fn with_new_passphrase(mut self, passphrase: &str) -> Home {
        self.new_passphrase = Some(passphrase.to_owned());
        self
    }

    /// The same, without one.
    pub fn without_passphrase(mut self) -> Home {
        self.passphrase = None;
        self
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// One command with `--json`, whatever comes of it.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).stdin(Stdio::null()).output().expect("the program starts")
    }

    /// One command that is done: its last line of JSON.
    pub fn ok(&self, words: &[&str]) -> Value {
        let output = self.run(words);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {complaint}");
        let said = String::from_utf8(output.stdout).expect("output is text");
        serde_json::from_str(said.lines().last().unwrap_or("null")).expect("output is JSON")
    }

    /// One command that is refused with this exit: its code. There is exactly one sentence, and no panic in it.
    pub fn no(&self, words: &[&str], exit: i32) -> String {
        let output = self.run(words);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(exit), "{words:?}: {complaint}");
        assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
        assert!(!complaint.contains("panicked"), "{complaint}");
        let said: Value = serde_json::from_slice(&output.stdout).expect("output is JSON");
        assert_eq!(said["error"]["say"], complaint.trim_end());
        said["error"]["code"].as_str().expect("an error has a code").to_owned()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--home").arg(&self.folder).arg("--json").args(words);
        command.env_remove("ALONGSIDE_HOME").env_remove("ALONGSIDE_PASSPHRASE");
        if let Some(passphrase) = &self.passphrase {
            command.env("ALONGSIDE_PASSPHRASE", passphrase);
        }
        if let Some(passphrase) = &self.new_passphrase {
            command.env("ALONGSIDE_NEW_PASSPHRASE", passphrase);
        }
        command
    }
}

/// `serve --commands` on this computer alone.
#[derive(Debug)]
pub struct Serving {
    process: Child,
    input: Option<ChildStdin>,
    lines: mpsc::Receiver<Value>,
    answers: VecDeque<Value>,
    news: VecDeque<Value>,
    ready: Value,
}

impl Serving {
    /// Starts it and waits until it is ready.
    pub fn start(home: &Home) -> Serving {
        Serving::start_with(home, &["--listen", "127.0.0.1:0", "--no-mdns"])
    }

    /// The same with other words after `serve --commands`.
    pub fn start_with(home: &Home, words: &[&str]) -> Serving {
        let mut command = home.command(&["serve", "--commands"]);
        let mut process = command
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let input = process.stdin.take();
        let output = process.stdout.take().expect("a pipe was asked for");
        let (sender, lines) = mpsc::sync_channel(LINES);
        thread::Builder::new()
            .name("lines".into())
            .spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let line = serde_json::from_str(&line).expect("every line is JSON");
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            })
            .expect("a thread starts");
        let mut serving =
            Serving { process, input, lines, answers: VecDeque::new(), news: VecDeque::new(), ready: Value::Null };
        serving.ready = serving.answer();
        assert_eq!(serving.ready["ready"], true);
        serving
    }

    /// Its first line: device and addresses.
    pub fn ready(&self) -> &Value {
        &self.ready
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Writes a line as it is.
    pub fn line(&mut self, line: &str) {
        let input = self.input.as_mut().expect("its input has not ended");
        writeln!(input, "{line}").expect("the device reads");
    }

    /// Gives a command; its answer comes in turn.
    pub fn put(&mut self, words: &[&str]) {
        let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
        self.line(&quoted.join(" "));
    }

    /// The next answer.
    pub fn answer(&mut self) -> Value {
        while self.answers.is_empty() {
            self.hear();
        }
        self.answers.pop_front().expect("there is one")
    }

    /// A command and its answer.
    pub fn ask(&mut self, words: &[&str]) -> Value {
        self.put(words);
        self.answer()
    }

    /// The next news of this kind; earlier news is forgotten.
    pub fn news(&mut self, kind: &str) -> Value {
        loop {
            match self.news.pop_front() {
                Some(news) if news["news"] == kind => return news,
                Some(_) => {}
                None => self.hear(),
            }
        }
    }

    /// Ends its input and waits until it has ended.
    pub fn end(mut self) {
        self.input = None;
        let ended = self.process.wait().expect("it can be waited for");
        assert!(ended.success());
    }

    /// Ends it without warning.
    pub fn kill(mut self) {
        self.process.kill().expect("it can be ended");
        self.process.wait().expect("it can be waited for");
    }

    fn hear(&mut self) {
        let line = self.lines.recv_timeout(LONGEST).expect("it says something in time");
        if line.get("news").is_some() {
            self.news.push_back(line);
        } else {
            self.answers.push_back(line);
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // After a failed test it may still run.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn quote(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}
