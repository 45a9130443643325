//! The first words on a connection: which plans both know, and which device is at the other end.
//!
//! Plan ids never travel in the clear. A Hello names them blinded for these two network keys and this meeting; only who
//! knows a plan's id recognises it. Then each side proves that its network key speaks for its device, plan by plan:
//! signed under `alongside/proof/1`: | plan 32 | prover's network key 32 | verifier's 32 | prover's salt 16 | verifier's 16 |

use std::collections::BTreeMap;

use seal::{DeviceId, DeviceKey, Domain, PlanId, Signature, Time};

use crate::{
    io::{NetworkKey, Nonce},
    limits::{HELLO_PLANS, HELLO_STEP, HELLOS},
    message::{Blinded, Hello, Nth, Proof, Salt},
    planted::Planted,
};

/// What both ends of one connection have said of themselves so far.
#[derive(Debug)]
pub(crate) struct Greeting {
    ours: NetworkKey,
    theirs: NetworkKey,
    nonce: Nonce,
    pub(crate) since: Time,
    /// The other's last Hello. A plan this device has later may be named in it.
    heard: Option<Hello>,
    hellos: u32,
    /// Plans this device has proved, in that order: its numbers for them.
    proved: Vec<PlanId>,
    /// Plans the other has proved, in that order: its numbers for them.
    proven: Vec<PlanId>,
    device: Option<DeviceId>,
}

/// Why a greeting ends in nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rude {
    Rubbish,
    Forged,
    Flood,
}

impl Greeting {
    pub(crate) fn new(ours: NetworkKey, theirs: NetworkKey, nonce: Nonce, since: Time) -> Greeting {
        Greeting {
            ours,
            theirs,
            nonce,
            since,
            heard: None,
            hellos: 0,
            proved: Vec::new(),
            proven: Vec::new(),
            device: None,
        }
    }

    /// What this device says first, and again when it has one more plan.
    pub(crate) fn hello(&self, plans: impl Iterator<Item = PlanId>) -> Hello {
        let salt = self.salt();
        let mut blinded: Vec<Blinded> =
            plans.take(HELLO_PLANS).map(|plan| blind(plan, salt, self.ours, self.theirs)).collect();
        let padded = blinded.len().max(1).next_multiple_of(HELLO_STEP);
        for n in blinded.len()..padded {
            blinded.push(self.noise(n));
        }
        blinded.sort_unstable();
        blinded.dedup();
        Hello { salt, plans: blinded }
    }

    /// Takes in the other's Hello: the proof of every plan that both know and that is not proved yet, if there is one.
    pub(crate) fn hear_hello(
        &mut self,
        hello: Hello,
        me: &DeviceKey,
        plans: impl Iterator<Item = PlanId>,
    ) -> Result<Option<Proof>, Rude> {
        if self.heard.as_ref().is_some_and(|heard| heard.salt != hello.salt) {
            return Err(Rude::Rubbish);
        }
        self.heard = Some(hello);
        self.hellos += 1;
        if self.hellos > HELLOS {
            return Err(Rude::Flood);
        }
        Ok(self.prove(me, plans))
    }

    /// The proof of every plan that the other's last Hello names and that is not proved yet, if there is one.
    pub(crate) fn prove(&mut self, me: &DeviceKey, plans: impl Iterator<Item = PlanId>) -> Option<Proof> {
        let hello = self.heard.as_ref()?;
        let mut proofs = Vec::new();
        for plan in plans {
            let named = hello.plans.binary_search(&blind(plan, hello.salt, self.theirs, self.ours)).is_ok();
            if !named || self.proved.contains(&plan) {
                continue;
            }
            let bytes = proof_bytes(plan, self.ours, self.theirs, self.salt(), hello.salt);
            proofs.push((blind(plan, self.salt(), self.ours, self.theirs), me.sign(Domain::Proof, &bytes)));
            self.proved.push(plan);
        }
        if proofs.is_empty() { None } else { Some(Proof { device: me.id(), plans: proofs }) }
    }

    /// Takes in the other's proof: the plans now proven from both sides.
    pub(crate) fn hear_proof(
        &mut self,
        proof: &Proof,
        plans: impl Iterator<Item = PlanId>,
    ) -> Result<Vec<PlanId>, Rude> {
        let Some(their_salt) = self.heard.as_ref().map(|hello| hello.salt) else { return Err(Rude::Rubbish) };
        if self.device.is_some_and(|device| device != proof.device) {
            return Err(Rude::Forged);
        }
        let by_name: BTreeMap<Blinded, PlanId> =
            plans.map(|plan| (blind(plan, their_salt, self.theirs, self.ours), plan)).collect();
        let mut proven = Vec::new();
        for (blinded, signature) in &proof.plans {
            let plan = *by_name.get(blinded).ok_or(Rude::Rubbish)?;
            if self.proven.contains(&plan) || !self.proved.contains(&plan) {
                return Err(Rude::Rubbish);
            }
            let bytes = proof_bytes(plan, self.theirs, self.ours, their_salt, self.salt());
            check(proof.device, &bytes, signature)?;
            self.proven.push(plan);
            proven.push(plan);
        }
        self.device = Some(proof.device);
        Ok(proven)
    }

    /// Whether nothing is known to be in common.
    pub(crate) fn is_fruitless(&self) -> bool {
        self.proved.is_empty()
    }

    /// The device at the other end, once it has proved itself.
    pub(crate) fn device(&self) -> Option<DeviceId> {
        self.device
    }

