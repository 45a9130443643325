//! Signed statements as the plain records of [`oracle`](crate::oracle).

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Body, Invite, Join, Remove, SetStanding, Standing, Statement, Whom, Whose};
use seal::{DeviceId, PersonId, StatementId};

use crate::oracle::{Circle, Class, Kind, Rules, Said};

/// The circle of some statements as the rules told a second time see it.
pub struct Records {
    pub circle: Circle,
    /// What these rules place.
    pub placed: BTreeSet<StatementId>,
    ids: BTreeMap<StatementId, u32>,
    people: BTreeMap<PersonId, u32>,
    devices: BTreeMap<DeviceId, u32>,
}

impl Records {
    /// The statements in any order; a Join counts as placed once somebody let it in.
    pub fn new(statements: &[Statement]) -> Records {
        let ids: BTreeSet<StatementId> = statements.iter().map(Statement::id).collect();
        let ids: BTreeMap<StatementId, u32> = ids.into_iter().zip(0..).collect();
        let for_self = statements.iter().any(|one| matches!(one.act(), Act::Found(f) if f.whose == Whose::Founder));
        let mut records = Records {
            circle: Circle::new(Rules::Kept, for_self),
            placed: BTreeSet::new(),
            ids,
            people: BTreeMap::new(),
            devices: BTreeMap::new(),
        };
        let joins: BTreeMap<StatementId, &Statement> =
            statements.iter().filter(|one| matches!(one.act(), Act::Join(_))).map(|one| (one.id(), one)).collect();
        let mut waiting: Vec<&Statement> = statements.iter().filter(|one| !joins.contains_key(&one.id())).collect();
        loop {
            let before = waiting.len();
            waiting.retain(|statement| !records.place(statement, &joins));
            if waiting.len() == before {
                return records;
            }
        }
    }

    /// Whether nothing more can come of a statement: it is placed, or refused for ever.
    fn place(&mut self, statement: &Statement, joins: &BTreeMap<StatementId, &Statement>) -> bool {
        let body = statement.body();
        if !body.after.iter().all(|id| self.placed.contains(id) || joins.contains_key(id)) {
            return false;
        }
        let brought: Vec<&Statement> = body.after.iter().filter_map(|id| joins.get(id)).copied().collect();
        let new: Vec<&Statement> = brought.into_iter().filter(|join| !self.placed.contains(&join.id())).collect();
        for join in &new {
            let said = self.said(join, joins);
            self.circle.add(said);
        }
        let said = self.said(statement, joins);
        if self.circle.place(said) {
            self.placed.extend(new.iter().map(|join| join.id()));
            self.placed.insert(statement.id());
        } else {
            new.iter().for_each(|join| self.circle.forget(self.ids[&join.id()]));
        }
        true
    }

    pub fn in_effect(&self, id: StatementId) -> bool {
        self.circle.in_effect(self.ids[&id])
    }

    /// Who belongs, with their standing.
    pub fn people(&self) -> BTreeMap<PersonId, Standing> {
        let people = self.circle.people();
        let named = self.people.iter().filter_map(|(id, person)| Some((*id, standing(people.get(person)?.0))));
        named.collect()
    }

    /// Which devices have their place, and whose they are.
    pub fn devices(&self) -> BTreeMap<DeviceId, PersonId> {
        self.named(&self.circle.devices())
    }

    /// Whose words bring devices back.
    pub fn words(&self) -> BTreeMap<DeviceId, PersonId> {
        self.named(&self.circle.words())
    }

    fn named(&self, devices: &BTreeMap<u32, u32>) -> BTreeMap<DeviceId, PersonId> {
        let names: BTreeMap<u32, PersonId> = self.people.iter().map(|(id, person)| (*person, *id)).collect();
        self.devices.iter().filter_map(|(id, device)| Some((*id, names[devices.get(device)?]))).collect()
    }

    fn person(&mut self, person: PersonId) -> u32 {
        let next = self.people.len() as u32;
        *self.people.entry(person).or_insert(next)
    }

    fn device(&mut self, device: DeviceId) -> u32 {
        let next = self.devices.len() as u32;
        *self.devices.entry(device).or_insert(next)
    }

