//! What belongs to one person: a carer's own page, what somebody puts apart, and private notes.

use super::{holdings, voice::FACES};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, Person, Text, YesNo},
    Group, Opens, Part,
};

pub(super) const CARER: Part = Part {
    code: "carer",
    label: "carer",
    group: Group::Carer,
    opens: Opens::WhenUsed,
    copies: Copies::EachOwner,
    fields: fields!["carer":
        "name" Line,
        "for-whom" Line,
        "what-i-do" Text,
        "how-i-am" Text,
        "willing" Text,
        "my-life" Text,
        "work" Text,
        "breaks" Text,
        "if-i-cannot" Text,
        "worries" Text,
        "wants" Text,
        "review" Date,
    ],
    lists: &[
        list!("support", "carer-support" {
            "what" Line,
            "who" Person,
            "when" Line,
            "status" Choice(&["idea", "asked", "agreed", "started", "ended"]),
        }),
        list!("check-ins", "carer-check-ins" { "on" Date, "face" Choice(FACES), "words" Text }),
    ],
    holdings: holdings::NOBODY,
    voice: voice!("carer-voice"),
};

pub(super) const SENSITIVE: Part = Part {
    code: "sensitive",
    label: "sensitive",
    group: Group::Apart,
    opens: Opens::WhenUsed,
    copies: Copies::Named,
    fields: fields!["sensitive": "name" Line, "words" Text],
    lists: &[list!("notes", "sensitive-notes" {
        "title" Line, "words" Text, "on" Date, "said-by" Person, "files" Files,
    })],
    holdings: holdings::PERSON,
    voice: voice!("sensitive-voice"),
};

pub(super) const MINE: Part = Part {
    code: "mine",
    label: "mine",
    group: Group::Mine,
    opens: Opens::OnThisDevice,
    copies: Copies::EachOwner,
    fields: fields!["mine": "notes" Text],
    lists: &[
        list!("drafts", "mine-drafts" { "words" Text, "for-field" Line, "on" Date }),
        list!("my-day", "mine-my-day" { "what" Line, "on" Date, "done" YesNo }),
        // What the plan noticed and I said "not now" to, by the check's own name for it.
        list!("put-off", "mine-put-off" { "what" Line, "on" Date }),
    ],
    holdings: holdings::NOBODY,
    voice: None,
};
