//! Everything signed about one plan: its circle's graph and each document's, and what follows from them.

mod documents;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use seal::{DeviceId, DocId, PersonId, PlanId, StatementId, Time};

use crate::{
    body::{Act, Body, Found, Grants, Graph, Introduction, Invite, RULES, Standing, Whose},
    circle::Circle,
    dag::Dag,
    document::Sheet,
    room::Wanted,
    statement::Statement,
    waiting::{Early, Knocks, Outside},
};

/// The signed statements of one plan and what they mean, the same on every device that holds the same ones.
#[derive(Debug, Clone)]
pub struct Ledger {
    found: Statement,
    circle: Circle,
    sheets: BTreeMap<DocId, Sheet>,
    /// How many of them each person began; without a name those that rest on what a newer version said.
    begun: BTreeMap<Option<PersonId>, usize>,
    early: Early,
    outside: Outside,
    knocks: Knocks,
    /// The circle's past changed since the documents were evaluated.
    unsettled: bool,
    /// Documents to which something was added since.
    unread: BTreeSet<DocId>,
}

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
    /// It speaks of somebody who is not in its past.
    #[error("nobody it could be about")]
    Nobody,
    /// The plan was handed over before.
    #[error("handed over already")]
    HandedOver,
    /// Its issuer had said, linked or been given as much as one person may, by its own past.
    #[error("more than one person may")]
    Much,
    /// This device keeps no more of this graph, or of this person in it.
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
    /// For a visit: when it ends. Devices stop sending then; no rule reads it.
    pub until: Option<Time>,
}

