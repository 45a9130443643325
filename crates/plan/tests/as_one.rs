//! Laws of a part that was begun more than once: everybody's work is read, in one order, whoever reads; and writing never
//! carries a word from one document into another.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::collections::BTreeSet;

use plan::{AsOne, Document, FieldPath, ListPath, Part, Value};
use proptest::prelude::*;
use seal::{ChainId, DocId, ItemId, Time};

/// A text, a line and a set of one part, and a list; so that nothing here is about one part only.
struct Shape {
    texts: Vec<FieldPath>,
    lines: Vec<FieldPath>,
    choices: Vec<(FieldPath, &'static [&'static str])>,
    lists: Vec<ListPath>,
}

fn shape(part: &'static Part) -> Shape {
    let path = |code: &str| FieldPath::new(part, None, code).unwrap();
    let of = |wanted: fn(plan::FieldKind) -> bool| {
        part.fields.iter().filter(move |field| wanted(field.kind)).map(|field| path(field.code)).collect::<Vec<_>>()
    };
    Shape {
        texts: of(|kind| kind == plan::FieldKind::Text),
        lines: of(|kind| kind == plan::FieldKind::Line),
        choices: part
            .fields
            .iter()
            .filter_map(|field| match field.kind {
                plan::FieldKind::Choices(all) => Some((path(field.code), all)),
                _ => None,
            })
            .collect(),
        lists: part.lists.iter().map(|list| ListPath::new(part, None, list.code).unwrap()).collect(),
    }
}

#[derive(Debug, Clone)]
enum Step {
    Add { list: usize },
    Place { list: usize, item: usize, behind: usize },
    Remove { list: usize, item: usize },
    Text { text: usize, words: String },
    Line { line: usize, words: u8 },
    Choices { field: usize, chosen: u8 },
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let small = 0..8_usize;
    let step = prop_oneof![
        4 => small.clone().prop_map(|list| Step::Add { list }),
        2 => (small.clone(), small.clone(), small.clone())
            .prop_map(|(list, item, behind)| Step::Place { list, item, behind }),
        1 => (small.clone(), small.clone()).prop_map(|(list, item)| Step::Remove { list, item }),
        3 => (small.clone(), "[a-cé日]{0,6}").prop_map(|(text, words)| Step::Text { text, words }),
        2 => (small.clone(), 0..3_u8).prop_map(|(line, words)| Step::Line { line, words }),
        2 => (small, any::<u8>()).prop_map(|(field, chosen)| Step::Choices { field, chosen }),
    ];
    (0..3_usize, step)
}

fn chosen(all: &[&str], bits: u8) -> Value {
    let picked = all.iter().enumerate().filter(|(at, _)| bits & (1 << (at % 8)) != 0);
    Value::Choices(picked.map(|(_, code)| (*code).to_owned()).collect())
}

fn pick<T>(all: &[T], at: usize) -> Option<&T> {
    all.get(at % all.len().max(1))
}

fn act(document: &mut Document, shape: &Shape, step: &Step, fresh: &mut u8) {
    match step {
        Step::Add { list } => {
            let Some(list) = pick(&shape.lists, *list) else { return };
            *fresh += 1;
            document.add(*list, ItemId::new([*fresh; 16]), Time(1)).unwrap();
        }
        Step::Place { list, item, behind } => {
            let Some(list) = pick(&shape.lists, *list) else { return };
            let items = document.items(*list).to_vec();
            let (Some(item), behind) = (pick(&items, *item).copied(), pick(&items, *behind).copied()) else { return };
            document.place(item, behind.filter(|behind| *behind != item)).unwrap();
        }
        Step::Remove { list, item } => {
            let Some(list) = pick(&shape.lists, *list) else { return };
            let items = document.items(*list).to_vec();
            if let Some(item) = pick(&items, *item) {
                document.remove(*item).unwrap();
            }
        }
        Step::Text { text, words } => {
            let Some(text) = pick(&shape.texts, *text) else { return };
            let length = document.text_len(*text);
            document.splice(*text, 0, length, words).unwrap();
        }
        Step::Line { line, words } => {
            let Some(line) = pick(&shape.lines, *line) else { return };
            document.set(*line, Some(Value::Line(format!("line {words}")))).unwrap();
        }
        Step::Choices { field, chosen: bits } => {
            let Some((field, all)) = pick(&shape.choices, *field) else { return };
            document.set(*field, Some(chosen(all, *bits))).unwrap();
        }
    }
}

