//! The hands: one loop over sync, store, libp2p and the clock.
//!
//! [`start`] opens a home and runs its device on a thread of its own. The owner of the [`Node`] asks ([`Node::ask`] never
//! waits, [`Node::call`] does) and hears [`News`]. The node decides nothing about plans and nothing about trust: it
//! carries out, in order, what `sync` says, so that nothing leaves this device before it is flushed to its disk.

mod acts;
mod answers;
pub mod ask;
mod asking;
mod clock;
mod crowd;
mod custody;
mod doorman;
mod error;
mod filer;
mod files;
mod handle;
mod hands;
mod hosting;
mod joining;
mod keeper;
mod keys;
mod knock;
mod limits;
mod links;
mod net;
mod news;
mod online;
mod outbox;
mod owed;
mod pairing;
mod picture;
mod pocket;
mod reach;
mod restoring;
mod run;
mod settings;
mod settled;
mod stream;
mod taken_back;
mod taking;
mod taster;
mod told;
mod verify;
mod visits;
mod whole;
mod writing;

pub use keyring::Keyring;
pub use store::{Copied, Custody, OpenError, Unlock, owner_only};
pub use sync::Place;

pub use {
    ask::{Answered, Pending, Question},
    custody::reset_passphrase,
    error::{Refused, StartError},
    files::{Unfit, looks_like, may_be_opened},
    handle::{Node, copies, create, put_back, start},
    news::{CodeNews, LinkView, News, NewsReceiver},
    pocket::unlock_without_asking,
    settings::{Early, Listen, NotAnAddress, Pause, Settings, Wake},
    taster::{TASTER, taster},
    verify::{Examined, examine},
};
