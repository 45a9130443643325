//! What is written anywhere in a plan is found by its words, and what is pointed at is what was looked for.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

mod common;

use common::{Device, field, part};
use plan::{
    Field, FieldKind, FieldPath, ListPath, Part, Someone, Value, Whole,
    find::{Findings, Index, Progress, Sheet, folded},
};
use proptest::prelude::*;
use seal::{DocId, ItemId, PersonId, Time};
use unicode_normalization::UnicodeNormalization as _;

const ITEM: ItemId = ItemId::new([3; 16]);
const INNER: ItemId = ItemId::new([4; 16]);
const OTHER: ItemId = ItemId::new([5; 16]);
const HODAN: PersonId = PersonId::new([7; 32]);

/// A choice is shown by its code, spaced; a person by name.
fn shown(_: &'static Field, value: &Value) -> String {
    match value {
        Value::Line(text) => text.clone(),
        Value::Choice(code) => code.replace('-', " "),
        Value::Person(Someone::Named(name)) => name.clone(),
        _ => String::new(),
    }
}

fn look(devices: &[&Device], words: &str) -> Findings {
    index(devices).find(words)
}

fn index(devices: &[&Device]) -> Index {
    let whole = devices.iter().fold(Whole::new(), |whole, device| {
        if device.document.part().is_voice() {
            whole.with_voice(HODAN, &device.document)
        } else {
            whole.with(&device.document)
        }
    });
    Index::of(&whole, shown)
}

fn goal(device: &mut Device, item: ItemId, words: &str, why: &str) {
    device.document.add("goals".parse().unwrap(), item, Time(0)).unwrap();
    for (code, text) in [("words", words), ("why", why)] {
        let path = FieldPath::new(part("goals"), Some(item), code).unwrap();
        device.document.splice(path, 0, 0, text).unwrap();
    }
}

fn titles(findings: &Findings) -> Vec<&str> {
    findings.found.iter().map(|found| found.title.as_str()).collect()
}

#[test]
fn whole_words_come_first_and_then_what_a_record_is_known_by() {
    let mut plan = Device::maker(part("goals"));
    let numbered = |number| ItemId::new([number; 16]);
    goal(&mut plan, numbered(1), "Fewer carpools", "nothing");
    goal(&mut plan, numbered(2), "Friends", "at the pool");
    goal(&mut plan, numbered(3), "The Pool", "on Fridays");
    goal(&mut plan, numbered(4), "Cooking", "at the whirlpool");
    assert_eq!(titles(&look(&[&plan], "POOL")), ["The Pool", "Friends", "Fewer carpools", "Cooking"]);
}

#[test]
fn several_words_are_all_in_one_record_in_whatever_fields() {
    let mut plan = Device::maker(part("goals"));
    goal(&mut plan, ITEM, "Swim once a week", "my friends are there");
    goal(&mut plan, OTHER, "Swim", "it is quiet");
    assert_eq!(titles(&look(&[&plan], "friends swim")), ["Swim once a week"]);
    assert_eq!(titles(&look(&[&plan], "friends quiet")), [""; 0]);
    assert_eq!(titles(&look(&[&plan], "   ")), [""; 0]);
}

#[test]
fn a_removed_record_is_not_found_until_it_is_put_back() {
    let mut plan = Device::maker(part("goals"));
    goal(&mut plan, ITEM, "Swim", "");
    plan.document.remove(ITEM).unwrap();
    assert_eq!(look(&[&plan], "swim"), Findings::default());
    plan.document.restore(ITEM).unwrap();
    assert_eq!(titles(&look(&[&plan], "swim")), ["Swim"]);
}

#[test]
fn choices_and_names_are_found_as_they_are_shown() {
    let mut plan = Device::maker(part("goals"));
    goal(&mut plan, ITEM, "Swim", "");
    let status = FieldPath::new(part("goals"), Some(ITEM), "status").unwrap();
    plan.document.set(status, Some(Value::Choice("not-yet".into()))).unwrap();
    let findings = look(&[&plan], "not yet");
    assert_eq!(findings.found[0].field, status);
    assert_eq!(findings.found[0].excerpt.words, "not yet");
    assert!(!findings.found[0].is_in_title());
}

