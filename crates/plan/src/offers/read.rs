//! Offers and answers as they are written down in voices.

use seal::{DocId, ItemId, PersonId, Time};

use super::{
    ADD, Answer, CHANGE, Change, MOVE, Made, NOT_TAKEN, Offer, Reply, Stands, TAKE_OUT, TAKEN, WITHIN, held, list_of,
    text,
};
use crate::{
    document::Document,
    part::FieldKind,
    path::{FieldPath, ListPath},
    value::Value,
};

/// In whose voice the offer lies that an answer is to, as the answer says.
pub(super) enum Within {
    Named(DocId),
    Unsaid,
    Nowhere,
}

/// An offer as it was written down; none if it names nothing that this part has.
pub(super) fn read(part: &Document, made: &Made<'_>) -> Option<Offer> {
    let Made { at, item, by, voice } = *made;
    let offer = item;
    let about = match held(voice, item, "about") {
        Some(Value::Ref(about)) => Some(about),
        _ => None,
    };
    let code = match held(voice, item, "field") {
        Some(Value::Line(code)) => code,
        _ => String::new(),
    };
    let does = match held(voice, item, "does") {
        Some(Value::Choice(does)) => does,
        _ => CHANGE.to_owned(),
    };
    let change = match does.as_str() {
        TAKE_OUT => Change::TakeOut { item: about.filter(|about| part.list_of(*about).is_some())? },
        MOVE => {
            let item = about.filter(|about| part.list_of(*about).is_some())?;
            // At the top is behind nothing; what is no id of a record of the same list names no place.
            let place = |code: &str| match text(voice, offer, code).trim() {
                "" => Some(None),
                id => {
                    let id: ItemId = id.parse().ok()?;
                    (part.list_of(id)?.0 == part.list_of(item)?.0 && id != item).then_some(Some(id))
                }
            };
            let behind = place("words")?;
            Change::Move { item, before: place("instead-of").unwrap_or_default(), behind }
        }
        ADD => {
            let list = ListPath::new(part.part(), about, &code).ok()?;
            if let Some(about) = about {
                part.list_of(about)?.1.list(&code)?;
            }
            Change::Add { list, with: with(voice, item) }
        }
        _ => {
            let field = FieldPath::new(part.part(), about, &code).ok()?;
            let list = match about {
                Some(about) => Some(part.list_of(about)?.1),
                None => None,
            };
            let (before, after) = (text(voice, item, "instead-of"), text(voice, item, "words"));
            match field.describe(list)?.kind {
                FieldKind::Text => Change::Words { field, before, after },
                FieldKind::Files => return None,
                kind => {
                    // Whole, and never with a line's end that came with typing.
                    let value = |text: &str| Value::parse(kind, text.trim()).ok();
                    Change::Value { field, before: value(&before)?, after: value(&after)? }
                }
            }
        }
    };
    let why = text(voice, item, "why").trim().to_owned();
    Some(Offer { id: item, by, voice: voice.doc(), at, change, why, answers: Vec::new(), stands: Stands::Empty })
}

fn with(voice: &Document, item: ItemId) -> Vec<(String, String)> {
    let Ok(list) = ListPath::new(voice.part(), Some(item), "with") else { return Vec::new() };
    let one = |item: &ItemId| match held(voice, *item, "field") {
        Some(Value::Line(code)) => Some((code, text(voice, *item, "words"))),
        _ => None,
    };
    voice.items(list).iter().filter_map(one).collect()
}

pub(super) fn answers(by: PersonId, voice: &Document) -> Vec<(ItemId, Within, Answer)> {
    let Some(list) = list_of(voice, "answers") else { return Vec::new() };
    let answer = |item: &ItemId| {
        let Some(Value::Ref(to)) = held(voice, *item, "to") else { return None };
        let Some(Value::Choice(reply)) = held(voice, *item, "answer") else { return None };
        let reply = match reply.as_str() {
            TAKEN => Reply::Take,
            NOT_TAKEN => Reply::NotNow,
            // "Later" leaves it open.
            _ => return None,
        };
        let on = match held(voice, *item, "on") {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        let at = voice.made(*item).map_or(Time(0), |(_, at)| at);
        let words = text(voice, *item, "words").trim().to_owned();
        let within = within(voice, *item);
        Some((to, within, Answer { id: *item, by, voice: voice.doc(), reply, at, on, words }))
    };
    voice.items(list).iter().filter_map(answer).collect()
}

pub(super) fn within(voice: &Document, answer: ItemId) -> Within {
    match held(voice, answer, WITHIN) {
        None => Within::Unsaid,
        Some(Value::Line(doc)) => doc.parse().map_or(Within::Nowhere, Within::Named),
        Some(_) => Within::Nowhere,
    }
}
