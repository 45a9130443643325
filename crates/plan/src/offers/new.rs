//! An offer that is about to be made, as it is written into its maker's voice.

use seal::{ItemId, Time};

use super::{ADD, CHANGE, MOVE, TAKE_OUT, stands_behind};
use crate::{
    document::{Document, WriteError},
    part::FieldKind,
    path::{FieldPath, ListPath},
    value::{BadValue, Value},
};

/// Why something cannot be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOffer {
    /// It is so already.
    #[error("it says so already")]
    Same,
    /// The part has no such field or record, or it cannot hold that.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// An offer that is about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    about: Option<ItemId>,
    does: &'static str,
    field: String,
    before: String,
    after: String,
    with: Vec<(String, String)>,
    why: String,
}

impl New {
    /// Other words in a text. They may be the same still: then it is about to be written.
    pub fn words(part: &Document, field: FieldPath, after: String) -> Result<New, NotAnOffer> {
        if !kind(part, field)?.is_text() {
            return Err(WriteError::from(BadValue::Kind).into());
        }
        Ok(New::change(field, part.text(field), after))
    }

    /// Another answer.
    pub fn value(part: &Document, field: FieldPath, after: Option<Value>) -> Result<New, NotAnOffer> {
        let kind = kind(part, field)?;
        if kind == FieldKind::Files || kind.is_text() {
            return Err(WriteError::from(BadValue::Kind).into());
        }
        let after = after.map(|value| value.fit(kind)).transpose().map_err(WriteError::from)?;
        let shown = part.value(field);
        if shown.value() == after.as_ref() && !shown.is_conflict() {
            return Err(NotAnOffer::Same);
        }
        let said = |value: Option<&Value>| value.map(ToString::to_string).unwrap_or_default();
        Ok(New::change(field, said(shown.value()), said(after.as_ref())))
    }

    /// One more record with these fields, written as on the command line.
    pub fn add(part: &Document, list: ListPath, with: Vec<(String, String)>) -> Result<New, NotAnOffer> {
        if let Some(item) = list.item() {
            let described = part.list_of(item).ok_or(WriteError::NoItem)?.1;
            described.list(list.list()).ok_or(WriteError::NoField)?;
        }
        for (code, text) in &with {
            let kind = list.describe().field(code).ok_or(WriteError::NoField)?.kind;
            match kind {
                FieldKind::Text => {}
                FieldKind::Files => return Err(WriteError::from(BadValue::Kind).into()),
                kind => _ = Value::parse(kind, text.trim()).map_err(WriteError::from)?,
            }
        }
        let (about, field) = (list.item(), list.list().to_owned());
        let (before, after, why) = (String::new(), String::new(), String::new());
        Ok(New { about, does: ADD, field, before, after, with, why })
    }

    /// A record out of its list.
    pub fn take_out(part: &Document, item: ItemId) -> Result<New, NotAnOffer> {
        part.list_of(item).ok_or(WriteError::NoItem)?;
        if super::is_out(part, item) {
            return Err(NotAnOffer::Same);
        }
        let empty = New::change_of(Some(item), String::new());
        Ok(New { does: TAKE_OUT, ..empty })
    }

    /// A record behind another one of its list; behind none it is the first.
    pub fn place(part: &Document, item: ItemId, behind: Option<ItemId>) -> Result<New, NotAnOffer> {
        let (list, _) = part.list_of(item).ok_or(WriteError::NoItem)?;
        let items = part.items(list);
        if !items.contains(&item) || behind.is_some_and(|behind| behind == item || !items.contains(&behind)) {
            return Err(WriteError::NoItem.into());
        }
        let now = stands_behind(part, item);
        if now == behind {
            return Err(NotAnOffer::Same);
        }
        let said = |item: Option<ItemId>| item.map(|item| item.to_string()).unwrap_or_default();
        Ok(New { does: MOVE, before: said(now), after: said(behind), ..New::change_of(Some(item), String::new()) })
    }

    fn change(field: FieldPath, before: String, after: String) -> New {
        New { before, after, ..New::change_of(field.item(), field.field().to_owned()) }
    }

    fn change_of(about: Option<ItemId>, field: String) -> New {
        let (before, after, with, why) = (String::new(), String::new(), Vec::new(), String::new());
        New { about, does: CHANGE, field, before, after, with, why }
    }

    /// The same, with why.
    #[must_use]
    pub fn because(self, why: &str) -> New {
        New { why: why.to_owned(), ..self }
    }

    /// How many ids it takes besides its own.
    pub fn inner(&self) -> usize {
        self.with.len()
    }

    /// Writes it into a voice as a record with this id; those inside it get the ids of `inner`, one each.
    pub fn write(&self, voice: &mut Document, item: ItemId, inner: &[ItemId], at: Time) -> Result<(), WriteError> {
        let part = voice.part();
        let list = ListPath::new(part, None, "proposals").map_err(|_| WriteError::NoField)?;
        let of = |item: ItemId, code: &str| FieldPath::new(part, Some(item), code).map_err(|_| WriteError::NoField);
        voice.add(list, item, at)?;
        if let Some(about) = self.about {
            voice.set(of(item, "about")?, Some(Value::Ref(about)))?;
        }
        if !self.field.is_empty() {
            voice.set(of(item, "field")?, Some(Value::Line(self.field.clone())))?;
        }
        voice.set(of(item, "does")?, Some(Value::Choice(self.does.to_owned())))?;
        for (code, words) in [("instead-of", &self.before), ("words", &self.after), ("why", &self.why)] {
            voice.splice(of(item, code)?, 0, 0, words)?;
        }
        let with = ListPath::new(part, Some(item), "with").map_err(|_| WriteError::NoField)?;
        for ((code, words), inner) in self.with.iter().zip(inner) {
            voice.add(with, *inner, at)?;
            voice.set(of(*inner, "field")?, Some(Value::Line(code.clone())))?;
            voice.splice(of(*inner, "words")?, 0, 0, words)?;
        }
        Ok(())
    }

    /// Whether it is about the same field, so that it takes the place of an offer that nobody has answered yet.
    pub fn is_about(&self, field: FieldPath) -> bool {
        self.does == CHANGE && self.about == field.item() && self.field == field.field()
    }

    /// What the field would say, in words.
    pub fn after(&self) -> &str {
        &self.after
    }

    /// What the field says when this is offered.
    pub fn before(&self) -> &str {
        &self.before
    }
}

fn kind(part: &Document, field: FieldPath) -> Result<FieldKind, WriteError> {
    let list = match field.item() {
        Some(item) => Some(part.list_of(item).ok_or(WriteError::NoItem)?.1),
        None => None,
    };
    Ok(field.describe(list).ok_or(WriteError::NoField)?.kind)
}
