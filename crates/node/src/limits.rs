//! Every bound of the node, each with its reason.

use std::time::Duration;

use seal::Time;

/// Asks that may wait for the loop. A window asks a few dozen a second; a script waits for its answers.
pub(crate) const ASKS: usize = 4_096;

/// News that may wait for the reader before news of one kind grows together.
pub(crate) const NEWS: usize = 256;

/// Edits of one document that may grow together while the reader is slow; beyond, the reader opens the document again.
pub(crate) const NEWS_EDITS: usize = 16_384;

/// Links at once. Circles of tens use direct links; two hundred are far beyond any.
pub(crate) const LINKS: usize = 200;

/// Connections at once, half-open ones not counted.
pub(crate) const CONNECTIONS: u32 = 256;

/// Connections with one peer: each side dials once, over QUIC and perhaps over TCP.
pub(crate) const CONNECTIONS_PER_PEER: u32 = 4;

/// Incoming connections from one address: a household or an office behind one router.
pub(crate) const CONNECTIONS_PER_ADDRESS: u32 = 24;

/// Connections being made at once, each way.
pub(crate) const HALF_OPEN: u32 = 32;

/// Streams on one connection: sync, join, identify, ping, and some that are just ending.
pub(crate) const STREAMS_PER_CONNECTION: u32 = 16;

/// Bytes in flight on one stream: many frames, and still little if a hundred peers fill theirs.
pub(crate) const STREAM_WINDOW: u32 = 1024 * 1024;

/// Bytes in flight on one connection.
pub(crate) const CONNECTION_WINDOW: u32 = 2 * 1024 * 1024;

/// From a connection to a known device, or to the next step of a join (T7).
pub(crate) const HANDSHAKE: Duration = Duration::from_secs(10);

/// For one whole frame, once its first byte is here, and for writing one (T7).
pub(crate) const MESSAGE: Duration = Duration::from_secs(30);

/// The slowest a frame may come in: bytes a second (T7).
pub(crate) const SLOWEST: u64 = 1024;

/// Frames that may wait to be written to one link. A link that lags further behind is parted from: meeting again costs one
/// round trip and goes on from the frontier.
pub(crate) const FRAMES_WAITING: usize = 1_024;

/// Frames heard that may wait for the loop, of all links together. Few, so that a flood stays in the sender's own buffers.
pub(crate) const HEARD_WAITING: usize = 32;

/// Jobs that may wait for the door, and as many for the disk. Half of them is for `sync`, which has at most so many edits at
/// the door at once; the other half is for asks.
pub(crate) const JOBS: usize = 2 * sync::limits::WEIGHING;

/// The door's stack. automerge parses recursively; nesting is bounded before, and this is far more than that needs.
pub(crate) const DOOR_STACK: usize = 64 * 1024 * 1024;

/// mDNS records live a minute, so somebody who left is soon forgotten.
pub(crate) const MDNS_LIVES: Duration = Duration::from_secs(60);

/// How often mDNS asks again, in case a packet was lost.
pub(crate) const MDNS_ASKS: Duration = Duration::from_secs(15);

/// Peers seen on the local network that are remembered; a flood of fakes pushes out only other fakes and is dialled slowly.
pub(crate) const SEEN: usize = 512;

/// Dials under way at once.
pub(crate) const DIALS: usize = 16;

/// How long one address of a device is tried alone before the next is tried beside it: a dead one takes ten seconds.
pub(crate) const NEXT_ADDRESS: Duration = Duration::from_millis(700);

/// How long saying good-bye may take in all, and the last packets of it.
pub(crate) const GOOD_BYE: Duration = Duration::from_millis(300);
/// See [`GOOD_BYE`].
pub(crate) const LAST_PACKETS: Duration = Duration::from_millis(30);

/// The first wait before dialling a device again, and the longest.
pub(crate) const BACKOFF: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(60));

/// How long a stranger from the local network is left alone after it turned out to know nothing of ours.
pub(crate) const STRANGER_RESTS: Duration = Duration::from_secs(120);

/// How long somebody seen nearby is left alone after a dial, whatever came of it.
pub(crate) const NEARBY_AGAIN: Duration = Duration::from_secs(10);

/// How long the other of two devices that see each other nearby gets to dial first.
pub(crate) const OTHERS_FIRST: Duration = Duration::from_millis(1_500);

/// How long a plan is not called settled because a dial is under way: somebody whose address is dead must not hold it up.
pub(crate) const SETTLED_DIALS: Duration = Duration::from_secs(5);

/// How long after its stream broke a connected peer is asked for another; doubled each time it breaks again at once.
pub(crate) const STREAM_AGAIN: Duration = Duration::from_millis(250);

/// Milliseconds after which a stream that breaks was a good one all the same.
pub(crate) const STREAM_LASTS: i64 = 10_000;

/// Addresses that worked, kept per device, newest first (`device.md`).
pub(crate) const ADDRESSES: usize = 8;

