//! What a page reckons from a plan: kept until what it was reckoned from, the circle or the day is another. A very large plan
//! is left in peace for a moment first.

use std::time::{Duration, Instant};

use desk::{Desk, Read};
use eframe::egui::Context;
use plan::Date;
use seal::PlanId;

use super::small::today;

/// What took longer than this to reckon is not reckoned again at every letter.
const QUICK: Duration = Duration::from_millis(6);
/// How much longer it rests than it took, then.
const REST: u32 = 20;

/// Something reckoned from a plan.
pub struct Lately<T>(Option<Kept<T>>);

struct Kept<T> {
    read: Read,
    on: Date,
    at: Instant,
    took: Duration,
    value: T,
}

impl<T> Default for Lately<T> {
    fn default() -> Lately<T> {
        Lately(None)
    }
}

impl<T> Lately<T> {
    /// What `reckon` makes of this plan as it is today.
    pub fn of(
        &mut self,
        ctx: &Context,
        desk: &Desk,
        plan: PlanId,
        reckon: impl FnOnce(&Desk, PlanId, Date) -> T,
    ) -> &T {
        let today = today();
        let kept = self.0.take().filter(|kept| {
            if kept.on == today && kept.read.plan() == plan && desk.is_as_read(&kept.read) {
                return true;
            }
            let rest = kept.took * REST;
            let rests = kept.read.plan() == plan && kept.took > QUICK && kept.at.elapsed() < rest;
            if rests {
                ctx.request_repaint_after(rest);
            }
            rests
        });
        let kept = kept.unwrap_or_else(|| {
            let at = Instant::now();
            let (value, read) = desk.reckon(plan, || reckon(desk, plan, today));
            Kept { read, on: today, at, took: at.elapsed(), value }
        });
        &self.0.insert(kept).value
    }
}
