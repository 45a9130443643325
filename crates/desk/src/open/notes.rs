//! Notes of whoever sits at this device: a part like any other to read and to write, and told to nobody.
//!
//! No statement opens it, no signature covers it, and sync has never heard of it: there is nothing that could send it, not
//! even to another device of the same person. Its compact form is one record of this device's own sealed store, written anew
//! after each burst. Where that becomes too long, the words go on without how they came about.

use std::sync::Arc;

use node::{Node, Pending, ask};
use plan::{
    Document, Part,
    sample::{self, Names, SamplePart},
};
use seal::{Bytes, ChainId, ChapterId, DeviceId, DocId, PlanId, Time, chain_id};

use super::{OpenPart, Stage};
use crate::{
    refused::Refused,
    worker::{Job, Worker},
};

/// Whether notes are being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// No.
    No,
    /// By the helper, from what the disk had.
    Now,
}

/// How notes stand with the disk.
pub(crate) struct Notes {
    /// The record's name.
    key: String,
    coming: Option<Pending<Option<Vec<u8>>>>,
    /// What the disk had of them, until the helper has room to read it; and whether it is reading.
    kept: Option<Vec<u8>>,
    reading: Reading,
    /// What was written that the helper is packing to be kept.
    packing: Option<Vec<Bytes>>,
    /// Whether anything was ever kept or begun.
    begun: bool,
    /// Why they could not be kept. They are tried again with the next burst.
    trouble: Option<Refused>,
}

impl OpenPart {
    /// Notes about a plan. No statement has the plan's own id, so no other document has theirs.
    pub(crate) fn notes(plan: PlanId, me: DeviceId, part: &'static Part) -> OpenPart {
        let doc = notes_of(plan);
        let mut open = OpenPart::new(plan, doc, part);
        open.chain = Some(chain_of(doc, me, plan));
        let notes = Notes {
            key: record_of(plan),
            coming: None,
            kept: None,
            reading: Reading::No,
            packing: None,
            begun: false,
            trouble: None,
        };
        open.notes = Some(notes);
        open
    }

    /// Whether these are notes that somebody has begun.
    pub(crate) fn are_begun(&self) -> bool {
        self.notes.as_ref().is_some_and(|notes| notes.begun)
    }

    /// Somebody wants to write notes.
    pub(crate) fn begin_notes(&mut self) {
        if let Some(notes) = &mut self.notes {
            notes.begun = true;
        }
    }

    /// Reads notes from the disk, away from the window. Whether they can be read now and could not before.
    pub(crate) fn recall(&mut self, node: &Node, worker: &Worker) -> bool {
        let Some(notes) = &mut self.notes else { return false };
        if notes.reading == Reading::Now {
            return false;
        }
        if notes.kept.is_some() {
            let (Some(room), Some(kept)) = (worker.room(), notes.kept.take()) else { return false };
            notes.reading = Reading::Now;
            room.give((self.plan, self.doc), Job::Recall { part: self.part, kept });
            return false;
        }
        let Some(pending) = &mut notes.coming else {
            if matches!(self.stage, Stage::Opening) {
                notes.coming = Some(node.ask(ask::Recall { key: notes.key.clone() }));
            }
            return false;
        };
        let Some(answer) = pending.take() else { return false };
        notes.coming = None;
        let read = match answer {
            Err(node::Refused::Busy) => return false,
            Err(_) => None,
            Ok(None) => self.chain.map(|chain| Document::create(self.part, self.doc, chain, Time::default()).0),
            Ok(Some(kept)) => {
                notes.begun = true;
                notes.kept = Some(kept);
                return self.recall(node, worker);
            }
        };
        self.recalled(read.map(Box::new));
        true
    }

    /// Notes were read, or cannot be.
    pub(crate) fn recalled(&mut self, read: Option<Box<Document>>) {
        if let Some(notes) = &mut self.notes {
            notes.reading = Reading::No;
        }
        match read {
            Some(document) => self.opened(document),
            None => self.shut(Stage::Unreadable),
        }
    }

