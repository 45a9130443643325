//! An education, health and care plan: its sections are views on one list, and none of them loses what another shows.

use super::{
    parts::{Do, go_through, turn_to},
    *,
};

const NEEDS: &str = "What I need help with";
const EVERYTHING: &str = "Show: Everything";
const HEALTH: &str = "C. What I need for my health";
const HOME: &str = "D. What I need at home and in my free time";

#[test]
fn each_section_of_an_education_health_and_care_plan_opens_what_belongs_to_it() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    turn_to(&mut amina, NEEDS);
    assert!(!sees(&amina, EVERYTHING), "other plans keep nothing apart");
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("What", "Someone by the pool"), Do::Press("Done")]);
    press(&mut amina, "Parts of this plan");
    press(&mut amina, "How the plan is laid out: Education, health and care plan");
    press(&mut amina, &format!("Go to {NEEDS}: {HEALTH}"));
    until(&mut amina, "the section", |seat| sees(seat, EVERYTHING) && !sees(seat, "Someone by the pool"));
    // What is added here stands here.
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("What", "My tablets at noon"), Do::Press("Done")]);
    until(&mut amina, "it among the others", |seat| sees(seat, "Change: My tablets at noon"));
    press(&mut amina, "Parts of this plan");
    press(&mut amina, &format!("Go to {NEEDS}: {HOME}"));
    until(&mut amina, "the other section", |seat| !sees(seat, "My tablets at noon"));
    // Nothing is lost: what nobody put anywhere is one press away, and everything is.
    show(&mut amina, "Under no heading yet");
    until(&mut amina, "what nobody put anywhere", |seat| sees(seat, "Someone by the pool"));
    press(&mut amina, "Change: Someone by the pool");
    press(&mut amina, "Where it belongs in this plan: Home and free time");
    press(&mut amina, "Done");
    show(&mut amina, HOME);
    until(&mut amina, "it where it was put", |seat| sees(seat, "Someone by the pool"));
    show(&mut amina, "Everything");
    until(&mut amina, "both", |seat| sees(seat, "Someone by the pool") && sees(seat, "My tablets at noon"));
    press(&mut amina, "Parts of this plan");
    press(&mut amina, "How the plan is laid out: Seven questions");
    turn_to(&mut amina, NEEDS);
    until(&mut amina, "all of it as before", |seat| {
        !sees(seat, EVERYTHING) && sees(seat, "Someone by the pool") && sees(seat, "My tablets at noon")
    });
}

/// Presses the choice of what is shown that begins so: how many there are stands behind it.
fn show(seat: &mut Window, words: &str) {
    let words = format!("Show: {words}");
    let mut whole = None;
    until(seat, &words, |seat| {
        let labels: Vec<_> =
            seat.root().children_recursive().filter_map(|node| node.accesskit_node().label()).collect();
        whole = labels.into_iter().find(|label| label.starts_with(&words));
        whole.is_some()
    });
    press(seat, &whole.unwrap());
}
