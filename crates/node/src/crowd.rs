//! Who makes room when many strangers stand at a door at once: nobody from one address keeps everybody else out.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    time::{Duration, Instant},
};

use libp2p::PeerId;

use crate::{links::Links, net};

impl Links {
    /// Where a peer comes from, as far as one of its connections says so.
    pub(crate) fn address_of(&self, peer: &PeerId) -> Option<IpAddr> {
        self.peers.get(peer)?.connections.iter().find_map(|connection| net::ip(&connection.address))
    }
}

/// Somebody at a door.
pub(crate) struct Stands<T> {
    pub(crate) who: T,
    /// Where they come from, if that is known.
    pub(crate) from: Option<IpAddr>,
    pub(crate) since: Instant,
    /// Whether they get further without anybody's waiting: whoever knows a code, or is being kept, is not turned out for others.
    pub(crate) stays: bool,
}

/// Who goes, of a door that is full: of those who may go the one who waits longest, of the address that most come from.
pub(crate) fn makes_room<T: Copy>(crowd: &[Stands<T>]) -> Option<T> {
    let mut each: BTreeMap<Option<IpAddr>, usize> = BTreeMap::new();
    for stands in crowd {
        *each.entry(stands.from).or_default() += 1;
    }
    let may_go = crowd.iter().filter(|stands| !stands.stays);
    may_go.min_by_key(|stands| (std::cmp::Reverse(each[&stands.from]), stands.since)).map(|stands| stands.who)
}

/// How often somebody may ask in a while: each address for itself, and all of them together.
pub(crate) struct Turns {
    of_one: u32,
    of_all: u32,
    every: Duration,
    since: Instant,
    asked: BTreeMap<Option<IpAddr>, u32>,
}

impl Turns {
    pub(crate) fn new((of_one, of_all): (u32, u32), every: Duration) -> Turns {
        Turns { of_one, of_all, every, since: Instant::now(), asked: BTreeMap::new() }
    }

    /// Counts one question from there, and says whether it is answered.
    pub(crate) fn may(&mut self, from: Option<IpAddr>) -> bool {
        if self.since.elapsed() > self.every {
            self.since = Instant::now();
            self.asked.clear();
        }
        if self.asked.values().sum::<u32>() >= self.of_all {
            return false;
        }
        let asked = self.asked.entry(from).or_default();
        let may = *asked < self.of_one;
        *asked += u32::from(may);
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(who: u8, from: u8, stays: bool, since: Instant) -> Stands<u8> {
        Stands {
            who,
            from: Some(IpAddr::from([192, 0, 2, from])),
            since: since + Duration::from_secs(who.into()),
            stays,
        }
    }

    #[test]
    fn many_from_one_address_make_room_and_nobody_else() {
        let begun = Instant::now();
        let newcomer = stands(0, 1, false, begun);
        let crowd: Vec<_> = (1..8).map(|who| stands(who, 9, false, begun)).collect();
        let all: Vec<_> = std::iter::once(newcomer).chain(crowd).collect();
        assert_eq!(makes_room(&all), Some(1), "not the one who came first, from elsewhere");
    }

    #[test]
    fn whoever_knows_a_code_is_not_turned_out() {
        let begun = Instant::now();
        let crowd: Vec<_> = (0..8).map(|who| stands(who, 9, who < 7, begun)).collect();
        assert_eq!(makes_room(&crowd), Some(7));
        let crowd: Vec<_> = (0..8).map(|who| stands(who, 9, true, begun)).collect();
        assert_eq!(makes_room(&crowd), None);
    }

    #[test]
    fn one_address_that_asks_without_end_leaves_others_their_turns() {
        let mut turns = Turns::new((3, 8), Duration::from_secs(3600));
        let from = |last: u8| Some(IpAddr::from([192, 0, 2, last]));
        assert_eq!((0..100).filter(|_| turns.may(from(9))).count(), 3);
        assert_eq!((0..100).filter(|_| turns.may(from(1))).count(), 3);
        assert_eq!((0..100).filter(|last| turns.may(from(*last))).count(), 2, "all of them together");
    }
}
