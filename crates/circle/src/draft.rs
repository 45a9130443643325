//! The right next statement for each act: heads and grants filled in, and refused before it is signed what others would refuse.

use seal::{DeviceId, DeviceKey, DocId, PersonId, Signature, StatementId, Time};

use crate::{
    body::{Body, Introduction, Invite, NewDocument, Share, Standing},
    ledger::Ledger,
    statement::Statement,
    ticket::Ticket,
};

/// Why there is nothing to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// This device has no place in the circle.
    #[error("this device has no place in the circle")]
    NoPlace,
    /// Its person may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// The document is not held here.
    #[error("no such document")]
    NoDocument,
    /// No invitation that stands and is unused fits.
    #[error("no such invitation, or it is used")]
    NoInvite,
    /// The invitation's time is over by this device's clock.
    #[error("the invitation has expired")]
    Expired,
    /// The newcomer's key did not agree.
    #[error("without the newcomer's agreement")]
    NoConsent,
    /// The graph holds something from a newer version.
    #[error("from a newer version")]
    ReadOnly,
}

/// Begins a plan: `Ledger::new(Statement::sign(key, found(..))?)`.
pub fn found(device: DeviceId, founder: Introduction, for_self: bool, at: Time, dice: [u8; 16]) -> Body {
    todo!()
}

/// Invites whoever will hold the key of `invite`.
pub fn invite(ledger: &Ledger, device: DeviceId, at: Time, invite: Invite) -> Result<Body, Hindrance> {
    todo!()
}

/// Knocks with a ticket. Needs no ledger: the newcomer has none.
pub fn join(ticket: &Ticket, device: DeviceId, person: Introduction, at: Time) -> Body {
    todo!()
}

/// Lets the person of a Join in, now that the words were compared. The standing is the invitation's.
pub fn confirm(ledger: &Ledger, device: DeviceId, at: Time, join: StatementId) -> Result<Body, Hindrance> {
    todo!()
}

/// Begins a document. The ledger decides whether it may be begun for the plan's owners.
pub fn new_document(ledger: &Ledger, device: DeviceId, at: Time, new: NewDocument) -> Result<Body, Hindrance> {
    todo!()
}

/// Says what someone may do with a document.
pub fn share(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, share: Share) -> Result<Body, Hindrance> {
    todo!()
}

/// Opens a new chapter of this device in a document.
pub fn renew(ledger: &Ledger, device: DeviceId, at: Time, doc: DocId, dice: [u8; 16]) -> Result<Body, Hindrance> {
    todo!()
}

/// The new device's agreement to be linked, made there.
pub fn agree_to_link(key: &DeviceKey, ledger_plan: seal::PlanId, person: PersonId, by: DeviceId) -> Signature {
    todo!()
}

/// Links another device of the same person, which agreed.
pub fn link_device(
    ledger: &Ledger,
    device: DeviceId,
    at: Time,
    new: DeviceId,
    name: String,
    agreed: Signature,
) -> Result<Body, Hindrance> {
    todo!()
}
