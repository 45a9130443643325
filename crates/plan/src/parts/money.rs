//! What the money is for, and money spent. Not an accounting or payroll tool.

use super::holdings;
use crate::part::{
    Copies,
    FieldKind::{Choice, Date, Files, Line, Money, Person, Quantity, Ref, Refs, Text, YesNo},
    Group, Opens, Part,
};

pub(super) const MONEY: Part = Part {
    code: "money",
    label: "money",
    group: Group::Money,
    opens: Opens::WhenUsed,
    copies: Copies::One,
    fields: fields!["money":
        "currency" Choice(&["gbp", "eur", "aud", "nzd", "usd", "cad"]),
        "from" Date,
        "to" Date,
        "managed-by" Choice(&["me", "council", "provider", "third-party", "mixed"]),
        "account" Text,
    ],
    lists: &[
        list!("sources", "money-sources" {
            "what" Line,
            "source" Choice(&["council", "health", "ndis", "school", "own", "grant", "other"]),
            "amount" Money,
            "per" Choice(&["week", "four-weeks", "month", "year", "once"]),
            "contribution" Money,
            "from" Date,
            "to" Date,
            "held-by" Line,
        }),
        list!("lines", "money-lines" {
            "what" Line,
            "for" Refs(&["goals", "needs"]),
            "category" Choice(&[
                "wages", "employing", "activity", "travel", "equipment", "home", "training", "short-break", "just-in-case", "other",
            ]),
            "class" Choice(&["core", "capacity", "capital"]),
            "stated" YesNo,
            "payee" Line,
            "rate" Money,
            "units" Quantity,
            "unit" Line,
            "times" Quantity,
            "start" Date,
            "end" Date,
            "one-off" YesNo,
            "just-in-case" YesNo,
            "status" Choice(&["idea", "asked", "quoted", "agreed", "started", "ended"]),
            "chosen-by" Person,
            "controlled-by" Line,
            "note" Text,
        } [
            list!("quotes", "money-quotes" { "who" Line, "amount" Money, "on" Date, "note" Line, "files" Files }),
        ]),
        list!("payments", "money-payments" {
            "on" Date,
            "line" Ref(&["money.lines"]),
            "amount" Money,
            "payee" Line,
            "receipt" Files,
            "written-by" Person,
            "note" Line,
        }),
    ],
    holdings: holdings::MONEY,
    voice: voice!("money-voice"),
};
