//! The links between one document's edits: chains, numbers, forks and what each builds on.

use std::collections::{BTreeMap, BTreeSet};

use seal::{ByHash, ChainId, DocId, Edit, EditHash, Seq};

use crate::{
    counted::{Counted, Look, Recount},
    ledger::Ledger,
};

/// How one document's edits hang together. Holds no words.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    links: Links,
    look: Look,
}

/// The edits as places in a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    all: Vec<Link>,
    places: ByHash<usize>,
    chains: Vec<Chain>,
    chain_places: BTreeMap<ChainId, usize>,
    /// The edits that follow one edit of a chain (or begin it): more than one is a fork.
    next: BTreeMap<(usize, Option<usize>), Vec<usize>>,
    forked: BTreeSet<usize>,
}

/// One edit among the others. Everything it builds on stands before it.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) hash: EditHash,
    pub(crate) chain: usize,
    /// The edit of its own chain that it continues.
    pub(crate) before: Option<usize>,
    pub(crate) after: Vec<usize>,
    /// It does not name exactly the edit before it. The door lets none such in.
    pub(crate) broken: bool,
    /// The longest path to an edit that builds on nothing.
    pub(crate) depth: u32,
    /// Its chain up to here, itself included.
    pub(crate) chain_so_far: Amount,
    /// An edit further back in its chain, so that any of them is found in few steps.
    jump: usize,
    seq: Seq,
}

/// How much somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Amount {
    pub(crate) edits: u64,
    pub(crate) bytes: u64,
}

#[derive(Debug, Clone)]
struct Chain {
    id: ChainId,
    /// At least as much as on any branch of it.
    most: Amount,
}

/// What became of an edit's links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// They are taken in.
    New,
    /// They were here.
    Known,
    /// Something it builds on is not here; nothing was taken in.
    Early,
}

impl Edits {
    /// Makes room for so many at once.
    pub fn reserve(&mut self, edits: usize) {
        self.links.all.reserve(edits);
        self.links.places.reserve(edits);
    }

    /// Takes in the links of an admitted edit, after everything it builds on.
    pub fn add(&mut self, edit: &Edit) -> Linked {
        self.links.add(edit.chain(), edit.seq(), edit.hash(), edit.after(), edit.bytes().len())
    }

    /// Which of these edits count. See [`Counted`] for the rules.
    ///
    /// What was found is remembered: another edit at the tip costs little more than itself, however many there are.
    pub fn counted(&mut self, ledger: &Ledger, doc: DocId) -> &Counted {
        self.look.at(&self.links, ledger, doc);
        self.look.counted()
    }

    /// What counts now and did not when this was last asked, and the other way round, each in causal order.
    pub fn recount(&mut self, ledger: &Ledger, doc: DocId) -> Recount {
        self.look.at(&self.links, ledger, doc);
        self.look.recount(&self.links)
    }

    /// What was found when it was last looked at.
    pub fn last_counted(&self) -> &Counted {
        self.look.counted()
    }

    /// The edits that count and that nothing that counts builds on, as last looked at: what a Keep names.
    pub fn heads(&self) -> Vec<EditHash> {
        self.look.heads(&self.links)
    }

    /// Of what is held back, as last looked at, what is kept and passed on: of each person the first
    /// [`crate::limits::HELD_BACK`] whose past is kept too, each chain up to an edit with a signature; of a fork's losing
    /// sides those somebody else built on, and of the others the one with the lowest hash.
    ///
    /// The same on every device that holds the same edits and signatures; and a device that let go of the rest and takes it
    /// in again comes to the same.
    pub fn worth_keeping(&self, is_signed: impl Fn(&EditHash) -> bool) -> BTreeSet<EditHash> {
        self.look.worth_keeping(&self.links, is_signed)
    }

    /// Whether an edit is here.
    pub fn has(&self, hash: &EditHash) -> bool {
        self.links.place(hash).is_some()
    }

    /// How many are here.
    pub fn len(&self) -> usize {
        self.links.all.len()
    }

    /// Whether none is here.
    pub fn is_empty(&self) -> bool {
        self.links.all.is_empty()
    }

    /// The chains of which two edits with one number are here: a copy that was opened again, or a liar.
    pub fn forked(&self) -> impl Iterator<Item = ChainId> {
        self.links.forked.iter().map(|chain| self.links.chains[*chain].id)
    }
}

impl Links {
    pub(crate) fn all(&self) -> &[Link] {
        &self.all
    }

