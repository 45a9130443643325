//! Losing things: a passphrase, a sheet of words, the newest days of a store.

use std::{
    fs,
    io::{self, Read as _},
};

use node::{Custody, Unlock, ask};
use seal::{NotWords, RECOVERY_WORDS, RecoveryWords};
use serde_json::json;
use words::Say;
use zeroize::Zeroizing;

use crate::{
    Program,
    args::{Common, Passphrase},
    failure::Failure,
    report::Report,
    session::{NEW_PASSPHRASE, PASSPHRASE, Session, Way, home, passphrase_from},
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
