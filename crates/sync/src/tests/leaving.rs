//! Stories of somebody whose place or access ends.

use circle::{Refuse, Remove, Unshare, Whom, draft};
use seal::PersonId;

use super::*;

const ANN: usize = 0;
const BEN: usize = 1;
const SAM: usize = 2;

/// What is to be signed, resting on what was said before it.
type Drafted<'a> = &'a dyn Fn(&circle::Ledger, DeviceId) -> Body;

impl World {
    /// Signs something on one device and hands it to its machine.
    fn say(&mut self, who: usize, plan: PlanId, bodies: &[Drafted<'_>]) {
        let key = self.devices[who].key.clone();
        let mut ledger = self.devices[who].sync.ledger(plan).expect("holds the plan").clone();
        let mut all = Vec::new();
        for body in bodies {
            all.extend(placed(ledger.place(sign(&key, body(&ledger, key.id())))));
        }
        self.handle(who, Input::Issued(all));
    }

    fn person(&self, who: usize, plan: PlanId) -> PersonId {
        let id = self.devices[who].key.id();
        self.devices[ANN].sync.ledger(plan).and_then(|ledger| ledger.once_of(id)).expect("of the circle once")
    }

    /// Ann removes somebody, having said first what she has seen.
    fn remove(&mut self, who: usize, plan: PlanId, doc: DocId) {
        let person = self.person(who, plan);
        let seen: Vec<EditHash> =
            self.devices[ANN].sync.counted(plan, doc).last().map(|edit| edit.edit().hash()).into_iter().collect();
        let now = self.now;
        let remove = Remove { whom: Whom::Person(person), upto: None };
        self.say(
            ANN,
            plan,
            &[&|ledger, me| draft::keep(ledger, me, now, doc, seen.clone()).expect("may keep"), &|ledger, me| {
                draft::remove(ledger, me, now, remove.clone()).expect("may remove")
            }],
        );
    }

    /// Ann says something more in the circle.
    fn invite(&mut self, who: usize, plan: PlanId) {
        let (key, now) = (DeviceKey::from_seed(&[99; 32].into()).id(), self.now);
        let invite = Invite { key, standing: Standing::Member, role: "friend".into(), expires: NEVER, until: None };
        self.say(who, plan, &[&|ledger, me| draft::invite(ledger, me, now, invite.clone()).expect("may invite")]);
    }

    /// How often somebody's document was taken apart and made anew.
    fn rebuilt(&self, who: usize) -> usize {
        let anew = |(of, show): &&(usize, Show)| *of == who && matches!(show, Show::Rebuild(..));
        self.shown.iter().filter(anew).count()
    }

    fn knows_of_the_end(&self, who: usize, plan: PlanId, whose: usize) -> bool {
        let ledger = self.devices[who].sync.ledger(plan).expect("holds the plan");
        ledger.person_of(self.devices[whose].key.id()).is_none()
    }
}

/// Ann's plan, in which three write one document and have met.
fn three() -> (World, PlanId, DocId) {
    let mut world = World::of(3);
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Edit);
    world.meet(ANN, &[BEN, SAM], plan);
    (world, plan, doc)
}

/// The same with one more.
fn four() -> (World, PlanId, DocId, usize) {
    let (cat, mut world) = (3, World::of(4));
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Edit);
    world.meet(ANN, &[BEN, SAM, cat], plan);
    (world, plan, doc, cat)
}

#[test]
fn who_is_removed_hears_of_it_and_of_nothing_after_it() {
    let (mut world, plan, doc) = three();
    world.write(BEN, plan, doc, 1, &[]);
    world.settle();
    world.cut_all();

    world.remove(SAM, plan, doc);
    // Written after the removal: neither this edit nor the next statement is Sam's to know.
    world.write(ANN, plan, doc, 1, &[]);
    world.share(ANN, plan, doc, Access::View);
    world.invite(ANN, plan);
    world.settle();
    let before = world.devices[ANN].sync.ledger(plan).unwrap().since(Graph::Circle, &[]).len();
    world.connect(ANN, SAM);
    world.settle();

    assert!(world.knows_of_the_end(SAM, plan, SAM));
    let sams = world.devices[SAM].sync.ledger(plan).unwrap();
    assert!(sams.since(Graph::Circle, &[]).len() < before, "what came after the removal is not told");
    assert_eq!(world.devices[SAM].sync.edits(plan, doc).len(), 1, "only what was there before");
    assert!(world.devices[ANN].sync.online(plan).is_empty());
    assert_eq!(world.parted, []);
}

