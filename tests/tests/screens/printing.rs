//! A page on paper: everything on it, and nothing of what is on another.

use super::{
    parts::{Do, go_through},
    *,
};

#[test]
fn a_page_is_written_to_be_printed_with_what_everybody_says_about_it() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, "What I want");
    go_through(
        &mut amina,
        &[
            Do::Press("Add"),
            Do::Write("What I want, in my own words", "Grow tomatoes"),
            Do::Press("Done"),
            Do::Press("Print this page"),
        ],
    );
    let page = printed(&mut amina);
    assert!(page.contains("Grow tomatoes") && page.contains("<h1>What I want</h1>"));
    assert!(!page.contains("What is most important to me"));
    press(&mut amina, "Parts of this plan");
    press(&mut amina, "Print the whole plan");
    let page = printed(&mut amina);
    assert!(page.contains("Grow tomatoes") && page.contains("What is most important to me"));
}

/// The page that was just written; it is not left behind.
fn printed(seat: &mut Window) -> String {
    let told = "It is in ";
    until(seat, "where it is", |seat| sees(seat, told));
    let node = seat.query_all_by_label_contains(told).next().unwrap();
    let words = node.accesskit_node().label().unwrap();
    let path = words.strip_prefix(told).and_then(|rest| rest.split_once(", ready")).unwrap().0.to_owned();
    let page = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    page
}