#[test]
fn what_lies_in_a_record_or_is_said_about_it_is_shown_on_its_card() {
    let mut plan = Device::maker(part("goals"));
    goal(&mut plan, ITEM, "Swim", "");
    let stages = ListPath::new(part("goals"), Some(ITEM), "stages").unwrap();
    plan.document.add(stages, INNER, Time(0)).unwrap();
    let what = FieldPath::new(part("goals"), Some(INNER), "what").unwrap();
    plan.document.set(what, Some(Value::Line("Ring the baths".into()))).unwrap();
    let mut voice = Device::maker_of(part("goals").voice.unwrap(), DocId::new([9; 32]));
    let (list, about, words) = voice_fields(part("goals").voice.unwrap());
    voice.document.add(ListPath::new(voice.document.part(), None, list).unwrap(), OTHER, Time(0)).unwrap();
    let path = |code| FieldPath::new(part("goals").voice.unwrap(), Some(OTHER), code).unwrap();
    let value = match about.kind {
        FieldKind::Refs(_) => Value::Refs([ITEM].into()),
        _ => Value::Ref(ITEM),
    };
    voice.document.set(path(about.code), Some(value)).unwrap();
    voice.document.splice(path(words), 0, 0, "I am proud").unwrap();
    for (words, person) in [("baths", None), ("proud", Some(HODAN))] {
        let findings = look(&[&plan, &voice], words);
        let found = &findings.found[0];
        assert_eq!((found.part.code, found.card, found.title.as_str()), ("goals", Some(ITEM), "Swim"));
        assert_eq!(found.person, person);
    }
}

/// A list of a voice whose records name another record and have a text.
fn voice_fields(voice: &'static Part) -> (&'static str, &'static Field, &'static str) {
    let fits = |list: &'static plan::List| {
        let about = list.fields.iter().find(|field| matches!(field.kind, FieldKind::Ref(_) | FieldKind::Refs(_)))?;
        let words = list.fields.iter().find(|field| field.kind.is_text())?;
        Some((list.code, about, words.code))
    };
    voice.lists.iter().find_map(fits).unwrap()
}

#[test]
fn more_than_anybody_reads_is_counted() {
    let mut plan = Device::maker(part("goals"));
    for number in 0..230_u8 {
        goal(&mut plan, ItemId::new([number; 16]), "Swim", "");
    }
    let findings = look(&[&plan], "swim");
    assert_eq!((findings.found.len(), findings.more), (plan::limits::FOUND, 30));
}

/// Every field that people write words in, with the lists it lies in.
fn places() -> Vec<(&'static Part, Vec<&'static str>, &'static Field)> {
    let everything = plan::parts().iter().flat_map(|part| [Some(part), part.voice]).flatten();
    let mut places = Vec::new();
    for part in everything {
        places.extend(part.fields.iter().map(|field| (part, Vec::new(), field)));
        for (list, outer) in part.all_lists() {
            let lists: Vec<&str> = outer.into_iter().map(|outer| outer.code).chain([list.code]).collect();
            places.extend(list.fields.iter().map(|field| (part, lists.clone(), field)));
        }
    }
    places.retain(|(_, _, field)| matches!(field.kind, FieldKind::Text | FieldKind::Line));
    places
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_anywhere_is_found_by_each_of_its_words(
        place in any::<prop::sample::Index>(),
        words in prop::collection::vec("[a-zA-ZéßÅæ\u{301}İσΣ日한か\u{5b0}ש👩\u{200d}🎨’.…ﬁ]{0,7}[a-z日éß]", 1..30),
        break_lines in any::<bool>(),
    ) {
        let places = places();
        let (part, lists, described) = place.get(&places);
        let mut device = Device::maker(part);
        let mut item = None;
        for (list, id) in lists.iter().zip([ITEM, INNER]) {
            device.document.add(ListPath::new(part, item, list).unwrap(), id, Time(0)).unwrap();
            item = Some(id);
        }
        let path = FieldPath::new(part, item, described.code).unwrap();
        let text = words.join(if break_lines { "\n\n" } else { " " });
        if described.kind.is_text() {
            device.document.splice(path, 0, 0, &text).unwrap();
        } else {
            device.document.set(path, Value::Line(text).fit(FieldKind::Line).ok()).unwrap();
        }
        let index = index(&[&device]);
        for word in &words {
            let (apart, together): (String, String) = (word.nfd().collect(), word.nfc().collect());
            for written in [word, &apart, &together] {
                let found = index.find(written).found;
                prop_assert!(found.iter().any(|found| found.field == path), "{written} in {path}");
            }
            let findings = index.find(&word.to_uppercase());
            let findings = if findings.found.is_empty() { index.find(word) } else { findings };
            let found = findings.found.iter().find(|found| found.field == path);
            prop_assert!(found.is_some(), "{word} in {path}");
            let excerpt = &found.unwrap().excerpt;
            let letters: Vec<char> = excerpt.words.chars().collect();
            prop_assert!(!excerpt.matches.is_empty());
            for range in &excerpt.matches {
                let pointed: String = letters[range.clone()].iter().collect();
                prop_assert!(folded(&pointed).contains(&folded(word)), "{pointed} for {word}");
            }
        }
    }
}

