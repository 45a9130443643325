//! Taking an offer: an ordinary edit, which knows what it took, so that taking it back can be said, too.

use seal::{ItemId, Time};

use super::{Change, Fit, Offer, fit, rewording, together};
use crate::{
    document::{Document, WriteError},
    limits::TEXT_CHARS,
    part::FieldKind,
    path::FieldPath,
    value::Value,
};

/// Why an offer was not taken. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Somebody changed the very same words since.
    #[error("the words were changed since")]
    Changed,
    /// What it is about was taken out.
    #[error("what it is about was taken out")]
    Gone,
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Document {
    /// Takes an offer: makes of this part what was offered, as far as it still fits. A record that is added gets the id `fresh`.
    /// The step can be taken back like any other ([`Document::undoes_taking`] says what it took).
    pub fn take(&mut self, offer: &Offer, fresh: ItemId, at: Time) -> Result<(), NotTaken> {
        if fit(self, &offer.change) == Fit::Gone {
            return Err(NotTaken::Gone);
        }
        match &offer.change {
            Change::Words { field, .. } => {
                for splice in rewording(self, offer).ok_or(NotTaken::Changed)? {
                    self.splice(*field, splice.at, splice.delete, &splice.insert)?;
                }
            }
            Change::Value { field, before, after } => {
                let now = self.value(*field).value().cloned();
                let both = together(before.as_ref(), after.as_ref(), now.as_ref());
                self.set(*field, both.unwrap_or_else(|| after.clone()))?;
            }
            Change::Add { list, with } => {
                let mut fields = Vec::with_capacity(with.len());
                // Everything is read before anything is written.
                for (code, words) in with {
                    let Some(kind) = list.describe().field(code).map(|field| field.kind) else { continue };
                    let field = FieldPath::new(list.part(), Some(fresh), code).map_err(|_| WriteError::NoField)?;
                    let value = match kind {
                        FieldKind::Text if words.chars().count() > TEXT_CHARS => return Err(WriteError::TooMuch.into()),
                        FieldKind::Text => None,
                        kind => Some(Value::parse(kind, words.trim()).map_err(WriteError::from)?),
                    };
                    fields.push((field, words, value));
                }
                self.add(*list, fresh, at)?;
                for (field, words, value) in fields {
                    match value {
                        None => self.splice(field, 0, 0, words)?,
                        Some(value) => self.set(field, value)?,
                    }
                }
            }
            Change::TakeOut { item } => self.remove(*item)?,
            Change::Move { item, behind, .. } => self.place(*item, *behind)?,
        }
        self.note_taking((offer.voice, offer.id));
        Ok(())
    }
}
