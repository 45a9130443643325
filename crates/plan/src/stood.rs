//! How a plan stood when people were asked whether they agree to it, so that one can say later which parts have changed.
//!
//! Kept as text beside what was asked: the newest edits of each part, by their hashes. Nothing can be learnt from them about
//! a part one does not have. What somebody keeps for themselves is not in it, nor who agrees to what.
//!
//! | a line a document: its part's code, its id, its newest edits, with blanks between |

use std::{collections::BTreeMap, fmt::Write as _};

use seal::DocId;

use crate::{
    document::Document,
    part::{Group, Part},
    whole::Whole,
};

/// How the parts at hand stand now.
pub fn now(whole: &Whole) -> String {
    let mut text = String::new();
    for document in whole.documents().filter(|document| is_agreed_to(document.part())) {
        let _ = write!(text, "{} {}", document.part().code, document.doc());
        for head in document.heads() {
            let _ = write!(text, " {head}");
        }
        text.push('\n');
    }
    text
}

/// The parts in which something was written since they stood as this text says, or which were begun since, in the plan's order. A
/// part that is not at hand is not among them. None if the text is something else: people may have written there themselves.
pub fn changed_since(stood: &str, whole: &Whole) -> Option<Vec<&'static str>> {
    let mut then: BTreeMap<DocId, Vec<&str>> = BTreeMap::new();
    for line in stood.lines() {
        let mut words = line.split(' ').skip(1);
        let Some(doc) = words.next().and_then(|doc| doc.parse().ok()) else { continue };
        then.insert(doc, words.collect());
    }
    if then.is_empty() {
        return None;
    }
    let changed = |document: &&Document| {
        let heads: Vec<String> = document.heads().iter().map(ToString::to_string).collect();
        then.get(&document.doc()).is_none_or(|then| *then != heads)
    };
    let mut parts: Vec<&'static str> = whole
        .documents()
        .filter(|document| is_agreed_to(document.part()))
        .filter(changed)
        .map(|document| document.part().code)
        .collect();
    parts.sort_by_key(|code| crate::parts().iter().position(|part| part.code == *code));
    parts.dedup();
    Some(parts)
}

/// A document of a part as it stood when this was written: by its newest edits then. None if it was not there, or this is something else.
pub fn as_it_stood(stood: &str, document: &Document) -> Option<Document> {
    let id = document.doc().to_string();
    let line = stood.lines().find(|line| line.split(' ').nth(1) == Some(id.as_str()))?;
    let heads: Option<Vec<_>> = line.split(' ').skip(2).map(|head| head.parse().ok()).collect();
    document.at(&heads?)
}

fn is_agreed_to(part: &Part) -> bool {
    let shared = match part.group {
        Group::Profile | Group::Plan | Group::Log | Group::Money | Group::Coalition | Group::Resources => true,
        Group::Carer | Group::Apart | Group::Mine => false,
    };
    shared && part.code != "agreement"
}

#[cfg(test)]
mod tests {
    use seal::{ChainId, ItemId, PersonId, Time};

    use super::*;

    fn part(code: &str, number: u8) -> Document {
        let part = crate::part(code).unwrap();
        Document::create(part, DocId::new([number; 32]), ChainId::new([number; 16]), Time(0)).0
    }

    #[test]
    fn only_the_parts_in_which_something_was_written_since_have_changed() {
        let (mut goals, money, mut agreement) = (part("goals", 1), part("money", 2), part("agreement", 3));
        let then = now(&Whole::new().with(&goals).with(&money).with(&agreement));
        assert_eq!(then.lines().count(), 2, "what is agreed to, not who agrees");
        goals.add("goals".parse().unwrap(), ItemId::new([9; 16]), Time(1)).unwrap();
        agreement.add("agreement.versions".parse().unwrap(), ItemId::new([8; 16]), Time(1)).unwrap();
        goals.close(Time(1));
        agreement.close(Time(1));
        let whole = Whole::new().with(&money).with(&goals).with(&agreement);
        assert_eq!(changed_since(&then, &whole), Some(vec!["goals"]));
        assert_eq!(changed_since(&then, &Whole::new().with(&money)), Some(Vec::new()), "a part that is not at hand");
        let needs = part("needs", 4);
        assert_eq!(changed_since(&then, &whole.with(&needs)), Some(vec!["needs", "goals"]), "one was begun since");
    }

    #[test]
    fn notes_and_voices_leave_no_trace_in_it() {
        let (mine, voice) = (part("mine", 5), part("goals-voice", 6));
        let whole = Whole::new().with(&mine).with_voice(PersonId::new([1; 32]), &voice);
        assert_eq!(now(&whole), "");
        assert_eq!(changed_since("As it stood on\n18 February", &whole), None);
    }
}
