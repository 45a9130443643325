//! What can go wrong with what is kept. Each variant is one sentence for a person; none names a plan, a word or a key.

use std::io;

use seal::{DocId, PlanId};

/// The name of a sentence, and the values it needs. `words` makes the sentence.
pub type Say = (&'static str, Vec<(&'static str, String)>);

/// Why a home could not be made or opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another program has this home open.
    #[error("in use by {program} (process {pid})")]
    InUse {
        /// The program that has it, `?` where it cannot be read.
        program: String,
        /// Its process number, 0 where it cannot be read.
        pid: u32,
    },
    /// There is no home in this folder.
    #[error("no device here yet")]
    Nothing,
    /// There is a home in this folder already, so none is made.
    #[error("there is a device here already")]
    AlreadyThere,
    /// The key files are here, but the file with the data is not.
    #[error("the data file is missing")]
    DataMissing,
    /// The data file is cut short, altered or not ours.
    #[error("the data file is damaged")]
    DataDamaged,
    /// The data file is whole, but it was sealed with another key than this home's.
    #[error("the data file belongs to another key")]
    OtherKey,
    /// Neither copy of the wrapped key is here.
    #[error("both key files are missing")]
    KeyMissing,
    /// Neither copy of the wrapped key can be read.
    #[error("both key files are damaged")]
    KeyDamaged,
    /// There is no passphrase, and the file that stands in for it is not here.
    #[error("the open key file is missing")]
    OpenKeyMissing,
    /// There is no passphrase, and the file that stands in for it is not the one this home was closed with.
    #[error("the open key file is damaged")]
    OpenKeyDamaged,
    /// This home has a passphrase, and none was given.
    #[error("a passphrase is needed")]
    PassphraseNeeded,
    /// This is not the passphrase.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// These are not the words of a plan that was made or joined on this device.
    #[error("not the words of a plan made here")]
    WrongWords,
    /// The key file asks for less work than a guess must cost, so somebody altered it.
    #[error("the key file is weaker than allowed")]
    KeyWeak,
    /// A newer version of the program wrote this.
    #[error("written by a newer version")]
    Newer,
    /// The disk is full.
    #[error("disk is full")]
    Full,
    /// The folder or the disk cannot be written to.
    #[error("cannot be written to")]
    ReadOnly,
    /// The computer could not read or write.
    #[error("cannot read or write")]
    Failed(#[source] io::Error),
}

impl OpenError {
    /// The sentence a person reads.
    pub fn say(&self) -> Say {
        match self {
            OpenError::InUse { program, pid } => {
                ("store-in-use", vec![("program", program.clone()), ("pid", pid.to_string())])
            }
            OpenError::Nothing => ("store-nothing", vec![]),
            OpenError::AlreadyThere => ("store-already-there", vec![]),
            OpenError::DataMissing => ("store-data-missing", vec![]),
            OpenError::DataDamaged => ("store-data-damaged", vec![]),
            OpenError::OtherKey => ("store-other-key", vec![]),
            OpenError::KeyMissing => ("store-key-missing", vec![]),
            OpenError::KeyDamaged => ("store-key-damaged", vec![]),
            OpenError::OpenKeyMissing => ("store-open-key-missing", vec![]),
            OpenError::OpenKeyDamaged => ("store-open-key-damaged", vec![]),
            OpenError::PassphraseNeeded => ("store-passphrase-needed", vec![]),
            OpenError::WrongPassphrase => ("store-wrong-passphrase", vec![]),
            OpenError::WrongWords => ("store-wrong-words", vec![]),
            OpenError::KeyWeak => ("store-key-weak", vec![]),
            OpenError::Newer => ("store-newer", vec![]),
            OpenError::Full => ("store-full", vec![]),
            OpenError::ReadOnly => ("store-read-only", vec![]),
            OpenError::Failed(cause) => ("store-failed", vec![("cause", cause.kind().to_string())]),
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(cause: io::Error) -> OpenError {
        match Trouble::of(&cause) {
            Trouble::Full => OpenError::Full,
            Trouble::ReadOnly => OpenError::ReadOnly,
            Trouble::Other => OpenError::Failed(cause),
        }
    }
}

/// Why something was not saved. The store writes nothing more until it is opened again, and what was given may or may
/// not be there then; nothing acknowledged before is lost.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The disk is full.
    #[error("disk is full")]
    Full,
    /// The folder or the disk cannot be written to.
    #[error("cannot be written to")]
    ReadOnly,
    /// A write or a flush failed.
    #[error("cannot write")]
    Failed(#[source] io::Error),
    /// The data file turned out to be damaged.
    #[error("the data file is damaged")]
    Damaged,
    /// An earlier write failed and the store was not opened again since.
    #[error("stopped after an earlier error")]
    Stopped,
    /// A single thing is larger than its kind may be. Nothing was written, and the store goes on.
    #[error("larger than may be kept")]
    TooLarge,
}

impl KeepError {
    /// The sentence a person reads.
    pub fn say(&self) -> Say {
        match self {
            KeepError::Full => ("store-full", vec![]),
            KeepError::ReadOnly => ("store-read-only", vec![]),
            KeepError::Failed(cause) => ("store-write-failed", vec![("cause", cause.kind().to_string())]),
            KeepError::Damaged => ("store-data-damaged", vec![]),
            KeepError::Stopped => ("store-stopped", vec![]),
            KeepError::TooLarge => ("store-too-large", vec![]),
        }
    }
}

impl From<io::Error> for KeepError {
    fn from(cause: io::Error) -> KeepError {
        match Trouble::of(&cause) {
            Trouble::Full => KeepError::Full,
            Trouble::ReadOnly => KeepError::ReadOnly,
            Trouble::Other => KeepError::Failed(cause),
        }
    }
}

/// Where in the store something is, as far as the names and keys of records tell. They are authentic: a name that does
/// not belong to its record is refused like an altered record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What belongs to no plan: this device's key, settings, the list of plans.
    Own,
    /// The circle of a plan, or its list of documents.
    Plan(PlanId),
    /// A document of a plan.
    Doc(PlanId, DocId),
}

/// Why something could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum RecallError {
    /// A record was altered after it was written.
    #[error("a record is damaged")]
    Damaged(Place),
    /// The computer could not read.
    #[error("cannot read")]
    Failed(#[source] io::Error),
}

impl RecallError {
    /// The sentence a person reads. Which plan it is, the caller adds as far as that person may know.
    pub fn say(&self) -> Say {
        match self {
            RecallError::Damaged(_) => ("store-record-damaged", vec![]),
            RecallError::Failed(cause) => ("store-failed", vec![("cause", cause.kind().to_string())]),
        }
    }
}

enum Trouble {
    Full,
    ReadOnly,
    Other,
}

impl Trouble {
    fn of(cause: &io::Error) -> Trouble {
        use io::ErrorKind as Kind;
        match cause.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Trouble::Full,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => Trouble::ReadOnly,
            _ => Trouble::Other,
        }
    }
}

