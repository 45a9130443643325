//! The window as somebody meets it who hears it instead of seeing it: every control is found by its words.
//!
//! The desks are real, each with a home and a device of its own; they meet over libp2p on this computer.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

mod bad_values;
mod clipboard;
mod coming_in;
mod devices;
mod drawing;
mod find;
mod in_circle;
mod links;
mod newer;
mod parts;
mod parts_added;
mod parts_areas;
mod parts_begun;
mod parts_cover;
mod parts_every;
mod parts_files;
mod parts_forms;
mod parts_happened;
mod parts_money;
mod parts_needs;
mod parts_small;
mod parts_suggest;
mod parts_wants;
mod passphrase;
mod printing;
mod reading;
mod standing;
mod stopped;
mod undoing;

use std::{
    net::SocketAddr,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use alongside::{
    Desktop, Room, Settings, Wish,
    egui::{self, Event, ImeEvent, Key, Modifiers, accesskit::Role, vec2},
};
use desk::{Ask, Desk};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use seal::PlanId;

/// The longest anything here may take on a busy computer.
const LONGEST: Duration = Duration::from_secs(120);

#[test]
fn a_newcomer_says_a_name_looks_round_and_finds_the_sample_on_every_page() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    for (page, words) in [
        ("About me", "What is most important to me"),
        ("What I want", "“I want to swim once a week”"),
        ("Who will do what", "Ask the pool about a quiet hour"),
        ("People", "Amina (you)"),
        ("History", "Who wrote where"),
    ] {
        press(&mut amina, page);
        until(&mut amina, words, |seat| sees(seat, words));
    }
}

#[test]
fn nothing_happens_without_a_name_and_the_screen_says_why() {
    let home = tempfile::tempdir().unwrap();
    let mut somebody = seat(home.path());
    press(&mut somebody, "Look round");
    until(&mut somebody, "the reason", |seat| sees(seat, "First say what people"));
    assert!(somebody.state().room.desk().plans().is_empty());
}

#[test]
fn the_keyboard_alone_starts_a_plan() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    amina.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    amina.step();
    write(&mut amina, "Amina");
    tab_to(&mut amina, "Start");
    amina.key_press(Key::Enter);
    until(&mut amina, "the title field", |seat| sees(seat, "What is the plan called?"));
    tab_to(&mut amina, "Start");
    amina.key_press(Key::Enter);
    until(&mut amina, "the sheet", |seat| sees(seat, "I have written them down"));
    tab_to(&mut amina, "I have written them down");
    amina.key_press(Key::Enter);
    until(&mut amina, "the plan", |seat| sees(seat, ", Amina"));
    assert_eq!(amina.state().room.desk().plans().len(), 1);
}

#[test]
fn a_goal_is_added_filled_in_and_found_again_after_reopening() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        press(&mut amina, "What I want");
        press(&mut amina, "Add");
        let words = "What I want, in my own words";
        until(&mut amina, "the empty goal", |seat| {
            seat.query_by_role_and_label(Role::MultilineTextInput, words).is_some_and(|field| field.is_focused())
        });
        write(&mut amina, "I want a garden, naïve 👩‍👩‍👧 한글 עברית");
        press(&mut amina, "How it stands: Not yet");
        press(&mut amina, "How important it is, of 10: 8");
        press(&mut amina, "Done");
        until(&mut amina, "the card", |seat| sees(seat, "“I want a garden, naïve"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, "What I want");
    let card = "“I want a garden, naïve 👩‍👩‍👧 한글 עברית”";
    until(&mut again, card, |seat| sees(seat, card));
}

#[test]
fn two_people_write_in_one_text_and_both_keep_every_word() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        stand_in(seat, ALSO);
        seat.key_press_modifiers(Modifiers::COMMAND, Key::Home);
        seat.step();
    }
    for letters in ["naïve ", "👩‍👩‍👧 ", "mine "] {
        write(&mut amina, letters);
        write(&mut hodan, "hers ");
        hodan.step();
    }
    both(&mut amina, &mut hodan, |amina, hodan| {
        let (a, b) = (also(amina), also(hodan));
        a == b && a.matches("hers ").count() == 3 && a.contains("mine ") && a.contains("naïve ")
    });
    // My window is not in front for a while; others write before my caret.
    amina.input_mut().focused = false;
    amina.step();
    hodan.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    hodan.step();
    write(&mut hodan, "first ");
    both(&mut amina, &mut hodan, |amina, _| also(amina).contains("first "));
    amina.step();
    amina.input_mut().focused = true;
    amina.step();
    // The caret stayed with my letters: what I type next follows what I typed last.
    write(&mut amina, "AFTER");
    both(&mut amina, &mut hodan, |amina, hodan| also(amina) == also(hodan) && also(hodan).contains("mine AFTER"));
    until(&mut amina, "Hodan's face", |seat| sees(seat, "Hodan"));
}

