//! The largest message of each kind fits into a frame, whatever its bytes are: what does not fit is never told.

use seal::{FILE_BYTES, FILE_PIECE, Signature, StatementId};

use super::*;
use crate::{
    frontier::End,
    limits::{
        ENDS, FILE_PIECES, FRAME_DOCS, FRONTIER_CHAINS, FRONTIER_ENDS, HELLO_PLANS, KNOWN_IDS, NEAR, PIECE_BYTES,
        PLACE_CARET, PLACE_FIELD,
    },
    message::{Circle, Hello, Near, Outlined, Part, Piece, Presence, Proof, Saved, Statements},
    presence::Place,
};

#[test]
fn the_largest_message_of_each_kind_fits_into_a_frame() {
    let mut dice = Dice(blake3::Hasher::new().finalize_xof());
    let (plan, doc, file) = (u16::MAX, DocId::new(dice.id()), FileId::new(dice.id()));
    let frontier = forked(&mut dice, 3_000, ENDS).told();
    let heads: Vec<StatementId> = dice.sorted(KNOWN_IDS).into_iter().map(StatementId::new).collect();
    let plans: Vec<[u8; 16]> = {
        let mut plans: Vec<[u8; 16]> = (0..HELLO_PLANS).map(|_| dice.fill()).collect();
        plans.sort_unstable();
        plans
    };
    let proofs = plans.iter().map(|plan| (*plan, Signature::new(dice.fill()))).collect();
    let digests = dice.sorted(FRAME_DOCS).into_iter().map(|id| (DocId::new(id), dice.fill())).collect();
    let place = Place { doc, field: "f".repeat(PLACE_FIELD), caret: dice.bytes(PLACE_CARET) };
    let all = [
        Message::Hello(Hello { salt: dice.fill(), plans }),
        Message::Proof(Proof { device: DeviceKey::from_seed(&[1; 32].into()).id(), plans: proofs }),
        Message::Circle(Circle { plan, known: heads.clone() }),
        Message::Statements(Statements {
            plan,
            statements: vec![(dice.bytes(seal::STATEMENT_BYTES), Signature::new(dice.fill()))],
        }),
        Message::Each(Each { plan, whole: false, docs: digests }),
        Message::States(States { plan, whole: true, docs: vec![State { doc, heads, frontier: frontier.clone() }] }),
        Message::Saved(Saved { plan, doc, frontier }),
        Message::Near(Near { plan, devices: dice.sorted(NEAR).into_iter().map(DeviceId::new).collect() }),
        Message::Presence(Presence { plan, place: Some(place) }),
        Message::Piece(Piece { plan, doc, nth: u32::MAX, bytes: dice.bytes(PIECE_BYTES) }),
        Message::Outlined(Outlined {
            plan,
            doc,
            file,
            bytes: FILE_BYTES,
            hashes: (0..FILE_PIECES).map(|_| dice.id()).collect(),
        }),
        Message::Part(Part { plan, doc, file, nth: u32::MAX, bytes: dice.bytes(FILE_PIECE) }),
    ];
    for message in all {
        let frame = message.frame().unwrap_or_else(|| panic!("too large: {message:.120?}"));
        assert_eq!(Message::read(&frame).as_ref(), Ok(&message));
    }
}

#[test]
fn who_forks_their_chapters_leaves_everybody_elses_chains_told() {
    let mut dice = Dice(blake3::Hasher::new().finalize_xof());
    let honest = forked(&mut dice, 300, 1);
    let theirs = forked(&mut dice, 700, ENDS);
    let ends = [&honest, &theirs].into_iter().flat_map(Frontier::chains);
    let all = Frontier::new(ends.flat_map(|(chain, ends)| ends.iter().map(move |end| (chain, *end))));
    let told = all.clone().told();
    assert!(honest.chains().all(|(chain, ends)| told.ends(chain) == ends));
    assert!(told.is_canonical() && told.chains().count() <= FRONTIER_CHAINS);
    assert!(told.chains().map(|(_, ends)| ends.len()).sum::<usize>() <= FRONTIER_ENDS);
    assert!(told.chains().all(|(chain, ends)| all.ends(chain) == ends), "a chain is told whole or not at all");
    assert_eq!(honest.clone().told(), honest);
}

fn forked(dice: &mut Dice, chains: usize, ends: usize) -> Frontier {
    let mut all = Vec::new();
    for _ in 0..chains {
        let chain = ChainId::new(dice.fill());
        for _ in 0..ends {
            let seq = Seq::new(50_000).expect("not nought");
            all.push((chain, End { seq, hash: EditHash::new(dice.id()) }));
        }
    }
    Frontier::new(all)
}

/// Bytes that do not deflate.
struct Dice(blake3::OutputReader);

impl Dice {
    fn fill<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    fn id(&mut self) -> [u8; 32] {
        self.fill()
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.0.fill(&mut bytes);
        bytes
    }

    fn sorted(&mut self, count: usize) -> Vec<[u8; 32]> {
        let mut ids: Vec<[u8; 32]> = (0..count).map(|_| self.id()).collect();
        ids.sort_unstable();
        ids
    }
}
