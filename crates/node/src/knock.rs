//! What is said on `/alongside/join/1`, by somebody with a ticket or a code and by a device that can let them in.
//!
//! ```text
//! joiner                                        device of the circle
//!   Ask{blinded plan, salt, promise} ──────────►
//!                                            ◄── Nonce{device, nonce, salt, known}   now both sides' words are fixed
//!   Join{bytes, signature, secret, proof} ─────►
//!                                            ◄── Waiting                             people compare four words
//!                                            ◄── Circle{statements}..                after the Confirm
//!   Done ──────────────────────────────────────►
//! ```
//! With a code there are no words to compare: both show that they know it, and the ticket comes under the key they have then.
//! ```text
//! who typed the code                            who shows it
//!   Pair{number, element} ─────────────────────►
//!                                            ◄── Element{element}
//!   Sure{tag} ─────────────────────────────────►   the one guess
//!                                            ◄── Offer{tag, closed}                   a ticket, or a place among my devices
//!   Bound{Join, tag} or Agree{my consent} ─────►
//!                                            ◄── Waiting
//!                                            ◄── Circle{statements}..
//!   Done ──────────────────────────────────────►
//! ```
//! A device that can let nobody in passes the knock on to one that can (`hosting/relay.rs`):
//! ```text
//!   Ask ───────────────────────────────────────►
//!                                            ◄── PassOn{device, salt, known}
//!   Hand{bytes, signature, proof} ─────────────►   passed on
//!                                            ◄── From{device, nonce}                  by whoever can let in
//!   Secret{secret} ────────────────────────────►   passed on
//!                                            ◄── Waiting, and so on
//! ```
//! A frame is | length 4, big-endian | postcard |. `No` may stand in place of every answer.

use circle::{SAFETY_WORDS, safety_words};
use seal::{Bytes, DeviceId, DeviceKey, Domain, OpeningKey, PersonId, PlanId, Signature};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What the joiner says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// May I knock? The plan is named so that only those who know it recognise it; the Join is promised before the nonce
    /// of the other side is known.
    Ask { blinded: [u8; 16], salt: [u8; 16], promise: [u8; 32] },
    /// Who I am, what made the promise, and the proof that it is me on this connection.
    Join { bytes: Vec<u8>, signature: Signature, secret: [u8; 32], proof: Signature },
    /// I have everything on my disk.
    Done,
    /// I was given the code with this number; my half of the exchange.
    Pair { number: u8, element: [u8; 32] },
    /// I have the key: the one guess that a code is good for.
    Sure { tag: [u8; 32] },
    /// Who I am, knocking with the ticket that was just handed over; bound to the key.
    Bound { bytes: Vec<u8>, signature: Signature, tag: [u8; 32] },
    /// Who I am, to somebody who passes it on: the secret behind the promise is for who lets me in.
    Hand { bytes: Vec<u8>, signature: Signature, proof: Signature },
    /// What made the promise, now that the nonce is known.
    Secret { secret: [u8; 32] },
    /// My device agrees to be one of yours, and what it is called; bound to the key.
    Agree(Box<Agreed>, [u8; 32]),
}

/// What a device says that is to be linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Agreed {
    pub(crate) device: DeviceId,
    pub(crate) name: String,
    pub(crate) opens: OpeningKey,
    pub(crate) proof: Signature,
}

/// What is handed over, closed under the key, once both have shown that they know the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Handed {
    /// A ticket: come in as somebody new.
    Ticket(String),
    /// Come in as me: the plan, who I am in it, and the device that links.
    Mine { plan: PlanId, person: PersonId, by: DeviceId },
}

/// What the other side says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// You may; and I know the plan. With the Join and its secret, the nonce makes the safety words.
    Nonce { device: DeviceId, nonce: [u8; 32], salt: [u8; 16], known: [u8; 16] },
    /// Somebody has to look.
    Waiting,
    /// You are in: everything signed about the circle, in causal order, in as many frames as it takes.
    Circle { statements: Vec<(Vec<u8>, Signature)>, more: bool },
    /// You may not.
    No(No),
    /// The other half of the exchange.
    Element { element: [u8; 32] },
    /// I have the key, too; and under it what I hand over.
    Offer { tag: [u8; 32], closed: Vec<u8> },
    /// I can let nobody in, but I know the plan and pass your knock on.
    PassOn { device: DeviceId, salt: [u8; 16], known: [u8; 16] },
    /// This device can let you in; its nonce.
    From { device: DeviceId, nonce: [u8; 32] },
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
    /// I show no code with that number (any more).
    OtherCode,
    /// That was not the code. It is good for nobody now.
    WrongCode,
    /// Somebody looked, and does not want to let you in.
    Declined,
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

