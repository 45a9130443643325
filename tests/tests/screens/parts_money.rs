//! Money to the penny, meetings that two see from two windows, questions with two answers, and a yes in one's own voice.

use super::{
    parts::{
        Do::{self, Press, Write},
        says, write_over,
    },
    *,
};

const MEETINGS: &str = "Meetings and looking at the plan again";
const DECISIONS: &str = "Decisions and open questions";
const DECIDING: &str = "Who decides what";
const AGREES: &str = "Who agrees";

/// A plan of one's own in which nothing is written yet.
fn own_plan(home: &Path) -> Window {
    plan_of_kind(home, None)
}

/// The same, of a kind that is chosen when it begins.
fn plan_of_kind(home: &Path, kind: Option<&str>) -> Window {
    let mut amina = seat(home);
    until(&mut amina, "the first screen", |seat| sees(seat, "Join"));
    amina.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    amina.step();
    write(&mut amina, "Amina");
    press(&mut amina, "Start");
    until(&mut amina, "the title", |seat| sees(seat, "What is the plan called?"));
    write_over(&mut amina, "What is the plan called?", "My year");
    if let Some(kind) = kind {
        press(&mut amina, &format!("What kind of plan is it?: {kind}"));
    }
    press(&mut amina, "Start");
    press(&mut amina, "I have written them down");
    until(&mut amina, "the plan", |seat| sees(seat, "About me"));
    amina
}

/// Turns to a part's page; where the plan has no such part, it is begun.
fn turn_to(seat: &mut Window, page: &str) {
    let button = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Button;
    if !seat.query_all_by_label(page).any(|node| button(&node)) {
        press(seat, "Parts of this plan");
        return press(seat, &format!("Begin {page}"));
    }
    press(seat, page);
}

fn do_all(seat: &mut Window, does: &[Do<'_>]) {
    for one in does {
        match one {
            Press(words) => press(seat, words),
            Write(field, words) => write_over(seat, field, words),
        }
    }
}

fn finds(seat: &mut Window, all: &[&str]) {
    for words in all {
        until(seat, words, |seat| says(seat, words));
    }
}

/// Does it all on a page of an empty plan, closes, opens again, and finds these words there.
fn begin_and_find_again(page: &str, does: &[Do<'_>], found: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    {
        let mut amina = own_plan(home.path());
        turn_to(&mut amina, page);
        do_all(&mut amina, does);
        finds(&mut amina, found);
        amina.into_state().room.close();
    }
    let mut again = seat(home.path());
    press(&mut again, "Open My year");
    press(&mut again, page);
    finds(&mut again, found);
}

#[test]
fn a_line_and_a_payment_are_added_and_the_sums_are_right_to_the_penny() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = own_plan(home.path());
    turn_to(&mut amina, "Money");
    do_all(
        &mut amina,
        &[
            Press("What money is there for your support? Begin with where it comes from"),
            Write("What", "Direct payment"),
            Press("From: Council"),
            Write("How much", "298"),
            Press("How often: Every week (52 to the year)"),
            Write("What I pay on top, as often", "22"),
            Press("Done"),
        ],
    );
    finds(
        &mut amina,
        &[
            "For the year: £16,640.00",
            "£298.00 a week from the council and £22.00 from me, 52 weeks",
            "£16,640.00 a year",
        ],
    );
    do_all(
        &mut amina,
        &[
            Press("Add a line"),
            Write("What", "Ben's wages"),
            Write("Price of one", "13.50"),
            Write("How many each time", "13"),
            Write("How many times", "52"),
            Press("How it stands: Started"),
            Press("Done"),
            Press("Add a line"),
            Write("What", "Swimming lessons"),
            Write("Price of one", "12.35"),
            Write("How many times", "10"),
            Press("Done"),
        ],
    );
    finds(
        &mut amina,
        &[
            "Planned: £9,249.50",
            "Not planned yet: £7,390.50",
            "Change: Swimming lessons, £123.50",
            "2 lines, £9,249.50 together, are not tied to anything you want yet",
        ],
    );
    do_all(
        &mut amina,
        &[
            Press("Add a receipt"),
            Write("How much", "12.35"),
            Write("To whom", "The pool"),
            Press("From which line: Swimming lessons"),
            Press("Done"),
            Press("Add a receipt"),
            Write("How much", "760.5"),
            Press("Done"),
        ],
    );
    finds(&mut amina, &["spent £772.85", "1 payment belongs to no line yet", "Spent so far £772.85"]);
    press(&mut amina, "Show: By what I want");
    finds(&mut amina, &["Not tied to anything you want yet", "Look at: Swimming lessons, £123.50"]);
    press(&mut amina, "Look at: Swimming lessons, £123.50");
    finds(&mut amina, &["That is £123.50 a year. £12.35 of it is spent so far."]);
    // More than there is is said, and nothing is stopped.
    write_over(&mut amina, "Price of one", "1000");
    press(&mut amina, "Done");
    finds(&mut amina, &["Not planned yet: −£2,486.00", "More is planned than there is: £2,486.00 too much"]);
    amina.into_state().room.close();
    let mut again = seat(home.path());
    press(&mut again, "Open My year");
    press(&mut again, "Money");
    finds(&mut again, &["Planned: £19,126.00", "spent £772.85"]);
}

