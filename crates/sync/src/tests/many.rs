//! Very many documents: real ones, and such as nobody has.

use super::*;
use crate::{
    frontier::End,
    limits::{FRONTIER_CHAINS, SAID_CHAINS, STRANGE},
    message::Saved,
};

const ANN: usize = 0;
const BEN: usize = 1;
const EVE: usize = 2;

impl World {
    fn hears(&mut self, to: usize, link: Link, message: Message) {
        self.mail.push_back((to, Input::Heard(link, message.frame().expect("it fits"))));
    }

    /// Documents, chains and heads that are remembered of what somebody said.
    fn remembered(&mut self, who: usize, link: Link, plan: PlanId) -> [usize; 3] {
        let meeting = self.devices[who].sync.meeting(link, plan).expect("they are connected");
        let ends = meeting.docs.values().filter_map(|theirs| theirs.ends());
        let said = meeting.said.values().map(|frontier| frontier.chains().count());
        [
            meeting.docs.len().max(meeting.said.len()).max(meeting.gaps.len()),
            ends.map(|ends| ends.len()).sum(),
            said.sum(),
        ]
    }
}

fn made_up(many: u16, salt: u8) -> Vec<[u8; 32]> {
    let mut ids: Vec<[u8; 32]> =
        (0..many).map(|n| *blake3::hash(&[salt, n as u8, (n >> 8) as u8]).as_bytes()).collect();
    ids.sort();
    ids
}

fn chains(many: u16, salt: u8) -> Frontier {
    let end = End { seq: Seq::FIRST, hash: EditHash::new([salt; 32]) };
    let chain = |id: [u8; 32]| ChainId::new(*id.first_chunk().expect("32 bytes"));
    Frontier::new(made_up(many, salt).into_iter().map(|id| (chain(id), end)))
}

#[test]
fn documents_and_chains_out_of_thin_air_fill_no_memory_whoever_makes_them_up() {
    let sam = 3;
    let mut world = World::of(4);
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Edit);
    world.meet(ANN, &[BEN, sam], plan);
    world.cut_all();
    let person = world.devices[ANN].sync.ledger(plan).and_then(|it| it.person_of(world.devices[sam].key.id()));
    let remove = circle::Remove { whom: circle::Whom::Person(person.expect("of the circle")), upto: None };
    let ledger = world.devices[ANN].sync.ledger(plan).expect("holds the plan");
    let remove = draft::remove(ledger, world.devices[ANN].key.id(), world.now, remove).expect("may remove");
    let remove = sign(&world.devices[ANN].key, remove);
    world.handle(ANN, Input::Issued(vec![remove]));
    // Eve found out about the plan, Sam had a place in it once, Ben has one.
    world.hand_over(ANN, EVE, plan);
    for liar in [EVE, sam, BEN] {
        let link = world.connect(liar, ANN);
        world.settle();
        for salt in 0..4 {
            // As many documents as a frame names, a few chains in each.
            let state = |id: [u8; 32]| State { doc: DocId::new(id), heads: Vec::new(), frontier: chains(4, salt) };
            let docs = made_up(1_000, salt).into_iter().map(state).collect();
            world.hears(ANN, link, Message::States(States { plan: 0, whole: salt == 3, docs }));
            let each = made_up(1_000, salt).into_iter().map(|id| (DocId::new(id), [salt; 16])).collect();
            world.hears(ANN, link, Message::Each(Each { plan: 0, whole: false, docs: each }));
            // As many chains as a state may name, of a document that there is.
            let state = State { doc, heads: Vec::new(), frontier: chains(FRONTIER_CHAINS as u16, salt) };
            world.hears(ANN, link, Message::States(States { plan: 0, whole: false, docs: vec![state] }));
            let frontier = chains(FRONTIER_CHAINS as u16, salt + 4);
            world.hears(ANN, link, Message::Saved(Saved { plan: 0, doc, frontier }));
            world.settle();
        }
        let [docs, chains, said] = world.remembered(ANN, link, plan);
        assert!(docs <= STRANGE + 1 && chains <= STRANGE && said <= SAID_CHAINS, "{liar}: {docs} {chains} {said}");
    }
    assert_eq!(world.parted, []);
    let marks = world.devices[ANN].sync.marks(plan);
    assert!(marks.values().flat_map(|docs| docs.keys()).all(|marked| *marked == doc));
}

#[test]
fn more_chains_than_a_document_is_told_of_are_no_state() {
    let mut world = World::of(2);
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Edit);
    world.meet(ANN, &[BEN], plan);
    world.cut_all();
    let link = world.connect(BEN, ANN);
    world.settle();
    let state = State { doc, heads: Vec::new(), frontier: chains(FRONTIER_CHAINS as u16 + 1, 1) };
    world.hears(ANN, link, Message::States(States { plan: 0, whole: false, docs: vec![state] }));
    world.settle();
    assert_eq!(world.parted, [(ANN, Because::Rubbish)]);
}

#[test]
fn who_tells_of_a_document_in_the_same_breath_as_its_opening_is_told_nothing_of_it_back() {
    let mut world = World::of(2);
    let plan = world.found(ANN);
    world.meet(ANN, &[BEN], plan);
    world.cut_all();
    let docs: Vec<DocId> = (0..3).map(|_| world.open(ANN, plan, Access::Edit)).collect();
    for doc in &docs {
        world.write(ANN, plan, *doc, 3, &[]);
    }
    world.settle();
    world.connect(ANN, BEN);
    let mut back = 0;
    while let Some((who, input)) = world.mail.pop_front() {
        if let (ANN, Input::Heard(_, frame)) = (who, &input) {
            let message = Message::read(frame);
            back += usize::from(matches!(message, Ok(Message::Statements(_) | Message::Edits(_))));
        }
        world.handle(who, input);
    }
    world.settle();
    assert_eq!(back, 0);
    for doc in docs {
        assert_eq!(world.devices[BEN].sync.edits(plan, doc).len(), 3);
        world.write(BEN, plan, doc, 1, &[]);
        world.settle();
        assert_eq!(world.devices[ANN].sync.edits(plan, doc).len(), 4);
    }
}
