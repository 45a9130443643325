//! What is attached comes to those who may read what names it, and to nobody else.

use std::mem;

use blake3::hazmat::HasherExt as _;
use seal::{FILE_PIECE, Outline};

use super::*;
use crate::{
    files::{Asked, Come, Fetching, FileInput, FileOutput, FileState},
    limits::{FILES_OF_ONE, IN_VAIN},
    message::{Have, Lack, Outlined, Part, Want, Which},
};

mod crowds;

const ANN: usize = 0;
const BEN: usize = 1;
const CAT: usize = 2;

impl World {
    pub(super) fn on_disk(&mut self, who: usize, wanted: FileOutput) {
        let answer = match wanted {
            FileOutput::Read(asked) => {
                let Asked { plan, file, from, count, .. } = asked;
                let pieces = self.devices[who].disk.get(&(plan, file)).cloned().unwrap_or_default();
                let pieces = pieces.into_iter().skip(from as usize).take(count as usize).collect();
                FileInput::Read(asked, pieces)
            }
            FileOutput::Keep { plan, file, outline, from, pieces } => {
                let disk = self.devices[who].disk.entry((plan, file)).or_default();
                assert_eq!(disk.len(), from, "what is flushed is not brought again");
                disk.extend(pieces);
                FileInput::Kept(plan, file, Some(Come { outline, here: disk.len() }))
            }
        };
        self.mail.push_back((who, Input::File(answer)));
    }

    fn attach(&mut self, who: usize, plan: PlanId, bytes: &[u8]) -> FileId {
        let (file, outline) = (FileId::of(bytes), Outline::of(bytes));
        let pieces: Vec<Bytes> = bytes.chunks(FILE_PIECE).map(Bytes::from).collect();
        let here = pieces.len();
        self.devices[who].disk.insert((plan, file), pieces);
        self.handle(who, Input::File(FileInput::Kept(plan, file, Some(Come { outline, here }))));
        file
    }

    fn name(&mut self, who: &[usize], plan: PlanId, doc: DocId, files: &[(FileId, usize)]) {
        for who in who {
            let names = files.iter().map(|(file, bytes)| (*file, *bytes as u64)).collect();
            self.handle(*who, Input::File(FileInput::Named(plan, doc, names)));
        }
    }

    fn has(&self, who: usize, plan: PlanId, file: FileId) -> bool {
        self.devices[who].sync.file_states(plan).get(&file) == Some(&FileState::Here)
    }

    /// Lets everything pass, what one says to the other at so many bytes a second, until then. Says how many pieces came.
    fn pass_slowly(&mut self, says: usize, hears: usize, a_second: i64, until: Time) -> usize {
        let mut line: VecDeque<(Link, Bytes)> = VecDeque::new();
        let (mut came, mut free) = (0, self.now);
        loop {
            match self.mail.pop_front() {
                Some((who, Input::Heard(link, frame))) if who == hears => {
                    if line.is_empty() {
                        free = self.now.plus(frame.len() as i64 * 1_000 / a_second);
                    }
                    line.push_back((link, frame));
                    continue;
                }
                // Not before it is.
                Some((who, Input::Drained(_))) if who == says => continue,
                Some((who, input)) => {
                    self.handle(who, input);
                    continue;
                }
                None => {}
            }
            let wakes = (0..self.devices.len()).filter_map(|who| Some((self.devices[who].sync.next_wake()?, who)));
            let wake = wakes.min().filter(|(at, _)| line.is_empty() || *at < free);
            let next = wake.map_or(free, |(at, _)| at.max(self.now));
            if next > until || wake.is_none() && line.is_empty() {
                self.now = until;
                return came;
            }
            self.now = next;
            if let Some((_, who)) = wake {
                self.handle(who, Input::Woke);
            } else if let Some((link, frame)) = line.pop_front() {
                came += usize::from(matches!(Message::read(&frame), Ok(Message::Part(_))));
                free = self.now.plus(line.front().map_or(0, |(_, next)| next.len() as i64 * 1_000 / a_second));
                self.handle(hears, Input::Heard(link, frame));
                if line.is_empty() {
                    self.handle(says, Input::Drained(link));
                }
            }
        }
    }

    /// What is told in answer to this, without anything that follows from it.
    fn answers(&mut self, who: usize, link: Link, message: Message) -> Vec<Message> {
        self.handle(who, Input::Heard(link, message.frame().expect("it fits")));
        let read = |mail: &VecDeque<(usize, Input)>| -> Vec<Message> {
            let heard = mail.iter().filter_map(|(_, input)| match input {
                Input::Heard(_, frame) => Message::read(frame).ok(),
                _ => None,
            });
            heard.collect()
        };
        let told = read(&self.mail);
        self.settle();
        told
    }
}

