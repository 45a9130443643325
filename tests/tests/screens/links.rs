//! Ways out of a plan: nothing is opened before somebody saw where it leads and said yes, and most things are not offered.

use std::sync::mpsc::{self, Receiver};

use alongside::{Page, Place};
use desk::Fill;
use plan::Value;

use super::*;

/// A window on the page of a circle with one person in it, and what its desktop was to open.
fn with_person(home: &Path, telephone: &str, email: &str) -> (Window, Receiver<String>) {
    let (tell, opened) = mpsc::sync_channel(8);
    let mut amina = seat_at(home, Desktop::that_tells(tell));
    look_round(&mut amina, "Amina");
    begin(&mut amina, "circle");
    let line = |words: &str| Fill::Value(Value::Line(words.to_owned()));
    let fills = [("name", "Zoe"), ("telephone", telephone), ("email", email)];
    let fills = fills.map(|(field, words)| (field.to_owned(), line(words))).into();
    add(&mut amina, "circle", fills);
    (amina, opened)
}

fn add(seat: &mut Window, part: &'static str, fills: Vec<(String, Fill)>) {
    let (plan, ctx) = (plan_of(seat).unwrap(), seat.ctx.clone());
    let room = &mut seat.state_mut().room;
    let list = format!("{part}.{part}").parse().or_else(|_| part.parse()).unwrap();
    room.carry_out(&ctx, Wish::Do(Ask::Add { plan, list, fills }));
    room.carry_out(&ctx, Wish::Go(Place::Plan(plan, Page::Part(part))));
}

#[test]
fn a_number_and_an_address_are_followed_only_after_a_yes() {
    let home = tempfile::tempdir().unwrap();
    let (mut amina, opened) = with_person(home.path(), "+44 (0)20 7946 0000", "zoe@example.org");
    press(&mut amina, "Done");
    press(&mut amina, "Ring +44 (0)20 7946 0000");
    until(&mut amina, "the question", |seat| sees(seat, "Ring +442079460000 with this computer?"));
    assert!(opened.try_recv().is_err(), "nobody has said yes");
    press(&mut amina, "Cancel");
    until(&mut amina, "no question", |seat| !sees(seat, "with this computer?"));
    press(&mut amina, "Write to zoe@example.org");
    until(&mut amina, "the question", |seat| sees(seat, "Write to zoe@example.org with your mail program?"));
    amina.key_press(Key::Escape);
    until(&mut amina, "no question", |seat| !sees(seat, "with your mail program?"));
    assert!(opened.try_recv().is_err(), "nobody has said yes");
    press(&mut amina, "Ring +44 (0)20 7946 0000");
    press(&mut amina, "Ring");
    assert_eq!(opened.try_recv().as_deref(), Ok("tel:+442079460000"));
    until(&mut amina, "no question", |seat| !sees(seat, "with this computer?"));
}

#[test]
fn a_page_is_asked_about_by_its_real_name_and_what_is_no_plain_way_is_only_words() {
    let home = tempfile::tempdir().unwrap();
    let (mut amina, opened) = with_person(home.path(), "*21*07700900000#", "zoe@example.org?bcc=all@evil.example");
    press(&mut amina, "Done");
    until(&mut amina, "the words", |seat| sees(seat, "*21*07700900000#") && sees(seat, "bcc=all@evil.example"));
    let offered = |seat: &Window, words: &str| {
        seat.query_all_by_role(Role::Button)
            .any(|node| node.accesskit_node().label().is_some_and(|label| label.contains(words)))
    };
    assert!(!offered(&amina, "*21*") && !offered(&amina, "bcc="), "these are only words");

    // Cyrillic letters that look Latin.
    begin(&mut amina, "supports");
    let disguised = "https://www.раураl.com/help";
    for (what, contact) in
        [("Swimming", disguised), ("Advice", "javascript:alert(1)"), ("Bus", "https://nhs.uk@evil.example")]
    {
        let fills = [("what", what), ("contact", contact)];
        let line = |words: &str| Fill::Value(Value::Line(words.to_owned()));
        add(&mut amina, "supports", fills.map(|(field, words)| (field.to_owned(), line(words))).into());
        press(&mut amina, "Done");
    }
    until(&mut amina, "the words", |seat| sees(seat, "javascript:alert(1)") && sees(seat, "nhs.uk@evil.example"));
    assert!(!offered(&amina, "javascript") && !offered(&amina, "evil.example"), "these are only words");
    press(&mut amina, &format!("Open {disguised}"));
    until(&mut amina, "its real name", |seat| sees(seat, "Open www.xn--") && sees(seat, "letters of another alphabet"));
    press(&mut amina, "Open");
    let address = opened.try_recv().unwrap();
    assert!(address.is_ascii() && address.starts_with("https://www.xn--") && address.ends_with("/help"), "{address}");
}
