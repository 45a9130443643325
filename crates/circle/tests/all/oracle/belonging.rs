//! Who belongs, with which devices and words: what of the grants in effect holds.

use super::*;

impl Circle {
    /// Whether a taker in effect ends a standing that was given, by right: it is senior to it, or its holder's own.
    fn ends(&self, taker: u32, grant: u32) -> bool {
        if !self.is_taker(taker) || !self.takes_standing(taker, grant) {
            return false;
        }
        let (by, given) = (self.one(taker).standing.and_then(|s| self.by_standing(s)), self.by_standing(grant));
        let own = self.speaker(taker) == self.one(grant).person;
        let senior = by < given || own && by == given || self.one(taker).kind == Kind::Leave;
        senior && self.in_effect(taker)
    }

    fn standing_holds(&self, grant: u32) -> bool {
        self.in_effect(grant) && !self.all.keys().any(|taker| self.ends(*taker, grant))
    }

    /// Who belongs, and the grant that says what they are.
    pub fn people(&self) -> BTreeMap<u32, ByStanding> {
        let mut people = BTreeMap::new();
        for grant in self.all.keys().copied().filter(|id| self.gives_standing(*id) && self.standing_holds(*id)) {
            let (Some(person), Some(order)) = (self.one(grant).person, self.by_standing(grant)) else { continue };
            let best = people.entry(person).or_insert(order);
            *best = order.min(*best);
        }
        people
    }

    /// The devices that have their place, with whose they are by the most senior of their grants.
    pub fn devices(&self) -> BTreeMap<u32, u32> {
        let people = self.people();
        let mut devices: BTreeMap<u32, (Order, u32)> = BTreeMap::new();
        for (grant, said) in &self.all {
            let device = said.new_device.filter(|device| self.gives(*grant, *device));
            let Some((device, person)) = device.zip(self.holder(*grant)) else { continue };
            if people.contains_key(&person) && self.device_holds(*grant, device, person, &people) {
                let by = (self.order(*grant), person);
                let best = devices.entry(device).or_insert(by);
                *best = by.min(*best);
            }
        }
        devices.into_iter().map(|(device, (_, person))| (device, person)).collect()
    }

    /// The words that bring devices back, with whose they are: of each person the newest that hold.
    pub fn words(&self) -> BTreeMap<u32, u32> {
        let people = self.people();
        let mut newest: BTreeMap<u32, (usize, u32, u32)> = BTreeMap::new();
        for (grant, said) in &self.all {
            let words = said.words.filter(|words| self.gives(*grant, *words));
            let Some((words, person)) = words.zip(self.holder(*grant)) else { continue };
            if people.contains_key(&person) && self.device_holds(*grant, words, person, &people) {
                let by = (self.path[grant], *grant, words);
                let best = newest.entry(person).or_insert(by);
                *best = by.max(*best);
            }
        }
        let mut words: BTreeMap<u32, (Order, u32)> = BTreeMap::new();
        for (person, (_, grant, key)) in newest {
            let by = (self.order(grant), person);
            let best = words.entry(key).or_insert(by);
            *best = by.min(*best);
        }
        words.into_iter().map(|(key, (_, person))| (key, person)).collect()
    }

    fn device_holds(&self, grant: u32, device: u32, person: u32, people: &BTreeMap<u32, ByStanding>) -> bool {
        let ends = |taker: &u32| {
            if !self.is_taker(*taker) || !self.takes_device(*taker, grant, device) || !self.in_effect(*taker) {
                return false;
            }
            if self.ends_membership(*taker) {
                let mut before = self.all.keys().copied().filter(|id| {
                    self.gives_standing(*id)
                        && self.one(*id).person == Some(person)
                        && !self.saw(*id, *taker)
                        && self.in_effect(*id)
                });
                return before.all(|standing| self.ends(*taker, standing));
            }
            let Some((by, by_device)) = self.rank(*taker) else { return false };
            if self.speaker(*taker) == Some(person) {
                return by_device <= self.by_device(grant, device);
            }
            let theirs = people[&person];
            theirs.0 != Class::Protected && by < theirs
        };
        self.in_effect(grant) && !self.all.keys().any(ends)
    }
}
