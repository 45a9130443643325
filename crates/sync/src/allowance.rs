//! What one connection may cost us: a store of points that refills with time.
//!
//! Frames, signatures to check and long answers cost points. An honest peer never comes near the end of it; one who does
//! is parted from.

use seal::Time;

use crate::limits::{ALLOWANCE, ALLOWANCE_A_SECOND};

#[derive(Debug)]
pub(crate) struct Allowance {
    left: i64,
    at: Time,
}

/// Nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent;

impl Allowance {
    pub(crate) fn new(now: Time) -> Allowance {
        Allowance { left: ALLOWANCE, at: now }
    }

    pub(crate) fn take(&mut self, points: i64, now: Time) -> Result<(), Spent> {
        // A clock that was set back has not stopped: what comes back is counted from where it now stands.
        self.at = self.at.min(now);
        let passed = now.0.saturating_sub(self.at.0).clamp(0, 3_600_000);
        // Only whole points come back, and the rest of the time is not lost.
        let back = passed.saturating_mul(ALLOWANCE_A_SECOND) / 1_000;
        if back > 0 {
            self.left = (self.left + back).min(ALLOWANCE);
            self.at = now;
        }
        if self.left < points {
            return Err(Spent);
        }
        self.left -= points;
        Ok(())
    }
}

/// What was asked of somebody: half of what they allow, so that whoever makes up ever so many names that everybody asks
/// everybody for makes nobody honest a flood.
#[derive(Debug)]
pub(crate) struct Pace {
    spent: i64,
    at: Time,
}

impl Pace {
    pub(crate) fn new(now: Time) -> Pace {
        Pace { spent: 0, at: now }
    }

    /// Says until when nothing more is begun, if this was half of what they allow.
    pub(crate) fn spend(&mut self, points: i64, now: Time) -> Option<Time> {
        self.at = self.at.min(now);
        let passed = now.0.saturating_sub(self.at.0).clamp(0, 3_600_000);
        let back = passed.saturating_mul(ALLOWANCE_A_SECOND / 2) / 1_000;
        if back > 0 {
            self.spent = (self.spent - back).max(0);
            self.at = now;
        }
        self.spent = self.spent.saturating_add(points);
        (self.spent >= ALLOWANCE / 2).then(|| now.plus(1_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_and_comes_back_with_time() {
        let mut allowance = Allowance::new(Time(0));
        assert_eq!(allowance.take(ALLOWANCE, Time(0)), Ok(()));
        assert_eq!(allowance.take(1, Time(0)), Err(Spent));
        assert_eq!(allowance.take(ALLOWANCE_A_SECOND, Time(1_000)), Ok(()));
        assert_eq!(allowance.take(1, Time(1_000)), Err(Spent));
    }

    #[test]
    fn who_rests_when_told_to_is_never_over_what_is_allowed() {
        let (mut pace, mut allowance, mut now) = (Pace::new(Time(0)), Allowance::new(Time(0)), Time(0));
        let mut rests = 0;
        for _ in 0..100_000 {
            allowance.take(40, now).expect("it is half of it");
            if let Some(until) = pace.spend(40, now) {
                (now, rests) = (until, rests + 1);
            }
        }
        assert!(rests > 100);
    }

    #[test]
    fn a_clock_set_back_goes_on_giving() {
        let mut allowance = Allowance::new(Time(3_600_000));
        allowance.take(ALLOWANCE, Time(3_600_000)).unwrap();
        assert_eq!(allowance.take(1, Time(0)), Err(Spent));
        assert_eq!(allowance.take(ALLOWANCE_A_SECOND, Time(1_000)), Ok(()));
    }

    #[test]
    fn a_clock_that_jumps_gives_no_more_than_all() {
        let mut allowance = Allowance::new(Time(0));
        allowance.take(5, Time(i64::MAX)).unwrap();
        assert_eq!(allowance.take(ALLOWANCE, Time(i64::MAX)), Err(Spent));
        assert_eq!(allowance.take(1, Time(i64::MIN)), Ok(()));
    }
}
