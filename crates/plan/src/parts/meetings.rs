//! Decisions and open questions, meetings and reviews.

use super::{
    holdings,
    voice::{AGREES, FACES},
};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, Moment, People, Person, Ref, Refs, Scale, Text, YesNo},
    Group, Opens, Part,
};

pub(super) const DECISIONS: Part = Part {
    code: "decisions",
    label: "decisions",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("decisions", "decisions-decisions" => "decisions" {
        "question" Line,
        "matters" Text,
        "information" Text,
        "people" People,
        "supported" Text,
        "status" Choice(&["open", "decided", "changed", "set-aside"]),
        "decision" Text,
        "decided-by" Person,
        "on" Date,
        "review" Date,
        "for" Refs(&["goals", "needs"]),
        "based-on" Refs(&["evidence"]),
    } [
        list!("options", "decisions-options" { "what" Line, "good" Text, "not-so-good" Text }),
        // What somebody without a device said; whoever has one says it in their voice.
        list!("positions", "decisions-positions" {
            "whose" Person, "prefers" Line, "words" Text, "written-by" Person,
        }),
        list!("held-back", "decisions-held-back" { "what" Line, "why" Text, "until" Date }),
    ])],
    holdings: holdings::TOGETHER,
    voice: voice!(
        "decisions-voice",
        list!("positions", "decisions-voice-positions" {
            "about" Ref(&["decisions"]),
            "prefers" Ref(&["decisions"]),
            "answer" Choice(&["yes", "no", "not-sure"]),
            "words" Text,
        }),
        list!("reservations", "decisions-voice-reservations" { "about" Ref(&["decisions"]), "words" Text }),
    ),
};

/// What a meeting may be.
const KINDS: &[&str] = &[
    "circle",
    "review",
    "light-check",
    "family-team",
    "case-conference",
    "case-review",
    "core-group",
    "strategy",
    "coalition",
];

pub(super) const MEETINGS: Part = Part {
    code: "meetings",
    label: "meetings",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["meetings":
        "next-review" Date,
        "interval" Choice(&["six-weeks", "two-months", "three-months", "six-months", "year", "other"]),
        "responsible" Person,
    ],
    lists: &[list!("meetings", "meetings-meetings" => "meetings" {
        "title" Line,
        "kind" Choice(KINDS),
        "when" Moment,
        "where" Line,
        "called-by" Person,
        "purpose" Text,
        "chair" Person,
        "note-taker" Person,
        "status" Choice(&["planned", "held", "called-off"]),
        "how-heard" Text,
        "notes" Text,
        "decisions" Refs(&["decisions"]),
        "actions" Refs(&["actions"]),
        "next-time" Date,
        "files" Files,
    } [
        list!("invites", "meetings-invites" {
            "who" Person,
            "reply" Choice(&["coming", "not-coming", "not-sure"]),
            "attended" Choice(&["here", "sent-views", "absent", "left-early"]),
            "role" Line,
            "support-needed" Text,
        }),
        list!("agenda", "meetings-agenda" {
            "topic" Line,
            "put-by" Person,
            "minutes" Scale(0, 480),
            "persons-item" YesNo,
            "notes" Text,
            "decisions" Refs(&["decisions"]),
            "actions" Refs(&["actions"]),
        }),
        list!("round", "meetings-round" {
            "heading" Choice(&["like-admire", "important-now", "important-later", "question"]),
            "words" Text,
            "said-by" Person,
        }),
        list!("matrix", "meetings-matrix" {
            "topic" Line, "whose" Person, "side" Choice(&["working", "not-working"]), "words" Text,
        }),
        list!("goal-checks", "meetings-goal-checks" {
            "goal" Ref(&["goals"]),
            "changed" YesNo,
            "what-now" Choice(&["keep", "change", "stop"]),
            "words" Text,
        }),
        // What somebody without a device said; whoever has one says it in their voice.
        list!("views", "meetings-views" {
            "whose" Person, "working" Text, "not-working" Text, "talk-about" Text, "files" Files, "written-by" Person,
        }),
        list!("heard", "meetings-heard" {
            "whose" Person, "heard" Choice(FACES), "words" Text, "written-by" Person,
        }),
        list!("dissent", "meetings-dissent" { "whose" Person, "what" Line, "words" Text, "written-by" Person }),
    ])],
    holdings: holdings::TOGETHER,
    voice: voice!(
        "meetings-voice",
        list!("before", "meetings-voice-before" {
            "about" Ref(&["meetings"]), "working" Text, "not-working" Text, "talk-about" Text, "files" Files,
        }),
        list!("dissent", "meetings-voice-dissent" { "about" Ref(&["meetings"]), "what" Line, "words" Text }),
        list!("how-was-it", "meetings-voice-how-was-it" {
            "about" Ref(&["meetings"]),
            "heard" Choice(FACES),
            "talked-most" Person,
            "words" Text,
            "files" Files,
        }),
        list!("agreements", "meetings-voice-agreements" {
            "about" Ref(&["meetings"]), "answer" Choice(AGREES), "on" Date, "words" Text,
        }),
        list!("co-evaluations", "meetings-voice-co-evaluations" {
            "about" Ref(&["meetings"]),
            "on" Date,
            "still-mine" Scale(0, 10),
            "still-mine-words" Text,
            "did-it" Scale(0, 10),
            "did-it-words" Text,
            "changed" Scale(0, 10),
            "changed-words" Text,
            "differently" Scale(0, 10),
            "differently-words" Text,
            "files" Files,
        }),
    ),
};
