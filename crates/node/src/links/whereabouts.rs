//! Telling devices of a circle where devices of that circle are, so that those who were never dialled find each other, too.

use std::collections::BTreeSet;

use libp2p::PeerId;
use seal::DeviceId;
use tokio::time::Instant;

use crate::{hands::Hands, limits, reach};

/// Whether there is something new to tell of where devices are, and when that was told last.
pub(super) struct Whereabouts {
    new: bool,
    told_at: Instant,
}

impl Default for Whereabouts {
    fn default() -> Whereabouts {
        Whereabouts { new: false, told_at: Instant::now() }
    }
}

impl Whereabouts {
    pub(super) fn changed(&mut self) {
        self.new = true;
    }

    /// Whether it is time to tell; then it counts as told.
    fn is_due(&mut self) -> bool {
        if !self.new || self.told_at.elapsed() < limits::REACH_AGAIN {
            return false;
        }
        *self = Whereabouts::default();
        true
    }
}

impl Hands {
    /// Tells a device where we are, and where those are with whom it shares a circle.
    pub(super) fn tell_whereabouts(&mut self, peer: PeerId, device: DeviceId) {
        if !self.is_in_a_circle(device) {
            // Whoever was removed may still be connected, and is told nothing.
            return;
        }
        let mut told = vec![(self.device, reach::worth_telling(&self.links.listening))];
        for other in self.others_in_circles_of(device) {
            if told.len() < limits::WHEREABOUTS {
                told.push((other, self.links.reach.of(other)));
            }
        }
        told.retain(|(_, texts)| !texts.is_empty());
        self.write(peer, reach::frame(&told));
    }

    pub(super) fn told_whereabouts(&mut self, by: DeviceId, told: reach::Whereabouts) {
        let others = self.others_in_circles_of(by);
        for (device, texts) in told {
            if (device == by || others.contains(&device)) && self.links.reach.told(device, texts) {
                self.links.whereabouts.changed();
                self.keep_addresses(device);
            }
        }
    }

    /// The devices that are in a circle with both this device and that one.
    fn others_in_circles_of(&self, device: DeviceId) -> BTreeSet<DeviceId> {
        let ledgers = self.sync.plans().filter_map(|plan| self.sync.ledger(plan));
        let shared = ledgers.filter(|ledger| ledger.person_of(device).is_some());
        let devices = shared.flat_map(|ledger| ledger.devices().map(|(other, _)| other).collect::<Vec<_>>());
        devices.filter(|other| *other != device && *other != self.device).collect()
    }

    /// Passes on what is new of where devices are, now and then.
    pub(super) fn tend_whereabouts(&mut self) {
        if !self.links.whereabouts.is_due() {
            return;
        }
        let known: Vec<(PeerId, DeviceId)> = self.links.known_devices().collect();
        for (peer, device) in known {
            self.tell_whereabouts(peer, device);
        }
    }

    pub(crate) fn keep_addresses(&self, device: DeviceId) {
        let mut batch = store::Batch::new();
        batch.record(&reach::record(device), self.links.reach.export(device));
        self.keeper.keep(batch, None);
    }
}
