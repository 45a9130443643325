//! What the checks see in actions, as sentences: gentle, in plain words, with the reason where there is one.

use std::collections::BTreeSet;

use plan::{
    Date,
    checks::{
        chains::{End, State, Waits},
        promises::{Promise, Tally},
        specific::Ask,
    },
    views::{Action, Answering, Told},
};
use seal::ItemId;
use words::{Say, say, text};

use crate::screens::known::Known;

/// "Who will do it? By when? How will you know?", with the word that made us ask.
pub fn questions(asks: &BTreeSet<Ask>) -> Vec<String> {
    let worded = |key: &'static str, word: &str| say(Say::new(key).with("word", word));
    let question = |ask: &Ask| match ask {
        Ask::Who(None) => text("wants-ask-who"),
        Ask::Who(Some(word)) => worded("wants-ask-who-word", word),
        Ask::When(None) => text("wants-ask-when"),
        Ask::When(Some(word)) => worded("wants-ask-when-word", word),
        Ask::What(word) => worded("wants-ask-what", word),
        Ask::How => text("wants-ask-how"),
    };
    asks.iter().map(question).collect()
}

/// What an action waits for, one sentence for each end of its chains; and that some wait for each other.
pub fn waits(waits: &Waits, known: &Known) -> Vec<String> {
    let name = |item: &ItemId| known.actions.get(item).map(super::called);
    let mut sentences: Vec<String> = Vec::new();
    if !waits.ring.is_empty() {
        let names: Vec<String> = waits.ring.iter().filter_map(name).map(|name| format!("“{name}”")).collect();
        sentences.push(say(Say::new("wants-waits-ring").with("names", crate::people::together(&names))));
    }
    for End { action, state } in waits.at_the_end.iter().filter(|end| !waits.ring.contains(&end.action)) {
        let key = match state {
            State::Going => "wants-waits-going",
            State::NobodyAccepted => "wants-waits-nobody",
            State::Late => "wants-waits-late",
            State::WillNotHappen => "wants-waits-never",
            State::Elsewhere => "wants-waits-elsewhere",
        };
        match name(action) {
            Some(what) => sentences.push(say(Say::new(key).with("what", what))),
            // Without a name there is nothing in it to say which.
            None => sentences.push(text("wants-waits-elsewhere")),
        }
    }
    sentences
}

/// What became of a promise, where there is something to say.
pub fn promise(promise: Promise, action: &Action) -> Option<String> {
    let said = action.tellings.last();
    let reason = said.map(|telling| telling.words.clone()).filter(|words| !words.is_empty());
    let reason = reason.or_else(|| Some(action.reason.clone()).filter(|reason| !reason.is_empty()));
    let moved = plan::checks::needs::due(action);
    let sentence = match promise {
        Promise::Kept => text("wants-promise-kept"),
        Promise::KeptLate(days) => say(Say::new("wants-promise-late").with("count", days)),
        Promise::Changed => match moved {
            Some(day) => say(Say::new("wants-promise-changed-to").with("day", spelled(day))),
            None => text("wants-promise-changed"),
        },
        Promise::NotKept if said.is_some_and(|telling| telling.told == Told::NotDone) => text("wants-promise-not-done"),
        Promise::NotKept => text("wants-promise-not-kept"),
        Promise::Open => return None,
    };
    Some(match reason {
        Some(reason) => say(Say::new("wants-promise-because").with("what", sentence).with("reason", reason)),
        None => sentence,
    })
}

/// How promises went, as few words as can be; nothing where none was made.
pub fn tally(tally: Tally) -> Vec<String> {
    let Tally { kept, changed, not_kept, open } = tally;
    let of = |key: &'static str, count: usize| (count > 0).then(|| say(Say::new(key).with("count", count)));
    [
        of("wants-tally-kept", kept),
        of("wants-tally-changed", changed),
        of("wants-tally-not-kept", not_kept),
        of("wants-tally-open", open),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What somebody answered when they were asked; none said so far has words of its own.
pub fn answered(action: &Action, who: &plan::Someone) -> Option<String> {
    let Some(said) = action.acceptances.iter().find(|said| said.who == *who) else {
        return matches!(who, plan::Someone::Member(_)).then(|| text("wants-not-answered"));
    };
    let sentence = match (said.answer, said.promised) {
        (Answering::Yes, Some(day)) => say(Say::new("wants-said-yes-for").with("day", spelled(day))),
        (Answering::Yes, None) => text("wants-said-yes"),
        (Answering::No, _) => text("wants-said-no"),
        (Answering::Later, _) => text("wants-said-later"),
    };
    Some(if said.words.is_empty() { sentence } else { format!("{sentence} – “{}”", said.words) })
}

fn spelled(day: Date) -> String {
    words::date(&day.to_string())
}
