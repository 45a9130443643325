//! A page on paper, with everything on it and nothing of what is on another; and a page in Easy Read.

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

#[test]
fn a_page_is_read_one_sentence_a_row_until_the_whole_page_is_wanted_again() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, "About me");
    press(&mut amina, "Easy Read");
    let sentence = "Say one thing at a time and give me time to answer.";
    until(&mut amina, "a sentence by itself", |seat| {
        seat.query_by_label(sentence).is_some() && seat.query_by_label("Painting.").is_some()
    });
    assert!(amina.query_by_role(Role::MultilineTextInput).is_none());
    // So it is on paper, too: a row for each sentence, and a frame to draw in beside it.
    press(&mut amina, "Print this page");
    let page = printed(&mut amina);
    assert!(page.contains(&format!("<p>{sentence}</p>")) && page.contains("class=\"slot"), "{page}");
    assert!(page.contains("<h1>About me</h1>") && !page.contains("I want to swim"));
    // It stays so from page to page.
    press(&mut amina, "What I want");
    until(&mut amina, "the wishes", |seat| seat.query_by_label("I want to swim once a week").is_some());
    press(&mut amina, "The whole page");
    until(&mut amina, "the page", |seat| sees(seat, "Change: I want to swim once a week"));
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