#[test]
fn a_meeting_is_planned_the_persons_topics_stand_first_and_the_plan_counts_for_it() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = own_plan(home.path());
    turn_to(&mut amina, MEETINGS);
    do_all(
        &mut amina,
        &[
            Press("Plan a meeting"),
            Press("Core group"),
            Write("What it is called", "Tea with everybody"),
            Write("When", "3 March 2027 10:00"),
            Press("Done"),
        ],
    );
    finds(
        &mut amina,
        &["3 March 2027 at 10:00", "Nothing about me without me: how will I have my say?", "called by Amina"],
    );
    press(&mut amina, "Ask Amina to come");
    until(&mut amina, "that I am asked", |seat| !says(seat, "Nothing about me without me"));
    do_all(
        &mut amina,
        &[
            Press("Begin with what is usually talked about"),
            Press("Done"),
            Press("What do you want to talk about?"),
            Write("What", "My paintings"),
            Press("Done"),
        ],
    );
    finds(&mut amina, &["My paintings", "from Amina"]);
    let words = heard(&amina);
    let at = |of: &str| words.find(of).unwrap_or_else(|| panic!("{of} in {words}"));
    assert!(at("My paintings") < at("What we promised last time"));
    press(&mut amina, "This meeting: In the room");
    finds(&mut amina, &["Until now", "Nothing that happened is written down", "Nobody has promised anything"]);
    press(&mut amina, "This meeting: After");
    finds(&mut amina, &["People usually meet again after 4 to 6 weeks: by 14 April 2027"]);
    press(&mut amina, "Choose 14 April 2027");
    amina.into_state().room.close();
    let mut again = seat(home.path());
    press(&mut again, "Open My year");
    press(&mut again, MEETINGS);
    finds(&mut again, &["Coming up", "Tea with everybody", "3 March 2027 at 10:00"]);
    press(&mut again, "Open: Tea with everybody");
    press(&mut again, "This meeting: After");
    finds(&mut again, &["14 April 2027"]);
}

#[test]
fn two_people_see_both_views_of_a_meeting_side_by_side() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (mut amina, mut hodan) = together(homes[0].path(), homes[1].path());
    turn_to(&mut amina, MEETINGS);
    do_all(
        &mut amina,
        &[Press("Plan a meeting"), Press("My circle"), Write("What it is called", "Tea"), Press("Done")],
    );
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, MEETINGS));
    press(&mut hodan, MEETINGS);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, "Open: Tea"));
    press(&mut hodan, "Open: Tea");
    let views = [(&mut amina, "I cook rice on my own"), (&mut hodan, "She laughs again")];
    for (seat, words) in views {
        do_all(seat, &[Press("This meeting: Before"), Press("Write what I think"), Write("What is working", words)]);
    }
    let says_both = |seat: &Window| says(seat, "I cook rice on my own") && says(seat, "She laughs again");
    both(&mut amina, &mut hodan, |amina, hodan| says_both(amina) && says_both(hodan));
    let mine = |seat: &Window, words: &str| {
        let fields = seat.query_all_by_label("What is working");
        let mut fields = fields.filter(|node| node.accesskit_node().role() == Role::MultilineTextInput);
        fields.any(|node| node.value().is_some_and(|value| value == words))
    };
    assert!(mine(&amina, "I cook rice on my own") && !mine(&amina, "She laughs again"));
    assert!(mine(&hodan, "She laughs again") && !mine(&hodan, "I cook rice on my own"));

    // How it was: each their own face, and the four questions side by side.
    for (seat, face, score) in [(&mut amina, "No", 2), (&mut hodan, "Yes", 9)] {
        do_all(
            seat,
            &[
                Press("This meeting: How was it"),
                Press(&format!("Did I feel heard?: {face}")),
                Press("Answer the four questions"),
                Press(&format!("Is the plan still the person’s? Of 10: {score}")),
                Press("I have said it"),
            ],
        );
    }
    let says_all = |seat: &Window| ["2 of 10", "9 of 10", "worth talking about"].iter().all(|words| says(seat, words));
    both(&mut amina, &mut hodan, |amina, hodan| says_all(amina) && says_all(hodan));
}

