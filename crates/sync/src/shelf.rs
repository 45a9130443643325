//! One document as it is held here: its admitted edits in the order they came, each after what it builds on.
//!
//! Saves are made in this order and one at a time, so what is flushed is always a front part of it. Only that part is
//! ever acknowledged, counted in a frontier or passed on; what is admitted may be shown before.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Counted, Ledger};
use seal::{Admitted, ByHash, Bytes, ChainId, DocId, Edit, EditHash, Seq, Signature, Tip};

use crate::{
    frontier::{End, Frontier},
    io::Link,
    limits::{FRONTIER_CHAINS, HELD_BACK, REFUSED},
    line::Line,
    planted::Planted,
};

/// What somebody is known to hold of a document's chains.
pub(crate) type Ends = BTreeMap<ChainId, BTreeSet<End>>;

#[derive(Debug, Default)]
pub(crate) struct Shelf {
    order: Vec<Admitted>,
    places: ByHash<usize>,
    flushed: usize,
    lines: BTreeMap<ChainId, Line>,
    links: circle::Edits,
    /// At the door: the signature that goes with each edit, and who sent it.
    weighing: BTreeMap<EditHash, Weighing>,
    /// What the door refused, and what builds on that.
    refused: BTreeSet<EditHash>,
    /// Of what is held back, what is beyond the bound: it stays here, and nobody is told of it.
    beyond: BTreeSet<EditHash>,
    /// Chains of which more was offered than is taken, and how much of each would have been.
    declined: BTreeMap<ChainId, u64>,
    /// How many of `order` were looked at when it was last said what counts.
    counted: usize,
}

/// An edit at the door.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighing {
    pub(crate) chain: ChainId,
    pub(crate) seq: Seq,
    pub(crate) tip: Option<Tip>,
    pub(crate) from: Option<Link>,
}

/// What is different about which edits count.
#[derive(Debug)]
pub(crate) enum Recount {
    Same,
    /// These count now too.
    More(Vec<Admitted>),
    /// Something that counted does not any more.
    Less,
}

/// Some edits of a shelf and everything they build on.
pub(crate) struct Under<'a> {
    shelf: &'a Shelf,
    under: Vec<bool>,
}

impl Under<'_> {
    pub(crate) fn has(&self, hash: &EditHash) -> bool {
        self.shelf.places.get(hash).is_some_and(|place| self.under.get(*place) == Some(&true))
    }

    pub(crate) fn edits(&self) -> impl Iterator<Item = &Edit> {
        let all = self.shelf.order.iter().zip(&self.under);
        all.filter(|(_, is_under)| **is_under).map(|(edit, _)| edit.edit())
    }
}

/// A piece of a chain that ends on a signature, ready to be told.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) chain: ChainId,
    pub(crate) end: End,
    pub(crate) edits: Vec<(Bytes, Option<Signature>)>,
}

impl Shelf {
    pub(crate) fn get(&self, hash: &EditHash) -> Option<&Admitted> {
        // Nearly always it is the last that is asked for: what comes next builds on it.
        if let Some(last) = self.order.last().filter(|last| last.edit().hash() == *hash) {
            return Some(last);
        }
        self.places.get(hash).map(|place| &self.order[*place])
    }

    pub(crate) fn has(&self, hash: &EditHash) -> bool {
        self.places.has(hash)
    }

    /// The place of an edit of a line.
    fn place_of(&self, end: &End) -> usize {
        *self.places.get(&end.hash).expect("a line holds what is here")
    }

    pub(crate) fn all(&self) -> &[Admitted] {
        &self.order
    }

    pub(crate) fn line(&self, chain: ChainId) -> Option<&Line> {
        self.lines.get(&chain)
    }

    /// The chains of which two edits with one number are here.
    pub(crate) fn forked(&self) -> impl Iterator<Item = ChainId> {
        self.links.forked()
    }

    pub(crate) fn is_flushed(&self) -> bool {
        self.flushed == self.order.len()
    }

    /// Makes room for so many edits at once.
    pub(crate) fn reserve(&mut self, edits: usize) {
        self.order.reserve(edits);
        self.places.reserve(edits);
        self.links.reserve(edits);
    }

    /// Takes in an admitted edit, after everything it builds on. Says whether it is new.
    pub(crate) fn place(&mut self, admitted: Admitted) -> bool {
        let edit = admitted.edit();
        let before = self.before(edit);
        if !self.places.insert_new(edit.hash(), self.order.len()) {
            return false;
        }
        self.lines.entry(edit.chain()).or_default().add(End { seq: edit.seq(), hash: edit.hash() }, before);
        self.links.add(edit);
        self.order.push(admitted);
        true
    }

