use proptest::prelude::*;

use super::*;
use crate::checks::made_up::{action, day, id, member, named};

fn asked(action: &Action) -> BTreeSet<Ask> {
    asks(action, Words::english())
}

#[test]
fn services_to_support_travel_as_appropriate_is_asked_everything() {
    let mut vague = action(1);
    vague.what = "Services to support travel as appropriate".into();
    let expected = [
        Ask::Who(Some("services".into())),
        Ask::When(Some("as appropriate".into())),
        Ask::What("support".into()),
        Ask::How,
    ];
    assert_eq!(asked(&vague), expected.into());
}

#[test]
fn who_what_when_and_how_one_will_know_leave_nothing_to_ask() {
    let mut book = action(1);
    book.what = "Book two beginner sessions at the pool and help Amina find the lockers".into();
    book.who.insert(member(1));
    book.when = Some(day("2026-12-15"));
    book.sign = "Two dates on the kitchen calendar".into();
    assert_eq!(asked(&book), BTreeSet::new());
    book.when = None;
    book.repeats = "every Friday, six times".into();
    assert_eq!(asked(&book), BTreeSet::new());
    book.repeats = "Ongoing".into();
    assert_eq!(asked(&book), [Ask::When(Some("ongoing".into()))].into());
}

#[test]
fn nobody_in_particular_is_nobody() {
    let mut with = action(1);
    with.what = "Ring the landlord".into();
    with.when = Some(day("2026-12-15"));
    with.sign = "He answers".into();
    with.who.insert(named("The Team"));
    assert_eq!(asked(&with), [Ask::Who(Some("The Team".into()))].into());
    with.who.insert(named("Ben"));
    assert_eq!(asked(&with), BTreeSet::new());
}

#[test]
fn a_sentence_in_which_nobody_does_anything_is_asked_what_happens() {
    let mut passive = action(1);
    for (what, word) in [
        ("Transport will be provided", Some("will be")),
        ("Monitor Amina’s mood", Some("monitor")),
        ("Look into the bus pass", Some("look into")),
        ("Review medication", Some("review")),
        ("Ask the nurse to review the medication", None),
        ("Go with Amina to the pool", None),
        ("Supportive shoes: buy a pair", None),
    ] {
        passive.what = what.into();
        let found = asked(&passive).into_iter().find_map(|ask| match ask {
            Ask::What(word) => Some(word),
            Ask::Who(_) | Ask::When(_) | Ask::How => None,
        });
        assert_eq!(found.as_deref(), word, "{what}");
    }
}

#[test]
fn what_is_over_is_not_asked_about() {
    let mut over = action(1);
    over.status = Some(ActionStatus::Done);
    let found = specific(&[over, action(2)], Words::english());
    assert_eq!((found.clear, found.all), (0, 1));
    assert_eq!(found.asks[0].0, id(2));
}

#[test]
fn a_plan_can_have_lists_of_its_own() {
    let words = Words::read("for people\n[vague]\n# and for people\nkümmern um, begleiten\n[unknown]\nx\n");
    assert_eq!(words.vague, ["kümmern um", "begleiten"].map(str::to_owned).into());
    assert!(words.nobody.is_empty());
    assert!(!Words::english().concrete.is_empty() && !Words::english().passive.is_empty());
    let both: Vec<_> = Words::english().vague.intersection(&Words::english().concrete).collect();
    assert!(both.is_empty(), "{both:?} would hide themselves");
}

proptest! {
    #[test]
    fn any_words_can_be_looked_at_and_more_detail_is_never_asked_about_more(what: String, repeats: String, sign in "\\PC{1,9}") {
        let mut one = action(1);
        one.what = what;
        one.repeats = repeats;
        let before = asked(&one).len();
        one.who.insert(member(1));
        one.when = Some(day("2026-12-15"));
        one.sign = sign;
        prop_assert!(asked(&one).len() <= before);
    }

    #[test]
    fn clear_and_asked_about_are_all(what in prop::collection::vec("(Book|Support|Ring) (x|soon|the team)", 0..6)) {
        let actions: Vec<Action> =
            (0_u8..).zip(what).map(|(number, what)| Action { what, ..action(number) }).collect();
        let found = specific(&actions, Words::english());
        prop_assert_eq!(found.clear + found.asks.len(), found.all);
    }
}

#[test]
fn a_card_that_tells_nobody_what_to_count_on_is_asked_about() {
    let look = |does: &str| asks_of_card(does, Words::english());
    assert_eq!(look("I ring on Monday at nine. I write down what all of us say."), [].into());
    let found = look("We monitor the situation\nI ring regularly");
    let expected = [Ask::Who(Some("we".into())), Ask::When(Some("regularly".into())), Ask::What("monitor".into())];
    assert_eq!(found, expected.into());
    assert_eq!(look("Meals will be provided"), [Ask::What("will be".into())].into());
    assert_eq!(look(""), [].into(), "an empty card says nothing, and nothing is asked");
}

proptest! {
    #[test]
    fn one_more_sentence_on_a_card_takes_no_question_away(
        one in prop::sample::select(vec!["We help", "I ring Dee", "Ongoing support", "It will be done", ""]),
        two in prop::sample::select(vec!["I write it down", "The team liaises", "Soon", "n.a."]),
    ) {
        let words = Words::english();
        let both = asks_of_card(&format!("{one}. {two}"), words);
        prop_assert!(both.is_superset(&asks_of_card(one, words)));
        prop_assert_eq!(asks_of_card(&format!("{two}\n{one}"), words), both);
    }
}