#[test]
fn whether_somebody_without_a_device_felt_heard_is_written_down_for_them_with_who_wrote_it() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = own_plan(home.path());
    turn_to(&mut amina, MEETINGS);
    do_all(
        &mut amina,
        &[
            Press("Plan a meeting"),
            Press("My circle"),
            Write("What it is called", "Tea"),
            Press("Done"),
            Press("This meeting: How was it"),
            Press("Write down whether somebody without a device felt heard"),
            Press("Add to Whether they felt heard, written down for others"),
            Press("Did they feel heard?: So-so"),
            Write("In their words", "They talked over me"),
            Press("Written down by: Amina"),
        ],
    );
    // Of the two places for a name the first is hers.
    amina.query_all_by_label("Someone else").next().unwrap().click_accesskit();
    fill(&mut amina, "Someone else", "Ellie");
    amina.key_press(Key::Enter);
    finds(&mut amina, &["“They talked over me”", "written down by Amina", "So-so"]);
    amina.into_state().room.close();
    let mut again = seat(home.path());
    press(&mut again, "Open My year");
    press(&mut again, MEETINGS);
    do_all(&mut again, &[Press("Open: Tea"), Press("This meeting: How was it")]);
    finds(&mut again, &["“They talked over me”", "written down by Amina", "Ellie"]);
}

#[test]
fn a_question_has_two_answers_with_names_and_each_says_yes_in_their_own_voice() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (mut amina, mut hodan) = together(homes[0].path(), homes[1].path());
    turn_to(&mut amina, DECISIONS);
    do_all(
        &mut amina,
        &[
            Press("Add a question"),
            Write("The question", "Shall I go to the night class?"),
            Press("Add “do nothing for now”"),
            Press("Done"),
            Press("Say where I stand: Shall I go to the night class?"),
            Press("What I would choose: Do nothing for now"),
            Write("Why", "I want to see it first"),
            Press("I have said it"),
        ],
    );
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, DECISIONS));
    press(&mut hodan, DECISIONS);
    both(&mut amina, &mut hodan, |_, hodan| says(hodan, "I want to see it first"));
    do_all(
        &mut hodan,
        &[
            Press("Say where I stand: Shall I go to the night class?"),
            Write("Why", "She loves evenings"),
            Press("I have said it"),
        ],
    );
    let says_both = |seat: &Window| says(seat, "“I want to see it first”") && says(seat, "“She loves evenings”");
    both(&mut amina, &mut hodan, |amina, hodan| {
        says_both(amina) && says_both(hodan) && says(hodan, "would choose: Do nothing for now")
    });

    turn_to(&mut amina, AGREES);
    do_all(&mut amina, &[Press("Ask everybody"), Press("Done"), Press("My answer: Yes")]);
    finds(&mut amina, &["Nothing has changed since"]);
    both(&mut amina, &mut hodan, |_, hodan| sees(hodan, AGREES));
    press(&mut hodan, AGREES);
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_all_by_label("My answer: Yes, but").next().is_some());
    press(&mut hodan, "My answer: Yes, but");
    both(&mut amina, &mut hodan, |_, hodan| hodan.query_all_by_label("In my words").next().is_some());
    write_over(&mut hodan, "In my words", "Not on Fridays");
    both(&mut amina, &mut hodan, |amina, _| says(amina, "“Not on Fridays”") && says(amina, "Yes, but"));

    // Somebody else's final say is proposed until I say yes to it.
    turn_to(&mut amina, DECIDING);
    do_all(
        &mut amina,
        &[
            Press("Add"),
            Write("What is to be decided", "Where I sleep"),
            Press("Who has the final say: Hodan"),
            Press("Done"),
        ],
    );
    finds(&mut amina, &["Proposed: Amina has not answered yet", "Hodan decides"]);
    press(&mut amina, "My answer: Yes");
    both(&mut amina, &mut hodan, |amina, _| says(amina, "Amina said yes to this"));
    do_all(&mut amina, &[Press("Change: Where I sleep"), Press("Who has the final say: Amina"), Press("Done")]);
    until(&mut amina, "that nobody has to be asked", |seat| !says(seat, "Amina said yes to this"));
}

