//! Passing a knock on: whoever knocks at a member's device is heard by a device that can let them in: by the one that invited
//! them, if it is there.
//!
//! | length 4 | kind 65 | length 2 of what follows | postcard of [`Passed`] | zeros up to [`limits::PASSED`] |
//!
//! All frames are as long as each other. For one newcomer one goes each way, and once more when the secret behind the words is
//! told; then there is silence until the circle says that they are in. The secret passes only after the nonce, so whoever
//! passes it on cannot grind out words. Nothing of it is kept here: who knocks comes back.

use std::collections::BTreeSet;

use circle::{Act, Standing, Statement};
use libp2p::PeerId;
use seal::{Bytes, DeviceId, PersonId, PlanId, Signature};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::{
    Asked, Origin, Stage, Waiting,
    may::{inviter, may_knock, may_let_in},
};
use crate::{
    hands::{Hands, dice, now},
    knock::{self, Answer, Meeting, No},
    limits,
    stream::StreamId,
};

/// The kind of the frame.
const PASSED: u8 = 65;

/// What members' devices tell each other of somebody who knocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Passed {
    /// They knock here, and have promised this Join.
    Knock { plan: PlanId, bytes: Vec<u8>, signature: Signature, promise: [u8; 32] },
    /// My nonce for them.
    Nonce { plan: PlanId, person: PersonId, nonce: [u8; 32] },
    /// Their secret.
    Secret { plan: PlanId, person: PersonId, secret: [u8; 32] },
    /// Their knock is on my disk: people compare words now.
    Kept { plan: PlanId, person: PersonId },
    /// They may not.
    No { plan: PlanId, person: PersonId, no: No },
    /// Whom I passed on to you knocks at the device that invited them now.
    Gone { plan: PlanId, person: PersonId },
}

/// Somebody who knocks at another member's device, until their secret is told.
pub(crate) struct Relayed {
    join: Statement,
    promise: [u8; 32],
    nonce: [u8; 32],
    at: Instant,
}

/// A knock that is passed on from here.
#[derive(Clone)]
pub(crate) struct Onward {
    pub(crate) plan: PlanId,
    pub(crate) join: Box<Statement>,
    pub(crate) promise: [u8; 32],
    /// The device that answered first, and its nonce.
    pub(crate) chosen: Option<(DeviceId, [u8; 32])>,
}

impl Onward {
    fn person(&self) -> PersonId {
        PersonId::from(self.join.id())
    }
}

/// What a frame of this kind tells; `None` for every other frame, and `Some(None)` for one that cannot be read.
pub(crate) fn read(frame: &[u8]) -> Option<Option<Passed>> {
    let (kind, body) = frame.get(sync::FRAME_HEAD..)?.split_first()?;
    if *kind != PASSED {
        return None;
    }
    let told = body.split_first_chunk::<2>().and_then(|(length, rest)| {
        let (told, zeros) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let fits = body.len() == limits::PASSED && zeros.iter().all(|byte| *byte == 0);
        fits.then(|| seal::decode(told, limits::PASSED).ok()).flatten()
    });
    Some(told)
}

/// The frame that tells this; `None` if it is longer than all of them are.
pub(crate) fn frame(passed: &Passed) -> Option<Bytes> {
    let told = seal::encode(passed);
    let length = u16::try_from(told.len()).ok()?;
    let mut body = length.to_be_bytes().to_vec();
    body.extend_from_slice(&told);
    if body.len() > limits::PASSED {
        return None;
    }
    body.resize(limits::PASSED, 0);
    let whole = u32::try_from(body.len() + 1).ok()?;
    let mut frame = whole.to_be_bytes().to_vec();
    frame.push(PASSED);
    frame.extend_from_slice(&body);
    Some(frame.into())
}

// At the device where they knock.
impl Hands {
    /// Somebody knocks here who can only be let in elsewhere, or whom perhaps another device invited.
    pub(super) fn may_pass_on(&self, plan: PlanId, (meeting, promise): (Meeting, [u8; 32])) -> Asked {
        let ledger = self.sync.ledger(plan).ok_or(No::OtherPlan)?;
        ledger.person_of(self.device).ok_or(No::OtherPlan)?;
        let (device, (_, salt), known) = (self.device, meeting.host, meeting.known(self.device, &[0; 32]));
        Ok((Stage::Passing { meeting, promise }, Some(Answer::PassOn { device, salt, known })))
    }

