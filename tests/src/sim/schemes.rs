//! What a liar is up to for a whole life, beside the small lies that every liar tells: each scheme is of its own kind.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Act, Graph, Ledger, Statement};
use rand::{RngExt as _, seq::SliceRandom as _};
use seal::{Bytes, ChainId, DeviceKey, DocId, Domain, Edit, EditHash, PersonId, Seq, Signature, StatementId, Tip};
use zeroize::Zeroizing;

use super::{
    chaos::Chaos,
    edit::{self, Kind},
    lies::run,
    people::Keeps,
    wire::{self, STATEMENTS},
    world::{Name, World},
};

/// A liar's one idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// A second version of an old edit of its own, made long after, its words ground until its hash is the lower one.
    LateFork,
    /// Two versions of its next edit, each told to one half of those who listen.
    TwoStories,
    /// A crowd that knocks with a made-up invitation.
    JoinFlood,
    /// Statements that name what nobody ever said, or come from a clock that is years ahead, or are of a kind unheard of.
    OutOfNowhere,
    /// It is removed, and goes on writing on top of what it had seen before.
    BackDating,
    /// A coordinator who removes honest people, and says that it had seen next to nothing of what they wrote.
    StaleKeeps,
    /// A coordinator who removes everybody and lets in a crowd; the founder undoes all of it with one act.
    Spree,
    /// Coordinators who remove each other at once, in rings, and their seniors too.
    Quarrel,
    /// A coordinator who is removed and goes on handing out invitations.
    StillInviting,
    /// What it says rests on what others were given.
    BorrowedRights,
}

impl Scheme {
    /// Every scheme there is.
    pub const ALL: [Scheme; 10] = [
        Scheme::LateFork,
        Scheme::TwoStories,
        Scheme::JoinFlood,
        Scheme::OutOfNowhere,
        Scheme::BackDating,
        Scheme::StaleKeeps,
        Scheme::Spree,
        Scheme::Quarrel,
        Scheme::StillInviting,
        Scheme::BorrowedRights,
    ];

    /// Whether the liar, or everybody else too, lets people in and removes them.
    pub(super) fn needs_coordinators(self, liar: bool) -> bool {
        match self {
            Scheme::StaleKeeps | Scheme::Spree | Scheme::StillInviting => liar,
            Scheme::Quarrel => true,
            Scheme::LateFork
            | Scheme::TwoStories
            | Scheme::JoinFlood
            | Scheme::OutOfNowhere
            | Scheme::BackDating
            | Scheme::BorrowedRights => false,
        }
    }
}

/// What came of a scheme so far, and what the law says about it in the end.
#[derive(Default)]
pub struct Plot {
    /// Steps that led to something.
    pub(super) steps: u32,
    /// How often somebody contradicted themselves or quarrelled.
    pub(super) forks: u32,
    /// The liar, and what was known before it was removed.
    pub(super) liar: Option<(PersonId, Option<Ledger>)>,
    /// The last edit dated back on each of the liar's chains.
    pub(super) dated_back: BTreeMap<ChainId, (Seq, EditHash)>,
    /// What honest people wrote who knew that the liar was removed: the liar never gets it.
    pub(super) private: BTreeSet<EditHash>,
    /// What the founder had seen when it removed somebody: it counts, whoever wrote it.
    pub(super) promised: BTreeMap<StatementId, BTreeSet<EditHash>>,
    /// Who belongs in the end, whatever liars did.
    pub(super) spared: BTreeSet<PersonId>,
    /// Who was given less than Edit in a document at some time, or removed: what they write may be held back.
    pub(super) lowered: BTreeSet<(DocId, PersonId)>,
}

/// How often in one life a liar contradicts itself. What is kept of one number's forks is bounded, and beyond that honest
/// devices may keep different losing sides.
const FORKS: u32 = 3;

impl World {
    /// One step of a scheme.
    pub(super) fn scheme(&mut self, scheme: Scheme, who: Name) {
        let doc = self.docs[self.dice.random_range(0..self.docs.len())];
        let step = match scheme {
            Scheme::LateFork => self.fork_late(who, doc),
            Scheme::TwoStories => self.tell_two_stories(who, doc),
            Scheme::JoinFlood => self.flood_with_joins(who),
            Scheme::OutOfNowhere => self.come_from_nowhere(who, doc),
            Scheme::BackDating => self.date_back(who, doc),
            Scheme::StaleKeeps => self.remove_with_little_seen(who),
            Scheme::Spree => self.go_on_a_spree(who),
            Scheme::Quarrel => self.quarrel(),
            Scheme::StillInviting => self.invite_on(who),
            Scheme::BorrowedRights => self.borrow_rights(who, doc),
        };
        self.plot.steps += u32::from(step.is_some());
    }

