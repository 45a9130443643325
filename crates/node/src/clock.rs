//! The machine's clock: it starts where the wall clock stands, and never goes back.
//!
//! Somebody may set the wall clock back by a year while the program runs. Statements then say what it says; waiting,
//! asking again and what a neighbour may cost us go by this one.

use std::time::Instant;

use seal::Time;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    wall: Time,
    since: Instant,
}

impl Clock {
    /// A clock that starts now, when the wall clock says `wall`.
    pub(crate) fn start(wall: Time) -> Clock {
        Clock { wall, since: Instant::now() }
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
}