#[test]
fn a_field_of_the_part_itself_is_found_where_it_stands() {
    let mut plan = Device::maker(part("about-me"));
    let path = field("about-me.important");
    plan.document.splice(path, 0, 0, "My tulips").unwrap();
    let findings = look(&[&plan], "tulip");
    assert_eq!((findings.found[0].field, findings.found[0].card), (path, None));
}

/// A plan of several documents, some of them voices; in each a word of its own.
fn shelf() -> Vec<(Device, String)> {
    let kinds = ["about-me", "goals", "goals-voice", "log", "needs-voice", "mine"];
    let begin = |(number, kind): (u8, &&str)| {
        let mut device = Device::maker_of(part(kind), DocId::new([number; 32]));
        let (list, text) = part(kind)
            .all_lists()
            .into_iter()
            .filter(|(_, outer)| outer.is_none())
            .find_map(|(list, _)| Some((list.code, list.fields.iter().find(|field| field.kind.is_text())?.code)))
            .unwrap_or_default();
        let item = (!list.is_empty()).then(|| ItemId::new([number; 16]));
        if let Some(item) = item {
            device.document.add(ListPath::new(part(kind), None, list).unwrap(), item, Time(0)).unwrap();
        }
        let code = if item.is_some() { text } else { part(kind).fields[0].code };
        let word = format!("tulip{number}");
        device.document.splice(FieldPath::new(part(kind), item, code).unwrap(), 0, 0, &word).unwrap();
        (device, word)
    };
    (0..).zip(&kinds).map(begin).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_at_hand_is_found_and_nothing_else_however_often_that_changes(
        hands in prop::collection::vec(prop::collection::vec(any::<bool>(), 6), 1..5),
        records in 1_usize..4,
    ) {
        let (shelf, mut index) = (shelf(), Index::default());
        for held in hands {
            let at_hand = shelf.iter().zip(&held).filter(|(_, held)| **held).map(|((device, _), _)| &device.document);
            let sheets: Vec<Sheet<'_>> = at_hand
                .map(|document| Sheet { document, person: document.part().is_voice().then_some(HODAN), stamp: 1 })
                .collect();
            while index.read_on(&sheets, records, shown) == Progress::More {}
            for ((_, word), held) in shelf.iter().zip(&held) {
                prop_assert_eq!(index.find(word).found.len(), usize::from(*held), "{}", word);
            }
        }
    }
}

#[test]
fn what_changes_while_it_is_read_is_found_as_it_is_in_the_end() {
    let mut plan = Device::maker(part("goals"));
    for number in 0..20_u8 {
        goal(&mut plan, ItemId::new([number; 16]), "Swim", "");
    }
    let read = |index: &mut Index, plan: &Device, stamp| {
        index.read_on(&[Sheet { document: &plan.document, person: None, stamp }], 7, shown)
    };
    let mut index = Index::default();
    assert_eq!(read(&mut index, &plan, 1), Progress::More);
    plan.document.remove(ItemId::new([19; 16])).unwrap();
    goal(&mut plan, ItemId::new([30; 16]), "Dance", "");
    while read(&mut index, &plan, 2) == Progress::More {}
    assert_eq!((index.find("swim").found.len(), index.find("dance").found.len()), (19, 1));
    let edition = index.edition();
    assert_eq!((read(&mut index, &plan, 2), index.edition()), (Progress::Done, edition));
}
