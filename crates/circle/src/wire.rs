//! The one way to write a body, and what is refused of its form before anything is asked about its meaning.
//!
//! | plan? | graph | issuer 32 | after .. | circle after .. | grants? | at | kind u16 | act .. |   postcard, see `docs/protocol.md`
//!
//! The act is bytes inside bytes, so that a kind this version does not know leaves the rest readable.

use seal::{DeviceId, Malformed, PlanId, STATEMENT_BYTES, StatementId, Time, decode, encode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    body::{Act, Body, Grants, Graph, Introduction, Keep, NewKey, Standing},
    limits::{CODE_BYTES, HEADS, NAME_BYTES, REASON_BYTES, UNKNOWN_ACT_BYTES, WRAPS},
};

/// What is wrong with the form of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes are not the one encoding of a statement.
    #[error(transparent)]
    Bytes(#[from] Malformed),
    /// A list is longer than it may be, unsorted, or holds something twice.
    #[error("a list that is too long, unsorted or doubled")]
    List,
    /// A text is longer than it may be, empty where it must not be, or hides control characters.
    #[error("a text that is too long, empty or hides characters")]
    Text,
    /// The act does not belong into this graph, or something it needs there is missing or too much.
    #[error("an act out of its place")]
    Place,
    /// The act gives what nobody may give.
    #[error("gives what nobody may give")]
    Gift,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    plan: Option<PlanId>,
    graph: Graph,
    issuer: DeviceId,
    after: Vec<StatementId>,
    circle_after: Vec<StatementId>,
    grants: Option<Grants>,
    at: Time,
    kind: u16,
    act: Vec<u8>,
}

const FOUND: u16 = 1;
const INVITE: u16 = 2;
const JOIN: u16 = 3;
const CONFIRM: u16 = 4;
const LINK_DEVICE: u16 = 5;
const SET_STANDING: u16 = 6;
const REMOVE: u16 = 7;
const HAND_OVER: u16 = 8;
const LEAVE: u16 = 9;
const NEW_RECOVERY_KEY: u16 = 10;
const NEW_DOCUMENT: u16 = 32;
const SHARE: u16 = 33;
const RENEW: u16 = 34;
const UNSHARE: u16 = 35;
const REFUSE: u16 = 36;
const KEEP: u16 = 37;
const BAR: u16 = 38;
const NEW_KEY: u16 = 39;

/// The bytes of a body whose form is right.
pub fn write(body: &Body) -> Result<Vec<u8>, Fault> {
    check(body)?;
    let (kind, act) = match &body.act {
        Act::Found(act) => (FOUND, encode(act)),
        Act::Invite(act) => (INVITE, encode(act)),
        Act::Join(act) => (JOIN, encode(act)),
        Act::Confirm(act) => (CONFIRM, encode(act)),
        Act::LinkDevice(act) => (LINK_DEVICE, encode(act)),
        Act::SetStanding(act) => (SET_STANDING, encode(act)),
        Act::Remove(act) => (REMOVE, encode(act)),
        Act::HandOver(act) => (HAND_OVER, encode(act)),
        Act::Leave => (LEAVE, Vec::new()),
        Act::NewRecoveryKey(act) => (NEW_RECOVERY_KEY, encode(act)),
        Act::NewDocument(act) => (NEW_DOCUMENT, encode(act)),
        Act::Share(act) => (SHARE, encode(act)),
        Act::Renew(act) => (RENEW, encode(act)),
        Act::Unshare(act) => (UNSHARE, encode(act)),
        Act::Refuse(act) => (REFUSE, encode(act)),
        Act::Keep(act) => (KEEP, encode(act)),
        Act::Bar(act) => (BAR, encode(act)),
        Act::NewKey(act) => (NEW_KEY, encode(act)),
        Act::Unknown { kind, bytes } => (*kind, bytes.clone()),
    };
    let Body { plan, graph, issuer, after, circle_after, grants, at, act: _ } = body.clone();
    let bytes = encode(&Wire { plan, graph, issuer, after, circle_after, grants, at, kind, act });
    if bytes.len() > STATEMENT_BYTES {
        return Err(Fault::Bytes(Malformed::TooLong));
    }
    Ok(bytes)
}

/// The body of some bytes, if they are its only spelling and its form is right.
pub fn read(bytes: &[u8]) -> Result<Body, Fault> {
    let Wire { plan, graph, issuer, after, circle_after, grants, at, kind, act } = decode(bytes, STATEMENT_BYTES)?;
    let act = match kind {
        FOUND => Act::Found(inner(&act)?),
        INVITE => Act::Invite(inner(&act)?),
        JOIN => Act::Join(inner(&act)?),
        CONFIRM => Act::Confirm(inner(&act)?),
        LINK_DEVICE => Act::LinkDevice(inner(&act)?),
        SET_STANDING => Act::SetStanding(inner(&act)?),
        REMOVE => Act::Remove(inner(&act)?),
        HAND_OVER => Act::HandOver(inner(&act)?),
        LEAVE if act.is_empty() => Act::Leave,
        LEAVE => return Err(Fault::Place),
        NEW_RECOVERY_KEY => Act::NewRecoveryKey(inner(&act)?),
        NEW_DOCUMENT => Act::NewDocument(inner(&act)?),
        SHARE => Act::Share(inner(&act)?),
        RENEW => Act::Renew(inner(&act)?),
        UNSHARE => Act::Unshare(inner(&act)?),
        REFUSE => Act::Refuse(inner(&act)?),
        KEEP => Act::Keep(inner(&act)?),
        BAR => Act::Bar(inner(&act)?),
        NEW_KEY => Act::NewKey(inner(&act)?),
        _ => Act::Unknown { kind, bytes: act },
    };
    let body = Body { plan, graph, issuer, after, circle_after, grants, at, act };
    check(&body)?;
    Ok(body)
}

