//! Connections and the one stream each pair of devices keeps: who opens it, on which connection, and when again.
//!
//! Of two devices, the one with the lower network key tends the pair: it opens the stream, and of several connections it
//! keeps the one with the stream. So both agree without a word, and two that dial each other at once say nothing twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use libp2p::{Multiaddr, PeerId, Stream, swarm::ConnectionId};
use libp2p_stream::OpenStreamError;
use seal::{Bytes, DeviceId, Time};
use sync::{Because, Input, Link, NetworkKey, Nonce};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout},
};

mod due;
mod whereabouts;

use self::whereabouts::Whereabouts;
use crate::{
    ask::Reply,
    hands::{Hands, dice, now},
    hosting, limits,
    net::{self, Net},
    news::LinkView,
    reach::{self, Reach},
    stream::{self, Line, StreamId},
};

/// Everything about connections. Offline there is no `net`, and nothing else either.
pub(crate) struct Links {
    pub(crate) net: Option<Net>,
    /// A stay online that is about to end, and who waits for its end.
    pub(crate) leaving: Option<(Net, Option<Reply<()>>)>,
    pub(crate) peers: BTreeMap<PeerId, Peer>,
    pub(crate) streams: BTreeMap<StreamId, PeerId>,
    pub(crate) reach: Reach,
    pub(crate) listening: Vec<Multiaddr>,
    next: u64,
    whereabouts: Whereabouts,
    /// Streams whose other end reads too slowly.
    lagging: BTreeSet<StreamId>,
    pub(crate) events: mpsc::Sender<stream::Event>,
    opened: mpsc::Sender<Opened>,
}

/// A stream we asked for, or that there is none.
pub(crate) struct Opened {
    pub(crate) peer: PeerId,
    pub(crate) protocol: libp2p::StreamProtocol,
    pub(crate) stream: Result<Stream, NoStream>,
}

/// Why there is no stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoStream {
    /// The other side does not offer the protocol.
    NotOffered,
    /// The connection broke, or it took too long.
    Broken,
}

/// One peer of this stay online: a network key, its connections, and the stream to it.
pub(crate) struct Peer {
    pub(crate) key: [u8; 32],
    pub(crate) connections: Vec<Connection>,
    pub(crate) talk: Option<Talk>,
    /// The connection that carries the stream, or is to, where that is ours to say.
    kept: Option<ConnectionId>,
    opening: bool,
    /// How often its stream broke in a row, soon after it was opened.
    breaks: u32,
    /// Not to be asked again before: it turned out to know nothing of ours, or its stream just broke.
    rests: Instant,
    /// Somebody is being let in over this peer's connections, so none of them is closed.
    pub(crate) joining: u32,
}

/// One connection to a peer.
pub(crate) struct Connection {
    id: ConnectionId,
    pub(crate) address: Multiaddr,
    pub(crate) dialled: bool,
}

/// The stream of a pair.
pub(crate) struct Talk {
    stream: StreamId,
    line: Line,
    device: Option<DeviceId>,
    since: Time,
}

impl Peer {
    /// The connections to be closed. One that was dialled may stand long after another did, and a stream that is cut for
    /// it says everything again; where there is no stream, the older ones are no longer good for one.
    fn surplus(&mut self) -> Vec<ConnectionId> {
        let in_use = self.talk.is_some() || self.opening;
        let kept = self.kept.filter(|kept| in_use && self.connections.iter().any(|one| one.id == *kept));
        self.kept = kept.or(self.connections.last().map(|newest| newest.id));
        let others = self.connections.iter().map(|connection| connection.id);
        others.filter(|connection| self.joining == 0 && Some(*connection) != self.kept).collect()
    }
}

impl Links {
    pub(crate) fn new(reach: Reach, events: mpsc::Sender<stream::Event>, opened: mpsc::Sender<Opened>) -> Links {
        Links {
            net: None,
            leaving: None,
            peers: BTreeMap::new(),
            streams: BTreeMap::new(),
            reach,
            listening: Vec::new(),
            next: 1,
            whereabouts: Whereabouts::default(),
            lagging: BTreeSet::new(),
            events,
            opened,
        }
    }

    /// A number for a new stream.
    pub(crate) fn number(&mut self) -> StreamId {
        let id = StreamId(self.next);
        self.next += 1;
        id
    }

