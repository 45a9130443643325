//! What a command says when it is done: lines for a person, and the same as JSON for a program.

use std::{
    borrow::Cow,
    io::{self, Write as _},
};

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
    let _ = writeln!(out, "{}", shown(text.trim_end_matches('\n')));
    let _ = out.flush();
}

/// One sentence to standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", shown(text));
}

/// What is printed of words that others wrote: nothing in them commands the terminal, or turns the direction of writing, as
/// if the line said something else. What would is written out.
fn shown(text: &str) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_told = |c: char| commands(c) || turns(c);
    if !text.contains(is_told) {
        return text.into();
    }
    text.chars().map(|c| if is_told(c) { c.escape_unicode().to_string() } else { c.into() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_command_no_terminal() {
        assert_eq!(
            shown("two\nlines\tof it, \u{5e9}\u{200f} and \u{1f44d}\u{200d}"),
            "two\nlines\tof it, \u{5e9}\u{200f} and \u{1f44d}\u{200d}"
        );
        assert_eq!(shown("a\u{1b}]52;c;eA==\u{7}b\rc\u{9b}2J"), r"a\u{1b}]52;c;eA==\u{7}b\u{d}c\u{9b}2J");
        assert_eq!(shown("\u{202e}desrever\u{2066}"), r"\u{202e}desrever\u{2066}");
    }
}
