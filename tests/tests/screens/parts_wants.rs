//! Strengths, wishes, actions and my day: filled in and found again; and that each speaks for themselves, under their name.

use alongside::Wish;
use desk::{Ask, Fill};
use plan::{FieldPath, Value};

use super::{
    parts::{Do, fill_in_and_find_again},
    *,
};

const ACTIONS: &str = "Who will do what";
const GOALS: &str = "What I want";
const STRENGTHS: &str = "What I’m good at, who I can count on";

#[test]
fn a_strength_is_filled_in() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        begin(&mut amina, "strengths");
        press(&mut amina, STRENGTHS);
        press(&mut amina, "Add");
        parts::write_over(&mut amina, "What", "I make people laugh");
        press(&mut amina, "What kind: Something I can do");
        press(&mut amina, "Said by: Amina");
        press(&mut amina, "Done");
        until(&mut amina, "the tile", |seat| sees(seat, "I make people laugh") && sees(seat, "Amina: says so"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, STRENGTHS);
    until(&mut again, "the tile", |seat| {
        sees(seat, "What I can do") && sees(seat, "I make people laugh") && sees(seat, "Amina: says so")
    });
}

#[test]
fn the_levels_of_a_wish_are_filled_in() {
    fill_in_and_find_again(
        GOALS,
        &[
            Do::Press("Add"),
            Do::Write("What I want, in my own words", "Grow tomatoes"),
            Do::Press("How it stands: Not yet"),
            Do::Press("How we will know"),
            Do::Write("Less than hoped", "One green one"),
            Do::Write("As hoped", "A bowl in August"),
            Do::Write("More than hoped", "Some to give away"),
            Do::Press("Where it stands now: One green one"),
            Do::Press("Done"),
        ],
        &["“Grow tomatoes”", "As hoped: A bowl in August", "where we are now, Less than hoped: One green one"],
    );
}

#[test]
fn what_would_help_and_what_changed_is_there_for_whoever_reads_on() {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = seat(home.path());
        look_round(&mut amina, "Amina");
        press(&mut amina, GOALS);
        press(&mut amina, "Change: Sell one painting");
        press(&mut amina, "Add to What gets in the way");
        parts::write_over(&mut amina, "What would help", "The studio lends three frames");
        press(&mut amina, "Add to What changed");
        parts::write_over(&mut amina, "What is different now", "My cousin asked for a card");
        press(&mut amina, "Done");
        until(&mut amina, "the card", |seat| sees(seat, "More about: Sell one painting"));
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open Amina's plan");
    press(&mut again, GOALS);
    press(&mut again, "More about: Sell one painting");
    until(&mut again, "both", |seat| {
        sees(seat, "Would help: The studio lends three frames") && sees(seat, "My cousin asked for a card")
    });
}

#[test]
fn a_vague_action_is_asked_about_and_a_clear_one_is_not() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, ACTIONS);
    until(&mut amina, "the questions", |seat| sees(seat, "By when?") && sees(seat, "Who will do it?"));
    add_action(&mut amina, "Ring the pool", &["Who will do it: Amina"]);
    press(&mut amina, "Change: Ring the pool");
    parts::write_over(&mut amina, "By when", "1 March 2027");
    parts::write_over(&mut amina, "How we will know", "A day for the quiet hour");
    press(&mut amina, "Done");
    until(&mut amina, "the count", |seat| sees(seat, "1 of 6 says who, by when, and how we will know"));
}

#[test]
fn what_waits_for_an_action_that_nobody_took_on_says_so() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    press(&mut amina, ACTIONS);
    add_action(&mut amina, "Hang the painting", &["Who will do it: Amina", "More to fill in"]);
    press(&mut amina, "Change: Hang the painting");
    press(&mut amina, "Waits for: Find out what frames cost for three paintings");
    press(&mut amina, "Done");
    let blocked = "Waits for “Find out what frames cost for three paintings”. Nobody has said yes to that yet";
    until(&mut amina, blocked, |seat| sees(seat, blocked));
}

#[test]
fn an_action_is_accepted_by_who_is_to_do_it_and_the_others_see_it_under_their_name() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, ACTIONS);
    press(&mut hodan, ACTIONS);
    add_action(&mut amina, "Paint the kitchen", &["Who will do it: Hodan", "How it stands: Agreed"]);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "I will do it: Paint the kitchen"));
    // Written down as agreed by somebody else, it is only asked; and only Hodan is asked.
    assert!(sees(&amina, "Hodan: has not answered yet"));
    assert!(!sees(&amina, "I will do it: Paint the kitchen"));
    press(&mut hodan, "I will do it: Paint the kitchen");
    both(&mut amina, &mut hodan, |amina, hodan| {
        sees(amina, "Hodan: I will do it") && sees(hodan, "I did it: Paint the kitchen")
    });
    press(&mut hodan, "I did it: Paint the kitchen");
    both(&mut amina, &mut hodan, |amina, hodan| sees(amina, "Promise kept") && sees(hodan, "Promise kept"));
}

