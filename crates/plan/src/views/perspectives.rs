//! What is working and what is not, topic by topic, each person's side as they see it.

use std::collections::BTreeSet;

use seal::ItemId;

use super::choices;
use crate::{
    value::Someone,
    whole::{Record, Whole},
};

choices! {
    /// How somebody finds it.
    Side of "person-centred.working.side" {
        /// It works.
        Working "working",
        /// It does not.
        NotWorking "not-working",
    }
}

/// One topic, and how everybody who spoke of it finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// What it is about, in the words of who named it first.
    pub about: String,
    /// Who says what, in the order it was written.
    pub said: Vec<Perspective>,
}

/// How one person finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perspective {
    /// The record.
    pub item: ItemId,
    /// Who finds it so.
    pub who: Someone,
    /// Whether they say so themselves: then it stands in their own voice.
    pub in_own_voice: bool,
    /// Which side.
    pub side: Option<Side>,
    /// In their words.
    pub words: String,
}

impl Topic {
    /// Whether people find it differently.
    pub fn is_seen_differently(&self) -> bool {
        let sides: BTreeSet<Side> = self.said.iter().filter_map(|said| said.side).collect();
        sides.len() > 1
    }
}

/// Every topic of the person-centred tools, as they came. What others wrote down for somebody counts only while that person
/// has not spoken of it themselves.
pub fn perspectives(whole: &Whole) -> Vec<Topic> {
    let own = whole.said("person-centred-voice.working").into_iter().map(|(who, record)| {
        let who = Someone::Member(who);
        (record, who, true)
    });
    let written = whole.records("person-centred.working").into_iter().filter_map(|record| {
        let who = record.person("whose")?;
        Some((record, who, false))
    });
    let mut topics: Vec<Topic> = Vec::new();
    for (record, who, in_own_voice) in own.chain(written) {
        let about = record.text("topic");
        if about.is_empty() {
            continue;
        }
        let at = topics.iter().position(|topic| topic.about.to_lowercase() == about.to_lowercase());
        let at = at.unwrap_or_else(|| {
            topics.push(Topic { about, said: Vec::new() });
            topics.len() - 1
        });
        let spoke = topics[at].said.iter().any(|said| said.in_own_voice && said.who == who);
        if in_own_voice || !spoke {
            topics[at].said.push(perspective(record, who, in_own_voice));
        }
    }
    topics
}

fn perspective(record: Record<'_>, who: Someone, in_own_voice: bool) -> Perspective {
    let side = Side::read(record.choice("side"));
    Perspective { item: record.id(), who, in_own_voice, side, words: record.text("words") }
}
