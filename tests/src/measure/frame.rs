//! `frame`: what one frame of the window costs while somebody else writes, beside the same frame while nobody does.
//!
//! The window is the real one without a screen: room, desk and node in a process of their own, drawn and tessellated twenty
//! times a second, its thread's processor time counted. The other device is a process that writes twenty edits a second into
//! a text of 20,000. Page by page both take turns. Then, with nobody else writing, the frames of whoever rolls down the page and
//! of whoever types on it, and the first one, in which all is drawn that was never drawn before.

mod drawn;
mod filled;

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

pub use drawn::frames;

use super::{
    Figure, Programs, Stopped, Wish,
    figure::quantile,
    process::Process,
    team::{Device, FIELD, Home, LONGEST, bring_in},
    typing,
};

/// Things in the plan besides the text.
const ITEMS: usize = 5_000;

/// From one frame to the next, and from one edit to the next.
const PACE: Duration = Duration::from_millis(50);

/// The pages that are looked at: the text itself, lists of more than a thousand things each, and what is reckoned from all.
const PAGES: [&str; 10] = ["about-me", "needs", "goals", "actions", "log", "money", "front", "history", "day", "find"];

/// How much a frame may cost whoever rolls or types: they see every one that is missing at sixty a second.
const SMOOTH: f64 = 16.0;

/// What a frame may cost beside the same frame in peace, and in milliseconds.
const GOALS: (f64, f64) = (1.5, 8.0);

pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let folder = tempfile::tempdir()?;
    let (amina, hodan) = (Home::make(programs, folder.path(), "amina")?, Home::make(programs, folder.path(), "hodan")?);
    let plan = amina.run(&["new", "Measured"])?["plan"].as_str().unwrap_or_default().to_owned();
    let mut owner = amina.start()?;
    let mut writer = hodan.start()?;
    bring_in(&mut owner, &plan, &mut writer, &hodan.name)?;
    owner.type_steps(&plan, &typing::typed(&typing::recorded_text(&wish.trace)?, wish.edits))?;
    owner.ask(&format!("sync {plan}"))?;
    owner.end()?;
    filled::fill(&amina.path, &plan, ITEMS)?;

    let words = ["frames".as_ref(), amina.path.as_os_str(), plan.as_ref()];
    let mut window = Process::start("measure frames", &programs.own, &words)?;
    window.await_line("the window", LONGEST, |said| said["ready"] == true)?;
    let mut at = writer.text(&plan)?.chars().count() / 2;
    let (rounds, mut figures) = (wish.rounds.max(1), Vec::new());
    let frames = (wish.samples / rounds).max(1);
    for page in PAGES {
        let (mut quiet, mut busy, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            let (first, drawn) = draw(&mut window, page, "looking", frames, |_| Ok(()))?;
            firsts.push(first);
            quiet.extend(drawn);
            let typing = |until| type_on(&mut writer, &plan, &mut at, until);
            busy.extend(draw(&mut window, page, "looking", frames, typing)?.1);
        }
        let (tail, before) = (quantile(&busy, 0.99), quantile(&quiet, 0.99));
        figures.push(Figure::beside(format!("frame, {page}, 99th percentile"), "ms", tail, before, Some(GOALS.0)));
        figures.push(Figure::within(format!("frame, {page}, of {} ms", GOALS.1), "ms", tail, GOALS.1));
        figures.push(Figure::alone(format!("frame, {page}, median"), "ms", quantile(&busy, 0.5)));
        let first = firsts.first().copied().unwrap_or(f64::NAN);
        figures.push(Figure::alone(format!("frame, {page}, the first"), "ms", first));
        for doing in ["scrolling", "typing"] {
            let (_, drawn) = draw(&mut window, page, doing, frames * rounds, |_| Ok(()))?;
            let name = format!("frame, {page}, {doing}");
            figures.push(Figure::alone(format!("{name}, median"), "ms", quantile(&drawn, 0.5)));
            figures.push(Figure::within(format!("{name}, 95th percentile"), "ms", quantile(&drawn, 0.95), SMOOTH));
            figures.push(Figure::alone(format!("{name}, the worst"), "ms", quantile(&drawn, 1.0)));
        }
    }
    window.end()?;
    writer.end()?;
    Ok(figures)
}

/// The first frame of a page and then so many of them, in milliseconds each, while something goes on until it is told that they
/// are drawn.
fn draw(
    window: &mut Process,
    page: &str,
    doing: &str,
    frames: usize,
    meanwhile: impl FnOnce(Instant) -> Result<(), Stopped>,
) -> Result<(f64, Vec<f64>), Stopped> {
    window.order(&format!("{page} {doing} {frames}"))?;
    let begins = window.await_line("the page", LONGEST, |said| said.get("begins").is_some())?.said;
    meanwhile(Instant::now() + PACE * u32::try_from(frames).unwrap_or(u32::MAX))?;
    let said = window.await_line("the frames", LONGEST, |said| said.get("frames").is_some())?.said;
    let frames = said["frames"].as_array().into_iter().flatten().filter_map(Value::as_f64);
    Ok((begins["first"].as_f64().unwrap_or(f64::NAN), frames.collect()))
}

/// Types a letter at every pace, until then, and waits until all are saved.
fn type_on(writer: &mut Device, plan: &str, at: &mut usize, until: Instant) -> Result<(), Stopped> {
    let mut typed = 0;
    let mut next = Instant::now();
    while next < until {
        thread::sleep(next.saturating_duration_since(Instant::now()));
        writer.order(&format!("splice {plan} {FIELD} --at {at} --insert x"))?;
        (*at, typed, next) = (*at + 1, typed + 1, next + PACE);
    }
    for _ in 0..typed {
        writer.answer("the edit being saved")?;
    }
    Ok(())
}