fn begun_apart(part: &'static Part, steps: &[(usize, Step)]) -> Vec<Document> {
    let shape = shape(part);
    let begin = |number: u8| Document::create(part, DocId::new([number; 32]), ChainId::new([number; 16]), Time(1)).0;
    let mut documents: Vec<Document> = (1..=3).map(begin).collect();
    let mut fresh = 0;
    for (which, step) in steps {
        act(&mut documents[*which], &shape, step, &mut fresh);
    }
    documents.iter_mut().for_each(|document| drop(document.close(Time(2))));
    documents
}

fn parts() -> impl Strategy<Value = &'static Part> {
    let all: Vec<&'static Part> =
        plan::parts().iter().chain(plan::parts().iter().filter_map(|part| part.voice)).collect();
    prop::sample::select(all)
}

fn with_id(documents: &mut [Document], doc: DocId) -> &mut Document {
    documents.iter_mut().find(|document| document.doc() == doc).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn everybodys_work_is_read_in_one_order_whoever_reads(part in parts(), steps in prop::collection::vec(step(), 0..40)) {
        let documents = begun_apart(part, &steps);
        let (one, other) = (AsOne::new(&documents), AsOne::new(documents.iter().rev()));
        let shape = shape(part);
        for list in &shape.lists {
            let items: Vec<ItemId> = one.items(*list).into_iter().map(|(_, item)| item).collect();
            let turned: Vec<ItemId> = other.items(*list).into_iter().map(|(_, item)| item).collect();
            prop_assert_eq!(&items, &turned);
            let mut counted = 0;
            for document in &documents {
                let own: Vec<ItemId> = items.iter().copied().filter(|item| document.items(*list).contains(item)).collect();
                prop_assert_eq!(own.as_slice(), document.items(*list), "each one's own order stays");
                counted += own.len();
            }
            prop_assert_eq!(counted, items.len());
        }
        for text in &shape.texts {
            let whole = one.text(*text);
            let there = documents.iter().map(|document| document.text(*text)).filter(|words| !words.is_empty());
            prop_assert_eq!(whole, there.collect::<Vec<_>>().join("\n"));
        }
        for field in &shape.lines {
            let all: BTreeSet<Option<Value>> = one.answers(*field).into_iter().map(|answer| Some(answer.value)).collect();
            for document in &documents {
                let said = document.value(*field).value().cloned();
                prop_assert!(said.is_none() || all.contains(&said));
            }
        }
        for (field, _) in &shape.choices {
            let held = |document: &Document| match document.value(*field).value() {
                Some(Value::Choices(held)) => held.clone(),
                _ => BTreeSet::new(),
            };
            let all: BTreeSet<String> = documents.iter().flat_map(held).collect();
            let shown = one.value(*field);
            prop_assert_eq!(shown, (!all.is_empty()).then_some(Value::Choices(all)));
        }
    }

    #[test]
    fn what_is_chosen_is_shown_alone_and_nobodys_answer_is_carried_over(
        part in parts(),
        steps in prop::collection::vec(step(), 0..40),
        words in 0..4_u8,
        bits: u8,
    ) {
        let mut documents = begun_apart(part, &steps);
        let shape = shape(part);
        let lines = shape.lines.iter().map(|field| (*field, Value::Line(format!("line {words}"))));
        let sets = shape.choices.iter().map(|(field, all)| (*field, chosen(all, bits)));
        for (field, wanted) in lines.chain(sets) {
            let before = documents.clone();
            for (doc, value) in AsOne::new(&before).choose(field, Some(&wanted), |_| true) {
                with_id(&mut documents, doc).set(field, value).unwrap();
            }
            let answers = AsOne::new(&documents).answers(field);
            prop_assert!(answers.len() < 2);
            match answers.first() {
                Some(answer) => prop_assert_eq!(&answer.value, &wanted),
                None => prop_assert_eq!(wanted.to_string(), ""),
            }
            for (then, now) in before.iter().zip(&documents) {
                let held = |document: &Document| document.value(field).value().map(ToString::to_string).unwrap_or_default();
                let known = AsOne::new(before.iter().filter(|other| other.doc() != then.doc()));
                let elsewhere = known.value(field).map(|value| value.to_string()).unwrap_or_default();
                for member in held(now).split(',').filter(|member| !member.is_empty()) {
                    let own = held(then).split(',').any(|had| had == member);
                    let theirs = elsewhere.split(',').any(|had| had == member);
                    prop_assert!(own || !theirs, "{} was carried over", member);
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_rewritten_keeps_each_ones_words_where_they_were(
        part in parts(),
        steps in prop::collection::vec(step(), 0..40),
        at in 0..20_usize,
        delete in 0..8_usize,
        insert in "[x-z]{0,4}",
        locked in 0..4_usize,
    ) {
        let mut documents = begun_apart(part, &steps);
        for field in shape(part).texts {
            let before = documents.clone();
            let old: Vec<char> = AsOne::new(&before).text(field).chars().collect();
            let at = at % (old.len() + 1);
            let end = (at + delete).min(old.len());
            let wanted: String = old[..at].iter().copied().chain(insert.chars()).chain(old[end..].iter().copied()).collect();
            let may = |doc: DocId| before.get(locked).is_none_or(|document| document.doc() != doc);
            for change in AsOne::new(&before).replace(field, &wanted, may) {
                prop_assert!(may(change.doc));
                prop_assert!(change.insert.chars().all(|letter| insert.contains(letter)), "only what is new comes");
                let document = with_id(&mut documents, change.doc);
                document.splice(field, change.at, change.delete, &change.insert).unwrap();
            }
            if locked >= before.len() {
                let now = AsOne::new(&documents).text(field);
                let lineless = |text: &str| text.chars().filter(|letter| *letter != '\n').collect::<String>();
                prop_assert_eq!(lineless(&now), lineless(&wanted));
            }
        }
    }

    #[test]
    fn a_record_is_put_behind_any_other_whichever_document_that_is_in(
        part in parts(),
        steps in prop::collection::vec(step(), 0..40),
        item in 0..20_usize,
        behind in prop::option::of(0..20_usize),
    ) {
        let mut documents = begun_apart(part, &steps);
        for list in shape(part).lists {
            let items: Vec<ItemId> = AsOne::new(&documents).items(list).into_iter().map(|(_, item)| item).collect();
            let Some(item) = pick(&items, item).copied() else { continue };
            let behind = behind.and_then(|behind| pick(&items, behind).copied()).filter(|behind| *behind != item);
            let placed = AsOne::new(&documents).place(item, behind).unwrap();
            for (doc, item, order) in placed {
                with_id(&mut documents, doc).put_at(item, &order).unwrap();
            }
            let mut wanted: Vec<ItemId> = items.iter().copied().filter(|other| *other != item).collect();
            let at = behind.map_or(0, |behind| wanted.iter().position(|other| *other == behind).unwrap() + 1);
            wanted.insert(at, item);
            let now: Vec<ItemId> = AsOne::new(&documents).items(list).into_iter().map(|(_, item)| item).collect();
            prop_assert_eq!(now, wanted);
        }
    }
}
