//! A home that opens without its passphrase on this computer: one more wrap of its data key, the key of which lies in the
//! system's keyring. Never the only way in, and taken away with the passphrase it spares.
//!
//! The key also stands in the store, so that the wrap can be taken away when the keyring is locked or has lost it. That tells
//! nothing to whoever reads the store: they have the data key.

use std::{path::Path, thread};

use keyring::{Key, Keyring, Unusable};
use store::{Batch, Custody, Home, OpenError, Store, Unlock};

use crate::{
    ask::{self, InKeyring, Reply},
    error::Refused,
    hands::{Hands, dice},
};

/// The record that holds the key.
const RECORD: &str = "keyring";

/// What is done in the loop once the keyring has answered.
pub(crate) type Back = Box<dyn FnOnce(&mut Hands) + Send>;

/// The way a home opens that asks nobody: the key in the keyring, if it has a passphrase and that key opens it. Waits for the
/// keyring. Whatever is wrong with it, the answer is the key file: opening then says that a passphrase is needed.
pub fn unlock_without_asking(home: &Path, keyring: Option<&Keyring>) -> Unlock {
    let there = Home::at(home);
    let Some(keyring) = keyring.filter(|_| matches!(there.custody(), Ok(Custody::Passphrase))) else {
        return Unlock::KeyFile;
    };
    match keyring.key(home) {
        Ok(Some(key)) if there.is_opened_by(&key) => Unlock::Spare(key),
        Ok(_) | Err(Unusable) => Unlock::KeyFile,
    }
}

impl Hands {
    pub(crate) fn in_keyring(&self, reply: Reply<InKeyring>) {
        if self.settings.keyring.is_none() {
            return reply.say(Ok(InKeyring::NotOffered));
        }
        if !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        self.keeper.give(crate::keeper::Job::Read(Box::new(move |store| {
            let kept = store.and_then(|store| store.record(RECORD).map_err(|_| Refused::NotSaved));
            reply.say(kept.map(|kept| if kept.is_some() { InKeyring::Yes } else { InKeyring::No }));
        })));
    }

    /// First into the keyring, then into the home: a wrap whose key nobody has would be no use.
    pub(crate) fn use_keyring(&mut self, reply: Reply<()>) {
        let key = Key::new(dice());
        let put = key.clone();
        let then = move |put: Result<(), Unusable>, hands: &mut Hands| {
            if put.is_err() {
                return reply.say(Err(Refused::KeyringUnusable));
            }
            let added = move |added: Result<(), Refused>, hands: &mut Hands| {
                if added.is_err() {
                    // What is left there opens nothing.
                    hands.ask_keyring(|keyring, home| keyring.remove(home), |_, _| {});
                }
                reply.say(added);
            };
            hands.change_lock(Box::new(move |store| add(store, &key)), Box::new(added));
        };
        self.ask_keyring(move |keyring, home| keyring.put(home, &put), then);
    }

    /// First out of the home: from then on what lies in the keyring opens nothing.
    pub(crate) fn leave_keyring(&mut self, reply: Reply<()>) {
        let dropped = move |dropped: Result<(), Refused>, hands: &mut Hands| {
            if dropped.is_err() {
                return reply.say(dropped);
            }
            let removed = |removed: Result<(), Unusable>| removed.map_err(|Unusable| Refused::KeyringEntryStays);
            hands.ask_keyring(|keyring, home| keyring.remove(home), move |done, _| reply.say(removed(done)));
        };
        self.change_lock(Box::new(leave), Box::new(dropped));
    }

    /// Asks the keyring something on a thread of its own, and goes on in the loop.
    pub(crate) fn ask_keyring(
        &mut self,
        work: impl FnOnce(&Keyring, &Path) -> Result<(), Unusable> + Send + 'static,
        then: impl FnOnce(Result<(), Unusable>, &mut Hands) + Send + 'static,
    ) {
        let Some(keyring) = self.settings.keyring.clone() else { return then(Err(Unusable), self) };
        let (home, back) = (self.settings.home.clone(), self.back.clone());
        let ask = move || {
            let done = work(&keyring, &home);
            // The loop has ended: nobody is left to tell.
            let _ = back.blocking_send(Box::new(move |hands: &mut Hands| then(done, hands)));
        };
        // Without a thread nobody answers, which whoever asked hears as the end of their wait.
        drop(thread::Builder::new().name("keyring".to_owned()).spawn(ask));
    }
}

/// Lets a key open the home, and remembers it. An older one opens it no longer.
fn add(store: &mut Store, key: &Key) -> Result<(), OpenError> {
    if store.custody()? != Custody::Passphrase {
        return Err(OpenError::PassphraseNeeded);
    }
    leave(store)?;
    let mut batch = Batch::new();
    batch.record(RECORD, key.to_vec());
    store.save(batch).map_err(not_kept)?;
    store.add_spare(key)
}

/// Lets the key in the keyring open the home no longer.
pub(crate) fn leave(store: &mut Store) -> Result<(), OpenError> {
    let kept = store.record(RECORD).map_err(|_| OpenError::DataDamaged)?.map(zeroize::Zeroizing::new);
    let Some(kept) = kept else { return Ok(()) };
    if let Ok(key) = <[u8; 32]>::try_from(kept.as_slice()) {
        store.drop_spare(&Key::new(key))?;
    }
    let mut batch = Batch::new();
    batch.forget(RECORD);
    store.save(batch).map_err(not_kept)
}

fn not_kept(error: store::KeepError) -> OpenError {
    match error {
        store::KeepError::Full => OpenError::Full,
        store::KeepError::ReadOnly => OpenError::ReadOnly,
        store::KeepError::TooLarge
        | store::KeepError::Failed(_)
        | store::KeepError::Damaged
        | store::KeepError::Stopped => OpenError::DataDamaged,
    }
}

impl Hands {
    /// Whether and when the keyring is used is its holder's to say.
    pub(crate) fn set_keyring(&mut self, ask: ask::SetKeyring, reply: Reply<()>) {
        match ask {
            ask::SetKeyring::Use => self.use_keyring(reply),
            ask::SetKeyring::Leave => self.leave_keyring(reply),
        }
    }
}
