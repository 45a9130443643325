//! What is no edit at all: forms that are not the plain one, columns that claim too much, and bytes of any kind.

use proptest::prelude::*;

use super::*;

#[test]
fn only_the_plain_form_is_an_edit() {
    let world = world();
    let honest = || edit(vec![letter_behind(PEOPLE, None)], &world.hello, 16);
    assert!(head(&bytes(honest())).is_ok());
    let with_message = ExpandedChange { message: Some("hello".into()), ..honest() };
    let with_more = ExpandedChange { extra_bytes: vec![1], ..honest() };
    let mut stranger = honest();
    stranger.actor_id = ActorId::from(&[1, 2, 3][..]);
    for odd in [with_message, with_more, stranger] {
        assert!(head(&bytes(odd)).is_err());
    }
    // Dependencies out of order, or one twice: automerge's own writer sorts, so a liar swaps the bytes.
    let two = ExpandedChange { deps: vec![ChangeHash([8; 32]), ChangeHash([9; 32])], ..honest() };
    let two = bytes(two);
    let at = two.windows(32).position(|window| window == [8; 32]).unwrap();
    assert!(head(&two).is_ok());
    for (first, second) in [(9, 8), (8, 8), (9, 9)] {
        let mut swapped = two.clone();
        swapped[at..at + 32].fill(first);
        swapped[at + 32..at + 64].fill(second);
        assert!(head(&resealed(swapped)).is_err());
    }
    let compressed = Change::from(edit((0..900).map(|_| letter_behind(PEOPLE, None)).collect(), &world.hello, 16));
    assert!(head(&compressed.clone().bytes()).is_err());
    let mut trailing = bytes(honest());
    trailing.push(0);
    assert!(head(&trailing).is_err());
    let (mut document, _) = Document::create(about_me(), DOC, MAKER, Time(1));
    assert!(head(&document.save()).is_err());
}

#[test]
fn columns_that_claim_more_than_can_be_counted_are_refused() {
    let most: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    let two_sets = (0x42, vec![2, 1]);
    let replaced = (0x70, [&[2][..], most].concat());
    for (columns, refusal) in [
        (vec![(0x42, [&[0x7f, 1, 0][..], most].concat())], Refusal::Size),
        (vec![(0x34, [&[1][..], most].concat()), two_sets.clone()], Refusal::Shape),
        (vec![(0x34, vec![2]), two_sets, (0x56, vec![2, 0]), replaced], Refusal::Size),
    ] {
        let mut world = world();
        let lie = read(&with_columns(&columns, &world.hello[0]));
        assert_eq!(world.house.weigh(&lie), Err(refusal));
    }
}

// The liar's first edit upon another, with the columns as given.
fn with_columns(columns: &[(u8, Vec<u8>)], upon: &Edit) -> Vec<u8> {
    let mut body = vec![1];
    body.extend_from_slice(upon.hash().as_bytes());
    body.push(16);
    body.extend_from_slice(LIAR.as_bytes());
    body.extend([1, 16, 0, 0, 0, columns.len() as u8]);
    body.extend(columns.iter().flat_map(|(kind, column)| [*kind, column.len() as u8]));
    body.extend(columns.iter().flat_map(|(_, column)| column));
    let length = body.len() as u8;
    assert!(length < 0x80, "one byte says it");
    resealed([&[0; 8][..], &[1, length], &body].concat())
}

#[test]
fn cut_anywhere_or_with_any_bit_flipped_it_is_refused() {
    let mut world = world();
    let whole = bytes(edit(vec![letter_behind(PEOPLE, None), put("updated", vec![id(15, MAKER)])], &world.hello, 16));
    for end in 0..whole.len() {
        assert!(head(&whole[..end]).is_err());
    }
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(head(&flipped).is_err());
        // A liar computes the right hash for its flipped bytes. It gets further, and never hurts.
        weigh_resealed(&mut world, flipped);
    }
}

fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes[8..]);
    bytes[..4].copy_from_slice(&[0x85, 0x6f, 0x4a, 0x83]);
    bytes[4..8].copy_from_slice(&digest[..4]);
    bytes
}

// If it is let in, automerge can take it in, save it, and load what it saved.
fn weigh_resealed(world: &mut World, bytes: Vec<u8>) {
    if bytes.len() < 9 {
        return;
    }
    let Ok(edit) = Edit::read(DOC, Bytes::from(resealed(bytes)), head) else { return };
    if world.house.weigh(&edit).is_err() {
        return;
    }
    let mut document = automerge::AutoCommit::new();
    let changes = world.made.iter().chain(&world.hello).chain([&edit]);
    let changes: Vec<_> = changes.map(|edit| Change::from_bytes(edit.bytes().to_vec()).unwrap()).collect();
    document.apply_changes(changes).expect("what the door lets in can be taken in");
    let saved = document.save();
    assert_eq!(automerge::AutoCommit::load(&saved).expect("and saved, and loaded").get_heads(), document.get_heads());
}

proptest! {
    #[test]
    fn rubbish_never_panics(rubbish: Vec<u8>) {
        prop_assert!(head(&rubbish).is_err());
        weigh_resealed(&mut world(), rubbish);
    }

    #[test]
    fn an_edit_with_anything_changed_and_sealed_again_never_hurts(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        text in "[a-z]{1,30}",
    ) {
        let mut world = world();
        let letters = text.chars().map(|_| letter_behind(PEOPLE, None)).chain([erase(IMPORTANT, id(11, MAKER))]);
        let mut bytes = bytes(edit(letters.collect(), &world.hello, 16));
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        weigh_resealed(&mut world, bytes);
    }

    #[test]
    fn an_index_that_is_rubbish_is_refused(rubbish: Vec<u8>, cut: prop::sample::Index, flip: prop::sample::Index) {
        let mut house = House::new();
        prop_assert_eq!(house.import(DOC, &rubbish), Err(BadIndex));
        let whole = world().house.export(DOC).unwrap();
        prop_assert_eq!(house.import(DOC, &whole[..cut.index(whole.len())]), Err(BadIndex));
        let mut flipped = whole.clone();
        let at = flip.index(whole.len());
        flipped[at] ^= 1;
        if house.import(DOC, &flipped).is_ok() {
            // It hangs together, so weighing upon it does not panic.
            let _ = house.weigh(&read(&bytes(edit(vec![letter_behind(PEOPLE, None)], &world().hello, 16))));
        }
    }
}
