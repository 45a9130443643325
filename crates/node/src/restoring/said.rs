//! What is said on `/alongside/restore/1`, by a device whose holder has 24 words and nothing else, and by any device of a
//! circle.
//!
//! ```text
//! somebody with words                           device of a circle
//!   Ask{blinded key, salt} ────────────────────►
//!                                            ◄── Known{salt, known}      I know the public half of your key
//!   Proof{proof} ──────────────────────────────►                         and I have the other half
//!                                            ◄── Circle{statements}..
//!   Back{statements} ──────────────────────────►                         what the words sign: one more device of mine
//!                                            ◄── Taken                   on my disk
//! ```
//! The key is named so that only who knows it recognises it, and whoever does not know it learns nothing. A frame is as in
//! `knock`; `No` may stand in place of every answer.

use seal::{DeviceId, DeviceKey, Domain, Signature};
use serde::{Deserialize, Serialize};

/// What somebody with words says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// Do you know me?
    Ask { blinded: [u8; 16], salt: [u8; 16] },
    /// It is me, on this connection.
    Proof { proof: Signature },
    /// What the words have signed.
    Back { statements: Vec<(Vec<u8>, Signature)> },
}

/// What a device of a circle says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// I know the key.
    Known { salt: [u8; 16], known: [u8; 16] },
    /// Everything signed about the circle, in causal order, in as many frames as it takes.
    Circle { statements: Vec<(Vec<u8>, Signature)>, more: bool },
    /// What you signed is on my disk.
    Taken,
    /// I do not know the key, or what you signed does not stand.
    No,
}

/// One conversation about one key: nothing that is proved in it holds in another, or on another connection.
#[derive(Clone, Copy)]
pub(crate) struct Meeting {
    pub(crate) key: DeviceId,
    pub(crate) holder: ([u8; 32], [u8; 16]),
    pub(crate) host: ([u8; 32], [u8; 16]),
}

/// A key's name for two network keys and one salt: only who knows its public half recognises it.
pub(crate) fn blinded(key: DeviceId, salt: &[u8; 16], holder: &[u8; 32], host: &[u8; 32]) -> [u8; 16] {
    cut(key, &[b"alongside/restore/1", salt, holder, host])
}

impl Meeting {
    /// What only who knows the public half can say.
    pub(crate) fn known(&self) -> [u8; 16] {
        cut(self.key, &[b"alongside/restored/1", &self.bytes()])
    }

    /// The proof that whoever is at this end has the words.
    pub(crate) fn prove(&self, key: &DeviceKey) -> Signature {
        key.sign(Domain::Proof, &self.bytes())
    }

    /// Whether whoever is at the other end has the words.
    pub(crate) fn is_proved(&self, proof: &Signature) -> bool {
        seal::verify(self.key, Domain::Proof, &self.bytes(), proof).is_ok()
    }

    /// Both network keys are in it, so neither can stand for the other. It begins with the key, where a proof for a plan
    /// has the plan.
    fn bytes(&self) -> Vec<u8> {
        let Meeting { key, holder, host } = self;
        [&key.as_bytes()[..], &holder.0, &host.0, &holder.1, &host.1].concat()
    }
}

fn cut(key: DeviceId, parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_keyed(key.as_bytes());
    parts.iter().for_each(|part| {
        hasher.update(part);
    });
    *hasher.finalize().as_bytes().first_chunk().expect("32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proved_in_one_meeting_holds_in_no_other() {
        let key = DeviceKey::from_seed(&[1; 32].into());
        let meeting = Meeting { key: key.id(), holder: ([2; 32], [3; 16]), host: ([4; 32], [5; 16]) };
        let proof = meeting.prove(&key);
        assert!(meeting.is_proved(&proof));
        for other in [
            Meeting { key: DeviceKey::from_seed(&[9; 32].into()).id(), ..meeting },
            Meeting { holder: ([9; 32], [3; 16]), ..meeting },
            Meeting { holder: ([2; 32], [9; 16]), ..meeting },
            Meeting { host: ([9; 32], [5; 16]), ..meeting },
            Meeting { holder: meeting.host, host: meeting.holder, ..meeting },
        ] {
            assert!(!other.is_proved(&proof));
            assert_ne!(other.known(), meeting.known());
        }
    }

    #[test]
    fn a_blinded_key_is_another_between_others_and_another_time() {
        let (key, other) = (DeviceId::new([1; 32]), DeviceId::new([2; 32]));
        let name = blinded(key, &[0; 16], &[1; 32], &[2; 32]);
        assert_eq!(name, blinded(key, &[0; 16], &[1; 32], &[2; 32]));
        assert_ne!(name, blinded(other, &[0; 16], &[1; 32], &[2; 32]));
        assert_ne!(name, blinded(key, &[1; 16], &[1; 32], &[2; 32]));
        assert_ne!(name, blinded(key, &[0; 16], &[2; 32], &[1; 32]));
    }
}
