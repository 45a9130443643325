//! How many codes were shown and how many guesses were wrong lately: what keeps a code of two words from being guessed (T21).
//!
//! It is written down before a code is shown and before a wrong guess is answered, so that to start the program again gains
//! nobody a guess.

use std::time::Duration;

use seal::Time;
use serde::{Deserialize, Serialize};

use crate::limits;

/// When codes were shown and wrong guesses made, oldest first, as far back as any limit looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    shown: Vec<Time>,
    wrong: Vec<Time>,
}

/// Why no code is shown now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Too many were shown within a minute: the next may come by itself at this time.
    Soon(Time),
    /// Too many within the hour, or too many wrong guesses: until this time there are tickets.
    Long(Time),
}

impl Tally {
    /// Counts one more code, if there may be one.
    pub(crate) fn show(&mut self, now: Time) -> Result<(), Rest> {
        self.forget(now);
        let full = |times: &[Time], most: usize, span: Duration| {
            let within: Vec<Time> = times.iter().copied().filter(|at| at.plus(millis(span)) > now).collect();
            // The oldest of the last `most` has to be out of the span first.
            within.len().checked_sub(most).map(|over| within[over].plus(millis(span)))
        };
        let hour = [
            full(&self.wrong, limits::WRONG_GUESSES, limits::HOUR),
            full(&self.shown, limits::CODES_AN_HOUR, limits::HOUR),
        ];
        if let Some(until) = hour.into_iter().flatten().max() {
            return Err(Rest::Long(until));
        }
        if let Some(until) = full(&self.shown, limits::CODES_A_MINUTE, limits::MINUTE) {
            return Err(Rest::Soon(until));
        }
        self.shown.push(now);
        Ok(())
    }

    /// Counts a wrong guess.
    pub(crate) fn guessed_wrong(&mut self, now: Time) {
        self.forget(now);
        self.wrong.push(now);
    }

    /// What lies further back than an hour is forgotten. A time that has not come yet was written while the clock was wrong:
    /// it counts as now, or it would count for ever.
    fn forget(&mut self, now: Time) {
        for times in [&mut self.shown, &mut self.wrong] {
            times.retain(|at| at.plus(millis(limits::HOUR)) > now);
            times.iter_mut().for_each(|at| *at = (*at).min(now));
        }
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).expect("an hour at most")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;

    #[test]
    fn three_codes_a_minute_and_ten_an_hour() {
        let mut tally = Tally::default();
        for at in [0, 10, 20] {
            assert_eq!(tally.show(Time(at)), Ok(()));
        }
        assert_eq!(tally.show(Time(30)), Err(Rest::Soon(Time(MINUTE))));
        assert_eq!(tally.show(Time(MINUTE)), Ok(()), "the first is a minute ago");
        assert_eq!(tally.show(Time(MINUTE + 5)), Err(Rest::Soon(Time(MINUTE + 10))));
        for minute in 2..8 {
            assert_eq!(tally.show(Time(minute * MINUTE)), Ok(()), "{minute}");
        }
        assert_eq!(tally.show(Time(20 * MINUTE)), Err(Rest::Long(Time(HOUR))));
        assert_eq!(tally.show(Time(HOUR)), Ok(()), "the first is an hour ago");
        assert_eq!(tally.show(Time(HOUR + 5)), Err(Rest::Long(Time(HOUR + 10))));
    }

    #[test]
    fn after_three_wrong_guesses_there_is_no_code_for_an_hour() {
        let mut tally = Tally::default();
        for at in 0..3 {
            assert_eq!(tally.show(Time(at * MINUTE)), Ok(()));
            tally.guessed_wrong(Time(at * MINUTE + 1));
        }
        assert_eq!(tally.show(Time(30 * MINUTE)), Err(Rest::Long(Time(HOUR + 1))));
        assert_eq!(tally.show(Time(HOUR + 1)), Ok(()));
        tally.guessed_wrong(Time(HOUR + 2));
        assert_eq!(tally.show(Time(HOUR + 3)), Err(Rest::Long(Time(HOUR + MINUTE + 1))));
    }

    #[test]
    fn a_clock_that_was_set_back_gives_nobody_a_code_more_and_locks_nobody_out_for_ever() {
        let mut tally = Tally::default();
        let late = 1_000 * HOUR;
        for at in 0..10 {
            assert_eq!(tally.show(Time(late + at * MINUTE)), Ok(()));
        }
        assert_eq!(tally.show(Time(5)), Err(Rest::Long(Time(5 + HOUR))));
        assert_eq!(tally.show(Time(5 + HOUR)), Ok(()));
    }

    /// However codes are asked for, in no hour are there more than ten, nor in a minute more than three.
    #[test]
    fn whatever_is_asked_when_the_limits_hold() {
        let mut state = 7_u64;
        let (mut tally, mut shown, mut now) = (Tally::default(), Vec::new(), 0);
        for _ in 0..5_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            now += i64::try_from(state >> 33).unwrap() % (2 * MINUTE);
            if state >> 60 == 0 {
                tally.guessed_wrong(Time(now));
            }
            if tally.show(Time(now)).is_ok() {
                shown.push(now);
            }
        }
        assert!(shown.len() > 100);
        for (most, span) in [(limits::CODES_A_MINUTE, MINUTE), (limits::CODES_AN_HOUR, HOUR)] {
            assert!(shown.windows(most + 1).all(|window| window[most] - window[0] >= span));
        }
    }
}
