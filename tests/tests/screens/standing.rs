//! What somebody is to the circle, on screen: lowered and raised again, given the plan, held back and put back.

use node::ask;

use super::*;

#[test]
fn words_held_back_are_counted_read_only_on_asking_and_put_back_under_their_authors_name() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    hodan.state().room.desk().node().call(ask::Offline).unwrap();
    press(&mut amina, "People");
    press(&mut amina, "More about Hodan");
    press(&mut amina, "Remove Hodan …");
    press(&mut amina, "Remove Hodan");
    until(&mut amina, "who was here before", |seat| sees(seat, "removed by Amina on"));
    stand_in(&mut hodan, ALSO);
    write(&mut hodan, " Written late.");
    until(&mut hodan, "her words", |seat| also(seat).contains("Written late."));
    press(&mut hodan, "People");
    hodan.state().room.desk().node().call(ask::Online).unwrap();
    let counted = "1 edit by Hodan in About me arrived after Hodan had gone";
    both(&mut amina, &mut hodan, |amina, _| sees(amina, counted));
    assert!(!sees(&amina, "Written late.") && !also(&amina).contains("Written late."), "only counted");

    press(&mut amina, "Show the words: Hodan, About me");
    until(&mut amina, "the words", |seat| sees(seat, "What Hodan wrote") && sees(seat, "Written late."));
    assert!(!also(&amina).contains("Written late."), "only read");
    press(&mut amina, "Put these words back: Hodan, About me");
    until(&mut amina, "the words in their place", |seat| also(seat).contains("Written late."));
    until(&mut amina, "no count", |seat| !sees(seat, counted));
    press(&mut amina, "History");
    until(&mut amina, "whose they are", |seat| sees(seat, "Hodan wrote in About me"));
}

#[test]
fn somebody_is_lowered_and_raised_again_and_both_read_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    press(&mut hodan, "People");
    until(&mut hodan, "the people", |seat| sees(seat, "Amina"));
    let invites = |seat: &Window| seat.query_by_role_and_label(Role::Button, "Invite someone").is_some();
    assert!(!invites(&hodan));
    press(&mut amina, "People");
    press(&mut amina, "More about Hodan");
    for (choice, may) in [("Lets people in", true), ("Belongs", false), ("Lets people in", true)] {
        press(&mut amina, "Change what they may do here …");
        press(&mut amina, &format!("From now on: {choice}"));
        press(&mut amina, "Sign it");
        let said = if may { "Hodan may let people in." } else { "Hodan belongs to the circle." };
        both(&mut amina, &mut hodan, |amina, hodan| sees(amina, said) && invites(hodan) == may);
        until(&mut amina, "no question", |seat| !sees(seat, "What may Hodan do here?"));
    }
    press(&mut hodan, "History");
    until(&mut hodan, "what was signed", |seat| {
        sees(seat, "said that from then on you may let people in, too") && sees(seat, "you may no longer let people in")
    });
}

#[test]
fn a_plan_begun_for_somebody_is_handed_over_to_them_for_good() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut priya, mut amina) = (seat(one.path()), seat(two.path()));
    until(&mut priya, "the first screen", |seat| sees(seat, "Join"));
    fill(&mut priya, "What should people call you?", "Priya");
    press(&mut priya, "Start");
    press(&mut priya, "Whose plan is it?: Somebody else’s");
    fill(&mut priya, "Who is it about?", "Amina");
    press(&mut priya, "Start");
    for _ in 0..2 {
        until(&mut priya, "a sheet", |seat| sees(seat, "I have written them down"));
        press(&mut priya, "I have written them down");
    }
    until(&mut priya, "the plan", |seat| sees(seat, "About me"));
    let_in(&mut priya, &mut amina, "Amina", None);
    press(&mut priya, "People");
    press(&mut priya, "More about Amina");
    press(&mut priya, "Hand the plan over to Amina …");
    until(&mut priya, "what it means", |seat| sees(seat, "This is for good"));
    press(&mut priya, "Hand it over");
    press(&mut amina, "My page");
    both(&mut priya, &mut amina, |priya, amina| {
        sees(priya, "It is Amina’s plan. Nobody can remove Amina")
            && sees(amina, "It is your plan. You decide who belongs")
    });
    assert!(!sees(&priya, "Hand the plan over"), "only once");
    press(&mut amina, "History");
    until(&mut amina, "what was signed", |seat| sees(seat, "handed the plan over to you"));
    amina.into_state().room.close();
    let mut again = seat(two.path());
    press(&mut again, "Open Amina’s plan");
    press(&mut again, "My page");
    until(&mut again, "that it is hers", |seat| sees(seat, "It is your plan"));
}
