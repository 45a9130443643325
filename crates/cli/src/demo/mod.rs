//! The demo without windows: three people's devices on this computer, one plan, and a transcript anyone can follow.
//!
//! The three devices are processes of their own, with their own keys and stores; they meet over libp2p on 127.0.0.1. This
//! process carries the ticket and the four words from one to the other, as people would.

mod script;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use serde_json::Value;
use words::Say;

pub use script::{Act, Persona, Spot, Writing, people, script};

use crate::{
    Program, child,
    failure::Failure,
    report,
    talk::{Talk, text},
};

/// The longest until all three have the same.
const SAME: Duration = Duration::from_secs(60);

/// Three devices that belong to one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The plan's id, in full.
    pub plan: String,
    /// The folder that holds the homes.
    pub folder: PathBuf,
    /// The homes, in the order of [`people`].
    pub homes: Vec<PathBuf>,
    /// Where each device listened: whoever opens a home there again is found by the others.
    pub listening: Vec<Vec<String>>,
}

/// Makes the three devices, starts the sample on the first and brings the others in, telling every step as a line. The
/// devices have ended when this returns, so windows can open their homes. A sentence if it cannot be done.
pub fn prepare(program: &Program, folder: Option<PathBuf>, tell: &mut dyn FnMut(String)) -> Result<Prepared, String> {
    let (talk, prepared) = begin(program, folder, tell).map_err(|failure| failure.sentence())?;
    end(talk);
    Ok(prepared)
}

/// Runs the demo without windows and prints its transcript. Success only if all three devices hold the same in the end
/// and every signature holds.
pub fn headless(program: &Program, folder: Option<PathBuf>) -> ExitCode {
    let mut tell = |line: String| report::line(&line);
    let outcome = begin(program, folder, &mut tell).and_then(|(mut talk, prepared)| {
        let outcome = play(&mut talk, &prepared, &mut tell);
        end(talk);
        outcome
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::complain(&failure.sentence());
            failure.exit()
        }
    }
}

fn begin(
    program: &Program,
    folder: Option<PathBuf>,
    tell: &mut dyn FnMut(String),
) -> Result<(Talk, Prepared), Failure> {
    let folder = folder.map_or_else(|| child::fresh_folder("demo"), Ok)?;
    let [amina, others @ ..] = people();
    tell(words::say(Say::new("cli-demo-begins").with("path", folder.display().to_string())));
    let homes = people().iter().map(|persona| (folder.join(persona.folder), persona.name.to_owned())).collect();
    let mut talk = Talk::start(program, homes)?;
    for (number, persona) in people().iter().enumerate() {
        let process = talk.children[number].pid().to_string();
        tell(words::say(Say::new("cli-demo-device").with("name", persona.name).with("process", process)));
    }
    let started = talk.ask(0, &["sample", "adult-alone"])?;
    let plan = text(&started, "plan");
    tell(words::say(Say::new("cli-demo-sample").with("name", amina.name).with("title", text(&started, "title"))));
    for (number, persona) in others.iter().enumerate().map(|(number, persona)| (number + 1, persona)) {
        let Persona { name, role, relationship, .. } = *persona;
        let brought = talk.bring_in(&plan, (0, number), (name, role), relationship)?;
        let invited = Say::new("cli-demo-invited").with("name", name).with("relationship", relationship);
        tell(words::say(invited.with("ticket", brought.ticket)));
        tell(words::say(Say::new("cli-demo-words").with("name", name).with("words", brought.words)));
    }
    // Everybody has everything before anybody writes.
    with_all(&mut talk, &plan, 0)?;
    let mut listening = Vec::new();
    for number in 0..people().len() {
        let me = talk.ask(number, &["whoami"])?;
        let addresses = me["addresses"].as_array().into_iter().flatten().filter_map(Value::as_str);
        listening.push(addresses.map(str::to_owned).collect());
    }
    let homes = talk.homes.clone();
    Ok((talk, Prepared { plan, folder, homes, listening }))
}

fn end(talk: Talk) {
    for child in talk.children {
        child.end();
    }
}

fn play(talk: &mut Talk, prepared: &Prepared, tell: &mut dyn FnMut(String)) -> Result<(), Failure> {
    let plan = &prepared.plan;
    for together in script().chunk_by(|one, next| one.second == next.second) {
        // Those who write at once do not wait for each other.
        for writing in together {
            let line = line(talk, plan, writing)?;
            let line: Vec<&str> = line.iter().map(String::as_str).collect();
            talk.put(writing.who, &line);
        }
        for writing in together {
            talk.answer(writing.who)?;
            tell(said(writing));
        }
        for writing in together {
            let names = with_all(talk, plan, writing.who)?;
            let name = people()[writing.who].name;
            tell(words::say(Say::new("cli-demo-with").with("name", name).with("names", names.join(", "))));
        }
    }
    finish(talk, prepared, tell)
}