    /// This device's number for a plan.
    pub(crate) fn nth(&self, plan: PlanId) -> Option<Nth> {
        Nth::try_from(self.proved.iter().position(|proved| *proved == plan)?).ok()
    }

    /// The plan that the other means by a number.
    pub(crate) fn plan(&self, nth: Nth) -> Option<PlanId> {
        self.proven.get(usize::from(nth)).copied()
    }

    fn salt(&self) -> Salt {
        *self.nonce.0.first_chunk().expect("32 bytes")
    }

    fn noise(&self, n: usize) -> Blinded {
        let mut hasher = blake3::Hasher::new_derive_key("alongside/noise/1");
        hasher.update(&self.nonce.0[16..]);
        hasher.update(&n.to_be_bytes());
        *hasher.finalize().as_bytes().first_chunk().expect("32 bytes")
    }
}

fn check(device: DeviceId, bytes: &[u8], signature: &Signature) -> Result<(), Rude> {
    if Planted::ProofUnchecked.is_on() {
        return Ok(());
    }
    seal::verify(device, Domain::Proof, bytes, signature).map_err(|_| Rude::Forged)
}

fn blind(plan: PlanId, salt: Salt, sender: NetworkKey, receiver: NetworkKey) -> Blinded {
    let mut hasher = blake3::Hasher::new_keyed(plan.as_bytes());
    hasher.update(b"alongside/hello/1");
    hasher.update(&salt);
    hasher.update(&sender.0);
    hasher.update(&receiver.0);
    *hasher.finalize().as_bytes().first_chunk().expect("32 bytes")
}

fn proof_bytes(plan: PlanId, prover: NetworkKey, verifier: NetworkKey, salt: Salt, other: Salt) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    bytes.extend_from_slice(plan.as_bytes());
    bytes.extend_from_slice(&prover.0);
    bytes.extend_from_slice(&verifier.0);
    bytes.extend_from_slice(&salt);
    bytes.extend_from_slice(&other);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: NetworkKey = NetworkKey([1; 32]);
    const BEN: NetworkKey = NetworkKey([2; 32]);
    const EVE: NetworkKey = NetworkKey([3; 32]);

    fn key(seed: u8) -> DeviceKey {
        DeviceKey::from_seed(&[seed; 32].into())
    }

    fn plan(name: u8) -> PlanId {
        PlanId::new([name; 32])
    }

    fn greeting(ours: NetworkKey, theirs: NetworkKey, dice: u8) -> Greeting {
        Greeting::new(ours, theirs, Nonce([dice; 32]), Time(0))
    }

    #[test]
    fn two_devices_learn_which_plans_they_share_and_nothing_else() {
        let (mut ann, mut ben) = (greeting(ANN, BEN, 1), greeting(BEN, ANN, 2));
        let anns = [plan(1), plan(2)];
        let bens = [plan(2), plan(3)];
        let hello = ann.hello(anns.into_iter());
        assert_eq!(hello.plans.len(), 8, "padded");
        let back = ben.hello(bens.into_iter());
        let proof = ben.hear_hello(hello, &key(2), bens.into_iter()).unwrap().unwrap();
        assert_eq!(proof.plans.len(), 1);
        ann.hear_hello(back, &key(1), anns.into_iter()).unwrap().unwrap();
        assert_eq!(ann.hear_proof(&proof, anns.into_iter()), Ok(vec![plan(2)]));
        assert_eq!((ann.device(), ann.plan(0), ann.nth(plan(2))), (Some(key(2).id()), Some(plan(2)), Some(0)));
    }

    #[test]
    fn a_proof_passed_on_by_somebody_in_the_middle_does_not_hold() {
        // Eve stands between Ann and Ben and knows the plan's id, but not Ben's key.
        let plans = [plan(1)];
        let mut ben = greeting(BEN, EVE, 2);
        let mut eve_to_ben = greeting(EVE, BEN, 1);
        let proof = ben.hear_hello(eve_to_ben.hello(plans.into_iter()), &key(2), plans.into_iter()).unwrap().unwrap();
        eve_to_ben.hear_hello(ben.hello(plans.into_iter()), &key(3), plans.into_iter()).unwrap();

        let mut ann = greeting(ANN, EVE, 4);
        let eve_to_ann = greeting(EVE, ANN, 2);
        ann.hear_hello(eve_to_ann.hello(plans.into_iter()), &key(1), plans.into_iter()).unwrap();
        let renamed = Proof {
            device: proof.device,
            plans: vec![(blind(plan(1), eve_to_ann.salt(), EVE, ANN), proof.plans[0].1)],
        };
        assert_eq!(ann.hear_proof(&renamed, plans.into_iter()), Err(Rude::Forged));
        assert_eq!(ann.hear_proof(&proof, plans.into_iter()), Err(Rude::Rubbish));
    }

    #[test]
    fn a_proof_before_a_hello_and_a_changed_salt_are_rubbish() {
        let plans = [plan(1)];
        let mut ann = greeting(ANN, BEN, 1);
        let proof = Proof { device: key(2).id(), plans: vec![([0; 16], Signature::new([0; 64]))] };
        assert_eq!(ann.hear_proof(&proof, plans.into_iter()), Err(Rude::Rubbish));
        ann.hear_hello(greeting(BEN, ANN, 2).hello(plans.into_iter()), &key(1), plans.into_iter()).unwrap();
        let again = greeting(BEN, ANN, 3).hello(plans.into_iter());
        assert_eq!(ann.hear_hello(again, &key(1), plans.into_iter()), Err(Rude::Rubbish));
    }
}
