//! A chain: one device's edits to one document within one chapter, each naming the one before.
//!
//! Because every edit names its predecessor by hash, a signature on a chain's tip covers the whole chain. So a run of
//! edits travels with a few signatures, not with one each.
//!
//! Signed under `alongside/edit/1`: | plan 32 | document 32 | chain 16 | number 8 big-endian | hash 32 |

use serde::{Deserialize, Serialize};

use crate::{
    edit::{Bytes, Edit, ReadHead, Verified},
    id::{ChainId, ChapterId, DeviceId, DocId, EditHash, PlanId, Seq, Signature},
    key::{self, DeviceKey, Domain},
};

/// The chain that a device writes in a document within a chapter. It commits to all three, so who wrote an edit, and by
/// what right, can be read from the edit itself.
pub fn chain_id(doc: DocId, device: DeviceId, chapter: ChapterId) -> ChainId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"alongside/chain/1");
    hasher.update(doc.as_bytes());
    hasher.update(device.as_bytes());
    hasher.update(chapter.as_bytes());
    let mut id = [0; ChainId::LEN];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..ChainId::LEN]);
    ChainId::new(id)
}

/// Who a chain commits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// The device whose key signs it.
    pub device: DeviceId,
    /// The chapter it belongs to.
    pub chapter: ChapterId,
}

/// A signature on one edit of a chain, which covers every edit before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tip {
    /// The number of the edit it lies on.
    pub seq: Seq,
    /// That edit's hash.
    pub hash: EditHash,
    /// The author's signature.
    pub signature: Signature,
}

impl Tip {
    /// Signs an edit of this device's own chain.
    pub fn sign(key: &DeviceKey, plan: PlanId, edit: &Edit) -> Tip {
        let bytes = signed_bytes(plan, edit.doc(), edit.chain(), edit.seq(), edit.hash());
        Tip { seq: edit.seq(), hash: edit.hash(), signature: key.sign(Domain::Edit, &bytes) }
    }

    /// Checks this one signature. That `chain` commits to `author` is checked too.
    pub fn check(&self, plan: PlanId, doc: DocId, chain: ChainId, author: Author) -> Result<(), Refused> {
        if chain_id(doc, author.device, author.chapter) != chain {
            return Err(Refused::NotTheirs);
        }
        let bytes = signed_bytes(plan, doc, chain, self.seq, self.hash);
        key::verify(author.device, Domain::Edit, &bytes, &self.signature).map_err(|_| Refused::Forged)
    }
}

/// Why a run of a chain is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Some bytes are no edit.
    #[error("not an edit")]
    NotAnEdit,
    /// An edit says it belongs to another chain.
    #[error("an edit of another chain")]
    OtherChain,
    /// A number is missing, doubled or out of order, or an edit does not name the one before it.
    #[error("does not continue its chain")]
    Broken,
    /// No signature lies on the last edit, or one lies on none of them.
    #[error("not signed at its end")]
    Unsigned,
    /// The chain does not commit to this author.
    #[error("not this author's chain")]
    NotTheirs,
    /// A signature does not hold.
    #[error("signature does not hold")]
    Forged,
}

/// A run of consecutive edits of one chain, ending on a signature. Read and in order, but not yet believed.
#[derive(Debug, Clone)]
pub struct Signed {
    plan: PlanId,
    doc: DocId,
    chain: ChainId,
    edits: Vec<Edit>,
    tips: Vec<Tip>,
}

impl Signed {
    /// Gathers a run that follows `before` (the number and hash of the edit before it; `None` at a chain's start).
    pub fn gather(
        plan: PlanId,
        doc: DocId,
        chain: ChainId,
        before: Option<(Seq, EditHash)>,
        bytes: Vec<Bytes>,
        tips: Vec<Tip>,
        read: ReadHead,
    ) -> Result<Signed, Refused> {
        let edits = bytes.into_iter().map(|bytes| Edit::read(doc, bytes, read)).collect::<Result<_, _>>();
        Signed::gather_read(plan, doc, chain, before, edits.map_err(|_| Refused::NotAnEdit)?, tips)
    }

    /// The same of edits that were read already: none is hashed again.
    pub fn gather_read(
        plan: PlanId,
        doc: DocId,
        chain: ChainId,
        before: Option<(Seq, EditHash)>,
        edits: Vec<Edit>,
        tips: Vec<Tip>,
    ) -> Result<Signed, Refused> {
        let mut last = before;
        for edit in &edits {
            if edit.doc() != doc {
                return Err(Refused::OtherChain);
            }
            follows(edit, chain, last)?;
            last = Some((edit.seq(), edit.hash()));
        }
        let (Some(start), Some(end)) = (edits.first(), edits.last()) else { return Err(Refused::Unsigned) };
        let on_the_end = tips.iter().any(|tip| tip.seq == end.seq() && tip.hash == end.hash());
        // The run is in order, so a tip's number says on which edit it must lie.
        let each_on_one = tips.iter().all(|tip| {
            let place =
                tip.seq.number().checked_sub(start.seq().number()).and_then(|place| usize::try_from(place).ok());
            place.and_then(|place| edits.get(place)).is_some_and(|edit| edit.hash() == tip.hash)
        });
        if !on_the_end || !each_on_one {
            return Err(Refused::Unsigned);
        }
        Ok(Signed { plan, doc, chain, edits, tips })
    }

    /// Checks every signature of the run. This and [`Signed::ours`] are the only makers of [`Verified`].
    pub fn verify(self, author: Author) -> Result<(Vec<Verified>, Vec<Tip>), Refused> {
        for tip in &self.tips {
            tip.check(self.plan, self.doc, self.chain, author)?;
        }
        Ok((self.edits.into_iter().map(Verified).collect(), self.tips))
    }

    /// An edit this device just made: ready for the door, together with the act of signing it once the door agrees.
    ///
    /// The signature is made here, so that nothing of ours is verified without one; the caller lets the door weigh the
    /// edit before the tip leaves this device.
    pub fn ours(
        key: &DeviceKey,
        plan: PlanId,
        chapter: ChapterId,
        before: Option<(Seq, EditHash)>,
        edit: Edit,
    ) -> Result<(Verified, Tip), Refused> {
        if chain_id(edit.doc(), key.id(), chapter) != edit.chain() {
            return Err(Refused::NotTheirs);
        }
        follows(&edit, edit.chain(), before)?;
        let tip = Tip::sign(key, plan, &edit);
        Ok((Verified(edit), tip))
    }
}

fn follows(edit: &Edit, chain: ChainId, before: Option<(Seq, EditHash)>) -> Result<(), Refused> {
    if edit.chain() != chain {
        return Err(Refused::OtherChain);
    }
    let in_order = match before {
        None => edit.seq() == Seq::FIRST,
        Some((seq, hash)) => seq.next() == Some(edit.seq()) && edit.after().binary_search(&hash).is_ok(),
    };
    if in_order { Ok(()) } else { Err(Refused::Broken) }
}

fn signed_bytes(plan: PlanId, doc: DocId, chain: ChainId, seq: Seq, hash: EditHash) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(120);
    bytes.extend_from_slice(plan.as_bytes());
    bytes.extend_from_slice(doc.as_bytes());
    bytes.extend_from_slice(chain.as_bytes());
    bytes.extend_from_slice(&seq.number().to_be_bytes());
    bytes.extend_from_slice(hash.as_bytes());
    bytes
}
