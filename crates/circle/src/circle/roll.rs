//! The roll: who belongs now, with which devices, and who once did.

use seal::OpeningKey;

use super::*;
use crate::{
    body::Grants,
    ledger::{Former, Person},
};

/// The people and devices that what is in effect amounts to.
#[derive(Debug, Clone, Default)]
pub(super) struct Belonging {
    people: BTreeMap<PersonId, Member>,
    former: BTreeMap<PersonId, Former>,
    /// The grants that hold of each device, the most senior first.
    devices: BTreeMap<DeviceId, Vec<Place>>,
    /// The recovery keys that hold: of each the grants, by person. More than one if somebody is here twice.
    words: BTreeMap<DeviceId, BTreeMap<PersonId, Place>>,
    /// The takings that ended or lowered something of a person's, and did so by right.
    ended: BTreeMap<PersonId, Vec<Place>>,
}

#[derive(Debug, Clone)]
struct Member {
    person: Person,
    /// The standing grant that holds and is best.
    grant: Place,
    order: seniority::ByStanding,
}

impl Circle {
    /// The grants in effect that give this device its place, the most senior first.
    pub(crate) fn grants_of(&self, device: DeviceId) -> &[Place] {
        self.belonging.devices.get(&device).map_or(&[], Vec::as_slice)
    }

    /// Every device that has a place.
    pub(crate) fn devices(&self) -> impl Iterator<Item = (DeviceId, PersonId)> {
        self.belonging.devices.keys().filter_map(|device| Some((*device, self.person_of(*device)?)))
    }

