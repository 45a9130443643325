//! Taking back one's own last step without touching anybody else's words.
//!
//! A step remembers letters and values, not positions. Taking it back removes its own letters where they are now, and
//! puts deleted ones back where they were; it sets a value back only if nobody set it since. Letters put back are new
//! letters, so each step before finds them through `reborn`.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ReadDoc as _, ScalarValue};
use seal::{DocId, ItemId, Time};

use crate::{
    cursor::Mark,
    document::Document,
    limits::UNDO_STEPS,
    path::{FieldPath, ListPath},
    records::GONE,
    touched::Touched,
};

/// Whose value a put changed: a field's, or what a record keeps about its place in a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    Field(FieldPath),
    Record(ListPath),
}

/// One thing done, with what is needed to take it back.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Typed {
        field: FieldPath,
        text: ObjId,
        gone: Gone,
        /// Runs of new letters: the first, and how many follow on.
        come: Vec<(Mark, usize)>,
    },
    Put {
        subject: Subject,
        home: ObjId,
        key: String,
        was: Option<ScalarValue>,
        now: Option<Mark>,
    },
    Added {
        item: ItemId,
    },
    /// What was done before this in the same step took an offer.
    Took {
        offer: (DocId, ItemId),
    },
}

/// Letters taken away, and those they stood between.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    pub(crate) letters: Vec<(Mark, char)>,
    pub(crate) behind: Option<Mark>,
    pub(crate) before: Option<Mark>,
}

/// What was done in one edit, and when.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    acts: Vec<Act>,
    at: Time,
}

/// What can be taken back and made again. It lives as long as the document is open.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    under_way: Vec<Act>,
    done: Vec<Step>,
    undone: Vec<Step>,
    reborn: BTreeMap<Mark, Mark>,
}

impl History {
    pub(crate) fn note(&mut self, act: Act) {
        self.under_way.push(act);
    }

    pub(crate) fn end_step(&mut self, at: Time) {
        if self.under_way.is_empty() {
            return;
        }
        self.done.push(Step { acts: std::mem::take(&mut self.under_way), at });
        self.undone.clear();
        if self.done.len() > UNDO_STEPS {
            self.done.remove(0);
        }
    }

    fn newest(&self, mut letter: Mark) -> Mark {
        while let Some(later) = self.reborn.get(&letter) {
            letter = *later;
        }
        letter
    }
}

/// When a step was made that is still open.
const UNCLOSED: Time = Time(i64::MAX);