#[test]
fn what_somebody_wrote_after_their_removal_is_taken_and_held_back_by_all() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    world.remove(SAM, plan, doc);
    world.write(SAM, plan, doc, 3, &[]);
    world.connect(ANN, SAM);
    world.settle();
    world.connect(ANN, BEN);
    world.settle();
    for who in [ANN, BEN] {
        assert_eq!(world.devices[who].sync.held_back(plan, doc).len(), 3, "{who}");
        assert!(world.devices[who].sync.counted(plan, doc).is_empty());
    }
    assert_eq!(world.devices[SAM].sync.copy(plan, doc).len(), 3, "their own copy stays as it was");
    // Also those that somebody wrote who has heard of the end already, from another device, and then meets this one.
    world.cut_all();
    world.connect(BEN, SAM);
    world.settle();
    assert_eq!(world.parted, []);
}

#[test]
fn somebody_who_knows_that_they_were_removed_still_offers_what_they_wrote_before_they_heard() {
    let (mut world, plan, doc, cat) = four();
    world.cut_all();
    world.remove(SAM, plan, doc);
    world.write(SAM, plan, doc, 2, &[]);
    world.connect(ANN, SAM);
    world.settle();
    world.cut_all();
    world.connect(ANN, cat);
    world.settle();
    world.cut_all();
    world.connect(ANN, BEN);
    world.settle();
    for who in [ANN, BEN, cat] {
        assert_eq!(world.devices[who].sync.held_back(plan, doc).len(), 2, "{who}");
    }
}

#[test]
fn somebody_who_heard_of_their_end_from_another_who_is_out_still_offers_what_they_wrote() {
    let (mut world, plan, doc, cat) = four();
    world.cut_all();
    world.write(SAM, plan, doc, 2, &[]);
    world.remove(SAM, plan, doc);
    world.remove(cat, plan, doc);
    // Cat is told first, and passes it on to Sam; of what Sam wrote she takes nothing.
    world.connect(ANN, cat);
    world.settle();
    world.cut_all();
    world.connect(cat, SAM);
    world.settle();
    world.cut_all();
    assert!(world.knows_of_the_end(SAM, plan, SAM));
    world.connect(ANN, SAM);
    world.settle();
    assert_eq!(world.devices[ANN].sync.held_back(plan, doc).len(), 2);
}

#[test]
fn a_removal_comes_after_the_keeps_that_go_with_it_so_that_nothing_flickers() {
    let (mut world, plan, doc) = three();
    world.write(SAM, plan, doc, 1, &[]);
    world.settle();
    // Ben is away when Sam is removed, and meets Ann afterwards: he never sees Sam's words go.
    world.cut_all();
    world.remove(SAM, plan, doc);
    world.shown.clear();
    world.connect(ANN, BEN);
    world.settle();
    assert!(world.knows_of_the_end(BEN, plan, SAM));
    assert_eq!(world.devices[BEN].sync.counted(plan, doc).len(), 1);
    assert_eq!(world.rebuilt(BEN), 0, "what Sam wrote was there all the time");
    // The same while they are connected.
    let (mut world, plan, doc) = three();
    world.write(SAM, plan, doc, 1, &[]);
    world.settle();
    world.shown.clear();
    world.remove(SAM, plan, doc);
    world.settle();
    assert!(world.knows_of_the_end(BEN, plan, SAM) && world.knows_of_the_end(SAM, plan, SAM));
    assert_eq!((world.rebuilt(BEN), world.devices[BEN].sync.counted(plan, doc).len()), (0, 1));
}

