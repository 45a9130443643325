//! `open`: from a closed home to checked and readable text, beside automerge loading the same document from a plain file.
//!
//! Each opening happens in a process of its own, so that nothing is warm but the disk. Ours is the way a window goes:
//! the home is unlocked by its key file, the circle and the edits are read back and decrypted, the desk opens the part.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use desk::{Ask, Desk};
use node::Settings;
use serde_json::{Value, json};

use super::{
    Figure, Programs, Stopped, Wish,
    figure::median,
    process::Process,
    team::{FIELD, Home, LONGEST, PART},
    typing,
};

pub(super) fn measure(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let folder = tempfile::tempdir()?;
    let amina = Home::make(programs, folder.path(), "amina")?;
    let plan = amina.run(&["new", "Measured"])?["plan"].as_str().unwrap_or_default().to_owned();
    let mut writer = amina.start()?;
    writer.type_steps(&plan, &typing::typed(&typing::recorded_text(&wish.trace)?, wish.edits))?;
    writer.end()?;
    let plain = plain(programs, &amina, &plan, folder.path())?;

    let (mut ours, mut homes, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..wish.rounds.max(1) {
        let mut reference = Process::start("reference", &programs.reference, &["open".as_ref(), plain.as_os_str()])?;
        let said = reference.await_line("the text", LONGEST, |said| said.get("nanoseconds").is_some())?.said;
        theirs.push(said["nanoseconds"].as_f64().unwrap_or(f64::NAN) / 1e6);
        let letters = said["characters"].clone();
        reference.end()?;

        let words = ["open-once".as_ref(), amina.path.as_os_str(), plan.as_ref()];
        let mut own = Process::start("measure open-once", &programs.own, &words)?;
        let said = own.await_line("the text", LONGEST, |said| said.get("nanoseconds").is_some())?.said;
        ours.push(said["nanoseconds"].as_f64().unwrap_or(f64::NAN) / 1e6);
        homes.push(said["home"].as_f64().unwrap_or(f64::NAN) / 1e6);
        own.end()?;
        if said["characters"] != letters {
            return Err(Stopped::Wrong("ours and the reference read different texts".into()));
        }
    }
    Ok(vec![
        Figure::beside("open", "ms", median(&ours), median(&theirs), Some(1.15)),
        Figure::alone("open, of it the home: key, store, circle, edits", "ms", median(&homes)),
    ])
}

/// The same document as a plain automerge file, for the references.
pub(super) fn plain(programs: &Programs, home: &Home, plan: &str, folder: &Path) -> Result<PathBuf, Stopped> {
    let file = folder.join("plain.automerge");
    let words = ["open-once".as_ref(), home.path.as_os_str(), plan.as_ref(), file.as_os_str()];
    let mut own = Process::start("measure open-once", &programs.own, &words)?;
    own.await_line("the text", LONGEST, |said| said.get("nanoseconds").is_some())?;
    own.end()?;
    Ok(file)
}

/// Opens a home, reads the text of a plan and says how long it took; then writes the plain document, if a file is named.
pub fn open_once(home: &Path, plan: &str, plain: Option<&Path>) -> Result<Value, Stopped> {
    let wrong = |what: &str| Stopped::Wrong(what.to_owned());
    let mut settings = Settings::new(home.to_owned(), store::Unlock::KeyFile, std::env::current_exe()?);
    settings.online = false;
    let plan = plan.parse().map_err(|_| wrong("not the id of a plan"))?;
    let field = FIELD.parse().map_err(|_| wrong("not a field"))?;

    let began = Instant::now();
    let mut desk = Desk::open(settings).map_err(|error| Stopped::Wrong(error.to_string()))?;
    let home = began.elapsed();
    let _ = desk.act(Ask::Open { plan }, desk::now());
    while desk.document(plan, PART).is_none() {
        if began.elapsed() > LONGEST {
            return Err(wrong("the part was never opened"));
        }
        desk.wait(Duration::from_millis(100));
        desk.hear(desk::now());
    }
    let document = desk.document(plan, PART).ok_or_else(|| wrong("the part was just open"))?;
    let text = document.text(field);
    let took = began.elapsed();

    let said = json!({
        "nanoseconds": took.as_nanos() as u64,
        "home": home.as_nanos() as u64,
        "characters": text.chars().count(),
    });
    if let Some(file) = plain {
        std::fs::write(file, document.clone().save())?;
    }
    Ok(said)
}
