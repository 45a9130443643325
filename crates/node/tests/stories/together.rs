//! Stories of several devices in one process, on 127.0.0.1: found, invite, join with words, write, converge, restart.

use std::time::Duration;

use crate::common::{Device, LONG, Writer, let_in};
use circle::Standing;
use node::{Refused, ask};

#[test]
fn two_devices_come_together_and_what_one_writes_the_other_reads() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "I like to swim. ");

    let person = let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let mut sisters = Writer::open(&hodan, plan, doc);
    sisters.read_until(&hodan, "what Amina wrote", |text| text == "I like to swim. ");
    sisters.write(&hodan, "So do I.");
    hers.read_until(&amina, "what Hodan wrote", |text| text == "I like to swim. So do I.");

    amina.node.call_within(LONG, ask::Settled { plan, longest: LONG }).unwrap();
    let ledger = amina.node.call(ask::Circle { plan }).unwrap();
    let names: Vec<&str> = ledger.people().map(|person| person.called.name.as_str()).collect();
    assert!(names.contains(&"Amina") && names.contains(&"Hodan"));

    for device in [&amina, &hodan] {
        let history = device.node.call(ask::History { plan, doc: None }).unwrap();
        assert!(history.iter().any(|entry| entry.person == Some(person) && entry.device == hodan.node.device()));
        let verified = device.node.call(ask::Verify { plan }).unwrap();
        assert_eq!(verified.faults, []);
        assert_eq!((verified.documents, verified.edits, verified.devices), (1, history.len(), 2));
    }
}

#[test]
fn what_both_wrote_apart_comes_together_after_a_restart() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let mut sisters = Writer::open(&hodan, plan, doc);

    hodan.node.call(ask::Offline).unwrap();
    hers.write(&amina, "Amina alone. ");
    sisters.write(&hodan, "Hodan alone. ");
    hers.snapshot(&amina);
    let (amina, hodan) = (amina.again(), hodan.again());

    let mut hers = Writer::open(&amina, plan, doc);
    assert_eq!(hers.chain(), Writer::open(&amina, plan, doc).chain());
    let both = |text: &str| text.contains("Amina alone. ") && text.contains("Hodan alone. ");
    hers.read_until(&amina, "both", both);
    let mut sisters = Writer::open(&hodan, plan, doc);
    sisters.read_until(&hodan, "both", both);
    assert_eq!(hers.text(), sisters.text());
    hers.write(&amina, "Together.");
    sisters.read_until(&hodan, "what came after", |text| text.contains("Together."));
}

#[test]
fn the_words_must_be_right_and_a_ticket_opens_once() {
    let (amina, hodan, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let ticket = amina.invite(plan, Standing::Member);
    let knock = hodan.knock(&ticket, "Hodan").unwrap();
    let words = knock.words.unwrap().join(" ");

    let seen = amina.node.call(ask::Knocks { plan }).unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].name.as_str(), seen[0].person, seen[0].words), ("Hodan", knock.person, None));
    for wrong in ["", "apple apple apple apple", &words[..words.len() - 1]] {
        assert_eq!(amina.confirm(plan, doc, knock.person, wrong), Err(Refused::WrongWords));
    }
    assert_eq!(amina.confirm(plan, doc, seal::PersonId::new([9; 32]), &words), Err(Refused::NoSuchKnock));
    assert!(hodan.node.call(ask::Plans).unwrap().is_empty(), "nobody is in before the words were compared");

    amina.confirm(plan, doc, knock.person, &words.to_uppercase()).unwrap();
    hodan.node.call_within(LONG, ask::Enter { plan }).unwrap();
    assert_eq!(priya.knock(&ticket, "Priya"), Err(Refused::TicketUsed));
    assert_eq!(hodan.knock(&ticket, "Hodan"), Err(Refused::AlreadyIn));
    assert!(amina.node.call(ask::Knocks { plan }).unwrap().is_empty());
}

