//! Letting somebody in: the words are compared, the Confirm is signed, and the newcomer is told the circle.

use circle::{Statement, Who, draft};
use seal::{Bytes, DocId, PersonId, PlanId, Signature, StatementId};
use tokio::time::Instant;

use super::{Guest, Origin, Stage, Waiting};
use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::{Hands, now},
    knock::{self, Answer, No},
    limits,
    stream::StreamId,
};

impl Hands {
    /// Lets somebody in, if the words are right.
    pub(crate) fn confirm(&mut self, ask: ask::Confirm, reply: Reply<ask::Confirmed>) {
        let (plan, person) = (ask.plan, ask.person);
        match self.draft_confirm(&ask) {
            Err(refused) => reply.say(Err(refused)),
            Ok((confirm, not_shared, statements)) => self.issue(
                statements,
                Box::new(move |saved, hands| {
                    if saved.is_ok() {
                        hands.forget_knocks(plan);
                        hands.let_in(plan, person);
                    }
                    reply.say(saved.map(|()| ask::Confirmed { person, confirm, not_shared }));
                }),
            ),
        }
    }

    fn draft_confirm(&self, ask: &ask::Confirm) -> Result<(StatementId, Vec<DocId>, Vec<Statement>), Refused> {
        let ask::Confirm { plan, person, words, shares } = ask;
        let mut draft = self.draft(*plan)?;
        let waiting = self.hosting.knocks.get(&(*plan, *person)).ok_or(Refused::NoSuchKnock)?;
        let Waiting { join, secret, nonce, since: _, origin, through: _ } = waiting;
        let theirs = knock::words(*plan, self.device, join.bytes(), secret, nonce);
        let known = match origin {
            Origin::Code => true,
            Origin::Ticket => are_these(words, &theirs),
            Origin::Declined => return Err(Refused::NoSuchKnock),
        };
        if !known {
            return Err(Refused::WrongWords);
        }
        draft.place(&waiting.join)?;
        let body = draft::confirm(&draft.ledger, self.device, now(), waiting.join.id());
        let confirm = draft.say(body)?;
        let mut not_shared = Vec::new();
        for share in shares {
            match draft.share(Who::Person(*person), share) {
                Ok(_) => {}
                Err(Refused::NotAllowed) => not_shared.push(share.doc),
                Err(refused) => return Err(refused),
            }
        }
        Ok((confirm.id(), not_shared, draft.statements))
    }

    /// Tells somebody who knocks on a stream of this device that they may not come in.
    pub(super) fn send_away(&mut self, plan: PlanId, person: PersonId, no: No) {
        for id in self.knocking(plan, person) {
            self.answer_guest(id, &Answer::No(no));
            self.guest_leaves(id);
        }
    }

    fn let_in(&mut self, plan: PlanId, person: PersonId) {
        for id in self.knocking(plan, person) {
            self.tell_circle_to(id);
        }
    }

    /// The streams on which somebody waits who knocks here.
    fn knocking(&self, plan: PlanId, person: PersonId) -> Vec<StreamId> {
        let is_it = |guest: &Guest| matches!(guest.stage, Stage::Knocking { plan: of, person: who, .. } if of == plan && who == person);
        self.hosting.guests.iter().filter(|(_, guest)| is_it(guest)).map(|(id, _)| *id).collect()
    }

    /// Tells the circle to somebody who knocks and is in it by now, for good: what could still be lost here with the power is
    /// told to nobody.
    pub(super) fn tell_circle_to(&mut self, id: StreamId) {
        let Some(Guest { stage: Stage::Knocking { plan, person, .. }, .. }) = self.hosting.guests.get(&id) else {
            return;
        };
        let Some(ledger) = self.sync.ledger(*plan) else { return };
        if ledger.person(*person).is_none() || !self.sync.is_flushed(*plan) {
            return;
        }
        let frames = circle_frames(&self.sync.flushed_circle(*plan));
        let Some(guest) = self.hosting.guests.get_mut(&id) else { return };
        guest.stage = Stage::Told;
        guest.since = Instant::now();
        for frame in frames {
            if guest.line.tell(frame).is_err() {
                return self.guest_leaves(id);
            }
        }
    }
}

/// The circle's graph in frames.
fn circle_frames(circle: &[Statement]) -> Vec<Bytes> {
    let parts = circle_parts(circle);
    let last = parts.len() - 1;
    let frame = |(at, statements)| knock::frame(&Answer::Circle { statements, more: at != last });
    parts.into_iter().enumerate().map(frame).collect()
}

/// A statement as it travels.
type Sent = (Vec<u8>, Signature);

/// The circle's graph in causal order, in parts that each fit a frame. What it says of documents comes by sync, as far as
/// it may be read.
pub(crate) fn circle_parts(circle: &[Statement]) -> Vec<Vec<Sent>> {
    let mut parts: Vec<Vec<Sent>> = vec![Vec::new()];
    let mut size = 0;
    for statement in circle {
        let bytes = statement.bytes().to_vec();
        if size + bytes.len() > limits::CIRCLE_FRAME {
            parts.push(Vec::new());
            size = 0;
        }
        size += bytes.len();
        parts.last_mut().expect("begun with one").push((bytes, statement.signature()));
    }
    parts
}

/// Whether a person typed these words. Case and spaces do not matter; every word does.
fn are_these(typed: &str, words: &[&str]) -> bool {
    let typed: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    typed.len() == words.len() && typed.iter().zip(words).all(|(typed, word)| typed == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_as_people_type_them_and_all_four_count() {
        let words = ["apple", "river", "stone", "tulip"];
        assert!(are_these("  Apple river\tSTONE tulip ", &words));
        for wrong in ["", "apple river stone", "apple river stone tulips", "river apple stone tulip", "a b c d e"] {
            assert!(!are_these(wrong, &words), "{wrong}");
        }
    }
}
