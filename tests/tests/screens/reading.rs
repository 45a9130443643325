//! What people read of each other: pictures where the words stand, everything in a card that one may not write in, what is said
//! beside a page.

use std::path::Path;

use super::{
    parts::{Do, go_through, turn_to, write_over},
    parts_files::is_seen,
    parts_small::give,
    *,
};

const GOALS: &str = "What I want";
const NEEDS: &str = "What I need help with";
const PAINTING: &str = "Sell one painting";

/// A small picture in this folder, attached to a field of the record that is open.
fn attach(seat: &mut Window, field: &str, folder: &Path, name: &str) {
    let path = folder.join(name);
    image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([x as u8, y as u8, 90])).save(&path).unwrap();
    press(seat, &format!("Attach a file to {field}…"));
    write_over(seat, "Where the file is", &path.display().to_string());
    press(seat, "Attach");
    until(seat, name, |seat| is_seen(seat, name));
}

#[test]
fn a_picture_at_a_wish_is_seen_where_it_is_read_and_one_alone_says_how_somebody_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        press(seat, GOALS);
    }
    press(&mut amina, &format!("Change: {PAINTING}"));
    attach(&mut amina, "Pictures", folder.path(), "tulips.png");
    press(&mut amina, "Done");
    both(&mut amina, &mut hodan, |amina, hodan| is_seen(amina, "tulips.png") && is_seen(hodan, "tulips.png"));
    go_through(
        &mut hodan,
        &[
            Do::Press(&format!("More about: {PAINTING}")),
            Do::Press(&format!("Say how I see: {PAINTING}")),
            Do::Press("In my own words"),
        ],
    );
    attach(&mut hodan, "Pictures and recordings", folder.path(), "frame.png");
    press(&mut hodan, &format!("Done saying how I see: {PAINTING}"));
    press(&mut amina, &format!("More about: {PAINTING}"));
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "How each of us sees it") && is_seen(amina, "frame.png"));
}

#[test]
fn who_may_only_read_finds_all_that_stands_in_a_wish_and_in_a_need_and_how_they_hang_together() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    turn_to(&mut amina, NEEDS);
    go_through(
        &mut amina,
        &[
            Do::Press("Add"),
            Do::Write("What", "A ramp at the library"),
            Do::Press("More to fill in"),
            Do::Press("Whether the council says it must help: Yes"),
            Do::Press("Done"),
        ],
    );
    press(&mut amina, GOALS);
    go_through(
        &mut amina,
        &[
            Do::Press(&format!("Change: {PAINTING}")),
            Do::Press("How far away: This year"),
            Do::Press("Which need it answers: A ramp at the library"),
            Do::Press("Done"),
        ],
    );
    press(&mut amina, "Who sees what");
    for part in [GOALS, NEEDS] {
        give(&mut amina, part, "Hodan", "Sees");
    }
    press(&mut hodan, GOALS);
    both(&mut amina, &mut hodan, |_, hodan| {
        sees(hodan, &format!("More about: {PAINTING}")) && !sees(hodan, &format!("Change: {PAINTING}"))
    });
    press(&mut hodan, &format!("More about: {PAINTING}"));
    until(&mut hodan, "how far away it is", |seat| sees(seat, "How far away") && sees(seat, "This year"));
    // The need it answers is named, and one press away.
    press(&mut hodan, "Which need it answers: A ramp at the library");
    until(&mut hodan, "the need", |seat| sees(seat, "Whether the council says it must help: Yes"));
    until(&mut hodan, "who reads it", |seat| sees(seat, "Seen by the whole circle"));
    press(&mut hodan, "Read all: A ramp at the library");
    until(&mut hodan, "all of it", |seat| sees(seat, "Read less: A ramp at the library"));
}

