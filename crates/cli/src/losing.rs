//! Losing things: a passphrase, a sheet of words, the newest days of a store.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::PathBuf,
};

use desk::{Ask, Change, Desk};
use node::{
    Custody, Unlock,
    ask::{self, Sheet as Taken, SheetOf},
};
use seal::{NotWords, PlanId, RECOVERY_WORDS, RecoveryWords};
use serde_json::json;
use words::Say;
use zeroize::Zeroizing;

use crate::{
    Program,
    args::{Common, Paper, Passphrase},
    failure::Failure,
    report::Report,
    session::{NEW_PASSPHRASE, PASSPHRASE, Session, Way, home, passphrase_from},
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
    node::put_back(&home, copy, &program.path)?;
    let text = words::say(Say::new("cli-put-back").with("when", words::moment(copy.at.0)));
    Ok(Report::new(text, json!({"copy": number})))
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
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|cause| match cause.kind() {
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
    RecoveryWords::read(&typed).map_err(|not| match not {
        NotWords::Count { found } => {
            Failure::new(Say::new("errors-words-count").with("found", found).with("wanted", RECOVERY_WORDS))
        }
        NotWords::Unknown { place, word } => {
            Failure::new(Say::new("errors-words-unknown").with("place", place).with("word", word))
        }
        NotWords::Checksum => Failure::new("errors-words-checksum"),
    })
}
