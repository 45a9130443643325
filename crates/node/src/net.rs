//! The only file that builds on libp2p's swarm. It carries and decides nothing: who is worth a link is for `links`.

mod gate;

use std::{
    num::NonZeroU8,
    thread::{self, JoinHandle},
    time::Duration,
};

use futures::StreamExt as _;
use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol, Swarm, SwarmBuilder, connection_limits as limits_behaviour,
    core::ConnectedPoint,
    identify, identity, mdns, noise, ping,
    swarm::{
        ConnectionId, DialError, NetworkBehaviour, SwarmEvent, behaviour::toggle::Toggle, dial_opts::DialOpts,
        dial_opts::PeerCondition,
    },
    tcp, yamux,
};
use libp2p_stream as streams;

use crate::{limits, reach};
use gate::Gate;
pub(crate) use gate::ip;

/// The long-lived stream of a pair of devices.
pub(crate) const SYNC: StreamProtocol = StreamProtocol::new("/alongside/sync/1");
/// Knocking with a ticket.
pub(crate) const JOIN: StreamProtocol = StreamProtocol::new("/alongside/join/1");
/// Coming back with 24 words. Always offered: who lost everything has nobody's invitation.
pub(crate) const RESTORE: StreamProtocol = StreamProtocol::new("/alongside/restore/1");
/// What identify says of us: the program's name and nothing else.
const AGENT: &str = "alongside/1";

#[derive(NetworkBehaviour)]
struct Behaviour {
    // The two that refuse come first, so that nothing is built for a connection that will not be.
    gate: Gate,
    limits: limits_behaviour::Behaviour,
    mdns: Toggle<mdns::tokio::Behaviour>,
    identify: identify::Behaviour,
    ping: ping::Behaviour,
    streams: streams::Behaviour,
}

/// What the network tells.
pub(crate) enum Told {
    /// We listen here now.
    Listening(Multiaddr),
    /// We no longer listen here.
    Deaf(Multiaddr),
    /// Nothing can be heard at an address that was asked for.
    CannotListen,
    /// Somebody is on the local network.
    Seen(Vec<(PeerId, Multiaddr)>),
    /// A connection stands.
    Connected { peer: PeerId, connection: ConnectionId, address: Multiaddr, dialled: bool },
    /// A connection is gone.
    Gone { peer: PeerId, connection: ConnectionId },
    /// A connection no longer answers.
    Silent(ConnectionId),
    /// A dial came to nothing.
    NotReached(ConnectionId),
    /// Somebody opened the sync stream.
    Sync(PeerId, Stream),
    /// Somebody opened the join stream.
    Join(PeerId, Stream),
    /// Somebody opened the stream to come back.
    Restore(PeerId, Stream),
}

/// One stay online. Its key lives exactly as long as it does.
pub(crate) struct Net {
    swarm: Swarm<Behaviour>,
    sync: streams::IncomingStreams,
    join: Option<streams::IncomingStreams>,
    restore: streams::IncomingStreams,
    key: [u8; 32],
}

/// Gathers what the first connection of a process needs of chance: a fortieth of a second for which nobody should wait when they go
/// online. To be joined before the program ends: nobody should be at work in a library that is being let go of.
pub(crate) fn warm_up() -> Option<JoinHandle<()>> {
    // Without a thread, or if it fails, it is gathered later.
    let gather = || {
        let _ = aws_lc_rs::rand::fill(&mut [0]);
    };
    thread::Builder::new().name("warm-up".to_owned()).spawn(gather).ok()
}