/// Addresses of one device that are told to others: two ways in over two transports.
pub(crate) const ADDRESSES_TOLD: usize = 4;

/// Devices whose addresses are told at once: a circle of tens, and the frame stays below its bound.
pub(crate) const WHEREABOUTS: usize = 64;

/// How often addresses are passed on, once there are new ones.
pub(crate) const REACH_AGAIN: Duration = Duration::from_secs(1);

/// Bytes of one address that is kept or handed on.
pub(crate) const ADDRESS_BYTES: usize = 128;

/// Sheets of words that wait to be taken: for as many plans as somebody begins or knocks at in one sitting.
pub(crate) const SHEETS: usize = 8;

/// Knocks of one plan that may wait for a confirmation. More than a family ever invites at once.
pub(crate) const KNOCKS: usize = 32;

/// Invitations of which this device remembers what was meant. Those that nobody came with are let go when there are more, the
/// oldest first: somebody who was let in with it elsewhere after so many others is shared with by hand.
pub(crate) const MEANT: usize = 256;

/// How often it is looked whether knocks have ended with their invitation. Nobody can be let in by one that has.
pub(crate) const KNOCKS_LOOK: Duration = Duration::from_secs(60);

/// Streams served at once on which somebody comes back with their words, and how many begin in how long, of one address and of
/// all. A family that lost a house needs fewer; strangers get no further than the first answer.
pub(crate) const RESTORES: usize = 4;
/// See [`RESTORES`].
pub(crate) const RESTORE_ASKS: ((u32, u32), Duration) = ((30, 120), Duration::from_secs(60));
/// How often it is looked whether a visit is over: people do not leave to the second.
pub(crate) const VISITS_LOOK: Duration = Duration::from_secs(1);

/// Milliseconds for which a plan stays after the end of a visit because nobody else has what the guest wrote: a week, in which
/// most people are online once.
pub(crate) const VISIT_STAYS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Bytes of what one frame passes on of somebody who knocks elsewhere: a Join with the longest names, and all are as long.
pub(crate) const PASSED: usize = 1_536;

/// Knocks at other members' devices that wait for their secret here. That takes two round trips; who is pushed out knocks again.
pub(crate) const RELAYED: usize = 16;

/// How long a knock that was passed on waits for somebody who can let them in, before others are asked.
pub(crate) const PASSED_WAITS: Duration = Duration::from_secs(60);

/// Join streams served at once.
pub(crate) const JOINS: usize = 8;

/// How long a ticket lasts at most (T22).
pub(crate) const TICKET_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// Devices asked by one joiner whose ticket names no address.
pub(crate) const JOIN_ASKS: usize = 64;

/// How long somebody who was asked to be let in is left alone.
pub(crate) const ASK_AGAIN: Duration = Duration::from_secs(3);

/// Bytes of statements gathered for one frame of a circle.
pub(crate) const CIRCLE_FRAME: usize = 40 * 1024;

/// How long to wait for every transport to listen before going on with those that do.
pub(crate) const LISTENING: Duration = Duration::from_secs(2);

/// How long everything must have been the same before a plan counts as settled: longer than acknowledgements are gathered.
pub(crate) const SETTLED: Duration = Duration::from_millis(300);

/// Those who wait for a plan to settle at once.
pub(crate) const SETTLING: usize = 64;

/// Answers of the other threads that may wait for the loop. They wait for room; the loop waits for nobody.
pub(crate) const SAID: usize = 64;

/// How long the end may take: what was asked before is weighed and flushed, but a broken disk must not hold it for ever.
pub(crate) const FINISH: Duration = Duration::from_secs(5);

/// Bytes of a setting kept for the caller, and of its name.
pub(crate) const RECORD: (usize, usize) = (256 * 1024, 128);

/// Bytes of a compact document that is kept.
pub(crate) const SNAPSHOT: usize = 64 * 1024 * 1024;

/// Documents one ask may begin.
pub(crate) const NEW_DOCUMENTS: usize = 64;

/// How often it is asked whether the day's copy is due: a folder is read for it, and an hour more or less matters to nobody.
pub(crate) const COPY_LOOK: Duration = Duration::from_secs(60 * 60);

/// How long tasting one compact document may take, and as much time of a processor: the largest takes a tenth of it.
pub(crate) const TASTING: Duration = Duration::from_secs(20);

/// Bytes of memory a taster may ask for, its own program included: ten times the largest compact document.
pub(crate) const TASTER_MEMORY: u64 = 1536 * 1024 * 1024;

/// How far the taster's trial steps aside for everything else, in the system's own measure (19 at the most): it gets about a
/// tenth of a busy processor, so that on one it still ends within [`TASTING`].
#[cfg(unix)]
pub(crate) const TRIAL_STEPS_ASIDE: i32 = 10;

/// Bytes of edits a taster may give back: a document's, before it is turned over.
pub(crate) const TASTED_BYTES: usize = 64 * 1024 * 1024;

