//! What somebody and those around them tried, and what it taught them: the "4 plus 1 questions" of the person-centred thinking tools.

use super::holdings;
use crate::part::{
    Copies,
    FieldKind::{Date, Files, People, Ref, Refs, Text},
    Group, Opens, Part,
};

pub(super) const LEARNING: Part = Part {
    code: "learning",
    label: "learning",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("learning", "learning-learning" => "learning" {
        "tried" Text,
        "on" Date,
        "who" People,
        "learned" Text,
        "pleased" Text,
        "concerned" Text,
        "next" Text,
        "about" Refs(&["goals", "needs", "actions", "supports", "risks"]),
        "files" Files,
    })],
    // Everybody who tries something with the person writes down what came of it, their advocate too.
    holdings: holdings::TOGETHER,
    // What somebody learned differently stands beside it in their own name.
    voice: voice!(
        "learning-voice",
        list!("perspectives", "learning-voice-perspectives" { "about" Ref(&["learning"]), "words" Text }),
    ),
};
