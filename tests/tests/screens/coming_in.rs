//! Coming in with a short code, and one more device of mine, through the screens.

use std::path::Path;

use alongside::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use node::ask;

use crate::{Window, both, knock, look_round, plan_of, press, seat, sees, until, write};

/// The code that a window shows, and where it can be reached without mDNS.
pub(crate) fn code(seat: &mut Window) -> String {
    let mut code = None;
    until(seat, "the code", |seat| {
        let told = seat.state_mut().room.told();
        code = told.into_iter().find_map(|told| match told {
            alongside::Told::Code(code) => Some(code),
            _ => None,
        });
        code.is_some()
    });
    let code = code.unwrap();
    until(seat, "the code on screen", |seat| sees(seat, &code));
    let at = seat.state().room.desk().node().call(ask::WhoAmI).unwrap().addresses;
    format!("{code}@{}", at[0])
}

/// Somebody at a new window types a code.
pub(crate) fn type_code(folder: &Path, name: &str, code: &str) -> Window {
    let mut seat = seat(folder);
    until(&mut seat, "the first screen", |seat| sees(seat, "Join"));
    seat.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    seat.step();
    write(&mut seat, name);
    press(&mut seat, "Join");
    until(&mut seat, "the field", |seat| sees(seat, "The code or the ticket"));
    seat.get_by_role_and_label(Role::TextInput, "The code or the ticket").focus();
    seat.step();
    write(&mut seat, code);
    press(&mut seat, "Knock");
    seat
}

#[test]
fn whoever_types_the_code_on_the_screen_is_in_without_comparing_words() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut amina = seat(one.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, "People");
    press(&mut amina, "Invite someone");
    press(&mut amina, "What will they be?: My main contact");
    until(&mut amina, "what seniority means", |seat| sees(seat, "only an owner can remove the first"));
    press(&mut amina, "What will they be?: Family");
    press(&mut amina, "Show a short code");
    let code = code(&mut amina);
    let mut hodan = type_code(two.path(), "Hodan", &code);
    // Her own 24 words come first; behind them lies the plan.
    both(&mut amina, &mut hodan, |amina, hodan| sees(amina, "Hodan") && sees(hodan, "I have written them down"));
    press(&mut hodan, "I have written them down");
    until(&mut hodan, "the plan", |seat| sees(seat, "About me"));
}

#[test]
fn my_other_device_is_added_from_my_page() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut phone = seat(one.path());
    look_round(&mut phone, "Amina");
    press(&mut phone, "My page");
    press(&mut phone, "Add another device of mine");
    let code = code(&mut phone);
    let mut laptop = type_code(two.path(), "Amina", &code);
    both(&mut phone, &mut laptop, |phone, laptop| {
        sees(phone, "Your other device is one of yours now") && sees(laptop, "About me")
    });
    let plans = laptop.state().room.desk().plans();
    assert_eq!(plans[0].me, phone.state().room.desk().plans()[0].me);
}

#[test]
fn who_knocks_and_is_sent_away_reads_so_in_one_sentence_and_is_on_no_list() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut sam) = (seat(one.path()), seat(two.path()));
    look_round(&mut amina, "Amina");
    knock(&mut amina, &mut sam, "Sam", None);
    until(&mut amina, "what that means for Sam", |seat| sees(seat, "They are told that they were not let in"));
    press(&mut amina, "Do not let Sam in");
    let sentence = "You were not let in. Talk to whoever invited you; they can make a new ticket";
    both(&mut amina, &mut sam, |amina, sam| !sees(amina, "Sam") && sees(sam, sentence));
    let plan = plan_of(&amina).unwrap();
    assert!(amina.state().room.desk().knocks(plan).is_empty(), "nobody waits any more");
    assert_eq!(amina.state().room.desk().people(plan).len(), 1, "and nobody is in");
    assert!(sam.state().room.desk().plans().is_empty());
    // The way in is there again, for another ticket.
    assert!(sam.query_by_role_and_label(Role::TextInput, "The code or the ticket").is_some() || sees(&sam, "Join"));
}
