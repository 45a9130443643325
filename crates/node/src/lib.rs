//! The hands: one loop over sync, store, libp2p and the clock.
//!
//! [`start`] opens a home and runs its device on a thread of its own. The owner of the [`Node`] asks ([`Node::ask`] never
//! waits, [`Node::call`] does) and hears [`News`]. The node decides nothing about plans and nothing about trust: it
//! carries out, in order, what `sync` says, so that nothing leaves this device before it is flushed to its disk.

mod ask;
mod error;
mod limits;
mod news;
mod settings;

pub use {
    ask::{
        Answered, Circle, Close, Confirm, Confirmed, Enter, Forget, Found, Founded, Frontier, Frontiers, Here, History, HistoryEntry, Home,
        Invitation, Invite, Invited, Join, KeepSnapshot, Knock, Knocks, Links, Marks, Me, NewDocument, NewDocuments,
        Offline, Online, Open, Pending, Plans, Publish, Question, Recall, Record, Renew, Settled, Share, ShareWith,
        Verified, Verify, WhoAmI,
    },
    error::{Refused, StartError},
    news::{LinkView, News, NewsReceiver},
    settings::{Listen, NotAnAddress, Pause, Settings, Wake},
};
