//! The law: once links heal and nobody writes, all honest devices that may read a document have the same of it; nobody was
//! sent what they may not read; nothing acknowledged is missing; nothing is held that nobody made.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Access, Graph, Ledger, Statement};
use seal::{Admitted, ChainId, DeviceId, DocId, EditHash, Seq, StatementId};

use super::{
    peer::{Honesty, Peer},
    wire,
    world::{Name, World},
};

impl World {
    /// What the law forbids and happened, if anything did.
    pub fn verdict(&mut self) -> Result<(), String> {
        for who in 0..self.peers.len() {
            self.check_marks(who);
        }
        self.check_circle();
        for doc in self.docs.clone() {
            self.check_document(doc);
        }
        self.check_outsiders();
        self.check_files();
        for doc in self.docs.clone() {
            self.check_nobody_is_silenced(doc);
        }
        if self.broken.is_empty() { Ok(()) } else { Err(self.broken.join("; ")) }
    }

    /// Honest peers that are up.
    pub(super) fn honest(&self) -> Vec<Name> {
        (0..self.peers.len()).filter(|who| self.peers[*who].is_honest() && self.peers[*who].is_up()).collect()
    }

    /// Looks at every frame that leaves an honest peer: whoever gets it may read the documents it tells of. Only what they wrote
    /// there themselves is acknowledged to them in any case.
    pub(super) fn witness(&mut self, who: Name, to: Name, frame: &[u8]) {
        if !self.peers[who].is_honest() {
            return;
        }
        self.witness_flushed(who, frame);
        let device = self.peers[to].device();
        self.witness_farewell(who, device, frame);
        let Some(ledger) = self.peers[who].sync.as_ref().and_then(|sync| sync.ledger(self.plan)) else { return };
        let may_read = |doc: DocId| ledger.may_read(doc, device);
        let told = match wire::saved(frame) {
            Some((doc, ends)) => {
                let is_theirs = |chain: &ChainId| ledger.author(doc, *chain).is_some_and(|(by, _)| by.device == device);
                if ends.iter().all(|(chain, _)| is_theirs(chain)) { Vec::new() } else { vec![doc] }
            }
            None => wire::documents(frame),
        };
        let graphs = wire::statements(frame).into_iter().filter_map(|(bytes, signature)| {
            match Statement::read(&bytes, signature).ok()?.graph() {
                Graph::Document(doc) => Some(doc),
                Graph::Circle | Graph::Opening => None,
            }
        });
        if told.into_iter().chain(graphs).any(|doc| !may_read(doc)) {
            let names = (self.peers[who].name.clone(), self.peers[to].name.clone());
            self.fail(format!("{} tells {} of a document that they may not read", names.0, names.1));
        }
    }

    /// Who is known to have no place any more is told what ended it, with what came before, and nothing else of the circle.
    fn witness_farewell(&mut self, who: Name, device: DeviceId, frame: &[u8]) {
        let Some(ledger) = self.peers[who].sync.as_ref().and_then(|sync| sync.ledger(self.plan)) else { return };
        if ledger.person_of(device).is_some() {
            return;
        }
        let mut told = wire::statements(frame).into_iter().filter_map(|(bytes, signature)| {
            let said = Statement::read(&bytes, signature).ok()?;
            (said.graph() == Graph::Circle).then_some(said.id())
        });
        // Everything that does not lie beside all of the ends is one of them or under one.
        let ends: Vec<StatementId> = ledger.ends_of(device).into_iter().collect();
        let beside: BTreeSet<StatementId> = ledger.since(Graph::Circle, &ends).into_iter().map(Statement::id).collect();
        if told.any(|id| beside.contains(&id)) {
            self.fail(format!("{} tells somebody removed of what came after", self.peers[who].name));
        }
    }

    /// Nothing leaves a device before it is flushed there.
    fn witness_flushed(&mut self, who: Name, frame: &[u8]) {
        let (kind, body) = wire::open(frame);
        if kind != wire::EDITS {
            return;
        }
        let (_, doc, runs) = wire::edits(&body);
        let read = self.kind.read();
        let edits = runs.iter().flat_map(|(edits, _)| edits).filter_map(|edit| read(edit).ok());
        if edits.into_iter().any(|head| !self.disk(who).has(self.plan, doc, &head.hash)) {
            self.fail(format!("{} tells of an edit that it has not flushed", self.peers[who].name));
        }
    }

