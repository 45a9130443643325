//! Attached files are kept whole or as far as they have come, and what is altered is not given back.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::fs;

use seal::{FILE_PIECE, FileId, Outline, PlanId};
use store::{Files, Home, KeptFile, Store, Unlock};
use tempfile::TempDir;

const PLAN: PlanId = PlanId::new([1; 32]);
const OTHER: PlanId = PlanId::new([2; 32]);

#[test]
fn a_file_comes_back_whole_and_only_under_its_plan() {
    let home = TestHome::new();
    let photo = bytes(3 * FILE_PIECE + 7, 1);
    let id = home.files().keep(PLAN, &photo).unwrap();
    assert_eq!(id, FileId::of(&photo));
    let files = home.files();
    assert_eq!(files.read(PLAN, id).unwrap().as_deref(), Some(photo.as_slice()));
    assert_eq!(files.read(OTHER, id).unwrap(), None);
    assert_eq!(files.piece(PLAN, id, 3).unwrap().as_deref(), Some(&photo[3 * FILE_PIECE..]));
    assert_eq!(files.check(PLAN), (1, 0));
}

#[test]
fn a_file_that_comes_piece_by_piece_goes_on_where_it_stopped() {
    let home = TestHome::new();
    let photo = bytes(5 * FILE_PIECE, 2);
    let (id, outline) = (FileId::of(&photo), Outline::of(&photo));
    let pieces: Vec<&[u8]> = photo.chunks(FILE_PIECE).collect();
    home.files().add(PLAN, id, &outline, 0, &pieces[..2]).unwrap();
    let mut files = home.files();
    assert_eq!(files.kept(PLAN, id), Some(&KeptFile { outline: outline.clone(), here: 2 }));
    assert_eq!(files.read(PLAN, id).unwrap(), None);
    files.add(PLAN, id, &outline, 2, &pieces[2..]).unwrap();
    assert_eq!(files.read(PLAN, id).unwrap(), Some(photo));
}

#[test]
#[should_panic(expected = "the next pieces of a file")]
fn a_piece_that_is_not_the_files_is_never_kept() {
    let photo = bytes(2 * FILE_PIECE, 3);
    let _ = TestHome::new().files().add(PLAN, FileId::of(&photo), &Outline::of(&photo), 0, &[bytes(FILE_PIECE, 4)]);
}

#[test]
fn forgetting_drops_one_plans_files_and_gives_the_room_back() {
    let home = TestHome::new();
    let mut files = home.files();
    let (photo, letter) = (bytes(40 * FILE_PIECE, 5), bytes(900, 6));
    let id = files.keep(PLAN, &photo).unwrap();
    let kept = files.keep(OTHER, &letter).unwrap();
    let before = fs::metadata(home.path()).unwrap().len();
    files.forget_plan(PLAN).unwrap();
    assert_eq!(files.kept(PLAN, id), None);
    files.close().unwrap();
    assert!(fs::metadata(home.path()).unwrap().len() < before);
    assert_eq!(home.files().read(OTHER, kept).unwrap(), Some(letter));
}

#[test]
fn nothing_of_a_file_can_be_read_from_the_disk() {
    let home = TestHome::new();
    let words = b"I know the numbers, not the crowds. ".repeat(2_000);
    let id = home.files().keep(PLAN, &words).unwrap();
    let raw = fs::read(home.path()).unwrap();
    for planted in [&words[..24], &id.as_bytes()[..], &PLAN.as_bytes()[..]] {
        assert!(!raw.windows(planted.len()).any(|window| window == planted));
    }
}

#[test]
fn a_file_of_files_that_cannot_be_opened_is_put_aside_and_nobody_is_kept_from_their_words() {
    let home = TestHome::new();
    home.files().keep(PLAN, &bytes(9_000, 7)).unwrap();
    let mut raw = fs::read(home.path()).unwrap();
    raw.truncate(raw.len() / 2);
    fs::write(home.path(), &raw).unwrap();
    let mut files = home.files();
    assert_eq!(files.list().count(), 0);
    let id = files.keep(PLAN, &bytes(9_000, 7)).unwrap();
    assert!(files.read(PLAN, id).unwrap().is_some());
    assert!(home.path().with_extension("damaged").exists());
}

#[test]
fn a_bit_that_turned_is_noticed_by_the_check_and_never_given_back() {
    let home = TestHome::new();
    let photo = bytes(30 * FILE_PIECE, 8);
    let id = home.files().keep(PLAN, &photo).unwrap();
    let raw = fs::read(home.path()).unwrap();
    let mut noticed = 0;
    for at in (0..raw.len()).step_by(raw.len() / 97) {
        let mut altered = raw.clone();
        altered[at] ^= 4;
        fs::write(home.path(), &altered).unwrap();
        let files = home.files();
        let read = files.read(PLAN, id);
        assert!(!read.as_ref().is_ok_and(|read| read.as_ref().is_some_and(|read| *read != photo)));
        noticed += usize::from(files.check(PLAN).1 > 0 || !matches!(read, Ok(Some(_))));
        drop(files);
    }
    assert!(noticed > 20, "half of the file is that photo, and only {noticed} of 97 were noticed");
}

struct TestHome {
    folder: TempDir,
    store: Store,
}

impl TestHome {
    fn new() -> TestHome {
        let folder = TempDir::new().unwrap();
        let store = Store::create(&Home::at(folder.path()), &Unlock::KeyFile, "test").unwrap();
        TestHome { folder, store }
    }

    fn files(&self) -> Files {
        self.store.again().unwrap().files().unwrap()
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("files.redb")
    }
}

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().update(&[seed]).finalize_xof().fill(&mut bytes);
    bytes
}
