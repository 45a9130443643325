//! Versions that meet: what a newer one wrote is kept whole by an older one, and an old document is filled in by a newer one.

use automerge::{AutoCommit, ObjType, ROOT, ReadDoc as _, ScalarValue, TextEncoding, transaction::Transactable as _};
use proptest::prelude::*;
use seal::{ChainId, DocId, ItemId, Time};

use crate::{
    document::Document,
    part::{FieldKind, Part},
    parts::{part, parts},
    path::{FieldPath, ListPath},
    records::objects,
    value::{BadValue, Someone, Value},
};

const DOC: DocId = DocId::new([2; 32]);
const ITEM: ItemId = ItemId::new([3; 16]);

fn created(part: &'static Part) -> Document {
    Document::create(part, DOC, ChainId::new([1; 16]), Time(0)).0
}

// What a version with more fields, more lists, more choices and another kind of field would have written.
fn from_a_newer_version() -> Document {
    let mut document = created(part("goals").unwrap());
    document.add("goals".parse().unwrap(), ITEM, Time(1)).unwrap();
    let record = document.records.by_id[&ITEM].object.clone();
    let newer = &mut document.automerge;
    let text = newer.put_object(ROOT, "song", ObjType::Text).unwrap();
    newer.splice_text(&text, 0, 0, "la la").unwrap();
    let list = newer.put_object(ROOT, "dances", ObjType::Map).unwrap();
    let dance = newer.put_object(&list, ItemId::new([9; 16]).to_string(), ObjType::Map).unwrap();
    newer.put(&dance, "name", "polka").unwrap();
    newer.put(&record, "status", "dancing").unwrap();
    newer.put(&record, "target", "some Tuesday").unwrap();
    newer.put(&record, "weight", 7).unwrap();
    let set = objects(newer, &record, "needs", ObjType::Map)[0].clone();
    newer.put(&set, "need/of/another/plan", true).unwrap();
    document.close(Time(2));
    document
}

#[test]
fn what_a_newer_version_wrote_survives_an_older_one_untouched() {
    let mut document = from_a_newer_version();
    assert!(document.has_more(None) && document.has_more(Some(ITEM)));
    let field = |code: &str| FieldPath::new(part("goals").unwrap(), Some(ITEM), code).unwrap();
    // A choice this version does not have is shown as it is; a value of another kind is not shown, and not lost.
    assert_eq!(document.value(field("status")).value(), Some(&Value::Choice("dancing".into())));
    assert_eq!(document.value(field("target")).value(), None);
    document.splice(field("words"), 0, 0, "I want to swim").unwrap();
    document.set(field("importance"), Some(Value::Scale(9))).unwrap();
    document.set(field("whose"), Some(Value::Person(Someone::Named("Amina".into())))).unwrap();
    document.set(field("needs"), Some(Value::Refs([ITEM].into()))).unwrap();
    document.set(field("needs"), None).unwrap();
    document.close(Time(3));
    document.undo().unwrap();
    document.redo().unwrap();
    document.remove(ITEM).unwrap();
    document.restore(ITEM).unwrap();
    document.close(Time(4));
    let saved = document.save_tried().unwrap();
    let mut again = Document::load(part("goals").unwrap(), DOC, Some(&saved), &[]).unwrap();
    again.write_as(ChainId::new([7; 16]));
    again.splice(field("words"), 0, 0, "* ").unwrap();
    again.close(Time(5));
    let text = objects(&again.automerge, &ROOT, "song", ObjType::Text)[0].clone();
    assert_eq!(again.automerge.text(text).unwrap(), "la la");
    let list = objects(&again.automerge, &ROOT, "dances", ObjType::Map)[0].clone();
    let dance = objects(&again.automerge, &list, &ItemId::new([9; 16]).to_string(), ObjType::Map)[0].clone();
    let record = again.records.by_id[&ITEM].object.clone();
    let set = objects(&again.automerge, &record, "needs", ObjType::Map)[0].clone();
    let held = |home, key| again.automerge.get(home, key).unwrap().unwrap().0.into_scalar().unwrap();
    assert_eq!(held(&dance, "name"), ScalarValue::from("polka"));
    assert_eq!(held(&record, "status"), ScalarValue::from("dancing"));
    assert_eq!(held(&record, "target"), ScalarValue::from("some Tuesday"));
    assert_eq!(held(&record, "weight"), ScalarValue::from(7));
    assert_eq!(held(&set, "need/of/another/plan"), ScalarValue::from(true));
}

