//! Coming back with 24 words and nothing else: a device of the circle is found, the words prove whose they are, and they sign
//! that this is one more device of theirs. What is said is in `said`; the other side is in `host`.
//!
//! Asked are whoever answers at an address that was given, and everybody seen nearby. The words stay in memory until it has
//! ended.

use std::{collections::BTreeMap, sync::Arc};

use circle::{Act, Introduction, Ledger, Statement, draft};
use libp2p::{Multiaddr, PeerId, Stream};
use seal::{DeviceId, PlanId, RecoveryWords, Signature};
use sync::Input;
use tokio::time::Instant;

use crate::{
    ask::{self, Reply},
    asking::{Asked, Stage, Talking},
    crowd::Turns,
    custody::new_words,
    error::Refused,
    hands::{Hands, dice, now},
    knock, limits,
    links::NoStream,
    net,
    news::News,
    reach::Aim,
    stream::{self, Line, StreamId},
    told::{Endless, Told},
};

mod host;
mod said;

use said::{Answer, Meeting, Word};

/// Coming back, and letting others come back.
pub(crate) struct Restoring {
    attempt: Option<Attempt>,
    guests: BTreeMap<StreamId, host::Guest>,
    asks: Turns,
}

struct Attempt {
    words: Arc<RecoveryWords>,
    key: DeviceId,
    device_name: String,
    called: Introduction,
    at: Vec<Multiaddr>,
    until: Instant,
    dial_at: Instant,
    stage: Stage<Step>,
    asked: Asked,
    /// Who answers at an address that was given: their no is final.
    named: Vec<PeerId>,
    reply: Reply<ask::Restored>,
}

enum Step {
    /// Asked; nothing they say is believed yet.
    Asked { ours: [u8; 32], theirs: [u8; 32], salt: [u8; 16] },
    /// They know the key, and the circle is coming.
    Proved { circle: Told },
    /// What the words signed is on this device's disk or on its way there, and then on theirs.
    Signed { restored: ask::Restored },
}

impl Attempt {
    /// Addresses to be dialled are kept by what they are for. No plan is known yet, so the key stands in its place.
    fn errand(&self) -> Option<PlanId> {
        Some(PlanId::new(*self.key.as_bytes()))
    }
}

impl Default for Restoring {
    fn default() -> Restoring {
        let (often, every) = limits::RESTORE_ASKS;
        Restoring { attempt: None, guests: BTreeMap::new(), asks: Turns::new(often, every) }
    }
}

impl Restoring {
    /// Whether this device looks for somebody to ask.
    pub(crate) fn is_under_way(&self) -> bool {
        self.attempt.is_some()
    }
}

impl Hands {
    /// Comes back with somebody's words.
    pub(crate) fn restore(&mut self, ask: ask::Restore, reply: Reply<ask::Restored>) {
        let ask::Restore { words, device_name, called, at, longest } = ask;
        if self.links.net.is_none() {
            return reply.say(Err(Refused::Offline));
        }
        self.end_restoring(Err(Refused::Busy));
        let start = Instant::now();
        self.restoring.attempt = Some(Attempt {
            key: words.0.key().id(),
            words: words.0,
            device_name,
            called,
            at: at.iter().flat_map(|listen| listen.addresses().to_vec()).collect(),
            until: start + longest,
            dial_at: start,
            stage: Stage::Looking,
            asked: Asked::default(),
            named: Vec::new(),
            reply,
        });
        self.links.wake_everybody();
        self.tend_restoring();
    }

    fn end_restoring(&mut self, answer: Result<ask::Restored, Refused>) {
        let Some(attempt) = self.restoring.attempt.take() else { return };
        if let Some(known) = attempt.stage.peer().and_then(|peer| self.links.peers.get_mut(&peer)) {
            known.joining = known.joining.saturating_sub(1);
        }
        attempt.reply.say(answer);
    }

