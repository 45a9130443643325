//! What people do with a circle, and what liars try.

use crate::help::{
    LATE, NOW, by_hand, everything, invitation, joining, key, names, newcomer, open, part, place, plan_of, share,
    sharing, sign, ticket, welcome,
};
use circle::{
    Access, Act, Confirm, Consent, Denied, Fault, Grants, Graph, Invite, Ledger, LinkDevice, Placed, Refused, Standing,
    Statement, Who, draft,
};
use seal::{DeviceKey, Time};

#[test]
fn a_newcomer_is_let_in_by_the_exact_join_that_was_shown() {
    let (amina, hodan) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let join = joining(&hodan, &ticket, "Hodan");
    let twin = joining(&hodan, &ticket, "Hodan Ali");
    plan.place(join.clone());
    plan.place(twin.clone());
    assert_eq!(names(&plan.knocks()), ["Hodan", "Hodan Ali"]);
    assert_eq!(plan.person_of(hodan.id()), None);

    let confirm = draft::confirm(&plan, amina.id(), NOW, twin.id()).unwrap();
    place(&mut plan, sign(&amina, confirm));
    let person = plan.person(twin.id().into()).expect("she was let in");
    assert_eq!((person.called.name.as_str(), person.standing), ("Hodan Ali", Standing::Member));
    assert_eq!(plan.person_of(hodan.id()), Some(person.id));
    assert!(plan.knocks().is_empty(), "the invitation is used");
    assert_eq!(draft::confirm(&plan, amina.id(), NOW, join.id()), Err(draft::Hindrance::NoKnock));
}

#[test]
fn an_expired_invitation_is_not_confirmed_though_no_rule_reads_the_hour() {
    let (amina, hodan) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let join = joining(&hodan, &ticket, "Hodan");
    plan.place(join.clone());
    assert_eq!(draft::confirm(&plan, amina.id(), LATE, join.id()), Err(draft::Hindrance::Expired));
    let mut body = draft::confirm(&plan, amina.id(), NOW, join.id()).unwrap();
    body.at = LATE.plus(1);
    place(&mut plan, sign(&amina, body));
    assert!(plan.person_of(hodan.id()).is_some());
}

#[test]
fn a_join_without_the_tickets_key_knocks_at_nothing() {
    let (amina, stranger) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let (invite, real) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let forged = {
        let mut body = draft::join(&ticket(&plan, &amina, 77), newcomer(&stranger, "Hodan"), NOW);
        let Act::Join(join) = &mut body.act else { panic!("a Join") };
        join.invite = real.key().id();
        sign(&stranger, body)
    };
    assert_eq!(plan.place(forged), Placed::Refused(Denied::NoConsent));
    // Somebody else's proof does not open the door for another device either.
    let honest = joining(&key(3), &real, "Hodan");
    let mut stolen = honest.body().clone();
    stolen.issuer = stranger.id();
    assert_eq!(plan.place(sign(&stranger, stolen)), Placed::Refused(Denied::NoConsent));
    // A ticket that nobody's Invite names may knock, but nobody sees it.
    assert_eq!(plan.place(joining(&stranger, &ticket(&plan, &amina, 78), "Hodan")), Placed::Knock);
    assert!(plan.knocks().is_empty());
}

#[test]
fn of_two_newcomers_with_one_ticket_the_one_let_in_by_the_senior_stays() {
    let (amina, ben, first, second) = (key(1), key(2), key(3), key(4));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let (one, two) = (joining(&first, &ticket, "One"), joining(&second, &ticket, "Two"));
    plan.place(one.clone());
    plan.place(two.clone());
    let by_ben = sign(&ben, draft::confirm(&plan, ben.id(), NOW, one.id()).unwrap());
    let by_amina = sign(&amina, draft::confirm(&plan, amina.id(), NOW, two.id()).unwrap());

    for order in [[&by_ben, &by_amina], [&by_amina, &by_ben]] {
        let mut plan = plan.clone();
        for statement in order {
            place(&mut plan, statement.clone());
        }
        assert!(!plan.in_effect(by_ben.id()) && plan.in_effect(by_amina.id()));
        assert_eq!(plan.person_of(first.id()), None);
        assert_eq!(plan.person_of(second.id()), Some(two.id().into()));
    }
    // Who has seen the first Confirm cannot make the second, whoever they are.
    place(&mut plan, by_ben);
    assert_eq!(draft::confirm(&plan, amina.id(), NOW, two.id()), Err(draft::Hindrance::NoKnock));
    let grants = plan.grants(amina.id()).unwrap();
    let mut after = plan.heads(Graph::Circle);
    after.push(two.id());
    let act = Act::Confirm(Confirm { join: two.id(), standing: Standing::Member, until: None });
    let late = sign(&amina, by_hand(&plan, &amina, &after, grants, act));
    assert_eq!(plan.place(late), Placed::Refused(Denied::NoInvite));
}

