//! Showing a short code: what it is good for, how long, and when the next one comes by itself.
//!
//! One code at a time. It ends after five minutes, with the first guess, right or wrong, and when another is asked for; the
//! numbers and their reasons stand together in `limits`.

use circle::{Code, Standing};
use seal::{PlanId, Time};
use tokio::time::Instant;

use crate::{
    ask::{LetsIn, Reply, ShowCode, Shown},
    error::Refused,
    hands::{Hands, dice, now},
    limits,
    news::{CodeNews, News},
};

pub(crate) mod exchange;
mod host;
mod tally;

use tally::{Rest, Tally};

/// The record that counts codes and wrong guesses.
pub(crate) const RECORD: &str = "codes";

/// What is shown, and what was shown lately.
#[derive(Default)]
pub(crate) struct Pairing {
    tally: Tally,
    page: Option<Page>,
    /// Codes of this start are numbered, so that a guess at an old one is not taken for one at the new.
    round: u64,
}

/// A page that shows codes.
struct Page {
    plan: PlanId,
    lets_in: LetsIn,
    stage: Stage,
    /// Whoever waits for the first code.
    reply: Option<Reply<Shown>>,
}

enum Stage {
    /// The next code is being written down, as one more that was shown.
    Drawing,
    /// There were many codes within a minute: the next comes then.
    Resting { until: Time },
    /// One is shown.
    Showing { code: Code, round: u64, ends: Instant, exchanges: usize },
}

impl Pairing {
    /// What was counted before this start.
    pub(crate) fn recall(record: Option<Vec<u8>>) -> Pairing {
        // One that cannot be read counts as none: whoever can write into the store has no use for a code.
        let tally = record.and_then(|bytes| seal::decode(&bytes, bytes.len()).ok()).unwrap_or_default();
        Pairing { tally, ..Pairing::default() }
    }

    /// Whether a code is shown or about to be.
    pub(crate) fn is_open(&self) -> bool {
        self.page.is_some()
    }
}

impl Hands {
    /// Begins to show codes.
    pub(crate) fn show_code(&mut self, ask: ShowCode, reply: Reply<Shown>) {
        let ShowCode { plan, lets_in } = ask;
        if let Err(refused) = self.may_show(plan, &lets_in) {
            return reply.say(Err(refused));
        }
        self.hide_code();
        self.pairing.page = Some(Page { plan, lets_in, stage: Stage::Drawing, reply: Some(reply) });
        self.next_code();
        self.offer_joining();
    }

    fn may_show(&self, plan: PlanId, lets_in: &LetsIn) -> Result<(), Refused> {
        let me = self.person(plan)?;
        if self.links.net.is_none() {
            return Err(Refused::Offline);
        }
        match lets_in {
            LetsIn::MyDevice => Ok(()),
            LetsIn::Somebody { standing, .. } => {
                let mine = self.ledger(plan)?.standing(me);
                let may = mine.is_some_and(|mine| mine <= Standing::Coordinator && mine.may_give(*standing));
                if may { Ok(()) } else { Err(Refused::NotAllowed) }
            }
        }
    }

    /// Shows no code any more.
    pub(crate) fn hide_code(&mut self) {
        if let Some(Page { reply: Some(reply), .. }) = self.pairing.page.take() {
            reply.say(Err(Refused::Busy));
        }
        self.offer_joining();
    }

    /// Draws the next code, once it is written down that one more was shown.
    fn next_code(&mut self) {
        let at = now();
        let counted = self.pairing.tally.show(at);
        let mut batch = store::Batch::new();
        batch.record(RECORD, seal::encode(&self.pairing.tally));
        let Some(page) = &mut self.pairing.page else { return self.keeper.keep(batch, None) };
        match counted {
            Ok(()) => {
                page.stage = Stage::Drawing;
                self.pairing.round += 1;
                let round = self.pairing.round;
                self.note(batch, Box::new(move |noted, hands| hands.drawn(round, noted)));
            }
            Err(Rest::Soon(until)) => {
                page.stage = Stage::Resting { until };
                let (plan, waits) = (page.plan, page.reply.take());
                if let Some(reply) = waits {
                    self.pairing.page = None;
                    reply.say(Err(Refused::CodesRest));
                } else {
                    self.outbox.put(News::Code { plan, what: CodeNews::Soon });
                }
                self.keeper.keep(batch, None);
            }
            Err(Rest::Long(_)) => {
                self.keeper.keep(batch, None);
                self.no_more_codes(Refused::CodesRest);
            }
        }
    }

    fn drawn(&mut self, round: u64, noted: Result<(), Refused>) {
        if let Err(why) = noted {
            return self.no_more_codes(why);
        }
        let Some(page) = &mut self.pairing.page else { return };
        if self.pairing.round != round || !matches!(page.stage, Stage::Drawing) {
            return;
        }
        let code = Code::draw(dice());
        let lives = i64::try_from(limits::CODE_LIVES.as_millis()).expect("a few minutes");
        let shown = Shown { code: code.to_string(), ends: now().plus(lives) };
        page.stage = Stage::Showing { code, round, ends: Instant::now() + limits::CODE_LIVES, exchanges: 0 };
        if let Some(reply) = page.reply.take() {
            reply.say(Ok(shown.clone()));
        }
        let plan = page.plan;
        self.outbox.put(News::Code { plan, what: CodeNews::Shown(shown) });
    }

    fn no_more_codes(&mut self, why: Refused) {
        let Some(page) = self.pairing.page.take() else { return };
        match page.reply {
            Some(reply) => reply.say(Err(why)),
            None => self.outbox.put(News::Code { plan: page.plan, what: CodeNews::Ended(why) }),
        }
        self.offer_joining();
    }

    /// Codes that are over make room for the next.
    pub(crate) fn tend_pairing(&mut self) {
        let due = match self.pairing.page.as_ref().map(|page| &page.stage) {
            Some(Stage::Showing { ends, .. }) => *ends <= Instant::now(),
            Some(Stage::Resting { until }) => *until <= now(),
            Some(Stage::Drawing) | None => false,
        };
        if due {
            self.next_code();
        }
    }
}
