//! A sample grown old, for what has to be measured on a plan of many years: its quarters again and again, year before year,
//! typed as people type: a few letters, a pause, and each time an edit.

use std::collections::BTreeSet;

use super::{Burst, Sample, SamplePart, Write};
use crate::part::Part;

/// 52 weeks in milliseconds: what happened on a Wednesday stays on one.
const YEAR: i64 = 364 * 24 * 60 * 60_000;

/// Letters between two pauses of somebody who types, and how long those are apart, in milliseconds.
const LETTERS: usize = 4;
const PAUSE: i64 = 1_000;

/// The same plan with so many years behind it, each quarter of them written so many times over. Everybody came at the beginning.
pub fn aged(sample: &Sample, years: u16, times: u16) -> Sample {
    let mut aged = sample.clone();
    for person in &mut aged.people {
        person.at = person.at.plus(-YEAR * i64::from(years));
    }
    let quarters: Vec<&SamplePart> = sample.parts.iter().filter(|part| part.key.is_some() && is_log(part)).collect();
    let named: BTreeSet<&str> = quarters.iter().flat_map(|part| &part.bursts).flat_map(Burst::adds).collect();
    for year in 0..years {
        for quarter in quarters.iter().filter(|quarter| year > 0 && !quarter.is_voice()) {
            let (key, bursts) = (quarter.key.as_deref().map(|key| before(key, year)), Vec::new());
            aged.parts.push(SamplePart { key, bursts, ..(*quarter).clone() });
        }
        for quarter in quarters.iter().filter(|quarter| !quarter.is_voice()) {
            let key = quarter.key.as_deref().map(|key| before(key, year));
            let Some(grown) = aged.parts.iter_mut().find(|part| is_log(part) && !part.is_voice() && part.key == key)
            else {
                continue;
            };
            for time in 0..times {
                if year > 0 || time > 0 {
                    let again = quarter.bursts.iter().map(|burst| burst.again(&named, year, time));
                    grown.bursts.extend(again.flat_map(|burst| burst.typed(quarter.part)));
                }
            }
        }
    }
    aged
}

fn is_log(part: &SamplePart) -> bool {
    part.part.code.starts_with("log")
}

/// "2026-10-14T16:40+01:00" so many years before; what does not begin with a year of this century stays.
fn before(text: &str, years: u16) -> String {
    let Some((year, rest)) = text.split_once('-').filter(|(year, _)| year.len() == 4 && year.starts_with("20")) else {
        return text.to_owned();
    };
    year.parse::<u16>().map_or_else(|_| text.to_owned(), |year| format!("{}-{rest}", year.saturating_sub(years)))
}

impl SamplePart {
    fn is_voice(&self) -> bool {
        self.part.is_voice()
    }
}

impl Burst {
    /// The names of the records it adds.
    fn adds(&self) -> impl Iterator<Item = &str> {
        self.writes.iter().filter_map(|write| match write {
            Write::Add { item, .. } => Some(item.as_str()),
            Write::Fill { .. } | Write::Remove { .. } => None,
        })
    }

    /// The same so many years before, with records of its own.
    fn again(&self, named: &BTreeSet<&str>, year: u16, time: u16) -> Burst {
        let own = |name: &str| match named.contains(name) {
            true => format!("{name}-{year}-{time}"),
            false => name.to_owned(),
        };
        let write = |write: &Write| match write {
            Write::Add { item, list, inside } => {
                Write::Add { item: own(item), list: list.clone(), inside: inside.as_deref().map(own) }
            }
            Write::Remove { item } => Write::Remove { item: own(item) },
            Write::Fill { item, field, value } => Write::Fill {
                item: item.as_deref().map(own),
                field: field.clone(),
                value: if named.contains(value.as_str()) { own(value) } else { before(value, year) },
            },
        };
        let at = self.at.map(|at| at.plus(-YEAR * i64::from(year) + i64::from(time) * 60_000));
        Burst { by: self.by.clone(), at, writes: self.writes.iter().map(write).collect() }
    }

    /// The same in as many sittings as its texts take, each a little later.
    fn typed(self, part: &'static Part) -> Vec<Burst> {
        let Burst { by, at, writes } = self;
        let (mut sittings, mut now) = (Vec::new(), Vec::new());
        for write in writes {
            let Write::Fill { item, field, value } = &write else {
                now.push(write);
                continue;
            };
            if !is_text(part, field) {
                now.push(write);
                continue;
            }
            let pauses = value.char_indices().map(|(at, _)| at).skip(LETTERS).step_by(LETTERS);
            for end in pauses.chain([value.len()]) {
                now.push(Write::Fill { item: item.clone(), field: field.clone(), value: value[..end].to_owned() });
                sittings.push(std::mem::take(&mut now));
            }
        }
        sittings.extend(Some(now).filter(|writes| !writes.is_empty()));
        let later = |nth: usize| at.map(|at| at.plus(PAUSE * i64::try_from(nth).unwrap_or(i64::MAX)));
        sittings.into_iter().enumerate().map(|(nth, writes)| Burst { by: by.clone(), at: later(nth), writes }).collect()
    }
}

/// Whether every field of this name in a part is a text.
fn is_text(part: &'static Part, field: &str) -> bool {
    let records = part.all_lists().into_iter().filter_map(|(list, _)| list.field(field));
    let mut all = part.field(field).into_iter().chain(records).peekable();
    all.peek().is_some() && all.all(|field| field.kind.is_text())
}
