//! One plan as it is held here: everything signed about it, its documents' shelves, and who is known to have what.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Graph, Ledger, Statement};
use seal::{DeviceId, DocId, StatementId, Time};

use crate::{
    farewell,
    frontier::Frontier,
    limits::KNOWN_IDS,
    meeting::Theirs,
    message::{Digest, State},
    shelf::Shelf,
    until::Hours,
};

#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) ledger: Ledger,
    pub(crate) shelves: BTreeMap<DocId, Shelf>,
    /// What ends at an hour, as the statements say.
    pub(crate) hours: Hours,
    /// Statements that are not flushed yet: in effect here, told to nobody.
    unsaved: BTreeSet<StatementId>,
    /// Each graph's heads when it was last flushed whole.
    heads: BTreeMap<Graph, Vec<StatementId>>,
    /// What each device last said it has flushed.
    pub(crate) marks: BTreeMap<DeviceId, BTreeMap<DocId, Frontier>>,
}

impl Held {
    pub(crate) fn new(ledger: Ledger) -> Held {
        Held {
            ledger,
            shelves: BTreeMap::new(),
            hours: Hours::default(),
            unsaved: BTreeSet::new(),
            heads: BTreeMap::new(),
            marks: BTreeMap::new(),
        }
    }

    pub(crate) fn shelf(&mut self, doc: DocId) -> &mut Shelf {
        self.shelves.entry(doc).or_default()
    }

    /// A statement was taken in and is to be flushed.
    pub(crate) fn unsaved(&mut self, statement: &Statement) {
        // The heads before it are what may be told until it is flushed.
        self.heads.entry(statement.graph()).or_default();
        self.unsaved.insert(statement.id());
    }

    pub(crate) fn is_flushed(&self) -> bool {
        self.unsaved.is_empty()
    }

    /// A statement is flushed.
    pub(crate) fn saved(&mut self, statement: &Statement) {
        self.unsaved.remove(&statement.id());
    }

    /// Remembers the heads of every graph, as far as everything is flushed.
    pub(crate) fn settle(&mut self) {
        if !self.unsaved.is_empty() {
            return;
        }
        let docs: Vec<DocId> = self.ledger.documents().map(|document| document.id).collect();
        self.heads.insert(Graph::Circle, self.ledger.heads(Graph::Circle));
        for doc in docs {
            self.heads.insert(Graph::Document(doc), self.ledger.heads(Graph::Document(doc)));
        }
    }

    /// The flushed heads of a graph; older ones while something is being flushed.
    pub(crate) fn heads(&self, graph: Graph) -> Vec<StatementId> {
        self.heads.get(&graph).cloned().unwrap_or_default()
    }

    /// The flushed statements of a graph that do not lie under these, in causal order.
    pub(crate) fn since(&self, graph: Graph, known: &BTreeSet<StatementId>) -> Vec<Statement> {
        let heads = self.heads(graph);
        if heads.iter().all(|head| known.contains(head)) {
            return Vec::new();
        }
        let known: Vec<StatementId> = known.iter().filter(|id| self.ledger.has(**id)).copied().collect();
        let since = self.ledger.since(graph, &known).into_iter();
        since.filter(|statement| !self.unsaved.contains(&statement.id())).cloned().collect()
    }

    /// Heads of the circle's graph and, ever further apart, older ones.
    pub(crate) fn sample(&self) -> Vec<StatementId> {
        let all = self.ledger.since(Graph::Circle, &[]);
        let flushed: Vec<StatementId> =
            all.iter().map(|statement| statement.id()).filter(|id| !self.unsaved.contains(id)).collect();
        sample(&flushed, self.heads(Graph::Circle).into_iter().take(64).collect())
    }

    /// Statements of the circle that a device without a place is told, as far as it lacks them.
    pub(crate) fn farewell(&self, device: DeviceId, known: &BTreeSet<StatementId>) -> Vec<Statement> {
        let told = farewell::of_circle(&self.ledger, device);
        self.since(Graph::Circle, known).into_iter().filter(|statement| told.contains(&statement.id())).collect()
    }

    /// What a device without a place is told that this one holds of the circle: nothing that it may not be told.
    pub(crate) fn farewell_sample(&self, device: DeviceId) -> Vec<StatementId> {
        let told = farewell::of_circle(&self.ledger, device);
        let all = self.ledger.since(Graph::Circle, &[]).into_iter().map(Statement::id);
        let flushed = all.filter(|id| told.contains(id) && !self.unsaved.contains(id));
        sample(&flushed.collect::<Vec<_>>(), BTreeSet::new())
    }

    /// Statements of a document that a device is told which may not read it any more, as far as it lacks them.
    pub(crate) fn farewell_of(&self, doc: DocId, device: DeviceId, known: &BTreeSet<StatementId>) -> Vec<Statement> {
        let Some(person) = self.ledger.person_of(device) else { return Vec::new() };
        let told = farewell::of_document(&self.ledger, doc, person);
        let since = self.since(Graph::Document(doc), known).into_iter();
        since.filter(|statement| told.contains(&statement.id())).collect()
    }

