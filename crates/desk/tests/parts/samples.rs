//! The three samples as a desk holds them: made with everybody's devices, taken in by a real node, and read by the checks.

use std::{collections::BTreeSet, path::Path, time::Instant};

use circle::{Access, Standing};
use desk::{Answer, Ask};
use node::ask;
use plan::{
    Date, Role, Whole,
    checks::{
        group, happened,
        needs::{Held, Nobodys, Thresholds, held},
        promises, specific, voices, wishes,
    },
    views,
};

use super::Seat;

/// The samples' today.
fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn sample(home: &Path, name: &str) -> Seat {
    let mut seat = Seat::new(home, "Whoever looks round");
    let began = Instant::now();
    let started = seat.ask(Ask::Sample { sample: name.into() }).unwrap();
    let Answer::Started(plan) = started else { panic!("{started:?}") };
    let took = began.elapsed();
    // Far above what it takes on an idle computer, far below what anybody would wait for.
    assert!(took.as_secs() < 30, "{name} took {took:?}");
    seat.plan = plan;
    seat.settle();
    seat
}

fn need(whole: &Whole, what: &str) -> Held {
    let needs = views::needs(whole);
    let need = needs.iter().find(|need| need.what == what).unwrap();
    let (actions, supports) = (views::actions(whole), views::supports(whole));
    held(need, &actions, &supports, &BTreeSet::new(), today(), Thresholds::default())
}

fn person(seat: &Seat, name: &str) -> plan::Someone {
    let people = seat.desk.people(seat.plan);
    plan::Someone::Member(people.iter().find(|member| member.name == name).unwrap().id)
}

#[test]
fn the_adults_plan_adds_up_and_says_what_there_is_to_notice() {
    let home = tempfile::tempdir().unwrap();
    let seat = sample(home.path(), "adult");
    let whole = seat.desk.whole(seat.plan);
    let sums = plan::checks::money::sums(&views::budget(&whole).unwrap(), today());
    let money = [sums.available, sums.planned, sums.not_planned].map(|money| money.to_string());
    assert_eq!(money, ["16640.00", "15328.00", "1312.00"]);
    assert_eq!(sums.without_line.len(), 1);

    // Ben said himself that he will travel with her; nobody said they have it in hand that Hodan is tired.
    assert_eq!(need(&whole, "The bus at busy times"), Held::Held);
    assert_eq!(need(&whole, "Hodan is tired"), Held::Nobodys(Nobodys::NobodyHasIt));

    let incidents = views::incidents(&whole);
    let look = |day: &str| {
        happened::triggers(
            &incidents,
            &BTreeSet::new(),
            &BTreeSet::new(),
            day.parse().unwrap(),
            happened::Thresholds::default(),
        )
    };
    assert_eq!(incidents.len(), 5);
    assert_eq!(look("2026-11-02"), []);
    assert_eq!(look("2026-11-03"), [happened::Trigger::MoreThanBefore { now: 4, before: 0 }]);

    let goals = views::goals(&whole);
    let swim = goals.iter().find(|goal| goal.words == "I want to swim once a week").unwrap();
    let scores = wishes::last_scores(swim);
    let of = |name: &str| scores[&person(&seat, name)];
    assert_eq!([of("Amina"), of("Hodan"), of("Ben")], [-1, -1, 0]);
    assert_eq!(wishes::t_score(&[(9, of("Amina"))]), Some(4_000));

    let found = specific::specific(&views::actions(&whole), specific::Words::english());
    assert_eq!((found.clear, found.all), (0, 5));
    assert_eq!(found.asks.iter().map(|(_, asks)| asks.len()).max(), Some(4));
    let silent = voices::silent(&views::meetings(&whole));
    assert!(silent.values().flatten().any(|who| *who == person(&seat, "Joy")), "{silent:?}");
}

#[test]
fn the_familys_plan_adds_up_and_two_things_in_it_are_nobodys() {
    let home = tempfile::tempdir().unwrap();
    let seat = sample(home.path(), "family");
    let whole = seat.desk.whole(seat.plan);
    let sums = plan::checks::money::sums(&views::budget(&whole).unwrap(), today());
    let money = [sums.available, sums.planned, sums.not_planned].map(|money| money.to_string());
    assert_eq!(money, ["250.00", "213.49", "36.51"]);

    assert_eq!(need(&whole, "Mould in Ellie’s room"), Held::Held);
    let pain = need(&whole, "Dee’s pain, and three hours of sleep");
    // The GP practice lets them wait, the school nurse says it is not theirs, and nobody said yes to the referral: that
    // Ms Adeyemi finds out who decides is not help yet.
    assert_eq!(pain, Held::Nobodys(Nobodys::NobodyHasIt));
    let needs = views::needs(&whole);
    let answers = &needs.iter().find(|need| need.what.starts_with("Dee’s pain")).unwrap().answers;
    let answers: Vec<_> = answers.iter().map(|answer| answer.answer).collect();
    assert_eq!(answers, [Some(views::Answered::Waiting), Some(views::Answered::NotOurs)]);
    let tally = promises::tally(&promises::promises(&views::actions(&whole), today()));
    assert_eq!((tally.kept, tally.changed, tally.not_kept), (2, 1, 0));

    let incidents = views::incidents(&whole);
    let missed = incidents.iter().filter(|incident| incident.severity == Some(1)).count();
    // Of the seven mornings and fires one is told twice.
    assert_eq!((incidents.len(), missed), (8, 8));
    let unanswered = views::contacts(&whole).iter().filter(|contact| contact.agency == "Harbour Homes").count();
    assert_eq!(unanswered, 2);
    // Everybody has their page, and who is not to see something does not.
    let ledger = seat.desk.ledger(seat.plan).unwrap();
    let school = ledger.people().find(|person| person.called.name == "Ms Adeyemi").unwrap().id;
    for log in seat.desk.copies(seat.plan, "log") {
        assert_eq!(ledger.access(log.doc, school), Access::Nothing, "{}", log.called);
    }
    let tyler = ledger.people().find(|person| person.called.name == "Tyler").unwrap();
    assert_eq!(tyler.standing, Standing::Owner);
}

