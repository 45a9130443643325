//! Every field of every part and voice, filled in on two devices apart: both keep their work, each kind by its one rule, and
//! it is there again after closing and opening.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

mod common;

use std::collections::BTreeSet;

use common::{DOC, Device, meet, part};
use plan::limits::FILES_NAMED;
use plan::{
    Attachment, Document, Field, FieldKind, FieldPath, FileKind, List, ListPath, Money, Part, Quantity, Someone,
    Together, Value,
};
use seal::{FileId, ItemId, Time};

const ITEM: ItemId = ItemId::new([3; 16]);
const INNER: ItemId = ItemId::new([4; 16]);
const OTHER: ItemId = ItemId::new([5; 16]);

fn everything() -> impl Iterator<Item = &'static Part> {
    plan::parts().iter().flat_map(|part| [Some(part), part.voice]).flatten()
}

fn file(number: u8, name: &str) -> Attachment {
    Attachment { id: FileId::new([number; 32]), kind: FileKind::Picture, bytes: 9, name: name.into() }
}

/// Two values that differ, as far as the kind has two.
fn two(kind: FieldKind) -> [Value; 2] {
    match kind {
        FieldKind::Text => unreachable!("texts are spliced"),
        FieldKind::Line => ["from Ben", "from Joy"].map(|text| Value::Line(text.into())),
        FieldKind::Date => ["2027-03-01", "2027-04-01"].map(|text| Value::Date(text.parse().unwrap())),
        FieldKind::Moment => {
            ["2026-10-14T16:40+01:00", "2026-10-14T16:41+01:00"].map(|text| Value::Moment(text.parse().unwrap()))
        }
        FieldKind::Money => [Value::Money(Money(1_350)), Value::Money(Money(-5))],
        FieldKind::Quantity => [Value::Quantity(Quantity(1_350)), Value::Quantity(Quantity(-5))],
        FieldKind::Choice(choices) => [0, 1].map(|at| Value::Choice(choices[at].into())),
        FieldKind::Choices(choices) => [0, 1].map(|at| Value::Choices([choices[at].to_owned()].into())),
        FieldKind::Scale(low, high) => [Value::Scale(low), Value::Scale(high)],
        FieldKind::YesNo => [true, false].map(Value::YesNo),
        FieldKind::Person => ["Ben", "Joy"].map(|name| Value::Person(Someone::Named(name.into()))),
        FieldKind::People => ["Ben", "Joy"].map(|name| Value::People([Someone::Named(name.into())].into())),
        FieldKind::Ref(_) => [ITEM, OTHER].map(Value::Ref),
        FieldKind::Refs(_) => [ITEM, OTHER].map(|item| Value::Refs([item].into())),
        FieldKind::Files => [1, 2].map(|number| Value::Files([file(number, "My week")].into())),
    }
}

/// Every field of a part, with the record it lies in: one in each list, and one in each list inside that.
fn fields(part: &'static Part) -> Vec<(Option<ItemId>, &'static Field)> {
    part.fields.iter().map(|field| (None, field)).collect()
}

fn record_fields(list: &'static List, item: ItemId) -> Vec<(Option<ItemId>, &'static Field)> {
    list.fields.iter().map(|field| (Some(item), field)).collect()
}

fn write(document: &mut Document, path: FieldPath, kind: FieldKind, which: usize) {
    if kind.is_text() {
        document.splice(path, 0, 0, ["from Ben", "from Joy"][which]).unwrap();
    } else {
        document.set(path, Some(two(kind)[which].clone())).unwrap();
    }
}

fn check(document: &Document, path: FieldPath, kind: FieldKind) {
    let [bens, joys] = if kind.is_text() { [Value::Scale(0), Value::Scale(0)] } else { two(kind) };
    match kind.together() {
        Together::EveryLetter => {
            let text = document.text(path);
            assert!(text.contains("from Ben") && text.contains("from Joy"), "{path}: {text}");
        }
        Together::BothAnswers => {
            let shown = document.value(path);
            let values: BTreeSet<&Value> = shown.values.iter().map(|(value, _)| value).collect();
            assert_eq!(values, [&bens, &joys].into(), "{path}");
            assert!(shown.is_conflict(), "{path}");
        }
        Together::EveryMember => {
            let text = document.value(path).value().map(ToString::to_string).unwrap();
            assert!(text.contains(&bens.to_string()) && text.contains(&joys.to_string()), "{path}: {text}");
        }
    }
}

