//! Parts that two people begin apart: everybody's work is on every page of both windows, and in what the command line shows.

use std::collections::BTreeSet;

use alongside::{Page, Place, Wish};
use desk::{Ask, Fill};
use plan::{Copies, Field, FieldKind, FieldPath, ListPath, Opens, Part, Value};

use super::*;

/// Lets the desk do something, as a page would.
fn act(seat: &mut Window, ask: Ask) {
    let ctx = seat.ctx.clone();
    seat.state_mut().room.carry_out(&ctx, Wish::Do(ask));
    seat.step();
}

/// Something to be found again for a field of any kind; of those that are no words both write the same.
fn fill(kind: FieldKind, words: &str) -> Option<Fill> {
    let parse = |text: &str| Value::parse(kind, text).unwrap().unwrap();
    Some(Fill::Value(match kind {
        FieldKind::Text => return Some(Fill::Text(words.to_owned())),
        FieldKind::Line => parse(words),
        FieldKind::Date => parse("2027-03-01"),
        FieldKind::Moment => parse("2027-03-01T16:40+00:00"),
        FieldKind::Money => parse("120.00"),
        FieldKind::Quantity => parse("2"),
        FieldKind::Choice(choices) => parse(choices[0]),
        FieldKind::Scale(_, high) => Value::Scale(high),
        FieldKind::YesNo => parse("yes"),
        FieldKind::Person | FieldKind::People => parse("Ben"),
        FieldKind::Choices(_) | FieldKind::Ref(_) | FieldKind::Refs(_) | FieldKind::Files => return None,
    }))
}

fn is_words(field: &&Field) -> bool {
    matches!(field.kind, FieldKind::Text | FieldKind::Line)
}

/// The parts of which a plan has one, and that are not begun with it.
fn parts() -> impl Iterator<Item = &'static Part> {
    plan::parts().iter().filter(|part| part.copies == Copies::One && part.opens == Opens::WhenUsed)
}

/// Begins a part and fills in everything of it; what is words begins with who writes.
fn begin(seat: &mut Window, plan: PlanId, part: &'static Part, who: &str) {
    act(seat, Ask::OpenPart { plan, part: part.code.to_owned(), called: None });
    until(seat, part.code, |seat| seat.state().room.desk().document(plan, part.code).is_some());
    for field in part.fields {
        let words = format!("{who} wrote {}.", field.code);
        let path = FieldPath::new(part, None, field.code).unwrap();
        if let Some(fill) = fill(field.kind, &words) {
            act(seat, Ask::Set { plan, field: path, fill });
        }
    }
    for list in part.lists {
        let fills = list.fields.iter().filter_map(|field| {
            let words = format!("{who} wrote {}/{}.", list.code, field.code);
            Some((field.code.to_owned(), self::fill(field.kind, &words)?))
        });
        let path = ListPath::new(part, None, list.code).unwrap();
        act(seat, Ask::Add { plan, list: path, fills: fills.collect() });
    }
}

/// What a page shows of what somebody wrote, without who it was.
fn shown(seat: &Window, who: &str) -> BTreeSet<String> {
    let begin = format!("{who} wrote ");
    let said = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        let said: Vec<String> = [node.label(), node.value()].into_iter().flatten().collect();
        let marks = |text: &str| -> Vec<String> {
            let found = text.split(&begin).skip(1);
            found.filter_map(|rest| Some(rest.split_once('.')?.0.to_owned())).collect()
        };
        said.iter().flat_map(|text| marks(text)).collect::<Vec<_>>()
    };
    seat.root().children_recursive().flat_map(said).collect()
}

