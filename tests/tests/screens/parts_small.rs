//! The pages that are unlike the others: who sees what is kept apart, what is no longer true, counts without persons, and the
//! layout that changes no word.

use std::collections::BTreeSet;

use super::{
    parts::{Do, fill_in_and_find_again, go_through, says, turn_to, write_over},
    *,
};

const APART: &str = "Kept apart";
const CARER: &str = "A carer’s own page";
const CAPACITY: &str = "When deciding is hard";
const GROUP: &str = "Our group";
const NEAR: &str = "Help near me";
const TAKE: &str = "What I take";

#[test]
fn my_one_page_invites_and_then_says_who_says_what_about_me() {
    fill_in_and_find_again(
        "My one page",
        &[
            Do::Press("What should somebody new know about you first?"),
            Do::Press("Add to What people like and admire about me"),
            Do::Write("What", "She laughs at her own jokes"),
            Do::Press("Said by: Amina"),
            Do::Press("Add to How to support me well"),
            Do::Write("What", "Say one thing, then wait"),
            Do::Press("Done"),
        ],
        &["She laughs at her own jokes", "Amina says so", "Say one thing, then wait"],
    );
}

#[test]
fn what_i_do_not_take_any_more_stands_below_what_i_take() {
    fill_in_and_find_again(
        TAKE,
        &[
            Do::Press("Add"),
            Do::Write("Name", "The white one"),
            Do::Press("More to fill in"),
            Do::Write("To", "1 February 2021"),
            Do::Press("Done"),
            Do::Press("Add"),
            Do::Write("Name", "The blue one"),
            Do::Press("Done"),
        ],
        &["No longer taken", "not checked yet", "until 1 February 2021", "The blue one"],
    );
}

#[test]
fn help_that_has_closed_stands_last_and_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    turn_to(&mut amina, NEAR);
    for (name, status) in [("The old library", "Closed"), ("The Friday hub", "Open")] {
        let status = format!("Whether it is open: {status}");
        go_through(
            &mut amina,
            &[Do::Press("Add"), Do::Write("What it is called", name), Do::Press(&status), Do::Press("Done")],
        );
    }
    until(&mut amina, "both", |seat| sees(seat, "Change: The Friday hub") && sees(seat, "Change: The old library"));
    assert!(sees(&amina, "nobody checked this yet"));
    let top = |words: &str| amina.get_by_label(words).rect().min;
    let (open, closed) = (top("Change: The Friday hub"), top("Change: The old library"));
    assert!((open.y, open.x) < (closed.y, closed.x), "{open:?} {closed:?}");
}

#[test]
fn an_agreement_about_sharing_that_was_taken_back_says_when() {
    fill_in_and_find_again(
        "Who may see this",
        &[
            Do::Press("What was agreed about sharing?"),
            Do::Write("What for", "Working with me in the mornings"),
            Do::Write("Until", "1 February 2021"),
            Do::Press("Done"),
            Do::Press("Change: Working with me in the mornings"),
            Do::Press("More to fill in"),
            Do::Write("Taken back on", "3 January 2021"),
            Do::Press("Done"),
        ],
        &[
            "Working with me in the mornings",
            "taken back 3 January 2021",
            "You cannot take back what they already have",
        ],
    );
}

#[test]
fn what_is_kept_apart_is_seen_by_nobody_until_it_is_given_and_then_it_says_who_sees_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut amina, APART);
    press(&mut amina, "Is there something only some people should see?");
    press(&mut amina, "Put it apart");
    until(&mut amina, "that it needs a name", |seat| sees(seat, "Say first what it is called"));
    fill(&mut amina, "What it is called", "My body");
    press(&mut amina, "Put it apart");
    write_over(&mut amina, "Words", "I want a woman doctor.");
    until(&mut amina, "who sees it", |seat| sees(seat, "Only you can see this"));
    // What is written after it reaches her; of this she does not even hear that it is there.
    stand_in(&mut amina, ALSO);
    write(&mut amina, " Afterwards.");
    both(&mut amina, &mut hodan, |_, hodan| also(hodan).contains("Afterwards."));
    press(&mut hodan, "Who sees what");
    until(&mut hodan, "the table", |seat| sees(seat, "Everyone in the circle"));
    assert!(!says(&hodan, APART) && !says(&hodan, "My body") && !says(&hodan, "woman doctor"));

    turn_to(&mut amina, APART);
    press(&mut amina, "Decide who sees it");
    give(&mut amina, "Kept apart: My body", "Hodan", "Writes");
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_all_by_label(APART).next().is_some());
    press(&mut hodan, APART);
    both(&mut amina, &mut hodan, |_, hodan| says(hodan, "I want a woman doctor."));
    turn_to(&mut amina, APART);
    until(&mut amina, "who sees it", |seat| sees(seat, "you and Hodan can see this"));
}

