//! Losing things: a passphrase, a sheet of words, the newest days of a store.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::PathBuf,
    time::Duration,
};

use desk::{Answer, Ask, Change, Desk};
use node::{
    Custody, Unlock,
    ask::{self, Sheet as Taken, SheetOf, Words},
};
use seal::{PlanId, RecoveryWords};
use serde_json::json;
use words::Say;
use zeroize::Zeroizing;

use crate::{
    Program,
    args::{Common, Paper, Passphrase},
    commands::{answer, titled, unexpected},
    failure::Failure,
    report::Report,
    session::{NEW_PASSPHRASE, PASSPHRASE, Session, Way, home, later, passphrase_from, unlock, want},
    task::{Task, Went},
};

/// Characters of a file with 24 words that are read: numbered, spaced and titled, a sheet has fewer than 3,000.
const SHEET: u64 = 16 * 1024;

/// `passphrase`
pub(crate) fn passphrase(common: &Common, program: &Program, wanted: &Passphrase) -> Result<Report, Failure> {
    let new = |given: bool| match wanted.remove {
        true => Ok(Unlock::KeyFile),
        false => passphrase_from(NEW_PASSPHRASE, !given),
    };
    if wanted.forgotten {
        let from = wanted.words_from.as_deref().unwrap_or("-");
        let words = read_words(from)?;
        node::reset_passphrase(&home(common)?, &words, &new(from == "-")?, &program.path)?;
    } else {
        let session = Session::open(common, program, Way::default())?;
        let present = match session.desk.node().call(ask::Custody)? {
            Custody::KeyFile => Unlock::KeyFile,
            Custody::Passphrase => passphrase_from(PASSPHRASE, false)?,
        };
        session.desk.node().call(ask::SetPassphrase { present, new: new(false)? })?;
    }
    let say = if wanted.remove { "cli-passphrase-removed" } else { "cli-passphrase-set" };
    Ok(Report::new(words::text(say), json!({"passphrase": !wanted.remove})))
}

/// A home for somebody who comes back: where there is none yet, one is made.
pub(crate) fn make_home(common: &Common, program: &Program) -> Result<(), Failure> {
    let home = home(common)?;
    match node::create(&home, &unlock(&home), &program.path) {
        Ok(_) | Err(node::StartError::Store(node::OpenError::AlreadyThere)) => Ok(()),
        Err(cause) => Err(cause.into()),
    }
}

/// `restore`: comes back, takes everything in, and says which other devices there are.
pub(crate) fn restore(
    desk: &mut Desk,
    words: &Words,
    name: String,
    at: &[String],
    wait: Duration,
    sheet: Sheet,
) -> Result<Task, Failure> {
    let bad = |text: &String| Failure::usage(Say::new("cli-bad-address").with("address", text));
    let at = at.iter().map(|text| text.parse().map_err(|_| bad(text))).collect::<Result<Vec<_>, _>>()?;
    // For whom the words were written down before they ever came, it is their own name.
    let called = name.clone();
    let device_name = if name.is_empty() { words::text("common-another-device") } else { name };
    let ask = Ask::ComeBack { words: words.clone(), device_name, called, at, longest: wait };
    let turn = later(desk.act(ask, desk::now())?);
    answer(turn, None, move |desk, answer| match answer {
        Answer::Joined(plan) => {
            let settled = desk.node().ask(ask::Settled { plan, longest: wait });
            Ok(Task::asked_then(settled, move |desk, _| {
                want(desk, plan)?;
                Ok(titled(plan, move |desk, plan, title| came_back(desk, plan, &title, sheet)))
            }))
        }
        other => Err(unexpected(&other)),
    })
}

fn came_back(desk: &mut Desk, plan: PlanId, title: &str, sheet: Sheet) -> Report {
    if desk.name().is_empty()
        && let Some(me) = desk.people(plan).into_iter().find(|member| member.me)
    {
        // Whoever starts a plan on this device later is asked for another name if this one is no good.
        let _ = desk.act(Ask::Name { name: me.name }, desk::now());
    }
    let said = words::say(Say::new("cli-restored").with("title", title));
    let listed = devices(desk, plan);
    let json = json!({"plan": plan.to_string(), "title": title, "devices": listed.json["devices"]});
    let report = sheet.written(desk, plan, title, Report::new(format!("{said}\n{}", listed.text), json));
    // They have the sheet they came with, or the one just written.
    let _ = desk.act(Ask::SheetWritten { plan }, desk::now());
    report
}