/// Three of a circle who are connected one after the other, and a document that all may read but Cat.
fn three() -> (World, PlanId, DocId) {
    let mut world = World::of(3);
    let plan = world.found(ANN);
    let doc = world.open(ANN, plan, Access::Edit);
    world.meet(ANN, &[BEN, CAT], plan);
    world.connect(BEN, CAT);
    world.settle();
    (world, plan, doc)
}

/// A photograph of Ann's, Ben's connection to her, and his question for all of it.
fn eight_pieces(world: &mut World, plan: PlanId, doc: DocId) -> (Link, Message) {
    world.cut_all();
    let bytes = photo(8);
    let file = world.attach(ANN, plan, &bytes);
    world.name(&[ANN], plan, doc, &[(file, bytes.len())]);
    let link = world.connect(BEN, ANN);
    world.settle();
    let want = Message::Want(Want { plan: 0, doc, file, which: Which::Pieces { from: 0, count: 8 } });
    (link, want)
}

fn photo(pieces: usize) -> Vec<u8> {
    let mut bytes = vec![0; pieces * FILE_PIECE - 9];
    blake3::Hasher::new().update(&[pieces as u8]).finalize_xof().fill(&mut bytes);
    bytes
}

#[test]
fn a_file_comes_to_whoever_reads_what_names_it() {
    let (mut world, plan, doc) = three();
    let files = [1, 2, 8, 9, 20].map(|pieces| (photo(pieces), pieces));
    let named: Vec<(FileId, usize)> =
        files.iter().map(|(bytes, _)| (world.attach(ANN, plan, bytes), bytes.len())).collect();
    world.name(&[ANN, BEN], plan, doc, &named);
    world.settle();
    for ((bytes, _), (file, _)) in files.iter().zip(&named) {
        assert!(world.has(BEN, plan, *file));
        assert_eq!(world.devices[BEN].disk[&(plan, *file)].concat(), *bytes);
    }
    assert_eq!(world.devices[CAT].disk, BTreeMap::new(), "nothing names a file there");
    assert_eq!(world.parted, []);
}

#[test]
fn who_asked_before_it_was_there_is_told_once_it_is() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    let bytes = photo(3);
    let file = world.attach(ANN, plan, &bytes);
    world.name(&[ANN, BEN, CAT], plan, doc, &[(file, bytes.len())]);
    // Cat asks Ben, who has it only once Ann comes.
    world.connect(BEN, CAT);
    world.settle();
    assert!(!world.has(CAT, plan, file));
    world.connect(ANN, BEN);
    world.settle();
    assert!(world.has(BEN, plan, file) && world.has(CAT, plan, file));
}

#[test]
fn whoever_may_not_read_the_document_gets_the_answer_of_a_file_that_is_not_there() {
    let (mut world, plan, doc) = three();
    let bytes = photo(2);
    let file = world.attach(ANN, plan, &bytes);
    world.name(&[ANN, BEN], plan, doc, &[(file, bytes.len())]);
    world.settle();
    world.cut_all();
    world.share(ANN, plan, doc, Access::Nothing);
    let link = world.connect(CAT, ANN);
    world.settle();
    // Cat knows the file's id from whomever, and the document's.
    let nowhere = FileId::new([9; 32]);
    for which in [Which::Outline, Which::Pieces { from: 0, count: 2 }] {
        let want = |file| Message::Want(Want { plan: 0, doc, file, which });
        let real = world.answers(ANN, link, want(file));
        let made_up = world.answers(ANN, link, want(nowhere));
        assert_eq!(real, [Message::Lack(Lack { plan: 0, doc, file })]);
        assert_eq!(made_up, [Message::Lack(Lack { plan: 0, doc, file: nowhere })]);
    }
    // Under another document, which Cat may read and which does not name it: the same.
    let other = world.open(ANN, plan, Access::View);
    world.settle();
    let want = Message::Want(Want { plan: 0, doc: other, file, which: Which::Outline });
    assert_eq!(world.answers(ANN, link, want), [Message::Lack(Lack { plan: 0, doc: other, file })]);
    assert_eq!(world.devices[CAT].disk, BTreeMap::new());
}

