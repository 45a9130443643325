//! Who is in somebody's life, and who decides what.

use super::{holdings, voice::AGREES};
use crate::part::{
    Copies,
    FieldKind::{Choice, Choices, Date, Files, Line, People, Person, Ref, Text, YesNo},
    Group, Opens, Part,
};

/// What somebody may be in a life: the roles of the circle, and what no invitation names.
const ROLES: &[&str] = &[
    "carer",
    "family",
    "friend",
    "neighbour",
    "supporter",
    "peer",
    "worker",
    "lead",
    "advocate",
    "representative",
    "community",
];

pub(super) const CIRCLE: Part = Part {
    code: "circle",
    label: "circle",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["circle": "good-supporter" Text],
    lists: &[list!("circle", "circle-circle" => "circle" {
        "name" Line,
        "person" Person,
        "relation" Line,
        "roles" Choices(ROLES),
        "ring" Choice(&["close", "friends", "community", "paid"]),
        "organisation" Line,
        "telephone" Line,
        "email" Line,
        "contact" Text,
        "emergency" YesNo,
        "do-not-contact" YesNo,
        "parental-responsibility" YesNo,
        "start" Date,
        "end" Date,
        "does" Text,
        "judgement" Text,
        "not-mine" Text,
        "lead" YesNo,
        "authority" Text,
        "deputy" Person,
        "pictures" Files,
    })],
    holdings: holdings::EVERYBODY,
    voice: voice!("circle-voice", list!("thanks", "circle-voice-thanks" { "whom" Person, "on" Date, "words" Text }),),
};

pub(super) const DECIDING: Part = Part {
    code: "deciding",
    label: "deciding",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[
        list!("deciding", "deciding-deciding" => "deciding" {
            "what" Line,
            "information" Text,
            "helps" People,
            "how-to-help" Text,
            "final-say" Person,
            "status" Choice(&["proposed", "agreed"]),
            "agreed" Date,
            "review" Date,
        }),
        list!("representatives", "deciding-representatives" {
            "who" Person,
            "kind" Choice(&[
                "advocate", "attorney-health", "attorney-money", "deputy", "appointee", "nominee", "parent", "other",
            ]),
            "what" Line,
            "document-seen" YesNo,
            "where" Line,
            "from" Date,
            "to" Date,
        }),
    ],
    holdings: holdings::DECIDING,
    voice: voice!(
        "deciding-voice",
        list!("agreements", "deciding-voice-agreements" {
            "about" Ref(&["deciding"]),
            // A yes is to this name and no other: who writes another one there has to ask again.
            "final-say" Person,
            "answer" Choice(AGREES),
            "on" Date,
            "words" Text,
        }),
    ),
};

pub(super) const CAPACITY: Part = Part {
    code: "capacity",
    label: "capacity",
    group: Group::Apart,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("capacity", "capacity-capacity" => "capacity" {
        "decision" Line,
        "on" Date,
        "outcome" Choice(&["can-decide", "can-with-help", "cannot-now", "not-clear"]),
        "words" Text,
        "by" Person,
        "helped-by" People,
        "review" Date,
        "files" Files,
    })],
    holdings: holdings::NAMED,
    voice: voice!("capacity-voice"),
};
