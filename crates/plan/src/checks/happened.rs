//! What happened, counted: by week, by day and hour, and when it may be time to call people together. Only what people
//! wrote here is counted, and the screen says so; nobody outside is ever alerted.

use std::collections::{BTreeMap, BTreeSet};

use seal::ItemId;

use crate::{
    amount::Quantity,
    date::Date,
    value::Someone,
    views::{Contact, Incident},
};

mod events;

pub use events::{Event, alike, by_severity, common_english, events, most_named, stands_out};

/// When it may be time to call people together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// So many in seven days.
    pub in_a_week: usize,
    /// At least so many in four weeks,
    pub in_four_weeks: usize,
    /// and so many times as many as in the four weeks before.
    pub times_before: usize,
    /// One so serious in four weeks.
    pub severity: i64,
    /// So many agencies in seven days without anybody who follows it up.
    pub agencies: usize,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { in_a_week: 3, in_four_weeks: 4, times_before: 2, severity: 3, agencies: 3 }
    }
}

/// Why it may be time to call people together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// So many in the last seven days.
    ManyInAWeek(usize),
    /// So many in the last four weeks, and so many in the four before.
    MoreThanBefore {
        /// In the last four weeks.
        now: usize,
        /// In the four weeks before.
        before: usize,
    },
    /// Something serious in the last four weeks.
    Serious(ItemId),
    /// These agencies were called in the last seven days, and nobody said yes to following it up.
    ManyAgencies(BTreeSet<String>),
    /// A need that nobody has, written down so many days ago.
    NobodysNeed(ItemId, i64),
}

/// What there is to notice as of today, today included, in what happened. `accepted` are the actions somebody said yes to who
/// is still here; `gone` are persons who left or were removed.
pub fn triggers(
    incidents: &[Incident],
    accepted: &BTreeSet<ItemId>,
    gone: &BTreeSet<Someone>,
    today: Date,
    thresholds: Thresholds,
) -> Vec<Trigger> {
    let counted = once_each(incidents);
    let within =
        |from: i64, to: i64| counted.iter().filter(move |(day, _)| (from..to).contains(&(today.days() - day.days())));
    let mut found = Vec::new();
    let week = within(0, 7).count();
    if week >= thresholds.in_a_week {
        found.push(Trigger::ManyInAWeek(week));
    }
    let (now, before) = (within(0, 28).count(), within(28, 56).count());
    if now >= thresholds.in_four_weeks && now >= thresholds.times_before * before {
        found.push(Trigger::MoreThanBefore { now, before });
    }
    // What any account says counts: a second one that is linked takes nothing away.
    let is_serious = |incident: &&&Incident| incident.severity.is_some_and(|how| how >= thresholds.severity);
    let serious = within(0, 28).find_map(|(_, accounts)| accounts.iter().find(is_serious));
    found.extend(serious.map(|incident| Trigger::Serious(incident.id)));
    let followed = |incident: &&Incident| {
        // As with a need: somebody who has no voice here follows it up by what was written down. Somebody of the circle says
        // yes in their own voice, to an action; their name alone is no yes.
        let by_word = matches!(&incident.owner, Some(owner @ Someone::Named(_)) if !gone.contains(owner));
        by_word || incident.action.is_some_and(|action| accepted.contains(&action))
    };
    // As somebody spelled them, however others do.
    let mut agencies = BTreeMap::new();
    for (day, accounts) in counted.iter().filter(|(_, accounts)| !accounts.iter().any(followed)) {
        for agency in accounts.iter().flat_map(|account| &account.agencies) {
            let called = agency.when.map_or(*day, |when| when.date());
            if (0..7).contains(&(today.days() - called.days())) && !agency.agency.is_empty() {
                agencies.entry(agency.agency.to_lowercase()).or_insert_with(|| agency.agency.clone());
            }
        }
    }
    if agencies.len() >= thresholds.agencies {
        found.push(Trigger::ManyAgencies(agencies.into_values().collect()));
    }
    found
}