/// Waits until all three show the same as the one who wrote, and the first of them, whom both others know, has heard that
/// it is on their disks.
fn with_all(talk: &mut Talk, plan: &str, who: usize) -> Result<Vec<String>, Failure> {
    let end = Instant::now() + SAME;
    loop {
        let heads = |shown: &Value| -> Vec<Value> {
            shown["parts"].as_array().into_iter().flatten().map(|part| part["heads"].clone()).collect()
        };
        let mut shown = Vec::with_capacity(people().len());
        for number in 0..people().len() {
            shown.push(heads(&talk.ask(number, &["show", plan])?));
        }
        if shown.windows(2).all(|pair| pair[0] == pair[1]) {
            let kept = talk.ask(0, &["sync", plan, "--wait", "60"])?;
            if kept["with"].as_array().is_some_and(|names| names.len() + 1 >= people().len()) {
                let others = people().iter().enumerate().filter(|(number, _)| *number != who);
                return Ok(others.map(|(_, persona)| persona.name.to_owned()).collect());
            }
        }
        if Instant::now() >= end {
            return Err(Failure::new("cli-demo-not-with-all"));
        }
        // What was written is on its way.
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The command that does what the script says.
fn line(talk: &mut Talk, plan: &str, writing: &Writing) -> Result<Vec<String>, Failure> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    match writing.act {
        Act::Append { spot, words } => {
            let (path, text) = locate(talk, plan, writing.who, spot)?;
            let at = text.chars().count().to_string();
            Ok(owned(&["splice", plan, &path, "--at", &at, "--insert", words]))
        }
        Act::Prepend { spot, words } => {
            let (path, _) = locate(talk, plan, writing.who, spot)?;
            Ok(owned(&["splice", plan, &path, "--at", "0", "--insert", words]))
        }
        Act::Set { spot, value } => {
            let (path, _) = locate(talk, plan, writing.who, spot)?;
            Ok(owned(&["set", plan, &path, value]))
        }
        Act::Add { part, values } => {
            let mut line = owned(&["add", plan, part]);
            line.extend(values.iter().map(|(field, value)| format!("{field}={value}")));
            Ok(line)
        }
    }
}

/// The path of a field and the text it holds now, as this person's device shows it.
fn locate(talk: &mut Talk, plan: &str, who: usize, spot: Spot) -> Result<(String, String), Failure> {
    let shown = talk.ask(who, &["show", plan, spot.part])?;
    let part = &shown["parts"][0];
    let Some(words) = spot.item else {
        return Ok((format!("{}.{}", spot.part, spot.field), text(&part["fields"], spot.field)));
    };
    let mut items = part["lists"][spot.part].as_array().into_iter().flatten();
    let says = |item: &&Value| {
        let fields = item.as_object().into_iter().flat_map(|fields| fields.values());
        fields.filter_map(Value::as_str).any(|text| text.contains(words))
    };
    let item = items.find(says).ok_or_else(|| Failure::new("errors-no-such-item"))?;
    Ok((format!("{}/{}.{}", spot.part, text(item, "id"), spot.field), text(item, spot.field)))
}

/// What somebody did, as a line of the transcript.
fn said(writing: &Writing) -> String {
    let name = people()[writing.who].name;
    let wrote = |spot: Spot, words: &str| {
        let (part, field) = spot.label();
        let words = words.trim().replace('\n', " ");
        words::say(
            Say::new("cli-demo-wrote").with("name", name).with("part", part).with("field", field).with("words", words),
        )
    };
    match writing.act {
        Act::Append { spot, words } | Act::Prepend { spot, words } => wrote(spot, words),
        Act::Set { spot, value } => {
            let (part, field) = spot.label();
            let described = plan::part(spot.part).into_iter().flat_map(|part| part.lists).flat_map(|list| list.fields);
            let choice =
                described.into_iter().find(|known| known.code == spot.field).map(|field| field.choice_label(value));
            let value = choice.map_or_else(|| value.to_owned(), |label| words::label(&label));
            let set = Say::new("cli-demo-set").with("name", name).with("part", part).with("field", field);
            words::say(set.with("value", value))
        }
        Act::Add { part, values } => {
            let label = plan::part(part).map_or_else(|| part.to_owned(), |part| words::label(part.label));
            let first = values.first().map_or("", |(_, value)| *value);
            words::say(Say::new("cli-demo-added").with("name", name).with("part", label).with("words", first))
        }
    }
}

/// All three must hold the same, and it must verify; then it is written as a page and as JSON.
fn finish(talk: &mut Talk, prepared: &Prepared, tell: &mut dyn FnMut(String)) -> Result<(), Failure> {
    let Prepared { plan, folder, .. } = prepared;
    let mut shown: Vec<Value> = Vec::new();
    for number in 0..people().len() {
        shown.push(same_for_all(talk.ask(number, &["show", plan])?));
    }
    if shown.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Failure::new("cli-demo-differs"));
    }
    tell(words::text("cli-demo-same"));
    for (number, persona) in people().iter().enumerate() {
        let verified = talk.ask(number, &["verify", plan])?;
        let count = |name: &str| verified[name].as_u64().unwrap_or(0);
        let said = Say::new("cli-demo-verified").with("name", persona.name).with("edits", count("edits"));
        tell(words::say(said.with("statements", count("statements")).with("signatures", count("signatures"))));
    }
    for (key, file) in [("cli-demo-html", "plan.html"), ("cli-demo-json", "plan.json")] {
        let path = written(talk, plan, &folder.join(file))?;
        tell(words::say(Say::new(key).with("path", path)));
    }
    Ok(())
}

fn written(talk: &mut Talk, plan: &str, path: &Path) -> Result<String, Failure> {
    let path = path.display().to_string();
    talk.ask(0, &["export", plan, "--to", &path])?;
    Ok(path)
}

/// What a device shows, without what is about that device alone: who "you" are, what you may do, who is online.
fn same_for_all(mut shown: Value) -> Value {
    for person in shown["plan"]["people"].as_array_mut().into_iter().flatten() {
        if let Value::Object(fields) = person {
            fields.remove("you");
        }
    }
    for part in shown["parts"].as_array_mut().into_iter().flatten() {
        if let Value::Object(fields) = part {
            fields.remove("access");
        }
    }
    shown
}
