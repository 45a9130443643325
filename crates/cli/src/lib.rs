//! along: the same device without a window.
//!
//! `main` is one line ([`main`]), so that other packages can have the same program under a name of their own. The grammar,
//! the JSON and the codes are a contract: `docs/cli.md`.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::Parser as _;

mod args;
mod child;
mod circle;
mod commands;
mod demo;
mod failure;
mod files;
mod line;
mod losing;
mod name;
mod offers;
mod paper;
mod replay;
mod report;
mod run;
mod serve;
mod session;
mod show;
mod talk;
mod task;

pub use demo::{Act, Persona, Prepared, Spot, Writing, headless, people, prepare, script};

/// A program that understands this command line, to be started again as another device: `replay` and the demo do.
/// `current_exe` would not do: inside a test it is the test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The file to start.
    pub path: PathBuf,
    /// What goes before the words of this command line.
    pub before: Vec<OsString>,
}

impl Program {
    /// This very program.
    pub fn this() -> std::io::Result<Program> {
        Ok(Program { path: std::env::current_exe()?, before: Vec::new() })
    }
}

/// The program `along`.
pub fn main() -> ExitCode {
    match Program::this() {
        Ok(program) => run(std::env::args_os(), &program),
        Err(_) => {
            report::complain(&words::text("cli-no-program"));
            ExitCode::FAILURE
        }
    }
}

/// One command line, its first word being the program's own name.
pub fn run(words: impl IntoIterator<Item = OsString>, program: &Program) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    if words.get(1).is_some_and(|word| word == node::TASTER) {
        return node::taster();
    }
    match args::Along::try_parse_from(words) {
        Ok(along) => run::run(along, program),
        Err(cause) => run::misused(&cause),
    }
}
