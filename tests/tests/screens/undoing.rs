//! Taking back what one wrote and writing on; letters that are still being composed.

use super::*;

#[test]
fn after_undo_the_caret_stands_where_the_words_were_and_writing_goes_on_there() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    stand_in(&mut amina, ALSO);
    let before = also(&amina);
    amina.key_press_modifiers(Modifiers::COMMAND, Key::End);
    amina.step();
    write(&mut amina, " By the sea.");
    until(&mut amina, "the words", |seat| also(seat) == format!("{before} By the sea."));
    amina.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until(&mut amina, "what was before", |seat| also(seat) == before);
    write(&mut amina, " In the wood.");
    until(&mut amina, "the words at the end", |seat| also(seat) == format!("{before} In the wood."));
}

#[test]
fn undo_takes_back_what_i_wrote_and_never_what_others_wrote() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        stand_in(seat, ALSO);
    }
    write(&mut amina, " Mine alone.");
    both(&mut amina, &mut hodan, |_, hodan| also(hodan).contains("Mine alone."));
    write(&mut hodan, " Hers.");
    both(&mut amina, &mut hodan, |amina, _| also(amina).contains("Hers."));
    amina.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    both(&mut amina, &mut hodan, |amina, hodan| {
        also(amina) == also(hodan) && also(amina).contains("Hers.") && !also(amina).contains("Mine")
    });
    amina.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    both(&mut amina, &mut hodan, |amina, hodan| also(amina) == also(hodan) && also(hodan).contains("Mine alone."));
}

#[test]
fn letters_that_are_still_being_composed_go_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    stand_in(&mut amina, ALSO);
    let before = also(&amina);
    for text in ["ㅎ", "하", "한"] {
        amina.event(Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None }));
        amina.step();
        assert_eq!(also(&amina), before, "{text} is not written yet");
    }
    amina.event(Event::Ime(ImeEvent::Commit("한".to_owned())));
    until(&mut amina, "the word", |seat| also(seat) == format!("{before}한"));
}