    /// The links as their owner sees them.
    pub(crate) fn views(&self) -> Vec<LinkView> {
        let view = |peer: &Peer| {
            let talk = peer.talk.as_ref()?;
            let connection = peer.connections.first()?;
            Some(LinkView {
                device: talk.device,
                address: connection.address.to_string(),
                dialled: connection.dialled,
                since: talk.since,
            })
        };
        self.peers.values().filter_map(view).collect()
    }

    /// The devices that are connected and known.
    pub(crate) fn devices(&self) -> Vec<DeviceId> {
        self.peers.values().filter_map(|peer| peer.talk.as_ref()?.device).collect()
    }

    /// The same, with the peers they are.
    pub(crate) fn known_devices(&self) -> impl Iterator<Item = (PeerId, DeviceId)> {
        self.peers.iter().filter_map(|(id, peer)| Some((*id, peer.talk.as_ref()?.device?)))
    }

    fn ours(&self) -> Option<[u8; 32]> {
        self.net.as_ref().map(Net::key)
    }

    fn is_ours_to_tend(&self, peer: &Peer) -> bool {
        self.ours().is_some_and(|ours| ours < peer.key)
    }

    /// Asks for a stream; the answer comes as [`Opened`].
    pub(crate) fn ask_for_stream(&self, peer: PeerId, protocol: libp2p::StreamProtocol) {
        let Some(net) = &self.net else { return };
        let (mut opener, opened) = (net.opener(), self.opened.clone());
        tokio::spawn(async move {
            let asked = timeout(limits::HANDSHAKE, opener.open_stream(peer, protocol.clone())).await;
            let stream = match asked {
                Ok(Ok(stream)) => Ok(stream),
                Ok(Err(OpenStreamError::UnsupportedProtocol(_))) => Err(NoStream::NotOffered),
                Ok(Err(_)) | Err(_) => Err(NoStream::Broken),
            };
            // The loop has ended: nobody needs the stream.
            let _ = opened.send(Opened { peer, protocol, stream }).await;
        });
    }

    /// Nobody rests any longer: something changed that may make strangers into people we know.
    pub(crate) fn wake_everybody(&mut self) {
        for peer in self.peers.values_mut() {
            peer.rests = Instant::now();
        }
        self.reach.forget_strangers();
    }
}

impl Hands {
    /// What the network tells.
    pub(crate) fn network(&mut self, told: net::Told) {
        match told {
            net::Told::Listening(address) => {
                self.links.listening.push(address);
                self.links.whereabouts.changed();
                // Who waits for this need not wait for a tick.
                self.tend_going_online();
            }
            net::Told::Deaf(address) => self.links.listening.retain(|old| *old != address),
            net::Told::CannotListen => tracing::warn!("an address can no longer be listened on"),
            net::Told::Seen(peers) => self.links.reach.seen(peers),
            net::Told::Connected { peer, connection, address, dialled } => {
                self.connected(peer, Connection { id: connection, address, dialled });
            }
            net::Told::Gone { peer, connection } => self.gone(peer, connection),
            net::Told::Silent(connection) => {
                if let Some(net) = &mut self.links.net {
                    net.close(connection);
                }
            }
            net::Told::NotReached(connection) => {
                if let Some(plan) = self.links.reach.not_reached(connection) {
                    self.ticket_address_failed(plan);
                }
            }
            net::Told::Sync(peer, stream) => {
                let theirs_to_open =
                    self.links.peers.get(&peer).is_some_and(|known| !self.links.is_ours_to_tend(known));
                if theirs_to_open {
                    self.begin(peer, stream);
                }
            }
            net::Told::Join(peer, stream) => self.somebody_knocks(peer, stream),
            net::Told::Restore(peer, stream) => self.somebody_comes_back(peer, stream),
        }
    }

    fn connected(&mut self, peer: PeerId, connection: Connection) {
        let aimed = self.links.reach.reached(connection.id);
        let Some(key) = net::key_of(&peer) else { return self.close(connection.id) };
        if self.links.peers.len() >= limits::LINKS && !self.links.peers.contains_key(&peer) {
            return self.close(connection.id);
        }
        let known = self.links.peers.entry(peer).or_insert_with(|| Peer {
            key,
            connections: Vec::new(),
            talk: None,
            kept: None,
            opening: false,
            breaks: 0,
            rests: Instant::now(),
            joining: 0,
        });
        tracing::trace!(connection = %connection.id, dialled = connection.dialled, "connected");
        known.connections.push(connection);
        self.tend(peer);
        self.maybe_ask_to_join(peer, aimed);
        self.maybe_ask_to_come_back(peer, aimed);
    }

