//! A part that was begun twice, apart: everybody's work is read on every device, and nothing is carried from one document
//! into the other.

use super::*;

/// What was written in a part or a voice, as it is read with everything that stands for the same.
fn is_read(seat: &Seat, doc: DocId, path: FieldPath, fill: &Fill) -> bool {
    let (plan, part) = (seat.plan, path.part());
    // From the document that was begun first, whoever wrote in which.
    let first = seat.desk.copies(plan, part.code).first().map(|copy| copy.doc);
    let within = match part.copies {
        Copies::Named => Some(doc),
        _ => first,
    };
    let as_one = seat.desk.as_one(plan, part.code, None, within);
    if let Some(item) = path.item() {
        let Some(home) = as_one.home_of(item) else { return false };
        let (list, _) = home.list_of(item).unwrap();
        return as_one.items(list).iter().any(|(_, other)| *other == item) && shows(home, path, fill);
    }
    match fill {
        Fill::Text(text) => match as_one.documents() {
            // One text that both wrote in, not having met.
            [only] => only.text(path).contains(text),
            _ => as_one.text(path).lines().any(|line| line == text),
        },
        Fill::Value(value) => as_one.answers(path).iter().any(|answer| {
            let members = answer.value.to_string();
            answer.value == *value || members.split(',').any(|member| member == value.to_string())
        }),
        Fill::Empty => true,
    }
}

fn unread(seat: &Seat, written: &Written) -> Vec<String> {
    let is_unread = |((doc, path), fill): &(&(DocId, FieldPath), &Fill)| !is_read(seat, *doc, *path, fill);
    written.iter().filter(is_unread).map(|((_, path), _)| path.to_string()).collect()
}

fn fill_in_all(seat: &mut Seat, which: usize) -> Written {
    let plan = seat.plan;
    let mut written = Written::new();
    for (part, called) in shareable().filter(|(part, _)| part.code != "cover") {
        let doc = called.map(|called| {
            let begun = seat.ask(Ask::OpenPart { plan, part: part.code.into(), called: Some(called) }).unwrap();
            let Answer::Part(doc) = begun else { panic!("{begun:?}") };
            doc
        });
        let doc = fill_in(seat, part, doc, which, &mut written);
        if let Some(voice) = part.voice {
            fill_in(seat, voice, Some(doc), which, &mut written);
        }
    }
    seat.settle();
    written
}

fn settle_both(one: &mut Seat, other: &mut Seat, mut so: impl FnMut(&Seat, &Seat) -> bool) {
    let end = Instant::now() + Duration::from_secs(120);
    while !so(one, other) {
        assert!(Instant::now() < end, "it becomes so in time");
        one.desk.hear(desk::now());
        other.desk.hear(desk::now());
        other.desk.wait(Duration::from_millis(20));
    }
}