impl Net {
    /// Builds everything; must be called inside a tokio runtime. Nothing listens yet.
    pub(crate) fn new(with_mdns: bool) -> Option<Net> {
        let keypair = identity::Keypair::generate_ed25519();
        let key = keypair.public().try_into_ed25519().ok()?.to_bytes();
        let behaviour = behaviour(&keypair, with_mdns);
        let mut control = behaviour.streams.new_control();
        let sync = control.accept(SYNC).ok()?;
        let restore = control.accept(RESTORE).ok()?;
        let swarm = SwarmBuilder::with_existing_identity(keypair)
            .with_tokio()
            .with_tcp(tcp::Config::default().nodelay(true), noise::Config::new, yamux::Config::default)
            .ok()?
            .with_quic_config(|mut config| {
                config.max_concurrent_stream_limit = limits::STREAMS_PER_CONNECTION;
                config.max_stream_data = limits::STREAM_WINDOW;
                config.max_connection_data = limits::CONNECTION_WINDOW;
                config.handshake_timeout = limits::HANDSHAKE;
                config
            })
            .with_behaviour(|_| behaviour)
            .ok()?
            .with_swarm_config(|config| {
                config
                    .with_idle_connection_timeout(limits::HANDSHAKE)
                    .with_max_negotiating_inbound_streams(limits::STREAMS_PER_CONNECTION as usize)
                    .with_dial_concurrency_factor(NonZeroU8::MIN)
            })
            .with_connection_timeout(limits::HANDSHAKE)
            .build();
        Some(Net { swarm, sync, join: None, restore, key })
    }

    /// This stay's network key.
    pub(crate) fn key(&self) -> [u8; 32] {
        self.key
    }

    /// Begins to listen; `false` if the address cannot even be tried.
    pub(crate) fn listen(&mut self, address: Multiaddr) -> bool {
        self.swarm.listen_on(address).is_ok()
    }

    /// Dials an address, whoever answers there.
    pub(crate) fn dial(&mut self, address: Multiaddr) -> Option<ConnectionId> {
        let dial = DialOpts::unknown_peer_id().address(address.clone());
        // Over QUIC from the port we listen on, so that who answers can dial back. TCP keeps a closed pair of ports to
        // itself for a while, so there it is another port each time.
        self.begin(if reach::is_quic(&address) { dial.build() } else { dial.allocate_new_port().build() })
    }

    /// Dials somebody seen on the local network, unless a connection stands or is being made.
    pub(crate) fn dial_seen(&mut self, peer: PeerId, addresses: Vec<Multiaddr>) -> Option<ConnectionId> {
        let dial =
            DialOpts::peer_id(peer).addresses(addresses).condition(PeerCondition::DisconnectedAndNotDialing).build();
        self.begin(dial)
    }

    fn begin(&mut self, dial: DialOpts) -> Option<ConnectionId> {
        let id = dial.connection_id();
        self.swarm.dial(dial).ok().map(|()| id)
    }

    /// Closes one connection.
    pub(crate) fn close(&mut self, connection: ConnectionId) {
        self.swarm.close_connection(connection);
    }

    /// Says good-bye to everybody, so that they need not wait for a silence, and stops listening.
    pub(crate) async fn leave(mut self) {
        let peers: Vec<PeerId> = self.swarm.connected_peers().copied().collect();
        for peer in peers {
            // Only an error if it is gone already.
            let _ = self.swarm.disconnect_peer_id(peer);
        }
        let gone = async {
            while self.swarm.connected_peers().next().is_some() {
                self.swarm.next().await;
            }
            // The last packets go out from a task of the transport's own.
            tokio::time::sleep(limits::LAST_PACKETS).await;
        };
        let _ = tokio::time::timeout(limits::GOOD_BYE, gone).await;
    }

    /// What opens streams; usable from a task of its own, since opening takes a round trip.
    pub(crate) fn opener(&self) -> streams::Control {
        self.swarm.behaviour().streams.new_control()
    }

    /// Offers the join protocol, or stops offering it.
    pub(crate) fn offer_join(&mut self, offered: bool) {
        if !offered {
            self.join = None;
        } else if self.join.is_none() {
            self.join = self.opener().accept(JOIN).ok();
        }
    }

    /// The next thing the network tells.
    pub(crate) async fn next(&mut self) -> Told {
        loop {
            let told = tokio::select! {
                Some((peer, stream)) = self.sync.next() => Some(Told::Sync(peer, stream)),
                Some((peer, stream)) = next_of(&mut self.join) => Some(Told::Join(peer, stream)),
                Some((peer, stream)) = self.restore.next() => Some(Told::Restore(peer, stream)),
                event = self.swarm.select_next_some() => told(event),
            };
            if let Some(told) = told {
                return told;
            }
        }
    }
}

