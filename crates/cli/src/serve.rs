//! Staying online: quietly, or carrying out commands that come line by line.
//!
//! Every line of standard input is a command in the words of the command line; each is answered by one line of JSON, in
//! the same order. What others do is told in between, marked `"news"`. A command that writes is answered once it is flushed
//! to the disk, but the next may begin before: so a script types without waiting for the disk.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, BufRead as _},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use clap::Parser as _;
use desk::{Ask, Change, Desk, Saved, Waker};
use node::ask::{self, HeldBack};
use seal::PlanId;
use serde_json::{Value, json};
use words::Say;

use crate::{
    Program,
    args::{Common, Line, Serve},
    commands,
    failure::Failure,
    line,
    report::{self, Report},
    session::{Session, Way, pause_before},
    task::{Task, Went},
};

/// Lines read ahead of the command under way: enough to keep it busy, few enough to hold a fast script back.
const LINES: usize = 64;

/// Commands that have written and wait for the disk.
const SAVING: usize = 1_024;

/// The longest line: a large paste, quoted.
const LONGEST_LINE: u64 = 64 << 20;

/// Goes online and stays, until its time is up, standard input ends (with `--commands`), or it is ended from outside.
pub(crate) fn serve(common: &Common, program: &Program, serve: Serve) -> Result<Option<Report>, Failure> {
    let Serve { net, for_seconds, commands, offline } = serve;
    let mut session =
        Session::open(common, program, Way { listen: net.listens()?, mdns: !net.no_mdns, online: !offline })?;
    let end = for_seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    // Answered once it listens: what is said of addresses next is then true. That it cannot listen is said to who asks it to.
    if !offline {
        let _ = session.desk.node().call(ask::Online);
    }
    let me = session.desk.node().call(ask::WhoAmI)?;
    let device = me.device.to_string();
    let ready = json!({"ready": true, "device": device, "addresses": me.addresses});
    if commands || common.json {
        report::json(&ready);
    } else {
        report::line(&words::say(Say::new("cli-serving").with("addresses", me.addresses.join(" "))));
    }
    // A device that is on for others follows what documents name, so that files come too. A script opens what it needs.
    if !commands {
        for card in session.desk.plans() {
            session.desk.act(Ask::Open { plan: card.id }, desk::now())?;
        }
    }
    let lines = if commands { Some(read_lines(session.desk.waker())?) } else { None };
    let mut told = BTreeMap::new();
    let mut script = Script { lines, ended: false, running: VecDeque::new() };
    loop {
        let changes = session.desk.hear(desk::now());
        if commands || common.json {
            tell(&session.desk, &changes, &mut told);
        }
        script.go(&mut session.desk, &changes);
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        if script.is_over() || left.is_some_and(|left| left.is_zero()) {
            return Ok(None);
        }
        let longest = left.unwrap_or(Duration::from_secs(60)).min(script.patience());
        session.desk.wait(pause_before(&session.desk, longest));
    }
}

/// Commands that came and are not answered yet, oldest first.
struct Script {
    lines: Option<mpsc::Receiver<Result<String, Failure>>>,
    ended: bool,
    running: VecDeque<Running>,
}

struct Running {
    task: Task,
    saving: bool,
    ended: Option<Result<Report, Failure>>,
}

impl Script {
    /// Looks at what runs, begins what may begin, answers what is done.
    fn go(&mut self, desk: &mut Desk, changes: &[Change]) {
        for running in &mut self.running {
            running.look(desk, changes);
        }
        while self.may_begin() {
            let Some(lines) = &self.lines else { break };
            match lines.try_recv() {
                Ok(line) => {
                    let task = line.and_then(|line| begin(&line, desk));
                    let Some(task) = task.transpose() else { continue };
                    let task = task.unwrap_or_else(|failure| Task::ended(Err(failure)));
                    let mut running = Running { task, saving: false, ended: None };
                    running.look(desk, &[]);
                    self.running.push_back(running);
                }
                Err(mpsc::TryRecvError::Empty) => break,
                Err(mpsc::TryRecvError::Disconnected) => {
                    self.ended = true;
                    self.lines = None;
                }
            }
        }
        desk.tick(desk::now());
        while let Some(Running { ended: Some(_), .. }) = self.running.front() {
            let Some(Running { ended: Some(outcome), .. }) = self.running.pop_front() else { break };
            answer(outcome);
        }
    }

    fn may_begin(&self) -> bool {
        self.running.len() < SAVING && self.running.iter().all(|running| running.saving || running.ended.is_some())
    }

    fn is_over(&self) -> bool {
        self.ended && self.running.is_empty()
    }

    /// How long nothing may be looked at: commands with a time of their own look at the clock now and then.
    fn patience(&self) -> Duration {
        if self.running.is_empty() { Duration::from_secs(60) } else { Duration::from_millis(250) }
    }
}

