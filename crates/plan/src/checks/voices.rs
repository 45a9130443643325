//! Whose voice is missing: parts nobody but workers has written, and people at a meeting who are not in its record.

use std::collections::{BTreeMap, BTreeSet};

use seal::ItemId;

use crate::{
    part::Role,
    value::Someone,
    views::{Attended, Meeting},
};

/// A part, and as what its writers wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The part's code.
    pub part: &'static str,
    /// As what everybody wrote whose words are in it.
    pub by: BTreeSet<Writer>,
}

/// As what somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Writer {
    /// As what they were let in.
    As(Role),
    /// They began the plan for somebody else, and nobody let them in.
    Founder,
}

/// Parts in which there are words, and all of them by people who work for a service or who began the plan for somebody else.
pub fn only_by_workers(parts: &[Written]) -> Vec<&'static str> {
    let works = |writer: &Writer| match writer {
        Writer::Founder | Writer::As(Role::Worker | Role::Lead) => true,
        Writer::As(
            Role::Person
            | Role::Carer
            | Role::Family
            | Role::Supporter
            | Role::Advocate
            | Role::Representative
            | Role::Guest,
        ) => false,
    };
    parts.iter().filter(|part| !part.by.is_empty() && part.by.iter().all(works)).map(|part| part.part).collect()
}

/// For each meeting, who was there, in full or not, or sent their views, and of whom nothing stands in it.
pub fn silent(meetings: &[Meeting]) -> BTreeMap<ItemId, Vec<Someone>> {
    let came = |attended: Option<Attended>| match attended {
        Some(Attended::Here | Attended::SentViews | Attended::LeftEarly) => true,
        Some(Attended::Absent) | None => false,
    };
    let mut silent = BTreeMap::new();
    for meeting in meetings {
        let missing: Vec<Someone> = (meeting.invited.iter())
            .filter(|invited| came(invited.attended) && !meeting.heard.contains(&invited.who))
            .map(|invited| invited.who.clone())
            .collect();
        if !missing.is_empty() {
            silent.insert(meeting.id, missing);
        }
    }
    silent
}

#[cfg(test)]
mod tests;
