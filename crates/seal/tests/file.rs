//! A file's outline fits its id and no other, and tells every piece of it from everything else.

use proptest::prelude::*;
use seal::{FILE_BYTES, FILE_PIECE, FileId, Outline};

fn bytes(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().update(&length.to_be_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

#[test]
fn an_outline_of_any_length_reads_back_under_its_id_and_every_piece_holds() {
    let around = |pieces: usize| [pieces * FILE_PIECE - 1, pieces * FILE_PIECE, pieces * FILE_PIECE + 1];
    let lengths = [1, 2, 3, 4, 5, 7, 8, 33].into_iter().flat_map(around).chain([0, 1, 1024, 1025]);
    for length in lengths {
        let bytes = bytes(length);
        let outline = Outline::of(&bytes);
        let read = Outline::read(FileId::of(&bytes), length as u64, outline.hashes().to_vec());
        assert_eq!(read, Some(outline.clone()), "{length} bytes");
        let pieces: Vec<&[u8]> = if bytes.is_empty() { vec![&[]] } else { bytes.chunks(FILE_PIECE).collect() };
        assert_eq!(pieces.len(), outline.pieces());
        assert!(pieces.iter().enumerate().all(|(nth, piece)| outline.holds(nth, piece)), "{length} bytes");
    }
}

#[test]
fn no_outline_is_read_for_another_length_or_one_that_is_too_much() {
    let bytes = bytes(5 * FILE_PIECE);
    let (id, hashes) = (FileId::of(&bytes), Outline::of(&bytes).hashes().to_vec());
    for length in [0, 4 * FILE_PIECE as u64, 6 * FILE_PIECE as u64, FILE_BYTES + 1, u64::MAX] {
        assert_eq!(Outline::read(id, length, hashes.clone()), None);
    }
    assert_eq!(Outline::read(id, 5 * FILE_PIECE as u64, Vec::new()), None);
}

#[test]
fn a_length_that_is_wrong_in_the_last_piece_is_told_by_that_piece() {
    let bytes = bytes(2 * FILE_PIECE + 9);
    // The hashes say nothing of how long the last piece is, the piece itself does.
    let wrong = Outline::read(FileId::of(&bytes), bytes.len() as u64 - 1, Outline::of(&bytes).hashes().to_vec());
    assert!(wrong.is_none_or(|wrong| !wrong.holds(2, &bytes[2 * FILE_PIECE..])));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_piece_in_another_place_or_with_a_bit_turned_does_not_hold(
        length in 1usize..4 * FILE_PIECE, nth in 0usize..4, other in 0usize..4, bit in 0usize..8 * FILE_PIECE,
    ) {
        let bytes = bytes(length);
        let outline = Outline::of(&bytes);
        let Some(piece) = bytes.chunks(FILE_PIECE).nth(nth) else { return Ok(()) };
        prop_assert!(outline.holds(nth, piece));
        prop_assert!(other == nth || !outline.holds(other, piece));
        let mut turned = piece.to_vec();
        turned[bit / 8 % piece.len()] ^= 1 << (bit % 8);
        prop_assert!(!outline.holds(nth, &turned));
        prop_assert!(!outline.holds(nth, &piece[1..]));
    }

    #[test]
    fn an_outline_with_another_hash_is_not_the_files(length in FILE_PIECE + 1..4 * FILE_PIECE, nth in 0usize..4) {
        let bytes = bytes(length);
        let mut hashes = Outline::of(&bytes).hashes().to_vec();
        let Some(hash) = hashes.get_mut(nth) else { return Ok(()) };
        hash[7] ^= 1;
        prop_assert_eq!(Outline::read(FileId::of(&bytes), length as u64, hashes), None);
    }
}
