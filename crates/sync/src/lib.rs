//! Who has what: how any two devices of a circle come to hold the same signed things.
//!
//! [`Sync`] is a machine without clock, dice, threads, sockets or files: inputs go in, outputs come out, and whoever runs
//! it carries them out. It moves edits by their heads (document, chain, number, hash, what they build on) and opaque
//! bytes, and knows nothing of what they say.

mod frame;
mod frontier;
mod io;
pub mod limits;
mod machine;
mod message;
mod presence;

pub use {
    frame::{FRAME_HEAD, NotAFrame, rest_of_frame},
    frontier::{End, Frontier},
    io::{Batch, Because, Input, Link, NetworkKey, Nonce, Output, Recalled, RecalledDoc, SaveId, Show},
    machine::Sync,
    presence::Place,
};
