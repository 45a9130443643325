//! Power cuts, under the real store: its encryption, its commits, its growth and its recovery.
//!
//! A history is a store that lived a while on a disk which wrote down everything asked of it. Each cut takes that record
//! up to some moment, keeps of what was not flushed by then only a random part of the sectors, and opens the store on
//! what is left, perhaps with the power failing again while it recovers. Whatever was acknowledged must be there, and of
//! what was under way all or nothing.

mod disk;
mod history;

pub use {
    disk::{Disk, Image, Op, Trouble},
    history::{Book, History, Life, flushed, key, read_head},
};
