//! Documents given and taken in their compact form (`taster`), as the loop sees it.

use std::thread;

use seal::{Admitted, Bytes, DocId, EditHash, PlanId};
use store::Snapshot;
use sync::Input;

use crate::{
    ask::Pending,
    doorman,
    hands::Hands,
    keeper, limits,
    news::News,
    taster::{self, Said},
    writing::beyond,
};

/// A document that came whole: shown once it was both tried and weighed.
#[derive(Default)]
pub(crate) struct Tasting {
    heads: Vec<EditHash>,
    tried: Tried,
    weighed: Weighed,
}

#[derive(Default)]
enum Tried {
    #[default]
    NotYet,
    Bad,
    Good(Vec<u8>),
}

#[derive(Default)]
enum Weighed {
    #[default]
    NotYet,
    All,
}

/// The compact form that is kept, or a newer one if more came since than is worth telling edit by edit. That one is to be
/// kept as well: it is given back.
fn packed(kept: Option<Snapshot>, counted: &[Admitted]) -> Option<(sync::Packed, Option<Snapshot>)> {
    let kept = kept.map(|Snapshot { bytes, heads, door: _ }| (bytes, heads));
    let since = kept.as_ref().and_then(|(_, heads)| beyond(counted, heads));
    let is_new = since.as_ref().is_some_and(|since| since.len() < limits::PACKED_BEHIND);
    let ready = |document: &[u8], heads: &[EditHash]| sync::Packed {
        document: plan::compact::deflate(document).into(),
        heads: heads.to_vec(),
    };
    let (bytes, heads) = match (kept, since) {
        (Some((document, heads)), _) if is_new || counted.is_empty() => return Some((ready(&document, &heads), None)),
        (Some((older, _)), Some(since)) => plan::compact::make(Some(&older), &since)?,
        (Some(_) | None, _) => plan::compact::make(None, counted)?,
    };
    Some((ready(&bytes, &heads), Some(Snapshot { bytes, door: Vec::new(), heads })))
}

impl Hands {
    /// Fetches the compact form that was kept last: it went through the trial before it was kept.
    pub(crate) fn pack(&mut self, plan: PlanId, doc: DocId) {
        if !self.keeper.has_room() {
            return self.handle(Input::Packed(plan, doc, None));
        }
        // While something is on its way to the disk it cannot be told; then the one that is kept must do.
        let counted = self.sync.is_saved(plan, doc).then(|| self.sync.counted(plan, doc));
        let back = self.tasted.clone();
        self.keeper.give(keeper::Job::Read(Box::new(move |store| {
            let kept = store.ok().and_then(|store| store.snapshot(plan, doc).ok().flatten());
            let work = {
                let back = back.clone();
                move || {
                    let (packed, newer) = packed(kept, &counted.unwrap_or_default()).unzip();
                    // The loop has ended: nobody is left to give it to.
                    let _ = back.blocking_send(Said::Packed(plan, doc, packed, newer.flatten().map(Box::new)));
                }
            };
            if thread::Builder::new().name("packer".to_owned()).stack_size(limits::DOOR_STACK).spawn(work).is_err() {
                let _ = back.blocking_send(Said::Packed(plan, doc, None, None));
            }
        })));
    }

    /// Has a compact form from elsewhere unpacked and tried.
    pub(crate) fn unpack(&mut self, plan: PlanId, doc: DocId, deflated: Bytes) {
        self.tasting.insert((plan, doc), Tasting::default());
        taster::taste(self.settings.program.clone(), plan, doc, deflated, self.tasted.clone());
    }

    /// What came of it.
    pub(crate) fn tasted(&mut self, said: Said) {
        match said {
            Said::Packed(plan, doc, packed, newer) => {
                self.handle(Input::Packed(plan, doc, packed));
                if let Some(newer) = newer {
                    self.keep_made(plan, doc, newer);
                }
            }
            Said::Edits(plan, doc, found) => {
                let (edits, heads) = found.unzip();
                if let Some(tasting) = self.tasting.get_mut(&(plan, doc)) {
                    tasting.heads = heads.unwrap_or_default();
                }
                self.handle(Input::Unpacked(plan, doc, edits));
            }
            Said::Tried(plan, doc, document) => {
                if let Some(tasting) = self.tasting.get_mut(&(plan, doc)) {
                    tasting.tried = document.map_or(Tried::Bad, Tried::Good);
                }
                self.show_whole(plan, doc);
            }
        }
    }

    /// Everything that came whole was weighed.
    pub(crate) fn weighed_whole(&mut self, plan: PlanId, doc: DocId) {
        if let Some(tasting) = self.tasting.get_mut(&(plan, doc)) {
            tasting.weighed = Weighed::All;
        }
        self.show_whole(plan, doc);
    }

    /// Opens the document from the compact form, if it holds exactly what counts, and keeps that; else from edits alone.
    fn show_whole(&mut self, plan: PlanId, doc: DocId) {
        let is_ready = |tasting: &Tasting| match (&tasting.tried, &tasting.weighed) {
            (Tried::NotYet, _) | (_, Weighed::NotYet) => false,
            (Tried::Bad | Tried::Good(_), Weighed::All) => true,
        };
        if !self.tasting.get(&(plan, doc)).is_some_and(is_ready) {
            return;
        }
        let Some(Tasting { heads, tried, .. }) = self.tasting.remove(&(plan, doc)) else { return };
        let counted = self.sync.counted(plan, doc);
        let good = match tried {
            Tried::Good(document) => beyond(&counted, &heads).map(|edits| (document, edits)),
            Tried::NotYet | Tried::Bad => None,
        };
        let (snapshot, edits) = match good {
            Some((document, edits)) => (Some(document), edits),
            None => (None, counted),
        };
        if let Some(told) = self.open.get(&(plan, doc)) {
            let (chain, snapshot) = (told.chain, snapshot.as_deref().map(Bytes::from));
            self.outbox.put(News::Opened { plan, doc, snapshot, edits, chain });
            self.changed.marks.insert(plan);
        }
        if let Some(bytes) = snapshot {
            self.keep_made(plan, doc, Box::new(Snapshot { bytes, door: Vec::new(), heads }));
        }
    }

    /// Keeps a snapshot that was made here and tried. Only a shortcut: when there is no room, the older one stays.
    fn keep_made(&mut self, plan: PlanId, doc: DocId, snapshot: Box<Snapshot>) {
        if self.doorman.has_room() {
            let (reply, _) = Pending::new(None);
            self.doorman.give(doorman::Job::Index(plan, doc, snapshot, reply));
        }
    }
}
