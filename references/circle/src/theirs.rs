//! `p2panda-auth` driven with our histories: one group, its "strong removal" resolver, people as numbers.

use std::collections::{BTreeMap, BTreeSet};

use p2panda_auth::{
    Access,
    group::{GroupAction, GroupCrdt, GroupCrdtInnerState, GroupCrdtState, GroupMember, resolver::StrongRemove},
    traits::{IdentityHandle, Operation, OperationId},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u32);

impl std::fmt::Display for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl IdentityHandle for Person {}
impl OperationId for Id {}

/// The group's own name: nobody is called that.
const GROUP: Person = Person(u32::MAX);

/// What an operation does; the flag says whether somebody manages from then on.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Create,
    Add(u32, bool),
    Set(u32, bool),
    Remove(u32),
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Op {
    pub id: u32,
    author: u32,
    what: What,
    after: BTreeSet<u32>,
}

impl Op {
    pub fn new(id: u32, author: u32, what: What, after: BTreeSet<u32>) -> Op {
        Op { id, author, what, after }
    }
}

fn level(manages: bool) -> Access {
    if manages { Access::manage() } else { Access::write() }
}

impl Operation<Person, Id> for Op {
    fn id(&self) -> Id {
        Id(self.id)
    }

    fn author(&self) -> Person {
        Person(self.author)
    }

    fn dependencies(&self) -> Vec<Id> {
        self.after.iter().copied().map(Id).collect()
    }

    fn group_id(&self) -> Person {
        GROUP
    }

    fn action(&self) -> GroupAction<Person> {
        let member = |person| GroupMember::Individual(Person(person));
        match self.what {
            What::Create => GroupAction::Create { initial_members: vec![(member(self.author), Access::manage())] },
            What::Add(person, manages) => GroupAction::Add { member: member(person), access: level(manages) },
            What::Set(person, true) => GroupAction::Promote { member: member(person), access: level(true) },
            What::Set(person, false) => GroupAction::Demote { member: member(person), access: level(false) },
            What::Remove(person) => GroupAction::Remove { member: member(person) },
        }
    }
}

type State = GroupCrdtState<Person, Id, Op, ()>;
type Rules = StrongRemove<Person, Id, Op, ()>;

/// The group as their rules see it.
pub struct Group {
    state: State,
    past: BTreeMap<u32, BTreeSet<u32>>,
}

impl Group {
    pub fn new() -> Group {
        Group { state: State::default(), past: BTreeMap::new() }
    }

    fn copy(&self) -> State {
        let inner = &self.state.inner;
        GroupCrdtState {
            inner: GroupCrdtInnerState {
                operations: inner.operations.clone(),
                ignore: inner.ignore.clone(),
                mutual_removes: inner.mutual_removes.clone(),
                states: inner.states.clone(),
                graph: inner.graph.clone(),
            },
        }
    }

    /// Of these, those that no other of them has seen.
    pub fn least(&self, ids: &BTreeSet<u32>) -> BTreeSet<u32> {
        let seen = |id: &&u32| ids.iter().any(|other| self.past.get(other).is_some_and(|past| past.contains(*id)));
        ids.iter().filter(|id| !seen(id)).copied().collect()
    }

    /// Whether their rules take an operation in at all.
    pub fn accepts(&self, op: &Op) -> bool {
        GroupCrdt::<Person, Id, Op, (), Rules>::process(self.copy(), op).is_ok()
    }

    pub fn take(&mut self, op: Op) {
        let mut past = op.after.clone();
        past.extend(op.after.iter().filter_map(|id| self.past.get(id)).flatten().copied());
        self.past.insert(op.id, past);
        let state = std::mem::take(&mut self.state);
        self.state = GroupCrdt::<Person, Id, Op, (), Rules>::process(state, &op).expect("it was accepted before");
    }

    /// Who belongs, and whether they manage.
    pub fn circle(&self) -> BTreeMap<u32, bool> {
        let members = self.state.members(GROUP);
        members.into_iter().map(|(person, access)| (person.0, access.is_manage())).collect()
    }

    /// Whether they see people who took from each other.
    pub fn mutual(&self) -> bool {
        !self.state.inner.mutual_removes.is_empty()
    }
}
