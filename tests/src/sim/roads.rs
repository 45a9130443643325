//! Who is connected to whom.

use rand::RngExt as _;
use sync::{Input, Link, Nonce};

use super::world::{Event, Name, Wire, World};

impl World {
    /// Two peers meet.
    pub fn connect(&mut self, a: Name, b: Name) {
        let apart = self.apart.contains(&(a.min(b), a.max(b)));
        if a == b || apart || !self.peers[a].is_up() || !self.peers[b].is_up() {
            return;
        }
        let wire = self.number();
        self.wires.insert(wire, Wire { ends: [a, b], last: [self.now; 2] });
        for (who, other) in [(a, b), (b, a)] {
            self.peers[who].wires.insert(wire);
            let nonce = Nonce(self.dice.random());
            let (ours, theirs) = (self.peers[who].net, self.peers[other].net);
            self.handle(who, Input::Met { link: Link(wire), nonce, ours, theirs });
        }
    }

    /// Two peers cannot reach each other until it is healed.
    pub fn cut(&mut self, a: Name, b: Name) {
        self.apart.insert((a.min(b), a.max(b)));
        self.cut_wires(a, b);
    }

    pub(super) fn cut_wires(&mut self, a: Name, b: Name) {
        for wire in self.peers[a].wires.intersection(&self.peers[b].wires).copied().collect::<Vec<_>>() {
            self.cut_wire(wire);
        }
    }

    /// They can reach each other again, and do.
    pub fn heal(&mut self, a: Name, b: Name) {
        self.apart.remove(&(a.min(b), a.max(b)));
        self.connect(a, b);
    }

    pub(super) fn is_connected(&self, a: Name, b: Name) -> bool {
        !self.peers[a].wires.is_disjoint(&self.peers[b].wires)
    }

    pub(super) fn cut_wire(&mut self, wire: u64) {
        let Some(Wire { ends, last }) = self.wires.remove(&wire) else { return };
        for (who, last) in ends.into_iter().zip(last) {
            self.peers[who].wires.remove(&wire);
            let at = last.max(self.later(self.weather.delay));
            let life = self.peers[who].life;
            self.at(at, Event::Parted { wire, who, life });
        }
    }
}
