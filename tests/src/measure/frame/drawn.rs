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
    egui::{self, Context, RawInput, pos2, vec2},
};
use desk::Desk;
use seal::PlanId;
use serde_json::{Value, json};

use super::{LONGEST, PACE};
use crate::measure::Stopped;

/// Frames of a page that are drawn before any is counted: heights are learnt, letters drawn, rows laid out.
const WARM: usize = 40;

/// How long nothing must have come before a page is said to be at peace.
const PEACE: Duration = Duration::from_millis(600);

/// Opens a home and draws what is ordered, line by line: a page's code and how many frames of it.
pub fn frames(home: &Path, plan: &str, orders: impl BufRead, say: impl Fn(&Value)) -> Result<(), Stopped> {
    let plan = plan.parse().map_err(|_| Stopped::Wrong("not the id of a plan".into()))?;
    let mut drawn = Drawn::open(home, plan)?;
    say(&json!({ "ready": true }));
    for order in orders.lines() {
        let order = order?;
        let (page, frames) = order.split_once(' ').ok_or_else(|| Stopped::Wrong(format!("not an order: {order}")))?;
        let page = Page::from_code(page).ok_or_else(|| Stopped::Wrong(format!("there is no page {page}")))?;
        let first = drawn.turn_to(page);
        say(&json!({ "begins": true, "first": first }));
        let frames: Vec<f64> = (0..frames.parse().unwrap_or(1)).map(|_| drawn.paced()).collect();
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
}

impl Drawn {
    fn open(home: &Path, plan: PlanId) -> Result<Drawn, Stopped> {
        let mut settings = node::Settings::new(home.to_owned(), store::Unlock::KeyFile, std::env::current_exe()?);
        settings.listen = vec![node::Listen::at(SocketAddr::from(([127, 0, 0, 1], 0)))];
        settings.mdns = false;
        let desk = Desk::open(settings).map_err(|error| Stopped::Wrong(error.to_string()))?;
        let room = Room::new(desk, Settings::default(), Desktop::without_wish(), None);
        let (ctx, began) = (Context::default(), Instant::now());
        alongside::install_fonts(&ctx);
        let mut drawn = Drawn { room, plan, ctx, began, next: began };
        drawn.go(Page::Front);
        let is_here = |drawn: &Drawn| {
            let desk = drawn.room.desk();
            let others = desk.marks(plan).with;
            desk.is_ready() && !others.is_empty() && others.iter().all(|one| one.online && one.all)
        };
        while !is_here(&drawn) {
            if began.elapsed() > LONGEST {
                return Err(Stopped::Wrong("the window never had everything".into()));
            }
            drawn.paced();
        }
        Ok(drawn)
    }

    fn go(&mut self, page: Page) {
        self.room.carry_out(&self.ctx, Wish::Go(Place::Plan(self.plan, page)));
    }

    /// Turns to a page, and draws until it is as it stays. Says what its first frame cost, in milliseconds.
    fn turn_to(&mut self, page: Page) -> f64 {
        self.go(page);
        let first = self.frame();
        let (mut revision, mut since) = (self.room.desk().revision(self.plan), Instant::now());
        let mut drawn = 0;
        while drawn < WARM || since.elapsed() < PEACE {
            self.paced();
            drawn += 1;
            let now = self.room.desk().revision(self.plan);
            if now != revision {
                (revision, since) = (now, Instant::now());
            }
        }
        first
    }

    /// The next frame, when it is due.
    fn paced(&mut self) -> f64 {
        thread::sleep(self.next.saturating_duration_since(Instant::now()));
        self.next = (self.next + PACE).max(Instant::now());
        self.frame()
    }

    /// One frame: the news, the screen, the triangles. Milliseconds of this thread's processor time.
    fn frame(&mut self) -> f64 {
        let input = RawInput {
            screen_rect: Some(egui::Rect::from_min_size(pos2(0.0, 0.0), vec2(1240.0, 740.0))),
            time: Some(self.began.elapsed().as_secs_f64()),
            ..RawInput::default()
        };
        let before = processor();
        let (room, ctx) = (&mut self.room, &self.ctx);
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