    /// Back to looking for somebody who knows the key.
    fn ask_others_to_come_back(&mut self) {
        let Some(attempt) = &mut self.restoring.attempt else { return };
        let peer = attempt.stage.peer();
        attempt.stage = Stage::Looking;
        if let Some(known) = peer.and_then(|peer| self.links.peers.get_mut(&peer)) {
            known.joining = known.joining.saturating_sub(1);
        }
    }

    /// Somebody said no. Of a stranger nearby that means nothing.
    fn words_unknown(&mut self) {
        let attempt = self.restoring.attempt.as_ref();
        let named =
            attempt.is_some_and(|attempt| attempt.stage.peer().is_some_and(|peer| attempt.named.contains(&peer)));
        if named { self.end_restoring(Err(Refused::UnknownWords)) } else { self.ask_others_to_come_back() }
    }

    /// Somebody is connected who was dialled for this.
    pub(crate) fn maybe_ask_to_come_back(&mut self, peer: PeerId, aim: Option<Aim>) {
        let Some(attempt) = &mut self.restoring.attempt else { return };
        if aim == Some(Aim::Ticket(attempt.errand())) && attempt.named.len() < limits::JOIN_ASKS {
            attempt.named.push(peer);
            attempt.asked.remove(&peer);
        }
        self.ask_to_come_back();
    }

    fn ask_to_come_back(&mut self) {
        let at = Instant::now();
        let Some(attempt) = &mut self.restoring.attempt else { return };
        if !attempt.stage.is_looking() {
            return;
        }
        let near: Vec<PeerId> = self.links.peers.keys().copied().collect();
        let Some(peer) = attempt.asked.next(&attempt.named, &near, at) else { return };
        attempt.stage = Stage::Opening(peer, at);
        if let Some(known) = self.links.peers.get_mut(&peer) {
            known.joining += 1;
        }
        self.links.ask_for_stream(peer, net::RESTORE);
    }

    /// What is due of coming back: addresses to dial, peers to ask, conversations that take too long, the end.
    pub(crate) fn tend_restoring(&mut self) {
        self.tend_returning_guests();
        let at = Instant::now();
        let Some(attempt) = &mut self.restoring.attempt else { return };
        let late = match &attempt.stage {
            Stage::Looking => false,
            Stage::Opening(_, since) => since.elapsed() > 2 * limits::HANDSHAKE,
            Stage::Talking(talking) => talking.since.elapsed() > limits::MESSAGE,
        };
        if at > attempt.until && !matches!(&attempt.stage, Stage::Talking(Talking { step: Step::Signed { .. }, .. })) {
            return self.end_restoring(Err(Refused::NobodyThere));
        }
        if attempt.stage.is_looking() && attempt.dial_at <= at {
            attempt.dial_at = at + limits::ASK_AGAIN;
            self.links.reach.try_ticket(attempt.errand(), attempt.at.iter().cloned());
        }
        if late {
            self.ask_others_to_come_back();
        }
        self.ask_to_come_back();
    }

    /// The stream we asked for, or why there is none.
    pub(crate) fn restore_stream(&mut self, peer: PeerId, stream: Result<Stream, NoStream>) {
        let Some(attempt) = &mut self.restoring.attempt else { return };
        if !attempt.stage.opens(peer) {
            return;
        }
        let stream = match stream {
            Ok(stream) => stream,
            Err(NoStream::NotOffered) => return self.words_unknown(),
            Err(NoStream::Broken) => {
                attempt.asked.remove(&peer);
                return self.ask_others_to_come_back();
            }
        };
        let (Some(net), Some(known)) = (&self.links.net, self.links.peers.get(&peer)) else {
            return self.ask_others_to_come_back();
        };
        let (ours, theirs, salt) = (net.key(), known.key, dice());
        let id = self.links.number();
        let mut line = Line::begin(id, stream, self.links.events.clone());
        let blinded = said::blinded(attempt.key, &salt, &ours, &theirs);
        // A new line has room.
        let _ = line.tell(knock::frame(&Word::Ask { blinded, salt }));
        let step = Step::Asked { ours, theirs, salt };
        attempt.stage = Stage::Talking(Talking { peer, stream: id, line, since: Instant::now(), step });
    }

