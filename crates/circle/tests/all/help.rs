//! People and devices for the tests of `circle`: keys from numbers, statements signed as a device would.

use circle::{
    Access, Act, Body, Grants, Graph, Introduction, Invite, Knock, Ledger, NewDocument, Placed, RULES, Share, Standing,
    Statement, Ticket, Who,
    draft::{self, Newcomer},
};
use seal::{DeviceKey, DocId, PersonId, StatementId, Time};
use zeroize::Zeroizing;

/// Before this hour every invitation in the tests stands.
pub const NOW: Time = Time(1_000);
/// After it none does.
pub const LATE: Time = Time(1_000_000);

pub fn key(number: u16) -> DeviceKey {
    let mut seed = [0x5a; 32];
    seed[..2].copy_from_slice(&number.to_be_bytes());
    DeviceKey::from_seed(&Zeroizing::new(seed))
}

pub fn called(name: &str) -> Introduction {
    Introduction { name: name.into(), relationship: "friend".into(), organisation: String::new() }
}

pub fn sign(key: &DeviceKey, body: Body) -> Statement {
    Statement::sign(key, body).expect("the body is right")
}

/// Somebody with a first device and the words that go with it.
pub fn newcomer(device: &DeviceKey, name: &str) -> Newcomer {
    Newcomer { device: device.id(), opens: device.opening(), words: words(device), called: called(name) }
}

/// The key behind the 24 words of whoever's first device this is.
pub fn words(device: &DeviceKey) -> DeviceKey {
    DeviceKey::from_seed(&Zeroizing::new(*blake3::hash(device.id().as_bytes()).as_bytes()))
}

/// The key behind the words written down for the person whom a plan is about that somebody else founded.
pub fn heirs_words() -> DeviceKey {
    key(0x7fff)
}

/// A plan that `founder` begins.
pub fn plan_of(founder: &DeviceKey, for_self: bool) -> Ledger {
    let theirs = (!for_self).then(heirs_words);
    let body = draft::found(newcomer(founder, "Amina"), theirs.as_ref(), NOW, [1; 16]);
    Ledger::new(sign(founder, body)).expect("it is a Found")
}

/// Places a statement that must be new.
pub fn place(ledger: &mut Ledger, statement: Statement) -> StatementId {
    let id = statement.id();
    match ledger.place(statement) {
        Placed::New(_) => id,
        other => panic!("not placed: {other:?}"),
    }
}

pub fn invitation(by: &DeviceKey, ledger: &Ledger, ticket: u16, standing: Standing) -> (Statement, Ticket) {
    let ticket = self::ticket(ledger, by, ticket);
    let invite = Invite { key: ticket.key().id(), standing, role: "family".into(), expires: LATE, until: None };
    (sign(by, draft::invite(ledger, by.id(), NOW, invite).expect("may invite")), ticket)
}

pub fn ticket(ledger: &Ledger, inviter: &DeviceKey, number: u16) -> Ticket {
    let (plan, inviter) = (ledger.plan(), inviter.id());
    let key = key(number ^ 0x8000).seed();
    Ticket { plan, inviter, addresses: Vec::new(), key, role: "family".into(), parts: Vec::new(), expires: LATE }
}

pub fn joining(who: &DeviceKey, ticket: &Ticket, name: &str) -> Statement {
    sign(who, draft::join(ticket, newcomer(who, name), NOW))
}

/// Brings somebody in from invitation to confirmation, all on one ledger.
pub fn welcome(ledger: &mut Ledger, by: &DeviceKey, who: &DeviceKey, number: u16, standing: Standing) -> PersonId {
    let (invite, ticket) = invitation(by, ledger, number, standing);
    place(ledger, invite);
    let join = joining(who, &ticket, "Newcomer");
    assert_eq!(ledger.place(join.clone()), Placed::Knock);
    let confirm = draft::confirm(ledger, by.id(), NOW, join.id()).expect("may confirm");
    place(ledger, sign(by, confirm));
    join.id().into()
}

