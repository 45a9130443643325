//! Questions about who can open this home.

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
