//! What a newer version said: kept and passed on, and never a shield for whoever said it.

use circle::{
    Access, Act, Denied, Grants, Graph, Invite, Ledger, NewDocument, Placed, Refused, Remove, SetStanding, Standing,
    Statement, Unshare, Who, Whom, draft,
};
use seal::{DeviceKey, Domain, PersonId, StatementId};

use crate::{
    documents::{Five, five, keep, person, who},
    help::{LATE, NOW, by_hand, everything, key, newcomer, part, place, plan_of, share, sign, ticket, welcome, words},
};

/// A statement of a kind that this version has never heard of, by somebody who belongs.
pub fn from_the_future(ledger: &Ledger, key: &DeviceKey, graph: Graph, kind: u16) -> Statement {
    #[derive(serde::Serialize)]
    struct Wire {
        plan: Option<seal::PlanId>,
        graph: Graph,
        issuer: seal::DeviceId,
        after: Vec<StatementId>,
        circle_after: Vec<StatementId>,
        grants: Option<Grants>,
        at: seal::Time,
        kind: u16,
        act: Vec<u8>,
    }
    let wire = Wire {
        plan: Some(ledger.plan()),
        graph,
        issuer: key.id(),
        after: ledger.heads(graph),
        circle_after: if graph == Graph::Circle { Vec::new() } else { ledger.heads(Graph::Circle) },
        grants: ledger.grants(key.id()),
        at: NOW,
        kind,
        act: vec![1, 2, 3],
    };
    let bytes = seal::encode(&wire);
    Statement::read(&bytes, key.sign(Domain::Statement, &bytes)).expect("a newer statement can be read")
}

#[test]
fn a_kind_from_the_future_is_kept_and_passed_on_and_makes_the_circle_read_only() {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let newer = from_the_future(&plan, &amina, Graph::Circle, 20);
    assert!(matches!(newer.act(), Act::Unknown { kind: 20, .. }));
    assert_eq!(plan.place(newer.clone()), Placed::New(vec![newer.clone()]));
    assert!(plan.is_read_only(Graph::Circle));
    assert_eq!(plan.since(Graph::Circle, &[plan.found().id()]), [&newer]);
    let ticket = ticket(&plan, &amina, 9);
    let invite = Invite {
        key: ticket.key().id(),
        standing: Standing::Member,
        role: "family".into(),
        expires: LATE,
        until: None,
    };
    assert_eq!(draft::invite(&plan, amina.id(), NOW, invite.clone()), Err(draft::Hindrance::ReadOnly));
    // What a newer program says on top is kept too, and not judged.
    let rests = plan.grants(amina.id()).expect("as last understood, she belongs");
    let on_top = sign(&amina, by_hand(&plan, &amina, &[newer.id(), rests.device], rests, Act::Invite(invite)));
    assert_eq!(plan.place(on_top.clone()), Placed::New(vec![on_top.clone()]));
    assert!(!plan.in_effect(on_top.id()) && plan.invites().is_empty());
    // A stranger cannot do this to a circle.
    let mut clean = plan_of(&amina, true);
    let by_nobody = {
        let mut other = plan_of(&key(2), true);
        let body = from_the_future(&other, &key(2), Graph::Circle, 20).body().clone();
        other.place(from_the_future(&other, &key(2), Graph::Circle, 20));
        body
    };
    assert_eq!(Statement::sign(&key(2), by_nobody), Err(Refused::NotOurs));
    assert!(matches!(
        clean.place(from_the_future(&plan_of(&key(2), true), &key(2), Graph::Circle, 20)),
        Placed::Refused(_)
    ));
    assert!(!clean.is_read_only(Graph::Circle));
}

#[test]
fn a_plan_and_a_document_with_newer_rules_are_held_and_not_written() {
    let amina = key(1);
    let mut body = draft::found(newcomer(&amina, "Amina"), None, NOW, [1; 16]);
    let Act::Found(found) = &mut body.act else { panic!("a Found") };
    found.rules += 1;
    let newer = Ledger::new(sign(&amina, body)).expect("it is a Found");
    assert!(newer.is_read_only(Graph::Circle) && newer.people().next().is_none());

    let mut plan = plan_of(&amina, true);
    let new = NewDocument { rules: circle::RULES + 1, ..part(1) };
    let statement = sign(&amina, draft::new_document(&plan, amina.id(), NOW, new).expect("may open"));
    assert!(matches!(plan.place(statement.clone()), Placed::New(_)));
    assert!(plan.is_read_only(Graph::Document(statement.id().into())));
    assert!(plan.may_read(statement.id().into(), amina.id()) && !plan.may_edit(statement.id().into(), amina.id()));
    let renew = draft::renew(&plan, amina.id(), NOW, statement.id().into(), [0; 16]);
    assert_eq!(renew, Err(draft::Hindrance::ReadOnly));
}

fn removing(ledger: &Ledger, by: &DeviceKey, person: PersonId) -> Statement {
    let remove = Remove { whom: Whom::Person(person), upto: None };
    sign(by, draft::remove(ledger, by.id(), NOW, remove).expect("what takes away can always be drafted"))
}

#[test]
fn a_member_cannot_make_the_circle_read_only_with_a_made_up_kind() {
    let (amina, guest) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &guest, 9, Standing::Member);
    let made_up = from_the_future(&plan, &guest, Graph::Circle, 77);
    assert_eq!(plan.place(made_up), Placed::Refused(Denied::Standing));
    assert!(!plan.is_read_only(Graph::Circle));
}

