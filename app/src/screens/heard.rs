//! What people say about the records of a part, each in their own voice: found once, shown beside the record it is about.

use std::collections::BTreeMap;

use desk::{Desk, Fill, Still};
use plan::{Date, Value};
use seal::{DocId, ItemId, PersonId, PlanId};

use super::fields::Record;

/// Everything said in one list of everybody's voices about a part, by the record it is about.
#[derive(Debug, Default)]
pub struct Heard(BTreeMap<ItemId, Vec<Said>>);

#[derive(Debug, Clone, Copy)]
struct Said {
    by: PersonId,
    doc: DocId,
    item: ItemId,
}

impl Heard {
    /// What is said in this list of voices (`goals-voice.perspectives`); mine first.
    pub fn of(still: &Still, list: &str) -> Heard {
        let me = still.people().into_iter().find(|member| member.me).map(|me| me.id);
        let whole = still.whole();
        let mut all = whole.said(list);
        all.sort_by_key(|(by, _)| Some(*by) != me);
        let mut heard = Heard::default();
        for (by, said) in all {
            let Some(Value::Ref(about)) = said.value("about") else { continue };
            heard.0.entry(about).or_default().push(Said { by, doc: said.doc(), item: said.id() });
        }
        heard
    }

    /// All that is said about a record.
    pub fn about<'a>(&self, desk: &'a Desk, plan: PlanId, item: ItemId) -> Vec<(PersonId, Record<'a>)> {
        let said = self.0.get(&item).into_iter().flatten();
        said.filter_map(|said| Some((said.by, Record::document_of(desk, plan, said.doc)?.at(said.item)))).collect()
    }

    /// The last of it that each person said.
    pub fn last_about<'a>(&self, desk: &'a Desk, plan: PlanId, item: ItemId) -> Vec<(PersonId, Record<'a>)> {
        last_of_each(self.about(desk, plan, item))
    }
}

/// Whether somebody said anything there: in words, or with a picture, a drawing or a recording, which count as much.
pub fn says_something(said: Record<'_>) -> bool {
    !said.text("words").trim().is_empty() || has_files(said)
}

/// Whether a picture, a drawing, a recording or a paper lies beside what somebody said.
pub fn has_files(said: Record<'_>) -> bool {
    matches!(said.value("files"), Some(Value::Files(files)) if !files.is_empty())
}

/// Of what each person said, the last.
pub fn last_of_each(said: Vec<(PersonId, Record<'_>)>) -> Vec<(PersonId, Record<'_>)> {
    let mut last: Vec<(PersonId, Record<'_>)> = Vec::new();
    for (by, record) in said {
        match last.iter_mut().find(|(known, _)| *known == by) {
            Some(known) => known.1 = record,
            None => last.push((by, record)),
        }
    }
    last
}

/// My voice about the part this record is in, if I may write there.
pub fn mine(record: Record<'_>) -> Option<Record<'_>> {
    let mine = record.my_voice()?;
    crate::people::me(record.desk, record.plan)?;
    Record { item: None, ..mine }.is_mine().then_some(Record { item: None, ..mine })
}

/// What I said last in this list about a record.
pub fn my_last<'a>(record: Record<'a>, list: &str) -> Option<Record<'a>> {
    let item = record.item?;
    mine(record)?.records(list).into_iter().rev().find(|said| said.refs("about").contains(&item))
}

/// Fills that say: about this, today, and so.
pub fn fills(about: ItemId, on: Option<Date>, more: Vec<(&str, Value)>) -> Vec<(String, Fill)> {
    let mut fills = vec![("about".to_owned(), Fill::Value(Value::Ref(about)))];
    fills.extend(on.map(|on| ("on".to_owned(), Fill::Value(Value::Date(on)))));
    fills.extend(more.into_iter().map(|(field, value)| (field.to_owned(), Fill::Value(value))));
    fills
}
