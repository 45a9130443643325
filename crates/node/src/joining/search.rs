//! Coming in with a short code: finding the device that shows it, one guess, and what it hands over.
//!
//! Whoever is near is asked whether it shows a code with this number; only who does is told more, and only who knows the
//! whole code is told who asks. The first guess decides: nobody here tries a code on one device after another.

use std::time::Duration;

use circle::{Act, Code, CodeError, Ledger, Statement, Ticket, draft};
use libp2p::{Multiaddr, PeerId, Stream};
use seal::{DeviceId, PersonId, PlanId, Signature};
use tokio::time::Instant;

use super::{Asker, Attempt, Step};
use crate::{
    ask::{self, JoinByCode, Met, Reply},
    asking::{Asked, Stage, Talking},
    custody::new_words,
    error::Refused,
    hands::{Hands, now},
    knock::{self, Agreed, Answer, Handed, No, Word},
    limits,
    links::NoStream,
    net,
    news::News,
    pairing::exchange::{self, Begun, Ends, Key, Side},
    settings::Listen,
    stream::{Line, StreamId},
    told::{Endless, Told},
};

/// Somebody typed a code here.
pub(crate) struct Search {
    code: Code,
    /// Where the device is that shows it, if that was typed too.
    at: Vec<Multiaddr>,
    asks: JoinByCode,
    until: Instant,
    dial_at: Instant,
    asked: Asked,
    stage: Stage<Says>,
    reply: Reply<Met>,
}

/// Where the conversation is.
enum Says {
    /// Half of the exchange was told.
    Pairing(Box<Begun>),
    /// The guess was made.
    Sure(Key),
    /// This device agreed to be one of theirs; and what has come of the circle.
    Agreed { plan: PlanId, person: PersonId, by: DeviceId, circle: Told },
}

impl Search {
    /// Whether this is its stream.
    pub(super) fn talks_on(&self, id: StreamId) -> bool {
        self.stage.talks_on(id)
    }

    /// Whether it waits for a stream to this peer.
    pub(super) fn opens(&self, to: PeerId) -> bool {
        self.stage.opens(to)
    }
}

/// A code, and behind an `@` where the device is that shows it.
fn read(text: &str) -> Result<(Code, Vec<Multiaddr>), Refused> {
    let (code, at) = text.split_once('@').map_or((text, None), |(code, at)| (code, Some(at.trim())));
    let at = at.map(|at| at.parse::<Listen>().map_err(|_| Refused::NotACode)).transpose()?;
    let code = Code::parse(code).map_err(|error| match error {
        CodeError::NotACode => Refused::NotACode,
        CodeError::NoSuchWord => Refused::NotACodeWord,
    })?;
    Ok((code, at.map(|at| at.addresses().to_vec()).unwrap_or_default()))
}

impl Hands {
    /// Looks for the device that shows this code.
    pub(crate) fn join_by_code(&mut self, asks: JoinByCode, reply: Reply<Met>) {
        let (code, at) = match read(&asks.code) {
            Ok(read) => read,
            Err(refused) => return reply.say(Err(refused)),
        };
        if self.links.net.is_none() {
            return reply.say(Err(Refused::Offline));
        }
        self.end_search(Refused::Busy);
        let begun = Instant::now();
        self.joining.search = Some(Search {
            code,
            at,
            asks,
            until: begun + limits::CODE_SEARCH,
            dial_at: begun,
            asked: Asked::default(),
            stage: Stage::Looking,
            reply,
        });
        self.links.wake_everybody();
        self.tend_joining();
    }

    /// Ends the search and says why.
    pub(super) fn end_search(&mut self, why: Refused) {
        let Some(search) = self.joining.search.take() else { return };
        self.let_go(search.stage.peer());
        search.reply.say(Err(why));
    }

    /// Back to looking for the device that shows the code.
    fn search_on(&mut self) {
        let Some(search) = &mut self.joining.search else { return };
        let peer = search.stage.peer();
        search.stage = Stage::Looking;
        self.let_go(peer);
    }

