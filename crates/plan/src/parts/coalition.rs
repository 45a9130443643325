//! A group's plan, with counts and no personal data; and help near me.

use super::{holdings, needs::AGENCY_ANSWERS};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Line, Money, Person, Quantity, Ref, Refs, Scale, Text},
    Group, Opens, Part,
};

pub(super) const COALITION: Part = Part {
    code: "coalition",
    label: "coalition",
    group: Group::Coalition,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["coalition":
        "name" Line,
        "place" Line,
        "purpose" Line,
        "agenda" Text,
        "alone" Text,
        "principles" Text,
        "lived-experience" Line,
        "partnership" Choice(&["working-together", "joint-working", "shared-care", "integrated", "joint-service"]),
        "backbone" Line,
        "backbone-people" Line,
        "backbone-tasks" Text,
    ],
    lists: &[
        list!("problem", "coalition-problem" { "whose" Line, "words" Text }),
        list!("partners", "coalition-partners" {
            "name" Line, "representative" Person, "gives" Text, "needs" Text, "joined" Date,
        }),
        list!("measures", "coalition-measures" {
            "name" Line,
            "definition" Text,
            "unit" Line,
            "source" Line,
            "how-often" Choice(&["week", "month", "quarter", "year"]),
            "baseline" Quantity,
            "baseline-on" Date,
            "target" Quantity,
            "direction" Choice(&["up", "down"]),
        } [
            list!("values", "coalition-values" {
                "on" Date, "partner" Line, "value" Quantity, "note" Line, "written-by" Person,
            }),
        ]),
        list!("activities", "coalition-activities" {
            "partner" Line,
            "what" Line,
            "for" Refs(&["coalition.measures"]),
            "start" Date,
            "end" Date,
            "after" Refs(&["coalition.activities"]),
            "status" Choice(&["idea", "agreed", "started", "done", "stopped"]),
        }),
        list!("strategies", "coalition-strategies" { "what" Line, "words" Text }),
        list!("unmet", "coalition-unmet" {
            "what" Line, "count" Scale(0, 100_000), "since" Date, "owner" Person, "story" Ref(&["evidence"]),
        } [
            AGENCY_ANSWERS,
        ]),
        list!("funding", "coalition-funding" { "what" Line, "funder" Line, "held-by" Line, "amount" Money }),
        list!("learning", "coalition-learning" {
            "on" Date, "tried" Text, "learned" Text, "pleased" Text, "concerned" Text, "next" Text,
        }),
    ],
    holdings: holdings::PARTNERS,
    voice: voice!(
        "coalition-voice",
        list!("conditions", "coalition-voice-conditions" {
            "condition" Choice(&["agenda", "measures", "activities", "talking", "backbone"]),
            "score" Scale(0, 3),
            "on" Date,
            "words" Text,
        }),
    ),
};

pub(super) const RESOURCES: Part = Part {
    code: "resources",
    label: "resources",
    group: Group::Resources,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("resources", "resources-resources" => "resources" {
        "name" Line,
        "what" Text,
        "organisation" Line,
        "status" Choice(&["open", "paused", "closed"]),
        "who-can-go" Text,
        "ages" Line,
        "how" Text,
        "cost" Line,
        "waiting" Line,
        "where" Line,
        "times" Line,
        "languages" Line,
        "telephone" Line,
        "email" Line,
        "web" Line,
        "checked" Date,
        "checked-by" Line,
        "alert" Line,
    })],
    holdings: holdings::EVERYBODY,
    voice: voice!("resources-voice"),
};