#[test]
fn each_ticket_that_cannot_work_is_refused_for_its_own_reason() {
    let (amina, ben, hodan) = (Device::new(), Device::new(), Device::new());
    let (plan, _) = amina.start_plan("Amina");
    let (other, _) = ben.start_plan("Ben");
    let ticket = amina.invite(plan, Standing::Member);
    ben.invite(other, Standing::Member);

    let mut damaged = ticket.clone();
    damaged.replace_range(20..21, if &ticket[20..21] == "a" { "b" } else { "a" });
    assert_eq!(hodan.knock(&damaged, "Hodan"), Err(Refused::TicketDamaged));
    assert_eq!(hodan.knock(&ticket[..ticket.len() - 3], "Hodan"), Err(Refused::TicketDamaged));
    assert_eq!(hodan.knock("good morning", "Hodan"), Err(Refused::TicketDamaged));

    let mut strays = circle::Ticket::parse(&ticket).unwrap();
    strays.addresses = ben.node.call(ask::WhoAmI).unwrap().addresses;
    assert_eq!(hodan.knock(&strays.encode().unwrap(), "Hodan"), Err(Refused::TicketOfAnotherPlan));

    let short = ask::Invite {
        plan,
        role: "guest".into(),
        standing: Standing::Member,
        parts: Vec::new(),
        lasts: Duration::ZERO,
        addresses: true,
        until: None,
    };
    let expired = amina.node.call(short).unwrap().ticket;
    std::thread::sleep(Duration::from_millis(5));
    assert_eq!(hodan.knock(&expired, "Hodan"), Err(Refused::TicketExpired));

    hodan.node.call(ask::Offline).unwrap();
    assert_eq!(hodan.knock(&ticket, "Hodan"), Err(Refused::Offline));
}

#[test]
fn a_coordinator_lets_people_in_and_the_owner_shares() {
    let (amina, ben, hodan) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "Good morning.");
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Coordinator);

    let ticket = ben.invite(plan, Standing::Member);
    let knock = hodan.knock(&ticket, "Hodan").unwrap();
    let words = knock.words.unwrap().join(" ");
    assert_eq!(ben.confirm(plan, doc, knock.person, &words).unwrap().not_shared, [doc]);
    hodan.node.call_within(LONG, ask::Enter { plan }).unwrap();

    amina.wait_for("Hodan in the circle", |node| {
        node.call(ask::Circle { plan }).unwrap().person(knock.person).is_some()
    });
    assert!(hodan.node.call(ask::Circle { plan }).unwrap().document(doc).is_none(), "not even that it exists");
    let with = ask::ShareWith {
        doc,
        access: circle::Access::View,
        why: "she reads it to me".into(),
        basis: "asked".into(),
        until: None,
    };
    amina.node.call(ask::Share { plan, with, who: circle::Who::Person(knock.person) }).unwrap();
    let read = Writer::open(&hodan, plan, doc);
    assert_eq!((read.text().as_str(), read.chain()), ("Good morning.", None), "to read, not to write");
}

/// A ticket of Amina's that leads to Hodan's device, which has heard of the invitation and can let nobody in.
fn ticket_by_way_of(hodan: &Device, amina: &Device, plan: seal::PlanId) -> String {
    let mut ticket = circle::Ticket::parse(&amina.invite(plan, Standing::Member)).unwrap();
    let invited = ticket.key().id();
    hodan.wait_for("the invitation", |node| {
        let ledger = node.call(ask::Circle { plan }).unwrap();
        ledger.invites().iter().any(|invite| invite.invite.key == invited)
    });
    ticket.addresses = hodan.node.call(ask::WhoAmI).unwrap().addresses;
    ticket.encode().unwrap()
}

