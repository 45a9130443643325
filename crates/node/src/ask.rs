//! What can be asked of a node, and what it answers.
//!
//! Each question is a struct that names its answer, so `node.ask(Plans)` gives a [`Pending`] list of plans and nothing
//! else. A question that changes something is answered once that is flushed to this device's disk.

use std::{
    sync::{Arc, mpsc},
    time::Duration,
};

use circle::{Access, Ledger};
use seal::{Bytes, ChainId, DeviceId, DocId, EditHash, EpochId, PersonId, PlanId, Seq, StatementId, Time};

use crate::{error::Refused, settings::Wake};

mod acts;
mod code;
mod custody;
mod door;
mod files;
mod past;

pub use acts::{
    Bar, HandOver, Held, HeldBack, HeldEdits, HeldWords, KeepHeld, Leave, LiveKey, OpenVoice, Refuse, RemoveDevice,
    RemovePerson, SetStanding, Unshare,
};
pub use code::{HideCode, JoinByCode, LetsIn, Met, ShowCode, Shown};
pub use custody::{
    Custody, HoldSheet, InKeyring, IsInKeyring, NewSheet, RemoveByWords, Restore, Restored, SetKeyring, SetPassphrase,
    Sheet, SheetOf, SignedEdits, TakeIn, TakeSheets, Words,
};
pub use door::{Confirm, Confirmed, Decline, Enter, Invite, Invited, Join, Knock, Knocks, ShareMeant};
pub use files::{
    AttachFile, AttachedFile, FetchFile, FetchWhich, Fetching, FileState, FilesOf, Looks, NameFiles, Picture, ReadFile,
    SaveFile, SeePicture, Source,
};
pub use past::{Fault, FaultKind, History, HistoryEntry, Verified, Verify};

/// Something that can be asked.
pub trait Question: sealed::Wrap {}

pub(crate) mod sealed {
    pub trait Wrap: Sized {
        type Answer: Send + 'static;
        fn wrap(self, reply: super::Reply<Self::Answer>) -> super::Asked;
    }
}

/// The answer a question has.
pub type Answered<Q> = <Q as sealed::Wrap>::Answer;

/// Where one answer goes. Answering somebody who no longer listens is no error.
pub struct Reply<T> {
    answer: mpsc::SyncSender<Result<T, Refused>>,
    wake: Option<Wake>,
}

impl<T> Reply<T> {
    pub(crate) fn say(self, answer: Result<T, Refused>) {
        let _ = self.answer.send(answer);
        if let Some(wake) = self.wake {
            wake();
        }
    }
}

/// An answer that is on its way.
#[derive(Debug)]
pub struct Pending<T>(mpsc::Receiver<Result<T, Refused>>);

impl<T> Pending<T> {
    /// An answer to come. Whoever waits is woken when it does.
    pub(crate) fn new(wake: Option<Wake>) -> (Reply<T>, Pending<T>) {
        // One place: an answer is given once, so sending it never waits.
        let (answer, receiver) = mpsc::sync_channel(1);
        (Reply { answer, wake }, Pending(receiver))
    }

    /// The answer, if it has come. Never waits; after it was taken once, `Stopped`.
    pub fn take(&mut self) -> Option<Result<T, Refused>> {
        match self.0.try_recv() {
            Ok(answer) => Some(answer),
            Err(mpsc::TryRecvError::Empty) => None,
            Err(mpsc::TryRecvError::Disconnected) => Some(Err(Refused::Stopped)),
        }
    }

    /// Waits for the answer.
    pub fn wait(self) -> Result<T, Refused> {
        self.0.recv().unwrap_or(Err(Refused::Stopped))
    }

    /// Waits for the answer, but not for ever.
    pub fn wait_for(&mut self, longest: Duration) -> Result<T, Refused> {
        match self.0.recv_timeout(longest) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Refused::Late),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(Refused::Stopped),
        }
    }
}

