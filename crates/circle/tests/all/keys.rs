//! Documents' keys: who can open which, which one seals, and when a new one is owed.

use circle::{
    Access, Act, Ledger, NewKey, NoKey, Placed, Standing, Statement, Who, Wrap, begin_epoch, draft, limits, live_key,
    open_key, pass_on,
};
use seal::{DeviceKey, DocId, EpochId, StatementId};
use zeroize::Zeroizing;

use crate::{
    documents::{Five, five, keep, remove, unshare, who},
    help::{NOW, everything, key, open, part, place, plan_of, share, sign, welcome},
};

/// Five people, and a part that all of them may write.
fn shared() -> Five {
    let mut five = five();
    share(&mut five.plan, &five.amina, five.doc, Who::Everyone, Access::Edit);
    five
}

fn begun(plan: &Ledger, by: &DeviceKey, doc: DocId, dice: u8) -> Statement {
    sign(by, begin_epoch(plan, by.id(), NOW, doc, &Zeroizing::new([dice; 32])).expect("may make a key"))
}

fn begin(plan: &mut Ledger, by: &DeviceKey, doc: DocId, dice: u8) -> EpochId {
    let statement = begun(plan, by, doc, dice);
    place(plan, statement.clone());
    epoch(&statement)
}

fn epoch(statement: &Statement) -> EpochId {
    match statement.act() {
        Act::NewKey(key) => key.epoch,
        other => panic!("no key: {other:?}"),
    }
}

/// Passes every key on to whoever lacks it, as one device does; says how many statements it took.
fn pass_all_on(plan: &mut Ledger, by: &DeviceKey, doc: DocId) -> usize {
    let mut said = 0;
    while let Some((epoch, _)) = plan.lacking(doc).into_iter().next() {
        let dice = Zeroizing::new([said as u8 + 100; 32]);
        let body = pass_on(plan, by, NOW, doc, epoch, &dice).expect("it can be opened and wrapped");
        place(plan, sign(by, body.expect("may make a key")));
        said += 1;
    }
    said
}

fn tell(from: &Ledger, to: &mut Ledger) {
    for statement in everything(from) {
        assert!(matches!(to.place(statement), Placed::New(_) | Placed::Known));
    }
}

fn opens(plan: &Ledger, by: &DeviceKey, doc: DocId, epoch: EpochId) -> bool {
    open_key(plan, by, doc, epoch).is_ok_and(|opened| opened.id() == epoch)
}

#[test]
fn after_a_removal_a_new_key_is_owed_that_the_others_open_and_the_removed_person_does_not() {
    let Five { mut plan, amina, ben, cara, dan, eve, doc } = shared();
    assert!(plan.key_owed(doc));
    assert_eq!(live_key(&plan, &amina, doc).err(), Some(NoKey::Owed));
    let first = begin(&mut plan, &amina, doc, 1);
    for device in [&amina, &ben, &cara, &dan, &eve] {
        assert_eq!(live_key(&plan, device, doc).map(|key| key.id()), Ok(first));
    }
    assert!(!plan.key_owed(doc) && plan.lacking(doc).is_empty());

    remove(&mut plan, &amina, &eve);
    assert!(plan.key_owed(doc), "Eve has it");
    assert_eq!(live_key(&plan, &ben, doc).err(), Some(NoKey::Owed), "until then nothing is sealed");
    let second = begin(&mut plan, &ben, doc, 2);
    for device in [&amina, &ben, &cara, &dan] {
        assert_eq!(live_key(&plan, device, doc).map(|key| key.id()), Ok(second));
    }
    assert_eq!(live_key(&plan, &eve, doc).err(), Some(NoKey::NotHere));
    assert!(opens(&plan, &eve, doc, first), "what she had she keeps");
}

#[test]
fn a_key_of_somebody_removed_opens_and_never_seals() {
    let Five { mut plan, amina, ben, cara, dan, eve, doc } = shared();
    begin(&mut plan, &amina, doc, 1);
    let apart = plan.clone();
    remove(&mut plan, &amina, &eve);
    let second = begin(&mut plan, &ben, doc, 2);
    let back_dated = begun(&apart, &eve, doc, 3);
    place(&mut plan, back_dated.clone());
    assert!(!plan.in_effect(back_dated.id()));
    assert_eq!(plan.live_key(doc), Some(second));
    assert!([&amina, &cara, &dan].iter().all(|device| opens(&plan, device, doc, epoch(&back_dated))));
    assert!(plan.lacking(doc).is_empty(), "nor is it passed on");
}

