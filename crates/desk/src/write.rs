//! Writing: what is typed, filled in, added, taken away and taken back.

use plan::{Document, FieldPath, ListPath};
use seal::{ItemId, PlanId, Time};

use crate::{
    ask::{Ask, Done, Fill},
    desk::Desk,
    errand,
    refused::Refused,
    standing::ReadOnly,
};

impl Desk {
    /// Carries out an ask that changes a part, or says why this device may not.
    pub(crate) fn write(&mut self, ask: Ask, now: Time) -> Result<Done, Refused> {
        let place = match &ask {
            Ask::Splice { plan, field, .. } | Ask::Set { plan, field, .. } => Some((*plan, field.part().code)),
            Ask::Add { plan, list, .. } => Some((*plan, list.part().code)),
            Ask::Remove { plan, part, .. }
            | Ask::Restore { plan, part, .. }
            | Ask::Place { plan, part, .. }
            | Ask::Undo { plan, part }
            | Ask::Redo { plan, part } => plan::part(part).map(|part| (*plan, part.code)),
            _ => None,
        };
        let written = self.write_here(ask, now);
        written.map_err(|refused| place.map_or(refused, |(plan, part)| self.why_not(plan, part, refused)))
    }

    /// Why a part was not written in, as far as that lies in the circle.
    pub(crate) fn why_not(&self, plan: PlanId, part: &str, refused: Refused) -> Refused {
        match (refused, self.read_only(plan, part)) {
            (Refused::Write(plan::WriteError::NotWriting), Some(ReadOnly::Apart)) => Refused::Apart,
            (Refused::Write(plan::WriteError::NotWriting), Some(ReadOnly::Ended)) => Refused::Ended,
            (refused, _) => refused,
        }
    }

    /// Only typing leaves the burst open.
    fn write_here(&mut self, ask: Ask, now: Time) -> Result<Done, Refused> {
        match ask {
            Ask::Splice { plan, field, at, delete, insert } => {
                let part = self.part_mut(plan, field.part().code)?;
                part.writable()?.splice(field, at, delete, &insert)?;
                part.typed(now);
                Ok(Done::Here)
            }
            Ask::Set { plan, field, fill } => {
                let part = self.part_mut(plan, field.part().code)?;
                part.close(now);
                let filled = fill_in(part.writable()?, field, fill);
                part.typed(now);
                part.close(now);
                filled.map(|()| Done::Here)
            }
            Ask::Add { plan, list, fills } => self.add(plan, list, fills, now),
            Ask::Remove { plan, part, item } => self.step(plan, &part, now, |document| document.remove(item)),
            Ask::Restore { plan, part, item } => self.step(plan, &part, now, |document| document.restore(item)),
            Ask::Place { plan, part, item, behind } => {
                self.step(plan, &part, now, |document| document.place(item, behind))
            }
            Ask::Undo { plan, part } => self.retrace(plan, &part, now, Document::undo),
            Ask::Redo { plan, part } => self.retrace(plan, &part, now, Document::redo),
            Ask::Blur
            | Ask::Composing { .. }
            | Ask::Caret { .. }
            | Ask::Open { .. }
            | Ask::Name { .. }
            | Ask::ComeBack { .. }
            | Ask::RemoveLost { .. }
            | Ask::NewSheet { .. }
            | Ask::SheetWritten { .. }
            | Ask::StartPlan { .. }
            | Ask::Sample { .. }
            | Ask::Invite { .. }
            | Ask::InviteByCode { .. }
            | Ask::LinkByCode { .. }
            | Ask::HideCode
            | Ask::Join { .. }
            | Ask::Confirm { .. }
            | Ask::SetStanding { .. }
            | Ask::RemovePerson { .. }
            | Ask::RemoveDevice { .. }
            | Ask::Leave { .. }
            | Ask::HandOver { .. }
            | Ask::Share { .. }
            | Ask::Unshare { .. }
            | Ask::Refuse { .. }
            | Ask::Held { .. }
            | Ask::HeldWords { .. }
            | Ask::KeepHeld { .. }
            | Ask::Bar { .. }
            | Ask::OpenVoice { .. }
            | Ask::GoOnline
            | Ask::GoOffline => unreachable!("`act` sends only what changes a part here"),
        }
    }

