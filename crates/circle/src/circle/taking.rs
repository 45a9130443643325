//! What takes a place away: a removal, a lowering, a leaving, a new recovery key.

use super::*;
use crate::body::Whom;

/// What a statement takes away if it is in effect.
#[derive(Debug, Clone)]
pub(super) struct Taking {
    what: What,
    /// What of the other's it lets stand: all its issuer had seen, or less.
    pub(super) upto: Past,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Person(PersonId),
    Device { device: DeviceId, and_linked: bool },
    Lower(PersonId, Standing),
    Leave(PersonId),
    RecoveryKey(DeviceId),
}

impl Taking {
    /// The person it takes from, unless it is about a device.
    pub(super) fn person(&self) -> Option<PersonId> {
        match self.what {
            What::Person(person) | What::Lower(person, _) | What::Leave(person) => Some(person),
            What::Device { .. } | What::RecoveryKey(_) => None,
        }
    }

    /// The device or recovery key it takes.
    pub(super) fn device(&self) -> Option<DeviceId> {
        match self.what {
            What::Device { device, .. } | What::RecoveryKey(device) => Some(device),
            What::Person(_) | What::Lower(..) | What::Leave(_) => None,
        }
    }

    fn is_leave(&self) -> bool {
        matches!(self.what, What::Leave(_))
    }
}

impl Circle {
    /// What the statement at a place takes away.
    pub(super) fn takes(&self, place: Place, rests: Option<Rests>) -> Option<Taking> {
        let (statement, me) = (self.dag.at(place), rests?.device);
        let (what, upto) = match statement.act() {
            Act::Remove(remove) => {
                let what = match remove.whom {
                    Whom::Person(person) => What::Person(person),
                    Whom::Device { device, and_linked } => What::Device { device, and_linked },
                };
                (what, remove.upto.as_deref())
            }
            Act::SetStanding(set) => (What::Lower(set.person, set.standing), set.upto.as_deref()),
            Act::Leave => (What::Leave(me.person), None),
            Act::NewRecoveryKey(_) => (What::RecoveryKey(me.device), None),
            _ => return None,
        };
        let upto = upto.map_or_else(|| self.dag.past(place).clone(), |heads| self.dag.under(heads));
        Some(Taking { what, upto })
    }

    /// Whether nothing in effect and senior breaks a link of the chain of what is at a place. Everything senior must be
    /// decided before.
    pub(super) fn stands(&self, place: Place) -> bool {
        let mut seen = Past::default();
        let mut links = vec![place];
        while let Some(link) = links.pop() {
            if seen.has(link) {
                continue;
            }
            seen.insert(link);
            if self.is_broken(link, place) {
                return false;
            }
            links.extend(self.said[link].rests.into_iter().flat_map(|rests| [rests.device_at, rests.standing_at]));
        }
        true
    }

    /// What breaks a link of the chain of what is at a place.
    pub(super) fn breakers(&self, place: Place) -> Vec<Place> {
        let (mut seen, mut links, mut found) = (Past::default(), vec![place], Vec::new());
        while let Some(link) = links.pop() {
            let Some(rests) = self.said[link].rests.filter(|_| !seen.has(link)) else { continue };
            seen.insert(link);
            let from_person = self.from_person.get(&rests.device.person).into_iter().flatten().copied();
            let takers = from_person.chain(self.takers_of_device(rests.device_at, rests.device));
            found.extend(takers.filter(|taker| self.breaks(*taker, link, rests, place)));
            links.extend([rests.device_at, rests.standing_at]);
        }
        found
    }

    fn is_broken(&self, link: Place, last: Place) -> bool {
        let Some(rests) = self.said[link].rests else { return false };
        if matches!(self.dag.at(link).act(), Act::HandOver(_)) {
            return false;
        }
        let rivals = self.rivals.get(&link).into_iter().flatten();
        let outdone = rivals
            .map(|rival| &self.said[*rival])
            .any(|rival| rival.in_effect && rival.order < self.said[link].order && rival.order < self.said[last].order);
        let from_person = self.from_person.get(&rests.device.person).into_iter().flatten().copied();
        let from_device = self.takers_of_device(rests.device_at, rests.device);
        outdone || from_person.chain(from_device).any(|taker| self.breaks(taker, link, rests, last))
    }