    fn said(&mut self, statement: &Statement, joins: &BTreeMap<StatementId, &Statement>) -> Said {
        let Body { after, grants, act, .. } = statement.body();
        let mut said = Said::new(self.ids[&statement.id()], Kind::Other, self.device(statement.issuer()));
        let nowhere = u32::MAX;
        let known = |ids: &BTreeMap<StatementId, u32>, id: &StatementId| ids.get(id).copied().unwrap_or(nowhere);
        said.after = after.iter().map(|id| known(&self.ids, id)).collect();
        said.standing = grants.map(|grants| known(&self.ids, &grants.standing));
        said.device = grants.map(|grants| known(&self.ids, &grants.device));
        let upto = |ids: &BTreeMap<StatementId, u32>, heads: &Option<Vec<StatementId>>| {
            heads.as_ref().map(|heads| heads.iter().filter_map(|id| ids.get(id)).copied().collect())
        };
        match act {
            Act::Found(found) => {
                said.kind = Kind::Found;
                said.person = Some(self.person(statement.id().into()));
                said.class = Some(if found.whose == Whose::Founder { Class::Protected } else { Class::Owner });
                said.new_device = Some(said.issuer);
                said.words = Some(self.device(found.recovery));
                if let Whose::Another { words, .. } = found.whose {
                    said.heir = Some(self.device(words));
                }
            }
            Act::Invite(Invite { key, standing, .. }) => {
                said.kind = Kind::Invite;
                (said.ticket, said.class) = (Some(self.device(*key)), Some(class(*standing)));
            }
            Act::Join(_) => said.kind = Kind::Join,
            Act::Confirm(confirm) => {
                said.kind = Kind::Admit;
                said.class = Some(class(confirm.standing));
                self.brings(&mut said, confirm.join, joins);
            }
            Act::LinkDevice(link) => (said.kind, said.new_device) = (Kind::Link, Some(self.device(link.device))),
            Act::SetStanding(SetStanding { person, standing, upto: heads }) => {
                said.kind = Kind::Set;
                (said.person, said.class) = (Some(self.person(*person)), Some(class(*standing)));
                said.upto = upto(&self.ids, heads);
            }
            Act::Remove(Remove { whom, upto: heads }) => {
                said.kind = Kind::Remove;
                said.upto = upto(&self.ids, heads);
                match whom {
                    Whom::Person(person) => said.person = Some(self.person(*person)),
                    Whom::Device { device, and_linked } => {
                        said.new_device = Some(self.device(*device));
                        said.spares_linked = !and_linked;
                    }
                }
            }
            Act::HandOver(over) => {
                (said.kind, said.class) = (Kind::HandOver, Some(Class::Protected));
                if joins.contains_key(&over.to.into()) && after.contains(&over.to.into()) {
                    self.brings(&mut said, over.to.into(), joins);
                } else {
                    said.person = Some(self.person(over.to));
                }
            }
            Act::Leave => said.kind = Kind::Leave,
            Act::NewRecoveryKey(new) => (said.kind, said.words) = (Kind::RecoveryKey, Some(self.device(new.key))),
            other => panic!("not of a circle: {other:?}"),
        }
        said
    }

    /// The person, the first device and the words of a Join.
    fn brings(&mut self, said: &mut Said, join: StatementId, joins: &BTreeMap<StatementId, &Statement>) {
        let Some(join) = joins.get(&join) else { return };
        let Act::Join(Join { invite, recovery, .. }) = join.act() else { return };
        said.person = Some(self.person(join.id().into()));
        said.new_device = Some(self.device(join.issuer()));
        said.words = Some(self.device(*recovery));
        said.ticket = Some(self.device(*invite));
    }
}

fn class(standing: Standing) -> Class {
    match standing {
        Standing::Protected => Class::Protected,
        Standing::Owner => Class::Owner,
        Standing::Coordinator => Class::Coordinator,
        Standing::Member => Class::Member,
    }
}

fn standing(class: Class) -> Standing {
    match class {
        Class::Protected => Standing::Protected,
        Class::Owner => Standing::Owner,
        Class::Coordinator => Standing::Coordinator,
        Class::Member => Standing::Member,
    }
}
