//! The circle on screen: who sees what, who goes, and what both sides read of it.

use egui_kittest::kittest::Queryable as _;

use super::*;

#[test]
fn a_cell_of_the_table_is_changed_with_a_reason_and_the_other_reads_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, "Who sees what");
    until(&mut amina, "the table", |seat| sees(seat, "Everyone in the circle"));
    press(&mut amina, "Cover, Hodan: offers words");
    until(&mut amina, "the form", |seat| sees(seat, "Cover and Hodan"));
    press(&mut amina, "From now on: Writes");
    until(&mut amina, "what it means", |seat| sees(seat, "Hodan gets a copy of Cover and keeps it"));
    fill(&mut amina, "Why", "she knows how I want to be called");
    press(&mut amina, "I said yes");
    fill(&mut amina, "Until which day", "2019-01-01");
    press(&mut amina, "Sign it");
    until(&mut amina, "why not", |seat| sees(seat, "That day is over"));
    press(&mut amina, "No end");
    press(&mut amina, "Sign it");
    let sentence = "write in “Cover”, because: she knows how I want to be called (I said yes)";
    until(&mut amina, "the sentence", |seat| sees(seat, sentence));
    until(&mut amina, "the cell", |seat| sees(seat, "Cover, Hodan: writes"));
    press(&mut hodan, "Who sees what");
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, sentence) && sees(hodan, "Amina let you write in “Cover”"));
    // She sees the same table, and can change nothing in it.
    assert!(sees(&hodan, "Cover, Hodan (you): writes") && sees(&hodan, "Only those who decide about the plan"));
    assert!(hodan.query_by_role_and_label(Role::Button, "Cover, Hodan (you): writes").is_none());
}

#[test]
fn whoever_is_removed_is_told_and_reads_on_and_escape_only_puts_the_question_away() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, "People");
    press(&mut amina, "More about Hodan");
    until(&mut amina, "when she came", |seat| sees(seat, "let in by Amina"));
    press(&mut amina, "Remove Hodan …");
    let honest = "Hodan keeps the copy that is already there";
    until(&mut amina, "what it means", |seat| sees(seat, honest));
    amina.key_press(Key::Escape);
    until(&mut amina, "no question", |seat| !sees(seat, honest));
    press(&mut amina, "Remove Hodan …");
    press(&mut amina, "Remove Hodan");
    until(&mut amina, "who was here before", |seat| sees(seat, "removed by Amina on"));
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Amina removed you from this plan on"));
    press(&mut hodan, "About me");
    until(&mut hodan, "her copy", |seat| sees(seat, "This is your copy"));
    // Nobody is with her any more, though the line may be open for a while.
    assert!(sees(&hodan, "your own copy; nothing new comes") && sees(&hodan, "working on its own"));
    assert!(!sees(&hodan, "here with you") && !sees(&hodan, "connected to"), "{}", heard(&hodan));
    assert!(also(&hodan).len() > 10, "what was there can be read");
}

#[test]
fn who_is_removed_still_has_copies_and_is_asked_to_delete_them_and_what_they_say_is_written_down() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, "People");
    press(&mut amina, "More about Hodan");
    press(&mut amina, "Remove Hodan …");
    until(&mut amina, "what she has", |seat| sees(seat, "Hodan has a copy of ") && sees(seat, "About me"));
    press(&mut amina, "Remove Hodan");
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "May still have a copy of "));
    press(&mut amina, "Ask Hodan to delete their copy …");
    until(&mut amina, "the words", |seat| sees(seat, "Please delete the copy you have on your devices"));
    press(&mut amina, "I have asked");
    until(&mut amina, "that she was asked", |seat| sees(seat, "Amina asked on"));
    parts::write_over(&mut amina, "What they answered", "All gone, even the print");
    press(&mut amina, "Who may see this");
    until(&mut amina, "the record", |seat| {
        sees(seat, "Asked to delete their copy") && parts::says(seat, "All gone, even the print")
    });
}

#[test]
fn who_leaves_says_no_reason_and_the_others_see_when() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut hodan, "My page");
    until(&mut hodan, "her device", |seat| sees(seat, "First device · this device"));
    press(&mut hodan, "Leave this plan …");
    until(&mut hodan, "what it means", |seat| sees(seat, "You need not say why"));
    press(&mut hodan, "Leave");
    until(&mut hodan, "that she left", |seat| sees(seat, "You left this plan on"));
    press(&mut amina, "People");
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "left on"));
    press(&mut amina, "History");
    until(&mut amina, "the sentence", |seat| sees(seat, "Hodan left the circle"));
}
