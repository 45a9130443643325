//! What comes whole, what waits, and what cannot be weighed here.

use super::*;
use crate::{
    limits::{MESSAGE, PIECE_BYTES, UNSIGNED, WAITING_BYTES_OF_ALL, WEIGH_AT_ONCE},
    meeting::Tail,
    message::{Offer, Parcel, Piece},
};

const ANN: usize = 0;
const BEN: usize = 1;

impl World {
    fn tell(&mut self, link: Link, message: Message) {
        // At once: settling would let the time pass in which a parcel is waited for.
        self.handle(ANN, Input::Heard(link, message.frame().expect("it fits")));
    }

    /// Lets pass what was said, before anybody is too slow.
    fn pass(&mut self) {
        while let Some((who, input)) = self.mail.pop_front() {
            self.handle(who, input);
        }
    }

    fn say_parcel(&mut self, link: Link, doc: DocId, bytes: &[u8]) {
        let (hash, size) = (*blake3::hash(bytes).as_bytes(), bytes.len() as u32);
        self.tell(link, Message::Offer(Offer { plan: 0, doc, hash, size }));
        for (nth, piece) in bytes.chunks(PIECE_BYTES).enumerate() {
            let piece = Piece { plan: 0, doc, nth: nth as u32, bytes: piece.to_vec() };
            self.tell(link, Message::Piece(piece));
        }
    }
}

#[test]
fn a_parcel_that_cannot_be_unpacked_only_means_edit_by_edit() {
    let (mut world, plan, doc, link) = two();
    // More than one piece, and nothing that deflates: the largest piece fits into a frame.
    let mut noise = vec![0; 2 * PIECE_BYTES + 7];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    world.say_parcel(link, doc, &seal::encode(&Parcel { signed: Vec::new(), document: noise }));
    assert_eq!(world.devices[ANN].sync.coming.len(), 1, "all of it is here and is being unpacked");
    world.settle();
    assert_eq!((world.parted.as_slice(), world.devices[ANN].sync.coming.len()), (&[][..], 0));
    world.write(BEN, plan, doc, 3, &[]);
    world.settle();
    assert_eq!(world.devices[ANN].sync.edits(plan, doc).len(), 3);
}

#[test]
fn what_comes_whole_goes_to_the_door_as_that_has_room_and_all_of_it_gets_there() {
    let (mut world, plan, doc, link) = two();
    let made = world.made_by(BEN, plan, doc, None, 3 * WEIGH_AT_ONCE + 7, &[]);
    let is_kept = |(edit, _): &&(Verified, Tip)| edit.edit().seq().number().is_multiple_of(seal::MILESTONE);
    let signed = made.iter().filter(is_kept).chain(made.last()).map(|(edit, tip)| (edit.edit().seq(), tip.signature));
    let chain = made[0].0.edit().chain();
    let parcel = Parcel { signed: vec![(chain, signed.collect())], document: vec![7; 9] };
    world.say_parcel(link, doc, &seal::encode(&parcel));
    let edits = made.iter().map(|(edit, _)| edit.edit().clone()).collect();
    world.handle(ANN, Input::Unpacked(plan, doc, Some(edits)));
    let at_the_door = |world: &World| world.devices[ANN].sync.plans[&plan].shelves[&doc].at_the_door();
    assert_eq!(at_the_door(&world), 2 * WEIGH_AT_ONCE);
    world.settle();
    let sync = &world.devices[ANN].sync;
    assert_eq!((sync.edits(plan, doc).len(), at_the_door(&world), sync.coming.len()), (made.len(), 0, 0));
}

#[test]
fn pieces_that_are_not_what_was_offered_end_the_connection() {
    let offered = vec![7; 2 * PIECE_BYTES];
    let piece =
        |nth, bytes: &[u8]| Message::Piece(Piece { plan: 0, doc: DocId::new([0; 32]), nth, bytes: bytes.to_vec() });
    let first = piece(0, &offered[..PIECE_BYTES]);
    let liars = [
        vec![piece(1, &offered[..PIECE_BYTES])],
        vec![piece(0, &offered[..9])],
        vec![piece(0, &[])],
        vec![first.clone(), first.clone()],
        vec![first.clone(), piece(1, &[8; PIECE_BYTES])],
    ];
    for lies in liars {
        let (mut world, _, doc, link) = two();
        let hash = *blake3::hash(&offered).as_bytes();
        world.tell(link, Message::Offer(Offer { plan: 0, doc, hash, size: offered.len() as u32 }));
        for lie in lies {
            let Message::Piece(lie) = lie else { unreachable!("only pieces are told here") };
            world.tell(link, Message::Piece(Piece { doc, ..lie }));
        }
        assert_eq!(world.parted, [(ANN, Because::Rubbish)]);
        assert!(world.devices[ANN].sync.coming.is_empty());
    }
}

