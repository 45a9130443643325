//! `open`: from a closed home to checked and readable text, beside automerge loading the same document from a plain file.
//!
//! Each opening happens in a process of its own, so that nothing is warm but the disk. Ours is the way a window goes:
//! the home is unlocked by its key file, the circle and the edits are read back and decrypted, the desk opens the part.
//! The same for a plan of ten years, made of the sample: all of its documents, beside automerge loading all of them.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use desk::{Ask, Desk};
use node::Settings;
use plan::{Document, FieldPath};
use seal::{DocId, PlanId};
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
    let mut figures = vec![
        Figure::beside("open", "ms", median(&ours), median(&theirs), Some(GOAL)),
        Figure::alone("open, of it the home: key, store, circle, edits", "ms", median(&homes)),
    ];
    figures.extend(ten_years(programs, wish)?);
    Ok(figures)
}

/// What opening may cost beside automerge alone.
const GOAL: f64 = 1.15;

/// A plan of ten years: the sample, grown old. It was open before, so that what is kept for a quick start is kept.
fn ten_years(programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    let folder = tempfile::tempdir()?;
    let amina = Home::make(programs, folder.path(), "amina")?;
    let plan = amina.run(&["sample", "ten-years"])?["plan"].as_str().unwrap_or_default().to_owned();
    let files = folder.path().join("plain");
    std::fs::create_dir(&files)?;
    let open = |plain: Option<&Path>| {
        let words = ["open-whole".as_ref(), amina.path.as_os_str(), plan.as_ref()];
        let words = [&words[..], plain.map(Path::as_os_str).as_slice()].concat();
        let mut own = Process::start("measure open-whole", &programs.own, &words)?;
        let said = own.await_line("the plan", LONGEST, |said| said.get("nanoseconds").is_some())?.said;
        own.end()?;
        Ok::<Value, Stopped>(said)
    };
    open(Some(&files))?;
    let (mut ours, mut homes, mut theirs, mut edits) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..wish.rounds.max(1) {
        let words = ["open".as_ref(), files.as_os_str()];
        let mut reference = Process::start("reference", &programs.reference, &words)?;
        let plain = reference.await_line("the plan", LONGEST, |said| said.get("nanoseconds").is_some())?.said;
        reference.end()?;
        let said = open(None)?;
        if said["edits"] != plain["edits"] {
            return Err(Stopped::Wrong("ours and the reference opened different plans".into()));
        }
        theirs.push(plain["nanoseconds"].as_f64().unwrap_or(f64::NAN) / 1e6);
        ours.push(said["nanoseconds"].as_f64().unwrap_or(f64::NAN) / 1e6);
        homes.push(said["home"].as_f64().unwrap_or(f64::NAN) / 1e6);
        edits = said["edits"].as_u64().unwrap_or_default();
    }
    let name = format!("open, ten years of {edits} edits");
    Ok(vec![
        Figure::beside(&name, "ms", median(&ours), median(&theirs), Some(GOAL)),
        Figure::alone(format!("{name}, of it the home"), "ms", median(&homes)),
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

/// The desk of a home, offline.
pub(super) fn desk(home: &Path) -> Result<Desk, Stopped> {
    let mut settings = Settings::new(home.to_owned(), store::Unlock::KeyFile, std::env::current_exe()?);
    settings.online = false;
    Desk::open_for_all(settings).map_err(|error| Stopped::Wrong(error.to_string()))
}

/// Opens a home, reads the text of a plan and says how long it took; then writes the plain document, if a file is
/// named, and stays until what makes the next start quick is kept.
pub fn open_once(home: &Path, plan: &str, plain: Option<&Path>) -> Result<Value, Stopped> {
    let wrong = |what: &str| Stopped::Wrong(what.to_owned());
    let plan = plan.parse().map_err(|_| wrong("not the id of a plan"))?;
    let field = FIELD.parse().map_err(|_| wrong("not a field"))?;

    let began = Instant::now();
    let mut desk = desk(home)?;
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
        settle(&mut desk);
    }
    Ok(said)
}

/// Stays until what makes the next start quick is kept.
fn settle(desk: &mut Desk) {
    let until = Instant::now() + SETTLES;
    while Instant::now() < until {
        desk.hear(desk::now());
        desk.wait(Duration::from_millis(100));
    }
}

/// Opens a home and every document of a plan, and says how long it took; then writes them as plain files, if a folder is
/// named, and stays until what makes the next start quick is kept.
pub fn open_whole(home: &Path, plan: &str, plain: Option<&Path>) -> Result<Value, Stopped> {
    let plan: PlanId = plan.parse().map_err(|_| Stopped::Wrong("not the id of a plan".into()))?;
    let began = Instant::now();
    let mut desk = desk(home)?;
    let home = began.elapsed();
    let _ = desk.act(Ask::Open { plan }, desk::now());
    let all = |desk: &Desk| {
        let docs: Vec<DocId> = desk.ledger(plan)?.documents().map(|document| document.id).collect();
        docs.into_iter().map(|doc| desk.document_in(plan, doc)).collect::<Option<Vec<_>>>().map(|all| {
            let words = |document: &&Document| {
                let fields = document.part().fields.iter();
                let paths = fields.filter_map(|field| FieldPath::new(document.part(), None, field.code).ok());
                paths.map(|path| document.text(path).chars().count()).sum::<usize>()
            };
            let letters: usize = all.iter().map(words).sum();
            (letters, all.iter().map(|document| document.edits()).sum::<usize>(), all.len())
        })
    };
    let (letters, edits, documents) = loop {
        desk.hear(desk::now());
        if desk.is_ready()
            && let Some(found) = all(&desk)
        {
            break found;
        }
        if began.elapsed() > LONGEST {
            return Err(Stopped::Wrong("the plan was never opened".into()));
        }
        desk.wait(Duration::from_millis(100));
    };
    let took = began.elapsed();
    if let Some(folder) = plain {
        let docs: Vec<DocId> =
            desk.ledger(plan).into_iter().flat_map(|ledger| ledger.documents()).map(|one| one.id).collect();
        for doc in docs {
            let document = desk.document_in(plan, doc).ok_or_else(|| Stopped::Wrong("a document is gone".into()))?;
            std::fs::write(folder.join(format!("{doc}.automerge")), document.clone().save())?;
        }
        settle(&mut desk);
    }
    Ok(json!({
        "nanoseconds": took.as_nanos() as u64,
        "home": home.as_nanos() as u64,
        "characters": letters,
        "edits": edits,
        "documents": documents,
    }))
}

/// How long a plan stays open for what is made beside the work.
const SETTLES: Duration = Duration::from_secs(20);
