//! The window without a screen: everything a real one does for a frame but the last step, which is the graphics card's.

use std::{
    io::BufRead,
    net::SocketAddr,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use alongside::{
    Desktop, Page, Place, Room, Settings, Wish,
    egui::{self, Context, Event, Key, Modifiers, MouseWheelUnit, RawInput, TouchPhase, pos2, vec2},
};
use desk::{Ask, Desk};
use plan::{FieldPath, ListPath};
use seal::PlanId;
use serde_json::{Value, json};

use super::{LONGEST, PACE};
use crate::measure::{Stopped, team::FIELD};

/// Frames of a page that are drawn before any is counted: heights are learnt, letters drawn, rows laid out.
const WARM: usize = 40;

/// How long nothing must have come before a page is said to be at peace.
const PEACE: Duration = Duration::from_millis(600);

/// What somebody does at the window while frames are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// Nothing.
    Looking,
    /// Rolls the wheel, down the page and at its end up again.
    Scrolling,
    /// Types a letter for each frame: into the text of a record on the page, or what is looked for.
    Typing,
}

/// Where the window is taken: a page, or looking for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Page(Page),
    Day,
    Find,
}

/// What is looked for: it stands in every wish.
const LOOKED_FOR: &str = "swim";

/// How far the wheel rolls for a frame: most of a window's height.
const ROLL: f32 = 500.0;

/// After how many frames it rolls the other way.
const TURNS: usize = 60;

/// Opens a home and draws what is ordered, line by line: a page's code, what somebody does there, and for how many frames.
pub fn frames(home: &Path, plan: &str, orders: impl BufRead, say: impl Fn(&Value)) -> Result<(), Stopped> {
    let plan = plan.parse().map_err(|_| Stopped::Wrong("not the id of a plan".into()))?;
    let mut drawn = Drawn::open(home, plan)?;
    say(&json!({ "ready": true }));
    for order in orders.lines() {
        let order = order?;
        let wrong = || Stopped::Wrong(format!("not an order: {order}"));
        let [page, doing, frames] = order.split(' ').collect::<Vec<_>>()[..] else { return Err(wrong()) };
        let place = match page {
            "day" => Where::Day,
            "find" => Where::Find,
            page => Where::Page(Page::from_code(page).ok_or_else(wrong)?),
        };
        let doing = match doing {
            "looking" => Doing::Looking,
            "scrolling" => Doing::Scrolling,
            "typing" => Doing::Typing,
            _ => return Err(wrong()),
        };
        let frames = frames.parse().map_err(|_| wrong())?;
        let first = drawn.turn_to(place);
        say(&json!({ "begins": true, "first": first }));
        let frames: Vec<f64> = (0..frames).map(|at| drawn.paced(doing, at)).collect();
        say(&json!({ "frames": frames }));
    }
    drawn.room.close();
    Ok(())
}

struct Drawn {
    room: Room,
    plan: PlanId,
    ctx: Context,
    began: Instant,
    next: Instant,
    now: Where,
    /// Where letters are typed.
    text: Option<FieldPath>,
}

impl Drawn {
    fn open(home: &Path, plan: PlanId) -> Result<Drawn, Stopped> {
        let mut settings = node::Settings::new(home.to_owned(), store::Unlock::KeyFile, std::env::current_exe()?);
        settings.listen = vec![node::Listen::at(SocketAddr::from(([127, 0, 0, 1], 0)))];
        settings.mdns = false;
        let desk = Desk::open_for_all(settings).map_err(|error| Stopped::Wrong(error.to_string()))?;
        let room = Room::new(desk, Settings::default(), Desktop::without_wish(), None);
        let (ctx, began) = (Context::default(), Instant::now());
        alongside::install_fonts(&ctx);
        let now = Where::Page(Page::Front);
        let mut drawn = Drawn { room, plan, ctx, began, next: began, now, text: None };
        drawn.go(now);
        let is_here = |drawn: &Drawn| {
            let desk = drawn.room.desk();
            let others = desk.marks(plan).with;
            desk.is_ready() && !others.is_empty() && others.iter().all(|one| one.online && one.all)
        };
        while !is_here(&drawn) {
            if began.elapsed() > LONGEST {
                return Err(Stopped::Wrong("the window never had everything".into()));
            }
            drawn.paced(Doing::Looking, 0);
        }
        Ok(drawn)
    }

