//! The data key, wrapped: by a passphrase, or by a key that lies open beside it where its holder wants none; and once more
//! by each spare key, so that who forgets the passphrase opens the home with the 24 words of a plan made here.
//!
//! `key.1` and `key.2` hold the same: | word 16 | version 1 | turn 8 | way 1 | KiB 4 | passes 4 | salt 16 | nonce 24 |
//! wrapped key 48 | spares 1 | nonce 24, wrapped key 48 of each .. | check 16 |, big-endian. `turn` grows with each change,
//! so that after a cut in the middle of one the newer is known. `way` is 0 for the open key (KiB and passes are 0), 1 for a
//! passphrase. The check is blake3 of what stands before it: it tells a damaged file from a wrong passphrase. Associated
//! data: all before the nonce but the turn; of a spare, what kind of file this is. A spare does not say whose it is: a key
//! is tried on each. `key.open` is | word 16 | key 32 | check 16 |.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use zeroize::Zeroizing;

use crate::{
    error::OpenError,
    limits::{ARGON2_KIB, ARGON2_KIB_MOST, ARGON2_PASSES, ARGON2_PASSES_MOST, SPARES},
    sealed::{DataKey, random},
};

const WORD: &[u8; 16] = b"alongside key\x1a\n\0";
const OPEN_WORD: &[u8; 16] = b"alongside open\x1a\n";
const VERSION: u8 = 1;
const CHECK: usize = 16;
const BOUND: usize = 50;
const SEALED: usize = 24 + 48;
const COUNT: usize = BOUND + SEALED;
const OPEN_LENGTH: usize = 16 + 32 + CHECK;

/// How a home is locked, or what is offered to unlock it.
#[derive(Clone, PartialEq, Eq)]
pub enum Unlock {
    /// By a passphrase.
    Passphrase(Zeroizing<String>),
    /// By the key file in the home, which only its owner may read. Offered to a home with a passphrase, this is how the
    /// caller learns that one is needed.
    KeyFile,
    /// By a spare key: that of the 24 words of a plan made here. It opens a home whatever else locks it, and locks none.
    Spare(Zeroizing<[u8; 32]>),
}

impl std::fmt::Debug for Unlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unlock::Passphrase(_) => f.write_str("Passphrase"),
            Unlock::KeyFile => f.write_str("KeyFile"),
            Unlock::Spare(_) => f.write_str("Spare"),
        }
    }
}

/// The way a wrapped key is opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Open,
    Passphrase { kib: u32, passes: u32 },
}

/// One key file, read and whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    bytes: Vec<u8>,
    pub(crate) turn: u64,
    pub(crate) way: Way,
}

