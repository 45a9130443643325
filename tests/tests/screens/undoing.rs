//! Taking back what one wrote, and writing on: the caret stays where the words were.

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
    // In the middle as well.
    amina.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    amina.step();
    write(&mut amina, "Naïvely: ");
    until(&mut amina, "the words at the beginning", |seat| also(seat).starts_with("Naïvely: "));
    amina.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    until(&mut amina, "what was before", |seat| also(seat) == format!("{before} In the wood."));
    write(&mut amina, "So: ");
    until(&mut amina, "the words at the beginning", |seat| also(seat).starts_with("So: "));
}
