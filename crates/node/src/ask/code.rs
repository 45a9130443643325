//! Questions about short codes: showing one, and coming in with one.

use circle::Standing;
use seal::{PersonId, PlanId, Time};

use super::Knock;

/// Show a short code that lets one person in, or one more device of mine. Answered with the first code; every code, the
/// first too, is told as [`crate::News::Code`], and the next one comes by itself when one is over. Showing another ends this.
#[derive(Debug, Clone)]
pub struct ShowCode {
    /// Which plan.
    pub plan: PlanId,
    /// What whoever types it comes in as.
    pub lets_in: LetsIn,
}

/// What a code is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetsIn {
    /// Somebody new. They knock, and who confirms them need not compare words: the code did.
    Somebody {
        /// The role's name; roles become shares at [`super::Confirm`].
        role: String,
        /// Where they will stand.
        standing: Standing,
        /// The kinds of documents they will get.
        parts: Vec<String>,
        /// Until when, for a guest's visit.
        until: Option<Time>,
    },
    /// Another device of mine.
    MyDevice,
}

/// A code that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The code: `7-apple-river`.
    pub code: String,
    /// When it ends, if nobody types it before.
    pub ends: Time,
}

/// Show no code any more.
#[derive(Debug, Clone, Copy)]
pub struct HideCode;

/// Come in with a code. Answered once the device that shows it knows who comes; [`super::Enter`] waits for being let in.
#[derive(Debug, Clone)]
pub struct JoinByCode {
    /// The code as it was typed, and behind an `@` the address of the device that shows it if it cannot be seen from here.
    pub code: String,
    /// The joiner's name, should the code be for somebody new.
    pub name: String,
    /// What they are in the life of the person the plan is about.
    pub relationship: String,
    /// Whom they work for, or nothing.
    pub organisation: String,
    /// What this device is called, should the code be for another device of the same person.
    pub device: String,
}

/// Whom a code let this device meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// Somebody who invites: they know who knocks.
    Inviter(Box<Knock>),
    /// Another device of mine: this one is in.
    Mine {
        /// The plan.
        plan: PlanId,
        /// Who I am in it.
        person: PersonId,
    },
}