    /// Whose a device is.
    pub(crate) fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        let first = self.grants_of(device).first()?;
        Some(self.said[*first].device?.person)
    }

    /// To which key what only this device is to open is wrapped, as its grant says.
    pub(crate) fn opening(&self, device: DeviceId) -> Option<OpeningKey> {
        let named = |join: StatementId| match self.dag.at(self.dag.place(join)?).act() {
            Act::Join(join) => Some(join.opens),
            _ => None,
        };
        match self.dag.at(*self.grants_of(device).first()?).act() {
            Act::Found(found) => Some(found.opens),
            Act::Confirm(confirm) => named(confirm.join),
            Act::HandOver(over) => named(over.to.into()),
            Act::LinkDevice(link) => Some(link.opens),
            _ => None,
        }
    }

    /// Whose a device is or was, as far as it ever was given a place.
    pub(crate) fn once_of(&self, device: DeviceId) -> Option<PersonId> {
        let given = self.placed.get(&device)?.iter().filter_map(|place| self.said[*place].device);
        given.map(|grant| grant.person).next()
    }

    /// What took a device's place away, or the place of what that rested on.
    pub(crate) fn ends_of(&self, device: DeviceId) -> BTreeSet<StatementId> {
        if !self.grants_of(device).is_empty() {
            return BTreeSet::new();
        }
        let mut ends: BTreeSet<Place> = BTreeSet::new();
        for at in self.placed.get(&device).into_iter().flatten().copied() {
            let Some(grant) = self.said[at].device.filter(|grant| grant.device == device) else { continue };
            let sent_away = self.from_person.get(&grant.person).into_iter().flatten().copied();
            let takers = sent_away.chain(self.takers_of_device(at, grant));
            ends.extend(takers.filter(|taker| self.ends_device(*taker, at, grant)));
            ends.extend(self.breakers(at));
        }
        ends.into_iter().map(|place| self.dag.at(place).id()).collect()
    }

    /// Whose recovery key this is.
    pub(crate) fn whose_words(&self, key: DeviceId) -> Option<PersonId> {
        self.words_of(key).map(|(person, _)| person)
    }

    /// The most senior of the grants that hold of a recovery key, with whose it is.
    fn words_of(&self, key: DeviceId) -> Option<(PersonId, Place)> {
        let grants = self.belonging.words.get(&key)?.iter().map(|(person, place)| (*person, *place));
        grants.min_by_key(|(_, place)| self.said[*place].order)
    }

    /// The recovery keys that hold.
    pub(crate) fn recovery_keys(&self) -> impl Iterator<Item = (DeviceId, PersonId)> {
        self.belonging.words.keys().filter_map(|key| Some((*key, self.whose_words(*key)?)))
    }

    /// The people, by id.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        self.belonging.people.values().map(|member| &member.person)
    }

    /// One person.
    pub(crate) fn person(&self, person: PersonId) -> Option<&Person> {
        self.belonging.people.get(&person).map(|member| &member.person)
    }

    /// Who belonged once and no longer does.
    pub(crate) fn former(&self) -> impl Iterator<Item = &Former> {
        self.belonging.former.values()
    }

    /// What a device's next statement rests on, or a recovery key's.
    pub(crate) fn grants(&self, device: DeviceId) -> Option<Grants> {
        let (person, at) = match self.grants_of(device).first() {
            Some(first) => (self.said[*first].device?.person, *first),
            None => self.words_of(device)?,
        };
        let member = self.belonging.people.get(&person)?;
        Some(Grants { device: self.dag.at(at).id(), standing: self.dag.at(member.grant).id() })
    }

    /// Whether both grants that a statement names still hold: its issuer belongs, with the standing it used.
    pub(crate) fn holds(&self, rests: &Rests) -> bool {
        self.standing_holds(rests.standing_at) && self.device_holds(rests.device_at, rests.device)
    }

    /// Whether a taking by right is about this person, or the device with this grant, and is not in a past.
    pub(crate) fn hits(&self, at: Place, grant: DeviceGrant, past: &Past) -> bool {
        let ended = self.belonging.ended.get(&grant.person).into_iter().flatten();
        ended.copied().any(|taker| !past.has(taker))
            || self.takers_of_device(at, grant).any(|t| !past.has(t) && self.ends_device(t, at, grant))
    }

    /// Whether anything ever made a person an owner of the plan, be it in effect or not.
    pub(crate) fn ever_owned_the_plan(&self, person: PersonId) -> bool {
        let grants = self.stood.get(&person).into_iter().flatten();
        grants.filter_map(|place| self.said[*place].standing).any(|grant| grant.standing.owns_the_plan())
    }

    /// Everything in effect that took standing or a device from somebody by right, in causal order.
    pub(crate) fn takers(&self) -> BTreeSet<Place> {
        let from_devices = self.from_device.values().flatten();
        let removed =
            |place: &&Place| self.said[**place].in_effect && matches!(self.dag.at(**place).act(), Act::Remove(_));
        self.belonging.ended.values().flatten().chain(from_devices.filter(removed)).copied().collect()
    }

    /// Whether who speaks by the first grants is senior to who speaks by the second.
    pub(crate) fn senior(&self, one: &Rests, other: &Rests) -> bool {
        self.rank(one) < self.rank(other)
    }

    /// Decides everything anew, in one pass from senior to junior.
    pub(super) fn evaluate(&mut self) {
        let mut places: Vec<Place> = (0..self.said.len()).filter(|place| !self.said[*place].is_nothing()).collect();
        places.sort_by(|one, other| self.said[*one].order.cmp(&self.said[*other].order));
        for said in &mut self.said {
            said.in_effect = false;
        }
        for place in &places {
            self.said[*place].in_effect = self.stands(*place);
        }
        self.belonging = Belonging::default();
        let people: Vec<PersonId> = self.stood.keys().copied().collect();
        for person in people {
            self.enroll_person(person);
        }
    }

    /// Shows what a new statement changed about the people it is about; says whether somebody lost something by it.
    pub(super) fn enroll(&mut self, place: Place) -> bool {
        let Said { device, recovery, standing, taking, .. } = &self.said[place];
        let mut people: BTreeSet<PersonId> = BTreeSet::new();
        people.extend(device.iter().chain(recovery).map(|grant| grant.person));
        people.extend(standing.map(|grant| grant.person));
        people.extend(taking.iter().filter_map(Taking::person));
        for taken in taking.iter().filter_map(Taking::device) {
            let grants = self.placed.get(&taken).into_iter().flatten();
            let given = grants.flat_map(|place| [self.said[*place].device, self.said[*place].recovery]).flatten();
            people.extend(given.map(|grant| grant.person));
        }
        let takes = taking.is_some();
        for person in people {
            self.enroll_person(person);
        }
        takes
    }

    /// What one person is now, from all that was ever said about them.
    fn enroll_person(&mut self, person: PersonId) {
        let grants = self.stood.get(&person).cloned().unwrap_or_default();
        let best = grants
            .iter()
            .filter(|place| self.standing_holds(**place))
            .filter_map(|place| Some((self.by_standing(*place, self.said[*place].standing?), *place)))
            .min();
        let takers = self.from_person.get(&person).cloned().unwrap_or_default();
        let ended: Vec<Place> = takers
            .into_iter()
            .filter(|t| grants.iter().any(|g| self.said[*g].in_effect && self.ends(*t, *g)))
            .collect();
        self.belonging.people.remove(&person);
        self.belonging.former.remove(&person);
        if let Some((order, grant)) = best {
            let devices = Vec::new();
            if let Some(person) = self.introduce(person, grant, &grants, devices) {
                self.belonging.people.insert(person.id, Member { person, grant, order });
            }
        } else if let Some(former) = self.farewell(person, &grants, &ended) {
            self.belonging.former.insert(person, former);
        }
        self.belonging.ended.insert(person, ended);
        self.enroll_devices(person);
    }

    fn enroll_devices(&mut self, person: PersonId) {
        let owned = self.owned.get(&person).cloned().unwrap_or_default();
        let mut held: Vec<(seniority::ByDevice, DeviceId)> = Vec::new();
        let mut words: Option<(u32, StatementId, DeviceId, Place)> = None;
        for place in owned {
            let (device, recovery) = (self.said[place].device, self.said[place].recovery);
            if let Some(grant) = device.filter(|grant| grant.person == person) {
                let mut grants = self.belonging.devices.remove(&grant.device).unwrap_or_default();
                grants.retain(|other| *other != place);
                if self.device_holds(place, grant) {
                    held.push((self.by_device(place, grant), grant.device));
                    grants.push(place);
                    grants.sort_by(|one, other| self.said[*one].order.cmp(&self.said[*other].order));
                }
                if !grants.is_empty() {
                    self.belonging.devices.insert(grant.device, grants);
                }
            }
            if let Some(grant) = recovery.filter(|grant| grant.person == person) {
                if let Some(held) = self.belonging.words.get_mut(&grant.device) {
                    held.remove(&person);
                }
                if self.device_holds(place, grant) {
                    let newer = (self.dag.generation(place), self.dag.at(place).id(), grant.device, place);
                    words = words.max(Some(newer));
                }
            }
        }
        if let Some((_, _, key, place)) = words {
            self.belonging.words.entry(key).or_default().insert(person, place);
        }
        held.sort();
        if let Some(member) = self.belonging.people.get_mut(&person) {
            for (_, device) in held {
                if !member.person.devices.contains(&device) {
                    member.person.devices.push(device);
                }
            }
        }
    }

    /// Whether a taker in effect ends a standing grant, by right.
    fn ends(&self, taker: Place, grant: Place) -> bool {
        let (said, given) = (&self.said[taker], self.said[grant].standing);
        let Some((given, (by, _))) = given.zip(said.order.rank) else { return false };
        let own = said.rests.is_some_and(|rests| rests.standing.person == given.person);
        let order = self.by_standing(grant, given);
        let senior = by < order || own && by == order || said.order.is_leave();
        said.in_effect && senior && self.takes_standing(taker, grant)
    }

    fn standing_holds(&self, grant: Place) -> bool {
        let said = &self.said[grant];
        let Some(given) = said.standing else { return false };
        let takers = self.from_person.get(&given.person).into_iter().flatten();
        said.in_effect && !takers.copied().any(|taker| self.ends(taker, grant))
    }

    /// Whether a device or recovery key has its place: its grant is in effect, nothing by right took it, its person belongs.
    fn device_holds(&self, at: Place, grant: DeviceGrant) -> bool {
        let sent_away = self.from_person.get(&grant.person).into_iter().flatten().copied();
        self.said[at].in_effect
            && self.belonging.people.contains_key(&grant.person)
            && !sent_away.chain(self.takers_of_device(at, grant)).any(|taker| self.ends_device(taker, at, grant))
    }

    fn ends_device(&self, taker: Place, at: Place, grant: DeviceGrant) -> bool {
        let said = &self.said[taker];
        let Some(((by, by_device), rests)) = said.order.rank.zip(said.rests) else { return false };
        if !said.in_effect || !self.takes_device(taker, at, grant) {
            return false;
        }
        if self.ends_membership(taker) {
            // It took the devices if it took the person: all standing that was not given again since.
            let before = self.stood.get(&grant.person).into_iter().flatten();
            let mut before = before.filter(|place| self.said[**place].in_effect && !self.dag.saw(**place, taker));
            return before.all(|place| self.ends(taker, *place));
        }
        if rests.device.person == grant.person {
            return by_device <= self.by_device(at, grant);
        }
        let member = self.belonging.people.get(&grant.person);
        member.is_none_or(|member| member.person.standing != Standing::Protected && by < member.order)
    }

    fn introduce(&self, id: PersonId, best: Place, grants: &[Place], devices: Vec<DeviceId>) -> Option<Person> {
        let called = match self.dag.at(self.dag.place(id.into())?).act() {
            Act::Found(found) => found.founder.clone(),
            Act::Join(join) => join.person.clone(),
            _ => return None,
        };
        // How they came: the first of the grants that hold and let somebody in.
        let came =
            |place: &&Place| !matches!(self.dag.at(**place).act(), Act::SetStanding(_)) && self.standing_holds(**place);
        let came = grants.iter().filter(came).min_by_key(|place| self.said[**place].order).copied().unwrap_or(best);
        // Whoever was given more since is no visitor any more: their hour went with the standing it came with.
        let until = match self.dag.at(best).act() {
            Act::Confirm(confirm) => confirm.until,
            _ => None,
        };
        let standing = self.said[best].standing?.standing;
        let (let_in_by, since) = (self.author_of(came), self.dag.at(came).body().at);
        Some(Person { id, called, standing, devices, let_in_by, since, until })
    }

    /// Who belonged once, and the act that ended it.
    fn farewell(&self, id: PersonId, grants: &[Place], ended: &[Place]) -> Option<Former> {
        let best = grants.iter().copied().find(|place| self.said[*place].in_effect)?;
        let last = ended.iter().copied().filter(|t| self.ends_membership(*t)).min_by_key(|t| self.said[*t].order)?;
        let person = self.introduce(id, best, grants, Vec::new())?;
        let said = self.dag.at(last);
        Some(Former { person, by: self.author_of(last)?, end: said.id(), at: said.body().at })
    }
}