macro_rules! questions {
    ($($name:ident -> $answer:ty;)*) => {
        /// Every question together with where its answer goes.
        pub enum Asked {
            $(#[doc = "See the question."] $name($name, Reply<$answer>),)*
        }
        $(
            impl sealed::Wrap for $name {
                type Answer = $answer;
                fn wrap(self, reply: Reply<$answer>) -> Asked {
                    Asked::$name(self, reply)
                }
            }
            impl Question for $name {}
        )*
    };
}

questions! {
    WhoAmI -> Me;
    Plans -> Vec<Home>;
    Circle -> Arc<Ledger>;
    Found -> Founded;
    NewDocuments -> Vec<DocId>;
    Open -> ();
    Close -> ();
    Publish -> ();
    KeepSnapshot -> ();
    Renew -> ChainId;
    Share -> StatementId;
    SetStanding -> StatementId;
    RemovePerson -> StatementId;
    RemoveDevice -> StatementId;
    Leave -> StatementId;
    HandOver -> StatementId;
    Unshare -> StatementId;
    Refuse -> StatementId;
    KeepHeld -> usize;
    LiveKey -> EpochId;
    Bar -> StatementId;
    Held -> Vec<HeldBack>;
    HeldWords -> HeldEdits;
    OpenVoice -> DocId;
    Invite -> Invited;
    Join -> Knock;
    Enter -> PersonId;
    ShowCode -> Shown;
    HideCode -> ();
    JoinByCode -> Met;
    Knocks -> Vec<Knock>;
    Confirm -> Confirmed;
    Decline -> ();
    ShareMeant -> ();
    Here -> ();
    Online -> ();
    Offline -> ();
    Links -> Vec<crate::news::LinkView>;
    History -> Vec<HistoryEntry>;
    Verify -> Verified;
    Frontier -> Frontiers;
    Marks -> Vec<(DeviceId, bool)>;
    Settled -> ();
    Record -> ();
    Recall -> Option<Vec<u8>>;
    Forget -> ();
    Custody -> store::Custody;
    SetPassphrase -> ();
    IsInKeyring -> InKeyring;
    SetKeyring -> ();
    TakeSheets -> Vec<Sheet>;
    NewSheet -> StatementId;
    HoldSheet -> ();
    Restore -> Restored;
    TakeIn -> Restored;
    RemoveByWords -> StatementId;
    NameFiles -> ();
    AttachFile -> AttachedFile;
    ReadFile -> Vec<u8>;
    SaveFile -> ();
    SeePicture -> Picture;
    FetchFile -> ();
    FetchWhich -> ();
    FilesOf -> std::collections::BTreeMap<seal::FileId, FileState>;
}

/// Which device this is, and where it can be reached.
#[derive(Debug, Clone, Copy)]
pub struct WhoAmI;

/// This device.
#[derive(Debug, Clone)]
pub struct Me {
    /// Its id: the public half of its key.
    pub device: DeviceId,
    /// The addresses it listens on now (none while offline), without a peer id.
    pub addresses: Vec<String>,
}

/// Which plans this device holds.
#[derive(Debug, Clone, Copy)]
pub struct Plans;

/// A plan this device holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// The plan.
    pub plan: PlanId,
    /// Who this device's holder is in it; `None` while not (or no longer) a member.
    pub me: Option<PersonId>,
}

/// Everything signed about a plan, as this device holds it.
#[derive(Debug, Clone, Copy)]
pub struct Circle {
    /// Which plan.
    pub plan: PlanId,
}

/// Start a plan. Its documents follow with [`NewDocuments`].
#[derive(Debug, Clone)]
pub struct Found {
    /// The founder's name.
    pub name: String,
    /// What they are in the life of the person the plan is about.
    pub relationship: String,
    /// Whom they work for, or nothing.
    pub organisation: String,
    /// Whether the plan is about the founder, who is then protected.
    pub for_myself: bool,
}

/// A plan that was just started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Founded {
    /// The plan.
    pub plan: PlanId,
    /// Its founder.
    pub person: PersonId,
}

/// Begin documents of a plan, in this order.
#[derive(Debug, Clone)]
pub struct NewDocuments {
    /// Which plan.
    pub plan: PlanId,
    /// What they are.
    pub documents: Vec<NewDocument>,
}

/// One document to begin. A voice is begun with [`OpenVoice`].
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// Its kind, for instance `about-me`.
    pub kind: String,
    /// Whose it is.
    pub belongs: Belongs,
    /// What others may do with it from its first moment on.
    pub given: Vec<Given>,
}