#[test]
fn what_was_being_given_stops_when_the_document_may_not_be_read_any_more() {
    let (mut world, plan, doc) = three();
    let (link, want) = eight_pieces(&mut world, plan, doc);
    world.handle(ANN, Input::Heard(link, want.frame().expect("it fits")));
    let (_, read) = world.mail.pop_front().expect("the pieces were read");
    world.handle(ANN, read);
    let told = mem::take(&mut world.mail);
    assert_eq!(parts(&told), 1, "one at a time: a word waits for one piece at the most");
    world.share(ANN, plan, doc, Access::Nothing);
    world.mail.clear();
    for _ in 0..20 {
        world.handle(ANN, Input::Drained(link));
    }
    assert_eq!(parts(&world.mail), 0);
}

fn parts(mail: &VecDeque<(usize, Input)>) -> usize {
    let is_part =
        |input: &Input| matches!(input, Input::Heard(_, frame) if matches!(Message::read(frame), Ok(Message::Part(_))));
    mail.iter().filter(|(_, input)| is_part(input)).count()
}

#[test]
fn a_lie_in_any_piece_ends_the_connection_and_the_file_comes_from_somebody_else() {
    for lie in 0..5 {
        let (mut world, plan, doc) = three();
        world.cut_all();
        let bytes = photo(9);
        let file = world.attach(ANN, plan, &bytes);
        world.name(&[CAT], plan, doc, &[(file, bytes.len())]);
        let link = world.connect(BEN, CAT);
        while world.mail.front().is_some() && world.devices[CAT].sync.file_states(plan)[&file] == FileState::Waiting {
            let (who, input) = world.mail.pop_front().expect("just looked");
            world.handle(who, input);
        }
        world.mail.clear();
        let outline = Outline::of(&bytes);
        let mut hashes = outline.hashes().to_vec();
        if lie == 0 {
            hashes[4][0] ^= 1;
        }
        // Of a length that differs by a byte all hashes are the same.
        let length = bytes.len() as u64 + u64::from(lie == 4);
        let mut told = vec![Message::Outlined(Outlined { plan: 0, doc, file, bytes: length, hashes })];
        told.extend([8].into_iter().chain(0..8u32).map(|nth| {
            let mut piece = bytes.chunks(FILE_PIECE).nth(nth as usize).expect("of nine").to_vec();
            if (lie, nth) == (1, 5) {
                piece[77] ^= 1;
            }
            if [(2, 7), (3, 8)].contains(&(lie, nth)) {
                piece.pop();
            }
            Message::Part(Part { plan: 0, doc, file, nth, bytes: piece })
        }));
        for message in told {
            world.handle(CAT, Input::Heard(link, message.frame().expect("it fits")));
        }
        assert_eq!(world.parted, [(CAT, Because::Forged)], "lie {lie}");
        assert_eq!(world.devices[CAT].disk, BTreeMap::new());
        world.settle();
        world.name(&[ANN], plan, doc, &[(file, bytes.len())]);
        world.connect(ANN, CAT);
        world.settle();
        assert!(world.has(CAT, plan, file));
    }
}

#[test]
fn hashes_from_further_up_the_tree_leave_no_half_of_a_file_that_is_none() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    let bytes = photo(16);
    let (file, short) = (FileId::of(&bytes), 9 * FILE_PIECE - 9);
    // Whoever gives it named it too, and says that it ends in its ninth piece: the hash of the last eight together is on the
    // way from the id to the pieces.
    let mut hashes = Outline::of(&bytes).hashes()[..8].to_vec();
    let (half, offset) = (&bytes[8 * FILE_PIECE..], 8 * FILE_PIECE as u64);
    hashes.push(blake3::Hasher::new().set_input_offset(offset).update(half).finalize_non_root());
    assert!(Outline::read(file, short as u64, hashes.clone()).is_some(), "the id alone does not tell");
    world.name(&[BEN], plan, doc, &[(file, short)]);
    let link = world.connect(CAT, BEN);
    while world.devices[BEN].sync.file_states(plan)[&file] == FileState::Waiting {
        let (who, input) = world.mail.pop_front().expect("ben asks");
        world.handle(who, input);
    }
    world.mail.clear();
    let mut told = vec![Message::Outlined(Outlined { plan: 0, doc, file, bytes: short as u64, hashes })];
    let pieces = bytes.chunks(FILE_PIECE).zip(0..8);
    told.extend(pieces.map(|(piece, nth)| Message::Part(Part { plan: 0, doc, file, nth, bytes: piece.to_vec() })));
    for message in told {
        world.handle(BEN, Input::Heard(link, message.frame().expect("it fits")));
    }
    world.settle();
    assert_eq!(world.devices[BEN].disk, BTreeMap::new(), "nothing is kept before its length is sure");
    let whole = world.attach(ANN, plan, &bytes);
    world.name(&[ANN], plan, doc, &[(whole, bytes.len())]);
    world.cut_all();
    world.connect(ANN, BEN);
    world.settle();
    assert!(world.has(BEN, plan, file));
    assert_eq!(world.parted, []);
}

