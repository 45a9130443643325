//! Times as people say them: "just now", "yesterday at 16:10", "on Tuesday", "on 3 May".
//!
//! Times come as milliseconds since 1970 (UTC) and are said in this computer's time zone.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use crate::{book::say, say::Say};

/// When something was, seen from `now`, to be put after "seen" or "saved".
pub fn ago(then: i64, now: i64) -> String {
    ago_in(&TimeZone::system(), then, now)
}

/// The day, with the year: "3 May 2026".
pub fn day(then: i64) -> String {
    spelled(zoned(&TimeZone::system(), then).date(), true)
}

/// The day of something signed, to begin a sentence with: "On 3 May", with the year if that is another than now.
pub fn on_day(then: i64, now: i64) -> String {
    say(Say::new("common-on-date").with("day", short_day(then, now)))
}

/// The day: "3 May", with the year if that is another than now.
pub fn short_day(then: i64, now: i64) -> String {
    short_day_in(&TimeZone::system(), then, now)
}

/// When somebody's own clock says something was: "about 3 May, 14:20".
pub fn about(then: i64, now: i64) -> String {
    let zone = TimeZone::system();
    let time = clock(&zoned(&zone, then));
    say(Say::new("common-about").with("day", short_day_in(&zone, then, now)).with("time", time))
}

/// The last moment of a calendar date (`2027-03-01`) in this computer's zone; none if it is no date.
pub fn end_of_day(written: &str) -> Option<i64> {
    let next = written.trim().parse::<Date>().ok()?.tomorrow().ok()?;
    let midnight = next.to_zoned(TimeZone::system()).ok()?;
    Some(midnight.timestamp().as_millisecond() - 1)
}

/// The first moment of a calendar date (`2027-03-01`) in this computer's zone; none if it is no date.
pub fn start_of_day(written: &str) -> Option<i64> {
    let midnight = written.trim().parse::<Date>().ok()?.to_zoned(TimeZone::system()).ok()?;
    Some(midnight.timestamp().as_millisecond())
}

/// The calendar date of a moment as it is typed: `2027-03-01`.
pub fn written_day(then: i64) -> String {
    zoned(&TimeZone::system(), then).date().to_string()
}

/// The calendar date so many months after a moment, as it is typed.
pub fn months_later(then: i64, months: i32) -> String {
    let day = zoned(&TimeZone::system(), then).date();
    day.checked_add(jiff::Span::new().months(months)).unwrap_or(day).to_string()
}

/// A calendar date of a plan (`2027-03-01`) in words: "1 March 2027". What is no date stays as it is.
pub fn date(written: &str) -> String {
    match written.parse::<Date>() {
        Ok(date) => spelled(date, true),
        Err(_) => written.to_owned(),
    }
}

/// A date and time of a plan (`2026-10-14T16:40+01:00`) in words, at the hour it was where it happened: "14 October 2026 at
/// 16:40". What is none stays as it is.
pub fn date_and_time(written: &str) -> String {
    match written.split_once('T').map(|(date, rest)| (date.parse::<Date>(), rest.get(..5))) {
        Some((Ok(date), Some(time))) => {
            say(Say::new("common-day-at").with("day", spelled(date, true)).with("time", time))
        }
        _ => written.to_owned(),
    }
}

/// The time of day: "16:10".
pub fn time_of_day(then: i64) -> String {
    clock(&zoned(&TimeZone::system(), then))
}

/// Day and time: "3 May 2026 at 16:10".
pub fn moment(then: i64) -> String {
    let then = zoned(&TimeZone::system(), then);
    say(Say::new("common-day-at").with("day", spelled(then.date(), true)).with("time", clock(&then)))
}

fn short_day_in(zone: &TimeZone, then: i64, now: i64) -> String {
    let (then, now) = (zoned(zone, then), zoned(zone, now));
    spelled(then.date(), then.year() != now.year())
}

/// A time to come, as people type it: `17:30` (today), `2027-03-01` (to the end of that day), `2027-03-01T17:30`, or from
/// now on `30m`, `2h`, `1d`. `None` if it is none of these, or past.
pub fn time_to_come(typed: &str, now: i64) -> Option<i64> {
    time_to_come_in(&TimeZone::system(), typed.trim(), now)
}

