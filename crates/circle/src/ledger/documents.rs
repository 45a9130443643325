//! What a ledger answers about documents: who may do what there, in which chapter, what is kept,
//! which key seals, and what is owed.

use std::collections::BTreeSet;

use seal::{Author, ChainId, ChapterId, DeviceId, DocId, EditHash, EpochId, OpeningKey, PersonId};

use super::Ledger;
use crate::{
    body::{Access, Graph, Standing},
    counted::Why,
    document::{Kept, Sheet},
};

impl Ledger {
    /// What a person may do with a document now.
    ///
    /// Its owners may edit, whoever opened it; others what their own Share says, else the Share for everyone, else nothing.
    /// A voice may be read, and no more, by whoever may read the document it speaks of, unless a Share says less.
    pub fn access(&self, doc: DocId, person: PersonId) -> Access {
        let Some(sheet) = self.sheets.get(&doc) else { return Access::Nothing };
        // A voice about a voice is read by nobody else: rules that walk from voice to voice would have no end.
        let part = self.part(sheet).filter(|part| part.about().voice_of.is_none());
        let otherwise = part.map_or(Access::Nothing, |part| part.access(person, &self.circle, Access::Nothing));
        sheet.access(person, &self.circle, otherwise.min(Access::View))
    }

    /// Whether a person may have edited a document at some time, as its owner or by a Share, be it in effect or not.
    pub fn was_given_edit(&self, doc: DocId, person: PersonId) -> bool {
        self.sheets.get(&doc).is_some_and(|sheet| sheet.was_given_edit(person, &self.circle))
    }

    /// Whether this device may be sent a document at all.
    pub fn may_read(&self, doc: DocId, device: DeviceId) -> bool {
        self.person_of(device).is_some_and(|person| self.access(doc, person) >= Access::View)
    }

    /// Whether this device may write a document now: its person may edit, and nothing in it is from a newer version. Its
    /// edits count from a chapter that [`Ledger::chapter`] gives.
    pub fn may_edit(&self, doc: DocId, device: DeviceId) -> bool {
        !self.is_read_only(Graph::Document(doc))
            && self.person_of(device).is_some_and(|person| self.access(doc, person) == Access::Edit)
    }

    /// Who writes a chain, and whose device that is; `None` while what opened its chapter is not held.
    pub fn author(&self, doc: DocId, chain: ChainId) -> Option<(Author, PersonId)> {
        self.sheets.get(&doc)?.author(chain)
    }

    /// The chapter a device writes this document in: its newest Renew, else what gave it its place, as far as in effect and
    /// not hit by what took something from its person. `None`: it must sign a Renew before it writes again.
    pub fn chapter(&self, doc: DocId, device: DeviceId) -> Option<ChapterId> {
        self.sheets.get(&doc)?.chapter(device, &self.circle)
    }

    /// Whether a device may write a document, and must first open a new chapter.
    pub fn needs_chapter(&self, doc: DocId, device: DeviceId) -> bool {
        self.may_edit(doc, device) && self.chapter(doc, device).is_none()
    }

    /// Whether edits of this chain count in their author's own right.
    pub fn own_right(&self, doc: DocId, chain: ChainId) -> bool {
        self.right(doc, chain).is_ok()
    }

    /// The same, with the reason why not.
    pub(crate) fn right(&self, doc: DocId, chain: ChainId) -> Result<(), Why> {
        let (Some(sheet), Some((_, person))) = (self.sheets.get(&doc), self.author(doc, chain)) else {
            return Err(Why::EarlyChapter);
        };
        if self.circle.person(person).is_none() {
            return Err(Why::Left);
        }
        if self.access(doc, person) != Access::Edit {
            return Err(Why::NotAllowed);
        }
        if sheet.is_open(chain, &self.circle) { Ok(()) } else { Err(Why::OldChapter) }
    }

    /// The Keeps of a document that are in effect, in causal order.
    pub fn keeps(&self, doc: DocId) -> Vec<Kept> {
        self.sheets.get(&doc).map(|sheet| sheet.keeps().collect()).unwrap_or_default()
    }

    /// The edits of a document that an owner barred.
    pub fn barred(&self, doc: DocId) -> Vec<EditHash> {
        self.sheets.get(&doc).map(|sheet| sheet.barred().collect()).unwrap_or_default()
    }

    /// Whether this device may put held-back words of a document back: its person owns it, lets people in, or may edit it; of
    /// a voice, the part it speaks of.
    pub fn may_keep(&self, doc: DocId, device: DeviceId) -> bool {
        let (Some(sheet), Some(person)) = (self.sheets.get(&doc), self.person_of(device)) else { return false };
        let part = self.part(sheet).unwrap_or(sheet);
        let edits = part.access(person, &self.circle, Access::Nothing) == Access::Edit;
        let standing = self.standing(person).is_some_and(|standing| standing <= Standing::Coordinator);
        !sheet.is_read_only() && (edits || standing || sheet.is_owner(person, &self.circle))
    }