impl Wrapped {
    /// Reads a key file. `None` if it is not whole.
    pub(crate) fn read(bytes: Vec<u8>) -> Option<Wrapped> {
        if bytes.len() <= COUNT || !bytes.starts_with(WORD) || bytes[16] != VERSION {
            return None;
        }
        if bytes.len() != COUNT + 1 + usize::from(bytes[COUNT]) * SEALED + CHECK {
            return None;
        }
        let (body, check) = bytes.split_last_chunk::<CHECK>()?;
        if sum(body) != *check {
            return None;
        }
        let turn = u64::from_be_bytes(*bytes[17..].first_chunk()?);
        let kib = u32::from_be_bytes(*bytes[26..].first_chunk()?);
        let passes = u32::from_be_bytes(*bytes[30..].first_chunk()?);
        let way = match bytes[25] {
            0 => Way::Open,
            1 => Way::Passphrase { kib, passes },
            _ => return None,
        };
        Some(Wrapped { bytes, turn, way })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Wraps a data key with a key that lies open.
    pub(crate) fn with_open_key(key: &DataKey, turn: u64, open: &Zeroizing<[u8; 32]>) -> Wrapped {
        Wrapped::seal(key, turn, Way::Open, &random(), open)
    }

    /// Wraps a data key with a passphrase.
    pub(crate) fn with_passphrase(key: &DataKey, turn: u64, passphrase: &str) -> Result<Wrapped, OpenError> {
        let (way, salt) = (Way::Passphrase { kib: ARGON2_KIB, passes: ARGON2_PASSES }, random());
        let wrapping = stretch(passphrase, &salt, ARGON2_KIB, ARGON2_PASSES)?;
        Ok(Wrapped::seal(key, turn, way, &salt, &wrapping))
    }

    fn seal(key: &DataKey, turn: u64, way: Way, salt: &[u8; 16], wrapping: &Zeroizing<[u8; 32]>) -> Wrapped {
        let (code, kib, passes) = match way {
            Way::Open => (0, 0, 0),
            Way::Passphrase { kib, passes } => (1, kib, passes),
        };
        let mut bytes = WORD.to_vec();
        bytes.push(VERSION);
        bytes.extend_from_slice(&turn.to_be_bytes());
        bytes.push(code);
        bytes.extend_from_slice(&u32::to_be_bytes(kib));
        bytes.extend_from_slice(&u32::to_be_bytes(passes));
        bytes.extend_from_slice(salt);
        let sealed = seal_key(key, wrapping, &binding(&bytes));
        bytes.extend_from_slice(&sealed);
        bytes.push(0);
        bytes.extend_from_slice(&sum(&bytes));
        Wrapped { bytes, turn, way }
    }

    /// The same lock with these spares, one turn on.
    fn turned(&self, spares: &[[u8; SEALED]]) -> Wrapped {
        let turn = self.turn + 1;
        let mut bytes = self.bytes[..COUNT].to_vec();
        bytes[17..25].copy_from_slice(&turn.to_be_bytes());
        bytes.push(u8::try_from(spares.len()).expect("spares are bounded"));
        bytes.extend(spares.iter().flatten());
        bytes.extend_from_slice(&sum(&bytes));
        Wrapped { bytes, turn, way: self.way }
    }

    fn spares(&self) -> Vec<[u8; SEALED]> {
        self.bytes[COUNT + 1..self.bytes.len() - CHECK].as_chunks().0.to_vec()
    }

    /// This lock with the spares of the one it takes the place of.
    pub(crate) fn with_spares_of(&self, before: &Wrapped) -> Wrapped {
        Wrapped { turn: self.turn - 1, ..self.clone() }.turned(&before.spares())
    }

    /// The same with one more spare. Beyond the bound the older half stays, and of the newer half the oldest goes: tries at
    /// joining that came to nothing leave spares behind, and must not push out the sheet of one's own plan.
    pub(crate) fn with_spare(&self, key: &DataKey, spare: &Zeroizing<[u8; 32]>) -> Wrapped {
        let mut spares = self.spares();
        while spares.len() >= SPARES {
            spares.remove(SPARES / 2);
        }
        spares.push(seal_key(key, spare, SPARE_BINDING));
        self.turned(&spares)
    }

    /// The same without what this spare key opens.
    pub(crate) fn without_spare(&self, spare: &Zeroizing<[u8; 32]>) -> Wrapped {
        let mut spares = self.spares();
        spares.retain(|sealed| unseal_key(sealed, spare, SPARE_BINDING).is_none());
        self.turned(&spares)
    }

    /// Unwraps with a spare key. `None` if it is nobody's.
    pub(crate) fn unwrap_spare(&self, spare: &Zeroizing<[u8; 32]>) -> Option<DataKey> {
        self.spares().iter().find_map(|sealed| unseal_key(sealed, spare, SPARE_BINDING))
    }

    /// Unwraps with the key that lies open. `None` if it is another one.
    pub(crate) fn unwrap_open(&self, open: &Zeroizing<[u8; 32]>) -> Option<DataKey> {
        self.unseal(open)
    }

    /// Unwraps with a passphrase. Parameters below the floor are refused before anything is computed: they could only
    /// have been put there to learn what was typed.
    pub(crate) fn unwrap_passphrase(&self, passphrase: &str) -> Result<DataKey, OpenError> {
        let Way::Passphrase { kib, passes } = self.way else { return Err(OpenError::KeyDamaged) };
        if kib < ARGON2_KIB || passes < ARGON2_PASSES {
            return Err(OpenError::KeyWeak);
        }
        if kib > ARGON2_KIB_MOST || passes > ARGON2_PASSES_MOST {
            return Err(OpenError::KeyDamaged);
        }
        let salt = self.bytes[34..].first_chunk::<16>().expect("a whole key file has its salt there");
        let wrapping = stretch(passphrase, salt, kib, passes)?;
        self.unseal(&wrapping).ok_or(OpenError::WrongPassphrase)
    }

    fn unseal(&self, wrapping: &Zeroizing<[u8; 32]>) -> Option<DataKey> {
        unseal_key(self.bytes[BOUND..].first_chunk()?, wrapping, &binding(&self.bytes))
    }
}

/// What a spare is bound to: it outlives every change of the passphrase, so to nothing of that.
const SPARE_BINDING: &[u8] = b"alongside key\x1a\n\0spare";

/// What the lock itself is bound to: all before its nonce but the turn, which also grows when only a spare changes.
fn binding(bytes: &[u8]) -> Vec<u8> {
    [&bytes[..17], &bytes[25..BOUND]].concat()
}

fn seal_key(key: &DataKey, wrapping: &Zeroizing<[u8; 32]>, binding: &[u8]) -> [u8; SEALED] {
    let nonce = random::<24>();
    let payload = Payload { msg: key.bytes().as_slice(), aad: binding };
    let sealed = cipher(wrapping).encrypt(&XNonce::from(*nonce), payload).expect("32 bytes can be sealed");
    let mut bytes = [0; SEALED];
    bytes[..24].copy_from_slice(nonce.as_slice());
    bytes[24..].copy_from_slice(&sealed);
    bytes
}

fn unseal_key(sealed: &[u8; SEALED], wrapping: &Zeroizing<[u8; 32]>, binding: &[u8]) -> Option<DataKey> {
    let (nonce, msg) = sealed.split_first_chunk::<24>()?;
    let key = cipher(wrapping).decrypt(&XNonce::from(*nonce), Payload { msg, aad: binding }).ok()?;
    let key = Zeroizing::new(key);
    Some(DataKey::new(Zeroizing::new(key.as_slice().try_into().ok()?)))
}

fn cipher(wrapping: &Zeroizing<[u8; 32]>) -> XChaCha20Poly1305 {
    let key = Zeroizing::new(blake3::derive_key("alongside/store/wrap/1", wrapping.as_slice()));
    XChaCha20Poly1305::new(&(*key).into())
}

fn stretch(passphrase: &str, salt: &[u8; 16], kib: u32, passes: u32) -> Result<Zeroizing<[u8; 32]>, OpenError> {
    let params = Params::new(kib, passes, 1, Some(32)).map_err(|_| OpenError::KeyDamaged)?;
    let mut wrapping = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, wrapping.as_mut_slice())
        .map_err(|_| OpenError::WrongPassphrase)?;
    Ok(wrapping)
}

fn sum(bytes: &[u8]) -> [u8; CHECK] {
    *blake3::hash(bytes).as_bytes().first_chunk().expect("a hash is longer than its beginning")
}

/// The bytes of `key.open`.
pub(crate) fn write_open_key(key: &Zeroizing<[u8; 32]>) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(OPEN_LENGTH));
    bytes.extend_from_slice(OPEN_WORD);
    bytes.extend_from_slice(key.as_slice());
    let check = sum(&bytes);
    bytes.extend_from_slice(&check);
    bytes
}

/// The key in `key.open`, if the file is whole.
pub(crate) fn read_open_key(bytes: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let (body, check) = bytes.split_last_chunk::<CHECK>()?;
    if bytes.len() != OPEN_LENGTH || !body.starts_with(OPEN_WORD) || sum(body) != *check {
        return None;
    }
    Some(Zeroizing::new(body[16..].try_into().ok()?))
}