impl Document {
    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.history.done.is_empty() || !self.history.under_way.is_empty()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.history.undone.is_empty() && self.history.under_way.is_empty()
    }

    /// When the step was made that [`Document::undo`] would take back, if there is one. One that is not closed is the last.
    pub fn undoes(&self) -> Option<Time> {
        let last = self.history.done.last().map(|step| step.at);
        if self.history.under_way.is_empty() { last } else { Some(UNCLOSED) }
    }

    /// When the step was made that [`Document::redo`] would make again, if there is one.
    pub fn redoes(&self) -> Option<Time> {
        self.history.undone.last().filter(|_| self.can_redo()).map(|step| step.at)
    }

    /// The offer that the step took which [`Document::undo`] would take back: its voice, and its record there.
    pub fn undoes_taking(&self) -> Option<(DocId, ItemId)> {
        let History { under_way, done, .. } = &self.history;
        let last = if under_way.is_empty() { &done.last()?.acts } else { under_way };
        last.iter().find_map(took)
    }

    /// The offer that the step took which [`Document::redo`] would make again.
    pub fn redoes_taking(&self) -> Option<(DocId, ItemId)> {
        self.history.undone.last().filter(|_| self.can_redo())?.acts.iter().find_map(took)
    }

    pub(crate) fn note_taking(&mut self, offer: (DocId, ItemId)) {
        self.history.note(Act::Took { offer });
    }

    /// Takes back this device's last step, in a burst that is left open for `close`. Never takes away what somebody else
    /// wrote, and works whatever they wrote since. None if there is nothing to take back.
    pub fn undo(&mut self) -> Option<Touched> {
        self.chain()?;
        self.history.end_step(UNCLOSED);
        let step = self.history.done.pop()?;
        let (touched, back) = self.take_back(step);
        self.history.undone.push(back);
        Some(touched)
    }

    /// Makes again what [`Document::undo`] took back last.
    pub fn redo(&mut self) -> Option<Touched> {
        self.chain()?;
        self.history.end_step(UNCLOSED);
        let step = self.history.undone.pop()?;
        let (touched, back) = self.take_back(step);
        self.history.done.push(back);
        Some(touched)
    }

    // What taking it back did is itself a step, and taking that back makes it again.
    fn take_back(&mut self, step: Step) -> (Touched, Step) {
        let mut touched = Touched::default();
        let Step { acts, at } = step;
        for act in acts.into_iter().rev() {
            match act {
                Act::Typed { field, text, gone, come } => {
                    self.take_letters(field, &text, &come, &mut touched);
                    self.bring_letters(field, &text, &gone, &mut touched);
                }
                Act::Put { subject, home, key, was, now } => {
                    let held = self.automerge.get(&home, key.as_str()).ok().flatten();
                    if held.and_then(|(_, id)| Mark::of(&id)) == now {
                        self.put(subject, &home, &key, was, &mut touched);
                    }
                }
                Act::Added { item } => {
                    let Some(record) = self.records.by_id.get(&item) else { continue };
                    let (list, object) = (record.list, record.object.clone());
                    if !self.others_wrote(&object) {
                        self.put(Subject::Record(list), &object, GONE, Some(true.into()), &mut touched);
                    }
                }
                Act::Took { offer } => self.note_taking(offer),
            }
        }
        (touched, Step { acts: std::mem::take(&mut self.history.under_way), at })
    }

    fn take_letters(&mut self, field: FieldPath, text: &ObjId, runs: &[(Mark, usize)], touched: &mut Touched) {
        let letters = runs.iter().flat_map(|(first, count)| {
            (0..*count as u64).map(|further| Mark { counter: first.counter + further, chain: first.chain })
        });
        let mut places: Vec<usize> = letters
            .map(|letter| self.history.newest(letter))
            .filter_map(|letter| self.find(text, letter, true))
            .filter_map(|(at, visible)| visible.then_some(at))
            .collect();
        places.sort_unstable();
        places.dedup();
        // From the end, run by run, so that the places before stay right.
        while let Some(end) = places.pop() {
            let mut start = end;
            while places.last().is_some_and(|before| before + 1 == start) {
                start = places.pop().expect("just looked at");
            }
            self.splice_text(field, text, start, end + 1 - start, "", touched);
        }
    }

    fn bring_letters(&mut self, field: FieldPath, text: &ObjId, gone: &Gone, touched: &mut Touched) {
        let mut rest = &gone.letters[..];
        let mut behind = gone.behind;
        while let Some(((first, _), _)) = rest.split_first() {
            let Some(at) = self.place_of(text, *first, behind, gone.before) else {
                rest = &rest[1..];
                continue;
            };
            // Deleted letters that nothing stands between come back as one.
            let together = |letter: Mark| self.place_of(text, letter, behind, gone.before) == Some(at);
            let count = rest.iter().take_while(|(letter, _)| together(*letter)).count();
            let (now, later) = rest.split_at(count);
            let words: String = now.iter().map(|(_, letter)| letter).collect();
            self.splice_text(field, text, at, 0, &words, touched);
            for (further, (old, _)) in now.iter().enumerate() {
                let newest = self.history.newest(*old);
                if let Some(letter) = self.letter(text, at + further)
                    && letter != newest
                {
                    self.history.reborn.insert(newest, letter);
                }
                behind = Some(*old);
            }
            rest = later;
        }
    }

    // Where a deleted letter is to come back: where it was, but never on the wrong side of its neighbours. (automerge
    // puts new letters right behind a visible one, before any deleted ones, so the place it had is not enough when its
    // neighbours came back before it.)
    fn place_of(&self, text: &ObjId, letter: Mark, behind: Option<Mark>, before: Option<Mark>) -> Option<usize> {
        let (at, _) = self.find(text, self.history.newest(letter), true)?;
        let shown = |neighbour: Option<Mark>| {
            let (at, visible) = self.find(text, self.history.newest(neighbour?), true)?;
            visible.then_some(at)
        };
        let at = shown(before).map_or(at, |before| at.min(before));
        Some(shown(behind).map_or(at, |behind| at.max(behind + 1)))
    }

    fn others_wrote(&self, object: &ObjId) -> bool {
        let ours = |id: &ObjId| Mark::of(id).map(|mark| mark.chain) == self.chain();
        match self.automerge.object_type(object) {
            Ok(ObjType::Text) => (0..self.automerge.length(object))
                .any(|at| self.letter(object, at).is_some_and(|letter| Some(letter.chain) != self.chain())),
            Ok(ObjType::Map | ObjType::Table | ObjType::List) => {
                let entries: Vec<ObjId> = self.automerge.map_range(object, ..).map(|entry| entry.id()).collect();
                entries.iter().any(|id| !ours(id) || self.others_wrote(id))
            }
            Err(_) => false,
        }
    }
}

fn took(act: &Act) -> Option<(DocId, ItemId)> {
    match act {
        Act::Took { offer } => Some(*offer),
        Act::Typed { .. } | Act::Put { .. } | Act::Added { .. } => None,
    }
}
