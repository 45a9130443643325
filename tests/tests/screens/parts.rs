//! Every part's page: somebody fills it in, closes the program, opens it again, and finds what they wrote.

use super::*;

/// What somebody does on a page.
#[derive(Debug, Clone, Copy)]
pub enum Do<'a> {
    /// Presses what is called so.
    Press(&'a str),
    /// Writes into the field called so, over what stands there.
    Write(&'a str, &'a str),
}

/// Does it all on a page of the sample plan, closes, opens again, and finds these words there. A page is named as in the rail.
pub fn fill_in_and_find_again(page: &str, does: &[Do<'_>], found: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        turn_to(&mut amina, page);
        go_through(&mut amina, does);
        for words in found {
            until(&mut amina, words, |seat| says(seat, words));
        }
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    turn_to(&mut again, page);
    for words in found {
        until(&mut again, words, |seat| says(seat, words));
    }
}

/// Does one thing after another on the page that is open.
pub fn go_through(seat: &mut Window, does: &[Do<'_>]) {
    for one in does {
        match one {
            Do::Press(words) => press(seat, words),
            Do::Write(field, words) => write_over(seat, field, words),
        }
    }
}

/// Turns to a part's page; a part that the plan does not have yet is begun.
pub fn turn_to(seat: &mut Window, page: &str) {
    seat.step();
    if seat.query_all_by_role_and_label(Role::Button, page).next().is_some() {
        return press(seat, page);
    }
    press(seat, "Parts of this plan");
    press(seat, &format!("Begin {page}"));
}

/// Whether something on the page says this, be it in a field.
pub fn says(seat: &Window, words: &str) -> bool {
    let said = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().any(|said| said.contains(words))
    };
    seat.root().children_recursive().any(said)
}

/// Gives the last field of this name the keyboard and writes over what stands there.
pub fn write_over(seat: &mut Window, field: &str, words: &str) {
    let is_field = |node: &egui_kittest::Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
    };
    until(seat, field, |seat| seat.query_all_by_label(field).any(|node| is_field(&node)));
    seat.query_all_by_label(field).rfind(is_field).unwrap().focus();
    seat.step();
    seat.key_press_modifiers(Modifiers::COMMAND, Key::A);
    seat.step();
    write(seat, words);
}

#[test]
fn an_action_is_filled_in() {
    fill_in_and_find_again(
        "Who will do what",
        &[
            Do::Press("Add"),
            Do::Write("What", "Paint the kitchen"),
            Do::Press("Who will do it: Amina"),
            Do::Write("By when", "1 March 2027"),
            Do::Press("How it stands: Agreed"),
            Do::Press("Done"),
        ],
        &["Paint the kitchen", "by 1 March 2027"],
    );
}
