//! Why something asked of the node did not happen.
//!
//! Each is said to a person by `words`: [`StartError::say`] and [`Refused::say`] give the key of the sentence.

use seal::Refusal;

use crate::files::Unfit;

/// Why a home could not be opened or its device not started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The home or its store cannot be used; `store` says why.
    #[error(transparent)]
    Store(#[from] store::OpenError),
    /// What the store holds does not fit together.
    #[error("what is kept here does not fit together")]
    Damaged,
    /// No thread could be started, or the system gave no randomness.
    #[error("the system gave no thread, clock or randomness")]
    System,
    /// None of the addresses asked for could be listened on.
    #[error("cannot listen there")]
    Listen,
}

impl StartError {
    /// The key of the sentence that says this.
    pub fn say(&self) -> &'static str {
        self.said().0
    }

    /// The key of the sentence that says this, and the values in it.
    pub fn said(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            StartError::Store(error) => error.say(),
            StartError::Damaged => ("node-damaged", Vec::new()),
            StartError::System => ("node-system", Vec::new()),
            StartError::Listen => ("node-listen", Vec::new()),
        }
    }
}

/// Why an ask was refused or came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Too much is being asked at once; ask again in a moment.
    #[error("too much at once")]
    Busy,
    /// The node has ended.
    #[error("the device has stopped")]
    Stopped,
    /// The answer did not come in time.
    #[error("no answer in time")]
    Late,
    /// This device holds no such plan.
    #[error("no such plan here")]
    NoSuchPlan,
    /// This device holds no such document, or may not know of it.
    #[error("no such part here")]
    NoSuchDocument,
    /// This device has no place in the plan's circle.
    #[error("this device is not in the circle")]
    NotAMember,
    /// The rules of the circle do not allow it.
    #[error("the circle does not allow this")]
    NotAllowed,
    /// A statement could not be made of this: something is too long or not well formed.
    #[error("cannot be stated")]
    Malformed,
    /// An edit of our own is no edit, or continues another chain than this device's.
    #[error("not an edit of this device")]
    NotOurs,
    /// The door refuses an edit of our own. Nothing was signed.
    #[error("the edit does not pass the door: {0}")]
    Door(Refusal),
    /// An earlier edit of the same chain was refused, so this one has nothing to stand on.
    #[error("an edit before this one was refused")]
    Broken,
    /// It could not be kept on this device's disk.
    #[error("not saved")]
    NotSaved,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// A value is longer than this kind may be.
    #[error("too long")]
    TooLong,
    /// None of the addresses asked for can be listened on.
    #[error("cannot listen there")]
    CannotListen,
    /// This device is offline.
    #[error("offline")]
    Offline,
    /// The ticket cannot be read: a letter is missing or wrong.
    #[error("the ticket is damaged")]
    TicketDamaged,
    /// The ticket is of another version of this program.
    #[error("the ticket is of another version")]
    TicketOfAnotherVersion,
    /// The ticket's day is over.
    #[error("the ticket has expired")]
    TicketExpired,
    /// Somebody already came in with this ticket.
    #[error("the ticket was used before")]
    TicketUsed,
    /// The device that answered knows nothing of this invitation.
    #[error("the ticket is for another plan")]
    TicketOfAnotherPlan,
    /// There is no such invitation (any more).
    #[error("no such invitation")]
    NoInvitation,
    /// Whoever was asked did not want to let this device's person in.
    #[error("was not let in")]
    Declined,
    /// This device is in that plan already.
    #[error("already in this plan")]
    AlreadyIn,
    /// Nobody of that plan could be reached.
    #[error("nobody could be reached")]
    NobodyThere,
    /// The device that answered may not let anybody in.
    #[error("only an owner's or coordinator's device can let people in")]
    NotMe,
    /// Too many people are knocking at once.
    #[error("too many are waiting")]
    Crowded,
    /// The other side did not follow the protocol.
    #[error("the other device did not answer as it should")]
    Broke,
    /// Nobody of that name asks to come in.
    #[error("nobody of that name is waiting")]
    NoSuchKnock,
    /// Nobody of the circle knows these words (any more).
    #[error("the words are not known")]
    UnknownWords,
    /// Whoever comes with words written down for them has not said what people should call them.
    #[error("no name was said")]
    Nameless,
    /// This device was linked by the one that is to be removed with all it linked.
    #[error("this device was linked by that one")]
    LinkedByIt,
    /// That is not this home's passphrase.
    #[error("not the passphrase")]
    WrongPassphrase,
    /// The system's keyring is not there, is locked, or did not answer.
    #[error("the system's keyring cannot be used")]
    KeyringUnusable,
    /// What lies in the keyring opens nothing any more, but it could not be taken away there.
    #[error("the entry in the keyring stays")]
    KeyringEntryStays,
    /// What was typed is neither a ticket nor a code.
    #[error("neither a ticket nor a code")]
    NotACode,
    /// One of the words typed is in no code.
    #[error("a word that is in no code")]
    NotACodeWord,
    /// The code typed is not the one that is shown; that one is over now.
    #[error("not the code that is shown")]
    WrongCode,
    /// Who answered does not know the code: a stranger, or somebody between the two devices.
    #[error("who answered does not know the code")]
    Meddled,
    /// No device that can be seen shows this code.
    #[error("nobody shows this code")]
    NobodyShows,
    /// There were too many codes or wrong guesses lately.
    #[error("too many codes or wrong guesses lately")]
    CodesRest,
    /// The safety words are not those the other person sees.
    #[error("the words do not match")]
    WrongWords,
    /// Nobody of the circle is meant.
    #[error("no such person in the circle")]
    NoSuchPerson,
    /// No device of the circle is meant.
    #[error("no such device in the circle")]
    NoSuchDevice,
    /// They did nothing of the kind in this circle.
    #[error("no such act of theirs")]
    NoSuchAct,
    /// What is held back is the losing side of a fork, or was barred: it stays so.
    #[error("not to be put back")]
    LostSide,
    /// The key that this document's words are sealed with is not here yet, or a new one is owed.
    #[error("the key is not here yet")]
    NoKey,
    /// Nothing of theirs is held back there.
    #[error("nothing is held back")]
    NothingHeld,
    /// Nothing came of an attached file.
    #[error("file: {0}")]
    File(#[from] Unfit),
}