/// What redb says, sorted by what a person can do about it. Made in one place, so that no cause is lost on the way.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The computer could not read or write.
    Io(io::Error),
    /// What is written makes no sense.
    Damaged,
    /// redb saw an error earlier and refuses to go on.
    Stopped,
}

impl From<redb::StorageError> for Fault {
    fn from(error: redb::StorageError) -> Fault {
        match error {
            redb::StorageError::Io(cause) => Fault::Io(cause),
            redb::StorageError::PreviousIo | redb::StorageError::DatabaseClosed => Fault::Stopped,
            // Everything else redb has a name for means that the file is not as redb left it.
            _ => Fault::Damaged,
        }
    }
}

macro_rules! fault_from {
    ($($outer:ty)*) => {$(
        impl From<$outer> for Fault {
            fn from(error: $outer) -> Fault {
                match redb::Error::from(error) {
                    redb::Error::Io(cause) => Fault::Io(cause),
                    redb::Error::PreviousIo | redb::Error::DatabaseClosed => Fault::Stopped,
                    _ => Fault::Damaged,
                }
            }
        }
    )*};
}
fault_from!(redb::DatabaseError redb::TransactionError redb::TableError redb::CommitError);

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> OpenError {
        match fault {
            // redb reports a file that ends too early as an ordinary read error.
            Fault::Io(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => OpenError::DataDamaged,
            Fault::Io(cause) => cause.into(),
            Fault::Damaged => OpenError::DataDamaged,
            Fault::Stopped => OpenError::Failed(io::Error::other("stopped after an earlier error")),
        }
    }
}

impl From<KeepError> for OpenError {
    fn from(error: KeepError) -> OpenError {
        match error {
            KeepError::Full => OpenError::Full,
            KeepError::ReadOnly => OpenError::ReadOnly,
            KeepError::Failed(cause) => OpenError::Failed(cause),
            KeepError::Damaged | KeepError::Stopped | KeepError::TooLarge => OpenError::DataDamaged,
        }
    }
}

impl From<Fault> for KeepError {
    fn from(fault: Fault) -> KeepError {
        match fault {
            Fault::Io(cause) => cause.into(),
            Fault::Damaged => KeepError::Damaged,
            Fault::Stopped => KeepError::Stopped,
        }
    }
}

impl Fault {
    /// This fault, met while reading at `place`.
    pub(crate) fn at(self, place: Place) -> RecallError {
        match self {
            Fault::Io(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => RecallError::Damaged(place),
            Fault::Io(cause) => RecallError::Failed(cause),
            Fault::Damaged => RecallError::Damaged(place),
            Fault::Stopped => RecallError::Failed(io::Error::other("stopped after an earlier error")),
        }
    }
}
