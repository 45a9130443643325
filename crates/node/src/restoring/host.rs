//! The other side of coming back: any device of a circle knows whose words they are, and takes in what they sign.

use circle::{Act, Placed, Statement};
use libp2p::{PeerId, Stream};
use seal::{DeviceId, PlanId, Signature};
use tokio::time::Instant;

use super::said::{Answer, Meeting, Word, blinded};
use crate::{
    crowd::{Stands, makes_room},
    error::Refused,
    hands::{Hands, dice},
    hosting, knock, limits,
    stream::{self, Line, StreamId},
};

/// A stream on which somebody comes back.
pub(super) struct Guest {
    peer: PeerId,
    line: Line,
    stage: Stage,
    since: Instant,
}

#[derive(Clone, Copy)]
enum Stage {
    Greeting,
    /// They were told that their key is known here.
    Known {
        meeting: Meeting,
        plan: PlanId,
    },
    /// They have the circle.
    Told {
        key: DeviceId,
        plan: PlanId,
    },
    /// What they signed is on its way to the disk.
    Taking,
}

impl Hands {
    /// Somebody opened a stream to come back.
    pub(crate) fn somebody_comes_back(&mut self, peer: PeerId, stream: Stream) {
        // Guessing a key is hopeless, so this only saves work.
        if !self.restoring.asks.may(self.links.address_of(&peer)) {
            return;
        }
        if self.restoring.guests.len() >= limits::RESTORES {
            let crowd = self.restoring.guests.iter().map(|(id, guest)| Stands {
                who: *id,
                from: self.links.address_of(&guest.peer),
                since: guest.since.into_std(),
                stays: !matches!(guest.stage, Stage::Greeting),
            });
            let Some(goes) = makes_room(&crowd.collect::<Vec<_>>()) else { return };
            self.returning_guest_leaves(goes);
        }
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        known.joining += 1;
        let id = self.links.number();
        let line = Line::begin(id, stream, self.links.events.clone());
        self.restoring.guests.insert(id, Guest { peer, line, stage: Stage::Greeting, since: Instant::now() });
    }