    /// One change that is a finished edit of its own.
    fn step(
        &mut self,
        plan: PlanId,
        part: &str,
        now: Time,
        change: impl FnOnce(&mut Document) -> Result<(), plan::WriteError>,
    ) -> Result<Done, Refused> {
        let part = self.part_mut(plan, part)?;
        part.close(now);
        change(part.writable()?)?;
        part.typed(now);
        part.close(now);
        Ok(Done::Here)
    }

    fn add(&mut self, plan: PlanId, list: ListPath, fills: Vec<(String, Fill)>, now: Time) -> Result<Done, Refused> {
        let item = errand::item()?;
        let shape = list.describe();
        let mut fields = Vec::with_capacity(fills.len());
        // Everything is looked at before anything is written, so that a wrong field leaves no half-filled item.
        for (code, fill) in fills {
            let kind = shape.field(&code).ok_or(plan::WriteError::NoField)?.kind;
            let field = FieldPath::new(list.part(), Some(item), &code).map_err(|_| plan::WriteError::NoField)?;
            let fill = match fill {
                Fill::Value(value) => Fill::Value(value.fit(kind).map_err(plan::WriteError::from)?),
                Fill::Text(_) if !kind.is_text() => return Err(plan::WriteError::from(plan::BadValue::Kind).into()),
                Fill::Text(_) | Fill::Empty => fill,
            };
            fields.push((field, fill));
        }
        let part = self.part_mut(plan, list.part().code)?;
        part.close(now);
        let document = part.writable()?;
        let added = put(document, list, item, fields, now);
        part.typed(now);
        part.close(now);
        added.map(|()| Done::Added(item))
    }

    fn retrace(
        &mut self,
        plan: PlanId,
        code: &str,
        now: Time,
        step: impl FnOnce(&mut Document) -> Option<plan::Touched>,
    ) -> Result<Done, Refused> {
        let part = self.part_mut(plan, code)?;
        part.close(now);
        let touched = step(part.writable()?);
        part.typed(now);
        part.close(now);
        if let Some(touched) = touched {
            self.say_mine(plan, code, touched);
        }
        Ok(Done::Here)
    }
}

fn put(
    document: &mut Document,
    list: ListPath,
    item: ItemId,
    fields: Vec<(FieldPath, Fill)>,
    now: Time,
) -> Result<(), Refused> {
    document.add(list, item, now)?;
    for (field, fill) in fields {
        fill_in(document, field, fill)?;
    }
    Ok(())
}

fn fill_in(document: &mut Document, field: FieldPath, fill: Fill) -> Result<(), Refused> {
    let list = match field.item() {
        None => None,
        Some(item) => Some(document.list_of(item).ok_or(plan::WriteError::NoItem)?.1),
    };
    let kind = field.describe(list).ok_or(plan::WriteError::NoField)?.kind;
    match (kind.is_text(), fill) {
        (true, Fill::Text(text)) => replace(document, field, &text),
        (true, Fill::Empty) => replace(document, field, ""),
        (false, Fill::Value(value)) => Ok(document.set(field, Some(value))?),
        (false, Fill::Empty) => Ok(document.set(field, None)?),
        (true, Fill::Value(_)) | (false, Fill::Text(_)) => Err(plan::WriteError::from(plan::BadValue::Kind).into()),
    }
}

/// The smallest single splice that makes a text another: what both begin and end with stays, and with it everybody's
/// carets and concurrent words there.
fn replace(document: &mut Document, field: FieldPath, text: &str) -> Result<(), Refused> {
    let old: Vec<char> = document.text(field).chars().collect();
    let new: Vec<char> = text.chars().collect();
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let left = old.len().min(new.len()) - same;
    let ends = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
    let insert: String = new[same..new.len() - ends].iter().collect();
    let delete = old.len() - ends - same;
    if delete == 0 && insert.is_empty() {
        return Ok(());
    }
    Ok(document.splice(field, same, delete, &insert)?)
}
