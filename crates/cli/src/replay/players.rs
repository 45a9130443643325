//! The devices while the session is played: each goes through its script, and one that dies begins again where its disk
//! says it was.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use words::Say;

use super::{
    PART,
    recording::Recording,
    script::{Names, Script, Told},
};
use crate::{
    Program,
    child::Child,
    failure::Failure,
    report,
    talk::{Talk, text},
};

/// How long all devices together may be silent.
const SILENCE: Duration = Duration::from_secs(120);

/// Deaths of one device without an answer between: then it does not die by chance.
const DEATHS: u32 = 20;

/// What a played session has come to.
pub(crate) struct Played {
    pub(crate) edits: u64,
    pub(crate) signatures: u64,
    pub(crate) restarts: usize,
}

/// All devices.
pub(crate) struct Players {
    talk: Talk,
    program: Program,
    names: Arc<Names>,
    recording: Arc<Recording>,
    players: Vec<Player>,
    restarts: usize,
    /// Whether each start is told on standard output.
    tells: bool,
}

/// One device.
struct Player {
    stage: Stage,
    deaths: u32,
    shown: Option<String>,
    verified: Option<(u64, u64)>,
}

/// How far a device is in its present life.
enum Stage {
    /// It has been started and says when it is ready.
    Starting,
    /// It has been told to hold the part at what it kept.
    Holding,
    /// It goes through its script; these lines are not answered yet, oldest first.
    Playing(Box<Script>, VecDeque<Told>),
}

impl Players {
    pub(crate) fn new(
        talk: Talk,
        program: Program,
        plan: String,
        recording: Arc<Recording>,
        base: Vec<u64>,
        tells: bool,
    ) -> Players {
        let names = Arc::new(Names { plan, devices: talk.devices.clone(), base });
        let players = (0..talk.children.len())
            .map(|_| Player { stage: Stage::Holding, deaths: 0, shown: None, verified: None })
            .collect();
        Players { talk, program, names, recording, players, restarts: 0, tells }
    }

    /// Plays to the end. Every device must hold the recording's text and verify.
    pub(crate) fn play(&mut self) -> Result<Played, Failure> {
        for number in 0..self.players.len() {
            self.tell_start(number);
            self.go_on(number, 0);
        }
        let mut last = Instant::now();
        while self.players.iter().any(|player| player.verified.is_none()) {
            let Some(heard) = self.talk.ear.hear(SILENCE.saturating_sub(last.elapsed())) else {
                return Err(Failure::new("cli-replay-silent"));
            };
            let number = heard.number;
            if self.talk.children[number].life != heard.life {
                continue;
            }
            match heard.line {
                None => self.restart(number)?,
                Some(line) if line.get("news").is_some() => {}
                Some(line) => {
                    last = Instant::now();
                    self.answered(number, line)?;
                }
            }
        }
        for (number, player) in self.players.iter().enumerate() {
            if player.shown.as_deref() != Some(&self.recording.end) {
                return Err(Failure::new(Say::new("cli-replay-differs").with("number", number + 1)));
            }
        }
        // Every step is an edit, on every device; and what is beside them (the parts' first edits) is everywhere, too.
        let steps: u64 = self.recording.all.iter().map(|steps| *steps as u64).sum();
        let verified: Vec<(u64, u64)> = self.players.iter().filter_map(|player| player.verified).collect();
        if let Some(number) = verified.iter().position(|(edits, _)| *edits < steps || *edits != verified[0].0) {
            return Err(Failure::new(Say::new("cli-replay-differs").with("number", number + 1)));
        }
        let (edits, signatures) = self.players.first().and_then(|player| player.verified).unwrap_or_default();
        Ok(Played { edits, signatures, restarts: self.restarts })
    }

    fn tell_start(&self, number: usize) {
        if self.tells {
            let home = self.talk.homes[number].display().to_string();
            let pid = self.talk.children[number].pid();
            report::json(&json!({"device": number + 1, "pid": pid, "home": home}));
        }
    }

