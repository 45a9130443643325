//! What was added and left without a word is taken away again.
//!
//! Only as long as it is as it was when it was added, by whoever added it, in the window they added it in: nobody else wrote in
//! it, said something about it or stands in it. Somebody may still have written in it on a device that was apart; once their
//! words are here, it is put back.

use std::collections::BTreeMap;

use desk::Ask;
use eframe::egui::Context;
use plan::{ListPath, Value};
use seal::{DocId, ItemId, PlanId};

use super::Room;
use crate::{
    asks::{Page, Place},
    screens::fields::Record,
};

/// Frames after its card was closed: what was typed in a field that went away under it is kept by then.
const SETTLES: u64 = 4;

/// What was added and left empty in this window.
#[derive(Debug, Default)]
pub(super) struct LeftEmpty {
    added: Vec<Added>,
    /// What was taken away again.
    taken: Vec<(PlanId, DocId, &'static str, ItemId)>,
}

#[derive(Debug)]
struct Added {
    plan: PlanId,
    list: ListPath,
    item: ItemId,
    /// Where it was added.
    at: Place,
    /// What it was begun with.
    begun: BTreeMap<&'static str, Value>,
    stands: Stands,
}

#[derive(Debug, Clone, Copy)]
enum Stands {
    /// Its card was not seen open yet. Some pages have no cards: there it is left when the page is.
    ToOpen,
    Open,
    /// Since this frame.
    Left(u64),
}

impl Room {
    /// A record was added here.
    pub(super) fn remember_added(&mut self, plan: PlanId, list: ListPath, item: ItemId) {
        if list.item().is_some() || list.part().is_voice() {
            return;
        }
        let begun = filled(Record::part(&self.desk, plan, list.part().code).at(item), list);
        let added = Added { plan, list, item, at: self.place, begun, stands: Stands::ToOpen };
        self.left_empty.added.push(added);
    }

    /// To be called at the end of a frame.
    pub(super) fn take_away_left_empty(&mut self, ctx: &Context) {
        let now = ctx.cumulative_pass_nr();
        for mut added in std::mem::take(&mut self.left_empty.added) {
            let is_here = self.place == added.at;
            let page = if let Place::Plan(_, Page::Part(part)) = added.at { self.pages.of(part) } else { None };
            let is_open = is_here && page.is_some_and(|page| page.has_open(added.item));
            added.stands = match (added.stands, is_open, is_here) {
                (_, true, _) => Stands::Open,
                (Stands::ToOpen, false, true) => Stands::ToOpen,
                (Stands::Left(since), false, _) => Stands::Left(since),
                (Stands::ToOpen | Stands::Open, false, _) => Stands::Left(now),
            };
            match added.stands {
                Stands::Left(since) if now >= since + SETTLES => self.take_away(&added),
                Stands::Left(_) => {
                    ctx.request_repaint();
                    self.left_empty.added.push(added);
                }
                Stands::ToOpen | Stands::Open => self.left_empty.added.push(added),
            }
        }
    }

    /// The same for all at once: the window closes, or locks.
    pub(super) fn take_away_all_left_empty(&mut self) {
        for added in std::mem::take(&mut self.left_empty.added) {
            self.take_away(&added);
        }
    }

    /// Something came in: what has words now, written apart, is put back.
    pub(super) fn put_back_what_has_words(&mut self) {
        for (plan, doc, part, item) in std::mem::take(&mut self.left_empty.taken) {
            if self.desk.document_in(plan, doc).is_none_or(|document| document.is_blank(item)) {
                self.left_empty.taken.push((plan, doc, part, item));
                continue;
            }
            let back = Ask::Restore { plan, part: part.to_owned(), item };
            let _ = self.desk.act(back.within(doc), desk::now());
        }
    }

    fn take_away(&mut self, added: &Added) {
        let Added { plan, list, item, begun, .. } = added;
        let record = Record::part(&self.desk, *plan, list.part().code).at(*item);
        let Some((doc, document)) = record.doc().zip(record.document()) else { return };
        let is_as_begun =
            document.items(*list).contains(item) && document.is_blank(*item) && filled(record, *list) == *begun;
        let somebody_is_in_it =
            self.desk.here(*plan).iter().any(|here| here.at.is_some_and(|(field, ..)| field.item() == Some(*item)));
        if !is_as_begun || somebody_is_in_it || is_spoken_of(record) {
            return;
        }
        let part = list.part().code;
        let away = Ask::Remove { plan: *plan, part: part.to_owned(), item: *item };
        if self.desk.act(away.within(doc), desk::now()).is_ok() {
            self.left_empty.taken.push((*plan, doc, part, *item));
        }
    }
}

/// Every field that is set.
fn filled(record: Record<'_>, list: ListPath) -> BTreeMap<&'static str, Value> {
    let fields = list.describe().fields.iter().filter(|field| !field.kind.is_text());
    fields.filter_map(|field| Some((field.code, record.value(field.code)?))).collect()
}

/// Whether somebody says something about it in their own voice.
fn is_spoken_of(record: Record<'_>) -> bool {
    let (Some(item), Some(voice)) = (record.item, plan::part(record.part).and_then(|part| part.voice)) else {
        return false;
    };
    let part = Record { item: None, within: record.doc(), ..record };
    let about = |said: Record<'_>| said.refs("about").contains(&item);
    let voices = part.voices();
    voices.iter().any(|(_, said)| voice.lists.iter().any(|list| said.records(list.code).into_iter().any(about)))
}
