//! What is made beside the window: from the plan as it stood when it was asked for, while it is written on.

use std::time::{Duration, Instant};

use desk::{Ask, Came, Coming, Desk, Done, Fill, Still};
use node::{Settings, Unlock};
use seal::PlanId;

use super::{PROGRAM, Seat};

fn wish(seat: &mut Seat, words: &str) {
    let fills = vec![("words".to_owned(), Fill::Text(words.to_owned()))];
    let added = seat.act(Ask::Add { plan: seat.plan, list: "goals".parse().unwrap(), fills }).unwrap();
    assert!(matches!(added, Done::Added(_)), "{added:?}");
}

fn wait<T>(mut coming: Coming<T>) -> Option<T> {
    let end = Instant::now() + Duration::from_secs(120);
    while Instant::now() < end {
        match coming.take() {
            Came::NotYet => std::thread::sleep(Duration::from_millis(5)),
            Came::Here(made) => return Some(made),
            Came::Never => return None,
        }
    }
    panic!("it comes in time")
}

fn page(desk: &Desk, plan: PlanId) -> Coming<Option<String>> {
    let still = desk.still(plan);
    desk.aside(plan, move || still?.page(Some("goals"))).unwrap()
}

#[test]
fn a_page_is_made_beside_the_window_and_what_goes_wrong_there_ends_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&home.path().join("amina"), "Amina");
    amina.found("Amina's plan");
    let plan = amina.plan;
    wish(&mut amina, "Swim once a week");
    let coming = page(&amina.desk, plan);
    wish(&mut amina, "Grow tomatoes");
    let made = wait(coming).unwrap().unwrap();
    assert!(made.contains("Swim once a week") && !made.contains("Grow tomatoes"), "as it stood");
    let wrong = amina.desk.aside(plan, || assert!(std::env::args().count() == 0, "something is wrong")).unwrap();
    assert_eq!(wait(wrong), None);
    amina.settle();
    let made = wait(page(&amina.desk, plan)).unwrap().unwrap();
    assert!(made.contains("Grow tomatoes"));
}

#[test]
fn what_is_reckoned_beside_the_window_stands_as_long_as_what_it_was_reckoned_from() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&home.path().join("amina"), "Amina");
    amina.found("Amina's plan");
    let plan = amina.plan;
    wish(&mut amina, "Swim once a week");
    let count = |still: &Still| still.whole().records("goals").len();
    let reckon = |desk: &Desk| {
        let still = desk.still(plan).unwrap();
        desk.aside(plan, move || still.reckon(count)).unwrap()
    };
    let (known, read) = wait(reckon(&amina.desk)).unwrap();
    assert_eq!(known, 1);
    assert!(amina.desk.is_as_read(&read));
    // What it did not read may change.
    let about = "about-me.also".parse().unwrap();
    amina.act(Ask::Splice { plan, field: about, at: 0, delete: 0, insert: "And tea".into() }).unwrap();
    assert!(amina.desk.is_as_read(&read));
    let late = reckon(&amina.desk);
    wish(&mut amina, "Grow tomatoes");
    assert!(!amina.desk.is_as_read(&read));
    let (known, read) = wait(late).unwrap();
    assert!(known == 1 && !amina.desk.is_as_read(&read), "it was reckoned from the plan as it stood");
    let (known, read) = wait(reckon(&amina.desk)).unwrap();
    assert!(known == 2 && amina.desk.is_as_read(&read));
}

#[test]
fn what_is_added_while_a_part_is_being_opened_is_written_when_it_is_open() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().join("amina");
    let mut amina = Seat::new(&home, "Amina");
    amina.found("Amina's plan");
    let plan = amina.plan;
    wish(&mut amina, "Swim once a week");
    amina.settle();
    drop(amina);
    let mut settings = Settings::new(home, Unlock::KeyFile, PROGRAM.into());
    settings.online = false;
    let mut amina = Seat { desk: Desk::open_for_all(settings).unwrap(), plan };
    amina.act(Ask::Open { plan }).unwrap();
    let fills = vec![("words".to_owned(), Fill::Text("Grow tomatoes".to_owned()))];
    let added = amina.act(Ask::Add { plan, list: "goals".parse().unwrap(), fills }).unwrap();
    assert!(matches!(added, Done::Later(_)), "{added:?}");
    amina.until(|desk, _| desk.whole(plan).records("goals").len() == 2);
    let called: Vec<String> = amina.desk.whole(plan).records("goals").iter().map(plan::Record::called).collect();
    assert_eq!(called, ["Swim once a week", "Grow tomatoes"]);
}
