//! What opens a device: its passphrase in the settings, locking, and what brings in whoever forgot it.

use std::path::{Path, PathBuf};

use alongside::{Opening, Window as Life};

use super::*;

/// A whole window, from a home that is closed to one that is locked again.
pub(crate) struct Whole {
    home: PathBuf,
    keyring: Option<node::Keyring>,
    pub(crate) life: Option<Life>,
}

pub(crate) fn whole(home: &Path) -> Harness<'static, Whole> {
    whole_with(home, None)
}

/// The same on a computer that has a keyring.
fn whole_with(home: &Path, keyring: Option<node::Keyring>) -> Harness<'static, Whole> {
    let draw = |ui: &mut egui::Ui, whole: &mut Whole| {
        let Some(life) = &mut whole.life else {
            let opening = Opening {
                home: whole.home.clone(),
                program: env!("CARGO_BIN_EXE_window").into(),
                listen: vec![node::Listen::at(SocketAddr::from(([127, 0, 0, 1], 0)))],
                mdns: false,
                page: None,
                look: None,
                zoom: None,
                demo: None,
                keyring: whole.keyring.clone(),
            };
            // Fonts are there from the frame after the one in which they are given.
            whole.life = Some(Life::new(ui.ctx(), opening));
            return ui.ctx().request_repaint();
        };
        life.hear(ui.ctx());
        life.draw(ui);
    };
    // A step is a sixtieth of a second here: the window that waits for a busy computer must not lock meanwhile.
    let builder = Harness::builder().with_size(vec2(1280.0, 1600.0)).with_max_steps(64).with_step_dt(1.0 / 60.0);
    builder.build_ui_state(draw, Whole { home: home.to_owned(), keyring, life: None })
}

pub(crate) const LOCKED: &str = "Locked. Nothing of your plans is on this screen";

/// Chooses a passphrase; the settings are open.
pub(crate) fn choose(window: &mut Harness<'static, Whole>, words: &str) {
    press(window, "Set a passphrase …");
    fill(window, "The new passphrase", words);
    fill(window, "The same once more", words);
    press(window, "Set this passphrase");
    until(window, "that it is set", |window| sees(window, "This device opens with your passphrase"));
}

#[test]
fn a_passphrase_is_set_changed_and_taken_away_and_a_wrong_one_opens_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = whole(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, "Settings");
    press(&mut amina, "Set a passphrase …");
    until(&mut amina, "the keyboard in the first field", |seat| {
        let field = seat.query_by_role_and_label(Role::PasswordInput, "The new passphrase");
        field.is_some_and(|field| field.is_focused())
    });
    fill(&mut amina, "The new passphrase", "blue door");
    fill(&mut amina, "The same once more", "blue doors");
    press(&mut amina, "Set this passphrase");
    until(&mut amina, "why not", |seat| sees(seat, "The two are not the same"));
    // What was wrong is not said any longer once it is typed anew, and Enter is as good as the button.
    fill(&mut amina, "The same once more", "blue door");
    until(&mut amina, "nothing said", |seat| !sees(seat, "The two are not the same"));
    amina.key_press(Key::Enter);
    until(&mut amina, "that it is set", |seat| sees(seat, "This device opens with your passphrase"));
    until(&mut amina, "the same in a word", |seat| sees(seat, "Set. From now on this device asks for it"));
    // Where the program knows no keyring, it offers none.
    assert!(!sees(&amina, SPARED));

    press(&mut amina, "Lock now");
    until(&mut amina, "the lock", |seat| sees(seat, LOCKED));
    assert!(!sees(&amina, "Amina") && !sees(&amina, "swim"), "nothing of the plan is left: {}", heard(&amina));
    fill(&mut amina, "Passphrase of this device", "red door");
    press(&mut amina, "Open");
    until(&mut amina, "why not", |seat| sees(seat, "That is not the passphrase of this device"));
    fill(&mut amina, "Passphrase of this device", "blue door");
    press(&mut amina, "Open");
    press(&mut amina, "Open Amina's plan");

    press(&mut amina, "Settings");
    press(&mut amina, "Change it …");
    fill(&mut amina, "The passphrase until now", "red door");
    fill(&mut amina, "The new passphrase", "green gate");
    fill(&mut amina, "The same once more", "green gate");
    press(&mut amina, "From now on, this one");
    until(&mut amina, "why not", |seat| sees(seat, "That is not the passphrase of this device"));
    fill(&mut amina, "The passphrase until now", "blue door");
    press(&mut amina, "From now on, this one");
    until(&mut amina, "that it is changed", |seat| sees(seat, "Changed"));
    drop(amina);

    let mut again = whole(home.path());
    let stands_there = |seat: &Harness<'static, Whole>| {
        let field = seat.query_by_role_and_label(Role::PasswordInput, "Passphrase of this device");
        field.is_some_and(|field| field.is_focused())
    };
    until(&mut again, "the field, ready to be typed in", |seat| stands_there(seat));
    write(&mut again, "blue door");
    again.key_press(Key::Enter);
    until(&mut again, "the old one opens nothing", |seat| sees(seat, "That is not the passphrase of this device"));
    fill(&mut again, "Passphrase of this device", "green gate");
    press(&mut again, "Open");
    press(&mut again, "Open Amina's plan");
    press(&mut again, "Settings");
    press(&mut again, "Take it away …");
    fill(&mut again, "The passphrase until now", "green gate");
    press(&mut again, "Take it away");
    until(&mut again, "that it is gone", |seat| sees(seat, "Whoever can use this computer in your name"));
    drop(again);

    let mut open = whole(home.path());
    until(&mut open, "the plan", |seat| sees(seat, "Open Amina's plan"));
}

