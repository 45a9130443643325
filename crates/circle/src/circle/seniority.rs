//! Who is senior to whom, read from the bytes of a statement and its past, and from nothing else. Smaller is senior.

use super::*;

/// A device's place in the circle, or a recovery key's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeviceGrant {
    /// The device.
    pub(crate) device: DeviceId,
    /// Whose it is.
    pub(crate) person: PersonId,
    /// 0 the recovery key, 1 the first device, one more for each link away from it.
    away: u32,
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

/// The standing used: what it is, its distance from the Found along grants, the longest path to it, its hash.
pub(super) type ByStanding = (Standing, u32, u32, StatementId);
/// Within one person: how far the device is from the first, the longest path to its grant, its hash.
pub(super) type ByDevice = (u32, u32, StatementId);
/// Seniority. `None` is the Found's, before all others.
pub(crate) type Rank = Option<(ByStanding, ByDevice)>;

/// The order in which statements are decided: from senior to junior; of one key first a Leave, then what replaces the key,
/// then as they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    pub(super) rank: Rank,
    turn: Turn,
    generation: u32,
    id: StatementId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Leave,
    NewKey,
    Other,
}

impl DeviceGrant {
    pub(super) fn first(device: DeviceId, person: PersonId) -> DeviceGrant {
        DeviceGrant { device, person, away: 1 }
    }

    pub(super) fn recovery(key: DeviceId, person: PersonId) -> DeviceGrant {
        DeviceGrant { device: key, person, away: 0 }
    }

    /// A device that this one links. One that the words bring back is as near as one the first device linked.
    pub(super) fn linked(self, device: DeviceId) -> DeviceGrant {
        DeviceGrant { device, person: self.person, away: self.away.max(1) + 1 }
    }

    /// How many links it is away from the recovery key.
    pub(super) fn links(self) -> u32 {
        self.away
    }

    pub(super) fn is_recovery(self) -> bool {
        self.away == 0
    }
}

impl Order {
    /// Whether it is a Leave's.
    pub(super) fn is_leave(&self) -> bool {
        self.turn == Turn::Leave
    }

    /// After all others: of what is never decided.
    pub(super) fn last() -> Order {
        let id = StatementId::new([0xff; StatementId::LEN]);
        let rank = Some(((Standing::Member, u32::MAX, u32::MAX, id), (u32::MAX, u32::MAX, id)));
        Order { rank, turn: Turn::Other, generation: u32::MAX, id }
    }
}

impl Circle {
    pub(super) fn order(&self, rests: Option<Rests>, place: Place) -> Order {
        let turn = match self.dag.at(place).act() {
            Act::Leave => Turn::Leave,
            Act::NewRecoveryKey(_) => Turn::NewKey,
            _ => Turn::Other,
        };
        let rank = rests.map(|rests| self.rank(&rests)).unwrap_or_default();
        Order { rank, turn, generation: self.dag.generation(place), id: self.dag.at(place).id() }
    }

    /// How senior a statement is that rests on these grants.
    pub(crate) fn rank(&self, rests: &Rests) -> Rank {
        Some((self.by_standing(rests.standing_at, rests.standing), self.by_device(rests.device_at, rests.device)))
    }

    pub(super) fn by_standing(&self, at: Place, grant: StandingGrant) -> ByStanding {
        (grant.standing, grant.distance, self.dag.generation(at), self.dag.at(at).id())
    }

    pub(super) fn by_device(&self, at: Place, grant: DeviceGrant) -> ByDevice {
        (grant.away, self.dag.generation(at), self.dag.at(at).id())
    }
}
