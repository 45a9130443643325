//! What is said on `/alongside/join/1`, by somebody with a ticket and by a device that can let them in.
//!
//! ```text
//! joiner                                     device of the circle
//!   Ask{blinded plan, nonce, hash of Join} ──►
//!                                         ◄── Nonce{device, nonce}      now both sides' words are fixed
//!   Join{bytes, signature} ──────────────────►
//!                                         ◄── Waiting                   people compare four words
//!                                         ◄── Circle{statements}..      after the Confirm
//!   Done ────────────────────────────────────►
//! ```
//! A frame is | length 4, big-endian | postcard |. `No` may stand in place of every answer.

use seal::{Bytes, DeviceId, PlanId, Signature, StatementId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What the joiner says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// May I knock? The plan is named so that only those who know it recognise it; the Join is fixed before the nonce of
    /// the other side is known.
    Ask { blinded: [u8; 16], nonce: [u8; 16], join: StatementId },
    /// Who I am.
    Join { bytes: Vec<u8>, signature: Signature },
    /// I have everything on my disk.
    Done,
}

/// What the other side says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// You may. With the Join, this makes the safety words.
    Nonce { device: DeviceId, nonce: [u8; 32] },
    /// Somebody has to look.
    Waiting,
    /// You are in: everything signed about the circle, in causal order, in as many frames as it takes.
    Circle { statements: Vec<(Vec<u8>, Signature)>, more: bool },
    /// You may not.
    No(No),
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum No {
    /// I know of no such plan, or of no invitation to it.
    OtherPlan,
    /// The invitation's time is over.
    Expired,
    /// Somebody came in with it.
    Used,
    /// I cannot let anybody in.
    NotMe,
    /// Too many are waiting.
    Crowded,
    /// The Join is not one for this invitation.
    Refused,
}

/// A plan's name for two network keys and one nonce: only who knows the plan recognises it.
pub(crate) fn blinded(plan: PlanId, nonce: &[u8; 16], joiner: &[u8; 32], other: &[u8; 32]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_keyed(plan.as_bytes());
    hasher.update(b"alongside/join/1");
    hasher.update(nonce);
    hasher.update(joiner);
    hasher.update(other);
    let mut cut = [0; 16];
    cut.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    cut
}

/// The frame of a word or an answer.
pub(crate) fn frame(said: &impl Serialize) -> Bytes {
    let body = seal::encode(said);
    let length = u32::try_from(body.len()).expect("far below the bound of a frame");
    let mut frame = length.to_be_bytes().to_vec();
    frame.extend_from_slice(&body);
    frame.into()
}

/// What a frame says; its length was checked when it was read.
pub(crate) fn read<T: Serialize + DeserializeOwned>(frame: &[u8]) -> Option<T> {
    seal::decode(frame.get(sync::FRAME_HEAD..)?, sync::limits::FRAME_WIRE).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_reads_back_and_rubbish_says_nothing() {
        let ask = Word::Ask { blinded: [1; 16], nonce: [2; 16], join: StatementId::new([3; 32]) };
        assert_eq!(read(&frame(&ask)), Some(ask));
        let answer = Answer::Nonce { device: DeviceId::new([4; 32]), nonce: [5; 32] };
        assert_eq!(read(&frame(&answer)), Some(answer));
        assert_eq!(read::<Word>(&[0, 0, 0, 2, 9, 9]), None);
        assert_eq!(read::<Word>(&[0]), None);
    }

    #[test]
    fn a_blinded_plan_is_another_between_others_and_another_time() {
        let plan = PlanId::new([1; 32]);
        let name = blinded(plan, &[0; 16], &[1; 32], &[2; 32]);
        assert_eq!(name, blinded(plan, &[0; 16], &[1; 32], &[2; 32]));
        for other in [
            blinded(PlanId::new([2; 32]), &[0; 16], &[1; 32], &[2; 32]),
            blinded(plan, &[1; 16], &[1; 32], &[2; 32]),
            blinded(plan, &[0; 16], &[2; 32], &[1; 32]),
        ] {
            assert_ne!(name, other);
        }
    }
}