    /// Whether a device is of the circle, and its person's visit not over.
    pub(crate) fn belongs(&self, device: DeviceId, now: Time) -> bool {
        let person = self.ledger.person_of(device);
        person.is_some_and(|person| !self.hours.visit_is_over(person, now))
    }

    /// Whether a device may be sent a document now.
    pub(crate) fn may_read(&self, doc: DocId, device: DeviceId, now: Time) -> bool {
        let Some(person) = self.ledger.person_of(device) else { return false };
        let is_over = || {
            let owner = self.ledger.document(doc).is_some_and(|document| document.owner == Some(person));
            !owner && self.hours.share_is_over(doc, person, now)
        };
        self.ledger.may_read(doc, device) && !self.hours.visit_is_over(person, now) && !is_over()
    }

    /// The documents that a device may read, as far as they are known here, by id.
    pub(crate) fn readable(&self, device: DeviceId, now: Time) -> Vec<DocId> {
        let docs: BTreeSet<DocId> = self.ledger.documents().map(|document| document.id).collect();
        docs.into_iter().filter(|doc| self.may_read(*doc, device, now)).collect()
    }

    /// The documents that this device and another may both read.
    pub(crate) fn shared(&self, me: DeviceId, them: DeviceId, now: Time) -> Vec<DocId> {
        self.readable(them, now).into_iter().filter(|doc| self.ledger.may_read(*doc, me)).collect()
    }

    /// What somebody holds of a document of which they say nothing at this meeting. Whoever may not read it any more hears
    /// nothing of it and offers what it wrote all the same, but for what they said before that they hold.
    pub(crate) fn untold(&self, me: DeviceId, them: DeviceId, doc: DocId) -> Theirs {
        let said = self.marks.get(&them).and_then(|docs| docs.get(&doc));
        let said = said.filter(|_| !self.ledger.may_read(doc, me));
        said.map_or_else(Theirs::nothing, |said| Theirs::at(&[], said))
    }

    /// How far this device has come in a document, as others are told.
    pub(crate) fn state(&self, doc: DocId) -> State {
        let mut heads = self.heads(Graph::Document(doc));
        heads.truncate(KNOWN_IDS);
        heads.sort_unstable();
        State { doc, heads, frontier: self.frontier(doc) }
    }

    pub(crate) fn frontier(&self, doc: DocId) -> Frontier {
        self.shelves.get(&doc).map(Shelf::frontier).unwrap_or_default()
    }

    /// A device says how far it has come in some chains of a document. Says whether it is one that may read it, as far as is
    /// known here: nobody else is believed.
    pub(crate) fn mark(&mut self, device: DeviceId, doc: DocId, frontier: &Frontier) -> bool {
        let may_read = self.ledger.may_read(doc, device);
        if may_read {
            self.marks.entry(device).or_default().entry(doc).or_default().replace(frontier);
        }
        may_read
    }

    /// A device says how far it has come in a document: that and no further, should it have opened an old copy.
    pub(crate) fn mark_anew(&mut self, device: DeviceId, doc: DocId, frontier: &Frontier) -> bool {
        if let Some(docs) = self.marks.get_mut(&device) {
            docs.remove(&doc);
        }
        self.mark(device, doc, frontier)
    }

    /// Whether a device said that it has flushed everything that is flushed here.
    pub(crate) fn is_saved_with(&self, device: DeviceId, doc: DocId) -> bool {
        let mark = self.marks.get(&device).and_then(|docs| docs.get(&doc));
        match (self.shelves.get(&doc), mark) {
            (Some(shelf), Some(mark)) => shelf.is_covered_by(mark),
            (Some(_), None) => false,
            (None, mark) => mark.is_some(),
        }
    }
}

/// Some of these statements, ever further apart from the last, beside those that are named.
fn sample(flushed: &[StatementId], mut known: BTreeSet<StatementId>) -> Vec<StatementId> {
    known.extend(flushed.last());
    let mut back = 2;
    while back <= flushed.len() && known.len() < KNOWN_IDS {
        known.insert(flushed[flushed.len() - back]);
        back *= 2;
    }
    known.into_iter().collect()
}

/// What a document's state is compared by.
pub(crate) fn digest(state: &State) -> Digest {
    short(&seal::encode(state))
}

/// What all documents' states are compared by.
pub(crate) fn digest_all(states: &[State]) -> Digest {
    let each: Vec<(DocId, Digest)> = states.iter().map(|state| (state.doc, digest(state))).collect();
    short(&seal::encode(&each))
}

fn short(bytes: &[u8]) -> Digest {
    *blake3::hash(bytes).as_bytes().first_chunk().expect("32 bytes")
}
