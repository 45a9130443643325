//! Taking a document in its compact form: pieces are put together, somebody else unpacks them, and what comes out are
//! edits like any others. Each chain must be signed, every edit passes the door, what does not fit is left out.
//!
//! A no, a time-out or any doubt only ever means: edit by edit. So nothing here can do more harm than cost time.

use std::collections::{BTreeMap, BTreeSet};

use circle::Access;
use seal::{ChainId, DocId, Edit, EditHash, MILESTONE, PlanId, Seq, Signature, Signed, Time, Tip, Verified};

use crate::{
    frontier::End,
    io::{Because, Link, Output, Show},
    limits::{COST_SIGNATURE, HELD_BACK, MESSAGE, PARCEL_BYTES, PARCELS, PIECE_BYTES, WEIGH_AT_ONCE},
    machine::Sync,
    message::{Fetch, Message, Offer, Parcel, ParcelHash, Piece, States, Way},
};

/// A document that comes, or came, in its compact form.
#[derive(Debug)]
pub(crate) struct Coming {
    from: Link,
    hash: ParcelHash,
    stage: Stage,
    /// Others who offered it too: they hear when this is over.
    waiting: BTreeMap<Link, ParcelHash>,
}

#[derive(Debug)]
enum Stage {
    /// So much of it is here, and the last of it came then.
    Pieces { size: usize, bytes: Vec<u8>, since: Time },
    /// It is being unpacked.
    Unpacking(Vec<(ChainId, Vec<(Seq, Signature)>)>),
    /// Its edits are at the door; these, the last first, go there as others come back.
    Weighing(Vec<(Verified, Option<Tip>)>),
    /// Its edits are on their way to the disk.
    Saving,
}