/// `devices`
pub(crate) fn devices(desk: &Desk, plan: PlanId) -> Report {
    let own = own_devices(desk, plan);
    let lines = own.iter().map(|own| {
        let key = if own.this { "cli-device-here" } else { "cli-device" };
        words::say(Say::new(key).with("name", called(&own.name)).with("device", own.id.short()))
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let listed: Vec<_> =
        own.iter().map(|own| json!({"device": own.id.to_string(), "name": own.name, "here": own.this})).collect();
    Report::new(text, json!({"devices": listed}))
}

fn own_devices(desk: &Desk, plan: PlanId) -> Vec<desk::Device> {
    let me = desk.people(plan).into_iter().find(|member| member.me);
    me.map(|me| desk.devices(plan, me.id)).unwrap_or_default()
}

/// What a device is called: the first one of a person was never named.
fn called(name: &str) -> String {
    if name.is_empty() { words::text("common-first-device") } else { plan::clean(name) }
}

/// `lost`
pub(crate) fn lost(
    desk: &mut Desk,
    plan: PlanId,
    device: &str,
    and_linked: bool,
    words: Words,
) -> Result<Task, Failure> {
    let wanted = device.to_lowercase();
    let own = own_devices(desk, plan);
    let mut found = own.iter().filter(|own| wanted.len() >= 6 && own.id.to_string().starts_with(&wanted));
    let (Some(lost), None) = (found.next(), found.next()) else {
        return Err(Failure::from(desk::Refused::NoSuchDevice));
    };
    let (device, text) = (lost.id, Say::new("cli-lost").with("name", called(&lost.name)));
    let turn = later(desk.act(Ask::RemoveLost { plan, device, and_linked, words }, desk::now())?);
    answer(turn, None, move |_, _| {
        Ok(Task::ended(Ok(Report::new(words::say(text), json!({"removed": device.to_string()})))))
    })
}

/// `use-sheet`
pub(crate) fn use_sheet(desk: &mut Desk, plan: PlanId, words: Words) -> Result<Task, Failure> {
    let turn = later(desk.act(Ask::HoldSheet { plan, words }, desk::now())?);
    answer(turn, None, move |desk, _| {
        // Whoever typed them has them.
        let _ = desk.act(Ask::SheetWritten { plan }, desk::now());
        Ok(Task::ended(Ok(Report::new(words::text("cli-sheet-used"), json!({"plan": plan.to_string()})))))
    })
}

/// `resheet`
pub(crate) fn resheet(desk: &mut Desk, plan: PlanId, old: Words, sheet: Sheet) -> Result<Task, Failure> {
    let turn = later(desk.act(Ask::NewSheet { plan, old }, desk::now())?);
    answer(turn, None, move |_, _| {
        Ok(titled(plan, |desk, plan, title| {
            let report = Report::new(words::text("cli-resheeted"), json!({"plan": plan.to_string()}));
            sheet.written(desk, plan, &title, report)
        }))
    })
}

/// Words from where somebody says they are. On a line of `serve --commands` standard input carries the commands.
pub(crate) fn typed(from: &str, stdin: bool) -> Result<Words, Failure> {
    if from == "-" && !stdin {
        return Err(Failure::usage("cli-not-here"));
    }
    read_words(from).map(Words::new)
}

/// `copies`
pub(crate) fn copies(common: &Common) -> Result<Report, Failure> {
    let copies = node::copies(&home(common)?)?;
    let lines = copies.iter().map(|copy| {
        let when = words::moment(copy.at.0);
        words::say(Say::new("cli-copy").with("when", when).with("number", copy.at.0.to_string()))
    });
    let text = if copies.is_empty() { words::text("cli-no-copies") } else { lines.collect::<Vec<_>>().join("\n") };
    let listed: Vec<_> = copies.iter().map(|copy| json!({"copy": copy.at.0, "file": copy.path})).collect();
    Ok(Report::new(text, json!({"copies": listed})))
}

/// `put-back`
pub(crate) fn put_back(common: &Common, program: &Program, number: i64) -> Result<Report, Failure> {
    let home = home(common)?;
    let copies = node::copies(&home)?;
    let copy = copies.iter().find(|copy| copy.at.0 == number).ok_or_else(|| Failure::new("cli-no-such-copy"))?;
    let kept = node::put_back(&home, copy, &program.path)?;
    let file = kept.as_ref().and_then(|kept| kept.file_name()).unwrap_or_default().to_string_lossy();
    let is_kept = if kept.is_some() { "yes" } else { "no" };
    let said = Say::new("cli-put-back").with("when", words::moment(copy.at.0)).with("kept", is_kept);
    Ok(Report::new(words::say(said.with("file", file.as_ref())), json!({"copy": number, "kept": kept})))
}

/// Where the 24 words that are about to be made will be written down: a file that is there already, or the terminal.
pub(crate) struct Sheet(Option<(PathBuf, fs::File)>);

impl Sheet {
    /// Makes the file before the words, so that none are made that nobody can read.
    pub(crate) fn lay_out(paper: Paper) -> Result<Sheet, Failure> {
        let Some(path) = paper.sheet else { return Ok(Sheet(None)) };
        let named = |key: &'static str| Failure::new(Say::new(key).with("path", path.display().to_string()));
        if !path.extension().is_some_and(|end| end == "html" || end == "txt") {
            return Err(Failure::usage("cli-bad-sheet"));
        }
        let file = node::owner_only().write(true).create_new(true).open(&path).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => named("cli-file-there"),
            _ => named("cli-unwritable-file"),
        })?;
        Ok(Sheet(Some((path, file))))
    }

    /// Goes on with a knock, and writes the words down when it has ended in whatever way: somebody may be let in later.
    /// Not before: four other words are being read out meanwhile.
    pub(crate) fn written_after(self, mut knock: Task) -> Task {
        let (mut sheet, mut knocked, mut failed) = (Some(self), None, None);
        Task::new(move |desk, changes| {
            if let Some(failure) = failed.take() {
                return Went::Ended(Err(failure));
            }
            for change in changes {
                if let Change::Words { plan, .. } = change {
                    knocked = Some(*plan);
                }
            }
            let went = knock.look(desk, changes);
            let Some(plan) = knocked else { return went };
            match (went, sheet.take()) {
                (Went::Ended(Ok(report)), Some(sheet)) => {
                    let title = report.json["title"].as_str().unwrap_or_default().to_owned();
                    Went::Ended(Ok(sheet.written(desk, plan, &title, report)))
                }
                (Went::Ended(Err(failure)), Some(sheet)) => {
                    failed = Some(failure);
                    Went::Says(sheet.written(desk, plan, "", Report::new("", json!({}))))
                }
                (went, unused) => {
                    sheet = unused;
                    went
                }
            }
        })
    }

    /// Writes down what words there are for a plan, and adds to the report where they stand. Whatever becomes of the file,
    /// they are not lost: then they are printed.
    pub(crate) fn written(self, desk: &mut Desk, plan: PlanId, title: &str, report: Report) -> Report {
        let sheets = desk.node().call(ask::TakeSheets { plan }).unwrap_or_default();
        let Report { mut text, mut json } = report;
        // Who was not let in yet does not know what the plan is called.
        let id = plan.short();
        let title = if title.is_empty() { id.as_str() } else { title };
        for Taken { of, words } in sheets {
            let (whose, key) = match of {
                SheetOf::Me => (desk.name().to_owned(), "recovery"),
                SheetOf::Them => (words::text("common-sheet-them"), "theirs"),
            };
            let day = words::day(desk::now().0);
            let page = exchange::Sheet { whose: &whose, title, day: &day };
            let filed = (of == SheetOf::Me).then_some(self.0.as_ref()).flatten().filter(|(path, file)| {
                let html = path.extension().is_some_and(|end| end == "html");
                let page = if html { exchange::sheet_html(&page, &words) } else { exchange::sheet_text(&page, &words) };
                let mut file = file;
                file.write_all(page.as_bytes()).and_then(|()| file.sync_all()).is_ok()
            });
            if let Some((path, _)) = filed {
                let path = path.display().to_string();
                text = format!("{text}\n{}", words::say(Say::new("cli-sheet").with("path", path.as_str())));
                json["sheet"] = path.into();
            } else {
                text = format!("{text}\n\n{}", exchange::sheet_text(&page, &words).as_str());
                json[key] = words.text().as_str().into();
            }
            if of == SheetOf::Me {
                // Saying so is no promise of the disk's: the words are out of our hands now.
                let _ = desk.act(Ask::SheetWritten { plan }, desk::now());
            }
        }
        Report { text, json }
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        // Nothing was made after all.
        if let Some((path, file)) = &self.0
            && file.metadata().is_ok_and(|metadata| metadata.len() == 0)
        {
            let _ = fs::remove_file(path);
        }
    }
}

/// Somebody's 24 words, from a file or, for `-`, from standard input.
pub(crate) fn read_words(from: &str) -> Result<RecoveryWords, Failure> {
    let mut text = Zeroizing::new(String::new());
    let read = match from {
        "-" => io::stdin().take(SHEET).read_to_string(&mut text),
        path => fs::File::open(path).and_then(|file| file.take(SHEET).read_to_string(&mut text)),
    };
    read.map_err(|_| Failure::new(Say::new("cli-unreadable-file").with("path", from)))?;
    let typed = exchange::words_on(&text);
    RecoveryWords::read(&typed).map_err(|not| Failure::new(exchange::not_words(not)))
}