    fn fork_late(&mut self, who: Name, doc: DocId) -> Option<()> {
        if self.kind == Kind::Real || self.plot.forks >= FORKS {
            return None;
        }
        let device = self.peers[who].device();
        let sync = self.peers[who].sync.as_ref()?;
        let ledger = sync.ledger(self.plan)?;
        let mine = |chain: ChainId| ledger.author(doc, chain).is_some_and(|(author, _)| author.device == device);
        let own: Vec<_> = sync.edits(self.plan, doc).into_iter().filter(|edit| mine(edit.edit().chain())).collect();
        let old = own.get(self.dice.random_range(0..own.len().max(1)))?.edit().clone();
        let twin = self.grind(doc, old.chain(), old.seq(), old.after(), Some(old.hash()))?;
        self.plot.forks += 1;
        let frame = self.sign_edit(who, doc, &twin);
        self.say(who, frame);
        Some(())
    }

    fn tell_two_stories(&mut self, who: Name, doc: DocId) -> Option<()> {
        if self.kind == Kind::Real || self.plot.forks >= FORKS {
            return None;
        }
        let peer = &self.peers[who];
        let (sync, device) = (peer.sync.as_ref()?, peer.device());
        let chapter = sync.ledger(self.plan)?.chapter(doc, device)?;
        let chain = seal::chain_id(doc, device, chapter);
        let last = sync.last(self.plan, doc, chain);
        let seq = last.map_or(Some(Seq::FIRST), |(seq, _)| seq.next())?;
        let mut after: Vec<EditHash> = last.map(|(_, hash)| hash).into_iter().collect();
        after.extend(sync.counted(self.plan, doc).last().map(|edit| edit.edit().hash()));
        after.sort();
        after.dedup();
        let mut neighbours = self.neighbours(who);
        neighbours.shuffle(&mut self.dice);
        let half = neighbours.len() / 2;
        self.plot.forks += 1;
        for listeners in [&neighbours[..half], &neighbours[half..]] {
            let story = self.grind(doc, chain, seq, &after, None)?;
            let frame = self.sign_edit(who, doc, &story);
            for (wire, to) in listeners {
                self.deliver(*wire, *to, frame.clone());
            }
        }
        Some(())
    }

    /// An edit that small doors let in, with a hash below another if so wished.
    fn grind(
        &mut self,
        doc: DocId,
        chain: ChainId,
        seq: Seq,
        after: &[EditHash],
        below: Option<EditHash>,
    ) -> Option<Edit> {
        (0..4_096).find_map(|_| {
            let words: [u8; 12] = self.dice.random();
            let bytes: Bytes = edit::write(chain, seq, after, &words).into();
            let edit = Edit::read(doc, bytes, self.kind.read()).ok()?;
            let let_in = !edit.hash().as_bytes()[7].is_multiple_of(16);
            (let_in && below.is_none_or(|below| edit.hash() < below)).then_some(edit)
        })
    }

    /// The frame that tells of a liar's own edit.
    pub(super) fn sign_edit(&mut self, who: Name, doc: DocId, edit: &Edit) -> Bytes {
        let peer = &self.peers[who];
        let tip = Tip::sign(&peer.key, self.plan, edit);
        self.written.insert(edit.hash(), (peer.device(), edit.bytes().clone()));
        run(doc, vec![edit.bytes().to_vec()], vec![(0, tip.signature)])
    }

    fn flood_with_joins(&mut self, who: Name) -> Option<()> {
        let ledger = self.peers[who].sync.as_ref()?.ledger(self.plan)?;
        // Half of them claim a real invitation, whose key the liar does not have.
        let invited = ledger.invites().first().map(|invited| invited.invite.key);
        let mut joins = Vec::new();
        for n in 0..96 {
            let (seed, ticket): ([u8; 32], [u8; 32]) = (self.dice.random(), self.dice.random());
            let (crowd, ticket) = (from_seed(seed), from_seed(ticket));
            let mut join = super::belonging::knock(self.plan, &crowd, &ticket);
            if let (Act::Join(asked), Some(invited), true) = (&mut join.act, invited, n % 2 == 0) {
                asked.invite = invited;
            }
            let join = Statement::sign(&crowd, join).ok()?;
            joins.push((join.bytes().to_vec(), join.signature()));
        }
        self.say(who, wire::message(STATEMENTS, &(0u16, joins)));
        Some(())
    }

