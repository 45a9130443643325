//! The form of statements: one spelling, bounds, and each signed kind refused in the place of every other.

use circle::{
    Access, Act, Bar, Body, Confirm, Consent, Fault, Found, Grants, Graph, HandOver, Invite, Join, Keep, LinkDevice,
    NewDocument, NewKey, NewRecoveryKey, RULES, Refuse, Refused, Remove, Renew, SetStanding, Share, Standing,
    Statement, Unshare, Who, Whom, Whose, Wrap, limits,
};
use proptest::prelude::*;
use seal::{
    DeviceId, Domain, EditHash, Malformed, OpeningKey, PersonId, PlanId, Signature, StatementId, Time, encode, verify,
};

use crate::help::{NOW, called, key};

/// One body of each kind, by one issuer, in one plan.
fn one_of_each() -> Vec<(&'static str, Body)> {
    let (issuer, other) = (key(1), key(2));
    let plan = PlanId::new([0x11; 32]);
    let (doc, person) = (seal::DocId::new([0x22; 32]), PersonId::new([0x33; 32]));
    let head = StatementId::new([0x44; 32]);
    let join = StatementId::new([0x55; 32]);
    let grants = Some(Grants { device: StatementId::new([0x66; 32]), standing: StatementId::new([0x77; 32]) });
    let (introduced, recovery, opens) = (called("Amina"), DeviceId::new([0x88; 32]), OpeningKey::new([0x99; 32]));
    let consent = Consent::Join { plan, device: issuer.id(), person: &introduced, recovery, opens };
    let invite = key(3).id();
    let agreed = Consent::Words { plan, by: issuer.id() }.sign(&key(4));
    let asks = Join { invite, person: introduced.clone(), recovery, opens, proof: consent.sign(&key(3)), agreed };
    let linked = Consent::Link { plan, person, by: issuer.id(), opens }.sign(&other);
    let body = |graph, after: &[StatementId], circle_after: &[StatementId], grants, act| Body {
        plan: Some(plan),
        graph,
        issuer: issuer.id(),
        after: after.to_vec(),
        circle_after: circle_after.to_vec(),
        grants,
        at: NOW,
        act,
    };
    let whose = Whose::Another { words: key(5).id(), agreed };
    let found = Found { rules: RULES, nonce: [9; 16], whose, founder: introduced, recovery, opens, agreed };
    let asked = Invite {
        key: invite,
        standing: Standing::Member,
        role: "family".into(),
        expires: Time(86_400_000),
        until: None,
    };
    let link = LinkDevice { device: other.id(), name: "the tablet".into(), opens, proof: linked };
    let new = NewDocument { rules: RULES, kind: "about-me".into(), nonce: [8; 16], owner: None, voice_of: None };
    let share = Share {
        who: Who::Person(person),
        access: Access::Edit,
        why: "so that she can write with me".into(),
        basis: "consent".into(),
        until: Some(Time(172_800_000)),
    };
    let lowered = SetStanding { person, standing: Standing::Member, upto: Some(vec![head]) };
    let removed = Remove { whom: Whom::Device { device: other.id(), and_linked: true }, upto: None };
    let unshared = Unshare { who: Who::Everyone, why: "no longer needed".into() };
    let refused = Refuse { who: Who::Person(person), why: "not now".into(), basis: "my decision".into() };
    let edit = EditHash::new([0xaa; 32]);
    let kept = Keep { edits: vec![edit], statements: vec![head] };
    let barred = Bar { edit, why: "it cannot be shown".into() };
    let wraps = vec![Wrap { device: other.id(), sealed: vec![5; seal::WRAP_BYTES] }];
    let (circle, document) = (Graph::Circle, Graph::Document(doc));
    let mut founded = body(circle, &[], &[], None, Act::Found(found));
    founded.plan = None;
    vec![
        ("found", founded),
        ("invite", body(circle, &[head], &[], grants, Act::Invite(asked))),
        ("join", body(circle, &[], &[], None, Act::Join(asks))),
        (
            "confirm",
            body(
                circle,
                &[head, join],
                &[],
                grants,
                Act::Confirm(Confirm { join, standing: Standing::Member, until: None }),
            ),
        ),
        ("link-device", body(circle, &[head], &[], grants, Act::LinkDevice(link))),
        ("set-standing", body(circle, &[head], &[], grants, Act::SetStanding(lowered))),
        ("remove", body(circle, &[head], &[], grants, Act::Remove(removed))),
        ("hand-over", body(circle, &[head], &[], grants, Act::HandOver(HandOver { to: person }))),
        ("leave", body(circle, &[head], &[], grants, Act::Leave)),
        (
            "new-recovery-key",
            body(circle, &[head], &[], grants, Act::NewRecoveryKey(NewRecoveryKey { key: invite, agreed })),
        ),
        ("new-document", body(Graph::Opening, &[], &[head], grants, Act::NewDocument(new))),
        ("share", body(document, &[doc.into()], &[head], grants, Act::Share(share))),
        ("renew", body(document, &[doc.into()], &[head], grants, Act::Renew(Renew { nonce: [7; 16] }))),
        ("unshare", body(document, &[doc.into()], &[head], grants, Act::Unshare(unshared))),
        ("refuse", body(document, &[doc.into()], &[head], grants, Act::Refuse(refused))),
        ("keep", body(document, &[doc.into()], &[head], grants, Act::Keep(kept))),
        ("bar", body(document, &[doc.into()], &[head], grants, Act::Bar(barred))),
        (
            "new-key",
            body(
                document,
                &[doc.into()],
                &[head],
                grants,
                Act::NewKey(NewKey { epoch: seal::EpochId::new([6; 32]), wraps }),
            ),
        ),
    ]
}

