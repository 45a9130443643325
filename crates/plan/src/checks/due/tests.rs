use proptest::prelude::*;
use seal::{ChainId, DocId, Time};

use super::*;
use crate::{
    checks::made_up::{any_day, day, id},
    document::Document,
    parts::part,
};

fn empty(code: &str) -> Document {
    Document::create(part(code).unwrap(), DocId::new([1; 32]), ChainId::new([1; 16]), Time(0)).0
}

fn add(document: &mut Document, number: u8, list: &str, fills: &[(&str, Value)]) {
    document.add(list.parse().unwrap(), id(number), Time(1)).unwrap();
    for (field, value) in fills {
        let path = FieldPath::new(document.part(), Some(id(number)), field).unwrap();
        document.set(path, Some(value.clone())).unwrap();
    }
}

fn line(words: &str) -> Value {
    Value::Line(words.into())
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

fn on(text: &str) -> Value {
    Value::Date(day(text))
}

fn answered(answer: &str, by: Date) -> Document {
    let mut needs = empty("needs");
    add(&mut needs, 1, "needs", &[("what", line("The bus"))]);
    let fills = [("agency", line("Transport")), ("answer", choice(answer)), ("appeal-by", Value::Date(by))];
    add(&mut needs, 2, &format!("needs/{}.answers", id(1)), &fills);
    needs
}

fn look(documents: &[&Document], today: Date) -> Vec<Due> {
    let whole = documents.iter().fold(Whole::new(), |whole, part| whole.with(part));
    due(&whole, today, Thresholds::default())
}

#[test]
fn the_last_day_to_object_is_told_two_weeks_ahead_and_some_weeks_after() {
    let needs = answered("not-ours", day("2026-12-01"));
    assert_eq!(look(&[&needs], day("2026-11-16")), []);
    let found = look(&[&needs], day("2026-11-17"));
    assert_eq!((found[0].what, found[0].when, found[0].item), (What::Object, When::Soon, Some(id(1))));
    assert_eq!((found[0].called.as_str(), found[0].agency.as_str()), ("The bus", "Transport"));
    assert_eq!(look(&[&needs], day("2026-12-01"))[0].when, When::Soon, "that day one still can");
    assert_eq!(look(&[&needs], day("2026-12-02"))[0].when, When::Overdue);
    assert_eq!(look(&[&needs], day("2026-12-30")), [], "it does not come back");
    assert_eq!(look(&[&answered("ours", day("2026-12-01"))], day("2026-11-20")), [], "nobody objects to a yes");
    let waits = look(&[&answered("waiting", day("2026-12-01"))], day("2027-03-01"));
    assert_eq!((waits[0].what, waits[0].when), (What::Unanswered, When::Overdue), "nor to what was not said yet");
}

#[test]
fn the_plan_and_whatever_says_so_is_looked_at_again_the_earliest_first() {
    let [mut meetings, mut risks, mut actions] = ["meetings", "risks", "actions"].map(empty);
    let next = FieldPath::new(meetings.part(), None, "next-review").unwrap();
    meetings.set(next, Some(on("2026-11-25"))).unwrap();
    add(&mut risks, 1, "risks", &[("what", line("Cooking")), ("review", on("2026-11-01"))]);
    add(&mut risks, 2, "risks", &[("review", on("2026-11-01")), ("to", on("2026-10-01"))]);
    add(&mut actions, 3, "actions", &[("review", on("2026-11-02")), ("status", choice("done"))]);
    let found = look(&[&meetings, &risks, &actions], day("2026-11-22"));
    let found: Vec<_> = found.iter().map(|due| (due.what, due.part, due.item, due.when)).collect();
    assert_eq!(
        found,
        [(What::LookAgain, "risks", Some(id(1)), When::Overdue), (What::Review, "meetings", None, When::Soon),]
    );
}

proptest! {
    #[test]
    fn nothing_is_overdue_before_its_day_and_what_was_soon_is_still_there_on_it(
        appeal in any_day(), review in any_day(), again in any_day(), today in any_day(),
    ) {
        let (needs, mut meetings, mut risks) = (answered("waiting", appeal), empty("meetings"), empty("risks"));
        let next = FieldPath::new(meetings.part(), None, "next-review").unwrap();
        meetings.set(next, Some(Value::Date(review))).unwrap();
        add(&mut risks, 3, "risks", &[("review", Value::Date(again))]);
        let all = [&needs, &meetings, &risks];
        let found = look(&all, today);
        prop_assert!(found.windows(2).all(|two| two[0].day <= two[1].day));
        for due in &found {
            prop_assert_eq!(due.when == When::Overdue, due.day < today);
            prop_assert!(due.day <= today.plus(Thresholds::default().soon_days));
        }
        for (what, at) in [(What::Unanswered, appeal), (What::Review, review), (What::LookAgain, again)] {
            let on_its_day = look(&all, at);
            prop_assert!(on_its_day.iter().any(|due| due.what == what && due.when == When::Soon));
            prop_assert!(look(&all, at.plus(1)).iter().any(|due| due.what == what && due.when == When::Overdue));
            prop_assert!(!look(&all, at.plus(-15)).iter().any(|due| due.what == what));
        }
    }

    #[test]
    fn what_is_not_at_hand_breaks_nothing(today in any_day()) {
        prop_assert_eq!(look(&[], today), []);
    }
}

#[test]
fn at_16_and_at_18_a_young_person_is_asked_again_what_was_agreed_before() {
    let mut details = empty("cover-details");
    let born = FieldPath::new(details.part(), None, "date-of-birth").unwrap();
    details.set(born, Some(on("2010-12-01"))).unwrap();
    let mut sharing = empty("sharing");
    add(&mut sharing, 1, "sharing.agreements", &[("purpose", line("The team")), ("from", on("2026-01-01"))]);
    let found = |today: &str, sharing: &Document| {
        let due = look(&[&details, sharing], day(today));
        due.into_iter().map(|due| (due.what, due.day)).collect::<Vec<_>>()
    };
    assert_eq!(found("2026-11-16", &sharing), []);
    assert_eq!(found("2026-11-17", &sharing), [(What::AskAgain(16), day("2026-12-01"))]);
    assert_eq!(found("2027-06-01", &sharing), [(What::AskAgain(16), day("2026-12-01"))], "until it is agreed anew");
    assert_eq!(found("2028-12-01", &sharing), [(What::AskAgain(18), day("2028-12-01"))]);
    let from = FieldPath::new(sharing.part(), Some(id(1)), "from").unwrap();
    sharing.set(from, Some(on("2026-12-01"))).unwrap();
    assert_eq!(found("2027-06-01", &sharing), [], "it was agreed at 16");
    let withdrawn = FieldPath::new(sharing.part(), Some(id(1)), "withdrawn").unwrap();
    sharing.set(withdrawn, Some(on("2028-01-01"))).unwrap();
    assert_eq!(found("2028-12-01", &sharing), [], "it holds no more");
}