/// Somebody who belonged once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Who they were, without devices.
    pub person: Person,
    /// Who ended it: themselves, if they left.
    pub by: PersonId,
    /// The Remove or Leave.
    pub end: StatementId,
    /// When, by the clock of who ended it.
    pub at: Time,
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
    /// Who opened it, as far as this version understands.
    pub opened_by: Option<PersonId>,
    /// When, by their clock.
    pub since: Time,
    /// The version of the rules its statements and edits are read by.
    pub rules: u16,
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
        let Act::Found(_) = found.act() else { return None };
        let mut circle = Circle::default();
        circle.add(found.clone(), None, false, Wanted::ByNobody).ok()?;
        let (sheets, begun, unread) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let (early, outside, knocks) = (Early::default(), Outside::default(), Knocks::default());
        Some(Ledger { found, circle, sheets, begun, early, outside, knocks, unsettled: false, unread })
    }

    /// Takes in one statement; what waited for it is taken in with it.
    pub fn place(&mut self, statement: Statement) -> Placed {
        let placed = self.take_in(statement, Wanted::ByNobody);
        self.settle();
        placed
    }

    /// Takes in many statements, given in causal order, and evaluates them once. The outcomes in the same order.
    pub fn place_all(&mut self, statements: impl IntoIterator<Item = Statement>) -> Vec<Placed> {
        let placed = statements.into_iter().map(|statement| self.take_in(statement, Wanted::ByNobody)).collect();
        self.settle();
        placed
    }

    /// Takes in again what was placed before, in the order in which it was: how much there is of whom was counted then.
    pub fn place_again(&mut self, statements: impl IntoIterator<Item = Statement>) -> Vec<Placed> {
        let placed = statements.into_iter().map(|statement| self.take_in(statement, Wanted::Kept)).collect();
        self.settle();
        placed
    }

    fn take_in(&mut self, statement: Statement, wanted: Wanted) -> Placed {
        let mut outcome = None;
        let mut placed = Vec::new();
        let mut next = vec![(statement, wanted)];
        while let Some((statement, wanted)) = next.pop() {
            let id = statement.id();
            let one = self.place_one(statement, wanted);
            match &one {
                Placed::New(some) => {
                    for statement in some {
                        let woken = self.early.wake(statement.id());
                        next.extend(woken.into_iter().map(|statement| (statement, Wanted::ByNobody)));
                    }
                    placed.extend(some.iter().cloned());
                }
                Placed::Knock => {
                    let woken = self.early.wake(id);
                    next.extend(woken.into_iter().map(|statement| (statement, Wanted::ByNobody)));
                }
                Placed::Early { missing } => {
                    let wanted = self.wants(id);
                    if wanted > Wanted::ByNobody {
                        let under = self.outside.take_under(missing);
                        next.extend(under.into_iter().rev().map(|statement| (statement, wanted)));
                    }
                }
                Placed::Known | Placed::Refused(_) => {}
            }
            outcome.get_or_insert(one);
        }
        if placed.is_empty() { outcome.expect("one statement was given") } else { Placed::New(placed) }
    }

    /// Whether a body, once signed, would be placed here now. Nothing is changed.
    pub fn weigh(&self, body: &Body) -> Result<(), Denied> {
        match (&body.act, body.graph) {
            (Act::Join(_), _) => Ok(()),
            (_, Graph::Circle) => {
                let join = self.named_join(body);
                self.circle.weigh(body, join).map(|_| ())
            }
            (Act::NewDocument(new), _) if self.is_voice(new.voice_of.map(|(_, part)| part)) => Err(Denied::Standing),
            (_, Graph::Opening) => self.weigh_opening(body).map(|_| ()),
            (_, Graph::Document(doc)) => {
                let sheet = self.sheets.get(&doc).ok_or(Denied::NoGrant)?;
                sheet.weigh(body, &self.circle).map(|_| ())
            }
        }
    }

    /// The plan.
    pub fn plan(&self) -> PlanId {
        self.found.plan()
    }

    /// The Found it began with.
    pub fn found(&self) -> &Statement {
        &self.found
    }

    /// The heads of one graph, sorted. `Graph::Opening` has none.
    pub fn heads(&self, graph: Graph) -> Vec<StatementId> {
        self.dag(graph).map_or(Vec::new(), |dag| dag.heads().iter().copied().collect())
    }

    /// What of this graph does not lie under these heads, in causal order. Heads that are not here are passed over.
    pub fn since(&self, graph: Graph, heads: &[StatementId]) -> Vec<&Statement> {
        self.dag(graph).map_or(Vec::new(), |dag| dag.since(heads))
    }

    /// Whether a statement is placed here.
    pub fn has(&self, id: StatementId) -> bool {
        self.dags().any(|dag| dag.place(id).is_some())
    }

    /// A placed statement, or a Join among the knocks.
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        let placed = self.dags().find_map(|dag| dag.place(id).map(|place| dag.at(place)));
        placed.or_else(|| self.knocks.get(id))
    }

    /// Whether a placed statement is in effect.
    pub fn in_effect(&self, id: StatementId) -> bool {
        if let Some(place) = self.circle.dag().place(id) {
            return self.circle.in_effect(place);
        }
        self.sheets.values().any(|sheet| sheet.dag().place(id).is_some_and(|place| sheet.in_effect(place)))
    }

    /// What waiting statements still lack, of all graphs: worth asking a peer for.
    pub fn missing(&self) -> BTreeSet<StatementId> {
        let lacking = self.early.iter().flat_map(|statement| self.lacks(statement));
        lacking.filter(|id| !self.early.has(*id)).collect()
    }

    /// Whether a document's edits can be weighed here: its rules are not newer than this version's.
    pub fn knows_rules(&self, doc: DocId) -> bool {
        self.document(doc).is_some_and(|document| document.rules <= RULES)
    }

    /// Whether a graph holds something this version does not understand, by somebody who may still say it: shown as last
    /// understood, and nothing is added here but what takes away.
    pub fn is_read_only(&self, graph: Graph) -> bool {
        match graph {
            Graph::Circle | Graph::Opening => self.circle.is_read_only(),
            Graph::Document(doc) => self.sheets.get(&doc).is_some_and(Sheet::is_read_only),
        }
    }

    /// The documents that are held here, by id.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.sheets.values().map(Sheet::about)
    }

    /// One document.
    pub fn document(&self, doc: DocId) -> Option<&Document> {
        self.sheets.get(&doc).map(Sheet::about)
    }

    /// The people of the circle, by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.circle.people()
    }

    /// One person.
    pub fn person(&self, person: PersonId) -> Option<&Person> {
        self.circle.person(person)
    }

    /// Every device of the circle with its person.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, PersonId)> {
        self.circle.devices()
    }

    /// Whose a device is.
    pub fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        self.circle.person_of(device)
    }

    /// Whose a device is, or was while it had a place.
    pub fn once_of(&self, device: DeviceId) -> Option<PersonId> {
        self.circle.once_of(device)
    }

    /// What took a device's place in the circle away, or the place of what that rested on; nothing while it has one.
    pub fn ends_of(&self, device: DeviceId) -> BTreeSet<StatementId> {
        self.circle.ends_of(device)
    }

    /// Whose recovery key this is, if it holds.
    pub fn whose_words(&self, key: DeviceId) -> Option<PersonId> {
        self.circle.whose_words(key)
    }

    /// The recovery keys that hold, with whose they are.
    pub fn recovery_keys(&self) -> impl Iterator<Item = (DeviceId, PersonId)> {
        self.circle.recovery_keys()
    }

    /// The key behind the words written down for the person whom the plan is about, while nobody came with them.
    pub fn awaited_words(&self) -> Option<DeviceId> {
        let Act::Found(Found { whose: Whose::Another { words, .. }, .. }) = self.found.act() else { return None };
        Some(*words).filter(|_| self.protected().is_none())
    }

    /// The protected person, if there is one yet.
    pub fn protected(&self) -> Option<PersonId> {
        self.people().find(|person| person.standing == Standing::Protected).map(|person| person.id)
    }

    /// Who belonged once and no longer does, by id.
    pub fn former(&self) -> impl Iterator<Item = &Former> {
        self.circle.former()
    }

    /// What a person is to the circle.
    pub fn standing(&self, person: PersonId) -> Option<Standing> {
        self.circle.person(person).map(|person| person.standing)
    }

    /// What a device's next statement rests on.
    pub fn grants(&self, device: DeviceId) -> Option<Grants> {
        self.circle.grants(device)
    }

    /// The invitations that stand, used or not.
    pub fn invites(&self) -> Vec<Invited> {
        let invited = |(place, invite): (usize, &Invite)| {
            let statement = self.circle.dag().at(place);
            let by = self.circle.author_of(place)?;
            let used_by = self.circle.used_by(invite.key);
            Some(Invited { id: statement.id(), invite: invite.clone(), by, used_by })
        };
        self.circle.invites().filter_map(invited).collect()
    }

    /// Who asks to come in, with an invitation that stands and is unused, in the order they came.
    pub fn knocks(&self) -> Vec<Knock> {
        let knock = |join: &Statement| {
            let Act::Join(asked) = join.act() else { return None };
            let unused = self.circle.used_by(asked.invite).is_none() && self.person_of(join.issuer()).is_none();
            let (place, _) = self.circle.invites_of(asked.invite).next().filter(|_| unused)?;
            Some(Knock { join: join.clone(), invite: self.circle.dag().at(place).id() })
        };
        self.knocks.iter().filter_map(knock).collect()
    }

    pub(crate) fn circle(&self) -> &Circle {
        &self.circle
    }

    pub(crate) fn sheet(&self, doc: DocId) -> Option<&Sheet> {
        self.sheets.get(&doc)
    }

    fn dag(&self, graph: Graph) -> Option<&Dag> {
        match graph {
            Graph::Circle => Some(self.circle.dag()),
            Graph::Opening => None,
            Graph::Document(doc) => self.sheets.get(&doc).map(Sheet::dag),
        }
    }

    fn dags(&self) -> impl Iterator<Item = &Dag> {
        std::iter::once(self.circle.dag()).chain(self.sheets.values().map(Sheet::dag))
    }
}
