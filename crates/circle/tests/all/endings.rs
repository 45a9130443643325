//! How places end: removals, leavings, lowerings, lost devices, hand-overs, and what liars make of them.

use circle::{
    Act, Body, Denied, Graph, HandOver, Invite, Ledger, LinkDevice, Placed, Remove, SetStanding, Standing, Statement,
    Whom, draft,
};
use seal::{DeviceKey, PersonId, StatementId, Time};

use crate::help::{
    LATE, NOW, everything, heirs_words, joining, key, newcomer, place, plan_of, sign, ticket, welcome, words,
};

fn removing(by: &DeviceKey, ledger: &Ledger, whom: Whom, upto: Option<Vec<StatementId>>) -> Statement {
    sign(by, draft::remove(ledger, by.id(), NOW, Remove { whom, upto }).expect("may remove"))
}

fn person(ledger: &Ledger, device: &DeviceKey) -> PersonId {
    ledger.person_of(device.id()).expect("belongs")
}

fn remove(ledger: &mut Ledger, by: &DeviceKey, whom: Whom) -> StatementId {
    let removed = removing(by, ledger, whom, None);
    place(ledger, removed)
}

fn set(ledger: &mut Ledger, by: &DeviceKey, person: PersonId, standing: Standing) {
    let set = SetStanding { person, standing, upto: None };
    let set = draft::set_standing(ledger, by.id(), NOW, set).expect("may set standing");
    place(ledger, sign(by, set));
}

fn link(ledger: &mut Ledger, by: &DeviceKey, new: &DeviceKey, person: PersonId) -> StatementId {
    let proof = draft::agree_to_link(new, ledger.plan(), person, by.id());
    let link = LinkDevice { device: new.id(), name: "the laptop".into(), opens: new.opening(), proof };
    place(ledger, sign(by, draft::link_device(ledger, by.id(), NOW, link).expect("may link")))
}

/// A plan of Amina's, with three coordinators let in by her one after another.
fn three_coordinators() -> (Ledger, DeviceKey, [DeviceKey; 3]) {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let others = [key(2), key(3), key(4)];
    for (number, other) in others.iter().enumerate() {
        welcome(&mut plan, &amina, other, 10 + number as u16, Standing::Coordinator);
    }
    (plan, amina, others)
}

#[test]
fn who_is_removed_no_longer_belongs_and_what_they_said_before_stands() {
    let (mut plan, amina, [ben, cara, _]) = three_coordinators();
    let dan = key(5);
    let dan_is = welcome(&mut plan, &ben, &dan, 20, Standing::Member);
    let ben_is = person(&plan, &ben);
    let removed = removing(&amina, &plan, Whom::Person(ben_is), None);
    place(&mut plan, removed.clone());
    assert_eq!(plan.person(ben_is), None);
    assert_eq!(plan.person_of(ben.id()), None);
    assert!(plan.person(dan_is).is_some(), "whom he let in before stays");
    let former: Vec<_> = plan.former().collect();
    assert_eq!((former.len(), former[0].person.id, former[0].end), (1, ben_is, removed.id()));
    assert_eq!(former[0].by, person(&plan, &amina));
    assert!(plan.person_of(cara.id()).is_some());
}

#[test]
fn what_the_removed_say_without_having_seen_it_falls_with_all_it_brought() {
    let (mut plan, amina, [ben, ..]) = three_coordinators();
    let mut stale = plan.clone();
    let dan_is = welcome(&mut stale, &ben, &key(5), 20, Standing::Coordinator);
    let eve_is = welcome(&mut stale, &key(5), &key(6), 21, Standing::Member);
    let ben_is = person(&plan, &ben);
    remove(&mut plan, &amina, Whom::Person(ben_is));
    for statement in everything(&stale) {
        plan.place(statement);
    }
    assert_eq!((plan.person(dan_is), plan.person(eve_is)), (None, None));
}

