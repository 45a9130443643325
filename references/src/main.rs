//! What Alongside is measured against, as one small program: `measure` starts it beside the real one.
//!
//! ```text
//! reference open FILE             load a saved document, or a folder of them, and read its text
//! reference replay TRACE          a recorded session in one process: one document per agent, merging what is named
//! reference sync-serve FILE       automerge's sync protocol over a libp2p stream: the side that is dialled
//! reference sync-dial ADDR [FILE] the side that dials, with nothing or with a document of its own
//! reference live-serve FILE       samod over TCP: the side that writes
//! reference live-dial ADDR URL    the side that shows
//! ```
//! Everything is unsigned, in memory and trusting. Each line of standard output is one JSON object. `sync-*` take
//! `--edits N` (that many own edits before the start) and `--quic`; commands come as lines on standard input.

mod alone;
mod live;
mod text;
mod wire;

use std::{env, error::Error, process::ExitCode};

/// What went wrong, for the one who runs the measures.
pub type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reference: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["open", file] => alone::open(file),
        ["replay", trace] => alone::replay(trace),
        ["sync-serve", file, options @ ..] => wire::serve(file, &wire::Options::read(options)?),
        ["sync-dial", address, options @ ..] => wire::dial(address, &wire::Options::read(options)?),
        ["live-serve", file] => live::serve(file),
        ["live-dial", address, url] => live::dial(address, url),
        _ => Err("usage: reference open | replay | sync-serve | sync-dial | live-serve | live-dial …".into()),
    }
}

/// One line of JSON for the one who measures, at once.
fn say(line: &serde_json::Value) {
    println!("{line}");
}
