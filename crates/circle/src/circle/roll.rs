//! The roll: the people and devices that what is in effect amounts to.

use seal::{DeviceId, PersonId};

use super::{
    Circle, Said,
    seniority::{ByStanding, StandingGrant},
};
use crate::{
    body::{Act, Grants},
    dag::Place,
    ledger::Person,
};

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) person: Person,
    grant: Place,
    order: ByStanding,
}

impl Circle {
    /// The grants in effect that give this device its place, the most senior first.
    pub(crate) fn grants_of(&self, device: DeviceId) -> &[Place] {
        self.devices.get(&device).map_or(&[], Vec::as_slice)
    }

    /// Every device that has a place.
    pub(crate) fn devices(&self) -> impl Iterator<Item = (DeviceId, PersonId)> {
        self.devices.keys().filter_map(|device| Some((*device, self.person_of(*device)?)))
    }

    /// Whose a device is.
    pub(crate) fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        let first = self.grants_of(device).first()?;
        Some(self.said[*first].device?.person)
    }

    /// The people, by id.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().map(|member| &member.person)
    }

    /// One person.
    pub(crate) fn person(&self, person: PersonId) -> Option<&Person> {
        self.people.get(&person).map(|member| &member.person)
    }

    /// What a device's next statement rests on.
    pub(crate) fn grants(&self, device: DeviceId) -> Option<Grants> {
        let first = *self.grants_of(device).first()?;
        let member = self.people.get(&self.said[first].device?.person)?;
        Some(Grants { device: self.dag.at(first).id(), standing: self.dag.at(member.grant).id() })
    }

    /// Decides everything anew, in one pass from senior to junior.
    pub(super) fn evaluate(&mut self) {
        let mut places: Vec<Place> = (0..self.said.len()).filter(|place| !self.said[*place].is_nothing()).collect();
        places.sort_by(|one, other| self.said[*one].rank.cmp(&self.said[*other].rank));
        for said in &mut self.said {
            said.in_effect = false;
        }
        for place in &places {
            self.said[*place].in_effect = self.stands(*place);
        }
        self.people.clear();
        self.devices.clear();
        for place in 0..self.said.len() {
            self.project(place);
        }
    }

    /// Shows a statement in effect among the people and devices. In whatever order, the outcome is the same.
    pub(super) fn project(&mut self, place: Place) {
        let Said { device, standing, in_effect: true, .. } = self.said[place].clone() else { return };
        if let Some(grant) = standing {
            let order = self.by_standing(place, grant);
            if self.people.get(&grant.person).is_none_or(|member| order < member.order) {
                let devices = self.people.remove(&grant.person).map_or(Vec::new(), |member| member.person.devices);
                if let Some(person) = self.introduce(place, grant, devices) {
                    self.people.insert(grant.person, Member { person, grant: place, order });
                }
            }
        }
        if let Some(grant) = device {
            let mut grants = self.devices.remove(&grant.device).unwrap_or_default();
            grants.push(place);
            grants.sort_by(|one, other| self.said[*one].rank.cmp(&self.said[*other].rank));
            self.devices.insert(grant.device, grants);
            self.list_devices(grant.person);
        }
    }

    fn introduce(&self, place: Place, grant: StandingGrant, devices: Vec<DeviceId>) -> Option<Person> {
        let statement = self.dag.at(place);
        let (called, let_in_by) = match statement.act() {
            Act::Found(found) => (found.founder.clone(), None),
            Act::Confirm(confirm) => {
                let (_, join) = self.join(confirm, None)?;
                (join.person.clone(), self.author_of(place))
            }
            Act::Invite(_)
            | Act::Join(_)
            | Act::LinkDevice(_)
            | Act::SetStanding(_)
            | Act::Remove(_)
            | Act::HandOver(_)
            | Act::Leave
            | Act::NewRecoveryKey(_)
            | Act::NewDocument(_)
            | Act::Share(_)
            | Act::Renew(_)
            | Act::Unshare(_)
            | Act::Refuse(_)
            | Act::Keep(_)
            | Act::Bar(_)
            | Act::NewKey(_)
            | Act::Unknown { .. } => return None,
        };
        let since = statement.body().at;
        Some(Person { id: grant.person, called, standing: grant.standing, devices, let_in_by, since })
    }

    /// A person's devices, first device first, then by how they were linked.
    fn list_devices(&mut self, person: PersonId) {
        let Some(mut member) = self.people.remove(&person) else { return };
        let owned = self.owned.get(&person).into_iter().flatten().filter(|place| self.said[**place].in_effect);
        let mut devices: Vec<_> = owned
            .filter_map(|place| {
                let grant = self.said[*place].device?;
                Some((grant.links, self.dag.generation(*place), self.dag.at(*place).id(), grant.device))
            })
            .collect();
        devices.sort();
        member.person.devices.clear();
        for (.., device) in devices {
            if !member.person.devices.contains(&device) {
                member.person.devices.push(device);
            }
        }
        self.people.insert(person, member);
    }
}
