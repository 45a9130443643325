//! Statements and edits together: in any order, doubled, or any of them only later, the same are accepted and held back.
//!
//! On top of a generated circle its people open a document, share it, take it back, keep and bar, and write; some of them
//! know only an old part of what was said. A failure names its seed; how many are played is said as in [`crate::generated`].

use std::collections::BTreeMap;

use circle::{Access, Bar, Edits, Graph, Ledger, Linked, Refuse, Statement, Unshare, Who, draft};
use seal::{ChainId, DeviceId, DocId, Edit, EditHash, Head, NotAnEdit, PersonId, Seq};

use crate::{
    dice::Dice,
    generated::{deliver, seeds},
    help::{NOW, answers, part, sharing, sign},
    histories::{History, Range},
};

/// Everything signed about one document and its circle.
struct Whole {
    history: History,
    doc: DocId,
    statements: Vec<Statement>,
    edits: Vec<Edit>,
}

/// Somebody's view: what they hold, and the edits there are by now.
struct Writer {
    dice: Dice,
    doc: DocId,
    statements: Vec<Statement>,
    edits: Vec<Edit>,
    tips: BTreeMap<ChainId, Vec<(u64, EditHash)>>,
}

impl Whole {
    fn new(seed: u64, for_self: bool) -> Option<Whole> {
        let history = History::new(seed, for_self, Range::Whole);
        let mut dice = Dice::new(seed ^ 0x00ff_00ff);
        let mut now = history.fresh();
        let founder = history.said[0].issuer();
        let opened = draft::new_document(&now, founder, NOW, part(1)).ok()?;
        let opened = sign(history.key(founder)?, opened);
        let doc = DocId::from(opened.id());
        now.place(opened.clone());
        let statements = vec![opened];
        let mut old = now.clone();
        let mut writer = Writer { dice: dice.clone(), doc, statements, edits: Vec::new(), tips: BTreeMap::new() };
        let everyone = draft::share(&now, founder, NOW, doc, sharing(Who::Everyone, Access::Edit)).ok()?;
        writer.take(&mut now, sign(history.key(founder)?, everyone));
        for said in &history.said[1..] {
            now.place(said.clone());
            if dice.chance(10) {
                old = now.clone();
            }
            for _ in 0..dice.below(3) {
                // Who knows only what was said a while ago writes and signs all the same.
                if dice.chance(30) {
                    if let Some(said) = writer.act(&old, &history) {
                        old.place(said.clone());
                        writer.take(&mut now, said);
                    }
                } else if let Some(said) = writer.act(&now, &history) {
                    writer.take(&mut now, said);
                }
            }
        }
        let Writer { mut statements, edits, .. } = writer;
        statements.extend(history.said.iter().cloned());
        Some(Whole { history, doc, statements, edits })
    }
}

impl Writer {
    fn take(&mut self, now: &mut Ledger, said: Statement) {
        now.place(said.clone());
        self.statements.push(said);
    }

    /// Somebody writes, or signs something about the document, by what this ledger says.
    fn act(&mut self, view: &Ledger, history: &History) -> Option<Statement> {
        let devices: Vec<DeviceId> = view.devices().map(|(device, _)| device).collect();
        let device = *self.dice.pick(&devices)?;
        let people: Vec<PersonId> = view.people().map(|person| person.id).collect();
        let person = *self.dice.pick(&people)?;
        let who = if self.dice.chance(25) { Who::Everyone } else { Who::Person(person) };
        let (doc, why) = (self.doc, "because".to_owned());
        let hashes: Vec<EditHash> = self.edits.iter().map(Edit::hash).collect();
        let body = match self.dice.below(100) {
            0..62 => {
                self.write(view, device);
                return None;
            }
            62..70 => {
                let access = [Access::View, Access::Suggest, Access::Edit, Access::Edit][self.dice.below(4)];
                draft::share(view, device, NOW, doc, sharing(who, access))
            }
            70..75 => draft::unshare(view, device, NOW, doc, Unshare { who, why }),
            75..79 => draft::refuse(view, device, NOW, doc, Refuse { who, why, basis: "law".into() }),
            79..89 => {
                let heads = self.dice.some(&hashes, 2);
                draft::keep(view, device, NOW, doc, heads)
            }
            89..91 => draft::bar(view, device, NOW, doc, Bar { edit: *self.dice.pick(&hashes)?, why }),
            _ => draft::renew(view, device, NOW, doc, [self.dice.below(200) as u8; 16]),
        };
        Some(sign(history.key(device)?, body.ok()?))
    }

