//! A store that lives a while: what it was told to save, and what it must hold after each save.

use std::{collections::BTreeMap, sync::Arc};

use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use seal::{
    Admitted, ChainId, ChapterId, DeviceKey, DocId, Door, Edit, EditHash, Head, MILESTONE, NotAnEdit, PlanId, Refusal,
    Seq, Signature, Signed, Tip, chain_id,
};
use store::{Batch, DataKey, KeepError, RecallError, Snapshot, Store};
use zeroize::Zeroizing;

use crate::power::{
    disk::{Disk, Image, Trouble},
    lived::History,
};

/// Groups of records a life writes to.
const GROUPS: [&str; 3] = ["settings", "address", "invite"];

/// The key of every store under the knife: stretching a passphrase is not what is tried here.
pub fn key() -> DataKey {
    DataKey::new(Zeroizing::new([7; 32]))
}

/// An edit of ours is | chain 16 | number 8 | how many it builds on 1 | hash 32 .. | words .. |.
pub fn read_head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let (chain, rest) = bytes.split_first_chunk::<16>().ok_or(NotAnEdit)?;
    let (seq, rest) = rest.split_first_chunk::<8>().ok_or(NotAnEdit)?;
    let (count, rest) = rest.split_first().ok_or(NotAnEdit)?;
    let after = rest.get(..usize::from(*count) * 32).ok_or(NotAnEdit)?;
    let after = after.chunks_exact(32).map(|hash| EditHash::new(hash.try_into().expect("chunks of 32"))).collect();
    let hash = EditHash::new(*blake3::hash(bytes).as_bytes());
    Ok(Head { chain: ChainId::new(*chain), seq: Seq::new(u64::from_be_bytes(*seq)).ok_or(NotAnEdit)?, hash, after })
}

/// Everything a store holds, as a person would list it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    statements: BTreeMap<PlanId, Vec<(Vec<u8>, Signature)>>,
    edits: BTreeMap<(PlanId, DocId), Vec<EditHash>>,
    tips: BTreeMap<(PlanId, DocId, ChainId), Vec<Tip>>,
    snapshots: BTreeMap<(PlanId, DocId), Arc<Snapshot>>,
    records: BTreeMap<String, Vec<u8>>,
}

impl Book {
    /// Lists what a store gives back.
    pub fn of(store: &Store) -> Result<Book, RecallError> {
        let mut book = Book::default();
        for plan in store.plans() {
            let recalled = store.recall(plan, read_head)?;
            if !recalled.statements.is_empty() {
                let statements = recalled.statements.iter().map(|kept| (kept.bytes.to_vec(), kept.signature));
                book.statements.insert(plan, statements.collect());
            }
            for (doc, kept) in recalled.docs {
                if !kept.edits.is_empty() {
                    book.edits.insert((plan, doc), kept.edits.iter().map(|edit| edit.edit().hash()).collect());
                }
                book.tips.extend(kept.tips.into_iter().map(|(chain, tips)| ((plan, doc, chain), tips)));
                if let Some(snapshot) = store.snapshot(plan, doc)? {
                    book.snapshots.insert((plan, doc), Arc::new(snapshot));
                }
            }
        }
        for group in GROUPS {
            book.records.extend(store.records(group)?);
        }
        Ok(book)
    }
}

/// Somebody using a store: keys, documents, and how far each chain has come.
pub struct Life {
    dice: ChaCha8Rng,
    keys: [DeviceKey; 2],
    ends: BTreeMap<(DocId, usize), (Seq, EditHash)>,
    /// What the store must hold if everything said so far was saved.
    pub book: Book,
}

struct Open;

impl Door for Open {
    fn weigh(&mut self, _: &Edit) -> Result<(), Refusal> {
        Ok(())
    }
}

impl Life {
    /// A life with these dice.
    pub fn new(seed: u64) -> Life {
        let keys = [1, 2].map(|seed| DeviceKey::from_seed(&Zeroizing::new([seed; 32])));
        Life { dice: ChaCha8Rng::seed_from_u64(seed), keys, ends: BTreeMap::new(), book: Book::default() }
    }

    /// The next thing to save: mostly a little typing, sometimes much of everything.
    pub fn next_batch(&mut self) -> Batch {
        let mut batch = Batch::new();
        let plan = PlanId::new([self.dice.random_range(1..3); 32]);
        let doc = DocId::new([self.dice.random_range(1..4); 32]);
        match self.dice.random_range(0..10) {
            0..5 => self.write(&mut batch, plan, doc, 1, 120),
            5 => {
                let count = self.dice.random_range(2..40);
                self.write(&mut batch, plan, doc, count, 600);
            }
            6 => {
                for _ in 0..self.dice.random_range(1..4) {
                    self.state(&mut batch, plan);
                }
            }
            7 => self.keep_snapshot(&mut batch, plan, doc),
            8 => self.keep_record(&mut batch),
            _ => {
                self.state(&mut batch, plan);
                self.write(&mut batch, plan, doc, 3, 2_000);
                self.write(&mut batch, plan, DocId::new([9; 32]), 1, 40);
                self.keep_snapshot(&mut batch, plan, doc);
                self.keep_record(&mut batch);
            }
        }
        batch
    }