#[test]
fn where_there_is_a_keyring_it_opens_the_home_as_long_as_its_holder_wants_that() {
    let home = tempfile::tempdir().unwrap();
    let keyring = node::Keyring::of(keyring_core::mock::Store::new().unwrap());
    let again = || whole_with(home.path(), Some(keyring.clone()));
    let mut amina = again();
    look_round(&mut amina, "Amina");
    press(&mut amina, "Settings");
    until(&mut amina, "the settings", |seat| sees(seat, "Set a passphrase …"));
    assert!(!sees(&amina, SPARED), "there is no passphrase to be spared");
    choose(&mut amina, "blue door");
    let chosen = |answer: &str| format!("{SPARED}: {answer}");
    let stands = |seat: &Harness<'static, Whole>, answer: &str| {
        let called = chosen(answer);
        let radio = seat.query_by_role_and_label(Role::RadioButton, &called);
        radio.is_some_and(|radio| radio.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True))
    };
    until(&mut amina, "that it is off", |seat| stands(seat, "No"));
    press(&mut amina, &chosen("Yes"));
    until(&mut amina, "that it is on", |seat| stands(seat, "Yes"));
    drop(amina);

    let mut amina = again();
    press(&mut amina, "Open Amina's plan");
    // Somewhere else, or without the keyring, the passphrase is asked for as before.
    drop(amina);
    let mut elsewhere = whole(home.path());
    fill(&mut elsewhere, "Passphrase of this device", "blue door");
    drop(elsewhere);

    let mut amina = again();
    press(&mut amina, "Settings");
    press(&mut amina, &chosen("No"));
    until(&mut amina, "that it is off", |seat| stands(seat, "No"));
    drop(amina);
    let mut amina = again();
    fill(&mut amina, "Passphrase of this device", "blue door");
    press(&mut amina, "Open");
    press(&mut amina, "Open Amina's plan");
}

