//! What is made beside the window: from the plan as it stood when it was asked for, while it is written on.

use std::time::{Duration, Instant};

use desk::{Ask, Came, Coming, Desk, Done, Fill};
use seal::PlanId;

use super::Seat;

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
