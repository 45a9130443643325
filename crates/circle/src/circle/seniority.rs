//! Who is senior to whom, and what follows: which statements stand.

use seal::{DeviceId, PersonId, StatementId};

use super::{Circle, Rests};
use crate::{
    body::Standing,
    dag::{Past, Place},
};

/// A device's place in the circle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeviceGrant {
    /// The device.
    pub(crate) device: DeviceId,
    /// Whose it is.
    pub(crate) person: PersonId,
    /// How many links it is away from its person's first device.
    pub(super) links: u32,
}

/// A person's standing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StandingGrant {
    /// Who has it.
    pub(crate) person: PersonId,
    /// What it is.
    pub(crate) standing: Standing,
    /// How many grants away from the Found.
    pub(super) distance: u32,
}

/// Seniority: smaller is senior. Read from the bytes of a statement and its past, and from nothing else.
///
/// The standing used, its distance from the Found along grants, the longest path, its hash; within one person the device's
/// distance, path and hash; and for two statements of one device, their own path and hash. `None` is the Found.
pub(super) type Rank = (Option<ByStanding>, Option<(u32, u32, StatementId)>, u32, StatementId);
pub(super) type ByStanding = (Standing, u32, u32, StatementId);

impl Circle {
    pub(super) fn rank(&self, rests: Option<Rests>, place: Place) -> Rank {
        let standing = rests.map(|rests| self.by_standing(rests.standing_at, rests.standing));
        let device = rests.map(|rests| {
            let at = rests.device_at;
            (rests.device.links, self.dag.generation(at), self.dag.at(at).id())
        });
        (standing, device, self.dag.generation(place), self.dag.at(place).id())
    }

    pub(super) fn by_standing(&self, at: Place, grant: StandingGrant) -> ByStanding {
        (grant.standing, grant.distance, self.dag.generation(at), self.dag.at(at).id())
    }

    /// Whether nothing in effect and senior breaks a link of its chain. Everything senior must be decided before.
    pub(super) fn stands(&self, place: Place) -> bool {
        let own = &self.said[place].rank;
        let mut seen = Past::default();
        let mut links = vec![place];
        while let Some(link) = links.pop() {
            if seen.has(link) {
                continue;
            }
            seen.insert(link);
            let said = &self.said[link];
            let broken = self.rivals.get(&link).into_iter().flatten().any(|rival| {
                let taker = &self.said[*rival];
                taker.in_effect && taker.rank < said.rank && taker.rank < *own
            });
            if broken {
                return false;
            }
            links.extend(said.chain.into_iter().flat_map(|(device, standing)| [device, standing]));
        }
        true
    }
}
