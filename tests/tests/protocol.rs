//! The golden bytes of every signed kind, as `docs/protocol.md` gives them: what is signed today must be read in ten years.
//!
//! If one of these changes, devices that hold older plans no longer agree with newer ones. Then it is not this test that is
//! wrong: a new domain and a new version are needed.

use std::{fmt::Write as _, fs, path::Path};

use circle::{
    Access, Act, Bar, Body, Confirm, Found, Grants, Graph, HandOver, Introduction, Invite, Join, Keep, LinkDevice,
    NewDocument, NewKey, NewRecoveryKey, RULES, Refuse, Remove, Renew, SetStanding, Share, Standing, Statement, Ticket,
    Unshare, Who, Whom, Whose, Wrap, safety_words,
};
use seal::{
    ChainId, DeviceKey, DocId, Domain, Edit, EditHash, EpochKey, Head, NotAnEdit, PersonId, PlanId, Seq, Signature,
    StatementId, Time, Tip,
};
use zeroize::Zeroizing;

#[test]
fn the_protocol_page_gives_the_bytes_that_are_signed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/protocol.md");
    let page = fs::read_to_string(page).expect("docs/protocol.md can be read");
    let wanted = golden();
    assert!(page.contains(&wanted), "docs/protocol.md should hold these lines:\n{wanted}");
}

#[test]
fn every_golden_statement_is_read_back_as_it_was_signed() {
    for (name, statement) in statements() {
        let again = Statement::read(statement.bytes(), statement.signature()).expect(name);
        assert_eq!(again.body(), statement.body(), "{name}");
        assert_eq!(again.id(), statement.id(), "{name}");
    }
}

/// The lines of the page: a name, and what belongs to it in hexadecimal.
fn golden() -> String {
    let mut lines = String::new();
    let mut line = |name: &str, bytes: &[u8]| {
        let _ = writeln!(lines, "{name:<22} {}", hex(bytes));
    };
    for (name, statement) in statements() {
        line(name, statement.bytes());
        line("  id", statement.id().as_bytes());
        line("  signature", statement.signature().as_bytes());
    }
    let edit =
        Edit::read(DocId::new([5; 32]), [1, 2, 3].as_slice().into(), three_bytes).expect("a head of three bytes");
    line("edit signature", Tip::sign(&key(1), PlanId::new([4; 32]), &edit).signature.as_bytes());
    line("proof signature", key(1).sign(Domain::Proof, &[7; 128]).as_bytes());
    let epoch = EpochKey::from_dice(Zeroizing::new([3; 32]));
    line("epoch", epoch.id().as_bytes());
    let wrapped = epoch
        .wrap(PlanId::new([1; 32]), DocId::new([2; 32]), key(4).opening(), Zeroizing::new([9; 32]))
        .expect("a key");
    line("wrapped key", &wrapped);
    let ticket = ticket();
    let _ = writeln!(lines, "{:<22} {}", "ticket", ticket.encode().expect("a small ticket"));
    let words = safety_words(PlanId::new([4; 32]), key(1).id(), b"the bytes of a Join", &[9; 32]);
    let _ = writeln!(lines, "{:<22} {}", "safety words", words.join(" "));
    lines
}

