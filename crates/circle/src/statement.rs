//! A statement: signed bytes that were read in their one spelling and whose signature holds.

use std::sync::Arc;

use seal::{DeviceId, DeviceKey, Domain, OpeningKey, PersonId, PlanId, Signature, StatementId, encode, verify};
use serde::Serialize;

use crate::{
    body::{Act, Body, Graph, Introduction},
    wire::{self, Fault},
};

/// One signed statement. Exists only parsed, canonical, and with its signature strictly checked. Cheap to clone.
#[derive(Clone)]
pub struct Statement(Arc<Inner>);

struct Inner {
    id: StatementId,
    body: Body,
    bytes: Vec<u8>,
    signature: Signature,
}

/// Why bytes are not taken for a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Their form is wrong.
    #[error(transparent)]
    Form(#[from] Fault),
    /// The signature does not hold.
    #[error("signature does not hold")]
    Forged,
    /// The key is another device's, or the kind is one this version does not know.
    #[error("not ours to sign")]
    NotOurs,
}

impl Statement {
    /// Reads what somebody sent. The bytes are kept as they are and re-sent, never re-made.
    pub fn read(bytes: &[u8], signature: Signature) -> Result<Statement, Refused> {
        let body = wire::read(bytes)?;
        verify(body.issuer, Domain::Statement, bytes, &signature).map_err(|_| Refused::Forged)?;
        Ok(Statement::made(body, bytes.to_vec(), signature))
    }

    /// Signs what this device says.
    pub fn sign(key: &DeviceKey, body: Body) -> Result<Statement, Refused> {
        if body.issuer != key.id() || matches!(body.act, Act::Unknown { .. }) {
            return Err(Refused::NotOurs);
        }
        let bytes = wire::write(&body)?;
        let signature = key.sign(Domain::Statement, &bytes);
        Ok(Statement::made(body, bytes, signature))
    }

    /// A statement that was read before, come back from this device's own encrypted store.
    ///
    /// Only what reads that store may call this (clippy forbids it elsewhere): the signature is not checked again, because
    /// this device's data key sealed the record after it was.
    pub fn recall(bytes: &[u8], signature: Signature) -> Result<Statement, Refused> {
        Ok(Statement::made(wire::read(bytes)?, bytes.to_vec(), signature))
    }

    fn made(body: Body, bytes: Vec<u8>, signature: Signature) -> Statement {
        let id = StatementId::new(*blake3::hash(&bytes).as_bytes());
        Statement(Arc::new(Inner { id, body, bytes, signature }))
    }

    /// Its name: blake3 of its bytes, without the signature.
    pub fn id(&self) -> StatementId {
        self.0.id
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        &self.0.body
    }

    /// What it does.
    pub fn act(&self) -> &Act {
        &self.0.body.act
    }

    /// The device that signed it.
    pub fn issuer(&self) -> DeviceId {
        self.0.body.issuer
    }

    /// The bytes that were signed.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The issuer's signature over the bytes.
    pub fn signature(&self) -> Signature {
        self.0.signature
    }

    /// The plan it belongs to: a Found is the plan.
    pub fn plan(&self) -> PlanId {
        self.0.body.plan.unwrap_or(PlanId::from(self.0.id))
    }

    /// The graph it is placed in: a NewDocument is the first of its own document's.
    pub fn graph(&self) -> Graph {
        match self.0.body.graph {
            Graph::Opening => Graph::Document(self.0.id.into()),
            graph @ (Graph::Circle | Graph::Document(_)) => graph,
        }
    }
}

impl PartialEq for Statement {
    fn eq(&self, other: &Statement) -> bool {
        // Not the signature: it can be remade, and then it is still the same statement.
        self.0.id == other.0.id
    }
}

impl Eq for Statement {}

impl std::fmt::Debug for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Statement({:?})", self.0.id)
    }
}

/// What a key that is not the speaker's own agrees to inside a statement. Signed under `alongside/ticket/1`.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Consent<'a> {
    /// The ticket's key: this device and introduction may knock with me.
    Join {
        /// The plan knocked at.
        plan: PlanId,
        /// The newcomer's device.
        device: DeviceId,
        /// Who they say they are.
        person: &'a Introduction,
        /// The key behind their words.
        recovery: DeviceId,
        /// To which keys are sealed for the newcomer's device.
        opens: OpeningKey,
    },
    /// The new device's key: I am one more device of this person.
    Link {
        /// The plan.
        plan: PlanId,
        /// The person.
        person: PersonId,
        /// The person's device that links it.
        by: DeviceId,
        /// To which keys are sealed for the new device.
        opens: OpeningKey,
    },
    /// The key behind some words: I am named in the Found that this device signs.
    Founding {
        /// What makes that Found another than all others.
        nonce: [u8; 16],
        /// The founding device.
        device: DeviceId,
    },
    /// The key behind some words: I am named in what this key signs in this plan, a Join or a NewRecoveryKey.
    Words {
        /// The plan.
        plan: PlanId,
        /// The newcomer's device, or the recovery key before.
        by: DeviceId,
    },
}

impl Consent<'_> {
    /// Agrees.
    pub fn sign(&self, key: &DeviceKey) -> Signature {
        key.sign(Domain::Ticket, &encode(self))
    }

    /// Whether this key agreed to exactly this.
    pub fn holds(&self, key: DeviceId, proof: &Signature) -> bool {
        verify(key, Domain::Ticket, &encode(self), proof).is_ok()
    }
}