// Each event once, with its day: accounts that are linked as the same are one, and it was when the first of them says that
// says when.
fn once_each(incidents: &[Incident]) -> Vec<(Date, Vec<&Incident>)> {
    let mut dated = Vec::new();
    for accounts in events::told_together(incidents) {
        if let Some(when) = accounts.iter().find_map(|account| account.when) {
            dated.push((when.date(), accounts));
        }
    }
    dated
}

/// How many there were after one day and up to another, which is in it. Without the first: from the beginning.
pub fn between(incidents: &[Incident], after: Option<Date>, until: Date) -> usize {
    let within = |day: &Date| after.is_none_or(|after| *day > after) && *day <= until;
    once_each(incidents).iter().filter(|(day, _)| within(day)).count()
}

/// One week of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// How many in it.
    pub count: usize,
    /// The mean of it and the three weeks before, in hundredths.
    pub mean: Quantity,
}

/// The last `weeks` weeks, oldest first, the one with today last.
pub fn by_week(incidents: &[Incident], today: Date, weeks: usize) -> Vec<Week> {
    let days: Vec<Date> = once_each(incidents).into_iter().map(|(day, _)| day).collect();
    let this = today.plus(-i64::from(today.weekday()));
    let count = |monday: Date| days.iter().filter(|day| (0..7).contains(&(day.days() - monday.days()))).count();
    let back = |weeks: usize| this.plus(-7 * i64::try_from(weeks).unwrap_or(i64::MAX / 7));
    let week = |ago: usize| {
        let four: usize = (ago..ago + 4).map(|ago| count(back(ago))).sum();
        Week {
            monday: back(ago),
            count: count(back(ago)),
            mean: Quantity(i64::try_from(four * 25).unwrap_or(i64::MAX)),
        }
    };
    (0..weeks).rev().map(week).collect()
}

/// For each of the last `weeks` weeks, oldest first, its Monday and how serious the worst in it was, if anybody said so.
pub fn worst_by_week(incidents: &[Incident], today: Date, weeks: usize) -> Vec<(Date, Option<i64>)> {
    let counted = once_each(incidents);
    let worst = |monday: Date| {
        let within = counted.iter().filter(|(day, _)| (0..7).contains(&(day.days() - monday.days())));
        within.flat_map(|(_, accounts)| accounts.iter().filter_map(|account| account.severity)).max()
    };
    by_week(incidents, today, weeks).into_iter().map(|week| (week.monday, worst(week.monday))).collect()
}

/// How many on each day of the week (Monday first) in each hour, where it happened.
pub fn by_day_and_hour(incidents: &[Incident]) -> [[usize; 24]; 7] {
    let mut grid = [[0; 24]; 7];
    for (_, accounts) in once_each(incidents) {
        let Some(when) = accounts.iter().find_map(|account| account.when) else { continue };
        grid[usize::from(when.date().weekday())][usize::from(when.hour())] += 1;
    }
    grid
}

/// How often each service was contacted, by name whatever the case.
pub fn by_agency(contacts: &[Contact]) -> BTreeMap<String, usize> {
    let mut agencies = BTreeMap::new();
    for contact in contacts.iter().filter(|contact| !contact.agency.is_empty()) {
        *agencies.entry(contact.agency.to_lowercase()).or_default() += 1;
    }
    agencies
}

/// Weeks in which several services were contacted, by their Monday: somebody may be sent round in a circle.
pub fn revolving(contacts: &[Contact], agencies: usize) -> BTreeMap<Date, BTreeSet<String>> {
    let mut weeks: BTreeMap<Date, BTreeSet<String>> = BTreeMap::new();
    for contact in contacts.iter().filter(|contact| !contact.agency.is_empty()) {
        let Some(when) = contact.when else { continue };
        let monday = when.date().plus(-i64::from(when.date().weekday()));
        weeks.entry(monday).or_default().insert(contact.agency.to_lowercase());
    }
    weeks.retain(|_, names| names.len() >= agencies);
    weeks
}

#[cfg(test)]
mod tests;
