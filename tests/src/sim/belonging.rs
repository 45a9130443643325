//! The circle of a simulated world: who founds it, who is let in, which documents there are and who may do what.

use std::sync::Arc;

use circle::{
    Access, Body, Introduction, Invite, Ledger, LinkDevice, NewDocument, Placed, RULES, Remove, Share, Standing,
    Statement, Ticket, Who,
    draft::{self, Newcomer},
};
use seal::{DeviceKey, DocId, EditHash, PlanId, Time};
use zeroize::Zeroizing;

const NEVER: Time = Time(i64::MAX);

/// A key from a number, the same in every run.
pub fn key(number: u64) -> Arc<DeviceKey> {
    let mut seed = [0x33; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    Arc::new(DeviceKey::from_seed(&Zeroizing::new(seed)))
}

pub fn found(founder: &DeviceKey, dice: [u8; 16]) -> Statement {
    sign(founder, draft::found(newcomer(founder, "ann"), Some(&somebodys()), Time(0), dice))
}

/// Lets somebody in, from invitation to confirmation, on the ledger of who lets them in.
pub fn let_in(
    ledger: &mut Ledger,
    by: &DeviceKey,
    who: &DeviceKey,
    name: &str,
    standing: Standing,
    at: Time,
) -> Option<Vec<Statement>> {
    let mut seed = *blake3::hash(who.id().as_bytes()).as_bytes();
    seed[0] = seed[0].wrapping_add(u8::try_from(at.0 & 0xff).unwrap_or(0));
    let once = DeviceKey::from_seed(&Zeroizing::new(seed));
    let invite = Invite { key: once.id(), standing, role: "friend".into(), expires: NEVER, until: None };
    let invite = sign(by, draft::invite(ledger, by.id(), at, invite).ok()?);
    let mut all = placed(ledger.place(invite.clone()))?;
    let ticket = ticket(ledger.plan(), by, &once);
    let join = sign(who, draft::join(&ticket, newcomer(who, name), at));
    ledger.place(join.clone());
    let confirm = sign(by, draft::confirm(ledger, by.id(), at, join.id()).ok()?);
    all.extend(placed(ledger.place(confirm))?);
    Some(all)
}

/// Links one more device of `by`'s person.
pub fn link(ledger: &mut Ledger, by: &DeviceKey, new: &DeviceKey, at: Time) -> Option<Vec<Statement>> {
    let person = ledger.person_of(by.id())?;
    let proof = draft::agree_to_link(new, ledger.plan(), person, by.id());
    let link = LinkDevice { device: new.id(), name: "laptop".into(), opens: new.opening(), proof };
    placed(ledger.place(sign(by, draft::link_device(ledger, by.id(), at, link).ok()?)))
}

/// A document that everyone may edit, or only its people.
pub fn open(
    ledger: &mut Ledger,
    by: &DeviceKey,
    readers: &[(Who, Access)],
    at: Time,
    nonce: u64,
) -> Option<(DocId, Vec<Statement>)> {
    let mut dice = [0; 16];
    dice[..8].copy_from_slice(&nonce.to_be_bytes());
    let new = NewDocument { rules: RULES, kind: "about-me".into(), nonce: dice, owner: None, voice_of: None };
    let new = sign(by, draft::new_document(ledger, by.id(), at, new).ok()?);
    let doc = DocId::from(new.id());
    let mut all = placed(ledger.place(new))?;
    for (who, access) in readers {
        all.extend(share(ledger, by, doc, *who, *access, at)?);
    }
    Some((doc, all))
}

pub fn share(
    ledger: &mut Ledger,
    by: &DeviceKey,
    doc: DocId,
    who: Who,
    access: Access,
    at: Time,
) -> Option<Vec<Statement>> {
    let share = Share { who, access, why: "to plan together".into(), basis: "consent".into(), until: None };
    placed(ledger.place(sign(by, draft::share(ledger, by.id(), at, doc, share).ok()?)))
}

pub fn renew(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, at: Time, dice: [u8; 16]) -> Option<Vec<Statement>> {
    placed(ledger.place(sign(by, renewal(ledger, by, doc, at, dice)?)))
}

/// What would be signed to open a new chapter.
pub fn renewal(ledger: &Ledger, by: &DeviceKey, doc: DocId, at: Time, dice: [u8; 16]) -> Option<Body> {
    draft::renew(ledger, by.id(), at, doc, dice).ok()
}

/// What somebody would sign to knock with a ticket's key.
pub fn knock(plan: PlanId, who: &DeviceKey, once: &DeviceKey) -> Body {
    draft::join(&ticket(plan, who, once), newcomer(who, "crowd"), Time(0))
}

fn ticket(plan: PlanId, inviter: &DeviceKey, once: &DeviceKey) -> Ticket {
    Ticket {
        plan,
        inviter: inviter.id(),
        addresses: Vec::new(),
        key: once.seed(),
        role: "friend".into(),
        parts: Vec::new(),
        expires: NEVER,
    }
}

/// Says what was seen of a document, beyond the reach of a removal.
pub fn keep(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, heads: Vec<EditHash>, at: Time) -> Option<Vec<Statement>> {
    placed(ledger.place(sign(by, draft::keep(ledger, by.id(), at, doc, heads).ok()?)))
}

pub fn remove(ledger: &mut Ledger, by: &DeviceKey, remove: Remove, at: Time) -> Option<Vec<Statement>> {
    placed(ledger.place(sign(by, draft::remove(ledger, by.id(), at, remove).ok()?)))
}

fn placed(placed: Placed) -> Option<Vec<Statement>> {
    match placed {
        Placed::New(all) => Some(all),
        Placed::Known | Placed::Knock | Placed::Early { .. } | Placed::Refused(_) => None,
    }
}

fn sign(key: &DeviceKey, body: Body) -> Statement {
    Statement::sign(key, body).expect("the draft is right")
}

/// Plans here are about somebody who never comes.
fn somebodys() -> DeviceKey {
    DeviceKey::from_seed(&Zeroizing::new([0x77; 32]))
}

fn newcomer(device: &DeviceKey, name: &str) -> Newcomer {
    let words = DeviceKey::from_seed(&Zeroizing::new(*device.id().as_bytes()));
    let called = Introduction { name: name.into(), relationship: "friend".into(), organisation: String::new() };
    Newcomer { device: device.id(), opens: device.opening(), words, called }
}
