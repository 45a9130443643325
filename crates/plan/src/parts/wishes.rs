//! Strengths, what somebody wants, and who will do what.

use super::{holdings, needs::DOMAINS};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, People, Person, Ref, Refs, Scale, Text, YesNo},
    Group, Opens, Part,
};

pub(super) const STRENGTHS: Part = Part {
    code: "strengths",
    label: "strengths",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("strengths", "strengths-strengths" => "strengths" {
        "what" Line,
        "words" Text,
        "kind" Choice(&["skill", "person", "place", "thing"]),
        "whose" Person,
        "pictures" Files,
        "said-by" Person,
    })],
    holdings: holdings::EVERYBODY,
    voice: voice!("strengths-voice"),
};

pub(super) const GOALS: Part = Part {
    code: "goals",
    label: "goals",
    group: Group::Plan,
    opens: Opens::WithThePlan,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("goals", "goals-goals" => "goals" {
        "words" Text,
        "why" Text,
        "means" Text,
        "whose" Person,
        "for-whom" Line,
        "importance" Scale(1, 10),
        "horizon" Choice(&["soon", "this-year", "one-day"]),
        "target" Date,
        "status" Choice(&["hope", "active", "not-yet", "on-hold", "reached", "keeping-it-up", "let-go"]),
        "helps" Text,
        "hinders" Text,
        "level-much-less" Line,
        "level-less" Line,
        "level-expected" Line,
        "level-better" Line,
        "level-much-better" Line,
        "after" Refs(&["goals"]),
        "said-by" Person,
        "domain" Choice(DOMAINS),
        "rank" Scale(1, 99),
        "needs" Refs(&["needs"]),
        "now" Scale(-2, 2),
        "review" Date,
        "based-on" Refs(&["evidence"]),
        "pictures" Files,
    } [
        list!("stages", "goals-stages" {
            "what" Line,
            "target" Date,
            "status" Choice(&["hope", "active", "not-yet", "on-hold", "reached", "let-go"]),
            "outcome" Text,
        }),
        list!("barriers", "goals-barriers" { "what" Line, "would-help" Line }),
        list!("outcomes", "goals-outcomes" {
            "what" Text, "on" Date, "said-by" Person, "based-on" Refs(&["evidence"]),
        }),
        // What somebody without a device said; whoever has one says it in their voice.
        list!("scores", "goals-scores" {
            "whose" Person, "on" Date, "score" Scale(-2, 2), "rating" Scale(0, 10), "words" Text, "written-by" Person,
        }),
    ])],
    holdings: holdings::WISHES,
    voice: voice!(
        "goals-voice",
        list!("scores", "goals-voice-scores" {
            "about" Ref(&["goals"]), "on" Date, "score" Scale(-2, 2), "words" Text,
        }),
        list!("ratings", "goals-voice-ratings" {
            "about" Ref(&["goals"]), "on" Date, "rating" Scale(0, 10), "words" Text,
        }),
        list!("perspectives", "goals-voice-perspectives" { "about" Ref(&["goals"]), "words" Text, "files" Files }),
    ),
};

// `status` is what the circle wrote down. Accepting is the named person's own act and stands in their voice; `accepted`
// is for those who have none.
pub(super) const ACTIONS: Part = Part {
    code: "actions",
    label: "actions",
    group: Group::Plan,
    opens: Opens::WithThePlan,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("actions", "actions-actions" => "actions" {
        "what" Text,
        "for" Refs(&["goals", "needs"]),
        "who" People,
        "with" People,
        "kind" Choice(&["do", "stand-alongside", "find-out", "refer", "ask", "arrange", "remind"]),
        "when" Date,
        "repeats" Line,
        "where" Line,
        "first-step" Line,
        "what-if" Text,
        "confidence" Scale(1, 10),
        "after" Refs(&["actions"]),
        "status" Choice(&["idea", "asked", "agreed", "doing", "done", "changed", "not-done", "said-no"]),
        "alone" YesNo,
        "promised" Date,
        "done" Date,
        "review" Date,
        "note" Text,
        "said-by" Person,
        "sign" Line,
        "accepted" People,
        "changed-to" Date,
        "reason" Text,
        "meeting" Ref(&["meetings"]),
        "files" Files,
    })],
    holdings: holdings::TOGETHER,
    voice: voice!(
        "actions-voice",
        list!("acceptances", "actions-voice-acceptances" {
            "about" Ref(&["actions"]),
            "answer" Choice(&["agreed", "said-no", "later"]),
            "on" Date,
            "promised" Date,
            "words" Text,
        }),
        list!("promises", "actions-voice-promises" {
            "about" Ref(&["actions"]),
            "said" Choice(&["done", "changed", "not-done"]),
            "on" Date,
            "changed-to" Date,
            "words" Text,
        }),
    ),
};
