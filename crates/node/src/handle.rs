//! The handle: how the owner of a device speaks to its thread.

use std::{
    fmt,
    path::{Path, PathBuf},
    thread::JoinHandle,
    time::Duration,
};

use seal::{DeviceId, DeviceKey};
use store::{Copied, Home, Store, Unlock};
use tokio::sync::mpsc;

use crate::{
    ask::{Answered, Asked, Pending, Question},
    error::{Refused, StartError},
    news::NewsReceiver,
    run,
    settings::{Settings, Wake, program_name},
};

/// A running device. Dropping it ends it: everything acknowledged is on the disk, and the home is free again.
pub struct Node {
    asks: Option<mpsc::Sender<Asked>>,
    thread: Option<JoinHandle<()>>,
    device: DeviceId,
    wake: Option<Wake>,
}

/// Makes a home and its device's key. Nothing runs yet; [`start`] opens it.
pub fn create(home: &Path, unlock: &Unlock, program: &Path) -> Result<DeviceId, StartError> {
    let store = Store::create(&Home::at(home), unlock, &program_name(program))?;
    let seed = store.seed().map_err(|_| StartError::Damaged)?;
    store.close().map_err(|_| StartError::Damaged)?;
    Ok(DeviceKey::from_seed(&seed).id())
}

/// The verified copies a home has made of itself, oldest first.
pub fn copies(home: &Path) -> Result<Vec<Copied>, StartError> {
    Ok(Home::at(home).list_copies().map_err(store::OpenError::from)?)
}

/// Puts a copy in the place of a home's data, which stays beside it. The device then begins new chapters, and takes from
/// the others what it wrote since. Says where it stays, if there was any.
pub fn put_back(home: &Path, copy: &Copied, program: &Path) -> Result<Option<PathBuf>, StartError> {
    Ok(Home::at(home).put_back(copy, &program_name(program))?)
}

/// Opens a home and runs its device on a thread of its own. This reads everything the home holds, so a window calls it
/// away from its own thread.
pub fn start(settings: Settings) -> Result<(Node, NewsReceiver), StartError> {
    let wake = settings.wake.clone();
    let run::Started { asks, news, thread, device } = run::start(settings)?;
    Ok((Node { asks: Some(asks), thread: Some(thread), device, wake }, news))
}

impl Node {
    /// This device.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Asks, and never waits. If too much is being asked already, the answer is [`Refused::Busy`].
    pub fn ask<Q: Question>(&self, question: Q) -> Pending<Answered<Q>> {
        let (reply, pending) = Pending::new(self.wake.clone());
        let Some(asks) = &self.asks else { return pending };
        match asks.try_reserve() {
            Ok(place) => place.send(question.wrap(reply)),
            Err(mpsc::error::TrySendError::Full(())) => reply.say(Err(Refused::Busy)),
            Err(mpsc::error::TrySendError::Closed(())) => reply.say(Err(Refused::Stopped)),
        }
        pending
    }

    /// Asks and waits for the answer. For command lines and tests, never for a window.
    pub fn call<Q: Question>(&self, question: Q) -> Result<Answered<Q>, Refused> {
        self.ask(question).wait()
    }

    /// Asks and waits for the answer at most so long.
    pub fn call_within<Q: Question>(&self, longest: Duration, question: Q) -> Result<Answered<Q>, Refused> {
        self.ask(question).wait_for(longest)
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({:?})", self.device)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.asks = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to end.
            let _ = thread.join();
        }
    }
}