    /// What happens on a stream of coming back, on either side; gives the event back if it is none of these.
    pub(crate) fn restore_streamed(&mut self, event: stream::Event) -> Option<stream::Event> {
        let event = self.returning_guest_streamed(event)?;
        let (stream::Event::Heard(id, _) | stream::Event::Written(id, _) | stream::Event::Ended(id)) = &event;
        let attempt = self.restoring.attempt.as_ref();
        if !attempt.is_some_and(|attempt| attempt.stage.talks_on(*id)) {
            return Some(event);
        }
        match event {
            stream::Event::Heard(_, frame) => match knock::read::<Answer>(&frame) {
                Some(answer) => self.answered_to_come_back(answer),
                None => self.ask_others_to_come_back(),
            },
            stream::Event::Ended(_) => self.ask_others_to_come_back(),
            stream::Event::Written(..) => {}
        }
        None
    }

    fn answered_to_come_back(&mut self, answer: Answer) {
        let Some(attempt) = &mut self.restoring.attempt else { return };
        let Stage::Talking(talking) = &mut attempt.stage else { return };
        talking.since = Instant::now();
        match (&mut talking.step, answer) {
            (Step::Asked { ours, theirs, salt }, Answer::Known { salt: host, known }) => {
                let meeting = Meeting { key: attempt.key, holder: (*ours, *salt), host: (*theirs, host) };
                if known != meeting.known() {
                    return self.ask_others_to_come_back();
                }
                let proof = meeting.prove(&attempt.words.key());
                talking.step = Step::Proved { circle: Told::default() };
                let _ = talking.line.tell(knock::frame(&Word::Proof { proof }));
            }
            (Step::Proved { circle }, Answer::Circle { statements, more }) => match circle.take(statements, more) {
                Ok(Some(circle)) => self.sign_with_words(circle),
                Ok(None) => {}
                Err(Endless) => self.ask_others_to_come_back(),
            },
            (Step::Signed { restored }, Answer::Taken) => {
                let restored = *restored;
                self.came_back(restored);
            }
            (_, Answer::No) => self.words_unknown(),
            (Step::Asked { .. } | Step::Proved { .. } | Step::Signed { .. }, _) => self.ask_others_to_come_back(),
        }
    }

    /// The whole circle has come: if it knows the words, they sign, and that goes to this disk and then to theirs.
    fn sign_with_words(&mut self, circle: Vec<(Vec<u8>, Signature)>) {
        let Some((ledger, statements)) = read(circle) else { return self.ask_others_to_come_back() };
        let Some(attempt) = &self.restoring.attempt else { return };
        let words = Arc::clone(&attempt.words);
        let signed = match self.signed_before(ledger.plan(), attempt.key) {
            Some(before) => Ok((vec![before], None)),
            None => self.draft_return(&ledger, attempt),
        };
        let (signed, new) = match signed {
            Ok(signed) => signed,
            Err(Refused::UnknownWords) => return self.words_unknown(),
            Err(why) => return self.end_restoring(Err(why)),
        };
        let person = match signed.first().map(|first| (first.act(), first.id())) {
            Some((Act::Join(_), join)) => join.into(),
            // They signed in an attempt that was cut off, of which this circle need not know.
            _ => match ledger.whose_words(words.key().id()) {
                Some(person) => person,
                None => return self.ask_others_to_come_back(),
            },
        };
        let restored = ask::Restored { plan: ledger.plan(), person };
        let back: Vec<_> = signed.iter().map(|statement| (statement.bytes().to_vec(), statement.signature())).collect();
        let all: Vec<Statement> = statements.into_iter().chain(signed).collect();
        let issue = move |held: Result<(), Refused>, hands: &mut Hands| {
            if let Err(why) = held {
                return hands.end_restoring(Err(why));
            }
            let Some(last) = all.last().map(Statement::id) else { return };
            if hands.sync.ledger(restored.plan).is_some_and(|ledger| ledger.has(last)) {
                // Signed in an attempt that was cut off: only the others do not have it yet.
                hands.handle(Input::Issued(all));
                return hands.hand_in(Ok(()), restored, back);
            }
            hands.when_statement_saved(last, Box::new(move |saved, hands| hands.hand_in(saved, restored, back)));
            hands.handle(Input::Issued(all));
        };
        match new {
            Some(new) => self.hold_sheets(restored.plan, new, None, Box::new(issue)),
            None => {
                let spare = words.wrapping_key();
                self.change_lock(Box::new(move |store| store.add_spare(&spare)), Box::new(issue));
            }
        }
    }

