//! How much of one graph is whose: nobody's statements use up the room of others.
//!
//! What lies in a statement's own past bounds its issuer everywhere alike. What was said apart is counted as it arrives, so
//! devices may differ about what is beyond the bound of whoever broke it; unless somebody else built on it, then it is taken
//! all the same. What takes away, and what the words sign, has a room of its own: nobody can fill the graph and stay.

use std::collections::BTreeMap;

use seal::PersonId;

use crate::{
    body::Act,
    dag::{Past, Place},
    ledger::Denied,
    limits::{CHAPTERS_OF_ONE, GRAPH_MOST, GRAPH_OF_ONE, GRAPH_STATEMENTS},
};

/// Everybody's part of one graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room(BTreeMap<Speaker, Past>);

/// Who speaks, and in which room of theirs; without a name, by what this version does not understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Speaker {
    pub(crate) person: Option<PersonId>,
    pub(crate) part: Part,
}

/// What somebody's rooms are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// What anybody says.
    Says,
    /// What takes away, by who may take from others.
    Takes,
    /// New chapters of a document: each is a head of its own, and an edit names so many heads and no more.
    Renews,
    /// What the words sign: whoever has taken a device of theirs cannot fill it.
    Words,
}

/// Why a statement is taken in though its issuer's room is full here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wanted {
    /// It is not.
    ByNobody,
    /// Somebody else of the circle built on it.
    ByAnother,
    /// What takes away was built on it.
    ToTakeAway,
    /// It was placed before, and comes back from this device's own store.
    Kept,
}

impl Part {
    fn most(self) -> usize {
        match self {
            Part::Says | Part::Takes | Part::Words => GRAPH_OF_ONE,
            Part::Renews => CHAPTERS_OF_ONE,
        }
    }
}

impl Room {
    /// Whether somebody has said, in this past, less than the most that anybody may.
    pub(crate) fn allows(&self, by: Speaker, past: &Past) -> Result<(), Denied> {
        let said = self.0.get(&by).map_or(0, |said| said.shared(past));
        if said < by.part.most() { Ok(()) } else { Err(Denied::Much) }
    }

    /// Whether there is room for one more in a graph of so many.
    pub(crate) fn fits(&self, by: Speaker, all: usize, wanted: Wanted) -> Result<(), Denied> {
        let beyond = matches!(by.part, Part::Takes | Part::Words) || wanted >= Wanted::ToTakeAway;
        let most = if beyond { GRAPH_MOST } else { GRAPH_STATEMENTS };
        let of_one = self.0.get(&by).map_or(0, |said| said.shared(said));
        // A Confirm brings its Join.
        let fits = all + 2 <= most && (of_one < by.part.most() || wanted > Wanted::ByNobody);
        if fits || wanted == Wanted::Kept { Ok(()) } else { Err(Denied::Full) }
    }

    /// Notes that somebody's statement has a place.
    pub(crate) fn note(&mut self, by: Speaker, place: Place) {
        self.0.entry(by).or_default().insert(place);
    }
}

/// Whether an act takes something from somebody, or says what was seen before that.
pub(crate) fn takes(act: &Act) -> bool {
    match act {
        Act::SetStanding(_)
        | Act::Remove(_)
        | Act::HandOver(_)
        | Act::Unshare(_)
        | Act::Refuse(_)
        | Act::Keep(_)
        | Act::Bar(_) => true,
        Act::Found(_)
        | Act::Invite(_)
        | Act::Join(_)
        | Act::Confirm(_)
        | Act::LinkDevice(_)
        | Act::Leave
        | Act::NewRecoveryKey(_)
        | Act::NewDocument(_)
        | Act::Share(_)
        | Act::Renew(_)
        | Act::NewKey(_)
        | Act::Unknown { .. } => false,
    }
}
