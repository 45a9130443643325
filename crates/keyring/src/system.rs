//! Which keyring the system has: the only file that knows.

use std::sync::Arc;

use keyring_core::{CredentialStore, Error};

/// Whether this program can talk to any.
pub(crate) const IS_BUILT_IN: bool = cfg!(all(
    feature = "system",
    any(windows, target_os = "macos", all(unix, not(any(target_os = "ios", target_os = "android"))))
));

/// Secret Service over D-Bus: GNOME's keyring, KDE's wallet, KeePassXC.
#[cfg(all(feature = "system", unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
pub(crate) fn open() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// The login keychain.
#[cfg(all(feature = "system", target_os = "macos"))]
pub(crate) fn open() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// The Credential Manager.
#[cfg(all(feature = "system", windows))]
pub(crate) fn open() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// None.
#[cfg(not(all(
    feature = "system",
    any(windows, target_os = "macos", all(unix, not(any(target_os = "ios", target_os = "android"))))
)))]
pub(crate) fn open() -> Result<Arc<CredentialStore>, Error> {
    Err(Error::NoDefaultStore)
}
