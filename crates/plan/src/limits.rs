//! The bounds of a document and of one edit to it. Those that decide whether an edit counts never change within a rules
//! version.

/// Operations our own writer puts into one edit. The door lets in twice as many, so a cut is never at the edge.
pub const OWN_OPERATIONS: usize = 1_000;

/// Operations the door lets into one edit. A page of typing is about 3,000 and travels as two.
pub const OPERATIONS: usize = 2_000;

/// Bytes after which our own writer starts a new edit: below the 48 KiB an edit may have, with room for what is under way.
pub const OWN_BYTES: usize = 40 * 1024;

/// How deep objects may lie: part, list, record, list in it, its record, its text.
pub const DEPTH: u8 = 6;

/// Bytes of a key in a map: an id takes 52, our longest field code 24.
pub const KEY_BYTES: usize = 64;

/// Bytes of a value that is written whole. A line is shown in one line; 4 KiB is a long one in any script.
pub const VALUE_BYTES: usize = 4 * 1024;

/// Characters of a line that a person writes (a title, a name, a place).
pub const LINE_CHARS: usize = 500;

/// Characters of one text as our own writer makes it: a thick book's chapter. More at once would use up what a device may ever
/// write in a part.
pub const TEXT_CHARS: usize = 200_000;

/// The highest operation counter: automerge keeps it in 32 bits, and half of them is more than anyone can write.
pub const COUNTER: u64 = 1 << 31;

/// Edits of one chain. About ten years of daily writing by one device.
pub const CHAIN_EDITS: u64 = 50_000;

/// Bytes of one chain's edits.
pub const CHAIN_BYTES: u64 = 8 * 1024 * 1024;

/// Actors one edit may name besides its own: one for each chain whose words it touches, and an edit touches at most
/// as many as it has operations.
pub const ACTORS: usize = OPERATIONS;

/// Undo steps kept: more than anyone retraces, few enough to forget what was deleted long ago.
pub const UNDO_STEPS: usize = 200;

/// Bytes one operation takes in an edit at most, beside its words: what it names and what it replaces.
pub const OPERATION_COST: usize = 16;

/// Bytes of a compact form, not deflated: a document of 100,000 edits takes a tenth of it.
pub const COMPACT_BYTES: usize = 64 * 1024 * 1024;

/// Chains of a compact form that we read ourselves, and heads: more than ten years of fifty people with new devices now and then.
/// What has more is read by a taster.
pub const EXACT_CHAINS: u64 = 10_000;

/// Edits of a compact form that we read ourselves: twice those of a document before it is turned over.
pub const EXACT_EDITS: usize = 200_000;

/// Operations of a compact form that we read ourselves, and deletions in it: two for each of its edits. They take 100 MB while they are
/// read, and a few bytes can say that there are so many.
pub const EXACT_OPERATIONS: usize = 400_000;

/// Milliseconds before or after 1970 at which an edit may say it was made: nine thousand years, and differences of such times
/// can be reckoned with.
pub const TIME: u64 = 1 << 48;

/// Bytes of one attached file. A photograph as a phone takes it has 5 MiB, five minutes of voice have less.
pub const FILE_BYTES: u64 = seal::FILE_BYTES;

/// Files that one person names in one document. A diary of ten years with a picture a day has fewer.
pub const FILES_NAMED: usize = 4_096;

/// Characters of an attached file's name.
pub const FILE_NAME_CHARS: usize = 120;

/// Characters of what is looked for: a long sentence.
pub const LOOKED_FOR_CHARS: usize = 200;

/// Words that are looked for at once; what is typed after them says nothing more.
pub const LOOKED_FOR_WORDS: usize = 12;

/// Places that are shown of those found in a plan: more than anybody reads through; one more word helps then.
pub const FOUND: usize = 200;

/// Characters shown before what was found: enough to know what is talked about.
pub const EXCERPT_BEFORE: usize = 48;

/// Characters shown after it: about two lines with what stands before.
pub const EXCERPT_AFTER: usize = 96;

/// Offers of one person that wait for an answer in one document, the oldest first: more than anybody answers in an evening. Each
/// is laid over the words as they are now whenever those are read, so somebody who makes thousands would slow down everybody.
pub const OPEN_OFFERS: usize = 64;

/// Offers of one person in one document that they took back, the last first, so that it can be seen what it was.
pub const BACK_OFFERS: usize = 64;

/// Words that may go or come before two texts are said to have nothing in common: three typed pages of changes, and a
/// hundredth of a second to find them.
pub const WORDING_STEPS: usize = 600;
