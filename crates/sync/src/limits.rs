//! The bounds of what travels and of what waits, each with its reason.
//!
//! None of them decides what counts: they only delay, or end a connection with somebody who is not honest.

use seal::{EDIT_BYTES, FILE_BYTES, FILE_PIECE, MILESTONE};

/// Bytes of one frame on the wire. Others' relays cut a connection after 128 KiB by default; two frames fit into that.
pub const FRAME_WIRE: usize = 64 * 1024;

/// Bytes of a frame's body once inflated. Edits deflate to a quarter or a third, so a full frame is about this long.
pub const FRAME_INFLATED: usize = 256 * 1024;

/// Bodies longer than this are deflated: below it the gain is smaller than a packet.
pub const DEFLATE_ABOVE: usize = 1_024;

/// Bytes of edits gathered before a frame is tried: what usually deflates to less than [`FRAME_WIRE`].
pub const FRAME_FILL: usize = 160 * 1024;

/// Blinded ids in one Hello: more plans than one person supports in a working life.
pub const HELLO_PLANS: usize = 256;

/// Blinded ids are padded to a multiple of this, so a Hello does not tell how many plans somebody is in.
pub const HELLO_STEP: usize = 8;

/// Hellos on one connection: one at first, one for each plan begun or joined while it stands.
pub const HELLOS: u32 = 64;

/// Milliseconds from the first Hello to a proof.
pub const HANDSHAKE: i64 = 10_000;

/// Milliseconds that a run of edits cut into frames may take to be continued.
pub const MESSAGE: i64 = 30_000;

/// Statement ids in one Circle, heads and samples together: 64 heads and a sample at each doubling of the distance.
pub const KNOWN_IDS: usize = 96;

/// Documents in one frame of digests or states; more are told in more frames.
pub const FRAME_DOCS: usize = 1_024;

/// Documents of one plan whose state a peer is believed about: what a ledger holds.
pub const DOCUMENTS: usize = circle::limits::DOCUMENTS;

/// Bytes of all documents' states that are told at once instead of their digest: less than a page of text, and it saves
/// two round trips.
pub const STATES_AT_ONCE: usize = 16 * 1024;

/// Ends of one chain in a frontier. A chain has one; every further one is a fork, which takes an old copy or a liar.
pub const ENDS: usize = 16;

/// Chains told of in one document's frontier: fifty-one bytes each, so that the largest still fits into a frame.
pub const FRONTIER_CHAINS: usize = 1_000;

/// Ends told of in one document's frontier, thirty-five bytes each. With [`FRONTIER_CHAINS`] and the heads of its statements they
/// fit into a frame: else who forks a few hundred chapters of their own keeps everybody from comparing the document.
pub const FRONTIER_ENDS: usize = 1_100;

/// Chains of what a peer says of documents it may not read, as far as is known here: a plan's 25 parts with forty people in
/// each, and a megabyte at the most.
pub const SAID_CHAINS: usize = 1_024;

/// Documents and chains not held here that a peer is remembered to hold: twice as many as the states that are told at once
/// name of a plan that is all new. Two megabytes at the most, whatever is made up.
pub const STRANGE: usize = 512;

/// Heads of such a document's statements: a document nobody here knows of yet is young and has one.
pub const STRANGE_HEADS: usize = 4;

/// Branches of one chain that are kept. A restored copy makes two.
pub const BRANCHES: usize = 8;

/// Edits after the last signature of a run.
pub const UNSIGNED: usize = MILESTONE as usize;

/// Bytes of such edits: as many as may be, each as large as may be.
pub const UNSIGNED_BYTES: usize = UNSIGNED * EDIT_BYTES;

/// Edits of one peer that wait for what they build on. An honest peer sends what is built on first, but for the runs
/// of other chains: a run (256) for each of sixty-four chains.
pub const WAITING: usize = 64 * UNSIGNED;

/// Bytes of such edits.
pub const WAITING_BYTES: usize = 32 * 1024 * 1024;

/// Bytes of edits that wait, of all peers together, with runs whose signature has not come: many peers who each withhold
/// something must not fill a small computer. Whoever lets most wait is parted from, and goes on from their frontier.
pub const WAITING_BYTES_OF_ALL: usize = 4 * WAITING_BYTES;

/// Edits of one document at the door at once: about a tenth of a second of weighing.
pub const WEIGH_AT_ONCE: usize = 1_024;

/// Edits at the door and not yet answered for, above which no more should be read from connections.
pub const WEIGHING: usize = 8 * WEIGH_AT_ONCE;

/// Refused edits remembered per document, so that what builds on them is not weighed again and again.
pub const REFUSED: usize = 4_096;

/// Edits of a chain that are taken beyond those that count, where none of them counts in its author's own right. What others
/// build on or keep may reach further: then it is asked for again. Of one person's chains together no more are passed on.
pub const HELD_BACK: u64 = 512;

/// Bytes told on one link and not yet written out, above which long bundles wait ([`crate::Input::Drained`]).
pub const UNDRAINED: usize = 1024 * 1024;

/// Frames told on one link and not yet written out, above which further documents wait: however short they are, whoever runs
/// the machine holds only so many for a link. This is a quarter of it, so that what is told live has room.
pub const UNDRAINED_FRAMES: usize = 256;

/// Milliseconds that an edit is not passed on to somebody whom its sender is connected to as well.
pub const TRUST_IN_SENDER: i64 = 2_000;