/// Bytes read from a taster, or written by it, at once: what a pipe holds.
pub(crate) const TASTER_BUFFER: usize = 64 * 1024;
/// How long a device that did not bring it about waits until it signs a key that is owed, and again for each that is here and
/// goes first: what the first one signs has arrived by then. Nothing is sealed meanwhile, so nobody is kept waiting.
pub(crate) const KEY_TURN: Duration = Duration::from_secs(2);

/// Devices that one more lets go first at most, so that whoever is left signs within half a minute.
pub(crate) const KEY_TURNS: usize = 12;

/// How often in one run a document's key is replaced that was wrapped to this device as rubbish: a mistake is mended by the
/// first, and who does it on purpose must not fill the document's statements with answers.
pub(crate) const SPOILT_KEYS: usize = 3;

/// Keys wrapped in one turn of the loop, beyond which the rest waits for the next: twenty milliseconds of work.
pub(crate) const WRAPS_AT_ONCE: usize = 128;

// Short codes (T21). Everything that bounds guessing stands here. A code holds 22 secret bits and is good for one guess;
// three an hour are wrong at most: to be right by luck takes a guesser who never sleeps a hundred and sixty years.

/// How long a code is good. Long enough to read it out on the phone and to type it twice.
pub(crate) const CODE_LIVES: Duration = Duration::from_secs(5 * 60);

/// Codes shown within a minute: each wrong guess costs one, and nobody mistypes faster.
pub(crate) const CODES_A_MINUTE: usize = 3;

/// Codes shown within an hour: ten guests, or a page that was left open for fifty minutes.
pub(crate) const CODES_AN_HOUR: usize = 10;

/// Wrong guesses within an hour, after which there are tickets only. People mistype once or twice; a machine goes on.
pub(crate) const WRONG_GUESSES: usize = 3;

/// Exchanges begun with one code. An exchange that is broken off is no guess, but it costs us a curve operation; after so
/// many somebody is playing, and the code is given up as if it had been guessed.
pub(crate) const EXCHANGES_A_CODE: usize = 8;

/// The spans that codes are counted in.
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
/// See [`MINUTE`].
pub(crate) const HOUR: Duration = Duration::from_secs(60 * 60);

/// How long the ticket is good that is handed over after a code: the newcomer knocks with it in the same breath, and comes
/// back with it if the connection breaks or the program that showed the code ends before it let them in.
pub(crate) const CODE_TICKET_LASTS: Duration = TICKET_LASTS;

/// How long somebody who typed a code looks for the device that shows it: mDNS asks every fifteen seconds.
pub(crate) const CODE_SEARCH: Duration = Duration::from_secs(45);

/// Edits that a snapshot may lack and still be offered whole: what follows edit by edit costs thirty times the bytes.
pub(crate) const PACKED_BEHIND: usize = 128;

/// Jobs that may wait for attached files: a few windows of pieces for each of the links that ask, and what this device does
/// itself.
pub(crate) const FILE_JOBS: usize = 256;

/// How often it is looked which files nothing names any more.
pub(crate) const NOBODYS_LOOK: Duration = Duration::from_secs(60 * 60);

/// Milliseconds that a file stays which nothing names: a month in which an undo, or somebody's late words, may name it again.
pub(crate) const NOBODYS_STAY: i64 = 30 * 24 * 60 * 60 * 1000;

/// The first of January 2026: a clock that says less was never set, as on a computer whose battery is empty.
pub(crate) const CLOCK_IS_SET: Time = Time(1_767_225_600_000);

/// Such files that are remembered with the day. Of more, the rest begin their month anew at every start.
pub(crate) const NOBODYS: usize = 2_000;

/// Dots of one side of a picture that is decoded.
pub(crate) const PICTURE_SIDE: u32 = 20_000;

/// Dots of a picture that is decoded: more than most telephones take, and a quarter of a gigabyte of memory.
pub(crate) const PICTURE_DOTS: u64 = 64_000_000;

/// Bytes of memory a picture may take while it is decoded.
pub(crate) const PICTURE_MEMORY: u64 = 640 * 1024 * 1024;

/// Dots of the longer side of a picture as it is kept: enough for a sheet of paper on a wall.
pub(crate) const PICTURE_KEPT: u32 = 4_096;

/// Dots of the longer side of a picture as it is shown: a whole screen.
pub(crate) const PICTURE_SHOWN: u32 = 2_048;

/// How good a photograph is written anew, of a hundred: nobody sees the difference.
pub(crate) const PICTURE_QUALITY: u8 = 90;

/// Bytes of a circle that is told to a device which has nothing of it: two hundred times what the busiest sample has. It is
/// in memory, unread, until all of it has come.
pub(crate) const CIRCLE_BYTES: usize = 64 * 1024 * 1024;

/// Files that a document names, in one record of them: each takes about 40 bytes, and a record holds 256 KiB.
pub const NAMES_IN_RECORD: usize = 4_096;
