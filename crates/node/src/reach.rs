//! Where other devices can be reached: what worked, what they said, who was seen nearby, and when to dial again.
//!
//! Addresses carry no peer id, since that changes at every start. A device tells its own, and those of others, only to
//! devices that share a circle with them, on the stream of the pair, in a frame that is the node's own:
//! | length 4 | kind 64 | postcard of devices, each with texts |.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    time::Duration,
};

use libp2p::{Multiaddr, PeerId, multiaddr::Protocol, swarm::ConnectionId};
use seal::{Bytes, DeviceId, PlanId};
use tokio::time::Instant;

use crate::{
    limits,
    net::{self, Net},
};

/// The kind of the one frame that is the node's and not the machine's.
const ADDRESSES: u8 = 64;
/// The group of records that hold addresses.
pub(crate) const GROUP: &str = "address";

/// What is known of where others are.
#[derive(Default)]
pub(crate) struct Reach {
    known: BTreeMap<DeviceId, Vec<String>>,
    tries: BTreeMap<DeviceId, Try>,
    seen: BTreeMap<PeerId, Seen>,
    dials: BTreeMap<ConnectionId, Aim>,
    /// Which address of a device a dial is for, and which led nowhere when they were tried last.
    trying: BTreeMap<ConnectionId, String>,
    dead: BTreeMap<DeviceId, BTreeSet<String>>,
    /// Addresses of tickets to be dialled, and the one that was typed with a code (which names no plan).
    tickets: Vec<(Option<PlanId>, Multiaddr)>,
}

/// What a dial is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    Device(DeviceId),
    Nearby,
    Ticket(Option<PlanId>),
}

struct Try {
    next: usize,
    wait: Duration,
    at: Instant,
}

struct Seen {
    addresses: Vec<Multiaddr>,
    at: Instant,
    new: bool,
}

impl Reach {
    /// Addresses as they were kept.
    pub(crate) fn recall(records: BTreeMap<String, Vec<u8>>) -> Reach {
        let known = records.into_iter().filter_map(|(name, value)| {
            let device = name.strip_prefix(GROUP)?.strip_prefix('/')?.parse().ok()?;
            Some((device, read_list(&value)?))
        });
        Reach { known: known.collect(), ..Reach::default() }
    }

    /// What is kept of a device.
    pub(crate) fn export(&self, device: DeviceId) -> Vec<u8> {
        seal::encode(&self.known.get(&device).cloned().unwrap_or_default())
    }

    /// An address at which a device was met goes to the front. Whether it is new.
    pub(crate) fn worked(&mut self, device: DeviceId, address: &Multiaddr) -> bool {
        let text = without_peer(address).to_string();
        if let Some(dead) = self.dead.get_mut(&device) {
            dead.remove(&text);
        }
        let list = self.known.entry(device).or_default();
        let before = list.len();
        list.retain(|old| *old != text);
        let new = list.len() == before;
        list.insert(0, text);
        list.truncate(limits::ADDRESSES);
        new
    }

    /// Addresses that were only told go behind those that worked. Where there is no room, the last that led nowhere makes
    /// some: else eight dead ones, told by anybody of the circle, would hide where a device really is. Whether any is new.
    pub(crate) fn told(&mut self, device: DeviceId, addresses: Vec<String>) -> bool {
        let list = self.known.entry(device).or_default();
        let dead = self.dead.entry(device).or_default();
        let mut new = false;
        for address in addresses {
            if address.parse::<Multiaddr>().is_err() || list.contains(&address) {
                continue;
            }
            if list.len() >= limits::ADDRESSES {
                let Some(gone) = list.iter().rposition(|old| dead.contains(old)) else { break };
                dead.remove(&list.remove(gone));
            }
            list.push(address);
            new = true;
        }
        if new {
            // Where it may be has become more: that is worth a try at once.
            self.tries.remove(&device);
        }
        new
    }

    /// Where a device can be reached, as far as is known here: the best first, not all, since this is for others.
    pub(crate) fn of(&self, device: DeviceId) -> Vec<String> {
        let known = self.known.get(&device).into_iter().flatten();
        known.take(limits::ADDRESSES_TOLD).cloned().collect()
    }

    /// Nothing is known of a device any more.
    pub(crate) fn forget(&mut self, device: DeviceId) {
        self.known.remove(&device);
        self.tries.remove(&device);
        self.dead.remove(&device);
    }

