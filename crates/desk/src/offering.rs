//! Offers: made in one's own voice, answered in one's own voice, and taken by an ordinary edit of the part.

use circle::Access;
use plan::{
    Date, Document, FieldPath, Holding, ListPath, Value,
    offers::{self, Change, New, NotAnOffer, Offer, Reply, Stands},
};
use seal::{DocId, ItemId, PersonId, PlanId, Time};

use crate::{
    ask::{Ask, Done, Fill, Wanted},
    desk::Desk,
    errand,
    refused::Refused,
};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60_000;

impl Desk {
    /// Every offer about a document of a part, the oldest first.
    pub fn offers(&self, plan: PlanId, about: DocId) -> Vec<Offer> {
        let Some(shelf) = self.shelves.get(&plan) else { return Vec::new() };
        let voices: Vec<(PersonId, &Document)> =
            self.voices(plan, about).into_iter().map(|voice| (voice.person, voice.document)).collect();
        // What nobody offers anything about is not read: it may change at every letter.
        if !voices.iter().any(|(_, voice)| offers::has_any(voice)) {
            return Vec::new();
        }
        let Some(part) = self.document_in(plan, about) else { return Vec::new() };
        offers::offers(part, &voices, |person| holding(shelf.access(about, person)))
    }

    /// How many offers of somebody about a document wait for an answer.
    fn waiting_offers(&self, plan: PlanId, about: DocId, by: PersonId) -> usize {
        let Some(shelf) = self.shelves.get(&plan) else { return 0 };
        let voices: Vec<(PersonId, &Document)> =
            self.voices(plan, about).into_iter().map(|voice| (voice.person, voice.document)).collect();
        offers::waiting(&voices, |person| holding(shelf.access(about, person)), by)
    }

    /// Whether I can offer changes to a document: who may write in it may, and who may suggest.
    pub fn may_offer(&self, plan: PlanId, about: DocId) -> bool {
        let speaks = self.describe(plan, about).is_some_and(|part| part.voice.is_some());
        speaks && self.access_in(plan, about) >= Access::Suggest
    }

    /// Makes an offer in my voice, which is open: a new one, or other words in one that nobody has answered yet.
    pub(crate) fn offer(
        &mut self,
        (plan, voice): (PlanId, DocId),
        wanted: Wanted,
        why: &str,
        now: Time,
    ) -> Result<Done, Refused> {
        let about = self.known(plan)?.ledger.document(voice).and_then(|document| document.voice_of);
        let (me, about) = about.ok_or(Refused::NoSuchPart)?;
        if !self.may_offer(plan, about) {
            return Err(Refused::MayNotOffer);
        }
        let part = self.document_in(plan, about).ok_or(Refused::NotOpenYet)?;
        let (field, moved) = match &wanted {
            Wanted::Change { field, .. } => (Some(*field), None),
            Wanted::Place { item, .. } => (None, Some(*item)),
            Wanted::Add { .. } | Wanted::TakeOut { .. } => (None, None),
        };
        let new = describe(part, wanted);
        let waits = |offer: &Offer| {
            let is_mine = offer.by == me && matches!(offer.stands, Stands::Open(_) | Stands::Empty);
            let is_same = match &offer.change {
                Change::Move { item, .. } => moved == Some(*item),
                _ => field.is_some() && offer.field() == field,
            };
            is_mine && is_same
        };
        let Some(mine) = self.offers(plan, about).into_iter().find(waits) else {
            let new = new?.because(why);
            if self.waiting_offers(plan, about, me) >= plan::limits::OPEN_OFFERS {
                return Err(Refused::TooManyOffers);
            }
            let (item, inner) =
                (errand::item()?, (0..new.inner()).map(|_| errand::item()).collect::<Result<Vec<_>, _>>()?);
            self.step((plan, voice), now, |document| new.write(document, item, &inner, now))?;
            return Ok(Done::Added(item));
        };
        let of = |code: &str| FieldPath::new(voice_part(self, plan, voice)?, Some(mine.id), code).ok();
        let (words, reason) = of("words").zip(of("why")).ok_or(plan::WriteError::NoField)?;
        match new {
            // What it says already needs no offer.
            Err(NotAnOffer::Same) => self.step((plan, voice), now, |document| document.remove(mine.id)),
            Err(cause) => Err(cause.into()),
            Ok(new) => {
                self.fill((plan, voice), words, Fill::Text(new.after().to_owned()), now)?;
                if !why.is_empty() {
                    self.fill((plan, voice), reason, Fill::Text(why.to_owned()), now)?;
                }
                Ok(Done::Here)
            }
        }
    }

