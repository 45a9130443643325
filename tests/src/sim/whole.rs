//! Whole documents as a small world has them: a list of edits, in place of automerge's compact form. Liars leave out,
//! change and double what is in theirs; some cannot be unpacked.

use std::collections::BTreeSet;

use rand::RngExt as _;
use seal::{Admitted, Bytes, DocId, Edit, EditHash, PlanId};
use sync::{Input, Packed};

use super::world::{Name, World};

impl World {
    /// What counted a while ago, as somebody keeps it.
    pub(super) fn pack(&mut self, who: Name, plan: PlanId, doc: DocId) -> Input {
        let edits = self.peers[who].sync.as_ref().map(|sync| sync.counted(plan, doc)).unwrap_or_default();
        if edits.is_empty() || self.dice.random_bool(0.1) {
            return Input::Packed(plan, doc, None);
        }
        let upto = self.dice.random_range(edits.len() / 2..=edits.len());
        let edits: Vec<&Edit> = edits[..upto].iter().map(Admitted::edit).collect();
        let under: BTreeSet<EditHash> = edits.iter().flat_map(|edit| edit.after()).copied().collect();
        let heads = edits.iter().map(|edit| edit.hash()).filter(|hash| !under.contains(hash)).collect();
        let mut list: Vec<Vec<u8>> = edits.iter().map(|edit| edit.bytes().to_vec()).collect();
        if !self.peers[who].is_honest() && self.lying {
            self.spoil(&mut list);
        }
        Input::Packed(plan, doc, Some(Packed { document: seal::encode(&list).into(), heads }))
    }

    fn spoil(&mut self, list: &mut Vec<Vec<u8>>) {
        for _ in 0..self.dice.random_range(0..4) {
            let Some(last) = list.len().checked_sub(1) else { return };
            let at = self.dice.random_range(0..=last);
            match self.dice.random_range(0..4) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                2 => list.swap(at, last),
                _ => {
                    if let Some(byte) = list[at].last_mut() {
                        *byte ^= 1;
                    }
                }
            }
        }
    }

    /// What is in a whole document from elsewhere.
    pub(super) fn unpack(&mut self, plan: PlanId, doc: DocId, document: &Bytes) -> Input {
        let list: Option<Vec<Vec<u8>>> = seal::decode(document, document.len()).ok();
        let list = list.filter(|_| self.dice.random_bool(0.9));
        // Some may be none: the others may still be some.
        let read = |bytes: Vec<u8>| Edit::read(doc, bytes.into(), self.kind.read()).ok();
        Input::Unpacked(plan, doc, list.map(|list| list.into_iter().filter_map(read).collect()))
    }
}