#[test]
fn a_members_device_lets_nobody_in_but_passes_the_knock_on() {
    let (amina, hodan, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let knock = priya.knock(&ticket_by_way_of(&hodan, &amina, plan), "Priya").unwrap();
    let words = knock.words.unwrap().join(" ");
    assert!(hodan.node.call(ask::Knocks { plan }).unwrap().is_empty(), "it is not hers to see");
    let seen = amina.node.call(ask::Knocks { plan }).unwrap();
    assert_eq!((seen.len(), seen[0].person, seen[0].name.as_str()), (1, knock.person, "Priya"));
    assert_eq!(amina.confirm(plan, doc, knock.person, "apple apple apple apple"), Err(Refused::WrongWords));
    amina.confirm(plan, doc, knock.person, &words).unwrap();
    assert_eq!(priya.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);
    priya.wait_for("the part", |node| node.call(ask::Circle { plan }).is_ok_and(|it| it.document(doc).is_some()));
}

#[test]
fn a_knock_waits_at_a_members_device_until_somebody_is_there_who_can_let_them_in() {
    let (amina, hodan, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let ticket = ticket_by_way_of(&hodan, &amina, plan);
    let amina = amina.stop();
    let join =
        ask::Join { ticket, name: "Priya".into(), relationship: "social worker".into(), organisation: String::new() };
    let mut knocking = priya.node.ask(join);
    std::thread::sleep(Duration::from_secs(3));
    assert!(knocking.take().is_none(), "nobody is there to agree on words with");

    let amina = Device::at(amina);
    let knock = knocking.wait_for(LONG).unwrap();
    amina.confirm(plan, doc, knock.person, &knock.words.unwrap().join(" ")).unwrap();
    assert_eq!(priya.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);
}

#[test]
fn a_knock_goes_on_to_who_invited_also_from_a_device_that_could_let_them_in() {
    let (amina, ben, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Coordinator);
    let knock = priya.knock(&ticket_by_way_of(&ben, &amina, plan), "Priya").unwrap();
    let words = knock.words.unwrap().join(" ");
    assert!(ben.node.call(ask::Knocks { plan }).unwrap().is_empty(), "Amina waits for her, not Ben");
    let seen = amina.node.call(ask::Knocks { plan }).unwrap();
    assert_eq!(
        (seen.len(), seen[0].person, seen[0].parts.as_deref()),
        (1, knock.person, Some(&["about-me".into()][..]))
    );
    amina.confirm(plan, doc, knock.person, &words).unwrap();
    assert_eq!(priya.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);
}

#[test]
fn a_knock_that_was_passed_on_goes_from_the_list_once_they_knock_elsewhere() {
    let (amina, ben, hodan, priya) = (Device::new(), Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Coordinator);
    let ben_is = ben.node.device();
    hodan.wait_for("Ben", |node| node.call(ask::Links).unwrap().iter().any(|link| link.device == Some(ben_is)));
    let ticket = ticket_by_way_of(&hodan, &amina, plan);
    let amina = amina.stop();
    let knock = priya.knock(&ticket, "Priya").unwrap();
    assert_eq!(ben.node.call(ask::Knocks { plan }).unwrap().len(), 1, "Ben is there, and may let people in");

    // Who invited her is back: she knocks there, by way of Hodan as before.
    let amina = Device::at(amina);
    ben.hear("that it is over", |news| match news {
        node::News::KnockOver { person, .. } => Some(person).filter(|person| *person == knock.person),
        _ => None,
    });
    assert!(ben.node.call(ask::Knocks { plan }).unwrap().is_empty());
    amina.wait_for("Priya", |node| node.call(ask::Knocks { plan }).unwrap().len() == 1);
}

#[test]
fn who_is_sent_away_hears_so_and_does_not_come_back_with_that_invitation() {
    let (amina, hodan, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let ticket = ticket_by_way_of(&hodan, &amina, plan);
    let knock = priya.knock(&ticket, "Priya").unwrap();
    let words = knock.words.unwrap().join(" ");
    amina.node.call(ask::Decline { plan, person: knock.person }).unwrap();
    assert!(amina.node.call(ask::Knocks { plan }).unwrap().is_empty());
    assert_eq!(amina.confirm(plan, doc, knock.person, &words), Err(Refused::NoSuchKnock), "not by mistake, either");
    assert_eq!(amina.node.call(ask::Decline { plan, person: knock.person }), Err(Refused::NoSuchKnock));
    let why = priya.hear("that she was not let in", |news| match news {
        node::News::JoinEnded { why, .. } => Some(why),
        _ => None,
    });
    assert_eq!(why, Refused::Declined);
    // Not under another name either, nor after a restart.
    let amina = amina.again();
    let amina_is = amina.node.device();
    hodan.wait_for("Amina", |node| node.call(ask::Links).unwrap().iter().any(|link| link.device == Some(amina_is)));
    assert_eq!(priya.knock(&ticket, "Somebody else"), Err(Refused::Declined));
    assert!(amina.node.call(ask::Knocks { plan }).unwrap().is_empty());
}

#[test]
fn of_two_who_knock_with_one_invitation_the_other_goes_from_the_list_once_it_is_used() {
    let (amina, priya, zoe) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let ticket = amina.invite(plan, Standing::Member);
    let knock = priya.knock(&ticket, "Priya").unwrap();
    let other = zoe.knock(&ticket, "Zoe").unwrap();
    assert_eq!(amina.node.call(ask::Knocks { plan }).unwrap().len(), 2);
    amina.confirm(plan, doc, knock.person, &knock.words.unwrap().join(" ")).unwrap();
    amina.hear("that Zoe's is over", |news| match news {
        node::News::KnockOver { person, .. } => Some(()).filter(|()| person == other.person),
        _ => None,
    });
    assert!(amina.node.call(ask::Knocks { plan }).unwrap().is_empty());
}

/// What a device tells its owner to share with somebody whom another device let in.
fn came_in(device: &Device) -> (seal::PersonId, seal::StatementId, Vec<String>) {
    device.hear("who came in", |news| match news {
        node::News::CameIn { person, invite, parts, .. } => Some((person, invite, parts)),
        _ => None,
    })
}

#[test]
fn while_who_invited_is_away_a_coordinator_lets_in_and_what_was_meant_is_shared_when_they_are_back() {
    let (amina, ben, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Coordinator);
    let ticket = ticket_by_way_of(&ben, &amina, plan);
    let amina = amina.stop();
    let knock = priya.knock(&ticket, "Priya").unwrap();
    let seen = ben.node.call(ask::Knocks { plan }).unwrap();
    assert_eq!((seen.len(), &seen[0].parts), (1, &None), "only her device knows which parts were meant");
    let words = knock.words.unwrap().join(" ");
    ben.node.call(ask::Confirm { plan, person: knock.person, words, shares: Vec::new() }).unwrap();
    assert_eq!(priya.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);

    let amina = Device::at(amina);
    let (person, invite, parts) = came_in(&amina);
    assert_eq!((person, &parts[..]), (knock.person, &["about-me".to_owned()][..]));
    // Ended before it was done, it is owed still.
    let amina = amina.again();
    assert_eq!(came_in(&amina), (person, invite, parts));
    let share = ask::ShareWith {
        doc,
        access: circle::Access::View,
        why: "supporter".into(),
        basis: "agreed".into(),
        until: None,
    };
    amina.node.call(ask::ShareMeant { plan, person, invite, shares: vec![share] }).unwrap();
    priya.wait_for("the part", |node| node.call(ask::Circle { plan }).is_ok_and(|it| it.document(doc).is_some()));

    let amina = amina.again();
    let news = std::iter::from_fn(|| amina.news.wait(Duration::from_millis(500)));
    assert!(!news.take(50).any(|news| matches!(news, node::News::CameIn { .. })), "it is done");
}

#[test]
fn who_waits_at_another_device_is_sent_to_who_invited_them_once_that_one_is_there() {
    let (amina, ben, priya) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Coordinator);
    let ticket = ticket_by_way_of(&ben, &amina, plan);
    let amina = amina.stop();
    let before = priya.knock(&ticket, "Priya").unwrap();
    assert_eq!(ben.node.call(ask::Knocks { plan }).unwrap().len(), 1);

    let amina = Device::at(amina);
    let person = before.person;
    let words = priya.hear("other words, for Amina", |news| match news {
        node::News::Knock(knock) => knock.words.filter(|words| Some(*words) != before.words),
        _ => None,
    });
    assert!(ben.node.call(ask::Knocks { plan }).unwrap().is_empty());
    amina.confirm(plan, doc, person, &words.join(" ")).unwrap();
    assert_eq!(priya.node.call_within(LONG, ask::Enter { plan }).unwrap(), person);
}

#[test]
fn a_knock_outlives_a_restart_on_both_sides_with_the_same_words() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let ticket = amina.invite(plan, Standing::Member);
    let knock = hodan.knock(&ticket, "Hodan").unwrap();
    let words = knock.words.unwrap();

    let (amina, hodan) = (amina.again(), hodan.again());
    let again = hodan.hear("the words again", |news| match news {
        node::News::Knock(knock) => knock.words,
        _ => None,
    });
    assert_eq!(again, words);
    amina.confirm(plan, doc, knock.person, &words.join(" ")).unwrap();
    assert_eq!(hodan.node.call_within(LONG, ask::Enter { plan }).unwrap(), knock.person);
}

#[test]
fn what_is_written_reaches_those_who_only_meet_a_third() {
    let (amina, ben, hodan) = (Device::new(), Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    let_in(&amina, &ben, plan, doc, "Ben", Standing::Member);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    hers.write(&amina, "For both. ");
    amina.node.call_within(LONG, ask::Settled { plan, longest: LONG }).unwrap();

    amina.node.call(ask::Offline).unwrap();
    let mut bens = Writer::open(&ben, plan, doc);
    bens.write(&ben, "Ben was here. ");
    let mut hodans = Writer::open(&hodan, plan, doc);
    hodans.read_until(&hodan, "what Ben wrote", |text| text == "For both. Ben was here. ");
    ben.node.call(ask::Offline).unwrap();
    amina.node.call(ask::Online).unwrap();
    hers.read_until(&amina, "what Ben wrote, by way of Hodan", |text| text == "For both. Ben was here. ");
}
