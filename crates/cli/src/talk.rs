//! Talking to several devices at once: a question to one, its answer, and what is told in between.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use serde_json::Value;
use words::Say;

use crate::{
    Program,
    child::{self, Child, Ear},
    failure::Failure,
    line::quote,
};

/// The longest one answer may take while devices are set up.
const ANSWER: Duration = Duration::from_secs(150);

/// Devices that are being set up: every question waits for its answer.
pub(crate) struct Talk {
    pub(crate) ear: Ear,
    pub(crate) children: Vec<Child>,
    pub(crate) homes: Vec<PathBuf>,
    pub(crate) devices: Vec<String>,
    /// Answers and news that came while somebody else's answer was waited for.
    heard: Vec<(usize, Value)>,
}

impl Talk {
    /// Makes homes with these names under a folder, and starts a device in each.
    pub(crate) fn start(program: &Program, homes: Vec<(PathBuf, String)>) -> Result<Talk, Failure> {
        let mut talk =
            Talk { ear: Ear::new(), children: Vec::new(), homes: Vec::new(), devices: Vec::new(), heard: Vec::new() };
        for (number, (home, name)) in homes.into_iter().enumerate() {
            child::init(program, &home, &name)?;
            talk.children.push(Child::start(program, &home, number, 0, &talk.ear)?);
            talk.homes.push(home);
        }
        for number in 0..talk.children.len() {
            let ready = talk.next(number, |line| line.get("ready").is_some() || line.get("error").is_some())?;
            let device = refused(ready)?["device"].as_str().unwrap_or_default().to_owned();
            talk.devices.push(device);
        }
        Ok(talk)
    }

    /// Puts a question; its answer is the device's next line that is no news.
    pub(crate) fn put(&mut self, number: usize, words: &[&str]) {
        let line = words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ");
        self.children[number].feed(std::iter::once(line));
    }

    /// The answer to the oldest question.
    pub(crate) fn answer(&mut self, number: usize) -> Result<Value, Failure> {
        let answer = self.next(number, |line| line.get("news").is_none())?;
        refused(answer)
    }

    /// A question and its answer.
    pub(crate) fn ask(&mut self, number: usize, words: &[&str]) -> Result<Value, Failure> {
        self.put(number, words);
        self.answer(number)
    }

    /// The next line of a device that is what is wanted; earlier news is forgotten.
    pub(crate) fn next(&mut self, number: usize, wanted: impl Fn(&Value) -> bool) -> Result<Value, Failure> {
        if let Some(at) = self.heard.iter().position(|(of, line)| *of == number && wanted(line)) {
            return Ok(self.heard.remove(at).1);
        }
        let end = Instant::now() + ANSWER;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Some(heard) = self.ear.hear(left) else { return Err(Failure::from(node::Refused::Late)) };
            match heard.line {
                None => return Err(Failure::new(Say::new("cli-device-ended").with("number", heard.number + 1))),
                Some(line) if heard.number == number && wanted(&line) => return Ok(line),
                Some(line) if is_kept(&line) => self.heard.push((heard.number, line)),
                Some(_) => {}
            }
        }
    }

    /// Brings a device into a plan of another: ticket, four words read out, let in. Answers the words.
    pub(crate) fn bring_in(
        &mut self,
        plan: &str,
        (inviter, joiner): (usize, usize),
        (name, role): (&str, &str),
        relationship: &str,
    ) -> Result<Brought, Failure> {
        let ticket = text(&self.ask(inviter, &["invite", plan, "--as", role])?, "ticket");
        self.put(joiner, &["join", &ticket, "--relationship", relationship]);
        let said = self.next(joiner, |line| line["news"] == "says" || line.get("error").is_some())?;
        let words = text(&refused(said)?, "words");
        self.ask(inviter, &["confirm", plan, name, "--words", &words])?;
        self.answer(joiner)?;
        Ok(Brought { ticket, words })
    }
}

/// How somebody came in.
pub(crate) struct Brought {
    pub(crate) ticket: String,
    pub(crate) words: String,
}

/// News that somebody may wait for, and every answer.
fn is_kept(line: &Value) -> bool {
    line.get("news").is_none_or(|news| news == "says")
}

/// An answer, or the failure it tells of.
pub(crate) fn refused(answer: Value) -> Result<Value, Failure> {
    match answer["error"]["say"].as_str() {
        None => Ok(answer),
        Some(cause) => Err(Failure::new(Say::new("cli-device-failed").with("cause", cause))),
    }
}

/// A text of an answer; empty if it has none.
pub(crate) fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap_or_default().to_owned()
}
