//! Stories of what is taken out of a circle without taking out a person: one device, one edit.

use circle::{Act, Graph, Standing};
use node::{Refused, ask};
use seal::{DeviceId, DocId, PlanId};

use crate::common::{Device, LONG, Writer, let_in};

/// One more device of whoever holds `first`.
fn link(first: &Device, plan: PlanId, doc: DocId) -> Device {
    let linked = Device::new();
    let shown = first.node.call_within(LONG, ask::ShowCode { plan, lets_in: ask::LetsIn::MyDevice }).unwrap();
    let at = first.node.call(ask::WhoAmI).unwrap().addresses[0].clone();
    let join = ask::JoinByCode {
        code: format!("{}@{at}", shown.code),
        name: "nobody asks".into(),
        relationship: String::new(),
        organisation: String::new(),
        device: "another".into(),
    };
    assert!(matches!(linked.node.call_within(LONG, join), Ok(ask::Met::Mine { .. })));
    linked.wait_for("the document", |node| {
        node.call(ask::Circle { plan }).is_ok_and(|ledger| ledger.document(doc).is_some())
    });
    linked
}

fn belongs(on: &Device, plan: PlanId, device: DeviceId) -> bool {
    on.node.call(ask::Circle { plan }).unwrap().person_of(device).is_some()
}

#[test]
fn a_lost_device_goes_with_what_it_linked_and_what_is_written_there_afterwards_is_held_back() {
    let phone = Device::new();
    let (plan, doc) = phone.start_plan("Amina");
    let mut hers = Writer::begin(&phone, plan, doc);
    hers.write(&phone, "one ");
    let laptop = link(&phone, plan, doc);
    let tablet = link(&laptop, plan, doc);
    let mut laptops = Writer::open(&laptop, plan, doc);
    laptops.write(&laptop, "two ");
    hers.read_until(&phone, "what was written before", |text| text == "one two ");
    let (first, lost, linked) = (phone.node.device(), laptop.node.device(), tablet.node.device());
    phone.wait_for("the tablet", |_| belongs(&phone, plan, linked));
    phone.wait_for("both", |node| node.call(ask::Links).unwrap().len() == 2);

    // What was added later removes nothing that was there before it.
    let back = ask::RemoveDevice { plan, device: first, and_linked: true };
    assert_eq!(laptop.node.call_within(LONG, back), Err(Refused::NotAllowed));
    laptop.node.call_within(LONG, ask::Offline).unwrap();
    laptops.write(&laptop, "late ");
    phone.node.call_within(LONG, ask::RemoveDevice { plan, device: lost, and_linked: true }).unwrap();
    assert_eq!((belongs(&phone, plan, lost), belongs(&phone, plan, linked)), (false, false));
    let again = ask::RemoveDevice { plan, device: lost, and_linked: true };
    assert_eq!(phone.node.call_within(LONG, again), Err(Refused::NoSuchDevice));

    laptop.node.call_within(LONG, ask::Online).unwrap();
    for device in [&laptop, &tablet] {
        device.wait_for("that it is out", |_| !belongs(device, plan, device.node.device()));
    }
    let me = phone.node.call(ask::Plans).unwrap()[0].me.unwrap();
    let held = || phone.node.call(ask::Held { plan }).unwrap();
    phone.wait_for("what is held back", |_| !held().is_empty());
    assert_eq!((held()[0].person, held()[0].edits), (me, 1));
    let shown = Writer::open(&phone, plan, doc);
    assert_eq!(shown.text(), "one two ", "what was there before stays");
    assert_eq!(phone.node.call(ask::Circle { plan }).unwrap().person(me).unwrap().devices, [first]);
}

#[test]
fn what_a_removed_device_linked_stays_if_its_holder_wants_it_so() {
    let phone = Device::new();
    let (plan, doc) = phone.start_plan("Amina");
    Writer::begin(&phone, plan, doc);
    let laptop = link(&phone, plan, doc);
    let tablet = link(&laptop, plan, doc);
    let (lost, linked) = (laptop.node.device(), tablet.node.device());
    phone.wait_for("the tablet", |_| belongs(&phone, plan, linked));
    phone.node.call_within(LONG, ask::RemoveDevice { plan, device: lost, and_linked: false }).unwrap();
    tablet.wait_for("the removal", |_| !belongs(&tablet, plan, lost));
    assert!(belongs(&phone, plan, linked) && belongs(&tablet, plan, linked));
    let mut tablets = Writer::open(&tablet, plan, doc);
    tablets.write(&tablet, "Still here.");
    let mut read = Writer::open(&phone, plan, doc);
    read.read_until(&phone, "what the tablet wrote", |text| text == "Still here.");
}

#[test]
fn a_barred_edit_goes_from_every_device_with_what_was_built_on_it_and_the_history_says_so() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "good ");
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let mut sisters = Writer::open(&hodan, plan, doc);
    sisters.write(&hodan, "harm ");
    let harm = |on: &Device| {
        let history = on.node.call(ask::History { plan, doc: Some(doc) }).unwrap();
        history.into_iter().rfind(|entry| entry.device == hodan.node.device()).unwrap().edit.edit().hash()
    };
    let edit = harm(&hodan);
    hers.read_until(&amina, "what Hodan wrote", |text| text == "good harm ");
    hers.write(&amina, "upon it ");
    sisters.read_until(&hodan, "what was built on it", |text| text == "good harm upon it ");

    let why = || "it hurts".to_owned();
    let bar = |edit| ask::Bar { plan, doc, edit, why: why() };
    assert_eq!(hodan.node.call_within(LONG, bar(edit)), Err(Refused::NotAllowed), "an owner's act");
    amina.node.call_within(LONG, bar(edit)).unwrap();
    hers.read_until(&amina, "the part without it", |text| text == "good ");
    sisters.read_until(&hodan, "the part without it there", |text| text == "good ");
    for device in [&amina, &hodan] {
        let ledger = device.node.call(ask::Circle { plan }).unwrap();
        assert_eq!(ledger.barred(doc), [edit]);
        let said = ledger.since(Graph::Document(doc), &[]);
        let bars = said.iter().filter_map(|said| match said.act() {
            Act::Bar(bar) => Some(bar.why.clone()),
            _ => None,
        });
        assert_eq!(bars.collect::<Vec<_>>(), [why()]);
    }
    // Both write on beside it, and it stays out also of a device that is started again.
    let mut hers = Writer::open(&amina, plan, doc);
    hers.write(&amina, "again ");
    sisters.read_until(&hodan, "what was written since", |text| text == "good again ");
    let amina = amina.again();
    assert_eq!(Writer::open(&amina, plan, doc).text(), "good again ");
}
