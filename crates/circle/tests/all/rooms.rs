//! How much one person may say, and that nobody uses up the room of others.

use circle::{
    Access, Act, Denied, Graph, Ledger, LinkDevice, Placed, Remove, Standing, Statement, Who, Whom, draft,
    limits::{CHAPTERS_OF_ONE, DEVICES_OF_ONE, GRAPH_OF_ONE, HEADS_OF_ONE, LINKS},
};
use seal::{DeviceKey, PersonId, StatementId, Time};
use zeroize::Zeroizing;

use crate::{
    documents::person,
    help::{
        NOW, answers, by_hand, everything, invitation, key, open, part, place, plan_of, share, sign, welcome, words,
    },
};

fn device(number: u32) -> DeviceKey {
    let mut seed = [0x33; 32];
    seed[..4].copy_from_slice(&number.to_be_bytes());
    DeviceKey::from_seed(&Zeroizing::new(seed))
}

/// So many Leaves, each after what `after` says of the one before.
fn leaves(ledger: &Ledger, by: &DeviceKey, many: usize) -> Vec<Statement> {
    let (grants, heads) = (ledger.grants(by.id()).expect("belongs"), ledger.heads(Graph::Circle));
    let leave = |number: usize| {
        let mut body = by_hand(ledger, by, &heads, grants, Act::Leave);
        body.at = Time(number as i64);
        sign(by, body)
    };
    (0..many).map(leave).collect()
}

/// So many invitations, each on top of the one before.
fn chain(ledger: &Ledger, by: &DeviceKey, many: usize, first: u32) -> Vec<Statement> {
    let grants = ledger.grants(by.id()).expect("belongs");
    let mut heads = ledger.heads(Graph::Circle);
    let invite = |number: u32| {
        let key = device(first + number).id();
        let invite = circle::Invite {
            key,
            standing: Standing::Member,
            role: "friend".into(),
            expires: crate::help::LATE,
            until: None,
        };
        let said = sign(by, by_hand(ledger, by, &heads, grants, Act::Invite(invite)));
        heads = vec![said.id()];
        said
    };
    (0..many as u32).map(invite).collect()
}

fn hear(ledger: &mut Ledger, statements: &[Statement]) {
    ledger.place_all(statements.iter().cloned());
}

fn removal(ledger: &Ledger, by: &DeviceKey, person: PersonId) -> Statement {
    let remove = Remove { whom: Whom::Person(person), upto: None };
    sign(by, draft::remove(ledger, by.id(), NOW, remove).expect("may remove"))
}

/// What is in effect of a ledger, whoever is passed over.
fn without(ledger: &Ledger, passed_over: &DeviceKey) -> Vec<StatementId> {
    let all = everything(ledger).into_iter().filter(|one| one.issuer() != passed_over.id());
    let mut all: Vec<StatementId> = all.map(|one| one.id()).filter(|id| ledger.in_effect(*id)).collect();
    all.sort();
    all
}

#[test]
fn who_floods_the_circle_fills_their_own_room_and_is_removed() {
    let (amina, sam) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let sam_is = welcome(&mut plan, &amina, &sam, 9, Standing::Member);
    let flood = leaves(&plan, &sam, GRAPH_OF_ONE + 100);
    let placed = plan.place_all(flood.clone());
    assert_eq!(placed.iter().filter(|placed| matches!(placed, Placed::New(_))).count(), GRAPH_OF_ONE);
    assert_eq!(placed.last(), Some(&Placed::Refused(Denied::Full)));
    let invite = invitation(&amina, &plan, 30, Standing::Member).0;
    let named = invite.body().after.iter().filter(|id| flood.iter().any(|said| said.id() == **id)).count();
    assert_eq!(named, HEADS_OF_ONE, "nobody else's heads are crowded out");
    place(&mut plan, invite);
    let remove = removal(&plan, &amina, sam_is);
    place(&mut plan, remove);
    welcome(&mut plan, &amina, &key(3), 10, Standing::Owner);
    assert!(plan.person(sam_is).is_none());
}

#[test]
fn a_flood_that_came_in_two_orders_keeps_no_word_of_anybody_else_from_two_devices() {
    let (amina, sam, ben) = (key(1), key(2), key(3));
    let mut one = plan_of(&amina, true);
    let sam_is = welcome(&mut one, &amina, &sam, 9, Standing::Coordinator);
    welcome(&mut one, &amina, &ben, 10, Standing::Owner);
    let mut other = one.clone();
    let (here, there) = (chain(&one, &sam, 700, 0), chain(&one, &sam, 700, 10_000));
    let rest: Vec<Statement> = chain(&one, &sam, GRAPH_OF_ONE - 300, 20_000);
    hear(&mut one, &here);
    hear(&mut other, &there);
    hear(&mut other, &rest);
    assert!(here.iter().all(|said| one.has(said.id())) && !other.has(here[0].id()));
    // Ben has heard one part of it and builds on that; then it goes on, and Amina removes who did it.
    let invite = invitation(&ben, &one, 40, Standing::Member).0;
    assert!(invite.body().after.contains(&here[699].id()));
    place(&mut one, invite);
    hear(&mut one, &rest);
    hear(&mut one, &there);
    let remove = removal(&one, &amina, sam_is);
    place(&mut one, remove);
    for _ in 0..2 {
        hear(&mut other, &everything(&one));
        hear(&mut one, &everything(&other));
    }
    assert_eq!(without(&one, &sam), without(&other, &sam));
    assert_eq!(one.people().collect::<Vec<_>>(), other.people().collect::<Vec<_>>());
    assert!(other.person(sam_is).is_none());
    // What a device kept it has again after a restart.
    for ledger in [&one, &other] {
        let mut again = Ledger::new(ledger.found().clone()).expect("it is a Found");
        again.place_again(everything(ledger).into_iter().skip(1));
        assert_eq!(answers(&again), answers(ledger));
    }
}