    /// Answers an offer: what is taken is written into the part first, and then it is said in my voice.
    pub(crate) fn answer_offer(
        &mut self,
        (plan, part, within): (PlanId, &str, Option<DocId>),
        (read, reply): (&Offer, Reply),
        words: &str,
        now: Time,
    ) -> Result<Done, Refused> {
        let docs = within.map_or_else(|| self.known(plan).map(|shelf| shelf.docs(part)), |doc| Ok(vec![doc]))?;
        // An item's id alone could be borrowed by somebody else's voice.
        let is_meant = |one: &Offer| one.id == read.id && one.voice == read.voice;
        let of = |doc: DocId| Some((doc, self.offers(plan, doc).into_iter().find(is_meant)?));
        let (doc, offer) = docs.into_iter().find_map(of).ok_or(Refused::NoSuchOffer)?;
        if self.access_in(plan, doc) != Access::Edit {
            return Err(self.why_not(plan, doc, plan::WriteError::NotWriting.into()));
        }
        match (offer.stands, reply) {
            (Stands::TakenBack | Stands::Empty, _) => return Err(Refused::NoSuchOffer),
            (_, Reply::Take) if offer.change != read.change => return Err(Refused::OfferRewritten),
            (Stands::Open(_) | Stands::NotTaken, Reply::Take) => {
                let fresh = errand::item()?;
                self.write(plan, doc, |part| {
                    part.close(now);
                    part.writable()?.take(&offer, fresh, now)?;
                    part.typed(now);
                    part.close(now);
                    Ok(Done::Here)
                })?;
            }
            (Stands::Taken, Reply::Take) | (_, Reply::NotNow) => {}
        }
        self.say_to(plan, doc, &offer, reply, words, now)
    }

    fn say_to(
        &mut self,
        plan: PlanId,
        doc: DocId,
        offer: &Offer,
        reply: Reply,
        words: &str,
        now: Time,
    ) -> Result<Done, Refused> {
        let voice = self.describe(plan, doc).and_then(|part| part.voice).ok_or(Refused::NoSuchPart)?;
        let me = self.known(plan)?.ledger.person_of(self.me);
        let today = Date::from_days(now.0.div_euclid(DAY));
        let mut fills = vec![("answer".to_owned(), Fill::Value(Value::Choice(reply.code().to_owned())))];
        fills.extend(today.map(|today| ("on".to_owned(), Fill::Value(Value::Date(today)))));
        if !words.is_empty() {
            fills.push(("words".to_owned(), Fill::Text(words.to_owned())));
        }
        let Some(mine) = offer.answers.iter().find(|answer| Some(answer.by) == me) else {
            fills.push(("to".to_owned(), Fill::Value(Value::Ref(offer.id))));
            fills.push((offers::WITHIN.to_owned(), Fill::Value(Value::Line(offer.voice.to_string()))));
            let list = ListPath::new(voice, None, "answers").map_err(|_| plan::WriteError::NoField)?;
            return self.act(Ask::Add { plan, list, fills }.within(doc), now);
        };
        for (code, fill) in fills {
            let field = FieldPath::new(voice, Some(mine.id), &code).map_err(|_| plan::WriteError::NoField)?;
            self.fill((plan, mine.voice), field, fill, now)?;
        }
        Ok(Done::Here)
    }

    /// A step that took an offer was taken back, or made again: so is my answer to it.
    pub(crate) fn answer_again(&mut self, plan: PlanId, about: DocId, offer: Option<(DocId, ItemId)>, now: Time) {
        let Some((offer, voice)) = offer.zip(self.shelves.get(&plan).and_then(|shelf| shelf.my_voice(about))) else {
            return;
        };
        let Some(document) = self.document_in(plan, voice) else { return };
        let Ok(list) = ListPath::new(document.part(), None, "answers") else { return };
        let is_to = |item: &ItemId| offers::is_answer_to(document, *item, offer);
        let said: Vec<ItemId> = document.items(list).iter().copied().filter(is_to).collect();
        let unsaid: Vec<ItemId> = document.removed(list).into_iter().filter(is_to).collect();
        // Nobody waits for this; the words themselves are back, whatever becomes of it.
        let step = |document: &mut Document| match said.is_empty() {
            false => said.iter().try_for_each(|item| document.remove(*item)),
            true => unsaid.iter().try_for_each(|item| document.restore(*item)),
        };
        let _ = self.step((plan, voice), now, step);
    }
}

fn holding(access: Access) -> Holding {
    match access {
        Access::Nothing => Holding::Nothing,
        Access::View => Holding::View,
        Access::Suggest => Holding::Suggest,
        Access::Edit => Holding::Edit,
    }
}

fn voice_part(desk: &Desk, plan: PlanId, voice: DocId) -> Option<&'static plan::Part> {
    desk.document_in(plan, voice).map(Document::part)
}

fn describe(part: &Document, wanted: Wanted) -> Result<New, NotAnOffer> {
    let text = |fill: Fill| match fill {
        Fill::Text(text) => text,
        Fill::Value(value) => value.to_string(),
        Fill::Empty => String::new(),
    };
    match wanted {
        Wanted::Change { field, fill: Fill::Value(value) } => New::value(part, field, Some(value)),
        Wanted::Change { field, fill: Fill::Text(words) } => New::words(part, field, words),
        Wanted::Change { field, fill: Fill::Empty } => New::value(part, field, None).or_else(|cause| match cause {
            NotAnOffer::Write(plan::WriteError::Value(plan::BadValue::Kind)) => New::words(part, field, String::new()),
            cause => Err(cause),
        }),
        Wanted::Add { list, fills } => {
            New::add(part, list, fills.into_iter().map(|(code, fill)| (code, text(fill))).collect())
        }
        Wanted::TakeOut { item, .. } => New::take_out(part, item),
        Wanted::Place { item, behind, .. } => New::place(part, item, behind),
    }
}