#[test]
fn whatever_a_record_says_of_a_files_length_it_comes_and_nobody_is_blamed() {
    for wrong in [0, 1, FILE_PIECE, 3 * FILE_PIECE, 40 * FILE_PIECE, usize::MAX] {
        for pieces in [3, 20] {
            let (mut world, plan, doc) = three();
            let cats = world.open_own(CAT, plan, Access::View);
            world.settle();
            let bytes = photo(pieces);
            let file = world.attach(ANN, plan, &bytes);
            // Cat says it in her own words, and Ben has not heard yet how long it is in truth.
            world.name(&[ANN, BEN, CAT], plan, cats, &[(file, wrong)]);
            world.name(&[BEN], plan, doc, &[(file, wrong)]);
            world.settle();
            world.name(&[ANN, BEN], plan, doc, &[(file, bytes.len())]);
            world.settle();
            assert!(world.has(BEN, plan, file), "{wrong} instead of {}", bytes.len());
            assert_eq!(world.devices[BEN].disk[&(plan, file)].concat(), bytes);
            assert_eq!(world.parted, []);
        }
    }
}

#[test]
fn a_large_file_that_is_called_small_does_not_come_by_itself() {
    let (mut world, plan, doc) = three();
    let bytes = photo(40);
    let file = world.attach(ANN, plan, &bytes);
    world.handle(BEN, Input::File(FileInput::Fetching(Fetching::Small)));
    world.name(&[ANN, BEN], plan, doc, &[(file, 5)]);
    world.settle();
    assert_eq!(world.devices[BEN].sync.file_states(plan)[&file], FileState::OnAsking);
    assert!(!world.devices[BEN].disk.contains_key(&(plan, file)));
    world.handle(BEN, Input::File(FileInput::Wish(plan, file)));
    world.settle();
    assert!(world.has(BEN, plan, file));
}

#[test]
fn a_file_that_was_cut_in_the_middle_goes_on_where_it_stopped() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    let bytes = photo(40);
    let file = world.attach(ANN, plan, &bytes);
    world.name(&[ANN, BEN], plan, doc, &[(file, bytes.len())]);
    world.connect(ANN, BEN);
    while world.devices[BEN].disk.get(&(plan, file)).is_none_or(|disk| disk.len() < 16) {
        let (who, input) = world.mail.pop_front().expect("it is coming");
        world.handle(who, input);
    }
    // The line breaks; what was being flushed is flushed.
    world.mail.retain(|(_, input)| !matches!(input, Input::Heard(..)));
    world.cut_all();
    world.connect(ANN, BEN);
    let mut came = 0;
    while let Some((who, input)) = world.mail.pop_front() {
        if let Input::Heard(_, frame) = &input {
            came += usize::from(matches!(Message::read(frame), Ok(Message::Part(_))));
        }
        world.handle(who, input);
    }
    assert!(world.has(BEN, plan, file));
    assert!(came <= 24, "{came} pieces came for the 24 that lacked");
}

#[test]
fn large_files_wait_for_somebody_to_ask_where_that_was_chosen() {
    let (mut world, plan, doc) = three();
    let (small, large) = (photo(2), photo(40));
    let named = [&small, &large].map(|bytes| (world.attach(ANN, plan, bytes), bytes.len()));
    world.handle(BEN, Input::File(FileInput::Fetching(Fetching::Small)));
    world.name(&[ANN, BEN], plan, doc, &named);
    world.settle();
    assert!(world.has(BEN, plan, named[0].0) && !world.has(BEN, plan, named[1].0));
    assert_eq!(world.devices[BEN].sync.file_states(plan)[&named[1].0], FileState::OnAsking);
    world.handle(BEN, Input::File(FileInput::Wish(plan, named[1].0)));
    world.settle();
    assert!(world.has(BEN, plan, named[1].0));
}

