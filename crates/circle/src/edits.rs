//! The links between one document's edits: chains, numbers, forks and what each builds on.

use std::collections::{BTreeMap, BTreeSet};

use seal::{ChainId, DocId, Edit, EditHash, PersonId, Seq};

use crate::{
    body::Access,
    counted::{self, Counted, Right, Rights},
    ledger::Ledger,
};

/// How one document's edits hang together. Holds no words.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    links: Vec<Link>,
    places: BTreeMap<EditHash, usize>,
    chains: Vec<ChainId>,
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
    seq: Seq,
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
    /// Takes in the links of an admitted edit, after everything it builds on.
    pub fn add(&mut self, edit: &Edit) -> Linked {
        self.link(edit.chain(), edit.seq(), edit.hash(), edit.after())
    }

    /// Which of these edits count. See [`Counted`] for the rules.
    pub fn counted(&self, ledger: &Ledger, doc: DocId) -> Counted {
        let mut people: BTreeMap<PersonId, usize> = BTreeMap::new();
        let mut may_edit = Vec::new();
        let chains = self.chains.iter().map(|chain| {
            let (_, person) = ledger.author(doc, *chain)?;
            let person = *people.entry(person).or_insert_with(|| {
                may_edit.push(ledger.access(doc, person) == Access::Edit);
                may_edit.len() - 1
            });
            Some(Right { person, own: ledger.own_right(doc, *chain) })
        });
        let chains = chains.collect();
        counted::decide(self, &Rights { chains, may_edit }, &[])
    }

    /// Whether an edit is here.
    pub fn has(&self, hash: &EditHash) -> bool {
        self.places.contains_key(hash)
    }

    /// How many are here.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether none is here.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The chains of which two edits with one number are here: a copy that was opened again, or a liar.
    pub fn forked(&self) -> impl Iterator<Item = ChainId> {
        self.forked.iter().map(|chain| self.chains[*chain])
    }

    pub(crate) fn links(&self) -> &[Link] {
        &self.links
    }

    pub(crate) fn forked_chains(&self) -> &BTreeSet<usize> {
        &self.forked
    }

    /// The sets of edits that continue the same edit of a forked chain apart from each other.
    pub(crate) fn twins(&self) -> impl Iterator<Item = &[usize]> {
        let forked = self.next.iter().filter(|((chain, _), _)| self.forked.contains(chain));
        forked.map(|(_, next)| next.as_slice()).filter(|next| next.len() > 1)
    }

    pub(crate) fn place(&self, hash: &EditHash) -> Option<usize> {
        self.places.get(hash).copied()
    }

    pub(crate) fn link(&mut self, chain: ChainId, seq: Seq, hash: EditHash, after: &[EditHash]) -> Linked {
        if self.has(&hash) {
            return Linked::Known;
        }
        let Some(after) = after.iter().map(|hash| self.place(hash)).collect::<Option<Vec<usize>>>() else {
            return Linked::Early;
        };
        let chain = *self.chain_places.entry(chain).or_insert_with(|| {
            self.chains.push(chain);
            self.chains.len() - 1
        });
        let own = || after.iter().copied().filter(|place| self.links[*place].chain == chain);
        let before = own().find(|place| Some(self.links[*place].seq) == seq.before());
        let broken = own().count() != usize::from(seq != Seq::FIRST) || before.is_some() != (seq != Seq::FIRST);
        let place = self.links.len();
        let next = self.next.entry((chain, before)).or_default();
        next.push(place);
        if next.len() > 1 {
            self.forked.insert(chain);
        }
        self.places.insert(hash, place);
        self.links.push(Link { hash, chain, before, after, broken, seq });
        Linked::New
    }
}
