//! Stories of guests: a visit ends by itself, on the host's device and on the guest's.

use std::time::Duration;

use circle::Standing;
use node::{News, Refused, ask};
use seal::{DocId, PersonId, PlanId, Time};

use crate::common::{Device, LONG, Writer};

/// How long a visit is in these stories: long enough to come in and to write a line.
const VISIT: Duration = Duration::from_secs(6);

fn now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Time(i64::try_from(since.as_millis()).unwrap())
}

fn visit(host: &Device, guest: &Device, plan: PlanId, doc: DocId) -> PersonId {
    let until = now().plus(i64::try_from(VISIT.as_millis()).unwrap());
    let invite = ask::Invite {
        plan,
        role: "guest".into(),
        standing: Standing::Member,
        parts: Vec::new(),
        lasts: Duration::from_secs(3600),
        addresses: true,
        until: Some(until),
    };
    let ticket = host.node.call(invite).unwrap().ticket;
    let knock = guest.knock(&ticket, "Priya").unwrap();
    assert_eq!(host.node.call(ask::Knocks { plan }).unwrap()[0].until, Some(until));
    host.confirm(plan, doc, knock.person, &knock.words.unwrap().join(" ")).unwrap();
    guest.node.call_within(LONG, ask::Enter { plan }).unwrap()
}

fn ended(guest: &Device, plan: PlanId) -> bool {
    guest.hear("the end of the visit", |news| match news {
        News::VisitEnded { plan: of, forgotten } if of == plan => Some(forgotten),
        _ => None,
    })
}

#[test]
fn when_a_visit_is_over_the_guests_device_has_forgotten_what_it_was_lent() {
    let (amina, priya) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "Good morning.");
    let (own, _) = priya.start_plan("Priya");
    let person = visit(&amina, &priya, plan, doc);
    assert_eq!(Writer::open(&priya, plan, doc).text(), "Good morning.");

    assert!(ended(&priya, plan), "nothing of it is left");
    let plans: Vec<PlanId> = priya.node.call(ask::Plans).unwrap().iter().map(|home| home.plan).collect();
    assert_eq!(plans, [own], "what is her own stays");
    assert_eq!(priya.node.call(ask::History { plan, doc: None }).err(), Some(Refused::NoSuchPlan));
    amina.wait_for("the end that Amina's device signs", |node| {
        node.call(ask::Circle { plan }).unwrap().person(person).is_none()
    });
    hers.write(&amina, " And after.");

    let priya = priya.again();
    let plans: Vec<PlanId> = priya.node.call(ask::Plans).unwrap().iter().map(|home| home.plan).collect();
    assert_eq!(plans, [own], "nor does it come back");
    assert_eq!(priya.node.call(ask::Verify { plan: own }).unwrap().faults, []);

    // Another visit, another day, with the same device.
    let again = visit(&amina, &priya, plan, doc);
    assert_ne!(again, person);
    let mut read = Writer::open(&priya, plan, doc);
    read.read_until(&priya, "all of it", |text| text == "Good morning. And after.");
    assert!(ended(&priya, plan));
}

#[test]
fn what_a_guest_wrote_and_nobody_has_stays_until_somebody_has_it() {
    let (amina, priya) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc).write(&amina, "Good morning.");
    let person = visit(&amina, &priya, plan, doc);
    let mut hers = Writer::open(&priya, plan, doc);
    priya.node.call(ask::Offline).unwrap();
    hers.write(&priya, " Written in the train.");
    amina.wait_for("the end that Amina's device signs", |node| {
        node.call(ask::Circle { plan }).unwrap().person(person).is_none()
    });
    // Also if her device is switched off meanwhile.
    let priya = Device::at(priya.stop());
    amina.wait_for("her words, held back for Amina to look at", |node| {
        !node.call(ask::Held { plan }).unwrap().is_empty()
    });
    assert!(ended(&priya, plan), "now nothing of it is left there");
    assert!(priya.node.call(ask::Plans).unwrap().is_empty());
}

#[test]
fn a_device_that_was_off_at_the_hour_forgets_when_it_is_started() {
    let (amina, priya) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc).write(&amina, "Good morning.");
    visit(&amina, &priya, plan, doc);
    Writer::open(&priya, plan, doc);
    let home = priya.stop();
    amina.node.call(ask::Offline).unwrap();
    std::thread::sleep(VISIT);
    let priya = Device::at(home);
    assert!(ended(&priya, plan));
    assert!(priya.node.call(ask::Plans).unwrap().is_empty());
}
