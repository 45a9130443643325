//! Questions about who can open this home, and about the words that bring a person back.

use std::{sync::Arc, time::Duration};

use circle::{Introduction, Statement};
use seal::{DeviceId, DocId, PersonId, PlanId, RecoveryWords, Tip, Verified};
use store::Unlock;

use crate::settings::Listen;

/// What is needed to open this home.
#[derive(Debug, Clone, Copy)]
pub struct Custody;

/// Set, change or take away the passphrase of this home. Refused unless the present one is right.
#[derive(Debug, Clone)]
pub struct SetPassphrase {
    /// What opens it now: the passphrase, or the 24 words of a plan made here. `KeyFile` where there is no passphrase.
    pub present: Unlock,
    /// What is to open it from now on: a passphrase, or `KeyFile` for none.
    pub new: Unlock,
}

/// Whether this home opens without its passphrase on this computer.
#[derive(Debug, Clone, Copy)]
pub struct IsInKeyring;

/// Whether a key of this home lies in the system's keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InKeyring {
    /// This program knows no keyring.
    NotOffered,
    /// Only the passphrase and the words open it.
    No,
    /// It opens without, as long as the keyring does.
    Yes,
}

/// Have this home opened by the system's keyring from now on, or no more. Waits for the keyring, which may ask its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetKeyring {
    /// Put a key there. Refused where there is no passphrase that it would spare.
    Use,
    /// Take it away, here and there.
    Leave,
}

/// The words that were just made for a plan: when it was begun, or with a knock. They are given out once and kept nowhere;
/// asked again, or after the device was closed, there are none.
#[derive(Debug, Clone, Copy)]
pub struct TakeSheets {
    /// Which plan.
    pub plan: PlanId,
}

/// Somebody's 24 words, to be written down.
pub struct Sheet {
    /// Whose they are.
    pub of: SheetOf,
    /// The words.
    pub words: RecoveryWords,
}

/// Whose words stand on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetOf {
    /// Of this device's holder.
    Me,
    /// Of the person the plan is about, who is not here yet: to be handed to them.
    Them,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("of", &self.of).finish_non_exhaustive()
    }
}

/// Somebody's 24 words as they typed them, on their way to what they are for. Never printed, never written down here.
#[derive(Clone)]
pub struct Words(pub Arc<RecoveryWords>);

impl Words {
    /// The words behind a sheet that was typed in.
    pub fn new(words: RecoveryWords) -> Words {
        Words(Arc::new(words))
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

/// Come back into a plan with the 24 words: a device of its circle is looked for, and this becomes one more device of
/// theirs. With the words that were written down for whom a plan is about, this is their first.
#[derive(Debug, Clone)]
pub struct Restore {
    /// The words.
    pub words: Words,
    /// What this device is called from now on.
    pub device_name: String,
    /// Who comes, where the circle does not know them yet.
    pub called: Introduction,
    /// Where a device of the circle may be; those nearby are found by themselves.
    pub at: Vec<Listen>,
    /// How long to look.
    pub longest: Duration,
}

/// The plan somebody came back into. Its parts follow by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// The plan.
    pub plan: PlanId,
    /// Who they are in it.
    pub person: PersonId,
}

/// Edits of one document, each with the signature that lies on it, if one does.
pub type SignedEdits = Vec<(Verified, Option<Tip>)>;

/// Take in a plan that was brought whole, without a connection, and become one more device of whoever the words belong to. Its
/// sheet waits for [`TakeSheets`]. The answer comes once everything was weighed by the door and is flushed.
pub struct TakeIn {
    /// Everything signed about it, each after what it names: the Found first.
    pub statements: Vec<Statement>,
    /// The edits of each document, each after what it builds on, with the signature that lies on it, if one does.
    pub edits: Vec<(DocId, SignedEdits)>,
    /// The bytes of files that documents name.
    pub files: Vec<Vec<u8>>,
    /// The words.
    pub words: RecoveryWords,
    /// What this device is called from now on.
    pub device_name: String,
}

/// Remove a device of one's own that is lost or stolen, by the words: whatever it is, they are senior to it.
#[derive(Debug, Clone)]
pub struct RemoveByWords {
    /// Which plan.
    pub plan: PlanId,
    /// Which device.
    pub device: DeviceId,
    /// Also what it linked, and what that linked.
    pub and_linked: bool,
    /// The words of that plan.
    pub words: Words,
}

/// Let the words of one's own sheet open this home too, should its passphrase be forgotten. A device that joined or began the
/// plan does so already.
#[derive(Debug, Clone)]
pub struct HoldSheet {
    /// Which plan they are of.
    pub plan: PlanId,
    /// The words.
    pub words: Words,
}

/// Put new words in the place of the old ones, which are worth nothing then. The new sheet waits for [`TakeSheets`].
#[derive(Debug, Clone)]
pub struct NewSheet {
    /// Which plan.
    pub plan: PlanId,
    /// The words that hold until now.
    pub old: Words,
}
