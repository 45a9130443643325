//! How fast, beside references measured in the same run: `cargo run --release -p tests --bin measure -- NAME`.
//!
//! NAME is one of `open`, `first-sync`, `catch-up`, `live`, `replay`, `frame`, `circle`, or `all`, which also writes `docs/measures.md`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use tests::measure::{self, Figure, Programs, Stopped, Wish};

const USAGE: &str = "\
usage: measure NAME [--json] [--trace FILE] [--edits N] [--rounds N] [--replays N] [--samples N] [--no-build]
NAME: open, first-sync, catch-up, live, replay, frame, circle, all";

/// The word in front of all others where the measure runs in a network namespace of its own.
const APART: &str = "apart";

/// The recorded session stands beside the repository, not in it.
const TRACE: &str = "../shared/data/friendsforever.json.gz";

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program whose output is what it is for")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // What is measured in a process of its own is this program again.
    if let [once @ ("open-once" | "open-whole"), home, plan, plain @ ..] = words.as_slice() {
        let open = if *once == "open-once" { measure::open_once } else { measure::open_whole };
        let said = open(Path::new(home), plan, plain.first().map(Path::new));
        return match said {
            Ok(said) => {
                println!("{said}");
                ExitCode::SUCCESS
            }
            Err(stopped) => failed(&stopped),
        };
    }
    if let ["frames", home, plan] = words.as_slice() {
        let drawn = measure::frames(Path::new(home), plan, std::io::stdin().lock(), |said| println!("{said}"));
        return match drawn {
            Ok(()) => ExitCode::SUCCESS,
            Err(stopped) => failed(&stopped),
        };
    }
    let (words, is_apart) = match words.as_slice() {
        [APART, words @ ..] => (words, true),
        words => (words, false),
    };
    let Some(Order { name, wish, json, build }) = read(words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if !is_apart && !measure::is_alone(&name) {
        // Built out here, where there is a network.
        if build && let Err(stopped) = Programs::build() {
            return failed(&stopped);
        }
        return match measure::apart(&[&[APART], words, &["--no-build"]].concat()) {
            Some(ran) => ran.unwrap_or_else(|stopped| failed(&stopped)),
            None => {
                eprintln!(
                    "measure: no network namespace can be had here, so others' bytes on loopback would be counted"
                );
                ExitCode::FAILURE
            }
        };
    }
    let print = |figures: &[Figure]| {
        for figure in figures {
            if json { println!("{}", figure.json()) } else { println!("{}", figure.line()) }
        }
    };
    match run(&name, &wish, build, print) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stopped) => failed(&stopped),
    }
}

#[expect(clippy::print_stderr, reason = "one plain sentence for the one who runs it")]
fn failed(stopped: &Stopped) -> ExitCode {
    eprintln!("measure: {stopped}");
    ExitCode::FAILURE
}

fn run(name: &str, wish: &Wish, build: bool, print: impl Fn(&[Figure])) -> Result<(), Stopped> {
    let programs = if build && !measure::is_alone(name) { Programs::build()? } else { Programs::built()? };
    if name != "all" {
        print(&measure::run(name, &programs, wish)?);
        return Ok(());
    }
    let mut all = Vec::new();
    for name in measure::NAMES {
        let figures = measure::run(name, &programs, wish)?;
        print(&figures);
        all.extend(figures);
    }
    measure::write_page(&all, wish)
}

/// What the command line asks for.
struct Order {
    name: String,
    wish: Wish,
    json: bool,
    /// Whether the programs are built first; not if somebody just did.
    build: bool,
}

/// The words of the command line; nothing if they make no sense.
fn read(words: &[&str]) -> Option<Order> {
    let trace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(TRACE);
    let mut wish = Wish { trace, edits: 20_000, rounds: 5, replays: 3, samples: 200 };
    let (mut name, mut json, mut build) = (None, false, true);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--json" => json = true,
            "--no-build" => build = false,
            "--trace" => wish.trace = PathBuf::from(words.next()?),
            "--edits" => wish.edits = words.next()?.parse().ok()?,
            "--rounds" => wish.rounds = words.next()?.parse().ok()?,
            "--replays" => wish.replays = words.next()?.parse().ok()?,
            "--samples" => wish.samples = words.next()?.parse().ok()?,
            known if known == "all" || measure::NAMES.contains(&known) => name = Some(known.to_owned()),
            _ => return None,
        }
    }
    Some(Order { name: name?, wish, json, build })
}
