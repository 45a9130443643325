//! Damage that sealing must name, forgery that only hashes and signatures can tell, and what a keystroke costs.

use seal::{DocId, PlanId};
use store::{Batch, OpenError, Place, Raw, RecallError, Store};
use tests::power::{Disk, Image, Life, key, read_head};

const PLAN: PlanId = PlanId::new([1; 32]);

#[test]
fn a_flipped_byte_of_a_stored_edit_is_refused_and_its_document_named() {
    let (image, docs) = written(3);
    let spoiled = docs[1];
    let store = Store::on(Disk::holding(image.clone()), &key()).unwrap();
    let sealed = store.sealed_edits(PLAN, spoiled).unwrap();
    drop(store);

    let mut bytes = vec![0; image.len()];
    assert!(image.read(0, &mut bytes));
    let value = &sealed[sealed.len() / 2];
    let at = bytes.windows(value.len()).position(|window| window == value).expect("the record stands in the file");
    let mut flipped = image;
    flipped.flip((at + value.len() / 2) * 8 + 3);

    let refused = Store::on(Disk::holding(flipped.clone()), &key());
    assert!(matches!(refused, Err(OpenError::DataDamaged)));
    let mut store = Store::examine_on(Disk::holding(flipped), &key()).unwrap();
    assert_eq!(damaged(&store), [Place::Doc(PLAN, spoiled)]);
    assert!(
        matches!(store.recall(PLAN, read_head), Err(RecallError::Damaged(Place::Doc(PLAN, doc))) if doc == spoiled)
    );
    // What is only examined is not written to.
    assert!(store.save(Life::new(9).next_batch()).is_err());
}

#[test]
fn an_edit_altered_and_sealed_again_is_handed_to_the_verifier_as_it_stands() {
    let (image, docs) = written(1);
    let mut store = Store::on(Disk::holding(image), &key()).unwrap();
    let before = edits(&store);
    assert!(store.alter_edit(PLAN, docs[0], 30, |bytes| *bytes.last_mut().unwrap() ^= 1).unwrap());
    assert!(!store.alter_edit(PLAN, docs[0], before.len(), |_| {}).unwrap());
    let after = edits(&store);
    let changed: Vec<usize> = (0..before.len()).filter(|number| before[*number] != after[*number]).collect();
    assert_eq!((before.len(), changed), (after.len(), vec![30]));
    assert_eq!(damaged(&store), []);
}

#[test]
fn a_typed_edit_writes_less_than_64_kib_in_a_large_store() {
    let disk = Disk::holding(Image::default());
    let mut store = Store::on(disk.clone(), &key()).unwrap();
    let mut life = Life::new(4);
    for number in 0..100 {
        let mut batch = Batch::new();
        for doc in 1..=12 {
            life.write(&mut batch, PLAN, DocId::new([doc; 32]), 40, 150);
        }
        store.save(batch).unwrap();
        if number % 10 == 0 {
            store.save(life.next_batch()).unwrap();
        }
    }
    let most = (0..100).map(|number| {
        let before = disk.written();
        let mut batch = Batch::new();
        life.write(&mut batch, PLAN, DocId::new([1 + number % 12; 32]), 1, 60);
        store.save(batch).unwrap();
        disk.written() - before
    });
    let most = most.max().unwrap();
    assert!(most < 64 * 1024, "a typed edit wrote {most} bytes into {}", disk.image().len());
}

/// A store with so many documents of some edits each, closed.
fn written(docs: u8) -> (Image, Vec<DocId>) {
    let disk = Disk::holding(Image::default());
    let mut store = Store::on(disk.clone(), &key()).unwrap();
    let mut life = Life::new(3);
    for turn in 0..60 {
        let mut batch = Batch::new();
        life.write(&mut batch, PLAN, DocId::new([1 + turn % docs; 32]), 1, 200);
        store.save(batch).unwrap();
    }
    let docs = store.docs(PLAN);
    store.close().unwrap();
    (disk.image(), docs)
}

fn damaged(store: &Store) -> Vec<Place> {
    let raw = store.raw(PLAN).unwrap().into_iter();
    raw.filter_map(|raw| if let Raw::Damaged(place) = raw { Some(place) } else { None }).collect()
}

fn edits(store: &Store) -> Vec<Vec<u8>> {
    let raw = store.raw(PLAN).unwrap().into_iter();
    raw.filter_map(|raw| if let Raw::Edit { bytes, .. } = raw { Some(bytes.to_vec()) } else { None }).collect()
}
