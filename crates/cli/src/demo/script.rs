//! Who writes what in the demo, for windows and without them: three people, one sample plan.

use desk::Desk;
use plan::{FieldPath, ListPath};
use seal::PlanId;

/// Somebody of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persona {
    /// The name of their home's folder.
    pub folder: &'static str,
    /// Their name.
    pub name: &'static str,
    /// The role they are invited in; the first founds the plan.
    pub role: &'static str,
    /// What they are to the person, in their own words.
    pub relationship: &'static str,
}

/// The three people. The first is the person whose plan it is.
pub fn people() -> &'static [Persona; 3] {
    &[
        Persona { folder: "amina", name: "Amina", role: "person", relationship: "" },
        Persona { folder: "hodan", name: "Hodan", role: "carer", relationship: "sister" },
        Persona { folder: "priya", name: "Priya", role: "lead", relationship: "social worker" },
    ]
}

/// A field of the demo's plan, named as a person would: items have no ids before the plan is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The part.
    pub part: &'static str,
    /// Words of the item's first text, if the field lies in one.
    pub item: Option<&'static str>,
    /// The field.
    pub field: &'static str,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Words are put at the end of a text.
    Append {
        /// The text.
        spot: Spot,
        /// The words.
        words: &'static str,
    },
    /// Words are put at the beginning of a text.
    Prepend {
        /// The text.
        spot: Spot,
        /// The words.
        words: &'static str,
    },
    /// A field that is no text is filled in.
    Set {
        /// The field.
        spot: Spot,
        /// The value as the command line writes it.
        value: &'static str,
    },
    /// An item is added to a part's list of its own name.
    Add {
        /// The part.
        part: &'static str,
        /// Its fields and their values as the command line writes them.
        values: &'static [(&'static str, &'static str)],
    },
}

/// One thing somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writing {
    /// Who, as a place in [`people`].
    pub who: usize,
    /// When, in seconds from the start: in windows, so that it can be followed. Those of one second happen at once.
    pub second: u32,
    /// What.
    pub act: Act,
}

const PLEASE: Spot = Spot { part: "about-me", item: None, field: "please" };
const IMPORTANT: Spot = Spot { part: "about-me", item: None, field: "important" };
const COMMUNICATION: Spot = Spot { part: "about-me", item: None, field: "communication" };
const SWIM_MEANS: Spot = Spot { part: "goals", item: Some("swim"), field: "means" };
const SWIM_STATUS: Spot = Spot { part: "goals", item: Some("swim"), field: "status" };

/// The whole script, in order of time. About a minute in windows.
pub fn script() -> &'static [Writing] {
    &[
        Writing {
            who: 1,
            second: 2,
            act: Act::Append {
                spot: PLEASE,
                words: "\nPlease ring me before you change the day of a visit. She gets ready early.",
            },
        },
        Writing {
            who: 2,
            second: 12,
            act: Act::Append {
                spot: SWIM_MEANS,
                words: " The pool on Mill Lane has a quiet hour on Wednesdays, four till five.",
            },
        },
        // Two people in the same text at the same moment: both stay whole.
        Writing { who: 0, second: 24, act: Act::Prepend { spot: IMPORTANT, words: "Ask me, do not tell me.\n" } },
        Writing {
            who: 1,
            second: 24,
            act: Act::Append {
                spot: IMPORTANT,
                words: "\nHer paints and her Friday prayers. Nothing is booked on a Friday.",
            },
        },
        Writing {
            who: 2,
            second: 36,
            act: Act::Add {
                part: "actions",
                values: &[
                    ("what", "Ask the pool if Amina can look round before the first swim"),
                    ("who", "Priya"),
                    ("when", "2026-12-08"),
                    ("status", "agreed"),
                ],
            },
        },
        Writing { who: 1, second: 46, act: Act::Set { spot: SWIM_STATUS, value: "active" } },
        Writing {
            who: 1,
            second: 50,
            act: Act::Append { spot: COMMUNICATION, words: "\nWhen it is loud, write it down. Mahadsanid, thank you." },
        },
    ]
}

impl Spot {
    /// Where this is in an open plan.
    pub fn find(&self, desk: &Desk, plan: PlanId) -> Option<FieldPath> {
        let part = plan::part(self.part)?;
        let Some(words) = self.item else { return FieldPath::new(part, None, self.field).ok() };
        let document = desk.document(plan, self.part)?;
        let list = ListPath::new(part, None, self.part).ok()?;
        let first = list.describe().fields.iter().find(|field| field.kind.is_text())?;
        let says = |item: &seal::ItemId| {
            FieldPath::new(part, Some(*item), first.code).is_ok_and(|field| document.text(field).contains(words))
        };
        let item = document.items(list).iter().copied().find(says)?;
        FieldPath::new(part, Some(item), self.field).ok()
    }

    /// Its name on screen: the part and the field.
    pub fn label(&self) -> (String, String) {
        let described = plan::part(self.part);
        let part = described.map_or_else(|| self.part.to_owned(), |part| words::label(part.label));
        let mut fields = described
            .into_iter()
            .flat_map(|part| part.fields.iter().chain(part.lists.iter().flat_map(|list| list.fields)));
        let field = fields.find(|field| field.code == self.field);
        (part, field.map_or_else(|| self.field.to_owned(), |field| words::label(field.label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_the_script_names_is_there() {
        for writing in script() {
            assert!(writing.who < people().len());
            let (part, fields) = match writing.act {
                Act::Append { spot, .. } | Act::Prepend { spot, .. } | Act::Set { spot, .. } => {
                    (spot.part, vec![spot.field])
                }
                Act::Add { part, values } => (part, values.iter().map(|(field, _)| *field).collect()),
            };
            let part = plan::part(part).unwrap();
            for code in fields {
                let in_list = part.lists.iter().flat_map(|list| list.fields).any(|field| field.code == code);
                assert!(in_list || part.field(code).is_some(), "{code}");
            }
        }
        assert!(script().windows(2).all(|pair| pair[0].second <= pair[1].second));
    }
}
