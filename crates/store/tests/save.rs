//! What is saved and what of it comes back: order, doubles, signatures, forks, bounds.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use seal::{
    Admitted, ChainId, DocId, Edit, EditHash, Head, MILESTONE, NotAnEdit, PlanId, STATEMENT_BYTES, Seq, Signature, Tip,
};
use store::{Batch, DataKey, KeepError, RECORD_BYTES, Recalled, Snapshot, Store};
use zeroize::Zeroizing;

const PLAN: PlanId = PlanId::new([1; 32]);
const DOC: DocId = DocId::new([2; 32]);
const CHAIN: ChainId = ChainId::new([3; 16]);

#[test]
fn edits_and_statements_come_back_in_the_order_they_were_saved() {
    let mut store = new_store();
    let edits: Vec<Admitted> = (1..=600).map(|number| edit(number, &[], 1)).collect();
    for part in edits.chunks(7).rev() {
        store.save(batch_of(part, &[])).unwrap();
    }
    for number in 0..300u32 {
        let mut batch = Batch::new();
        batch.statement(PLAN, number.to_be_bytes().as_slice().into(), signature(0));
        store.save(batch).unwrap();
    }
    let expected: Vec<EditHash> = edits.chunks(7).rev().flatten().map(|edit| edit.edit().hash()).collect();
    let recalled = recall(&store);
    let hashes: Vec<EditHash> = recalled.docs[&DOC].edits.iter().map(|edit| edit.edit().hash()).collect();
    assert_eq!(hashes, expected);
    let numbers = recalled.statements.iter().map(|kept| u32::from_be_bytes(kept.bytes[..].try_into().unwrap()));
    assert!(numbers.eq(0..300));
}

#[test]
fn what_is_saved_twice_comes_back_once() {
    let mut store = new_store();
    let edits = [edit(1, &[], 1), edit(2, &[], 1)];
    for _ in 0..2 {
        let mut batch = batch_of(&edits, &[]);
        batch.statement(PLAN, b"statement".as_slice().into(), signature(0));
        store.save(batch).unwrap();
    }
    let recalled = recall(&store);
    assert_eq!((recalled.docs[&DOC].edits.len(), recalled.statements.len()), (2, 1));
}

#[test]
fn a_plan_that_is_forgotten_is_gone_with_everything_and_the_others_stay() {
    let mut store = new_store();
    let other = PlanId::new([7; 32]);
    let edits: Vec<Admitted> = (1..=MILESTONE + 3).map(|number| edit(number, &[], 100)).collect();
    store.save(batch_of(&edits, &[])).unwrap();
    let snapshot = Snapshot { bytes: vec![1; 100], door: Vec::new(), heads: Vec::new() };
    let mut batch = Batch::new();
    batch.statement(PLAN, b"lent".as_slice().into(), signature(0)).snapshot(PLAN, DOC, snapshot);
    batch.statement(other, b"mine".as_slice().into(), signature(0)).record("desk/name", b"Hodan".to_vec());
    store.save(batch).unwrap();

    store.forget(PLAN).unwrap();
    assert_eq!((store.plans(), store.docs(PLAN)), (vec![other], Vec::new()));
    let left = recall(&store);
    assert!(left.statements.is_empty() && left.docs.is_empty());
    assert_eq!(store.snapshot(PLAN, DOC).unwrap(), None);
    assert!(store.raw(PLAN).unwrap().is_empty());
    assert_eq!(store.raw(other).unwrap().len(), 1);
    assert_eq!(store.record("desk/name").unwrap(), Some(b"Hodan".to_vec()));
    store.forget(PLAN).unwrap();

    // It may come again: another visit.
    store.save(batch_of(&edits[..2], &[])).unwrap();
    assert_eq!(recall(&store).docs[&DOC].edits.len(), 2);
}

#[test]
fn much_at_once_is_cut_into_records_and_comes_back_whole() {
    let mut store = new_store();
    let edits: Vec<Admitted> = (1..=20).map(|number| edit(number, &[], 40_000)).collect();
    store.save(batch_of(&edits, &[])).unwrap();
    assert_eq!(recall(&store).docs[&DOC].edits, edits);
}

#[test]
fn a_signature_covers_those_before_it_except_milestones() {
    let mut store = new_store();
    let mut before: Option<EditHash> = None;
    for number in 1..=MILESTONE + 3 {
        let edit = edit(number, before.as_slice(), 1);
        before = Some(edit.edit().hash());
        store.save(batch_of(std::slice::from_ref(&edit), &[tip(&edit)])).unwrap();
    }
    let numbers: Vec<u64> = recall(&store).docs[&DOC].tips[&CHAIN].iter().map(|tip| tip.seq.number()).collect();
    assert_eq!(numbers, [MILESTONE, MILESTONE + 3]);
}

#[test]
fn several_signatures_in_one_batch_leave_the_last_in_whatever_order_they_were_put() {
    let mut store = new_store();
    let first = edit(1, &[], 1);
    let second = edit(2, &[first.edit().hash()], 1);
    let third = edit(3, &[second.edit().hash()], 1);
    let tips = [tip(&third), tip(&first), tip(&second)];
    store.save(batch_of(&[first, second, third.clone()], &tips)).unwrap();
    assert_eq!(recall(&store).docs[&DOC].tips[&CHAIN], [tip(&third)]);
}

