//! The parts there are, as tables. Field names follow the PRSB Personalised Care and Support Plan 2.0 and About Me 2.01.

use crate::part::{
    Field,
    FieldKind::{Choice, Date, Line, People, Person, Refs, Scale, Text, YesNo},
    Holding::{Edit, Suggest, View},
    List, Part, Role,
};

/// Every part, in the order a plan shows them.
pub fn parts() -> &'static [Part] {
    PARTS
}

/// The part with this code.
pub fn part(code: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| part.code == code)
}

const fn field(code: &'static str, label: &'static str, kind: crate::part::FieldKind) -> Field {
    Field { code, label, kind }
}

static PARTS: &[Part] = &[
    Part {
        code: "cover",
        label: "cover",
        fields: &[
            field("title", "cover-title", Line),
            field("preferred-name", "cover-preferred-name", Line),
            field("pronouns", "cover-pronouns", Line),
            field("languages", "cover-languages", Line),
            field("kind", "cover-kind", Choice(&["adult", "child-family", "carer", "ehcp", "ndis"])),
        ],
        lists: &[],
        holdings: &[
            (Role::Person, Edit),
            (Role::Representative, Edit),
            (Role::Carer, Suggest),
            (Role::Lead, Suggest),
            (Role::Family, View),
            (Role::Supporter, View),
            (Role::Worker, View),
            (Role::Advocate, View),
            (Role::Guest, View),
        ],
    },
    // Others write here only as "helped by", which takes Edit: the document, not the screen, is what is enforced.
    Part {
        code: "about-me",
        label: "about-me",
        fields: &[
            field("important", "about-me-important", Text),
            field("people", "about-me-people", Text),
            field("communication", "about-me-communication", Text),
            field("wellness", "about-me-wellness", Text),
            field("please", "about-me-please", Text),
            field("support", "about-me-support", Text),
            field("also", "about-me-also", Text),
            field("helped-by", "about-me-helped-by", People),
            field("updated", "about-me-updated", Date),
        ],
        lists: &[],
        holdings: &[
            (Role::Person, Edit),
            (Role::Carer, Edit),
            (Role::Family, Edit),
            (Role::Supporter, Edit),
            (Role::Lead, Edit),
            (Role::Advocate, Edit),
            (Role::Representative, Edit),
            (Role::Worker, View),
            (Role::Guest, View),
        ],
    },
    // Everybody but the person would only suggest here; until proposals have a place of their own, those who write the
    // plan together with the person hold Edit, and the rest Suggest.
    Part {
        code: "goals",
        label: "goals",
        fields: &[],
        lists: &[List {
            code: "goals",
            label: "goals-goals",
            fields: &[
                field("words", "goals-words", Text),
                field("why", "goals-why", Text),
                field("means", "goals-means", Text),
                field("whose", "goals-whose", Person),
                field("for-whom", "goals-for-whom", Line),
                field("importance", "goals-importance", Scale(1, 10)),
                field("horizon", "goals-horizon", Choice(&["soon", "this-year", "one-day"])),
                field("target", "goals-target", Date),
                field(
                    "status",
                    "goals-status",
                    Choice(&["hope", "active", "not-yet", "on-hold", "reached", "keeping-it-up", "let-go"]),
                ),
                field("helps", "goals-helps", Text),
                field("hinders", "goals-hinders", Text),
                field("level-much-less", "goals-level-much-less", Line),
                field("level-less", "goals-level-less", Line),
                field("level-expected", "goals-level-expected", Line),
                field("level-better", "goals-level-better", Line),
                field("level-much-better", "goals-level-much-better", Line),
                field("after", "goals-after", Refs("goals")),
                field("said-by", "goals-said-by", Person),
            ],
            lists: &[
                List {
                    code: "stages",
                    label: "goals-stages",
                    fields: &[
                        field("what", "goals-stages-what", Line),
                        field("target", "goals-stages-target", Date),
                        field(
                            "status",
                            "goals-stages-status",
                            Choice(&["hope", "active", "not-yet", "on-hold", "reached", "let-go"]),
                        ),
                        field("outcome", "goals-stages-outcome", Text),
                    ],
                    lists: &[],
                },
                List {
                    code: "barriers",
                    label: "goals-barriers",
                    fields: &[
                        field("what", "goals-barriers-what", Line),
                        field("would-help", "goals-barriers-would-help", Line),
                    ],
                    lists: &[],
                },
            ],
        }],
        holdings: &[
            (Role::Person, Edit),
            (Role::Carer, Edit),
            (Role::Lead, Edit),
            (Role::Representative, Edit),
            (Role::Advocate, Suggest),
            (Role::Supporter, Suggest),
            (Role::Worker, Suggest),
        ],
    },
    // Accepting an action is the named person's own act and will live in their voice document; `status` here is what
    // the circle wrote down.
    Part {
        code: "actions",
        label: "actions",
        fields: &[],
        lists: &[List {
            code: "actions",
            label: "actions-actions",
            fields: &[
                field("what", "actions-what", Text),
                field("for", "actions-for", Refs("goals")),
                field("who", "actions-who", People),
                field("with", "actions-with", People),
                field(
                    "kind",
                    "actions-kind",
                    Choice(&["do", "stand-alongside", "find-out", "refer", "ask", "arrange", "remind"]),
                ),
                field("when", "actions-when", Date),
                field("repeats", "actions-repeats", Line),
                field("where", "actions-where", Line),
                field("first-step", "actions-first-step", Line),
                field("what-if", "actions-what-if", Text),
                field("confidence", "actions-confidence", Scale(1, 10)),
                field("after", "actions-after", Refs("actions")),
                field(
                    "status",
                    "actions-status",
                    Choice(&["idea", "asked", "agreed", "doing", "done", "changed", "not-done", "said-no"]),
                ),
                field("alone", "actions-alone", YesNo),
                field("promised", "actions-promised", Date),
                field("done", "actions-done", Date),
                field("review", "actions-review", Date),
                field("note", "actions-note", Text),
                field("said-by", "actions-said-by", Person),
            ],
            lists: &[],
        }],
        holdings: &[
            (Role::Person, Edit),
            (Role::Carer, Edit),
            (Role::Supporter, Edit),
            (Role::Worker, Edit),
            (Role::Lead, Edit),
            (Role::Advocate, Edit),
            (Role::Representative, Edit),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_things_in_one_place_share_a_name_and_every_code_is_kebab_case() {
        let kebab = |code: &str| {
            !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
        };
        for part in parts() {
            assert!(kebab(part.code));
            let mut places = vec![(part.fields, part.lists)];
            places.extend(part.all_lists().into_iter().map(|(list, _)| (list.fields, list.lists)));
            for (fields, lists) in places {
                let mut codes: Vec<_> = fields.iter().map(|f| f.code).chain(lists.iter().map(|l| l.code)).collect();
                assert!(codes.iter().all(|code| kebab(code)), "{codes:?}");
                codes.sort_unstable();
                assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
                assert!(!codes.iter().any(|code| RESERVED.contains(code)), "{codes:?}");
            }
        }
    }

    // What a record keeps about itself, see `document`.
    const RESERVED: [&str; 5] = ["v", "id", "order", "at", "gone"];
}