#[test]
fn a_ring_of_three_coordinators_has_one_answer_and_the_eldest_stays() {
    let (plan, _, [ben, cara, dan]) = three_coordinators();
    let ring = [(&ben, &cara), (&cara, &dan), (&dan, &ben)];
    let acts = ring.map(|(by, whom)| removing(by, &plan, Whom::Person(person(&plan, whom)), None));
    for turn in 0..3 {
        let mut here = plan.clone();
        (0..3).for_each(|n| drop(here.place(acts[(n + turn) % 3].clone())));
        let belong = [&ben, &cara, &dan].map(|device| here.person_of(device.id()).is_some());
        // Ben's removal of Cara stands, so hers of Dan falls, and Dan's of his senior takes nothing.
        assert_eq!(belong, [true, false, true]);
    }
}

#[test]
fn a_removal_dated_back_in_revenge_takes_nothing() {
    let (plan, _, [ben, cara, _]) = three_coordinators();
    let mut here = plan.clone();
    remove(&mut here, &ben, Whom::Person(person(&plan, &cara)));
    here.place(removing(&cara, &plan, Whom::Person(person(&plan, &ben)), None));
    assert!(here.person_of(ben.id()).is_some());
    assert!(here.person_of(cara.id()).is_none());
}

#[test]
fn one_act_undoes_a_spree() {
    let (mut plan, amina, [ben, cara, dan]) = three_coordinators();
    let before = plan.heads(Graph::Circle);
    for other in [&cara, &dan] {
        let removed = removing(&ben, &plan, Whom::Person(person(&plan, other)), None);
        plan.place(removed);
    }
    let crowd: Vec<PersonId> =
        (0..5).map(|n| welcome(&mut plan, &ben, &key(50 + n), 60 + n, Standing::Member)).collect();
    let undone = removing(&amina, &plan, Whom::Person(person(&plan, &ben)), Some(before));
    place(&mut plan, undone);
    assert_eq!([&cara, &dan].map(|device| plan.person_of(device.id()).is_some()), [true, true]);
    assert_eq!(plan.person_of(ben.id()), None);
    assert!(crowd.iter().all(|person| plan.person(*person).is_none()));
}

#[test]
fn who_was_removed_comes_back_by_the_same_join_or_a_new_one_and_is_let_in_by_who_saw_it() {
    let (mut plan, amina, [ben, cara, _]) = three_coordinators();
    let (ben_is, cara_is) = (person(&plan, &ben), person(&plan, &cara));
    assert_eq!(draft::readmit(&plan, amina.id(), NOW, ben_is, Standing::Member, None), Err(Denied::HereAlready.into()));
    remove(&mut plan, &amina, Whom::Person(ben_is));
    remove(&mut plan, &amina, Whom::Person(cara_is));
    let back = draft::readmit(&plan, amina.id(), NOW, ben_is, Standing::Member, None).expect("he was here once");
    let raised = SetStanding { person: ben_is, standing: Standing::Member, upto: None };
    assert_eq!(draft::set_standing(&plan, amina.id(), NOW, raised), Err(Denied::Nobody.into()), "not by the back door");
    place(&mut plan, sign(&amina, back));
    assert_eq!(plan.standing(ben_is), Some(Standing::Member));
    assert_eq!(plan.person_of(ben.id()), Some(ben_is));
    let again = welcome(&mut plan, &amina, &cara, 33, Standing::Member);
    assert_eq!(plan.person_of(cara.id()), Some(again));
    assert_ne!(again, cara_is);
}

#[test]
fn who_is_let_back_in_takes_nobodys_place_though_both_came_with_one_invitation() {
    let (mut plan, amina, [ben, cara, _]) = three_coordinators();
    let (invite, ticket) = crate::help::invitation(&amina, &plan, 90, Standing::Member);
    place(&mut plan, invite);
    let joins = [key(50), key(51)].map(|newcomer| joining(&newcomer, &ticket, "Dan"));
    joins.iter().for_each(|join| drop(plan.place(join.clone())));
    let confirm = |by: &DeviceKey, join: &Statement| {
        sign(by, draft::confirm(&plan, by.id(), NOW, join.id()).expect("each knows of one"))
    };
    let apart = [confirm(&ben, &joins[0]), confirm(&cara, &joins[1])];
    place(&mut plan, apart[0].clone());
    place(&mut plan, apart[1].clone());
    let [dan, eve] = [&joins[0], &joins[1]].map(|join| PersonId::from(join.id()));
    assert_eq!([dan, eve].map(|one| plan.person(one).is_some()), [true, false], "ben is senior to cara");
    remove(&mut plan, &amina, Whom::Person(eve));
    let back = draft::readmit(&plan, amina.id(), NOW, eve, Standing::Member, None).expect("she was here once");
    place(&mut plan, sign(&amina, back));
    assert_eq!([dan, eve].map(|one| plan.person(one).is_some()), [true, true]);
}

