use seal::{ChainId, DocId, PersonId, Time};

use super::*;
use crate::{
    checks::made_up::id,
    document::Document,
    part::FieldKind,
    parts::part,
    template::{template, templates},
};

fn empty(code: &str) -> Document {
    Document::create(part(code).unwrap(), DocId::new([1; 32]), ChainId::new([1; 16]), Time(0)).0
}

fn of(found: &[(&str, Found)], label: &str) -> Found {
    found.iter().find(|(at, _)| *at == label).unwrap().1
}

#[test]
fn a_care_and_support_plan_says_what_the_act_asks_for_is_still_missing() {
    let [mut needs, meetings, money] = ["needs", "meetings", "money"].map(empty);
    let look = |needs: &Document| {
        let whole = Whole::new().with(needs).with(&meetings).with(&money);
        complete(template("care-act").unwrap(), &whole)
    };
    let found = look(&needs);
    assert_eq!(found.len(), 8);
    assert_eq!(of(&found, "template-asks-care-act-a"), Found::Missing);
    assert_eq!(of(&found, "template-asks-care-act-d"), Found::Elsewhere, "goals are not at hand");
    for number in [1, 2] {
        begin(&mut needs, "needs".parse().unwrap(), number);
    }
    let prevent = |number| format!("needs/{}.prevent", id(number)).parse().unwrap();
    needs.splice(prevent(1), 0, 0, "Somebody beside me the first six times").unwrap();
    let found = look(&needs);
    assert_eq!(of(&found, "template-asks-care-act-a"), Found::There);
    assert_eq!(of(&found, "template-asks-care-act-f"), Found::Missing, "one need says nothing about it");
    needs.splice(prevent(2), 0, 0, "A timer").unwrap();
    assert_eq!(of(&look(&needs), "template-asks-care-act-f"), Found::There);
    needs.splice(prevent(2), 0, 7, "  ").unwrap();
    assert_eq!(of(&look(&needs), "template-asks-care-act-f"), Found::Missing, "blanks say nothing");
}

/// Adds a record in which something is said: one without words counts for nothing.
fn begin(document: &mut Document, list: crate::ListPath, number: u8) {
    document.add(list, id(number), Time(1)).unwrap();
    let fields = document.list_of(id(number)).unwrap().1.fields;
    let words = fields.iter().find(|field| field.kind == FieldKind::Text).unwrap().code;
    document.splice(FieldPath::new(document.part(), Some(id(number)), words).unwrap(), 0, 0, "Something").unwrap();
}

fn fill(document: &mut Document, list: &str, number: u8, field: &str, value: Value) {
    let list: crate::ListPath = list.parse().unwrap();
    if !document.items(list).contains(&id(number)) {
        begin(document, list, number);
    }
    document.set(FieldPath::new(document.part(), Some(id(number)), field).unwrap(), Some(value)).unwrap();
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

fn care_act(documents: &[&Document], voices: &[&Document]) -> Vec<(&'static str, Found)> {
    let whole = documents.iter().fold(Whole::new(), |whole, part| whole.with(part));
    let whole = voices.iter().fold(whole, |whole, voice| whole.with_voice(PersonId::new([7; 32]), voice));
    complete(template("care-act").unwrap(), &whole)
}

#[test]
fn whether_the_council_must_help_is_said_by_yes_or_no_and_not_by_not_said() {
    let mut needs = empty("needs");
    for (answer, found) in [("not-said", Found::Missing), ("no", Found::There), ("yes", Found::There)] {
        fill(&mut needs, "needs", 1, "eligible", choice(answer));
        assert_eq!(of(&care_act(&[&needs], &[]), "template-asks-care-act-b"), found, "{answer}");
    }
}

#[test]
fn a_need_is_met_by_help_that_was_agreed_for_it_and_not_by_just_any_action() {
    let [mut needs, mut actions, mut supports, mut goals] = ["needs", "actions", "supports", "goals"].map(empty);
    let look = |all: [&Document; 4]| of(&care_act(&all, &[]), "template-asks-care-act-c");
    fill(&mut needs, "needs", 1, "eligible", choice("yes"));
    fill(&mut needs, "needs", 2, "eligible", choice("no"));
    fill(&mut actions, "actions", 3, "kind", choice("ask"));
    assert_eq!(look([&needs, &actions, &supports, &goals]), Found::Missing, "that is for nothing");
    fill(&mut actions, "actions", 3, "for", Value::Refs([id(1)].into()));
    fill(&mut actions, "actions", 3, "status", choice("asked"));
    assert_eq!(look([&needs, &actions, &supports, &goals]), Found::Missing, "nobody said yes");
    fill(&mut supports, "supports", 4, "for", Value::Refs([id(5)].into()));
    fill(&mut supports, "supports", 4, "status", choice("started"));
    assert_eq!(look([&needs, &actions, &supports, &goals]), Found::Missing);
    fill(&mut goals, "goals", 5, "needs", Value::Refs([id(1)].into()));
    assert_eq!(look([&needs, &actions, &supports, &goals]), Found::There, "help with a wish this need belongs to");
    assert_eq!(of(&care_act(&[&needs, &actions, &goals], &[]), "template-asks-care-act-c"), Found::Elsewhere);
    fill(&mut supports, "supports", 4, "status", choice("idea"));
    fill(&mut actions, "actions", 3, "status", choice("done"));
    assert_eq!(look([&needs, &actions, &supports, &goals]), Found::There);
}

#[test]
fn a_wish_alone_does_not_say_which_help_is_for_it() {
    let [mut actions, supports, mut goals] = ["actions", "supports", "goals"].map(empty);
    let look = |all: [&Document; 3]| of(&care_act(&all, &[]), "template-asks-care-act-d");
    fill(&mut goals, "goals", 1, "status", choice("active"));
    assert_eq!(look([&actions, &supports, &goals]), Found::Missing);
    fill(&mut actions, "actions", 2, "for", Value::Refs([id(1)].into()));
    assert_eq!(look([&actions, &supports, &goals]), Found::There);
    fill(&mut goals, "goals", 3, "status", choice("let-go"));
    assert_eq!(look([&actions, &supports, &goals]), Found::There, "what was let go needs no help");
}

#[test]
fn to_ask_for_a_yes_is_not_to_have_it() {
    let (mut agreement, agreements) = (empty("agreement"), "agreement-voice.agreements");
    let voice = part("agreement").unwrap().voice.unwrap();
    let mut said = Document::create(voice, DocId::new([2; 32]), ChainId::new([2; 16]), Time(0)).0;
    fill(&mut agreement, "agreement.versions", 1, "name", Value::Line("November".into()));
    let look = |agreement: &Document, said: &Document| of(&care_act(&[agreement], &[said]), "template-asks-agreed");
    assert_eq!(look(&agreement, &said), Found::Missing);
    fill(&mut said, agreements, 2, "answer", choice("no"));
    assert_eq!(look(&agreement, &said), Found::Missing);
    fill(&mut said, agreements, 2, "answer", choice("yes-but"));
    assert_eq!(look(&agreement, &said), Found::There);
}

#[test]
fn with_nothing_at_hand_a_template_knows_nothing_and_with_empty_parts_it_misses_all() {
    for template in templates() {
        assert!(complete(template, &Whole::new()).iter().all(|(_, found)| *found == Found::Elsewhere));
        let parts: Vec<Document> = crate::parts().iter().map(|part| empty(part.code)).collect();
        let whole = parts.iter().fold(Whole::new(), |whole, part| whole.with(part));
        assert!(complete(template, &whole).iter().all(|(_, found)| *found == Found::Missing), "{}", template.code);
    }
}
