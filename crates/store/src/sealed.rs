//! How a record is sealed, and how its name is hidden.
//!
//! A value is | nonce 24 | XChaCha20-Poly1305 of the record .. | tag 16 |, with the nonce drawn anew at every write and
//! the associated data | schema 4 | generation 8 | redb key .. |, big-endian; the redb key begins with the kind of record.
//! So a value that is moved to another place, kind or store, or taken from before a rewrite, does not open.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use zeroize::Zeroizing;

use crate::limits::SCHEMA;

const NONCE: usize = 24;

/// The random key everything of one home is sealed with. Zeroed on drop; never printed.
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// The key with these bytes.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> DataKey {
        DataKey(bytes)
    }

    /// A key drawn from the system's dice.
    pub(crate) fn draw() -> DataKey {
        DataKey(random())
    }

    /// The same key once more, for a home that is opened again. Not `Clone`: nothing else has a use for two.
    pub(crate) fn again(&self) -> DataKey {
        DataKey(self.0.clone())
    }

    pub(crate) fn bytes(&self) -> &Zeroizing<[u8; 32]> {
        &self.0
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey")
    }
}

/// So many bytes of the system's dice.
pub(crate) fn random<const N: usize>() -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).expect("the operating system has random numbers");
    bytes
}

/// A value that was not sealed at this place by this key.
#[derive(Debug)]
pub(crate) struct Altered;

/// Seals, opens and blinds: made from the data key when a store is opened.
#[derive(Clone)]
pub(crate) struct Sealer {
    cipher: XChaCha20Poly1305,
    blinding: Zeroizing<[u8; 32]>,
    generation: u64,
}

impl Sealer {
    pub(crate) fn new(key: &DataKey, generation: u64) -> Sealer {
        let sealing = Zeroizing::new(blake3::derive_key("alongside/store/seal/1", key.bytes().as_slice()));
        let blinding = Zeroizing::new(blake3::derive_key("alongside/store/blind/1", key.bytes().as_slice()));
        Sealer { cipher: XChaCha20Poly1305::new(&(*sealing).into()), blinding, generation }
    }

    /// Seals a record for its place.
    pub(crate) fn seal(&self, place: &[u8], record: &[u8]) -> Vec<u8> {
        let nonce = random::<NONCE>();
        let payload = Payload { msg: record, aad: &self.binding(place) };
        let sealed = self.cipher.encrypt(&XNonce::from(*nonce), payload).expect("a record is far below 256 GiB");
        let mut value = Vec::with_capacity(NONCE + sealed.len());
        value.extend_from_slice(nonce.as_slice());
        value.extend_from_slice(&sealed);
        value
    }

    /// The record that was sealed at this place.
    pub(crate) fn open(&self, place: &[u8], value: &[u8]) -> Result<Vec<u8>, Altered> {
        let (nonce, sealed) = value.split_first_chunk::<NONCE>().ok_or(Altered)?;
        let payload = Payload { msg: sealed, aad: &self.binding(place) };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Altered)
    }

    /// Whether this value was sealed at this place. The head record begins with what is needed to open it.
    pub(crate) fn holds(&self, place: &[u8], value: &[u8]) -> bool {
        let clear = if place == crate::layout::head() { 12 } else { 0 };
        value.get(clear..).is_some_and(|sealed| self.open(place, sealed).is_ok())
    }

    /// What stands in the file in place of a name: the same each time, and nothing to whoever lacks the key.
    pub(crate) fn blind(&self, kind: u8, parts: &[&[u8]]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.blinding);
        hasher.update(&[kind]);
        for part in parts {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        let mut blinded = [0; 16];
        blinded.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        blinded
    }

    fn binding(&self, place: &[u8]) -> Vec<u8> {
        let mut binding = Vec::with_capacity(12 + place.len());
        binding.extend_from_slice(&SCHEMA.to_be_bytes());
        binding.extend_from_slice(&self.generation.to_be_bytes());
        binding.extend_from_slice(place);
        binding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(key: u8, generation: u64) -> Sealer {
        Sealer::new(&DataKey::new(Zeroizing::new([key; 32])), generation)
    }

    #[test]
    fn a_record_opens_only_at_its_place_in_its_generation_under_its_key() {
        let value = sealer(1, 1).seal(b"here", b"I want to swim");
        assert_eq!(sealer(1, 1).open(b"here", &value).unwrap().as_slice(), b"I want to swim");
        assert!(sealer(1, 1).open(b"there", &value).is_err());
        assert!(sealer(1, 2).open(b"here", &value).is_err());
        assert!(sealer(2, 1).open(b"here", &value).is_err());
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let sealer = sealer(1, 1);
        let value = sealer.seal(b"here", b"I want to swim");
        for bit in 0..value.len() * 8 {
            let mut flipped = value.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(sealer.open(b"here", &flipped).is_err());
        }
        for end in 0..value.len() {
            assert!(sealer.open(b"here", &value[..end]).is_err());
        }
    }

    #[test]
    fn the_same_record_is_never_sealed_the_same_way_twice() {
        let sealer = sealer(1, 1);
        assert_ne!(sealer.seal(b"here", b"yes"), sealer.seal(b"here", b"yes"));
    }

    #[test]
    fn names_are_blinded_by_key_kind_and_every_part() {
        let sealer1 = sealer(1, 1);
        assert_eq!(sealer1.blind(1, &[b"ab", b"c"]), sealer1.blind(1, &[b"ab", b"c"]));
        assert_ne!(sealer1.blind(1, &[b"ab", b"c"]), sealer1.blind(1, &[b"a", b"bc"]));
        assert_ne!(sealer1.blind(1, &[b"ab"]), sealer1.blind(2, &[b"ab"]));
        assert_ne!(sealer1.blind(1, &[b"ab"]), sealer(2, 1).blind(1, &[b"ab"]));
    }
}
