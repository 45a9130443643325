//! One device's signing key, and the only place where a signature is made or checked.
//!
//! What is signed is `domain ‖ 0 ‖ bytes` (`protocol.md`), so nothing signed in one place means anything in another.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};
use zeroize::Zeroizing;

use crate::id::{DeviceId, OpeningKey, Signature};

/// What a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// A statement of a circle or of a document.
    Statement,
    /// The tip of a chain of edits.
    Edit,
    /// A ticket, and a Join's proof that it holds the ticket's key.
    Ticket,
    /// The proof in the handshake that this network key speaks for this device.
    Proof,
    /// A wrapped document key: nothing is signed for it, HPKE takes it as its info.
    Key,
}

impl Domain {
    /// Every kind of signed thing, for tests that put each in the place of each other.
    pub const ALL: [Domain; 5] = [Domain::Statement, Domain::Edit, Domain::Ticket, Domain::Proof, Domain::Key];

    /// The text that goes before what is signed.
    pub fn text(self) -> &'static str {
        match self {
            Domain::Statement => "alongside/statement/1",
            Domain::Edit => "alongside/edit/1",
            Domain::Ticket => "alongside/ticket/1",
            Domain::Proof => "alongside/proof/1",
            Domain::Key => "alongside/key/1",
        }
    }

    fn frame(self, bytes: &[u8]) -> Vec<u8> {
        let mut framed = Vec::with_capacity(self.text().len() + 1 + bytes.len());
        framed.extend_from_slice(self.text().as_bytes());
        framed.push(0);
        framed.extend_from_slice(bytes);
        framed
    }
}

/// A signature that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("signature does not hold")]
pub struct Forged;

/// A device's signing key. It is zeroed on drop, and there is no way to copy, print or encode it by accident.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key grown from 32 random bytes. The dice are the caller's.
    pub fn from_seed(seed: &Zeroizing<[u8; 32]>) -> DeviceKey {
        DeviceKey(SigningKey::from_bytes(seed))
    }

    /// The 32 bytes it grew from, for the encrypted store and nothing else.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The device this key speaks for.
    pub fn id(&self) -> DeviceId {
        DeviceId::new(self.0.verifying_key().to_bytes())
    }

    /// The public key to which others wrap what only this device is to open.
    pub fn opening(&self) -> OpeningKey {
        OpeningKey::new(x25519(*self.opens(), X25519_BASEPOINT_BYTES))
    }

    /// The private half of [`DeviceKey::opening`]: another key than the one that signs, grown from the same seed.
    pub(crate) fn opens(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key("alongside/opening/1", &*self.seed()))
    }

    /// Signs these exact bytes for this purpose.
    pub fn sign(&self, domain: Domain, bytes: &[u8]) -> Signature {
        Signature::new(self.0.sign(&domain.frame(bytes)).to_bytes())
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKey")
    }
}

/// Checks one signature strictly: `verify_strict` everywhere, never batch verification, whose laxer rule can let two
/// devices disagree.
pub fn verify(device: DeviceId, domain: Domain, bytes: &[u8], signature: &Signature) -> Result<(), Forged> {
    let key = VerifyingKey::from_bytes(device.as_bytes()).map_err(|_| Forged)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    key.verify_strict(&domain.frame(bytes), &signature).map_err(|_| Forged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> DeviceKey {
        DeviceKey::from_seed(&Zeroizing::new([seed; 32]))
    }

    #[test]
    fn each_signed_kind_is_refused_in_the_place_of_each_other() {
        let key = key(1);
        for made in Domain::ALL {
            let signature = key.sign(made, b"the same bytes");
            for used in Domain::ALL {
                assert_eq!(verify(key.id(), used, b"the same bytes", &signature).is_ok(), made == used);
            }
        }
    }

    #[test]
    fn every_single_bit_flip_is_refused() {
        let (key, bytes) = (key(2), *b"I want to swim");
        let signature = key.sign(Domain::Edit, &bytes);
        for bit in 0..512 {
            let mut flipped = *signature.as_bytes();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(verify(key.id(), Domain::Edit, &bytes, &Signature::new(flipped)), Err(Forged));
        }
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(verify(key.id(), Domain::Edit, &flipped, &signature), Err(Forged));
        }
    }

    #[test]
    fn the_key_that_opens_is_not_the_key_that_signs() {
        assert_eq!(key(4).opening(), key(4).opening());
        assert_ne!(key(4).opening(), key(5).opening());
        assert_ne!(*key(4).opens(), *key(4).seed());
    }

    #[test]
    fn a_key_does_not_print_itself() {
        assert_eq!(format!("{:?}", key(3)), "DeviceKey");
    }
}
