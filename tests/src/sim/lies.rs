//! What liars do: beside what their machine says, or to it.

use rand::{RngExt as _, seq::IndexedRandom as _};
use seal::{Admitted, Bytes, DocId, Edit, EditHash, Seq, Signature, Tip};

use super::{
    belonging,
    edit::{self, Kind},
    peer::Honesty,
    wire::{self, DOCS, EDITS, Ends, PROOF, Run, SAVED, STATEMENTS, STATES},
    world::{Name, World},
};

impl World {
    /// What becomes of a frame that this peer sends.
    pub(super) fn twist(&mut self, who: Name, frame: Bytes) -> Bytes {
        let (kind, mut body) = match self.peers[who].honesty {
            Honesty::Honest => return frame,
            Honesty::Liar if !self.lying => return frame,
            Honesty::Liar | Honesty::Outsider => wire::open(&frame),
        };
        match (self.peers[who].honesty, kind) {
            (Honesty::Outsider, PROOF) => {
                // It claims to be the founder's device.
                body[..32].copy_from_slice(self.peers[0].device().as_bytes());
                wire::frame(kind, &body)
            }
            (Honesty::Liar, EDITS) if self.dice.random_bool(0.1) => {
                let (plan, doc, mut runs) = wire::edits(&body);
                self.tamper(&mut runs);
                wire::message(EDITS, &(plan, doc, runs))
            }
            (Honesty::Liar, kind) if self.twist_file(kind, &mut body) => wire::frame(kind, &body),
            _ => frame,
        }
    }

    /// Changes a word of the last edit.
    fn tamper(&mut self, runs: &mut [Run]) {
        let words = runs.last_mut().and_then(|(edits, _)| edits.last_mut()).and_then(|edit| edit.last_mut());
        if let Some(last) = words {
            *last ^= 1;
        }
    }

    /// One lie to one neighbour.
    pub(super) fn lie(&mut self, who: Name) {
        let neighbours = self.neighbours(who);
        let Some((wire, to)) = neighbours.choose(&mut self.dice).copied() else { return };
        let Some(doc) = self.docs.choose(&mut self.dice).copied() else { return };
        let frame = match self.dice.random_range(0..11) {
            0 | 1 => self.forged_edit(who, doc),
            2 => self.forged_statement(doc),
            3 => self.replayed(who, doc),
            4 => Some(self.absurd(doc)),
            5 => Some(self.rubbish()),
            6 => self.dangling(who, doc),
            7 => self.borrowed(who, doc),
            8 | 9 => Some(self.lie_about_files(doc)),
            _ => return self.flood(wire, to),
        };
        if let Some(frame) = frame {
            self.deliver(wire, to, frame);
        }
    }

    /// An edit in somebody else's chain, signed with one's own key.
    fn forged_edit(&mut self, who: Name, doc: DocId) -> Option<Bytes> {
        let other = self.edit_of_another(who, doc)?;
        let other = other.edit();
        let words: [u8; 8] = self.dice.random();
        let bytes: Bytes = match self.kind {
            Kind::Small => edit::write(other.chain(), other.seq().next()?, &[other.hash()], &words).into(),
            Kind::Real => other.bytes().clone(),
        };
        let edit = Edit::read(doc, bytes.clone(), self.kind.read()).ok()?;
        let tip = Tip::sign(&self.peers[who].key, self.plan, &edit);
        Some(run(doc, vec![bytes.to_vec()], vec![(0, tip.signature)]))
    }

    /// Somebody's Renew that they never signed.
    fn forged_statement(&mut self, doc: DocId) -> Option<Bytes> {
        let victim = &self.peers[0];
        let mut ledger = victim.sync.as_ref()?.ledger(self.plan)?.clone();
        let dice = self.dice.random();
        let said = belonging::renew(&mut ledger, &victim.key.clone(), doc, self.now, dice)?;
        let mut signature = *said.first()?.signature().as_bytes();
        signature[5] ^= 1;
        let statements = vec![(said.first()?.bytes().to_vec(), Signature::new(signature))];
        Some(wire::message(STATEMENTS, &(0u16, statements)))
    }

