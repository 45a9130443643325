//! Stories of real devices in one process, over real connections on 127.0.0.1.
#![expect(clippy::unwrap_used, reason = "a story that meets what it does not expect ends there")]

mod circle;
mod codes;
mod common;
mod keyring;
mod keys;
mod liars;
mod removing;
mod strangers;
mod together;
mod visits;