fn signed() -> Vec<Statement> {
    one_of_each().into_iter().map(|(_, body)| Statement::sign(&key(1), body).expect("right in form")).collect()
}

#[test]
fn each_kind_reads_back_as_it_was_written() {
    for (name, body) in one_of_each() {
        let statement = Statement::sign(&key(1), body.clone()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let again = Statement::read(statement.bytes(), statement.signature()).expect("it was just signed");
        assert_eq!((again.body(), again.id()), (&body, statement.id()), "{name}");
    }
}

#[test]
fn each_kinds_signature_is_refused_in_the_place_of_each_other() {
    let all = signed();
    for (number, one) in all.iter().enumerate() {
        for (place, other) in all.iter().enumerate() {
            let read = Statement::read(other.bytes(), one.signature());
            assert_eq!(read.is_ok(), number == place);
            assert!(number == place || read == Err(Refused::Forged));
        }
        // Nor does a statement's signature say anything where edits, tickets, proofs or keys are signed.
        for domain in Domain::ALL {
            let holds = verify(one.issuer(), domain, one.bytes(), &one.signature()).is_ok();
            assert_eq!(holds, domain == Domain::Statement);
        }
    }
}

#[test]
fn each_kinds_act_is_refused_in_the_frame_of_each_other() {
    let bodies = one_of_each();
    for (one, from) in &bodies {
        for (other, to) in &bodies {
            let swapped = Body { act: from.act.clone(), ..to.clone() };
            let same_frame = |body: &Body| (body.plan.is_some(), body.graph, body.after.len(), body.grants.is_some());
            let fits = same_frame(from) == same_frame(to) || (*one, *other) == ("confirm", "confirm");
            let signed = Statement::sign(&key(1), swapped);
            // A Confirm names two heads here, everything else of the circle one.
            let alike = *other == "confirm" && from.graph == Graph::Circle && !from.after.is_empty();
            assert_eq!(signed.is_ok(), fits || alike, "{one} in the frame of {other}");
        }
    }
}

#[test]
fn a_consent_for_one_thing_is_none_for_another() {
    let (plan, device) = (PlanId::new([1; 32]), key(1).id());
    let person = called("Amina");
    let (recovery, opens) = (device, OpeningKey::new([7; 32]));
    let asks = Consent::Join { plan, device, person: &person, recovery, opens };
    let links = Consent::Link { plan, person: PersonId::new([2; 32]), by: device, opens };
    let founds = Consent::Founding { nonce: [4; 16], device };
    let words = Consent::Words { plan, by: device };
    let proofs = [asks, links, founds, words].map(|consent| consent.sign(&key(5)));
    for (number, consent) in [asks, links, founds, words].iter().enumerate() {
        for (place, proof) in proofs.iter().enumerate() {
            assert_eq!(consent.holds(key(5).id(), proof), number == place);
            assert!(!consent.holds(key(6).id(), proof));
        }
    }
    let other = called("Amina B");
    for changed in [
        Consent::Join { plan: PlanId::new([3; 32]), device, person: &person, recovery, opens },
        Consent::Join { plan, device: key(2).id(), person: &person, recovery, opens },
        Consent::Join { plan, device, person: &other, recovery, opens },
        Consent::Join { plan, device, person: &person, recovery: key(9).id(), opens },
    ] {
        assert!(!changed.holds(key(5).id(), &proofs[0]));
    }
}

#[test]
fn every_bit_flipped_is_refused() {
    for statement in signed() {
        for bit in 0..statement.bytes().len() * 8 {
            let mut bytes = statement.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(Statement::read(&bytes, statement.signature()).is_err());
        }
        for bit in 0..Signature::LEN * 8 {
            let mut signature = *statement.signature().as_bytes();
            signature[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Statement::read(statement.bytes(), Signature::new(signature)), Err(Refused::Forged));
        }
    }
}

#[test]
fn every_cut_and_every_byte_more_is_refused() {
    for statement in signed() {
        for length in 0..statement.bytes().len() {
            assert!(Statement::read(&statement.bytes()[..length], statement.signature()).is_err());
        }
        let longer = [statement.bytes(), &[0]].concat();
        assert!(Statement::read(&longer, statement.signature()).is_err());
    }
}

#[test]
fn a_key_signs_only_for_itself() {
    let (_, body) = one_of_each().remove(0);
    assert_eq!(Statement::sign(&key(2), body), Err(Refused::NotOurs));
}

#[test]
fn lists_are_bounded_sorted_and_without_doubles() {
    let (_, right) = one_of_each().remove(1);
    let heads = |after: Vec<StatementId>| Statement::sign(&key(1), Body { after, ..right.clone() }).map(|_| ());
    let id = |byte: usize| StatementId::new([byte as u8; 32]);
    assert_eq!(heads((0..limits::HEADS).map(id).collect()), Ok(()));
    for wrong in [(0..=limits::HEADS).map(id).collect(), vec![id(2), id(1)], vec![id(1), id(1)]] {
        assert_eq!(heads(wrong), Err(Refused::Form(Fault::List)));
    }
}

#[test]
fn names_are_bounded_and_hide_nothing() {
    let (_, right) = one_of_each().remove(0);
    let founded = |name: &str| {
        let mut body = right.clone();
        let Act::Found(found) = &mut body.act else { panic!("a Found") };
        found.founder.name = name.into();
        Statement::sign(&key(1), body).map(|_| ())
    };
    for fine in ["Amina", "Zoë O’Hara-Müller", "علی\u{200C}رضا", "👩\u{200D}👧", &"x".repeat(limits::NAME_BYTES)]
    {
        assert_eq!(founded(fine), Ok(()), "{fine}");
    }
    let long = "x".repeat(limits::NAME_BYTES + 1);
    for wrong in ["", "  ", "Amina\n", "A\u{202E}nima", "Amina\u{200B}", "\u{FEFF}Amina", "A\u{7}", &long] {
        assert_eq!(founded(wrong), Err(Refused::Form(Fault::Text)), "{wrong:?}");
    }
}

#[test]
fn roles_and_kinds_are_codes() {
    let (_, right) = one_of_each().remove(1);
    let invited = |role: &str| {
        let mut body = right.clone();
        let Act::Invite(invite) = &mut body.act else { panic!("an Invite") };
        invite.role = role.into();
        Statement::sign(&key(1), body).map(|_| ())
    };
    let longest = "x".repeat(limits::CODE_BYTES);
    for fine in ["family", "lead-2", &longest] {
        assert_eq!(invited(fine), Ok(()));
    }
    for wrong in ["", "Family", "my role", "schön", "a\n", &format!("{longest}x")] {
        assert_eq!(invited(wrong), Err(Refused::Form(Fault::Text)), "{wrong:?}");
    }
}

#[test]
fn the_largest_share_fits_and_a_longer_reason_is_refused() {
    let all = one_of_each();
    let (_, right) = all.iter().find(|(name, _)| *name == "share").expect("a Share is among them");
    let shared = |bytes: usize| {
        let mut body = right.clone();
        body.after = (0..limits::HEADS).map(|byte| StatementId::new([byte as u8; 32])).collect();
        body.circle_after = body.after.clone();
        let Act::Share(share) = &mut body.act else { panic!("a Share") };
        (share.why, share.basis) = ("y".repeat(bytes), "b\n".repeat(bytes / 2));
        Statement::sign(&key(1), body).map(|_| ())
    };
    assert_eq!(shared(limits::REASON_BYTES), Ok(()));
    assert_eq!(shared(limits::REASON_BYTES + 2), Err(Refused::Form(Fault::Text)));
}

#[test]
fn an_over_long_number_is_another_spelling_and_refused() {
    let statement = signed().remove(0);
    // A Found begins with: no plan, circle. The same nothing as a longer number would be a second spelling.
    let mut bytes = statement.bytes().to_vec();
    assert_eq!(bytes[..2], [0, 0]);
    bytes.splice(1..2, [0x80, 0x00]);
    let signature = key(1).sign(Domain::Statement, &bytes);
    let refused = Statement::read(&bytes, signature);
    assert_eq!(refused, Err(Refused::Form(Fault::Bytes(Malformed::NotCanonical))));
}

proptest! {
    #[test]
    fn rubbish_is_refused_and_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Statement::read(&bytes, key(1).sign(Domain::Statement, &bytes)).is_err());
    }

    #[test]
    fn almost_statements_are_refused_or_read_as_the_very_bytes(
        kind in 0usize..8, at: prop::sample::Index, with: u8, signed: bool,
    ) {
        let statement = self::signed().remove(kind);
        let mut bytes = statement.bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = with;
        let signature = if signed { key(1).sign(Domain::Statement, &bytes) } else { statement.signature() };
        if let Ok(read) = Statement::read(&bytes, signature) {
            prop_assert_eq!(read.bytes(), &bytes[..]);
            prop_assert_eq!(encode(&read.id()), blake3_of(&bytes));
        }
    }
}

fn blake3_of(bytes: &[u8]) -> Vec<u8> {
    blake3::hash(bytes).as_bytes().to_vec()
}
