//! Stories of devices that write one part together.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

mod common;

use common::{DOC, Device, field, meet, part};
use plan::{BadValue, Date, Document, FieldPath, ListPath, Someone, Value, WriteError};
use seal::{ItemId, Time};

fn goals() -> ListPath {
    "goals".parse().unwrap()
}

fn of(item: ItemId, code: &str) -> FieldPath {
    FieldPath::new(part("goals"), Some(item), code).unwrap()
}

const SWIM: ItemId = ItemId::new([3; 16]);
const PAINT: ItemId = ItemId::new([4; 16]);
const COOK: ItemId = ItemId::new([5; 16]);

#[test]
fn two_people_write_in_one_text_and_both_see_all_of_it() {
    let words = field("about-me.communication");
    let mut amina = Device::maker(part("about-me"));
    let mut hodan = Device::beside(&amina, 2);
    amina.document.splice(words, 0, 0, "Ask me, don't tell me. ").unwrap();
    hodan.document.splice(words, 0, 0, "👩🏾‍🎨 Give me time").unwrap();
    meet(&mut amina, &mut hodan);
    let text = amina.document.text(words);
    assert_eq!(text, hodan.document.text(words));
    assert!(text.contains("Ask me, don't tell me. ") && text.contains("👩🏾‍🎨 Give me time"), "{text}");
    assert_eq!(amina.document.heads(), hodan.document.heads());
    assert_eq!(text.chars().count(), amina.document.text_len(words));
}

#[test]
fn a_date_that_two_set_apart_shows_both_until_one_chooses() {
    let when = of(SWIM, "target");
    let mut amina = Device::maker(part("goals"));
    amina.document.add(goals(), SWIM, Time(5)).unwrap();
    amina.close();
    let mut priya = Device::beside(&amina, 2);
    let march = Value::Date(Date::new(2027, 3, 1).unwrap());
    let april = Value::Date(Date::new(2027, 4, 1).unwrap());
    amina.document.set(when, Some(march.clone())).unwrap();
    priya.document.set(when, Some(april.clone())).unwrap();
    meet(&mut amina, &mut priya);
    let shown = amina.document.value(when);
    assert_eq!(shown, priya.document.value(when));
    assert!(shown.is_conflict());
    let writers: Vec<_> = shown.values.iter().map(|(_, chain)| *chain).collect();
    assert!(writers.contains(&amina.document.chain().unwrap()) && writers.contains(&priya.document.chain().unwrap()));
    amina.document.set(when, Some(april.clone())).unwrap();
    meet(&mut amina, &mut priya);
    assert_eq!(priya.document.value(when).values.len(), 1);
    assert_eq!(priya.document.value(when).value(), Some(&april));
    priya.document.set(when, None).unwrap();
    meet(&mut amina, &mut priya);
    assert_eq!(amina.document.value(when).value(), None);
}

#[test]
fn two_who_add_people_at_once_both_do() {
    let who: FieldPath = field("about-me.helped-by");
    let people =
        |names: &[&str]| Some(Value::People(names.iter().map(|name| Someone::Named((*name).to_owned())).collect()));
    let mut amina = Device::maker(part("about-me"));
    let mut hodan = Device::beside(&amina, 2);
    amina.document.set(who, people(&["Hodan"])).unwrap();
    hodan.document.set(who, people(&["Ben", "Joy"])).unwrap();
    meet(&mut amina, &mut hodan);
    assert_eq!(amina.document.value(who).value(), people(&["Ben", "Hodan", "Joy"]).as_ref());
    hodan.document.set(who, people(&["Ben"])).unwrap();
    meet(&mut amina, &mut hodan);
    assert_eq!(amina.document.value(who).value(), people(&["Ben"]).as_ref());
}

#[test]
fn records_keep_their_order_and_what_is_removed_can_come_back() {
    let mut amina = Device::maker(part("goals"));
    for item in [SWIM, PAINT, COOK] {
        amina.document.add(goals(), item, Time(5)).unwrap();
    }
    amina.document.place(COOK, None).unwrap();
    amina.document.place(SWIM, Some(PAINT)).unwrap();
    assert_eq!(amina.document.items(goals()), [COOK, PAINT, SWIM]);
    amina.close();
    let mut hodan = Device::beside(&amina, 2);
    hodan.document.splice(of(PAINT, "words"), 0, 0, "Sell one painting").unwrap();
    amina.document.remove(PAINT).unwrap();
    meet(&mut amina, &mut hodan);
    assert_eq!(hodan.document.items(goals()), [COOK, SWIM]);
    assert_eq!(hodan.document.removed(goals()), [PAINT]);
    hodan.document.restore(PAINT).unwrap();
    meet(&mut amina, &mut hodan);
    assert_eq!(amina.document.items(goals()), [COOK, PAINT, SWIM]);
    assert_eq!(amina.document.text(of(PAINT, "words")), "Sell one painting");
    assert_eq!(amina.document.made(PAINT), Some((amina.document.chain().unwrap(), Time(5))));
}

