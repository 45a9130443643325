//! A document's epoch key: 32 random bytes with which its edits are sealed when they leave the circle's own devices.
//!
//! A statement commits to it and carries it wrapped to each device that reads the document: HPKE in its base mode (RFC 9180)
//! with X25519, HKDF-SHA256 and ChaCha20-Poly1305; info `alongside/key/1`, associated data plan ‖ document ‖ epoch.
//!
//! | encapsulated key 32 | sealed key 32 | tag 16 |

use std::{convert::Infallible, fmt};

use hpke::{
    Deserializable as _, OpModeR, OpModeS, Serializable as _,
    aead::{AeadTag, ChaCha20Poly1305},
    inout::InOutBuf,
    kdf::HkdfSha256,
    kem::{Kem, X25519HkdfSha256},
    rand_core::{TryCryptoRng, TryRng},
    single_shot_open_inout_detached, single_shot_seal_inout_detached_with_rng,
};
use zeroize::Zeroizing;

use crate::{
    id::{DocId, EpochId, OpeningKey, PlanId},
    key::{DeviceKey, Domain},
    limits::WRAP_BYTES,
};

/// The context in which an epoch's key is hashed to what a statement says of it.
const COMMITS: &str = "alongside/epoch/1";

const ENCAPSULATED: usize = 32;
const KEY: usize = 32;

/// A document's key for one epoch. It is zeroed on drop, and there is no way to copy, print or encode it by accident.
pub struct EpochKey(Zeroizing<[u8; KEY]>);

/// A wrapped key that this device cannot open: made for another device, document or epoch, or altered, or another key than
/// the epoch's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key does not open")]
pub struct Locked;

/// A device whose opening key is no point that anything can be wrapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be wrapped to this key")]
pub struct Unwrappable;

impl EpochKey {
    /// The key of these random bytes. The dice are the caller's.
    pub fn from_dice(dice: Zeroizing<[u8; 32]>) -> EpochKey {
        EpochKey(dice)
    }

    /// What a statement says of it: a commitment, so that nobody hands different keys to different readers.
    pub fn id(&self) -> EpochId {
        EpochId::new(blake3::derive_key(COMMITS, &*self.0))
    }

    /// The key as only one device can open it. `dice` are good for one wrap.
    pub fn wrap(
        &self,
        plan: PlanId,
        doc: DocId,
        to: OpeningKey,
        dice: Zeroizing<[u8; 32]>,
    ) -> Result<[u8; WRAP_BYTES], Unwrappable> {
        let to = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(to.as_bytes()).map_err(|_| Unwrappable)?;
        let mut wrapped = [0; WRAP_BYTES];
        let (encapsulated, rest) = wrapped.split_at_mut(ENCAPSULATED);
        let (sealed, tag) = rest.split_at_mut(KEY);
        sealed.copy_from_slice(&*self.0);
        let (by, made) = single_shot_seal_inout_detached_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &to,
            Domain::Key.text().as_bytes(),
            InOutBuf::from(sealed),
            &about(plan, doc, self.id()),
            &mut Once(Some(dice)),
        )
        .map_err(|_| Unwrappable)?;
        encapsulated.copy_from_slice(&by.to_bytes());
        tag.copy_from_slice(&made.to_bytes());
        Ok(wrapped)
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochKey")
    }
}

impl DeviceKey {
    /// Opens a document's key that was wrapped to this device, if it is the key of this epoch.
    pub fn unwrap_epoch(&self, plan: PlanId, doc: DocId, epoch: EpochId, wrapped: &[u8]) -> Result<EpochKey, Locked> {
        let (encapsulated, rest) = wrapped.split_at_checked(ENCAPSULATED).ok_or(Locked)?;
        let (sealed, tag) = rest.split_at_checked(KEY).ok_or(Locked)?;
        let own = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&*self.opens()).map_err(|_| Locked)?;
        let by = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Locked)?;
        let tag = AeadTag::<ChaCha20Poly1305>::from_bytes(tag).map_err(|_| Locked)?;
        let mut key = Zeroizing::new([0; KEY]);
        key.copy_from_slice(sealed);
        single_shot_open_inout_detached::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &own,
            &by,
            Domain::Key.text().as_bytes(),
            InOutBuf::from(&mut key[..]),
            &about(plan, doc, epoch),
            &tag,
        )
        .map_err(|_| Locked)?;
        let key = EpochKey(key);
        if key.id() == epoch { Ok(key) } else { Err(Locked) }
    }
}

fn about(plan: PlanId, doc: DocId, epoch: EpochId) -> Vec<u8> {
    [&plan.as_bytes()[..], doc.as_bytes(), epoch.as_bytes()].concat()
}

/// The dice of one wrap, in the form in which HPKE throws them: it asks once, for the seed of the key it wraps by.
struct Once(Option<Zeroizing<[u8; 32]>>);

impl TryRng for Once {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("HPKE asks for bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("HPKE asks for bytes")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        let dice = self.0.take().expect("HPKE asks once");
        bytes.copy_from_slice(&*dice);
        Ok(())
    }
}

