//! A day and a time of day with its distance from UTC, as the writer's clock on the wall showed it: `2026-10-14T16:40+01:00`.
//!
//! No clock and no table of time zones: what was written stays what it was, wherever it is read.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::date::Date;

/// A text that is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time")]
pub struct NotAMoment;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// The farthest a place on earth is from UTC, in minutes.
const FARTHEST: i16 = 14 * 60;

/// A minute of a day, at a place. Two are in order as they happened, wherever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    date: Date,
    minute: u16,
    offset: i16,
}

impl Moment {
    /// The moment on this day, so many minutes after midnight, `offset` minutes ahead of UTC.
    pub fn new(date: Date, minute: u16, offset: i16) -> Result<Moment, NotAMoment> {
        if i64::from(minute) < DAY && (-FARTHEST..=FARTHEST).contains(&offset) {
            Ok(Moment { date, minute, offset })
        } else {
            Err(NotAMoment)
        }
    }

    /// The day, where it was.
    pub fn date(self) -> Date {
        self.date
    }

    /// The hour of that day, 0 to 23.
    pub fn hour(self) -> u8 {
        (self.minute / 60) as u8
    }

    /// The minute of that hour.
    pub fn minute(self) -> u8 {
        (self.minute % 60) as u8
    }

    /// How many minutes that place is ahead of UTC.
    pub fn offset(self) -> i16 {
        self.offset
    }

    /// Minutes since 1970, UTC.
    pub fn instant(self) -> i64 {
        self.date.days() * DAY + i64::from(self.minute) - i64::from(self.offset)
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Moment) -> Ordering {
        self.instant().cmp(&other.instant()).then(self.offset.cmp(&other.offset))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Moment) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.date, self.hour(), self.minute())?;
        let (sign, off) = (if self.offset < 0 { '-' } else { '+' }, self.offset.unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", off / 60, off % 60)
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    /// Reads `2026-10-14T16:40+01:00`, with a blank for the `T` and `Z` for `+00:00` allowed.
    fn from_str(text: &str) -> Result<Moment, NotAMoment> {
        let (date, rest) = text.split_at_checked(10).ok_or(NotAMoment)?;
        let date = date.parse().map_err(|_| NotAMoment)?;
        let rest = rest.strip_prefix(['T', ' ']).ok_or(NotAMoment)?;
        let (time, zone) = rest.split_at_checked(5).ok_or(NotAMoment)?;
        let minute = clock(time).ok_or(NotAMoment)?;
        let offset = match zone.strip_prefix(['+', '-']) {
            None if zone == "Z" => 0,
            None => return Err(NotAMoment),
            Some(off) => {
                let off = clock(off).and_then(|off| i16::try_from(off).ok()).ok_or(NotAMoment)?;
                if zone.starts_with('-') { -off } else { off }
            }
        };
        Moment::new(date, minute, offset)
    }
}

// "16:40" as minutes.
fn clock(text: &str) -> Option<u16> {
    let two = |text: &str| (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?;
    let (hour, minute): (u16, u16) = text.split_once(':').and_then(|(h, m)| Some((two(h)?, two(m)?)))?;
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_a_minute_of_a_day_at_a_place_is_a_moment() {
        assert_eq!("2026-10-14 16:40Z".parse::<Moment>().unwrap().to_string(), "2026-10-14T16:40+00:00");
        for no in [
            "2026-10-14",
            "2026-10-14T16:40",
            "2026-10-14T24:00Z",
            "2026-10-14T16:60Z",
            "2026-02-30T16:40Z",
            "2026-10-14T16:40+15:00",
            "2026-10-14T16:40z",
            "2026-10-14T1٦:40Z",
            "Wednesday at four",
        ] {
            assert_eq!(no.parse::<Moment>(), Err(NotAMoment), "{no}");
        }
    }

    #[test]
    fn moments_are_in_the_order_they_happened() {
        let [london, nairobi]: [Moment; 2] =
            ["2026-10-14T16:40+01:00", "2026-10-14T18:00+03:00"].map(|text| text.parse().unwrap());
        assert!(nairobi < london);
        assert_eq!(london.hour(), 16);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(days in -700_000_i64..2_900_000, minute in 0_u16..1440, offset in -840_i16..=840) {
            prop_assume!(Date::from_days(days).is_some());
            let moment = Moment::new(Date::from_days(days).unwrap(), minute, offset).unwrap();
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        }
    }
}
