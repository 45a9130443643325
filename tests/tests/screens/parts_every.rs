//! Every field of every part: filled in through its page, found again when the program was closed, and kept by two devices
//! that were apart. Nobody is told here which control a field has: it is found by the words that stand beside it.

use std::collections::BTreeSet;

use egui_kittest::Node;
use node::ask;
use plan::{Field, FieldKind};

use super::{
    devices,
    parts::{says, turn_to},
    parts_forms::{self, Form, GROUP, MINE, NOWHERE, PROFILE, RECORDS, SMALL, WISHES},
    *,
};

#[test]
fn every_field_has_a_place_where_it_is_filled_in_or_a_reason_why_not() {
    let mut placed: BTreeSet<String> = NOWHERE.iter().map(|(what, _)| (*what).to_owned()).collect();
    for form in parts_forms::all() {
        let place = form.list.map_or(form.part.to_owned(), |list| format!("{}.{list}", form.part));
        placed.extend(form.fields().iter().map(|field| format!("{place}.{}", field.code)));
        placed.extend(form.list.map(|_| place.clone()));
        for (list, fields) in form.rows_of() {
            placed.insert(format!("{place}.{}", list.code));
            placed.extend(fields.iter().map(|field| format!("{place}.{}.{}", list.code, field.code)));
        }
        let not = form.not.iter().map(|(left, _)| format!("{place}.{left}"));
        placed.extend(not.collect::<Vec<_>>());
    }
    let mut missing = Vec::new();
    for part in plan::parts().iter().filter(|part| !placed.contains(part.code)) {
        missing.extend(part.fields.iter().map(|field| format!("{}.{}", part.code, field.code)));
        for list in part.lists.iter().map(|list| (format!("{}.{}", part.code, list.code), list)) {
            let (place, list) = list;
            if NOWHERE.iter().any(|(what, _)| *what == place) {
                continue;
            }
            missing.push(place.clone());
            missing.extend(list.fields.iter().map(|field| format!("{place}.{}", field.code)));
            for inner in list.lists {
                missing.push(format!("{place}.{}", inner.code));
                missing.extend(inner.fields.iter().map(|field| format!("{place}.{}.{}", inner.code, field.code)));
            }
        }
    }
    missing.retain(|place| !placed.contains(place));
    assert!(missing.is_empty(), "no page is said to fill in {missing:?}");
}

#[test]
fn who_somebody_is_is_filled_in_and_found_again() {
    fill_in_close_and_find(PROFILE);
}

#[test]
fn wishes_and_needs_are_filled_in_and_found_again() {
    fill_in_close_and_find(WISHES);
}

#[test]
fn money_decisions_and_what_happened_are_filled_in_and_found_again() {
    fill_in_close_and_find(RECORDS);
}

#[test]
fn the_small_pages_are_filled_in_and_found_again() {
    fill_in_close_and_find(SMALL);
}

#[test]
fn a_group_s_page_is_filled_in_and_found_again() {
    fill_in_close_and_find(GROUP);
}

#[test]
fn what_stays_on_this_device_is_filled_in_and_found_again() {
    fill_in_close_and_find(MINE);
}

#[test]
fn who_somebody_is_is_kept_from_two_devices_that_were_apart() {
    fill_in_apart_and_find_both(PROFILE);
}

#[test]
fn wishes_and_needs_are_kept_from_two_devices_that_were_apart() {
    fill_in_apart_and_find_both(WISHES);
}

#[test]
fn money_decisions_and_what_happened_are_kept_from_two_devices_that_were_apart() {
    fill_in_apart_and_find_both(RECORDS);
}

#[test]
fn the_small_pages_are_kept_from_two_devices_that_were_apart() {
    fill_in_apart_and_find_both(SMALL);
}

#[test]
fn a_group_s_page_is_kept_from_two_devices_that_were_apart() {
    fill_in_apart_and_find_both(GROUP);
}

/// Which of two devices wrote something; what it writes differs from what the other writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    Phone,
    Laptop,
}

fn fill_in_close_and_find(forms: &[Form]) {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        for form in forms {
            begin(&mut amina, form);
            fill_in(&mut amina, form, Hand::Phone);
        }
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    open_it(&mut again);
    for form in forms {
        find(&mut again, form, Hand::Phone);
        finish(&mut again);
    }
}

