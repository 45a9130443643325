//! How far this device is in asking one device after another for something, each on a stream of its own: to be let in, to
//! be handed a ticket for a code, to be let back in.

use std::collections::BTreeMap;

use libp2p::PeerId;
use tokio::time::Instant;

use crate::{
    limits,
    stream::{Line, StreamId},
};

/// Where the asking stands. `Step` is where the conversation is.
pub(crate) enum Stage<Step> {
    Looking,
    Opening(PeerId, Instant),
    Talking(Talking<Step>),
}

/// A conversation with one of them.
pub(crate) struct Talking<Step> {
    pub(crate) peer: PeerId,
    pub(crate) stream: StreamId,
    pub(crate) line: Line,
    pub(crate) since: Instant,
    pub(crate) step: Step,
}

impl<Step> Stage<Step> {
    /// Whom is asked now.
    pub(crate) fn peer(&self) -> Option<PeerId> {
        match self {
            Stage::Looking => None,
            Stage::Opening(peer, _) => Some(*peer),
            Stage::Talking(talking) => Some(talking.peer),
        }
    }

    pub(crate) fn is_looking(&self) -> bool {
        matches!(self, Stage::Looking)
    }

    /// Whether it waits for a stream to this peer.
    pub(crate) fn opens(&self, to: PeerId) -> bool {
        matches!(self, Stage::Opening(peer, _) if *peer == to)
    }

    /// Whether this is its stream.
    pub(crate) fn talks_on(&self, id: StreamId) -> bool {
        matches!(self, Stage::Talking(talking) if talking.stream == id)
    }
}

/// Whom was asked, and when: nobody is asked again at once.
#[derive(Default)]
pub(crate) struct Asked(BTreeMap<PeerId, Instant>);

impl Asked {
    /// The next to ask, who then counts as asked: first of those who answer at an address that was given, then of all.
    pub(crate) fn next(&mut self, named: &[PeerId], near: &[PeerId], at: Instant) -> Option<PeerId> {
        let rested =
            |peer: &&PeerId| self.0.get(peer).is_none_or(|asked| at.duration_since(*asked) > limits::ASK_AGAIN);
        let given = named.iter().filter(|peer| near.contains(peer)).find(rested);
        let next = *given.or_else(|| near.iter().find(rested))?;
        if self.0.len() >= limits::JOIN_ASKS {
            let oldest = self.0.iter().min_by_key(|(_, asked)| **asked).map(|(peer, _)| *peer);
            oldest.and_then(|oldest| self.0.remove(&oldest));
        }
        self.0.insert(next, at);
        Some(next)
    }

    /// They may be asked again at once.
    pub(crate) fn remove(&mut self, peer: &PeerId) {
        self.0.remove(peer);
    }
}
