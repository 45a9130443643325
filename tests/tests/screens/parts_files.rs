//! Files in the window: attached by their place, seen on both devices, refused with a sentence that costs nobody what they typed.

use std::{fs, path::Path};

use super::{
    parts::{Do, go_through, says, turn_to, write_over},
    *,
};

const STORIES: &str = "Stories and pictures";

/// A story, open to be written in, with the question for a file beside it.
fn story(seat: &mut Window, title: &str) {
    turn_to(seat, STORIES);
    go_through(seat, &[Do::Press("Add"), Do::Write("What it is called", title)]);
    press(seat, ATTACH);
}

const ATTACH: &str = "Attach a file to Files…";

fn attach(seat: &mut Window, path: &Path) {
    write_over(seat, "Where the file is", &path.display().to_string());
    press(seat, "Attach");
}

#[test]
fn a_picture_is_attached_by_its_place_and_seen_on_the_other_device() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    let path = folder.path().join("tulips.png");
    image::RgbImage::from_fn(300, 200, |x, y| image::Rgb([x as u8, y as u8, 90])).save(&path).unwrap();
    story(&mut amina, "My tulips");
    attach(&mut amina, &path);
    until(&mut amina, "the picture", |seat| is_seen(seat, "tulips.png"));
    until(&mut amina, "no more question", |seat| !sees(seat, "Where the file is"));
    press(&mut amina, "Done");
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_all_by_label(STORIES).next().is_some());
    press(&mut hodan, STORIES);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Change: My tulips"));
    press(&mut hodan, "Change: My tulips");
    both(&mut amina, &mut hodan, |_, hodan| is_seen(hodan, "tulips.png"));
    press(&mut hodan, "Take out tulips.png");
    press(&mut amina, "Change: My tulips");
    both(&mut amina, &mut hodan, |amina, hodan| !is_seen(amina, "tulips.png") && !is_seen(hodan, "tulips.png"));
}

/// Whether a picture of this name is there, whole: a copy of it can be saved.
pub fn is_seen(seat: &Window, name: &str) -> bool {
    let picture = seat.query_all_by_role_and_label(Role::Image, name).next().is_some();
    picture && seat.query_all_by_label(&format!("Save a copy of {name}")).next().is_some()
}

#[test]
fn what_cannot_be_attached_is_refused_with_a_sentence_and_its_place_stays_to_be_mended() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    story(&mut amina, "My week");
    let bad: [(&str, Vec<u8>, &str); 4] = [
        ("bomb.png", tests::pictures::bomb(50_000), "This picture is far larger than any screen"),
        ("long.wav", vec![7; 17 * 1024 * 1024], "This file is larger than 16 MB"),
        ("words.png", b"not a picture at all".to_vec(), "This is not a picture that can be shown"),
        ("run.sh", b"#!/bin/sh\n".to_vec(), "Alongside takes pictures"),
    ];
    for (name, bytes, sentence) in bad {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        attach(&mut amina, &path);
        until(&mut amina, sentence, |seat| sees(seat, sentence));
        assert!(says(&amina, name), "what was typed is there to be mended: {}", heard(&amina));
        press(&mut amina, "Close");
    }
    attach(&mut amina, &folder.path().join("nowhere.png"));
    until(&mut amina, "why not", |seat| sees(seat, "This file cannot be read"));
    press(&mut amina, "Cancel");
    until(&mut amina, "the question put away", |seat| !sees(seat, "Where the file is"));
    press(&mut amina, "Done");
    until(&mut amina, "the story itself", |seat| sees(seat, "My week"));
}

#[test]
fn the_sample_shows_a_picture_two_drawings_a_letter_and_a_recording() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    until(&mut amina, "the first screen", |seat| sees(seat, "Join"));
    fill(&mut amina, "What should people call you?", "Somebody");
    press(&mut amina, "Look round");
    press(&mut amina, "Amina’s plan");
    until(&mut amina, "the front page", |seat| sees(seat, "Picture of Amina"));
    press(&mut amina, "About me");
    until(&mut amina, "her painting", |seat| is_seen(seat, "Harbour in the evening.png"));
    press(&mut amina, STORIES);
    until(&mut amina, "her drawing", |seat| is_seen(seat, "My week.png"));
    for file in ["Hodan hums.wav", "Letter.txt"] {
        until(&mut amina, file, |seat| sees(seat, &format!("Save a copy of {file}")));
    }
    all_five_are_here(&mut amina);
    // They are as much here when the program was closed meanwhile.
    amina.into_state().room.close();
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    all_five_are_here(&mut again);
    press(&mut again, STORIES);
    until(&mut again, "her drawing", |seat| is_seen(seat, "My week.png"));
}

fn all_five_are_here(seat: &mut Window) {
    let plan = plan_of(seat).unwrap();
    until(seat, "all five here", |seat| {
        let desk = seat.state().room.desk();
        let here = desk.files(plan).values().filter(|state| **state == node::ask::FileState::Here).count();
        (desk.attachments(plan).len(), here) == (5, 5)
    });
}
