//! Questions that change who belongs and who may do what, and questions about what is held back by that.
//!
//! Whoever takes something away signs first, in the same breath and the same flush, what they had seen of each document:
//! the node does that by itself. Each is answered once all of it is on this device's disk.

use circle::{Standing, Who};
use seal::{Admitted, DeviceId, DocId, EditHash, PersonId, PlanId, StatementId, Time};

/// Change what a person is to the circle, up or down.
#[derive(Debug, Clone, Copy)]
pub struct SetStanding {
    /// Which plan.
    pub plan: PlanId,
    /// Whose standing.
    pub person: PersonId,
    /// What it is from now on.
    pub standing: Standing,
}

/// Remove a person with all their devices. They keep the copy they have.
#[derive(Debug, Clone, Copy)]
pub struct RemovePerson {
    /// Which plan.
    pub plan: PlanId,
    /// Whom.
    pub person: PersonId,
    /// The first of their acts in the circle that is not to stand any more, to undo a spree; `None`: everything they did up to
    /// now stands.
    pub since: Option<StatementId>,
}

/// Remove one device: lost, stolen, given away.
#[derive(Debug, Clone, Copy)]
pub struct RemoveDevice {
    /// Which plan.
    pub plan: PlanId,
    /// Which device.
    pub device: DeviceId,
    /// Also what it linked, and what that linked.
    pub and_linked: bool,
}

/// Leave a plan. This device keeps the copy it has.
#[derive(Debug, Clone, Copy)]
pub struct Leave {
    /// Which plan.
    pub plan: PlanId,
}

/// Hand a plan that was founded for somebody else over to a person of its circle, for good.
#[derive(Debug, Clone, Copy)]
pub struct HandOver {
    /// Which plan.
    pub plan: PlanId,
    /// The person the plan is about.
    pub to: PersonId,
}

/// End what was shared with somebody in particular: a person has again what everyone has.
#[derive(Debug, Clone)]
pub struct Unshare {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// With whom it was shared.
    pub who: Who,
    /// Why no longer.
    pub why: String,
}

/// Decide that somebody is not to see a document, and say why.
#[derive(Debug, Clone)]
pub struct Refuse {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// Whom it is kept from.
    pub who: Who,
    /// Why.
    pub why: String,
    /// On what basis.
    pub basis: String,
}

/// Put what is held back of a person in a document back, whole and under their name.
#[derive(Debug, Clone, Copy)]
pub struct KeepHeld {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// Whose words.
    pub person: PersonId,
}

/// Shut an edit, and with it what builds on it, out of a document on every device.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// Which edit.
    pub edit: EditHash,
    /// Why.
    pub why: String,
}

/// Open the key with which this device would seal what it writes in a document, and say which it is. The key itself stays
/// where it is.
#[derive(Debug, Clone, Copy)]
pub struct LiveKey {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
}

/// What is held back in a plan: counted, not read.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// Which plan.
    pub plan: PlanId,
}

/// What is held back of one person in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBack {
    /// In which document.
    pub doc: DocId,
    /// Whose.
    pub person: PersonId,
    /// How many edits.
    pub edits: usize,
    /// Since when they do not belong any more, by the clock of whoever said so; `None` if they belong and it is for another
    /// reason.
    pub since: Option<Time>,
}

/// What is held back of one person in one document, as edits: only ever asked for by somebody who wants to read it.
#[derive(Debug, Clone, Copy)]
pub struct HeldWords {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// Whose words.
    pub person: PersonId,
}

/// What somebody wrote that is held back, with what it was written upon.
#[derive(Debug, Clone)]
pub struct HeldEdits {
    /// What counts and lies in its past, in causal order.
    pub past: Vec<Admitted>,
    /// That person's edits that are held back, and what else is of what they build on, in causal order.
    pub held: Vec<Admitted>,
}

/// My own voice about a document: begun if there is none yet. Only my devices write it; whoever may read the document reads
/// it.
#[derive(Debug, Clone, Copy)]
pub struct OpenVoice {
    /// Which plan.
    pub plan: PlanId,
    /// What it is about.
    pub doc: DocId,
}
