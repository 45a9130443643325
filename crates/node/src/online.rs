//! Going online and offline: where this device listens, on which port, and when others have heard of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

use libp2p::Multiaddr;
use tokio::time::Instant;

use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::Hands,
    limits,
    net::Net,
    news::News,
    reach,
    settings::Listen,
    stream::StreamId,
};

/// The record that remembers the port, so that tickets and earlier meetings stay good.
const PORT: &str = "port";

/// Somebody waits until this device listens.
pub(crate) struct GoingOnline {
    expected: usize,
    until: Instant,
    replies: Vec<Reply<()>>,
}

impl Hands {
    /// Goes online, with a network key that nobody has seen before.
    pub(crate) fn go_online(&mut self, reply: Reply<()>) {
        if self.links.net.is_some() {
            return match &mut self.going_online {
                Some(going) => going.replies.push(reply),
                None => reply.say(Ok(())),
            };
        }
        match self.begin_to_listen() {
            None => reply.say(Err(Refused::CannotListen)),
            Some(expected) => {
                let until = Instant::now() + limits::LISTENING;
                self.going_online = Some(GoingOnline { expected, until, replies: vec![reply] });
                self.offer_joining();
            }
        }
    }

    fn begin_to_listen(&mut self) -> Option<usize> {
        let wanted = self.wanted();
        let loopback = wanted.iter().flat_map(Listen::addresses).all(reach::is_loopback);
        let mut net = Net::new(self.settings.mdns && !loopback)?;
        let mut expected = 0;
        for address in wanted.iter().flat_map(Listen::addresses) {
            // Of the two defaults one may not exist here (a computer without IPv6), so one that works is enough.
            expected += usize::from(net.listen(address.clone()));
        }
        if expected == 0 {
            return None;
        }
        self.links.net = Some(net);
        Some(expected)
    }

    /// Where to listen: as asked, else everywhere. Where a port is left open (0) it is the one of last time if that is free,
    /// the same for both transports, so that tickets and earlier meetings stay good.
    fn wanted(&mut self) -> Vec<Listen> {
        let mut wanted = self.settings.listen.clone();
        if wanted.is_empty() {
            let everywhere = [IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)];
            wanted = everywhere.into_iter().map(|ip| Listen::at(SocketAddr::new(ip, 0))).collect();
        }
        if !wanted.iter().any(Listen::leaves_the_port_open) {
            return wanted;
        }
        let Some(port) = self.port.filter(|port| is_free(*port)).or_else(free_port) else { return wanted };
        if self.port != Some(port) {
            self.port = Some(port);
            let mut batch = store::Batch::new();
            batch.record(PORT, port.to_be_bytes().to_vec());
            self.keeper.keep(batch, None);
        }
        wanted.iter().map(|listen| listen.on_port(port)).collect()
    }

    /// Parts from everybody and stops listening.
    pub(crate) fn go_offline(&mut self, reply: Option<Reply<()>>) {
        self.going_online = None;
        let peers: Vec<_> = self.links.streams.keys().copied().collect();
        for StreamId(link) in peers {
            self.part(sync::Link(link), None);
        }
        self.links.peers.clear();
        self.links.listening.clear();
        self.links.reach.rest();
        self.outbox.put(News::Links(Vec::new()));
        match self.links.net.take() {
            // The loop says good-bye before it does anything else, and answers then.
            Some(net) => self.links.leaving = Some((net, reply)),
            None => reply.into_iter().for_each(|reply| reply.say(Ok(()))),
        }
    }

    /// Answers whoever waits for this device to listen.
    pub(crate) fn tend_going_online(&mut self) {
        let Some(going) = &self.going_online else { return };
        if self.links.listening.len() < going.expected && Instant::now() < going.until {
            return;
        }
        let heard = !self.links.listening.is_empty();
        for reply in self.going_online.take().map(|going| going.replies).unwrap_or_default() {
            reply.say(if heard { Ok(()) } else { Err(Refused::CannotListen) });
        }
        // Whoever is missed is dialled at once, not at the next tick.
        self.dial();
    }

    /// This device and where it listens.
    pub(crate) fn who_am_i(&self) -> ask::Me {
        let addresses = self.links.listening.iter().map(Multiaddr::to_string).collect();
        ask::Me { device: self.device, addresses }
    }
}

/// The port kept in the store.
pub(crate) fn recall_port(store: &store::Store) -> Option<u16> {
    let bytes = store.record(PORT).ok().flatten()?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

/// A port that is free for both transports, or was a moment ago.
fn free_port() -> Option<u16> {
    (0..16).find_map(|_| {
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        let port = listener.local_addr().ok()?.port();
        UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).ok().map(|_| port)
    })
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok() && UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok()
}
