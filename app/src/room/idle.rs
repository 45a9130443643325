//! How long nobody did anything at this window: a home with a passphrase locks itself when its holder wants that.

use std::time::Duration;

use eframe::egui::Context;

/// When somebody last did something here, by the window's clock; or that the home is to be locked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Idle {
    /// The home was just opened. The window's clock has run for longer.
    #[default]
    Opened,
    Since(f64),
    Over,
}

impl Idle {
    /// Looks at the clock, and whether somebody is there. Locks after so many minutes; never after none.
    pub(super) fn watch(&mut self, ctx: &Context, minutes: u16) {
        let (time, busy) = ctx.input(|input| (input.time, !input.events.is_empty()));
        if let Idle::Opened = self {
            *self = Idle::Since(time);
        }
        let Idle::Since(since) = self else { return };
        if busy {
            *since = time;
        }
        if minutes == 0 {
            return;
        }
        let left = f64::from(minutes) * 60.0 - (time - *since);
        if left <= 0.0 {
            *self = Idle::Over;
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        }
    }

    pub(super) fn lock(&mut self) {
        *self = Idle::Over;
    }

    pub(super) fn wants_to_lock(self) -> bool {
        matches!(self, Idle::Over)
    }
}
