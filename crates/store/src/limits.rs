//! The bounds of what is kept, each with its reason.

/// Verified copies that are kept. Three days back is far enough to notice a failing disk, and near enough to be worth
/// going back to.
pub const COPIES: usize = 3;

/// Milliseconds after which a new copy is due.
pub const COPY_EVERY: i64 = 24 * 60 * 60 * 1000;

/// Bytes of one record of settings, addresses or invitations. A page of settings is 2 KiB; `node` lets its caller keep
/// up to 256 KiB under a name.
pub const RECORD_BYTES: usize = 256 * 1024 + 1024;

/// Bytes of redb's page cache. The sample plan fits whole; a ten-year plan is read once, in order.
pub const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// Memory of one Argon2id run, in KiB (`threats.md`: 64 MiB). What is stored may be more, never less.
pub const ARGON2_KIB: u32 = 64 * 1024;

/// Passes of one Argon2id run. What is stored may be more, never less.
pub const ARGON2_PASSES: u32 = 3;

/// The most memory an altered key file can make us take, in KiB.
pub const ARGON2_KIB_MOST: u32 = 1024 * 1024;

/// The most passes an altered key file can make us run.
pub const ARGON2_PASSES_MOST: u32 = 16;

/// Spare keys of a home: the sheets of as many plans made or joined here. A worker with more keeps the newest; each sheet
/// still restores its plan.
pub const SPARES: usize = 64;

/// Bytes of a key file. One with all its spares has fewer than 5,000; what is longer is not read.
pub const KEY_FILE_BYTES: usize = 8 * 1024;

/// Bytes of packed edits in one record. Small enough that packing is never felt, large enough that a sealed record's
/// own 80 bytes vanish.
pub const PACK_BYTES: usize = 48 * 1024;

/// Bytes of attached files that are dropped before freed pages are given back to the disk, which rewrites what stays.
pub const COMPACT_FROM: u64 = 32 * 1024 * 1024;

/// The schema of records. A store of a higher one is left alone.
pub const SCHEMA: u32 = 1;
