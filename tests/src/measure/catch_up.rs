//! `catch-up`: two devices that hold the same large document each write a hundred edits while apart, then meet.
//!
//! Both keep running and have the part open, as people have; timed from both going online to both showing everything.

use std::{thread, time::Duration};

use super::{
    Figure, Programs, Stopped, Wish,
    figure::median,
    first_sync, open,
    team::{Home, bring_in},
    typing, wire,
};

/// New edits on either side.
const NEW: usize = 100;

/// How long the two stay apart at least.
const APART: Duration = Duration::from_secs(4);

pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let folder = tempfile::tempdir()?;
    let (amina, hodan) = (Home::make(programs, folder.path(), "amina")?, Home::make(programs, folder.path(), "hodan")?);
    let plan = amina.run(&["new", "Measured"])?["plan"].as_str().unwrap_or_default().to_owned();
    let mut one = amina.start()?;
    let mut other = hodan.start()?;
    bring_in(&mut one, &plan, &mut other, "hodan")?;
    one.type_steps(&plan, &typing::typed(&typing::recorded_text(&wish.trace)?, wish.edits))?;
    one.ask(&format!("sync {plan}"))?;
    one.end()?;
    let plain = open::plain(programs, &amina, &plan, folder.path())?;
    let mut one = amina.start()?;
    let mut whole = one.text(&plan)?;
    other.shows(&plan, &whole)?;

    let (mut ours, mut theirs, mut our_bytes, mut their_bytes) = (vec![], vec![], vec![], vec![]);
    let new = NEW.to_string();
    for _ in 0..wish.rounds.max(1) {
        let words = ["--edits".as_ref(), new.as_ref()];
        let serve = [&["sync-serve".as_ref(), plain.as_os_str()], &words[..]].concat();
        let dial = [&[plain.as_os_str()], &words[..]].concat();
        let (seconds, bytes) = first_sync::reference(programs, &serve, &dial)?;
        theirs.push(seconds);
        their_bytes.push(bytes);

        // One writes at the beginning, the other at the end, so what they end with is known.
        let end = whole.chars().count();
        for (device, from, letter) in [(&mut one, 0, "x"), (&mut other, end, "y")] {
            device.ask("offline")?;
            let letters: Vec<typing::Step> = (from..from + NEW).map(|at| (at, 0, letter.to_owned())).collect();
            device.type_steps(&plan, &letters)?;
        }
        whole = format!("{}{whole}{}", "x".repeat(NEW), "y".repeat(NEW));
        // The system gives a port back a moment after it was left; with another port the two would have to look for each other.
        thread::sleep(APART);
        let before = wire::bytes()?;
        let began = one.order("online")?;
        other.order("online")?;
        one.answer("being online")?;
        other.answer("being online")?;
        let here = one.shows(&plan, &whole)?;
        let there = other.shows(&plan, &whole)?;
        our_bytes.push((wire::bytes()? - before) as f64 / 1e3);
        ours.push(here.max(there).duration_since(began).as_secs_f64());
        one.ask(&format!("sync {plan}"))?;
    }
    other.end()?;
    one.end()?;
    Ok(vec![
        Figure::beside("catch-up", "s", median(&ours), median(&theirs), Some(1.0)),
        Figure::beside("catch-up bytes", "kB", median(&our_bytes), median(&their_bytes), Some(0.2)),
    ])
}