#[test]
fn records_added_apart_at_one_place_can_still_be_told_apart_and_moved_between() {
    let mut amina = Device::maker(part("goals"));
    let mut hodan = Device::beside(&amina, 2);
    amina.document.add(goals(), SWIM, Time(5)).unwrap();
    hodan.document.add(goals(), PAINT, Time(5)).unwrap();
    meet(&mut amina, &mut hodan);
    assert_eq!(amina.document.items(goals()), hodan.document.items(goals()));
    amina.document.add(goals(), COOK, Time(6)).unwrap();
    amina.document.place(COOK, Some(SWIM)).unwrap();
    assert_eq!(amina.document.items(goals()), [SWIM, COOK, PAINT]);
    meet(&mut amina, &mut hodan);
    assert_eq!(hodan.document.items(goals()), [SWIM, COOK, PAINT]);
}

#[test]
fn a_list_inside_a_record_is_a_list_like_any_other() {
    let mut amina = Device::maker(part("goals"));
    amina.document.add(goals(), SWIM, Time(5)).unwrap();
    let stages: ListPath = format!("goals/{SWIM}.stages").parse().unwrap();
    amina.document.add(stages, COOK, Time(6)).unwrap();
    amina.document.set(of(COOK, "what"), Some(Value::Line("Visit the pool".into()))).unwrap();
    amina.document.splice(of(COOK, "outcome"), 0, 0, "We went").unwrap();
    amina.close();
    let hodan = Device::beside(&amina, 2);
    assert_eq!(hodan.document.items(stages), [COOK]);
    assert_eq!(hodan.document.text(of(COOK, "outcome")), "We went");
    assert_eq!(hodan.document.list_of(COOK).map(|(list, _)| list), Some(stages));
}

#[test]
fn a_text_begun_twice_shows_both_and_the_next_edit_makes_it_one() {
    let words = field("about-me.important");
    // Neither has the maker's edits yet, as with a field of a newer version.
    let mut ben = Device::empty(part("about-me"), 2);
    let mut joy = Device::empty(part("about-me"), 3);
    ben.document.splice(words, 0, 0, "My nephews").unwrap();
    joy.document.splice(words, 0, 0, "Friday prayers").unwrap();
    meet(&mut ben, &mut joy);
    let text = ben.document.text(words);
    assert_eq!(text, joy.document.text(words));
    assert!(["My nephews\nFriday prayers", "Friday prayers\nMy nephews"].contains(&text.as_str()), "{text}");
    assert!(joy.document.is_doubled(words));
    // Ben goes on in the text that Joy moves: nothing is lost.
    let place = text.find("My nephews").unwrap() + "My nephews".len();
    ben.document.splice(words, place, 0, "!").unwrap();
    joy.document.splice(words, 0, 0, "1. ").unwrap();
    meet(&mut ben, &mut joy);
    let text = ben.document.text(words);
    assert_eq!(text, joy.document.text(words));
    assert!(text.contains("My nephews") && text.contains('!') && text.contains("Friday prayers"), "{text}");
    joy.document.splice(words, 0, 0, "*").unwrap();
    assert!(!joy.document.is_doubled(words));
}

#[test]
fn every_field_made_on_two_devices_apart_keeps_what_both_wrote() {
    for part in plan::parts() {
        let mut ben = Device::empty(part, 2);
        let mut joy = Device::empty(part, 3);
        for device in [&mut ben, &mut joy] {
            for (at, list) in (0..).zip(part.lists) {
                let list = ListPath::new(part, None, list.code).unwrap();
                let [bens, joys] = records_of(at);
                let item = if device.key.id() == common::identity(2).0.id() { bens } else { joys };
                device.document.add(list, item, Time(1)).unwrap();
            }
        }
        let texts: Vec<_> = part.fields.iter().filter(|field| field.kind.is_text()).map(|field| field.code).collect();
        for code in &texts {
            let path = FieldPath::new(part, None, code).unwrap();
            ben.document.splice(path, 0, 0, "from Ben").unwrap();
            joy.document.splice(path, 0, 0, "from Joy").unwrap();
        }
        let sets: Vec<_> = part.fields.iter().filter(|field| field.kind == plan::FieldKind::People).collect();
        for field in &sets {
            let path = FieldPath::new(part, None, field.code).unwrap();
            let one = |name: &str| Some(Value::People([Someone::Named(name.to_owned())].into()));
            ben.document.set(path, one("Ben")).unwrap();
            joy.document.set(path, one("Joy")).unwrap();
        }
        meet(&mut ben, &mut joy);
        for document in [&ben.document, &joy.document] {
            for code in &texts {
                let text = document.text(FieldPath::new(part, None, code).unwrap());
                assert!(text.contains("from Ben") && text.contains("from Joy"), "{} {code}: {text}", part.code);
            }
            for field in &sets {
                let shown = document.value(FieldPath::new(part, None, field.code).unwrap());
                assert_eq!(shown.value().map(ToString::to_string), Some("Ben,Joy".to_owned()));
            }
            for (at, list) in (0..).zip(part.lists) {
                assert_eq!(document.items(ListPath::new(part, None, list.code).unwrap()), records_of(at));
            }
        }
    }
}

