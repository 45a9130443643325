//! What a peer's person sees and writes: a set of small edits, or a real document.

use std::collections::BTreeSet;

use plan::{Document, FieldKind, FieldPath};
use rand::{Rng as _, RngExt as _};
use seal::{Admitted, Bytes, ChainId, ChapterId, DocId, Edit, EditHash, Seq, Signed, chain_id};
use sync::Input;

use super::{
    belonging,
    edit::{self, Kind},
    world::{Name, World},
};

/// What is shown of one document.
#[derive(Default)]
pub struct Pen {
    pub shown: BTreeSet<EditHash>,
    /// Shown edits that nothing shown builds on.
    heads: BTreeSet<EditHash>,
    pub document: Option<Document>,
}

impl Pen {
    /// Everything that counts, afresh.
    pub fn of(kind: Kind, doc: DocId, counted: &[Admitted]) -> Pen {
        let mut pen = Pen::default();
        counted.iter().for_each(|edit| pen.note(edit));
        if kind == Kind::Real && !counted.is_empty() {
            pen.document = Some(Document::load(part(), doc, None, counted).expect("what counts can be read"));
        }
        pen
    }

    /// More counts.
    pub fn show(&mut self, kind: Kind, doc: DocId, edits: &[Admitted]) {
        edits.iter().for_each(|edit| self.note(edit));
        if kind == Kind::Real {
            match &mut self.document {
                Some(document) => {
                    document.merge(edits).expect("what counts can be merged");
                }
                None => {
                    self.document = Some(Document::load(part(), doc, None, edits).expect("what counts can be read"))
                }
            }
        }
    }

    pub fn note(&mut self, edit: &Admitted) {
        let edit = edit.edit();
        for after in edit.after() {
            self.heads.remove(after);
        }
        self.heads.insert(edit.hash());
        self.shown.insert(edit.hash());
    }

    /// All texts of a real document.
    pub fn text(&self) -> String {
        let text = |document: &Document| texts().map(|field| document.text(field)).collect::<Vec<_>>().join("\n");
        self.document.as_ref().map(text).unwrap_or_default()
    }
}

fn part() -> &'static plan::Part {
    plan::part("about-me").expect("a part of every plan")
}

fn texts() -> impl Iterator<Item = FieldPath> {
    let fields = part().fields.iter().filter(|field| matches!(field.kind, FieldKind::Text));
    fields.map(|field| FieldPath::new(part(), None, field.code).expect("a field of the part"))
}

impl World {
    /// A peer's person writes something. Says whether they could.
    pub fn write(&mut self, who: Name, doc: DocId) -> bool {
        let Some((chapter, before)) = self.chapter(who, doc) else { return false };
        let chain = chain_id(doc, self.peers[who].device(), chapter);
        let edits = match self.kind {
            Kind::Small => self.scribble(who, doc, chain, chapter, before),
            Kind::Real => self.type_words(who, doc, chain, chapter, before),
        };
        let Some((edits, tip)) = edits else { return false };
        for edit in &edits {
            let device = self.peers[who].device();
            self.written.insert(edit.edit().hash(), (device, edit.edit().bytes().clone()));
            if self.knows_of_the_liar(who) {
                self.plot.private.insert(edit.edit().hash());
            }
            self.peers[who].pens.entry(doc).or_default().note(edit);
        }
        let plan = self.plan;
        if let Some(last) = edits.last() {
            self.attach(who, last.edit().hash());
        }
        self.handle(who, Input::Wrote { plan, doc, edits, tip });
        self.name_files(who, doc);
        true
    }

    /// The chapter a peer writes in, and its last edit there. Opens a new one where the old one is of no use.
    fn chapter(&mut self, who: Name, doc: DocId) -> Option<(ChapterId, Option<(Seq, EditHash)>)> {
        let plan = self.plan;
        for _ in 0..2 {
            let peer = &self.peers[who];
            let sync = peer.sync.as_ref()?;
            let ledger = sync.ledger(plan)?;
            if !ledger.may_edit(doc, peer.device()) {
                return None;
            }
            if let Some(chapter) = ledger.chapter(doc, peer.device()) {
                let chain = chain_id(doc, peer.device(), chapter);
                let last = sync.last(plan, doc, chain);
                let shown =
                    last.is_none_or(|(_, hash)| peer.pens.get(&doc).is_some_and(|pen| pen.shown.contains(&hash)));
                if shown && !peer.left.contains(&chain) {
                    self.look_for_contradiction(who, doc, chain);
                    return Some((chapter, last));
                }
            }
            self.renew(who, doc)?;
        }
        None
    }

