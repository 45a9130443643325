//! What a node tells its owner, and the bounded way it goes.
//!
//! When the reader is slow, news of one kind grows together instead of being dropped; if even that grows too large, the
//! reader hears [`News::Behind`] for a document and opens it again.

use std::{
    cell::Cell,
    collections::BTreeMap,
    sync::{Arc, mpsc},
    time::Duration,
};

use circle::Ledger;
use seal::{Admitted, Bytes, ChainId, DeviceId, DocId, EditHash, FileId, PersonId, PlanId, Seq, StatementId, Time};
use sync::FileState;

use crate::{
    ask::{HeldBack, Knock, Shown},
    error::Refused,
};

/// Something the owner of a node should know.
#[derive(Debug, Clone)]
pub enum News {
    /// A document, in answer to [`crate::Open`].
    Opened {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
        /// The compact form kept last, if any.
        snapshot: Option<Bytes>,
        /// What counts beyond the snapshot, in causal order.
        edits: Vec<Admitted>,
        /// The chain this device writes here; `None` if it may not.
        chain: Option<ChainId>,
    },
    /// Edits by others that count now, in causal order.
    Edits {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
        /// The edits.
        edits: Vec<Admitted>,
    },
    /// What counts has changed other than by growing: build the document again from exactly these.
    Rebuild {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
        /// All edits that count, in causal order.
        edits: Vec<Admitted>,
    },
    /// The reader was too slow for this document: ask [`crate::Open`] again.
    Behind {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
    },
    /// This device writes another chain here from now on.
    Chapter {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
        /// The new chain; `None` if this device may no longer write here.
        chain: Option<ChainId>,
    },
    /// Own edits up to this one are flushed to this device's disk.
    Saved {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
        /// The last of them.
        upto: (ChainId, Seq, EditHash),
    },
    /// Something could not be kept; the device has stopped writing to its store. It stays visible, marked "not saved yet".
    NotSaved {
        /// Whether the disk is full.
        full: bool,
    },
    /// Which devices have all of a document, flushed to their disks (this device not among them).
    Marks {
        /// Which plan.
        plan: PlanId,
        /// Which document.
        doc: DocId,
        /// Those that have everything this device has.
        having: Vec<DeviceId>,
    },
    /// What is held back in a plan: all of it, by document and person, counted and not read.
    Held {
        /// Which plan.
        plan: PlanId,
        /// How much of whom, and where.
        held: Vec<HeldBack>,
    },
    /// The circle or what a document's statements say has changed.
    Circle {
        /// Which plan.
        plan: PlanId,
        /// Everything signed about it.
        ledger: Arc<Ledger>,
    },
    /// Who is here, and where: all of it, not only what changed.
    Presence {
        /// Which plan.
        plan: PlanId,
        /// Each device that is here and where its holder is.
        here: Vec<(DeviceId, sync::Place)>,
    },
    /// Somebody asks to come in.
    Knock(Knock),
    /// A knock that was told is over: they knock at the device that invited them now, are in, or were sent away, or their
    /// invitation is used, over or gone.
    KnockOver {
        /// The plan.
        plan: PlanId,
        /// Who they will be.
        person: PersonId,
    },
    /// Another device let somebody in with an invitation that was made here. What was meant for them is to be shared
    /// ([`crate::ask::ShareMeant`]).
    CameIn {
        /// The plan.
        plan: PlanId,
        /// Who came.
        person: PersonId,
        /// The invitation.
        invite: StatementId,
        /// The role's name.
        role: String,
        /// The kinds of documents that were meant for them.
        parts: Vec<String>,
        /// When their visit ends, if they came for one.
        until: Option<Time>,
    },
    /// What became of the code that is shown.
    Code {
        /// The plan it lets into.
        plan: PlanId,
        /// What became of it.
        what: CodeNews,
    },
    /// This device has been let into a plan.
    Joined {
        /// The plan.
        plan: PlanId,
        /// Who this device's holder is in it.
        person: PersonId,
    },
    /// A joining has ended without being let in.
    JoinEnded {
        /// The plan.
        plan: PlanId,
        /// Why.
        why: Refused,
    },
    /// A visit is over: this device is no longer in the plan.
    VisitEnded {
        /// The plan.
        plan: PlanId,
        /// Whether nothing of what it was lent is left on this device. If not, it is tried again.
        forgotten: bool,
    },
    /// Where every file stands that a plan's documents name.
    Files {
        /// The plan.
        plan: PlanId,
        /// Each file.
        files: BTreeMap<FileId, FileState>,
    },
    /// Which devices are connected: all of them.
    Links(Vec<LinkView>),
}

/// What becomes of short codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeNews {
    /// This one is shown now.
    Shown(Shown),
    /// Somebody typed a wrong one, so the one that was shown is over.
    Wrong,
    /// There were many within a minute; the next one comes by itself.
    Soon,
    /// Somebody typed it. Who they are is told as a [`News::Knock`], or the circle has one more device of mine.
    Taken,
    /// It let this device in as one more of mine.
    Linked(DeviceId),
    /// No more are shown.
    Ended(Refused),
}

/// One connected device of a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// Which device, once it has proved it.
    pub device: Option<DeviceId>,
    /// Where it is.
    pub address: String,
    /// Whether this side dialled.
    pub dialled: bool,
    /// Since when.
    pub since: Time,
}

/// Where the news comes out. Dropping it is fine; the node then speaks to nobody.
#[derive(Debug)]
pub struct NewsReceiver {
    news: mpsc::Receiver<News>,
    ended: Cell<bool>,
}

impl NewsReceiver {
    pub(crate) fn new(news: mpsc::Receiver<News>) -> NewsReceiver {
        NewsReceiver { news, ended: Cell::new(false) }
    }

    /// The next news, if there is one. Never waits.
    pub fn take(&self) -> Option<News> {
        let taken = self.news.try_recv();
        self.ended.set(matches!(taken, Err(mpsc::TryRecvError::Disconnected)));
        taken.ok()
    }

    /// The next news, waiting for it at most so long.
    pub fn wait(&self, longest: Duration) -> Option<News> {
        let taken = self.news.recv_timeout(longest);
        self.ended.set(matches!(taken, Err(mpsc::RecvTimeoutError::Disconnected)));
        taken.ok()
    }

    /// Whether the node has ended and nothing more will come.
    pub fn has_ended(&self) -> bool {
        self.ended.get()
    }
}