/// A day as people type it, as a plan keeps it (`2027-03-01`): that, `1 March 2027`, `1 mar` (the next to come), `1/3/2027`,
/// `today`, `tomorrow`, `yesterday`. `None` if it is none of these.
pub fn read_day(typed: &str, now: i64) -> Option<String> {
    read_day_in(&TimeZone::system(), typed, now).map(|day| day.to_string())
}

/// A day and a time of day as people type them (`14 October 2026 16:40`, `today at 9.30`), as a plan keeps them with this
/// computer's distance from UTC on that day: `2026-10-14T16:40+01:00`. `None` if they are none.
pub fn read_moment(typed: &str, now: i64) -> Option<String> {
    read_moment_in(&TimeZone::system(), typed, now)
}

fn read_day_in(zone: &TimeZone, typed: &str, now: i64) -> Option<Date> {
    let typed = typed.trim().to_lowercase();
    let today = zoned(zone, now).date();
    if let Ok(date) = typed.parse::<Date>() {
        return Some(date);
    }
    for (key, day) in [
        ("common-typed-today", Some(today)),
        ("common-typed-tomorrow", today.tomorrow().ok()),
        ("common-typed-yesterday", today.yesterday().ok()),
    ] {
        if typed == crate::text(key) {
            return day;
        }
    }
    let pieces: Vec<&str> =
        typed.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    let (&day, &month) = (pieces.first()?, pieces.get(1)?);
    let day: i8 = day.trim_end_matches(char::is_alphabetic).parse().ok()?;
    let month = month.parse().ok().or_else(|| month_called(month))?;
    match pieces.get(2..)? {
        [] => {
            let this_year = Date::new(today.year(), month, day).ok();
            let next_year = || Date::new(today.year() + 1, month, day).ok();
            this_year.filter(|day| *day >= today).or_else(next_year)
        }
        [year] => {
            let year: i16 = year.parse().ok()?;
            Date::new(if year < 100 { year + 2000 } else { year }, month, day).ok()
        }
        _ => None,
    }
}

/// The month whose name begins like this, from three letters on.
fn month_called(typed: &str) -> Option<i8> {
    if typed.chars().count() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|month| crate::text(month).to_lowercase().starts_with(typed))?;
    i8::try_from(found + 1).ok()
}

fn read_moment_in(zone: &TimeZone, typed: &str, now: i64) -> Option<String> {
    let typed = typed.trim();
    let split = |typed: &str| typed.trim_end().rfind([' ', ',', 'T']);
    let mut at = split(typed)?;
    if [crate::text("common-typed-am"), crate::text("common-typed-pm")].contains(&typed[at + 1..].to_lowercase()) {
        at = split(&typed[..at])?;
    }
    let (day, time) = (&typed[..at], &typed[at + 1..]);
    let word = crate::text("common-typed-at");
    let day = day.trim().trim_end_matches(&word).trim().trim_end_matches(',');
    let time = time_of(time)?;
    let there = zone.to_zoned(read_day_in(zone, day, now)?.to_datetime(time)).ok()?;
    let offset = there.offset().seconds() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    Some(format!("{}T{}{sign}{hours:02}:{minutes:02}", there.date(), clock(&there)))
}

