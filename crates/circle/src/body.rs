//! What a statement says: where it stands, who speaks, what they had seen, by what right, and the act itself.

use seal::{DeviceId, DocId, EditHash, EpochId, OpeningKey, PersonId, PlanId, Signature, StatementId, Time};
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
    /// What gave the device its place: a Found, Confirm, LinkDevice, or for a recovery key also a NewRecoveryKey.
    pub device: StatementId,
    /// What gave its person the standing used: a Found, Confirm, SetStanding or HandOver.
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
    /// Changes what a person is to the circle.
    SetStanding(SetStanding),
    /// Ends a person's or a device's place.
    Remove(Remove),
    /// Makes the person whom the plan is about its protected owner.
    HandOver(HandOver),
    /// The issuing person goes.
    Leave,
    /// Replaces a person's recovery key, signed with the one before.
    NewRecoveryKey(NewRecoveryKey),
    /// Begins a document.
    NewDocument(NewDocument),
    /// Says what someone may do with a document.
    Share(Share),
    /// Opens a new chapter for the issuing device.
    Renew(Renew),
    /// Ends what was shared with somebody in particular.
    Unshare(Unshare),
    /// Decides not to share, and says why.
    Refuse(Refuse),
    /// Puts what its issuer had seen beyond the reach of a removal.
    Keep(Keep),
    /// Shuts an edit out of a document.
    Bar(Bar),
    /// A new key for what leaves the circle's own devices sealed.
    NewKey(NewKey),
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
    /// Whom the plan is about.
    pub whose: Whose,
    /// Who founds it.
    pub founder: Introduction,
    /// The key behind the founder's 24 words.
    pub recovery: DeviceId,
    /// To which keys of documents are sealed for the founding device.
    pub opens: OpeningKey,
    /// That key's own agreement: see [`crate::Consent`].
    pub agreed: Signature,
}

/// Whom a plan is about, as its Found says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whose {
    /// Its founder, whom that protects.
    Founder,
    /// Somebody who is not here yet. It protects nobody until it is handed over: its founder is an ordinary first owner.
    Another {
        /// The key behind the 24 words that were written down for them. Who joins with it needs no one's leave.
        words: DeviceId,
        /// That key's own agreement: see [`crate::Consent`].
        agreed: Signature,
    },
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
    /// For a visit: when it ends. No rule reads it.
    pub until: Option<Time>,
}

/// Asks to come in. Its id is the person's; its issuer is their first device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The public half of the ticket's key.
    pub invite: DeviceId,
    /// Who asks, in their own words.
    pub person: Introduction,
    /// The key behind their 24 words.
    pub recovery: DeviceId,
    /// To which keys of documents are sealed for their device.
    pub opens: OpeningKey,
    /// The ticket's key over all of the above, the plan and the device: see [`crate::Consent`].
    pub proof: Signature,
    /// The agreement of the key behind the words: nobody comes with the words of somebody else.
    pub agreed: Signature,
}

/// Lets the person of one Join in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// The exact Join that was shown; it is among the heads named.
    pub join: StatementId,
    /// The standing given.
    pub standing: Standing,
    /// For a visit: when it ends, by every device's own clock. No rule reads it.
    pub until: Option<Time>,
}

/// Gives the issuing person one more device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDevice {
    /// The new device.
    pub device: DeviceId,
    /// What its owner calls it: "the laptop in the kitchen".
    pub name: String,
    /// To which keys of documents are sealed for it.
    pub opens: OpeningKey,
    /// The new device's own agreement: see [`crate::Consent`].
    pub proof: Signature,
}

/// Changes what a person is to the circle, up or down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetStanding {
    /// Whose standing.
    pub person: PersonId,
    /// What it is from now on.
    pub standing: Standing,
    /// When it lowers: the heads up to which their statements stand. `None`: all its issuer had seen.
    pub upto: Option<Vec<StatementId>>,
}

/// Ends a place in the circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remove {
    /// Whose.
    pub whom: Whom,
    /// The heads up to which their statements stand. `None`: all its issuer had seen; earlier ones undo a spree with one act.
    pub upto: Option<Vec<StatementId>>,
}

/// Who or what is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whom {
    /// A person with all their devices.
    Person(PersonId),
    /// One device: lost, stolen, given away.
    Device {
        /// Which.
        device: DeviceId,
        /// Also what it linked, and what that linked.
        and_linked: bool,
    },
}

/// Makes a person the protected owner of a plan that was founded for somebody else. It is never undone.
///
/// Signed by the founding device; or with the words that were written down for the person, and then it lets their Join in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The person the plan is about.
    pub to: PersonId,
}

/// Replaces a person's recovery key. Only the key before it can sign this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRecoveryKey {
    /// The new one.
    pub key: DeviceId,
    /// The new one's own agreement: see [`crate::Consent`].
    pub agreed: Signature,
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

/// Ends what Shares it had seen gave somebody in particular: a person has again what everyone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unshare {
    /// Whom it speaks of.
    pub who: Who,
    /// Why.
    pub why: String,
}

/// Decides that somebody is not to see a document, whatever everyone may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refuse {
    /// Whom it speaks of.
    pub who: Who,
    /// Why not.
    pub why: String,
    /// On what basis.
    pub basis: String,
}

/// *What I had seen*: edits and statements that a removal does not hold back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// Heads of the document's edits: sorted.
    pub edits: Vec<EditHash>,
    /// Heads of the document's statements: sorted.
    pub statements: Vec<StatementId>,
}

/// Shuts an edit, and with it what builds on it, out of a document on every device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Which.
    pub edit: EditHash,
    /// Why.
    pub why: String,
}

/// A document's key for a new epoch: its edits are sealed with it from now on when they leave the circle's own devices. Or the
/// key of an epoch that was begun before, for readers who lack it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// Which key: blake3 of it under its own context. It begins here if nothing in the past names it.
    pub epoch: EpochId,
    /// The key, sealed to each reading device: sorted by device.
    pub wraps: Vec<Wrap>,
}

/// A document's key sealed to one device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wrap {
    /// The device that can open it.
    pub device: DeviceId,
    /// HPKE's encapsulated key and ciphertext: [`seal::WRAP_BYTES`] of them.
    pub sealed: Vec<u8>,
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

    /// May let people in, change what they are, and remove them: those who are not senior.
    pub fn may_let_in(self) -> bool {
        self <= Standing::Coordinator
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