#[test]
fn rows_arriving_above_do_not_move_the_text_i_write_in() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    amina.set_size(vec2(1280.0, 620.0));
    stand_in(&mut amina, ALSO);
    amina.get_by_role_and_label(Role::MultilineTextInput, ALSO).scroll_to_me();
    amina.run_steps(4);
    let stands = |seat: &Window| seat.get_by_role_and_label(Role::MultilineTextInput, ALSO).rect().top();
    let before = stands(&amina);
    stand_in(&mut hodan, "What is most important to me");
    write(&mut hodan, "\nOne more.\nAnd one more.\nAnd another.\n");
    let field = "about-me.important".parse().unwrap();
    both(&mut amina, &mut hodan, |amina, _| {
        let plan = plan_of(amina).unwrap();
        amina.state().room.desk().document(plan, "about-me").unwrap().text(field).contains("And another.")
    });
    amina.run_steps(4);
    let after = stands(&amina);
    assert!((before - after).abs() < 1.0, "it stood at {before} and stands at {after}");
    assert!(before < 620.0, "it is on screen at all");
}

#[test]
fn a_narrow_window_has_one_column_and_a_way_to_every_page() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    amina.set_size(vec2(480.0, 760.0));
    until(&mut amina, "the way to all pages", |seat| sees(seat, "All pages"));
    press(&mut amina, "All pages");
    press(&mut amina, "People");
    until(&mut amina, "the page", |seat| sees(seat, "Amina (you)"));
    amina.set_size(vec2(1280.0, 800.0));
    until(&mut amina, "the rail", |seat| seat.query_by_label("All pages").is_none());
}

#[test]
fn the_24_words_are_shown_once_and_bring_me_back_on_another_device() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut amina = seat(homes[0].path());
    until(&mut amina, "the first screen", |seat| sees(seat, "Join"));
    amina.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    amina.step();
    write(&mut amina, "Amina");
    press(&mut amina, "Start");
    until(&mut amina, "the title", |seat| sees(seat, "What is the plan called?"));
    press(&mut amina, "Start");
    until(&mut amina, "the sheet", |seat| sees(seat, "I have written them down"));
    let words: Vec<String> = (1..=24).map(|number| word(&amina, number)).collect();
    press(&mut amina, "I have written them down");
    press(&mut amina, "My page");
    until(&mut amina, "my page", |seat| sees(seat, "Make a new sheet …"));
    assert!(sees(&amina, "You said that you have written down the 24 words"));
    assert!(!sees(&amina, &format!("1. {}", words[0])), "they are gone");

    let mut back = seat(homes[1].path());
    until(&mut back, "the first screen", |seat| sees(seat, "I have my 24 words"));
    press(&mut back, "I have my 24 words");
    back.get_by_role_and_label(Role::MultilineTextInput, "Your 24 words, in their order").focus();
    back.step();
    write(&mut back, &words.join(" "));
    let node = amina.state().room.desk().node();
    let at = node.call(node::ask::WhoAmI).unwrap().addresses.remove(0);
    back.get_by_role_and_label(Role::TextInput, "Where one of their devices is, if it is not on this network").focus();
    back.step();
    write(&mut back, &at);
    press(&mut back, "Bring me back");
    both(&mut amina, &mut back, |_, back| sees(back, "You are back") && sees(back, "I have lost the first device"));
    press(&mut back, "I have lost the first device");
    let devices = |seat: &Window| {
        let desk = seat.state().room.desk();
        let (plan, me) = (plan_of(seat).unwrap(), desk.people(plan_of(seat).unwrap()).remove(0).id);
        desk.devices(plan, me).len()
    };
    both(&mut amina, &mut back, |_, back| devices(back) == 1);
    press(&mut back, "Go on");
    both(&mut amina, &mut back, |_, back| sees(back, "About me"));
}

/// A word of the sheet that is shown.
fn word<S>(seat: &Harness<'static, S>, number: usize) -> String {
    let label = seat.get_all_by_role(Role::Label).filter_map(|node| node.value());
    let mut found = label.filter_map(|label| label.strip_prefix(&format!("{number}. ")).map(str::to_owned));
    found.next().unwrap_or_else(|| panic!("no word {number}"))
}

/// One window without a screen.
struct Seat {
    room: Room,
    dressed: bool,
}

type Window = Harness<'static, Seat>;

fn seat(home: &Path) -> Window {
    seat_at(home, Desktop::without_wish())
}

