//! The machine's clock: it starts where the wall clock stands, never goes back, and goes on while the computer sleeps.
//!
//! Somebody may set the wall clock back by a year while the program runs. Statements then say what it says; waiting,
//! asking again, what a neighbour may cost us and until when somebody may read go by this one. `Instant` stands still while a
//! laptop lies closed (on Linux), so what the wall clock ran ahead meanwhile is added: an hour that was agreed on is over then.

use std::time::Instant;

use seal::Time;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    wall: Time,
    since: Instant,
    /// What the wall clock said when it was last looked at, and when that was.
    looked: (Time, Instant),
}

/// By how much the wall clock is further between two looks than it can be without a sleep, in milliseconds: more than what a
/// time server corrects.
const SLEPT: i64 = 10_000;

impl Clock {
    /// A clock that starts now, when the wall clock says `wall`.
    pub(crate) fn start(wall: Time) -> Clock {
        let since = Instant::now();
        Clock { wall, since, looked: (wall, since) }
    }

    /// Looks at the wall clock, now and then.
    pub(crate) fn look(&mut self, wall: Time) {
        let (then, at) = std::mem::replace(&mut self.looked, (wall, Instant::now()));
        let passed = i64::try_from(self.looked.1.duration_since(at).as_millis()).unwrap_or(i64::MAX);
        let slept = wall.0.saturating_sub(then.0).saturating_sub(passed);
        if slept > SLEPT {
            self.wall = self.wall.plus(slept);
        }
    }

    pub(crate) fn now(self) -> Time {
        self.wall.plus(i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use super::*;

    #[test]
    fn it_goes_on_from_where_it_started_whatever_the_wall_clock_says() {
        let clock = Clock::start(Time(4_102_444_800_000));
        thread::sleep(Duration::from_millis(20));
        let passed = clock.now().0 - 4_102_444_800_000;
        assert!((20..60_000).contains(&passed), "{passed}");
    }

    #[test]
    fn it_is_later_after_a_sleep_and_never_earlier_when_somebody_sets_the_wall_clock_back() {
        let noon = Time(4_102_444_800_000);
        let mut clock = Clock::start(noon);
        let passed = |clock: Clock| clock.now().0 - noon.0;
        let hour = 3_600_000;
        clock.look(noon.plus(500));
        assert!(passed(clock) < hour, "that is no sleep");
        clock.look(noon.plus(8 * hour));
        assert!((7 * hour..9 * hour).contains(&passed(clock)), "{}", passed(clock));
        clock.look(noon.plus(-1000 * hour));
        assert!((7 * hour..9 * hour).contains(&passed(clock)));
        clock.look(noon.plus(-999 * hour));
        assert!((8 * hour..10 * hour).contains(&passed(clock)), "an hour later by any clock");
    }
}
