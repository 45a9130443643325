//! Stories of documents' keys: who can open the one that seals now, and that a new one comes whatever happens.

use std::{collections::BTreeSet, path::Path};

use circle::{Access, Act, Graph, Ledger, Remove, Standing, Statement, Who, Whom, draft};
use node::{Refused, Settings, ask};
use seal::{DeviceKey, DocId, EpochId, PersonId, PlanId, Time};
use store::{Batch, Home, Store, Unlock};

use crate::common::{Device, LONG, Writer, let_in};

#[test]
fn everybody_opens_the_key_of_a_shared_part_and_who_is_removed_not_the_next_one() {
    let (amina, ben, cara) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let first = wait_for_key(&amina, plan, doc, |_| true);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Member);
    let cara_is = let_in(&amina, &cara, plan, doc, "Cara", Standing::Member);
    for device in [&ben, &cara] {
        assert_eq!(wait_for_key(device, plan, doc, |_| true), first, "whoever comes is given the key there is");
    }

    amina.node.call_within(LONG, ask::RemovePerson { plan, person: cara_is, since: None }).unwrap();
    let second = key(&amina, plan, doc).expect("signed in the same turn as the removal");
    assert_ne!(second, first);
    assert_eq!(wait_for_key(&ben, plan, doc, |key| key != first), second);
    cara.wait_for("the news that she was removed", |node| node.call(ask::Plans).unwrap()[0].me.is_none());
    assert_eq!(key(&cara, plan, doc), Err(Refused::NotAllowed));

    // Nothing newer reaches her; and if it did, it would not open.
    let (of_ben, of_cara) = (ledger(&ben, plan), ledger(&cara, plan));
    assert_eq!(of_cara.epochs(doc), BTreeSet::from([first]));
    let caras = own_key(cara.stop().path());
    assert!(circle::open_key(&of_cara, &caras, doc, first).is_ok(), "what she had she keeps");
    assert_eq!(circle::open_key(&of_ben, &caras, doc, second).err(), Some(circle::NoKey::NotHere));
    for wrapped in [amina.node.device(), ben.node.device()].iter().flat_map(|to| of_ben.wrapped(doc, second, *to)) {
        assert!(caras.unwrap_epoch(plan, doc, second, wrapped).is_err());
    }
}

#[test]
fn a_device_that_died_between_a_removal_and_the_new_key_signs_it_when_it_is_back() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let hodan_is = let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let before = wait_for_key(&hodan, plan, doc, |_| true);
    drop(hodan);
    let plans = ledger(&amina, plan);
    let home = amina.stop();
    // What lies on the disk after a crash between two saves: the removal, and nothing that follows from it.
    let mut store = Store::open(&Home::at(home.path()), &Unlock::KeyFile, "story").unwrap();
    let key_of_amina = DeviceKey::from_seed(&store.seed().unwrap());
    let remove = Remove { whom: Whom::Person(hodan_is), upto: None };
    let removal = draft::remove(&plans, key_of_amina.id(), Time(1), remove).unwrap();
    let removal = Statement::sign(&key_of_amina, removal).unwrap();
    let mut batch = Batch::new();
    batch.statement(plan, removal.bytes().into(), removal.signature());
    store.save(batch).unwrap();
    store.close().unwrap();

    let amina = Device::with(home, |_: &mut Settings| {});
    assert_eq!(key(&amina, plan, doc), Err(Refused::NoKey), "it waits a turn, since another may have signed one");
    let after = wait_for_key(&amina, plan, doc, |_| true);
    assert_ne!(after, before);
    assert_eq!(new_keys(&ledger(&amina, plan), doc).iter().filter(|key| **key == after).count(), 1);
}

