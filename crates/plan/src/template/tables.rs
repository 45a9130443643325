//! The seven templates. The Care Act's asks are s.25(1)(a) to (f) of 2014; the sections of an education, health and care plan
//! are A to K of its Code of Practice. Names and prompts are our own.

use super::{
    Chapter, Template,
    Wanted::{self, Agreed, Any, Each, Field, Item, NeedsMet, WishesServed},
    Wants,
};

/// Every template, in the order a list shows them.
pub fn templates() -> &'static [Template] {
    TEMPLATES
}

const fn chapter(label: &'static str, parts: &'static [&'static str]) -> Chapter {
    Chapter { label, parts, area: None }
}

/// A chapter that shows one area of its parts' records.
const fn of_area(label: &'static str, area: &'static str, parts: &'static [&'static str]) -> Chapter {
    Chapter { label, parts, area: Some(area) }
}

const fn wants(label: &'static str, wanted: Wanted) -> Wants {
    Wants { label, wanted }
}

static TEMPLATES: &[Template] = &[
    Template {
        code: "seven-questions",
        label: "template-seven-questions",
        kind: None,
        chapters: &[
            chapter("template-seven-questions-who", &["about-me", "one-page", "person-centred", "strengths"]),
            chapter("template-seven-questions-change", &["goals"]),
            chapter("template-seven-questions-support", &["supports"]),
            chapter("template-seven-questions-money", &["money"]),
            chapter("template-seven-questions-run", &["circle", "contingency"]),
            chapter("template-seven-questions-control", &["deciding"]),
            chapter("template-seven-questions-happen", &["actions"]),
        ],
        asks: &[
            wants("template-asks-important", Field("about-me.important")),
            wants("template-asks-goals", Item("goals")),
            wants("template-asks-supports", Item("supports")),
            wants("template-asks-money-lines", Item("money.lines")),
            wants("template-asks-circle", Item("circle")),
            wants("template-asks-final-say", Item("deciding")),
            wants("template-asks-who-does-what", Each("actions", "who")),
        ],
    },
    Template {
        code: "care-act",
        label: "template-care-act",
        kind: Some("adult"),
        chapters: &[
            chapter("template-care-act-needs", &["about-me", "strengths", "needs"]),
            chapter("template-care-act-goals", &["goals", "actions"]),
            chapter("template-care-act-met", &["supports", "circle", "carer"]),
            chapter("template-care-act-money", &["money"]),
            chapter("template-care-act-wrong", &["risks", "contingency"]),
            chapter("template-care-act-review", &["meetings", "agreement"]),
        ],
        asks: &[
            wants("template-asks-care-act-a", Item("needs")),
            wants("template-asks-care-act-b", Each("needs", "eligible")),
            wants("template-asks-care-act-c", NeedsMet),
            wants("template-asks-care-act-d", WishesServed),
            wants("template-asks-care-act-e", Each("money.sources", "amount")),
            wants("template-asks-care-act-f", Each("needs", "prevent")),
            wants("template-asks-review", Field("meetings.next-review")),
            wants("template-asks-agreed", Agreed),
        ],
    },
    Template {
        code: "ndis",
        label: "template-ndis",
        kind: Some("ndis"),
        chapters: &[
            chapter("template-ndis-about", &["about-me", "circle", "strengths"]),
            chapter("template-ndis-goals", &["goals", "actions"]),
            chapter("template-ndis-supports", &["supports", "equipment"]),
            chapter("template-ndis-money", &["money"]),
        ],
        asks: &[
            wants("template-asks-important", Field("about-me.important")),
            wants("template-asks-goals", Item("goals")),
            wants("template-asks-supports", Each("supports", "kind")),
            wants("template-asks-ndis-class", Each("money.lines", "class")),
            wants("template-asks-review", Field("meetings.next-review")),
        ],
    },
    Template {
        code: "ehcp",
        label: "template-ehcp",
        kind: Some("ehcp"),
        chapters: &[
            chapter("template-ehcp-a", &["about-me", "goals"]),
            // Several sections are views on one part: what is needed, and what is given, for learning, health and care.
            of_area("template-ehcp-b", "learning", &["strengths", "needs"]),
            of_area("template-ehcp-c", "health", &["needs"]),
            of_area("template-ehcp-d", "care", &["needs"]),
            chapter("template-ehcp-e", &["goals", "actions"]),
            of_area("template-ehcp-f", "learning", &["supports"]),
            of_area("template-ehcp-g", "health", &["supports", "equipment"]),
            of_area("template-ehcp-h", "care", &["supports"]),
            of_area("template-ehcp-i", "place", &["supports"]),
            chapter("template-ehcp-j", &["money"]),
            chapter("template-ehcp-k", &["evidence", "papers"]),
        ],
        asks: &[
            wants("template-asks-important", Field("about-me.important")),
            wants("template-asks-goals", Item("goals")),
            wants("template-asks-needs", Item("needs")),
            wants("template-asks-ehcp-provision", Each("supports", "for")),
            wants("template-asks-ehcp-papers", Any(&[Item("evidence"), Item("papers")])),
            wants("template-asks-review", Field("meetings.next-review")),
        ],
    },
    Template {
        code: "family-team",
        label: "template-family-team",
        kind: Some("child-family"),
        chapters: &[
            chapter("template-family-team-circle", &["circle", "sharing"]),
            chapter("template-family-team-needs", &["person-centred", "needs", "strengths"]),
            chapter("template-family-team-goals", &["goals", "actions"]),
            chapter("template-family-team-meetings", &["meetings", "decisions"]),
            chapter("template-family-team-log", &["log"]),
        ],
        asks: &[
            wants("template-asks-circle", Item("circle")),
            wants("template-asks-sharing", Each("sharing.agreements", "purpose")),
            wants("template-asks-needs", Item("needs")),
            wants("template-asks-goals", Each("goals", "whose")),
            wants("template-asks-who-does-what", Each("actions", "who")),
            wants("template-asks-meeting", Item("meetings")),
        ],
    },
    Template {
        code: "carer",
        label: "template-carer",
        kind: Some("carer"),
        chapters: &[
            chapter("template-carer-me", &["carer"]),
            chapter("template-carer-wishes", &["goals", "actions"]),
            chapter("template-carer-help", &["supports", "contingency"]),
        ],
        asks: &[
            wants("template-asks-carer-does", Field("carer.what-i-do")),
            wants("template-asks-carer-willing", Field("carer.willing")),
            wants("template-asks-carer-wants", Field("carer.wants")),
            wants("template-asks-carer-cannot", Any(&[Field("carer.if-i-cannot"), Item("contingency")])),
            wants("template-asks-carer-support", Item("carer.support")),
        ],
    },
    Template {
        code: "coalition",
        label: "template-coalition",
        kind: Some("coalition"),
        chapters: &[
            chapter("template-coalition-group", &["coalition"]),
            chapter("template-coalition-talking", &["meetings", "decisions"]),
            chapter("template-coalition-sharing", &["sharing"]),
            chapter("template-coalition-help", &["resources", "evidence"]),
        ],
        asks: &[
            wants("template-asks-coalition-agenda", Field("coalition.agenda")),
            wants("template-asks-coalition-alone", Field("coalition.alone")),
            wants("template-asks-coalition-measures", Each("coalition.measures", "target")),
            wants("template-asks-coalition-activities", Each("coalition.activities", "for")),
            wants("template-asks-coalition-backbone", Field("coalition.backbone")),
            wants("template-asks-coalition-lived", Field("coalition.lived-experience")),
            wants("template-asks-sharing", Each("sharing.agreements", "purpose")),
        ],
    },
];
