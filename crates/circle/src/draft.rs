//! The right next statement for each act: heads and grants filled in, and refused here, before it is signed, if others would.

use std::collections::BTreeMap;

use seal::{DeviceId, DeviceKey, DocId, EditHash, OpeningKey, PersonId, PlanId, Signature, StatementId, Time};

use crate::{
    body::{
        Act, Bar, Body, Confirm, Found, Grants, Graph, HandOver, Introduction, Invite, Join, Keep, LinkDevice,
        NewDocument, NewKey, NewRecoveryKey, RULES, Refuse, Remove, Renew, SetStanding, Share, Standing, Unshare,
        Whose,
    },
    dag::{Dag, Past},
    ledger::{Denied, Ledger},
    limits::{HEADS, HEADS_OF_ONE},
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

/// Who begins or joins a plan, and with which keys.
#[derive(Debug)]
pub struct Newcomer {
    /// Their device.
    pub device: DeviceId,
    /// To which keys of documents are sealed for it: [`DeviceKey::opening`].
    pub opens: OpeningKey,
    /// The key behind the 24 words just made for them, which agrees to be theirs.
    pub words: DeviceKey,
    /// Who they say they are.
    pub called: Introduction,
}

/// Begins a plan: `Ledger::new(Statement::sign(key, found(..))?)`. `theirs` is the key behind the words written down for the
/// person whom it is about, if that is not its founder.
pub fn found(newcomer: Newcomer, theirs: Option<&DeviceKey>, at: Time, dice: [u8; 16]) -> Body {
    let Newcomer { device, opens, words, called: founder } = newcomer;
    let consent = Consent::Founding { nonce: dice, device };
    let another = |words: &DeviceKey| Whose::Another { words: words.id(), agreed: consent.sign(words) };
    let (whose, agreed) = (theirs.map_or(Whose::Founder, another), consent.sign(&words));
    let act = Act::Found(Found { rules: RULES, nonce: dice, whose, founder, recovery: words.id(), opens, agreed });
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
pub fn join(ticket: &Ticket, newcomer: Newcomer, at: Time) -> Body {
    join_by(&ticket.key(), ticket.plan, newcomer, at)
}

/// Knocks with the words that were written down for the person whom the plan is about; [`hand_over_by_words`] follows.
pub fn join_by(key: &DeviceKey, plan: PlanId, newcomer: Newcomer, at: Time) -> Body {
    let Newcomer { device, opens, words, called: person } = newcomer;
    let recovery = words.id();
    let proof = Consent::Join { plan, device, person: &person, recovery, opens }.sign(key);
    let agreed = Consent::Words { plan, by: device }.sign(&words);
    let act = Act::Join(Join { invite: key.id(), person, recovery, opens, proof, agreed });
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
    let act = Act::Confirm(Confirm { join, standing: invited.invite.standing, until: invited.invite.until });
    in_circle(ledger, device, at, act, &[join, knock.invite])
}

/// Lets somebody in again who was removed or left, and who comes with the Join they came with before.
pub fn readmit(
    ledger: &Ledger,
    device: DeviceId,
    at: Time,
    person: PersonId,
    standing: Standing,
    until: Option<Time>,
) -> Result<Body, Hindrance> {
    let join = StatementId::from(person);
    let mut body = drafted(ledger, device, at, Act::Confirm(Confirm { join, standing, until }), &[join])?;
    // The Join lies under the heads already; a Confirm names it all the same.
    if let Err(place) = body.after.binary_search(&join) {
        body.after.insert(place, join);
    }
    checked(ledger, body)
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
    Consent::Link { plan, person, by, opens: new.opening() }.sign(new)
}

/// Links another device of the same person, which agreed.
pub fn link_device(ledger: &Ledger, device: DeviceId, at: Time, link: LinkDevice) -> Result<Body, Hindrance> {
    in_circle(ledger, device, at, Act::LinkDevice(link), &[])
}

/// Changes what a person is to the circle. Lowering them: sign a [`keep`] for each document first.
pub fn set_standing(ledger: &Ledger, device: DeviceId, at: Time, set: SetStanding) -> Result<Body, Hindrance> {
    in_circle(ledger, device, at, Act::SetStanding(set), &[])
}

/// Removes a person or a device. Sign a [`keep`] for each document first.
pub fn remove(ledger: &Ledger, device: DeviceId, at: Time, remove: Remove) -> Result<Body, Hindrance> {
    in_circle(ledger, device, at, Act::Remove(remove), &[])
}

/// The issuing person goes.
pub fn leave(ledger: &Ledger, device: DeviceId, at: Time) -> Result<Body, Hindrance> {
    in_circle(ledger, device, at, Act::Leave, &[])
}

/// Hands a plan that was founded for somebody else over to a person of its circle, from the founding device.
pub fn hand_over(ledger: &Ledger, device: DeviceId, at: Time, to: PersonId) -> Result<Body, Hindrance> {
    handed_over(ledger, device, at, to, &[])
}

/// Lets the holder of the words that were written down for them in as the person the plan is about. `words` is the public
/// key behind those words, which also signs it; the Join is among the knocks.
pub fn hand_over_by_words(ledger: &Ledger, words: DeviceId, at: Time, join: StatementId) -> Result<Body, Hindrance> {
    handed_over(ledger, words, at, join.into(), &[join])
}

/// Puts another recovery key in the place of the one that signs this.
pub fn new_recovery_key(ledger: &Ledger, recovery: DeviceId, at: Time, new: &DeviceKey) -> Result<Body, Hindrance> {
    let agreed = Consent::Words { plan: ledger.plan(), by: recovery }.sign(new);
    in_circle(ledger, recovery, at, Act::NewRecoveryKey(NewRecoveryKey { key: new.id(), agreed }), &[])
}

/// Ends what was shared with somebody in particular. Sign a [`keep`] first.
pub fn unshare(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, unshare: Unshare) -> Result<Body, Hindrance> {
    in_document(ledger, device, at, doc, Act::Unshare(unshare))
}

/// Decides that somebody is not to see a document. Sign a [`keep`] first.
pub fn refuse(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, refuse: Refuse) -> Result<Body, Hindrance> {
    in_document(ledger, device, at, doc, Act::Refuse(refuse))
}

/// Says what this device has seen of a document: these edits, and every statement it holds.
pub fn keep(
    ledger: &Ledger,
    device: DeviceId,
    at: Time,
    doc: DocId,
    mut edits: Vec<EditHash>,
) -> Result<Body, Hindrance> {
    let sheet = ledger.sheet(doc).ok_or(Hindrance::NoDocument)?;
    edits.sort();
    edits.truncate(HEADS);
    let statements = heads(ledger, (sheet.dag(), sheet.opaque()), &[]);
    in_document(ledger, device, at, doc, Act::Keep(Keep { edits, statements }))
}

/// Puts edits of a document back, and nothing that was said about it.
pub fn put_back(
    ledger: &Ledger,
    device: DeviceId,
    at: Time,
    doc: DocId,
    mut edits: Vec<EditHash>,
) -> Result<Body, Hindrance> {
    edits.sort();
    edits.truncate(HEADS);
    in_document(ledger, device, at, doc, Act::Keep(Keep { edits, statements: Vec::new() }))
}

/// Shuts an edit out of a document.
pub fn bar(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, bar: Bar) -> Result<Body, Hindrance> {
    in_document(ledger, device, at, doc, Act::Bar(bar))
}

/// Says a document's key. See [`crate::begin_epoch`] and [`crate::pass_on`].
pub fn new_key(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, new: NewKey) -> Result<Body, Hindrance> {
    in_document(ledger, device, at, doc, Act::NewKey(new))
}

fn handed_over(
    ledger: &Ledger,
    issuer: DeviceId,
    at: Time,
    to: PersonId,
    also: &[StatementId],
) -> Result<Body, Hindrance> {
    let found = ledger.found().id();
    let mut needed = vec![found];
    needed.extend(also);
    let body = Body {
        plan: Some(ledger.plan()),
        graph: Graph::Circle,
        issuer,
        after: in_sight(ledger, &needed),
        circle_after: Vec::new(),
        grants: Some(Grants { device: found, standing: found }),
        at,
        act: Act::HandOver(HandOver { to }),
    };
    checked(ledger, body)
}

fn in_circle(ledger: &Ledger, device: DeviceId, at: Time, act: Act, also: &[StatementId]) -> Result<Body, Hindrance> {
    let body = drafted(ledger, device, at, act, also)?;
    checked(ledger, body)
}

fn drafted(ledger: &Ledger, device: DeviceId, at: Time, act: Act, also: &[StatementId]) -> Result<Body, Hindrance> {
    let grants = ledger.grants(device).ok_or(Hindrance::NoPlace)?;
    let mut needed = vec![grants.device, grants.standing];
    needed.extend(also);
    Ok(Body {
        plan: Some(ledger.plan()),
        graph: Graph::Circle,
        issuer: device,
        after: in_sight(ledger, &needed),
        circle_after: Vec::new(),
        grants: Some(grants),
        at,
        act,
    })
}

fn in_document(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, act: Act) -> Result<Body, Hindrance> {
    let sheet = ledger.sheet(doc).ok_or(Hindrance::NoDocument)?;
    let mut body = rested(ledger, device, at, Graph::Document(doc), act)?;
    body.after = heads(ledger, (sheet.dag(), sheet.opaque()), &[]);
    checked(ledger, body)
}

fn rested(ledger: &Ledger, device: DeviceId, at: Time, graph: Graph, act: Act) -> Result<Body, Hindrance> {
    let grants = ledger.grants(device).ok_or(Hindrance::NoPlace)?;
    let circle_after = in_sight(ledger, &[grants.device, grants.standing]);
    let (plan, after) = (Some(ledger.plan()), Vec::new());
    Ok(Body { plan, graph, issuer: device, after, circle_after, grants: Some(grants), at, act })
}

/// What is from a newer version keeps this one from saying more, but never from taking away: it would shield whoever said it.
/// Nothing that is drafted here names it, so it is judged like anything else.
fn checked(ledger: &Ledger, body: Body) -> Result<Body, Hindrance> {
    let named = !body.after.is_empty() || body.graph == Graph::Opening;
    if ledger.is_read_only(body.graph) && !(named && takes_away(ledger, &body)) {
        return Err(Hindrance::ReadOnly);
    }
    ledger.weigh(&body)?;
    Ok(body)
}

/// Whether a body takes away, says what was seen before that, or is what the words bring their holder back with.
fn takes_away(ledger: &Ledger, body: &Body) -> bool {
    match &body.act {
        Act::Remove(_)
        | Act::Leave
        | Act::NewRecoveryKey(_)
        | Act::Unshare(_)
        | Act::Refuse(_)
        | Act::Keep(_)
        | Act::Bar(_) => true,
        Act::SetStanding(set) => ledger.standing(set.person).is_some_and(|standing| set.standing > standing),
        Act::LinkDevice(_) => ledger.whose_words(body.issuer).is_some(),
        Act::HandOver(_) => ledger.circle().is_words(body.issuer),
        Act::Found(_)
        | Act::Invite(_)
        | Act::Join(_)
        | Act::Confirm(_)
        | Act::NewDocument(_)
        | Act::Share(_)
        | Act::Renew(_)
        | Act::NewKey(_)
        | Act::Unknown { .. } => false,
    }
}

/// The heads of the circle to name.
fn in_sight(ledger: &Ledger, needed: &[StatementId]) -> Vec<StatementId> {
    heads(ledger, (ledger.circle().dag(), ledger.circle().opaque()), needed)
}

/// The heads to name of a graph: the latest first if there are too many, only so many of one person, and whatever of `needed`
/// does not lie under them. What is from a newer version is not named.
fn heads(ledger: &Ledger, (dag, opaque): (&Dag, &Past), needed: &[StatementId]) -> Vec<StatementId> {
    let mut heads = dag.heads_without(opaque);
    heads.sort_by_key(|id| std::cmp::Reverse(dag.place(*id).map(|place| dag.generation(place))));
    let mut named: BTreeMap<Option<PersonId>, usize> = BTreeMap::new();
    heads.retain(|id| {
        let whose = dag.place(*id).and_then(|place| ledger.once_of(dag.at(place).issuer()));
        let of_one = named.entry(whose).or_default();
        *of_one += 1;
        *of_one <= HEADS_OF_ONE
    });
    heads.truncate(HEADS - needed.len());
    let under = dag.under(&heads);
    heads.extend(needed.iter().filter(|id| !dag.place(**id).is_some_and(|place| under.has(place))));
    heads.sort();
    heads.dedup();
    heads
}