/// One statement of each kind, by fixed keys and with fixed ids.
fn statements() -> Vec<(&'static str, Statement)> {
    let device = key(1).id();
    let (plan, doc) = (Some(PlanId::new([4; 32])), DocId::new([5; 32]));
    let (one, two) = (StatementId::new([10; 32]), StatementId::new([11; 32]));
    let grants = Some(Grants { device: one, standing: one });
    let amina = Introduction { name: "Amina".into(), relationship: "myself".into(), organisation: String::new() };
    let in_circle = |after: Vec<StatementId>, act| Body {
        plan,
        graph: Graph::Circle,
        issuer: device,
        after,
        circle_after: vec![],
        grants,
        at: Time(1_700_000_000_000),
        act,
    };
    let (recovery, opens) = (key(4).id(), key(1).opening());
    let found = Act::Found(Found {
        rules: RULES,
        nonce: [2; 16],
        whose: Whose::Founder,
        founder: amina.clone(),
        recovery,
        opens,
        agreed: Signature::new([7; 64]),
    });
    let invite = Invite {
        key: key(3).id(),
        standing: Standing::Member,
        role: "carer".into(),
        expires: Time(1_700_086_400_000),
        until: None,
    };
    let join = Join {
        invite: key(3).id(),
        person: amina,
        recovery,
        opens,
        proof: Signature::new([6; 64]),
        agreed: Signature::new([7; 64]),
    };
    let link = LinkDevice { device: key(2).id(), name: "the laptop".into(), opens, proof: Signature::new([6; 64]) };
    let document = NewDocument { rules: RULES, kind: "about-me".into(), nonce: [2; 16], owner: None, voice_of: None };
    let share = Share {
        who: Who::Person(PersonId::new([8; 32])),
        access: Access::Edit,
        why: "she helps me".into(),
        basis: "consent".into(),
        until: None,
    };
    let in_document = |act| Body { graph: Graph::Document(doc), circle_after: vec![two], ..in_circle(vec![one], act) };
    let somebody = PersonId::new([8; 32]);
    let lowered = SetStanding { person: somebody, standing: Standing::Member, upto: None };
    let removed = Remove { whom: Whom::Person(somebody), upto: Some(vec![one]) };
    let lost = Remove { whom: Whom::Device { device: key(2).id(), and_linked: true }, upto: None };
    let refused =
        Refuse { who: Who::Person(somebody), why: "I would rather not".into(), basis: "my own decision".into() };
    let unshared = Unshare { who: Who::Everyone, why: "no longer needed".into() };
    let kept = Keep { edits: vec![EditHash::new([14; 32])], statements: vec![one] };
    let barred = Bar { edit: EditHash::new([14; 32]), why: "it cannot be shown".into() };
    let wraps = vec![Wrap { device: key(2).id(), sealed: vec![15; 80] }];
    let bodies = [
        ("Found", Body { plan: None, grants: None, ..in_circle(vec![], found) }),
        ("Invite", in_circle(vec![one], Act::Invite(invite))),
        ("Join", Body { grants: None, ..in_circle(vec![], Act::Join(join)) }),
        (
            "Confirm",
            in_circle(vec![one, two], Act::Confirm(Confirm { join: two, standing: Standing::Member, until: None })),
        ),
        ("LinkDevice", in_circle(vec![one], Act::LinkDevice(link))),
        ("SetStanding", in_circle(vec![one], Act::SetStanding(lowered))),
        ("Remove a person", in_circle(vec![one], Act::Remove(removed))),
        ("Remove a device", in_circle(vec![one], Act::Remove(lost))),
        ("HandOver", in_circle(vec![one], Act::HandOver(HandOver { to: somebody }))),
        ("Leave", in_circle(vec![one], Act::Leave)),
        (
            "NewRecoveryKey",
            in_circle(
                vec![one],
                Act::NewRecoveryKey(NewRecoveryKey { key: key(5).id(), agreed: Signature::new([7; 64]) }),
            ),
        ),
        (
            "NewDocument",
            Body { graph: Graph::Opening, circle_after: vec![two], ..in_circle(vec![], Act::NewDocument(document)) },
        ),
        ("Share", in_document(Act::Share(share))),
        ("Renew", in_document(Act::Renew(Renew { nonce: [2; 16] }))),
        ("Unshare", in_document(Act::Unshare(unshared))),
        ("Refuse", in_document(Act::Refuse(refused))),
        ("Keep", in_document(Act::Keep(kept))),
        ("Bar", in_document(Act::Bar(barred))),
        ("NewKey", in_document(Act::NewKey(NewKey { epoch: seal::EpochId::new([16; 32]), wraps }))),
    ];
    bodies.map(|(name, body)| (name, Statement::sign(&key(1), body).expect(name))).into()
}

fn ticket() -> Ticket {
    Ticket {
        plan: PlanId::new([4; 32]),
        inviter: key(1).id(),
        addresses: vec!["/ip4/192.0.2.7/udp/4001/quic-v1".into()],
        key: Zeroizing::new([3; 32]),
        role: "carer".into(),
        parts: vec!["about-me".into()],
        expires: Time(1_700_086_400_000),
    }
}

fn key(seed: u8) -> DeviceKey {
    DeviceKey::from_seed(&Zeroizing::new([seed; 32]))
}

/// The head of an edit that is three bytes long: only the signature over it is of interest here.
fn three_bytes(_: &[u8]) -> Result<Head, NotAnEdit> {
    Ok(Head { chain: ChainId::new([12; 16]), seq: Seq::FIRST, hash: EditHash::new([13; 32]), after: vec![] })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
