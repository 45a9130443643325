//! What a statement says: where it stands, who speaks, what they had seen, by what right, and the act itself.

use seal::{DeviceId, DocId, PersonId, PlanId, Signature, StatementId, Time};
use serde::{Deserialize, Serialize};

/// The version of the rules this program knows. A circle or document with a higher one is kept and passed on, read-only.
pub const RULES: u16 = 1;

/// Which of a plan's graphs a statement belongs to. A circle statement never names a document: that a part exists is
/// itself private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Graph {
    /// Who belongs and what standing they have.
    Circle,
    /// Said by a NewDocument only: it opens the graph that its own id names.
    Opening,
    /// Who may do what with one document.
    Document(DocId),
}

/// The statements a speaker rests on, both in the past of what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grants {
    /// What gave the device its place: a Found, Confirm or LinkDevice.
    pub device: StatementId,
    /// What gave its person the standing used: a Found or Confirm.
    pub standing: StatementId,
}

/// Everything in a statement but its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The plan; a Found has none, since its own id becomes the plan's.
    pub plan: Option<PlanId>,
    /// The graph it belongs to.
    pub graph: Graph,
    /// The device that signs it.
    pub issuer: DeviceId,
    /// The heads its issuer had seen of the same graph: sorted, at most [`crate::limits::HEADS`].
    pub after: Vec<StatementId>,
    /// In a document's graph, the heads its issuer had seen of the circle's: sorted, as bounded.
    pub circle_after: Vec<StatementId>,
    /// By what right; a Found and a Join rest on nothing.
    pub grants: Option<Grants>,
    /// When, by its issuer's clock. Orders nothing and decides nothing.
    pub at: Time,
    /// What is done.
    pub act: Act,
}

/// What a statement does. Kinds that a later version adds are `Unknown` here: kept, passed on, never guessed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Begins a plan and its circle.
    Found(Found),
    /// Lets whoever holds a ticket's key knock.
    Invite(Invite),
    /// A newcomer asks to come in.
    Join(Join),
    /// Lets one exact newcomer in.
    Confirm(Confirm),
    /// Another device of the same person.
    LinkDevice(LinkDevice),
    /// Begins a document.
    NewDocument(NewDocument),
    /// Says what someone may do with a document.
    Share(Share),
    /// Opens a new chapter for the issuing device.
    Renew(Renew),
    /// A kind this version does not know.
    Unknown {
        /// Its number.
        kind: u16,
        /// Its bytes as they came.
        bytes: Vec<u8>,
    },
}

/// How a person introduces themselves to a circle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Introduction {
    /// Their name, never empty.
    pub name: String,
    /// What they are to the person whose plan it is: "sister", "social worker".
    pub relationship: String,
    /// Where they work, if that is why they are here.
    pub organisation: String,
}

/// Begins a plan. Its id is the plan's, and its founder's person id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The rules the circle is read by.
    pub rules: u16,
    /// Makes two plans two, even if all else is the same.
    pub nonce: [u8; 16],
    /// Founded for oneself, which protects the founder; otherwise the founder is an ordinary first owner.
    pub for_self: bool,
    /// Who founds it.
    pub founder: Introduction,
    /// The key behind the founder's 24 words, if they made any.
    pub recovery: Option<DeviceId>,
}

/// Lets whoever holds the ticket's key knock, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The public half of the ticket's one-time key.
    pub key: DeviceId,
    /// The most that a Confirm resting on it can give.
    pub standing: Standing,
    /// What they are asked to be. `circle` knows no role names; it is passed on as it is.
    pub role: String,
    /// When confirming devices stop taking it. No rule reads it.
    pub expires: Time,
}

/// Asks to come in. Its id is the person's; its issuer is their first device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The public half of the ticket's key.
    pub invite: DeviceId,
    /// Who asks, in their own words.
    pub person: Introduction,
    /// The key behind their 24 words, if they made any.
    pub recovery: Option<DeviceId>,
    /// The ticket's key over all of the above, the plan and the device: see [`crate::Consent`].
    pub proof: Signature,
}

/// Lets the person of one Join in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// The exact Join that was shown; it is among the heads named.
    pub join: StatementId,
    /// The standing given.
    pub standing: Standing,
}

/// Gives the issuing person one more device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDevice {
    /// The new device.
    pub device: DeviceId,
    /// What its owner calls it: "the laptop in the kitchen".
    pub name: String,
    /// The new device's own agreement: see [`crate::Consent`].
    pub proof: Signature,
}

/// Begins a document. Its id is the document's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDocument {
    /// The rules its statements and edits are read by.
    pub rules: u16,
    /// The part it holds, as a code: "about-me".
    pub kind: String,
    /// Makes two documents of one kind two.
    pub nonce: [u8; 16],
    /// Whose it is: `None` the plan's owners', otherwise the person who opens it.
    pub owner: Option<PersonId>,
    /// If it is a voice: whose, and about which document. Only that person's devices may write it.
    pub voice_of: Option<(PersonId, DocId)>,
}

/// Says what someone may do with a document, and why. It is the information-sharing agreement, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Whom it speaks of.
    pub who: Who,
    /// What they may do from now on; less than before takes away.
    pub access: Access,
    /// Why, in the sharer's words.
    pub why: String,
    /// On what basis: consent, best interest, a law.
    pub basis: String,
    /// Until when devices send. No rule reads it.
    pub until: Option<Time>,
}

/// Whom a Share speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Who {
    /// Everyone of the circle who has no Share of their own.
    Everyone,
    /// One person.
    Person(PersonId),
}

/// Opens a new chapter for its issuer in this document: after a restored back-up, or to write again after rights changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renew {
    /// Makes a restored device's Renew another than the one it forgot.
    pub nonce: [u8; 16],
}

/// What a person is to the circle, from the most senior down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// The person whose plan it is. Nobody takes standing or devices from them.
    Protected,
    /// Holds the plan.
    Owner,
    /// Lets people in: lead practitioner, key worker.
    Coordinator,
    /// Belongs.
    Member,
}

/// What a person may do with a document, from nothing up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Access {
    /// Not even know that it exists.
    Nothing,
    /// Read.
    View,
    /// Read, and propose in one's own voice.
    Suggest,
    /// Write.
    Edit,
}

impl Standing {
    /// May let somebody in with this standing: never more than one's own, and nobody makes anyone protected this way.
    pub fn may_give(self, given: Standing) -> bool {
        self <= Standing::Coordinator && given >= self && given != Standing::Protected
    }

    /// May begin a document that belongs to the plan's owners.
    pub fn may_open_for_the_plan(self) -> bool {
        self <= Standing::Coordinator
    }

    /// May decide over the documents that belong to the plan.
    pub fn owns_the_plan(self) -> bool {
        self <= Standing::Owner
    }
}