#[test]
fn a_hard_word_is_explained_where_it_stands_under_the_pointer_on_focus_and_when_it_is_pressed() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, "Parts of this plan");
    press(&mut amina, "How the plan is laid out: NDIS plan");
    const ASKS: &str = "What do these words mean: capacity building, capital and core?";
    const ANSWER: &str = "Capital: In an NDIS plan: money for a thing that lasts";
    until(&mut amina, "the question", |seat| seat.query_by_role_and_label(Role::Button, ASKS).is_some());
    assert!(!sees(&amina, ANSWER));
    amina.get_by_role_and_label(Role::Button, ASKS).focus();
    until(&mut amina, "the answer beside it", |seat| sees(seat, ANSWER));
    press(&mut amina, "About me");
    press(&mut amina, "Parts of this plan");
    until(&mut amina, "nothing in the way", |seat| sees(seat, ASKS) && !sees(seat, ANSWER));
    press(&mut amina, ASKS);
    press(&mut amina, "How the plan is laid out: NDIS plan");
    until(&mut amina, "the answer that stays", |seat| sees(seat, ANSWER));
    press(&mut amina, ASKS);
    until(&mut amina, "it put away", |seat| !sees(seat, ANSWER));
    // What stands in a letter is looked for.
    press(&mut amina, "Find");
    fill(&mut amina, "Words to look for", "safeguarding");
    until(&mut amina, "what it means", |seat| sees(seat, "Safeguarding: Keeping somebody safe"));
}

#[test]
fn what_somebody_says_about_a_page_is_answered_and_put_away_when_it_is_settled() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        press(seat, "About me");
    }
    const QUESTION: &str = "Shall we add the quiet seat?";
    press(&mut hodan, "Say something about: About me");
    write_over(&mut hodan, "Comment", QUESTION);
    // At the head of the page stands how much is said; one press shows it.
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "One comment on this page"));
    press(&mut amina, "One comment on this page");
    until(&mut amina, "what she says", |seat| sees(seat, "Hodan says:") && sees(seat, QUESTION));
    press(&mut amina, &format!("Answer: {QUESTION}"));
    write_over(&mut amina, "Comment", "Yes, and the blue door.");
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Amina says:") && sees(hodan, "Yes, and the blue door."));
    press(&mut amina, &format!("Done, this is settled: {QUESTION}"));
    both(&mut amina, &mut hodan, |amina, hodan| {
        [amina, hodan].iter().all(|seat| sees(seat, "One comment that is settled") && !sees(seat, QUESTION))
    });
    press(&mut hodan, "One comment that is settled");
    until(&mut hodan, "it again", |seat| sees(seat, QUESTION) && sees(seat, "Yes, and the blue door."));
    // Whoever comes later finds what is settled at the end of the page, and it heads the page no more.
    press(&mut amina, "Hide the comments");
    until(&mut amina, "a page without it", |seat| !sees(seat, "on this page") && !sees(seat, QUESTION));
    press(&mut amina, "One comment that is settled");
    press(&mut amina, "One comment that is settled");
    until(&mut amina, "what is settled", |seat| sees(seat, QUESTION));
}

#[test]
fn what_is_said_about_a_card_is_counted_at_the_head_of_its_page_and_one_press_from_there() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut hodan, GOALS);
    press(&mut hodan, &format!("Change: {PAINTING}"));
    press(&mut hodan, &format!("Say something about: {PAINTING}"));
    write_over(&mut hodan, "Comment", "The blue one, I think.");
    press(&mut hodan, "Done");
    press(&mut amina, GOALS);
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "One comment on this page"));
    press(&mut amina, "One comment on this page");
    press(&mut amina, &format!("Go to: {PAINTING}"));
    until(&mut amina, "its card", |seat| sees(seat, "How important it is, of 10: 1"));
}

#[test]
fn what_came_in_is_new_until_its_page_was_looked_at_also_when_the_window_was_closed_meanwhile() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, "Front page");
    stand_in(&mut hodan, ALSO);
    write(&mut hodan, " Hers.");
    const NEWS: &str = "Hodan wrote in About me";
    let is_new = |seat: &Window| seat.query_all_by_role_and_label(Role::Button, NEWS).next().is_some();
    both(&mut amina, &mut hodan, |amina, _| is_new(amina));
    amina.into_state().room.close();
    let mut again = seat(one.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, NEWS);
    until(&mut again, "her words", |seat| also(seat).contains("Hers."));
    press(&mut again, "Front page");
    until(&mut again, "the front page", |seat| sees(seat, ", Amina") && !is_new(seat));
    again.into_state().room.close();
    let mut last = seat(one.path());
    press(&mut last, "Open Amina's plan");
    until(&mut last, "the front page", |seat| sees(seat, ", Amina"));
    press(&mut last, "People");
    press(&mut last, "Front page");
    until(&mut last, "nothing new", |seat| sees(seat, ", Amina") && !is_new(seat));
}