#[test]
fn who_decides_what_is_filled_in() {
    begin_and_find_again(
        DECIDING,
        &[
            Press("Add"),
            Write("What is to be decided", "Whom I let in"),
            Write("How to help me decide", "Ask me twice"),
            Press("Done"),
            Press("Add somebody"),
            Press("As what: Appointee for benefits"),
            Write("For what", "My benefits"),
            Press("Done"),
        ],
        &["Whom I let in", "Amina decides", "Ask me twice", "Appointee for benefits · My benefits"],
    );
}

#[test]
fn a_decision_and_who_agrees_are_found_again() {
    begin_and_find_again(
        DECISIONS,
        &[
            Press("Add a question"),
            Write("The question", "A cat or a dog?"),
            Write("What matters to me in this", "It must be warm"),
            Press("How it stands: Decided"),
            Write("What we decided", "A cat"),
            Press("Who decided: Amina"),
            Press("Done"),
        ],
        &["A cat or a dog?", "It must be warm", "A cat", "Decided by Amina"],
    );
    begin_and_find_again(
        AGREES,
        &[Press("Ask everybody"), Press("Done"), Press("My answer: Yes, but"), Write("In my words", "Slowly")],
        &["Asked by Amina", "Slowly", "not a legal signature"],
    );
}

#[test]
fn a_plan_begins_as_the_kind_that_was_chosen_and_its_chapters_lead_to_what_is_written_in_them() {
    let home = tempfile::tempdir().unwrap();
    let mut amina = plan_of_kind(home.path(), Some("Education, health and care plan"));
    press(&mut amina, "Parts of this plan");
    for section in ["B. What I need help with when I learn", "C. What I need for my health", "I. Where I learn"] {
        until(&mut amina, section, |seat| sees(seat, section));
    }
    assert!(sees(&amina, "Therapies, nursing, equipment"));
    press(&mut amina, "Not begun yet: What I need help with");
    press(&mut amina, "Parts of this plan");
    press(&mut amina, "Go to What I need help with: C. What I need for my health");
    until(&mut amina, "the needs", |seat| sees(seat, "Say what you need, in your own words"));
}

#[test]
fn a_groups_plan_is_begun_without_a_person_and_asks_for_what_groups_need() {
    let home = tempfile::tempdir().unwrap();
    let mut osei = seat(home.path());
    until(&mut osei, "the first screen", |seat| sees(seat, "Join"));
    osei.get_by_role_and_label(Role::TextInput, "What should people call you?").focus();
    osei.step();
    write(&mut osei, "Osei");
    press(&mut osei, "Start");
    press(&mut osei, "Whose plan is it?: Our group’s");
    until(&mut osei, "that it is nobody's", |seat| sees(seat, "It is about nobody in particular"));
    assert!(!sees(&osei, "What kind of plan is it?"), "a group's plan is of one kind");
    write_over(&mut osei, "What is the plan called?", "Harbour Street Evenings");
    press(&mut osei, "Start");
    press(&mut osei, "I have written them down");
    press(&mut osei, "Parts of this plan");
    until(&mut osei, "what it asks for", |seat| sees(seat, "What everyone in the group wants: not yet"));
    press(&mut osei, "Cover");
    until(&mut osei, "the cover", |seat| says(seat, "Our group’s plan"));
    // Nobody speaks for themselves alone here.
    press(&mut osei, "What we want");
    press(&mut osei, "Add");
    write_over(&mut osei, "What we want, in our own words", "Everyone gets home safe");
    press(&mut osei, "Done");
    press(&mut osei, "About us");
    until(&mut osei, "the headings", |seat| sees(seat, "What is most important to us"));
    assert!(osei.query_all_by_label("What I want").next().is_none(), "{}", heard(&osei));
    // Laid out as a person's, the same words are one person's again.
    press(&mut osei, "Parts of this plan");
    press(&mut osei, "How the plan is laid out: Seven questions");
    until(&mut osei, "one person's words", |seat| seat.query_all_by_label("What I want").next().is_some());
}
