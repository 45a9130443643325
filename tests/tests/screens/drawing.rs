//! What is attached by hand: drawn with the mouse, or chosen in the desktop's own window.

use std::fs;

use super::{parts::write_over, *};

const EVIDENCE: &str = "Stories and pictures";
const PAPERS: &str = "Other plans and papers";
const SHEET: &str = "A sheet to draw on, with the mouse, a finger or a pen. A picture can be attached instead";

#[test]
fn what_is_drawn_with_the_mouse_is_a_picture_on_the_other_device_too() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (mut amina, mut hodan) = together(homes[0].path(), homes[1].path());
    begin(&mut amina, "evidence");
    press(&mut amina, EVIDENCE);
    press(&mut amina, "Add");
    write_over(&mut amina, "What it is called", "Our garden");
    press_first(&mut amina, "Draw for ");
    press(&mut amina, "Pen: green");
    let sheet = amina.get_by_label(SHEET).rect();
    for (from, to) in [((0.2, 0.8), (0.2, 0.3)), ((0.5, 0.8), (0.5, 0.2))] {
        let at = |(x, y): (f32, f32)| sheet.min + sheet.size() * vec2(x, y);
        amina.hover_at(at(from));
        amina.drag_at(at(from));
        amina.step();
        for tenth in 1..=10 {
            amina.hover_at(at(from).lerp(at(to), tenth as f32 / 10.0));
            amina.step();
        }
        amina.drop_at(at(to));
        amina.step();
    }
    write_over(&mut amina, "What it shows", "Two tulips");
    press(&mut amina, "Keep the drawing");
    until(&mut amina, "the drawing", |seat| sees(seat, "Two tulips.png"));
    press(&mut amina, "Done");

    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, EVIDENCE));
    press(&mut hodan, EVIDENCE);
    both(&mut amina, &mut hodan, |_, hodan| {
        let desk = hodan.state().room.desk();
        let plan = plan_of(hodan).unwrap();
        let drawn = desk.attachments(plan).into_iter().find(|(_, _, file)| file.kind == plan::FileKind::Drawing);
        drawn.is_some_and(|(_, _, file)| desk.files(plan).get(&file.id) == Some(&node::ask::FileState::Here))
    });
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Two tulips.png"));
}

#[test]
fn a_paper_chosen_in_the_desktops_own_window_is_attached_and_without_one_its_place_can_be_written() {
    let (home, papers) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let letter = papers.path().join("letter.txt");
    let second = papers.path().join("second.txt");
    fs::write(&letter, "Dear Amina, your bus pass is here.").unwrap();
    fs::write(&second, "Dear Amina, it is valid from May.").unwrap();
    {
        let mut amina = seat_at(home.path(), Desktop::in_which_are_chosen(vec![letter]));
        look_round(&mut amina, "Amina");
        begin(&mut amina, "papers");
        press(&mut amina, PAPERS);
        press(&mut amina, "Add");
        press_first(&mut amina, "Attach a file to ");
        until(&mut amina, "the paper", |seat| sees(seat, "letter.txt"));
        assert!(!sees(&amina, "Where the file is"), "the form is closed");
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, PAPERS);
    press_first(&mut again, "Change");
    press_first(&mut again, "Attach a file to ");
    write_over(&mut again, "Where the file is", second.to_str().unwrap());
    press(&mut again, "Attach");
    until(&mut again, "both papers", |seat| sees(seat, "letter.txt") && sees(seat, "second.txt"));
}

/// Presses the first button whose name begins so.
fn press_first(seat: &mut Window, begins: &str) {
    let name = |seat: &Window| {
        let named = seat.get_all_by_role(Role::Button).filter_map(|node| node.accesskit_node().label());
        named.into_iter().find(|name| name.starts_with(begins))
    };
    until(seat, begins, |seat| name(seat).is_some());
    let name = name(seat).unwrap();
    press(seat, &name);
}
