//! What two devices say to each other, one kind of message to a frame.
//!
//! A plan is named by a number: the first plan its sender proved on this connection is 0, the next 1. Bodies are encoded
//! by `seal::encode`, so each has one spelling. Whatever has a bound is checked when it is read.

use seal::{Bytes, ChainId, DeviceId, DocId, FILE_BYTES, FILE_PIECE, FileId, PieceHash, Seq, Signature, StatementId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    frame,
    frontier::Frontier,
    io::Mark,
    limits::{
        ENDS, FILE_PIECES, FILE_WINDOW, FRAME_DOCS, FRAME_INFLATED, FRONTIER_CHAINS, HELLO_PLANS, KNOWN_IDS, NEAR,
        PIECE_BYTES, PLACE_CARET, PLACE_FIELD,
    },
    presence::Place,
};

/// A plan, by the order in which the sender proved it on this connection.
pub(crate) type Nth = u16;

/// A plan's id as it travels before anything is proven.
pub(crate) type Blinded = [u8; 16];

/// Sixteen random bytes that make a meeting unlike every other.
pub(crate) type Salt = [u8; 16];

/// What a set of things is compared by. Half a hash: whoever finds two states with one digest only hides their own words.
pub(crate) type Digest = [u8; 16];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    Hello(Hello),
    Proof(Proof),
    Who(Nth),
    Circle(Circle),
    Statements(Statements),
    Docs(Docs),
    Each(Each),
    States(States),
    Edits(Edits),
    Saved(Saved),
    Near(Near),
    Presence(Presence),
    Offer(Offer),
    Fetch(Fetch),
    Piece(Piece),
    Want(Want),
    Outlined(Outlined),
    Part(Part),
    Lack(Lack),
    Have(Have),
}

/// The plans somebody is in, for those who know them already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub(crate) salt: Salt,
    /// Sorted; the rest is noise.
    pub(crate) plans: Vec<Blinded>,
}

/// That the sender's network key speaks for a device, plan by plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proof {
    pub(crate) device: DeviceId,
    /// Plans as blinded in the sender's own Hello.
    pub(crate) plans: Vec<(Blinded, Signature)>,
}

/// Heads of the circle's graph that the sender holds, and older ones ever further apart, so that one message shows about
/// how much two devices have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Circle {
    pub(crate) plan: Nth,
    pub(crate) known: Vec<StatementId>,
}

/// Statements, each after what it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statements {
    pub(crate) plan: Nth,
    pub(crate) statements: Vec<(Vec<u8>, Signature)>,
}

/// One digest of the states of all documents that both may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Docs {
    pub(crate) plan: Nth,
    pub(crate) all: Digest,
}

/// One digest for each document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Each {
    pub(crate) plan: Nth,
    /// Whether every document is named, here or in those before it, so that one which is not is not held at all.
    pub(crate) whole: bool,
    pub(crate) docs: Vec<(DocId, Digest)>,
}

/// How far the sender has come in some documents: flushed, with the whole past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct States {
    pub(crate) plan: Nth,
    /// Whether every document is named, so that one which is not is not held at all.
    pub(crate) whole: bool,
    pub(crate) docs: Vec<State>,
}

/// One document: its statements' heads, its edits' frontier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) doc: DocId,
    pub(crate) heads: Vec<StatementId>,
    pub(crate) frontier: Frontier,
}

/// Runs of edits of one document. A run whose last edit is not signed goes on in the next such message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Edits {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) runs: Vec<Run>,
}

/// Consecutive edits of one chain, and the signatures that lie on them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Run {
    #[serde(with = "plain")]
    pub(crate) edits: Vec<Bytes>,
    /// By position in `edits`.
    pub(crate) signed: Vec<Mark>,
}

/// What the sender has flushed since it last said so: the chains that grew, with all their ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Saved {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) frontier: Frontier,
}

/// Devices of this circle that the sender is connected to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Near {
    pub(crate) plan: Nth,
    pub(crate) devices: Vec<DeviceId>,
}

/// Where the sender's person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Presence {
    pub(crate) plan: Nth,
    pub(crate) place: Option<Place>,
}

/// The hash of a whole parcel.
pub(crate) type ParcelHash = [u8; 32];

