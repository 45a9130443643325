//! What could go wrong and why it is worth it, what to do if it does, and keeping well.

use super::holdings;
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, People, Person, Ref, Refs, Scale, Text},
    Group, Opens, Part,
};

pub(super) const RISKS: Part = Part {
    code: "risks",
    label: "risks",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("risks", "risks-risks" => "risks" {
        "what" Line,
        "for-whom" Choice(&["me", "others", "both"]),
        "means" Text,
        "reason" Text,
        "will-do" Text,
        "sure" Scale(1, 10),
        "agreed" People,
        "goals" Refs(&["goals"]),
        "from" Date,
        "to" Date,
        "review" Date,
        "said-by" Person,
    } [
        // What somebody without a device said; whoever has one says it in their voice.
        list!("disagreements", "risks-disagreements" { "whose" Person, "words" Text, "written-by" Person }),
    ])],
    holdings: holdings::TOGETHER,
    voice: voice!(
        "risks-voice",
        list!("views", "risks-voice-views" {
            "about" Ref(&["risks"]), "view" Choice(&["agree", "partly", "disagree"]), "on" Date, "words" Text,
        }),
    ),
};

pub(super) const CONTINGENCY: Part = Part {
    code: "contingency",
    label: "contingency",
    group: Group::Profile,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("contingency", "contingency-contingency" => "contingency" {
        "name" Line,
        "where-things-are" Text,
        "agreed-by" People,
        "responsible" Person,
        "review" Date,
        "files" Files,
    } [
        list!("triggers", "contingency-triggers" { "what" Line }),
        list!("early-signs", "contingency-early-signs" { "what" Line }),
        list!("steps", "contingency-steps" { "what" Line, "who" Person }),
        list!("please-dont", "contingency-please-dont" { "what" Line }),
        list!("ring", "contingency-ring" { "who" Person, "telephone" Line, "when" Line }),
        list!("coping", "contingency-coping" { "what" Line }),
    ])],
    holdings: holdings::DAY_BY_DAY,
    voice: voice!("contingency-voice"),
};

pub(super) const KEEPING_WELL: Part = Part {
    code: "keeping-well",
    label: "keeping-well",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["keeping-well":
        "like-when-well" Text,
        "wishes" Text,
        "afterwards" Text,
        "updated" Date,
    ],
    lists: &[
        list!("every-day", "keeping-well-every-day" { "what" Line }),
        list!("triggers", "keeping-well-triggers" { "what" Line, "i-do" Line }),
        list!("early-signs", "keeping-well-early-signs" { "what" Line, "i-do" Line }),
        list!("breaking-down", "keeping-well-breaking-down" { "what" Line, "i-do" Line }),
    ],
    holdings: holdings::PERSON,
    voice: voice!("keeping-well-voice"),
};