    /// The edit of the same chain that an edit names as the one before it, if it is held.
    pub(crate) fn before(&self, edit: &Edit) -> Option<EditHash> {
        let seq = edit.seq().before()?;
        let mut named = edit.after().iter().filter_map(|hash| self.get(hash)).map(Admitted::edit);
        named.find(|named| named.chain() == edit.chain() && named.seq() == seq).map(Edit::hash)
    }

    /// The next so many edits are on disk.
    pub(crate) fn flush(&mut self, edits: usize) {
        self.flushed += edits;
    }

    /// Everything that is held is on disk.
    pub(crate) fn flush_all(&mut self) {
        self.flushed = self.order.len();
    }

    /// A signature is on disk, and so is what it lies on. Gives back those it makes needless.
    pub(crate) fn sign(&mut self, chain: ChainId, tip: Tip) -> Vec<End> {
        let end = End { seq: tip.seq, hash: tip.hash };
        match self.lines.get_mut(&chain) {
            Some(line) if line.has(end) => line.sign(end, tip.signature),
            _ => Vec::new(),
        }
    }

    /// Whether a signature would add anything: its edit is held, and no flushed signature covers it.
    pub(crate) fn needs(&self, chain: ChainId, tip: &Tip) -> bool {
        let end = End { seq: tip.seq, hash: tip.hash };
        let milestone = tip.seq.number().is_multiple_of(seal::MILESTONE);
        self.lines.get(&chain).is_some_and(|line| {
            let covered = line.ends().iter().any(|other| line.lies_under(end, *other));
            line.has(end) && line.signature(end).is_none() && (milestone || !covered)
        })
    }

    /// How far this device has come: flushed, signed, with the whole past; as much of it as is told.
    pub(crate) fn frontier(&self) -> Frontier {
        let ends = |(chain, line): (&ChainId, &Line)| -> Vec<(ChainId, End)> {
            self.told_ends(line).into_iter().map(|end| (*chain, end)).collect()
        };
        Frontier::new(self.lines.iter().filter(|(_, line)| !line.ends().is_empty()).flat_map(ends)).told()
    }

    pub(crate) fn tips(&self) -> impl Iterator<Item = (ChainId, Tip)> {
        self.lines.iter().flat_map(|(chain, line)| {
            line.signed().map(|(end, signature)| (*chain, Tip { seq: end.seq, hash: end.hash, signature }))
        })
    }

    /// What somebody lacks, in an order in which little of it has to wait for the rest.
    pub(crate) fn lacking(&self, theirs: &Ends, skip: impl Fn(ChainId) -> bool) -> Vec<Segment> {
        let mut found: Vec<(usize, ChainId, Vec<End>)> = Vec::new();
        for (chain, line) in self.lines.iter().filter(|(chain, _)| !skip(**chain)) {
            let theirs: Vec<End> = theirs.get(chain).into_iter().flatten().copied().collect();
            if theirs == line.ends() {
                continue;
            }
            // A branch comes after what it branches off, so the places of one chain's segments never fall.
            let mut place = 0;
            for piece in self.pieces(line, &theirs) {
                place = place.max(piece.last().map_or(0, |end| self.place_of(end)));
                found.push((place, *chain, piece));
            }
        }
        found.sort_by_key(|(place, chain, _)| (*place, *chain));
        found.into_iter().map(|(_, chain, piece)| self.segment(chain, &piece)).collect()
    }

    /// How many edits of such pieces somebody lacks.
    pub(crate) fn lacking_many(&self, theirs: &Ends, is_such: impl Fn(ChainId, End) -> bool) -> usize {
        let lacking = |(chain, line): (&ChainId, &Line)| -> usize {
            let theirs: Vec<End> = theirs.get(chain).into_iter().flatten().copied().collect();
            let pieces = self.pieces(line, &theirs).into_iter();
            pieces.filter(|piece| piece.last().is_some_and(|end| is_such(*chain, *end))).map(|piece| piece.len()).sum()
        };
        self.lines.iter().map(lacking).sum()
    }

