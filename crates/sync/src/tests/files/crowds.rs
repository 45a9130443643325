//! Crowds of files: named, asked for, and such as nobody has.

use super::*;

#[test]
fn names_that_somebody_made_up_keep_nobody_from_a_file_that_was_asked_for_too_early() {
    let (mut world, plan, doc) = three();
    world.cut_all();
    let bytes = photo(3);
    let file = world.attach(ANN, plan, &bytes);
    let made_up =
        (0..=u8::MAX).flat_map(|n| [FileId::new([n; 32]), FileId::new([n ^ 1, n].repeat(16).try_into().unwrap())]);
    let crowd: Vec<(FileId, usize)> = made_up.map(|file| (file, 9)).collect();
    assert!(crowd.len() > IN_VAIN);
    // Cat asks Ben for all that nobody has, and then for what he has only once Ann comes.
    world.name(&[BEN, CAT], plan, doc, &crowd);
    world.connect(BEN, CAT);
    world.settle();
    let all: Vec<(FileId, usize)> = crowd.into_iter().chain([(file, bytes.len())]).collect();
    world.name(&[ANN, BEN, CAT], plan, doc, &all);
    world.settle();
    assert!(!world.has(CAT, plan, file));
    world.connect(ANN, BEN);
    world.settle();
    assert_eq!((world.has(BEN, plan, file), world.has(CAT, plan, file), &world.parted[..]), (true, true, &[][..]));
    // What comes after that is told of as well, once.
    let later = world.attach(BEN, plan, b"later");
    let all: Vec<(FileId, usize)> = all.into_iter().chain([(later, 5)]).collect();
    world.name(&[BEN], plan, doc, &all);
    world.name(&[BEN], plan, doc, &all);
    let told = |(_, input): &(usize, Input)| matches!(input, Input::Heard(_, frame) if matches!(Message::read(frame), Ok(Message::Have(_))));
    assert_eq!(world.mail.iter().filter(|mail| told(mail)).count(), 2, "Ann and Cat");
    world.name(&[CAT], plan, doc, &all);
    world.settle();
    assert!(world.has(CAT, plan, later));
}

#[test]
fn asking_for_ever_so_many_files_that_nobody_has_makes_nobody_a_flood() {
    let (mut world, plan, doc) = three();
    let bens = world.open_own(BEN, plan, Access::View);
    world.settle();
    for (doc, first) in [(doc, 0u16), (bens, 1_500)] {
        let each = (first..first + 1_500).map(|n| FileId::new([n.to_be_bytes(); 16].concat().try_into().unwrap()));
        let crowd: Vec<(FileId, usize)> = each.map(|file| (file, 9)).collect();
        world.name(&[ANN, BEN], plan, doc, &crowd);
    }
    let before = world.now;
    world.settle();
    assert_eq!(world.parted, []);
    assert!(world.now > before, "who asks for so much rests now and then");
    let bytes = photo(2);
    let file = world.attach(ANN, plan, &bytes);
    world.name(&[ANN, BEN], plan, doc, &[(file, bytes.len())]);
    world.settle();
    assert!(world.has(BEN, plan, file));
}

#[test]
fn somebody_who_names_very_many_files_leaves_room_for_the_others() {
    let (mut world, plan, doc) = three();
    let cats = world.open_own(CAT, plan, Access::View);
    world.settle();
    let outline = Outline::of(&vec![7; seal::FILE_BYTES as usize]);
    let all: Vec<(FileId, usize)> = (0..64).map(|n| (FileId::new([n; 32]), seal::FILE_BYTES as usize)).collect();
    world.name(&[BEN], plan, cats, &all);
    world.settle();
    // Cat gives whatever is asked for.
    let mut came = Vec::new();
    while let Some((file, _)) =
        world.devices[BEN].sync.file_states(plan).into_iter().find(|(_, at)| *at == FileState::Waiting)
    {
        let come = Come { outline: outline.clone(), here: outline.pieces() };
        world.handle(BEN, Input::File(FileInput::Kept(plan, file, Some(come))));
        came.push(file);
    }
    assert_eq!(came.len() as u64 * seal::FILE_BYTES, FILES_OF_ONE);
    let left = all.iter().map(|(file, _)| *file).find(|file| !came.contains(file)).expect("not all of them came");
    assert_eq!(world.devices[BEN].sync.file_states(plan)[&left], FileState::OnAsking);

    let bytes = photo(3);
    let anns = world.attach(ANN, plan, &bytes);
    world.name(&[ANN, BEN], plan, doc, &[(anns, bytes.len())]);
    world.settle();
    assert!(world.has(BEN, plan, anns));
    world.handle(BEN, Input::File(FileInput::Wish(plan, left)));
    assert_ne!(world.devices[BEN].sync.file_states(plan)[&left], FileState::OnAsking, "by hand there is room yet");
}

#[test]
fn who_asks_for_more_than_waits_for_anyone_is_given_no_more_and_not_turned_away() {
    let (mut world, plan, doc) = three();
    let (link, want) = eight_pieces(&mut world, plan, doc);
    for _ in 0..100 {
        world.handle(ANN, Input::Heard(link, want.frame().expect("it fits")));
    }
    let read = |(_, input): &&(usize, Input)| matches!(input, Input::File(FileInput::Read(..)));
    assert!(world.mail.iter().filter(read).count() <= 5, "forty pieces wait at the most");
    world.settle();
    assert_eq!(world.parted, []);
}
