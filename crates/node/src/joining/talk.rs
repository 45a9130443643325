//! The conversation of somebody who knocks: what is said, what the answers mean, and what makes the last one believed.

use circle::{Act, Ledger, Statement};
use libp2p::{PeerId, Stream};
use seal::{DeviceId, PersonId, PlanId, Signature};
use tokio::time::Instant;

use super::{Attempt, Host, Stage, Step, Talking};
use crate::{
    ask,
    error::Refused,
    hands::{Hands, dice},
    knock::{self, Answer, Meeting, No, Word},
    links::NoStream,
    news::News,
    stream::{self, Line},
    told::{Endless, Told},
};

impl Hands {
    /// The stream we asked for, or why there is none.
    pub(crate) fn join_stream(&mut self, peer: PeerId, stream: Result<Stream, NoStream>) {
        if self.joining.search.as_ref().is_some_and(|search| search.opens(peer)) {
            return self.search_stream(peer, stream);
        }
        let opening = |attempt: &Attempt| attempt.stage.opens(peer);
        let plan = self.joining.attempts.iter().find(|(_, attempt)| opening(attempt)).map(|(plan, _)| *plan);
        let Some(plan) = plan else { return };
        let stream = match stream {
            Ok(stream) => stream,
            Err(why) => {
                self.look_again(plan);
                return self.no_stream(plan, peer, why);
            }
        };
        let (Some(net), Some(known)) = (&self.links.net, self.links.peers.get(&peer)) else {
            return self.look_again(plan);
        };
        let (ours, theirs, salt) = (net.key(), known.key, dice());
        let id = self.links.number();
        let mut line = Line::begin(id, stream, self.links.events.clone());
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let blinded = knock::blinded(plan, &salt, &ours, &theirs);
        let promise = knock::promise(attempt.join.bytes(), &attempt.secret);
        // A new line has room.
        let _ = line.tell(knock::frame(&Word::Ask { blinded, salt, promise }));
        let step = Step::Asked { ours, theirs, salt };
        attempt.stage = Stage::Talking(Talking { peer, stream: id, line, since: Instant::now(), step });
    }

