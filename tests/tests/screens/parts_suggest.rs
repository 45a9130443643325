//! Offers: who may only suggest offers other words, and who may write takes them with one press, or says why not.

use alongside::Wish;
use desk::{Ask, Fill, Wanted};

use super::*;

const GOALS: &str = "What I want";
const WORDS: &str = "What I want, in my own words";
const SWIM: &str = "I want to swim once a week";

/// Amina in her plan, and a worker, who may suggest what she wants and not write it.
fn with_a_worker(one: &Path, two: &Path) -> (Window, Window) {
    let (mut amina, mut priya) = (seat(one), seat(two));
    look_round(&mut amina, "Amina");
    let_in(&mut amina, &mut priya, "Priya", Some("Worker"));
    for seat in [&mut amina, &mut priya] {
        press(seat, GOALS);
    }
    both(&mut amina, &mut priya, |_, priya| {
        sees(priya, "You can offer changes here. Amina decides") && sees(priya, SWIM)
    });
    (amina, priya)
}

/// Priya offers these words for the wish to swim.
fn offer(priya: &mut Window, words: &str) {
    press(priya, &format!("Offer a change: {SWIM}"));
    press(priya, &format!("Offer other words: {WORDS}"));
    parts::write_over(priya, &format!("What you offer: {WORDS}"), words);
}

#[test]
fn a_worker_offers_words_the_person_takes_them_with_one_press_and_both_see_who_did_what() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut priya) = with_a_worker(one.path(), two.path());
    offer(&mut priya, "I want to swim twice a week");
    parts::write_over(&mut priya, "Why", "You said so at the pool");
    both(&mut amina, &mut priya, |amina, _| {
        sees(amina, "Priya offers words")
            && sees(amina, "instead of “once”, “twice”")
            && sees(amina, "You said so at the pool")
    });
    assert!(sees(&amina, "“I want to swim once a week”"), "an offer alone changes nothing");
    press(&mut amina, "Front page");
    until(&mut amina, "the count", |seat| sees(seat, "Offered to you") && sees(seat, "One waits for an answer"));
    press(&mut amina, &format!("Priya offers words: {WORDS}"));
    press(&mut amina, &format!("Take what Priya offers: {WORDS}"));
    both(&mut amina, &mut priya, |amina, priya| {
        let taken = "Offered by Priya, taken by Amina on";
        sees(amina, taken)
            && sees(priya, taken)
            && sees(amina, "“I want to swim twice a week”")
            && parts::says(priya, "I want to swim twice a week")
    });
    // Taking it is a step like any other.
    press(&mut amina, "Undo");
    both(&mut amina, &mut priya, |amina, priya| {
        sees(amina, "“I want to swim once a week”")
            && sees(amina, "Priya offers words")
            && !sees(priya, "taken by Amina")
    });
    press(&mut amina, "Redo");
    both(&mut amina, &mut priya, |amina, priya| {
        sees(amina, "“I want to swim twice a week”") && sees(priya, "Offered by Priya, taken by Amina on")
    });
}

#[test]
fn an_offer_is_not_taken_and_its_maker_reads_why() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut priya) = with_a_worker(one.path(), two.path());
    offer(&mut priya, "I want to use the pool independently");
    both(&mut amina, &mut priya, |amina, _| sees(amina, &format!("Not now, to what Priya offers: {WORDS}")));
    press(&mut amina, &format!("Not now, to what Priya offers: {WORDS}"));
    until(&mut amina, "my answer", |seat| sees(seat, "Priya’s offer, answered by you: your words stay"));
    parts::write_over(&mut amina, "In my words", "I do not talk like that");
    both(&mut amina, &mut priya, |_, priya| {
        sees(priya, "Priya’s offer, answered by Amina: the words stay") && sees(priya, "“I do not talk like that”")
    });
    assert!(sees(&amina, "“I want to swim once a week”"));
}

#[test]
fn an_offer_whose_words_were_changed_meanwhile_says_so_and_can_be_taken_back() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut priya) = with_a_worker(one.path(), two.path());
    offer(&mut priya, "I want to swim twice a week");
    both(&mut amina, &mut priya, |amina, _| sees(amina, "Priya offers words"));
    press(&mut amina, &format!("Change: {SWIM}"));
    parts::write_over(&mut amina, WORDS, "I want to swim every day");
    press(&mut amina, "Done");
    let changed = "These words have changed since, so it does not fit any more";
    both(&mut amina, &mut priya, |amina, _| sees(amina, changed));
    assert!(!sees(&amina, "Take what Priya offers"), "what does not fit cannot be pressed in");
    assert!(sees(&amina, "Copy the words Priya offers"));
    press(&mut priya, &format!("Take back what you offer: {WORDS}"));
    both(&mut amina, &mut priya, |amina, _| !sees(amina, "Priya offers words"));
}

