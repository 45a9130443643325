//! A plan as this device may see it: values already read, people already named.
//!
//! ```text
//! {"plan": {"id", "title", "people": [{"id", "name", "role", "standing", ..}]},
//!  "parts": [{"id", "kind", "called", "whose", "access", "heads": [..], "fields": {CODE: VALUE}, "also": [{"field", "value", "by"}],
//!             "lists": {"goals": [{"id", CODE: VALUE, .., LIST: [{"id", ..}]}]}}]}
//! ```
//! A value stands under the name it has in a FIELD of the command line (`about-me.communication`, `goals/ITEM.status`), and
//! in the order of the plan's own description.

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use words::Say;

/// A whole plan, as one device may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanView {
    /// The plan's id, in full.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Everybody in the circle.
    pub people: Vec<PersonView>,
    /// The parts this device may read, in the plan's order.
    pub parts: Vec<PartView>,
}

/// Somebody in the circle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonView {
    /// Their id, in full.
    pub id: String,
    /// Their name, cleaned of what imitates another.
    pub name: String,
    /// What they are in the life of the person whose plan it is: a role's code, or their own word for it. Empty if unsaid.
    pub role: String,
    /// `protected`, `owner`, `coordinator` or `member`.
    pub standing: String,
    /// Who they work for; empty if unsaid.
    pub organisation: String,
    /// Whether this is the person at this device.
    pub you: bool,
}

/// A person where a value names one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonRef {
    /// Their id, in full.
    pub id: String,
    /// Their name; empty if this device does not know them.
    pub name: String,
}

/// A file where a value names one; its bytes are elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRef {
    /// Its id, in full.
    pub id: String,
    /// `picture`, `drawing`, `recording` or `paper`.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it is called.
    pub name: String,
}

/// As the command line writes it: `ID:KIND:BYTES:NAME`.
impl std::fmt::Display for FileRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, kind, bytes, name } = self;
        write!(f, "{id}:{kind}:{bytes}:{name}")
    }
}

/// One part of a plan: one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartView {
    /// The document's id, in full.
    pub id: String,
    /// The part's code: `about-me`; a voice's ends in `-voice`.
    pub kind: String,
    /// What tells it from others of its kind: a quarter, a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// Whose it is, if it is a voice or a page of somebody's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whose: Option<PersonRef>,
    /// What the person at this device may do here: `edit`, `suggest` or `view`.
    pub access: String,
    /// The edits that name the state shown, in full.
    pub heads: Vec<String>,
    /// Its fields, in the order of the description.
    #[serde(serialize_with = "as_map")]
    pub fields: Vec<Field>,
    /// What others chose for a field at the same time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// Its lists, in the order of the description.
    #[serde(serialize_with = "lists_as_map")]
    pub lists: Vec<List>,
}

impl PlanView {
    /// What a label says in this plan: as its person says it, or as a group does.
    pub fn label(&self, label: &str) -> String {
        words::ours(label).filter(|_| self.is_a_groups()).unwrap_or_else(|| words::label(label))
    }

    fn is_a_groups(&self) -> bool {
        let cover = self.parts.iter().find(|part| part.kind == "cover");
        let template = cover.and_then(|cover| cover.fields.iter().find(|field| field.code == "template"));
        matches!(template.map(|field| &field.value), Some(Value::Choice(code)) if plan::template(code).is_some_and(plan::Template::is_a_groups))
    }
}

impl PartView {
    /// What it is called in its plan: the part, and what tells this document from others of it.
    pub fn heading(&self, plan: &PlanView) -> String {
        let label = |code: &str| plan::part(code).map_or_else(|| code.to_owned(), |part| plan.label(part.label));
        let whose = self.whose.as_ref().map(|person| match person.name.as_str() {
            "" => words::text("common-someone"),
            name => name.to_owned(),
        });
        match (self.kind.strip_suffix(plan::VOICE), whose.as_ref().or(self.called.as_ref())) {
            (Some(about), name) => {
                let name = name.cloned().unwrap_or_else(|| words::text("common-someone"));
                words::say(Say::new("common-part-said-by").with("part", label(about)).with("name", name))
            }
            (None, Some(name)) => {
                words::say(Say::new("common-part-called").with("part", label(&self.kind)).with("name", name.as_str()))
            }
            (None, None) => label(&self.kind),
        }
    }
}

