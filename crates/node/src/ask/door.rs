//! What is asked at the door: tickets, knocks, and who is let in.

use std::time::Duration;

use circle::Standing;
use seal::{DeviceId, DocId, PersonId, PlanId, StatementId, Time};

use super::ShareWith;

/// Make a ticket that lets one person knock.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Which plan.
    pub plan: PlanId,
    /// The role's name as in `device.md`; roles become shares at [`Confirm`].
    pub role: String,
    /// Where they will stand.
    pub standing: Standing,
    /// The kinds of documents they will get: for the joiner to read on the ticket, and remembered on this device.
    pub parts: Vec<String>,
    /// How long the ticket lasts; at most 24 hours.
    pub lasts: Duration,
    /// Whether this device's addresses stand in the ticket. Without, only devices on the same network find each other.
    pub addresses: bool,
    /// For a visit: when it ends.
    pub until: Option<Time>,
}

/// An invitation that was just made.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The ticket's text, `alongside1…`.
    pub ticket: String,
    /// When it ends.
    pub expires: Time,
    /// The statement that made it.
    pub invite: StatementId,
}

/// Knock with a ticket. Answered once the safety words are known; [`Enter`] waits for being let in.
#[derive(Debug, Clone)]
pub struct Join {
    /// The ticket's text.
    pub ticket: String,
    /// The joiner's name.
    pub name: String,
    /// What they are in the life of the person the plan is about.
    pub relationship: String,
    /// Whom they work for, or nothing.
    pub organisation: String,
}

/// Somebody at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// The plan.
    pub plan: PlanId,
    /// Who they will be once let in: the id of their Join.
    pub person: PersonId,
    /// The device they knock with.
    pub device: DeviceId,
    /// The name they give.
    pub name: String,
    /// What they say they are in the life of the person the plan is about.
    pub relationship: String,
    /// Whom they say they work for.
    pub organisation: String,
    /// The role they were invited as.
    pub role: String,
    /// Where they will stand; the joiner's own device does not know yet.
    pub standing: Option<Standing>,
    /// The public key of the ticket they hold: that of the Invite it was made with.
    pub invite: DeviceId,
    /// Since when they are waiting.
    pub since: Time,
    /// The four safety words. Only on the joiner's own device: whoever confirms types what the joiner reads out.
    pub words: Option<[&'static str; 4]>,
    /// Whether it is known already who this is: they came with a code, and no words are left to compare.
    pub known: bool,
    /// When their visit ends, if they come for one; the joiner's own device does not know yet.
    pub until: Option<Time>,
    /// The kinds of documents that were meant for them; `None` if another device invited them, which alone knows.
    pub parts: Option<Vec<String>>,
}

/// Wait until this device has been let into a plan (or a refusal is known).
#[derive(Debug, Clone, Copy)]
pub struct Enter {
    /// Which plan.
    pub plan: PlanId,
}

/// Who asks to come in. Never shows the safety words.
#[derive(Debug, Clone, Copy)]
pub struct Knocks {
    /// Which plan.
    pub plan: PlanId,
}

/// Let somebody in. Refused unless the words are those on their device.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// Which plan.
    pub plan: PlanId,
    /// Who: [`Knock::person`].
    pub person: PersonId,
    /// The four words the joiner reads out, parted by spaces; upper case and extra spaces do not matter. Not looked at if
    /// it is [`Knock::known`] who they are.
    pub words: String,
    /// What they may do with which document. The node knows no roles, so the caller says it all.
    pub shares: Vec<ShareWith>,
}

/// Do not let somebody in who knocks. They are told so, and come back only with another invitation.
#[derive(Debug, Clone, Copy)]
pub struct Decline {
    /// Which plan.
    pub plan: PlanId,
    /// Who: [`Knock::person`].
    pub person: PersonId,
}

/// Somebody who was just let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Who.
    pub person: PersonId,
    /// The Confirm that did it.
    pub confirm: StatementId,
    /// Documents that are not this device's to share (a coordinator lets people in, an owner shares): somebody else must.
    pub not_shared: Vec<DocId>,
}

/// Share what was meant with somebody whom another device let in with an invitation of this one
/// ([`crate::News::CameIn`]). Of documents about which somebody has spoken since, nothing is said.
#[derive(Debug, Clone)]
pub struct ShareMeant {
    /// Which plan.
    pub plan: PlanId,
    /// Who.
    pub person: PersonId,
    /// The invitation they came with.
    pub invite: StatementId,
    /// What they may do with which document.
    pub shares: Vec<ShareWith>,
}
