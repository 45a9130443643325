//! Everything signed about one plan: its circle's graph and each document's, and what follows from them.

use std::collections::BTreeSet;

use seal::{Author, ChainId, ChapterId, DeviceId, DocId, PersonId, PlanId, StatementId, Time};

use crate::{
    body::{Access, Grants, Graph, Introduction, Invite, Standing},
    statement::Statement,
};

/// The signed statements of one plan and what they mean, the same on every device that holds the same ones.
#[derive(Debug, Clone)]
pub struct Ledger {}

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It is placed, and with it what waited for it: all of them in causal order, to be kept and passed on.
    New(Vec<Statement>),
    /// It was here already.
    Known,
    /// A Join nobody has confirmed: it waits among the knocks and is passed on by nobody's sync.
    Knock,
    /// It waits inside until these are here. It is not kept, not passed on, and nothing is built on it.
    Early {
        /// What it names and nobody has brought yet.
        missing: Vec<StatementId>,
    },
    /// It says what its issuer may not, and never will be able to: its whole past is here.
    Refused(Denied),
}

/// Why a statement is not placed although its signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// It belongs to another plan.
    #[error("of another plan")]
    OtherPlan,
    /// A second beginning of the same plan.
    #[error("a second beginning")]
    SecondFound,
    /// What it rests on is not in its past, or gave nothing to its issuer.
    #[error("rests on nothing")]
    NoGrant,
    /// Its issuer's standing does not allow it.
    #[error("more than its issuer may")]
    Standing,
    /// The invitation is not in its past, is for something else, or was used already in its past.
    #[error("no such invitation")]
    NoInvite,
    /// The newcomer's key did not agree to it.
    #[error("without the newcomer's agreement")]
    NoConsent,
    /// The device has its place already.
    #[error("a device that is here already")]
    HereAlready,
    /// This device keeps no more of this graph.
    #[error("more than fits")]
    Full,
}

/// A person of the circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id: the Found or Join that brought them.
    pub id: PersonId,
    /// Who they said they are.
    pub called: Introduction,
    /// What they are to the circle now.
    pub standing: Standing,
    /// Their devices, in the order they came.
    pub devices: Vec<DeviceId>,
    /// Who let them in; nobody let in the founder.
    pub let_in_by: Option<PersonId>,
    /// When they came, by the clock of who let them in.
    pub since: Time,
}

/// A document of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocId,
    /// The part it holds, as a code.
    pub kind: String,
    /// Whose it is; `None`: the plan's owners'.
    pub owner: Option<PersonId>,
    /// If it is a voice: whose, and about which document.
    pub voice_of: Option<(PersonId, DocId)>,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When, by their clock.
    pub since: Time,
}

/// An invitation that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The Invite.
    pub id: StatementId,
    /// What it says.
    pub invite: Invite,
    /// Who invited.
    pub by: PersonId,
    /// Who came with it, if somebody was let in.
    pub used_by: Option<PersonId>,
}

/// Somebody who asks to come in, with an invitation that stands and is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// The Join, whose bytes the safety words are made of.
    pub join: Statement,
    /// The Invite it came with.
    pub invite: StatementId,
}

impl Ledger {
    /// A plan as its Found begins it; `None` if it is no Found.
    pub fn new(found: Statement) -> Option<Ledger> {
        todo!()
    }

    /// Takes in one statement; what waited for it is taken in with it.
    pub fn place(&mut self, statement: Statement) -> Placed {
        todo!()
    }

    /// The plan.
    pub fn plan(&self) -> PlanId {
        todo!()
    }

    /// The Found it began with.
    pub fn found(&self) -> &Statement {
        todo!()
    }

    /// The heads of one graph, sorted. `Graph::Opening` has none.
    pub fn heads(&self, graph: Graph) -> Vec<StatementId> {
        todo!()
    }

    /// What of this graph does not lie under these heads, in causal order. Heads that are not here are passed over.
    pub fn since(&self, graph: Graph, heads: &[StatementId]) -> Vec<&Statement> {
        todo!()
    }

    /// Whether a statement is placed here.
    pub fn has(&self, id: StatementId) -> bool {
        todo!()
    }

    /// A placed statement, or a Join among the knocks.
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        todo!()
    }

    /// Whether a placed statement is in effect.
    pub fn in_effect(&self, id: StatementId) -> bool {
        todo!()
    }

    /// What waiting statements still lack, of all graphs: worth asking a peer for.
    pub fn missing(&self) -> BTreeSet<StatementId> {
        todo!()
    }

    /// Whether a graph holds something this version does not understand: shown as last understood, written by nobody here.
    pub fn is_read_only(&self, graph: Graph) -> bool {
        todo!()
    }

    /// The documents that are held here.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        [].iter()
    }

    /// One document.
    pub fn document(&self, doc: DocId) -> Option<&Document> {
        todo!()
    }

    /// The people of the circle, by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        [].iter()
    }

    /// One person.
    pub fn person(&self, person: PersonId) -> Option<&Person> {
        todo!()
    }

    /// Every device of the circle with its person.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, PersonId)> {
        [].into_iter()
    }

    /// Whose a device is.
    pub fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        todo!()
    }

    /// What a person is to the circle.
    pub fn standing(&self, person: PersonId) -> Option<Standing> {
        todo!()
    }

    /// What a person may do with a document now.
    pub fn access(&self, doc: DocId, person: PersonId) -> Access {
        todo!()
    }

    /// Whether this device may be sent a document at all.
    pub fn may_read(&self, doc: DocId, device: DeviceId) -> bool {
        todo!()
    }

    /// Whether this device's edits to a document count now if it begins a fitting chapter.
    pub fn may_edit(&self, doc: DocId, device: DeviceId) -> bool {
        todo!()
    }

    /// Who writes a chain, and whose device that is; `None` while what opened its chapter is not held.
    pub fn author(&self, doc: DocId, chain: ChainId) -> Option<(Author, PersonId)> {
        todo!()
    }

    /// The chapter a device writes this document in: its newest that is in effect and not hit by a lowering; `None`: it must
    /// sign a Renew first.
    pub fn chapter(&self, doc: DocId, device: DeviceId) -> Option<ChapterId> {
        todo!()
    }

    /// Whether edits of this chain count in their author's own right.
    pub fn own_right(&self, doc: DocId, chain: ChainId) -> bool {
        todo!()
    }

    /// What a device's next statement rests on.
    pub fn grants(&self, device: DeviceId) -> Option<Grants> {
        todo!()
    }

    /// The invitations that stand, used or not.
    pub fn invites(&self) -> Vec<Invited> {
        todo!()
    }

    /// Who asks to come in.
    pub fn knocks(&self) -> Vec<Knock> {
        todo!()
    }
}