#[test]
fn each_side_of_a_fork_keeps_its_own_signature() {
    let mut store = new_store();
    let first = edit(1, &[], 1);
    let (one, other) = (edit(2, &[first.edit().hash()], 2), edit(2, &[first.edit().hash()], 3));
    let on = edit(3, &[one.edit().hash()], 1);
    for edit in [&first, &one, &other, &on] {
        store.save(batch_of(std::slice::from_ref(edit), &[tip(edit)])).unwrap();
    }
    assert_eq!(recall(&store).docs[&DOC].tips[&CHAIN], [tip(&other), tip(&on)]);
}

#[test]
fn a_signature_that_comes_without_its_edits_drops_nothing() {
    let mut store = new_store();
    let first = edit(1, &[], 1);
    let second = edit(2, &[first.edit().hash()], 1);
    store.save(batch_of(std::slice::from_ref(&first), &[tip(&first)])).unwrap();
    store.save(batch_of(std::slice::from_ref(&second), &[])).unwrap();
    store.save(batch_of(&[], &[tip(&second)])).unwrap();
    assert_eq!(recall(&store).docs[&DOC].tips[&CHAIN], [tip(&first), tip(&second)]);
}

#[test]
fn snapshots_and_records_are_replaced_listed_and_forgotten() {
    let mut store = new_store();
    for number in 1..=2 {
        let snapshot =
            Snapshot { bytes: vec![number; 9], door: vec![number; 3], heads: vec![EditHash::new([number; 32])] };
        let mut batch = Batch::new();
        batch.snapshot(PLAN, DOC, snapshot).record("address/one", vec![number]).record("address/two", vec![9]);
        batch.record("addressee", vec![7]);
        store.save(batch).unwrap();
    }
    assert_eq!(store.snapshot(PLAN, DOC).unwrap().unwrap().heads, [EditHash::new([2; 32])]);
    let names: Vec<String> = store.records("address").unwrap().into_keys().collect();
    assert_eq!(names, ["address/one", "address/two"]);
    assert_eq!(store.record("address/one").unwrap(), Some(vec![2]));
    let mut batch = Batch::new();
    batch.forget("address/one").forget_snapshot(PLAN, DOC);
    store.save(batch).unwrap();
    assert_eq!((store.record("address/one").unwrap(), store.snapshot(PLAN, DOC).unwrap()), (None, None));
    assert_eq!((store.plans(), store.docs(PLAN)), (vec![PLAN], vec![DOC]));
}

#[test]
fn what_is_too_large_is_refused_and_stops_nothing() {
    let mut store = new_store();
    let mut batch = Batch::new();
    batch.record("settings", vec![0; RECORD_BYTES + 1]);
    assert!(matches!(store.save(batch), Err(KeepError::TooLarge)));
    let mut batch = Batch::new();
    batch.statement(PLAN, vec![0; STATEMENT_BYTES + 1].into(), signature(0));
    assert!(matches!(store.save(batch), Err(KeepError::TooLarge)));
    let mut batch = Batch::new();
    batch.record("settings", vec![0; RECORD_BYTES]);
    store.save(batch).unwrap();
    assert!(store.plans().is_empty());
}

fn new_store() -> Store {
    Store::on(redb::backends::InMemoryBackend::new(), &DataKey::new(Zeroizing::new([7; 32]))).unwrap()
}

fn recall(store: &Store) -> Recalled {
    store.recall(PLAN, read_head).unwrap()
}

fn batch_of(edits: &[Admitted], tips: &[Tip]) -> Batch {
    let mut batch = Batch::new();
    batch.edits(PLAN, DOC, edits);
    tips.iter().for_each(|tip| {
        batch.tip(PLAN, DOC, CHAIN, tip);
    });
    batch
}

/// An edit of the one chain here: | number 8 | how many it builds on 1 | hash 32 .. | words ...
fn edit(number: u64, after: &[EditHash], words: usize) -> Admitted {
    let mut bytes = number.to_be_bytes().to_vec();
    bytes.push(u8::try_from(after.len()).unwrap());
    after.iter().for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
    bytes.resize(bytes.len() + words, 5);
    Admitted::recall(Edit::read(DOC, bytes.into(), read_head).unwrap())
}

fn read_head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let (seq, rest) = bytes.split_first_chunk::<8>().ok_or(NotAnEdit)?;
    let (count, rest) = rest.split_first().ok_or(NotAnEdit)?;
    let after = rest.get(..usize::from(*count) * 32).ok_or(NotAnEdit)?.chunks_exact(32);
    Ok(Head {
        chain: CHAIN,
        seq: Seq::new(u64::from_be_bytes(*seq)).ok_or(NotAnEdit)?,
        hash: EditHash::new(*blake3::hash(bytes).as_bytes()),
        after: after.map(|hash| EditHash::new(hash.try_into().unwrap())).collect(),
    })
}

fn tip(edit: &Admitted) -> Tip {
    Tip { seq: edit.edit().seq(), hash: edit.edit().hash(), signature: signature(edit.edit().bytes()[0]) }
}

fn signature(number: u8) -> Signature {
    Signature::new([number; 64])
}
