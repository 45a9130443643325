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
    taster::{self, How, Made, Said, Verdict},
    writing::beyond,
};

/// A document that came whole: shown once all of it was weighed and is known to be what its edits make, kept once that was tried.
pub(crate) struct Tasting {
    made: Making,
    shown: Showing,
}

/// How far its edits have been made a document again.
enum Making {
    NotYet,
    /// They make none, or none that holds.
    None,
    Made(Made),
    Tried(Made),
}

/// How far it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Showing {
    /// Not all of it is weighed.
    NotYet,
    /// It is weighed, and not made yet.
    Waits,
    Shown,
}

impl Tasting {
    /// Whether the owner is told of it already.
    pub(crate) fn is_shown(&self) -> bool {
        self.shown == Showing::Shown
    }
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
        if self.tasting.contains_key(&(plan, doc)) {
            // What an older one says must not be taken for what this one says.
            return self.later.push(Input::Unpacked(plan, doc, None));
        }
        self.tasting.insert((plan, doc), Tasting { made: Making::NotYet, shown: Showing::NotYet });
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
            Said::Edits(plan, doc, edits) => self.handle(Input::Unpacked(plan, doc, edits)),
            Said::Made(plan, doc, made) => {
                if let Some(tasting) = self.tasting.get_mut(&(plan, doc)) {
                    tasting.made = made.map_or(Making::None, Making::Made);
                }
                self.show_whole(plan, doc);
            }
            Said::Tried(plan, doc, verdict) => {
                if let Some(tasting) = self.tasting.get_mut(&(plan, doc)) {
                    tasting.made = match (std::mem::replace(&mut tasting.made, Making::None), verdict) {
                        (Making::Made(made), Verdict::Good) => Making::Tried(made),
                        (Making::Made(_), Verdict::Bad) if tasting.is_shown() => {
                            // It may look well and be ruined.
                            tasting.shown = Showing::Waits;
                            Making::None
                        }
                        (Making::Made(_) | Making::NotYet | Making::None | Making::Tried(_), _) => Making::None,
                    };
                }
                self.show_whole(plan, doc);
            }
        }
    }

    /// Everything that came whole was weighed.
    pub(crate) fn weighed_whole(&mut self, plan: PlanId, doc: DocId) {
        if let Some(tasting) = self.tasting.get_mut(&(plan, doc)).filter(|tasting| !tasting.is_shown()) {
            tasting.shown = Showing::Waits;
        }
        self.show_whole(plan, doc);
    }

    /// Opens the document from the compact form that was made, if it holds exactly what counts, else from edits alone; and
    /// keeps that form once it was tried. It rests on nothing that has not passed the door, like what comes edit by edit.
    fn show_whole(&mut self, plan: PlanId, doc: DocId) {
        let Some(Tasting { made, shown }) = self.tasting.get_mut(&(plan, doc)) else { return };
        let made = match (&*made, &*shown) {
            (Making::NotYet, _) | (_, Showing::NotYet) => return,
            (Making::None, Showing::Waits | Showing::Shown) => None,
            (Making::Made(made) | Making::Tried(made), Showing::Waits | Showing::Shown) => {
                Some((made.document.clone(), made.heads.clone()))
            }
        };
        let counted = self.sync.counted(plan, doc);
        let good = made.and_then(|(document, heads)| Some((beyond(&counted, &heads)?, document, heads)));
        if *shown == Showing::Waits {
            *shown = Showing::Shown;
            let (snapshot, edits) = match &good {
                Some((edits, document, _)) => (Some(document.clone()), edits.clone()),
                None => (None, counted),
            };
            if let Some(told) = self.open.get(&(plan, doc)) {
                self.outbox.put(News::Opened { plan, doc, snapshot, edits, chain: told.chain });
                self.changed.marks.insert(plan);
            }
        }
        if let Some(Tasting { made: Making::Made(made), .. }) = self.tasting.get_mut(&(plan, doc)) {
            // Until it is known whether it may be kept. A taster tries what it made by itself.
            if std::mem::replace(&mut made.how, How::Tasted) == How::Exact {
                taster::try_exact(plan, doc, made.document.clone(), self.tasted.clone());
            }
            return;
        }
        let tried = self.tasting.remove(&(plan, doc)).is_some_and(|tasting| matches!(tasting.made, Making::Tried(_)));
        if let Some((_, document, heads)) = good.filter(|_| tried) {
            self.keep_made(plan, doc, Box::new(Snapshot { bytes: document.to_vec(), door: Vec::new(), heads }));
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
