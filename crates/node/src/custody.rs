//! Who can open this home: its passphrase, and the words of the plans made here.

use std::path::Path;

use seal::RecoveryWords;
use store::{Home, Store, Unlock};

use crate::{
    ask::{self, Reply},
    error::{Refused, StartError},
    hands::{Hands, Then},
    keeper,
    settings::program_name,
};

/// Opens a home whose passphrase is forgotten with the 24 words of a plan made or joined there, and locks it anew.
pub fn reset_passphrase(home: &Path, words: &RecoveryWords, new: &Unlock, program: &Path) -> Result<(), StartError> {
    let mut store = Store::open(&Home::at(home), &Unlock::Spare(words.wrapping_key()), &program_name(program))?;
    store.lock_by(new)?;
    store.close().map_err(|_| StartError::Damaged)
}

impl Hands {
    pub(crate) fn custody(&self, reply: Reply<store::Custody>) {
        if !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        self.keeper.give(keeper::Job::Read(Box::new(move |store| {
            reply.say(store.and_then(|store| store.custody().map_err(|_| Refused::NotSaved)));
        })));
    }

    pub(crate) fn set_passphrase(&mut self, ask: ask::SetPassphrase, reply: Reply<()>) {
        let ask::SetPassphrase { present, new } = ask;
        let change = move |store: &mut Store| {
            store.check(&present)?;
            store.lock_by(&new)
        };
        self.change_lock(Box::new(change), Box::new(move |changed, _| reply.say(changed)));
    }

    /// Changes who can open this home and runs `then` once that is on the disk, or known not to be.
    pub(crate) fn change_lock(&mut self, change: keeper::Lock, then: Then) {
        if !self.keeper.has_room() {
            return then(Err(Refused::Busy), self);
        }
        let number = self.unsaved.await_note(then);
        self.keeper.give(keeper::Job::Lock(number, change));
    }
}
