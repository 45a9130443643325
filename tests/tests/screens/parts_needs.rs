//! Needs, help, what could go wrong and what to do then, keeping well: filled in, found again, taken on and seen differently.

use super::{
    parts::{Do, fill_in_and_find_again, go_through, turn_to},
    *,
};

const NEEDS: &str = "What I need help with";
const RISKS: &str = "Things that could go wrong, and why it is worth it";
const CONTINGENCY: &str = "If things go wrong";

#[test]
fn a_need_is_filled_in_with_both_its_sides_and_what_services_answered() {
    fill_in_and_find_again(
        NEEDS,
        &[
            Do::Press("Add"),
            Do::Write("What", "A ramp at the library"),
            Do::Write("The practical side", "There are four steps."),
            Do::Write("How it feels", "As if I were not meant to read."),
            Do::Press("Add to Who was asked, and what they said"),
            Do::Write("Who was asked", "The library"),
            Do::Press("What they said: Not ours"),
            Do::Press("Done"),
        ],
        &[
            "A ramp at the library",
            "As if I were not meant to read.",
            "Everybody who was asked says it is not theirs: The library",
        ],
    );
}

#[test]
fn a_need_is_taken_by_somebody_else_on_their_own_device_and_is_nobodys_no_more_on_both() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut amina, NEEDS);
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("What", "A lift to the clinic"), Do::Press("Done")]);
    let take = "I can take this: A lift to the clinic";
    both(&mut amina, &mut hodan, |amina, hodan| nobodys(amina) > 0 && nobodys(hodan) == nobodys(amina));
    let before = nobodys(&amina);
    turn_to(&mut hodan, NEEDS);
    both(&mut amina, &mut hodan, |amina, hodan| sees(amina, take) && sees(hodan, take));
    press(&mut hodan, take);
    both(&mut amina, &mut hodan, |amina, hodan| nobodys(amina) == before - 1 && nobodys(hodan) == before - 1);
    for seat in [&mut amina, &mut hodan] {
        until(seat, "who has it", |seat| sees(seat, "Hodan has this in hand"));
    }
    // It is hers to give back, and not Amina's to take from her.
    let back = "I cannot do this any more: A lift to the clinic";
    assert!(!sees(&amina, back));
    press(&mut hodan, back);
    both(&mut amina, &mut hodan, |amina, hodan| nobodys(amina) == before && nobodys(hodan) == before);
}

#[test]
fn what_nobody_has_is_talked_about() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    turn_to(&mut amina, NEEDS);
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("What", "A ramp at the library"), Do::Press("Done")]);
    let talk = "Talk about it: A ramp at the library";
    press(&mut amina, talk);
    // At the next meeting, if there is one to come.
    until(&mut amina, "that it is", |seat| {
        !sees(seat, talk) && (sees(seat, "an open question") || sees(seat, "to be talked about on"))
    });
}

#[test]
fn help_is_filled_in_and_stands_in_its_week_and_how_it_is_for_me() {
    fill_in_and_find_again(
        "Help I get",
        &[
            Do::Press("Add"),
            Do::Write("What", "Tea with Kim"),
            Do::Press("What kind: From family and friends"),
            Do::Write("Days and times", "Saturdays, at four"),
            Do::Press("How it stands: Started"),
            Do::Press("Done"),
            Do::Press("How it is for me: Tea with Kim"),
            Do::Press("How is it for me?: Good"),
            Do::Write("In my words", "He listens."),
            Do::Press("Done with: Tea with Kim"),
        ],
        &["Tea with Kim", "From family and friends", "Saturdays, at four", "My week", "“He listens.”"],
    );
}

#[test]
fn what_could_go_wrong_is_filled_in_below_the_strengths_with_its_good_reason() {
    fill_in_and_find_again(
        RISKS,
        &[
            Do::Press("Add"),
            Do::Write("What could go wrong", "I may get lost in the park"),
            Do::Write("The good reason to do it", "The birds are there."),
            Do::Press("How sure we are, of 10: 7"),
            Do::Press("Done"),
        ],
        &[
            "What I’m good at, who I can count on",
            "“The birds are there.”",
            "I may get lost in the park",
            "We are 7 of 10",
        ],
    );
}

