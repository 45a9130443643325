//! Offers: what somebody would change who may not, or does not want to, write it themselves; and what was answered.
//!
//! An offer lies in its proposer's own voice, so nobody else can make one in their name; an answer lies in the voice of whoever
//! answers. Whether an offer still fits is reckoned from the part as it is now. Nothing is ever changed by an offer alone:
//! taking it is an ordinary edit by somebody who may write.
//!
//! Everybody chooses the ids in their own voice, so an offer is known by its voice and its record together.

mod new;
mod read;
mod take;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use seal::{DocId, ItemId, PersonId, Time};

use self::read::{Within, answers, read, within};
pub use self::{
    new::{New, NotAnOffer},
    take::NotTaken,
};
use crate::{
    date::Date,
    document::Document,
    limits::{BACK_OFFERS, OPEN_OFFERS},
    part::Holding,
    path::{FieldPath, ListPath},
    value::Value,
    wording::{self, Splice},
};

/// What somebody offers to change in a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: ItemId,
    /// Whose offer it is: in their voice it stands, and that is signed.
    pub by: PersonId,
    /// That voice.
    pub voice: DocId,
    /// When it was made, by its maker's clock.
    pub at: Time,
    /// What would be different.
    pub change: Change,
    /// Why, in their words.
    pub why: String,
    /// What was said to it, the first answer first.
    pub answers: Vec<Answer>,
    /// How it stands.
    pub stands: Stands,
}

/// What would be different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Other words in a text.
    Words {
        /// The text.
        field: FieldPath,
        /// Its words when the offer was made.
        before: String,
        /// What they would be.
        after: String,
    },
    /// Another answer in a field that is no text.
    Value {
        /// The field.
        field: FieldPath,
        /// What it held when the offer was made.
        before: Option<Value>,
        /// What it would hold.
        after: Option<Value>,
    },
    /// One more record.
    Add {
        /// In this list.
        list: ListPath,
        /// With these fields, written as on the command line.
        with: Vec<(String, String)>,
    },
    /// A record out of its list.
    TakeOut {
        /// Which.
        item: ItemId,
    },
    /// A record in another place of its list.
    Move {
        /// Which.
        item: ItemId,
        /// Behind which it stood when the offer was made; none is at the top.
        before: Option<ItemId>,
        /// Behind which it would stand.
        behind: Option<ItemId>,
    },
}

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Nobody who may write has answered.
    Open(Fit),
    /// It was taken.
    Taken,
    /// It was answered, and what was written stays.
    NotTaken,
    /// Whoever made it thought better of it.
    TakenBack,
    /// It is still being written: nothing in it is different yet.
    Empty,
}

/// Whether an offer still fits the part as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It can be taken with one press.
    Fits,
    /// It says so already.
    Already,
    /// The very same words, or the answer, were changed since.
    Changed,
    /// What it is about was taken out.
    Gone,
}

/// What somebody said to an offer, in their own voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its id.
    pub id: ItemId,
    /// Who.
    pub by: PersonId,
    /// The voice it lies in.
    pub voice: DocId,
    /// What.
    pub reply: Reply,
    /// When it was made, by its maker's clock.
    pub at: Time,
    /// On which day.
    pub on: Option<Date>,
    /// In their words.
    pub words: String,
}

/// How an offer can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Taken.
    Take,
    /// Not now: what was written stays.
    NotNow,
}

impl Offer {
    /// The record it is about: whose field it is, which is to go, or in which one more is to be. None for the part itself.
    pub fn about(&self) -> Option<ItemId> {
        match &self.change {
            Change::Words { field, .. } | Change::Value { field, .. } => field.item(),
            Change::Add { list, .. } => list.item(),
            Change::TakeOut { item } | Change::Move { item, .. } => Some(*item),
        }
    }

