//! The parts there are, as tables: one file for each group, read top to bottom like the plan itself.
//!
//! Field names follow the PRSB Personalised Care and Support Plan 2.0 and About Me 2.01, the Care Act 2014 s.25 and the person-centred
//! thinking tools. A label is the place's label, a hyphen and the code, so its words stand in `words` under that key.

#[macro_use]
mod tables;

mod circle;
mod coalition;
mod holdings;
mod learning;
mod log;
mod meetings;
mod money;
mod needs;
mod own;
mod profile;
mod safety;
mod sharing;
mod voice;
mod wishes;

use crate::part::{Part, VOICE};

/// Every part, in the order a plan shows them. Voices are beside their parts ([`Part::voice`]).
pub fn parts() -> &'static [Part] {
    PARTS
}

/// The part with this code; a voice's code is its part's with `-voice` behind it.
pub fn part(code: &str) -> Option<&'static Part> {
    match code.strip_suffix(VOICE) {
        Some(about) => part(about)?.voice,
        None => PARTS.iter().find(|part| part.code == code),
    }
}

static PARTS: &[Part] = &[
    profile::COVER,
    profile::COVER_DETAILS,
    profile::ABOUT_ME,
    profile::ONE_PAGE,
    profile::PERSON_CENTRED,
    circle::CIRCLE,
    circle::DECIDING,
    circle::CAPACITY,
    wishes::STRENGTHS,
    needs::NEEDS,
    wishes::GOALS,
    wishes::ACTIONS,
    needs::SUPPORTS,
    safety::RISKS,
    safety::CONTINGENCY,
    safety::KEEPING_WELL,
    money::MONEY,
    meetings::DECISIONS,
    meetings::MEETINGS,
    learning::LEARNING,
    log::LOG,
    log::EVIDENCE,
    sharing::SHARING,
    sharing::AGREEMENT,
    sharing::PAPERS,
    profile::EQUIPMENT,
    profile::MEDICINES,
    own::CARER,
    own::SENSITIVE,
    own::MINE,
    coalition::COALITION,
    coalition::RESOURCES,
];

#[cfg(test)]
mod tests;