#[test]
fn the_groups_plan_counts_without_naming_and_has_one_activity_for_its_own_sake() {
    let home = tempfile::tempdir().unwrap();
    let seat = sample(home.path(), "coalition");
    let whole = seat.desk.whole(seat.plan);
    let measures = whole.records("coalition.measures");
    let values = |name: &str| -> Vec<String> {
        let measure = measures.iter().find(|measure| measure.text("name") == name).unwrap();
        let values = measure.list("values").into_iter();
        values.map(|value| value.quantity("value").unwrap().to_string()).collect()
    };
    assert_eq!(values("Friday and Saturday call-outs"), ["46", "44", "41", "37", "38", "31"]);
    assert_eq!(values("A&E attendances linked to the evenings"), ["19", "18", "17", "14", "12"]);
    assert_eq!(values("Visits to the Friday hub"), ["0", "0", "38", "52", "49", "61"]);
    let activities: Vec<_> = whole
        .records("coalition.activities")
        .iter()
        .map(|activity| (activity.id(), activity.references("for")))
        .collect();
    assert_eq!(group::orphans(&activities).len(), 1);
    let unmet = whole.records("coalition.unmet");
    let counts: Vec<_> = unmet.iter().map(|unmet| group::shown(unmet.scale("count").unwrap())).collect();
    assert_eq!(counts, [group::Shown::Few, group::Shown::Many(7), group::Shown::Many(6)]);
    // What is given out says of three people only that they are few.
    let view = seat.desk.view(seat.plan, Some("coalition")).unwrap();
    let list = view.parts[0].lists.iter().find(|list| list.code == "unmet").unwrap();
    let given: Vec<_> =
        list.items.iter().map(|item| &item.fields.iter().find(|field| field.code == "count").unwrap().value).collect();
    let few = exchange::Value::Line("fewer than 5".into());
    assert_eq!(given, [&few, &exchange::Value::Scale(7), &exchange::Value::Scale(6)]);
    assert!(seat.desk.page(seat.plan, Some("coalition")).unwrap().contains("fewer than 5"));
    assert_eq!(need(&whole, "Detox without an address"), Held::Nobodys(Nobodys::EveryoneSaidNotOurs));
    let conditions = whole.said("coalition-voice.conditions");
    assert_eq!(conditions.len(), 7);
}

#[test]
fn what_everybody_signed_holds_and_shows_who_wrote_over_whom() {
    let home = tempfile::tempdir().unwrap();
    let mut seat = sample(home.path(), "adult");
    let (plan, node) = (seat.plan, seat.desk.node());
    let verified = node.call(ask::Verify { plan }).unwrap();
    assert_eq!(verified.faults, []);
    assert!(verified.devices >= 7, "{verified:?}");
    let people: BTreeSet<String> = seat.desk.people(plan).into_iter().map(|member| member.name).collect();
    assert_eq!(people, ["Amina", "Ben", "Fatuma", "Hodan", "Joy", "Priya"].map(str::to_owned).into());
    assert_eq!(seat.desk.former(plan).iter().map(|former| former.name.as_str()).collect::<Vec<_>>(), ["Lara"]);
    assert!(seat.desk.held(plan).is_empty());
    // Priya's words about the bus were there, and Amina wrote others in their place.
    let goals = seat.desk.doc(plan, "goals").unwrap();
    let node = seat.desk.node();
    let edits = node.call(ask::History { plan, doc: Some(goals) }).unwrap();
    let name = |person| seat.desk.people(plan).into_iter().find(|member| Some(member.id) == person).unwrap().name;
    let writers: Vec<String> = edits.iter().map(|entry| name(entry.person)).collect();
    assert!(writers.contains(&"Priya".to_owned()) && writers.contains(&"Amina".to_owned()));
    // This device is Amina's second, and writes as Amina.
    let me = seat.desk.people(plan).into_iter().find(|member| member.me).unwrap();
    assert_eq!((me.name.as_str(), seat.desk.devices(plan, me.id).len()), ("Amina", 2));
    let title = "cover.title".parse().unwrap();
    let fill = desk::Fill::Value(plan::Value::Line("My plan".into()));
    seat.act(Ask::Set { plan, field: title, fill }).unwrap();
    seat.settle();
    assert_eq!(seat.desk.plans()[0].title, "My plan");
    assert_eq!(seat.desk.copies(plan, "log").len(), 5);
    let notes = seat.desk.document(plan, "mine").unwrap();
    assert!(notes.text("mine.notes".parse().unwrap()).contains("Ask Joy"));
}

#[test]
fn a_sample_is_there_after_a_restart_and_comes_to_a_second_device() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let seat = sample(home.path(), "family");
    let plan = seat.plan;
    drop(seat);
    let mut again = Seat::again(home.path(), plan);
    again.settle();
    let mut guest = Seat::new(other.path(), "Auntie Jo");
    again.invite(&mut guest, Role::Carer, None);
    let field = "about-me.important".parse().unwrap();
    let words = again.desk.document(plan, "about-me").unwrap().text(field);
    assert!(words.contains("boxing"));
    guest.until(|desk, _| desk.document(plan, "about-me").is_some_and(|document| document.text(field) == words));
    guest.until(|desk, _| views::goals(&desk.whole(plan)).len() == 4);
    let held = guest.desk.node().call(ask::Verify { plan }).unwrap();
    assert_eq!(held.faults, []);
}
