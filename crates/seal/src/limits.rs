//! The bounds that belong to signed things themselves, so every device has the same ones.

/// Bytes of one edit. A page of typing is about 3 KiB; 48 KiB leaves room in a 64 KiB frame (`threats.md`).
pub const EDIT_BYTES: usize = 48 * 1024;

/// Dependencies of one edit: fifty people who wrote apart make fifty heads, so a thousand never hinders anyone honest.
pub const EDIT_DEPENDENCIES: usize = 1_024;

/// Bytes of one statement, without its signature. A sharing reason of several pages fits.
pub const STATEMENT_BYTES: usize = 16 * 1024;

/// Every edit whose number is divisible by this keeps its signature for good, so that a chain can be checked in parts.
pub const MILESTONE: u64 = 256;

/// Bytes of one wrapped key: 32 of the encapsulated key, 32 of the key, 16 of the tag.
pub const WRAP_BYTES: usize = 80;