#[test]
fn who_makes_the_circle_read_only_can_be_removed_and_then_it_is_not() {
    let (amina, cara) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Coordinator);
    let before = plan.clone();
    let made_up = place(&mut plan, from_the_future(&before, &cara, Graph::Circle, 77));
    assert!(plan.is_read_only(Graph::Circle) && !plan.in_effect(made_up));
    let raised = SetStanding { person: cara_is, standing: Standing::Owner, upto: None };
    assert_eq!(draft::set_standing(&plan, amina.id(), NOW, raised), Err(draft::Hindrance::ReadOnly));
    let lowered = SetStanding { person: cara_is, standing: Standing::Member, upto: None };
    let lowered = sign(&amina, draft::set_standing(&plan, amina.id(), NOW, lowered).expect("it takes away"));
    assert!(!lowered.body().after.contains(&made_up));
    let mut mild = plan.clone();
    place(&mut mild, lowered);
    assert_eq!((mild.standing(cara_is), mild.is_read_only(Graph::Circle)), (Some(Standing::Member), false));
    let remove = removing(&plan, &amina, cara_is);
    place(&mut plan, remove);
    assert!(plan.person(cara_is).is_none() && !plan.is_read_only(Graph::Circle));
    // Everything goes on, and whoever hears it in another order ends with the same.
    welcome(&mut plan, &amina, &key(3), 10, Standing::Owner);
    let mut late = before;
    let mut all = everything(&plan);
    all.sort_by_key(|statement| statement.id() == made_up);
    all.into_iter().for_each(|statement| drop(late.place(statement)));
    assert!(late.has(made_up) && !late.is_read_only(Graph::Circle));
    assert_eq!(late.people().collect::<Vec<_>>(), plan.people().collect::<Vec<_>>());
}

#[test]
fn who_was_removed_cannot_make_the_circle_read_only_by_dating_back() {
    let (amina, cara) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Coordinator);
    let made_up = from_the_future(&plan, &cara, Graph::Circle, 77);
    let remove = removing(&plan, &amina, cara_is);
    place(&mut plan, remove);
    place(&mut plan, made_up);
    assert!(!plan.is_read_only(Graph::Circle));
    welcome(&mut plan, &amina, &key(3), 10, Standing::Member);
}

#[test]
fn a_lost_device_goes_by_the_words_and_they_bring_another_though_the_circle_is_read_only() {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let amina_is = person(&plan, &amina);
    let made_up = from_the_future(&plan, &amina, Graph::Circle, 77);
    place(&mut plan, made_up);
    assert!(plan.is_read_only(Graph::Circle));
    let (sheet, new) = (words(&amina), key(5));
    let proof = draft::agree_to_link(&new, plan.plan(), amina_is, sheet.id());
    let link = circle::LinkDevice { device: new.id(), name: "laptop".into(), opens: new.opening(), proof };
    let link = draft::link_device(&plan, sheet.id(), NOW, link).expect("the words bring their holder back");
    place(&mut plan, sign(&sheet, link));
    let remove = Remove { whom: Whom::Device { device: amina.id(), and_linked: true }, upto: None };
    let remove = draft::remove(&plan, sheet.id(), NOW, remove).expect("it takes away");
    place(&mut plan, sign(&sheet, remove));
    assert_eq!((plan.person_of(amina.id()), plan.person_of(new.id())), (None, Some(amina_is)));
    assert!(!plan.is_read_only(Graph::Circle));
}

#[test]
fn who_may_not_write_a_document_cannot_make_it_read_only() {
    let Five { mut plan, amina, cara, dan, eve, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    share(&mut plan, &amina, doc, dan_is, Access::View);
    for by in [&dan, &eve, &cara] {
        let made_up = from_the_future(&plan, by, Graph::Document(doc), 77);
        assert_eq!(plan.place(made_up), Placed::Refused(Denied::Standing));
    }
    assert!(plan.may_edit(doc, amina.id()));
}

#[test]
fn who_makes_a_document_read_only_can_be_put_out_of_it_and_then_it_is_not() {
    let Five { mut plan, amina, dan, doc, .. } = five();
    let dan_is = person(&plan, &dan);
    share(&mut plan, &amina, doc, Who::Person(dan_is), Access::Edit);
    let made_up = from_the_future(&plan, &dan, Graph::Document(doc), 77);
    let made_up = place(&mut plan, made_up);
    assert!(!plan.may_edit(doc, amina.id()) && !plan.in_effect(made_up));
    // A Keep names nothing of it, so it is judged.
    let kept = keep(&mut plan, &amina, doc, &[]);
    assert!(plan.in_effect(kept));
    let mut without_place = plan.clone();
    let unshare = Unshare { who: Who::Person(dan_is), why: "it cannot be read".into() };
    let unshare = draft::unshare(&plan, amina.id(), NOW, doc, unshare).expect("it takes away");
    place(&mut plan, sign(&amina, unshare));
    assert!(plan.may_edit(doc, amina.id()) && !plan.is_read_only(Graph::Document(doc)));
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    let remove = removing(&without_place, &amina, dan_is);
    place(&mut without_place, remove);
    assert!(without_place.may_edit(doc, amina.id()));
}
