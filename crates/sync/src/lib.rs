//! Who has what: how any two devices of a circle come to hold the same signed things.
//!
//! [`Sync`] is a machine without clock, dice, threads, sockets or files: inputs go in, outputs come out, and whoever runs
//! it carries them out. It moves edits by their heads (document, chain, number, hash, what they build on) and opaque
//! bytes, and knows nothing of what they say.
//!
//! The verbs: `greet` (Hello, Proof), `compare` (who lacks what), `bring` (give it), `take` (receive it), `weigh` (to the
//! door and back), `saves` (one flush at a time), `live` (pass on, acknowledge, be present); `pack` and `unpack` (a whole document at
//! once, for who lacks much of it); `files` (what is attached, after the words).

mod allowance;
mod bring;
mod compare;
mod farewell;
mod files;
mod frame;
mod frontier;
mod greet;
mod greeting;
mod held;
mod io;
pub mod limits;
mod line;
mod live;
mod look;
mod machine;
mod meeting;
mod message;
mod order;
mod pack;
mod planted;
mod presence;
mod saves;
mod shelf;
mod strange;
mod take;
#[cfg(test)]
mod tests;
mod unpack;
mod until;
mod weigh;

#[cfg(feature = "planted")]
pub use planted::Planted;
pub use {
    files::{Asked, Come, Fetching, FileInput, FileOutput, FileState},
    frame::{FRAME_HEAD, NotAFrame, rest_of_frame},
    frontier::{End, Frontier},
    io::{Batch, Because, Input, Link, NetworkKey, Nonce, Output, Packed, Recalled, RecalledDoc, SaveId, Show},
    machine::Sync,
    presence::Place,
    until::Over,
};