#[test]
fn who_leaves_is_gone_and_needs_no_ones_leave() {
    let (mut plan, amina, [ben, ..]) = three_coordinators();
    let ben_is = person(&plan, &ben);
    let leaves = sign(&ben, draft::leave(&plan, ben.id(), NOW).expect("may leave"));
    place(&mut plan, leaves);
    let former: Vec<_> = plan.former().map(|former| (former.person.id, former.by)).collect();
    assert_eq!(former, [(ben_is, ben_is)]);
    assert!(plan.person_of(amina.id()).is_some());
}

#[test]
fn a_guest_who_was_given_more_is_no_guest_any_more() {
    let (amina, guest) = (key(1), key(2));
    for for_self in [true, false] {
        let mut plan = plan_of(&amina, for_self);
        let ticket = ticket(&plan, &amina, 9);
        let (until, role) = (Some(Time(5_000)), "guest".into());
        let invite = Invite { key: ticket.key().id(), standing: Standing::Member, role, expires: LATE, until };
        let invite = draft::invite(&plan, amina.id(), NOW, invite).expect("may invite");
        place(&mut plan, sign(&amina, invite));
        let join = joining(&guest, &ticket, "Gil");
        plan.place(join.clone());
        let confirm = draft::confirm(&plan, amina.id(), NOW, join.id()).expect("may confirm");
        place(&mut plan, sign(&amina, confirm));
        let guest_is = PersonId::from(join.id());
        assert_eq!(plan.person(guest_is).expect("belongs").until, until);
        if for_self {
            set(&mut plan, &amina, guest_is, Standing::Owner);
        } else {
            let over = draft::hand_over(&plan, amina.id(), NOW, guest_is).expect("may hand over");
            place(&mut plan, sign(&amina, over));
        }
        assert_eq!(plan.person(guest_is).expect("belongs").until, None);
    }
}

#[test]
fn a_lowered_coordinator_stays_and_lets_nobody_in() {
    let (mut plan, amina, [ben, ..]) = three_coordinators();
    let ben_is = person(&plan, &ben);
    let stale = plan.clone();
    set(&mut plan, &amina, ben_is, Standing::Member);
    assert_eq!(plan.standing(ben_is), Some(Standing::Member));
    let mut liar = stale;
    let late = welcome(&mut liar, &ben, &key(5), 20, Standing::Member);
    for statement in everything(&liar) {
        plan.place(statement);
    }
    assert_eq!(plan.person(late), None, "he had not seen that he was lowered");
    set(&mut plan, &amina, ben_is, Standing::Coordinator);
    assert_eq!(plan.standing(ben_is), Some(Standing::Coordinator));
    let later = welcome(&mut plan, &ben, &key(6), 21, Standing::Member);
    assert!(plan.person(later).is_some());
}

#[test]
fn nobody_takes_standing_or_devices_from_the_protected_person() {
    let (mut plan, amina, [ben, ..]) = three_coordinators();
    let amina_is = person(&plan, &amina);
    let tablet = key(7);
    link(&mut plan, &amina, &tablet, amina_is);
    let owner = welcome(&mut plan, &amina, &key(8), 40, Standing::Owner);
    assert!(plan.person(owner).is_some());
    for by in [&ben, &key(8)] {
        for whom in [Whom::Person(amina_is), Whom::Device { device: tablet.id(), and_linked: true }] {
            plan.place(removing(by, &plan, whom, None));
        }
        let lowered = SetStanding { person: amina_is, standing: Standing::Coordinator, upto: None };
        let lowered = draft::set_standing(&plan, by.id(), NOW, lowered).expect("it is void, not refused");
        plan.place(sign(by, lowered));
    }
    assert_eq!(plan.standing(amina_is), Some(Standing::Protected));
    assert_eq!(plan.person(amina_is).expect("belongs").devices, [amina.id(), tablet.id()]);
}

