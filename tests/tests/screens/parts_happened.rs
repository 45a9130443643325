//! What happened, stories, the circle and how it goes for somebody: written, counted, told by several, and found again.

use super::{parts::write_over, *};

const HAPPENED: &str = "What happened";
const EVIDENCE: &str = "Stories and pictures";
const CIRCLE: &str = "My circle";
const PERSON: &str = "How it goes for me";

#[test]
fn something_happened_is_counted_in_the_grid_on_another_device_and_told_by_both_as_one_event() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    begin(&mut amina, "log");
    press(&mut amina, HAPPENED);
    happened(&mut amina, "The bus was full and I got off");
    until(&mut amina, "the grid", |seat| sees(seat, "1 event by day and hour"));
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_by_label(HAPPENED).is_some());
    press(&mut hodan, HAPPENED);
    both(&mut amina, &mut hodan, |_, hodan| {
        sees(hodan, "1 event by day and hour") && sees(hodan, "The bus was full") && sees(hodan, "near miss: 0")
    });
    happened(&mut hodan, "She rang me from the bus stop");
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "2 events by day and hour"));
    // Each is asked whether it was the same; whoever knows says so, and neither account is lost.
    press(&mut hodan, "It is the same event");
    both(&mut amina, &mut hodan, |amina, hodan| {
        [amina, hodan].iter().all(|seat| sees(seat, "1 event by day and hour") && sees(seat, "told by 2"))
    });
    until(&mut hodan, "both accounts", |seat| {
        sees(seat, "The bus was full and I got off") && sees(seat, "She rang me from the bus stop")
    });
}

#[test]
fn not_now_is_remembered_on_this_device_until_something_new_happens() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        begin(&mut amina, "log");
        press(&mut amina, HAPPENED);
        for what in ["First", "Second", "Third"] {
            happened(&mut amina, what);
        }
        until(&mut amina, "the question", |seat| sees(seat, "3 in seven days."));
        press(&mut amina, "Not now");
        until(&mut amina, "quiet", |seat| !sees(seat, "Would it help to call people together?"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, HAPPENED);
    until(&mut again, "the grid", |seat| sees(seat, "3 events by day and hour"));
    assert!(!sees(&again, "Would it help to call people together?"));
    happened(&mut again, "Fourth");
    until(&mut again, "the question", |seat| sees(seat, "4 in seven days."));
}

#[test]
fn a_story_is_written_and_found() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        begin(&mut amina, "evidence");
        press(&mut amina, EVIDENCE);
        press(&mut amina, "Add");
        write_over(&mut amina, "What it is called", "My week in blue");
        press(&mut amina, "What kind: My story");
        write_over(&mut amina, "Words", "On Monday everything was loud");
        press(&mut amina, "Done");
        until(&mut amina, "the story", |seat| sees(seat, "“On Monday everything was loud”"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, EVIDENCE);
    until(&mut again, "the story", |seat| {
        sees(seat, "My week in blue") && sees(seat, "“On Monday everything was loud”") && sees(seat, "own: 1")
    });
    // It is Amina's plan: she may ask for it to be taken out, and change her mind.
    press(&mut again, "Please take this out: My week in blue");
    until(&mut again, "the wish", |seat| sees(seat, "Amina asks to take this out: My week in blue"));
    press(&mut again, "Leave it in after all");
    until(&mut again, "no wish", |seat| !sees(seat, "Amina asks to take this out"));
}

#[test]
fn somebody_is_put_on_a_ring_and_found_in_the_list() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        begin(&mut amina, "circle");
        press(&mut amina, CIRCLE);
        press(&mut amina, "Add");
        write_over(&mut amina, "Name", "Fatuma");
        write_over(&mut amina, "Who they are to me", "My neighbour");
        press(&mut amina, "How close: Friends");
        press(&mut amina, "Done");
        until(&mut amina, "the card", |seat| sees(seat, "Say thanks to Fatuma"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, CIRCLE);
    until(&mut again, "the ring", |seat| sees(seat, "Fatuma, My neighbour, Friends"));
    press(&mut again, "How to show it: As a list");
    until(&mut again, "the list", |seat| {
        seat.query_by_role_and_label(Role::Heading, "Friends").is_some() && sees(seat, "My neighbour")
    });
}

#[test]
fn what_each_finds_working_stands_under_their_own_name() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        begin(&mut amina, "person-centred");
        press(&mut amina, PERSON);
        press(&mut amina, "What I find");
        write_over(&mut amina, "About", "Cooking alone");
        press(&mut amina, "Which: Working");
        write_over(&mut amina, "In my words", "Rice, three times");
        press(&mut amina, "Done");
        until(&mut amina, "the topic", |seat| sees(seat, "Cooking alone") && sees(seat, "Rice, three times"));
        press(&mut amina, "Change: Important to me");
        press(&mut amina, "Add to Important to me");
        write_over(&mut amina, "What", "Friday prayers");
        press(&mut amina, "Done");
        until(&mut amina, "the line", |seat| sees(seat, "Friday prayers"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, PERSON);
    until(&mut again, "all of it", |seat| {
        ["Cooking alone", "Working", "Rice, three times", "Friday prayers"].iter().all(|words| sees(seat, words))
    });
}

/// Writes that something happened just now.
fn happened(seat: &mut Window, what: &str) {
    press(seat, "Something happened");
    write_over(seat, HAPPENED, what);
    press(seat, "How serious was it?: moderate");
    press(seat, "Done");
    until(seat, what, |seat| sees(seat, what));
}
