//! Days of the week as people write them: "Mondays and Thursdays, ten to three", "Monday to Friday", "every day".

use std::collections::BTreeSet;

use crate::book::text;

/// The names of the days in the book, Monday first.
pub(crate) const DAYS: [&str; 7] = [
    "common-monday",
    "common-tuesday",
    "common-wednesday",
    "common-thursday",
    "common-friday",
    "common-saturday",
    "common-sunday",
];

/// What the days are called, Monday first.
pub fn weekdays() -> [String; 7] {
    DAYS.map(text)
}

/// The days of the week that a line names, Monday being 0. None if it names none: then it says something else.
pub fn read_weekdays(line: &str) -> BTreeSet<u8> {
    let lower = line.to_lowercase();
    let phrases = |key: &str| text(key).split(',').map(|phrase| phrase.trim().to_lowercase()).collect::<Vec<_>>();
    let says = |key: &str| phrases(key).iter().any(|phrase| lower.contains(phrase));
    let mut days = BTreeSet::new();
    if says("common-week-all") {
        days.extend(0..7);
    }
    if says("common-week-work") {
        days.extend(0..5);
    }
    if says("common-week-end") {
        days.extend(5..7);
    }
    let names = weekdays().map(|name| name.to_lowercase());
    let to = phrases("common-week-to");
    // "Monday to Friday": the day before the word, until the next one is known.
    let (mut last, mut until) = (None, false);
    for word in lower.split(|c: char| !c.is_alphanumeric() && c != '–' && c != '-').flat_map(apart) {
        let Some(day) = day_of(&word, &names) else {
            until = last.is_some() && to.contains(&word);
            last = last.filter(|_| until);
            continue;
        };
        if let Some(from) = last.filter(|_| until) {
            days.extend((0..7).map(|step| (from + step) % 7).take_while(|between| *between != day));
        }
        days.insert(day);
        (last, until) = (Some(day), false);
    }
    days
}

// A dash between two days is a word of its own: "Mon-Fri".
fn apart(word: &str) -> Vec<String> {
    let spaced = word.replace('–', "-").replace('-', " - ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

// A day by its name, in the plural too, or by its first three letters.
fn day_of(word: &str, names: &[String; 7]) -> Option<u8> {
    let is = |name: &String| {
        let short: String = name.chars().take(3).collect();
        word == name || word == short || word.strip_suffix('s').is_some_and(|one| one == name || one == short)
    };
    names.iter().position(is).and_then(|day| u8::try_from(day).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<u8> {
        read_weekdays(line).into_iter().collect()
    }

    #[test]
    fn days_are_found_however_they_are_written() {
        assert_eq!(read("Tuesday and Thursday, and Friday mornings"), [1, 3, 4]);
        assert_eq!(read("Mondays, ten to three"), [0]);
        assert_eq!(read("Mon-Fri"), [0, 1, 2, 3, 4]);
        assert_eq!(read("Friday to Monday"), [0, 4, 5, 6]);
        assert_eq!(read("every day at eight"), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(read("Weekends and Wed"), [2, 5, 6]);
    }

    #[test]
    fn what_names_no_day_names_none() {
        for line in ["", "March and September", "Not known yet", "monument sunflower frieda", "ten to three"] {
            assert_eq!(read(line), [], "{line}");
        }
    }
}