fn inner<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    Ok(decode(bytes, STATEMENT_BYTES)?)
}

fn check(body: &Body) -> Result<(), Fault> {
    heads(&body.after)?;
    heads(&body.circle_after)?;
    placed(body)?;
    match &body.act {
        Act::Found(found) => introduction(&found.founder),
        Act::Invite(invite) => {
            code(&invite.role)?;
            given(invite.standing)
        }
        Act::Join(join) => introduction(&join.person),
        Act::Confirm(confirm) => {
            // The Join is a head that this statement joins to the rest: nothing else ever names it.
            body.after.binary_search(&confirm.join).map_err(|_| Fault::Place)?;
            given(confirm.standing)
        }
        Act::LinkDevice(link) => line(&link.name, NAME_BYTES),
        Act::SetStanding(set) => {
            upto(set.upto.as_deref())?;
            given(set.standing)
        }
        Act::Remove(remove) => upto(remove.upto.as_deref()),
        Act::HandOver(_) | Act::Leave | Act::NewRecoveryKey(_) => Ok(()),
        Act::NewDocument(new) => code(&new.kind),
        Act::Share(share) => {
            prose(&share.why)?;
            prose(&share.basis)
        }
        Act::Renew(_) => Ok(()),
        Act::Unshare(unshare) => prose(&unshare.why),
        Act::Refuse(refuse) => {
            prose(&refuse.why)?;
            prose(&refuse.basis)
        }
        Act::Keep(Keep { edits, statements }) => {
            heads(edits)?;
            heads(statements)
        }
        Act::Bar(bar) => prose(&bar.why),
        Act::NewKey(NewKey { epoch: _, wraps }) => {
            let sorted = wraps.windows(2).all(|pair| pair[0].device < pair[1].device);
            let fits = wraps.len() <= WRAPS && wraps.iter().all(|wrap| wrap.sealed.len() == seal::WRAP_BYTES);
            if sorted && fits { Ok(()) } else { Err(Fault::List) }
        }
        Act::Unknown { bytes, .. } if bytes.len() > UNKNOWN_ACT_BYTES => Err(Fault::Bytes(Malformed::TooLong)),
        Act::Unknown { .. } => Ok(()),
    }
}

/// Each act has one place: what it must name and what it must not.
fn placed(body: &Body) -> Result<(), Fault> {
    let (plan, after, circle_after, grants) =
        (body.plan.is_some(), !body.after.is_empty(), !body.circle_after.is_empty(), body.grants.is_some());
    let right = match (&body.act, body.graph) {
        (Act::Found(_), Graph::Circle) => !plan && !after && !circle_after && !grants,
        (Act::Join(_), Graph::Circle) => plan && !after && !circle_after && !grants,
        (
            Act::Invite(_)
            | Act::Confirm(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_),
            Graph::Circle,
        ) => plan && after && !circle_after && grants,
        (Act::NewDocument(_), Graph::Opening) => plan && !after && circle_after && grants,
        (
            Act::Share(_)
            | Act::Renew(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_),
            Graph::Document(_),
        ) => plan && after && circle_after && grants,
        // What a later version adds is said by somebody who has a place, or it could not be told from rubbish.
        (Act::Unknown { .. }, Graph::Circle) => plan && after && !circle_after && grants,
        (Act::Unknown { .. }, Graph::Document(_)) => plan && after && circle_after && grants,
        (
            Act::Found(_)
            | Act::Join(_)
            | Act::Invite(_)
            | Act::Confirm(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::NewDocument(_)
            | Act::Share(_)
            | Act::Renew(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_)
            | Act::Unknown { .. },
            Graph::Circle | Graph::Opening | Graph::Document(_),
        ) => false,
    };
    if right { Ok(()) } else { Err(Fault::Place) }
}

fn upto(ids: Option<&[StatementId]>) -> Result<(), Fault> {
    ids.map_or(Ok(()), heads)
}

fn heads<Id: Ord>(ids: &[Id]) -> Result<(), Fault> {
    let sorted = ids.windows(2).all(|pair| pair[0] < pair[1]);
    if sorted && ids.len() <= HEADS { Ok(()) } else { Err(Fault::List) }
}

fn given(standing: Standing) -> Result<(), Fault> {
    if standing == Standing::Protected { Err(Fault::Gift) } else { Ok(()) }
}

fn introduction(who: &Introduction) -> Result<(), Fault> {
    let Introduction { name, relationship, organisation } = who;
    if name.trim().is_empty() {
        return Err(Fault::Text);
    }
    line(name, NAME_BYTES)?;
    line(relationship, NAME_BYTES)?;
    line(organisation, NAME_BYTES)
}

/// A short kebab-case word that programs compare.
pub(crate) fn code(text: &str) -> Result<(), Fault> {
    let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if plain && text.len() <= CODE_BYTES && !text.is_empty() { Ok(()) } else { Err(Fault::Text) }
}

fn line(text: &str, limit: usize) -> Result<(), Fault> {
    let plain = text.len() <= limit && !text.chars().any(|char| char.is_control() || is_hidden(char));
    if plain { Ok(()) } else { Err(Fault::Text) }
}

fn prose(text: &str) -> Result<(), Fault> {
    let hidden = |char: char| (char.is_control() && char != '\n') || is_hidden(char);
    if text.len() <= REASON_BYTES && !text.chars().any(hidden) { Ok(()) } else { Err(Fault::Text) }
}

/// Characters that turn the reading direction or stand for nothing, with which one name imitates another. The two joiners
/// (U+200C, U+200D) stay: Persian names and family emoji need them.
fn is_hidden(char: char) -> bool {
    matches!(char, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
