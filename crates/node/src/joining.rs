//! Coming in with a ticket or a code: whom to ask, when again, and how an attempt ends. What is said then is in `talk`.
//!
//! The ticket's addresses are dialled in turn; devices seen nearby are asked too, with a name of the plan that only those
//! who know it recognise. A knock survives a broken stream and a restart.

use std::collections::BTreeMap;

use circle::{Introduction, Statement, Ticket, TicketError, draft};
use libp2p::{Multiaddr, PeerId};
use seal::{DeviceId, PersonId, PlanId, RecoveryWords, Signature, Time};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::{
    ask::{self, Reply},
    asking::{Asked, Stage, Talking},
    custody::new_words,
    error::Refused,
    hands::{Hands, dice, now},
    knock, limits, net,
    news::News,
    reach::Aim,
    stream::StreamId,
    told::Told,
};

mod search;
mod talk;

use search::Search;

/// The group of records that hold what this device joins.
pub(crate) const GROUP: &str = "joining";

/// The plans this device asks to be let into.
#[derive(Default)]
pub(crate) struct Joining {
    attempts: BTreeMap<PlanId, Attempt>,
    /// A code was typed, and the device that shows it is looked for.
    search: Option<Search>,
}

struct Attempt {
    ticket: Ticket,
    join: Statement,
    since: Time,
    stage: Stage<Step>,
    /// Whoever waits for the words.
    reply: Option<Asker>,
    /// Whoever waits to be let in.
    entering: Vec<Reply<PersonId>>,
    /// What keeps the words from being picked. Once told to somebody it is good for them and their nonce alone.
    secret: [u8; 32],
    told: Option<(DeviceId, [u8; 32])>,
    /// The device that is to let this one in, once it waits, and how people make sure of it.
    agreed: Option<Host>,
    /// The words its holder was shown last.
    shown: Option<[&'static str; 4]>,
    asked: Asked,
    /// Who answers at an address of the ticket: their no is final.
    named: Vec<PeerId>,
    dial_at: Instant,
}

/// Whoever waits until the knock is known.
enum Asker {
    Ticket(Reply<ask::Knock>),
    Code(Reply<ask::Met>),
}

impl Asker {
    fn say(self, answer: Result<ask::Knock, Refused>) {
        match self {
            Asker::Ticket(reply) => reply.say(answer),
            Asker::Code(reply) => reply.say(answer.map(|knock| ask::Met::Inviter(Box::new(knock)))),
        }
    }
}

/// A device that is to let this one in.
#[derive(Clone, Copy)]
enum Host {
    /// Two people compare these words.
    ByWords(DeviceId, [&'static str; 4]),
    /// It showed the code that was typed here.
    ByCode(DeviceId),
}

impl Host {
    fn device(self) -> DeviceId {
        let (Host::ByWords(device, _) | Host::ByCode(device)) = self;
        device
    }

    fn words(self) -> Option<[&'static str; 4]> {
        match self {
            Host::ByWords(_, words) => Some(words),
            Host::ByCode(_) => None,
        }
    }
}

enum Step {
    /// Asked to be heard; nothing they say is believed yet.
    Asked { ours: [u8; 32], theirs: [u8; 32], salt: [u8; 16] },
    /// They know the plan, and were told who knocks.
    Known,
    /// They pass the knock on to somebody who can let this device in.
    Passed,
    /// They handed the ticket over under a code, and were told who knocks.
    Bound,
    /// They wait for words; and what has come of the circle.
    Waiting { circle: Told },
}

#[derive(Serialize, Deserialize)]
struct Kept {
    ticket: String,
    bytes: Vec<u8>,
    signature: Signature,
    since: Time,
    agreed: Option<Agreed>,
}

/// What makes the words of a knock, so that they are the same after a restart; or that it needs none.
#[derive(Serialize, Deserialize)]
enum Agreed {
    Words { secret: [u8; 32], device: DeviceId, nonce: [u8; 32] },
    Code(DeviceId),
}

impl Attempt {
    fn new(ticket: Ticket, join: Statement, since: Time) -> Attempt {
        Attempt {
            ticket,
            join,
            since,
            stage: Stage::Looking,
            reply: None,
            entering: Vec::new(),
            secret: dice(),
            told: None,
            agreed: None,
            shown: None,
            asked: Asked::default(),
            named: Vec::new(),
            dial_at: Instant::now(),
        }
    }

    /// The words that were agreed are no longer good, or there never were any: the next who is asked hears of another
    /// secret.
    fn draw_anew(&mut self) {
        self.secret = dice();
        (self.told, self.agreed) = (None, None);
    }

    fn words(&self, device: DeviceId, nonce: &[u8; 32]) -> [&'static str; 4] {
        knock::words(self.ticket.plan, device, self.join.bytes(), &self.secret, nonce)
    }

    fn keep(&self, ticket: String) -> store::Batch {
        let agreed = self.agreed.and_then(|agreed| match agreed {
            Host::ByCode(device) => Some(Agreed::Code(device)),
            Host::ByWords(..) => {
                let secret = self.secret;
                self.told.map(|(device, nonce)| Agreed::Words { secret, device, nonce })
            }
        });
        let kept = Kept {
            ticket,
            bytes: self.join.bytes().to_vec(),
            signature: self.join.signature(),
            since: self.since,
            agreed,
        };
        let mut batch = store::Batch::new();
        batch.record(&format!("{GROUP}/{}", self.ticket.plan), seal::encode(&kept));
        batch
    }
}

impl Joining {
    /// Joinings as they were kept.
    pub(crate) fn recall(records: BTreeMap<String, Vec<u8>>) -> Joining {
        let mut joining = Joining::default();
        for value in records.into_values() {
            let kept = seal::decode(&value, 2 * seal::STATEMENT_BYTES);
            let Ok(Kept { ticket, bytes, signature, since, agreed }) = kept else { continue };
            let (Ok(ticket), Ok(join)) = (Ticket::parse(&ticket), Statement::read(&bytes, signature)) else { continue };
            let mut attempt = Attempt::new(ticket, join, since);
            match agreed {
                Some(Agreed::Words { secret, device, nonce }) => {
                    (attempt.secret, attempt.told) = (secret, Some((device, nonce)));
                    attempt.agreed = Some(Host::ByWords(device, attempt.words(device, &nonce)));
                }
                Some(Agreed::Code(device)) => attempt.agreed = Some(Host::ByCode(device)),
                None => {}
            }
            joining.attempts.insert(attempt.ticket.plan, attempt);
        }
        joining
    }

    /// Whether this device looks for somebody to ask.
    pub(crate) fn is_under_way(&self) -> bool {
        !self.attempts.is_empty() || self.search.is_some()
    }

    fn talking(&self, stream: StreamId) -> Option<PlanId> {
        self.attempts.iter().find(|(_, attempt)| attempt.stage.talks_on(stream)).map(|(plan, _)| *plan)
    }
}

impl Hands {
    /// Knocks with a ticket.
    pub(crate) fn join(&mut self, ask: ask::Join, reply: Reply<ask::Knock>) {
        let words = new_words();
        let (ticket, join, text) = match self.draft_join(ask, &words) {
            Ok(drafted) => drafted,
            Err(refused) => return reply.say(Err(refused)),
        };
        let plan = ticket.plan;
        let then = move |held: Result<(), Refused>, hands: &mut Hands| match held {
            Err(why) => reply.say(Err(why)),
            Ok(()) => hands.set_out_to_join(ticket, join, text, reply),
        };
        self.hold_sheets(plan, words, None, Box::new(then));
    }

    fn set_out_to_join(&mut self, ticket: Ticket, join: Statement, text: String, reply: Reply<ask::Knock>) {
        let (plan, since) = (ticket.plan, now());
        let mut attempt = Attempt::new(ticket, join, since);
        self.keeper.keep(attempt.keep(text), None);
        attempt.reply = Some(Asker::Ticket(reply));
        self.end_attempt(plan, Refused::Busy);
        self.joining.attempts.insert(plan, attempt);
        self.links.wake_everybody();
        self.tend_joining();
    }

    fn draft_join(&self, ask: ask::Join, words: &RecoveryWords) -> Result<(Ticket, Statement, String), Refused> {
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
        let body = draft::join(&ticket, self.newcomer(person, words), now());
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
        self.links.reach.forget_ticket(Some(plan));
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
        if let Some(known) = attempt.stage.peer().and_then(|peer| self.links.peers.get_mut(&peer)) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// Back to looking for somebody to ask.
    fn look_again(&mut self, plan: PlanId) {
        let Some(attempt) = self.joining.attempts.get_mut(&plan) else { return };
        let peer = attempt.stage.peer();
        attempt.stage = Stage::Looking;
        if attempt.agreed.is_none() {
            attempt.draw_anew();
        }
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
        if let Some(Aim::Ticket(Some(plan))) = aim
            && let Some(attempt) = self.joining.attempts.get_mut(&plan)
            && attempt.named.len() < limits::JOIN_ASKS
        {
            attempt.named.push(peer);
            attempt.asked.remove(&peer);
            let at_another = attempt.stage.peer().is_some_and(|at| at != peer && !attempt.named.contains(&at));
            let inviter = attempt.ticket.inviter;
            if at_another && attempt.agreed.is_some_and(|agreed| agreed.device() != inviter) {
                // Somebody nearby answered first. Who invited is there, and would wait in vain.
                self.look_again(plan);
            }
        }
        self.ask_somebody();
    }

    fn ask_somebody(&mut self) {
        self.ask_for_code();
        let at = Instant::now();
        let peers: Vec<PeerId> = self.links.peers.keys().copied().collect();
        for attempt in self.joining.attempts.values_mut() {
            if !attempt.stage.is_looking() {
                continue;
            }
            let Some(peer) = attempt.asked.next(&attempt.named, &peers, at) else { continue };
            attempt.stage = Stage::Opening(peer, at);
            if let Some(known) = self.links.peers.get_mut(&peer) {
                known.joining += 1;
            }
            self.links.ask_for_stream(peer, net::JOIN);
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
            Stage::Talking(talking) => {
                let longest = if matches!(talking.step, Step::Passed) { limits::PASSED_WAITS } else { limits::MESSAGE };
                !matches!(talking.step, Step::Waiting { .. }) && talking.since.elapsed() > longest
            }
        };
        let late: Vec<PlanId> =
            self.joining.attempts.iter().filter(|(_, attempt)| late(attempt)).map(|(plan, _)| *plan).collect();
        for plan in late {
            self.look_again(plan);
        }
        for (plan, attempt) in &mut self.joining.attempts {
            if attempt.stage.is_looking() && attempt.dial_at <= at {
                attempt.dial_at = at + limits::ASK_AGAIN;
                let addresses = attempt.ticket.addresses.iter().filter_map(|text| text.parse::<Multiaddr>().ok());
                self.links.reach.try_ticket(Some(*plan), addresses);
            }
        }
        self.tend_search();
        self.ask_somebody();
        self.tend_hosting();
        self.tend_pairing();
        self.tend_visits();
    }
}