    /// A signed edit of one document, told as another's.
    fn replayed(&mut self, who: Name, doc: DocId) -> Option<Bytes> {
        let other = self.edit_of_another(who, doc)?;
        let sync = self.peers[who].sync.as_ref()?;
        let (_, tip) = sync.tips(self.plan, doc).into_iter().find(|(_, tip)| tip.hash == other.edit().hash())?;
        let elsewhere = self.docs.iter().copied().find(|elsewhere| *elsewhere != doc)?;
        Some(run(elsewhere, vec![other.edit().bytes().to_vec()], vec![(0, tip.signature)]))
    }

    /// A frontier from beyond the end of every chain.
    fn absurd(&mut self, doc: DocId) -> Bytes {
        let chain = self.peers.first().and_then(|peer| {
            let sync = peer.sync.as_ref()?;
            sync.edits(self.plan, doc).first().map(|edit| edit.edit().chain())
        });
        let chain = chain.unwrap_or(seal::ChainId::new(self.dice.random()));
        let hash = EditHash::new(self.dice.random());
        let ends: Ends = vec![(chain, vec![(Seq::new(u64::MAX).expect("not zero"), hash)])];
        if self.dice.random_bool(0.5) {
            return wire::message(SAVED, &(0u16, doc, ends));
        }
        let heads: Vec<seal::StatementId> = Vec::new();
        wire::message(STATES, &(0u16, false, vec![(doc, heads, ends)]))
    }

    fn rubbish(&mut self) -> Bytes {
        let len = self.dice.random_range(0..200);
        let body: Vec<u8> = (0..len).map(|_| self.dice.random()).collect();
        wire::frame(self.dice.random(), &body)
    }

    /// A well signed edit of one's own that builds on something nobody has.
    fn dangling(&mut self, who: Name, doc: DocId) -> Option<Bytes> {
        let peer = &self.peers[who];
        let sync = peer.sync.as_ref()?;
        let chapter = sync.ledger(self.plan)?.chapter(doc, peer.device())?;
        let chain = seal::chain_id(doc, peer.device(), chapter);
        if self.kind == Kind::Real || sync.last(self.plan, doc, chain).is_some() {
            return None;
        }
        let nothing = EditHash::new(self.dice.random());
        let bytes: Bytes = edit::write(chain, Seq::FIRST, &[nothing], b"?").into();
        let edit = Edit::read(doc, bytes.clone(), self.kind.read()).ok()?;
        let tip = Tip::sign(&self.peers[who].key, self.plan, &edit);
        Some(run(doc, vec![bytes.to_vec()], vec![(0, tip.signature)]))
    }

    /// Somebody else's words under their own signature, changed.
    fn borrowed(&mut self, who: Name, doc: DocId) -> Option<Bytes> {
        let sync = self.peers[who].sync.as_ref()?;
        let (_, tip) = sync.tips(self.plan, doc).into_iter().next_back()?;
        let edits = sync.edits(self.plan, doc);
        let signed = edits.iter().find(|edit| edit.edit().hash() == tip.hash)?;
        let mut bytes = signed.edit().bytes().to_vec();
        *bytes.last_mut()? ^= 1;
        Some(run(doc, vec![bytes], vec![(0, tip.signature)]))
    }

    fn flood(&mut self, wire: u64, to: Name) {
        for _ in 0..1_200 {
            let frame = wire::message(DOCS, &(0u16, [0u8; 16]));
            self.deliver(wire, to, frame);
        }
    }

    fn edit_of_another(&mut self, who: Name, doc: DocId) -> Option<Admitted> {
        let peer = &self.peers[who];
        let sync = peer.sync.as_ref()?;
        let ledger = sync.ledger(self.plan)?;
        let edits = sync.edits(self.plan, doc);
        let not_mine = |edit: &&Admitted| {
            ledger.author(doc, edit.edit().chain()).is_some_and(|(author, _)| author.device != peer.device())
        };
        edits.iter().rev().find(not_mine).cloned()
    }
}

/// A frame of one run.
pub(super) fn run(doc: DocId, edits: Vec<Vec<u8>>, signed: Vec<(u32, Signature)>) -> Bytes {
    let run: Run = (edits, signed);
    wire::message(EDITS, &(0u16, doc, vec![run]))
}
