//! `live`: an edit made in one process until it is shown in another, beside samod over TCP.
//!
//! Ours: a command to one device until the other says that it has merged the edit; signed, and flushed on the writer's side
//! before it leaves. The reference: the same over standard input and output, unsigned, in memory.

use std::{ffi::OsStr, path::Path};

use super::{
    Figure, Programs, Stopped, Wish,
    figure::{median, quantile},
    open,
    process::Process,
    team::{FIELD, Home, LONGEST, PART, bring_in},
    typing,
};

/// Sizes of text, in parts of the large document, and the goal for the median.
const SIZES: [(usize, f64); 3] = [(100, 4.0), (10, 1.2), (1, 0.8)];

/// The 99th percentile may be this many times the median.
const TAIL: f64 = 3.0;

pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let folder = tempfile::tempdir()?;
    let mut figures = Vec::new();
    for (part, goal) in SIZES {
        let edits = (wish.edits / part).max(10);
        let folder = folder.path().join(edits.to_string());
        std::fs::create_dir(&folder)?;
        figures.extend(one_size(programs, wish, &folder, edits, goal)?);
    }
    Ok(figures)
}

fn one_size(programs: &Programs, wish: &Wish, folder: &Path, edits: usize, goal: f64) -> Result<Vec<Figure>, Stopped> {
    let steps = typing::typed(&typing::recorded_text(&wish.trace)?, edits);
    let (amina, hodan) = (Home::make(programs, folder, "amina")?, Home::make(programs, folder, "hodan")?);
    let plan = amina.run(&["new", "Measured"])?["plan"].as_str().unwrap_or_default().to_owned();
    let mut writer = amina.start()?;
    writer.type_steps(&plan, &steps)?;
    writer.end()?;
    let plain = open::plain(programs, &amina, &plan, folder)?;

    let mut writer = amina.start()?;
    let mut reader = hodan.start()?;
    bring_in(&mut writer, &plan, &mut reader, "hodan")?;
    writer.ask(&format!("sync {plan}"))?;
    let whole = writer.text(&plan)?;
    if reader.text(&plan)? != whole {
        return Err(Stopped::Wrong("the reader holds another text".into()));
    }

    let mut serve = Process::start("reference", &programs.reference, &["live-serve".as_ref(), plain.as_os_str()])?;
    let ready = serve.await_line("its first line", LONGEST, |said| said["ready"] == true)?.said;
    let address = ready["address"].as_str().unwrap_or_default().to_owned();
    let document = ready["document"].as_str().unwrap_or_default().to_owned();
    let words: [&OsStr; 3] = ["live-dial".as_ref(), address.as_ref(), document.as_ref()];
    let mut dial = Process::start("reference", &programs.reference, &words)?;
    dial.await_line("its first line", LONGEST, |said| said["ready"] == true)?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let rounds = wish.rounds.max(1);
    let middle = whole.chars().count() / 2;
    for round in 0..rounds {
        for at in 0..wish.samples / rounds {
            let at = middle + at + round * (wish.samples / rounds);
            reader.forget();
            let sent = writer.order(&format!("splice {plan} {FIELD} --at {at} --insert x"))?;
            let shown = reader.news("edits", |said| said["part"] == PART)?;
            writer.answer("the edit being saved")?;
            ours.push(shown.duration_since(sent).as_secs_f64() * 1e3);
        }
        for at in 0..wish.samples / rounds {
            let at = middle + at + round * (wish.samples / rounds);
            dial.forget();
            let sent = serve.order(&format!("{at} 0 x"))?;
            let shown = dial.await_line("the edit", LONGEST, |said| said.get("shown").is_some())?.at;
            theirs.push(shown.duration_since(sent).as_secs_f64() * 1e3);
        }
    }
    writer.end()?;
    reader.end()?;
    let tail = quantile(&ours, 0.99);
    Ok(vec![
        Figure::beside(format!("live {edits}"), "ms", median(&ours), median(&theirs), Some(goal)),
        Figure {
            name: format!("live {edits}, 99th percentile beside its median"),
            unit: "ms",
            ours: tail,
            reference: Some(median(&ours)),
            ratio: Some(tail / median(&ours)),
            goal: Some(TAIL),
        },
    ])
}
