//! What is due now and then.

use libp2p::PeerId;
use sync::{Because, Link};

use super::Links;
use crate::{
    hands::{Hands, now},
    stream::StreamId,
};

impl Hands {
    /// What is due: peers to tend, devices to dial, people from the local network to try.
    pub(crate) fn tick(&mut self) {
        self.clock.look(now());
        for StreamId(link) in std::mem::take(&mut self.links.lagging) {
            self.part(Link(link), Some(Because::Slow));
        }
        let peers: Vec<PeerId> = self.links.peers.keys().copied().collect();
        for peer in peers {
            self.tend(peer);
        }
        self.dial();
        self.tend_whereabouts();
        self.tend_joining();
        self.tend_restoring();
        self.tend_settling();
        self.tend_going_online();
        self.end_what_is_over();
        self.tend_keys();
        self.tend_nobodys_files();
    }

    /// Dials whoever of our circles is not connected.
    pub(crate) fn dial(&mut self) {
        let connected = self.links.devices();
        let plans: Vec<_> = self.sync.plans().collect();
        let wanted = plans
            .iter()
            .filter_map(|plan| self.sync.ledger(*plan))
            .flat_map(|ledger| ledger.devices().map(|(device, _)| device).collect::<Vec<_>>())
            .filter(|device| *device != self.device && !connected.contains(device))
            .collect();
        let curious = !plans.is_empty() || self.joining.is_under_way() || self.restoring.is_under_way();
        let Links { net: Some(net), peers, reach, .. } = &mut self.links else { return };
        reach.dial(net, wanted, curious, |peer| peers.contains_key(peer));
    }
}