#[test]
fn what_a_void_newcomer_did_falls_with_their_place_and_documents_follow() {
    let (amina, ben, first, second) = (key(1), key(2), key(3), key(4));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Coordinator);
    place(&mut plan, invite);
    let (one, two) = (joining(&first, &ticket, "One"), joining(&second, &ticket, "Two"));
    plan.place(one.clone());
    plan.place(two.clone());
    let by_amina = sign(&amina, draft::confirm(&plan, amina.id(), NOW, two.id()).unwrap());
    let by_ben = draft::confirm(&plan, ben.id(), NOW, one.id()).unwrap();
    place(&mut plan, sign(&ben, by_ben));
    let friend = welcome(&mut plan, &first, &key(5), 10, Standing::Member);
    let own = open(&mut plan, &first, circle::NewDocument { owner: Some(one.id().into()), ..part(1) });
    assert_eq!(plan.access(own, one.id().into()), Access::Edit);

    place(&mut plan, by_amina);
    assert_eq!(plan.person(friend), None);
    assert_eq!(plan.person_of(key(5).id()), None);
    assert_eq!(plan.access(own, one.id().into()), Access::Nothing);
}

#[test]
fn who_is_nearer_to_the_found_is_senior_though_they_came_later() {
    let (amina, ben, cleo, dora) = (key(1), key(2), key(3), key(4));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    welcome(&mut plan, &ben, &cleo, 9, Standing::Coordinator);
    welcome(&mut plan, &amina, &dora, 10, Standing::Coordinator);
    let (invite, ticket) = invitation(&amina, &plan, 11, Standing::Member);
    place(&mut plan, invite);
    let (one, two) = (joining(&key(5), &ticket, "One"), joining(&key(6), &ticket, "Two"));
    plan.place(one.clone());
    plan.place(two.clone());
    let by_cleo = sign(&cleo, draft::confirm(&plan, cleo.id(), NOW, one.id()).unwrap());
    let by_dora = sign(&dora, draft::confirm(&plan, dora.id(), NOW, two.id()).unwrap());
    place(&mut plan, by_cleo.clone());
    place(&mut plan, by_dora.clone());
    assert!(!plan.in_effect(by_cleo.id()) && plan.in_effect(by_dora.id()));
}

#[test]
fn a_rival_that_is_itself_void_breaks_nothing() {
    let (amina, ben, dora) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    // Cleo comes in by Ben with a ticket that Amina, unknown to Ben, gives to somebody else.
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    let (twice, ticket_twice) = invitation(&amina, &plan, 9, Standing::Coordinator);
    let (once, ticket_once) = invitation(&amina, &plan, 10, Standing::Member);
    place(&mut plan, twice);
    place(&mut plan, once);
    let (cleo, rival) = (joining(&key(4), &ticket_twice, "Cleo"), joining(&key(5), &ticket_twice, "Rival"));
    for join in [&cleo, &rival] {
        plan.place(join.clone());
    }
    let with_amina = plan.clone();
    let by_ben = draft::confirm(&plan, ben.id(), NOW, cleo.id()).unwrap();
    place(&mut plan, sign(&ben, by_ben));
    // Cleo and, at the end of a longer chain, Dora each let somebody in with the same ticket.
    welcome(&mut plan, &ben, &key(6), 11, Standing::Coordinator);
    welcome(&mut plan, &key(6), &key(7), 12, Standing::Coordinator);
    welcome(&mut plan, &key(7), &dora, 13, Standing::Coordinator);
    let (first, second) = (joining(&key(14), &ticket_once, "First"), joining(&key(15), &ticket_once, "Second"));
    for join in [&first, &second] {
        plan.place(join.clone());
    }
    let by_cleo = sign(&key(4), draft::confirm(&plan, key(4).id(), NOW, first.id()).unwrap());
    let by_dora = sign(&dora, draft::confirm(&plan, dora.id(), NOW, second.id()).unwrap());
    place(&mut plan, by_cleo.clone());
    place(&mut plan, by_dora.clone());
    assert!(plan.in_effect(by_cleo.id()) && !plan.in_effect(by_dora.id()));

    let by_amina = draft::confirm(&with_amina, amina.id(), NOW, rival.id()).unwrap();
    place(&mut plan, sign(&amina, by_amina));
    assert!(!plan.in_effect(by_cleo.id()) && plan.in_effect(by_dora.id()));
    assert_eq!(plan.person_of(key(15).id()), Some(second.id().into()));
}

