//! Coming in with a ticket: whom to ask, the words to read out, and what makes the answer believed.
//!
//! The ticket's addresses are dialled in turn; devices seen nearby are asked too, with a name of the plan that only those
//! who know it recognise. A knock survives a broken stream and a restart.

use std::collections::BTreeMap;

use circle::{Act, Introduction, Ledger, Statement, Ticket, TicketError, draft, safety_words};
use libp2p::{Multiaddr, PeerId, Stream};
use seal::{DeviceId, PersonId, PlanId, Signature, Time};
use serde::{Deserialize, Serialize};
use sync::Input;
use tokio::time::Instant;

use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::{Hands, dice, now},
    knock::{self, Answer, No, Word},
    limits,
    links::NoStream,
    net,
    news::News,
    reach::Aim,
    stream::{self, Line, StreamId},
};

/// The group of records that hold what this device joins.
pub(crate) const GROUP: &str = "joining";

/// The plans this device asks to be let into.
#[derive(Default)]
pub(crate) struct Joining {
    attempts: BTreeMap<PlanId, Attempt>,
}

struct Attempt {
    ticket: Ticket,
    join: Statement,
    since: Time,
    stage: Stage,
    /// Whoever waits for the words.
    reply: Option<Reply<ask::Knock>>,
    /// Whoever waits to be let in.
    entering: Vec<Reply<PersonId>>,
    /// The words, once known, and the device they were agreed with.
    agreed: Option<(DeviceId, [&'static str; 4])>,
    /// Whom was asked, and when.
    asked: BTreeMap<PeerId, Instant>,
    /// Who answers at an address of the ticket: their no is final.
    named: Vec<PeerId>,
    dial_at: Instant,
}

enum Stage {
    Looking,
    Opening(PeerId, Instant),
    Talking(Talking),
}

struct Talking {
    peer: PeerId,
    stream: StreamId,
    line: Line,
    since: Instant,
    /// What has come of the circle.
    circle: Vec<(Vec<u8>, Signature)>,
    waiting: bool,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    ticket: String,
    bytes: Vec<u8>,
    signature: Signature,
    since: Time,
}

impl Attempt {
    fn new(ticket: Ticket, join: Statement, since: Time) -> Attempt {
        let (stage, dial_at) = (Stage::Looking, Instant::now());
        let (asked, named) = (BTreeMap::new(), Vec::new());
        let (reply, entering, agreed) = (None, Vec::new(), None);
        Attempt { ticket, join, since, stage, reply, entering, agreed, asked, named, dial_at }
    }

    fn peer(&self) -> Option<PeerId> {
        match &self.stage {
            Stage::Looking => None,
            Stage::Opening(peer, _) => Some(*peer),
            Stage::Talking(talking) => Some(talking.peer),
        }
    }
}

impl Joining {
    /// Joinings as they were kept.
    pub(crate) fn recall(records: BTreeMap<String, Vec<u8>>) -> Joining {
        let mut joining = Joining::default();
        for value in records.into_values() {
            let Ok(Kept { ticket, bytes, signature, since }) = seal::decode(&value, 2 * seal::STATEMENT_BYTES) else {
                continue;
            };
            let (Ok(ticket), Ok(join)) = (Ticket::parse(&ticket), Statement::read(&bytes, signature)) else { continue };
            joining.attempts.insert(ticket.plan, Attempt::new(ticket, join, since));
        }
        joining
    }

    /// Whether this device looks for somebody to ask.
    pub(crate) fn is_under_way(&self) -> bool {
        !self.attempts.is_empty()
    }

    fn talking(&self, stream: StreamId) -> Option<PlanId> {
        let talks = |attempt: &Attempt| matches!(&attempt.stage, Stage::Talking(talking) if talking.stream == stream);
        self.attempts.iter().find(|(_, attempt)| talks(attempt)).map(|(plan, _)| *plan)
    }
}

impl Hands {
    /// Knocks with a ticket.
    pub(crate) fn join(&mut self, ask: ask::Join, reply: Reply<ask::Knock>) {
        let (ticket, join, text) = match self.draft_join(ask) {
            Ok(drafted) => drafted,
            Err(refused) => return reply.say(Err(refused)),
        };
        let (plan, since) = (ticket.plan, now());
        let kept = Kept { ticket: text, bytes: join.bytes().to_vec(), signature: join.signature(), since };
        let mut batch = store::Batch::new();
        batch.record(&format!("{GROUP}/{plan}"), seal::encode(&kept));
        self.keeper.keep(batch, None);
        let mut attempt = Attempt::new(ticket, join, since);
        attempt.reply = Some(reply);
        self.end_attempt(plan, Refused::Busy);
        self.joining.attempts.insert(plan, attempt);
        self.links.wake_everybody();
        self.tend_joining();
    }

    fn draft_join(&self, ask: ask::Join) -> Result<(Ticket, Statement, String), Refused> {
        let ask::Join { ticket: text, name, relationship, organisation } = ask;
        let ticket = Ticket::parse(&text).map_err(|error| match error {
            TicketError::NotATicket | TicketError::Damaged | TicketError::TooLong => Refused::TicketDamaged,
            TicketError::OtherVersion => Refused::TicketOfAnotherVersion,
        })?;
        if ticket.expires < now() {
            return Err(Refused::TicketExpired);
        }
        if self.sync.ledger(ticket.plan).is_some_and(|ledger| ledger.person_of(self.device).is_some()) {
            return Err(Refused::AlreadyIn);
        }
        if self.joining.attempts.len() >= limits::JOINS && !self.joining.attempts.contains_key(&ticket.plan) {
            return Err(Refused::Busy);
        }
        if self.links.net.is_none() {
            return Err(Refused::Offline);
        }
        let person = Introduction { name, relationship, organisation };
        let body = draft::join(&ticket, self.device, person, now());
        let join = Statement::sign(&self.key, body).map_err(|_| Refused::Malformed)?;
        Ok((ticket, join, text))
    }

    /// Waits until this device is let in.
    pub(crate) fn enter(&mut self, plan: PlanId, reply: Reply<PersonId>) {
        if let Some(attempt) = self.joining.attempts.get_mut(&plan) {
            attempt.entering.push(reply);
            attempt.entering.truncate(limits::JOINS);
            return;
        }
        reply.say(self.person(plan));
    }

    /// Ends an attempt and says why to whoever waits.
    fn end_attempt(&mut self, plan: PlanId, why: Refused) {
        let Some(attempt) = self.joining.attempts.remove(&plan) else { return };
        self.leave(&attempt);
        if let Some(reply) = attempt.reply {
            reply.say(Err(why));
        }
        for reply in attempt.entering {
            reply.say(Err(why));
        }
    }

    fn give_up(&mut self, plan: PlanId, why: Refused) {
        self.end_attempt(plan, why);
        self.forget_joining(plan);
        self.outbox.put(News::JoinEnded { plan, why });
    }

    fn forget_joining(&self, plan: PlanId) {
        let mut batch = store::Batch::new();
        batch.forget(&format!("{GROUP}/{plan}"));
        self.keeper.keep(batch, None);
    }

    fn leave(&mut self, attempt: &Attempt) {
        if let Some(known) = attempt.peer().and_then(|peer| self.links.peers.get_mut(&peer)) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// Back to looking for somebody to ask.
    fn look_again(&mut self, plan: PlanId) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let peer = attempt.peer();
        attempt.stage = Stage::Looking;
        if let Some(known) = peer.and_then(|peer| self.links.peers.get_mut(&peer)) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// A dial to an address of a ticket came to nothing.
    pub(crate) fn ticket_address_failed(&mut self, plan: PlanId) {
        tracing::debug!(?plan, "nobody answers at an address of the ticket");
    }

    /// Somebody is connected: perhaps they can let us in.
    pub(crate) fn maybe_ask_to_join(&mut self, peer: PeerId, aim: Option<Aim>) {
        if let Some(Aim::Ticket(plan)) = aim
            && let Some(attempt) = self.joining.attempts.get_mut(&plan)
            && attempt.named.len() < limits::JOIN_ASKS
        {
            attempt.named.push(peer);
            attempt.asked.remove(&peer);
        }
        self.ask_somebody();
    }

    fn ask_somebody(&mut self) {
        let at = Instant::now();
        let peers: Vec<PeerId> = self.links.peers.keys().copied().collect();
        for attempt in self.joining.attempts.values_mut() {
            if !matches!(attempt.stage, Stage::Looking) {
                continue;
            }
            let rested = |peer: &&PeerId| {
                attempt.asked.get(peer).is_none_or(|asked| at.duration_since(*asked) > limits::ASK_AGAIN)
            };
            // First those who answer at the ticket's own addresses.
            let next = attempt.named.iter().filter(|peer| peers.contains(peer)).find(rested);
            let Some(peer) = next.or_else(|| peers.iter().find(rested)).copied() else { continue };
            if attempt.asked.len() >= limits::JOIN_ASKS {
                attempt.asked.pop_first();
            }
            attempt.asked.insert(peer, at);
            attempt.stage = Stage::Opening(peer, at);
            if let Some(known) = self.links.peers.get_mut(&peer) {
                known.joining += 1;
            }
            self.links.ask_for_stream(peer, net::JOIN);
        }
    }

    /// The stream we asked for, or why there is none.
    pub(crate) fn join_stream(&mut self, peer: PeerId, stream: Result<Stream, NoStream>) {
        let opening = |attempt: &Attempt| matches!(attempt.stage, Stage::Opening(asked, _) if asked == peer);
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
        let (ours, theirs, nonce) = (net.key(), known.key, dice());
        let id = self.links.number();
        let mut line = Line::begin(id, stream, self.links.events.clone());
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let blinded = knock::blinded(plan, &nonce, &ours, &theirs);
        let ask = Word::Ask { blinded, nonce, join: attempt.join.id() };
        // A new line has room.
        let _ = line.tell(knock::frame(&ask));
        let talking = Talking { peer, stream: id, line, since: Instant::now(), circle: Vec::new(), waiting: false };
        attempt.stage = Stage::Talking(talking);
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
        match answer {
            Answer::Nonce { device, nonce } => {
                let words = safety_words(plan, device, attempt.join.bytes(), &nonce);
                let changed = attempt.agreed != Some((device, words));
                attempt.agreed = Some((device, words));
                let word = Word::Join { bytes: attempt.join.bytes().to_vec(), signature: attempt.join.signature() };
                let _ = talking.line.tell(knock::frame(&word));
                // Before they are waiting for us, words would be read out to nobody; a change must be heard at once.
                if changed && attempt.reply.is_none() {
                    let knock = own_knock(attempt);
                    self.outbox.put(News::Knock(knock));
                }
            }
            Answer::Waiting => {
                talking.waiting = true;
                if let Some(reply) = attempt.reply.take() {
                    reply.say(Ok(own_knock(attempt)));
                }
            }
            Answer::Circle { statements, more } => {
                talking.circle.extend(statements);
                if talking.circle.len() > circle::limits::GRAPH_STATEMENTS {
                    return self.give_up(plan, Refused::Broke);
                }
                if !more {
                    self.come_in(plan);
                }
            }
            Answer::No(no) => self.turned_away(plan, no),
        }
    }

    fn turned_away(&mut self, plan: PlanId, no: No) {
        let named = self
            .joining
            .attempts
            .get(&plan)
            .is_some_and(|attempt| attempt.peer().is_some_and(|peer| attempt.named.contains(&peer)));
        let why = match no {
            No::Expired => Refused::TicketExpired,
            No::Used => Refused::TicketUsed,
            No::Refused => Refused::NoInvitation,
            // Somebody else may know more, unless this is who the ticket named.
            No::OtherPlan if named => Refused::TicketOfAnotherPlan,
            No::NotMe if named => Refused::NotMe,
            No::Crowded if named => Refused::Crowded,
            No::OtherPlan | No::NotMe | No::Crowded => return self.look_again(plan),
        };
        self.give_up(plan, why);
    }

    /// The whole circle has come: if it says that we are in, by the device the words were agreed with, we are.
    fn come_in(&mut self, plan: PlanId) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let Stage::Talking(talking) = &mut attempt.stage else { return };
        let circle = std::mem::take(&mut talking.circle);
        let Some(statements) = believed(attempt, circle, self.device) else {
            return self.give_up(plan, Refused::Broke);
        };
        let person = PersonId::from(attempt.join.id());
        let Some(last) = statements.last() else { return };
        self.when_statement_saved(last.id(), Box::new(move |saved, hands| hands.came_in(plan, person, saved)));
        self.handle(Input::Issued(statements));
    }

    fn came_in(&mut self, plan: PlanId, person: PersonId, saved: Result<(), Refused>) {
        if let Err(why) = saved {
            return self.end_attempt(plan, why);
        }
        let Some(mut attempt) = self.joining.attempts.remove(&plan) else { return };
        self.leave(&attempt);
        let peer = attempt.peer();
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

    /// What is due of joining: addresses to dial, peers to ask, conversations that take too long, tickets that ended.
    pub(crate) fn tend_joining(&mut self) {
        let at = Instant::now();
        let ended: Vec<PlanId> = self
            .joining
            .attempts
            .iter()
            .filter(|(_, attempt)| attempt.ticket.expires < now())
            .map(|(plan, _)| *plan)
            .collect();
        for plan in ended {
            self.give_up(plan, Refused::TicketExpired);
        }
        let late = |attempt: &Attempt| match &attempt.stage {
            Stage::Looking => false,
            Stage::Opening(_, since) => since.elapsed() > 2 * limits::HANDSHAKE,
            Stage::Talking(talking) => !talking.waiting && talking.since.elapsed() > limits::MESSAGE,
        };
        let late: Vec<PlanId> =
            self.joining.attempts.iter().filter(|(_, attempt)| late(attempt)).map(|(plan, _)| *plan).collect();
        for plan in late {
            self.look_again(plan);
        }
        for (plan, attempt) in &mut self.joining.attempts {
            if matches!(attempt.stage, Stage::Looking) && attempt.dial_at <= at {
                attempt.dial_at = at + limits::ASK_AGAIN;
                let addresses = attempt.ticket.addresses.iter().filter_map(|text| text.parse::<Multiaddr>().ok());
                self.links.reach.try_ticket(*plan, addresses);
            }
        }
        self.ask_somebody();
        self.tend_hosting();
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
        words: attempt.agreed.map(|(_, words)| words),
    }
}

/// The statements of a circle that lets this device in, if every signature holds, they make the plan of the ticket, and
/// the device the words were agreed with confirmed exactly this Join.
fn believed(attempt: &Attempt, circle: Vec<(Vec<u8>, Signature)>, device: DeviceId) -> Option<Vec<Statement>> {
    let read = |(bytes, signature): (Vec<u8>, Signature)| Statement::read(&bytes, signature).ok();
    let statements: Vec<Statement> = circle.into_iter().map(read).collect::<Option<_>>()?;
    let (found, rest) = statements.split_first()?;
    let mut ledger = Ledger::new(found.clone())?;
    if ledger.plan() != attempt.ticket.plan {
        return None;
    }
    for statement in rest {
        ledger.place(statement.clone());
    }
    let (confirmer, _) = attempt.agreed?;
    let confirmed = rest.iter().any(|statement| {
        let Act::Confirm(confirm) = statement.act() else { return false };
        confirm.join == attempt.join.id() && statement.issuer() == confirmer && ledger.in_effect(statement.id())
    });
    let in_it = ledger.person_of(device) == Some(PersonId::from(attempt.join.id()));
    (confirmed && in_it).then_some(statements)
}
