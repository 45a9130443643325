//! Power cuts, under the real store: its encryption, its commits, its growth and its recovery.
//!
//! A history is a store that lived a while on a disk which wrote down everything asked of it. Each cut takes that record
//! up to some moment, keeps of what was not flushed by then only a random part of the sectors, and opens the store on
//! what is left, perhaps with the power failing again while it recovers. Whatever was acknowledged must be there, and of
//! what was under way all or nothing. The attached files, which lie beside the data, are cut in the same way.

mod album;
mod disk;
mod history;
mod lived;

pub use {
    album::{Album, Collector, collect},
    disk::{Disk, Image, Op, Trouble},
    history::{Book, Life, key, live, read_head},
    lived::{History, flushed},
};
