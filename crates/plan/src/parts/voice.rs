//! What every voice has: comments, proposals, and answers to what others propose or ask.

use crate::part::{
    FieldKind::{Choice, Date, Line, Person, Ref, Text, YesNo},
    List,
};

/// A record, or with nothing chosen the part as a whole.
const ABOUT: crate::part::FieldKind = Ref(&[]);

/// The faces one may answer with.
pub(super) const FACES: &[&str] = &["good", "so-so", "not-good"];

/// How somebody agrees.
pub(super) const AGREES: &[&str] = &["yes", "yes-but", "no"];

/// Words beside a record or a field. `place` is where in a text, as two cursors.
pub(super) const COMMENTS: List = list!("comments", "voice-comments" {
    "about" ABOUT,
    "field" Line,
    "place" Line,
    "words" Text,
    "to" Ref(&[]),
    "for-whom" Person,
    "settled" YesNo,
});

/// What I would change, for those who may. Of a field: its words, or its answer in words, as they were when I offered this, and
/// what they would be. Or one more record of the list `field`, with what stands in it; or a record less; or a record
/// behind another one, which the words name; behind none it is the first.
pub(super) const PROPOSALS: List = list!("proposals", "voice-proposals" {
    "about" ABOUT,
    "does" Choice(&["change", "add", "take-out", "move"]),
    "field" Line,
    "instead-of" Text,
    "words" Text,
    "why" Text,
    "taken-back" YesNo,
} [
    list!("with", "voice-proposals-with" { "field" Line, "words" Text }),
]);

/// An answer to a proposal, a question or a changed final say, by whoever has to answer. `in-voice` is the voice in which a
/// proposal lies: its record alone could be borrowed by another one.
pub(super) const ANSWERS: List = list!("answers", "voice-answers" {
    "to" Ref(&[]),
    "in-voice" Line,
    "answer" Choice(&["yes", "no", "later"]),
    "on" Date,
    "words" Text,
});
