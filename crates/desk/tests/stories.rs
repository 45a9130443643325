//! A desk in use: bursts, undo, starting a plan and opening it again. With a real node that stays offline.

#![expect(clippy::unwrap_used, reason = "a story that meets what it does not expect ends there")]

use std::time::{Duration, Instant};

use desk::{Ask, Change, Desk, Done, Fill, Refused, Saved};
use node::{Settings, Unlock};
use plan::{FieldPath, Value};
use seal::{PlanId, Time};

const PROGRAM: &str = "stories";

struct Room {
    desk: Desk,
    now: Time,
    plan: PlanId,
}

fn open(home: &std::path::Path) -> Desk {
    let mut settings = Settings::new(home.to_owned(), Unlock::KeyFile, PROGRAM.into());
    settings.online = false;
    Desk::open(settings).unwrap()
}

impl Room {
    fn new(home: &std::path::Path) -> Room {
        node::create(home, &Unlock::KeyFile, PROGRAM.as_ref()).unwrap();
        let mut room = Room { desk: open(home), now: Time(1_000_000), plan: PlanId::new([0; 32]) };
        assert_eq!(room.desk.act(Ask::Sample { sample: "adult-alone".into() }, room.now), Err(Refused::NoName));
        room.desk.act(Ask::Name { name: "Amina".into() }, room.now).unwrap();
        room.desk.act(Ask::Sample { sample: "adult-alone".into() }, room.now).unwrap();
        room.until(|desk, _| desk.plans().first().is_some_and(|card| !card.title.is_empty()) && desk.is_ready());
        room.plan = room.desk.plans()[0].id;
        room.until(|desk, _| desk.is_ready() && desk.is_saved());
        room
    }

    /// Hears until something is so, without the room's own clock going on.
    fn until(&mut self, so: impl Fn(&Desk, &[Change]) -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let changes = self.desk.hear(self.now);
            if so(&self.desk, &changes) {
                return;
            }
            assert!(Instant::now() < end, "it becomes so in time");
            self.desk.wait(Duration::from_millis(20));
        }
    }

    fn field(&self, name: &str) -> FieldPath {
        name.parse().unwrap()
    }

    fn text(&self, name: &str) -> String {
        let field = self.field(name);
        self.desk.document(self.plan, field.part().code).unwrap().text(field)
    }

    fn splice(&mut self, name: &str, at: usize, delete: usize, insert: &str) -> Result<Done, Refused> {
        let field = self.field(name);
        self.desk.act(Ask::Splice { plan: self.plan, field, at, delete, insert: insert.into() }, self.now)
    }

    fn finished(&self, part: &str) -> u64 {
        self.desk.written(self.plan, part).unwrap().0
    }
}

#[test]
fn typing_is_one_edit_a_burst_and_a_burst_ends_with_a_pause_or_after_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut room = Room::new(&folder.path().join("home"));
    let before = room.finished("about-me");
    for letter in ["I", " ", "s", "w", "i", "m"] {
        room.splice("about-me.also", 0, 0, letter).unwrap();
        room.now = room.now.plus(100);
        room.desk.tick(room.now);
    }
    assert_eq!(room.finished("about-me"), before);
    assert_eq!(room.desk.marks(room.plan).here, Saved::Saving);
    room.now = room.now.plus(desk::PAUSE);
    room.desk.tick(room.now);
    assert_eq!(room.finished("about-me"), before + 1);
    for _ in 0..24 {
        room.splice("about-me.also", 0, 0, "x").unwrap();
        room.now = room.now.plus(100);
        room.desk.tick(room.now);
    }
    assert_eq!(
        room.finished("about-me"),
        before + 3,
        "2.4 seconds without a pause are two full bursts and an open one"
    );
    room.desk.act(Ask::Blur, room.now).unwrap();
    assert_eq!(room.finished("about-me"), before + 4);
    room.until(|desk, _| desk.is_saved());
    assert_eq!(room.desk.marks(room.plan).here, Saved::All);
}

#[test]
fn undo_takes_back_a_burst_and_redo_makes_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut room = Room::new(&folder.path().join("home"));
    let (before, plan) = (room.text("about-me.also"), room.plan);
    room.splice("about-me.also", 0, 0, "naïve 👩‍👩‍👧 ").unwrap();
    room.desk.act(Ask::Undo { plan, part: "about-me".into() }, room.now).unwrap();
    assert_eq!(room.text("about-me.also"), before);
    room.desk.act(Ask::Redo { plan, part: "about-me".into() }, room.now).unwrap();
    assert_eq!(room.text("about-me.also"), format!("naïve 👩‍👩‍👧 {before}"));
    let refused = room.desk.act(Ask::Undo { plan, part: "weather".into() }, room.now);
    assert_eq!(refused, Err(Refused::NoSuchPart));
}

