//! Letting people in: who knocks here, what their words are, and what they get once confirmed.
//!
//! Offered only while an invitation is out. A knock outlives its stream and a restart, so that somebody who knocks in the
//! evening can be let in in the morning; the words stay the same as long as the knock does.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Standing, Statement};
use libp2p::{PeerId, Stream};
use seal::{DeviceId, PersonId, PlanId};
use tokio::time::Instant;

use crate::{
    crowd::{Stands, makes_room},
    error::Refused,
    hands::{Hands, dice, now},
    knock::{self, Answer, Meeting, No, Word},
    limits,
    news::{CodeNews, News},
    pairing::exchange::Key,
    stream::{self, Line, StreamId},
};

mod confirm;
mod kept;
mod may;
mod meant;
mod relay;

use self::may::{inviter, is_open, may_knock, others_invite};
pub(crate) use relay::{Onward, Relayed, read as read_passed};

pub(crate) use confirm::circle_parts;
pub(crate) use kept::{GROUP, Origin, Waiting};
pub(crate) use meant::{GROUP as MEANT, Meant};

/// Everybody at the door.
pub(crate) struct Hosting {
    guests: BTreeMap<StreamId, Guest>,
    knocks: BTreeMap<(PlanId, PersonId), Waiting>,
    /// Those who knock at other members' devices.
    relayed: BTreeMap<(PlanId, PersonId), Relayed>,
    /// What was meant with the invitations of this device.
    meant: Meant,
    /// When it was last looked whether knocks have ended.
    looked: Instant,
}

/// A stream on which somebody knocks.
struct Guest {
    peer: PeerId,
    line: Line,
    stage: Stage,
    since: Instant,
}

#[derive(Clone)]
pub(crate) enum Stage {
    /// Nothing was said yet.
    Greeting,
    /// The Join is promised, the nonce told.
    Committed { meeting: Meeting, promise: [u8; 32], nonce: [u8; 32] },
    /// Somebody else can let them in; their Join is to be passed on.
    Passing { meeting: Meeting, promise: [u8; 32] },
    /// It was passed on, or will be.
    PassedOn(Onward),
    /// They were given a code with the right number. With its round: a guess at an older one is none at this.
    Exchanged { round: u64, key: Key },
    /// They know the code and have a ticket.
    Handed { plan: PlanId, invite: DeviceId, key: Key },
    /// They know the code that links a device of mine.
    Linking { plan: PlanId, key: Key },
    /// What they said, or what they are to be told, is on its way to the disk.
    Keeping,
    /// Somebody has to look. Should the device come that invited them, they are to knock there.
    Knocking { plan: PlanId, person: PersonId, rather: Option<DeviceId> },
    /// The circle was told.
    Told,
}

impl Stage {
    /// Whether they proved that they know a code, or are being kept: only their own fault ends that.
    fn is_on_its_way(&self) -> bool {
        match self {
            Stage::Handed { .. } | Stage::Linking { .. } | Stage::Keeping => true,
            Stage::Greeting
            | Stage::Committed { .. }
            | Stage::Passing { .. }
            | Stage::PassedOn(_)
            | Stage::Exchanged { .. }
            | Stage::Knocking { .. }
            | Stage::Told => false,
        }
    }
}

/// Where a guest is now and what they are told at once, or why they may not knock.
pub(crate) type Asked = Result<(Stage, Option<Answer>), No>;

impl Hosting {
    /// Knocks as they were kept.
    pub(crate) fn recall(records: BTreeMap<String, Vec<u8>>, meant: Meant) -> Hosting {
        let mut hosting = Hosting {
            guests: BTreeMap::new(),
            knocks: BTreeMap::new(),
            relayed: BTreeMap::new(),
            meant,
            looked: Instant::now(),
        };
        hosting.knocks = kept::recall(records);
        hosting
    }
}

impl Hosting {
    /// Whether somebody is still there.
    pub(crate) fn is_here(&self, id: StreamId) -> bool {
        self.guests.contains_key(&id)
    }

    /// Lets go of everybody who knocks at a plan, and of what was meant there: the records that hold it.
    pub(crate) fn forget(&mut self, plan: PlanId) -> Vec<String> {
        let gone = self.knocks.keys().filter(|(of, _)| *of == plan).map(|(_, who)| kept::record(plan, *who));
        let gone: Vec<String> = gone.collect();
        self.knocks.retain(|(of, _), _| *of != plan);
        gone.into_iter().chain(self.meant.forget(plan)).collect()
    }
}

impl Hands {
    /// Offers the join protocol while an invitation is out or a code is shown, and only then.
    pub(crate) fn offer_joining(&mut self) {
        let at = now();
        let invited = self.sync.plans().filter_map(|plan| self.sync.ledger(plan)).any(|ledger| is_open(ledger, at));
        let open = invited || self.pairing.is_open();
        if let Some(net) = &mut self.links.net {
            net.offer_join(open);
        }
    }

