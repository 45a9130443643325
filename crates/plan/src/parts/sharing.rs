//! Who may see this, what was shared, who agrees, other papers. The signed statements of the circle say who holds what; here
//! stands only what they cannot say.

use super::{holdings, voice::AGREES};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, Moment, People, Person, Ref, Text, YesNo},
    Group, Opens, Part,
};

pub(super) const SHARING: Part = Part {
    code: "sharing",
    label: "sharing",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[
        list!("agreements", "sharing-agreements" {
            "purpose" Line,
            "people" People,
            "organisations" Line,
            "what" Line,
            "not-what" Line,
            "may" Choice(&["read", "suggest", "write"]),
            "pass-on" Choice(&["no", "ask"]),
            "basis" Choice(&["asked", "agreed", "safety", "duty"]),
            "from" Date,
            "until" Date,
            "asked-how" Text,
            "said-yes" Person,
            "said-yes-as" Choice(&["person", "representative", "parent", "young-person"]),
            "withdrawn" Date,
            "withdrawn-by" Person,
            "review" Date,
        }),
        list!("records", "sharing-records" {
            "when" Moment,
            "by" Person,
            "to" Line,
            "what" Line,
            "version" Text,
            "why" Text,
            "how" Choice(&["sync", "file", "print", "told", "asked-to-delete"]),
            "receipt" Line,
            "clean-copy" YesNo,
            "refused" YesNo,
            "told" Choice(&["yes", "no", "later"]),
            "answer" Text,
        }),
    ],
    holdings: holdings::SHARING,
    voice: voice!("sharing-voice"),
};

pub(super) const AGREEMENT: Part = Part {
    code: "agreement",
    label: "agreement",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[
        list!("versions", "agreement-versions" {
            "name" Line, "on" Date, "asked-by" Person, "words" Text, "heads" Text,
        }),
        // What somebody without a device said; whoever has one says it in their voice.
        list!("recorded", "agreement-recorded" {
            "whose" Person,
            "version" Ref(&["agreement.versions"]),
            "answer" Choice(AGREES),
            "words" Text,
            "on" Date,
            "how" Choice(&["in-person", "on-device", "by-phone", "in-writing"]),
            "written-by" Person,
        }),
    ],
    holdings: holdings::TOGETHER,
    voice: voice!(
        "agreement-voice",
        list!("agreements", "agreement-voice-agreements" {
            "version" Ref(&["agreement.versions"]), "answer" Choice(AGREES), "on" Date, "words" Text,
        }),
    ),
};

pub(super) const PAPERS: Part = Part {
    code: "papers",
    label: "papers",
    group: Group::Plan,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("papers", "papers-papers" => "papers" {
        "title" Line,
        "kind" Choice(&["care-plan", "health-plan", "education-plan", "advance-wishes", "legal", "housing", "letter", "other"]),
        "where" Line,
        "on" Date,
        "review" Date,
        "files" Files,
    })],
    holdings: holdings::TOGETHER,
    voice: voice!("papers-voice"),
};