fn fill_apart(part: &'static Part, list: Option<(&'static List, Option<&'static List>)>) {
    let mut ben = Device::maker(part);
    let fields = match list {
        None => fields(part),
        Some((list, None)) => {
            ben.document.add(ListPath::new(part, None, list.code).unwrap(), ITEM, Time(1)).unwrap();
            record_fields(list, ITEM)
        }
        Some((list, Some(outer))) => {
            ben.document.add(ListPath::new(part, None, outer.code).unwrap(), ITEM, Time(1)).unwrap();
            ben.document.add(ListPath::new(part, Some(ITEM), list.code).unwrap(), INNER, Time(1)).unwrap();
            record_fields(list, INNER)
        }
    };
    ben.close();
    let mut joy = Device::beside(&ben, 2);
    let path = |item, field: &Field| FieldPath::new(part, item, field.code).unwrap();
    for (item, field) in &fields {
        write(&mut ben.document, path(*item, field), field.kind, 0);
        write(&mut joy.document, path(*item, field), field.kind, 1);
    }
    meet(&mut ben, &mut joy);
    let again = Document::load(part, DOC, None, &joy.held).unwrap();
    for document in [&ben.document, &joy.document, &again] {
        for (item, field) in &fields {
            check(document, path(*item, field), field.kind);
        }
    }
}

#[test]
fn every_field_of_every_part_filled_in_apart_keeps_both() {
    for part in everything() {
        if !part.fields.is_empty() {
            fill_apart(part, None);
        }
        for list in part.all_lists() {
            fill_apart(part, Some(list));
        }
    }
}