/// Whose a new document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// The plan's: its owners decide who sees it.
    ToThePlan,
    /// That of whoever begins it: they alone decide.
    ToMe,
}

/// What somebody may do with a document that is just begun, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub who: circle::Who,
    /// What they may do.
    pub access: Access,
    /// Why, in the sharer's words.
    pub why: String,
    /// On what basis.
    pub basis: String,
    /// Until when, if not for good.
    pub until: Option<Time>,
}

/// Show a document: [`crate::News::Opened`] comes first, then its edits as they arrive, until [`Close`]. Asking again
/// starts again from what is kept.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
}

/// Stop showing a document.
#[derive(Debug, Clone, Copy)]
pub struct Close {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
}

/// Sign, keep and send finished edits of this device. They are weighed by the door first, in order; the answer comes once
/// all are flushed, and [`crate::News::Saved`] with it. Several that wait are flushed together.
#[derive(Debug, Clone)]
pub struct Publish {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// The edits as `plan` made them, oldest first.
    pub edits: Vec<Bytes>,
}

/// Keep a compact form of a document, so that it opens fast. It stands for exactly the edits up to `heads`.
#[derive(Debug, Clone)]
pub struct KeepSnapshot {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// The document as `plan` saved it.
    pub snapshot: Vec<u8>,
    /// The document's heads when it was saved, sorted.
    pub heads: Vec<EditHash>,
}

/// Open a new chapter of this device in a document. The node does so by itself where it must (a copied or restored
/// home); the answer is the chain to write from then on.
#[derive(Debug, Clone, Copy)]
pub struct Renew {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
}

/// Say who may do what with a document.
#[derive(Debug, Clone)]
pub struct Share {
    /// Which plan.
    pub plan: PlanId,
    /// What is shared and with whom.
    pub with: ShareWith,
    /// With whom: a person, or everyone in the circle.
    pub who: circle::Who,
}

/// What one person (or everyone) may do with one document, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareWith {
    /// The document.
    pub doc: DocId,
    /// What they may do.
    pub access: Access,
    /// Why, in the sharer's words.
    pub why: String,
    /// On what basis (asked, best interests, law…).
    pub basis: String,
    /// Until when, if not for good.
    pub until: Option<Time>,
}

/// Where this device's holder is: told to the others, never stored.
#[derive(Debug, Clone)]
pub struct Here {
    /// Which plan.
    pub plan: PlanId,
    /// Where; `None` when they look elsewhere.
    pub place: Option<sync::Place>,
}

/// Go online. Answered once this device listens.
#[derive(Debug, Clone, Copy)]
pub struct Online;

/// Go offline: part from everybody and stop listening. Writing goes on.
#[derive(Debug, Clone, Copy)]
pub struct Offline;

/// Which devices are connected now.
#[derive(Debug, Clone, Copy)]
pub struct Links;

/// How far this device has read a document.
#[derive(Debug, Clone, Copy)]
pub struct Frontier {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
}

/// How far a document goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontiers {
    /// The last edit of each chain.
    pub chains: Vec<(ChainId, Seq, EditHash)>,
    /// The edits nothing else builds on, sorted.
    pub heads: Vec<EditHash>,
    /// How many edits there are.
    pub edits: usize,
}

/// Which of the circle's devices have everything this device has of a document, flushed to their disks.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
}

/// Wait until every device that can be reached has the same as this one. [`Refused::NobodyThere`] if none came in time.
#[derive(Debug, Clone, Copy)]
pub struct Settled {
    /// Which plan.
    pub plan: PlanId,
    /// How long to try.
    pub longest: Duration,
}

/// Remember a setting or a draft in the store, under a name of the caller's.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its name.
    pub key: String,
    /// What to remember.
    pub value: Vec<u8>,
}

/// What was remembered under a name.
#[derive(Debug, Clone)]
pub struct Recall {
    /// Its name.
    pub key: String,
}

/// Forget what was remembered under a name.
#[derive(Debug, Clone)]
pub struct Forget {
    /// Its name.
    pub key: String,
}
