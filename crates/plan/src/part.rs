//! What a part is, as data: its fields and lists, what each holds, and who usually edits and sees it.
//!
//! Screens, the command line, exports and the sample read and write a part only through these descriptions, so a new
//! part is a new table and no new plumbing.

/// How the code of a voice ends; what stands before is the code of the part it is about.
pub const VOICE: &str = "-voice";

/// One part of a plan. Each part is a document of its own with its own readers.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name in code, in a NewDocument and on the command line: `about-me`.
    pub code: &'static str,
    /// The key of its name on screen.
    pub label: &'static str,
    /// Which parts it is usually shared together with.
    pub group: Group,
    /// When its document is opened.
    pub opens: Opens,
    /// How many documents of it a plan may have.
    pub copies: Copies,
    /// The fields of the part itself.
    pub fields: &'static [Field],
    /// Its lists. A part that has one usually names it like itself: `goals`.
    pub lists: &'static [List],
    /// What each role usually holds; a role that is not named holds nothing.
    pub holdings: &'static [(Role, Holding)],
    /// What one person alone may say about it, each in a document of their own beside it. None where the whole part is
    /// one person's already, and for a voice.
    pub voice: Option<&'static Part>,
}

/// Parts that usually have the same readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Who somebody is: for the whole circle, and made for sharing out.
    Profile,
    /// What is wanted and who does what.
    Plan,
    /// What happened, by quarter.
    Log,
    /// What it costs.
    Money,
    /// A carer's own page.
    Carer,
    /// What is put apart for named people.
    Apart,
    /// What never leaves this device.
    Mine,
    /// A group's plan; no personal data.
    Coalition,
    /// Help near me.
    Resources,
}

/// When a part's document is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// With the plan.
    WithThePlan,
    /// When somebody first uses it, or with the plan if its template begins with it.
    WhenUsed,
    /// When first used, and never synced.
    OnThisDevice,
}

/// How many documents of a part a plan may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// One. Should it be opened twice, the first goes.
    One,
    /// One for each quarter of a year; its field `quarter` says which: `2026-4`.
    EachQuarter,
    /// Any number, told apart by their field `name`.
    Named,
    /// One for each person who opens it, and theirs.
    EachOwner,
}

/// A list of records of one shape.
#[derive(Debug, PartialEq, Eq)]
pub struct List {
    /// Its name in code.
    pub code: &'static str,
    /// The key of its name on screen.
    pub label: &'static str,
    /// The fields of each record.
    pub fields: &'static [Field],
    /// Lists inside each record.
    pub lists: &'static [List],
}

/// One thing that can be filled in.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in code.
    pub code: &'static str,
    /// The key of its name on screen. A choice's key is this, a hyphen and the choice.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Long text that several people write at once, letter by letter.
    Text,
    /// A short text, written whole.
    Line,
    /// A day.
    Date,
    /// A day and a time of day, with its distance from UTC.
    Moment,
    /// An amount in minor units (pence).
    Money,
    /// How many, in hundredths: hours, times, miles.
    Quantity,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Any number of these.
    Choices(&'static [&'static str]),
    /// A whole number from the first to the second, both included.
    Scale(i64, i64),
    /// Yes or no.
    YesNo,
    /// One person.
    Person,
    /// Any number of persons.
    People,
    /// One record of one of these lists, named as on the command line: `goals`, `log.incidents`. No list at all: any
    /// record of the part.
    Ref(&'static [&'static str]),
    /// Any number of records of these lists.
    Refs(&'static [&'static str]),
    /// Any number of attached files.
    Files,
}

/// What becomes of a field that two people fill in apart. It follows from the kind; no field has a rule of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// All letters of both stay, where they were put.
    EveryLetter,
    /// Everything either of them added is in it.
    EveryMember,
    /// Both answers are shown with their writers' names until somebody chooses.
    BothAnswers,
}

impl FieldKind {
    /// Whether it is shared text, which is spliced and never set.
    pub fn is_text(self) -> bool {
        self == FieldKind::Text
    }

    /// Whether it is a set, kept as a map so that two people who add at once both do.
    pub fn is_set(self) -> bool {
        self.together() == Together::EveryMember
    }