impl TryCryptoRng for Once {}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    use super::*;

    const PLAN: PlanId = PlanId::new([1; 32]);
    const DOC: DocId = DocId::new([2; 32]);

    fn device(seed: u8) -> DeviceKey {
        DeviceKey::from_seed(&Zeroizing::new([seed; 32]))
    }

    fn epoch(dice: u8) -> EpochKey {
        EpochKey::from_dice(Zeroizing::new([dice; 32]))
    }

    fn wrapped(key: &EpochKey, to: &DeviceKey) -> [u8; WRAP_BYTES] {
        key.wrap(PLAN, DOC, to.opening(), Zeroizing::new([9; 32])).expect("an honest key")
    }

    #[test]
    fn the_bytes_are_those_of_the_protocol() {
        let key = epoch(3);
        assert_eq!(HEXLOWER.encode(key.id().as_bytes()), GOLDEN_EPOCH);
        assert_eq!(HEXLOWER.encode(&wrapped(&key, &device(4))), GOLDEN_WRAP);
        let wrap = HEXLOWER.decode(GOLDEN_WRAP.as_bytes()).expect("hex");
        let opened = device(4).unwrap_epoch(PLAN, DOC, key.id(), &wrap).expect("it is for this device");
        assert_eq!(*opened.0, [3; 32]);
    }

    /// As in `docs/protocol.md`.
    const GOLDEN_EPOCH: &str = "db5dbd4c8fac4fe09cb4d331755683199d466a7425da8452e75b314193fb6161";
    const GOLDEN_WRAP: &str = "de8923a675d02180cdd7d0097ba404b9e1e2930d5665cba58d1765006361793b4160540eee30040d980e74b3c3bd001157980bdae6f1516185859ddc6889bd7de5dfd9ba463cbef7d1b94d17da2120b1";

    #[test]
    fn a_key_opens_on_its_device_in_its_document_and_epoch_alone() {
        let (key, to) = (epoch(3), device(4));
        let wrap = wrapped(&key, &to);
        let open = |device: &DeviceKey, plan, doc, epoch| device.unwrap_epoch(plan, doc, epoch, &wrap).is_ok();
        assert!(open(&to, PLAN, DOC, key.id()));
        assert!(!open(&device(5), PLAN, DOC, key.id()));
        assert!(!open(&to, PlanId::new([7; 32]), DOC, key.id()));
        assert!(!open(&to, PLAN, DocId::new([7; 32]), key.id()));
        assert!(!open(&to, PLAN, DOC, epoch(6).id()));
    }

    #[test]
    fn a_flipped_bit_and_a_missing_byte_are_noticed() {
        let (key, to) = (epoch(3), device(4));
        let wrap = wrapped(&key, &to);
        for bit in 0..WRAP_BYTES * 8 {
            let mut flipped = wrap;
            flipped[bit / 8] ^= 1 << (bit % 8);
            // X25519 leaves the highest bit of a public key out, but what is sealed hangs on all of its bytes.
            assert_eq!(to.unwrap_epoch(PLAN, DOC, key.id(), &flipped).err(), Some(Locked), "bit {bit}");
        }
        for length in 0..WRAP_BYTES {
            assert_eq!(to.unwrap_epoch(PLAN, DOC, key.id(), &wrap[..length]).err(), Some(Locked));
        }
        let longer = [&wrap[..], &[0]].concat();
        assert_eq!(to.unwrap_epoch(PLAN, DOC, key.id(), &longer).err(), Some(Locked));
    }

    #[test]
    fn whoever_wraps_one_key_and_commits_to_another_is_found_out() {
        let (committed, handed_out, to) = (epoch(3), epoch(5), device(4));
        let about = about(PLAN, DOC, committed.id());
        let mut sealed = [5; KEY];
        let (by, tag) = single_shot_seal_inout_detached_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &<X25519HkdfSha256 as Kem>::PublicKey::from_bytes(to.opening().as_bytes()).expect("an honest key"),
            Domain::Key.text().as_bytes(),
            InOutBuf::from(&mut sealed[..]),
            &about,
            &mut Once(Some(Zeroizing::new([9; 32]))),
        )
        .expect("an honest key");
        let wrap = [&by.to_bytes()[..], &sealed, &tag.to_bytes()].concat();
        assert_eq!(to.unwrap_epoch(PLAN, DOC, committed.id(), &wrap).err(), Some(Locked));
        assert_eq!(to.unwrap_epoch(PLAN, DOC, handed_out.id(), &wrap).err(), Some(Locked));
    }

    #[test]
    fn nothing_is_wrapped_to_a_point_that_everybody_knows() {
        let nowhere = OpeningKey::new([0; 32]);
        assert_eq!(epoch(3).wrap(PLAN, DOC, nowhere, Zeroizing::new([9; 32])), Err(Unwrappable));
    }

    #[test]
    fn a_key_does_not_print_itself() {
        assert_eq!(format!("{:?}", epoch(3)), "EpochKey");
    }

    proptest! {
        #[test]
        fn what_is_wrapped_opens_again(
            key: [u8; 32], seed: [u8; 32], dice: [u8; 32], plan: [u8; 32], doc: [u8; 32],
        ) {
            let (made, to) = (EpochKey::from_dice(Zeroizing::new(key)), DeviceKey::from_seed(&Zeroizing::new(seed)));
            let (plan, doc) = (PlanId::new(plan), DocId::new(doc));
            let wrap = made.wrap(plan, doc, to.opening(), Zeroizing::new(dice)).expect("an honest key");
            let opened = to.unwrap_epoch(plan, doc, made.id(), &wrap).expect("it is for this device");
            prop_assert_eq!(*opened.0, key);
            prop_assert!(!wrap.windows(8).any(|part| key.windows(8).any(|secret| part == secret)));
        }
    }
}