    fn returning_guest_leaves(&mut self, id: StreamId) {
        let Some(guest) = self.restoring.guests.remove(&id) else { return };
        if let Some(known) = self.links.peers.get_mut(&guest.peer) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// What happens on a stream of somebody who comes back; gives the event back if it is none of these.
    pub(super) fn returning_guest_streamed(&mut self, event: stream::Event) -> Option<stream::Event> {
        let (stream::Event::Heard(id, _) | stream::Event::Written(id, _) | stream::Event::Ended(id)) = &event;
        let id = *id;
        if !self.restoring.guests.contains_key(&id) {
            return Some(event);
        }
        match event {
            stream::Event::Heard(_, frame) => {
                if self.returning_guest_says(id, &frame).is_none() {
                    self.answer_returning_guest(id, &Answer::No);
                    self.returning_guest_leaves(id);
                }
            }
            stream::Event::Written(..) => {}
            stream::Event::Ended(_) => self.returning_guest_leaves(id),
        }
        None
    }

    /// `None` if they are not heard any further.
    fn returning_guest_says(&mut self, id: StreamId, frame: &[u8]) -> Option<()> {
        let guest = self.restoring.guests.get_mut(&id)?;
        let (peer, stage) = (guest.peer, guest.stage);
        match (stage, knock::read::<Word>(frame)?) {
            (Stage::Greeting, Word::Ask { blinded, salt }) => {
                let (meeting, plan) = self.recognise(peer, &blinded, salt)?;
                self.returning_guest_is(id, Stage::Known { meeting, plan });
                self.answer_returning_guest(id, &Answer::Known { salt: meeting.host.1, known: meeting.known() });
            }
            (Stage::Known { meeting, plan }, Word::Proof { proof }) => {
                if !meeting.is_proved(&proof) {
                    return None;
                }
                self.returning_guest_is(id, Stage::Told { key: meeting.key, plan });
                let parts = hosting::circle_parts(&self.sync.flushed_circle(plan));
                let last = parts.len() - 1;
                for (at, statements) in parts.into_iter().enumerate() {
                    self.answer_returning_guest(id, &Answer::Circle { statements, more: at != last });
                }
            }
            (Stage::Told { key, plan }, Word::Back { statements }) => {
                let statements = self.what_words_signed(plan, key, statements)?;
                self.returning_guest_is(id, Stage::Taking);
                let then = move |saved: Result<(), Refused>, hands: &mut Hands| {
                    if saved.is_ok() {
                        hands.answer_returning_guest(id, &Answer::Taken);
                    }
                    hands.returning_guest_leaves(id);
                    // Now it is one of us, and whoever of the two tends the pair may ask for the stream at once.
                    hands.links.wake_everybody();
                    hands.tend(peer);
                };
                let ledger = self.sync.ledger(plan)?;
                if statements.iter().all(|statement| ledger.has(statement.id())) {
                    // They were cut off before they heard that it was taken.
                    then(Ok(()), self);
                } else {
                    self.issue(statements, Box::new(then));
                }
            }
            (Stage::Greeting | Stage::Known { .. } | Stage::Told { .. } | Stage::Taking, _) => return None,
        }
        Some(())
    }

    fn returning_guest_is(&mut self, id: StreamId, stage: Stage) {
        if let Some(guest) = self.restoring.guests.get_mut(&id) {
            guest.stage = stage;
            guest.since = Instant::now();
        }
    }

    fn answer_returning_guest(&mut self, id: StreamId, answer: &Answer) {
        let Some(guest) = self.restoring.guests.get_mut(&id) else { return };
        if guest.line.tell(knock::frame(answer)).is_err() {
            self.returning_guest_leaves(id);
        }
    }

    /// The plan in which this key brings somebody back.
    fn recognise(&self, peer: PeerId, named: &[u8; 16], salt: [u8; 16]) -> Option<(Meeting, PlanId)> {
        let holder = self.links.peers.get(&peer)?.key;
        let ours = self.links.net.as_ref()?.key();
        let ledgers = self.sync.plans().filter_map(|plan| self.sync.ledger(plan));
        // Who is no longer of the circle answers for it no longer.
        let ledgers = ledgers.filter(|ledger| ledger.person_of(self.device).is_some());
        let keys = ledgers.flat_map(|ledger| {
            let keys = ledger.recovery_keys().map(|(key, _)| key).chain(ledger.awaited_words());
            keys.map(|key| (key, ledger.plan())).collect::<Vec<_>>()
        });
        let mut found = keys.filter(|(key, _)| blinded(*key, &salt, &holder, &ours) == *named);
        let (key, plan) = found.next()?;
        Some((Meeting { key, holder: (holder, salt), host: (ours, dice()) }, plan))
    }

    /// What somebody signed with their words: one more device of theirs, or that they are here now, whom the plan is about.
    fn what_words_signed(
        &self,
        plan: PlanId,
        key: DeviceId,
        said: Vec<(Vec<u8>, Signature)>,
    ) -> Option<Vec<Statement>> {
        if said.len() > 2 {
            return None;
        }
        let mut ledger = self.sync.ledger(plan)?.clone();
        let mut statements = Vec::new();
        for (bytes, signature) in said {
            let statement = Statement::read(&bytes, signature).ok()?;
            match ledger.place(statement.clone()) {
                Placed::New(_) | Placed::Known | Placed::Knock => statements.push(statement),
                Placed::Early { .. } | Placed::Refused(_) => return None,
            }
        }
        let last = statements.last()?;
        let right = last.issuer() == key && matches!(last.act(), Act::LinkDevice(_) | Act::HandOver(_));
        (right && ledger.in_effect(last.id())).then_some(statements)
    }

    /// Whoever says nothing is not waited for.
    pub(super) fn tend_returning_guests(&mut self) {
        let late = |guest: &Guest| match guest.stage {
            Stage::Greeting | Stage::Known { .. } => guest.since.elapsed() > limits::HANDSHAKE,
            Stage::Told { .. } | Stage::Taking => guest.since.elapsed() > limits::MESSAGE,
        };
        let late: Vec<StreamId> =
            self.restoring.guests.iter().filter(|(_, guest)| late(guest)).map(|(id, _)| *id).collect();
        for id in late {
            self.returning_guest_leaves(id);
        }
    }
}