#[test]
fn what_was_written_is_there_when_the_home_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let mut room = Room::new(&home);
    let plan = room.plan;
    let list = "goals".parse().unwrap();
    let fills = vec![
        ("words".to_owned(), Fill::Text("See the sea".into())),
        ("status".to_owned(), Fill::Value(Value::Choice("hope".into()))),
    ];
    let Done::Added(item) = room.desk.act(Ask::Add { plan, list, fills }, room.now).unwrap() else {
        panic!("an item is added at once")
    };
    let wrong = vec![("status".to_owned(), Fill::Value(Value::Choice("weather".into())))];
    assert!(room.desk.act(Ask::Add { plan, list, fills: wrong }, room.now).is_err());
    let also = room.field("about-me.also");
    room.desk.act(Ask::Set { plan, field: also, fill: Fill::Text("I paint.".into()) }, room.now).unwrap();
    room.until(|desk, _| desk.is_saved());
    let view = room.desk.view(plan, None).unwrap();
    drop(room);
    let mut room = Room { desk: open(&home), now: Time(2_000_000), plan };
    room.desk.act(Ask::Open { plan }, room.now).unwrap();
    room.until(|desk, _| desk.is_ready());
    assert_eq!(room.desk.view(plan, None).unwrap(), view);
    assert_eq!(room.text(&format!("goals/{item}.words")), "See the sea");
    assert_eq!(room.desk.name(), "Amina");
}

#[test]
fn notes_that_were_written_anew_for_years_are_still_kept() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let mut room = Room::new(&home);
    let (plan, notes) = (room.plan, "mine.notes");
    room.desk.act(Ask::OpenPart { plan, part: "mine".into(), called: None }, room.now).unwrap();
    room.until(|desk, _| desk.document(plan, "mine").is_some());
    let mut dice = 1_u32;
    for _ in 0..30 {
        // Letters without any order, so that their history is as long as that of years.
        let page = std::iter::repeat_with(|| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (dice >> 16) % 0x5000).unwrap()
        });
        let page: String = page.take(8_000).collect();
        let before = room.text(notes).chars().count();
        room.splice(notes, 0, before, &page).unwrap();
        room.now = room.now.plus(2_000);
        room.until(|desk, _| desk.is_saved());
    }
    room.splice(notes, 0, 8_000, "Ask Joy about the bus").unwrap();
    room.now = room.now.plus(2_000);
    room.until(|desk, _| desk.is_saved());
    drop(room);
    let mut room = Room { desk: open(&home), now: Time(9_000_000), plan };
    room.desk.act(Ask::Open { plan }, room.now).unwrap();
    room.until(|desk, _| desk.is_ready() && desk.document(plan, "mine").is_some());
    assert_eq!(room.text(notes), "Ask Joy about the bus");
    room.splice(notes, 0, 0, "Tomorrow: ").unwrap();
    room.now = room.now.plus(2_000);
    room.until(|desk, _| desk.is_saved());
}

#[test]
fn a_held_part_shows_exactly_what_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut room = Room::new(&folder.path().join("home"));
    let (plan, me) = (room.plan, room.desk.device());
    let field = room.field("about-me.also");
    let before = room.desk.hold(plan, "about-me", &Vec::new(), room.now).unwrap();
    let steps: Vec<desk::Step> = (0..50).map(|_| vec![(0, 0, "ж".to_owned())]).collect();
    room.desk.type_steps(plan, field, &steps, room.now).unwrap();
    let wrong = vec![vec![(0, 0, "a".to_owned())], vec![(9_999, 0, "b".to_owned())]];
    let refused = room.desk.type_steps(plan, field, &wrong, room.now);
    assert_eq!(refused, Err((1, Refused::Write(plan::WriteError::Beyond))));
    room.until(|desk, _| desk.is_saved());
    assert_eq!(room.desk.hold(plan, "about-me", &Vec::new(), room.now), Ok(before + 51), "a step is an edit");
    assert_eq!(room.desk.merge_upto(plan, "about-me", &vec![(me, before)], room.now), Ok(true));
    assert!(room.text("about-me.also").starts_with("aжж"));
}