#[test]
fn somebody_opens_so_many_chapters_of_a_document_and_nobody_elses_are_fewer() {
    let (amina, sam) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &sam, 9, Standing::Member);
    let doc = open(&mut plan, &amina, part(7));
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    let renew = |plan: &Ledger, by: &DeviceKey, number: usize| {
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&number.to_be_bytes());
        draft::renew(plan, by.id(), NOW, doc, nonce).map(|body| sign(by, body))
    };
    // Each after the one before, and then many apart, which is how heads are made.
    for number in 0..CHAPTERS_OF_ONE - 9 {
        let said = renew(&plan, &sam, number).unwrap();
        place(&mut plan, said);
    }
    let apart: Vec<Statement> = (0..99).map(|number| renew(&plan, &sam, 1_000 + number).unwrap()).collect();
    let placed = plan.place_all(apart);
    assert_eq!(placed.iter().filter(|placed| matches!(placed, Placed::New(_))).count(), 9);
    let one_more = renew(&plan, &sam, 5_000).unwrap();
    assert!(matches!(plan.place(one_more), Placed::Refused(Denied::Full | Denied::Much)));
    let hers = renew(&plan, &amina, 1).unwrap();
    place(&mut plan, hers);
}

#[test]
fn nobody_leaves_twice_without_having_come_back() {
    let (amina, sam) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let sam_is = welcome(&mut plan, &amina, &sam, 9, Standing::Member);
    let grants = plan.grants(sam.id()).expect("belongs");
    let leave = draft::leave(&plan, sam.id(), NOW).expect("may leave");
    let left = place(&mut plan, sign(&sam, leave));
    let again = sign(&sam, by_hand(&plan, &sam, &[left], grants, Act::Leave));
    assert_eq!(plan.place(again), Placed::Refused(Denied::Nobody));
    let back = draft::readmit(&plan, amina.id(), NOW, sam_is, Standing::Member, None).expect("may come back");
    place(&mut plan, sign(&amina, back));
    let leave = draft::leave(&plan, sam.id(), NOW).expect("may leave again");
    place(&mut plan, sign(&sam, leave));
    assert!(plan.person(sam_is).is_none());
}

fn linked(ledger: &Ledger, by: &DeviceKey, new: &DeviceKey, person: PersonId) -> Result<Statement, draft::Hindrance> {
    let proof = draft::agree_to_link(new, ledger.plan(), person, by.id());
    let link = LinkDevice { device: new.id(), name: "tablet".into(), opens: new.opening(), proof };
    draft::link_device(ledger, by.id(), NOW, link).map(|body| sign(by, body))
}

#[test]
fn devices_link_devices_for_so_many_generations() {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let amina_is = person(&plan, &amina);
    let mut last = key(1);
    for number in 0..LINKS {
        let next = device(number);
        let link = linked(&plan, &last, &next, amina_is).expect("one more");
        place(&mut plan, link);
        last = next;
    }
    assert_eq!(linked(&plan, &last, &device(1_000), amina_is), Err(Denied::Much.into()));
    // The words bring back devices that may link again.
    let sheet = words(&amina);
    let link = linked(&plan, &sheet, &device(1_001), amina_is).expect("by the words");
    place(&mut plan, link);
    let link = linked(&plan, &device(1_001), &device(1_002), amina_is).expect("by who came back");
    place(&mut plan, link);
}

#[test]
fn one_person_has_so_many_devices_and_the_words_take_away_those_of_a_thief() {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let amina_is = person(&plan, &amina);
    for number in 1..DEVICES_OF_ONE as u32 {
        let link = linked(&plan, &amina, &device(number), amina_is).expect("one more");
        place(&mut plan, link);
    }
    assert_eq!(linked(&plan, &amina, &device(1_000), amina_is), Err(Denied::Much.into()));
    let remove = Remove { whom: Whom::Device { device: device(1).id(), and_linked: true }, upto: None };
    let remove = draft::remove(&plan, words(&amina).id(), NOW, remove).expect("the words may");
    place(&mut plan, sign(&words(&amina), remove));
    assert_eq!(plan.person_of(device(1).id()), None);
}