    /// The field it would change, if it is one.
    pub fn field(&self) -> Option<FieldPath> {
        match &self.change {
            Change::Words { field, .. } | Change::Value { field, .. } => Some(*field),
            Change::Add { .. } | Change::TakeOut { .. } | Change::Move { .. } => None,
        }
    }

    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        matches!(self.stands, Stands::Open(_))
    }

    /// The answer that counts: the last that took it, else the last.
    pub fn answer(&self) -> Option<&Answer> {
        let taken = self.answers.iter().rev().find(|answer| answer.reply == Reply::Take);
        taken.or(self.answers.last())
    }
}

/// Every offer about a part, the oldest first. `voices` are everybody's about this document, with whose they are; `holds` says
/// what somebody holds of it. What somebody offers who may only read it, and what somebody answers who may not write in it, is
/// no offer and no answer; nor is what one person offers beyond [`OPEN_OFFERS`] that wait, or took back before the last
/// [`BACK_OFFERS`]. That is the same in whatever order anything came.
pub fn offers(part: &Document, voices: &[(PersonId, &Document)], holds: impl Fn(PersonId) -> Holding) -> Vec<Offer> {
    let answers = Answers::of(voices, &holds);
    let mut waiting: BTreeMap<PersonId, Vec<Made<'_>>> = BTreeMap::new();
    let mut back: BTreeMap<PersonId, Vec<Made<'_>>> = BTreeMap::new();
    let mut counted: Vec<Made<'_>> = Vec::new();
    for made in all_made(voices) {
        if is_taken_back(made.voice, made.item) {
            back.entry(made.by).or_default().push(made);
        } else if !answers.to(made.voice.doc(), made.item).is_empty() {
            counted.push(made);
        } else if holds(made.by) >= Holding::Suggest {
            // Whoever may not offer any more, and was never answered, waits for nothing.
            waiting.entry(made.by).or_default().push(made);
        }
    }
    for of_one in waiting.values_mut() {
        of_one.sort_by_key(Made::order);
        of_one.truncate(OPEN_OFFERS);
    }
    for of_one in back.values_mut() {
        of_one.sort_by_key(|made| std::cmp::Reverse(made.order()));
        of_one.truncate(BACK_OFFERS);
    }
    counted.extend(waiting.into_values().flatten());
    counted.extend(back.into_values().flatten());
    counted.sort_by_key(Made::order);
    let offer = |made: &Made<'_>| {
        let mut offer = read(part, made)?;
        offer.answers = answers.to(offer.voice, offer.id).to_vec();
        offer.stands = stands(part, made.voice, &offer);
        Some(offer)
    };
    counted.iter().filter_map(offer).collect()
}

/// How many offers of somebody wait for an answer, however many of them are counted.
pub fn waiting(voices: &[(PersonId, &Document)], holds: impl Fn(PersonId) -> Holding, by: PersonId) -> usize {
    let answers = Answers::of(voices, &holds);
    let waits = |made: &Made<'_>| {
        made.by == by && !is_taken_back(made.voice, made.item) && answers.to(made.voice.doc(), made.item).is_empty()
    };
    all_made(voices).filter(waits).count()
}

/// An offer as it lies in a voice, before its words are read.
struct Made<'a> {
    at: Time,
    item: ItemId,
    by: PersonId,
    voice: &'a Document,
}

impl Made<'_> {
    /// The oldest first; the same everywhere.
    fn order(&self) -> (Time, ItemId, DocId) {
        (self.at, self.item, self.voice.doc())
    }
}