    /// Somebody opened a stream to knock.
    pub(crate) fn somebody_knocks(&mut self, peer: PeerId, stream: Stream) {
        if self.hosting.guests.len() >= limits::JOINS {
            // Whoever waits for a person's answer has a knock that is kept, and will be back.
            let crowd = self.hosting.guests.iter().map(|(id, guest)| Stands {
                who: *id,
                from: self.links.address_of(&guest.peer),
                since: guest.since.into_std(),
                stays: guest.stage.is_on_its_way(),
            });
            let Some(goes) = makes_room(&crowd.collect::<Vec<_>>()) else { return };
            self.guest_leaves(goes);
        }
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        known.joining += 1;
        let id = self.links.number();
        let line = Line::begin(id, stream, self.links.events.clone());
        let guest = Guest { peer, line, stage: Stage::Greeting, since: Instant::now() };
        self.hosting.guests.insert(id, guest);
    }

    pub(crate) fn guest_leaves(&mut self, id: StreamId) {
        let Some(guest) = self.hosting.guests.remove(&id) else { return };
        if let Stage::Handed { plan, .. } | Stage::Linking { plan, .. } = guest.stage {
            // They knew the code, and it is used up.
            self.outbox.put(News::Code { plan, what: CodeNews::Ended(Refused::Broke) });
        }
        if let Some(known) = self.links.peers.get_mut(&guest.peer) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// What happens on a stream of somebody who knocks; gives the event back if it is none of these.
    pub(crate) fn guest_streamed(&mut self, event: stream::Event) -> Option<stream::Event> {
        let (stream::Event::Heard(id, _) | stream::Event::Written(id, _) | stream::Event::Ended(id)) = &event;
        let id = *id;
        if !self.hosting.guests.contains_key(&id) {
            return Some(event);
        }
        match event {
            stream::Event::Heard(_, frame) => self.guest_says(id, &frame),
            stream::Event::Written(..) => {}
            stream::Event::Ended(_) => self.guest_leaves(id),
        }
        None
    }

    fn guest_says(&mut self, id: StreamId, frame: &[u8]) {
        let Some(guest) = self.hosting.guests.get_mut(&id) else { return };
        let (peer, stage) = (guest.peer, guest.stage.clone());
        let answer = match (stage, knock::read::<Word>(frame)) {
            (Stage::Greeting, Some(Word::Ask { blinded, salt, promise })) => self.asked(peer, blinded, salt, promise),
            (Stage::Committed { meeting, promise, nonce }, Some(Word::Join { bytes, signature, secret, proof })) => {
                Statement::read(&bytes, signature)
                    .ok()
                    .filter(|join| meeting.is_proved(join.issuer(), &proof))
                    .filter(|join| knock::promise(join.bytes(), &secret) == promise)
                    .ok_or(No::Refused)
                    .and_then(|join| {
                        let origin = Origin::Ticket;
                        let waiting = Waiting { join, secret, nonce, since: now(), origin, through: None };
                        self.knocked(id, meeting.plan, waiting)
                    })
            }
            (Stage::Passing { meeting, promise }, Some(Word::Hand { bytes, signature, proof })) => {
                Statement::read(&bytes, signature)
                    .ok()
                    .filter(|join| meeting.is_proved(join.issuer(), &proof))
                    .ok_or(No::Refused)
                    .and_then(|join| self.pass_on(id, meeting.plan, join, promise))
            }
            (Stage::PassedOn(onward), Some(Word::Secret { secret })) => self.secret_told(id, onward, secret),
            (Stage::Greeting, Some(Word::Pair { number, element })) => self.pair(peer, number, &element),
            (Stage::Exchanged { round, key }, Some(Word::Sure { tag })) => self.guessed(id, round, key, tag),
            (Stage::Handed { plan, invite, key }, Some(Word::Bound { bytes, signature, tag })) => {
                self.bound(id, (plan, invite, &key), (&bytes, signature, tag))
            }
            (Stage::Linking { plan, key }, Some(Word::Agree(agreed, tag))) => {
                self.agreed(id, plan, &key, (*agreed, tag))
            }
            (Stage::Told, Some(Word::Done)) => {
                self.guest_leaves(id);
                // Now it is one of us, and whoever of the two tends the pair may ask for the stream at once.
                self.links.wake_everybody();
                return self.tend(peer);
            }
            (
                Stage::Greeting
                | Stage::Committed { .. }
                | Stage::Passing { .. }
                | Stage::PassedOn(_)
                | Stage::Exchanged { .. }
                | Stage::Handed { .. }
                | Stage::Linking { .. }
                | Stage::Keeping
                | Stage::Knocking { .. }
                | Stage::Told,
                _,
            ) => return self.guest_leaves(id),
        };
        match answer {
            Ok((stage, answer)) => self.guest_goes_on(id, stage, answer.as_ref()),
            Err(no) => {
                tracing::debug!(?no, "somebody may not knock");
                self.answer_guest(id, &Answer::No(no));
                self.guest_leaves(id);
            }
        }
    }

    pub(crate) fn guest_goes_on(&mut self, id: StreamId, stage: Stage, answer: Option<&Answer>) {
        let Some(guest) = self.hosting.guests.get_mut(&id) else { return };
        guest.stage = stage;
        guest.since = Instant::now();
        if let Some(answer) = answer {
            self.answer_guest(id, answer);
        }
        self.tell_circle_to(id);
    }

    pub(super) fn answer_guest(&mut self, id: StreamId, answer: &Answer) {
        let Some(guest) = self.hosting.guests.get_mut(&id) else { return };
        if guest.line.tell(knock::frame(answer)).is_err() {
            self.guest_leaves(id);
        }
    }

    fn asked(&self, peer: PeerId, blinded: [u8; 16], salt: [u8; 16], promise: [u8; 32]) -> Asked {
        let joiner = self.links.peers.get(&peer).ok_or(No::OtherPlan)?.key;
        let ours = self.links.net.as_ref().ok_or(No::OtherPlan)?.key();
        let plan = self.sync.plans().find(|plan| knock::blinded(*plan, &salt, &joiner, &ours) == blinded);
        let plan = plan.ok_or(No::OtherPlan)?;
        let ledger = self.sync.ledger(plan).ok_or(No::OtherPlan)?;
        let standing = ledger.person_of(self.device).and_then(|me| ledger.standing(me));
        // Whose invitation it is, is not known yet. If it may be somebody else's, who knocks says first who they are.
        if standing.is_none_or(|standing| standing > Standing::Coordinator) || others_invite(ledger, self.device) {
            let meeting = Meeting { plan, joiner: (joiner, salt), host: (ours, dice()) };
            return self.may_pass_on(plan, (meeting, promise));
        }
        // Who comes back with the same promise hears the same nonce, so that the words stay.
        let mut knocks = self.hosting.knocks.iter().filter(|((of, _), _)| *of == plan).map(|(_, waiting)| waiting);
        let nonce = knocks.find(|waiting| waiting.promise() == promise).map_or_else(dice, |waiting| waiting.nonce);
        let meeting = Meeting { plan, joiner: (joiner, salt), host: (ours, dice()) };
        let (device, (_, salt), known) = (self.device, meeting.host, meeting.known(self.device, &nonce));
        Ok((Stage::Committed { meeting, promise, nonce }, Some(Answer::Nonce { device, nonce, salt, known })))
    }

    /// A Join whose issuer is at the other end.
    pub(crate) fn knocked(&mut self, id: StreamId, plan: PlanId, waiting: Waiting) -> Asked {
        let person = PersonId::from(waiting.join.id());
        let ledger = self.sync.ledger(plan).ok_or(No::OtherPlan)?;
        let rather = inviter(ledger, &waiting.join).filter(|device| *device != self.device);
        let stage = Stage::Knocking { plan, person, rather };
        if waiting.join.plan() != plan {
            return Err(No::Refused);
        }
        if ledger.person(person).is_some() {
            // Back again, after being let in meanwhile.
            return Ok((stage, Some(Answer::Waiting)));
        }
        if self.was_declined(plan, &waiting.join) {
            return Err(No::Declined);
        }
        let before = self.hosting.knocks.get(&(plan, person));
        // Who came with a code is known; a connection that broke afterwards changes nothing of that.
        let same = |before: &Waiting| before.nonce == waiting.nonce && before.secret == waiting.secret;
        if before.is_some_and(|before| before.origin == Origin::Code || same(before)) {
            return Ok((stage, Some(Answer::Waiting)));
        }
        may_knock(ledger, self.device, &waiting.join)?;
        let then = move |kept: Result<(), Refused>, hands: &mut Hands| match kept {
            Ok(()) => hands.guest_goes_on(id, stage, Some(&Answer::Waiting)),
            // They find the stream ended, and knock again.
            Err(_) => hands.guest_leaves(id),
        };
        self.keep_knock(plan, waiting, Box::new(then))?;
        Ok((Stage::Keeping, None))
    }

    /// Guests who say nothing are not waited for, and knocks end with their invitation.
    pub(crate) fn tend_hosting(&mut self) {
        let late = |guest: &Guest| match guest.stage {
            Stage::Greeting
            | Stage::Committed { .. }
            | Stage::Passing { .. }
            | Stage::Exchanged { .. }
            | Stage::Handed { .. }
            | Stage::Linking { .. }
            | Stage::Keeping => guest.since.elapsed() > limits::HANDSHAKE,
            Stage::PassedOn(_) => guest.since.elapsed() > limits::PASSED_WAITS + limits::HANDSHAKE,
            Stage::Told => guest.since.elapsed() > limits::MESSAGE,
            Stage::Knocking { .. } => false,
        };
        let late: Vec<StreamId> =
            self.hosting.guests.iter().filter(|(_, guest)| late(guest)).map(|(id, _)| *id).collect();
        for id in late {
            self.guest_leaves(id);
        }
        if self.hosting.looked.elapsed() > limits::KNOCKS_LOOK {
            self.hosting.looked = Instant::now();
            let plans: BTreeSet<PlanId> = self.hosting.knocks.keys().map(|(plan, _)| *plan).collect();
            for plan in plans {
                self.forget_knocks(plan);
            }
        }
    }
}