    fn let_go(&mut self, peer: Option<PeerId>) {
        if let Some(known) = peer.and_then(|peer| self.links.peers.get_mut(&peer)) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// What is due of a search: an address to dial, somebody to ask, an end.
    pub(super) fn tend_search(&mut self) {
        let at = Instant::now();
        let Some(search) = &mut self.joining.search else { return };
        let late = match &search.stage {
            Stage::Looking => {
                if search.until <= at {
                    return self.end_search(Refused::NobodyShows);
                }
                if search.dial_at <= at && !search.at.is_empty() {
                    search.dial_at = at + limits::ASK_AGAIN;
                    self.links.reach.try_ticket(None, search.at.iter().cloned());
                }
                return self.ask_for_code();
            }
            Stage::Opening(_, since) => since.elapsed() > 2 * limits::HANDSHAKE,
            Stage::Talking(talking) => talking.since.elapsed() > longest(),
        };
        if late {
            self.search_on();
        }
    }

    /// Asks the next one who is near.
    pub(super) fn ask_for_code(&mut self) {
        let Some(search) = &mut self.joining.search else { return };
        if !search.stage.is_looking() {
            return;
        }
        let at = Instant::now();
        let near: Vec<PeerId> = self.links.peers.keys().copied().collect();
        let Some(peer) = search.asked.next(&[], &near, at) else { return };
        search.stage = Stage::Opening(peer, at);
        if let Some(known) = self.links.peers.get_mut(&peer) {
            known.joining += 1;
        }
        self.links.ask_for_stream(peer, net::JOIN);
    }

    /// The stream that was asked for.
    pub(super) fn search_stream(&mut self, peer: PeerId, stream: Result<Stream, NoStream>) {
        let (Ok(stream), Some(net), Some(known)) = (stream, &self.links.net, self.links.peers.get(&peer)) else {
            return self.search_on();
        };
        let ends = Ends { newcomer: net.key(), host: known.key };
        let id = self.links.number();
        let mut line = Line::begin(id, stream, self.links.events.clone());
        let Some(search) = &mut self.joining.search else { return };
        let begun = exchange::begin(Side::Newcomer, &search.code, &ends);
        let (number, element) = (search.code.number(), begun.element);
        // A new line has room.
        let _ = line.tell(knock::frame(&Word::Pair { number, element }));
        let says = Says::Pairing(Box::new(begun));
        search.stage = Stage::Talking(Talking { peer, stream: id, line, since: Instant::now(), step: says });
    }

    /// What comes back; `None`: the stream is over or says rubbish.
    pub(super) fn search_answered(&mut self, answer: Option<Answer>) {
        let Some(search) = &mut self.joining.search else { return };
        let stage = std::mem::replace(&mut search.stage, Stage::Looking);
        let Stage::Talking(Talking { peer, stream, mut line, step: says, since: _ }) = stage else {
            search.stage = stage;
            return;
        };
        let next = match (says, answer) {
            (Says::Pairing(begun), Some(Answer::Element { element })) => match begun.finish(&element) {
                Some(key) => {
                    let _ = line.tell(knock::frame(&Word::Sure { tag: key.sure(Side::Newcomer) }));
                    Ok(Says::Sure(key))
                }
                None => Err(Some(Refused::Meddled)),
            },
            (Says::Sure(key), Some(Answer::Offer { tag, closed })) => match offered(&key, tag, &closed) {
                Some(Handed::Ticket(text)) => return self.knock_bound((peer, stream, line), &text, key),
                Some(Handed::Mine { plan, person, by }) => self.agree(&mut line, (plan, person, by), &key),
                None => Err(Some(Refused::Meddled)),
            },
            (says @ Says::Agreed { .. }, Some(Answer::Waiting)) => Ok(says),
            (Says::Agreed { plan, person, by, mut circle }, Some(Answer::Circle { statements, more })) => {
                match circle.take(statements, more) {
                    Ok(Some(circle)) => return self.linked((peer, line), (plan, person, by), circle),
                    Ok(None) => Ok(Says::Agreed { plan, person, by, circle }),
                    Err(Endless) => Err(Some(Refused::Broke)),
                }
            }
            // Not who shows the code, or no longer there: the next who is asked may be.
            (Says::Pairing(_), Some(Answer::No(_)) | None) => Err(None),
            (Says::Sure(_), Some(Answer::No(No::WrongCode | No::OtherCode))) => Err(Some(Refused::WrongCode)),
            (Says::Pairing(_) | Says::Sure(_) | Says::Agreed { .. }, _) => Err(Some(Refused::Broke)),
        };
        let Some(search) = &mut self.joining.search else { return };
        // So that an end lets go of the connection.
        search.stage = Stage::Opening(peer, Instant::now());
        match next {
            Ok(step) => {
                search.stage = Stage::Talking(Talking { peer, stream, line, since: Instant::now(), step });
            }
            Err(None) => self.search_on(),
            Err(Some(why)) => self.end_search(why),
        }
    }

    /// Knocks with the ticket that was handed over, on the same connection and under the same key. From here on it is a
    /// joining like any other.
    fn knock_bound(&mut self, (peer, stream, line): (PeerId, StreamId, Line), text: &str, key: Key) {
        let Some(Search { asks, reply, .. }) = self.joining.search.take() else { return };
        let JoinByCode { code: _, name, relationship, organisation, device: _ } = asks;
        let ask = ask::Join { ticket: text.to_owned(), name, relationship, organisation };
        let words = new_words();
        let (ticket, join, text) = match self.draft_join(ask, &words) {
            Ok(drafted) => drafted,
            Err(refused) => {
                self.let_go(Some(peer));
                return reply.say(Err(refused));
            }
        };
        let plan = ticket.plan;
        let then = move |held: Result<(), Refused>, hands: &mut Hands| match held {
            Ok(()) => hands.say_bound((peer, stream, line), (ticket, join, text), &key, reply),
            Err(why) => {
                hands.let_go(Some(peer));
                reply.say(Err(why));
            }
        };
        self.hold_sheets(plan, words, None, Box::new(then));
    }

    fn say_bound(
        &mut self,
        (peer, stream, mut line): (PeerId, StreamId, Line),
        (ticket, join, text): (Ticket, Statement, String),
        key: &Key,
        reply: Reply<Met>,
    ) {
        let (bytes, signature) = (join.bytes().to_vec(), join.signature());
        let tag = key.bind(&bytes);
        let _ = line.tell(knock::frame(&Word::Bound { bytes, signature, tag }));
        let plan = ticket.plan;
        let mut attempt = Attempt::new(ticket, join, now());
        attempt.stage = Stage::Talking(Talking { peer, stream, line, since: Instant::now(), step: Step::Bound });
        attempt.reply = Some(Asker::Code(reply));
        self.keeper.keep(attempt.keep(text), None);
        self.end_attempt(plan, Refused::Busy);
        self.joining.attempts.insert(plan, attempt);
    }

    /// Agrees to be a device of whoever shows the code.
    fn agree(
        &self,
        line: &mut Line,
        (plan, person, by): (PlanId, PersonId, DeviceId),
        key: &Key,
    ) -> Result<Says, Option<Refused>> {
        if self.sync.ledger(plan).is_some_and(|ledger| ledger.person_of(self.device).is_some()) {
            return Err(Some(Refused::AlreadyIn));
        }
        let Some(search) = &self.joining.search else { return Err(None) };
        let (name, opens) = (search.asks.device.clone(), self.key.opening());
        let proof = draft::agree_to_link(&self.key, plan, person, by);
        let agreed = Agreed { device: self.device, name, opens, proof };
        let tag = key.bind(&seal::encode(&agreed));
        let _ = line.tell(knock::frame(&Word::Agree(Box::new(agreed), tag)));
        Ok(Says::Agreed { plan, person, by, circle: Told::default() })
    }

    /// The circle has come: if it says that this device is theirs, linked by the one that showed the code, it is.
    fn linked(
        &mut self,
        (peer, mut line): (PeerId, Line),
        (plan, person, by): (PlanId, PersonId, DeviceId),
        circle: Vec<(Vec<u8>, Signature)>,
    ) {
        let Some(Search { reply, .. }) = self.joining.search.take() else { return };
        self.let_go(Some(peer));
        let Some(statements) = believed(circle, plan, person, by, self.device) else {
            return reply.say(Err(Refused::Broke));
        };
        let then = move |saved: Result<(), Refused>, hands: &mut Hands| {
            if let Err(why) = saved {
                return reply.say(Err(why));
            }
            let _ = line.tell(knock::frame(&Word::Done));
            reply.say(Ok(Met::Mine { plan, person }));
            hands.outbox.put(News::Joined { plan, person });
            hands.links.wake_everybody();
            hands.tend(peer);
        };
        self.hold_circle(plan, statements, Box::new(then));
    }
}

/// How long an answer may take: a flush on the other side, and the circle on its way.
fn longest() -> Duration {
    limits::MESSAGE
}

/// What was handed over, if whoever did has the key.
fn offered(key: &Key, tag: [u8; 32], closed: &[u8]) -> Option<Handed> {
    let plain = key.is_sure(Side::Host, tag).then(|| key.open(closed)).flatten()?;
    let handed: Handed = seal::decode(&plain, sync::limits::FRAME_WIRE).ok()?;
    match &handed {
        Handed::Ticket(text) => Ticket::parse(text).ok().map(|_| handed),
        Handed::Mine { .. } => Some(handed),
    }
}

/// The statements of a circle in which this device is that person's, linked by that device, if all of it holds.
fn believed(
    circle: Vec<(Vec<u8>, Signature)>,
    plan: PlanId,
    person: PersonId,
    by: DeviceId,
    device: DeviceId,
) -> Option<Vec<Statement>> {
    let (ledger, statements) = super::talk::read_circle(circle, plan)?;
    let links = |statement: &Statement, ledger: &Ledger| {
        let Act::LinkDevice(link) = statement.act() else { return false };
        link.device == device && statement.issuer() == by && ledger.in_effect(statement.id())
    };
    let linked = statements.iter().any(|statement| links(statement, &ledger));
    (linked && ledger.person_of(device) == Some(person)).then_some(statements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_followed_by_where_it_is_shown() {
        let (code, at) = read("7-apple-river").unwrap();
        assert_eq!((code.to_string().as_str(), at.len()), ("7-apple-river", 0));
        let (code, at) = read(" 7 Apple River @ 127.0.0.1:4001 ").unwrap();
        let at: Vec<String> = at.iter().map(ToString::to_string).collect();
        assert_eq!(code.to_string(), "7-apple-river");
        assert_eq!(at, ["/ip4/127.0.0.1/udp/4001/quic-v1", "/ip4/127.0.0.1/tcp/4001"]);
        assert_eq!(read("7-apple-river@kitchen").err(), Some(Refused::NotACode));
        assert_eq!(read("good morning").err(), Some(Refused::NotACode));
        assert_eq!(read("7-apple-rivers").err(), Some(Refused::NotACodeWord));
    }
}
