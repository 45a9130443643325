//! A home that opens by a key in the system's keyring, and what becomes of it when that key is gone.

use std::{path::Path, sync::Arc};

use keyring_core::{CredentialStore, Error, mock};
use node::{
    Keyring, OpenError, Refused, StartError, Unlock,
    ask::{Custody, InKeyring, IsInKeyring, SetKeyring, SetPassphrase},
    unlock_without_asking,
};
use tempfile::TempDir;

use crate::common::{Device, settings};

#[test]
fn it_opens_without_the_passphrase_until_that_is_taken_away() {
    let (home, keyring) = with_passphrase();
    assert_eq!(unasked(&home, &keyring), Unlock::KeyFile);
    let device = open(home, &keyring, passphrase());
    assert_eq!(device.node.call(IsInKeyring), Ok(InKeyring::No));
    device.node.call(SetKeyring::Use).unwrap();
    let home = device.stop();

    let key = keyring.key(home.path()).unwrap().unwrap();
    assert_eq!(unasked(&home, &keyring), Unlock::Spare(key.clone()));
    let home = open(home, &keyring, passphrase()).stop();
    let device = open(home, &keyring, Unlock::Spare(key.clone()));
    assert_eq!(device.node.call(IsInKeyring), Ok(InKeyring::Yes));
    assert_eq!(device.node.call(Custody), Ok(node::Custody::Passphrase));
    device.node.call(SetKeyring::Leave).unwrap();
    assert_eq!(device.node.call(IsInKeyring), Ok(InKeyring::No));
    let home = device.stop();

    assert_eq!(keyring.key(home.path()), Ok(None), "it is gone from the keyring");
    assert!(matches!(refused(&home, Unlock::Spare(key)), OpenError::WrongWords), "and would open nothing");
    open(home, &keyring, passphrase());
}

#[test]
fn a_keyring_that_lost_the_key_only_means_that_the_passphrase_is_asked_for() {
    let (home, keyring) = with_passphrase();
    let device = open(home, &keyring, passphrase());
    device.node.call(SetKeyring::Use).unwrap();
    let home = device.stop();
    let key = keyring.key(home.path()).unwrap().unwrap();
    keyring.remove(home.path()).unwrap();
    assert_eq!(unasked(&home, &keyring), Unlock::KeyFile);
    assert!(matches!(refused(&home, Unlock::KeyFile), OpenError::PassphraseNeeded));
    keyring.put(home.path(), &keyring::Key::new([7; 32])).unwrap();
    assert_eq!(unasked(&home, &keyring), Unlock::KeyFile, "a key of another home is not even tried");
    // The key that is nowhere is taken away from the home all the same.
    let device = open(home, &keyring, passphrase());
    device.node.call(SetKeyring::Leave).unwrap();
    let home = device.stop();
    assert!(matches!(refused(&home, Unlock::Spare(key)), OpenError::WrongWords));
}

#[test]
fn who_takes_the_passphrase_away_takes_the_key_along() {
    let (home, keyring) = with_passphrase();
    let device = open(home, &keyring, passphrase());
    device.node.call(SetKeyring::Use).unwrap();
    let key = keyring.key(device.home.path()).unwrap().unwrap();
    device.node.call(SetPassphrase { present: passphrase(), new: Unlock::KeyFile }).unwrap();
    assert_eq!(device.node.call(IsInKeyring), Ok(InKeyring::No));
    assert_eq!(device.node.call(SetKeyring::Use), Err(Refused::WrongPassphrase), "there is none to be spared");
    let home = device.stop();
    assert!(matches!(refused(&home, Unlock::Spare(key)), OpenError::WrongWords));
}

#[test]
fn a_locked_keyring_changes_nothing() {
    let store = mock::Store::new().unwrap();
    let home = TempDir::new().unwrap();
    node::create(home.path(), &passphrase(), Path::new("story")).unwrap();
    let name = std::path::absolute(home.path()).unwrap().display().to_string();
    let entry = (store.clone() as Arc<CredentialStore>).build("alongside", &name, None).unwrap();
    let keyring = Keyring::of(store);
    let device = open(home, &keyring, passphrase());
    let lock =
        || entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(Error::NoStorageAccess("locked".into()));
    lock();
    assert_eq!(device.node.call(SetKeyring::Use), Err(Refused::KeyringUnusable));
    assert_eq!(device.node.call(IsInKeyring), Ok(InKeyring::No));
    device.node.call(SetKeyring::Use).unwrap();
    lock();
    assert_eq!(device.node.call(SetKeyring::Leave), Err(Refused::KeyringEntryStays));
    assert_eq!(device.node.call(IsInKeyring), Ok(InKeyring::No));
    let home = device.stop();
    assert_eq!(unasked(&home, &keyring), Unlock::KeyFile, "what stayed there opens nothing");
}

fn passphrase() -> Unlock {
    Unlock::Passphrase("a cup of tea".to_owned().into())
}

fn with_passphrase() -> (TempDir, Keyring) {
    let home = TempDir::new().unwrap();
    node::create(home.path(), &passphrase(), Path::new("story")).unwrap();
    (home, Keyring::of(mock::Store::new().unwrap()))
}

fn open(home: TempDir, keyring: &Keyring, unlock: Unlock) -> Device {
    Device::with(home, |settings| {
        settings.unlock = unlock;
        settings.keyring = Some(keyring.clone());
    })
}

fn unasked(home: &TempDir, keyring: &Keyring) -> Unlock {
    unlock_without_asking(home.path(), Some(keyring))
}

fn refused(home: &TempDir, unlock: Unlock) -> OpenError {
    let mut settings = settings(home.path());
    settings.unlock = unlock;
    match node::start(settings) {
        Err(StartError::Store(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it opened"),
    }
}
