//! What somebody needs help with, who answered, and the help they get.

use super::holdings;
use crate::{
    part::{
        Copies,
        FieldKind::{Choice, Date, Line, Person, Ref, Refs, Text},
        Group, List, Opens, Part,
    },
    template::AREAS,
};

/// Where in a life something belongs. The areas of well-being of the Care Act s.1(2), in plain words.
pub(super) const DOMAINS: &[&str] = &[
    "health",
    "feelings",
    "personal-care",
    "home",
    "family",
    "friends",
    "work-learning",
    "free-time",
    "money",
    "safety",
    "choice",
    "getting-about",
    "independent-living",
];

/// Rights a need may rest on.
const RIGHTS: &[&str] = &[
    "heard",
    "home",
    "family",
    "safe",
    "health",
    "learn",
    "work",
    "move",
    "private",
    "believe",
    "take-part",
    "live-well",
];

/// What an agency said about something asked of it.
pub(super) const AGENCY_ANSWERS: List = list!("answers", "answers" {
    "agency" Line,
    "on" Date,
    "answer" Choice(&["ours", "partly", "not-ours", "waiting"]),
    "reason" Text,
    "appeal-by" Date,
});

pub(super) const NEEDS: Part = Part {
    code: "needs",
    label: "needs",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("needs", "needs-needs" => "needs" {
        "what" Line,
        "practical" Text,
        "feelings" Text,
        "already" Text,
        "prevent" Text,
        "domain" Choice(DOMAINS),
        "area" Choice(AREAS),
        "right" Choice(RIGHTS),
        "whose" Person,
        "raised-by" Person,
        "since" Date,
        "owner" Person,
        "status" Choice(&["open", "being-met", "watching", "closed"]),
        "eligible" Choice(&["yes", "no", "not-said"]),
        "based-on" Refs(&["evidence"]),
    } [
        AGENCY_ANSWERS,
        // What somebody without a device said; whoever has one says it in their voice.
        list!("perspectives", "needs-perspectives" { "whose" Person, "words" Text, "written-by" Person }),
    ])],
    holdings: holdings::TOGETHER,
    voice: voice!(
        "needs-voice",
        list!("perspectives", "needs-voice-perspectives" { "about" Ref(&["needs"]), "words" Text }),
        list!("held", "needs-voice-held" {
            "about" Ref(&["needs"]), "answer" Choice(&["yes", "no"]), "on" Date, "words" Text,
        }),
    ),
};

pub(super) const SUPPORTS: Part = Part {
    code: "supports",
    label: "supports",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("supports", "supports-supports" => "supports" {
        "what" Line,
        "kind" Choice(&["informal", "community", "mainstream", "funded"]),
        "who" Person,
        "provider" Line,
        "days" Line,
        "where" Line,
        "start" Date,
        "end" Date,
        "for" Refs(&["goals", "needs"]),
        "area" Choice(&[AREAS[0], AREAS[1], AREAS[2], "place"]),
        "status" Choice(&["idea", "asked", "quoted", "agreed", "started", "ended"]),
        "chosen-by" Person,
        "match" Text,
        "paid-from" Refs(&["money.lines"]),
        "resource" Ref(&["resources"]),
        "contact" Line,
    })],
    holdings: holdings::DAY_BY_DAY,
    voice: voice!(
        "supports-voice",
        list!("matches", "supports-voice-matches" {
            "about" Ref(&["supports"]), "on" Date, "face" Choice(super::voice::FACES), "words" Text,
        }),
    ),
};