fn fill_in_apart_and_find_both(forms: &[Form]) {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut phone = seat(homes[0].path());
    look_round(&mut phone, "Amina");
    for form in forms {
        begin(&mut phone, form);
    }
    let mut laptop = devices::add(&mut phone, homes[1].path(), "Amina");
    both(&mut phone, &mut laptop, |_, laptop| forms.iter().all(|form| is_in_rail(laptop, &page_of(form))));
    laptop.state().room.desk().node().call(ask::Offline).unwrap();
    for form in forms {
        for (seat, hand) in [(&mut phone, Hand::Phone), (&mut laptop, Hand::Laptop)] {
            turn_to(seat, &page_of(form));
            fill_in(seat, form, hand);
        }
    }
    assert!(!says(&phone, "Laptop"), "they were apart");
    laptop.state().room.desk().node().call(ask::Online).unwrap();
    for form in forms {
        for (place, hand) in [(0, Hand::Laptop), (1, Hand::Phone), (0, Hand::Phone), (1, Hand::Laptop)] {
            turn_to(&mut phone, &page_of(form));
            turn_to(&mut laptop, &page_of(form));
            if form.by_name {
                let change = change(form, hand);
                for words in form.again {
                    [&mut phone, &mut laptop].into_iter().for_each(|seat| press(seat, words));
                }
                both(&mut phone, &mut laptop, |phone, laptop| {
                    [phone, laptop][place].query_all_by_label_contains(&change).next().is_some()
                });
            }
            let seat = if place == 0 { &mut phone } else { &mut laptop };
            find(seat, form, hand);
            finish(seat);
        }
    }
}

/// The page a part is on: its own, but for what is apart on the cover.
fn page_of(form: &Form) -> String {
    let part = if form.part == "cover-details" { "cover" } else { form.part };
    words::label(plan::part(part).unwrap().label)
}

/// Opens the one plan there is, whatever it is called by now.
fn open_it(seat: &mut Window) {
    let is_so = |node: &Node<'_>| {
        let node = node.accesskit_node();
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Open "))
    };
    until(seat, "the plan", |seat| seat.root().children_recursive().any(|node| is_so(&node)));
    seat.root().children_recursive().find(is_so).unwrap().click_accesskit();
    seat.run_steps(2);
}

fn is_in_rail(seat: &Window, page: &str) -> bool {
    seat.query_all_by_role_and_label(Role::Button, page).next().is_some()
}

/// Turns to the form's page, and begins the part if the plan does not have it.
fn begin(seat: &mut Window, form: &Form) {
    let is_new = !is_in_rail(seat, &page_of(form));
    turn_to(seat, &page_of(form));
    match form.part {
        "sensitive" if is_new => {
            press(seat, "Is there something only some people should see?");
            fill(seat, "What it is called", "My body");
            press(seat, "Put it apart");
            press(seat, "Done");
        }
        "cover-details" => {
            press(seat, "Add my details");
            press(seat, "Done");
        }
        "carer" if is_new => press(seat, "Do you care for someone? Begin your own page"),
        "log" if is_new => {
            press(seat, "Write in the diary");
            press(seat, "Done");
        }
        _ => {}
    }
    // Notes to oneself are there from the first of them on.
    if form.part != "mine" {
        let page = page_of(form);
        until(seat, &page, |seat| is_in_rail(seat, &page));
    }
}

/// Fills in everything the form has, and is done with it.
fn fill_in(seat: &mut Window, form: &Form, hand: Hand) {
    for words in form.into {
        press(seat, words);
    }
    let mut left = form.fields();
    if let Some(first) = left.first() {
        until(seat, &words::label(first.label), |seat| shows(seat, first));
    }
    // What is asked may hang on what was answered.
    while !left.is_empty() {
        let missing: Vec<_> = left.iter().map(|field| words::label(field.label)).collect();
        until(seat, &format!("{}: {missing:?}", form.part), |seat| {
            unfold(seat);
            left.iter().any(|field| shows(seat, field) || is_nothing_to_name(field))
        });
        left.retain(|field| !fill_one(seat, form, field, hand));
    }
    for (list, fields) in form.rows_of() {
        // What was invited to is there at once.
        if !fields.first().is_some_and(|first| is_empty(seat, first)) {
            press(seat, &format!("Add to {}", words::label(list.label)));
        }
        if let Some(first) = fields.first() {
            until(seat, &words::label(first.label), |seat| shows(seat, first));
        }
        for field in fields {
            let filled = fill_one(seat, form, field, hand);
            assert!(filled, "{}: no row has {}: {}", form.part, words::label(field.label), heard(seat));
        }
    }
    finish(seat);
}

