//! Laws: whatever devices write, in whatever order they meet, the door admits it, all end with the same, cursors stay
//! with their letters, and taking back never costs anybody else a word.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

mod common;

use std::collections::BTreeMap;

use common::{Device, field, meet, part};
use plan::{
    Cursor, FieldPath, ListPath, Value,
    since::{self, What},
    wording,
};
use proptest::prelude::*;
use seal::{ItemId, Time};

#[derive(Debug, Clone)]
enum Step {
    Splice { device: usize, text: usize, at: usize, delete: usize, insert: String },
    Set { device: usize, choice: usize },
    Add { device: usize },
    Place { device: usize, item: usize, behind: usize },
    Remove { device: usize, item: usize },
    Restore { device: usize, item: usize },
    Undo { device: usize },
    Redo { device: usize },
    Close { device: usize },
    Meet { one: usize, other: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let device = 0..3_usize;
    let small = 0..6_usize;
    prop_oneof![
        6 => (device.clone(), small.clone(), 0..40_usize, 0..8_usize, "[a-dé日👩\u{200d}🎨 ]{0,9}")
            .prop_map(|(device, text, at, delete, insert)| Step::Splice { device, text, at, delete, insert }),
        1 => (device.clone(), 0..8_usize, 0..8_usize)
            .prop_map(|(device, text, at)| Step::Splice { device, text, at, delete: 0, insert: "long ".repeat(700) }),
        2 => (device.clone(), small.clone()).prop_map(|(device, choice)| Step::Set { device, choice }),
        2 => device.clone().prop_map(|device| Step::Add { device }),
        1 => (device.clone(), small.clone(), small.clone())
            .prop_map(|(device, item, behind)| Step::Place { device, item, behind }),
        1 => (device.clone(), small.clone()).prop_map(|(device, item)| Step::Remove { device, item }),
        1 => (device.clone(), small).prop_map(|(device, item)| Step::Restore { device, item }),
        2 => device.clone().prop_map(|device| Step::Undo { device }),
        1 => device.clone().prop_map(|device| Step::Redo { device }),
        3 => device.clone().prop_map(|device| Step::Close { device }),
        3 => (device.clone(), device).prop_map(|(one, other)| Step::Meet { one, other }),
    ]
}

fn goals() -> ListPath {
    "goals".parse().unwrap()
}

fn of(item: ItemId, code: &str) -> FieldPath {
    FieldPath::new(part("goals"), Some(item), code).unwrap()
}

fn texts(device: &Device) -> Vec<FieldPath> {
    let mut items = device.document.items(goals()).to_vec();
    items.extend(device.document.removed(goals()));
    items.iter().flat_map(|item| ["words", "why"].map(|code| of(*item, code))).collect()
}

fn both(devices: &mut [Device], one: usize, other: usize) {
    if one != other {
        let [one, other] = devices.get_disjoint_mut([one, other]).unwrap();
        meet(one, other);
    }
}

fn act(devices: &mut [Device], step: &Step, fresh: &mut u8) {
    match step {
        Step::Splice { device, text, at, delete, insert } => {
            let device = &mut devices[*device];
            let texts = texts(device);
            let Some(text) = texts.get(text % texts.len().max(1)) else { return };
            let length = device.document.text_len(*text);
            let at = at % (length + 1);
            device.document.splice(*text, at, (*delete).min(length - at), insert).unwrap();
        }
        Step::Set { device, choice } => {
            let device = &mut devices[*device];
            let Some(item) = device.document.items(goals()).first().copied() else { return };
            let choices = ["hope", "active", "not-yet", "on-hold"];
            let value = choices.get(*choice).map(|choice| Value::Choice((*choice).to_owned()));
            device.document.set(of(item, "status"), value).unwrap();
            let after = device.document.items(goals()).iter().copied().take(*choice).collect();
            device.document.set(of(item, "after"), Some(Value::Refs(after))).unwrap();
        }
        Step::Add { device } => {
            *fresh += 1;
            devices[*device].document.add(goals(), ItemId::new([*fresh; 16]), Time(0)).unwrap();
        }
        Step::Place { device, item, behind } => {
            let document = &mut devices[*device].document;
            let items = document.items(goals()).to_vec();
            let Some(item) = items.get(*item).copied() else { return };
            let behind = items.get(*behind).copied().filter(|behind| *behind != item);
            document.place(item, behind).unwrap();
            let now = document.items(goals());
            let at = now.iter().position(|other| *other == item).unwrap();
            assert_eq!(at.checked_sub(1).map(|before| now[before]), behind);
        }
        Step::Remove { device, item } => {
            let document = &mut devices[*device].document;
            if let Some(item) = document.items(goals()).get(*item).copied() {
                document.remove(item).unwrap();
            }
        }
        Step::Restore { device, item } => {
            let document = &mut devices[*device].document;
            if let Some(item) = document.removed(goals()).get(*item).copied() {
                document.restore(item).unwrap();
            }
        }
        Step::Undo { device } => _ = devices[*device].document.undo(),
        Step::Redo { device } => _ = devices[*device].document.redo(),
        Step::Close { device } => _ = devices[*device].close(),
        Step::Meet { one, other } => both(devices, *one, *other),
    }
}

/// What every field of these goals says.
fn state(document: &plan::Document, items: &[ItemId]) -> BTreeMap<FieldPath, String> {
    let fields = part("goals").list("goals").unwrap().fields;
    let all = items.iter().flat_map(|item| fields.iter().map(move |described| (*item, described)));
    let said = |(item, described): (ItemId, &plan::Field)| {
        let path = of(item, described.code);
        let value = document.value(path).value().map(ToString::to_string);
        (path, if described.kind.is_text() { document.text(path) } else { value.unwrap_or_default() })
    };
    all.map(said).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_admitted_and_all_end_with_the_same(steps in prop::collection::vec(step(), 1..60)) {
        let maker = Device::maker(part("goals"));
        let mut devices = vec![Device::beside(&maker, 2), Device::beside(&maker, 3), maker];
        let mut fresh = 0;
        for step in &steps {
            act(&mut devices, step, &mut fresh);
        }
        for (one, other) in [(0, 1), (1, 2), (0, 2), (0, 1)] {
            both(&mut devices, one, other);
        }
        let [a, b, c] = &devices[..] else { unreachable!() };
        for other in [b, c] {
            prop_assert_eq!(a.document.heads(), other.document.heads());
            prop_assert_eq!(a.document.items(goals()), other.document.items(goals()));
            for text in texts(a) {
                prop_assert_eq!(a.document.text(text), other.document.text(text));
            }
        }
        // Another door, given the edits in another device's order or its own index back, has the same to say.
        let mut house = plan::door::House::new();
        for edit in &c.held {
            seal::Door::weigh(&mut house, edit.edit()).unwrap();
        }
        let index = house.export(common::DOC).unwrap();
        let mut again = plan::door::House::new();
        again.import(common::DOC, &index).unwrap();
        prop_assert_eq!(again.export(common::DOC), Some(index));
        let anew = plan::Document::load(part("goals"), common::DOC, None, &c.held).unwrap();
        prop_assert_eq!(anew.heads(), c.document.heads());
        prop_assert_eq!(anew.items(goals()), c.document.items(goals()));
    }

    #[test]
    fn the_differences_that_are_told_lead_from_the_old_to_the_new(
        before in prop::collection::vec(step(), 1..30), after in prop::collection::vec(step(), 0..30),
    ) {
        let maker = Device::maker(part("goals"));
        let mut devices = vec![Device::beside(&maker, 2), Device::beside(&maker, 3), maker];
        let mut fresh = 0;
        before.iter().for_each(|step| act(&mut devices, step, &mut fresh));
        devices[0].close();
        let heads = devices[0].document.heads();
        let stood = state(&devices[0].document, devices[0].document.items(goals()));
        after.iter().for_each(|step| act(&mut devices, step, &mut fresh));
        both(&mut devices, 0, 1);
        let now = &devices[0].document;
        let then = now.at(&heads).unwrap();
        prop_assert_eq!(&state(&then, then.items(goals())), &stood, "it is read as it stood");
        let mut told = stood;
        for difference in since::differences(&then, now) {
            match difference.what {
                What::Words { field, pieces } => {
                    prop_assert_eq!(told.insert(field, wording::after(&pieces)), Some(wording::before(&pieces)));
                }
                What::Value { field, was, now } => {
                    let said = |value: Option<Value>| value.map(|value| value.to_string()).unwrap_or_default();
                    prop_assert_eq!(told.insert(field, said(now)), Some(said(was)));
                }
                What::Came { item, .. } => told.extend(state(&then, &[item])),
                What::Went { item, .. } => told.retain(|field, _| field.item() != Some(item)),
            }
        }
        prop_assert_eq!(told, state(now, now.items(goals())));
        prop_assert!(then.at(&[seal::EditHash::new([9; 32])]).is_none(), "what is not in it, it never was");
    }

    #[test]
    fn a_step_taken_back_and_made_again_changes_nothing_and_peers_lose_no_letter(
        mine in prop::collection::vec((0..30_usize, 0..5_usize, "[a-d]{0,4}"), 1..8),
        theirs in prop::collection::vec((0..30_usize, "[X-Z]{1,4}"), 1..8),
    ) {
        let words = field("about-me.also");
        let mut amina = Device::maker(part("about-me"));
        amina.document.splice(words, 0, 0, "abcdabcdabcd").unwrap();
        amina.close();
        let mut ben = Device::beside(&amina, 2);
        for (at, delete, insert) in &mine {
            let length = amina.document.text_len(words);
            let at = at % (length + 1);
            amina.document.splice(words, at, (*delete).min(length - at), insert).unwrap();
            amina.close();
        }
        let mut count = 0;
        for (at, insert) in &theirs {
            let at = at % (ben.document.text_len(words) + 1);
            ben.document.splice(words, at, 0, insert).unwrap();
            count += insert.len();
        }
        meet(&mut amina, &mut ben);
        let before = amina.document.text(words);
        let mut steps = 0;
        while amina.document.undo().is_some() {
            steps += 1;
            let text = amina.document.text(words);
            prop_assert_eq!(text.chars().filter(|c| c.is_ascii_uppercase()).count(), count, "{}", text);
        }
        let mine_only: String = amina.document.text(words).chars().filter(|c| c.is_ascii_lowercase()).collect();
        prop_assert_eq!(mine_only, "");
        for _ in 0..steps {
            amina.document.redo().unwrap();
        }
        amina.close();
        let lower = |text: &str| text.chars().filter(|c| c.is_ascii_lowercase()).collect::<String>();
        prop_assert_eq!(lower(&amina.document.text(words)), lower(&before));
        meet(&mut amina, &mut ben);
        prop_assert_eq!(amina.document.text(words), ben.document.text(words));
    }

    // The model: every letter has a name of its own, a caret remembers the letter before it, and stands behind it, or
    // where it was if it is gone.
    #[test]
    fn a_cursor_stays_with_its_letter_and_touched_says_what_moved(
        edits in prop::collection::vec((any::<bool>(), 0..40_usize, 0..6_usize, "[a-z]{0,5}"), 1..20),
        carets in prop::collection::vec(0..20_usize, 1..6),
    ) {
        let words = field("about-me.also");
        let mut amina = Device::maker(part("about-me"));
        amina.document.splice(words, 0, 0, "0123456789").unwrap();
        amina.close();
        let mut ben = Device::beside(&amina, 2);
        let mut names = 0;
        let mut fresh = || { names += 1; names };
        // Letters in order, with whether each is there still; tombstones stay where they were.
        let mut model: Vec<(usize, bool)> = (0..10).map(|_| (fresh(), true)).collect();
        let cursors: Vec<(Option<usize>, Cursor)> = carets.iter().map(|at| {
            let at = (*at).min(10);
            (at.checked_sub(1).map(|before| model[before].0), amina.document.cursor(words, at).unwrap())
        }).collect();
        let mut shadow = amina.document.text(words);
        for (here, at, delete, insert) in &edits {
            let device = if *here { &mut amina } else { &mut ben };
            let length = device.document.text_len(words);
            let at = at % (length + 1);
            let delete = (*delete).min(length - at);
            device.document.splice(words, at, delete, insert).unwrap();
            let touched = if *here {
                let made = amina.close();
                ben.hear(&made);
                None
            } else {
                let made = ben.close();
                Some(amina.hear(&made))
            };
            // One writes at a time here, so the model needs no merging rule of its own.
            let mut visible = model.iter().enumerate().filter(|(_, (_, there))| *there).map(|(place, _)| place);
            let gone: Vec<usize> = visible.clone().skip(at).take(delete).collect();
            let place = match at.checked_sub(1) { None => 0, Some(before) => visible.nth(before).unwrap() + 1 };
            for gone in gone {
                model[gone].1 = false;
            }
            for (further, _) in insert.chars().enumerate() {
                model.insert(place + further, (fresh(), true));
            }
            if let Some(touched) = touched {
                let mut letters: Vec<char> = shadow.chars().collect();
                let now: Vec<char> = amina.document.text(words).chars().collect();
                for change in touched.texts.get(&words).into_iter().flatten() {
                    letters.splice(change.at..change.at + change.deleted, std::iter::repeat_n('?', change.inserted));
                }
                prop_assert_eq!(letters.len(), now.len());
                prop_assert!(letters.iter().zip(&now).all(|(was, is)| *was == '?' || was == is));
            }
            shadow = amina.document.text(words);
            for (letter, cursor) in &cursors {
                let expected = letter.map_or(0, |letter| {
                    let place = model.iter().position(|(name, _)| *name == letter).unwrap();
                    model[..=place].iter().filter(|(_, there)| *there).count()
                });
                prop_assert_eq!(amina.document.position(words, cursor), Some(expected));
                let sent = Cursor::from_bytes(&cursor.to_bytes()).unwrap();
                // A caret from elsewhere may go unshown when nothing is left behind its deleted letter.
                prop_assert!(ben.document.position(words, &sent).is_none_or(|at| at == expected));
            }
        }
    }

    #[test]
    fn a_cursor_that_is_made_up_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..80), counter in 0..40_u64) {
        let words = field("about-me.also");
        let mut amina = Device::maker(part("about-me"));
        amina.document.splice(words, 0, 0, "words").unwrap();
        if let Ok(cursor) = Cursor::from_bytes(&bytes) {
            amina.document.position(words, &cursor);
        }
        // A real chain, a real text, and any counter: of the text, of another object, of nothing.
        let mut close = amina.document.cursor(words, 3).unwrap().to_bytes();
        let letter = close.len() - 24;
        close[letter..letter + 8].copy_from_slice(&counter.to_be_bytes());
        amina.document.position(words, &Cursor::from_bytes(&close).unwrap());
    }
}