#[test]
fn a_carers_own_page_is_theirs_until_they_share_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut hodan, CARER);
    press(&mut hodan, "Do you care for someone? Begin your own page");
    write_over(&mut hodan, "How I am", "Tired since March.");
    stand_in(&mut hodan, ALSO);
    write(&mut hodan, " Afterwards.");
    both(&mut amina, &mut hodan, |amina, _| also(amina).contains("Afterwards."));
    assert!(amina.query_all_by_label(CARER).next().is_none(), "{}", heard(&amina));

    turn_to(&mut hodan, CARER);
    press(&mut hodan, "Decide who sees it");
    give(&mut hodan, "A carer’s own page: Hodan", "Amina", "Sees");
    both(&mut amina, &mut hodan, |amina, _| amina.query_all_by_label(CARER).next().is_some());
    press(&mut amina, CARER);
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "Hodan’s own page") && sees(amina, "Tired since March."));
    // She reads it; only Hodan writes it.
    assert!(amina.query_by_role_and_label(Role::MultilineTextInput, "How I am").is_none());
}

#[test]
fn what_was_found_about_a_hard_decision_goes_to_those_who_are_named_for_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut amina, CAPACITY);
    go_through(
        &mut amina,
        &[
            Do::Press("Add"),
            Do::Write("Which decision", "Signing the tenancy"),
            Do::Press("What was found: Can decide with help"),
            Do::Press("Who helped the person decide: Hodan"),
            Do::Press("Done"),
        ],
    );
    until(&mut amina, "the card", |seat| sees(seat, "Can decide with help") && sees(seat, "Hodan helped to decide"));
    stand_in(&mut amina, ALSO);
    write(&mut amina, " Afterwards.");
    both(&mut amina, &mut hodan, |_, hodan| also(hodan).contains("Afterwards."));
    assert!(hodan.query_all_by_label(CAPACITY).next().is_none(), "being written down there is not being given it");
    press(&mut amina, "Who sees what");
    give(&mut amina, CAPACITY, "Hodan", "Sees");
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_all_by_label(CAPACITY).next().is_some());
    press(&mut hodan, CAPACITY);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Signing the tenancy") && sees(hodan, "Can decide with help"));
    assert!(!sees(&hodan, "Change: Signing the tenancy"));
}

#[test]
fn a_group_counts_nobody_who_could_be_known_and_each_says_how_they_see_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut amina, GROUP);
    for (what, count) in [("A detox without an address", "3"), ("Interpreters", "6")] {
        go_through(
            &mut amina,
            &[
                Do::Press("What does nobody help with yet?"),
                Do::Write("What", what),
                Do::Write("How many people", count),
                Do::Press("Done"),
            ],
        );
    }
    until(&mut amina, "the counts", |seat| sees(seat, "fewer than 5 people") && sees(seat, "6 people"));
    assert!(!sees(&amina, "3 people"));
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_all_by_label(GROUP).next().is_some());
    press(&mut hodan, GROUP);
    let say = |seat: &mut Window, score: &str| {
        let score = format!("We want the same: {score}");
        go_through(seat, &[Do::Press("How do you see what carries us?"), Do::Press(&score), Do::Press("Done")]);
    };
    say(&mut amina, "3");
    // Nobody presses on a page into which others' words are just coming.
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "We want the same: 3 of 3"));
    say(&mut hodan, "1");
    both(&mut amina, &mut hodan, |amina, hodan| {
        [amina, hodan]
            .iter()
            .all(|seat| sees(seat, "We want the same: 3 of 3") && sees(seat, "We want the same: 1 of 3"))
    });
}