    /// What the words sign in a circle that knows them. Whoever comes for the first time gets words of their own: those they
    /// came with were seen by whoever wrote them down.
    fn draft_return(
        &self,
        ledger: &Ledger,
        attempt: &Attempt,
    ) -> Result<(Vec<Statement>, Option<RecoveryWords>), Refused> {
        if ledger.person_of(self.device).is_some() {
            return Err(Refused::AlreadyIn);
        }
        let (key, plan) = (attempt.words.key(), ledger.plan());
        if let Some(person) = ledger.whose_words(key.id()) {
            return Ok((vec![self.sign_link(ledger, &key, person, attempt.device_name.clone())?], None));
        }
        if ledger.awaited_words() != Some(key.id()) {
            return Err(Refused::UnknownWords);
        }
        if attempt.called.name.is_empty() {
            return Err(Refused::Nameless);
        }
        let new = new_words();
        let body = draft::join_by(&key, plan, self.newcomer(attempt.called.clone(), &new), now());
        let join = Statement::sign(&self.key, body).map_err(|_| Refused::Malformed)?;
        let mut ledger = ledger.clone();
        ledger.place(join.clone());
        let body = draft::hand_over_by_words(&ledger, key.id(), now(), join.id()).map_err(|_| Refused::NotAllowed)?;
        let over = Statement::sign(&key, body).map_err(|_| Refused::Malformed)?;
        Ok((vec![join, over], Some(new)))
    }

    /// What the words signed for this device in an attempt that was cut off before others had it.
    fn signed_before(&self, plan: PlanId, key: DeviceId) -> Option<Statement> {
        let ledger = self.sync.ledger(plan)?;
        let all = ledger.since(circle::Graph::Circle, &[]);
        let mine = all.into_iter().find(|statement| {
            let linked = matches!(statement.act(), Act::LinkDevice(link) if link.device == self.device);
            linked && statement.issuer() == key && ledger.in_effect(statement.id())
        });
        mine.cloned()
    }

    /// It is on this disk; now it is to be on theirs.
    fn hand_in(&mut self, saved: Result<(), Refused>, restored: ask::Restored, back: Vec<(Vec<u8>, Signature)>) {
        if let Err(why) = saved {
            return self.end_restoring(Err(why));
        }
        let Some(attempt) = &mut self.restoring.attempt else { return };
        let Stage::Talking(talking) = &mut attempt.stage else { return };
        talking.step = Step::Signed { restored };
        talking.since = Instant::now();
        let _ = talking.line.tell(knock::frame(&Word::Back { statements: back }));
    }

    fn came_back(&mut self, restored: ask::Restored) {
        let peer = self.restoring.attempt.as_ref().and_then(|attempt| attempt.stage.peer());
        self.end_restoring(Ok(restored));
        self.outbox.put(News::Joined { plan: restored.plan, person: restored.person });
        self.links.wake_everybody();
        if let Some(peer) = peer {
            self.tend(peer);
        }
    }
}

/// The statements of a circle, if every signature holds and they make one.
fn read(circle: Vec<(Vec<u8>, Signature)>) -> Option<(Ledger, Vec<Statement>)> {
    let read = |(bytes, signature): (Vec<u8>, Signature)| Statement::read(&bytes, signature).ok();
    let statements: Vec<Statement> = circle.into_iter().map(read).collect::<Option<_>>()?;
    let (found, rest) = statements.split_first()?;
    let mut ledger = Ledger::new(found.clone())?;
    ledger.place_all(rest.iter().cloned());
    Some((ledger, statements))
}
