//! The cover: who somebody is, how far the plan has come, and what only those see who are named.

use super::{
    parts::{self, Do, fill_in_and_find_again, says, write_over},
    *,
};

const COVER: &str = "Cover";
const NAME: &str = "What I like to be called";

#[test]
fn a_cover_is_filled_in() {
    fill_in_and_find_again(
        COVER,
        &[
            Do::Press("Change"),
            Do::Write(NAME, "Mina"),
            Do::Write("Pronouns", "she / her"),
            Do::Write("Languages", "Somali, English"),
            Do::Press("What kind of plan: An adult’s plan"),
            Do::Press("How it stands: In use"),
            Do::Press("Done"),
            Do::Press("Where we are: Agreeing"),
        ],
        &["Mina", "she / her", "Somali, English", "An adult’s plan", "In use", "Agreeing: step 3 of 5"],
    );
}

#[test]
fn the_front_page_shows_how_somebody_likes_to_be_called_and_their_picture() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, COVER);
    press(&mut amina, "Change");
    write_over(&mut amina, NAME, "Mina");
    press(&mut amina, "Attach a file to My picture…");
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/pictures/parts/goals.png");
    write_over(&mut amina, "Where the file is", picture);
    press(&mut amina, "Attach");
    until(&mut amina, "the picture", |seat| says(seat, "goals.png"));
    press(&mut amina, "Done");
    press(&mut amina, "Front page");
    until(&mut amina, "who it is", |seat| sees(seat, "Mina") && sees(seat, "Picture of Mina"));
}

#[test]
fn details_are_not_there_until_wanted_and_then_only_for_who_is_named() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        press(seat, COVER);
    }
    assert!(!sees(&hodan, "Add my details"));
    press(&mut amina, "Add my details");
    until(&mut amina, "who sees it", |seat| sees(seat, "Only you can see this"));
    write_over(&mut amina, "Date of birth", "14 May 1988");
    write_over(&mut amina, "Address", "3 Linden Court");
    press(&mut amina, "Done");
    until(&mut amina, "what I wrote", |seat| {
        sees(seat, "14 May 1988") && sees(seat, "3 Linden Court") && sees(seat, "Only you can see this")
    });
    // What is written on the cover after that has come to Hodan; the details have not.
    press(&mut amina, "Where we are: Planning");
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Planning: step 2 of 5"));
    assert!(!says(&hodan, "Linden") && !sees(&hodan, "My details"));
    let plan = plan_of(&hodan).unwrap();
    assert!(hodan.state().room.desk().document(plan, "cover-details").is_none());
}

#[test]
fn whoever_turns_16_is_asked_again_what_was_agreed_before_and_nothing_changes_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, COVER);
    press(&mut amina, "Add my details");
    // As old as that since the beginning of this year, whenever this is run.
    let today: plan::Date = words::written_day(desk::now().0).parse().unwrap();
    write_over(&mut amina, "Date of birth", &format!("1 January {}", today.year() - 16));
    press(&mut amina, "Done");
    parts::turn_to(&mut amina, "Who may see this");
    parts::go_through(
        &mut amina,
        &[
            Do::Press("What was agreed about sharing?"),
            Do::Write("What for", "The team around me"),
            Do::Press("More to fill in"),
            Do::Write("From", "1 February 2021"),
            Do::Press("Done"),
        ],
    );
    press(&mut amina, "Front page");
    until(&mut amina, "that it is time to ask", |seat| {
        sees(seat, "At 16 a young person is asked again who may see what")
    });
    assert!(!sees(&amina, "1 January"), "a birthday is not told where others look on");
    parts::turn_to(&mut amina, "Who may see this");
    press(&mut amina, "Change: The team around me");
    until(&mut amina, "the open card", |seat| sees(seat, "They may: Read it"));
    // What was unfolded before is open still.
    if sees(&amina, "More to fill in") {
        press(&mut amina, "More to fill in");
    }
    write_over(&mut amina, "From", &words::date(&today.to_string()));
    press(&mut amina, "Done");
    press(&mut amina, "Front page");
    until(&mut amina, "that it was agreed anew", |seat| !sees(seat, "At 16 a young person"));
}

#[test]
fn two_who_name_somebody_apart_both_keep_what_they_said() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = (seat(one.path()), seat(two.path()));
    look_round(&mut amina, "Amina");
    let_in(&mut amina, &mut hodan, "Hodan", Some("Someone who can decide by law"));
    for seat in [&mut amina, &mut hodan] {
        press(seat, COVER);
    }
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Where we are: Planning"));
    let pairs = [("Planning", "Agreeing"), ("Finding out", "Help is there"), ("Agreeing", "Planning")];
    parts_wants::both_answers_show(&mut amina, &mut hodan, "Where we are", &pairs);
}