    /// What becomes of it when two people fill it in apart.
    pub fn together(self) -> Together {
        match self {
            FieldKind::Text => Together::EveryLetter,
            FieldKind::Choices(_) | FieldKind::People | FieldKind::Refs(_) | FieldKind::Files => Together::EveryMember,
            FieldKind::Line
            | FieldKind::Date
            | FieldKind::Moment
            | FieldKind::Money
            | FieldKind::Quantity
            | FieldKind::Choice(_)
            | FieldKind::Scale(..)
            | FieldKind::YesNo
            | FieldKind::Person
            | FieldKind::Ref(_) => Together::BothAnswers,
        }
    }

    /// The choices it has, if it has any.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            FieldKind::Choice(choices) | FieldKind::Choices(choices) => choices,
            FieldKind::Text
            | FieldKind::Line
            | FieldKind::Date
            | FieldKind::Moment
            | FieldKind::Money
            | FieldKind::Quantity
            | FieldKind::Scale(..)
            | FieldKind::YesNo
            | FieldKind::Person
            | FieldKind::People
            | FieldKind::Ref(_)
            | FieldKind::Refs(_)
            | FieldKind::Files => &[],
        }
    }
}

/// What somebody is in a plan's circle, as an invitation names it. `circle` knows no roles: they become shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The person whose plan it is.
    Person,
    /// Family or friend who cares, not paid.
    Carer,
    /// Other family and friends.
    Family,
    /// Paid supporter, personal assistant.
    Supporter,
    /// A worker of some service.
    Worker,
    /// The main contact, lead practitioner.
    Lead,
    /// Someone who speaks up with the person.
    Advocate,
    /// Someone who can decide by law.
    Representative,
    /// Somebody for a visit.
    Guest,
}

impl Role {
    /// Every role, in the order a list shows them.
    pub const ALL: [Role; 9] = [
        Role::Person,
        Role::Carer,
        Role::Family,
        Role::Supporter,
        Role::Worker,
        Role::Lead,
        Role::Advocate,
        Role::Representative,
        Role::Guest,
    ];

    /// Its name on the command line and in an invitation.
    pub fn code(self) -> &'static str {
        match self {
            Role::Person => "person",
            Role::Carer => "carer",
            Role::Family => "family",
            Role::Supporter => "supporter",
            Role::Worker => "worker",
            Role::Lead => "lead",
            Role::Advocate => "advocate",
            Role::Representative => "representative",
            Role::Guest => "guest",
        }
    }

    /// The role with this name.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What a role usually holds of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holding {
    /// Not shared.
    Nothing,
    /// Sees it.
    View,
    /// Sees it and proposes changes.
    Suggest,
    /// Writes in it.
    Edit,
}

impl Part {
    /// What `role` usually holds of it; the person can decide otherwise.
    pub fn holding(&self, role: Role) -> Holding {
        self.holdings.iter().find(|(named, _)| *named == role).map_or(Holding::Nothing, |(_, holding)| *holding)
    }

    /// Whether it is a voice: what one person alone says about another part.
    pub fn is_voice(&self) -> bool {
        self.code.ends_with(VOICE)
    }

    /// The field of the part itself with this name.
    pub fn field(&'static self, code: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// The list of the part itself with this name.
    pub fn list(&'static self, code: &str) -> Option<&'static List> {
        self.lists.iter().find(|list| list.code == code)
    }

    /// Every list of it, those inside records too, with the list each lies in.
    pub fn all_lists(&'static self) -> Vec<(&'static List, Option<&'static List>)> {
        let mut found: Vec<_> = self.lists.iter().map(|list| (list, None)).collect();
        let mut at = 0;
        while let Some((list, _)) = found.get(at).copied() {
            found.extend(list.lists.iter().map(|inner| (inner, Some(list))));
            at += 1;
        }
        found
    }
}

impl List {
    /// The field of its records with this name.
    pub fn field(&'static self, code: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// The list inside its records with this name.
    pub fn list(&'static self, code: &str) -> Option<&'static List> {
        self.lists.iter().find(|list| list.code == code)
    }
}

impl Field {
    /// The key of a choice's name on screen.
    pub fn choice_label(&self, choice: &str) -> String {
        format!("{}-{choice}", self.label)
    }
}