pub fn part(nonce: u8) -> NewDocument {
    NewDocument { rules: RULES, kind: "about-me".into(), nonce: [nonce; 16], owner: None, voice_of: None }
}

pub fn open(ledger: &mut Ledger, by: &DeviceKey, new: NewDocument) -> DocId {
    let body = draft::new_document(ledger, by.id(), NOW, new).expect("may open a document");
    place(ledger, sign(by, body)).into()
}

pub fn sharing(who: Who, access: Access) -> Share {
    Share { who, access, why: "so that we can plan together".into(), basis: "consent".into(), until: None }
}

pub fn share(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, who: Who, access: Access) -> StatementId {
    let body = draft::share(ledger, by.id(), NOW, doc, sharing(who, access)).expect("may share");
    place(ledger, sign(by, body))
}

/// A circle statement by hand, for what the drafts would refuse.
pub fn by_hand(ledger: &Ledger, by: &DeviceKey, after: &[StatementId], grants: Grants, act: Act) -> Body {
    let mut after = after.to_vec();
    after.sort();
    after.dedup();
    Body {
        plan: Some(ledger.plan()),
        graph: Graph::Circle,
        issuer: by.id(),
        after,
        circle_after: Vec::new(),
        grants: Some(grants),
        at: NOW,
        act,
    }
}

/// Everything in a ledger, in one causal order.
pub fn everything(ledger: &Ledger) -> Vec<Statement> {
    let mut all: Vec<Statement> = ledger.since(Graph::Circle, &[]).into_iter().cloned().collect();
    for document in ledger.documents() {
        all.extend(ledger.since(Graph::Document(document.id), &[]).into_iter().cloned());
    }
    all
}

/// Everything a ledger answers, as text that can be compared.
pub fn answers(ledger: &Ledger) -> String {
    let mut text = Vec::new();
    let people: Vec<_> = ledger.people().collect();
    text.push(format!("{people:?} {:?}", ledger.devices().collect::<Vec<_>>()));
    let mut invites = ledger.invites();
    invites.sort_by_key(|invited| invited.id);
    text.push(format!("{invites:?} {:?} {}", ledger.heads(Graph::Circle), ledger.is_read_only(Graph::Circle)));
    let words: Vec<_> = ledger.recovery_keys().map(|(key, _)| (key, ledger.whose_words(key))).collect();
    text.push(format!("{words:?} {:?}", ledger.awaited_words()));
    for (device, _) in ledger.devices() {
        text.push(format!("{device:?} {:?}", ledger.grants(device)));
    }
    let mut all = everything(ledger);
    all.sort_by_key(Statement::id);
    for statement in &all {
        text.push(format!("{statement:?} {}", ledger.in_effect(statement.id())));
    }
    for document in ledger.documents() {
        let graph = Graph::Document(document.id);
        text.push(format!("{document:?} {:?} {}", ledger.heads(graph), ledger.is_read_only(graph)));
        text.push(format!("{:?} {:?}", ledger.live_key(document.id), ledger.lacking(document.id)));
        for person in &people {
            text.push(format!("{:?}", ledger.access(document.id, person.id)));
        }
        for (device, _) in ledger.devices() {
            let chapter = ledger.chapter(document.id, device);
            let chain = chapter.map(|chapter| seal::chain_id(document.id, device, chapter));
            let right = chain.map(|chain| (ledger.own_right(document.id, chain), ledger.author(document.id, chain)));
            text.push(format!("{chapter:?} {right:?} {}", ledger.may_read(document.id, device)));
        }
    }
    text.join("\n")
}

/// The names of those who knock.
pub fn names(knocks: &[Knock]) -> Vec<String> {
    let name = |knock: &Knock| match knock.join.act() {
        Act::Join(join) => join.person.name.clone(),
        other => panic!("no Join: {other:?}"),
    };
    knocks.iter().map(name).collect()
}