#[test]
fn who_made_a_key_holds_it_even_if_they_wrapped_it_to_others_only() {
    let Five { mut plan, amina, ben, eve, doc, .. } = shared();
    let Act::NewKey(NewKey { epoch, mut wraps }) = begun(&plan, &eve, doc, 1).act().clone() else { panic!() };
    wraps.retain(|wrap| wrap.device != eve.id());
    let key = NewKey { epoch, wraps };
    let made = draft::new_key(&plan, eve.id(), NOW, doc, key).expect("may make a key");
    place(&mut plan, sign(&eve, made));
    assert!(!plan.key_owed(doc));
    keep(&mut plan, &amina, doc, &[]);
    remove(&mut plan, &amina, &eve);
    assert!(plan.key_owed(doc));
    let next = begin(&mut plan, &ben, doc, 2);
    assert_eq!(plan.live_key(doc), Some(next));
}

#[test]
fn a_key_that_reached_somebody_by_an_add_that_turned_out_void_seals_no_more() {
    let Five { mut plan, amina, ben, doc, .. } = shared();
    let first = begin(&mut plan, &amina, doc, 1);
    let (mut apart, guest) = (plan.clone(), key(6));
    remove(&mut plan, &amina, &ben);
    let second = begin(&mut plan, &amina, doc, 2);
    // Apart from that, Ben lets somebody in and hands them the key, and so nobody may hold it against them.
    welcome(&mut apart, &ben, &guest, 16, Standing::Member);
    pass_all_on(&mut apart, &ben, doc);
    assert!(opens(&apart, &guest, doc, first));
    tell(&plan, &mut apart);
    assert_eq!(apart.person_of(guest.id()), None);
    assert_eq!(apart.live_key(doc), Some(second));

    // And so if the removed device itself never was wrapped the key.
    let Five { plan, amina, ben, doc, .. } = shared();
    let (mut plan, mut apart) = (plan.clone(), plan);
    let key = NewKey { epoch: EpochId::new([7; 32]), wraps: Vec::new() };
    let made = sign(&amina, draft::new_key(&plan, amina.id(), NOW, doc, key.clone()).expect("may make a key"));
    for plan in [&mut plan, &mut apart] {
        place(plan, made.clone());
    }
    remove(&mut plan, &amina, &ben);
    assert!(!plan.key_owed(doc));
    welcome(&mut apart, &ben, &guest, 16, Standing::Member);
    let wraps = vec![Wrap { device: guest.id(), sealed: vec![1; seal::WRAP_BYTES] }];
    let handed = draft::new_key(&apart, ben.id(), NOW, doc, NewKey { wraps, ..key }).expect("may make a key");
    place(&mut apart, sign(&ben, handed));
    tell(&plan, &mut apart);
    assert!(apart.key_owed(doc));
}

#[test]
fn new_readers_are_given_the_keys_of_before_and_no_old_key_becomes_the_live_one() {
    let Five { mut plan, amina, ben, dan, eve, doc, .. } = five();
    let (dan_is, eve_is) = (who(&plan, &dan), who(&plan, &eve));
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    let first = begin(&mut plan, &amina, doc, 1);
    unshare(&mut plan, &amina, doc, dan_is);
    let second = begin(&mut plan, &ben, doc, 2);

    share(&mut plan, &amina, doc, eve_is, Access::View);
    assert!(!plan.key_owed(doc), "she may read all of it, so nothing is sealed anew");
    assert_eq!(plan.lacking(doc).iter().map(|(epoch, _)| *epoch).collect::<Vec<_>>(), [second, first]);
    let by_ben = pass_on(&plan, &eve, NOW, doc, first, &Zeroizing::new([9; 32]));
    assert!(by_ben.is_none(), "she has nothing to pass on");
    assert_eq!(pass_all_on(&mut plan, &amina, doc), 2, "a statement for each key");
    assert!(plan.lacking(doc).is_empty());
    assert!([first, second].iter().all(|epoch| opens(&plan, &eve, doc, *epoch)));
    assert_eq!(plan.live_key(doc), Some(second), "what was said last is about the first key, which Dan has");

    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    assert_eq!(pass_all_on(&mut plan, &ben, doc), 1);
    assert_eq!(live_key(&plan, &dan, doc).map(|key| key.id()), Ok(second));
}