#[test]
fn what_a_void_owner_shared_is_shared_no_more() {
    let (amina, dan, cara) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &dan, 8, Standing::Owner);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let doc = open(&mut plan, &amina, part(1));
    let (invite, ticket) = invitation(&amina, &plan, 10, Standing::Owner);
    place(&mut plan, invite);
    let (one, two) = (joining(&key(4), &ticket, "One"), joining(&key(5), &ticket, "Two"));
    plan.place(one.clone());
    plan.place(two.clone());
    let by_amina = sign(&amina, draft::confirm(&plan, amina.id(), NOW, two.id()).unwrap());
    let by_dan = draft::confirm(&plan, dan.id(), NOW, one.id()).unwrap();
    place(&mut plan, sign(&dan, by_dan));
    share(&mut plan, &key(4), doc, Who::Person(cara_is), Access::Edit);
    assert_eq!(plan.access(doc, cara_is), Access::Edit);
    place(&mut plan, by_amina);
    assert_eq!(plan.access(doc, cara_is), Access::Nothing);
}

#[test]
fn nobody_gives_more_than_they_have() {
    let (amina, ben, cara) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let asks = |by: &seal::DeviceKey, standing| {
        let invite = Invite { key: key(99).id(), standing, role: "family".into(), expires: LATE, until: None };
        draft::invite(&plan, by.id(), NOW, invite).map(|_| ())
    };
    let denied = Err(draft::Hindrance::Denied(Denied::Standing));
    assert_eq!(asks(&amina, Standing::Owner), Ok(()));
    assert_eq!(asks(&ben, Standing::Coordinator), Ok(()));
    assert_eq!(asks(&ben, Standing::Owner), denied);
    assert_eq!(asks(&cara, Standing::Member), denied);
    assert_eq!(asks(&key(4), Standing::Member), Err(draft::Hindrance::NoPlace));
    let protects =
        Invite { key: key(99).id(), standing: Standing::Protected, role: "family".into(), expires: LATE, until: None };
    let body =
        by_hand(&plan, &amina, &plan.heads(Graph::Circle), plan.grants(amina.id()).unwrap(), Act::Invite(protects));
    assert_eq!(Statement::sign(&amina, body), Err(Refused::Form(Fault::Gift)));
}

#[test]
fn a_confirm_cannot_make_of_a_member_what_the_invitation_did_not_say() {
    let (amina, hodan) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let join = joining(&hodan, &ticket, "Hodan");
    plan.place(join.clone());
    let mut body = draft::confirm(&plan, amina.id(), NOW, join.id()).unwrap();
    body.act = Act::Confirm(Confirm { join: join.id(), standing: Standing::Owner, until: None });
    assert_eq!(plan.place(sign(&amina, body)), Placed::Refused(Denied::NoInvite));
}

