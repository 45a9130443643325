//! What happened: diary, incidents, contacts, quarter by quarter; and the stories, pictures and papers a plan rests on.

use super::{holdings, voice::FACES};
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, Moment, People, Person, Ref, Refs, Scale, Text, YesNo},
    Group, Opens, Part,
};

pub(super) const LOG: Part = Part {
    code: "log",
    label: "log",
    group: Group::Log,
    opens: Opens::WhenUsed,
    copies: Copies::EachQuarter,
    fields: fields!["log": "quarter" Line],
    lists: &[
        list!("diary", "log-diary" {
            "when" Moment,
            "by" Person,
            "words" Text,
            "files" Files,
            "mood" Choice(FACES),
            "goal" Ref(&["goals"]),
            "small-win" YesNo,
        }),
        list!("incidents", "log-incidents" {
            "when" Moment,
            "written" Moment,
            "written-by" Person,
            "reported-by" Line,
            "kind" Choice(&[
                "distress", "fall", "health", "missed", "lost", "hurt-me", "hurt-others", "damage", "police", "near-miss", "other",
            ]),
            "own-kind" Line,
            "what" Text,
            "where" Line,
            "who" People,
            "before" Text,
            "after" Text,
            "helped" Text,
            "means" Text,
            "severity" Scale(0, 3),
            "harm" Choice(&["none", "slight", "needed-help", "serious"]),
            "owner" Person,
            "action" Ref(&["actions"]),
            "linked" Refs(&["goals", "contingency"]),
            "same-as" Refs(&["log.incidents"]),
            "private" YesNo,
            "files" Files,
        } [
            list!("agencies", "log-agencies" { "agency" Line, "when" Moment, "answer" Text, "taken-on" YesNo }),
        ]),
        list!("contacts", "log-contacts" {
            "when" Moment,
            "agency" Line,
            "who" Line,
            "how" Choice(&["telephone", "visit", "letter", "message", "meeting", "other"]),
            "about" Text,
            "answered" YesNo,
            "promised" Text,
            "next" Text,
            "by" Person,
        }),
    ],
    holdings: holdings::LOG,
    voice: voice!(
        "log-voice",
        list!("accounts", "log-voice-accounts" {
            "about" Ref(&["log.incidents"]), "words" Text, "means" Text, "files" Files,
        }),
    ),
};

pub(super) const EVIDENCE: Part = Part {
    code: "evidence",
    label: "evidence",
    group: Group::Log,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: &[],
    lists: &[list!("evidence", "evidence-evidence" => "evidence" {
        "title" Line,
        "kind" Choice(&[
            "my-story", "carers-story", "picture", "recording", "letter", "assessment", "workers-note", "measure",
        ]),
        "words" Text,
        "files" Files,
        "whose" Person,
        "voice" Choice(&["own", "family", "worker"]),
        "recorded-by" Person,
        "made" Date,
        "consent" Text,
        "use" Choice(&["this-plan", "review", "coalition"]),
        "cites" Refs(&["needs", "goals", "decisions", "log.incidents"]),
    })],
    holdings: holdings::LOG,
    voice: voice!(
        "evidence-voice",
        list!("take-out", "evidence-voice-take-out" { "about" Ref(&["evidence"]), "on" Date, "words" Text }),
    ),
};