#[test]
fn of_two_keys_made_apart_one_seals_and_every_reader_opens_both() {
    let Five { mut plan, amina, ben, cara, doc, .. } = shared();
    let mut apart = plan.clone();
    let both = [begin(&mut plan, &amina, doc, 1), begin(&mut apart, &ben, doc, 2)];
    tell(&apart, &mut plan);
    tell(&plan, &mut apart);
    assert_eq!(plan.live_key(doc), apart.live_key(doc));
    assert!(plan.live_key(doc).is_some_and(|live| both.contains(&live)));
    assert!(both.iter().all(|epoch| opens(&plan, &cara, doc, *epoch)));
    assert!(!plan.key_owed(doc) && plan.lacking(doc).is_empty(), "and nobody answers");
    // Whoever has seen both may begin another, whatever its hash is.
    for dice in 3..9 {
        let later = begin(&mut plan, &ben, doc, dice);
        assert_eq!(plan.live_key(doc), Some(later));
    }
}

#[test]
fn rubbish_wrapped_to_a_device_is_told_from_a_key_and_hides_none() {
    let Five { mut plan, amina, ben, dan, doc, .. } = shared();
    let epoch = EpochId::new([7; 32]);
    let wraps = vec![Wrap { device: ben.id(), sealed: vec![1; seal::WRAP_BYTES] }];
    let rubbish = |plan: &Ledger, epoch| {
        let key = NewKey { epoch, wraps: wraps.clone() };
        sign(&dan, draft::new_key(plan, dan.id(), NOW, doc, key).expect("may make a key"))
    };
    let said = rubbish(&plan, epoch);
    place(&mut plan, said);
    assert_eq!(live_key(&plan, &ben, doc).err(), Some(NoKey::Spoilt));
    assert_eq!(live_key(&plan, &amina, doc).err(), Some(NoKey::NotHere));
    let real = begin(&mut plan, &amina, doc, 1);
    let said = rubbish(&plan, real);
    place(&mut plan, said);
    assert_eq!(live_key(&plan, &ben, doc).map(|key| key.id()), Ok(real));
}

#[test]
fn a_circle_of_more_devices_than_fit_gets_its_key_by_several_statements() {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let people: Vec<DeviceKey> = (2..2 + limits::WRAPS as u16 + 5).map(key).collect();
    for (number, device) in people.iter().enumerate() {
        welcome(&mut plan, &amina, device, 1_000 + number as u16, Standing::Member);
    }
    let doc = open(&mut plan, &amina, part(1));
    share(&mut plan, &amina, doc, Who::Everyone, Access::View);
    let epoch = begin(&mut plan, &amina, doc, 1);
    assert!(opens(&plan, &amina, doc, epoch), "who made it can pass it on");
    assert_eq!(plan.lacking(doc)[0].1.len(), 6);
    assert_eq!(pass_all_on(&mut plan, &amina, doc), 1);
    assert!(people.iter().all(|device| live_key(&plan, device, doc).is_ok()));
}

#[test]
fn the_fullest_key_fits_into_a_statement_with_the_most_heads() {
    let Five { plan, amina, doc, .. } = shared();
    let wrap = |number: usize| Wrap { device: key(number as u16).id(), sealed: vec![1; seal::WRAP_BYTES] };
    let mut wraps: Vec<Wrap> = (0..limits::WRAPS).map(wrap).collect();
    wraps.sort();
    let key = NewKey { epoch: EpochId::new([7; 32]), wraps };
    let mut body = draft::new_key(&plan, amina.id(), NOW, doc, key).expect("may make a key");
    let heads: Vec<StatementId> = (0..limits::HEADS).map(|byte| StatementId::new([byte as u8; 32])).collect();
    (body.after, body.circle_after) = (heads.clone(), heads);
    assert!(Statement::sign(&amina, body.clone()).is_ok());
    let Act::NewKey(key) = &mut body.act else { panic!() };
    key.wraps.push(wrap(limits::WRAPS));
    key.wraps.sort();
    assert!(Statement::sign(&amina, body).is_err());
}
