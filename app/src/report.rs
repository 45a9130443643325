//! Lines on the terminal: the demo's story, and why something was not done.

use std::io::Write as _;

/// One line of the story.
pub fn line(words: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever closed the terminal does not want to read.
    drop(writeln!(out, "{words}"));
    drop(out.flush());
}

/// Why something was not done.
pub fn complain(words: &str) {
    drop(writeln!(std::io::stderr().lock(), "{words}"));
}
