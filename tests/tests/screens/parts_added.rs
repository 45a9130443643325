//! What is added has the keyboard at once, counts for nothing until something is said in it, and is gone again if nothing is.

use super::{parts::turn_to, *};

const NEEDS: &str = "What I need help with";

fn has_keyboard(seat: &Window) -> bool {
    let is_text = |node: egui_kittest::Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput) && node.is_focused()
    };
    seat.root().children_recursive().any(is_text)
}

fn how_many(seat: &Window, list: &str) -> usize {
    let plan = plan_of(seat).unwrap();
    let list: plan::ListPath = list.parse().unwrap();
    let document = seat.state().room.desk().document(plan, list.part().code);
    document.map_or(0, |document| document.items(list).len())
}

#[test]
fn what_is_added_has_the_keyboard_and_is_in_view() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    amina.set_size(vec2(1280.0, 800.0));
    for (page, add, list) in [
        (NEEDS, "Add", "needs"),
        ("Money", "Add a line", "money.lines"),
        ("Help I get", "Add", "supports"),
        ("Stories and pictures", "Add", "evidence"),
    ] {
        turn_to(&mut amina, page);
        let before = how_many(&amina, list);
        press(&mut amina, add);
        until(&mut amina, "the keyboard", |seat| has_keyboard(seat));
        amina.run_steps(8);
        write(&mut amina, "A lift to the sea");
        press(&mut amina, "Done");
        until(&mut amina, page, |seat| parts::says(seat, "A lift to the sea"));
        assert_eq!(how_many(&amina, list), before + 1, "{page}");
    }
}

#[test]
fn what_is_added_and_left_empty_counts_for_nothing_and_is_gone_again() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    turn_to(&mut amina, NEEDS);
    let before = how_many(&amina, "needs");
    press(&mut amina, "Add");
    until(&mut amina, "the card", |seat| sees(seat, "Done"));
    assert_eq!(how_many(&amina, "needs"), before + 1);
    press(&mut amina, "Done");
    until(&mut amina, "nothing is left of it", |seat| how_many(seat, "needs") == before);
    // The same for whoever goes to another page without closing it.
    press(&mut amina, "Add");
    until(&mut amina, "the card", |seat| sees(seat, "Done"));
    press(&mut amina, "What I want");
    until(&mut amina, "nothing is left of it", |seat| how_many(seat, "needs") == before);
    // One word is enough to stay, whatever was typed last.
    turn_to(&mut amina, NEEDS);
    press(&mut amina, "Add");
    until(&mut amina, "the keyboard", |seat| has_keyboard(seat));
    write(&mut amina, "Rest");
    press(&mut amina, "What I want");
    amina.run_steps(12);
    assert_eq!(how_many(&amina, "needs"), before + 1);
}
