//! The conversation with somebody who typed a code: one guess, then a ticket or a place among my devices.

use circle::{Act, Code, LinkDevice, Statement, draft};
use libp2p::PeerId;
use seal::{DeviceId, PlanId, Signature};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::{
    Page, Stage as Showing,
    exchange::{self, Element, Ends, Key, Side},
};
use crate::{
    ask::{self, LetsIn},
    error::Refused,
    hands::{Hands, dice, now},
    hosting::{Asked, Origin, Stage, Waiting},
    knock::{Agreed, Answer, Handed, No},
    limits,
    news::{CodeNews, News},
    stream::StreamId,
};

impl Hands {
    /// Somebody was given a code with this number.
    pub(crate) fn pair(&mut self, peer: PeerId, number: u8, element: &Element) -> Asked {
        let newcomer = self.links.peers.get(&peer).ok_or(No::OtherCode)?.key;
        let host = self.links.net.as_ref().ok_or(No::OtherCode)?.key();
        let (code, round) = self.code_with(number).ok_or(No::OtherCode)?;
        let begun = exchange::begin(Side::Host, &code, &Ends { newcomer, host });
        let ours = begun.element;
        let key = begun.finish(element).ok_or(No::OtherCode)?;
        Ok((Stage::Exchanged { round, key }, Some(Answer::Element { element: ours })))
    }

    /// The code that is shown, if it has this number and is not over.
    fn code_with(&mut self, number: u8) -> Option<(Code, u64)> {
        let Some(Page { stage: Showing::Showing { code, round, ends, exchanges }, .. }) = &mut self.pairing.page else {
            return None;
        };
        if code.number() != number || *ends <= Instant::now() {
            return None;
        }
        *exchanges += 1;
        if *exchanges > limits::EXCHANGES_A_CODE {
            // Nobody needs so many: a guesser who breaks off before the guess, to keep us busy.
            self.guessed_wrong();
            return None;
        }
        Some((*code, *round))
    }

    fn guessed_wrong(&mut self) {
        self.pairing.tally.guessed_wrong(now());
        if let Some(page) = &self.pairing.page {
            self.outbox.put(News::Code { plan: page.plan, what: CodeNews::Wrong });
        }
        self.next_code();
    }

    /// The one guess. Whatever comes of it, this code is over.
    pub(crate) fn guessed(&mut self, id: StreamId, round: u64, key: Key, tag: [u8; 32]) -> Asked {
        let shown = match &self.pairing.page {
            Some(Page { stage: Showing::Showing { round: shown, ends, .. }, .. }) => {
                *shown == round && *ends > Instant::now()
            }
            Some(Page { stage: Showing::Drawing | Showing::Resting { .. }, .. }) | None => false,
        };
        if !shown {
            return Err(No::OtherCode);
        }
        if !key.is_sure(Side::Newcomer, tag) {
            self.guessed_wrong();
            return Err(No::WrongCode);
        }
        let page = self.pairing.page.take().ok_or(No::OtherCode)?;
        let plan = page.plan;
        self.outbox.put(News::Code { plan, what: CodeNews::Taken });
        let taken = self.taken(id, page, key);
        if taken.is_err() {
            self.outbox.put(News::Code { plan, what: CodeNews::Ended(Refused::NotAllowed) });
        }
        taken
    }

    /// What the code was for.
    fn taken(&mut self, id: StreamId, page: Page, key: Key) -> Asked {
        match page.lets_in {
            LetsIn::MyDevice => {
                let person = self.person(page.plan).map_err(|_| No::NotMe)?;
                let mine = Handed::Mine { plan: page.plan, person, by: self.device };
                let offer = offer(&key, &mine);
                Ok((Stage::Linking { plan: page.plan, key }, Some(offer)))
            }
            LetsIn::Somebody { role, standing, parts, until } => {
                let (plan, lasts) = (page.plan, limits::CODE_TICKET_LASTS);
                let meant = parts.clone();
                let ask = ask::Invite { plan, role, standing, parts, lasts, addresses: true, until };
                let (invited, statements) = self.draft_invite(ask).map_err(|_| No::NotMe)?;
                self.remember_meant(plan, &invited, meant);
                self.issue(
                    statements,
                    Box::new(move |saved, hands| match saved {
                        Ok(()) => hands.hand_over_ticket(id, &invited.ticket, key),
                        Err(why) => {
                            hands.outbox.put(News::Code { plan, what: CodeNews::Ended(why) });
                            hands.guest_leaves(id);
                        }
                    }),
                );
                Ok((Stage::Keeping, None))
            }
        }
    }