// What each of two adds to a part's list of this number.
fn records_of(list: u8) -> [ItemId; 2] {
    [10 + list, 30 + list].map(|number| ItemId::new([number; 16]))
}

#[test]
fn a_large_paste_is_several_edits_and_one_step_back() {
    let words = field("about-me.support");
    let mut amina = Device::maker(part("about-me"));
    amina.document.splice(words, 0, 0, "before").unwrap();
    amina.close();
    let paste = "Ayan, 日本, 👩🏾‍🎨 and more. ".repeat(500);
    amina.document.splice(words, 6, 0, &paste).unwrap();
    let edits = amina.close();
    assert!(edits.len() > 5, "{}", edits.len());
    assert!(edits.iter().all(|edit| edit.edit().bytes().len() <= seal::EDIT_BYTES));
    assert_eq!(amina.document.text(words), format!("before{paste}"));
    let all = amina.document.text_len(words);
    amina.document.splice(words, 0, all, "").unwrap();
    assert!(amina.close().len() > 5);
    amina.document.undo().unwrap();
    amina.close();
    assert_eq!(amina.document.text(words), format!("before{paste}"));
    amina.document.undo().unwrap();
    amina.close();
    assert_eq!(amina.document.text(words), "before");
}

#[test]
fn undo_takes_back_my_words_and_none_of_yours() {
    let words = field("about-me.please");
    let mut amina = Device::maker(part("about-me"));
    amina.document.splice(words, 0, 0, "Please knock.").unwrap();
    amina.close();
    let mut ben = Device::beside(&amina, 2);
    amina.document.splice(words, 7, 5, "ring the bell").unwrap();
    amina.close();
    meet(&mut amina, &mut ben);
    assert_eq!(ben.document.text(words), "Please ring the bell.");
    ben.document.splice(words, 12, 0, "twice ").unwrap();
    ben.document.splice(words, 0, 0, "Ben: ").unwrap();
    meet(&mut amina, &mut ben);
    amina.document.undo().unwrap();
    meet(&mut amina, &mut ben);
    let text = ben.document.text(words);
    assert!(text.starts_with("Ben: Please ") && text.contains("twice ") && text.contains("knock"), "{text}");
    assert!(!text.contains("bell"), "{text}");
    amina.document.redo().unwrap();
    meet(&mut amina, &mut ben);
    let text = ben.document.text(words);
    assert!(!text.contains("knock") && text.contains("bell") && text.contains("twice "), "{text}");
    amina.document.undo().unwrap();
    amina.document.undo().unwrap();
    meet(&mut amina, &mut ben);
    assert_eq!(ben.document.text(words).replace("Ben: ", "").replace("twice ", ""), "");
    assert!(!amina.document.can_undo());
}

#[test]
fn undo_leaves_a_value_that_somebody_set_since() {
    let status = of(SWIM, "status");
    let mut amina = Device::maker(part("goals"));
    amina.document.add(goals(), SWIM, Time(5)).unwrap();
    amina.close();
    let mut priya = Device::beside(&amina, 2);
    amina.document.set(status, Some(Value::Choice("active".into()))).unwrap();
    meet(&mut amina, &mut priya);
    priya.document.set(status, Some(Value::Choice("not-yet".into()))).unwrap();
    meet(&mut amina, &mut priya);
    amina.document.undo().unwrap();
    meet(&mut amina, &mut priya);
    assert_eq!(priya.document.value(status).value(), Some(&Value::Choice("not-yet".into())));
    // Nor does taking back an added record take away what somebody wrote in it.
    amina.document.undo().unwrap();
    assert_eq!(amina.document.items(goals()), [SWIM]);
    priya.document.undo().unwrap();
    assert_eq!(priya.document.value(status).value(), Some(&Value::Choice("active".into())));
}