#[test]
fn a_part_that_is_begun_on_two_devices_apart_is_read_as_one_on_both() {
    let folder = tempfile::tempdir().unwrap();
    let mut laptop = Seat::new(&folder.path().join("laptop"), "Amina");
    let mut tablet = Seat::new(&folder.path().join("tablet"), "Amina");
    laptop.found("Amina's plan");
    laptop.link(&mut tablet);
    let plan = laptop.plan;
    settle_both(&mut laptop, &mut tablet, |_, tablet| tablet.desk.document(plan, "cover").is_some());
    tablet.ask(Ask::GoOffline).unwrap();
    let mut written = fill_in_all(&mut laptop, 0);
    written.extend(fill_in_all(&mut tablet, 1));
    tablet.ask(Ask::GoOnline).unwrap();
    settle_both(&mut laptop, &mut tablet, |laptop, tablet| {
        missing(laptop, &written).is_empty() && missing(tablet, &written).is_empty()
    });
    for seat in [&laptop, &tablet] {
        assert_eq!(unread(seat, &written), Vec::<String>::new());
        let needs = seat.desk.copies(plan, "needs");
        assert_eq!(needs.iter().map(|copy| copy.called.as_str()).collect::<Vec<_>>(), ["Amina", "Amina"]);
        let shown = seat.desk.view(plan, Some("needs")).unwrap();
        let of_part = shown.parts.iter().filter(|part| part.kind == "needs");
        assert_eq!(of_part.flat_map(|part| &part.lists).filter(|list| list.code == "needs").count(), 2);
    }

    // Two answers stand there until somebody chooses, and then one; each in the document it was given in.
    let from: FieldPath = "money.from".parse().unwrap();
    let docs: Vec<DocId> = laptop.desk.copies(plan, "money").into_iter().map(|copy| copy.doc).collect();
    let answers = |seat: &Seat| seat.desk.as_one(plan, "money", None, None).answers(from);
    assert_eq!(answers(&laptop).iter().map(|answer| answer.doc).collect::<Vec<_>>(), docs);
    let second = answers(&laptop).remove(1).value;
    tablet.act(Ask::Set { plan, field: from, fill: Fill::Value(second.clone()) }).unwrap();
    settle_both(&mut laptop, &mut tablet, |laptop, _| answers(laptop).len() == 1);
    for seat in [&laptop, &tablet] {
        assert_eq!(
            answers(seat).iter().map(|one| (one.value.clone(), one.doc)).collect::<Vec<_>>(),
            [(second.clone(), docs[1])]
        );
        assert!(seat.document(docs[0]).unwrap().value(from).values.is_empty(), "nothing was carried over");
    }

    // What is added now goes to the same document on both, behind everything.
    let list: ListPath = "needs".parse().unwrap();
    let items = |seat: &Seat| -> Vec<(DocId, ItemId)> {
        let as_one = seat.desk.as_one(plan, "needs", None, None);
        as_one.items(list).into_iter().map(|(document, item)| (document.doc(), item)).collect()
    };
    let mut added = Vec::new();
    for seat in [&mut tablet, &mut laptop] {
        let Done::Added(item) = seat.act(Ask::Add { plan, list, fills: Vec::new() }).unwrap() else { panic!("added") };
        assert_eq!(items(seat).last().unwrap().1, item);
        added.push(item);
    }
    settle_both(&mut laptop, &mut tablet, |laptop, tablet| items(laptop) == items(tablet) && items(laptop).len() == 4);
    let homes: Vec<DocId> =
        items(&laptop).into_iter().filter(|(_, item)| added.contains(item)).map(|(doc, _)| doc).collect();
    assert_eq!(homes[0], homes[1]);

    // A record is moved past one of the other document, and taken back.
    let before = items(&laptop);
    let (last, first) = (before[3].1, before[0].1);
    laptop.act(Ask::Place { plan, part: "needs".into(), item: last, behind: Some(first) }).unwrap();
    assert_eq!(items(&laptop)[1].1, last);
    laptop.act(Ask::Undo { plan, part: "needs".into() }).unwrap();
    assert_eq!(items(&laptop), before);
}

#[test]
fn whoever_may_see_one_of_two_documents_never_gets_a_word_of_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut laptop = Seat::new(&folder.path().join("laptop"), "Amina");
    let mut tablet = Seat::new(&folder.path().join("tablet"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    laptop.found("Amina's plan");
    laptop.link(&mut tablet);
    laptop.invite(&mut hodan, Role::Carer, None);
    let plan = laptop.plan;
    settle_both(&mut laptop, &mut tablet, |_, tablet| {
        tablet.desk.people(plan).len() == 2 && tablet.desk.document(plan, "cover").is_some()
    });
    tablet.ask(Ask::GoOffline).unwrap();
    let field = some_text();
    let code = field.part().code;
    laptop.ask(Ask::Set { plan, field, fill: Fill::Text("Swimming".into()) }).unwrap();
    tablet.ask(Ask::Set { plan, field, fill: Fill::Text("Private".into()) }).unwrap();
    let hidden = tablet.desk.doc(plan, code).unwrap();
    let person = hodan.me();
    let refuse =
        Ask::Refuse { plan, doc: hidden, who: circle::Who::Person(person), why: "mine".into(), basis: "asked".into() };
    tablet.ask(refuse).unwrap();
    tablet.ask(Ask::GoOnline).unwrap();
    let text = |seat: &Seat| seat.desk.as_one(plan, code, None, None).text(field);
    settle_both(&mut laptop, &mut tablet, |laptop, tablet| {
        text(laptop).lines().count() == 2 && text(laptop) == text(tablet)
    });
    // One text is written over both: each keeps its own words.
    let longer = text(&laptop).replace("Swimming", "Swimming on Tuesdays").replace("Private", "Private still");
    for words in [longer.replace(" still", ""), longer] {
        laptop.ask(Ask::Set { plan, field, fill: Fill::Text(words.clone()) }).unwrap();
        settle_both(&mut laptop, &mut tablet, |_, tablet| text(tablet) == words);
    }
    hodan.until(|desk, _| desk.as_one(plan, code, None, None).text(field) == "Swimming on Tuesdays");
    assert!(hodan.document(hidden).is_none());
}

/// A text of a part that is begun when it is used, and that a carer usually has.
fn some_text() -> FieldPath {
    let seen =
        |part: &&Part| part.opens == Opens::WhenUsed && desk::access(Role::Carer, part, None) > circle::Access::Nothing;
    let text = |part: &'static Part| Some((part, part.fields.iter().find(|field| field.kind == FieldKind::Text)?));
    let one = |part: &&Part| part.copies == Copies::One;
    let (part, field) = plan::parts().iter().filter(seen).filter(one).find_map(text).unwrap();
    FieldPath::new(part, None, field.code).unwrap()
}
