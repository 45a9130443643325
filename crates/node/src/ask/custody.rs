//! Questions about who can open this home, and about the words that bring a person back.

use seal::{PlanId, RecoveryWords};
use store::Unlock;

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
