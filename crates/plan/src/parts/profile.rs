//! Who somebody is: the cover, about me, the one page, person-centred tools, equipment, medicines.

use super::{holdings, voice::FACES};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, People, Person, Scale, Text},
    Group, List, Opens, Part,
};

/// The parts that somebody may ask for: what is begun when it is first used, and belongs to the plan.
const ASKED_FOR: &[&str] = &[
    "one-page",
    "person-centred",
    "circle",
    "deciding",
    "capacity",
    "strengths",
    "needs",
    "supports",
    "risks",
    "contingency",
    "keeping-well",
    "money",
    "decisions",
    "log",
    "evidence",
    "meetings",
    "equipment",
    "medicines",
    "agreement",
    "papers",
    "sharing",
    "coalition",
    "resources",
];

/// A part that I would write in, had whoever has the say over the plan begun it.
const WANTED: List = list!("wanted", "cover-voice-wanted" {
    "part" Choice(ASKED_FOR),
    "words" Text,
});

pub(super) const COVER: Part = Part {
    code: "cover",
    label: "cover",
    group: Group::Profile,
    opens: Opens::WithThePlan,
    copies: Copies::One,
    fields: fields!["cover":
        "title" Line,
        "preferred-name" Line,
        "pronouns" Line,
        "languages" Line,
        "kind" Choice(&["adult", "child-family", "carer", "ehcp", "ndis", "coalition"]),
        "picture" Files,
        "template" Choice(&["seven-questions", "care-act", "ndis", "ehcp", "family-team", "carer", "coalition"]),
        "status" Choice(&["being-written", "in-use", "being-looked-at", "ended"]),
        "stage" Choice(&["finding-out", "planning", "agreeing", "support", "looking-again"]),
        // From when on the plan says something by itself; empty is as every plan begins (`checks/noticing.rs`).
        "notice-week" Scale(1, 100),
        "notice-month" Scale(1, 100),
        "notice-severity" Scale(1, 3),
        "notice-agencies" Scale(1, 50),
        "notice-answer" Scale(1, 365),
        "notice-nobodys" Scale(1, 365),
        "notice-soon" Scale(1, 365),
        "notice-vague" Text,
        "notice-fine" Text,
    ],
    lists: &[],
    holdings: holdings::THEIRS,
    voice: voice!("cover-voice", WANTED),
};

pub(super) const COVER_DETAILS: Part = Part {
    code: "cover-details",
    label: "cover-details",
    group: Group::Apart,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["cover-details":
        "full-name" Line,
        "date-of-birth" Date,
        "address" Text,
        "telephone" Line,
        "email" Line,
        "health-number" Line,
        "care-number" Line,
        "other-numbers" Text,
    ],
    lists: &[],
    holdings: holdings::NAMED,
    voice: voice!("cover-details-voice"),
};

pub(super) const ABOUT_ME: Part = Part {
    code: "about-me",
    label: "about-me",
    group: Group::Profile,
    opens: Opens::WithThePlan,
    copies: Copies::One,
    fields: fields!["about-me":
        "important" Text,
        "people" Text,
        "communication" Text,
        "wellness" Text,
        "please" Text,
        "support" Text,
        "also" Text,
        "helped-by" People,
        "updated" Date,
        "important-files" Files,
        "people-files" Files,
        "communication-files" Files,
        "wellness-files" Files,
        "please-files" Files,
        "support-files" Files,
        "also-files" Files,
    ],
    lists: &[],
    holdings: holdings::HELPED,
    voice: voice!("about-me-voice"),
};

pub(super) const ONE_PAGE: Part = Part {
    code: "one-page",
    label: "one-page",
    group: Group::Profile,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["one-page": "pictures" Files, "updated" Date],
    lists: &[
        list!("admire", "one-page-admire" { "what" Line, "said-by" Person }),
        list!("important", "one-page-important" { "what" Line }),
        list!("support", "one-page-support" { "what" Line }),
    ],
    holdings: holdings::PROPOSED,
    voice: voice!("one-page-voice"),
};

/// What is going well and what is not, seen from one side.
const SIDES: &[&str] = &["working", "not-working"];

const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub(super) const PERSON_CENTRED: Part = Part {
    code: "person-centred",
    label: "person-centred",
    group: Group::Profile,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[
        list!("important-to", "person-centred-important-to" { "what" Line, "said-by" Person }),
        list!("important-for", "person-centred-important-for" { "what" Line, "said-by" Person }),
        list!("good-day", "person-centred-good-day" { "what" Line, "said-by" Person }),
        list!("bad-day", "person-centred-bad-day" { "what" Line, "said-by" Person }),
        // What somebody without a device said; whoever has one says it in their voice.
        list!("working", "person-centred-working" {
            "topic" Line, "whose" Person, "side" Choice(SIDES), "words" Text, "written-by" Person,
        }),
        list!("communication", "person-centred-communication" {
            "happening" Line, "i-do" Line, "it-means" Line, "please-do" Line, "pictures" Files,
        }),
        list!("week", "person-centred-week" {
            "day" Choice(WEEKDAYS), "from" Line, "to" Line, "what" Line, "with" People,
        }),
    ],
    holdings: holdings::EVERYBODY,
    voice: voice!(
        "person-centred-voice",
        list!("working", "person-centred-voice-working" { "topic" Line, "side" Choice(SIDES), "words" Text }),
        list!("outlooks", "person-centred-voice-outlooks" {
            "on" Date, "worried" Text, "going-well" Text, "needs-to-happen" Text, "rating" Scale(0, 10),
        }),
        list!("feelings", "person-centred-voice-feelings" { "on" Date, "face" Choice(FACES), "words" Text, "files" Files }),
    ),
};

pub(super) const EQUIPMENT: Part = Part {
    code: "equipment",
    label: "equipment",
    group: Group::Profile,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("equipment", "equipment-equipment" => "equipment" {
        "what" Line,
        "kind" Choice(&["equipment", "access", "adjustment"]),
        "where" Line,
        "since" Date,
        "without" Text,
        "looked-after-by" Person,
        "review" Date,
        "pictures" Files,
    })],
    holdings: holdings::EVERYBODY,
    voice: voice!("equipment-voice"),
};

pub(super) const MEDICINES: Part = Part {
    code: "medicines",
    label: "medicines",
    group: Group::Profile,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("medicines", "medicines-medicines" => "medicines" {
        "name" Line,
        "why" Line,
        "how" Text,
        "from" Date,
        "to" Date,
        "source" Line,
        "checked" Date,
    })],
    holdings: holdings::AT_HOME,
    voice: voice!("medicines-voice"),
};