#[test]
fn what_nobody_asked_for_is_not_taken() {
    let (mut world, plan, doc) = three();
    let bytes = photo(1);
    let file = FileId::of(&bytes);
    world.name(&[BEN], plan, doc, &[(file, bytes.len())]);
    world.settle();
    world.cut_all();
    let link = world.connect(ANN, BEN);
    world.settle();
    let said = [
        Message::Part(Part { plan: 0, doc, file: FileId::new([4; 32]), nth: 0, bytes }),
        Message::Have(Have { plan: 0, doc, file: FileId::new([4; 32]) }),
        Message::Outlined(Outlined { plan: 0, doc, file: FileId::new([4; 32]), bytes: 9, hashes: vec![[4; 32]] }),
    ];
    for message in said {
        world.handle(BEN, Input::Heard(link, message.frame().expect("it fits")));
    }
    world.settle();
    assert_eq!((world.devices[BEN].disk.len(), world.parted.as_slice()), (0, &[][..]));
}

#[test]
fn somebody_who_sends_drop_by_drop_holds_nobody_elses_file_up() {
    let (mut world, plan, doc) = three();
    let cats = world.open_own(CAT, plan, Access::View);
    world.settle();
    let slow: BTreeMap<FileId, Vec<u8>> =
        [40, 41].into_iter().map(|pieces| (FileId::of(&photo(pieces)), photo(pieces))).collect();
    let named: Vec<(FileId, usize)> = slow.iter().map(|(file, bytes)| (*file, bytes.len())).collect();
    world.name(&[BEN], plan, cats, &named);
    let (mut next, mut anns) = (BTreeMap::new(), None);
    for drop in 0..12 {
        while let Some((who, input)) = world.mail.pop_front() {
            let wanted = match &input {
                Input::Heard(link, frame) if who == CAT => match Message::read(frame) {
                    Ok(Message::Want(want)) => Some((*link, want)),
                    _ => None,
                },
                _ => None,
            };
            match wanted {
                None => world.handle(who, input),
                Some((link, Want { file, which: Which::Outline, .. })) => {
                    let outline = Outline::of(&slow[&file]);
                    let (bytes, hashes) = (outline.bytes(), outline.hashes().to_vec());
                    let told = Message::Outlined(Outlined { plan: 0, doc: cats, file, bytes, hashes });
                    world.mail.push_back((BEN, Input::Heard(link, told.frame().expect("it fits"))));
                }
                Some((link, Want { file, which: Which::Pieces { from, .. }, .. })) => {
                    _ = next.insert(file, (link, from))
                }
            }
        }
        if drop == 0 {
            assert_eq!(next.len(), 2, "both are coming");
            let bytes = photo(50);
            let file = world.attach(ANN, plan, &bytes);
            world.name(&[ANN, BEN], plan, doc, &[(file, bytes.len())]);
            anns = Some(file);
        }
        world.now = world.now.plus(29_000);
        world.handle(BEN, Input::Woke);
        for (file, (link, nth)) in &mut next {
            let bytes = slow[file].chunks(FILE_PIECE).nth(*nth as usize).expect("not all of it yet").to_vec();
            let part = Message::Part(Part { plan: 0, doc: cats, file: *file, nth: *nth, bytes });
            world.mail.push_back((BEN, Input::Heard(*link, part.frame().expect("it fits"))));
            *nth += 1;
        }
    }
    assert!(world.has(BEN, plan, anns.expect("it was attached")));
}

#[test]
fn on_a_slow_line_files_come_one_after_the_other_and_nobody_is_turned_away() {
    for (a_second, seconds) in [(10_000, 400), (2_500, 1_600)] {
        let (mut world, plan, doc) = three();
        world.cut_all();
        let files: Vec<Vec<u8>> = (17..24).map(photo).collect();
        let named: Vec<(FileId, usize)> =
            files.iter().map(|bytes| (world.attach(ANN, plan, bytes), bytes.len())).collect();
        // Of each a part came before.
        for (bytes, (file, _)) in files.iter().zip(&named) {
            let pieces: Vec<Bytes> = bytes.chunks(FILE_PIECE).take(8).map(Bytes::from).collect();
            world.devices[BEN].disk.insert((plan, *file), pieces);
            let come = Come { outline: Outline::of(bytes), here: 8 };
            world.handle(BEN, Input::File(FileInput::Kept(plan, *file, Some(come))));
        }
        world.name(&[ANN, BEN], plan, doc, &named);
        world.connect(ANN, BEN);
        let until = world.now.plus(seconds * 1_000);
        let came = world.pass_slowly(ANN, BEN, a_second, until);
        let lacking: usize = (17..24).map(|pieces| pieces - 8).sum();
        assert_eq!(world.parted, [], "{a_second}");
        assert!(named.iter().all(|(file, _)| world.has(BEN, plan, *file)), "{a_second}: {came} of {lacking} pieces");
        assert_eq!(came, lacking, "{a_second}: none came twice");
    }
}