    fn gone(&mut self, peer: PeerId, connection: ConnectionId) {
        tracing::trace!(%connection, "gone");
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        known.connections.retain(|old| old.id != connection);
        if !known.connections.is_empty() {
            return;
        }
        if let Some(talk) = known.talk.take() {
            self.over(&talk);
        }
        self.links.peers.remove(&peer);
        self.changed.links = true;
    }

    fn close(&mut self, connection: ConnectionId) {
        if let Some(net) = &mut self.links.net {
            net.close(connection);
        }
    }

    /// Keeps one connection and one stream to a peer, if that is ours to do.
    pub(crate) fn tend(&mut self, peer: PeerId) {
        let Some(known) = self.links.peers.get(&peer) else { return };
        if !self.links.is_ours_to_tend(known) {
            return;
        }
        let surplus = self.links.peers.get_mut(&peer).map(Peer::surplus);
        for connection in surplus.into_iter().flatten() {
            self.close(connection);
        }
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        if known.talk.is_some() || known.opening || known.rests > Instant::now() {
            return;
        }
        known.opening = true;
        self.links.ask_for_stream(peer, net::SYNC);
    }

    /// A stream we asked for.
    pub(crate) fn opened(&mut self, opened: Opened) {
        let Opened { peer, protocol, stream } = opened;
        if protocol == net::JOIN {
            return self.join_stream(peer, stream);
        }
        if protocol == net::RESTORE {
            return self.restore_stream(peer, stream);
        }
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        known.opening = false;
        match stream {
            Ok(stream) => self.begin(peer, stream),
            Err(_) => known.rests = Instant::now() + limits::STREAM_AGAIN,
        }
    }

    fn begin(&mut self, peer: PeerId, stream: Stream) {
        let id = self.links.number();
        let Some(ours) = self.links.ours() else { return };
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        let older = known.talk.take();
        let theirs = known.key;
        let line = Line::begin(id, stream, self.links.events.clone());
        known.talk = Some(Talk { stream: id, line, device: None, since: now() });
        self.links.streams.insert(id, peer);
        if let Some(older) = older {
            self.over(&older);
        }
        let (link, nonce) = (Link(id.0), Nonce(dice()));
        self.handle(Input::Met { link, nonce, ours: NetworkKey(ours), theirs: NetworkKey(theirs) });
    }

    fn over(&mut self, talk: &Talk) {
        self.links.streams.remove(&talk.stream);
        self.changed.links = true;
        self.handle(Input::Parted(Link(talk.stream.0)));
    }

    /// What happens on a stream.
    pub(crate) fn streamed(&mut self, event: stream::Event) {
        let (stream::Event::Heard(id, _) | stream::Event::Written(id, _) | stream::Event::Ended(id)) = &event;
        let id = *id;
        let Some(peer) = self.links.streams.get(&id).copied() else {
            if let Some(event) = self.restore_streamed(event) {
                self.join_streamed(event);
            }
            return;
        };
        match event {
            stream::Event::Heard(_, frame) => self.heard(peer, id, frame),
            stream::Event::Written(_, frames) => {
                let told = self.links.peers.get(&peer).and_then(|peer| peer.talk.as_ref()).map(|talk| talk.line.told());
                if told == Some(frames) {
                    self.handle(Input::Drained(Link(id.0)));
                }
            }
            stream::Event::Ended(_) => self.part(Link(id.0), None),
        }
    }

    fn heard(&mut self, peer: PeerId, id: StreamId, frame: Bytes) {
        if let Some(whereabouts) = reach::read(&frame) {
            // Only from devices of a circle; anybody else's are not even looked at.
            if let Some(device) = self.asked_beside(peer, id).filter(|device| self.is_in_a_circle(*device)) {
                self.told_whereabouts(device, whereabouts);
            }
            return;
        }
        if let Some(passed) = hosting::read_passed(&frame) {
            if let (Some(device), Some(passed)) = (self.asked_beside(peer, id), passed) {
                self.passed(peer, device, passed);
            }
            return;
        }
        self.handle(Input::Heard(Link(id.0), frame));
        self.meet(peer);
    }