    /// A device is connected: the next time it is lost, it is dialled at once.
    pub(crate) fn met(&mut self, device: DeviceId) {
        self.tries.remove(&device);
    }

    /// Peers that mDNS found. A flood of fakes pushes out only what was seen, never who is connected.
    pub(crate) fn seen(&mut self, peers: Vec<(PeerId, Multiaddr)>) {
        for (peer, address) in peers {
            if self.seen.len() >= limits::SEEN && !self.seen.contains_key(&peer) {
                self.seen.pop_first();
            }
            let seen =
                self.seen.entry(peer).or_insert_with(|| Seen { addresses: Vec::new(), at: Instant::now(), new: true });
            let address = without_peer(&address);
            if !seen.addresses.contains(&address) && seen.addresses.len() < limits::ADDRESSES {
                seen.addresses.push(address);
            }
        }
    }

    /// Somebody from nearby turned out to know nothing of ours.
    pub(crate) fn is_a_stranger(&mut self, peer: PeerId) {
        if let Some(seen) = self.seen.get_mut(&peer) {
            seen.at = Instant::now() + limits::STRANGER_RESTS;
        }
    }

    /// Everybody nearby is worth another try.
    pub(crate) fn forget_strangers(&mut self) {
        for seen in self.seen.values_mut() {
            seen.at = Instant::now();
        }
    }

    /// Addresses of a ticket, to be dialled in turn until somebody answers: QUIC first. Not from the beginning again before all
    /// were tried: a dead address takes longer than this is asked again, and the others would never have their turn.
    pub(crate) fn try_ticket(&mut self, plan: Option<PlanId>, addresses: impl IntoIterator<Item = Multiaddr>) {
        let under_way = self.dials.values().any(|aim| *aim == Aim::Ticket(plan));
        if under_way || self.tickets.iter().any(|(of, _)| *of == plan) {
            return;
        }
        self.tickets.extend(addresses.into_iter().map(|address| (plan, address)).take(limits::ADDRESSES));
        self.tickets.sort_by_key(|(_, address)| is_quic(address));
    }

    /// Nobody wants to come in with this plan's ticket any more.
    pub(crate) fn forget_ticket(&mut self, plan: Option<PlanId>) {
        self.tickets.retain(|(of, _)| *of != plan);
    }

    /// Nothing is under way any more: going online again begins anew, without the waits that failures had earned.
    pub(crate) fn rest(&mut self) {
        self.tries.clear();
        self.dials.clear();
        self.trying.clear();
        self.seen.clear();
    }

    /// Whether somebody who was dialled may still answer.
    pub(crate) fn is_trying(&self) -> bool {
        !self.dials.is_empty()
    }

    /// A dial came to a connection: what it was for.
    pub(crate) fn reached(&mut self, connection: ConnectionId) -> Option<Aim> {
        let aim = self.dials.remove(&connection)?;
        self.trying.remove(&connection);
        if let Aim::Ticket(plan) = aim {
            self.tickets.retain(|(of, _)| *of != plan);
        }
        Some(aim)
    }

    /// A dial came to nothing; if it was for a ticket, for which plan.
    pub(crate) fn not_reached(&mut self, connection: ConnectionId) -> Option<PlanId> {
        match self.dials.remove(&connection) {
            Some(Aim::Ticket(plan)) => plan,
            Some(Aim::Device(device)) => {
                if let Some(address) = self.trying.remove(&connection) {
                    self.dead.entry(device).or_default().insert(address);
                }
                // No need to wait beside it any longer.
                if let Some(tried) = self.tries.get_mut(&device).filter(|tried| tried.next > 0) {
                    tried.at = Instant::now();
                }
                None
            }
            Some(Aim::Nearby) | None => None,
        }
    }