/// A time of day as people type it: `16:40`, `16.40`, `4pm`, `4:40 pm`.
fn time_of(typed: &str) -> Option<Time> {
    let typed = typed.trim().to_lowercase();
    let (am, pm) = (crate::text("common-typed-am"), crate::text("common-typed-pm"));
    let (clock, half) = match (typed.strip_suffix(am.as_str()), typed.strip_suffix(pm.as_str())) {
        (Some(clock), _) => (clock.trim(), Some(0)),
        (_, Some(clock)) => (clock.trim(), Some(12)),
        (None, None) => (typed.as_str(), None),
    };
    let (hour, minute) = match (clock.split_once([':', '.']), half) {
        (Some((hour, minute)), _) => (hour.parse().ok()?, minute.parse().ok()?),
        (None, Some(_)) => (clock.parse().ok()?, 0),
        (None, None) => return None,
    };
    let hour: i8 = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// The end of today, but not before an hour has passed.
pub fn end_of_today(now: i64) -> i64 {
    end_of_today_in(&TimeZone::system(), now)
}

fn end_of_today_in(zone: &TimeZone, now: i64) -> i64 {
    let today = zoned(zone, now).date();
    let midnight = today.tomorrow().ok().and_then(|date| midnight(zone, date));
    midnight.unwrap_or(now).max(now.saturating_add(60 * 60_000))
}

fn time_to_come_in(zone: &TimeZone, typed: &str, now: i64) -> Option<i64> {
    let at = |time: DateTime| zone.to_zoned(time).ok().map(|at| at.timestamp().as_millisecond());
    let span = || {
        let (count, unit) = typed.split_at_checked(typed.len().checked_sub(1)?)?;
        let minutes = match unit {
            "m" => 1,
            "h" => 60,
            "d" => 24 * 60,
            _ => return None,
        };
        Some(now.saturating_add(i64::from(count.parse::<u16>().ok()?) * minutes * 60_000))
    };
    let clock = || at(zoned(zone, now).date().to_datetime(typed.parse::<Time>().ok()?));
    let day = || midnight(zone, typed.parse::<Date>().ok()?.tomorrow().ok()?);
    let moment = || at(typed.parse::<DateTime>().ok()?);
    let found = if typed.contains('T') {
        moment()
    } else if typed.contains(':') {
        clock()
    } else if typed.contains('-') {
        day()
    } else {
        span()
    };
    found.filter(|found| *found > now)
}

fn midnight(zone: &TimeZone, day: Date) -> Option<i64> {
    zone.to_zoned(day.at(0, 0, 0, 0)).ok().map(|at| at.timestamp().as_millisecond())
}

fn ago_in(zone: &TimeZone, then: i64, now: i64) -> String {
    let minutes = now.saturating_sub(then) / 60_000;
    let (then, now) = (zoned(zone, then), zoned(zone, now));
    let days = (now.date() - then.date()).get_days();
    match (days, minutes) {
        // Clocks of two devices differ a little: a moment ahead is now.
        (_, -5..=0) => say("common-just-now"),
        (_, 1..=59) => say(Say::new("common-minutes-ago").with("count", minutes)),
        (0, _) => say(Say::new("common-today-at").with("time", clock(&then))),
        (1, _) => say(Say::new("common-yesterday-at").with("time", clock(&then))),
        (2..=6, _) => say(Say::new("common-on-day").with("day", weekday(&then))),
        _ => say(Say::new("common-on-day").with("day", spelled(then.date(), then.year() != now.year()))),
    }
}

fn zoned(zone: &TimeZone, at: i64) -> Zoned {
    let nearest = if at < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(at).unwrap_or(nearest).to_zoned(zone.clone())
}

fn clock(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn weekday(at: &Zoned) -> String {
    crate::text(crate::week::DAYS[at.weekday().to_monday_zero_offset() as usize])
}

/// The months by their names.
const MONTHS: [&str; 12] = [
    "common-january",
    "common-february",
    "common-march",
    "common-april",
    "common-may",
    "common-june",
    "common-july",
    "common-august",
    "common-september",
    "common-october",
    "common-november",
    "common-december",
];

fn spelled(at: Date, with_year: bool) -> String {
    let month = crate::text(MONTHS[at.month() as usize - 1]);
    let date = Say::new(if with_year { "common-date" } else { "common-date-this-year" });
    say(date.with("day", at.day().to_string()).with("month", month).with("year", at.year().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday 22 November 2026, 12:00 UTC.
    const NOON: i64 = 1_795_348_800_000;
    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;

    #[test]
    fn the_past_is_said_as_people_say_it() {
        let said = |then| ago_in(&TimeZone::UTC, then, NOON);
        assert_eq!(said(NOON), "just now");
        assert_eq!(said(NOON + MINUTE), "just now");
        assert_eq!(said(NOON - MINUTE), "1 minute ago");
        assert_eq!(said(NOON - 59 * MINUTE), "59 minutes ago");
        assert_eq!(said(NOON - 70 * MINUTE), "today at 10:50");
        assert_eq!(said(NOON - DAY), "yesterday at 12:00");
        assert_eq!(said(NOON - 5 * DAY), "on Tuesday");
        assert_eq!(said(NOON - 20 * DAY), "on 2 November");
        assert_eq!(said(NOON - 400 * DAY), "on 18 October 2025");
    }

    #[test]
    fn what_was_signed_has_its_day_and_the_year_only_if_it_is_another() {
        assert_eq!(short_day_in(&TimeZone::UTC, NOON - 20 * DAY, NOON), "2 November");
        assert_eq!(short_day_in(&TimeZone::UTC, NOON - 400 * DAY, NOON), "18 October 2025");
    }

    #[test]
    fn until_a_day_means_until_it_is_over() {
        let end = end_of_day("2027-03-01").expect("it is a date");
        assert_eq!(written_day(end), "2027-03-01");
        assert_eq!(written_day(end + 1), "2027-03-02");
        assert_eq!(end_of_day("2027-02-30"), None);
        assert_eq!(end_of_day("soon"), None);
    }

    #[test]
    fn a_time_to_come_is_read_as_people_type_it() {
        let read = |typed| time_to_come_in(&TimeZone::UTC, typed, NOON).map(|at| (at - NOON) / MINUTE);
        assert_eq!(read("17:30"), Some(330));
        assert_eq!(read("2h"), Some(120));
        assert_eq!(read("45m"), Some(45));
        assert_eq!(read("1d"), Some(24 * 60));
        assert_eq!(read("2026-11-22"), Some(12 * 60));
        assert_eq!(read("2026-11-23T09:00"), Some(21 * 60));
        for none in ["", "h", "soon", "11:59", "25:00", "0h", "2026-11-21", "2026-13-01", "-2h", "1y", "ä"] {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(end_of_today_in(&TimeZone::UTC, NOON), NOON + 12 * 60 * MINUTE);
        let late = NOON + 11 * 60 * MINUTE + 30 * MINUTE;
        assert_eq!(end_of_today_in(&TimeZone::UTC, late), late + 60 * MINUTE, "an hour at least");
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        let read = |typed| read_day_in(&TimeZone::UTC, typed, NOON).map(|day| day.to_string());
        for first_of_march in ["2027-03-01", "1 March 2027", "1st mar 2027", "1/3/2027", "01.03.27", "1 march"] {
            assert_eq!(read(first_of_march).as_deref(), Some("2027-03-01"), "{first_of_march}");
        }
        assert_eq!(read("Tomorrow").as_deref(), Some("2026-11-23"));
        assert_eq!(read("22 Nov").as_deref(), Some("2026-11-22"), "today is not over");
        for none in ["", "soon", "30 February 2027", "1", "march", "1 ma 2027", "1/3/2027/4", "32/1/2027"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_moment_is_read_as_people_type_it_and_keeps_how_far_from_utc_it_was() {
        let london = TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("it is one");
        let read = |typed| read_moment_in(&london, typed, NOON);
        assert_eq!(read("14 October 2026 at 16:40").as_deref(), Some("2026-10-14T16:40+01:00"));
        assert_eq!(read("14/10/2026, 16.40").as_deref(), Some("2026-10-14T16:40+01:00"));
        for typed in ["14 October 2026 at 4.40pm", "14 October 2026, 4:40 PM", "14 October 2026 4:40 pm"] {
            assert_eq!(read(typed).as_deref(), Some("2026-10-14T16:40+01:00"), "{typed}");
        }
        assert_eq!(read("14 October 2026 12am").as_deref(), Some("2026-10-14T00:00+01:00"));
        assert_eq!(read("14 October 2026 12 pm").as_deref(), Some("2026-10-14T12:00+01:00"));
        assert_eq!(read("2026-11-03T21:05").as_deref(), Some("2026-11-03T21:05+00:00"));
        for none in ["", "16:40", "today", "today 25:00", "today at", "today 13pm", "today 0am", "pm", "today pm"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_time_beyond_all_calendars_is_still_said() {
        for wild in [i64::MIN, i64::MAX] {
            assert!(!ago_in(&TimeZone::UTC, wild, NOON).is_empty());
            assert!(!ago_in(&TimeZone::UTC, NOON, wild).is_empty());
        }
    }
}