#[test]
fn a_record_more_is_offered_and_taken() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut priya) = with_a_worker(one.path(), two.path());
    press(&mut priya, "Offer one more: What I want");
    parts::write_over(&mut priya, WORDS, "Join the choir");
    parts::write_over(&mut priya, "Why, if you want to say", "You sang on the bus");
    press(&mut priya, "Offer this: What I want");
    both(&mut amina, &mut priya, |amina, _| sees(amina, "Priya offers one more") && sees(amina, "“Join the choir”"));
    press(&mut amina, "Take what Priya offers: What I want");
    both(&mut amina, &mut priya, |amina, priya| {
        sees(amina, "“Join the choir”") && sees(priya, "“Join the choir”") && !sees(amina, "Priya offers one more")
    });
}

#[test]
fn who_may_only_read_a_part_can_offer_nothing_in_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut guest) = (seat(one.path()), seat(two.path()));
    look_round(&mut amina, "Amina");
    let_in(&mut amina, &mut guest, "Kim", Some("Guest for a visit"));
    press(&mut guest, "About me");
    both(&mut amina, &mut guest, |_, guest| {
        sees(guest, "you read here") && sees(guest, "What is most important to me")
    });
    assert!(!sees(&guest, "Offer other words") && !sees(&guest, "You can offer changes here"));
    // Nor with a program that asks for it.
    let plan = plan_of(&guest).unwrap();
    let field = "about-me.also".parse().unwrap();
    let ask =
        Ask::Offer { plan, wanted: Wanted::Change { field, fill: Fill::Text("Mine".into()) }, why: String::new() };
    let ctx = guest.ctx.clone();
    guest.state_mut().room.carry_out(&ctx, Wish::Do(ask));
    until(&mut guest, "the reason", |seat| sees(seat, "You can read this part, but not offer changes to it"));
}

#[test]
fn what_changed_since_people_were_asked_to_agree_is_shown_word_by_word_with_who_wrote_it() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = seat(home.path());
    look_round(&mut amina, "Amina");
    parts::turn_to(&mut amina, "Who agrees");
    press(&mut amina, "Ask everybody");
    press(&mut amina, "Done");
    press(&mut amina, GOALS);
    press(&mut amina, &format!("Change: {SWIM}"));
    parts::write_over(&mut amina, WORDS, "I want to swim twice a week");
    press(&mut amina, "Done");
    press(&mut amina, "Who agrees");
    press(&mut amina, "Show what changed in What I want");
    until(&mut amina, "the words", |seat| {
        sees(seat, "instead of “once”, “twice”") && sees(seat, &format!("{WORDS} · by Amina"))
    });
    press(&mut amina, "Hide what changed in What I want");
    until(&mut amina, "the page as before", |seat| !sees(seat, "instead of “once”"));
}

#[test]
fn another_order_is_offered_and_taken() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut priya) = with_a_worker(one.path(), two.path());
    const GROW: &str = "Grow tomatoes";
    press(&mut amina, "Add");
    parts::write_over(&mut amina, WORDS, GROW);
    for step in ["Buy seeds", "Find a pot"] {
        press(&mut amina, "Add to First steps towards it");
        until(&mut amina, "an empty row", |seat| {
            seat.query_all_by_role_and_label(Role::TextInput, "Step")
                .any(|row| row.value().is_none_or(|now| now.is_empty()))
        });
        parts::write_over(&mut amina, "Step", step);
    }
    press(&mut amina, "Done");
    both(&mut amina, &mut priya, |_, priya| sees(priya, &format!("Offer a change: {GROW}")));
    press(&mut priya, &format!("Offer a change: {GROW}"));
    press(&mut priya, "Offer to move up: Find a pot");
    // It stands beside the step, where the wish is open.
    press(&mut amina, &format!("Change: {GROW}"));
    both(&mut amina, &mut priya, |amina, _| {
        sees(amina, "Priya offers another place for this") && sees(amina, "“as the first”")
    });
    assert_eq!(steps(&amina), ["Buy seeds", "Find a pot"], "an offer alone changes nothing");
    press(&mut amina, "Take what Priya offers: Find a pot");
    both(&mut amina, &mut priya, |amina, priya| {
        [amina, priya].iter().all(|seat| steps(seat) == ["Find a pot", "Buy seeds"])
    });
}

/// The steps of the last wish, in their order, as this device's document says them.
fn steps(seat: &Window) -> Vec<String> {
    let whole = seat.state().room.desk().whole(plan_of(seat).unwrap());
    whole.records("goals").last().unwrap().list("stages").iter().map(|step| step.text("what")).collect()
}