/// That a document of which the other lacks much can be had in its compact form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Offer {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) hash: ParcelHash,
    /// Bytes of the parcel.
    pub(crate) size: u32,
}

/// How a document that was offered whole is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fetch {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) hash: ParcelHash,
    pub(crate) way: Way,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Way {
    /// As it was offered.
    Whole,
    /// Not, or no more.
    EditByEdit,
}

/// One piece of a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Piece {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    /// Its place, from 0.
    pub(crate) nth: u32,
    pub(crate) bytes: Vec<u8>,
}

/// A file is wanted, as a document names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Want {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) file: FileId,
    pub(crate) which: Which,
}

/// What of a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Which {
    /// What its pieces hash to.
    Outline,
    /// Some pieces that follow each other.
    Pieces { from: u32, count: u32 },
}

/// How long a file is, and what its pieces hash to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outlined {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) file: FileId,
    pub(crate) bytes: u64,
    pub(crate) hashes: Vec<PieceHash>,
}

/// One piece of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) file: FileId,
    /// Its place, from 0.
    pub(crate) nth: u32,
    pub(crate) bytes: Vec<u8>,
}

/// That a file which was wanted is not given: whatever the reason, the answer is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lack {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) file: FileId,
}

/// That a file which was wanted in vain can be had by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Have {
    pub(crate) plan: Nth,
    pub(crate) doc: DocId,
    pub(crate) file: FileId,
}

/// What is sent in pieces: the compact form, and the signatures that cover its chains, by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    pub(crate) signed: Vec<(ChainId, Vec<(Seq, Signature)>)>,
    pub(crate) document: Vec<u8>,
}

/// Bytes that are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rubbish;

impl Message {
    /// The frame of this message; nothing if it is too large, which only a bundle of edits can be.
    pub(crate) fn frame(&self) -> Option<Bytes> {
        let (kind, body) = match self {
            Message::Hello(body) => (1, seal::encode(body)),
            Message::Proof(body) => (2, seal::encode(body)),
            Message::Who(body) => (3, seal::encode(body)),
            Message::Circle(body) => (4, seal::encode(body)),
            Message::Statements(body) => (5, seal::encode(body)),
            Message::Docs(body) => (6, seal::encode(body)),
            Message::Each(body) => (7, seal::encode(body)),
            Message::States(body) => (8, seal::encode(body)),
            Message::Edits(body) => (9, seal::encode(body)),
            Message::Saved(body) => (10, seal::encode(body)),
            Message::Near(body) => (11, seal::encode(body)),
            Message::Presence(body) => (12, seal::encode(body)),
            Message::Offer(body) => (13, seal::encode(body)),
            Message::Fetch(body) => (14, seal::encode(body)),
            Message::Piece(body) => (15, seal::encode(body)),
            Message::Want(body) => (16, seal::encode(body)),
            Message::Outlined(body) => (17, seal::encode(body)),
            Message::Part(body) => (18, seal::encode(body)),
            Message::Lack(body) => (19, seal::encode(body)),
            Message::Have(body) => (20, seal::encode(body)),
        };
        frame::write(kind, &body)
    }

    /// The message of a frame, with every bound checked.
    pub(crate) fn read(frame: &[u8]) -> Result<Message, Rubbish> {
        let (kind, body) = frame::read(frame).map_err(|_| Rubbish)?;
        let message = match kind {
            1 => Message::Hello(decode(&body)?),
            2 => Message::Proof(decode(&body)?),
            3 => Message::Who(decode(&body)?),
            4 => Message::Circle(decode(&body)?),
            5 => Message::Statements(decode(&body)?),
            6 => Message::Docs(decode(&body)?),
            7 => Message::Each(decode(&body)?),
            8 => Message::States(decode(&body)?),
            9 => Message::Edits(decode(&body)?),
            10 => Message::Saved(decode(&body)?),
            11 => Message::Near(decode(&body)?),
            12 => Message::Presence(decode(&body)?),
            13 => Message::Offer(decode(&body)?),
            14 => Message::Fetch(decode(&body)?),
            15 => Message::Piece(decode(&body)?),
            16 => Message::Want(decode(&body)?),
            17 => Message::Outlined(decode(&body)?),
            18 => Message::Part(decode(&body)?),
            19 => Message::Lack(decode(&body)?),
            20 => Message::Have(decode(&body)?),
            _ => return Err(Rubbish),
        };
        if message.is_in_bounds() { Ok(message) } else { Err(Rubbish) }
    }