    /// On top of a few edits of others; now and then beside an edit of one's own, which forks the chain.
    fn write(&mut self, view: &Ledger, device: DeviceId) -> Option<()> {
        let chain = seal::chain_id(self.doc, device, view.chapter(self.doc, device)?);
        let tips = self.tips.entry(chain).or_default();
        let before = if self.dice.chance(8) { self.dice.pick(tips).copied() } else { tips.last().copied() };
        let seq = before.map_or(1, |(seq, _)| seq + 1);
        let hashes: Vec<EditHash> = self.edits.iter().rev().take(6).map(Edit::hash).collect();
        let foreign = |hash: &EditHash| !self.tips[&chain].iter().any(|(_, own)| own == hash);
        let mut after = self.dice.some(&hashes, 2);
        after.retain(foreign);
        after.extend(before.map(|(_, hash)| hash));
        after.sort();
        after.dedup();
        let mut bytes = chain.as_bytes().to_vec();
        bytes.extend(seq.to_be_bytes());
        bytes.push(self.edits.len() as u8);
        after.iter().for_each(|hash| bytes.extend(hash.as_bytes()));
        let edit = Edit::read(self.doc, bytes.into(), head).expect("it is one");
        self.tips.entry(chain).or_default().push((seq, edit.hash()));
        self.edits.push(edit);
        Some(())
    }
}

/// | chain 16 | number 8 | dice 1 | what it builds on 32 each |
fn head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let chain: [u8; 16] = bytes[..16].try_into().map_err(|_| NotAnEdit)?;
    let seq: [u8; 8] = bytes[16..24].try_into().map_err(|_| NotAnEdit)?;
    let after = bytes[25..].chunks(32).map(|hash| EditHash::new(hash.try_into().expect("32"))).collect();
    let seq = Seq::new(u64::from_be_bytes(seq)).ok_or(NotAnEdit)?;
    Ok(Head { chain: ChainId::new(chain), seq, hash: EditHash::new(*blake3::hash(bytes).as_bytes()), after })
}

/// Adds edits in this order, and again those that came before what they build on.
fn add(to: &mut Edits, edits: &[Edit]) {
    while edits.iter().filter(|edit| to.add(edit) == Linked::New).count() > 0 {}
}

/// What counts, what is held back and why, and who may write on.
fn outcome(whole: &Whole, ledger: &Ledger, edits: &mut Edits) -> (String, Vec<EditHash>, usize) {
    let counted = edits.counted(ledger, whole.doc).clone();
    let held: BTreeMap<_, _> = counted.held().map(|(hash, held)| (*hash, format!("{held:?}"))).collect();
    let mut accepted: Vec<EditHash> = whole.edits.iter().map(Edit::hash).filter(|hash| counted.counts(hash)).collect();
    accepted.sort();
    (format!("{held:?}"), accepted, held.len())
}

#[test]
fn of_a_plan_for_oneself_the_same_words_count_whatever_came_when() {
    play(0);
}

#[test]
fn of_a_plan_for_somebody_else_the_same_words_count_whatever_came_when() {
    play(1);
}

fn play(half: u64) {
    let (mut written, mut held_back, mut histories) = (0, 0, 0);
    for seed in seeds(half) {
        let Some(whole) = Whole::new(seed, half == 0) else { continue };
        let mut dice = Dice::new(!seed);
        let mut ledger = whole.history.fresh();
        deliver(&mut ledger, &whole.statements);
        let mut edits = Edits::default();
        add(&mut edits, &whole.edits);
        let first = outcome(&whole, &ledger, &mut edits);
        histories += 1;
        written += edits.len();
        held_back += first.2;

        // Another order of both, everything twice.
        let mut other = whole.history.fresh();
        deliver(&mut other, &dice.shuffled(&whole.statements));
        let mut again = Edits::default();
        add(&mut again, &dice.shuffled(&whole.edits));
        add(&mut again, &whole.edits);
        assert_eq!(answers(&ledger), answers(&other), "seed {seed}: other statements");
        assert_eq!(first, outcome(&whole, &other, &mut again), "seed {seed}: another order");

        // Any subset of both comes later, in three parts, and what counts is asked in between.
        let mut healed = whole.history.fresh();
        let mut slowly = Edits::default();
        for percent in [40, 60, 100] {
            let late = |dice: &mut Dice| dice.chance(percent);
            let statements: Vec<_> = whole.statements.iter().filter(|_| late(&mut dice)).cloned().collect();
            let some: Vec<_> = whole.edits.iter().filter(|_| late(&mut dice)).cloned().collect();
            deliver(&mut healed, &dice.shuffled(&statements));
            add(&mut slowly, &dice.shuffled(&some));
            outcome(&whole, &healed, &mut slowly);
        }
        assert_eq!(answers(&ledger), answers(&healed), "seed {seed}: statements healed later");
        assert_eq!(first, outcome(&whole, &healed, &mut slowly), "seed {seed}: healed later");
        assert!(healed.since(Graph::Document(whole.doc), &[]).len() <= whole.statements.len());
    }
    assert!(
        histories < 100 || written > 5 * histories && held_back > histories / 4,
        "{written} {held_back} {histories}"
    );
}