    /// Dials whoever is due, a few at a time.
    pub(crate) fn dial(
        &mut self,
        net: &mut Net,
        wanted: BTreeSet<DeviceId>,
        curious: bool,
        connected: impl Fn(&PeerId) -> bool,
    ) {
        let (now, ours) = (Instant::now(), net.key());
        while self.dials.len() < limits::DIALS
            && let Some(next) = self.next_of_tickets()
        {
            let (plan, address) = self.tickets.remove(next);
            self.dials.extend(net.dial(address).map(|dial| (dial, Aim::Ticket(plan))));
        }
        self.tries.retain(|device, _| wanted.contains(device));
        for device in wanted {
            if self.dials.len() >= limits::DIALS {
                return;
            }
            let Some(address) = self.due(device, now) else { continue };
            let text = address.to_string();
            if let Some(dial) = net.dial(address) {
                self.dials.insert(dial, Aim::Device(device));
                self.trying.insert(dial, text);
            }
        }
        if !curious {
            return;
        }
        for (peer, seen) in &mut self.seen {
            if self.dials.len() >= limits::DIALS {
                return;
            }
            if seen.at > now || connected(peer) {
                continue;
            }
            if std::mem::take(&mut seen.new) && net::key_of(peer).is_some_and(|theirs| theirs < ours) {
                // They see us too and dial; two connections at once would only have to be sorted out again.
                seen.at = now + limits::OTHERS_FIRST;
                continue;
            }
            seen.at = now + limits::NEARBY_AGAIN;
            self.dials.extend(net.dial_seen(*peer, seen.addresses.clone()).map(|dial| (dial, Aim::Nearby)));
        }
    }

    /// The last address whose ticket has no dial under way: two connections to one device would only be in each other's way.
    fn next_of_tickets(&self) -> Option<usize> {
        let idle = |plan: Option<PlanId>| !self.dials.values().any(|aim| *aim == Aim::Ticket(plan));
        self.tickets.iter().rposition(|(plan, _)| idle(*plan))
    }

    /// The next address of a device, if it is time; after the last of them the wait grows.
    fn due(&mut self, device: DeviceId, now: Instant) -> Option<Multiaddr> {
        let addresses = self.known.get(&device)?;
        let (first, longest) = limits::BACKOFF;
        let tried = self.tries.entry(device).or_insert(Try { next: 0, wait: first, at: now });
        if tried.at > now {
            return None;
        }
        let address = addresses.get(tried.next).and_then(|text| text.parse().ok());
        tried.next += 1;
        tried.at = now + limits::NEXT_ADDRESS;
        if tried.next >= addresses.len() {
            tried.next = 0;
            tried.at = now + tried.wait;
            tried.wait = (tried.wait * 2).min(longest);
        }
        address
    }
}

/// The name of the record that keeps a device's addresses.
pub(crate) fn record(device: DeviceId) -> String {
    format!("{GROUP}/{device}")
}

/// Devices and where they can be reached.
pub(crate) type Whereabouts = Vec<(DeviceId, Vec<String>)>;

/// The frame that tells where devices can be reached.
pub(crate) fn frame(whereabouts: &Whereabouts) -> Bytes {
    let body = seal::encode(whereabouts);
    let length = u32::try_from(body.len() + 1).expect("a few devices with a few short texts each");
    let mut frame = length.to_be_bytes().to_vec();
    frame.push(ADDRESSES);
    frame.extend_from_slice(&body);
    frame.into()
}

/// What a frame of that kind tells; `None` for every other frame. One that cannot be read names nothing.
pub(crate) fn read(frame: &[u8]) -> Option<Whereabouts> {
    let (kind, body) = frame.get(sync::FRAME_HEAD..)?.split_first()?;
    if *kind != ADDRESSES {
        return None;
    }
    let told: Whereabouts = seal::decode(body, sync::limits::FRAME_WIRE).unwrap_or_default();
    let fits = told.len() <= limits::WHEREABOUTS && told.iter().all(|(_, texts)| fit(texts));
    Some(if fits { told } else { Vec::new() })
}

fn read_list(bytes: &[u8]) -> Option<Vec<String>> {
    let most = limits::ADDRESSES * (limits::ADDRESS_BYTES + 2) + 2;
    seal::decode(bytes, most).ok().filter(|list: &Vec<String>| fit(list))
}

fn fit(list: &[String]) -> bool {
    list.len() <= limits::ADDRESSES && list.iter().all(|text| text.len() <= limits::ADDRESS_BYTES)
}