impl Refused {
    /// The key of the sentence that says this.
    pub fn say(&self) -> &'static str {
        match self {
            Refused::Busy => "node-busy",
            Refused::Stopped => "node-stopped",
            Refused::Late => "node-late",
            Refused::NoSuchPlan => "node-no-such-plan",
            Refused::NoSuchDocument => "node-no-such-document",
            Refused::NotAMember => "node-not-a-member",
            Refused::NotAllowed => "node-not-allowed",
            Refused::Malformed => "node-malformed",
            Refused::NotOurs => "node-not-ours",
            Refused::Door(_) => "node-door",
            Refused::Broken => "node-broken",
            Refused::NotSaved => "node-not-saved",
            Refused::DiskFull => "node-disk-full",
            Refused::TooLong => "node-too-long",
            Refused::CannotListen => "node-cannot-listen",
            Refused::Offline => "node-offline",
            Refused::TicketDamaged => "node-ticket-damaged",
            Refused::TicketOfAnotherVersion => "node-ticket-of-another-version",
            Refused::NoInvitation => "node-no-invitation",
            Refused::Declined => "node-declined",
            Refused::TicketExpired => "node-ticket-expired",
            Refused::TicketUsed => "node-ticket-used",
            Refused::TicketOfAnotherPlan => "node-ticket-of-another-plan",
            Refused::AlreadyIn => "node-already-in",
            Refused::NobodyThere => "node-nobody-there",
            Refused::NotMe => "node-not-me",
            Refused::Crowded => "node-crowded",
            Refused::Broke => "node-broke",
            Refused::NoSuchKnock => "node-no-such-knock",
            Refused::UnknownWords => "node-unknown-words",
            Refused::Nameless => "node-nameless",
            Refused::LinkedByIt => "node-linked-by-it",
            Refused::WrongPassphrase => "store-wrong-passphrase",
            Refused::KeyringUnusable => "node-keyring-unusable",
            Refused::KeyringEntryStays => "node-keyring-entry-stays",
            Refused::NotACode => "node-not-a-code",
            Refused::NotACodeWord => "node-not-a-code-word",
            Refused::WrongCode => "node-wrong-code",
            Refused::Meddled => "node-meddled",
            Refused::NobodyShows => "node-nobody-shows",
            Refused::CodesRest => "node-codes-rest",
            Refused::WrongWords => "node-wrong-words",
            Refused::NoSuchPerson => "node-no-such-person",
            Refused::NoSuchDevice => "node-no-such-device",
            Refused::NoSuchAct => "node-no-such-act",
            Refused::LostSide => "node-lost-side",
            Refused::NoKey => "node-no-key",
            Refused::NothingHeld => "node-nothing-held",
            Refused::File(unfit) => unfit.say(),
        }
    }
}
