//! The bounds of statements and tickets, and of what waits here, each with its reason.
//!
//! The first part belongs to the signed bytes, so every device has the same bounds. The second part is about this machine
//! and only ever delays.

/// Heads that a statement names of one graph. Fifty people who act apart make fifty heads; the next statement joins them.
pub const HEADS: usize = 64;

/// Bytes of a name, a relationship or an organisation. The longest names on record fit, and a card on screen stays a card.
pub const NAME_BYTES: usize = 160;

/// Bytes of a role's or a part's code. They are short kebab-case words.
pub const CODE_BYTES: usize = 40;

/// Bytes of why something is shared, and of on what basis: a page each, so a statement stays well below its bound.
pub const REASON_BYTES: usize = 4 * 1024;

/// Keys in one NewKey: forty people with two devices each and some more, and with as many heads as there may be it still fits
/// into a statement. The readers of a larger circle get the same key by further ones.
pub const WRAPS: usize = 96;

/// Bytes of an act whose kind this version does not know: whatever fits into a statement is kept and passed on.
pub const UNKNOWN_ACT_BYTES: usize = seal::STATEMENT_BYTES;

/// Edits by one device in one document, along its chains in an edit's past: somebody who writes all day for a year.
pub const DEVICE_EDITS: u64 = 50_000;

/// Bytes of edits by one device in one document, along its chains in an edit's past.
pub const DEVICE_BYTES: u64 = 8 * 1024 * 1024;

/// Edits of one person in one document that are kept and passed on although they do not count: a long afternoon's words.
pub const HELD_BACK: usize = 512;

/// Bytes of a ticket before it is written as text: a QR code of this size is still read by an old phone.
pub const TICKET_BYTES: usize = 512;

/// Characters of a pasted text that may hold a ticket: the longest ticket with a line break after every letter.
pub const TICKET_TEXT: usize = 2_048;

/// Addresses in a ticket: a laptop with wire, wireless and both kinds of address has six.
pub const TICKET_ADDRESSES: usize = 8;

/// Bytes of one address: a relay's name and number fit.
pub const ADDRESS_BYTES: usize = 128;

/// Parts that a ticket names: a plan has 25.
pub const TICKET_PARTS: usize = 32;

/// Statements of one graph by one person, with whatever devices: somebody who changes something every day for five years. As
/// many more of those that take away, and of those their words sign. Who says more is refused, and nobody else is.
pub const GRAPH_OF_ONE: usize = 2_048;

/// Chapters of one document that one person opens, with whatever devices: a device opens one when it was restored from a copy,
/// or when its edits do not count. Each is a head of its own for whoever writes next, and no edit names more than a thousand.
pub const CHAPTERS_OF_ONE: usize = 128;

/// Statements of one graph with those that take away: they find room when others do not, or whoever fills a graph could not be
/// removed any more.
pub const GRAPH_MOST: usize = 2 * GRAPH_STATEMENTS;

/// Statements beyond somebody's room that are remembered, should somebody else have built on them: as many as that room held
/// elsewhere.
pub const OUTSIDE: usize = GRAPH_OF_ONE;

/// Heads that a statement names of one person: somebody's devices that act apart. One person's heads, however many, leave room
/// for those of the others.
pub const HEADS_OF_ONE: usize = 8;

/// Links from a person's first device to one that links another: sixteen generations of laptops, each brought in by the last.
pub const LINKS: u32 = 16;

/// Devices that one person was ever given: two new ones a year for a hundred years, and some lost.
pub const DEVICES_OF_ONE: usize = 256;

/// Statements of one graph. A circle of fifty that changes something every day for a year makes this many; the past of each
/// is kept as bits, 16 MB at the most.
pub const GRAPH_STATEMENTS: usize = 16_384;

/// Documents of one plan that one person began, with whatever devices: every part, a log for each quarter of ten years, and a
/// voice about each of them come to some hundred and fifty. Who begins more is refused, and nobody else is. Of these the
/// first to arrive are kept: two devices may differ about them, and about nobody else's.
pub const DOCUMENTS_OF_ONE: usize = 512;

/// Documents of one plan: a voice about each of 70 for forty people, and with more than one who fills their own bound there is
/// still room for the others.
pub const DOCUMENTS: usize = 4_096;

/// Statements that wait for what they build on. Honest peers send in causal order, so that few ever wait; 4 MB at the most.
pub const EARLY: usize = 256;

/// Joins nobody has confirmed, of one invitation. A person who mistyped their name knocks again; a crowd is pushed out.
pub const KNOCKS_AN_INVITE: usize = 4;

/// Joins nobody has confirmed, of all invitations.
pub const KNOCKS: usize = 64;