/// Milliseconds for which what takes something away is kept from somebody whose documents are not compared yet. That takes two
/// round trips; somebody who never says what they hold hears it all the same.
pub const TAKERS: i64 = 3_000;

/// Milliseconds in which acknowledgements are gathered into one.
pub const GATHER_SAVED: i64 = 100;

/// Milliseconds between two tellings of where somebody is: ten a second at the most.
pub const PRESENCE: i64 = 100;

/// Bytes of a field's name in a presence.
pub const PLACE_FIELD: usize = 128;

/// Bytes of a caret in a presence.
pub const PLACE_CARET: usize = 128;

/// Devices named in one Near: a circle's own; a coalition's only in part, which costs doubled edits and nothing else.
pub const NEAR: usize = 64;

/// Milliseconds before a gap is asked about; doubled each time.
pub const GAP: i64 = 500;

/// Times that one peer is asked about the same document's gaps before the next meeting must mend it.
pub const GAPS: u32 = 8;

/// Milliseconds before a failed save is tried again.
pub const SAVE_AGAIN: i64 = 5_000;

/// Milliseconds for which a device that sent rubbish or forgeries is turned away.
pub const SHUN: i64 = 600_000;

/// Devices turned away at once; the one turned away longest is let go.
pub const SHUNNED: usize = 1_024;

/// What a peer may cost us at once, in points (`allowance`). A first meeting over 100,000 edits costs about 5,000.
pub const ALLOWANCE: i64 = 100_000;

/// How many points come back in a second: a recording played at 500 signed edits a second costs 6,000, and checking
/// 2,500 signatures a fifth of a core.
pub const ALLOWANCE_A_SECOND: i64 = 10_000;

/// Points for any frame.
pub const COST_FRAME: i64 = 4;

/// Points for a signature to check.
pub const COST_SIGNATURE: i64 = 4;

/// Points for telling where somebody is.
pub const COST_PRESENCE: i64 = 500;

/// Points for asking again what is held, of the circle or document by document, and for what is asked of whoever runs the
/// machine.
pub const COST_ASKING: i64 = 100;

/// Edits somebody must lack before a document is brought to them in its compact form: below, edit by edit is as quick, and
/// costs neither side a parcel.
pub const COMPACT_FROM: usize = 1_024;

/// Bytes of one piece of a parcel: as much as the largest edit, so that a frame holds it undeflated.
pub const PIECE_BYTES: usize = EDIT_BYTES;

/// Bytes of a parcel: a deflated document of 100,000 edits takes a twentieth of it.
pub const PARCEL_BYTES: usize = 16 * 1024 * 1024;

/// Parcels coming in at once, of all peers together: bounds their memory. A newcomer's documents beyond come edit by edit.
pub const PARCELS: usize = 4;

/// Pieces of the largest file: their hashes fit into one frame.
pub const FILE_PIECES: usize = (FILE_BYTES as usize).div_ceil(FILE_PIECE);

/// Pieces of a file that are asked for at once: what is flushed together, and all that may wait in memory of one file.
pub const FILE_WINDOW: usize = 8;

/// Files that are fetched at once, from whomever: two, so that a slow line does not hold up the next.
pub const FETCHES: usize = 2;

/// Milliseconds without a piece of any file, after which another device is asked.
pub const FILE_SLOW: i64 = 30_000;

/// Milliseconds that the pieces asked for at once may take in all, behind those of the other file that comes on the same line:
/// about two kilobytes a second, as slow as a line may be. From piece to piece alone one device could hold a file up for days.
pub const FILE_WINDOW_SLOW: i64 = 240_000;

/// Milliseconds after which a file that is coming lets others go first; it goes on later where it stopped. So nobody's slow
/// files hold up other people's.
pub const FILE_TURN: i64 = 60_000;

/// Milliseconds after which a device that only said nothing is asked for a file again, on the same connection: its words were
/// before it, and on a slow line they may take minutes.
pub const FILE_AGAIN: i64 = 300_000;

/// Points for asking for pieces of a file, a quarter of a megabyte to be read: 2,500 times at once, 250 times in a second. Whoever
/// asks keeps to half of that.
pub const COST_WANT: i64 = 40;

/// Files asked for in vain that are remembered on one connection, to say so once they are here. Whoever asked for more is told
/// of everything that can be had, once.
pub const IN_VAIN: usize = 256;

/// Files that one document names, in all. Who reads its words has counted already how many each person names there
/// (`plan`'s `FILES_NAMED`); sixteen who all name as many as one may are more than write in any one document.
pub const NAMED: usize = 16 * 4_096;

/// Bytes of all files a device keeps: an old laptop still has room for its owner's things.
pub const FILES_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Bytes of all files above which none is fetched by itself: some hundred photographs and recordings. Beyond, the room is
/// for what whoever sits here attaches, or asks for.
pub const FILES_BY_THEMSELVES: u64 = 1024 * 1024 * 1024;

/// Bytes of one person's files that are fetched by themselves, or of a document that is nobody's own: one who names very many
/// must not leave the others without room.
pub const FILES_OF_ONE: u64 = 256 * 1024 * 1024;

/// Bytes above which a file is large to somebody who fetches large ones on asking only: a picture as it is shown is smaller.
pub const LARGE_FILE: u64 = 1024 * 1024;
