//! Frames as `docs/protocol.md` says, written and read without a line of `sync`: for liars, and for a witness who looks at
//! every frame that leaves an honest peer.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use seal::{Bytes, ChainId, DocId, EditHash, FileId, Seq, Signature, StatementId};
use serde::Serialize;

/// Kinds of messages.
pub const PROOF: u8 = 2;
pub const STATEMENTS: u8 = 5;
pub const DOCS: u8 = 6;
pub const STATES: u8 = 8;
pub const EDITS: u8 = 9;
pub const SAVED: u8 = 10;
pub const PRESENCE: u8 = 12;
pub const OFFER: u8 = 13;
pub const PIECE: u8 = 15;
pub const WANT: u8 = 16;
pub const OUTLINED: u8 = 17;
pub const PART: u8 = 18;
pub const LACK: u8 = 19;
pub const HAVE: u8 = 20;

/// One run: its edits, and signatures by position.
pub type Run = (Vec<Vec<u8>>, Vec<(u32, Signature)>);
/// A frontier: chains and their ends.
pub type Ends = Vec<(ChainId, Vec<(Seq, EditHash)>)>;

/// The frame of a body.
pub fn frame(kind: u8, body: &[u8]) -> Bytes {
    let mut frame = u32::try_from(1 + body.len()).expect("small").to_be_bytes().to_vec();
    frame.push(kind);
    frame.extend_from_slice(body);
    frame.into()
}

pub fn message<T: Serialize>(kind: u8, body: &T) -> Bytes {
    frame(kind, &seal::encode(body))
}

/// The kind and body of a frame.
pub fn open(frame: &[u8]) -> (u8, Vec<u8>) {
    let (kind, body) = (frame[4], &frame[5..]);
    if kind & 0x80 == 0 {
        return (kind, body.to_vec());
    }
    let mut inflated = Vec::new();
    DeflateDecoder::new(body).read_to_end(&mut inflated).expect("an honest frame inflates");
    (kind & 0x7f, inflated)
}

/// Whether it asks for a file or brings some of one.
pub fn is_of_files(frame: &[u8]) -> bool {
    // Liars send frames that are too short, or do not inflate.
    frame.get(4).is_some_and(|kind| matches!(kind & 0x7f, WANT | OUTLINED | PART | LACK | HAVE))
}

/// The documents that a frame of an honest peer tells of.
pub fn documents(frame: &[u8]) -> Vec<DocId> {
    let (kind, body) = open(frame);
    let limit = body.len();
    match kind {
        STATES => {
            type State = (DocId, Vec<StatementId>, Ends);
            let (_, _, docs): (u16, bool, Vec<State>) = seal::decode(&body, limit).expect("states");
            docs.into_iter().map(|(doc, ..)| doc).collect()
        }
        EDITS => vec![edits(&body).1],
        OFFER => {
            let (_, doc, _, _): (u16, DocId, [u8; 32], u32) = seal::decode(&body, limit).expect("offer");
            vec![doc]
        }
        PIECE => {
            let (_, doc, _, _): (u16, DocId, u32, Vec<u8>) = seal::decode(&body, limit).expect("piece");
            vec![doc]
        }
        WANT => {
            let (_, doc, _, _): (u16, DocId, FileId, Option<(u32, u32)>) = seal::decode(&body, limit).expect("want");
            vec![doc]
        }
        SAVED => saved(frame).into_iter().map(|(doc, _)| doc).collect(),
        PRESENCE => {
            type Place = Option<(DocId, String, Vec<u8>)>;
            let (_, place): (u16, Place) = seal::decode(&body, limit).expect("presence");
            place.into_iter().map(|(doc, ..)| doc).collect()
        }
        _ => Vec::new(),
    }
}

/// What a frame gives of a file: what its pieces hash to, one of them, or that there is one.
pub fn given(frame: &[u8]) -> Option<(DocId, FileId)> {
    let (kind, body) = open(frame);
    let limit = body.len();
    match kind {
        OUTLINED => {
            let (_, doc, file, ..): (u16, DocId, FileId, u64, Vec<[u8; 32]>) =
                seal::decode(&body, limit).expect("outlined");
            Some((doc, file))
        }
        PART => {
            let (_, doc, file, ..): (u16, DocId, FileId, u32, Vec<u8>) = seal::decode(&body, limit).expect("part");
            Some((doc, file))
        }
        HAVE => {
            let (_, doc, file): (u16, DocId, FileId) = seal::decode(&body, limit).expect("have");
            Some((doc, file))
        }
        _ => None,
    }
}

/// What a frame acknowledges, if it does.
pub fn saved(frame: &[u8]) -> Option<(DocId, Ends)> {
    let (kind, body) = open(frame);
    let read = || seal::decode::<(u16, DocId, Ends)>(&body, body.len()).expect("saved");
    (kind == SAVED).then(read).map(|(_, doc, ends)| (doc, ends))
}

/// A frame of edits.
pub fn edits(body: &[u8]) -> (u16, DocId, Vec<Run>) {
    seal::decode(body, body.len()).expect("edits")
}

/// Statements of a frame, as bytes with their signatures.
pub fn statements(frame: &[u8]) -> Vec<(Vec<u8>, Signature)> {
    let (kind, body) = open(frame);
    if kind != STATEMENTS {
        return Vec::new();
    }
    let (_, statements): (u16, Vec<(Vec<u8>, Signature)>) = seal::decode(&body, body.len()).expect("statements");
    statements
}