    fn come_from_nowhere(&mut self, who: Name, doc: DocId) -> Option<()> {
        let peer = &self.peers[who];
        let (key, ledger) = (peer.key.clone(), peer.sync.as_ref()?.ledger(self.plan)?);
        let mut body = super::belonging::renewal(ledger, &key, doc, self.now, self.dice.random())?;
        let said = match self.dice.random_range(0..10) {
            // Of a kind unheard of: nobody writes in this document any more, and everybody still agrees.
            0 => strange(&key, body),
            1..5 => {
                let nothing = StatementId::new(self.dice.random());
                let heads = if self.dice.random_bool(0.5) { &mut body.after } else { &mut body.circle_after };
                heads.push(nothing);
                heads.sort();
                let said = Statement::sign(&key, body).ok()?;
                (said.bytes().to_vec(), said.signature())
            }
            _ => {
                body.at = seal::Time(if self.dice.random_bool(0.5) { i64::MAX } else { i64::MIN });
                let said = Statement::sign(&key, body).ok()?;
                self.issued.insert(said.id());
                (said.bytes().to_vec(), said.signature())
            }
        };
        self.issued.insert(StatementId::new(*blake3::hash(&said.0).as_bytes()));
        self.say(who, wire::message(STATEMENTS, &(0u16, vec![said])));
        Some(())
    }
}

impl World {
    pub(super) fn person_of(&self, who: Name) -> Option<PersonId> {
        let peer = self.peers.get(who)?;
        peer.sync.as_ref()?.ledger(self.plan)?.person_of(peer.device())
    }

    /// Whether somebody honest knows that the liar of this life is gone.
    pub(super) fn knows_of_the_liar(&self, who: Name) -> bool {
        let Some((liar, _)) = &self.plot.liar else { return false };
        let ledger = self.peers[who].sync.as_ref().and_then(|sync| sync.ledger(self.plan));
        self.peers[who].is_honest() && ledger.is_some_and(|ledger| ledger.person(*liar).is_none())
    }

    /// The founder removes the liar, once; what the liar knew until then is noted.
    fn send_away(&mut self, who: Name) -> Option<()> {
        let (liar, before) = self.plot.liar.as_ref()?;
        if before.is_some() {
            return None;
        }
        let (liar, ledger) = (*liar, self.peers[who].sync.as_ref()?.ledger(self.plan)?.clone());
        self.remove(0, liar, Keeps::Seen, None)?;
        self.plot.liar = Some((liar, Some(ledger)));
        Some(())
    }

    fn date_back(&mut self, who: Name, doc: DocId) -> Option<()> {
        if self.send_away(who).is_some() || self.kind == Kind::Real {
            return None;
        }
        let before = self.plot.liar.as_ref()?.1.as_ref()?;
        let device = self.peers[who].device();
        let chapter = before.chapter(doc, device)?;
        let chain = seal::chain_id(doc, device, chapter);
        let sync = self.peers[who].sync.as_ref()?;
        let last = self.plot.dated_back.get(&chain).copied().or_else(|| sync.last(self.plan, doc, chain));
        let seq = last.map_or(Some(Seq::FIRST), |(seq, _)| seq.next())?;
        let all = sync.edits(self.plan, doc);
        let old = all.get(self.dice.random_range(0..all.len().max(1))).map(|edit| edit.edit().clone());
        // Claims to have seen no more than something old, that is not its own.
        let old = old.filter(|old| old.chain() != chain).map(|old| old.hash());
        let mut after: Vec<EditHash> = last.map(|(_, hash)| hash).into_iter().chain(old).collect();
        after.sort();
        after.dedup();
        let edit = self.grind(doc, chain, seq, &after, None)?;
        self.plot.dated_back.insert(chain, (seq, edit.hash()));
        let frame = self.sign_edit(who, doc, &edit);
        self.say(who, frame);
        Some(())
    }

    fn remove_with_little_seen(&mut self, who: Name) -> Option<()> {
        let victim = self.dice.random_range(0..self.peers.len());
        let person = self.person_of(victim).filter(|_| self.peers[victim].is_honest())?;
        let keeps = [Keeps::Stale, Keeps::Empty, Keeps::None][self.dice.random_range(0..3usize)];
        self.remove(who, person, keeps, None)
    }