#[test]
fn what_a_field_cannot_hold_changes_nothing() {
    let mut amina = Device::maker(part("goals"));
    amina.document.add(goals(), SWIM, Time(5)).unwrap();
    amina.close();
    let refused = |document: &mut Document, code, value| document.set(of(SWIM, code), Some(value)).unwrap_err();
    let document = &mut amina.document;
    assert_eq!(refused(document, "status", Value::Choice("maybe".into())), BadValue::Choice.into());
    assert_eq!(refused(document, "importance", Value::Scale(11)), BadValue::Scale.into());
    assert_eq!(refused(document, "target", Value::YesNo(true)), BadValue::Kind.into());
    assert_eq!(refused(document, "words", Value::Line("no".into())), BadValue::Kind.into());
    assert_eq!(document.splice(of(SWIM, "words"), 1, 0, "x"), Err(WriteError::Beyond));
    assert_eq!(document.splice(of(SWIM, "words"), 0, usize::MAX, "x"), Err(WriteError::Beyond));
    assert_eq!(document.splice(of(PAINT, "words"), 0, 0, "x"), Err(WriteError::NoItem));
    assert_eq!(document.splice(of(SWIM, "outcome"), 0, 0, "x"), Err(WriteError::NoField));
    assert!(!amina.document.is_open());
    let mut reader = Document::load(part("goals"), DOC, None, &amina.held).unwrap();
    assert_eq!(reader.remove(SWIM), Err(WriteError::NotWriting));
}

#[test]
fn a_saved_document_comes_back_with_the_edits_since() {
    let words = field("about-me.also");
    let mut amina = Device::maker(part("about-me"));
    amina.document.splice(words, 0, 0, "I paint").unwrap();
    amina.close();
    let snapshot = amina.document.save_tried().unwrap();
    amina.document.splice(words, 7, 0, " and sing").unwrap();
    amina.close();
    let mut again = Document::load(part("about-me"), DOC, Some(&snapshot), &amina.held).unwrap();
    assert_eq!(again.text(words), "I paint and sing");
    assert_eq!(again.heads(), amina.document.heads());
    // It goes on with its own chain where it left off.
    again.write_as(amina.document.chain().unwrap());
    again.splice(words, 0, 0, "* ").unwrap();
    amina.document = again;
    assert_eq!(amina.close().len(), 1);
    assert!(Document::load(part("about-me"), DOC, Some(&snapshot[..snapshot.len() - 9]), &[]).is_err());
}

#[test]
fn a_document_is_made_anew_from_some_of_its_edits() {
    let words = field("about-me.also");
    let mut amina = Device::maker(part("about-me"));
    let start = amina.held.clone();
    amina.document.splice(words, 0, 0, "I paint").unwrap();
    amina.close();
    let touched = amina.document.rebuild(&start).unwrap();
    assert!(touched.all);
    assert_eq!(amina.document.text(words), "");
    amina.document.rebuild(&amina.held.clone()).unwrap();
    assert_eq!(amina.document.text(words), "I paint");
}

#[test]
fn a_merge_beside_the_window_keeps_what_was_typed_meanwhile() {
    let words = field("about-me.also");
    let mut amina = Device::maker(part("about-me"));
    let mut ben = Device::beside(&amina, 2);
    ben.document.splice(words, 0, 0, "from Ben ").unwrap();
    let from_ben = ben.close();
    let mut worker = amina.document.clone();
    worker.merge(&from_ben).unwrap();
    amina.document.splice(words, 0, 0, "from Amina ").unwrap();
    amina.close();
    amina.document.swap(worker).unwrap();
    let text = amina.document.text(words);
    assert!(text.contains("from Ben") && text.contains("from Amina"), "{text}");
    for edit in &from_ben {
        seal::Door::weigh(&mut amina.house, edit.edit()).unwrap();
    }
    amina.document.undo().unwrap();
    assert_eq!(amina.document.text(words), "from Ben ");
    amina.close();
}

#[test]
fn a_record_is_blank_until_something_is_said_in_it_and_again_when_that_is_taken_back() {
    let mut amina = Device::maker(part("goals"));
    amina.document.add(goals(), SWIM, Time(5)).unwrap();
    assert!(amina.document.is_blank(SWIM));
    amina.document.set(of(SWIM, "target"), Some(Value::Date(Date::new(2027, 3, 1).unwrap()))).unwrap();
    assert!(amina.document.is_blank(SWIM), "a day alone says nothing");
    amina.document.splice(of(SWIM, "words"), 0, 0, "Swim").unwrap();
    assert!(!amina.document.is_blank(SWIM));
    amina.document.splice(of(SWIM, "words"), 0, 4, "").unwrap();
    assert!(amina.document.is_blank(SWIM));
    // Somebody who was apart meanwhile wrote in it: it is not blank once they meet, whoever took it away.
    amina.close();
    let mut hodan = Device::beside(&amina, 2);
    hodan.document.splice(of(SWIM, "words"), 0, 0, "Paint").unwrap();
    amina.document.remove(SWIM).unwrap();
    meet(&mut amina, &mut hodan);
    assert!(!amina.document.is_blank(SWIM) && !hodan.document.is_blank(SWIM));
}
