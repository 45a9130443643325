//! Every part and every voice by its description: begun when first written, filled in on one device, read on another; and
//! notes, which no other device ever has. With real nodes on this computer alone.

#![expect(clippy::unwrap_used, reason = "a story that meets what it does not expect ends there")]

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use desk::{Answer, Ask, Change, Code, Desk, Done, Fill, Refused};
use node::{Settings, Unlock};
use plan::{Copies, Document, Field, FieldKind, FieldPath, ListPath, Opens, Part, Role, Value};
use seal::{DocId, ItemId, PersonId, PlanId};

const PROGRAM: &str = "parts";

#[path = "parts/aside.rs"]
mod aside;
#[path = "parts/notes.rs"]
mod notes;
#[path = "parts/reckoned.rs"]
mod reckoned;
#[path = "parts/rewritten.rs"]
mod rewritten;
#[path = "parts/samples.rs"]
mod samples;
#[path = "parts/twice.rs"]
mod twice;

/// Somebody at a device that listens on this computer alone.
struct Seat {
    desk: Desk,
    plan: PlanId,
}

impl Seat {
    fn new(home: &Path, name: &str) -> Seat {
        node::create(home, &Unlock::KeyFile, PROGRAM.as_ref()).unwrap();
        let mut desk = open(home);
        desk.act(Ask::Name { name: name.into() }, desk::now()).unwrap();
        Seat { desk, plan: PlanId::new([0; 32]) }
    }

    /// The same device, started again.
    fn again(home: &Path, plan: PlanId) -> Seat {
        let mut desk = open(home);
        desk.act(Ask::Open { plan }, desk::now()).unwrap();
        Seat { desk, plan }
    }

    fn act(&mut self, ask: Ask) -> Result<Done, Refused> {
        self.desk.act(ask, desk::now())
    }

    /// What an ask comes to in the end.
    fn ask(&mut self, ask: Ask) -> Result<Answer, Refused> {
        let Done::Later(turn) = self.act(ask)? else { return Ok(Answer::Done) };
        let mut found = None;
        self.until(|_, changes| {
            for change in changes {
                match change {
                    Change::Answer { turn: of, answer } if *of == turn => found = Some(answer.clone()),
                    _ => {}
                }
            }
            found.is_some()
        });
        found.unwrap()
    }

    fn until(&mut self, mut so: impl FnMut(&Desk, &[Change]) -> bool) {
        let end = Instant::now() + Duration::from_secs(120);
        loop {
            let changes = self.desk.hear(desk::now());
            if so(&self.desk, &changes) {
                return;
            }
            assert!(Instant::now() < end, "it becomes so in time");
            self.desk.wait(Duration::from_millis(20));
        }
    }

    fn settle(&mut self) {
        let plan = self.plan;
        self.until(|desk, _| {
            let docs = desk.ledger(plan).into_iter().flat_map(|ledger| ledger.documents());
            for document in docs {
                let written = desk.written_in(plan, document.id);
                assert!(!matches!(written, Err(why) if why != Refused::NoSuchPart), "{}: {written:?}", document.kind);
            }
            desk.is_ready() && desk.is_saved()
        });
    }

    fn found(&mut self, title: &str) {
        let started = self.ask(Ask::StartPlan { title: title.into(), about: None, kind: None }).unwrap();
        let Answer::Started(plan) = started else { panic!("{started:?}") };
        self.plan = plan;
        self.settle();
    }

    /// Lets somebody in, with these parts or the usual ones.
    fn invite(&mut self, other: &mut Seat, role: Role, parts: Option<Vec<String>>) {
        let plan = self.plan;
        let ticket = self.ask(Ask::Invite { plan, role, parts, until: None }).unwrap();
        let Answer::Ticket(ticket) = ticket else { panic!("{ticket:?}") };
        let join = Ask::Join { ticket, relationship: String::new(), device: String::new() };
        let Done::Later(turn) = other.act(join).unwrap() else { panic!("joining takes a while") };
        let mut words = None;
        other.until(|_, changes| {
            for change in changes {
                if let Change::Words { words: shown, .. } = change {
                    words = Some(shown.join(" "));
                }
            }
            words.is_some()
        });
        self.until(|desk, _| !desk.knocks(plan).is_empty());
        let person = self.desk.knocks(plan)[0].person;
        self.ask(Ask::Confirm { plan, person, words: words.unwrap() }).unwrap();
        other.until(|_, changes| {
            changes.iter().any(|change| matches!(change, Change::Answer { turn: of, .. } if *of == turn))
        });
        other.plan = plan;
        other.act(Ask::Open { plan }).unwrap();
    }