    fn go_on_a_spree(&mut self, who: Name) -> Option<()> {
        let (liar, before) = self.plot.liar.as_ref()?;
        if before.is_some() {
            return self.undo_the_spree();
        }
        let (liar, mut crowd) = (*liar, self.peers[who].sync.as_ref()?.ledger(self.plan)?.clone());
        let founders = self.peers[0].sync.as_ref()?.ledger(self.plan)?.clone();
        let everybody: Vec<PersonId> = crowd.people().map(|person| person.id).filter(|id| *id != liar).collect();
        self.smuggle(who, &mut crowd);
        for person in &everybody {
            self.remove(who, *person, Keeps::None, None);
        }
        self.plot.spared.extend(everybody.into_iter().filter(|person| founders.person(*person).is_some()));
        self.plot.liar = Some((liar, Some(founders)));
        Some(())
    }

    /// One act of the founder's: what the liar said after the founder had last seen it well is void.
    fn undo_the_spree(&mut self) -> Option<()> {
        let (liar, before) = self.plot.liar.as_ref()?;
        let (liar, upto) = (*liar, before.as_ref()?.heads(Graph::Circle));
        let founders = self.peers[0].sync.as_ref()?.ledger(self.plan)?;
        founders.person(liar)?;
        self.remove(0, liar, Keeps::Seen, Some(upto))
    }

    fn quarrel(&mut self) -> Option<()> {
        if self.plot.forks >= FORKS {
            return None;
        }
        self.plot.forks += 1;
        let people = self.peers.len().min(5);
        let first = self.dice.random_range(0..people);
        // A ring: each removes the next one before hearing of the others.
        for n in 0..people.min(3) {
            let (by, whom) = ((first + n) % people, (first + n + 1) % people);
            // Nobody leaves by this: the founder, through whom others may have to hear, stays.
            if let Some(person) = self.person_of(whom).filter(|person| self.person_of(by) != Some(*person)) {
                self.remove(by, person, Keeps::Seen, None);
            }
        }
        Some(())
    }

    fn invite_on(&mut self, who: Name) -> Option<()> {
        if self.send_away(who).is_some() || self.peers.len() > 10 {
            return None;
        }
        let (liar, before) = self.plot.liar.as_ref()?;
        let (liar, mut before) = (*liar, before.clone()?);
        let new = self.smuggle(who, &mut before);
        self.plot.liar = Some((liar, Some(before)));
        let to = self.dice.random_range(0..self.peers.len());
        self.connect(new?, to);
        Some(())
    }

    /// A document's statement and an edit by the liar's own key, by the founder's right.
    fn borrow_rights(&mut self, who: Name, doc: DocId) -> Option<()> {
        let founder = self.peers[0].device();
        let peer = &self.peers[who];
        let (key, sync) = (peer.key.clone(), peer.sync.as_ref()?);
        let ledger = sync.ledger(self.plan)?;
        let mut body = super::belonging::renewal(ledger, &key, doc, self.now, self.dice.random());
        if let Some(body) = &mut body {
            body.grants = ledger.grants(founder);
        }
        let chapter = ledger.chapter(doc, founder)?;
        let chain = seal::chain_id(doc, key.id(), chapter);
        if let Some(said) = body.and_then(|body| Statement::sign(&key, body).ok()) {
            let statements = vec![(said.bytes().to_vec(), said.signature())];
            self.say(who, wire::message(STATEMENTS, &(0u16, statements)));
        }
        if self.kind == Kind::Small {
            let edit = self.grind(doc, chain, Seq::FIRST, &[], None)?;
            let tip = Tip::sign(&key, self.plan, &edit);
            self.say(who, run(doc, vec![edit.bytes().to_vec()], vec![(0, tip.signature)]));
        }
        Some(())
    }

    /// What honest people do about a scheme at the latest when everything heals.
    pub(super) fn finish(&mut self, chaos: Chaos) {
        if chaos.scheme == Some(Scheme::Spree) {
            if !self.peers[0].is_up() {
                self.start(0);
            }
            self.undo_the_spree();
        }
    }
}

fn from_seed(seed: [u8; 32]) -> DeviceKey {
    DeviceKey::from_seed(&Zeroizing::new(seed))
}

/// The same statement under a number that no version has given to a kind yet.
fn strange(key: &DeviceKey, body: circle::Body) -> (Vec<u8>, Signature) {
    let circle::Body { plan, graph, issuer, after, circle_after, grants, at, act: _ } = body;
    debug_assert!(matches!(graph, Graph::Document(_)));
    let kind = 60_000u16;
    let bytes = seal::encode(&((plan, graph, issuer, after), (circle_after, grants, at, kind, vec![1u8, 2, 3])));
    let signature = key.sign(Domain::Statement, &bytes);
    (bytes, signature)
}
