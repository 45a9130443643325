//! What is kept of a plan's reckoning is what would be reckoned now: a page that shows yesterday's answer is worse than a slow
//! one. Whatever changes, on this device or another: a field, a record, a file, a voice, who may see what, who belongs.

use std::{cell::RefCell, thread, time::Duration, time::Instant};

use desk::{Ask, Desk, Read, Reckoned};
use plan::{Document, ListPath, Part, Role, Whole, views};
use seal::PlanId;

use super::{Seat, Written, fill_in, shareable};

/// How something is reckoned, as words that can be compared.
type Reckon = Box<dyn Fn(&Desk, PlanId) -> String>;

/// Something that is reckoned, and what was reckoned last.
struct Watched {
    what: Reckon,
    kept: Option<(Read, String)>,
    /// How often what was kept did.
    stood: usize,
}

impl Watched {
    fn new(what: impl Fn(&Desk, PlanId) -> String + 'static) -> Watched {
        Watched { what: Box::new(what), kept: None, stood: 0 }
    }

    fn look(&mut self, desk: &Desk, plan: PlanId) {
        if let Some((_, kept)) = self.kept.as_ref().filter(|(read, _)| desk.is_as_read(read)) {
            self.stood += 1;
            return assert_eq!(*kept, (self.what)(desk, plan));
        }
        let (value, read) = desk.reckon(plan, || (self.what)(desk, plan));
        self.kept = Some((read, value));
    }
}

fn list(part: &'static Part, code: &str, whole: &Whole<'_>) -> String {
    let path = ListPath::new(part, None, code).unwrap();
    let holds_files = path.describe().field("files").is_some();
    let files = |record: &plan::Record<'_>| if holds_files { record.files("files").len() } else { 0 };
    whole
        .of_list(path)
        .iter()
        .map(|record| format!("{} {} {}\n", record.id(), record.called(), files(record)))
        .collect()
}

fn voice(part: &'static Part, code: &str, whole: &Whole<'_>) -> String {
    let said = whole.said(&format!("{}.{code}", part.code));
    said.iter().map(|(person, record)| format!("{person} {} {}\n", record.id(), record.called())).collect()
}

/// What pages reckon from, one by one and all together.
fn watched() -> Vec<Watched> {
    let mut all = Vec::new();
    for part in plan::parts() {
        for of in part.lists {
            all.push(Watched::new(|desk, plan| list(part, of.code, &desk.whole(plan))));
        }
        for of in part.voice.into_iter().flat_map(|voice| voice.lists.iter().map(move |list| (voice, list.code))) {
            all.push(Watched::new(move |desk, plan| voice(of.0, of.1, &desk.whole(plan))));
        }
        all.push(Watched::new(|desk, plan| {
            desk.document(plan, part.code).map(Document::edits).unwrap_or(0).to_string()
        }));
        all.push(Watched::new(|desk, plan| {
            let copies = desk.copies(plan, part.code);
            let offers = copies.iter().map(|copy| desk.offers(plan, copy.doc).len());
            format!("{copies:?} {:?} {}", offers.collect::<Vec<_>>(), desk.may_begin(plan, part.code))
        }));
    }
    all.push(Watched::new(|desk, plan| {
        let names = desk.people(plan).into_iter().map(|member| (member.name, member.standing));
        format!("{:?}", names.collect::<Vec<_>>())
    }));
    all.push(Watched::new(|desk, plan| {
        let whole = desk.whole(plan);
        format!("{:?} {:?} {:?}", views::needs(&whole), views::actions(&whole), views::goals(&whole))
    }));
    // Reckoned with something that was reckoned before.
    let goals = RefCell::new(Reckoned::<usize>::default());
    all.push(Watched::new(move |desk, plan| {
        let goals = *goals.borrow_mut().of(desk, plan, |whole| whole.records("goals").len());
        format!("{goals} {}", desk.whole(plan).records("needs").len())
    }));
    all
}

/// Both hear what there is until neither waits for anything; what is kept is looked at whenever either heard.
#[track_caller]
fn settle(seats: &mut [(&mut Seat, Vec<Watched>)], so: impl Fn(&[(&mut Seat, Vec<Watched>)]) -> bool) {
    let end = Instant::now() + Duration::from_secs(120);
    loop {
        for (seat, watched) in &mut *seats {
            if !seat.desk.hear(desk::now()).is_empty() {
                watched.iter_mut().for_each(|one| one.look(&seat.desk, seat.plan));
            }
        }
        if so(seats) && seats.iter().all(|(seat, _)| seat.desk.is_saved() && seat.desk.is_ready()) {
            return;
        }
        let held: Vec<usize> = seats.iter().map(|(seat, _)| needs(seat)).collect();
        assert!(Instant::now() < end, "both have it in time: {held:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn needs(seat: &Seat) -> usize {
    seat.desk.whole(seat.plan).records("needs").len()
}

#[test]
fn what_is_kept_of_a_plan_is_what_would_be_reckoned_now() {
    let folder = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&folder.path().join("amina"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    let (plan, person) = (amina.plan, hodan.me());
    let mut seats = [(&mut amina, watched()), (&mut hodan, watched())];
    let mut written = Written::new();
    for (part, _) in shareable().filter(|(part, called)| called.is_none() && !part.is_voice()) {
        let doc = fill_in(seats[0].0, part, None, 0, &mut written);
        settle(&mut seats, |_| true);
        if let Some(voice) = part.voice {
            fill_in(seats[0].0, voice, Some(doc), 1, &mut written);
            settle(&mut seats, |_| true);
        }
    }
    settle(&mut seats, |seats| needs(seats[0].0) == needs(seats[1].0));
    // Hodan says something in a voice of her own, and writes in what is everybody's.
    let said = [plan::part("goals-voice").unwrap(), plan::part("needs-voice").unwrap(), plan::part("needs").unwrap()];
    for part in said {
        let about = part.code.strip_suffix(plan::VOICE).and_then(|about| seats[1].0.desk.doc(plan, about));
        fill_in(seats[1].0, part, about, 1, &mut written);
        settle(&mut seats, |_| true);
    }
    settle(&mut seats, |seats| needs(seats[0].0) == needs(seats[1].0) && needs(seats[0].0) == 2);
    let scores = |seat: &Seat| seat.desk.whole(plan).said("goals-voice.scores").len();
    settle(&mut seats, |seats| scores(seats[0].0) == 2 && scores(seats[1].0) == 2);
    // She may see less, and belongs no more.
    let doc = seats[0].0.desk.doc(plan, "needs").unwrap();
    seats[0].0.ask(Ask::Unshare { plan, doc, who: circle::Who::Person(person), why: "Enough".into() }).unwrap();
    settle(&mut seats, |seats| seats[1].0.desk.access_in(plan, doc) == circle::Access::Nothing);
    seats[0].0.ask(Ask::RemovePerson { plan, person, since: None }).unwrap();
    settle(&mut seats, |seats| seats[0].0.desk.people(plan).len() == 1);
    // Most of what is kept stood most of the time: else nothing was tried here.
    let stood: usize = seats[0].1.iter().map(|one| one.stood).sum();
    assert!(stood > 1_000, "{stood}");
}