    /// Has notes packed, to be written to the disk as they are now. Whether those before were kept, or why not.
    pub(super) fn keep(&mut self, worker: &Worker) -> Option<Result<(), Refused>> {
        let notes = self.notes.as_mut()?;
        let mut news = None;
        if let Some((pending, _)) = &mut self.publishing {
            let answer = pending.take()?;
            let (_, group) = self.publishing.take().expect("it was just there");
            news = match answer {
                Ok(()) => {
                    self.kept += group.len() as u64;
                    notes.trouble = None;
                    Some(Ok(()))
                }
                Err(why) => {
                    group.into_iter().rev().for_each(|edit| self.outbox.push_front(edit));
                    let edits = self.edits;
                    if why == node::Refused::Busy || why == node::Refused::TooLong && edits > 1 && self.let_history_go()
                    {
                        return None;
                    }
                    let notes = self.notes.as_mut()?;
                    notes.trouble = Some(Refused::Node(why));
                    return Some(Err(Refused::Node(why)));
                }
            };
        }
        let Stage::Open(document) = &mut self.stage else { return news };
        if !self.outbox.is_empty()
            && notes.trouble.is_none()
            && notes.packing.is_none()
            && let Some(room) = worker.room()
        {
            notes.begun = true;
            notes.packing = Some(self.outbox.drain(..).collect());
            room.give((self.plan, self.doc), Job::Note { of: Arc::clone(document) });
        }
        news
    }

    /// Notes are packed: now the disk has to have them.
    pub(crate) fn noted(&mut self, value: Vec<u8>, node: &Node) {
        let Some(notes) = &mut self.notes else { return };
        let Some(group) = notes.packing.take() else { return };
        self.publishing = Some((node.ask(ask::Record { key: notes.key.clone(), value }), group));
    }

    /// Whether notes are being packed to be kept.
    pub(super) fn is_packing(&self) -> bool {
        self.notes.as_ref().is_some_and(|notes| notes.packing.is_some())
    }

    /// Goes on with the words alone: nobody else holds an edit of these, so nothing rests on what is let go. Whether that was
    /// possible; what was typed last can then not be undone any more.
    fn let_history_go(&mut self) -> bool {
        let Stage::Open(document) = &mut self.stage else { return false };
        let Some(anew) = Arc::make_mut(document).without_history() else { return false };
        *document = Arc::new(anew);
        self.edits = 1;
        self.revision += 1;
        true
    }

    /// Something new was written in notes: what could not be kept is tried again with it.
    pub(super) fn try_again(&mut self) {
        if let Some(notes) = &mut self.notes {
            notes.trouble = None;
        }
    }

    pub(super) fn notes_trouble(&self) -> Option<Refused> {
        self.notes.as_ref()?.trouble
    }
}

/// The id that notes about a plan go by on this device.
pub(crate) fn notes_of(plan: PlanId) -> DocId {
    DocId::new(*plan.as_bytes())
}

/// Where notes about a plan are kept.
pub(crate) fn record_of(plan: PlanId) -> String {
    format!("desk/mine/{plan}")
}

/// Notes that a sample comes with, as the record they are kept in.
pub(crate) fn noted(
    plan: PlanId,
    me: DeviceId,
    notes: &SamplePart,
    names: &Names,
    now: Time,
) -> Result<(String, Vec<u8>), Refused> {
    let doc = notes_of(plan);
    let (mut document, _) = Document::create(notes.part, doc, chain_of(doc, me, plan), now);
    for burst in &notes.bursts {
        sample::write(&mut document, burst, names, burst.at.unwrap_or(now), &|_, text| text.to_owned())?;
    }
    Ok((record_of(plan), plan::compact::deflate(&document.save())))
}

fn chain_of(doc: DocId, me: DeviceId, plan: PlanId) -> ChainId {
    chain_id(doc, me, ChapterId::new(*plan.as_bytes()))
}