    pub(crate) fn at(&self, place: usize) -> &Link {
        &self.all[place]
    }

    pub(crate) fn place(&self, hash: &EditHash) -> Option<usize> {
        // Nearly always it is the last that is asked for: what comes next builds on it.
        if self.all.last().is_some_and(|last| last.hash == *hash) {
            return Some(self.all.len() - 1);
        }
        self.places.get(hash).copied()
    }

    /// The chains, in the order of their first edits here.
    pub(crate) fn chains(&self) -> impl ExactSizeIterator<Item = ChainId> {
        self.chains.iter().map(|chain| chain.id)
    }

    /// At least as much as any branch of a chain holds.
    pub(crate) fn most(&self, chain: usize) -> Amount {
        self.chains[chain].most
    }

    pub(crate) fn forked_chains(&self) -> &BTreeSet<usize> {
        &self.forked
    }

    /// The sets of edits that continue the same edit of a forked chain apart from each other.
    pub(crate) fn twins(&self) -> impl Iterator<Item = &[usize]> {
        let forked = self.next.iter().filter(|((chain, _), _)| self.forked.contains(chain));
        forked.map(|(_, next)| next.as_slice()).filter(|next| next.len() > 1)
    }

    /// Those that continue the same edit as this one, itself among them.
    pub(crate) fn twins_of(&self, place: usize) -> &[usize] {
        let link = self.at(place);
        self.next.get(&(link.chain, link.before)).map_or(&[], Vec::as_slice)
    }

    /// Whether the second of two edits of one chain continues the first, or is it.
    pub(crate) fn continues(&self, earlier: usize, later: usize) -> bool {
        let level = self.at(earlier).chain_so_far.edits;
        let mut at = later;
        while self.at(at).chain_so_far.edits > level {
            let Link { jump, before, .. } = self.at(at);
            let before = before.expect("only the first of a chain has nobody before it");
            at = if self.at(*jump).chain_so_far.edits >= level { *jump } else { before };
        }
        at == earlier
    }

    pub(crate) fn add(&mut self, chain: ChainId, seq: Seq, hash: EditHash, after: &[EditHash], bytes: usize) -> Linked {
        if self.places.has(&hash) {
            return Linked::Known;
        }
        let Some(after) = after.iter().map(|hash| self.place(hash)).collect::<Option<Vec<usize>>>() else {
            return Linked::Early;
        };
        let chain = *self.chain_places.entry(chain).or_insert_with(|| {
            self.chains.push(Chain { id: chain, most: Amount::default() });
            self.chains.len() - 1
        });
        let own = || after.iter().copied().filter(|place| self.at(*place).chain == chain);
        let before = own().find(|place| Some(self.at(*place).seq) == seq.before());
        let broken = own().count() != usize::from(seq != Seq::FIRST) || before.is_some() != (seq != Seq::FIRST);
        let place = self.all.len();
        let next = self.next.entry((chain, before)).or_default();
        next.push(place);
        if next.len() > 1 {
            self.forked.insert(chain);
        }
        let so_far = before.map_or(Amount::default(), |before| self.at(before).chain_so_far);
        let chain_so_far = so_far.and(Amount { edits: 1, bytes: bytes as u64 });
        let most = &mut self.chains[chain].most;
        *most = most.or(chain_so_far);
        let depth = after.iter().map(|after| self.at(*after).depth + 1).max().unwrap_or(0);
        let jump = before.map_or(place, |before| self.jump(before));
        self.places.insert(hash, place);
        self.all.push(Link { hash, chain, before, after, broken, depth, chain_so_far, jump, seq });
        Linked::New
    }

    /// How far back the edit after this one jumps: twice as far as this one, if this one's two last jumps were alike.
    fn jump(&self, before: usize) -> usize {
        let level = |place: usize| self.at(place).chain_so_far.edits;
        let one = self.at(before).jump;
        let two = self.at(one).jump;
        if level(before) - level(one) == level(one) - level(two) { two } else { before }
    }
}

impl Amount {
    /// Both together.
    pub(crate) fn and(self, other: Amount) -> Amount {
        Amount { edits: self.edits + other.edits, bytes: self.bytes + other.bytes }
    }

    /// At least as much as either.
    pub(crate) fn or(self, other: Amount) -> Amount {
        Amount { edits: self.edits.max(other.edits), bytes: self.bytes.max(other.bytes) }
    }

    pub(crate) fn is_within(self, most: Amount) -> bool {
        self.edits <= most.edits && self.bytes <= most.bytes
    }
}
