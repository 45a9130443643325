//! Who comes into a world, and what the circle lets them read and write.

use std::sync::Arc;

use circle::{Access, Graph, Ledger, Standing, Statement, Who};
use rand::RngExt as _;
use seal::{DeviceKey, DocId};
use sync::Input;

use super::{
    belonging,
    peer::{Honesty, Peer},
    world::{Name, World},
};

impl World {
    /// One more device of one more person, let in by `by`, with everything that `by` knows about the circle.
    pub fn welcome(&mut self, by: Name, name: &str, honesty: Honesty, standing: Standing) -> Option<Name> {
        let key = belonging::key(u64::from(self.dice.random::<u32>()));
        let giver = self.peers[by].key.clone();
        let mut ledger = self.peers[by].sync.as_ref()?.ledger(self.plan)?.clone();
        let said = belonging::let_in(&mut ledger, &giver, &key, name, standing, self.now)?;
        Some(self.join(by, name, honesty, key, &ledger, said))
    }

    /// One more device of `of`'s person.
    pub fn link_device(&mut self, of: Name, name: &str) -> Option<Name> {
        let key = belonging::key(u64::from(self.dice.random::<u32>()));
        let owner = self.peers[of].key.clone();
        let mut ledger = self.peers[of].sync.as_ref()?.ledger(self.plan)?.clone();
        let said = belonging::link(&mut ledger, &owner, &key, self.now)?;
        let honesty = self.peers[of].honesty;
        Some(self.join(of, name, honesty, key, &ledger, said))
    }

    fn join(
        &mut self,
        by: Name,
        name: &str,
        honesty: Honesty,
        key: Arc<DeviceKey>,
        ledger: &Ledger,
        said: Vec<Statement>,
    ) -> Name {
        self.issue(by, said);
        let circle: Vec<Statement> = ledger.since(Graph::Circle, &[]).into_iter().cloned().collect();
        let who = self.peers.len();
        self.peers.push(Peer::new(name, key, honesty, self.kind));
        self.start(who);
        self.handle(who, Input::Issued(circle));
        who
    }

    /// Somebody who is not of the circle and has a copy of all that `from` knows.
    pub fn outsider(&mut self, from: Name) -> Name {
        let key = belonging::key(u64::from(self.dice.random::<u32>()));
        let ledger = self.peers[from].sync.as_ref().and_then(|sync| sync.ledger(self.plan)).expect("holds the plan");
        let mut leaked: Vec<Statement> = ledger.since(Graph::Circle, &[]).into_iter().cloned().collect();
        for doc in &self.docs {
            leaked.extend(ledger.since(Graph::Document(*doc), &[]).into_iter().cloned());
        }
        let who = self.peers.len();
        self.peers.push(Peer::new("outsider", key, Honesty::Outsider, self.kind));
        self.start(who);
        self.handle(who, Input::Issued(leaked));
        who
    }

    /// The same device a second time, so that it can tell each half of the circle another story.
    pub fn double(&mut self, of: Name) -> Name {
        let who = self.peers.len();
        let (key, disk) = (self.peers[of].key.clone(), self.peers[of].disk.clone());
        let mut peer = Peer::new("double", key, Honesty::Liar, self.kind);
        peer.disk = disk;
        self.peers.push(peer);
        self.start(who);
        who
    }

    /// A new document that these may edit.
    pub fn open(&mut self, by: Name, readers: &[(Who, Access)]) -> Option<DocId> {
        let key = self.peers[by].key.clone();
        let nonce = self.dice.random();
        let mut ledger = self.peers[by].sync.as_ref()?.ledger(self.plan)?.clone();
        let (doc, said) = belonging::open(&mut ledger, &key, readers, self.now, nonce)?;
        self.issue(by, said);
        self.docs.push(doc);
        Some(doc)
    }

    /// `by` says what somebody may do with a document from now on.
    pub fn share(&mut self, by: Name, doc: DocId, who: Who, access: Access) -> Option<()> {
        let key = self.peers[by].key.clone();
        let mut ledger = self.peers[by].sync.as_ref()?.ledger(self.plan)?.clone();
        let said = belonging::share(&mut ledger, &key, doc, who, access, self.now)?;
        if let (Who::Person(person), true) = (who, access < Access::Edit) {
            self.lowered.insert((doc, person));
        }
        self.issue(by, said);
        Some(())
    }
}
