//! What a command says when it is done: lines for a person, and the same as JSON for a program.

use std::io::{self, Write as _};

use serde_json::Value;

/// A command's answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    /// For a person; several lines, or nothing to say.
    pub(crate) text: String,
    /// For a program.
    pub(crate) json: Value,
}

impl Report {
    pub(crate) fn new(text: impl Into<String>, json: Value) -> Report {
        Report { text: text.into(), json }
    }

    /// Prints it to standard output. A reader who has gone is no failure of ours.
    pub(crate) fn print(&self, as_json: bool) {
        if as_json {
            line(&self.json.to_string());
        } else if !self.text.is_empty() {
            line(&self.text);
        }
    }
}

/// One line to standard output, at once.
pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{}", text.trim_end_matches('\n'));
    let _ = out.flush();
}

/// One sentence to standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