#[test]
fn two_people_see_a_risk_differently_and_both_stand_side_by_side() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut amina, RISKS);
    let (mine, done) = ("How I see it: Lost in the park", "Done with: Lost in the park");
    go_through(
        &mut amina,
        &[
            Do::Press("Add"),
            Do::Write("What could go wrong", "Lost in the park"),
            Do::Press("Done"),
            Do::Press(mine),
            Do::Press("My view: I agree"),
            Do::Press(done),
        ],
    );
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, RISKS));
    turn_to(&mut hodan, RISKS);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, mine));
    go_through(
        &mut hodan,
        &[
            Do::Press(mine),
            Do::Press("My view: I do not agree"),
            Do::Write("Why", "Not when it is getting dark."),
            Do::Press(done),
        ],
    );
    let said = ["agrees", "does not agree", "Not when it is getting dark.", "seen differently: worth talking about"];
    both(&mut amina, &mut hodan, |amina, hodan| said.into_iter().all(|words| sees(amina, words) && sees(hodan, words)));
}

#[test]
fn a_plan_for_when_things_go_wrong_is_filled_in_step_by_step_and_found_again() {
    fill_in_and_find_again(
        CONTINGENCY,
        &[
            Do::Press("Add"),
            Do::Write("If this happens", "The lift is stuck"),
            Do::Press("Add to What should happen"),
            Do::Write("What", "Press the bell"),
            Do::Press("Add to What should happen"),
            Do::Write("What", "Sing until somebody comes"),
            Do::Press("Add to Please don’t"),
            Do::Write("What", "Shout at me"),
            Do::Press("Add to Who to ring, in this order"),
            Do::Write("Telephone", "07700 900 555"),
            Do::Press("Done"),
        ],
        &["The lift is stuck", "Press the bell", "Sing until somebody comes", "Shout at me", "07700 900 555"],
    );
}

#[test]
fn one_plan_for_when_things_go_wrong_fills_the_page_until_escape() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    turn_to(&mut amina, CONTINGENCY);
    let name = Do::Write("If this happens", "The lift is stuck");
    go_through(&mut amina, &[Do::Press("Add"), name, Do::Press("Done")]);
    // Far down the page, as in a small window: it is shown from its beginning all the same.
    amina.set_size(vec2(1280.0, 520.0));
    amina.run_steps(4);
    amina.get_by_label("Show large: The lift is stuck").scroll_to_me();
    amina.run_steps(8);
    press(&mut amina, "Show large: The lift is stuck");
    until(&mut amina, "it alone", |seat| sees(seat, "Back to all of them") && !sees(seat, "Show large"));
    until(&mut amina, "its beginning", |seat| {
        let heading = seat.query_by_role_and_label(Role::Heading, "The lift is stuck");
        heading.is_some_and(|heading| (0.0..300.0).contains(&heading.rect().top()))
    });
    assert!(sees(&amina, "The lift is stuck"));
    amina.key_press(Key::Escape);
    until(&mut amina, "all of them", |seat| sees(seat, "Show large: The lift is stuck"));
}

#[test]
fn keeping_well_is_filled_in() {
    let (every_day, signs) = ("What I do every day to keep well", "First signs");
    fill_in_and_find_again(
        "Keeping well",
        &[
            Do::Press(every_day),
            Do::Write("What", "In bed by half past ten"),
            Do::Press(&format!("Done with: {every_day}")),
            Do::Press(signs),
            Do::Write("What", "I do not answer the phone"),
            Do::Write("What I do then", "Ask Hodan to come without talking"),
            Do::Press(&format!("Done with: {signs}")),
        ],
        &["In bed by half past ten", "I do not answer the phone", "Ask Hodan to come without talking"],
    );
}

/// How many needs are nobody's, as the rail says.
fn nobodys(seat: &Window) -> usize {
    let count = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.description().filter(|_| node.label().as_deref() == Some(NEEDS))?.parse().ok()
    };
    seat.root().children_recursive().find_map(count).unwrap_or_default()
}