    /// A peer at the ticket's own address does not offer to let people in: there is no invitation there any more. Where
    /// only the stream broke, it is asked again.
    fn no_stream(&mut self, plan: PlanId, peer: PeerId, why: NoStream) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        match why {
            NoStream::NotOffered if attempt.named.contains(&peer) => self.give_up(plan, Refused::NoInvitation),
            NoStream::NotOffered => {}
            NoStream::Broken => {
                attempt.asked.remove(&peer);
            }
        }
    }

    /// What happens on a stream of ours to somebody who can let us in.
    pub(crate) fn join_streamed(&mut self, event: stream::Event) {
        let Some(event) = self.guest_streamed(event) else { return };
        let (stream::Event::Heard(id, _) | stream::Event::Written(id, _) | stream::Event::Ended(id)) = &event;
        if self.joining.search.as_ref().is_some_and(|search| search.talks_on(*id)) {
            return match event {
                stream::Event::Heard(_, frame) => self.search_answered(knock::read::<Answer>(&frame)),
                stream::Event::Ended(_) => self.search_answered(None),
                stream::Event::Written(..) => {}
            };
        }
        match event {
            stream::Event::Heard(id, frame) => {
                let Some(plan) = self.joining.talking(id) else { return };
                match knock::read::<Answer>(&frame) {
                    Some(answer) => self.answered(plan, answer),
                    None => self.look_again(plan),
                }
            }
            stream::Event::Ended(id) => {
                if let Some(plan) = self.joining.talking(id) {
                    self.look_again(plan);
                }
            }
            stream::Event::Written(..) => {}
        }
    }

    fn answered(&mut self, plan: PlanId, answer: Answer) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let Stage::Talking(talking) = &mut attempt.stage else { return };
        talking.since = Instant::now();
        match (&mut talking.step, answer) {
            (Step::Asked { ours, theirs, salt }, Answer::Nonce { device, nonce, salt: hosts, known }) => {
                let meeting = Meeting { plan, joiner: (*ours, *salt), host: (*theirs, hosts) };
                if known == meeting.known(device, &nonce) {
                    self.introduce(plan, &meeting, (device, nonce));
                } else {
                    // Not somebody of this plan. The next who is asked may be.
                    self.look_again(plan);
                }
            }
            (Step::Asked { ours, theirs, salt }, Answer::PassOn { device, salt: hosts, known }) => {
                let meeting = Meeting { plan, joiner: (*ours, *salt), host: (*theirs, hosts) };
                if known != meeting.known(device, &[0; 32]) {
                    return self.look_again(plan);
                }
                let (join, proof) = (&attempt.join, meeting.prove(&self.key));
                let word = Word::Hand { bytes: join.bytes().to_vec(), signature: join.signature(), proof };
                talking.step = Step::Passed;
                let _ = talking.line.tell(knock::frame(&word));
            }
            (Step::Passed, Answer::From { device, nonce }) => self.tell_secret(plan, (device, nonce)),
            (step @ Step::Passed, Answer::Waiting) => {
                // Let in before, and the connection broke then.
                *step = Step::Waiting { circle: Told::default() };
            }
            (step @ Step::Known, Answer::Waiting) => {
                *step = Step::Waiting { circle: Told::default() };
                self.awaited(plan);
            }
            (step @ Step::Bound, Answer::Waiting) => {
                *step = Step::Waiting { circle: Told::default() };
                // Who handed the ticket over is who made it: both ends proved that they know the code.
                let host = Host::ByCode(attempt.ticket.inviter);
                self.awaited_by(plan, host);
            }
            (Step::Waiting { circle }, Answer::Circle { statements, more }) => match circle.take(statements, more) {
                Ok(Some(circle)) => self.come_in(plan, circle),
                Ok(None) => {}
                Err(Endless) => self.not_believed(plan),
            },
            (Step::Asked { .. }, Answer::No(no)) => {
                // A neighbour who only says no must not end a way in that others offer.
                if self.is_named(plan) { self.turned_away(plan, no) } else { self.look_again(plan) }
            }
            (Step::Passed, Answer::No(No::NotMe | No::Crowded)) => self.look_again(plan),
            (Step::Known | Step::Passed | Step::Bound | Step::Waiting { .. }, Answer::No(no)) => {
                self.turned_away(plan, no);
            }
            (Step::Asked { .. }, Answer::Waiting | Answer::Circle { .. })
            | (Step::Known | Step::Passed | Step::Bound, Answer::Nonce { .. } | Answer::Circle { .. })
            | (Step::Waiting { .. }, Answer::Nonce { .. } | Answer::Waiting)
            | (_, Answer::Element { .. } | Answer::Offer { .. } | Answer::PassOn { .. } | Answer::From { .. }) => {
                self.look_again(plan)
            }
        }
    }

    /// Tells what makes the words, now that it is known who can let this device in, and their nonce is fixed.
    fn tell_secret(&mut self, plan: PlanId, with: (DeviceId, [u8; 32])) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        if attempt.told.is_some_and(|told| told != with) {
            attempt.draw_anew();
            if let Some(peer) = attempt.stage.peer() {
                attempt.asked.remove(&peer);
            }
            return self.look_again(plan);
        }
        attempt.told = Some(with);
        let secret = attempt.secret;
        let Stage::Talking(talking) = &mut attempt.stage else { return };
        talking.step = Step::Known;
        let _ = talking.line.tell(knock::frame(&Word::Secret { secret }));
    }

    /// Says who knocks, to somebody who knows the plan.
    fn introduce(&mut self, plan: PlanId, meeting: &Meeting, with: (DeviceId, [u8; 32])) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        if attempt.told.is_some_and(|told| told != with) {
            // The secret was told before: who knows it could have picked this nonce. They are asked again with another.
            attempt.draw_anew();
            if let Some(peer) = attempt.stage.peer() {
                attempt.asked.remove(&peer);
            }
            return self.look_again(plan);
        }
        attempt.told = Some(with);
        let (join, secret, proof) = (&attempt.join, attempt.secret, meeting.prove(&self.key));
        let word = Word::Join { bytes: join.bytes().to_vec(), signature: join.signature(), secret, proof };
        let Stage::Talking(talking) = &mut attempt.stage else { return };
        talking.step = Step::Known;
        let _ = talking.line.tell(knock::frame(&word));
    }

    /// Somebody waits for the words now: before, they would have been read out to nobody.
    fn awaited(&mut self, plan: PlanId) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let Some((device, nonce)) = attempt.told else { return };
        let words = attempt.words(device, &nonce);
        // With a code nothing is left to compare, also on a second connection.
        let agreed = attempt.agreed.filter(|agreed| matches!(agreed, Host::ByCode(by) if *by == device));
        self.awaited_by(plan, agreed.unwrap_or(Host::ByWords(device, words)));
    }

    fn awaited_by(&mut self, plan: PlanId, host: Host) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        attempt.agreed = Some(host);
        if let Ok(ticket) = attempt.ticket.encode() {
            self.keeper.keep(attempt.keep(ticket), None);
        }
        let words = host.words();
        let changed = words.is_some() && attempt.shown != words;
        attempt.shown = words;
        match attempt.reply.take() {
            Some(reply) => reply.say(Ok(own_knock(attempt))),
            None if changed => self.outbox.put(News::Knock(own_knock(attempt))),
            None => {}
        }
    }

    /// Whether who is talked with answers at an address of the ticket.
    fn is_named(&self, plan: PlanId) -> bool {
        let attempt = self.joining.attempts.get(&plan);
        attempt.is_some_and(|attempt| attempt.stage.peer().is_some_and(|peer| attempt.named.contains(&peer)))
    }

    fn not_believed(&mut self, plan: PlanId) {
        if self.is_named(plan) { self.give_up(plan, Refused::Broke) } else { self.look_again(plan) }
    }

    fn turned_away(&mut self, plan: PlanId, no: No) {
        let named = self.is_named(plan);
        let why = match no {
            No::Expired => Refused::TicketExpired,
            No::Used => Refused::TicketUsed,
            No::Refused => Refused::NoInvitation,
            No::WrongCode | No::OtherCode => Refused::Broke,
            No::Declined => Refused::Declined,
            // Somebody else may know more, unless this is who the ticket named.
            No::OtherPlan if named => Refused::TicketOfAnotherPlan,
            No::NotMe if named => Refused::NotMe,
            No::Crowded if named => Refused::Crowded,
            No::OtherPlan | No::NotMe | No::Crowded => return self.look_again(plan),
        };
        self.give_up(plan, why);
    }

    /// The whole circle has come: if it says that we are in, by the device the words were agreed with, we are.
    fn come_in(&mut self, plan: PlanId, circle: Vec<(Vec<u8>, Signature)>) {
        let Some(attempt) = self.joining.attempts.get(&plan) else { return };
        let Some(statements) = believed(attempt, circle, self.device) else { return self.not_believed(plan) };
        let person = PersonId::from(attempt.join.id());
        self.hold_circle(plan, statements, Box::new(move |saved, hands| hands.came_in(plan, person, saved)));
    }

    fn came_in(&mut self, plan: PlanId, person: PersonId, saved: Result<(), Refused>) {
        if let Err(why) = saved {
            return self.end_attempt(plan, why);
        }
        let Some(mut attempt) = self.joining.attempts.remove(&plan) else { return };
        self.leave(&attempt);
        // Should this connection end before the two have met as members, this one knows where to look.
        let (inviter, addresses) = (attempt.ticket.inviter, attempt.ticket.addresses.clone());
        if self.is_in_a_circle(inviter) && self.links.reach.told(inviter, addresses) {
            self.keep_addresses(inviter);
        }
        let peer = attempt.stage.peer();
        if let Stage::Talking(talking) = &mut attempt.stage {
            let _ = talking.line.tell(knock::frame(&Word::Done));
        }
        for reply in attempt.entering {
            reply.say(Ok(person));
        }
        if let Some(reply) = attempt.reply {
            reply.say(Err(Refused::AlreadyIn));
        }
        self.forget_joining(plan);
        self.outbox.put(News::Joined { plan, person });
        self.links.wake_everybody();
        if let Some(peer) = peer {
            self.tend(peer);
        }
    }
}

