//! One simulated device: the machine, its disk, its door, and what its person sees.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use seal::{ChainId, DeviceId, DeviceKey, DocId};
use sync::{Batch, NetworkKey, Sync};

use super::{disk::Disk, door::Gate, edit::Kind, writer::Pen};

/// Whom a peer serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Honesty {
    /// Runs the machine as it is.
    Honest,
    /// A member of the circle who runs the machine and lies beside it.
    Liar,
    /// Not of the circle, but knows everything that was said in it at the beginning.
    Outsider,
}

/// A device.
pub struct Peer {
    pub name: String,
    pub key: Arc<DeviceKey>,
    pub honesty: Honesty,
    /// `None` while it is down.
    pub sync: Option<Sync>,
    /// How often it was started: what belongs to an earlier life is forgotten.
    pub life: u64,
    pub disk: Disk,
    pub backup: Option<Disk>,
    /// An old copy of it was opened at some time.
    pub restored: bool,
    pub gate: Gate,
    pub pens: BTreeMap<DocId, Pen>,
    /// Chains of its own that it was told to leave.
    pub left: BTreeSet<ChainId>,
    pub net: NetworkKey,
    pub wires: BTreeSet<u64>,
    /// When the door has answered for everything before.
    pub door_free: i64,
    pub saving: Option<Batch>,
    /// When it will be woken.
    pub alarm: Option<i64>,
    pub draining: BTreeSet<u64>,
}

impl Peer {
    pub fn new(name: &str, key: Arc<DeviceKey>, honesty: Honesty, kind: Kind) -> Peer {
        Peer {
            name: name.to_owned(),
            key,
            honesty,
            sync: None,
            life: 0,
            disk: Disk::default(),
            backup: None,
            restored: false,
            gate: Gate::new(kind),
            pens: BTreeMap::new(),
            left: BTreeSet::new(),
            net: NetworkKey([0; 32]),
            wires: BTreeSet::new(),
            door_free: 0,
            saving: None,
            alarm: None,
            draining: BTreeSet::new(),
        }
    }

    pub fn device(&self) -> DeviceId {
        self.key.id()
    }

    pub fn is_honest(&self) -> bool {
        self.honesty == Honesty::Honest
    }

    pub fn is_up(&self) -> bool {
        self.sync.is_some()
    }
}
