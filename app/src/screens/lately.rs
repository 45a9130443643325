//! What a page reckons from a plan: kept until what it was reckoned from, the circle or the day is another.
//!
//! What takes long is reckoned by the desk's helper, from the plan as it stands; what was reckoned before is shown until then. So
//! nobody who types waits for a plan of many years to be gone through.

use std::time::{Duration, Instant};

use desk::{Came, Coming, Desk, Read, Still};
use eframe::egui::{Context, Ui};
use plan::Date;
use seal::PlanId;
use words::text;

use super::small::today;
use crate::{
    kit,
    theme::{self, Type},
};

/// What took no longer than this the last time is reckoned at once: nobody sees that in a frame.
const QUICK: Duration = Duration::from_millis(2);
/// As many things as a plan may hold for the first answer to be reckoned at once, when nobody knows yet how long it takes: nothing
/// flickers then in a plan as most are. This is what is done in some twenty milliseconds.
const FEW: usize = 400;
/// After how long it is looked again whether it is reckoned; as a rule the helper says so before.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Something reckoned from a plan.
pub struct Lately<T> {
    kept: Option<Kept<T>>,
    coming: Option<(Of, Coming<Reckoned<T>>)>,
}

/// What was reckoned, what was read for it, and how long it took.
type Reckoned<T> = (T, Read, Duration);

/// Of which plan, and on which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Of {
    plan: PlanId,
    on: Date,
}

struct Kept<T> {
    of: Of,
    read: Read,
    at: Instant,
    took: Duration,
    value: T,
}

impl<T> Default for Lately<T> {
    fn default() -> Lately<T> {
        Lately { kept: None, coming: None }
    }
}

impl<T: Send + 'static> Lately<T> {
    /// What `reckon` makes of this plan as it is today, or made of it a moment ago. None while a large plan is gone through for
    /// the first time; then a page says [`a_moment`].
    pub fn of(&mut self, ctx: &Context, desk: &Desk, plan: PlanId, reckon: fn(&Still, Date) -> T) -> Option<&T> {
        let of = Of { plan, on: today() };
        let mut failed = false;
        if let Some((asked, coming)) = &mut self.coming {
            match coming.take() {
                Came::NotYet => ctx.request_repaint_after(LOOK_AGAIN),
                Came::Here((value, read, took)) => {
                    self.kept = Some(Kept { of: *asked, read, at: Instant::now(), took, value });
                    self.coming = None;
                }
                // Then it fails here as well, where that is seen.
                Came::Never => (self.coming, failed) = (None, true),
            }
        }
        // Another plan's answer is none, and yesterday's is only better than none.
        self.kept.take_if(|kept| kept.of.plan != plan);
        let stands = self.kept.as_ref().is_some_and(|kept| kept.of == of && desk.is_as_read(&kept.read));
        if stands || self.coming.as_ref().is_some_and(|(asked, _)| asked.plan == plan) {
            return self.kept.as_ref().map(|kept| &kept.value);
        }
        let at_once = failed || self.kept.as_ref().map_or(desk.things(plan) <= FEW, |kept| kept.took <= QUICK);
        if at_once && let Some(still) = desk.still(plan) {
            let (value, read, took) = timed(&still, of.on, reckon);
            self.kept = Some(Kept { of, read, at: Instant::now(), took, value });
        } else if let Some(rest) = self.kept.as_ref().and_then(|kept| kept.took.checked_sub(kept.at.elapsed())) {
            // The helper has others' words to merge, too.
            ctx.request_repaint_after(rest);
        } else {
            let still = desk.still(plan);
            let coming = still.and_then(|still| desk.aside(plan, move || timed(&still, of.on, reckon)));
            self.coming = coming.map(|coming| (of, coming));
            ctx.request_repaint_after(LOOK_AGAIN);
        }
        self.kept.as_ref().map(|kept| &kept.value)
    }
}

fn timed<T>(still: &Still, today: Date, reckon: fn(&Still, Date) -> T) -> Reckoned<T> {
    let began = Instant::now();
    let (value, read) = still.reckon(|still| reckon(still, today));
    (value, read, began.elapsed())
}

/// Said in the place of what is still being reckoned.
pub fn a_moment(ui: &mut Ui) {
    let words = text("frame-reading");
    let label = ui.label(theme::soft(ui, Type::Body, &words));
    kit::is_status(ui, &label, &words);
}