    /// Their Join, without the secret: it goes to whoever can let them in, now or when one of those is connected.
    pub(super) fn pass_on(&mut self, id: StreamId, plan: PlanId, join: Statement, promise: [u8; 32]) -> Asked {
        let ledger = self.sync.ledger(plan).ok_or(No::OtherPlan)?;
        if join.plan() != plan {
            return Err(No::Refused);
        }
        if ledger.person(join.id().into()).is_some() {
            let stage = Stage::Knocking { plan, person: join.id().into(), rather: None };
            return Ok((stage, Some(Answer::Waiting)));
        }
        // Only who invited them is better than this device, if this one can let them in.
        let here = match may_knock(ledger, self.device, &join) {
            Ok(()) => true,
            Err(No::NotMe) => false,
            Err(no) => return Err(no),
        };
        let by = inviter(ledger, &join);
        let mut onward = Onward { plan, join: Box::new(join), promise, chosen: None };
        match self.best_host(&onward) {
            Some((peer, device)) if !here || Some(device) == by => self.pass(peer, &knock_of(&onward)),
            Some(_) | None if here => {
                let (device, join) = (self.device, onward.join.as_ref().clone());
                let nonce = self.nonce_for(plan, join, promise);
                onward.chosen = Some((device, nonce));
                return Ok((Stage::PassedOn(onward), Some(Answer::From { device, nonce })));
            }
            Some(_) | None => {}
        }
        tracing::debug!(stream = id.0, "a knock is passed on");
        Ok((Stage::PassedOn(onward), None))
    }

    /// A connected device that can let them in: the one that invited, if it is there.
    fn best_host(&self, onward: &Onward) -> Option<(PeerId, DeviceId)> {
        let ledger = self.sync.ledger(onward.plan)?;
        let Act::Join(asks) = onward.join.act() else { return None };
        let invited = ledger.invites().into_iter().find(|invited| invited.invite.key == asks.invite)?;
        let by = inviter(ledger, &onward.join);
        let hosts =
            self.links.known_devices().filter(|(_, device)| may_let_in(ledger, *device, invited.invite.standing));
        hosts.min_by_key(|(_, device)| Some(*device) != by)
    }

    /// A device of the circle is here: it may be able to let somebody in who knocks at this one, or have invited somebody who
    /// waits for another.
    pub(crate) fn pass_on_to(&mut self, device: DeviceId) {
        self.send_to_inviter(device);
        let guests = self.hosting.guests.values();
        let waiting: Vec<Onward> = guests
            .filter_map(|guest| match &guest.stage {
                Stage::PassedOn(onward) if onward.chosen.is_none() => Some(onward.clone()),
                _ => None,
            })
            .collect();
        for onward in waiting {
            if let Some((peer, host)) = self.best_host(&onward)
                && host == device
            {
                self.pass(peer, &knock_of(&onward));
            }
        }
    }

    /// Whoever waits for somebody else while the one who invited them is there would be waited for in vain. They knock anew:
    /// their secret was told, so there will be other words.
    fn send_to_inviter(&mut self, device: DeviceId) {
        let waits = |stage: &Stage| match stage {
            Stage::Knocking { plan, person, rather } if *rather == Some(device) => Some((*plan, *person)),
            _ => None,
        };
        let guests = self.hosting.guests.iter();
        let waiting: Vec<_> = guests.filter_map(|(id, guest)| Some((*id, waits(&guest.stage)?))).collect();
        for (id, (plan, person)) in waiting {
            if self.sync.ledger(plan).is_none_or(|ledger| ledger.person(person).is_some()) {
                continue;
            }
            self.forget_knock(plan, person);
            // Whoever keeps the knock that was passed on from here forgets it, too.
            self.tell_circle_devices(plan, &Passed::Gone { plan, person });
            self.guest_leaves(id);
        }
    }

    /// The secret behind the words, once the nonce is known.
    pub(super) fn secret_told(&mut self, id: StreamId, onward: Onward, secret: [u8; 32]) -> Asked {
        let (Some((device, nonce)), person) = (onward.chosen, onward.person()) else { return Err(No::Refused) };
        if knock::promise(onward.join.bytes(), &secret) != onward.promise {
            return Err(No::Refused);
        }
        if device == self.device {
            self.hosting.relayed.remove(&(onward.plan, person));
            let (join, origin) = (*onward.join, Origin::Ticket);
            let waiting = Waiting { join, secret, nonce, since: now(), origin, through: None };
            return self.knocked(id, onward.plan, waiting);
        }
        let peer = self.links.known_devices().find(|(_, known)| *known == device).map(|(peer, _)| peer);
        self.pass(peer.ok_or(No::NotMe)?, &Passed::Secret { plan: onward.plan, person, secret });
        Ok((Stage::PassedOn(onward), None))
    }