    fn is_in_bounds(&self) -> bool {
        match self {
            Message::Hello(hello) => hello.plans.len() <= HELLO_PLANS && is_sorted(&hello.plans, |plan| *plan),
            Message::Proof(proof) => !proof.plans.is_empty() && proof.plans.len() <= HELLO_PLANS,
            Message::Circle(circle) => circle.known.len() <= KNOWN_IDS && is_sorted(&circle.known, |id| *id),
            Message::Statements(statements) => {
                !statements.statements.is_empty()
                    && statements.statements.iter().all(|(bytes, _)| bytes.len() <= seal::STATEMENT_BYTES)
            }
            Message::Each(each) => each.docs.len() <= FRAME_DOCS && is_sorted(&each.docs, |(doc, _)| *doc),
            Message::States(states) => {
                states.docs.len() <= FRAME_DOCS
                    && is_sorted(&states.docs, |state| state.doc)
                    && states.docs.iter().all(State::is_in_bounds)
            }
            Message::Edits(edits) => !edits.runs.is_empty() && edits.runs.iter().all(Run::is_in_bounds),
            Message::Saved(saved) => is_plain(&saved.frontier),
            Message::Near(near) => near.devices.len() <= NEAR && is_sorted(&near.devices, |device| *device),
            Message::Presence(presence) => presence
                .place
                .as_ref()
                .is_none_or(|place| place.field.len() <= PLACE_FIELD && place.caret.len() <= PLACE_CARET),
            Message::Piece(piece) => piece.bytes.len() <= PIECE_BYTES,
            Message::Want(Want { which: Which::Pieces { count, .. }, .. }) => {
                (1..=FILE_WINDOW).contains(&(*count as usize))
            }
            Message::Outlined(outlined) => outlined.bytes <= FILE_BYTES && outlined.hashes.len() <= FILE_PIECES,
            Message::Part(part) => part.bytes.len() <= FILE_PIECE,
            Message::Who(_)
            | Message::Docs(_)
            | Message::Offer(_)
            | Message::Fetch(_)
            | Message::Want(Want { which: Which::Outline, .. })
            | Message::Lack(_)
            | Message::Have(_) => true,
        }
    }
}

impl State {
    fn is_in_bounds(&self) -> bool {
        self.heads.len() <= KNOWN_IDS && is_sorted(&self.heads, |id| *id) && is_plain(&self.frontier)
    }
}

impl Run {
    fn is_in_bounds(&self) -> bool {
        let edits = u32::try_from(self.edits.len()).unwrap_or(u32::MAX);
        !self.edits.is_empty()
            && self.edits.iter().all(|edit| edit.len() <= seal::EDIT_BYTES)
            && is_sorted(&self.signed, |(at, _)| *at)
            && self.signed.iter().all(|(at, _)| *at < edits)
    }
}

fn is_plain(frontier: &Frontier) -> bool {
    frontier.is_canonical()
        && frontier.chains().count() <= FRONTIER_CHAINS
        && frontier.chains().all(|(_, ends)| ends.len() <= ENDS)
}

fn is_sorted<T, K: Ord>(list: &[T], key: impl Fn(&T) -> K) -> bool {
    list.windows(2).all(|pair| key(&pair[0]) < key(&pair[1]))
}

fn decode<T: Serialize + DeserializeOwned>(body: &[u8]) -> Result<T, Rubbish> {
    seal::decode(body, FRAME_INFLATED).map_err(|_| Rubbish)
}

/// Shared bytes are written like any bytes.
mod plain {
    use super::{Bytes, Deserialize, Serialize};

    pub(super) fn serialize<S: serde::Serializer>(edits: &[Bytes], serializer: S) -> Result<S::Ok, S::Error> {
        let plain: Vec<&[u8]> = edits.iter().map(|edit| edit.as_ref()).collect();
        plain.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Bytes>, D::Error> {
        let plain: Vec<Vec<u8>> = Vec::deserialize(deserializer)?;
        Ok(plain.into_iter().map(Bytes::from).collect())
    }
}