impl Running {
    fn look(&mut self, desk: &mut Desk, changes: &[Change]) {
        if self.ended.is_some() {
            return;
        }
        match self.task.look(desk, changes) {
            Went::Waiting => self.saving = false,
            Went::Saving => self.saving = true,
            Went::Says(report) => say("says", report.json),
            Went::Ended(outcome) => self.ended = Some(outcome),
        }
    }
}

fn begin(line: &str, desk: &mut Desk) -> Result<Option<Task>, Failure> {
    let words = line::part(line).map_err(|_| Failure::usage("cli-left-open"))?;
    if words.is_empty() {
        return Ok(None);
    }
    let line = Line::try_parse_from(words).map_err(|cause| {
        let first = cause.to_string();
        let first = first.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        Failure::usage(Say::new("cli-usage").with("cause", first))
    })?;
    // Standard input carries the commands here, so `-` is just a text.
    commands::begin(line.command, desk, false).map(Some)
}

fn answer(outcome: Result<Report, Failure>) {
    let json = match outcome {
        Ok(report) => report.json,
        Err(failure) => failure.json(),
    };
    report::json(&json);
}

fn say(news: &str, mut json: Value) {
    if let Value::Object(fields) = &mut json {
        fields.insert("news".to_owned(), Value::from(news));
    }
    report::json(&json);
}

/// What others did.
fn tell(desk: &Desk, changes: &[Change], told: &mut BTreeMap<PlanId, Value>) {
    for change in changes {
        match change {
            Change::Touched { plan, part, by, .. } => {
                let by: Vec<String> = by.iter().map(ToString::to_string).collect();
                say("edits", json!({"plan": plan.to_string(), "part": part, "by": by}));
            }
            Change::Opened { plan, part, .. } => say("opened", json!({"plan": plan.to_string(), "part": part})),
            Change::Circle(plan) => say("circle", json!({"plan": plan.to_string()})),
            Change::Knock(plan) => {
                for knock in desk.knocks(*plan) {
                    say(
                        "knock",
                        json!({"plan": plan.to_string(), "person": knock.person.to_string(), "name": knock.name}),
                    );
                }
            }
            Change::Links => {
                // Who they are is known per plan; how many is enough here.
                say("links", json!({}));
            }
            Change::Marks(plan) => {
                // Every save asks for this; only what is different is worth a line.
                let marks = marks(desk, *plan);
                if told.get(plan) != Some(&marks) {
                    say("marks", marks.clone());
                    told.insert(*plan, marks);
                }
            }
            Change::Ended { plan, part } => say("ended", json!({"plan": plan.to_string(), "part": part})),
            Change::Held(plan) => {
                let one = |held: &HeldBack| json!({"document": held.doc.to_string(), "person": held.person.to_string(), "edits": held.edits});
                let held: Vec<Value> = desk.held(*plan).iter().map(one).collect();
                say("held", json!({"plan": plan.to_string(), "held": held}));
            }
            Change::NotSaved(plan) => say("not-saved", json!({"plan": plan.to_string()})),
            Change::VisitEnded { plan, forgotten } => {
                say("visit-ended", json!({"plan": plan.to_string(), "forgotten": forgotten}));
            }
            Change::Files(plan) => {
                let here = |state: &node::ask::FileState| *state == node::ask::FileState::Here;
                let here = desk.files(*plan).values().filter(|state| here(state)).count();
                say("files", json!({"plan": plan.to_string(), "here": here, "named": desk.files(*plan).len()}));
            }
            Change::Plans
            | Change::Here(_)
            | Change::Words { .. }
            | Change::Code { .. }
            | Change::Answer { .. }
            | Change::Gone => {}
        }
    }
}

/// What is saved where: on this device's own disk, and on whose others everything is.
fn marks(desk: &Desk, plan: PlanId) -> Value {
    let desk::Marks { here, with } = desk.marks(plan);
    let here = match here {
        Saved::All => "all",
        Saved::Saving => "saving",
        Saved::Failed => "failed",
    };
    let with: Vec<Value> = with
        .iter()
        .map(|one| json!({"device": one.device.to_string(), "all": one.all, "online": one.online}))
        .collect();
    json!({"plan": plan.to_string(), "here": here, "with": with})
}

fn read_lines(waker: Waker) -> Result<mpsc::Receiver<Result<String, Failure>>, Failure> {
    let (sender, receiver) = mpsc::sync_channel(LINES);
    let read = move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            let mut bounded = io::Read::take(&mut input, LONGEST_LINE);
            match bounded.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            let line = String::from_utf8(line).map_err(|_| Failure::usage("cli-not-text"));
            if sender.send(line.map(|line| line.trim_end_matches(['\r', '\n']).to_owned())).is_err() {
                return;
            }
            waker.wake();
        }
        drop(sender);
        waker.wake();
    };
    let started = thread::Builder::new().name("commands".into()).spawn(read);
    started.map_err(|_| Failure::from(node::StartError::System))?;
    Ok(receiver)
}
