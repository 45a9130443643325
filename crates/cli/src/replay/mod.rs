//! Replaying a recorded editing session through real devices.
//!
//! Each agent of the recording gets a device of its own: a process with its own key, store and network identity. What an
//! agent typed is typed on its device only, as one edit a transaction, relative to exactly what the recording says it had
//! seen; everything else arrives over libp2p. The whole script of a device can be written ahead, because what must be
//! merged is named by device and number: a device waits for others' edits, never for this process.

mod players;
mod recording;
mod script;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, time::Instant};

use serde_json::json;
use words::Say;

use crate::{
    Program,
    args::{Common, Replay},
    child,
    failure::Failure,
    report::Report,
    talk::{Talk, text},
};
use players::Players;
use recording::Recording;

/// The text that is written in.
const PART: &str = "about-me";
const FIELD: &str = "about-me.important";
/// A role that writes in that part.
const ROLE: &str = "carer";

/// Replays a recording and says how it went.
pub(crate) fn replay(common: &Common, program: &Program, wanted: &Replay) -> Result<Report, Failure> {
    let recording = Recording::open(&wanted.trace).map_err(|bad| {
        let (key, values) = bad.say();
        let path = wanted.trace.display().to_string();
        Failure::new(
            values.into_iter().fold(Say::new(key).with("path", path), |say, (name, value)| say.with(name, value)),
        )
    })?;
    let agents = recording.agents.len();
    if wanted.devices < agents {
        return Err(Failure::usage(Say::new("cli-replay-too-few").with("agents", agents)));
    }
    let (folder, ours) = match &common.home {
        Some(folder) => (folder.clone(), false),
        None => (child::fresh_folder("replay")?, true),
    };
    let homes: Vec<(PathBuf, String)> =
        (1..=wanted.devices).map(|number| (folder.join(number.to_string()), called(number))).collect();
    let begun = Instant::now();
    let mut talk = Talk::start(program, homes)?;
    let plan = text(&talk.ask(0, &["new", "A replayed session"])?, "plan");
    for number in 1..wanted.devices {
        talk.bring_in(&plan, (0, number), (&called(number + 1), ROLE), "")?;
    }
    let base = hold(&mut talk, &plan, agents)?;
    let set_up = begun.elapsed();
    let recording = std::sync::Arc::new(recording);
    let mut players = Players::new(talk, program.clone(), plan, recording.clone(), base, common.json);
    let played = players.play()?;
    let seconds = begun.elapsed().as_secs_f64();
    drop(players);
    if ours {
        // A folder that cannot be taken away is litter, not a failure.
        let _ = std::fs::remove_dir_all(&folder);
    }
    let characters = recording.end.chars().count();
    let said = Say::new("cli-replayed")
        .with("devices", wanted.devices)
        .with("transactions", recording.transactions)
        .with("merges", recording.merges)
        .with("characters", characters)
        .with("edits", played.edits)
        .with("signatures", played.signatures)
        .with("restarts", played.restarts)
        .with("seconds", format!("{seconds:.1}"));
    Ok(Report::new(
        words::say(said),
        json!({"replayed": true, "devices": wanted.devices, "agents": agents, "transactions": recording.transactions,
               "merges": recording.merges, "characters": characters, "edits": played.edits, "signatures": played.signatures,
               "restarts": played.restarts, "seconds": seconds, "set_up_seconds": set_up.as_secs_f64()}),
    ))
}

fn called(number: usize) -> String {
    format!("Device {number}")
}

/// Waits until every device has the empty part, and holds it there. Answers how many edits each device that types has in
/// it already.
fn hold(talk: &mut Talk, plan: &str, agents: usize) -> Result<Vec<u64>, Failure> {
    let own = |held: serde_json::Value| held["own"].as_u64().unwrap_or(0);
    let maker = own(talk.ask(0, &["hold", plan, PART])?);
    let upto = format!("{}:{maker}", talk.devices[0]);
    let mut base = vec![maker];
    for number in 1..talk.children.len() {
        talk.ask(number, &["merge", plan, PART, "--upto", &upto])?;
        if number < agents {
            base.push(own(talk.ask(number, &["hold", plan, PART, "--upto", &upto])?));
        }
    }
    Ok(base)
}
