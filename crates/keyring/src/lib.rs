//! The keyring of the operating system: open while somebody is logged in, and shared by all their programs.
//!
//! One key of a home may lie in it, if its holder wants that: a convenience beside the passphrase, never the only way in. So
//! whatever goes wrong here only ever means that the passphrase is asked for. The system may show a window of its own and wait
//! for an answer in it, so every call waits: never on the window's thread, and never longer than [`LONGEST`].

mod system;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

/// A key as it lies there.
pub type Key = Zeroizing<[u8; 32]>;

/// How long the system may take: somebody finds its window and types the password of the keyring.
pub const LONGEST: Duration = Duration::from_secs(60);

/// What the system calls whose entries these are.
const SERVICE: &str = "alongside";

/// The keyring is not there, is locked, or does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system's keyring cannot be used")]
pub struct Unusable;

/// A keyring. Nothing is asked of it before it is used.
#[derive(Clone)]
pub struct Keyring(Kind);

#[derive(Clone)]
enum Kind {
    System,
    Given(Arc<CredentialStore>),
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring")
    }
}

impl Keyring {
    /// That of this computer. None if the program was built without.
    pub fn of_the_system() -> Option<Keyring> {
        system::IS_BUILT_IN.then_some(Keyring(Kind::System))
    }

    /// One that somebody else opened.
    pub fn of(store: Arc<CredentialStore>) -> Keyring {
        Keyring(Kind::Given(store))
    }

    /// The key of the home in this folder, if there is one. What is no key of ours counts as none.
    pub fn key(&self, home: &Path) -> Result<Option<Key>, Unusable> {
        self.ask(home, |entry| match entry.get_secret() {
            Ok(secret) => {
                let secret = Zeroizing::new(secret);
                Ok(<[u8; 32]>::try_from(secret.as_slice()).ok().map(Key::new))
            }
            Err(Error::NoEntry) => Ok(None),
            Err(other) => Err(other),
        })
    }

    /// Puts the key of a home there, in the place of an older one.
    pub fn put(&self, home: &Path, key: &Key) -> Result<(), Unusable> {
        let key = key.clone();
        self.ask(home, move |entry| entry.set_secret(key.as_slice()))
    }

    /// Takes the key of a home away, if there is one.
    pub fn remove(&self, home: &Path) -> Result<(), Unusable> {
        self.ask(home, |entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(other) => Err(other),
        })
    }

    /// On a thread of its own, since the system may never answer; one that was given up ends when it does, or with the program.
    fn ask<T: Send + 'static>(
        &self,
        home: &Path,
        work: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Unusable> {
        let (kind, home) = (self.0.clone(), home.to_owned());
        let (answer, coming) = mpsc::sync_channel(1);
        let ask = move || {
            let said =
                kind.open().and_then(|store| store.build(SERVICE, &name(home), None)).and_then(|entry| work(&entry));
            // Nobody waits any more.
            let _ = answer.send(said.map_err(|_| Unusable));
        };
        thread::Builder::new().name("keyring".to_owned()).spawn(ask).map_err(|_| Unusable)?;
        coming.recv_timeout(LONGEST).unwrap_or(Err(Unusable))
    }
}

impl Kind {
    fn open(self) -> Result<Arc<CredentialStore>, Error> {
        match self {
            Kind::System => system::open(),
            Kind::Given(store) => Ok(store),
        }
    }
}

/// The name of a home's entry: its folder, as people know it, so that who looks through their keyring sees what it is for.
fn name(home: PathBuf) -> String {
    std::path::absolute(&home).unwrap_or(home).display().to_string()
}

#[cfg(test)]
mod tests {
    use keyring_core::mock;

    use super::*;

    #[test]
    fn a_key_is_put_read_replaced_and_removed_and_homes_do_not_mix() {
        let keyring = Keyring::of(mock::Store::new().unwrap());
        let [amina, hodan] = ["/homes/amina", "/homes/hodan"].map(Path::new);
        assert_eq!(keyring.key(amina), Ok(None));
        for key in [[1; 32], [2; 32]].map(Key::new) {
            keyring.put(amina, &key).unwrap();
            assert_eq!(keyring.key(amina), Ok(Some(key)));
        }
        assert_eq!(keyring.key(hodan), Ok(None));
        keyring.remove(amina).unwrap();
        assert_eq!(keyring.key(amina), Ok(None));
        keyring.remove(amina).unwrap();
    }

    #[test]
    fn a_locked_keyring_is_said_to_be_unusable_and_rubbish_in_it_is_no_key() {
        let store = mock::Store::new().unwrap();
        let keyring = Keyring::of(store.clone());
        let home = Path::new("/homes/amina");
        keyring.put(home, &Key::new([1; 32])).unwrap();
        let entry = (store as Arc<CredentialStore>).build(SERVICE, &name(home.to_owned()), None).unwrap();
        let locked = || {
            let mock: &mock::Cred = entry.as_any().downcast_ref().unwrap();
            mock.set_error(Error::NoStorageAccess("locked".into()));
        };
        locked();
        assert_eq!(keyring.key(home), Err(Unusable));
        locked();
        assert_eq!(keyring.remove(home), Err(Unusable));
        entry.set_secret(b"rubbish").unwrap();
        assert_eq!(keyring.key(home), Ok(None));
    }
}