/// Opens what is seldom filled in.
fn unfold(seat: &mut Window) {
    for _ in 0..4 {
        if seat.query_all_by_label("More to fill in").next().is_none() {
            return;
        }
        press(seat, "More to fill in");
    }
}

/// Presses the last "Done" on the page, if there is one.
fn finish(seat: &mut Window) {
    let Some(done) = seat.root().children_recursive().filter(is_done).last() else { return };
    done.click_accesskit();
    seat.step();
    seat.step();
}

fn is_done(node: &Node<'_>) -> bool {
    let node = node.accesskit_node();
    let label = node.label().unwrap_or_default();
    node.role() == Role::Button && (label == "Done" || label.starts_with("Done with"))
}

/// Whether a control for this field is on the page.
fn shows(seat: &Window, field: &Field) -> bool {
    let label = words::label(field.label);
    let is_so = |role: Role, said: &str| match role {
        Role::TextInput | Role::MultilineTextInput => said == label,
        Role::RadioButton | Role::CheckBox => said.starts_with(&format!("{label}: ")),
        Role::Button => said.starts_with(&format!("Attach a file to {label}")),
        _ => false,
    };
    controls(seat).into_iter().any(|(role, said, _)| is_so(role, &said))
}

/// Whether a field is not there because nothing in the plan can be named in it yet.
fn is_nothing_to_name(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Ref(_) | FieldKind::Refs(_))
}

/// Whether a field of this name waits to be typed in, with nothing in it yet.
fn is_empty(seat: &Window, field: &Field) -> bool {
    let label = words::label(field.label);
    controls(seat)
        .iter()
        .rfind(|(role, said, _)| *role == Role::TextInput && *said == label)
        .is_some_and(|one| one.2.is_empty())
}

/// Fills in one field in the way of its kind. Whether it is there.
fn fill_one(seat: &mut Window, form: &Form, field: &Field, hand: Hand) -> bool {
    if !shows(seat, field) {
        return is_nothing_to_name(field);
    }
    let label = words::label(field.label);
    match field.kind {
        FieldKind::Choice(choices) => {
            for choice in choices {
                let words = format!("{label}: {}", words::label(&field.choice_label(choice)));
                assert!(seat.query_all_by_label(&words).next().is_some(), "{words}");
            }
            press_in(seat, &pressed(form, field, hand).unwrap());
        }
        FieldKind::Files => {}
        FieldKind::Ref(_) | FieldKind::Refs(_) => {
            let first = format!("{label}: ");
            let offered = controls(seat).into_iter().find(|(_, said, _)| said.starts_with(&first));
            press_in(seat, &offered.unwrap().1);
        }
        _ => match pressed(form, field, hand) {
            // Somebody may be in it from the beginning; pressed again they would not be any more.
            Some(words) => {
                if !says_in(seat, form, field, hand) {
                    press_in(seat, &words);
                }
            }
            None => write_in(seat, &label, &typed(field, hand)),
        },
    }
    true
}

/// The last control of this name on the card that is open, one with nothing in it before others: the same question may stand
/// in several rows, and below the card once more.
fn in_card<'t>(seat: &'t Window, words: &str) -> Node<'t> {
    let all: Vec<Node<'t>> = seat.root().children_recursive().collect();
    let end = all.iter().rposition(is_done).unwrap_or(all.len());
    let is_so = |node: &Node<'_>| {
        let role = node.accesskit_node().role();
        let fits = matches!(role, Role::TextInput | Role::MultilineTextInput | Role::RadioButton | Role::CheckBox);
        fits && node.accesskit_node().label().is_some_and(|label| label == words)
    };
    let is_empty = |node: &Node<'_>| is_so(node) && node.accesskit_node().value().is_some_and(|words| words.is_empty());
    let card = &all[..end];
    let found = card.iter().rposition(is_empty).or_else(|| card.iter().rposition(is_so));
    all[found.or_else(|| all.iter().rposition(is_so)).unwrap_or_else(|| panic!("nothing is called {words}"))]
}

fn press_in(seat: &mut Window, words: &str) {
    in_card(seat, words).click_accesskit();
    seat.step();
    seat.step();
}

fn write_in(seat: &mut Window, field: &str, words: &str) {
    in_card(seat, field).focus();
    seat.step();
    seat.key_press_modifiers(Modifiers::COMMAND, Key::A);
    seat.step();
    write(seat, words);
}