async fn next_of(streams: &mut Option<streams::IncomingStreams>) -> Option<(PeerId, Stream)> {
    match streams {
        Some(streams) => streams.next().await,
        None => std::future::pending().await,
    }
}

fn behaviour(keypair: &identity::Keypair, with_mdns: bool) -> Behaviour {
    let most = limits_behaviour::ConnectionLimits::default()
        .with_max_pending_incoming(Some(limits::HALF_OPEN))
        .with_max_pending_outgoing(Some(limits::HALF_OPEN))
        .with_max_established(Some(limits::CONNECTIONS))
        .with_max_established_per_peer(Some(limits::CONNECTIONS_PER_PEER));
    let seen = mdns::Config { ttl: limits::MDNS_LIVES, query_interval: limits::MDNS_ASKS, enable_ipv6: false };
    let mdns = with_mdns.then(|| mdns::tokio::Behaviour::new(seen, keypair.public().to_peer_id()).ok()).flatten();
    let identify = identify::Config::new(AGENT.to_owned(), keypair.public())
        .with_agent_version(AGENT.to_owned())
        .with_hide_listen_addrs(true)
        .with_cache_size(0);
    Behaviour {
        gate: Gate::default(),
        limits: limits_behaviour::Behaviour::new(most),
        mdns: Toggle::from(mdns),
        identify: identify::Behaviour::new(identify),
        ping: ping::Behaviour::new(ping::Config::new().with_interval(Duration::from_secs(10))),
        streams: streams::Behaviour::new(),
    }
}

fn told(event: SwarmEvent<BehaviourEvent>) -> Option<Told> {
    match event {
        SwarmEvent::Behaviour(BehaviourEvent::Mdns(mdns::Event::Discovered(seen))) => Some(Told::Seen(seen)),
        SwarmEvent::Behaviour(BehaviourEvent::Ping(ping::Event {
            connection,
            result: Err(ping::Failure::Timeout),
            ..
        })) => Some(Told::Silent(connection)),
        SwarmEvent::ConnectionEstablished { peer_id, connection_id, endpoint, .. } => {
            let (address, dialled) = match endpoint {
                ConnectedPoint::Dialer { address, .. } => (address, true),
                ConnectedPoint::Listener { send_back_addr, .. } => (send_back_addr, false),
            };
            Some(Told::Connected { peer: peer_id, connection: connection_id, address, dialled })
        }
        SwarmEvent::ConnectionClosed { peer_id, connection_id, .. } => {
            Some(Told::Gone { peer: peer_id, connection: connection_id })
        }
        SwarmEvent::OutgoingConnectionError { connection_id, error, .. } => {
            if let DialError::Denied { .. } = error {
                tracing::debug!("a dial was denied by our own limits");
            }
            Some(Told::NotReached(connection_id))
        }
        SwarmEvent::NewListenAddr { address, .. } => Some(Told::Listening(address)),
        SwarmEvent::ExpiredListenAddr { address, .. } => Some(Told::Deaf(address)),
        SwarmEvent::ListenerClosed { reason: Err(_), .. } => Some(Told::CannotListen),
        // The rest is told again in other words (identify, ping, stages of a connection) or concerns only libp2p.
        _ => None,
    }
}

/// The network key of a peer. Only Ed25519 keys are short enough to stand in the peer id itself; whoever brings another
/// kind is none of ours.
pub(crate) fn key_of(peer: &PeerId) -> Option<[u8; 32]> {
    let hash = peer.as_ref();
    let key = identity::PublicKey::try_decode_protobuf(hash.digest()).ok()?;
    Some(key.try_into_ed25519().ok()?.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_key_reads_back_from_its_peer_id() {
        let keypair = identity::Keypair::generate_ed25519();
        let key = keypair.public().try_into_ed25519().unwrap().to_bytes();
        assert_eq!(key_of(&keypair.public().to_peer_id()), Some(key));
        assert_eq!(key_of(&PeerId::random()), None);
    }
}