/// One conversation about one plan: nothing that is proved in it holds in another, or on another connection.
#[derive(Clone, Copy)]
pub(crate) struct Meeting {
    pub(crate) plan: PlanId,
    pub(crate) joiner: ([u8; 32], [u8; 16]),
    pub(crate) host: ([u8; 32], [u8; 16]),
}

impl Meeting {
    /// What only who knows the plan can say: nobody else is told who knocks.
    pub(crate) fn known(&self, device: DeviceId, nonce: &[u8; 32]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(self.plan.as_bytes());
        hasher.update(b"alongside/known/1");
        hasher.update(&self.proof_bytes());
        hasher.update(device.as_bytes());
        hasher.update(nonce);
        *hasher.finalize().as_bytes().first_chunk().expect("32 bytes")
    }

    /// The joiner's proof that its network key speaks for the device of its Join.
    pub(crate) fn prove(&self, key: &DeviceKey) -> Signature {
        key.sign(Domain::Proof, &self.proof_bytes())
    }

    /// Whether the joiner is this device.
    pub(crate) fn is_proved(&self, device: DeviceId, proof: &Signature) -> bool {
        seal::verify(device, Domain::Proof, &self.proof_bytes(), proof).is_ok()
    }

    /// As on a stream of the circle (`sync`); both network keys are in it, so neither can stand for the other.
    fn proof_bytes(&self) -> Vec<u8> {
        let Meeting { plan, joiner, host } = self;
        [&plan.as_bytes()[..], &joiner.0, &host.0, &joiner.1, &host.1].concat()
    }
}

/// What fixes a Join before the nonce is known. Without the secret, whoever saw the Join before could pick a nonce that
/// makes the words they want.
pub(crate) fn promise(join: &[u8], secret: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"alongside/promise/1");
    hasher.update(join);
    hasher.update(secret);
    *hasher.finalize().as_bytes()
}

/// The four words of a promised Join at this device.
pub(crate) fn words(
    plan: PlanId,
    host: DeviceId,
    join: &[u8],
    secret: &[u8; 32],
    nonce: &[u8; 32],
) -> [&'static str; SAFETY_WORDS] {
    safety_words(plan, host, &[join, secret].concat(), nonce)
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
        let ask = Word::Ask { blinded: [1; 16], salt: [2; 16], promise: [3; 32] };
        assert_eq!(read(&frame(&ask)), Some(ask));
        let answer = Answer::Nonce { device: DeviceId::new([4; 32]), nonce: [5; 32], salt: [6; 16], known: [7; 16] };
        assert_eq!(read(&frame(&answer)), Some(answer));
        assert_eq!(read::<Word>(&[0, 0, 0, 2, 9, 9]), None);
        assert_eq!(read::<Word>(&[0]), None);
    }

    #[test]
    fn what_is_proved_in_one_meeting_holds_in_no_other() {
        let key = DeviceKey::from_seed(&[1; 32].into());
        let meeting = Meeting { plan: PlanId::new([1; 32]), joiner: ([2; 32], [3; 16]), host: ([4; 32], [5; 16]) };
        let (proof, known) = (meeting.prove(&key), meeting.known(key.id(), &[6; 32]));
        assert!(meeting.is_proved(key.id(), &proof));
        for other in [
            Meeting { plan: PlanId::new([9; 32]), ..meeting },
            Meeting { joiner: ([9; 32], [3; 16]), ..meeting },
            Meeting { joiner: ([2; 32], [9; 16]), ..meeting },
            Meeting { host: ([9; 32], [5; 16]), ..meeting },
            Meeting { host: ([4; 32], [9; 16]), ..meeting },
            Meeting { joiner: meeting.host, host: meeting.joiner, ..meeting },
        ] {
            assert!(!other.is_proved(key.id(), &proof));
            assert_ne!(other.known(key.id(), &[6; 32]), known);
        }
        assert_ne!(meeting.known(key.id(), &[7; 32]), known);
    }

    #[test]
    fn a_promise_and_its_words_change_with_the_join_and_with_the_secret() {
        let (plan, host) = (PlanId::new([1; 32]), DeviceId::new([2; 32]));
        assert_ne!(promise(b"join", &[1; 32]), promise(b"join", &[2; 32]));
        assert_ne!(promise(b"join", &[1; 32]), promise(b"joim", &[1; 32]));
        let said = words(plan, host, b"join", &[1; 32], &[3; 32]);
        assert_ne!(said, words(plan, host, b"join", &[2; 32], &[3; 32]));
        assert_ne!(said, words(plan, host, b"join", &[1; 32], &[4; 32]));
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