    /// Makes another device one of mine.
    fn link(&mut self, other: &mut Seat) {
        let plan = self.plan;
        let Done::Later(turn) = self.act(Ask::LinkByCode { plan }).unwrap() else { panic!("a code takes a while") };
        let mut code = None;
        self.until(|_, changes| {
            for change in changes {
                if let Change::Code { what: Code::Shown { code: shown, .. }, .. } = change {
                    code = Some(shown.clone());
                }
            }
            code.is_some()
        });
        let at = self.desk.node().call(node::ask::WhoAmI).unwrap().addresses;
        let at = at.iter().find_map(|address| {
            let words: Vec<&str> = address.split('/').collect();
            let port = words.get(4).filter(|_| words[3] == "tcp")?;
            Some(format!("127.0.0.1:{port}"))
        });
        let ticket = format!("{}@{}", code.unwrap(), at.unwrap());
        other.act(Ask::Join { ticket, relationship: String::new(), device: "Tablet".into() }).unwrap();
        let mut linked = false;
        let end = Instant::now() + Duration::from_secs(60);
        while !linked {
            let heard = self.desk.hear(desk::now());
            linked =
                heard.iter().any(|change| matches!(change, Change::Answer { turn: of, answer: Ok(_) } if *of == turn));
            other.desk.hear(desk::now());
            self.desk.wait(Duration::from_millis(10));
            assert!(Instant::now() < end, "the tablet is linked in time");
        }
        other.plan = plan;
        other.until(|desk, _| desk.plans().iter().any(|card| card.id == plan));
        other.act(Ask::Open { plan }).unwrap();
    }

    fn document(&self, doc: DocId) -> Option<&Document> {
        self.desk.document_in(self.plan, doc)
    }

    fn me(&self) -> PersonId {
        self.desk.people(self.plan).into_iter().find(|member| member.me).unwrap().id
    }
}

fn open(home: &Path) -> Desk {
    let mut settings = Settings::new(home.to_owned(), Unlock::KeyFile, PROGRAM.into());
    settings.mdns = false;
    settings.listen = vec!["127.0.0.1:0".parse().unwrap()];
    Desk::open(settings).unwrap()
}

/// A value for a field of any kind; `which` tells two writers apart.
fn value(kind: FieldKind, which: usize) -> Fill {
    let pick = |texts: [&str; 2]| Value::parse(kind, texts[which]).unwrap().unwrap();
    let item = |byte: u8| ItemId::new([byte; 16]).to_string();
    Fill::Value(match kind {
        FieldKind::Text => return Fill::Text(["from Amina", "from Hodan"][which].into()),
        FieldKind::Line => pick(["One line", "Another line"]),
        FieldKind::Date => pick(["2027-03-01", "2027-04-02"]),
        FieldKind::Moment => pick(["2026-10-14T16:40+01:00", "2026-10-21T16:50+01:00"]),
        FieldKind::Money => pick(["16640.00", "15328.00"]),
        FieldKind::Quantity => pick(["13.5", "2"]),
        FieldKind::Choice(choices) | FieldKind::Choices(choices) => pick([choices[0], choices[1]]),
        FieldKind::Scale(low, high) => Value::Scale([low, high][which]),
        FieldKind::YesNo => pick(["yes", "no"]),
        FieldKind::Person | FieldKind::People => pick(["Ben", "Joy"]),
        FieldKind::Ref(_) | FieldKind::Refs(_) => pick([&item(1), &item(2)]),
        FieldKind::Files => {
            let file = |byte: u8| format!("{}:picture:10:My week", seal::FileId::new([byte; 32]));
            pick([&file(1), &file(2)])
        }
    })
}

/// The parts that one person can begin and others can see, with what each is called.
fn shareable() -> impl Iterator<Item = (&'static Part, Option<String>)> {
    let called = |part: &Part| match part.copies {
        Copies::One | Copies::EachOwner => None,
        Copies::EachQuarter => Some("2026-4".to_owned()),
        Copies::Named => Some("Immigration".to_owned()),
    };
    plan::parts().iter().filter(|part| part.opens != Opens::OnThisDevice).map(move |part| (part, called(part)))
}