impl Sync {
    pub(crate) fn hear_offer(&mut self, link: Link, plan: PlanId, offer: &Offer, now: Time) -> Result<(), Because> {
        if !self.may_be_told(link, plan, offer.doc) {
            return Ok(());
        }
        let Offer { plan: _, doc, hash, size } = *offer;
        if let Some(coming) = self.coming.get_mut(&(plan, doc)) {
            coming.waiting.insert(link, hash);
            return Ok(());
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let may_read = self
            .plans
            .get(&plan)
            .is_some_and(|held| held.ledger.may_read(doc, self.id) && held.ledger.knows_rules(doc));
        if !may_read || size > PARCEL_BYTES || self.coming.len() >= PARCELS {
            self.say_how(link, plan, doc, hash, Way::EditByEdit);
            return Ok(());
        }
        let stage = Stage::Pieces { size, bytes: Vec::new(), since: now };
        self.coming.insert((plan, doc), Coming { from: link, hash, stage, waiting: BTreeMap::new() });
        self.say_how(link, plan, doc, hash, Way::Whole);
        Ok(())
    }

    pub(crate) fn hear_piece(&mut self, link: Link, plan: PlanId, piece: Piece, now: Time) -> Result<(), Because> {
        let Piece { plan: _, doc, nth, bytes: more } = piece;
        let Some(coming) = self.coming.get_mut(&(plan, doc)).filter(|coming| coming.from == link) else {
            // It came too late.
            return Ok(());
        };
        let Stage::Pieces { size, bytes, since } = &mut coming.stage else { return Err(Because::Rubbish) };
        let expected = (*size - bytes.len()).min(PIECE_BYTES);
        if usize::try_from(nth) != Ok(bytes.len() / PIECE_BYTES) || more.len() != expected || more.is_empty() {
            return Err(Because::Rubbish);
        }
        bytes.extend_from_slice(&more);
        *since = now;
        if bytes.len() < *size {
            return Ok(());
        }
        let whole = std::mem::take(bytes);
        if *blake3::hash(&whole).as_bytes() != coming.hash {
            return Err(Because::Rubbish);
        }
        let Parcel { signed, document } = seal::decode(&whole, PARCEL_BYTES).map_err(|_| Because::Rubbish)?;
        coming.stage = Stage::Unpacking(signed);
        self.out.push_back(Output::Unpack(plan, doc, document.into()));
        Ok(())
    }

    /// What was in a compact document: its edits in causal order; nothing if it could not be unpacked.
    pub(crate) fn unpacked(&mut self, plan: PlanId, doc: DocId, edits: Option<Vec<Edit>>, now: Time) {
        let Some(coming) = self.coming.get_mut(&(plan, doc)) else { return };
        let (from, Stage::Unpacking(signed)) = (coming.from, &mut coming.stage) else { return };
        let signed = std::mem::take(signed);
        coming.stage = Stage::Weighing(Vec::new());
        if let Some(edits) = edits {
            let mut verified = self.verify_whole(from, plan, doc, edits, signed, now);
            verified.reverse();
            if let Some(coming) = self.coming.get_mut(&(plan, doc)) {
                coming.stage = Stage::Weighing(verified);
            }
        }
        self.weigh_on(plan, doc, now);
        self.settle_whole(plan, doc);
    }

    /// Keeps the door busy with what came whole, and not more than that: while it weighs, what it has let in is taken in.
    pub(crate) fn weigh_on(&mut self, plan: PlanId, doc: DocId, now: Time) {
        while let Some(Coming { from, stage: Stage::Weighing(rest), .. }) = self.coming.get_mut(&(plan, doc)) {
            let shelf = self.plans.get(&plan).and_then(|held| held.shelves.get(&doc));
            if shelf.is_some_and(|shelf| shelf.at_the_door() >= 2 * WEIGH_AT_ONCE) {
                return;
            }
            let from = *from;
            let Some((verified, tip)) = rest.pop() else { return };
            self.offer(Some(from), plan, doc, verified, tip, now);
        }
    }

    /// Verifies chain by chain; the edits in the order they came.
    fn verify_whole(
        &mut self,
        link: Link,
        plan: PlanId,
        doc: DocId,
        edits: Vec<Edit>,
        signed: Vec<(ChainId, Vec<(Seq, Signature)>)>,
        now: Time,
    ) -> Vec<(Verified, Option<Tip>)> {
        // Each with its place among all, so that they go to the door in the order they came.
        let mut chains: BTreeMap<ChainId, Vec<(usize, Edit)>> = BTreeMap::new();
        for (place, edit) in edits.into_iter().enumerate() {
            chains.entry(edit.chain()).or_default().push((place, edit));
        }
        let mut verified: Vec<(usize, Verified, Option<Tip>)> = Vec::new();
        for (chain, signatures) in signed {
            let Some(mut edits) = chains.remove(&chain) else { continue };
            edits.sort_by_key(|(_, edit)| edit.seq());
            let (places, edits): (Vec<usize>, Vec<Edit>) = edits.into_iter().unzip();
            if let Some((run, tips)) = self.verify_chain(link, plan, doc, chain, edits, &signatures, now) {
                let tips: BTreeMap<EditHash, Tip> = tips.into_iter().map(|tip| (tip.hash, tip)).collect();
                verified.extend(run.into_iter().zip(places).map(|(edit, place)| {
                    let tip = tips.get(&edit.edit().hash()).copied();
                    (place, edit, tip)
                }));
            }
        }
        verified.sort_by_key(|(place, ..)| *place);
        verified.into_iter().map(|(_, verified, tip)| (verified, tip)).collect()
    }

    /// One chain, by number, from its first edit up to the last that is signed. Whatever does not fit will come edit by edit.
    #[expect(clippy::too_many_arguments, reason = "all of them say where the edits belong")]
    fn verify_chain(
        &mut self,
        link: Link,
        plan: PlanId,
        doc: DocId,
        chain: ChainId,
        mut edits: Vec<Edit>,
        signatures: &[(Seq, Signature)],
        now: Time,
    ) -> Option<(Vec<Verified>, Vec<Tip>)> {
        let held = self.plans.get(&plan)?;
        let (author, person) = held.ledger.author(doc, chain)?;
        let in_order = edits.iter().enumerate().all(|(at, edit)| edit.seq().number() == at as u64 + 1);
        let at = |seq: &Seq| usize::try_from(seq.number() - 1).ok();
        let last = signatures.iter().filter_map(|(seq, _)| at(seq)).filter(|at| *at < edits.len()).max()?;
        edits.truncate(last + 1);
        let tips: Vec<Tip> = (signatures.iter())
            .filter_map(|(seq, signature)| {
                Some(Tip { seq: *seq, hash: edits.get(at(seq)?)?.hash(), signature: *signature })
            })
            .collect();
        let signed: BTreeSet<u64> = tips.iter().map(|tip| tip.seq.number()).collect();
        let milestones = (1..=edits.len() as u64 / MILESTONE).all(|nth| signed.contains(&(nth * MILESTONE)));
        let ever = held.ledger.access(doc, person) == Access::Edit || held.ledger.was_given_edit(doc, person);
        let may = ever || edits.len() as u64 <= HELD_BACK;
        // What is here of the chain must be the same: of two sides of a fork each comes edit by edit.
        let line = held.shelves.get(&doc).and_then(|shelf| shelf.line(chain));
        let same = line.is_none_or(|line| {
            let lasts = line.last().is_none_or(|last| match at(&last.seq).and_then(|at| edits.get(at)) {
                Some(edit) => edit.hash() == last.hash,
                None => edits.last().is_some_and(|edit| line.has(End { seq: edit.seq(), hash: edit.hash() })),
            });
            !line.is_forked() && lasts
        });
        if !in_order || !milestones || !may || !same {
            return None;
        }
        let cost = i64::try_from(tips.len()).unwrap_or(i64::MAX).saturating_mul(COST_SIGNATURE);
        self.charge(link, cost, now).ok()?;
        let signed = Signed::gather_read(plan, doc, chain, None, edits, tips).ok()?;
        signed.verify(author).ok()
    }

    /// Says so once nothing of it is at the door any more, and to the others once all of it is flushed: then they see what
    /// is still lacking, and go on edit by edit.
    pub(crate) fn settle_whole(&mut self, plan: PlanId, doc: DocId) {
        let Some(coming) = self.coming.get_mut(&(plan, doc)) else { return };
        let shelf = self.plans.get(&plan).and_then(|held| held.shelves.get(&doc));
        let (weighed, flushed) = shelf.map_or((true, true), |shelf| (shelf.at_the_door() == 0, shelf.is_flushed()));
        if matches!(&coming.stage, Stage::Weighing(rest) if rest.is_empty()) && weighed {
            coming.stage = Stage::Saving;
            self.changed.shelves.insert((plan, doc));
            self.changed.whole.insert((plan, doc));
        }
        if matches!(coming.stage, Stage::Saving) && flushed {
            self.end_whole(plan, doc);
        }
    }

    /// Whoever offered this document hears what is held of it, and goes on from there.
    fn end_whole(&mut self, plan: PlanId, doc: DocId) {
        let Some(Coming { from, hash, stage, mut waiting }) = self.coming.remove(&(plan, doc)) else { return };
        if !matches!(stage, Stage::Saving) {
            self.out.push_back(Output::Show(Show::Whole(plan, doc)));
        }
        waiting.insert(from, hash);
        for (link, hash) in waiting {
            let (Some(nth), Some(held)) = (self.nth(link, plan), self.plans.get(&plan)) else { continue };
            let told = Message::States(States { plan: nth, whole: false, docs: vec![held.state(doc)] });
            if self.may_be_told(link, plan, doc) {
                self.tell(link, &told);
                self.say_how(link, plan, doc, hash, Way::EditByEdit);
            }
        }
    }

    fn say_how(&mut self, link: Link, plan: PlanId, doc: DocId, hash: ParcelHash, way: Way) {
        if let Some(nth) = self.nth(link, plan) {
            self.tell(link, &Message::Fetch(Fetch { plan: nth, doc, hash, way }));
        }
    }

    /// Gives up what has not come for too long.
    pub(crate) fn give_up_parcels(&mut self, now: Time) {
        let late = |coming: &Coming| match coming.stage {
            Stage::Pieces { since, .. } => since.plus(MESSAGE) <= now,
            Stage::Unpacking(_) | Stage::Weighing(_) | Stage::Saving => false,
        };
        let late: Vec<(PlanId, DocId)> =
            self.coming.iter().filter(|(_, coming)| late(coming)).map(|(whose, _)| *whose).collect();
        for (plan, doc) in late {
            self.end_whole(plan, doc);
        }
    }

    /// A connection ended, and with it what was coming through it.
    pub(crate) fn lose_parcels(&mut self, link: Link) {
        let mut lost = Vec::new();
        for (whose, coming) in &mut self.coming {
            coming.waiting.remove(&link);
            if coming.from == link && matches!(coming.stage, Stage::Pieces { .. }) {
                lost.push(*whose);
            }
        }
        for (plan, doc) in lost {
            self.end_whole(plan, doc);
        }
    }

    /// When to give up, if nothing comes.
    pub(crate) fn parcels_wake(&self) -> Option<Time> {
        let since = |coming: &Coming| match coming.stage {
            Stage::Pieces { since, .. } => Some(since.plus(MESSAGE)),
            Stage::Unpacking(_) | Stage::Weighing(_) | Stage::Saving => None,
        };
        self.coming.values().filter_map(since).min()
    }
}
