//! Documents' keys in the hands of one device: opening one, beginning an epoch, passing a key on to who lacks it.

use std::collections::BTreeSet;

use seal::{DeviceId, DeviceKey, DocId, EpochId, EpochKey, OpeningKey, Time};
use zeroize::Zeroizing;

use crate::{
    body::{Body, NewKey, Wrap},
    draft::{self, Hindrance},
    ledger::Ledger,
    limits::WRAPS,
};

/// Why a device has no key in its hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// The document has no key that everybody who holds it may have: a new one is owed.
    #[error("a new key is owed")]
    Owed,
    /// Nobody has wrapped this one to this device.
    #[error("the key is not here yet")]
    NotHere,
    /// What was wrapped to this device is not the key.
    #[error("the key does not open")]
    Spoilt,
}

/// The key with which this device seals what it writes in a document now.
pub fn live_key(ledger: &Ledger, key: &DeviceKey, doc: DocId) -> Result<EpochKey, NoKey> {
    open_key(ledger, key, doc, ledger.live_key(doc).ok_or(NoKey::Owed)?)
}

/// The key of one epoch of a document, to open what was sealed with it. Also a key that seals nothing any more, or never did
/// because its statement is not in effect.
pub fn open_key(ledger: &Ledger, key: &DeviceKey, doc: DocId, epoch: EpochId) -> Result<EpochKey, NoKey> {
    let mut why = NoKey::NotHere;
    // Somebody may have wrapped rubbish to this device: what others wrapped to it opens all the same.
    for wrapped in ledger.wrapped(doc, epoch, key.id()) {
        match key.unwrap_epoch(ledger.plan(), doc, epoch, wrapped) {
            Ok(opened) => return Ok(opened),
            Err(_) => why = NoKey::Spoilt,
        }
    }
    Err(why)
}

/// Begins a new epoch of a document's key. It is wrapped to this device and to other readers, as many as fit; [`pass_on`]
/// brings it to the rest.
pub fn begin_epoch(
    ledger: &Ledger,
    device: DeviceId,
    at: Time,
    doc: DocId,
    dice: &Zeroizing<[u8; 32]>,
) -> Result<Body, Hindrance> {
    let key = EpochKey::from_dice(dice_for(dice, "epoch".as_bytes()));
    let readers = ledger.readers(doc);
    let others = readers.iter().copied().filter(|reader| *reader != device).take(WRAPS - 1);
    let wraps = wraps(ledger, doc, &key, others.chain([device]).collect(), dice);
    draft::new_key(ledger, device, at, doc, NewKey { epoch: key.id(), wraps })
}

/// Wraps the key of an epoch that this device can open to readers who lack it, as many as fit; nothing if that is nobody to
/// whom anything can be wrapped.
pub fn pass_on(
    ledger: &Ledger,
    key: &DeviceKey,
    at: Time,
    doc: DocId,
    epoch: EpochId,
    dice: &Zeroizing<[u8; 32]>,
) -> Option<Result<Body, Hindrance>> {
    let opened = open_key(ledger, key, doc, epoch).ok()?;
    let (_, without) = ledger.lacking(doc).into_iter().find(|(of, _)| *of == epoch)?;
    let wraps = wraps(ledger, doc, &opened, without, dice);
    (!wraps.is_empty()).then(|| draft::new_key(ledger, key.id(), at, doc, NewKey { epoch, wraps }))
}

/// The key for each of these, sorted by device. Whoever named a key to which nothing can be wrapped gets none.
fn wraps(ledger: &Ledger, doc: DocId, key: &EpochKey, to: BTreeSet<DeviceId>, dice: &Zeroizing<[u8; 32]>) -> Vec<Wrap> {
    let wrap = |device: DeviceId| {
        let opening: OpeningKey = ledger.opening(device)?;
        let sealed = key.wrap(ledger.plan(), doc, opening, dice_for(dice, device.as_bytes())).ok()?;
        Some(Wrap { device, sealed: sealed.to_vec() })
    };
    to.into_iter().filter_map(wrap).take(WRAPS).collect()
}

/// From one throw as many as are needed, each for another purpose.
fn dice_for(dice: &Zeroizing<[u8; 32]>, what: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(*blake3::keyed_hash(dice, what).as_bytes())
}
