//! `replay`: the recorded session through two real devices, beside the same schedule in one process.
//!
//! Ours counts from both devices being in the plan to every device showing and having verified the whole text.

use super::{Figure, Programs, Stopped, Wish, figure::median, process::Process, team::LONGEST};

/// Seconds for the whole recording.
pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..wish.replays.max(1) {
        let words = ["replay".as_ref(), wish.trace.as_os_str()];
        let mut reference = Process::start("reference", &programs.reference, &words)?;
        let said =
            reference.await_line("the end of the replay", LONGEST, |said| said.get("nanoseconds").is_some())?.said;
        if said["equal"] != true {
            return Err(Stopped::Wrong("the reference does not end with the recording's text".into()));
        }
        theirs.push(said["nanoseconds"].as_f64().unwrap_or(f64::NAN) / 1e9);
        reference.end()?;

        let words = ["--json".as_ref(), "replay".as_ref(), wish.trace.as_os_str(), "--devices".as_ref(), "2".as_ref()];
        let mut replay = Process::start("along replay", &programs.along, &words)?;
        let said = replay.await_line("the end of the replay", LONGEST, |said| {
            said.get("replayed").is_some() || said.get("error").is_some()
        })?;
        let said = said.said;
        if said["replayed"] != true {
            return Err(Stopped::Wrong("our devices do not end with the recording's text".into()));
        }
        let seconds = |name: &str| said[name].as_f64().unwrap_or(f64::NAN);
        ours.push(seconds("seconds") - seconds("set_up_seconds"));
        replay.end()?;
    }
    Ok(vec![Figure::beside("replay", "s", median(&ours), median(&theirs), Some(1.5))])
}