    /// What an honest device is said to have flushed, it has flushed.
    pub(super) fn check_marks(&mut self, who: Name) {
        let Some(sync) = self.peers[who].sync.as_ref().filter(|_| self.peers[who].is_honest()) else { return };
        let mut wrong = Vec::new();
        let honest = |device: DeviceId| {
            let with = self.peers.iter().enumerate().filter(|(_, peer)| peer.device() == device);
            match with.collect::<Vec<_>>()[..] {
                [(only, peer)] if peer.is_honest() && !peer.restored => Some(only),
                _ => None,
            }
        };
        for (device, docs) in sync.marks(self.plan) {
            let Some(other) = honest(device) else { continue };
            for (doc, frontier) in docs {
                let disk = self.disk(other);
                if frontier.chains().flat_map(|(_, ends)| ends).any(|end| !disk.has(self.plan, doc, &end.hash)) {
                    wrong.push(format!("{} has not flushed what is acknowledged", self.peers[other].name));
                }
            }
        }
        wrong.into_iter().for_each(|wrong| self.fail(wrong));
    }

    fn check_circle(&mut self) {
        let mut heads: BTreeMap<Vec<seal::StatementId>, Vec<String>> = BTreeMap::new();
        let mut wrong = Vec::new();
        let Some(all) = self.everything_said() else { return };
        for person in self.plot.spared.iter().filter(|person| all.person(**person).is_none()) {
            wrong.push(format!("{person:?} was ousted"));
        }
        for who in self.honest() {
            let peer = &self.peers[who];
            // Who was removed is told of that and of nothing after it.
            if all.person_of(peer.device()).is_none() {
                continue;
            }
            let Some(ledger) = peer.sync.as_ref().and_then(|sync| sync.ledger(self.plan)) else { continue };
            heads.entry(ledger.heads(Graph::Circle)).or_default().push(peer.name.clone());
            let graphs = ledger.documents().map(|document| Graph::Document(document.id));
            for graph in graphs.chain([Graph::Circle]) {
                let all = ledger.since(graph, &[]);
                if all.iter().any(|statement| !self.issued.contains(&statement.id())) {
                    wrong.push(format!("{} holds a statement that nobody signed", peer.name));
                }
            }
        }
        if heads.len() > 1 {
            wrong.push(format!("different circles: {:?}", heads.into_values().collect::<Vec<_>>()));
        }
        wrong.into_iter().for_each(|wrong| self.fail(wrong));
    }

    fn check_document(&mut self, doc: DocId) {
        let mut views: BTreeMap<View, Vec<String>> = BTreeMap::new();
        let mut wrong = Vec::new();
        let Some(all) = self.everything_said() else { return };
        for who in self.honest() {
            let peer = &self.peers[who];
            let Some(sync) = peer.sync.as_ref() else { continue };
            let Some(ledger) = sync.ledger(self.plan) else { continue };
            // Who was told of no end of their right may believe in it still: what all together hold decides.
            if !all.may_read(doc, peer.device()) {
                continue;
            }
            let edits = sync.edits(self.plan, doc);
            let counted: BTreeSet<EditHash> = sync.counted(self.plan, doc).iter().map(|e| e.edit().hash()).collect();
            let shown = peer.pens.get(&doc).map(|pen| pen.shown.clone()).unwrap_or_default();
            if shown != counted {
                wrong.push(format!(
                    "{} shows {} edits, but {} count: not the same",
                    peer.name,
                    shown.len(),
                    counted.len()
                ));
            }
            if !sync.is_saved(self.plan, doc) {
                wrong.push(format!("{} has not saved everything", peer.name));
            }
            for edit in &edits {
                let edit = edit.edit();
                let made = self.written.get(&edit.hash());
                let author = ledger.author(doc, edit.chain()).map(|(author, _)| author.device);
                if made.is_none_or(|(device, bytes)| Some(*device) != author || bytes != edit.bytes()) {
                    wrong.push(format!("{} holds an edit that its author did not make", peer.name));
                }
            }
            let view = View {
                edits: edits.iter().map(|edit| edit.edit().hash()).collect(),
                held: sync.held_back(self.plan, doc),
                heads: ledger.heads(Graph::Document(doc)),
                frontier: format!("{:?}", sync.frontier(self.plan, doc)),
                text: peer.pens.get(&doc).map(|pen| pen.text()).unwrap_or_default(),
            };
            views.entry(view).or_default().push(peer.name.clone());
        }
        if views.len() > 1 {
            let differ = views.iter().map(|(view, names)| format!("{names:?}: {}", view.say())).collect::<Vec<_>>();
            wrong.push(format!("different documents: {}", differ.join(" | ")));
        }
        wrong.into_iter().for_each(|wrong| self.fail(wrong));
    }