    /// Whether this device owes a document a Keep: its person owns it, and something took from somebody what they had, and no
    /// owner has said yet what they had seen. Several who say it do no harm.
    pub fn keep_owed(&self, doc: DocId, device: DeviceId) -> bool {
        let (Some(sheet), Some(person)) = (self.sheets.get(&doc), self.person_of(device)) else { return false };
        !sheet.is_read_only() && sheet.is_owner(person, &self.circle) && sheet.owes_keep(&self.circle)
    }

    /// The epoch with whose key a document's edits are sealed now when they leave the circle's own devices: of those begun in
    /// effect, and held by nobody who may not read, the one whose maker had seen the most removals; then one that had seen the
    /// others; then the one with the lowest hash.
    pub fn live_key(&self, doc: DocId) -> Option<EpochId> {
        self.sheets.get(&doc)?.live_key(&self.circle, |device| self.may_read(doc, device))
    }

    /// Whether a new key is owed: there is none, or somebody holds it who may not read the document any more. Who may edit it
    /// signs one, and until then nothing is sealed.
    pub fn key_owed(&self, doc: DocId) -> bool {
        self.sheets.contains_key(&doc) && self.live_key(doc).is_none()
    }

    /// The epochs of a document's key, the latest first, each with the readers who were not given it yet. Who came later is
    /// given the keys of before too: they get the history anyway.
    pub fn lacking(&self, doc: DocId) -> Vec<(EpochId, BTreeSet<DeviceId>)> {
        self.sheets.get(&doc).map(|sheet| sheet.lacking(&self.readers(doc))).unwrap_or_default()
    }

    /// What was ever wrapped to a device of the key of one epoch, by statements in effect or not.
    pub fn wrapped(&self, doc: DocId, epoch: EpochId, device: DeviceId) -> impl Iterator<Item = &[u8]> {
        self.sheets.get(&doc).into_iter().flat_map(move |sheet| sheet.wrapped(epoch, device))
    }

    /// Every epoch that was ever named in a document, in effect or not.
    pub fn epochs(&self, doc: DocId) -> BTreeSet<EpochId> {
        self.sheets.get(&doc).map(Sheet::epochs_named).unwrap_or_default()
    }

    /// To which key what only this device is to open is wrapped; only devices of the circle have one.
    pub fn opening(&self, device: DeviceId) -> Option<OpeningKey> {
        self.circle.opening(device)
    }

    /// The devices that may be sent a document.
    pub fn readers(&self, doc: DocId) -> BTreeSet<DeviceId> {
        self.devices().map(|(device, _)| device).filter(|device| self.may_read(doc, *device)).collect()
    }

    /// Another for every list of statements that decides about a document's edits.
    pub(crate) fn stamp(&self, doc: DocId) -> [u8; 32] {
        let sheet = self.sheets.get(&doc);
        let part = sheet.and_then(|sheet| self.part(sheet));
        let mut stamp = blake3::Hasher::new();
        stamp.update(&self.circle.dag().stamp());
        for sheet in [sheet, part] {
            stamp.update(&sheet.map_or([0; 32], |sheet| sheet.dag().stamp()));
        }
        *stamp.finalize().as_bytes()
    }

    pub(super) fn is_voice(&self, doc: Option<DocId>) -> bool {
        doc.and_then(|doc| self.sheets.get(&doc)).is_some_and(|sheet| sheet.about().voice_of.is_some())
    }

    /// The document that a voice speaks of, if it is held.
    fn part(&self, sheet: &Sheet) -> Option<&Sheet> {
        sheet.about().voice_of.and_then(|(_, part)| self.sheets.get(&part))
    }

    /// Decides anew about the documents where something is different; about a voice after its part.
    pub(super) fn settle(&mut self) {
        let mut unsettled = std::mem::take(&mut self.unread);
        if self.circle.settle() | std::mem::take(&mut self.unsettled) {
            unsettled.extend(self.sheets.keys());
        }
        for doc in &unsettled {
            if let Some(sheet) = self.sheets.get_mut(doc).filter(|sheet| sheet.about().voice_of.is_none()) {
                sheet.evaluate(&self.circle, |_| false);
            }
        }
        let speaks_of = |sheet: &Sheet| sheet.about().voice_of.map(|(_, part)| part);
        let of_these = |doc: &DocId, sheet: &Sheet| {
            speaks_of(sheet).is_some_and(|part| unsettled.contains(doc) || unsettled.contains(&part))
        };
        let voices = self.sheets.iter().filter(|(doc, sheet)| of_these(doc, sheet));
        for voice in voices.map(|(doc, _)| *doc).collect::<Vec<DocId>>() {
            let Some(mut sheet) = self.sheets.remove(&voice) else { continue };
            let part = self.part(&sheet).filter(|part| part.about().voice_of.is_none());
            let edits =
                |person| part.is_some_and(|part| part.access(person, &self.circle, Access::Nothing) == Access::Edit);
            sheet.evaluate(&self.circle, edits);
            self.sheets.insert(voice, sheet);
        }
    }
}
