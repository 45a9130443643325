//! What a page reckons from a whole plan: kept until the plan, the circle or the day is another. A very large plan is left in
//! peace for a moment first.

use std::time::{Duration, Instant};

use desk::Desk;
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
    of: (PlanId, u64, usize, Date),
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
        let of = (plan, desk.revision(plan), desk.people(plan).len(), today);
        let kept = self.0.take().filter(|kept| {
            if kept.of == of {
                return true;
            }
            let rest = kept.took * REST;
            let rests = kept.of.0 == plan && kept.took > QUICK && kept.at.elapsed() < rest;
            if rests {
                ctx.request_repaint_after(rest);
            }
            rests
        });
        let kept = kept.unwrap_or_else(|| {
            let at = Instant::now();
            let value = reckon(desk, plan, today);
            Kept { of, at, took: at.elapsed(), value }
        });
        &self.0.insert(kept).value
    }
}
