//! A day, as a person writes it in a plan: `2027-03-01`. No clock, no time zone.

use std::{fmt, str::FromStr};

/// A text that is no day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NotADate;

/// A day of the Gregorian calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Date, NotADate> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return Err(NotADate),
        };
        if !(1..=9999).contains(&year) || !(1..=days).contains(&day) {
            return Err(NotADate);
        }
        Ok(Date { year, month, day })
    }

    /// Days since 1 January 1970; earlier days are negative.
    pub fn days(self) -> i64 {
        // Years that begin in March, so that the day a leap year has more is their last. Howard Hinnant's algorithm.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day so many days after 1 January 1970, within the calendar.
    pub fn from_days(days: i64) -> Option<Date> {
        let days = days.checked_add(719_468)?;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
    }

    /// This day and so many more; the last of the calendar beyond its end, the first before its beginning.
    #[must_use]
    pub fn plus(self, days: i64) -> Date {
        let end = if days < 0 { Date { year: 1, month: 1, day: 1 } } else { Date { year: 9999, month: 12, day: 31 } };
        Date::from_days(self.days().saturating_add(days)).unwrap_or(end)
    }

    /// So many working days later, as Monday to Friday are: which days are holidays is not known here.
    #[must_use]
    pub fn working_days_later(self, days: u32) -> Date {
        let mut day = self;
        for _ in 0..days {
            day = day.plus(match day.weekday() {
                4 => 3,
                5 => 2,
                _ => 1,
            });
        }
        day
    }

    /// The day of the week: Monday is 0, Sunday 6.
    pub fn weekday(self) -> u8 {
        (self.days() + 3).rem_euclid(7) as u8
    }

    /// Its year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Its month, from one.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Its day of the month, from one.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Date, NotADate> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(NotADate);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<u16>().map_err(|_| NotADate);
        let small = |range| number(range).and_then(|n| u8::try_from(n).map_err(|_| NotADate));
        Date::new(number(0..4)?, small(5..7)?, small(8..10)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!("2028-02-29".parse::<Date>().map(|date| date.to_string()), Ok("2028-02-29".to_owned()));
        for no in
            ["2027-02-29", "2027-13-01", "2027-00-10", "0000-01-01", "2027-3-1", "27-03-01", "٢٠٢٧-03", "2027-03-01 "]
        {
            assert_eq!(no.parse::<Date>(), Err(NotADate), "{no}");
        }
    }
    #[test]
    fn days_are_counted_and_weeks_begin_on_monday() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(date("1970-01-01").days(), 0);
        assert_eq!(date("2028-03-01").days() - date("2028-02-28").days(), 2);
        assert_eq!(date("2026-10-14").weekday(), 2, "a Wednesday");
        assert_eq!(date("2026-12-30").plus(5), date("2027-01-04"));
        assert_eq!(date("9999-12-30").plus(9), date("9999-12-31"));
        assert_eq!(date("0001-01-01").plus(i64::MIN), date("0001-01-01"));
    }

    #[test]
    fn ten_working_days_are_two_weeks_and_begin_after_the_weekend() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(date("2026-11-12").working_days_later(10), date("2026-11-26"));
        assert_eq!(date("2026-11-14").working_days_later(1), date("2026-11-16"), "from a Saturday");
        assert_eq!(date("2026-11-15").working_days_later(0), date("2026-11-15"));
    }

    proptest::proptest! {
        #[test]
        fn as_many_working_days_lie_after_a_day_as_one_goes(start in 20_000_i64..21_000, days in 1_u32..60) {
            let start = Date::from_days(start).unwrap();
            let end = start.working_days_later(days);
            let between = (start.days() + 1..=end.days()).filter_map(Date::from_days);
            proptest::prop_assert_eq!(between.filter(|day| day.weekday() < 5).count(), days as usize);
            proptest::prop_assert!(end.weekday() < 5);
        }

        #[test]
        fn a_day_and_its_number_are_one(days in -719_162_i64..=2_932_896) {
            let date = Date::from_days(days).unwrap();
            proptest::prop_assert_eq!(date.days(), days);
            proptest::prop_assert!(date == date.plus(0) && (date.plus(1) > date || days == 2_932_896));
        }
    }
}
