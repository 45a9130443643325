//! Bugs planted on purpose, to prove that the simulated world would catch them. None of them can be switched on in a
//! program that is built without the feature `planted`, and only `tests` asks for it.

/// One bug. At most one is on at a time, and only in the thread that switched it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// The last statement of a message is left out and taken for told.
    StatementDropped,
    /// What a peer holds is taken for one edit more than it is.
    FrontierOffByOne,
    /// Edits are passed on before they are flushed.
    ToldBeforeSaved,
    /// Edits are acknowledged before they are flushed.
    AcknowledgedBeforeSaved,
    /// A statement's signature is not checked.
    StatementUnchecked,
    /// The signatures on a run of edits are not checked.
    EditUnchecked,
    /// The proof that a network key speaks for a device is not checked.
    ProofUnchecked,
    /// Documents are sent to whoever is in the circle.
    SentToAnyone,
    /// What comes from others is not passed on.
    NeverForwarded,
    /// The other side of a fork is thrown away.
    TwinDropped,
    /// A run cut into frames is not put together again.
    TailDropped,
    /// What waits is let go by its first cause only and then forgotten.
    WaitingForgotten,
    /// The end of what counted is not shown.
    RebuildForgotten,
    /// A failed save is not tried again.
    FailedSaveForgotten,
    /// Signatures are not taken back from the store.
    TipsNotRecalled,
    /// A peer is believed to have flushed what was sent to it.
    MarkedWhenTold,
    /// Nobody is told that their old copy was opened.
    OldCopyUnnoticed,
    /// What somebody writes who may not is thrown away.
    HeldBackDropped,
    /// Who was removed is told of the circle what came after that too.
    FormerToldAll,
    /// A piece of a file is taken for what it is said to be.
    PieceUnchecked,
    /// A file is given to whoever asks for it.
    FileToAnyone,
    /// After the first pieces of a file no more are asked for.
    FileGivenUp,
}

#[cfg(feature = "planted")]
impl Planted {
    /// Every planted bug.
    pub const ALL: [Planted; 22] = [
        Planted::StatementDropped,
        Planted::FrontierOffByOne,
        Planted::ToldBeforeSaved,
        Planted::AcknowledgedBeforeSaved,
        Planted::StatementUnchecked,
        Planted::EditUnchecked,
        Planted::ProofUnchecked,
        Planted::SentToAnyone,
        Planted::NeverForwarded,
        Planted::TwinDropped,
        Planted::TailDropped,
        Planted::WaitingForgotten,
        Planted::RebuildForgotten,
        Planted::FailedSaveForgotten,
        Planted::TipsNotRecalled,
        Planted::MarkedWhenTold,
        Planted::OldCopyUnnoticed,
        Planted::HeldBackDropped,
        Planted::FormerToldAll,
        Planted::PieceUnchecked,
        Planted::FileToAnyone,
        Planted::FileGivenUp,
    ];
}

#[cfg(feature = "planted")]
mod switch {
    use std::cell::Cell;

    use super::Planted;

    thread_local! {
        static ON: Cell<Option<Planted>> = const { Cell::new(None) };
    }

    impl Planted {
        /// Switches one bug on in this thread, or all off.
        pub fn plant(bug: Option<Planted>) {
            ON.set(bug);
        }

        pub(crate) fn is_on(self) -> bool {
            ON.get() == Some(self)
        }
    }
}

#[cfg(not(feature = "planted"))]
impl Planted {
    pub(crate) const fn is_on(self) -> bool {
        false
    }
}