    fn tell_circle_devices(&mut self, plan: PlanId, passed: &Passed) {
        let Some(ledger) = self.sync.ledger(plan) else { return };
        let here = self.links.known_devices().filter(|(_, device)| ledger.person_of(*device).is_some());
        for peer in here.map(|(peer, _)| peer).collect::<Vec<_>>() {
            self.pass(peer, passed);
        }
    }

    /// Tells whichever device passed somebody's knock on that they may not come in.
    pub(super) fn send_away_elsewhere(&mut self, plan: PlanId, person: PersonId, no: No) {
        self.tell_circle_devices(plan, &Passed::No { plan, person, no });
    }

    fn pass(&mut self, peer: PeerId, passed: &Passed) {
        if let Some(frame) = frame(passed) {
            self.write(peer, frame);
        }
    }

    /// What is flushed may be told to those who wait at the door.
    pub(crate) fn let_in_what_waits(&mut self) {
        let plans = self.hosting.guests.values().filter_map(|guest| match &guest.stage {
            Stage::Knocking { plan, .. } => Some(*plan),
            _ => None,
        });
        let plans: BTreeSet<PlanId> = plans.collect();
        plans.into_iter().for_each(|plan| self.let_in_elsewhere(plan));
    }

    /// Whoever knocks here and is in by now is told the circle.
    pub(crate) fn let_in_elsewhere(&mut self, plan: PlanId) {
        let here = self.hosting.guests.iter();
        let here: Vec<StreamId> = here
            .filter(|(_, guest)| matches!(guest.stage, Stage::Knocking { plan: of, .. } if of == plan))
            .map(|(id, _)| *id)
            .collect();
        for id in here {
            self.tell_circle_to(id);
        }
    }
}

// At a device that can let them in, and back.
impl Hands {
    /// What another device of a circle tells of somebody who knocks.
    pub(crate) fn passed(&mut self, peer: PeerId, by: DeviceId, passed: Passed) {
        let (Passed::Knock { plan, .. }
        | Passed::Nonce { plan, .. }
        | Passed::Secret { plan, .. }
        | Passed::Kept { plan, .. }
        | Passed::No { plan, .. }
        | Passed::Gone { plan, .. }) = &passed;
        let plan = *plan;
        let Some(ledger) = self.sync.ledger(plan) else { return };
        if ledger.person_of(by).is_none() {
            return;
        }
        match passed {
            Passed::Knock { bytes, signature, promise, .. } => {
                let Ok(join) = Statement::read(&bytes, signature) else { return };
                let person = PersonId::from(join.id());
                let answer = match may_knock(ledger, self.device, &join) {
                    Ok(()) if self.was_declined(plan, &join) => Passed::No { plan, person, no: No::Declined },
                    Err(no) => Passed::No { plan, person, no },
                    Ok(()) if join.plan() != plan => Passed::No { plan, person, no: No::Refused },
                    Ok(()) => Passed::Nonce { plan, person, nonce: self.nonce_for(plan, join, promise) },
                };
                self.pass(peer, &answer);
            }
            Passed::Secret { person, secret, .. } => self.secret_came((peer, by), plan, person, secret),
            Passed::Nonce { person, nonce, .. } => {
                if may_let_in(ledger, by, Standing::Member) {
                    self.chosen(plan, person, (by, nonce));
                }
            }
            Passed::Kept { person, .. } => {
                if let Some(id) = self.passed_on(plan, person, Some(by)) {
                    let rather = self.rather(id).filter(|rather| *rather != by);
                    self.guest_goes_on(id, Stage::Knocking { plan, person, rather }, Some(&Answer::Waiting));
                }
            }
            Passed::No { person, no, .. } => {
                // A no is for those to say who could say yes.
                let may = may_let_in(ledger, by, Standing::Member);
                if !may {
                    return;
                }
                if let Some(id) = self.passed_on(plan, person, None) {
                    self.answer_guest(id, &Answer::No(no));
                    self.guest_leaves(id);
                }
                // After the words were agreed on it is a person's answer.
                if no == No::Declined {
                    self.send_away(plan, person, no);
                }
            }
            Passed::Gone { person, .. } => {
                // Only who passed them on can know that.
                if self.hosting.knocks.get(&(plan, person)).is_some_and(|waiting| waiting.through == Some(by)) {
                    self.forget_knock(plan, person);
                }
            }
        }
    }