#[test]
fn a_parcel_that_never_comes_is_given_up() {
    let (mut world, plan, doc, link) = two();
    world.tell(link, Message::Offer(Offer { plan: 0, doc, hash: [1; 32], size: 100_000 }));
    assert_eq!(world.devices[ANN].sync.coming.len(), 1);
    world.now = world.now.plus(MESSAGE);
    world.handle(ANN, Input::Woke);
    assert_eq!((world.parted.as_slice(), world.devices[ANN].sync.coming.len()), (&[][..], 0));
    // A piece that comes too late is nobody's fault.
    world.tell(link, Message::Piece(Piece { plan: 0, doc, nth: 0, bytes: vec![0; 9] }));
    world.write(BEN, plan, doc, 3, &[]);
    world.settle();
    assert_eq!(world.devices[ANN].sync.edits(plan, doc).len(), 3);
}

#[test]
fn what_waits_is_counted_over_all_and_goes_with_its_connection() {
    let (mut world, plan, doc, link) = two();
    let withheld = EditHash::new([9; 32]);
    let edits = world.made_by(BEN, plan, doc, None, 20, &[withheld]);
    world.say_run(link, ANN, doc, &edits);
    world.settle();
    let bytes: usize = edits.iter().map(|(edit, _)| edit.edit().bytes().len()).sum();
    assert_eq!(world.devices[ANN].sync.waiting_bytes(), bytes);
    assert_eq!(world.devices[ANN].sync.edits(plan, doc).len(), 0);
    world.cut_all();
    assert_eq!(world.devices[ANN].sync.waiting_bytes(), 0);
}

/// Begins a run that never ends, as long as it may be.
fn half_a_run(world: &mut World, link: Link, plan: PlanId, doc: DocId) {
    let edits = vec![Bytes::from(vec![0; seal::EDIT_BYTES]); UNSIGNED - 1];
    let tail = Tail::gather(None, doc, Run { edits, signed: Vec::new() }, world.now).expect("not too long");
    let meeting = world.devices[ANN].sync.meeting(link, plan).expect("they are connected");
    meeting.tail = Some(tail);
}

#[test]
fn whoever_fills_the_room_of_all_makes_room_and_nobody_else_does() {
    let (sam, eve) = (2, 3);
    for (liar, honest) in [(sam, eve), (eve, sam)] {
        let mut world = World::of(4);
        let plan = world.found(ANN);
        let doc = world.open(ANN, plan, Access::Edit);
        world.meet(ANN, &[BEN, sam], plan);
        world.hand_over(ANN, eve, plan);
        world.cut_all();
        let liars: Vec<Link> = (0..16).map(|_| world.connect(liar, ANN)).collect();
        // Others are in the midst of as long a run as each of theirs, of the circle or on their way into it.
        let others = [BEN, honest].map(|who| world.connect(who, ANN));
        world.settle();
        others.into_iter().for_each(|link| half_a_run(&mut world, link, plan, doc));
        let second = world.connect(BEN, ANN);
        world.pass();
        let made = world.made_by(BEN, plan, doc, None, 101, &[]);
        let last = made.last().map(|(edit, _)| (edit.edit().seq(), edit.edit().hash()));
        let early = world.made_by(BEN, plan, doc, last, 1, &[EditHash::new([9; 32])]);
        let mut used = 0;
        // A run that goes over three frames, and an edit that builds on what is not here.
        for said in [&made, &early] {
            while world.devices[ANN].sync.waiting_bytes() < WAITING_BYTES_OF_ALL {
                half_a_run(&mut world, liars[used], plan, doc);
                used += 1;
            }
            world.say_run(second, ANN, doc, said);
            world.pass();
        }
        assert_eq!(world.parted, [(ANN, Because::Slow); 2], "one each time was enough");
        let sync = &mut world.devices[ANN].sync;
        assert_eq!(sync.edits(plan, doc).len(), 101);
        assert!(sync.meeting(second, plan).is_some_and(|meeting| meeting.waiting_bytes() > 1_000));
        assert_eq!(liars.iter().filter(|link| sync.meeting(**link, plan).is_none()).count(), 2);
    }
}

#[test]
fn by_rules_that_are_not_known_nothing_is_weighed_and_nobody_pays() {
    let (mut world, plan, _, link) = two();
    let key = world.devices[ANN].key.clone();
    let mut ledger = world.devices[ANN].sync.ledger(plan).expect("holds the plan").clone();
    let new = NewDocument { rules: RULES + 1, kind: "goals".into(), nonce: [2; 16], owner: None, voice_of: None };
    let new = sign(&key, draft::new_document(&ledger, key.id(), world.now, new).expect("may open"));
    let doc = DocId::from(new.id());
    world.handle(ANN, Input::Issued(placed(ledger.place(new))));
    world.settle();
    assert!(!world.devices[ANN].sync.ledger(plan).expect("holds the plan").knows_rules(doc));
    // Somebody with a newer version writes in it.
    let chapter =
        world.devices[ANN].sync.ledger(plan).and_then(|ledger| ledger.chapter(doc, world.devices[ANN].key.id()));
    let Some(chapter) = chapter else { return };
    let bytes = write(chain_id(doc, key.id(), chapter), Seq::FIRST, &BTreeSet::new());
    let edit = Edit::read(doc, bytes, read).expect("an edit");
    let made = Signed::ours(&key, plan, chapter, None, edit).expect("it begins");
    world.say_run(link, ANN, doc, &[made]);
    world.settle();
    assert_eq!((world.parted.as_slice(), world.devices[ANN].sync.edits(plan, doc).len()), (&[][..], 0));
}
