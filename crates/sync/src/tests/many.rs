//! Very many documents: real ones, and such as nobody has.

use super::*;
use crate::{
    frontier::End,
    limits::{FRAME_DOCS, FRONTIER_CHAINS, SAID_CHAINS, STRANGE, UNDRAINED_FRAMES},
    message::Saved,
};

const ANN: usize = 0;
const BEN: usize = 1;
const EVE: usize = 2;

impl World {
    fn hears(&mut self, to: usize, link: Link, message: Message) {
        self.mail.push_back((to, Input::Heard(link, message.frame().expect("it fits"))));
    }

    /// Documents of somebody's own that everyone may write.
    fn open_many(&mut self, by: usize, plan: PlanId, many: u16) -> Vec<DocId> {
        let key = self.devices[by].key.clone();
        self.now = self.now.plus(1);
        let mut ledger = self.devices[by].sync.ledger(plan).expect("holds the plan").clone();
        let owner = ledger.person_of(key.id());
        let open = |n: u16| {
            let mut nonce = [by as u8; 16];
            nonce[..2].copy_from_slice(&n.to_be_bytes());
            let new = NewDocument { rules: RULES, kind: "about-me".into(), nonce, owner, voice_of: None };
            sign(&key, draft::new_document(&ledger, key.id(), self.now, new).expect("may open"))
        };
        let mut all: Vec<Statement> = (0..many).map(open).collect();
        let mut docs: Vec<DocId> = all.iter().map(|new| DocId::from(new.id())).collect();
        ledger.place_all(all.iter().cloned());
        all.extend(docs.iter().map(|doc| {
            let (why, basis) = ("to plan".into(), "consent".into());
            let share = Share { who: Who::Everyone, access: Access::Edit, why, basis, until: None };
            sign(&key, draft::share(&ledger, key.id(), self.now, *doc, share).expect("may share"))
        }));
        self.handle(by, Input::Issued(all));
        docs.sort();
        docs
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
    let (mut world, _, doc, link) = two();
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

#[test]
fn two_with_more_documents_than_a_frame_names_agree_and_go_on_agreeing() {
    let cat = 2;
    let mut world = World::of(3);
    let plan = world.found(ANN);
    world.meet(ANN, &[BEN, cat], plan);
    world.cut_all();
    // Nobody begins so many alone.
    let many = FRAME_DOCS as u16 / 2 - 100;
    let mut docs: Vec<DocId> = [ANN, BEN, cat].into_iter().flat_map(|who| world.open_many(who, plan, many)).collect();
    docs.sort();
    assert!(docs.len() > FRAME_DOCS);
    for (a, b) in [(ANN, cat), (BEN, cat), (ANN, BEN)] {
        world.connect(a, b);
        world.settle();
        world.cut_all();
    }
    let (first, last) = (docs[0], docs[docs.len() - 1]);
    world.write(ANN, plan, last, 2, &[]);
    world.write(BEN, plan, last, 3, &[]);
    world.write(BEN, plan, first, 1, &[]);
    let link = world.connect(ANN, BEN);
    world.settle();
    for who in [ANN, BEN] {
        assert!(world.devices[who].sync.meeting(link, plan).expect("they met").compared);
    }
    // Live, also where they agreed before and in what was never written in.
    for doc in [docs[1], docs[docs.len() - 2], first, last] {
        world.write(ANN, plan, doc, 1, &[]);
        world.write(BEN, plan, doc, 1, &[]);
    }
    world.settle();
    for doc in &docs {
        let [anns, bens] = [ANN, BEN].map(|who| world.devices[who].sync.frontier(plan, *doc));
        assert_eq!(anns, bens);
    }
    assert_eq!(world.devices[ANN].sync.edits(plan, last).len(), 7);
    assert_eq!(world.parted, []);
}

#[test]
fn who_tells_little_at_once_and_who_tells_one_digest_still_hear_everything_of_each_other() {
    let mut world = World::of(2);
    let plan = world.found(ANN);
    world.meet(ANN, &[BEN], plan);
    let shared = world.open_many(ANN, plan, 100);
    world.settle();
    world.cut_all();
    // Ann has come too far for a frame, Ben has not.
    let new = world.open_many(ANN, plan, 200);
    for doc in &shared[..10] {
        world.write(ANN, plan, *doc, 2, &[]);
    }
    world.settle();
    let link = world.connect(ANN, BEN);
    world.settle();
    for who in [ANN, BEN] {
        assert!(world.devices[who].sync.meeting(link, plan).expect("they met").compared);
    }
    for doc in [shared[0], shared[99], new[0], new[199]] {
        world.write(BEN, plan, doc, 1, &[]);
        world.write(ANN, plan, doc, 1, &[]);
    }
    world.settle();
    for doc in shared.iter().chain(&new) {
        let [anns, bens] = [ANN, BEN].map(|who| world.devices[who].sync.frontier(plan, *doc));
        assert_eq!(anns, bens);
    }
}

#[test]
fn many_short_documents_are_told_no_faster_than_they_are_written_out() {
    let mut world = World::of(2);
    let plan = world.found(ANN);
    let docs = world.open_many(ANN, plan, 400);
    for doc in &docs {
        world.write(ANN, plan, *doc, 1, &[]);
    }
    world.settle();
    world.let_in(ANN, BEN, plan);
    world.hand_over(ANN, BEN, plan);
    world.connect(ANN, BEN);
    // Ann's line is written out only once nothing else happens, and so is Ben's.
    let mut longest = 0;
    loop {
        let next = world.mail.iter().position(|(_, input)| !matches!(input, Input::Drained(_)));
        let Some((who, input)) = world.mail.remove(next.unwrap_or(0)) else {
            let wakes = [ANN, BEN].map(|who| world.devices[who].sync.next_wake());
            let Some(at) = wakes.into_iter().flatten().min() else { break };
            world.now = world.now.max(at);
            [ANN, BEN].into_iter().for_each(|who| world.handle(who, Input::Woke));
            continue;
        };
        if let Input::Drained(link) = input {
            world.mail.retain(|(of, input)| *of != who || !matches!(input, Input::Drained(_)));
            world.handle(who, Input::Drained(link));
        } else {
            world.handle(who, input);
        }
        for who in [ANN, BEN] {
            let undrained = |(of, input): &&(usize, Input)| *of == who && matches!(input, Input::Drained(_));
            longest = longest.max(world.mail.iter().filter(undrained).count());
        }
    }
    assert!(longest <= UNDRAINED_FRAMES + 64, "{longest}");
    for doc in docs {
        assert_eq!(world.devices[BEN].sync.edits(plan, doc).len(), 1);
        assert!(world.devices[ANN].sync.saved_with(plan, doc).contains(&world.devices[BEN].key.id()));
    }
    assert_eq!(world.parted, []);
}
