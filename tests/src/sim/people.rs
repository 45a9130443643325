//! Who comes into a world, and what the circle lets them read and write.

use std::{cell::Cell, collections::BTreeSet, sync::Arc};

use circle::{Access, Graph, Ledger, Remove, Standing, Statement, Who, Whom};
use rand::RngExt as _;
use seal::{Admitted, DeviceKey, DocId, EditHash, PersonId, StatementId};
use sync::Input;

use super::{
    belonging,
    peer::{Honesty, Peer},
    world::{Name, World},
};

/// What somebody who removes another says they have seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// All they have.
    Seen,
    /// Only how it began.
    Stale,
    /// That they have seen nothing.
    Empty,
    /// Not a word.
    None,
}

thread_local! {
    static KEEPS_FORGOTTEN: Cell<bool> = const { Cell::new(false) };
}

/// Plants a bug: nobody says what they had seen when they remove somebody.
pub fn forget_keeps(planted: bool) {
    KEEPS_FORGOTTEN.set(planted);
}

/// The edits that none of these builds on.
fn tips(edits: &[Admitted]) -> Vec<EditHash> {
    let built_on: BTreeSet<EditHash> = edits.iter().flat_map(|edit| edit.edit().after()).copied().collect();
    let hashes = edits.iter().map(|edit| edit.edit().hash());
    hashes.filter(|hash| !built_on.contains(hash)).collect()
}

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

    /// `by` removes somebody, and says first what it has seen of each document, or less, or nothing. `upto`: the heads up to
    /// which what they said stands, to undo a spree.
    pub fn remove(&mut self, by: Name, person: PersonId, keeps: Keeps, upto: Option<Vec<StatementId>>) -> Option<()> {
        let key = self.peers[by].key.clone();
        let sync = self.peers[by].sync.as_ref()?;
        let mut ledger = sync.ledger(self.plan)?.clone();
        let (mut said, mut seen) = (Vec::new(), Vec::new());
        for doc in &self.docs {
            let counted = sync.counted(self.plan, *doc);
            if by == 0 && keeps == Keeps::Seen {
                seen.extend(counted.iter().map(|edit| edit.edit().hash()));
            }
            if KEEPS_FORGOTTEN.get() {
                continue;
            }
            let heads = match keeps {
                Keeps::Seen => tips(&counted),
                Keeps::Stale => counted.first().map(|edit| edit.edit().hash()).into_iter().collect(),
                Keeps::Empty => Vec::new(),
                Keeps::None => continue,
            };
            said.extend(belonging::keep(&mut ledger, &key, *doc, heads, self.now).unwrap_or_default());
        }
        let remove = Remove { whom: Whom::Person(person), upto };
        let removal = belonging::remove(&mut ledger, &key, remove, self.now)?;
        for id in removal.iter().map(Statement::id) {
            self.plot.promised.entry(id).or_default().extend(seen.iter().copied());
        }
        said.extend(removal);
        self.plot.lowered.extend(self.docs.iter().map(|doc| (*doc, person)));
        self.issue(by, said);
        Some(())
    }

    /// Somebody whom a liar lets in on a ledger of its own, whatever the others know by now.
    pub(super) fn smuggle(&mut self, by: Name, ledger: &mut Ledger) -> Option<Name> {
        let key = belonging::key(u64::from(self.dice.random::<u32>()));
        let giver = self.peers[by].key.clone();
        let said = belonging::let_in(ledger, &giver, &key, "smuggled", Standing::Member, self.now)?;
        Some(self.join(by, "smuggled", Honesty::Liar, key, ledger, said))
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
            self.plot.lowered.insert((doc, person));
        }
        self.issue(by, said);
        Some(())
    }
}