    /// What lies under these edits, themselves included, as places in the order they came; none if not all of it is on disk.
    pub(crate) fn under(&self, heads: &[EditHash]) -> Option<Under<'_>> {
        let mut under = vec![false; self.flushed];
        for head in heads {
            *under.get_mut(*self.places.get(head)?)? = true;
        }
        for at in (0..self.flushed).rev() {
            if !under[at] {
                continue;
            }
            for hash in self.order[at].edit().after() {
                // Nearly always it is the one that came before.
                let before = at.checked_sub(1).filter(|before| self.order[*before].edit().hash() == *hash);
                *under.get_mut(before.or_else(|| self.places.get(hash).copied())?)? = true;
            }
        }
        Some(Under { shelf: self, under })
    }

    fn segment(&self, chain: ChainId, piece: &[End]) -> Segment {
        let line = &self.lines[&chain];
        let mut next = 0;
        let mut bytes = |end: &End| {
            // Nearly always it is the one that came next.
            let follows = self.order.get(next).is_some_and(|edit| edit.edit().hash() == end.hash);
            let place = if follows { next } else { self.place_of(end) };
            next = place + 1;
            self.order[place].edit().bytes().clone()
        };
        let edits = piece.iter().map(|end| (bytes(end), line.signature(*end))).collect();
        Segment { chain, end: *piece.last().expect("no piece is empty"), edits }
    }

    /// Whether somebody holds all that is flushed here.
    pub(crate) fn is_covered_by(&self, theirs: &Frontier) -> bool {
        let covered = |line: &Line, theirs: &[End]| {
            line.is_covered_by(theirs) || !self.beyond.is_empty() && self.pieces(line, theirs).is_empty()
        };
        self.lines.iter().all(|(chain, line)| covered(line, theirs.ends(*chain)))
    }

    /// How many edits of a chain count, from its first on.
    pub(crate) fn counts_upto(&self, chain: ChainId) -> u64 {
        let counted = self.links.last_counted();
        self.lines.get(&chain).map_or(0, |line| line.first_such(|hash| counted.counts(hash)))
    }

    /// Whether a Keep in effect names an edit that is not here yet.
    pub(crate) fn lacks_kept(&self, ledger: &Ledger, doc: DocId) -> bool {
        ledger.keeps(doc).iter().flat_map(|keep| &keep.edits).any(|hash| !self.has(hash))
    }

    /// No more of a chain was taken than this.
    pub(crate) fn decline(&mut self, chain: ChainId, room: u64) {
        if self.declined.len() < FRONTIER_CHAINS {
            self.declined.insert(chain, room);
        }
    }

    /// Whether more is taken now of a chain of which something was declined.
    pub(crate) fn takes_more(&mut self, ledger: &Ledger, doc: DocId) -> bool {
        if self.declined.is_empty() {
            return false;
        }
        let kept = self.lacks_kept(ledger, doc);
        let mut declined = std::mem::take(&mut self.declined);
        let before = declined.len();
        declined.retain(|chain, room| {
            !kept && !ledger.own_right(doc, *chain) && self.counts_upto(*chain).saturating_add(HELD_BACK) <= *room
        });
        self.declined = declined;
        self.declined.len() < before
    }

    /// Number and hash of the last edit of a chain.
    pub(crate) fn last(&self, chain: ChainId) -> Option<(Seq, EditHash)> {
        self.lines.get(&chain)?.last().map(|end| (end.seq, end.hash))
    }

    /// An edit goes to the door.
    pub(crate) fn weigh(&mut self, hash: EditHash, weighing: Weighing) {
        self.weighing.insert(hash, weighing);
    }

    pub(crate) fn weighing(&mut self, hash: &EditHash) -> Option<&mut Weighing> {
        self.weighing.get_mut(hash)
    }

    pub(crate) fn is_weighing(&self, hash: &EditHash) -> bool {
        self.weighing.contains_key(hash)
    }

    /// Whether this edit of this chain, with this number, is at the door.
    pub(crate) fn weighs(&self, chain: ChainId, seq: Seq, hash: &EditHash) -> bool {
        self.weighing.get(hash).is_some_and(|weighing| weighing.chain == chain && weighing.seq == seq)
    }

    /// An edit is back from the door.
    pub(crate) fn weighed(&mut self, hash: &EditHash) -> Option<Weighing> {
        self.weighing.remove(hash)
    }

    pub(crate) fn at_the_door(&self) -> usize {
        self.weighing.len()
    }

    /// Whether the door refused this edit or something it builds on.
    pub(crate) fn is_refused(&self, edit: &Edit) -> bool {
        self.refused.contains(&edit.hash()) || edit.after().iter().any(|hash| self.refused.contains(hash))
    }

    pub(crate) fn refuse(&mut self, hash: EditHash) {
        if self.refused.len() >= REFUSED {
            self.refused.pop_first();
        }
        self.refused.insert(hash);
    }

    /// Looks afresh at what counts. `mine` were written and shown on this device.
    pub(crate) fn recount(&mut self, ledger: &Ledger, doc: DocId, mine: &BTreeSet<EditHash>) -> Recount {
        let circle::Recount { more, less } = self.look_afresh(ledger, doc);
        let counted = self.links.last_counted();
        let less = !less.is_empty() || mine.iter().any(|hash| !counted.counts(hash));
        let new = more.iter().filter(|hash| !mine.contains(hash)).filter_map(|hash| self.get(hash)).cloned();
        let new: Vec<Admitted> = new.collect();
        match (less && !Planted::RebuildForgotten.is_on(), new.is_empty()) {
            (true, _) => Recount::Less,
            (false, false) => Recount::More(new),
            (false, true) => Recount::Same,
        }
    }

    /// The same where nobody was told anything yet: nothing is new to them.
    pub(crate) fn look_afresh(&mut self, ledger: &Ledger, doc: DocId) -> circle::Recount {
        let recount = self.links.recount(ledger, doc);
        self.counted = self.order.len();
        self.mark_beyond();
        recount
    }

    /// Finds what is held back beyond what is passed on of one person. Nearly always nobody comes near the bound.
    fn mark_beyond(&mut self) {
        self.beyond.clear();
        let counted = self.links.last_counted();
        if counted.held().len() <= circle::limits::HELD_BACK
            || counted.by_person().values().all(|many| *many <= circle::limits::HELD_BACK)
        {
            return;
        }
        let is_signed = |hash: &EditHash| {
            let Some(edit) = self.get(hash).map(Admitted::edit) else { return false };
            let end = End { seq: edit.seq(), hash: *hash };
            self.lines.get(&edit.chain()).is_some_and(|line| line.signature(end).is_some())
        };
        let worth = self.links.worth_keeping(is_signed);
        self.beyond = counted.held().map(|(hash, _)| *hash).filter(|hash| !worth.contains(hash)).collect();
    }

    /// The ends of a line as others are told of it: where what is beyond the bound is left out, the last signature before.
    fn told_ends(&self, line: &Line) -> Vec<End> {
        if self.beyond.is_empty() {
            return line.ends().to_vec();
        }
        let told = |end: &End| !self.beyond.contains(&end.hash);
        let before =
            |end: End| line.signed().map(|(at, _)| at).filter(|at| told(at) && line.lies_under(*at, end)).max();
        let mut ends: Vec<End> = line.ends().iter().filter_map(|end| before(*end)).collect();
        ends.sort();
        ends.dedup();
        ends
    }

    /// What somebody lacks of a line, in pieces that end on a signature.
    fn pieces(&self, line: &Line, theirs: &[End]) -> Vec<Vec<End>> {
        let told = |piece: &&[End]| piece.last().is_none_or(|end| !self.beyond.contains(&end.hash));
        let paths = line.lacking(theirs).into_iter();
        let pieces = paths.flat_map(|path| {
            let pieces = path.split_inclusive(|end| line.signature(*end).is_some());
            pieces.take_while(told).map(<[End]>::to_vec).collect::<Vec<_>>()
        });
        pieces.collect()
    }

    /// The edits that counted when it was last looked at, in causal order.
    pub(crate) fn counting(&self) -> impl Iterator<Item = &Admitted> {
        let counted = self.links.last_counted();
        self.order[..self.counted].iter().filter(|edit| counted.counts(&edit.edit().hash()))
    }

    /// The same, and whatever was written on some chains, as far as it rests on these: of two sides of a fork only the first.
    pub(crate) fn counting_or(&self, also: impl Fn(ChainId) -> bool) -> Vec<Admitted> {
        let (mut shown, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        let mut copy = Vec::new();
        let counted = self.links.last_counted();
        for edit in self.order.iter() {
            let (hash, chain) = (edit.edit().hash(), edit.edit().chain());
            let counts = counted.counts(&hash) || also(chain);
            let rests = edit.edit().after().iter().all(|after| shown.contains(after));
            if counts && rests && numbers.insert((chain, edit.edit().seq())) {
                shown.insert(hash);
                copy.push(edit.clone());
            }
        }
        copy
    }

    /// Whether an edit that is here counts.
    pub(crate) fn counts(&self, hash: &EditHash) -> bool {
        self.has(hash) && self.links.last_counted().counts(hash)
    }

    /// How much is held back.
    pub(crate) fn holds_back_in_all(&self) -> usize {
        self.links.last_counted().held().len()
    }

    /// Whether something of a chain is held back.
    pub(crate) fn holds_back(&self, chain: ChainId) -> bool {
        let mut held = self.links.last_counted().held();
        held.any(|(hash, _)| self.get(hash).is_some_and(|edit| edit.edit().chain() == chain))
    }

    /// What was found when it was last looked at.
    pub(crate) fn last_counted(&self) -> &Counted {
        self.links.last_counted()
    }
}
