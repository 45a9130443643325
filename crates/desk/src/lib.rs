//! The desk: a device's open documents, between the hands and whoever writes.
//!
//! A window and a command line need the same things: parts opened, bursts of typing closed into edits and published,
//! others' edits merged in batches, undo, carets, marks, and the few longer errands (starting a plan, joining one). They
//! stand here once. A [`Desk`] belongs to one thread and never makes it wait: what takes long happens on the node's thread
//! or on the desk's one worker, and comes back as a [`Change`].
//!
//! ```text
//! act(Ask) ──► document, burst ──► outbox ──► node          node ──► news ──► hear() ──► merged ──► Change
//! ```

mod acts;
mod ahead;
mod aside;
mod ask;
mod begin;
mod change;
mod desk;
mod errand;
mod files;
mod find;
mod founding;
mod hold;
mod limits;
mod listen;
mod members;
mod offering;
mod once;
mod open;
mod read;
mod refused;
mod rehearsal;
mod replay;
mod roles;
mod said;
mod sharing;
mod shelf;
mod standing;
mod together;
mod view;
mod whole;
mod wish;
mod worker;
mod write;

pub use {
    aside::{Came, Coming, Still},
    ask::{Ask, Done, Fill, Turn, Wanted},
    change::{Answer, Change, Code, HeldText, Knock, Marks, Member, PlanCard, Presence, Saved, Stopped, With},
    desk::{Desk, Waker, now},
    files::Seen,
    limits::{LONGEST_BURST, PAUSE},
    members::{Device, Former, Went},
    refused::Refused,
    replay::{Patch, Step, Upto},
    roles::{access, standing},
    said::{Said, folded},
    sharing::{Agreement, Cell, Ground, SharedPart, Sharing},
    standing::ReadOnly,
    view::{access as access_code, standing as standing_code},
    whole::{Copy, Read, Reckoned, Voice},
};
