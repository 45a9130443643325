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
            json(&self.json);
        } else if !self.text.is_empty() {
            line(&self.text);
        }
    }
}

/// One line to standard output, at once.
pub(crate) fn line(text: &str) {
    tell(&written_out(text.trim_end_matches('\n'), |c| c.escape_unicode().to_string()));
}

/// The same for a program.
pub(crate) fn json(value: &Value) {
    tell(&as_json(value));
}

fn tell(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// One sentence to standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", written_out(text, |c| c.escape_unicode().to_string()));
}

/// A terminal may show it, too: what commands one is written as JSON may write every letter.
fn as_json(value: &Value) -> String {
    written_out(&value.to_string(), |c| format!("\\u{:04x}", u32::from(c))).into_owned()
}

/// What is printed of words that others wrote: nothing in them commands the terminal, or turns the direction of writing, as
/// if the line said something else. What would is written out.
fn written_out(text: &str, out: impl Fn(char) -> String) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_told = |c: char| commands(c) || turns(c);
    if !text.contains(is_told) {
        return text.into();
    }
    text.chars().map(|c| if is_told(c) { out(c) } else { c.into() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_reads_the_very_same_words() {
        let words = "a\u{1b}]0;b\u{7f}\u{85}\u{9b}2J\u{202e}desrever\u{2066}\n\t\u{1f44d}";
        let told = as_json(&serde_json::json!({"text": words}));
        assert!(told.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{told}");
        assert_eq!(serde_json::from_str::<Value>(&told).unwrap()["text"], words);
    }

    #[test]
    fn words_command_no_terminal() {
        let shown = |text| written_out(text, |c| c.escape_unicode().to_string());
        assert_eq!(
            shown("two\nlines\tof it, \u{5e9}\u{200f} and \u{1f44d}\u{200d}"),
            "two\nlines\tof it, \u{5e9}\u{200f} and \u{1f44d}\u{200d}"
        );
        assert_eq!(shown("a\u{1b}]52;c;eA==\u{7}b\rc\u{9b}2J"), r"a\u{1b}]52;c;eA==\u{7}b\u{d}c\u{9b}2J");
        assert_eq!(shown("\u{202e}desrever\u{2066}"), r"\u{202e}desrever\u{2066}");
    }
}