/// At most eight addresses for others to dial: QUIC first. Loopback only if there is nothing else.
pub(crate) fn worth_telling(listening: &[Multiaddr]) -> Vec<String> {
    let outside = listening.iter().any(|address| !is_loopback(address));
    let mut worth: Vec<&Multiaddr> = listening.iter().filter(|address| !outside || !is_loopback(address)).collect();
    worth.sort_by_key(|address| (!is_quic(address), address.to_string()));
    let texts = worth.into_iter().map(|address| without_peer(address).to_string());
    texts.filter(|text| text.len() <= limits::ADDRESS_BYTES).take(limits::ADDRESSES).collect()
}

/// Whether an address is of this computer only.
pub(crate) fn is_loopback(address: &Multiaddr) -> bool {
    address.iter().any(|part| match part {
        Protocol::Ip4(ip) => IpAddr::V4(ip).is_loopback(),
        Protocol::Ip6(ip) => IpAddr::V6(ip).is_loopback(),
        _ => false,
    })
}

/// Whether an address is dialled over QUIC. There, who dials uses the port it listens on, so it can be dialled back.
pub(crate) fn is_quic(address: &Multiaddr) -> bool {
    address.iter().any(|part| part == Protocol::QuicV1)
}

fn without_peer(address: &Multiaddr) -> Multiaddr {
    address.iter().filter(|part| !matches!(part, Protocol::P2p(_))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(texts: &[&str]) -> Vec<Multiaddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn what_worked_comes_first_and_eight_are_kept() {
        let (mut reach, device) = (Reach::default(), DeviceId::new([1; 32]));
        reach.told(device, vec!["/ip4/192.0.2.1/tcp/1".into(), "rubbish".into()]);
        for port in 0..20 {
            reach.worked(device, &format!("/ip4/192.0.2.1/tcp/{}", 100 + port).parse().unwrap());
        }
        let kept = &reach.known[&device];
        assert_eq!((kept.len(), kept[0].as_str()), (8, "/ip4/192.0.2.1/tcp/119"));
        let records = BTreeMap::from([(record(device), reach.export(device))]);
        assert_eq!(Reach::recall(records).known[&device], *kept);
    }

    #[test]
    fn dead_addresses_make_room_for_new_ones_and_one_that_works_never_does() {
        let (mut reach, device) = (Reach::default(), DeviceId::new([1; 32]));
        let at = |port: usize| format!("/ip4/192.0.2.1/tcp/{port}");
        reach.worked(device, &at(1).parse().unwrap());
        assert!(reach.told(device, (2..=20).map(at).collect()));
        assert!(!reach.told(device, vec![at(99)]), "no room, and nothing is known to be dead");
        for (dial, address) in reach.known[&device].clone().into_iter().enumerate().skip(1) {
            let dial = ConnectionId::new_unchecked(dial);
            reach.dials.insert(dial, Aim::Device(device));
            reach.trying.insert(dial, address);
            reach.not_reached(dial);
        }
        assert!(reach.told(device, vec![at(99)]));
        assert!(reach.told(device, (101..=120).map(at).collect()));
        let kept = &reach.known[&device];
        assert_eq!(kept.len(), limits::ADDRESSES);
        assert!(kept.contains(&at(1)) && kept.contains(&at(99)), "one that works, and one that was not tried yet");
    }

    #[test]
    fn a_frame_of_addresses_reads_back_and_others_are_left_to_the_machine() {
        let listening = addresses(&["/ip4/127.0.0.1/tcp/1", "/ip4/192.0.2.7/tcp/1", "/ip4/192.0.2.7/udp/1/quic-v1"]);
        let told = vec![(DeviceId::new([1; 32]), worth_telling(&listening))];
        assert_eq!(read(&frame(&told)).unwrap(), told);
        assert_eq!(told[0].1, ["/ip4/192.0.2.7/udp/1/quic-v1", "/ip4/192.0.2.7/tcp/1"]);
        assert_eq!(read(&[0, 0, 0, 2, 1, 1]), None);
        assert_eq!(read(&[0, 0, 0, 3, ADDRESSES, 0xff, 0xff]), Some(Vec::new()));
    }

    #[test]
    fn a_flood_of_fakes_is_bounded() {
        let mut reach = Reach::default();
        let address: Multiaddr = "/ip4/192.0.2.1/tcp/1".parse().unwrap();
        for _ in 0..2_000 {
            reach.seen(vec![(PeerId::random(), address.clone())]);
        }
        assert_eq!(reach.seen.len(), limits::SEEN);
    }
}