/// The same, on this desktop.
fn seat_at(home: &Path, desktop: Desktop) -> Window {
    let program = Path::new(env!("CARGO_BIN_EXE_window"));
    // A home that is there already stays as it is.
    let _ = node::create(home, &node::Unlock::KeyFile, program);
    let mut settings = node::Settings::new(home.to_owned(), node::Unlock::KeyFile, program.to_owned());
    settings.listen = vec![node::Listen::at(SocketAddr::from(([127, 0, 0, 1], 0)))];
    settings.mdns = false;
    let desk = Desk::open_for_all(settings).unwrap();
    let room = Room::new(desk, Settings::default(), desktop, None);
    let draw = |ui: &mut egui::Ui, seat: &mut Seat| {
        // Fonts are there from the frame after the one in which they are given.
        if !seat.dressed {
            alongside::install_fonts(ui.ctx());
            seat.dressed = true;
            return ui.ctx().request_repaint();
        }
        seat.room.hear(ui.ctx());
        seat.room.ui(ui);
    };
    let builder = Harness::builder().with_size(vec2(1280.0, 1600.0)).with_max_steps(64);
    builder.build_ui_state(draw, Seat { room, dressed: false })
}

/// Begins a part that the plan does not have yet; of the log the quarter that is now.
fn begin(seat: &mut Window, part: &'static str) {
    let plan = plan_of(seat).unwrap();
    let ctx = seat.ctx.clone();
    let today: plan::Date = words::written_day(desk::now().0).parse().unwrap();
    let quarter = format!("{}-{}", today.year(), (today.month() - 1) / 3 + 1);
    let ask = Ask::OpenPart { plan, part: part.to_owned(), called: (part == "log").then_some(quarter) };
    seat.state_mut().room.carry_out(&ctx, Wish::Do(ask));
    until(seat, part, |seat| seat.state().room.desk().document(plan, part).is_some());
}

/// Types the name and looks round: the sample plan is open afterwards.
fn look_round<S>(seat: &mut Harness<'static, S>, name: &str) {
    until(seat, "the first screen", |seat| {
        seat.query_by_role_and_label(Role::TextInput, "What should people call you?").is_some()
    });
    seat.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    seat.step();
    write(seat, name);
    press(seat, "Look round");
    press(seat, "Amina’s plan, on its first day");
    until(seat, "the front page", |seat| sees(seat, &format!(", {name}")));
}

/// Two people in the sample plan, met through the screens: ticket, knock, four words.
fn together(one: &Path, two: &Path) -> (Window, Window) {
    let (mut amina, mut hodan) = (seat(one), seat(two));
    look_round(&mut amina, "Amina");
    let_in(&mut amina, &mut hodan, "Hodan", None);
    both(&mut amina, &mut hodan, |_, hodan| plan_of(hodan).is_some_and(|plan| document_is_open(hodan, plan)));
    (amina, hodan)
}

/// Lets somebody in through the screens of both: ticket, knock, four words.
fn let_in(host: &mut Window, guest: &mut Window, name: &str, role: Option<&str>) {
    let words = knock(host, guest, name, role);
    let field = &format!("The four words {name} reads out");
    host.get_by_role_and_label(Role::TextInput, field).focus();
    host.step();
    write(host, &words);
    press(host, &format!("Let {name} in"));
    both(host, guest, |host, guest| sees(host, name) && sees(guest, "I have written them down"));
    press(guest, "I have written them down");
    both(host, guest, |_, guest| sees(guest, "About me"));
}

/// Somebody comes with a ticket of the host's and knocks: the words they read out.
fn knock(host: &mut Window, guest: &mut Window, name: &str, role: Option<&str>) -> String {
    press(host, "People");
    press(host, "Invite someone");
    if let Some(role) = role {
        press(host, &format!("What will they be?: {role}"));
    }
    press(host, "Make a ticket");
    until(host, "the ticket", |seat| sees(seat, "Copy the ticket"));
    let ticket = host.get_by_role(Role::MultilineTextInput).value().unwrap();

    until(guest, "the first screen", |seat| sees(seat, "Join"));
    guest.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    guest.step();
    write(guest, name);
    press(guest, "Join");
    until(guest, "the ticket field", |seat| sees(seat, "The code or the ticket"));
    guest.get_by_role_and_label(Role::TextInput, "The code or the ticket").focus();
    guest.step();
    write(guest, &ticket);
    press(guest, "Knock");
    let mut words = None;
    both(host, guest, |host, guest| {
        for told in guest.state_mut().room.told() {
            if let alongside::Told::Words(said) = told {
                words = Some(said);
            }
        }
        words.is_some() && sees(host, &format!("Let {name} in"))
    });
    words.unwrap()
}