#[test]
fn a_choice_among_several_that_only_a_newer_version_has_is_shown_and_stays_beside_the_others() {
    let circle = part("circle").unwrap();
    let mut document = created(circle);
    document.add("circle".parse().unwrap(), ITEM, Time(1)).unwrap();
    let record = document.records.by_id[&ITEM].object.clone();
    let set = objects(&document.automerge, &record, "roles", ObjType::Map)[0].clone();
    document.automerge.put(&set, "bard", true).unwrap();
    let roles = FieldPath::new(circle, Some(ITEM), "roles").unwrap();
    assert_eq!(document.value(roles).value().map(ToString::to_string), Some("bard".to_owned()));
    let choose = |choices: &[&str]| Some(Value::Choices(choices.iter().map(|choice| (*choice).to_owned()).collect()));
    document.set(roles, choose(&["bard", "carer"])).unwrap();
    assert_eq!(document.value(roles).value(), choose(&["bard", "carer"]).as_ref());
    assert_eq!(document.set(roles, choose(&["carer", "juggler"])), Err(BadValue::Choice.into()));
    // Whoever sees it can take it away.
    document.set(roles, choose(&["carer"])).unwrap();
    assert_eq!(document.value(roles).value(), choose(&["carer"]).as_ref());
}

// A plan of the first version had cover, about me, goals and actions, with fewer fields; here none of them has any object.
#[test]
fn an_old_document_is_filled_in_by_a_newer_version_field_by_field() {
    for part in parts() {
        let mut bare = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
        bare.put(ROOT, "v", 1).unwrap();
        let bare = bare.save_nocompress();
        let mut document = Document::load(part, DOC, Some(&bare), &[]).unwrap();
        document.write_as(ChainId::new([7; 16]));
        assert!(!document.has_more(None));
        for list in part.lists {
            let path = ListPath::new(part, None, list.code).unwrap();
            assert_eq!(document.items(path), []);
            document.add(path, ITEM, Time(1)).unwrap();
            assert_eq!(document.items(path), [ITEM]);
            document.remove(ITEM).unwrap();
            if part.lists.len() > 1 {
                break;
            }
        }
        for field in part.fields {
            let path = FieldPath::new(part, None, field.code).unwrap();
            match field.kind {
                FieldKind::Text => {
                    assert_eq!(document.text(path), "");
                    document.splice(path, 0, 0, "new").unwrap();
                    assert_eq!(document.text(path), "new");
                }
                kind => {
                    assert_eq!(document.value(path).value(), None);
                    let Some(text) = some(kind) else { continue };
                    document.set(path, Value::parse(kind, &text).unwrap()).unwrap();
                    assert_eq!(document.value(path).value().map(ToString::to_string), Some(text));
                }
            }
        }
        assert!(!document.close(Time(2)).is_empty());
    }
}

fn some(kind: FieldKind) -> Option<String> {
    match kind {
        FieldKind::Line | FieldKind::Person | FieldKind::People => Some("Ben".into()),
        FieldKind::Date => Some("2027-03-01".into()),
        FieldKind::Choice(choices) | FieldKind::Choices(choices) => Some(choices[0].into()),
        FieldKind::Scale(low, _) => Some(low.to_string()),
        FieldKind::YesNo => Some("yes".into()),
        FieldKind::Files => Some(format!("{}:paper:9:Letter", seal::FileId::new([8; 32]))),
        FieldKind::Text
        | FieldKind::Moment
        | FieldKind::Money
        | FieldKind::Quantity
        | FieldKind::Ref(_)
        | FieldKind::Refs(_) => None,
    }
}

proptest! {
    // Whatever scalars stand where fields should be, reading gives something or nothing and never fails.
    #[test]
    fn wild_values_in_any_field_do_no_harm(
        words in prop::collection::vec("\\PC{0,20}", 12), number: i64, which in 0_usize..31,
    ) {
        let part = &parts()[which % parts().len()];
        let mut document = created(part);
        for (at, list) in part.lists.iter().enumerate() {
            let item = ItemId::new([at as u8 + 1; 16]);
            document.add(ListPath::new(part, None, list.code).unwrap(), item, Time(1)).unwrap();
            let record = document.records.by_id[&item].object.clone();
            for (field, words) in list.fields.iter().zip(words.iter().cycle()) {
                match number.rem_euclid(3) {
                    0 => document.automerge.put(&record, field.code, words.as_str()).unwrap(),
                    1 => document.automerge.put(&record, field.code, number).unwrap(),
                    _ if field.kind.is_set() => {
                        let set = objects(&document.automerge, &record, field.code, ObjType::Map)[0].clone();
                        document.automerge.put(&set, format!("k{words}"), words.as_str()).unwrap();
                    }
                    _ => document.automerge.put(&record, field.code, ScalarValue::Null).unwrap(),
                }
            }
            for field in list.fields {
                let path = FieldPath::new(part, Some(item), field.code).unwrap();
                let shown = document.value(path);
                prop_assert!(shown.values.len() <= 1);
                document.text(path);
            }
        }
    }
}