fn fills(fields: &'static [Field], which: usize) -> Vec<(String, Fill)> {
    fields.iter().map(|field| (field.code.to_owned(), value(field.kind, which))).collect()
}

/// What was written: field by field, with the text or the value it is to show.
type Written = BTreeMap<(DocId, FieldPath), Fill>;

/// Fills in every field of a part or voice: its own, one record in each list, and one in each list inside that.
fn fill_in(seat: &mut Seat, part: &'static Part, doc: Option<DocId>, which: usize, written: &mut Written) -> DocId {
    let plan = seat.plan;
    let within = |ask: Ask| doc.map_or(ask.clone(), |doc| ask.within(doc));
    let naming = matches!(part.copies, Copies::EachQuarter | Copies::Named).then(|| part.fields[0].code);
    let mut fields = Vec::new();
    let mut records: Vec<(ListPath, &'static plan::List)> =
        part.lists.iter().map(|list| (ListPath::new(part, None, list.code).unwrap(), list)).collect();
    while let Some((list, described)) = records.pop() {
        let item = match seat.act(within(Ask::Add { plan, list, fills: fills(described.fields, which) })).unwrap() {
            Done::Added(item) => item,
            Done::Later(turn) => {
                let mut added = None;
                seat.until(|_, changes| {
                    for change in changes {
                        match change {
                            Change::Answer { turn: of, answer } if *of == turn => added = Some(answer.clone()),
                            _ => {}
                        }
                    }
                    added.is_some()
                });
                let Some(Ok(Answer::Added { item, .. })) = added else { panic!("{}: {added:?}", part.code) };
                item
            }
            Done::Here => panic!("an item has an id"),
        };
        for field in described.fields {
            fields.push((FieldPath::new(part, Some(item), field.code).unwrap(), value(field.kind, which)));
        }
        records
            .extend(described.lists.iter().map(|inner| (ListPath::new(part, Some(item), inner.code).unwrap(), inner)));
    }
    for field in part.fields.iter().filter(|field| Some(field.code) != naming) {
        let (path, fill) = (FieldPath::new(part, None, field.code).unwrap(), value(field.kind, which));
        seat.ask(within(Ask::Set { plan, field: path, fill: fill.clone() })).unwrap();
        fields.push((path, fill));
    }
    let doc = seat.desk.doc_for(plan, part.code, None, doc).unwrap();
    written.extend(fields.into_iter().map(|(path, fill)| ((doc, path), fill)));
    doc
}

/// Whether a field shows what was written there, maybe among more.
fn shows(document: &Document, path: FieldPath, fill: &Fill) -> bool {
    match fill {
        Fill::Text(text) => document.text(path).contains(text),
        Fill::Value(value) => {
            let shown = document.value(path);
            let set = || shown.value().is_some_and(|all| all.to_string().contains(&value.to_string()));
            shown.values.iter().any(|(one, _)| one == value) || set()
        }
        Fill::Empty => true,
    }
}

fn missing(seat: &Seat, written: &Written) -> Vec<String> {
    let is_missing = |((doc, path), fill): &(&(DocId, FieldPath), &Fill)| {
        !seat.document(*doc).is_some_and(|document| shows(document, *path, fill))
    };
    written.iter().filter(is_missing).map(|((_, path), _)| path.to_string()).collect()
}

#[test]
fn every_field_of_every_part_and_voice_is_filled_in_on_one_device_and_read_on_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&folder.path().join("amina"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    let plan = amina.plan;
    let mut written = Written::new();
    for (part, called) in shareable() {
        let named = called.clone();
        let doc = called.map(|called| {
            let begun = amina.ask(Ask::OpenPart { plan, part: part.code.into(), called: Some(called) }).unwrap();
            let Answer::Part(doc) = begun else { panic!("{begun:?}") };
            doc
        });
        let doc = fill_in(&mut amina, part, doc, 0, &mut written);
        if let Some(voice) = part.voice {
            fill_in(&mut amina, voice, Some(doc), 0, &mut written);
        }
        let copies = amina.desk.copies(plan, part.code);
        let called = copies.into_iter().find(|copy| copy.doc == doc).unwrap().called;
        assert!(named.is_none_or(|named| named == called), "{} is called {called}", part.code);
    }
    amina.settle();
    assert_eq!(missing(&amina, &written), Vec::<String>::new());
    // Hodan sees what her role usually holds, all of it; of the rest she has nothing.
    let usual = |part: &Part| desk::access(Role::Carer, part, None);
    let held = |doc: &DocId| {
        let part = amina.desk.describe(plan, *doc).unwrap();
        let about = part.code.strip_suffix(plan::VOICE).map_or(part, |code| plan::part(code).unwrap());
        usual(about) > circle::Access::Nothing
    };
    let (hers, others): (Written, Written) = written.clone().into_iter().partition(|((doc, _), _)| held(doc));
    assert!(!hers.is_empty() && !others.is_empty());
    hodan.until(|desk, _| {
        let all = hers.keys().map(|(doc, _)| *doc);
        all.into_iter().all(|doc| desk.document_in(plan, doc).is_some())
    });
    let end = Instant::now() + Duration::from_secs(120);
    while !missing(&hodan, &hers).is_empty() && Instant::now() < end {
        hodan.desk.hear(desk::now());
        hodan.desk.wait(Duration::from_millis(20));
    }
    assert_eq!(missing(&hodan, &hers), Vec::<String>::new());
    for (doc, path) in others.keys() {
        assert!(hodan.document(*doc).is_none(), "{path} is not for Hodan");
    }
    // Whose a voice is, its document says.
    let goals = hodan.desk.doc(plan, "goals").unwrap();
    let said: Vec<PersonId> = hodan.desk.voices(plan, goals).into_iter().map(|voice| voice.person).collect();
    assert_eq!(said, [amina.me()]);
    assert_eq!(hodan.desk.whole(plan).said("goals-voice.scores")[0].0, amina.me());
}

#[test]
fn two_who_are_apart_fill_in_the_same_parts_and_both_keep_their_work() {
    let folder = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&folder.path().join("amina"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    let plan = amina.plan;
    let both: Vec<(&'static Part, Option<String>)> =
        shareable().filter(|(part, _)| desk::access(Role::Carer, part, None) == circle::Access::Edit).collect();
    assert!(both.len() > 10);
    let mut docs = Vec::new();
    for (part, called) in &both {
        let begun = amina.ask(Ask::OpenPart { plan, part: part.code.into(), called: called.clone() }).unwrap();
        let Answer::Part(doc) = begun else { panic!("{begun:?}") };
        docs.push(doc);
    }
    hodan.until(|desk, _| docs.iter().all(|doc| desk.document_in(plan, *doc).is_some()));
    amina.ask(Ask::GoOffline).unwrap();
    hodan.ask(Ask::GoOffline).unwrap();
    let (mut hers, mut mine) = (Written::new(), Written::new());
    for ((part, _), doc) in both.iter().zip(&docs) {
        fill_in(&mut amina, part, Some(*doc), 0, &mut mine);
        fill_in(&mut hodan, part, Some(*doc), 1, &mut hers);
        if let Some(voice) = part.voice {
            fill_in(&mut amina, voice, Some(*doc), 0, &mut mine);
            fill_in(&mut hodan, voice, Some(*doc), 1, &mut hers);
        }
    }
    amina.settle();
    hodan.settle();
    amina.ask(Ask::GoOnline).unwrap();
    hodan.ask(Ask::GoOnline).unwrap();
    mine.extend(hers);
    for seat in [&mut amina, &mut hodan] {
        seat.until(|desk, _| mine.keys().all(|(doc, _)| desk.document_in(plan, *doc).is_some()));
    }
    let end = Instant::now() + Duration::from_secs(120);
    while !(missing(&amina, &mine).is_empty() && missing(&hodan, &mine).is_empty()) && Instant::now() < end {
        for seat in [&mut amina, &mut hodan] {
            seat.desk.hear(desk::now());
            seat.desk.wait(Duration::from_millis(20));
        }
    }
    assert_eq!(missing(&amina, &mine), Vec::<String>::new());
    assert_eq!(missing(&hodan, &mine), Vec::<String>::new());
}

#[test]
fn a_voice_takes_words_from_nobody_but_whose_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&folder.path().join("amina"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    let plan = amina.plan;
    hodan.until(|desk, _| desk.document(plan, "goals").is_some());
    let scores: ListPath = "goals-voice.scores".parse().unwrap();
    let score = |which| vec![("score".to_owned(), value(FieldKind::Scale(-2, 2), which))];
    let added = hodan.ask(Ask::Add { plan, list: scores, fills: score(0) }).unwrap();
    assert!(matches!(added, Answer::Added { .. }));
    hodan.settle();
    let goals = amina.desk.doc(plan, "goals").unwrap();
    amina.until(|desk, _| desk.voices(plan, goals).len() == 1);
    let hers = amina.desk.voices(plan, goals)[0].document.doc();
    assert_eq!(amina.desk.voices(plan, goals)[0].person, hodan.me());
    let refused = amina.act(Ask::Add { plan, list: scores, fills: score(1) }.within(hers));
    assert_eq!(refused, Err(Refused::Write(plan::WriteError::NotWriting)));
    // The same ask without a document goes to Amina's own.
    amina.ask(Ask::Add { plan, list: scores, fills: score(1) }).unwrap();
    let said = amina.desk.whole(plan);
    let said: BTreeMap<PersonId, Option<i64>> =
        said.said("goals-voice.scores").into_iter().map(|(person, record)| (person, record.scale("score"))).collect();
    assert_eq!(said, BTreeMap::from([(hodan.me(), Some(-2)), (amina.me(), Some(2))]));
    // Nor does the node sign them, should somebody ask it behind the desk's back.
    let (chain, edits) = {
        let mut document = Document::load(plan::part("goals-voice").unwrap(), hers, None, &[]).unwrap();
        let chain = seal::chain_id(hers, amina.desk.device(), seal::ChapterId::new(*plan.as_bytes()));
        document.write_as(chain);
        document.add(scores, ItemId::new([7; 16]), desk::now()).unwrap();
        (chain, document.close(desk::now()))
    };
    assert!(edits.len() == 1 && chain.as_bytes() != &[0; 16]);
    let published = amina.desk.node().call(node::ask::Publish { plan, doc: hers, edits });
    assert_eq!(published, Err(node::Refused::NotAllowed));
}

#[test]
fn whoever_was_given_less_than_usual_is_not_given_more_by_a_part_being_begun() {
    let folder = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&folder.path().join("amina"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    let mut ben = Seat::new(&folder.path().join("ben"), "Ben");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    amina.invite(&mut ben, Role::Supporter, Some(vec!["actions".to_owned()]));
    let plan = amina.plan;
    let begun = amina.ask(Ask::OpenPart { plan, part: "needs".into(), called: None }).unwrap();
    let Answer::Part(needs) = begun else { panic!("{begun:?}") };
    let first = amina.ask(Ask::OpenPart { plan, part: "log".into(), called: Some("2026-4".into()) }).unwrap();
    let Answer::Part(first) = first else { panic!("{first:?}") };
    let access = |seat: &Seat, doc: DocId, person: PersonId| seat.desk.ledger(plan).unwrap().access(doc, person);
    assert_eq!(access(&amina, needs, hodan.me()), circle::Access::Edit);
    assert_eq!(access(&amina, needs, ben.me()), circle::Access::Nothing);
    assert_eq!(access(&amina, first, ben.me()), circle::Access::Nothing);
    // The next quarter is for whom the one before was for.
    let with = node::ask::ShareWith {
        doc: first,
        access: circle::Access::View,
        why: "He is there on Wednesdays".into(),
        basis: "agreed".into(),
        until: None,
    };
    amina.ask(Ask::Share { plan, who: circle::Who::Person(ben.me()), with }).unwrap();
    amina.settle();
    let next = amina.ask(Ask::OpenPart { plan, part: "log".into(), called: Some("2027-1".into()) }).unwrap();
    let Answer::Part(next) = next else { panic!("{next:?}") };
    assert_ne!(first, next);
    assert_eq!(access(&amina, next, ben.me()), circle::Access::View);
    assert_eq!(access(&amina, next, hodan.me()), circle::Access::Edit);
    let again = amina.ask(Ask::OpenPart { plan, part: "log".into(), called: Some("2026-4".into()) });
    assert_eq!(again, Ok(Answer::Part(first)), "a quarter is begun once");
    // Hodan's own page is hers alone, and she begins no part of the plan.
    hodan.until(|desk, _| desk.document(plan, "cover").is_some());
    let page = hodan.ask(Ask::OpenPart { plan, part: "carer".into(), called: None }).unwrap();
    let Answer::Part(page) = page else { panic!("{page:?}") };
    hodan.settle();
    assert_eq!(access(&hodan, page, amina.me()), circle::Access::Nothing);
    let refused = hodan.ask(Ask::OpenPart { plan, part: "risks".into(), called: None });
    assert_eq!(refused, Err(Refused::NotYours));
    assert!(hodan.desk.offered(plan).iter().all(|part| part.code != "risks"));
}