#[test]
fn every_value_reads_back_as_the_command_line_writes_it_and_no_other_kind_takes_it() {
    let kinds: BTreeSet<String> = everything()
        .flat_map(|part| part.all_lists().into_iter().flat_map(|(list, _)| list.fields).chain(part.fields))
        .map(|field| {
            if !field.kind.is_text() {
                for value in two(field.kind) {
                    assert_eq!(
                        Value::parse(field.kind, &value.to_string()),
                        Ok(Some(value.clone())),
                        "{}",
                        field.label
                    );
                    assert_eq!(value.clone().fit(field.kind), Ok(value));
                }
            }
            assert!(Value::Line("x".into()).fit(FieldKind::YesNo).is_err());
            format!("{:?}", field.kind).split('(').next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds.len(), 15, "every kind is used by some field: {kinds:?}");
}

#[test]
fn taking_back_works_for_every_kind_and_leaves_what_another_wrote_since() {
    for (code, list) in [("money", "lines"), ("goals", "goals"), ("log", "incidents"), ("circle", "circle")] {
        let described = part(code).list(list).unwrap();
        let mut ben = Device::maker(part(code));
        ben.document.add(ListPath::new(part(code), None, list).unwrap(), ITEM, Time(1)).unwrap();
        ben.close();
        let mut joy = Device::beside(&ben, 2);
        for (item, field) in record_fields(described, ITEM) {
            if field.kind.is_text() {
                continue;
            }
            let path = FieldPath::new(part(code), item, field.code).unwrap();
            write(&mut ben.document, path, field.kind, 0);
            ben.close();
            ben.document.undo().unwrap();
            ben.close();
            let empty = ben.document.value(path).value().is_none_or(|value| value.to_string().is_empty());
            assert!(empty, "{path}");
            ben.document.redo().unwrap();
            meet(&mut ben, &mut joy);
            write(&mut joy.document, path, field.kind, 1);
            meet(&mut ben, &mut joy);
            ben.document.undo().unwrap();
            meet(&mut ben, &mut joy);
            let [_, joys] = two(field.kind);
            assert_eq!(ben.document.value(path).value(), Some(&joys), "{path}");
        }
    }
}

#[test]
fn a_file_that_is_called_something_else_is_the_same_file() {
    let pictures: FieldPath = "cover.picture".parse().unwrap();
    let mut ben = Device::maker(part("cover"));
    let files =
        |names: &[(u8, &str)]| Some(Value::Files(names.iter().map(|(number, name)| file(*number, name)).collect()));
    ben.document.set(pictures, files(&[(1, "IMG_1.jpg"), (2, "Me")])).unwrap();
    ben.close();
    ben.document.set(pictures, files(&[(1, "At the pool, in May"), (2, "Me")])).unwrap();
    ben.close();
    let joy = Device::beside(&ben, 2);
    let expected = files(&[(1, "At the pool  in May"), (2, "Me")]);
    assert_eq!(joy.document.value(pictures).value(), expected.as_ref());
    ben.document.undo().unwrap();
    assert_eq!(ben.document.value(pictures).value(), files(&[(1, "IMG_1.jpg"), (2, "Me")]).as_ref());
    let mut large = file(3, "All my life");
    large.bytes = plan::limits::FILE_BYTES + 1;
    let refused = ben.document.set(pictures, Some(Value::Files([large].into())));
    assert_eq!(refused, Err(plan::BadValue::TooLarge.into()));
}

#[test]
fn a_person_with_a_long_name_can_be_one_of_several() {
    let who: FieldPath = "about-me.helped-by".parse().unwrap();
    let mut ben = Device::maker(part("about-me"));
    let long = "ወይዘሮ ".repeat(40);
    let people = Value::People([Someone::Named(long.trim().to_owned()), Someone::Named("Joy".into())].into());
    ben.document.set(who, Some(people.clone())).unwrap();
    ben.close();
    let mut joy = Device::beside(&ben, 2);
    assert_eq!(joy.document.value(who).value(), Some(&people));
    joy.document.set(who, Some(Value::People([Someone::Named("Joy".into())].into()))).unwrap();
    meet(&mut ben, &mut joy);
    assert_eq!(ben.document.value(who).value().map(ToString::to_string), Some("Joy".to_owned()));
}

#[test]
fn whoever_names_thousands_of_files_that_are_nowhere_crowds_out_only_their_own() {
    let pictures: FieldPath = "cover.picture".parse().unwrap();
    let mut ben = Device::maker(part("cover"));
    ben.document.set(pictures, Some(Value::Files((1..=2).map(|number| file(number, "My week")).collect()))).unwrap();
    ben.close();
    let mut joy = Device::beside(&ben, 2);
    // Lower than every other, so that they would come first.
    let made_up = |number: usize| {
        let mut id = [0; 32];
        id[1..3].copy_from_slice(&u16::try_from(number).unwrap().to_be_bytes());
        Attachment { id: FileId::new(id), kind: FileKind::Paper, bytes: 9, name: "x".into() }
    };
    let mut all: std::collections::BTreeSet<Attachment> = (1..=2).map(|number| file(number, "My week")).collect();
    for from in (0..FILES_NAMED + 200).step_by(400) {
        all.extend((from..from + 400).map(made_up));
        joy.document.set(pictures, Some(Value::Files(all.clone()))).unwrap();
        joy.close();
    }
    // While she does it, Ben names one more, and both name another at the same time.
    let mut his: std::collections::BTreeSet<Attachment> = (1..=4).map(|number| file(number, "My week")).collect();
    ben.document.set(pictures, Some(Value::Files(his.clone()))).unwrap();
    ben.close();
    his.remove(&file(3, "My week"));
    all.extend(his);
    joy.document.set(pictures, Some(Value::Files(all))).unwrap();
    joy.close();
    meet(&mut ben, &mut joy);
    for document in [&ben.document, &joy.document] {
        let named = document.files(|chain| chain);
        assert_eq!(named.len(), FILES_NAMED + 4);
        assert!((1..=4).all(|number| named.contains_key(&FileId::new([number; 32]))));
        // Where one person writes with both devices, the bound is theirs.
        assert_eq!(document.files(|_| ()).len(), FILES_NAMED);
    }
}