#[test]
fn a_window_left_alone_locks_and_the_recovery_words_open_it() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = whole(home.path());
    until(&mut amina, "the first screen", |seat| sees(seat, "Join"));
    fill(&mut amina, "What should people call you?", "Amina");
    press(&mut amina, "Start");
    until(&mut amina, "the title", |seat| sees(seat, "What is the plan called?"));
    press(&mut amina, "Start");
    until(&mut amina, "the sheet", |seat| sees(seat, "I have written them down"));
    let words: Vec<String> = (1..=24).map(|number| word(&amina, number)).collect();
    press(&mut amina, "I have written them down");
    press(&mut amina, "Settings");
    choose(&mut amina, "blue door");
    press(&mut amina, "Lock when nobody does anything for: 5 minutes");
    let later = |seat: &mut Harness<'static, Whole>, minutes: f64| {
        let now = seat.ctx.input(|input| input.time);
        seat.input_mut().time = Some(now + minutes * 60.0);
        seat.run_steps(3);
    };
    later(&mut amina, 4.0);
    assert!(!sees(&amina, LOCKED));
    press(&mut amina, "Back");
    press(&mut amina, "About me");
    later(&mut amina, 4.0);
    assert!(!sees(&amina, LOCKED), "somebody was there a moment ago");
    later(&mut amina, 2.0);
    until(&mut amina, "the lock", |seat| sees(seat, LOCKED));

    // All of it can be reached in a small window.
    amina.set_size(egui::vec2(400.0, 300.0));
    press(&mut amina, "I have forgotten it");
    let set = "Set it and open";
    until(&mut amina, set, |seat| sees(seat, set));
    amina.get_by_label(set).scroll_to_me();
    until(&mut amina, "the last button", |seat| seat.get_by_label(set).rect().bottom() <= 300.0);
    let mut wrong = words.clone();
    wrong.swap(0, 1);
    fill(&mut amina, "Your 24 words, in their order", &wrong.join(" "));
    fill(&mut amina, "The new passphrase", "green gate");
    fill(&mut amina, "The same once more", "green gate");
    press(&mut amina, "Set it and open");
    until(&mut amina, "why not", |seat| sees(seat, "Nothing was changed"));
    assert!(!sees(&amina, "About me"));
    amina.set_size(egui::vec2(1240.0, 740.0));
    fill(&mut amina, "Your 24 words, in their order", &words.join(" "));
    fill(&mut amina, "The new passphrase", "green gate");
    fill(&mut amina, "The same once more", "green gate");
    press(&mut amina, "Set it and open");
    until(&mut amina, "my plans", |seat| sees(seat, "Open "));
    drop(amina);

    let mut again = whole(home.path());
    fill(&mut again, "Passphrase of this device", "green gate");
    press(&mut again, "Open");
    until(&mut again, "my plans", |seat| sees(seat, "Start a plan"));
}

#[test]
fn a_device_that_was_linked_is_told_the_sheet_once_and_opens_by_it_when_its_passphrase_is_forgotten() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut phone = seat(homes[0].path());
    until(&mut phone, "the first screen", |seat| sees(seat, "Join"));
    fill(&mut phone, "What should people call you?", "Amina");
    press(&mut phone, "Start");
    until(&mut phone, "the title", |seat| sees(seat, "What is the plan called?"));
    press(&mut phone, "Start");
    until(&mut phone, "the sheet", |seat| sees(seat, "I have written them down"));
    let words: Vec<String> = (1..=24).map(|number| word(&phone, number)).collect();
    press(&mut phone, "I have written them down");
    let mut laptop = devices::add(&mut phone, homes[1].path(), "Amina");

    press(&mut laptop, "My page");
    press(&mut laptop, "Use my sheet on this device …");
    fill(&mut laptop, FIELD, &words[..23].join(" "));
    press(&mut laptop, "Let these words open this device");
    until(&mut laptop, "why not", |seat| sees(seat, "There are 23 words here"));
    assert!(parts::says(&laptop, &words[..23].join(" ")), "what was typed is there to be mended");
    fill(&mut laptop, FIELD, &words.join(" "));
    press(&mut laptop, "Let these words open this device");
    both(&mut phone, &mut laptop, |_, laptop| {
        sees(laptop, "You said that you have written down the 24 words") && !sees(laptop, "Let these words open")
    });
    laptop.into_state().room.close();

    let mut laptop = whole(homes[1].path());
    press(&mut laptop, "Settings");
    choose(&mut laptop, "blue door");
    press(&mut laptop, "Lock now");
    press(&mut laptop, "I have forgotten it");
    fill(&mut laptop, FIELD, &words.join(" "));
    fill(&mut laptop, "The new passphrase", "green gate");
    fill(&mut laptop, "The same once more", "green gate");
    press(&mut laptop, "Set it and open");
    until(&mut laptop, "my plans", |seat| sees(seat, "Open "));
}

/// What the choice is called that spares the passphrase.
const SPARED: &str = "Open without the passphrase on this computer";

/// Where the words of a sheet are typed.
const FIELD: &str = "Your 24 words, in their order";