    fn go(&mut self, place: Where) {
        let place = match place {
            Where::Page(page) => Place::Plan(self.plan, page),
            Where::Day => Place::Day,
            Where::Find => Place::Find,
        };
        self.room.carry_out(&self.ctx, Wish::Go(place));
    }

    /// The text that letters are typed into on a page: its first record's, or else the first action's.
    fn text_on(&self, place: Where) -> Option<FieldPath> {
        let (list, field) = match place {
            Where::Page(Page::Part("about-me")) => return FIELD.parse().ok(),
            Where::Page(Page::Part("needs")) => ("needs", "practical"),
            Where::Page(Page::Part("goals")) => ("goals", "why"),
            Where::Page(Page::Part("log")) => ("log.diary", "words"),
            Where::Page(_) | Where::Day | Where::Find => ("actions", "what"),
        };
        let item = self.room.desk().whole(self.plan).records(list).first()?.id();
        FieldPath::new(list.parse::<ListPath>().ok()?.part(), Some(item), field).ok()
    }

    /// Turns to a page, and draws until it is as it stays. Says what its first frame cost, in milliseconds.
    fn turn_to(&mut self, place: Where) -> f64 {
        self.go(place);
        (self.now, self.text) = (place, self.text_on(place));
        let looked_for = if place == Where::Find { vec![Event::Text(LOOKED_FOR.into())] } else { Vec::new() };
        let first = self.frame(Vec::new(), None);
        let (mut revision, mut since) = (self.room.desk().revision(self.plan), Instant::now());
        let mut drawn = 0;
        self.frame(looked_for, None);
        while drawn < WARM || since.elapsed() < PEACE {
            self.paced(Doing::Looking, 0);
            drawn += 1;
            let now = self.room.desk().revision(self.plan);
            if now != revision {
                (revision, since) = (now, Instant::now());
            }
        }
        first
    }

    /// The next frame, when it is due.
    fn paced(&mut self, doing: Doing, at: usize) -> f64 {
        thread::sleep(self.next.saturating_duration_since(Instant::now()));
        self.next = (self.next + PACE).max(Instant::now());
        let roll = if (at / TURNS).is_multiple_of(2) { -ROLL } else { ROLL };
        match doing {
            Doing::Looking => self.frame(Vec::new(), None),
            Doing::Scrolling => self.frame(
                vec![
                    Event::PointerMoved(pos2(800.0, 400.0)),
                    Event::MouseWheel {
                        unit: MouseWheelUnit::Point,
                        delta: vec2(0.0, roll),
                        phase: TouchPhase::Move,
                        modifiers: Modifiers::NONE,
                    },
                ],
                None,
            ),
            Doing::Typing if self.now == Where::Find => {
                // A word grows by a letter and loses it again.
                let key = |pressed| Event::Key {
                    key: Key::Backspace,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                };
                let typed =
                    if at.is_multiple_of(2) { vec![key(true), key(false)] } else { vec![Event::Text("m".into())] };
                self.frame(typed, None)
            }
            Doing::Typing => {
                let letter = |field| Ask::Splice { plan: self.plan, field, at: 0, delete: 0, insert: "x".into() };
                let typed = self.text.map(letter);
                self.frame(Vec::new(), typed)
            }
        }
    }

    /// One frame: the news, the screen, the triangles. Milliseconds of this thread's processor time.
    fn frame(&mut self, events: Vec<Event>, typed: Option<Ask>) -> f64 {
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(pos2(0.0, 0.0), vec2(1240.0, 740.0))),
            time: Some(self.began.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        };
        let before = processor();
        let (room, ctx) = (&mut self.room, &self.ctx);
        if let Some(ask) = typed {
            room.carry_out(ctx, Wish::Do(ask));
        }
        let output = ctx.run_ui(input, |ui| {
            room.hear(ui.ctx());
            room.ui(ui);
        });
        let triangles = ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = processor() - before;
        assert!(!triangles.is_empty(), "something is drawn");
        took.as_secs_f64() * 1e3
    }
}

/// The processor time of this thread: what others take of a busy computer is not in it.
#[cfg(unix)]
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let part = |number: i64| u64::try_from(number).unwrap_or(0);
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

#[cfg(not(unix))]
fn processor() -> Duration {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}