    /// What honest people write counts as long as nobody took their right away, whatever liars did, unless it rests on the
    /// losing side of a fork.
    fn check_nobody_is_silenced(&mut self, doc: DocId) {
        let Some(all) = self.everything_said() else { return };
        let honest: BTreeSet<DeviceId> = self.honest().into_iter().map(|who| self.peers[who].device()).collect();
        // A removal that was lost with the power before it was flushed promises nothing.
        let promised = self.plot.promised.iter().filter(|(removal, _)| all.has(**removal));
        let promised: BTreeSet<EditHash> = promised.flat_map(|(_, seen)| seen).copied().collect();
        let mut wrong = BTreeSet::new();
        for who in self.honest() {
            let Some(sync) = self.peers[who].sync.as_ref().filter(|sync| all.may_read(doc, sync.me())) else {
                continue;
            };
            let edits = sync.edits(self.plan, doc);
            let forks = forked(&edits);
            let mut doubtful: BTreeSet<EditHash> = BTreeSet::new();
            let held = sync.held_back(self.plan, doc);
            for edit in edits.iter().map(Admitted::edit) {
                if forks.contains(&edit.hash()) || edit.after().iter().any(|after| doubtful.contains(after)) {
                    doubtful.insert(edit.hash());
                    continue;
                }
                let by = all.author(doc, edit.chain()).filter(|(author, _)| honest.contains(&author.device));
                let right = by.is_some_and(|(_, person)| {
                    all.access(doc, person) == Access::Edit && !self.plot.lowered.contains(&(doc, person))
                });
                if right && held.contains(&edit.hash()) {
                    wrong.insert(format!("{} holds back honest words", self.peers[who].name));
                }
                if promised.contains(&edit.hash()) && held.contains(&edit.hash()) {
                    wrong.insert(format!("{} holds back what the founder had seen", self.peers[who].name));
                }
            }
        }
        wrong.into_iter().for_each(|wrong| self.fail(wrong));
    }

    /// What all honest peers' statements say together.
    fn everything_said(&self) -> Option<Ledger> {
        let ledgers = self.honest().into_iter().filter_map(|who| self.peers[who].sync.as_ref()?.ledger(self.plan));
        let ledgers: Vec<&Ledger> = ledgers.collect();
        let mut all = (*ledgers.first()?).clone();
        for ledger in ledgers {
            let docs = ledger.documents().map(|document| Graph::Document(document.id));
            for graph in [Graph::Circle].into_iter().chain(docs) {
                for statement in ledger.since(graph, &[]) {
                    all.place(statement.clone());
                }
            }
        }
        Some(all)
    }

    /// Who is not of the circle got nothing but what leaked at the beginning; who was removed, nothing that was written by
    /// somebody who knew.
    fn check_outsiders(&mut self) {
        if let Some(all) = self.everything_said() {
            let out = |peer: &&Peer| peer.honesty != Honesty::Honest && all.person_of(peer.device()).is_none();
            let leaked = self.peers.iter().filter(out).filter_map(|peer| peer.sync.as_ref()).any(|sync| {
                let edits = self.docs.iter().flat_map(|doc| sync.edits(self.plan, *doc));
                edits.into_iter().any(|edit| self.plot.private.contains(&edit.edit().hash()))
            });
            if leaked {
                self.fail("somebody holds what was written after they were removed".to_owned());
            }
        }
        let got = self.peers.iter().filter(|peer| peer.honesty == Honesty::Outsider).any(|peer| {
            let Some(sync) = peer.sync.as_ref() else { return false };
            self.docs.iter().any(|doc| !sync.edits(self.plan, *doc).is_empty())
        });
        if got {
            self.fail("an outsider holds edits".to_owned());
        }
    }
}

/// The edits of which there are two with one chain and number.
fn forked(edits: &[Admitted]) -> BTreeSet<EditHash> {
    let mut numbers: BTreeMap<(ChainId, Seq), Vec<EditHash>> = BTreeMap::new();
    for edit in edits.iter().map(Admitted::edit) {
        numbers.entry((edit.chain(), edit.seq())).or_default().push(edit.hash());
    }
    numbers.into_values().filter(|twins| twins.len() > 1).flatten().collect()
}

/// What one device has of one document.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct View {
    edits: BTreeSet<EditHash>,
    held: BTreeSet<EditHash>,
    heads: Vec<seal::StatementId>,
    frontier: String,
    text: String,
}

impl View {
    fn say(&self) -> String {
        let View { edits, held, heads, frontier, text } = self;
        let digest = blake3::hash(format!("{edits:?}{held:?}{heads:?}{frontier}{text}").as_bytes()).to_hex();
        format!("{} edits, {} held back, {} heads, {}", edits.len(), held.len(), heads.len(), &digest[..8])
    }
}
