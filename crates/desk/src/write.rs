//! Writing: what is typed, filled in, added, taken away and taken back.

use plan::{Document, FieldPath, ListPath};
use seal::{DocId, ItemId, PlanId, Time};

use crate::{
    ask::{Done, Fill},
    desk::Desk,
    errand,
    open::OpenPart,
    refused::Refused,
    standing::ReadOnly,
};

impl Desk {
    /// Changes a document, or says why this device may not. What is finished goes out.
    pub(crate) fn write(
        &mut self,
        plan: PlanId,
        doc: DocId,
        change: impl FnOnce(&mut OpenPart) -> Result<Done, Refused>,
    ) -> Result<Done, Refused> {
        let written = self.open_mut(plan, doc).and_then(change);
        let done = written.map_err(|refused| self.why_not(plan, doc, refused))?;
        self.publish();
        Ok(done)
    }

    /// Why a document was not written in, as far as that lies in the circle.
    pub(crate) fn why_not(&self, plan: PlanId, doc: DocId, refused: Refused) -> Refused {
        match (refused, self.read_only_in(plan, doc)) {
            (Refused::Write(plan::WriteError::NotWriting), Some(ReadOnly::Apart)) => Refused::Apart,
            (Refused::Write(plan::WriteError::NotWriting), Some(ReadOnly::Ended)) => Refused::Ended,
            (refused, _) => refused,
        }
    }

    /// Fills in a field.
    pub(crate) fn fill(
        &mut self,
        (plan, doc): (PlanId, DocId),
        field: FieldPath,
        fill: Fill,
        now: Time,
    ) -> Result<Done, Refused> {
        self.write(plan, doc, |part| {
            part.close(now);
            let filled = fill_in(part.writable()?, field, fill);
            part.written(&[field]);
            part.typed(now);
            part.close(now);
            filled.map(|()| Done::Here)
        })
    }

    /// One change that is a finished edit of its own.
    pub(crate) fn step(
        &mut self,
        (plan, doc): (PlanId, DocId),
        now: Time,
        change: impl FnOnce(&mut Document) -> Result<(), plan::WriteError>,
    ) -> Result<Done, Refused> {
        self.write(plan, doc, |part| {
            part.close(now);
            change(part.writable()?)?;
            part.typed(now);
            part.close(now);
            Ok(Done::Here)
        })
    }

    /// Adds an item, filled in as asked.
    pub(crate) fn add(
        &mut self,
        (plan, doc): (PlanId, DocId),
        list: ListPath,
        fills: Vec<(String, Fill)>,
        now: Time,
    ) -> Result<Done, Refused> {
        let item = errand::item()?;
        let behind = self.last_place(plan, doc, list);
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
        self.write(plan, doc, |part| {
            part.close(now);
            let written: Vec<FieldPath> = fields.iter().map(|(field, _)| *field).collect();
            let added = put(part.writable()?, (list, item, &behind), fields, now);
            part.written(&written);
            part.typed(now);
            part.close(now);
            added.map(|()| Done::Added(item))
        })
    }

    /// Takes the last own change back, or does it again.
    pub(crate) fn retrace(
        &mut self,
        (plan, doc): (PlanId, DocId),
        now: Time,
        step: impl FnOnce(&mut Document) -> Option<plan::Touched>,
    ) -> Result<Done, Refused> {
        let (mut touched, mut took) = (None, None);
        let done = self.write(plan, doc, |part| {
            part.close(now);
            let document = part.writable()?;
            let (back, again) = (document.undoes_taking(), document.redoes_taking());
            touched = step(document);
            took = back.filter(|_| document.redoes_taking() == back);
            took = took.or(again.filter(|_| document.undoes_taking() == again));
            part.renamed_files();
            part.typed(now);
            part.close(now);
            Ok(Done::Here)
        })?;
        if let Some(touched) = touched {
            self.say_mine(plan, doc, touched);
        }
        self.answer_again(plan, doc, took, now);
        Ok(done)
    }
}

fn put(
    document: &mut Document,
    (list, item, behind): (ListPath, ItemId, &str),
    fields: Vec<(FieldPath, Fill)>,
    now: Time,
) -> Result<(), Refused> {
    document.add_behind(list, item, now, behind)?;
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