    /// Who sent what is not for the machine, if they are known. From whoever sends too much of it the machine parts.
    fn asked_beside(&mut self, peer: PeerId, id: StreamId) -> Option<DeviceId> {
        if self.sync.heard_beside(Link(id.0), self.clock.now()).is_err() {
            self.handle(Input::Woke);
        }
        self.links.peers.get(&peer).and_then(|peer| peer.talk.as_ref()?.device)
    }

    /// Somebody else is in a circle than before: whoever proved that already may be known now.
    pub(crate) fn meet_everybody(&mut self) {
        let peers: Vec<PeerId> = self.links.peers.keys().copied().collect();
        for peer in peers {
            self.meet(peer);
        }
    }

    /// Greets a peer that has proved to be a device of a circle. To prove to be just any device costs nothing.
    fn meet(&mut self, peer: PeerId) {
        let talk = self.links.peers.get(&peer).and_then(|peer| peer.talk.as_ref());
        let Some(talk) = talk.filter(|talk| talk.device.is_none()) else { return };
        let Some(device) = self.device_at(Link(talk.stream.0)) else { return };
        if self.is_in_a_circle(device) {
            self.known(peer, device);
        }
    }

    pub(crate) fn is_in_a_circle(&self, device: DeviceId) -> bool {
        let is_in = |plan| self.sync.ledger(plan).is_some_and(|ledger| ledger.person_of(device).is_some());
        self.sync.plans().any(is_in)
    }

    /// A device of a circle is there: where it was found is worth remembering, and it may know where we are.
    fn known(&mut self, peer: PeerId, device: DeviceId) {
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        let Some(talk) = &mut known.talk else { return };
        talk.device = Some(device);
        for connection in &known.connections {
            let new = if connection.dialled {
                self.links.reach.worked(device, &connection.address)
            } else {
                let text = connection.address.to_string();
                reach::is_quic(&connection.address) && self.links.reach.told(device, vec![text])
            };
            if new {
                self.links.whereabouts.changed();
            }
        }
        self.links.reach.met(device);
        self.changed.links = true;
        self.keep_addresses(device);
        self.tell_whereabouts(peer, device);
        self.pass_on_to(device);
    }

    /// Sends a frame of the machine's.
    pub(crate) fn tell(&mut self, link: Link, frame: Bytes) {
        if let Some(peer) = self.links.streams.get(&StreamId(link.0)).copied() {
            self.write(peer, frame);
        }
    }

    pub(crate) fn write(&mut self, peer: PeerId, frame: Bytes) {
        let Some(talk) = self.links.peers.get_mut(&peer).and_then(|peer| peer.talk.as_mut()) else { return };
        let stream = talk.stream;
        if talk.line.tell(frame).is_err() {
            tracing::debug!(link = stream.0, "too far behind");
            // Not from inside the machine's outputs: the next tick parts from it.
            self.links.lagging.insert(stream);
        }
    }

    /// Ends a stream. What was told on it is still written; the connection ends by itself once nothing is open on it.
    pub(crate) fn part(&mut self, link: Link, because: Option<Because>) {
        let Some(peer) = self.links.streams.get(&StreamId(link.0)).copied() else { return };
        let Some(known) = self.links.peers.get_mut(&peer) else { return };
        let Some(talk) = known.talk.take() else { return };
        let lasted = now().0.saturating_sub(talk.since.0) > limits::STREAM_LASTS;
        known.breaks = if talk.device.is_some() && lasted { 0 } else { known.breaks + 1 };
        let rest = match because {
            None => (limits::STREAM_AGAIN * 2_u32.pow(known.breaks.min(10))).min(limits::BACKOFF.1),
            Some(Because::Slow) => limits::HANDSHAKE,
            Some(Because::NothingInCommon | Because::Rubbish | Because::Forged | Because::Flood | Because::Shunned) => {
                limits::STRANGER_RESTS
            }
        };
        known.rests = Instant::now() + rest;
        if rest == limits::STRANGER_RESTS {
            self.links.reach.is_a_stranger(peer);
        }
        self.over(&talk);
    }
}

/// How often the loop looks what is due.
pub(crate) const TICK: Duration = Duration::from_millis(250);

#[cfg(test)]
mod tests;