#[test]
fn grants_of_somebody_else_or_from_outside_the_past_are_refused() {
    let (amina, ben) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let before = plan.heads(Graph::Circle);
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    let (his, hers) = (plan.grants(ben.id()).unwrap(), plan.grants(amina.id()).unwrap());
    let invite = || {
        let key = key(99).id();
        Act::Invite(Invite { key, standing: Standing::Member, role: "family".into(), expires: LATE, until: None })
    };
    let borrowed = sign(&ben, by_hand(&plan, &ben, &plan.heads(Graph::Circle), hers, invite()));
    assert_eq!(plan.place(borrowed), Placed::Refused(Denied::NoGrant));
    let mixed = Grants { device: his.device, standing: hers.standing };
    let mixed = sign(&ben, by_hand(&plan, &ben, &plan.heads(Graph::Circle), mixed, invite()));
    assert_eq!(plan.place(mixed), Placed::Refused(Denied::NoGrant));
    let unseen = sign(&ben, by_hand(&plan, &ben, &before, his, invite()));
    assert_eq!(plan.place(unseen), Placed::Refused(Denied::NoGrant));
}

#[test]
fn another_device_of_mine_is_me_if_it_agreed() {
    let (amina, tablet) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let me = plan.person_of(amina.id()).unwrap();
    let link = |proof| LinkDevice { device: tablet.id(), name: "the tablet".into(), opens: tablet.opening(), proof };
    let unasked =
        Consent::Link { plan: plan.plan(), person: me, by: tablet.id(), opens: tablet.opening() }.sign(&tablet);
    let denied = draft::link_device(&plan, amina.id(), NOW, link(unasked));
    assert_eq!(denied, Err(draft::Hindrance::Denied(Denied::NoConsent)));
    let agreed = draft::agree_to_link(&tablet, plan.plan(), me, amina.id());
    let body = draft::link_device(&plan, amina.id(), NOW, link(agreed)).unwrap();
    place(&mut plan, sign(&amina, body));
    assert_eq!(plan.person_of(tablet.id()), Some(me));
    assert_eq!(plan.person(me).unwrap().devices, [amina.id(), tablet.id()]);
    let doc = open(&mut plan, &tablet, part(1));
    assert!(plan.may_edit(doc, amina.id()) && plan.may_edit(doc, tablet.id()));
    let again =
        draft::link_device(&plan, tablet.id(), NOW, link(draft::agree_to_link(&tablet, plan.plan(), me, tablet.id())));
    assert_eq!(again, Err(draft::Hindrance::Denied(Denied::HereAlready)));
}

#[test]
fn a_part_is_shared_by_owners_and_a_page_of_ones_own_by_its_owner() {
    let (amina, ben, cara) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    let ben_is = welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let amina_is = plan.person_of(amina.id()).unwrap();
    let part = open(&mut plan, &ben, part(1));
    assert_eq!(plan.access(part, amina_is), Access::Edit);
    assert_eq!(plan.access(part, ben_is), Access::Nothing, "who opens a part for the plan does not own it");
    let denied = Err(draft::Hindrance::Denied(Denied::Standing));
    let sharing = sharing(Who::Person(cara_is), Access::View);
    assert_eq!(draft::share(&plan, ben.id(), NOW, part, sharing.clone()), denied);
    share(&mut plan, &amina, part, Who::Person(cara_is), Access::Suggest);
    share(&mut plan, &amina, part, Who::Everyone, Access::View);
    assert_eq!((plan.access(part, cara_is), plan.access(part, ben_is)), (Access::Suggest, Access::View));

    let page = open(&mut plan, &cara, circle::NewDocument { owner: Some(cara_is), ..crate::help::part(2) });
    assert_eq!(plan.access(page, amina_is), Access::Nothing);
    assert_eq!(draft::share(&plan, amina.id(), NOW, page, sharing), denied);
    share(&mut plan, &cara, page, Who::Person(amina_is), Access::View);
    assert!(plan.may_read(page, amina.id()) && !plan.may_edit(page, amina.id()) && !plan.may_read(page, ben.id()));
    let member = draft::new_document(&plan, cara.id(), NOW, crate::help::part(3));
    assert_eq!(member, Err(draft::Hindrance::Denied(Denied::Standing)));
}

