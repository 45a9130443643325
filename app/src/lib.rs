//! The window: a person's support plan, written together.
//!
//! [`Room`] holds what one window knows: the desk, the screens, where the person is. A screen borrows the desk and pushes
//! wishes; the room carries them out when the last widget is drawn. `theme` says how everything looks, `kit` what screens
//! are made of, `text` is the one widget for text that others change too. Nothing here knows a peer, and only `paper` a file.

mod args;
mod asks;
mod clipboard;
mod demo;
mod desktop;
mod kit;
mod link;
pub mod noticed;
mod paper;
mod people;
mod rail;
mod report;
mod room;
mod screens;
mod settings;
mod status;
mod terms;
mod text;
mod theme;
mod window;

use std::{ffi::OsString, process::ExitCode};

/// The toolkit, for whoever tests the screens with the same version of it.
pub use eframe::egui;
pub use {
    asks::{Asks, Errand, Page, Place, Wish},
    desktop::Desktop,
    room::{Room, Told},
    settings::{Choice, Settings, Wanted},
    theme::{Look, install_fonts},
    window::{Opening, Window},
};

/// The program `alongside`.
pub fn main() -> ExitCode {
    match cli::Program::this() {
        Ok(mut program) => {
            // The demo's devices without windows are this same program, speaking as `along`.
            program.before = vec![args::ALONG.into()];
            run(std::env::args_os(), &program)
        }
        Err(_) => {
            report::complain(&words::text("app-no-program"));
            ExitCode::FAILURE
        }
    }
}

/// One command line, its first word being the program's own name. `program` is started again where a child is needed.
pub fn run(words: impl IntoIterator<Item = OsString>, program: &cli::Program) -> ExitCode {
    args::run(words, program)
}