    pub(super) fn renew(&mut self, who: Name, doc: DocId) -> Option<()> {
        let key = self.peers[who].key.clone();
        let mut ledger = self.peers[who].sync.as_ref()?.ledger(self.plan)?.clone();
        let dice = self.dice.random();
        let renewed = belonging::renew(&mut ledger, &key, doc, self.now, dice)?;
        self.issue(who, renewed);
        Some(())
    }

    /// Nobody honest goes on with a chain that they know to be forked.
    fn look_for_contradiction(&mut self, who: Name, doc: DocId, chain: ChainId) {
        let peer = &self.peers[who];
        if !peer.restored || !peer.is_honest() {
            return;
        }
        let Some(sync) = &peer.sync else { return };
        let mut numbers = BTreeSet::new();
        let own = sync.edits(self.plan, doc).into_iter().filter(|edit| edit.edit().chain() == chain);
        if own.into_iter().any(|edit| !numbers.insert(edit.edit().seq())) {
            self.fail(format!("{} writes on a chain of which two sides are here", self.peers[who].name));
        }
    }

    fn scribble(
        &mut self,
        who: Name,
        doc: DocId,
        chain: ChainId,
        chapter: ChapterId,
        mut before: Option<(Seq, EditHash)>,
    ) -> Option<(Vec<Admitted>, seal::Tip)> {
        let pen = self.peers[who].pens.entry(doc).or_default();
        let mut heads: BTreeSet<EditHash> = pen.heads.iter().take(200).copied().collect();
        let mut edits = Vec::new();
        let mut last = None;
        // Now and then a page that is much longer than a frame.
        let long = self.dice.random_bool(0.01);
        for _ in 0..self.dice.random_range(if long { 3..=5 } else { 1..=4 }) {
            let seq = before.map_or(Some(Seq::FIRST), |(seq, _)| seq.next())?;
            let mut after = heads.clone();
            after.extend(before.map(|(_, hash)| hash));
            let after: Vec<EditHash> = after.into_iter().collect();
            // Like every device, it makes no edit that its own door would refuse.
            let (admitted, tip) = (0..64).find_map(|_| {
                let len = if long { 40_000 } else { self.dice.random_range(1..40) };
                let mut words = vec![0; len];
                self.dice.fill_bytes(&mut words);
                let bytes = edit::write(chain, seq, &after, &words);
                self.sign_and_weigh(who, doc, chapter, before, bytes.into())
            })?;
            before = Some((seq, admitted.edit().hash()));
            heads = BTreeSet::from([admitted.edit().hash()]);
            edits.push(admitted);
            last = Some(tip);
        }
        Some((edits, last?))
    }

    fn type_words(
        &mut self,
        who: Name,
        doc: DocId,
        chain: ChainId,
        chapter: ChapterId,
        mut before: Option<(Seq, EditHash)>,
    ) -> Option<(Vec<Admitted>, seal::Tip)> {
        let now = self.now;
        let fields: Vec<FieldPath> = texts().collect();
        let field = fields[self.dice.random_range(0..fields.len())];
        let (place, cut) = (self.dice.random_range(0.0..1.0f64), self.dice.random_range(0..4usize));
        let founder = who == 0;
        let pen = self.peers[who].pens.entry(doc).or_default();
        let bytes = match &mut pen.document {
            Some(document) => {
                document.write_as(chain);
                let len = document.text_len(field);
                let at = (len as f64 * place) as usize;
                document.splice(field, at, cut.min(len - at), "swim ").expect("within the text");
                document.close(now)
            }
            None if founder => {
                let (document, bytes) = Document::create(part(), doc, chain, now);
                pen.document = Some(document);
                bytes
            }
            None => return None,
        };
        let mut edits = Vec::new();
        let mut last = None;
        for bytes in bytes {
            let (admitted, tip) =
                self.sign_and_weigh(who, doc, chapter, before, bytes).expect("the door admits what plan makes");
            before = Some((admitted.edit().seq(), admitted.edit().hash()));
            edits.push(admitted);
            last = Some(tip);
        }
        Some((edits, last?))
    }

    fn sign_and_weigh(
        &mut self,
        who: Name,
        doc: DocId,
        chapter: ChapterId,
        before: Option<(Seq, EditHash)>,
        bytes: Bytes,
    ) -> Option<(Admitted, seal::Tip)> {
        let edit = Edit::read(doc, bytes, self.kind.read()).expect("our own edit");
        let peer = &mut self.peers[who];
        let (verified, tip) =
            Signed::ours(&peer.key, self.plan, chapter, before, edit).expect("it continues its chain");
        let admitted = verified.admit(&mut peer.gate).ok()?;
        Some((admitted, tip))
    }
}