/// A field and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its code: `communication`.
    pub code: String,
    /// What it holds.
    pub value: Value,
}

/// A second answer that somebody gave at the same time, kept until someone chooses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Also {
    /// The field's code.
    pub field: String,
    /// The other answer.
    pub value: Value,
    /// Who gave it.
    pub by: PersonRef,
}

/// A list of a part or of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its code: `goals`.
    pub code: String,
    /// Its items, in the order people gave them.
    pub items: Vec<Item>,
}

/// A record in a list. In JSON its fields and lists stand beside its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id, in full.
    pub id: String,
    /// Its fields, in the order of the description.
    pub fields: Vec<Field>,
    /// What others chose at the same time.
    pub also: Vec<Also>,
    /// The lists inside it.
    pub lists: Vec<List>,
}

/// What a field holds. In JSON the bare value; nothing chosen is `null`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing was chosen.
    Empty,
    /// Several lines of words.
    Text(String),
    /// One line of words.
    Line(String),
    /// A day: `2027-03-01`.
    Date(String),
    /// A day and a time of day: `2026-10-14T16:40+01:00`.
    Moment(String),
    /// How many: `13.5`.
    Quantity(String),
    /// An amount of money: `16640.00`.
    Money(String),
    /// One of the field's choices, by its code: `not-yet`.
    Choice(String),
    /// Some of the field's choices, by their codes.
    Choices(Vec<String>),
    /// Somebody.
    Person(PersonRef),
    /// Several people.
    People(Vec<PersonRef>),
    /// A step on a scale.
    Scale(i64),
    /// Yes or no.
    YesNo(bool),
    /// Another item of the plan, by its id in full.
    Ref(String),
    /// Other items of the plan, by their ids in full.
    Refs(Vec<String>),
    /// Attached files.
    Files(Vec<FileRef>),
}

impl Value {
    /// Whether there is nothing to read here.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text)
            | Self::Line(text)
            | Self::Date(text)
            | Self::Moment(text)
            | Self::Quantity(text)
            | Self::Money(text)
            | Self::Choice(text)
            | Self::Ref(text) => text.trim().is_empty(),
            Self::Choices(choices) => choices.is_empty(),
            Self::Files(files) => files.is_empty(),
            Self::People(people) => people.is_empty(),
            Self::Refs(refs) => refs.is_empty(),
            Self::Person(_) | Self::Scale(_) | Self::YesNo(_) => false,
        }
    }
}

impl Serialize for PlanView {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Plan<'a> {
            id: &'a str,
            title: &'a str,
            people: &'a [PersonView],
        }
        let Self { id, title, people, parts } = self;
        let mut map = to.serialize_map(Some(2))?;
        map.serialize_entry("plan", &Plan { id, title, people })?;
        map.serialize_entry("parts", parts)?;
        map.end()
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { id, fields, also, lists } = self;
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("id", id)?;
        for field in fields {
            map.serialize_entry(&field.code, &field.value)?;
        }
        for list in lists {
            map.serialize_entry(&list.code, &list.items)?;
        }
        if !also.is_empty() {
            map.serialize_entry("also", also)?;
        }
        map.end()
    }
}

fn as_map<S: Serializer>(fields: &[Field], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(fields.iter().map(|field| (&field.code, &field.value)))
}

fn lists_as_map<S: Serializer>(lists: &[List], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(lists.iter().map(|list| (&list.code, &list.items)))
}