fn plan_of(seat: &Window) -> Option<PlanId> {
    seat.state().room.desk().plans().first().map(|card| card.id)
}

fn document_is_open(seat: &Window, plan: PlanId) -> bool {
    let desk = seat.state().room.desk();
    desk.document(plan, "about-me").is_some() && desk.access(plan, "about-me") == circle::Access::Edit && {
        let field = "about-me.important".parse().unwrap();
        desk.document(plan, "about-me").is_some_and(|document| !document.text(field).is_empty())
    }
}

/// The text that these tests write in, as this device's document says it.
fn also(seat: &Window) -> String {
    let desk = seat.state().room.desk();
    let plan = plan_of(seat).unwrap();
    desk.document(plan, "about-me").unwrap().text("about-me.also".parse().unwrap())
}

/// The text these tests write in.
const ALSO: &str = "Also worth knowing about me";

/// Turns to About me and gives one of its texts the keyboard.
fn stand_in(seat: &mut Window, field: &str) {
    press(seat, "About me");
    until(seat, field, |seat| seat.query_by_role_and_label(Role::MultilineTextInput, field).is_some());
    seat.get_by_role_and_label(Role::MultilineTextInput, field).focus();
    seat.step();
}

/// Types letters where the keyboard is.
fn write<S>(seat: &mut Harness<'static, S>, words: &str) {
    seat.event(Event::Text(words.to_owned()));
    seat.step();
    seat.step();
}

/// Types into the one line that is called so, in place of what was there.
fn fill<S>(seat: &mut Harness<'static, S>, field: &str, words: &str) {
    let roles = [Role::TextInput, Role::PasswordInput, Role::MultilineTextInput];
    let role = |seat: &mut Harness<'static, S>| {
        roles.into_iter().find(|role| seat.query_by_role_and_label(*role, field).is_some())
    };
    until(seat, field, |seat| role(seat).is_some());
    let role = role(seat).unwrap();
    seat.get_by_role_and_label(role, field).focus();
    seat.step();
    seat.key_press_modifiers(Modifiers::COMMAND, Key::A);
    seat.step();
    write(seat, words);
}

/// Presses what is called so: the last such button, tab or choice on screen.
fn press<S>(seat: &mut Harness<'static, S>, words: &str) {
    let pressed = |node: &egui_kittest::Node<'_>| {
        matches!(node.accesskit_node().role(), Role::Button | Role::RadioButton | Role::CheckBox)
    };
    // Nobody presses what is still on its way to its place.
    let mut at = None;
    until(seat, words, |seat| {
        let now = seat.query_all_by_label(words).rfind(pressed).map(|node| node.rect());
        std::mem::replace(&mut at, now) == now && now.is_some()
    });
    let node = seat.query_all_by_label(words).rfind(pressed).unwrap();
    node.click_accesskit();
    seat.step();
    seat.step();
}

/// Tab until the button of this name has the keyboard.
fn tab_to(seat: &mut Window, words: &str) {
    for _ in 0..40 {
        seat.key_press(Key::Tab);
        seat.step();
        if seat.query_all_by_role_and_label(Role::Button, words).any(|node| node.is_focused()) {
            return;
        }
    }
    panic!("Tab never came to {words}");
}

/// Goes on until something is so.
fn until<S>(seat: &mut Harness<'static, S>, what: &str, mut so: impl FnMut(&mut Harness<'static, S>) -> bool) {
    let end = Instant::now() + LONGEST;
    loop {
        seat.step();
        if so(seat) {
            return;
        }
        assert!(Instant::now() < end, "never saw {what}: {}", heard(seat));
        thread::sleep(Duration::from_millis(10));
    }
}

/// The same for two windows at once.
fn both(one: &mut Window, other: &mut Window, mut so: impl FnMut(&mut Window, &mut Window) -> bool) {
    let end = Instant::now() + LONGEST;
    loop {
        one.step();
        other.step();
        if so(one, other) {
            return;
        }
        assert!(Instant::now() < end, "the two windows never came to agree: {} || {}", heard(one), heard(other));
        thread::sleep(Duration::from_millis(10));
    }
}

/// Whether something on screen says this.
fn sees<S>(seat: &Harness<'static, S>, words: &str) -> bool {
    seat.query_all_by_label_contains(words).next().is_some()
}

/// What somebody hears who goes through the whole screen.
fn heard<S>(seat: &Harness<'static, S>) -> String {
    let words = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        Some(format!("{:?} {}", node.role(), node.label().or_else(|| node.value())?))
    };
    seat.root().children_recursive().filter_map(words).collect::<Vec<_>>().join(" | ")
}
