//! Stories, pictures and papers: who speaks in each, what it stands behind, and who asks for it to be taken out.

use std::collections::BTreeSet;

use seal::{ItemId, PersonId};

use super::choices;
use crate::whole::Whole;

choices! {
    /// As what somebody speaks.
    Speaks of "evidence.voice" {
        /// The person whose plan it is.
        Own "own",
        /// Family and friends.
        Family "family",
        /// Workers.
        Worker "worker",
    }
}

/// A story, picture or paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: ItemId,
    /// As what somebody speaks in it; what kind it is tells it where nobody said.
    pub speaks: Option<Speaks>,
    /// What it stands behind: what it names, and what names it.
    pub stands_behind: BTreeSet<ItemId>,
    /// Who asks for it to be taken out, in their own voice.
    pub take_out: BTreeSet<PersonId>,
}

/// Lists whose records may rest on it.
const RESTING: [&str; 3] = ["needs", "goals", "decisions"];

/// All of it.
pub fn evidence(whole: &Whole) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = whole
        .records("evidence")
        .into_iter()
        .map(|record| Evidence {
            id: record.id(),
            speaks: Speaks::read(record.choice("voice")).or_else(|| told_by(record.choice("kind")?.as_str())),
            stands_behind: record.references("cites"),
            take_out: BTreeSet::new(),
        })
        .collect();
    for record in RESTING.into_iter().flat_map(|list| whole.records(list)) {
        let rests_on = record.references("based-on");
        for one in all.iter_mut().filter(|one| rests_on.contains(&one.id)) {
            one.stands_behind.insert(record.id());
        }
    }
    for (who, said) in whole.said("evidence-voice.take-out") {
        let about = said.reference("about");
        if let Some(one) = all.iter_mut().find(|one| Some(one.id) == about) {
            one.take_out.insert(who);
        }
    }
    all
}

// A picture or a recording may be anybody's.
fn told_by(kind: &str) -> Option<Speaks> {
    match kind {
        "my-story" => Some(Speaks::Own),
        "carers-story" => Some(Speaks::Family),
        "letter" | "assessment" | "workers-note" | "measure" => Some(Speaks::Worker),
        _ => None,
    }
}
