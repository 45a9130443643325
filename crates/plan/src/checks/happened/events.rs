//! Accounts and events: what several people tell of one event is one event, and every account of it stays as it was told.

use std::collections::{BTreeMap, BTreeSet};

use seal::ItemId;

use crate::{moment::Moment, views::Incident};

/// Something that happened, with everybody's account of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When: as the first account says that says when.
    pub when: Option<Moment>,
    /// The accounts, the first told first.
    pub accounts: Vec<ItemId>,
    /// The most serious that any account calls it.
    pub severity: Option<i64>,
}

/// Minutes between two accounts up to which they may be of the same event: people look at the clock afterwards.
const NEAR: i64 = 60;

/// Every event, the last first; before them those of which nobody said when.
pub fn events(incidents: &[Incident]) -> Vec<Event> {
    let mut events: Vec<Event> = told_together(incidents)
        .into_iter()
        .map(|accounts| Event {
            when: accounts.iter().find_map(|account| account.when),
            severity: accounts.iter().filter_map(|account| account.severity).max(),
            accounts: accounts.into_iter().map(|account| account.id).collect(),
        })
        .collect();
    events.sort_by_key(|event| (event.when.is_some(), std::cmp::Reverse(event.when)));
    events
}

/// Pairs of accounts within an hour of each other that nobody linked: they may be of the same event.
pub fn alike(incidents: &[Incident]) -> Vec<(ItemId, ItemId)> {
    let events = events(incidents);
    let timed: Vec<(i64, ItemId)> =
        events.iter().rev().filter_map(|event| Some((event.when?.instant(), *event.accounts.first()?))).collect();
    let near = |pair: &[(i64, ItemId)]| match pair {
        [(one, first), (other, second)] if other - one <= NEAR => Some((*first, *second)),
        _ => None,
    };
    timed.windows(2).filter_map(near).collect()
}

/// What is named most often before something happens: words that stand in the accounts of at least two events, with how
/// many, the most first. `before` has what the accounts of each event say; `common` are words that say nothing by themselves.
pub fn most_named(before: &[Vec<String>], common: &BTreeSet<String>) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for accounts in before {
        let words: BTreeSet<String> = accounts.iter().flat_map(|account| words_of(account)).collect();
        for word in words.into_iter().filter(|word| !common.contains(word)) {
            *counted.entry(word).or_default() += 1;
        }
    }
    let mut named: Vec<(String, usize)> = counted.into_iter().filter(|(_, events)| *events >= 2).collect();
    named.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    named
}

/// English words that say nothing about what came before.
pub fn common_english() -> BTreeSet<String> {
    include_str!("common-en.txt").split_whitespace().map(str::to_owned).collect()
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let lower = text.to_lowercase();
    let words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// The day of the week (Monday is 0) and the hour in which most events were, if there were several and no other has as many.
pub fn stands_out(grid: &[[usize; 24]; 7]) -> Option<(usize, usize, usize)> {
    let most = grid.iter().flatten().copied().max().filter(|most| *most >= 2)?;
    let mut places =
        (0..7).flat_map(|day| (0..24).map(move |hour| (day, hour))).filter(|(day, hour)| grid[*day][*hour] == most);
    match (places.next(), places.next()) {
        (Some((day, hour)), None) => Some((day, hour, most)),
        _ => None,
    }
}

/// How many events of each severity, 0 to 3.
pub fn by_severity(events: &[Event]) -> [usize; 4] {
    let mut counts = [0; 4];
    for severity in events.iter().filter_map(|event| usize::try_from(event.severity?).ok()) {
        if let Some(count) = counts.get_mut(severity) {
            *count += 1;
        }
    }
    counts
}

/// Accounts put together that are linked as the same event, in the order of the first of each.
pub(super) fn told_together(incidents: &[Incident]) -> Vec<Vec<&Incident>> {
    let mut event: BTreeMap<ItemId, usize> =
        incidents.iter().enumerate().map(|(at, incident)| (incident.id, at)).collect();
    for incident in incidents {
        for same in &incident.same_as {
            let (Some(mine), Some(theirs)) = (event.get(&incident.id), event.get(same)) else { continue };
            let (keep, give) = (*mine.min(theirs), *mine.max(theirs));
            event.values_mut().filter(|of| **of == give).for_each(|of| *of = keep);
        }
    }
    let mut told: BTreeMap<usize, Vec<&Incident>> = BTreeMap::new();
    for incident in incidents {
        told.entry(event[&incident.id]).or_default().push(incident);
    }
    told.into_values().collect()
}