#[test]
fn a_voice_is_written_by_its_author_and_read_by_who_reads_its_part() {
    let (amina, ben, cara) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    let ben_is = welcome(&mut plan, &amina, &ben, 8, Standing::Member);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let amina_is = plan.person_of(amina.id()).unwrap();
    let doc = open(&mut plan, &amina, part(1));
    share(&mut plan, &amina, doc, Who::Person(ben_is), Access::Suggest);
    let voice = circle::NewDocument { owner: Some(ben_is), voice_of: Some((ben_is, doc)), ..part(2) };
    let borrowed = draft::new_document(&plan, cara.id(), NOW, voice.clone());
    assert_eq!(borrowed, Err(draft::Hindrance::Denied(Denied::Standing)));
    let voice = open(&mut plan, &ben, voice);
    let access = |plan: &circle::Ledger| [ben_is, amina_is, cara_is].map(|person| plan.access(voice, person));
    assert_eq!(access(&plan), [Access::Edit, Access::View, Access::Nothing]);
    share(&mut plan, &ben, voice, Who::Person(cara_is), Access::Edit);
    assert_eq!(access(&plan), [Access::Edit, Access::View, Access::View], "nobody writes in another's voice");
}

#[test]
fn two_owners_who_share_apart_leave_closed_what_one_of_them_closed() {
    let (amina, dan, cara) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &dan, 8, Standing::Owner);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let doc = open(&mut plan, &amina, part(1));
    let mut elsewhere = plan.clone();
    let opened = share(&mut plan, &amina, doc, Who::Person(cara_is), Access::Edit);
    let closed = share(&mut elsewhere, &dan, doc, Who::Person(cara_is), Access::Nothing);
    let both = |first: &circle::Ledger, second: &circle::Ledger| {
        let mut first = first.clone();
        for statement in everything(second) {
            first.place(statement);
        }
        first
    };
    let (mut here, there) = (both(&plan, &elsewhere), both(&elsewhere, &plan));
    assert!(here.in_effect(opened) && here.in_effect(closed));
    assert_eq!(here.access(doc, cara_is), Access::Nothing);
    assert_eq!(there.access(doc, cara_is), Access::Nothing);
    share(&mut here, &amina, doc, Who::Person(cara_is), Access::Edit);
    assert_eq!(here.access(doc, cara_is), Access::Edit, "a later word of somebody who saw both decides");
}

#[test]
fn who_is_given_edit_again_renews_before_writing_in_their_own_right() {
    let (amina, cara) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let doc = open(&mut plan, &amina, part(1));
    // Being let read before being let write takes nothing away.
    share(&mut plan, &amina, doc, Who::Person(cara_is), Access::View);
    share(&mut plan, &amina, doc, Who::Person(cara_is), Access::Edit);
    let first = plan.chapter(doc, cara.id()).expect("her place is a chapter");
    let chain = seal::chain_id(doc, cara.id(), first);
    assert!(plan.own_right(doc, chain));
    share(&mut plan, &amina, doc, Who::Person(cara_is), Access::View);
    assert!(!plan.own_right(doc, chain));
    share(&mut plan, &amina, doc, Who::Person(cara_is), Access::Edit);
    assert!(plan.may_edit(doc, cara.id()));
    assert!(!plan.own_right(doc, chain), "the old chapter stays hit");
    assert_eq!(plan.chapter(doc, cara.id()), None);
    let renew = draft::renew(&plan, cara.id(), NOW, doc, [7; 16]).unwrap();
    let renew = place(&mut plan, sign(&cara, renew));
    assert_eq!(plan.chapter(doc, cara.id()), Some(renew.into()));
    let again = seal::chain_id(doc, cara.id(), renew.into());
    assert!(plan.own_right(doc, again));
    assert_eq!(plan.author(doc, again).map(|(author, person)| (author.device, person)), Some((cara.id(), cara_is)));
}