    /// Feeds a device its script from this step of its own on.
    fn go_on(&mut self, number: usize, from: usize) {
        let script = Script::new(self.recording.clone(), number, from);
        let (names, recording) = (self.names.clone(), self.recording.clone());
        self.talk.children[number].feed(script.map(move |told| {
            let steps = recording.agents.get(number).map_or(&[][..], Vec::as_slice);
            names.write(&told, steps)
        }));
        let again = Box::new(Script::new(self.recording.clone(), number, from));
        self.players[number].stage = Stage::Playing(again, VecDeque::new());
    }

    fn restart(&mut self, number: usize) -> Result<(), Failure> {
        self.restarts += 1;
        let player = &mut self.players[number];
        player.deaths += 1;
        if player.deaths > DEATHS {
            return Err(Failure::new(Say::new("cli-device-ended").with("number", number + 1)));
        }
        player.stage = Stage::Starting;
        self.talk.children[number].kill();
        let life = self.talk.children[number].life + 1;
        self.talk.children[number] =
            Child::start(&self.program, &self.talk.homes[number], number, life, &self.talk.ear)?;
        self.tell_start(number);
        Ok(())
    }

    /// A device answered the oldest line it was given in this life.
    fn answered(&mut self, number: usize, line: Value) -> Result<(), Failure> {
        let reads_only = number >= self.recording.agents.len();
        let player = &mut self.players[number];
        match &mut player.stage {
            Stage::Starting if line.get("ready").is_some() => {
                player.stage = Stage::Holding;
                if reads_only {
                    self.go_on(number, 0);
                } else {
                    let upto = self.names.upto(&vec![0; self.recording.agents.len()]);
                    let plan = &self.names.plan;
                    let upto = if upto.is_empty() { String::new() } else { format!(" --upto {upto}") };
                    self.talk.children[number].feed(std::iter::once(format!("hold {plan} {PART}{upto}")));
                }
                Ok(())
            }
            // The home of a device that was just killed may be held for another moment; then it ends, and is tried again.
            Stage::Starting => Ok(()),
            Stage::Holding => match line["own"].as_u64() {
                Some(own) => {
                    let from = own.saturating_sub(self.names.base[number]);
                    self.go_on(number, usize::try_from(from).unwrap_or(usize::MAX));
                    Ok(())
                }
                None => Err(failed(number, &line)),
            },
            Stage::Playing(script, told) => {
                if told.is_empty() {
                    told.extend(script.next());
                }
                let Some(told) = told.pop_front() else { return Err(failed(number, &line)) };
                if line.get("error").is_some() {
                    return Err(self.refused(number, &told, &line));
                }
                player.deaths = 0;
                match told {
                    Told::Merge(_) | Told::Type(_) | Told::Settle => {}
                    Told::Show => player.shown = Some(shown(&line)),
                    Told::Verify => {
                        let count = |name: &str| line[name].as_u64().unwrap_or(0);
                        player.verified = Some((count("edits"), count("signatures")));
                    }
                }
                Ok(())
            }
        }
    }

    fn refused(&self, number: usize, told: &Told, line: &Value) -> Failure {
        let step = |at: usize| self.recording.agents.get(number).and_then(|steps| steps.get(at));
        match told {
            Told::Type(range) if line["error"]["code"] == "beyond-the-end" => {
                let at = line["error"]["step"].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
                let transaction = step(range.start + at).map_or(0, |step| step.transaction);
                Failure::new(Say::new("cli-replay-beyond").with("number", transaction.to_string()))
            }
            Told::Type(_) | Told::Merge(_) | Told::Settle | Told::Show | Told::Verify => failed(number, line),
        }
    }
}

fn failed(number: usize, line: &Value) -> Failure {
    let cause = text(&line["error"], "say");
    Failure::new(Say::new("cli-replay-device").with("number", number + 1).with("cause", cause))
}

/// The text of the field that was written in, as the device shows it.
fn shown(line: &Value) -> String {
    let part = line["parts"].as_array().and_then(|parts| parts.iter().find(|part| part["kind"] == PART));
    part.map(|part| text(&part["fields"], "important")).unwrap_or_default()
}
