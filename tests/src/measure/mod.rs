//! How fast, beside references measured in the same run.
//!
//! A measure alternates ours and the reference (A B A B), takes medians, and ends in [`Figure`]s. Ours runs through real
//! device processes or the real store and plan; references are built and started from `references/` with the same profile.

mod catch_up;
mod circle;
mod figure;
mod first_sync;
mod frame;
mod live;
mod open;
mod page;
mod process;
mod programs;
mod replay;
mod team;
mod typing;
mod wire;

pub use {
    figure::Figure,
    frame::frames,
    open::{open_once, open_whole},
    page::write_page,
    programs::Programs,
    wire::apart,
};

use std::{io, path::PathBuf, time::Duration};

/// What was asked for, and with which sizes.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The recorded session.
    pub trace: PathBuf,
    /// Edits of the large document. The goals are stated for 20,000.
    pub edits: usize,
    /// How often each side is measured.
    pub rounds: usize,
    /// How often each side replays; it takes long.
    pub replays: usize,
    /// Edits timed in `live`, for each size of text.
    pub samples: usize,
}

/// Why a measure came to no figure.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A program could not be built or started.
    #[error("{program} cannot be started: {cause}")]
    Start {
        /// Which.
        program: String,
        /// Why.
        cause: io::Error,
    },
    /// A program ended, or said nothing, while something was expected of it.
    #[error("{program} did not answer in {longest:?} while waiting for {what}; last words: {last}")]
    Silent {
        /// Which.
        program: String,
        /// What was expected.
        what: String,
        /// How long it was waited for.
        longest: Duration,
        /// The last line it printed.
        last: String,
    },
    /// A program said that something went wrong.
    #[error("{program}: {said}")]
    Refused {
        /// Which.
        program: String,
        /// Its own words.
        said: String,
    },
    /// A file could not be read or written.
    #[error("cannot read or write: {0}")]
    Files(#[from] io::Error),
    /// What was measured is not what it should be.
    #[error("wrong result: {0}")]
    Wrong(String),
}

/// The names of all measures, in the order `all` runs them.
pub const NAMES: [&str; 7] = ["open", "first-sync", "catch-up", "live", "replay", "frame", "circle"];

/// Whether a measure starts no other program, so that none has to be built for it.
pub fn is_alone(name: &str) -> bool {
    name == "circle"
}

/// Runs one measure.
pub fn run(name: &str, programs: &Programs, wish: &Wish) -> Result<Vec<Figure>, Stopped> {
    match name {
        "open" => open::measure(programs, wish),
        "first-sync" => first_sync::measure(programs, wish),
        "catch-up" => catch_up::measure(programs, wish),
        "live" => live::measure(programs, wish),
        "replay" => replay::measure(programs, wish),
        "frame" => frame::measure(programs, wish),
        "circle" => circle::measure(wish),
        _ => Err(Stopped::Wrong(format!("there is no measure {name}"))),
    }
}