#[test]
fn those_who_learn_that_a_key_is_owed_take_turns_and_do_not_answer_each_other() {
    let (amina, ben, cara, dan) = (Device::new(), Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Owner);
    let cara_is = let_in(&amina, &cara, plan, doc, "Cara", Standing::Coordinator);
    let dan_is = let_in(&amina, &dan, plan, doc, "Dan", Standing::Member);
    let with = ask::ShareWith { doc, access: Access::View, why: "to read".into(), basis: "asked".into(), until: None };
    amina.node.call_within(LONG, ask::Share { plan, with, who: Who::Person(cara_is) }).unwrap();
    let first = wait_for_key(&cara, plan, doc, |_| true);
    cara.wait_for("what she may do", |_| ledger(&cara, plan).access(doc, cara_is) == Access::View);
    let is_gone = |device: &Device, person: PersonId| ledger(device, plan).person(person).is_none();

    // Cara may remove Dan and may not sign a key: two others may.
    cara.node.call_within(LONG, ask::RemovePerson { plan, person: dan_is, since: None }).unwrap();
    for device in [&amina, &ben] {
        device.wait_for("the removal", |_| is_gone(device, dan_is));
    }
    let next = wait_for_key(&amina, plan, doc, |key| key != first);
    for device in [&amina, &ben, &cara] {
        assert_eq!(wait_for_key(device, plan, doc, |key| key != first), next);
    }
    std::thread::sleep(std::time::Duration::from_secs(5));
    let all = new_keys(&ledger(&amina, plan), doc);
    assert_eq!(all.iter().filter(|key| **key != first).count(), 1, "one of them, once");
    assert_eq!(all.iter().filter(|key| **key == first).count(), 4, "for Amina, and for each who came");
}

#[test]
fn a_device_that_was_given_rubbish_for_a_key_begins_a_new_one_that_opens_for_everybody() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let first = wait_for_key(&hodan, plan, doc, |_| true);
    let (seen, aminas) = (ledger(&hodan, plan), amina.node.device());
    let home = hodan.stop();
    // What a broken device of Hodan's would sign: a key for everybody, and for Amina's device something else.
    let mut store = Store::open(&Home::at(home.path()), &Unlock::KeyFile, "story").unwrap();
    let hodans = DeviceKey::from_seed(&store.seed().unwrap());
    let mut body = circle::begin_epoch(&seen, hodans.id(), Time(1), doc, &[7; 32].into()).unwrap();
    let Act::NewKey(new) = &mut body.act else { panic!("a new key") };
    let wrap = new.wraps.iter_mut().find(|wrap| wrap.device == aminas).unwrap();
    *wrap.sealed.last_mut().unwrap() ^= 1;
    let spoilt = new.epoch;
    let said = Statement::sign(&hodans, body).unwrap();
    let mut batch = Batch::new();
    batch.statement(plan, said.bytes().into(), said.signature());
    store.save(batch).unwrap();
    store.close().unwrap();

    let hodan = Device::at(home);
    amina.wait_for("the spoilt key", |_| ledger(&amina, plan).epochs(doc).contains(&spoilt));
    let next = wait_for_key(&amina, plan, doc, |key| key != first);
    assert_ne!(next, spoilt);
    assert_eq!(wait_for_key(&hodan, plan, doc, |key| key != spoilt && key != first), next);
    let all = new_keys(&ledger(&amina, plan), doc);
    assert_eq!(all.iter().filter(|key| **key == next).count(), 1, "once");
}

fn key(device: &Device, plan: PlanId, doc: DocId) -> Result<EpochId, Refused> {
    device.node.call_within(LONG, ask::LiveKey { plan, doc })
}

fn wait_for_key(device: &Device, plan: PlanId, doc: DocId, is_it: impl Fn(EpochId) -> bool) -> EpochId {
    let mut found = None;
    device.wait_for("the key", |_| {
        found = key(device, plan, doc).ok().filter(|key| is_it(*key));
        found.is_some()
    });
    found.unwrap()
}

fn ledger(device: &Device, plan: PlanId) -> std::sync::Arc<Ledger> {
    device.node.call(ask::Circle { plan }).unwrap()
}

fn new_keys(ledger: &Ledger, doc: DocId) -> Vec<EpochId> {
    let said = ledger.since(Graph::Document(doc), &[]);
    let epoch = |statement: &Statement| match statement.act() {
        Act::NewKey(key) => Some(key.epoch),
        _ => None,
    };
    said.into_iter().filter_map(epoch).collect()
}

fn own_key(home: &Path) -> DeviceKey {
    let store = Store::open(&Home::at(home), &Unlock::KeyFile, "story").unwrap();
    DeviceKey::from_seed(&store.seed().unwrap())
}