fn all_made<'a>(voices: &'a [(PersonId, &'a Document)]) -> impl Iterator<Item = Made<'a>> {
    voices.iter().flat_map(|(by, voice)| {
        let items = list_of(voice, "proposals").map(|list| voice.items(list)).unwrap_or_default();
        items.iter().map(|item| {
            let at = voice.made(*item).map_or(Time(0), |(_, at)| at);
            Made { at, item: *item, by: *by, voice }
        })
    })
}

/// What was answered, by the offer it answers.
struct Answers(BTreeMap<(DocId, ItemId), Vec<Answer>>);

impl Answers {
    fn of(voices: &[(PersonId, &Document)], holds: &impl Fn(PersonId) -> Holding) -> Answers {
        let mut bearers: BTreeMap<ItemId, Vec<DocId>> = BTreeMap::new();
        for made in all_made(voices) {
            bearers.entry(made.item).or_default().push(made.voice.doc());
        }
        let mut said: BTreeMap<(DocId, ItemId), Vec<Answer>> = BTreeMap::new();
        for (by, voice) in voices.iter().filter(|(by, _)| holds(*by) == Holding::Edit) {
            for (to, within, answer) in answers(*by, voice) {
                let within = match (within, bearers.get(&to).map(Vec::as_slice)) {
                    (Within::Named(within), _) => within,
                    // As answers were once written. Where two offers bear the id, nobody knows which was meant.
                    (Within::Unsaid, Some([only])) => *only,
                    (Within::Unsaid, Some(_) | None) | (Within::Nowhere, _) => continue,
                };
                said.entry((within, to)).or_default().push(answer);
            }
        }
        for answers in said.values_mut() {
            answers.sort_by_key(|answer| (answer.at, answer.id, answer.voice));
        }
        Answers(said)
    }

    fn to(&self, voice: DocId, offer: ItemId) -> &[Answer] {
        self.0.get(&(voice, offer)).map_or(&[], Vec::as_slice)
    }
}

/// Whether anything is, or was, offered in a voice.
pub fn has_any(voice: &Document) -> bool {
    list_of(voice, "proposals").is_some_and(|list| !voice.items(list).is_empty())
}

/// What taking an offer would make of a text: the splices to be made in it, one after the other. None if it is no text, or does
/// not fit.
pub fn rewording(part: &Document, offer: &Offer) -> Option<Vec<Splice>> {
    let Change::Words { field, before, after } = &offer.change else { return None };
    wording::rebase(before, after, &part.text(*field))
}

fn stands(part: &Document, voice: &Document, offer: &Offer) -> Stands {
    if is_taken_back(voice, offer.id) {
        return Stands::TakenBack;
    }
    match offer.answer().map(|answer| answer.reply) {
        Some(Reply::Take) => Stands::Taken,
        Some(Reply::NotNow) => Stands::NotTaken,
        None => match &offer.change {
            Change::Words { before, after, .. } if before == after => Stands::Empty,
            Change::Value { before, after, .. } if before == after => Stands::Empty,
            Change::Move { before, behind, .. } if before == behind => Stands::Empty,
            Change::Words { .. }
            | Change::Value { .. }
            | Change::Add { .. }
            | Change::TakeOut { .. }
            | Change::Move { .. } => Stands::Open(fit(part, &offer.change)),
        },
    }
}

fn is_taken_back(voice: &Document, item: ItemId) -> bool {
    matches!(held(voice, item, "taken-back"), Some(Value::YesNo(true)))
}

fn fit(part: &Document, change: &Change) -> Fit {
    let is_gone = |item: Option<ItemId>| item.is_some_and(|item| is_out(part, item));
    match change {
        Change::Words { field, .. } | Change::Value { field, .. } if is_gone(field.item()) => Fit::Gone,
        Change::Words { field, before, after } => {
            let now = part.text(*field);
            // Only a text that was changed since is compared letter by letter.
            if now == *after {
                return Fit::Already;
            }
            if now == *before {
                return Fit::Fits;
            }
            match wording::rebase(before, after, &now) {
                Some(splices) if splices.is_empty() => Fit::Already,
                Some(_) => Fit::Fits,
                None => Fit::Changed,
            }
        }
        Change::Value { field, before, after } => {
            let shown = part.value(*field);
            let now = shown.value();
            match together(before.as_ref(), after.as_ref(), now) {
                _ if now == after.as_ref() && !shown.is_conflict() => Fit::Already,
                Some(both) if both.as_ref() == now => Fit::Already,
                Some(_) => Fit::Fits,
                None if now == before.as_ref() => Fit::Fits,
                None => Fit::Changed,
            }
        }
        Change::Add { list, .. } if is_gone(list.item()) => Fit::Gone,
        Change::Add { .. } => Fit::Fits,
        Change::TakeOut { item } if is_out(part, *item) => Fit::Already,
        Change::TakeOut { .. } => Fit::Fits,
        Change::Move { item, behind, .. } => match (is_out(part, *item), is_gone(*behind)) {
            (false, false) if stands_behind(part, *item) == *behind => Fit::Already,
            (false, false) => Fit::Fits,
            (_, _) => Fit::Gone,
        },
    }
}

/// Behind which record of its list one stands; none at the top.
pub(crate) fn stands_behind(part: &Document, item: ItemId) -> Option<ItemId> {
    let items = part.items(part.list_of(item)?.0);
    let at = items.iter().position(|one| *one == item)?;
    at.checked_sub(1).map(|before| items[before])
}

// Whether a record was taken out, or what it lies in.
fn is_out(part: &Document, item: ItemId) -> bool {
    let Some((list, _)) = part.list_of(item) else { return true };
    !part.items(list).contains(&item) || list.item().is_some_and(|outer| is_out(part, outer))
}

/// A set that somebody offered to change and others changed since: with what was offered in it added, and taken out. None
/// for what is no set.
fn together(before: Option<&Value>, after: Option<&Value>, now: Option<&Value>) -> Option<Option<Value>> {
    fn sets<T: Ord + Clone>(
        [before, after, now]: [Option<&std::collections::BTreeSet<T>>; 3],
    ) -> std::collections::BTreeSet<T> {
        let has = |set: Option<&std::collections::BTreeSet<T>>, one: &T| set.is_some_and(|set| set.contains(one));
        let all = after.into_iter().chain(now).flatten();
        all.filter(|one| match (has(before, one), has(after, one), has(now, one)) {
            (false, offered, now) => offered || now,
            (true, stays, now) => stays && now,
        })
        .cloned()
        .collect()
    }
    let all = [before, after, now];
    let whole = match all.iter().flatten().next()? {
        Value::Choices(_) => Value::Choices(sets(all.map(|value| match value {
            Some(Value::Choices(set)) => Some(set),
            _ => None,
        }))),
        Value::People(_) => Value::People(sets(all.map(|value| match value {
            Some(Value::People(set)) => Some(set),
            _ => None,
        }))),
        Value::Refs(_) => Value::Refs(sets(all.map(|value| match value {
            Some(Value::Refs(set)) => Some(set),
            _ => None,
        }))),
        _ => return None,
    };
    Some(Some(whole).filter(|whole| !whole.to_string().is_empty() || now.is_some()))
}

/// Whether this record is an answer to that offer.
pub fn is_answer_to(voice: &Document, answer: ItemId, (within_voice, offer): (DocId, ItemId)) -> bool {
    let to = held(voice, answer, "to") == Some(Value::Ref(offer));
    to && match within(voice, answer) {
        Within::Named(doc) => doc == within_voice,
        Within::Unsaid => true,
        Within::Nowhere => false,
    }
}

/// The field of an answer that says in which voice the offer lies.
pub const WITHIN: &str = "in-voice";

/// What an offer does, by its code.
const CHANGE: &str = "change";
const ADD: &str = "add";
const TAKE_OUT: &str = "take-out";
const MOVE: &str = "move";

/// What an answer says, by its code.
const TAKEN: &str = "yes";
const NOT_TAKEN: &str = "no";

impl Reply {
    /// Its code in an answer.
    pub fn code(self) -> &'static str {
        match self {
            Reply::Take => TAKEN,
            Reply::NotNow => NOT_TAKEN,
        }
    }
}

fn list_of(voice: &Document, code: &str) -> Option<ListPath> {
    ListPath::new(voice.part(), None, code).ok()
}

fn held(voice: &Document, item: ItemId, code: &str) -> Option<Value> {
    let field = FieldPath::new(voice.part(), Some(item), code).ok()?;
    voice.value(field).value().cloned()
}

fn text(voice: &Document, item: ItemId, code: &str) -> String {
    FieldPath::new(voice.part(), Some(item), code).map(|field| voice.text(field)).unwrap_or_default()
}