#[test]
fn what_two_begin_apart_stands_on_every_page_of_both_and_in_what_the_command_line_shows() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = (seat(one.path()), seat(two.path()));
    until(&mut amina, "the first screen", |seat| sees(seat, "Join"));
    super::fill(&mut amina, "What should people call you?", "Amina");
    press(&mut amina, "Start");
    until(&mut amina, "the title", |seat| sees(seat, "What is the plan called?"));
    press(&mut amina, "Start");
    press(&mut amina, "I have written them down");
    let_in(&mut amina, &mut hodan, "Hodan", None);
    let plan = plan_of(&amina).unwrap();
    let person = hodan.state().room.desk().people(plan).into_iter().find(|member| member.me).unwrap().id;
    act(&mut amina, Ask::SetStanding { plan, person, standing: circle::Standing::Owner });
    both(&mut amina, &mut hodan, |_, hodan| hodan.state().room.desk().may_begin(plan, "needs"));

    act(&mut hodan, Ask::GoOffline);
    for part in parts() {
        begin(&mut amina, plan, part, "Amina");
        begin(&mut hodan, plan, part, "Hodan");
    }
    act(&mut hodan, Ask::GoOnline);
    both(&mut amina, &mut hodan, |amina, hodan| {
        let has_both = |seat: &Window| {
            let desk = seat.state().room.desk();
            parts().all(|part| {
                let all = desk.as_one(plan, part.code, None, None);
                let texts = part.fields.iter().filter(|field| field.kind == FieldKind::Text).all(|field| {
                    let words = all.text(FieldPath::new(part, None, field.code).unwrap());
                    words.contains("Amina wrote") && words.contains("Hodan wrote")
                });
                let lists = part.lists.iter().all(|list| {
                    let items = all.items(ListPath::new(part, None, list.code).unwrap());
                    let last = list.fields.iter().rfind(is_words);
                    let is_filled = |(document, item): &(&plan::Document, seal::ItemId)| {
                        last.is_none_or(|field| {
                            let path = FieldPath::new(part, Some(*item), field.code).unwrap();
                            document.value(path).value().is_some() || !document.text(path).is_empty()
                        })
                    };
                    items.len() == 2 && items.iter().all(is_filled)
                });
                texts && lists
            })
        };
        has_both(amina) && has_both(hodan)
    });
    for part in parts().filter(|part| part.code != "cover-details") {
        for seat in [&mut amina, &mut hodan] {
            let ctx = seat.ctx.clone();
            let go = || Wish::Go(Place::Plan(plan, Page::Part(part.code)));
            seat.state_mut().room.carry_out(&ctx, go());
            seat.step();
            // What was added last is still open to be written in, and what that lies in.
            for _ in 0..6 {
                seat.key_press(Key::Escape);
                seat.step();
            }
            seat.state_mut().room.carry_out(&ctx, go());
            seat.run_steps(4);
            let (hers, theirs) = (shown(seat, "Amina"), shown(seat, "Hodan"));
            assert_eq!(hers, theirs, "on the page {}", part.code);
            let has_words =
                part.fields.iter().chain(part.lists.iter().flat_map(|list| list.fields)).any(|field| is_words(&field));
            assert!(!hers.is_empty() || !has_words, "nothing of either on the page {}: {}", part.code, heard(seat));
            assert!(sees(seat, "began this part while they were apart"), "{}", part.code);
        }
    }
    amina.into_state().room.close();
    hodan.into_state().room.close();

    let home = tests::home::Home::new(env!("CARGO_BIN_EXE_device"), one.path().to_owned());
    let all = home.ok(&["show", &plan.to_string()]).to_string();
    for part in parts() {
        for list in part.lists {
            for field in list.fields.iter().filter(is_words) {
                for who in ["Amina", "Hodan"] {
                    let words = format!("{who} wrote {}/{}.", list.code, field.code);
                    assert!(all.contains(&words), "{} is missing in {}", words, part.code);
                }
            }
        }
    }
}

#[test]
fn a_carer_asks_for_a_part_that_nobody_has_begun_and_one_press_begins_it() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut amina, mut hodan) = together(one.path(), two.path());
    let plan = plan_of(&amina).unwrap();
    let page = "What I need help with";
    press(&mut hodan, "Parts of this plan");
    until(&mut hodan, "what can be asked for", |seat| sees(seat, "You can ask for"));
    press(&mut hodan, &format!("Ask Amina for {page}"));
    until(&mut hodan, "that it was asked for", |seat| sees(seat, "You asked for it on"));
    press(&mut amina, "Front page");
    let begin = &format!("Begin {page}, as Hodan asks");
    both(&mut amina, &mut hodan, |amina, _| amina.query_by_label(begin).is_some());
    assert!(sees(&amina, "Hodan would like to write in “What I need help with”. It has not been begun yet"));

    // Not now is heard, and takes the card away for her alone.
    press(&mut amina, &format!("Not now: {page}, for Hodan"));
    both(&mut amina, &mut hodan, |amina, hodan| {
        amina.query_by_label(begin).is_none() && sees(hodan, "Amina said: not now")
    });
    press(&mut hodan, &format!("Do not ask for {page} any more"));
    press(&mut hodan, &format!("Ask Amina for {page}"));
    both(&mut amina, &mut hodan, |amina, _| amina.query_by_label(begin).is_some());
    press(&mut amina, begin);
    both(&mut amina, &mut hodan, |_, hodan| hodan.state().room.desk().access(plan, "needs") == circle::Access::Edit);
    press(&mut hodan, page);
    press(&mut hodan, "Add");
    parts::write_over(&mut hodan, "What", "Somebody to go swimming with");
    press(&mut hodan, "Done");
    both(&mut amina, &mut hodan, |amina, _| sees(amina, "Somebody to go swimming with"));
    press(&mut amina, "Front page");
    amina.run_steps(4);
    assert!(amina.query_by_label(begin).is_none(), "what was begun is not asked for any more");
}
