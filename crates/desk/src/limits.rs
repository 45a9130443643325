//! The bounds of the desk, each with its reason.

/// A pause in typing that ends a burst, in milliseconds: as long as people rest between words.
pub const PAUSE: i64 = 400;

/// The longest burst, in milliseconds: writing together still feels live, and history stays small.
pub const LONGEST_BURST: i64 = 1_000;

/// The longest an input method may hold back others' words, in milliseconds.
pub const COMPOSING: i64 = 10_000;

/// Edits in a part up to which others' words are merged at once: that costs the window less than 4 ms.
pub const MERGED_AT_ONCE: usize = 1_500;

/// How often a merge on the worker is followed by one for what was typed meanwhile, before the window does the last one.
pub const ROUNDS: usize = 6;

/// Edits after which a part's compact form is kept again, so that it opens fast.
pub const SNAPSHOT_EVERY: usize = 500;

/// Edits beyond its compact form that a part may be opened with before that is made anew: the next opening is felt otherwise.
pub const SNAPSHOT_BEHIND: usize = 64;

/// Edits one publish carries at most: about a megabyte, and as many as a flush makes cheap.
pub const PUBLISH: usize = 1_024;

/// Milliseconds until a publish that found the node busy is tried again.
pub const TRY_AGAIN: i64 = 20;

/// Jobs the helpers have waiting at most: one for each open part is usual, and each part has at most one under way.
pub const JOBS: usize = 256;

/// Threads that open and merge parts: a plan's many documents open on as many processors as most computers have, and each of
/// them holds one document twice at the most.
pub const HELPERS: usize = 4;

/// Milliseconds between two tellings of where I am (`sync.md`: at most ten a second).
pub const TELL_EVERY: i64 = 100;

/// Pictures that were looked at lately and wait to be drawn: a screenful, each of less than a megabyte.
pub const PICTURES: usize = 48;

/// Pictures that are looked at at once: each is a child process with much memory.
pub const PICTURES_COMING: usize = 2;

/// How long a ticket lasts.
pub const TICKET_HOURS: u64 = 24;

/// Milliseconds that reading a plan to be looked in may take of one frame: a third of a frame at sixty a second.
pub const READ_FOR: i64 = 5;

/// Records that are read before the clock is looked at again: about a millisecond's worth in a debug build.
pub const READ_AT_ONCE: usize = 12;
