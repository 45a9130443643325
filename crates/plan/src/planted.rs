//! Words that no document can take in, planted on purpose: to see that a device shows the rest and says so. They break nothing in
//! a program that is built without the feature `planted`, and only `tests` asks for it.

use seal::Admitted;

/// The words.
#[cfg(feature = "planted")]
pub const BREAKS: &str = "PLANTED TO BREAK";

#[cfg(feature = "planted")]
pub(crate) fn breaks(edit: &Admitted) -> bool {
    edit.edit().bytes().windows(BREAKS.len()).any(|bytes| bytes == BREAKS.as_bytes())
}

#[cfg(not(feature = "planted"))]
pub(crate) const fn breaks(_: &Admitted) -> bool {
    false
}