#[test]
fn nobody_can_accept_in_another_s_voice() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, ACTIONS);
    press(&mut hodan, ACTIONS);
    add_action(&mut amina, "Paint the kitchen", &["Who will do it: Hodan"]);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Ask me later: Paint the kitchen"));
    press(&mut hodan, "Ask me later: Paint the kitchen");
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "Hodan: ask me later"));
    // Amina's device has Hodan's voice, and may not write in it.
    let plan = plan_of(&amina).unwrap();
    let actions = amina.state().room.desk().doc(plan, "actions").unwrap();
    let voice = amina.state().room.desk().voices(plan, actions).remove(0).document;
    let (doc, said) = (voice.doc(), voice.items("actions-voice.acceptances".parse().unwrap())[0]);
    let field = FieldPath::new(voice.part(), Some(said), "answer").unwrap();
    let yes = Fill::Value(Value::Choice("agreed".into()));
    let ctx = amina.ctx.clone();
    amina.state_mut().room.carry_out(&ctx, Wish::Do(Ask::Set { plan, field, fill: yes }.within(doc)));
    // What the window says about it is not said to Hodan.
    for _ in 0..20 {
        amina.step();
        hodan.step();
    }
    assert!(sees(&amina, "Hodan: ask me later") && !sees(&amina, "Hodan: I will do it"));
    assert!(sees(&hodan, "Hodan: ask me later"));
}

#[test]
fn two_people_say_where_a_wish_stands_and_both_answers_stand_side_by_side() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    for seat in [&mut amina, &mut hodan] {
        press(seat, GOALS);
    }
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Say how I see: I want to swim once a week"));
    for (seat, level) in
        [(&mut amina, "Where are we now?: Once a month"), (&mut hodan, "Where are we now?: Twice a week")]
    {
        press(seat, "Say how I see: I want to swim once a week");
        press(seat, level);
    }
    both(&mut amina, &mut hodan, |amina, hodan| {
        [amina, hodan].iter().all(|seat| {
            sees(seat, "Amina: Once a month") && sees(seat, "Hodan: Twice a week") && sees(seat, "worth talking about")
        })
    });
    // It is Amina's wish: it stands where she says.
    assert!(sees(&hodan, "where we are now, Less than hoped: Once a month"));
}

#[test]
fn two_people_choose_apart_how_an_action_stands_and_both_answers_are_shown_with_names() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut amina, ACTIONS);
    press(&mut hodan, ACTIONS);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Change: Find out what frames cost"));
    for seat in [&mut amina, &mut hodan] {
        press(seat, "Change: Find out what frames cost for three paintings");
    }
    let pairs = [("An idea", "Changed"), ("Being done", "Asked"), ("Changed", "An idea"), ("Asked", "Being done")];
    both_answers_show(&mut amina, &mut hodan, "How it stands", &pairs);
    press(&mut amina, "How it stands: Agreed");
    both(&mut amina, &mut hodan, |amina, hodan| {
        let agreed = |seat: &Window| !sees(seat, "Both were said at the same time");
        agreed(amina) && agreed(hodan)
    });
}

#[test]
fn my_day_shows_what_is_mine_and_keeps_notes_on_this_device() {
    fill_in_and_find_again(
        "My day",
        &[Do::Write("What do you want to remember?", "Bring the blue folder"), Do::Press("Add for myself")],
        &["Done: Bring the blue folder", "Ask the pool about a quiet hour", "Waits for my answer"],
    );
}

/// Adds an action with these words and presses these in its card.
fn add_action(seat: &mut Window, words: &str, presses: &[&str]) {
    press(seat, "Add");
    parts::write_over(seat, "What", words);
    for one in presses {
        press(seat, one);
    }
    press(seat, "Done");
    until(seat, words, |seat| sees(seat, words));
}

/// Amina and Hodan press different answers at the same moment, before either hears of the other; should one hear of it after
/// all, they press the next two. In the end both see both answers, with their names.
pub fn both_answers_show(amina: &mut Window, hodan: &mut Window, field: &str, pairs: &[(&str, &str)]) {
    let so = pairs.iter().any(|(hers, theirs)| {
        let (mine, other) = (format!("{field}: {hers}"), format!("{field}: {theirs}"));
        until(amina, &mine, |seat| seat.query_by_label(&mine).is_some());
        until(hodan, &other, |seat| seat.query_by_label(&other).is_some());
        amina.get_by_label(&mine).click_accesskit();
        hodan.get_by_label(&other).click_accesskit();
        for _ in 0..60 {
            amina.step();
            hodan.step();
            thread::sleep(Duration::from_millis(10));
        }
        let shown = |seat: &Window| sees(seat, &format!("Amina: {hers}")) && sees(seat, &format!("Hodan: {theirs}"));
        shown(amina) && shown(hodan)
    });
    assert!(so, "both answers with their names: {}", heard(amina));
}