#[test]
fn what_is_only_on_this_device_does_not_even_come_to_my_other_one() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut phone = seat(homes[0].path());
    look_round(&mut phone, "Amina");
    let mut laptop = devices::add(&mut phone, homes[1].path(), "Amina");
    for (seat, words) in [(&mut phone, "Ask Joy about the price"), (&mut laptop, "Draft for the library")] {
        turn_to(seat, "Only on this device");
        write_over(seat, "Notes to myself", words);
    }
    stand_in(&mut phone, ALSO);
    write(&mut phone, " Afterwards.");
    both(&mut phone, &mut laptop, |_, laptop| also(laptop).contains("Afterwards."));
    assert!(says(&laptop, "Draft for the library") && !says(&laptop, "Ask Joy"));
    press(&mut phone, "Only on this device");
    until(&mut phone, "my note", |seat| says(seat, "Ask Joy about the price"));
    assert!(!says(&phone, "Draft for the library"));
}

#[test]
fn laying_the_plan_out_otherwise_loses_no_page_and_no_word() {
    let home = tempfile::tempdir().unwrap();
    let pages = |seat: &Window| -> Vec<&'static str> {
        // A group says "we" where one person says "I": it is the same page.
        let code = |said: String| {
            let names = |label| [Some(words::label(label)), words::ours(label)];
            let part = plan::parts().iter().find(|part| names(part.label).contains(&Some(said.clone())));
            part.map(|part| part.code)
        };
        let rail = seat.query_all_by_role(Role::Button).filter_map(|node| node.accesskit_node().label());
        rail.filter_map(code).collect()
    };
    let before: BTreeSet<&'static str>;
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        for page in [NEAR, TAKE, "What I need help with", "If things go wrong"] {
            turn_to(&mut amina, page);
            until(&mut amina, page, |seat| seat.query_all_by_label(page).next().is_some());
        }
        stand_in(&mut amina, ALSO);
        write(&mut amina, " Not to be lost.");
        press(&mut amina, "Parts of this plan");
        before = pages(&amina).into_iter().collect();
        assert!(before.len() >= 7, "{before:?}");
        let mut orders = BTreeSet::new();
        for template in plan::templates() {
            press(&mut amina, &format!("How the plan is laid out: {}", words::label(template.label)));
            until(&mut amina, "how much is there", |seat| sees(seat, "things are there"));
            let here = pages(&amina);
            assert_eq!(here.iter().copied().collect::<BTreeSet<_>>(), before, "{}", template.code);
            orders.insert(here);
            assert!(also(&amina).contains("Not to be lost."));
        }
        assert!(orders.len() > 3, "they lay it out differently: {orders:?}");
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, "Parts of this plan");
    let last = words::label(plan::templates().last().unwrap().label);
    until(&mut again, "the layout that was chosen last", |seat| {
        let chosen = format!("How the plan is laid out: {last}");
        let node = seat.query_by_role_and_label(Role::RadioButton, &chosen);
        node.is_some_and(|node| node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True))
    });
    assert_eq!(pages(&again).into_iter().collect::<BTreeSet<_>>(), before);
    until(&mut again, "the words", |seat| {
        let is_open = seat.state().room.desk().document(plan_of(seat).unwrap(), "about-me").is_some();
        is_open && also(seat).contains("Not to be lost.")
    });
}

/// Gives somebody a document, on the page that says who sees what.
pub fn give(seat: &mut Window, what: &str, whom: &str, how: &str) {
    until(seat, "the table", |seat| sees(seat, "Everyone in the circle"));
    let cell = format!("{what}, {whom}");
    until(seat, &cell, |seat| seat.query_all_by_label_contains(&cell).next().is_some());
    seat.query_all_by_label_contains(&cell).next().unwrap().click_accesskit();
    seat.step();
    press(seat, &format!("From now on: {how}"));
    fill(seat, "Why", "because I trust them");
    press(seat, "Sign it");
    until(seat, "the sentence", |seat| sees(seat, "because I trust them"));
}