#[test]
fn whose_access_ends_is_told_how_and_nothing_after_it() {
    let (mut world, plan, doc) = three();
    world.write(BEN, plan, doc, 1, &[]);
    world.settle();
    world.cut_all();
    let (sam, now) = (world.person(SAM, plan), world.now);
    let refuse = Refuse { who: Who::Person(sam), why: "they asked me to".into(), basis: "consent".into() };
    world.say(ANN, plan, &[&|ledger, me| draft::refuse(ledger, me, now, doc, refuse.clone()).expect("may refuse")]);
    world.share(ANN, plan, doc, Access::View);
    world.write(ANN, plan, doc, 1, &[]);
    world.connect(ANN, SAM);
    world.settle();
    let ledger = world.devices[SAM].sync.ledger(plan).unwrap();
    assert_eq!(ledger.access(doc, sam), Access::Nothing, "they know");
    let last = ledger.since(Graph::Document(doc), &[]).last().map(|statement| statement.act().clone());
    assert!(matches!(last, Some(circle::Act::Refuse(_))), "and hear nothing that was said after: {last:?}");
    assert_eq!(world.devices[SAM].sync.edits(plan, doc).len(), 1);
    assert_eq!(world.devices[SAM].sync.online(plan).len(), 1, "they are of the circle still");
    assert_eq!(world.parted, []);
}

#[test]
fn what_was_shared_until_an_hour_is_not_sent_after_it() {
    let mut world = World::of(2);
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Nothing);
    world.meet(ANN, &[BEN], plan);
    let (ben, now) = (world.person(BEN, plan), world.now);
    let until = Some(now.plus(60_000));
    let share = Share {
        who: Who::Person(ben),
        access: Access::Edit,
        why: "for the visit".into(),
        basis: "consent".into(),
        until,
    };
    world.say(ANN, plan, &[&|ledger, me| draft::share(ledger, me, now, doc, share.clone()).expect("may share")]);
    world.write(ANN, plan, doc, 1, &[]);
    assert!(world.devices[ANN].sync.over(plan).is_empty());
    // Until nothing is left to happen, the striking of the hour included.
    world.settle();
    assert_eq!(world.devices[BEN].sync.edits(plan, doc).len(), 1);
    assert_eq!(world.devices[ANN].sync.over(plan), [crate::Over::Share(doc, Who::Person(ben))]);
    world.write(ANN, plan, doc, 1, &[]);
    world.settle();
    assert_eq!(world.devices[BEN].sync.edits(plan, doc).len(), 1, "the hour has passed");
    let unshare = Unshare { who: Who::Person(ben), why: "the hour has passed".into() };
    world.say(ANN, plan, &[&|ledger, me| draft::unshare(ledger, me, now, doc, unshare.clone()).expect("may end it")]);
    world.settle();
    assert!(world.devices[ANN].sync.over(plan).is_empty());
    let ledger = world.devices[BEN].sync.ledger(plan).unwrap();
    assert_eq!(ledger.access(doc, ben), Access::Nothing, "he knows");
    assert_eq!(world.parted, []);
}

impl World {
    /// How much of what somebody wrote in vain a device has taken.
    fn took(&self, who: usize, plan: PlanId, doc: DocId) -> usize {
        self.devices[who].sync.held_back(plan, doc).len()
    }

    /// Somebody is removed here, and nothing of what they write is kept.
    fn remove_and_keep_nothing(&mut self, who: usize, plan: PlanId) {
        let remove = Remove { whom: Whom::Person(self.person(who, plan)), upto: None };
        let now = self.now;
        self.say(ANN, plan, &[&|ledger, me| draft::remove(ledger, me, now, remove.clone()).expect("may remove")]);
    }

    fn put_back(&mut self, who: usize, plan: PlanId, doc: DocId, head: EditHash) {
        let now = self.now;
        self.say(who, plan, &[&|ledger, me| draft::put_back(ledger, me, now, doc, vec![head]).expect("may keep")]);
    }
}

#[test]
fn of_what_one_person_writes_in_vain_no_more_is_taken_from_them_than_anybody_needs_to_see() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    world.remove_and_keep_nothing(SAM, plan);
    world.write(SAM, plan, doc, 2_000, &[]);
    world.connect(ANN, SAM);
    world.settle();
    assert_eq!(world.took(ANN, plan, doc), 512, "the prefix up to the last signature within the bound");
    world.connect(ANN, BEN);
    world.settle();
    assert_eq!(world.took(BEN, plan, doc), 512);
    assert_eq!(world.devices[SAM].sync.copy(plan, doc).len(), 2_000, "their own copy stays as it was");
    assert_eq!(world.parted, []);
}

