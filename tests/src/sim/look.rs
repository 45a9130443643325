//! What stories ask of a world.

use std::collections::BTreeSet;

use seal::DocId;
use sync::Input;

use super::world::{Name, World};

impl World {
    /// Whether all these show the same of a document.
    pub fn show_the_same(&self, doc: DocId, who: &[Name]) -> bool {
        let shown = |who: Name| self.peers[who].pens.get(&doc).map(|pen| pen.shown.clone()).unwrap_or_default();
        who.windows(2).all(|pair| shown(pair[0]) == shown(pair[1]))
    }

    /// How many edits of a document a peer shows, holds back, and has in all.
    pub fn count(&self, who: Name, doc: DocId) -> (usize, usize, usize) {
        let Some(sync) = &self.peers[who].sync else { return (0, 0, 0) };
        let (held, all) = (sync.held_back(self.plan, doc).len(), sync.edits(self.plan, doc).len());
        (self.peers[who].pens.get(&doc).map_or(0, |pen| pen.shown.len()), held, all)
    }

    /// The devices that a peer is connected to and knows.
    pub fn online(&self, who: Name) -> usize {
        self.peers[who].sync.as_ref().map_or(0, |sync| sync.online(self.plan).len())
    }

    /// How many chains of a document a peer holds.
    pub fn chains(&self, who: Name, doc: DocId) -> usize {
        let Some(sync) = &self.peers[who].sync else { return 0 };
        sync.edits(self.plan, doc).iter().map(|edit| edit.edit().chain()).collect::<BTreeSet<_>>().len()
    }

    /// Whether a peer knows everybody to have flushed what it has of a document.
    pub fn is_saved_with(&self, who: Name, doc: DocId, with: &[Name]) -> bool {
        let Some(sync) = &self.peers[who].sync else { return false };
        let devices = sync.saved_with(self.plan, doc);
        with.iter().all(|with| devices.contains(&self.peers[*with].device()))
    }

    /// Where others are, as a peer last heard.
    pub fn presences(&self, who: Name) -> usize {
        self.peers[who].sync.as_ref().map_or(0, |sync| sync.presences(self.plan).len())
    }

    /// A peer's person looks at a document.
    pub fn look_at(&mut self, who: Name, doc: DocId) {
        let place = sync::Place { doc, field: "about-me.communication".into(), caret: vec![1, 2, 3] };
        let plan = self.plan;
        self.handle(who, Input::Here(plan, Some(place)));
    }

    /// The only document of a simple world.
    pub fn document(&self) -> DocId {
        self.docs[0]
    }
}