    /// Whether a taker breaks a link of the chain of `last`.
    fn breaks(&self, taker: Place, link: Place, rests: Rests, last: Place) -> bool {
        let (said, end) = (&self.said[taker], &self.said[last]);
        let Some(taking) = said.taking.as_ref().filter(|_| said.in_effect) else { return false };
        if taker == link || taker == last || taking.upto.has(link) {
            return false;
        }
        let (by, link_by, last_by) = (said.order.rank, self.said[link].order.rank, end.order.rank);
        let senior = match taking.what {
            What::Leave(_) => by <= link_by && by <= last_by && !end.order.is_leave(),
            // What the old words sign apart from the new ones is junior to those, though one key signed both.
            What::RecoveryKey(_) => said.order < self.said[link].order && said.order < end.order,
            What::Person(_) | What::Device { .. } | What::Lower(..) => by < link_by && by < last_by,
        };
        let own = said.rests.is_some_and(|by| by.device.person == rests.device.person);
        let shielded = rests.standing.standing == Standing::Protected && !own;
        senior
            && (self.takes_standing(taker, rests.standing_at)
                || !shielded && self.takes_device(taker, rests.device_at, rests.device))
    }

    /// Whether a taker ends somebody's place in the circle, not just how they stand in it.
    pub(super) fn ends_membership(&self, taker: Place) -> bool {
        let what = self.said[taker].taking.as_ref().map(|taking| taking.what);
        matches!(what, Some(What::Person(_) | What::Leave(_)))
    }

    /// Whether a taker takes the standing given at a place: it was not given again after, and it is none that nobody takes.
    pub(super) fn takes_standing(&self, taker: Place, at: Place) -> bool {
        let Some(grant) = self.said[at].standing else { return false };
        let Some(taking) = &self.said[taker].taking else { return false };
        if at == taker || self.dag.saw(at, taker) || self.is_untouchable(at, taking) {
            return false;
        }
        match taking.what {
            What::Person(person) | What::Leave(person) => grant.person == person,
            What::Lower(person, standing) => grant.person == person && grant.standing < standing,
            What::Device { .. } | What::RecoveryKey(_) => false,
        }
    }

    /// Whether a taker takes the device (or recovery key) that was given at a place.
    pub(super) fn takes_device(&self, taker: Place, at: Place, grant: DeviceGrant) -> bool {
        let Some(taking) = &self.said[taker].taking else { return false };
        match taking.what {
            What::Person(person) | What::Leave(person) => {
                grant.person == person && !self.dag.saw(at, taker) && !self.is_untouchable(at, taking)
            }
            What::Device { device, and_linked } => self
                .linked_by(at, grant)
                .take(if and_linked { usize::MAX } else { 1 })
                .any(|(at, grant)| grant.device == device && !self.dag.saw(at, taker)),
            What::RecoveryKey(key) => grant.device == key && !self.dag.saw(at, taker),
            What::Lower(..) => false,
        }
    }

    // Found protects its founder, and HandOver whom it names; only a founder can leave what they founded.
    fn is_untouchable(&self, at: Place, taking: &Taking) -> bool {
        match self.dag.at(at).act() {
            Act::HandOver(_) => true,
            Act::Found(found) => found.whose == Whose::Founder && !taking.is_leave(),
            _ => false,
        }
    }

    /// Everything about this device, the devices that linked it, or its person's recovery key.
    pub(super) fn takers_of_device(&self, at: Place, grant: DeviceGrant) -> impl Iterator<Item = Place> {
        let devices: BTreeSet<DeviceId> = self.linked_by(at, grant).map(|(_, grant)| grant.device).collect();
        devices.into_iter().filter_map(|device| self.from_device.get(&device)).flatten().copied()
    }

    /// A device's grant, that of the device which linked it, and so on to the first.
    fn linked_by(&self, at: Place, grant: DeviceGrant) -> impl Iterator<Item = (Place, DeviceGrant)> {
        std::iter::successors(Some((at, grant)), |(at, _)| {
            let linked = matches!(self.dag.at(*at).act(), Act::LinkDevice(_));
            self.said[*at].rests.filter(|_| linked).map(|rests| (rests.device_at, rests.device))
        })
    }
}