#[test]
fn who_may_not_edit_opens_no_chapters() {
    let (amina, ben, cara) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &ben, 8, Standing::Owner);
    let cara_is = welcome(&mut plan, &amina, &cara, 9, Standing::Member);
    let doc = open(&mut plan, &amina, part(1));
    let renew = |plan: &Ledger, by: &DeviceKey| draft::renew(plan, by.id(), NOW, doc, [7; 16]);
    let not_hers = Err(draft::Hindrance::Denied(Denied::Standing));
    assert_eq!(renew(&plan, &cara), not_hers);
    share(&mut plan, &amina, doc, Who::Person(cara_is), Access::View);
    // Her own word goes before the one for everyone.
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    assert_eq!(renew(&plan, &cara), not_hers);
    let hers = share(&mut plan, &amina, doc, Who::Person(cara_is), Access::Edit);
    let body = renew(&plan, &cara).expect("she may edit");
    // Made by hand, with no word in its past that gives her Edit.
    let mut blind = body.clone();
    blind.after = vec![doc.into()];
    assert_ne!(body.after, blind.after);
    assert_eq!(plan.place(sign(&cara, blind)), Placed::Refused(Denied::Standing));
    assert!(body.after.contains(&hers));
    place(&mut plan, sign(&cara, body));
    assert!(renew(&plan, &amina).is_ok() && renew(&plan, &ben).is_ok(), "owners may always");
    share(&mut plan, &amina, doc, Who::Person(cara_is), Access::View);
    assert_eq!(renew(&plan, &cara), not_hers);
}

#[test]
fn statements_that_come_early_wait_and_are_placed_with_what_they_waited_for() {
    let (amina, ben) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let founding = plan.clone();
    welcome(&mut plan, &amina, &ben, 8, Standing::Coordinator);
    let doc = open(&mut plan, &ben, part(1));
    share(&mut plan, &amina, doc, Who::Everyone, Access::View);
    let mut backwards = everything(&plan);
    backwards.reverse();
    let mut late = founding;
    let mut placed = 1;
    for statement in backwards {
        match late.place(statement) {
            Placed::New(some) => placed += some.len(),
            Placed::Early { missing } => assert!(!missing.is_empty() && !late.missing().is_empty()),
            Placed::Known | Placed::Knock => {}
            Placed::Refused(denied) => panic!("refused: {denied}"),
        }
    }
    assert_eq!(placed, everything(&plan).len());
    assert!(late.missing().is_empty());
    assert_eq!(crate::help::answers(&late), crate::help::answers(&plan));
}

#[test]
fn a_flood_of_early_statements_and_knocks_is_bounded_and_keeps_nobody_out() {
    let (amina, ben) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let mut far = plan.clone();
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite.clone());
    place(&mut far, invite);
    welcome(&mut far, &amina, &key(3), 10, Standing::Member);
    let honest: Vec<_> = far.since(Graph::Circle, &plan.heads(Graph::Circle)).into_iter().rev().cloned().collect();
    plan.place(honest[0].clone());
    for number in 100..100 + 2 * circle::limits::EARLY as u16 {
        let (liar, mut nowhere) = (key(number), [0; 32]);
        nowhere[..2].copy_from_slice(&number.to_be_bytes());
        let nowhere = seal::StatementId::new(nowhere);
        let grants = Grants { device: nowhere, standing: nowhere };
        let act = Act::Confirm(Confirm { join: nowhere, standing: Standing::Member, until: None });
        let rubbish = sign(&liar, by_hand(&plan, &liar, &[nowhere], grants, act));
        assert!(matches!(plan.place(rubbish), Placed::Early { .. }));
        plan.place(joining(&liar, &crate::help::ticket(&plan, &amina, number), "Crowd"));
    }
    assert!(plan.missing().len() < circle::limits::EARLY + circle::limits::HEADS);
    for statement in &honest[1..] {
        plan.place(statement.clone());
    }
    assert!(plan.in_effect(honest[0].id()), "what a member's device had sent early was not pushed out");
    plan.place(joining(&ben, &ticket, "Ben"));
    assert_eq!(names(&plan.knocks()), ["Ben"]);
}

#[test]
fn times_decide_nothing() {
    let (amina, ben) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let join = joining(&ben, &ticket, "Ben");
    plan.place(join.clone());
    let mut body = draft::confirm(&plan, amina.id(), NOW, join.id()).unwrap();
    body.at = Time(i64::MIN);
    place(&mut plan, sign(&amina, body));
    assert!(plan.person_of(ben.id()).is_some());
}
