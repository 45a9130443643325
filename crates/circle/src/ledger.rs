//! Everything signed about one plan: its circle's graph and each document's, and what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use seal::{Author, ChainId, ChapterId, DeviceId, DocId, EditHash, PersonId, PlanId, StatementId, Time};

use crate::{
    body::{Access, Act, Body, Found, Grants, Graph, Introduction, Invite, NewKey, Standing, Whose},
    circle::{Changed, Circle, knocked},
    counted::Why,
    dag::Dag,
    document::{Kept, Sheet},
    limits::DOCUMENTS,
    statement::Statement,
    waiting::{Early, Knocks},
};

/// The signed statements of one plan and what they mean, the same on every device that holds the same ones.
#[derive(Debug, Clone)]
pub struct Ledger {
    found: Statement,
    circle: Circle,
    sheets: BTreeMap<DocId, Sheet>,
    early: Early,
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
        circle.add(found.clone(), None, false).ok()?;
        let (sheets, early, knocks) = (BTreeMap::new(), Early::default(), Knocks::default());
        Some(Ledger { found, circle, sheets, early, knocks, unsettled: false, unread: BTreeSet::new() })
    }

    /// Takes in one statement; what waited for it is taken in with it.
    pub fn place(&mut self, statement: Statement) -> Placed {
        let placed = self.take_in(statement);
        self.settle();
        placed
    }

    /// Takes in many statements, given in causal order, and evaluates them once. The outcomes in the same order.
    pub fn place_all(&mut self, statements: impl IntoIterator<Item = Statement>) -> Vec<Placed> {
        let placed = statements.into_iter().map(|statement| self.take_in(statement)).collect();
        self.settle();
        placed
    }

    fn take_in(&mut self, statement: Statement) -> Placed {
        let mut outcome = None;
        let mut placed = Vec::new();
        let mut next = vec![statement];
        while let Some(statement) = next.pop() {
            let id = statement.id();
            let one = self.place_one(statement);
            match &one {
                Placed::New(some) => {
                    for statement in some {
                        next.extend(self.early.wake(statement.id()));
                    }
                    placed.extend(some.iter().cloned());
                }
                Placed::Knock => next.extend(self.early.wake(id)),
                Placed::Known | Placed::Early { .. } | Placed::Refused(_) => {}
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
            (_, Graph::Opening) => Sheet::weigh_opening(body, &self.circle).map(|_| ()),
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

    /// Whether a graph holds something this version does not understand: shown as last understood, written by nobody here.
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
        let Act::Found(Found { whose: Whose::Another { words }, .. }) = self.found.act() else { return None };
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

    /// What a person may do with a document now.
    ///
    /// Its owners may edit, whoever opened it; others what their own Share says, else the Share for everyone, else nothing.
    /// A voice may be read, and no more, by whoever may read the document it speaks of, unless a Share says less.
    pub fn access(&self, doc: DocId, person: PersonId) -> Access {
        let Some(sheet) = self.sheets.get(&doc) else { return Access::Nothing };
        // A voice about a voice is read by nobody else: rules that walk from voice to voice would have no end.
        let part = self.part(sheet).filter(|part| part.about().voice_of.is_none());
        let otherwise = part.map_or(Access::Nothing, |part| part.access(person, &self.circle, Access::Nothing));
        sheet.access(person, &self.circle, otherwise.min(Access::View))
    }

    /// Whether somebody gave a person Edit in a document at some time, alone or with everyone, be it taken away since.
    pub fn was_given_edit(&self, doc: DocId, person: PersonId) -> bool {
        self.sheets.get(&doc).is_some_and(|sheet| sheet.was_given_edit(person))
    }

    /// Whether this device may be sent a document at all.
    pub fn may_read(&self, doc: DocId, device: DeviceId) -> bool {
        self.person_of(device).is_some_and(|person| self.access(doc, person) >= Access::View)
    }

    /// Whether this device may write a document now: its person may edit, and nothing in it is from a newer version. Its
    /// edits count from a chapter that [`Ledger::chapter`] gives.
    pub fn may_edit(&self, doc: DocId, device: DeviceId) -> bool {
        !self.is_read_only(Graph::Document(doc))
            && self.person_of(device).is_some_and(|person| self.access(doc, person) == Access::Edit)
    }

    /// Who writes a chain, and whose device that is; `None` while what opened its chapter is not held.
    pub fn author(&self, doc: DocId, chain: ChainId) -> Option<(Author, PersonId)> {
        self.sheets.get(&doc)?.author(chain)
    }

    /// The chapter a device writes this document in: its newest Renew, else what gave it its place, as far as in effect and
    /// not hit by what took something from its person. `None`: it must sign a Renew before it writes again.
    pub fn chapter(&self, doc: DocId, device: DeviceId) -> Option<ChapterId> {
        self.sheets.get(&doc)?.chapter(device, &self.circle)
    }

    /// Whether a device may write a document, and must first open a new chapter.
    pub fn needs_chapter(&self, doc: DocId, device: DeviceId) -> bool {
        self.may_edit(doc, device) && self.chapter(doc, device).is_none()
    }

    /// Whether edits of this chain count in their author's own right.
    pub fn own_right(&self, doc: DocId, chain: ChainId) -> bool {
        self.right(doc, chain).is_ok()
    }

    /// The same, with the reason why not.
    pub(crate) fn right(&self, doc: DocId, chain: ChainId) -> Result<(), Why> {
        let (Some(sheet), Some((_, person))) = (self.sheets.get(&doc), self.author(doc, chain)) else {
            return Err(Why::EarlyChapter);
        };
        if self.circle.person(person).is_none() {
            return Err(Why::Left);
        }
        if self.access(doc, person) != Access::Edit {
            return Err(Why::NotAllowed);
        }
        if sheet.is_open(chain, &self.circle) { Ok(()) } else { Err(Why::OldChapter) }
    }

    /// The Keeps of a document that are in effect, in causal order.
    pub fn keeps(&self, doc: DocId) -> Vec<Kept> {
        self.sheets.get(&doc).map(|sheet| sheet.keeps().collect()).unwrap_or_default()
    }

    /// The edits of a document that an owner barred.
    pub fn barred(&self, doc: DocId) -> Vec<EditHash> {
        self.sheets.get(&doc).map(|sheet| sheet.barred().collect()).unwrap_or_default()
    }

    /// Whether this device may put held-back words of a document back: its person owns it, lets people in, or may edit it; of
    /// a voice, the part it speaks of.
    pub fn may_keep(&self, doc: DocId, device: DeviceId) -> bool {
        let (Some(sheet), Some(person)) = (self.sheets.get(&doc), self.person_of(device)) else { return false };
        let part = self.part(sheet).unwrap_or(sheet);
        let edits = part.access(person, &self.circle, Access::Nothing) == Access::Edit;
        let standing = self.standing(person).is_some_and(|standing| standing <= Standing::Coordinator);
        !sheet.is_read_only() && (edits || standing || sheet.is_owner(person, &self.circle))
    }

    /// Whether this device owes a document a Keep: its person owns it, and something took from somebody what they had, and no
    /// owner has said yet what they had seen. Several who say it do no harm.
    pub fn keep_owed(&self, doc: DocId, device: DeviceId) -> bool {
        let (Some(sheet), Some(person)) = (self.sheets.get(&doc), self.person_of(device)) else { return false };
        !sheet.is_read_only() && sheet.is_owner(person, &self.circle) && sheet.owes_keep(&self.circle)
    }

    /// The key that a document's edits are sealed with now when they leave the circle's own devices: of those in effect the
    /// one made with the most removals known, then the one with the lowest hash.
    pub fn live_key(&self, doc: DocId) -> Option<(&Statement, &NewKey)> {
        self.sheets.get(&doc)?.live_key(&self.circle)
    }

    /// Whether a new key is owed: there is none, or somebody holds it who may not read the document any more. Who may edit it
    /// signs one.
    pub fn key_owed(&self, doc: DocId) -> bool {
        self.sheets.get(&doc).is_some_and(|sheet| sheet.owes_key(&self.circle, |device| self.may_read(doc, device)))
    }

    /// Another for every list of statements that decides about a document's edits.
    pub(crate) fn stamp(&self, doc: DocId) -> [u8; 32] {
        let sheet = self.sheets.get(&doc);
        let part = sheet.and_then(|sheet| self.part(sheet));
        let mut stamp = blake3::Hasher::new();
        stamp.update(&self.circle.dag().stamp());
        for sheet in [sheet, part] {
            stamp.update(&sheet.map_or([0; 32], |sheet| sheet.dag().stamp()));
        }
        *stamp.finalize().as_bytes()
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

    fn place_one(&mut self, statement: Statement) -> Placed {
        if statement.plan() != self.plan() {
            return Placed::Refused(Denied::OtherPlan);
        }
        let here = self.dag(statement.graph()).is_some_and(|dag| dag.place(statement.id()).is_some());
        if here || self.knocks.get(statement.id()).is_some() {
            return Placed::Known;
        }
        let missing = self.lacks(&statement);
        if let Some(first) = missing.first() {
            let circle = &self.circle;
            self.early.wait(statement, *first, |device| circle.person_of(device).is_some());
            return Placed::Early { missing };
        }
        let placed = match (statement.act(), statement.body().graph) {
            (Act::Join(_), _) => return self.knock(statement),
            (_, Graph::Circle) => self.place_in_circle(statement),
            (_, Graph::Opening) => self.place_opening(statement),
            (_, Graph::Document(doc)) => self.place_in_document(statement, doc),
        };
        match placed {
            Ok(placed) => Placed::New(placed),
            Err(denied) => Placed::Refused(denied),
        }
    }

    /// What a statement names that is not here.
    fn lacks(&self, statement: &Statement) -> Vec<StatementId> {
        let body = statement.body();
        let circle = self.circle.dag();
        let lacking = |dag: &Dag, ids: &[StatementId]| -> Vec<StatementId> {
            ids.iter().copied().filter(|id| dag.place(*id).is_none()).collect()
        };
        match body.graph {
            Graph::Circle => {
                let mut missing = lacking(circle, &body.after);
                missing.retain(|id| self.named_join(body).is_none_or(|join| join.id() != *id));
                missing
            }
            Graph::Opening => lacking(circle, &body.circle_after),
            Graph::Document(doc) => {
                let mut missing = lacking(circle, &body.circle_after);
                match self.sheets.get(&doc) {
                    Some(sheet) => missing.extend(lacking(sheet.dag(), &body.after)),
                    None => missing.push(doc.into()),
                }
                missing
            }
        }
    }

    /// The knock that a Confirm answers. A Join waits outside the graph, so that strangers cannot grow it.
    fn named_join(&self, body: &Body) -> Option<&Statement> {
        let join = match &body.act {
            Act::Confirm(confirm) => confirm.join,
            Act::HandOver(over) => over.to.into(),
            _ => return None,
        };
        self.knocks.get(join)
    }

    fn knock(&mut self, join: Statement) -> Placed {
        if !knocked(&join) {
            return Placed::Refused(Denied::NoConsent);
        }
        let circle = &self.circle;
        self.knocks.add(join, |key| circle.knows_key(key));
        Placed::Knock
    }

    fn place_in_circle(&mut self, statement: Statement) -> Result<Vec<Statement>, Denied> {
        let join = self.named_join(statement.body()).cloned();
        let changed = self.circle.add(statement.clone(), join.clone(), true)?;
        if let Some(join) = &join {
            self.knocks.take(join.id());
        }
        let place = self.circle.dag().place(statement.id()).expect("it was just added");
        if let Some(grant) = self.circle.device_grant(place) {
            for sheet in self.sheets.values_mut() {
                sheet.welcome(grant, place, &self.circle);
            }
        }
        self.unsettled |= changed == Changed::Past;
        Ok(join.into_iter().chain([statement]).collect())
    }

    fn place_opening(&mut self, statement: Statement) -> Result<Vec<Statement>, Denied> {
        if self.sheets.len() >= DOCUMENTS {
            return Err(Denied::Full);
        }
        let sheet = Sheet::open(statement.clone(), &self.circle)?;
        self.sheets.insert(statement.id().into(), sheet);
        self.unread.insert(statement.id().into());
        Ok(vec![statement])
    }

    fn place_in_document(&mut self, statement: Statement, doc: DocId) -> Result<Vec<Statement>, Denied> {
        let sheet = self.sheets.get_mut(&doc).expect("what it lacks was asked before");
        sheet.add(statement.clone(), &self.circle)?;
        self.unread.insert(doc);
        Ok(vec![statement])
    }

    fn is_voice(&self, doc: Option<DocId>) -> bool {
        doc.and_then(|doc| self.sheets.get(&doc)).is_some_and(|sheet| sheet.about().voice_of.is_some())
    }

    /// The document that a voice speaks of, if it is held.
    fn part(&self, sheet: &Sheet) -> Option<&Sheet> {
        sheet.about().voice_of.and_then(|(_, part)| self.sheets.get(&part))
    }

    /// Decides anew about the documents where something is different; about a voice after its part.
    fn settle(&mut self) {
        let mut unsettled = std::mem::take(&mut self.unread);
        if self.circle.settle() | std::mem::take(&mut self.unsettled) {
            unsettled.extend(self.sheets.keys());
        }
        for doc in &unsettled {
            if let Some(sheet) = self.sheets.get_mut(doc).filter(|sheet| sheet.about().voice_of.is_none()) {
                sheet.evaluate(&self.circle, |_| false);
            }
        }
        let speaks_of = |sheet: &Sheet| sheet.about().voice_of.map(|(_, part)| part);
        let of_these = |doc: &DocId, sheet: &Sheet| {
            speaks_of(sheet).is_some_and(|part| unsettled.contains(doc) || unsettled.contains(&part))
        };
        let voices = self.sheets.iter().filter(|(doc, sheet)| of_these(doc, sheet));
        for voice in voices.map(|(doc, _)| *doc).collect::<Vec<DocId>>() {
            let Some(mut sheet) = self.sheets.remove(&voice) else { continue };
            let part = self.part(&sheet).filter(|part| part.about().voice_of.is_none());
            let edits =
                |person| part.is_some_and(|part| part.access(person, &self.circle, Access::Nothing) == Access::Edit);
            sheet.evaluate(&self.circle, edits);
            self.sheets.insert(voice, sheet);
        }
    }
}
