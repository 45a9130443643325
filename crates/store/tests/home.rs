//! A home as a person meets it: made, opened, locked, damaged, copied.

use store::{Batch, Home, Origin, Shut, Store, Unlock};
use tempfile::TempDir;

#[test]
fn what_was_saved_is_there_at_the_next_start() {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path().join("amina"));
    let mut store = Store::create(&home, &Unlock::KeyFile, "along").unwrap();
    let seed = store.seed().unwrap();
    store.save(note("settings", b"large type")).unwrap();
    store.close().unwrap();

    let store = Store::open(&home, &Unlock::KeyFile, "along").unwrap();
    assert_eq!(store.record("settings").unwrap().as_deref(), Some(b"large type".as_slice()));
    assert_eq!(*store.seed().unwrap(), *seed);
    assert_eq!((store.origin(), store.shut()), (Origin::Same, Shut::Properly));
}

fn note(name: &str, value: &[u8]) -> Batch {
    let mut batch = Batch::new();
    batch.record(name, value.to_vec());
    batch
}