    /// Edits of one device, signed on the last.
    pub fn write(&mut self, batch: &mut Batch, plan: PlanId, doc: DocId, count: usize, words: usize) {
        // Documents of two plans are different documents.
        let doc = DocId::new([doc.as_bytes()[0] * 16 + plan.as_bytes()[0]; 32]);
        let who = self.dice.random_range(0..2);
        let chapter = ChapterId::new([3; 32]);
        let chain = chain_id(doc, self.keys[who].id(), chapter);
        let mut edits: Vec<Admitted> = Vec::new();
        let mut tips = Vec::new();
        for number in 0..count {
            let before = self.ends.get(&(doc, who)).copied();
            let seq = before.map_or(Some(Seq::FIRST), |(seq, _)| seq.next()).expect("a life is short");
            let mut after: Vec<EditHash> =
                [who, 1 - who].iter().filter_map(|who| self.ends.get(&(doc, *who))).map(|(_, hash)| *hash).collect();
            after.sort();
            let mut bytes = chain.as_bytes().to_vec();
            bytes.extend_from_slice(&seq.number().to_be_bytes());
            bytes.push(after.len() as u8);
            after.iter().for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
            let mut text = vec![0; self.dice.random_range(1..=words)];
            self.dice.fill_bytes(&mut text);
            bytes.extend_from_slice(&text);
            let edit = Edit::read(doc, bytes.into(), read_head).expect("our own edits can be read");
            self.ends.insert((doc, who), (seq, edit.hash()));
            let (verified, tip) = Signed::ours(&self.keys[who], plan, chapter, before, edit).expect("it continues");
            edits.push(verified.admit(&mut Open).expect("this door lets everything in"));
            if number + 1 == count || seq.number().is_multiple_of(MILESTONE) {
                tips.push(tip);
            }
        }
        let known = self.book.tips.entry((plan, doc, chain)).or_default();
        for tip in &tips {
            known.retain(|old| old.seq.number().is_multiple_of(MILESTONE));
            known.push(*tip);
            batch.tip(plan, doc, chain, tip);
        }
        self.book.edits.entry((plan, doc)).or_default().extend(edits.iter().map(|edit| edit.edit().hash()));
        batch.edits(plan, doc, &edits);
    }

    fn state(&mut self, batch: &mut Batch, plan: PlanId) {
        let bytes = self.bytes(50, 900);
        let mut signature = [0; 64];
        self.dice.fill_bytes(&mut signature);
        batch.statement(plan, bytes.clone().into(), Signature::new(signature));
        self.book.statements.entry(plan).or_default().push((bytes, Signature::new(signature)));
    }

    fn keep_snapshot(&mut self, batch: &mut Batch, plan: PlanId, doc: DocId) {
        let doc = DocId::new([doc.as_bytes()[0] * 16 + plan.as_bytes()[0]; 32]);
        let (bytes, door) = (self.bytes(100, 30_000), self.bytes(0, 4_000));
        let heads = [0, 1].iter().filter_map(|who| self.ends.get(&(doc, *who))).map(|(_, hash)| *hash).collect();
        let snapshot = Snapshot { bytes, door, heads };
        self.book.snapshots.insert((plan, doc), Arc::new(snapshot.clone()));
        batch.snapshot(plan, doc, snapshot);
    }

    fn keep_record(&mut self, batch: &mut Batch) {
        let group = GROUPS[self.dice.random_range(0..GROUPS.len())];
        let name = format!("{group}/{}", self.dice.random_range(0..6));
        if self.dice.random_bool(0.3) {
            self.book.records.remove(&name);
            batch.forget(&name);
            return;
        }
        let value = self.bytes(0, 300);
        batch.record(&name, value.clone());
        self.book.records.insert(name, value);
    }

    fn bytes(&mut self, least: usize, most: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.dice.random_range(least..=most)];
        self.dice.fill_bytes(&mut bytes);
        bytes
    }
}

/// Lives: a new store, so many saves, in the middle of them a restart, on a disk that may lie.
pub fn live(seed: u64, saves: usize, trouble: Trouble) -> Result<History<Book>, KeepError> {
    let disk = Disk::with_trouble(Image::default(), trouble);
    let mut store = Store::on(disk.clone(), &key()).expect("an empty disk takes a store");
    let (mut history, mut life) = (History::begin(&disk), Life::new(seed));
    for number in 0..saves {
        if number == saves / 2 {
            store.close()?;
            store = Store::on(disk.clone(), &key()).expect("a closed store opens");
        }
        let batch = life.next_batch();
        let begun = disk.asked();
        store.save(batch)?;
        history.saved(&disk, begun, life.book.clone());
    }
    store.close()?;
    Ok(history.ended(&disk))
}
