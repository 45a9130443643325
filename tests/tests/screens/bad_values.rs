//! What cannot be so: a day that is none, a third decimal, a book pasted into one field, letters that are not seen. Each is
//! answered with a sentence, and nothing that somebody typed is gone.

use super::{
    parts::{Do, go_through, says, turn_to, write_over},
    *,
};

/// Writes something that cannot be so, goes on elsewhere, comes back and finds it with a sentence; then mends it.
fn mended(page: &str, first: &[Do<'_>], (field, bad, sentence): (&str, &str, &str), (good, shown): (&str, &str)) {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        turn_to(&mut amina, page);
        go_through(&mut amina, first);
        write_over(&mut amina, field, bad);
        press(&mut amina, "Done");
        until(&mut amina, sentence, |seat| sees(seat, sentence) && sees(seat, "it waits in its field"));
        press(&mut amina, "Close");
        until(&mut amina, "no more of it", |seat| !sees(seat, sentence));
        press_change(&mut amina);
        until(&mut amina, sentence, |seat| sees(seat, sentence) && says(seat, bad));
        write_over(&mut amina, field, good);
        press(&mut amina, "Done");
        until(&mut amina, shown, |seat| says(seat, shown) && !sees(seat, sentence));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    turn_to(&mut again, page);
    until(&mut again, shown, |seat| says(seat, shown));
}

/// Opens the card of what these stories write.
fn press_change(seat: &mut Window) {
    until(seat, "the card", |seat| seat.query_all_by_label_contains("Change: Something new").next().is_some());
    seat.query_all_by_label_contains("Change: Something new").next().unwrap().click_accesskit();
    seat.run_steps(3);
}

#[test]
fn a_day_that_is_none_is_said_to_be_none_and_stays_to_be_mended() {
    mended(
        "Who will do what",
        &[Do::Press("Add"), Do::Write("What", "Something new")],
        ("By when", "31 February 2027", "That is not a day. Write it like 1 March 2027"),
        ("28 February 2027", "by 28 February 2027"),
    );
}

#[test]
fn money_with_three_decimals_is_said_to_be_none_and_stays_to_be_mended() {
    mended(
        "Money",
        &[Do::Press("Add a line"), Do::Write("What", "Something new"), Do::Write("How many times", "1")],
        ("Price of one", "12.345", "That is not an amount. Write it like 298.50"),
        ("12.34", "£12.34"),
    );
}

#[test]
fn a_number_that_is_none_is_said_to_be_none_and_stays_to_be_mended() {
    mended(
        "Money",
        &[Do::Press("Add a line"), Do::Write("What", "Something new"), Do::Write("Price of one", "10")],
        ("How many times", "a dozen", "That is not a number"),
        ("12", "£120.00"),
    );
}

#[test]
fn a_line_that_is_no_line_any_more_is_said_to_be_too_long_and_stays_to_be_mended() {
    let long = "far and away ".repeat(50);
    mended(
        "Other plans and papers",
        &[Do::Press("Add"), Do::Write("What it is called", "Something new")],
        ("Where it is", long.trim(), "That is too long for one line"),
        ("In the blue folder", "In the blue folder"),
    );
}

#[test]
fn a_book_pasted_into_a_field_is_refused_with_a_sentence_and_what_stood_there_stays() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    stand_in(&mut amina, ALSO);
    write(&mut amina, " Mine.");
    let before = also(&amina);
    let too_much = "These are more words than one text can take";
    amina.event(Event::Paste("x".repeat(10_000_000)));
    until(&mut amina, "why not", |seat| sees(seat, too_much));
    assert_eq!(also(&amina), before);
    press(&mut amina, "Close");
    // Piece by piece it is no less.
    stand_in(&mut amina, ALSO);
    amina.event(Event::Paste("y".repeat(plan::limits::TEXT_CHARS - 10)));
    until(&mut amina, "why not", |seat| sees(seat, too_much));
    assert_eq!(also(&amina), before);
    press(&mut amina, "Close");
    // And in a line.
    turn_to(&mut amina, "Other plans and papers");
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("What it is called", "Something new")]);
    amina.event(Event::Paste("z".repeat(10_000_000)));
    until(&mut amina, "why not", |seat| sees(seat, too_much));
    assert!(says(&amina, "Something new"));
}

#[test]
fn letters_that_are_not_seen_never_come_into_a_name() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    until(&mut amina, "the first screen", |seat| sees(seat, "Look round"));
    fill(&mut amina, "What should people call you?", "\u{202e}\u{0}\u{200b}");
    press(&mut amina, "Look round");
    until(&mut amina, "why not", |seat| sees(seat, "First say what people") || sees(seat, "cannot be used as a name"));
    assert!(amina.state().room.desk().plans().is_empty());
    fill(&mut amina, "What should people call you?", "Ami\u{202e}na\u{0}");
    press(&mut amina, "Look round");
    press(&mut amina, "Amina’s plan, on its first day");
    until(&mut amina, "the front page", |seat| sees(seat, ", Amina"));
    let unseen = |words: &str| words.contains(['\u{202e}', '\u{0}', '\u{200b}']);
    assert!(!unseen(&heard(&amina)), "{}", heard(&amina));

    turn_to(&mut amina, "My circle");
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("Name", "\u{202e}Hodan\u{200b} Ali\u{0}"), Do::Press("Done")]);
    until(&mut amina, "the name", |seat| says(seat, "Hodan Ali"));
    turn_to(&mut amina, "Who will do what");
    go_through(&mut amina, &[Do::Press("Add"), Do::Write("What", "Something new"), Do::Press("Someone else")]);
    fill(&mut amina, "Someone else", "Kim, and Pat");
    press(&mut amina, "Add");
    until(&mut amina, "why not", |seat| sees(seat, "That cannot be a name") && says(seat, "Kim, and Pat"));
    fill(&mut amina, "Someone else", "K\u{202e}im\u{0}");
    press(&mut amina, "Add");
    until(&mut amina, "the face", |seat| sees(seat, "Kim") && !sees(seat, "That cannot be a name"));
    assert!(!unseen(&heard(&amina)), "{}", heard(&amina));
}