/// This device's own knock, words included: they are for its holder's eyes.
fn own_knock(attempt: &Attempt) -> ask::Knock {
    let Act::Join(join) = attempt.join.act() else { unreachable!("an attempt is made with a Join") };
    ask::Knock {
        plan: attempt.ticket.plan,
        person: attempt.join.id().into(),
        device: attempt.join.issuer(),
        name: join.person.name.clone(),
        relationship: join.person.relationship.clone(),
        organisation: join.person.organisation.clone(),
        role: attempt.ticket.role.clone(),
        standing: None,
        invite: join.invite,
        since: attempt.since,
        words: attempt.agreed.and_then(Host::words),
        known: matches!(attempt.agreed, Some(Host::ByCode(_))),
        until: None,
        parts: None,
    }
}

/// The statements of a circle that lets this device in, if every signature holds, they make the plan of the ticket, and
/// the device the words were agreed with confirmed exactly this Join.
fn believed(attempt: &Attempt, circle: Vec<(Vec<u8>, Signature)>, device: DeviceId) -> Option<Vec<Statement>> {
    let (ledger, statements) = read_circle(circle, attempt.ticket.plan)?;
    let confirmer = attempt.agreed?.device();
    let confirmed = statements.iter().any(|statement| {
        let Act::Confirm(confirm) = statement.act() else { return false };
        confirm.join == attempt.join.id() && statement.issuer() == confirmer && ledger.in_effect(statement.id())
    });
    let in_it = ledger.person_of(device) == Some(PersonId::from(attempt.join.id()));
    (confirmed && in_it).then_some(statements)
}

/// A circle's statements and what they make, if every signature holds and they are this plan's.
pub(super) fn read_circle(circle: Vec<(Vec<u8>, Signature)>, plan: PlanId) -> Option<(Ledger, Vec<Statement>)> {
    let read = |(bytes, signature): (Vec<u8>, Signature)| Statement::read(&bytes, signature).ok();
    let statements: Vec<Statement> = circle.into_iter().map(read).collect::<Option<_>>()?;
    let (found, rest) = statements.split_first()?;
    let mut ledger = Ledger::new(found.clone())?;
    if ledger.plan() != plan {
        return None;
    }
    ledger.place_all(rest.iter().cloned());
    Some((ledger, statements))
}
