//! Stories of acts in the circle: what is held back and kept, what ends at an hour, whose voice is whose.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use circle::{Access, Standing, Who};
use node::{Refused, ask};
use seal::{PersonId, Time};

use crate::common::{Device, LONG, Writer, let_in};

#[test]
fn words_held_back_are_counted_read_on_asking_and_put_back_whole() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "one ");
    let person = let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let mut sisters = Writer::open(&hodan, plan, doc);
    hodan.node.call_within(LONG, ask::Settled { plan, longest: LONG }).unwrap();
    hodan.node.call_within(LONG, ask::Offline).unwrap();
    amina.node.call_within(LONG, ask::RemovePerson { plan, person, since: None }).unwrap();
    sisters.write(&hodan, "two ");
    hodan.node.call_within(LONG, ask::Online).unwrap();
    let held = || amina.node.call(ask::Held { plan }).unwrap();
    amina.wait_for("what is held back", |_| !held().is_empty());
    let found = held();
    assert_eq!((found[0].doc, found[0].person, found[0].edits, found.len()), (doc, person, 1, 1));
    assert!(found[0].since.is_some());
    let words = amina.node.call(ask::HeldWords { plan, doc, person }).unwrap();
    assert_eq!(words.held.len(), 1);

    assert_eq!(amina.node.call_within(LONG, ask::KeepHeld { plan, doc, person }), Ok(1));
    assert!(held().is_empty());
    assert_eq!(amina.node.call_within(LONG, ask::KeepHeld { plan, doc, person }), Err(Refused::NothingHeld));
    hers.read_until(&amina, "what Hodan wrote late", |text| text == "one two ");
    // What Hodan's own device shows is the copy she has, and it writes no more.
    let ledger = hodan.node.call(ask::Circle { plan }).unwrap();
    assert!(ledger.person(person).is_none());
    assert_eq!(hodan.node.call(ask::Plans).unwrap()[0].me, None);
}

#[test]
fn what_was_shared_until_an_hour_is_ended_by_the_owners_device_when_it_has_passed() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let person = let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let access =
        |device: &Device, person: PersonId| device.node.call(ask::Circle { plan }).unwrap().access(doc, person);
    let with = ask::ShareWith {
        doc,
        access: Access::View,
        why: "for the visit".into(),
        basis: "asked".into(),
        until: Some(soon()),
    };
    amina.node.call_within(LONG, ask::Share { plan, with, who: Who::Person(person) }).unwrap();
    assert_eq!(access(&amina, person), Access::View);
    for device in [&amina, &hodan] {
        device.wait_for("the end of what was shared", |_| access(device, person) == Access::Nothing);
    }
}

#[test]
fn nobody_is_told_that_they_took_something_from_who_is_senior() {
    let (amina, ben) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let ben_is = let_in(&amina, &ben, plan, doc, "Ben", Standing::Coordinator);
    let amina_is = PersonId::from(ben.node.call(ask::Circle { plan }).unwrap().found().id());
    let (person, device) = (amina_is, amina.node.device());
    assert_eq!(ben.node.call(ask::RemovePerson { plan, person, since: None }), Err(Refused::NotAllowed));
    assert_eq!(ben.node.call(ask::RemoveDevice { plan, device, and_linked: true }), Err(Refused::NotAllowed));
    for node in [&ben.node, &amina.node] {
        let lowered = node.call(ask::SetStanding { plan, person, standing: Standing::Coordinator });
        assert_eq!(lowered, Err(Refused::NotAllowed), "not even by herself");
    }
    let ledger = ben.node.call(ask::Circle { plan }).unwrap();
    assert!(ledger.since(circle::Graph::Circle, &[]).iter().all(|said| !matches!(said.act(), circle::Act::Remove(_))));
    assert_eq!(ledger.standing(ben_is), Some(Standing::Coordinator));
}

#[test]
fn only_its_author_writes_a_voice_and_who_may_read_the_part_reads_it() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let voice = hodan.node.call_within(LONG, ask::OpenVoice { plan, doc }).unwrap();
    assert_eq!(hodan.node.call_within(LONG, ask::OpenVoice { plan, doc }), Ok(voice), "there is one");
    let mut hers = Writer::begin(&hodan, plan, voice);
    hers.write(&hodan, "I think so, too.");
    let mut read = Writer::open(&amina, plan, voice);
    assert_eq!(read.chain(), None, "it is Hodan's");
    read.read_until(&amina, "Hodan's voice", |text| text == "I think so, too.");
    assert_eq!(
        amina.node.call_within(LONG, ask::OpenVoice { plan, doc: voice }),
        Err(Refused::NotAllowed),
        "a voice of a voice is none"
    );
}

fn soon() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + Duration::from_millis(1_500);
    Time(i64::try_from(since.as_millis()).unwrap())
}