#[test]
fn a_lost_device_goes_with_what_it_linked_and_its_person_stays() {
    let (mut plan, _, [ben, ..]) = three_coordinators();
    let ben_is = person(&plan, &ben);
    let (phone, laptop) = (key(20), key(21));
    link(&mut plan, &ben, &phone, ben_is);
    link(&mut plan, &phone, &laptop, ben_is);
    let spared = {
        let mut plan = plan.clone();
        let whom = Whom::Device { device: phone.id(), and_linked: false };
        remove(&mut plan, &ben, whom);
        plan.person(ben_is).expect("belongs").devices.clone()
    };
    assert_eq!(spared, [ben.id(), laptop.id()]);
    let whom = Whom::Device { device: phone.id(), and_linked: true };
    remove(&mut plan, &ben, whom);
    assert_eq!(plan.person(ben_is).expect("belongs").devices, [ben.id()]);
    // The phone may come back later, linked by who saw it go.
    link(&mut plan, &ben, &phone, ben_is);
    assert_eq!(plan.person(ben_is).expect("belongs").devices, [ben.id(), phone.id()]);
}

#[test]
fn a_junior_device_cannot_end_its_senior_and_the_words_can() {
    let (mut plan, amina, _) = three_coordinators();
    let amina_is = person(&plan, &amina);
    let tablet = key(7);
    link(&mut plan, &amina, &tablet, amina_is);
    let lost = Whom::Device { device: amina.id(), and_linked: false };
    let by_tablet = removing(&tablet, &plan, lost, None);
    place(&mut plan, by_tablet);
    assert_eq!(plan.person_of(amina.id()), Some(amina_is));
    let sheet = words(&amina);
    assert_eq!(plan.whose_words(sheet.id()), Some(amina_is));
    let new = key(9);
    link(&mut plan, &sheet, &new, amina_is);
    remove(&mut plan, &sheet, lost);
    assert_eq!(plan.person_of(amina.id()), None);
    assert_eq!(plan.person(amina_is).expect("belongs").devices, [tablet.id(), new.id()]);
    // Her new device runs the plan on.
    let hodan = welcome(&mut plan, &new, &key(30), 50, Standing::Owner);
    assert!(plan.person(hodan).is_some());
}

#[test]
fn new_words_put_the_old_ones_out_of_use() {
    let (mut plan, amina, _) = three_coordinators();
    let (old, new) = (words(&amina), key(70));
    assert!(draft::new_recovery_key(&plan, amina.id(), NOW, &new).is_err(), "only the words replace the words");
    let stale = plan.clone();
    let body = draft::new_recovery_key(&plan, old.id(), NOW, &new).expect("signed with the old words");
    place(&mut plan, sign(&old, body));
    assert_eq!(plan.whose_words(old.id()), None);
    assert_eq!(plan.whose_words(new.id()), plan.person_of(amina.id()));
    let mut thief = stale;
    let amina_is = person(&thief, &amina);
    link(&mut thief, &old, &key(71), amina_is);
    for statement in everything(&thief) {
        plan.place(statement);
    }
    assert_eq!(plan.person_of(key(71).id()), None);
}

#[test]
fn the_words_bring_devices_back_and_do_not_run_the_plan() {
    let (plan, amina, [ben, ..]) = three_coordinators();
    let ben_is = person(&plan, &ben);
    let remove = Remove { whom: Whom::Person(ben_is), upto: None };
    let by_words = draft::remove(&plan, words(&amina).id(), NOW, remove);
    assert_eq!(by_words, Err(Denied::Standing.into()));
}