    fn hand_over_ticket(&mut self, id: StreamId, ticket: &str, key: Key) {
        let Ok(read) = circle::Ticket::parse(ticket) else { return self.guest_leaves(id) };
        let offer = offer(&key, &Handed::Ticket(ticket.to_owned()));
        let plan = read.plan;
        if !self.hosting.is_here(id) {
            return self.outbox.put(News::Code { plan, what: CodeNews::Ended(Refused::Broke) });
        }
        let stage = Stage::Handed { plan, invite: read.key().id(), key };
        self.guest_goes_on(id, stage, Some(&offer));
    }

    /// Somebody knocks with the ticket that was handed to them, on the same connection and under the same key.
    pub(crate) fn bound(
        &mut self,
        id: StreamId,
        (plan, invite, key): (PlanId, DeviceId, &Key),
        (bytes, signature, tag): (&[u8], Signature, [u8; 32]),
    ) -> Asked {
        if !key.is_bound(bytes, tag) {
            return Err(No::Refused);
        }
        let join = Statement::read(bytes, signature).map_err(|_| No::Refused)?;
        let Act::Join(asks) = join.act() else { return Err(No::Refused) };
        if asks.invite != invite {
            return Err(No::Refused);
        }
        let waiting =
            Waiting { join, secret: dice(), nonce: dice(), since: now(), origin: Origin::Code, through: None };
        self.knocked(id, plan, waiting)
    }

    /// A device agrees to be one of mine.
    pub(crate) fn agreed(&mut self, id: StreamId, plan: PlanId, key: &Key, (agreed, tag): (Agreed, [u8; 32])) -> Asked {
        if !key.is_bound(&seal::encode(&agreed), tag) {
            return Err(No::Refused);
        }
        let me = self.person(plan).map_err(|_| No::NotMe)?;
        let ledger = self.sync.ledger(plan).ok_or(No::NotMe)?;
        let stage = Stage::Knocking { plan, person: me, rather: None };
        let device = agreed.device;
        if ledger.person_of(device) == Some(me) {
            // Linked before, and then something broke before it had heard so.
            self.outbox.put(News::Code { plan, what: CodeNews::Linked(device) });
            return Ok((stage, Some(Answer::Waiting)));
        }
        let statements = self.draft_link(plan, agreed).map_err(|_| No::Refused)?;
        self.issue(
            statements,
            Box::new(move |saved, hands| match saved {
                Ok(()) => {
                    hands.outbox.put(News::Code { plan, what: CodeNews::Linked(device) });
                    hands.guest_goes_on(id, stage, Some(&Answer::Waiting));
                }
                Err(why) => {
                    hands.outbox.put(News::Code { plan, what: CodeNews::Ended(why) });
                    hands.guest_leaves(id);
                }
            }),
        );
        Ok((Stage::Keeping, None))
    }

    fn draft_link(&self, plan: PlanId, agreed: Agreed) -> Result<Vec<Statement>, Refused> {
        let Agreed { device, name, opens, proof } = agreed;
        let mut draft = self.draft(plan)?;
        let body = draft::link_device(&draft.ledger, self.device, now(), LinkDevice { device, name, opens, proof });
        draft.say(body)?;
        Ok(draft.statements)
    }
}

fn offer(key: &Key, handed: &Handed) -> Answer {
    let plain = Zeroizing::new(seal::encode(handed));
    Answer::Offer { tag: key.sure(Side::Host), closed: key.close(&plain) }
}