/// What is typed into a field of this kind.
fn typed(field: &Field, hand: Hand) -> String {
    let is_phone = hand == Hand::Phone;
    match field.kind {
        FieldKind::Date => (if is_phone { "1 March 2027" } else { "2 April 2027" }).to_owned(),
        FieldKind::Moment => (if is_phone { "3 October 2026 at 16:40" } else { "4 October 2026 at 19:30" }).to_owned(),
        FieldKind::Money => (if is_phone { "298.50" } else { "12.05" }).to_owned(),
        FieldKind::Quantity => (if is_phone { "13" } else { "1.5" }).to_owned(),
        FieldKind::Scale(..) => (if is_phone { "42" } else { "7" }).to_owned(),
        _ => format!("{hand:?} {}", field.label),
    }
}

/// What is pressed to fill it in; none if it is typed, or if there is nothing to press.
fn pressed(form: &Form, field: &Field, hand: Hand) -> Option<String> {
    let label = words::label(field.label);
    let is_last = hand == Hand::Laptop;
    let answer = match field.kind {
        FieldKind::Choice(_) => words::label(&field.choice_label(form.pick(field, is_last))),
        FieldKind::Choices(_) => words::label(&field.choice_label(form.pick(field, is_last))),
        FieldKind::Scale(low, high) if high - low <= 20 => (if is_last { high } else { low }).to_string(),
        FieldKind::YesNo => "Yes".to_owned(),
        FieldKind::Person | FieldKind::People => "Amina".to_owned(),
        _ => return None,
    };
    Some(format!("{label}: {answer}"))
}

/// Words that only the record's own "Change" has.
fn change(form: &Form, hand: Hand) -> String {
    let all = form.list().unwrap().fields;
    let named = all.iter().find(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text)).unwrap();
    typed(named, hand)
}

/// Comes back to the form and finds everything in it as it was filled in.
fn find(seat: &mut Window, form: &Form, hand: Hand) {
    turn_to(seat, &page_of(form));
    for words in form.again {
        press(seat, words);
    }
    if form.by_name {
        press_change(seat, &change(form, hand));
    }
    let fields: Vec<&Field> =
        form.fields().into_iter().chain(form.rows_of().into_iter().flat_map(|(_, fields)| fields)).collect();
    for field in fields {
        if matches!(field.kind, FieldKind::Ref(_) | FieldKind::Refs(_) | FieldKind::Files) {
            continue;
        }
        let what = format!("{}: {} by {hand:?}", form.part, field.code);
        until(seat, &what, |seat| {
            unfold(seat);
            says_in(seat, form, field, hand)
        });
    }
}

/// Whether a control of this field says what was filled in there. Where two devices answered apart, one of the answers stands
/// in the field, and the other beside it as something to press.
fn says_in(seat: &Window, form: &Form, field: &Field, hand: Hand) -> bool {
    let label = words::label(field.label);
    let (pressed, typed) = (pressed(form, field, hand), typed(field, hand));
    let answer = pressed.as_ref().map_or(typed.as_str(), |pressed| &pressed[label.len() + 2..]);
    controls(seat).into_iter().any(|(role, said, now)| match (role, &pressed) {
        (Role::Button, _) => said == answer && form.list.is_none(),
        (_, Some(pressed)) => said == *pressed && now == "true",
        (_, None) => said == label && now.contains(&typed),
    }) || form.list.is_none() && seat.query_all_by_label(&format!("Amina: {answer}")).next().is_some()
}

/// Every control on screen: what it is, what it is called, and what it says; of what is pressed, whether it is.
fn controls(seat: &Window) -> Vec<(Role, String, String)> {
    let one = |node: Node<'_>| {
        let node = node.accesskit_node();
        let now = match node.role() {
            Role::TextInput | Role::MultilineTextInput => node.value().unwrap_or_default(),
            Role::RadioButton | Role::CheckBox => (node.toggled() == Some(egui::accesskit::Toggled::True)).to_string(),
            Role::Button => String::new(),
            _ => return None,
        };
        Some((node.role(), node.label()?, now))
    };
    seat.root().children_recursive().filter_map(one).collect()
}

/// Presses the "Change" of a card, or of a row of a table, that has these words in its name.
fn press_change(seat: &mut Window, words: &str) {
    let is_so = |node: &Node<'_>| {
        let node = node.accesskit_node();
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Change: "))
    };
    until(seat, words, |seat| seat.query_all_by_label_contains(words).any(|node| is_so(&node)));
    seat.query_all_by_label_contains(words).rfind(is_so).unwrap().click_accesskit();
    seat.step();
    seat.step();
}
