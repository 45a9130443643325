//! The words after `alongside`: a window, or the demo.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use words::text;

use crate::{
    asks::Page,
    demo::{self, Demo, Part},
    report,
    settings::{Wanted, ZOOMS},
    window::{self, Opening},
};

/// A person's support plan, written together, each on their own device.
#[derive(Debug, Parser)]
#[command(name = "alongside", version, about, long_about = None)]
struct Arguments {
    /// The device's folder (else ALONGSIDE_HOME, else the usual place for data)
    #[arg(long, value_name = "DIR", global = true)]
    home: Option<PathBuf>,
    /// Where to listen: IP:PORT or a multiaddr; may be given again (else everywhere)
    #[arg(long, value_name = "ADDR")]
    listen: Vec<node::Listen>,
    /// Do not look for others on the same network
    #[arg(long)]
    no_mdns: bool,
    /// With one plan, the page to begin at: `front`, `parts`, `people`, `who-sees-what`, `my-page`, `history`, or a part like `goals`
    #[arg(long, value_name = "PAGE", value_parser = page)]
    page: Option<Page>,
    /// How it looks this time: `light`, `dark`, `high-light`, `high-dark` or `desktop`
    #[arg(long, value_name = "LOOK", value_parser = look)]
    look: Option<Wanted>,
    /// How large everything is this time, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(i64::from(ZOOMS.0)..=i64::from(ZOOMS.1)))]
    zoom: Option<u16>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Three people's devices on this computer, writing one plan: three windows, or without a display none
    Demo {
        /// Close the windows after so many seconds
        #[arg(long = "for", value_name = "SECONDS")]
        lasts: Option<u64>,
        /// Without windows
        #[arg(long)]
        headless: bool,
    },
    /// One window of the demo
    #[command(hide = true)]
    DemoWindow {
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..3))]
        who: u8,
        #[arg(long)]
        plan: seal::PlanId,
        #[arg(long)]
        listen: Vec<node::Listen>,
        #[arg(long = "for")]
        lasts: Option<u64>,
    },
}

/// The first word of a command line that means `along` under this program's name: the demo starts its devices so.
pub const ALONG: &str = "along";

/// Reads the words and does it. Exit 2: wrong usage.
pub fn run(words: impl IntoIterator<Item = OsString>, program: &cli::Program) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    if words.get(1).is_some_and(|word| word == node::TASTER) {
        return node::taster();
    }
    if words.get(1).is_some_and(|word| word == ALONG) {
        return cli::run(words.into_iter().skip(1), program);
    }
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(said) => {
            let well = !said.use_stderr();
            drop(said.print());
            return if well { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    let path = program.path.clone();
    match arguments.command {
        Some(Command::Demo { lasts, headless }) => demo::run(program, Demo { folder: arguments.home, lasts, headless }),
        Some(Command::DemoWindow { who, plan, listen, lasts }) => {
            let part = Part { who: usize::from(who), plan, lasts };
            open(arguments.home, |home| Opening {
                home,
                program: path,
                listen,
                mdns: false,
                page: None,
                look: None,
                zoom: None,
                demo: Some(part),
                keyring: node::Keyring::of_the_system(),
            })
        }
        None => {
            let (listen, mdns, page) = (arguments.listen, !arguments.no_mdns, arguments.page);
            let (look, zoom) = (arguments.look, arguments.zoom);
            let keyring = node::Keyring::of_the_system();
            open(arguments.home, |home| Opening {
                home,
                program: path,
                listen,
                mdns,
                page,
                look,
                zoom,
                demo: None,
                keyring,
            })
        }
    }
}

fn look(name: &str) -> Result<Wanted, String> {
    Wanted::from_name(name).ok_or_else(|| text("app-no-such-look"))
}

fn page(code: &str) -> Result<Page, String> {
    Page::from_code(code).ok_or_else(|| text("app-no-such-page"))
}

fn open(home: Option<PathBuf>, opening: impl FnOnce(PathBuf) -> Opening) -> ExitCode {
    let Some(home) = home.or_else(usual) else {
        report::complain(&text("app-no-home"));
        return ExitCode::FAILURE;
    };
    match window::run(opening(home)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => {
            report::complain(&text("app-no-display"));
            ExitCode::FAILURE
        }
    }
}

/// The home where nobody says otherwise.
fn usual() -> Option<PathBuf> {
    if let Some(home) = std::env::var_os("ALONGSIDE_HOME").filter(|home| !home.is_empty()) {
        return Some(home.into());
    }
    Some(directories::BaseDirs::new()?.data_dir().join("alongside"))
}