#[test]
fn what_was_not_taken_comes_when_somebody_builds_on_it_or_keeps_it_whoever_meets_first() {
    for (ben_first, keeps) in [(false, false), (false, true), (true, false), (true, true)] {
        let (mut world, plan, doc) = three();
        world.cut_all();
        world.write(SAM, plan, doc, 700, &[]);
        // Ben has not heard of the end, and takes it all.
        world.connect(BEN, SAM);
        world.settle();
        world.cut_all();
        let last = world.devices[BEN].sync.edits(plan, doc).last().unwrap().edit().hash();
        world.remove_and_keep_nothing(SAM, plan);
        if !ben_first {
            world.connect(ANN, SAM);
            world.settle();
            assert_eq!(world.took(ANN, plan, doc), 512);
            world.cut_all();
        }
        match keeps {
            true => world.put_back(BEN, plan, doc, last),
            false => world.write(BEN, plan, doc, 1, &[last]),
        }
        world.connect(ANN, BEN);
        world.settle();
        let all = if keeps { 700 } else { 701 };
        for who in [ANN, BEN] {
            assert_eq!(world.devices[who].sync.counted(plan, doc).len(), all, "{who} {ben_first} {keeps}");
            assert_eq!(world.took(who, plan, doc), 0);
        }
        assert_eq!(world.parted, []);
    }
}

#[test]
fn what_was_declined_from_somebody_who_stays_connected_comes_from_them_once_it_is_kept() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    world.write(SAM, plan, doc, 700, &[]);
    world.connect(BEN, SAM);
    world.settle();
    world.cut_all();
    world.remove_and_keep_nothing(SAM, plan);
    world.connect(ANN, BEN);
    world.settle();
    assert_eq!((world.took(ANN, plan, doc), world.took(BEN, plan, doc)), (512, 700));
    let last = world.devices[BEN].sync.edits(plan, doc).last().unwrap().edit().hash();
    world.put_back(BEN, plan, doc, last);
    world.settle();
    for who in [ANN, BEN] {
        assert_eq!(world.devices[who].sync.counted(plan, doc).len(), 700, "{who}");
    }
    assert_eq!(world.parted, []);
}

#[test]
fn what_somebody_offered_who_has_no_place_any_more_is_not_offered_at_every_meeting() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    world.remove_and_keep_nothing(SAM, plan);
    world.write(SAM, plan, doc, 300, &[]);
    let mut bytes = Vec::new();
    for _ in 0..3 {
        world.told = 0;
        world.connect(ANN, SAM);
        world.settle();
        bytes.push(world.told);
        world.cut_all();
    }
    assert_eq!(world.took(ANN, plan, doc), 300);
    assert!(bytes[0] > 300_000 && bytes[1] < 10_000 && bytes[2] < 10_000, "{bytes:?}");
    // Another device has nothing of it yet.
    world.connect(BEN, SAM);
    world.settle();
    assert_eq!(world.took(BEN, plan, doc), 300);
}

#[test]
fn of_what_one_person_wrote_in_vain_no_more_is_passed_on_than_anybody_needs_to_see() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    world.write(SAM, plan, doc, 700, &[]);
    world.connect(ANN, SAM);
    world.settle();
    world.cut_all();
    // A removal that keeps nothing of it.
    let remove = Remove { whom: Whom::Person(world.person(SAM, plan)), upto: None };
    let now = world.now;
    world.say(ANN, plan, &[&|ledger, me| draft::remove(ledger, me, now, remove.clone()).expect("may remove")]);
    world.connect(ANN, BEN);
    world.settle();
    assert_eq!(world.devices[ANN].sync.held_back(plan, doc).len(), 700, "taken before anybody knew");
    // The last signature within the bound is that on the second milestone.
    assert_eq!(world.devices[BEN].sync.held_back(plan, doc).len(), 512);
    let frontier = |who: usize| world.devices[who].sync.frontier(plan, doc);
    assert_eq!(frontier(ANN), frontier(BEN), "they say that they hold the same");
    assert!(world.devices[ANN].sync.saved_with(plan, doc).contains(&world.devices[BEN].key.id()));

    // Kept by hand, all of it is everybody's.
    let last = world.devices[ANN].sync.edits(plan, doc).last().unwrap().edit().hash();
    let now = world.now;
    world.say(ANN, plan, &[&|ledger, me| draft::put_back(ledger, me, now, doc, vec![last]).expect("may keep")]);
    world.settle();
    for who in [ANN, BEN] {
        assert_eq!(world.devices[who].sync.counted(plan, doc).len(), 700, "{who}");
        assert!(world.devices[who].sync.held_back(plan, doc).is_empty());
    }
    assert_eq!(world.parted, []);
}
