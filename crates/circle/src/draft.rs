//! The right next statement for each act: heads and grants filled in, and refused here, before it is signed, if others would.

use seal::{DeviceId, DeviceKey, DocId, PersonId, PlanId, Signature, StatementId, Time};

use crate::{
    body::{
        Act, Body, Confirm, Found, Graph, Introduction, Invite, Join, LinkDevice, NewDocument, RULES, Renew, Share,
    },
    dag::Dag,
    ledger::{Denied, Ledger},
    limits::HEADS,
    statement::Consent,
    ticket::Ticket,
};

/// Why there is nothing to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// This device has no place in the circle.
    #[error("this device has no place in the circle")]
    NoPlace,
    /// The document is not held here.
    #[error("no such document")]
    NoDocument,
    /// Nobody with an invitation that stands and is unused has knocked with this Join.
    #[error("nobody knocks with an invitation that stands")]
    NoKnock,
    /// The invitation's time is over by this device's clock.
    #[error("the invitation has expired")]
    Expired,
    /// The graph holds something from a newer version.
    #[error("from a newer version")]
    ReadOnly,
    /// Others would refuse it.
    #[error(transparent)]
    Denied(#[from] Denied),
}

/// Begins a plan: `Ledger::new(Statement::sign(key, found(..))?)`.
pub fn found(device: DeviceId, founder: Introduction, for_self: bool, at: Time, dice: [u8; 16]) -> Body {
    let act = Act::Found(Found { rules: RULES, nonce: dice, for_self, founder, recovery: None });
    Body {
        plan: None,
        graph: Graph::Circle,
        issuer: device,
        after: Vec::new(),
        circle_after: Vec::new(),
        grants: None,
        at,
        act,
    }
}

/// Invites whoever will hold the key of `invite`.
pub fn invite(ledger: &Ledger, device: DeviceId, at: Time, invite: Invite) -> Result<Body, Hindrance> {
    in_circle(ledger, device, at, Act::Invite(invite), &[])
}

/// Knocks with a ticket. Needs no ledger: the newcomer has none.
pub fn join(ticket: &Ticket, device: DeviceId, person: Introduction, at: Time) -> Body {
    let (plan, key, recovery) = (ticket.plan, ticket.key(), None);
    let proof = Consent::Join { plan, device, person: &person, recovery }.sign(&key);
    let act = Act::Join(Join { invite: key.id(), person, recovery, proof });
    Body {
        plan: Some(plan),
        graph: Graph::Circle,
        issuer: device,
        after: Vec::new(),
        circle_after: Vec::new(),
        grants: None,
        at,
        act,
    }
}

/// Lets the person of a Join in, now that the words were compared. The standing is the invitation's.
///
/// The Join must be among the ledger's knocks. That an invitation ends with its hour is decided here, by the confirming
/// device's clock, and nowhere else.
pub fn confirm(ledger: &Ledger, device: DeviceId, at: Time, join: StatementId) -> Result<Body, Hindrance> {
    let knocks = ledger.knocks();
    let knock = knocks.iter().find(|knock| knock.join.id() == join).ok_or(Hindrance::NoKnock)?;
    let invites = ledger.invites();
    let invited = invites.iter().find(|invited| invited.id == knock.invite).ok_or(Hindrance::NoKnock)?;
    if invited.invite.expires <= at {
        return Err(Hindrance::Expired);
    }
    let act = Act::Confirm(Confirm { join, standing: invited.invite.standing });
    in_circle(ledger, device, at, act, &[join, knock.invite])
}

/// Begins a document.
pub fn new_document(ledger: &Ledger, device: DeviceId, at: Time, new: NewDocument) -> Result<Body, Hindrance> {
    let body = rested(ledger, device, at, Graph::Opening, Act::NewDocument(new))?;
    checked(ledger, body)
}

/// Says what someone may do with a document.
pub fn share(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, share: Share) -> Result<Body, Hindrance> {
    in_document(ledger, device, at, doc, Act::Share(share))
}

/// Opens a new chapter of this device in a document.
pub fn renew(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, dice: [u8; 16]) -> Result<Body, Hindrance> {
    in_document(ledger, device, at, doc, Act::Renew(Renew { nonce: dice }))
}

/// The new device's agreement to be linked to `by`, a device of `person`. Made on the new device.
pub fn agree_to_link(new: &DeviceKey, plan: PlanId, person: PersonId, by: DeviceId) -> Signature {
    Consent::Link { plan, person, by }.sign(new)
}

/// Links another device of the same person, which agreed.
pub fn link_device(ledger: &Ledger, device: DeviceId, at: Time, link: LinkDevice) -> Result<Body, Hindrance> {
    in_circle(ledger, device, at, Act::LinkDevice(link), &[])
}

fn in_circle(ledger: &Ledger, device: DeviceId, at: Time, act: Act, also: &[StatementId]) -> Result<Body, Hindrance> {
    let grants = ledger.grants(device).ok_or(Hindrance::NoPlace)?;
    let mut needed = vec![grants.device, grants.standing];
    needed.extend(also);
    let body = Body {
        plan: Some(ledger.plan()),
        graph: Graph::Circle,
        issuer: device,
        after: heads(ledger.circle().dag(), &needed),
        circle_after: Vec::new(),
        grants: Some(grants),
        at,
        act,
    };
    checked(ledger, body)
}

fn in_document(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, act: Act) -> Result<Body, Hindrance> {
    let sheet = ledger.sheet(doc).ok_or(Hindrance::NoDocument)?;
    let mut body = rested(ledger, device, at, Graph::Document(doc), act)?;
    body.after = heads(sheet.dag(), &[]);
    checked(ledger, body)
}

fn rested(ledger: &Ledger, device: DeviceId, at: Time, graph: Graph, act: Act) -> Result<Body, Hindrance> {
    let grants = ledger.grants(device).ok_or(Hindrance::NoPlace)?;
    let circle_after = heads(ledger.circle().dag(), &[grants.device, grants.standing]);
    let (plan, after) = (Some(ledger.plan()), Vec::new());
    Ok(Body { plan, graph, issuer: device, after, circle_after, grants: Some(grants), at, act })
}

fn checked(ledger: &Ledger, body: Body) -> Result<Body, Hindrance> {
    if ledger.is_read_only(body.graph) {
        return Err(Hindrance::ReadOnly);
    }
    ledger.weigh(&body)?;
    Ok(body)
}

/// The heads to name: the latest first if there are too many, and whatever of `needed` does not lie under them.
fn heads(dag: &Dag, needed: &[StatementId]) -> Vec<StatementId> {
    let mut heads: Vec<StatementId> = dag.heads().iter().copied().collect();
    heads.sort_by_key(|id| std::cmp::Reverse(dag.place(*id).map(|place| dag.generation(place))));
    heads.truncate(HEADS - needed.len());
    let under = dag.under(&heads);
    heads.extend(needed.iter().filter(|id| !dag.place(**id).is_some_and(|place| under.has(place))));
    heads.sort();
    heads.dedup();
    heads
}
