//! A world of simulated peers: thousands in one process, one clock, one seed.
//!
//! Each peer is the real `sync` machine with a disk that flushes late and sometimes fails, a door that refuses some edits,
//! and a person who writes. Frames take their time, connections break, peers crash and come back with what they had
//! flushed, open old copies of themselves, or lie. A seed decides everything, so a failure can be played again.

mod belonging;
mod chaos;
mod disk;
mod door;
mod edit;
mod files;
mod law;
mod lies;
mod look;
mod peer;
mod people;
mod planted;
mod roads;
mod schemes;
mod whole;
mod wire;
mod world;
mod writer;

pub use {
    chaos::{Chaos, live},
    edit::Kind,
    peer::Honesty,
    people::Keeps,
    planted::Bug,
    schemes::Scheme,
    world::{Name, Weather, World},
};
