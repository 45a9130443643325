//! Finding words again, wherever in whatever plan they are.

use super::*;

const FIELD: &str = "Words to look for";

#[test]
fn words_are_found_in_two_plans_and_a_press_opens_the_card_they_are_in() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    write_goal(&mut amina, "I want to grow tulips");
    start_another(&mut amina);
    write_goal(&mut amina, "Sell the TULIPS, naïvely");

    amina.key_press_modifiers(Modifiers::COMMAND, Key::F);
    until(&mut amina, "the field", |seat| {
        seat.query_by_role_and_label(Role::TextInput, FIELD).is_some_and(|field| field.is_focused())
    });
    assert!(sees(&amina, "Write a word, and you see every place"));
    write(&mut amina, "tulíps");
    for words in ["Amina's plan", "The garden", "I want to grow tulips", "Sell the TULIPS, naïvely"] {
        until(&mut amina, words, |seat| sees(seat, words));
    }
    fill(&mut amina, FIELD, "naive tulips");
    until(&mut amina, "only the other", |seat| !sees(seat, "I want to grow tulips"));
    press(&mut amina, "Sell the TULIPS, naïvely");
    let card = "What I want, in my own words";
    until(&mut amina, "the open card", |seat| {
        let field = seat.query_by_role_and_label(Role::MultilineTextInput, card);
        field.is_some_and(|field| field.is_focused() && field.value().is_some_and(|words| words.contains("TULIPS")))
    });
    press(&mut amina, "Done");
    press(&mut amina, "Find");
    until(&mut amina, "what was looked for last", |seat| sees(seat, "Sell the TULIPS, naïvely"));
    write(&mut amina, "zeppelin");
    for words in ["“zeppelin” is nowhere in ", "Amina's plan", "The garden", "Parts that are not shared with you"] {
        until(&mut amina, words, |seat| sees(seat, words));
    }
    amina.key_press(Key::Escape);
    amina.step();
    amina.key_press(Key::Escape);
    until(&mut amina, "the page I came from", |seat| sees(seat, "Sell the TULIPS") && !sees(seat, "zeppelin"));
}

fn write_goal(seat: &mut Window, words: &str) {
    press(seat, "What I want");
    press(seat, "Add");
    let field = "What I want, in my own words";
    until(seat, "the empty goal", |seat| {
        seat.query_by_role_and_label(Role::MultilineTextInput, field).is_some_and(|field| field.is_focused())
    });
    write(seat, words);
    press(seat, "Done");
    until(seat, words, |seat| sees(seat, words));
}

/// A second plan, beside the one that is there.
fn start_another(seat: &mut Window) {
    press(seat, "My plans");
    press(seat, "Start");
    fill(seat, "What is the plan called?", "The garden");
    press(seat, "Start");
    until(seat, "the sheet", |seat| sees(seat, "I have written them down"));
    press(seat, "I have written them down");
    until(seat, "the plan", |seat| sees(seat, ", Amina"));
}