    /// My nonce for somebody who knocks elsewhere: the same as long as they promise the same.
    fn nonce_for(&mut self, plan: PlanId, join: Statement, promise: [u8; 32]) -> [u8; 32] {
        let key = (plan, PersonId::from(join.id()));
        // Who comes back with the same promise hears the same nonce, so that the words stay.
        if let Some(waiting) = self.hosting.knocks.get(&key).filter(|waiting| waiting.promise() == promise) {
            return waiting.nonce;
        }
        let relayed = &mut self.hosting.relayed;
        if let Some(before) = relayed.get(&key).filter(|before| before.promise == promise) {
            return before.nonce;
        }
        if relayed.len() >= limits::RELAYED
            && let Some(oldest) = relayed.iter().min_by_key(|(_, relayed)| relayed.at).map(|(key, _)| *key)
        {
            relayed.remove(&oldest);
        }
        let nonce = dice();
        relayed.insert(key, Relayed { join, promise, nonce, at: Instant::now() });
        nonce
    }

    fn secret_came(&mut self, from: (PeerId, DeviceId), plan: PlanId, person: PersonId, secret: [u8; 32]) {
        let (peer, by) = from;
        if self.hosting.knocks.get(&(plan, person)).is_some_and(|waiting| waiting.secret == secret) {
            return self.pass(peer, &Passed::Kept { plan, person });
        }
        let Some(relayed) = self.hosting.relayed.get(&(plan, person)) else { return };
        if knock::promise(relayed.join.bytes(), &secret) != relayed.promise {
            return;
        }
        let Some(Relayed { join, nonce, .. }) = self.hosting.relayed.remove(&(plan, person)) else { return };
        let waiting = Waiting { join, secret, nonce, since: now(), origin: Origin::Ticket, through: Some(by) };
        let kept = self.keep_knock(
            plan,
            waiting,
            Box::new(move |kept, hands| {
                let answer = match kept {
                    Ok(()) => Passed::Kept { plan, person },
                    Err(_) => Passed::No { plan, person, no: No::Crowded },
                };
                hands.pass(peer, &answer);
            }),
        );
        if let Err(no) = kept {
            self.pass(peer, &Passed::No { plan, person, no });
        }
    }

    /// Somebody can let them in: from here on they speak with that one.
    fn chosen(&mut self, plan: PlanId, person: PersonId, with: (DeviceId, [u8; 32])) {
        let Some(id) = self.passed_on(plan, person, None) else { return };
        let Some(guest) = self.hosting.guests.get_mut(&id) else { return };
        let Stage::PassedOn(onward) = &mut guest.stage else { return };
        if onward.chosen.is_some() {
            return;
        }
        onward.chosen = Some(with);
        let (device, nonce) = with;
        self.answer_guest(id, &Answer::From { device, nonce });
    }

    /// The device that invited somebody whose knock was passed on.
    fn rather(&self, id: StreamId) -> Option<DeviceId> {
        let Stage::PassedOn(onward) = &self.hosting.guests.get(&id)?.stage else { return None };
        inviter(self.sync.ledger(onward.plan)?, &onward.join)
    }

    /// The stream of somebody whose knock was passed on (and answered by this device, if one is named).
    fn passed_on(&self, plan: PlanId, person: PersonId, by: Option<DeviceId>) -> Option<StreamId> {
        let is_it = |onward: &Onward| {
            let chosen = onward.chosen.map(|(device, _)| device);
            onward.plan == plan && onward.person() == person && (by.is_none() || chosen == by)
        };
        let mut guests = self.hosting.guests.iter();
        let found = guests.find(|(_, guest)| matches!(&guest.stage, Stage::PassedOn(onward) if is_it(onward)));
        found.map(|(id, _)| *id)
    }
}

fn knock_of(onward: &Onward) -> Passed {
    let Onward { plan, join, promise, chosen: _ } = onward;
    Passed::Knock { plan: *plan, bytes: join.bytes().to_vec(), signature: join.signature(), promise: *promise }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_frames_are_as_long_as_each_other_and_read_back() {
        let (plan, person) = (PlanId::new([1; 32]), PersonId::new([2; 32]));
        let longest = vec![7; 1_200];
        let told = [
            Passed::Knock { plan, bytes: longest, signature: Signature::new([3; 64]), promise: [4; 32] },
            Passed::Nonce { plan, person, nonce: [5; 32] },
            Passed::Secret { plan, person, secret: [6; 32] },
            Passed::Kept { plan, person },
            Passed::No { plan, person, no: No::Used },
            Passed::Gone { plan, person },
        ];
        for passed in told {
            let frame = frame(&passed).unwrap();
            assert_eq!(frame.len(), sync::FRAME_HEAD + 1 + limits::PASSED);
            assert_eq!(read(&frame), Some(Some(passed)));
            assert_eq!(read(&frame[..frame.len() - 1]), Some(None), "cut short");
        }
        let huge = Passed::Knock { plan, bytes: vec![7; 4_000], signature: Signature::new([3; 64]), promise: [4; 32] };
        assert_eq!(frame(&huge), None);
        assert_eq!(read(&[0, 0, 0, 1, 64]), None);
    }
}