#[test]
fn a_plan_begun_by_a_worker_is_handed_over_and_never_taken_back() {
    let worker = key(1);
    let mut plan = plan_of(&worker, false);
    assert_eq!(plan.protected(), None);
    let amina = key(2);
    let amina_is = welcome(&mut plan, &worker, &amina, 10, Standing::Member);
    let before = plan.clone();
    let over = draft::hand_over(&plan, worker.id(), NOW, amina_is).expect("may hand over");
    place(&mut plan, sign(&worker, over));
    assert_eq!(plan.protected(), Some(amina_is));
    assert_eq!(plan.awaited_words(), None);
    let other = welcome(&mut plan, &worker, &key(3), 11, Standing::Member);
    let themselves = draft::hand_over(&before, worker.id(), NOW, person(&before, &worker));
    assert_eq!(themselves, Err(Denied::Standing.into()));
    assert_eq!(draft::hand_over(&plan, worker.id(), NOW, other), Err(Denied::HandedOver.into()));
    // Not even by a removal dated back before it.
    plan.place(removing(&worker, &before, Whom::Person(amina_is), None));
    assert_eq!(plan.standing(amina_is), Some(Standing::Protected));
    let worker_is = person(&plan, &worker);
    remove(&mut plan, &amina, Whom::Person(worker_is));
    assert_eq!(plan.person(worker_is), None);
}

#[test]
fn who_joins_with_the_words_written_down_for_them_needs_no_ones_leave() {
    let worker = key(1);
    let mut plan = plan_of(&worker, false);
    let (amina, sheet) = (key(2), heirs_words());
    assert_eq!(plan.awaited_words(), Some(sheet.id()));
    let join = sign(&amina, draft::join_by(&sheet, plan.plan(), newcomer(&amina, "Amina"), NOW));
    assert_eq!(plan.place(join.clone()), Placed::Knock);
    let over = draft::hand_over_by_words(&plan, sheet.id(), NOW, join.id()).expect("the words are right");
    place(&mut plan, sign(&sheet, over));
    assert_eq!(plan.protected(), Some(join.id().into()));
    assert_eq!(plan.person_of(amina.id()), Some(join.id().into()));
    assert_eq!(plan.whose_words(words(&amina).id()), Some(join.id().into()));
}

#[test]
fn a_hand_over_by_anyone_else_or_without_the_persons_join_is_refused() {
    let worker = key(1);
    let mut plan = plan_of(&worker, false);
    let ben = key(3);
    welcome(&mut plan, &worker, &ben, 10, Standing::Owner);
    let ben_is = person(&plan, &ben);
    assert!(draft::hand_over(&plan, ben.id(), NOW, ben_is).is_err());
    let mut by_words: Body = draft::hand_over(&plan, worker.id(), NOW, ben_is).expect("may hand over");
    by_words.issuer = heirs_words().id();
    by_words.act = Act::HandOver(HandOver { to: ben_is });
    assert_eq!(plan.place(sign(&heirs_words(), by_words)), Placed::Refused(Denied::NoConsent));
    let mine = plan_of(&worker, true);
    let worker_is = person(&mine, &worker);
    assert_eq!(draft::hand_over(&mine, worker.id(), NOW, worker_is), Err(Denied::Standing.into()));
}

#[test]
fn an_invitation_of_somebody_who_was_removed_no_longer_opens_the_door() {
    let (mut plan, amina, [ben, ..]) = three_coordinators();
    let (invite, ticket) = crate::help::invitation(&ben, &plan, 90, Standing::Member);
    place(&mut plan, invite);
    let join = joining(&key(6), &ticket, "Eve");
    plan.place(join.clone());
    assert_eq!(plan.knocks().len(), 1);
    let ben_is = person(&plan, &ben);
    remove(&mut plan, &amina, Whom::Person(ben_is));
    assert!(plan.knocks().is_empty());
    assert_eq!(draft::confirm(&plan, amina.id(), NOW, join.id()), Err(draft::Hindrance::NoKnock));
}

#[test]
fn many_at_once_give_what_one_by_one_gives() {
    let (mut plan, amina, [ben, cara, _]) = three_coordinators();
    let mut other = plan.clone();
    welcome(&mut other, &ben, &key(5), 20, Standing::Member);
    let ben_is = person(&plan, &ben);
    remove(&mut plan, &amina, Whom::Person(ben_is));
    let cara_is = person(&plan, &cara);
    set(&mut plan, &amina, cara_is, Standing::Owner);
    let mut one_by_one = plan.clone();
    everything(&other).into_iter().for_each(|statement| drop(one_by_one.place(statement)));
    let mut at_once = plan.clone();
    at_once.place_all(everything(&other));
    assert!(one_by_one.people().eq(at_once.people()));
    assert!(one_by_one.devices().eq(at_once.devices()));
}
