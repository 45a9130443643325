//! What the engine panics over is damage, and is said once, as a sentence of ours.
//!
//! redb answers some altered pages with a panic. It is caught here, and because a caught panic is no bug of the program, the
//! line that a panic usually prints would only frighten whoever reads it beside the sentence.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use crate::error::Fault;

thread_local! {
    static FENCES: Cell<usize> = const { Cell::new(0) };
}

static QUIET: Once = Once::new();

/// Reads and writes go through here: a file that was altered while nobody watched can make redb panic, and that must not
/// take the program along. The database that panicked is not written to again (`Data::write`).
pub(crate) fn fenced<T>(act: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    QUIET.call_once(hush);
    FENCES.set(FENCES.get() + 1);
    let done = panic::catch_unwind(AssertUnwindSafe(act));
    FENCES.set(FENCES.get() - 1);
    done.unwrap_or(Err(Fault::Damaged))
}

/// From now on a panic behind a fence prints nothing; every other is told as before.
fn hush() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if FENCES.get() == 0 {
            before(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        thread,
    };

    use super::*;

    #[test]
    fn a_panic_behind_the_fence_is_damage_and_prints_nothing() {
        let (said, me) = (Arc::new(AtomicUsize::new(0)), thread::current().id());
        let counted = said.clone();
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| match thread::current().id() == me {
            true => _ = counted.fetch_add(1, Ordering::Relaxed),
            false => others(panic),
        }));
        hush();
        let nothing: Result<(), Fault> = fenced(|| panic!("an altered page"));
        assert!(matches!(nothing, Err(Fault::Damaged)));
        assert_eq!(said.load(Ordering::Relaxed), 0);
        assert!(panic::catch_unwind(|| panic!("a bug of ours")).is_err());
        assert_eq!(said.load(Ordering::Relaxed), 1, "every other panic is told");
    }
}
