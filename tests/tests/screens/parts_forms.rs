//! Where on its page each field of each part is filled in, as somebody finds it who knows the page only by its words.

use plan::{Field, List, Part};

/// One form of a page: what is pressed to come to it, and what can be filled in there.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The part whose page it is on.
    pub part: &'static str,
    /// Of which list it fills in a record; none is the part itself.
    pub list: Option<&'static str>,
    /// Whether the fields of the record, or of the part itself, are in it, and not only rows of lists.
    pub own: bool,
    /// What is pressed to begin: on a page without such a record.
    pub into: &'static [&'static str],
    /// What is pressed to find it again.
    pub again: &'static [&'static str],
    /// Whether then the record's own "Change" is pressed.
    pub by_name: bool,
    /// The lists whose rows are filled in there.
    pub rows: &'static [&'static str],
    /// Which answer is pressed where it matters for what else is asked. Otherwise the first, or the last.
    pub picks: &'static [(&'static str, &'static str)],
    /// What is not filled in there, and why: `field`, or `list.field` of its rows.
    pub not: &'static [(&'static str, &'static str)],
}

impl Form {
    /// A record that gets a card of its own.
    const fn record(part: &'static str, list: &'static str, into: &'static [&'static str]) -> Form {
        Form { list: Some(list), by_name: true, ..Form::page(part, into, &[]) }
    }

    /// The part's own fields.
    const fn page(part: &'static str, into: &'static [&'static str], again: &'static [&'static str]) -> Form {
        Form { part, list: None, own: true, into, again, by_name: false, rows: &[], picks: &[], not: &[] }
    }

    /// Only the rows of a list of the part.
    const fn lines(part: &'static str, rows: &'static [&'static str], press: &'static [&'static str]) -> Form {
        Form { own: false, rows, ..Form::page(part, press, press) }
    }

    /// The same where nothing is written yet, and one presses what invites.
    const fn invited(self, into: &'static [&'static str]) -> Form {
        Form { into, ..self }
    }

    const fn again(self, again: &'static [&'static str]) -> Form {
        Form { again, ..self }
    }

    const fn rows(self, rows: &'static [&'static str]) -> Form {
        Form { rows, ..self }
    }

    const fn picks(self, picks: &'static [(&'static str, &'static str)]) -> Form {
        Form { picks, ..self }
    }

    const fn not(self, not: &'static [(&'static str, &'static str)]) -> Form {
        Form { not, ..self }
    }

    pub fn describes(&self) -> &'static Part {
        plan::part(self.part).unwrap()
    }

    pub fn list(&self) -> Option<&'static List> {
        self.list.map(|list| self.describes().list(list).unwrap())
    }

    /// The fields that are filled in here, without those of its rows.
    pub fn fields(&self) -> Vec<&'static Field> {
        let all = self.list().map_or(self.describes().fields, |list| list.fields);
        all.iter().filter(|field| self.own && !self.leaves(field.code)).collect()
    }

    /// Its rows, with the fields that are filled in of each.
    pub fn rows_of(&self) -> Vec<(&'static List, Vec<&'static Field>)> {
        let all = self.list().map_or(self.describes().lists, |list| list.lists);
        let row = |code: &&str| {
            let list = all.iter().find(|list| list.code == *code).unwrap_or_else(|| panic!("{} {code}", self.part));
            let is_here = |field: &&Field| !self.leaves(&format!("{}.{}", list.code, field.code));
            (list, list.fields.iter().filter(is_here).collect())
        };
        self.rows.iter().map(row).collect()
    }

    fn leaves(&self, code: &str) -> bool {
        self.not.iter().any(|(left, _)| *left == code)
    }

    /// What is pressed of a choice.
    pub fn pick(&self, field: &Field, last: bool) -> &'static str {
        let picked = self.picks.iter().find(|(code, _)| *code == field.code).map(|(_, choice)| *choice);
        let choices = field.kind.choices();
        picked.unwrap_or(choices[if last { choices.len() - 1 } else { 0 }])
    }
}

const IN_A_VOICE: &str = "everybody says it in their own voice";
const BY_ITSELF: &str = "it fills itself in";
const ITS_OWN: &str = "is pressed in words of its own: a story of its own fills it in";

const NOTICING: &str = "Change: When this plan speaks up";
const BELOW: &str = "stands in its own card, with its own Change";

const COVER_ELSEWHERE: &[(&str, &str)] = &[
    ("template", ITS_OWN),
    ("kind", ITS_OWN),
    ("notice-week", BELOW),
    ("notice-month", BELOW),
    ("notice-severity", BELOW),
    ("notice-agencies", BELOW),
    ("notice-answer", BELOW),
    ("notice-nobodys", BELOW),
    ("notice-soon", BELOW),
    ("notice-vague", BELOW),
    ("notice-fine", BELOW),
];

const NOTICING_ELSEWHERE: &[(&str, &str)] = &[
    ("title", BELOW),
    ("preferred-name", BELOW),
    ("pronouns", BELOW),
    ("languages", BELOW),
    ("kind", BELOW),
    ("picture", BELOW),
    ("template", BELOW),
    ("status", BELOW),
    ("stage", BELOW),
];

/// Who somebody is.
pub const PROFILE: &[Form] = &[
    Form::page("cover", &["Change"], &["Change"]).not(COVER_ELSEWHERE),
    Form::page("cover", &[NOTICING], &[NOTICING]).not(NOTICING_ELSEWHERE),
    Form::page("cover-details", &["Change: My details"], &["Change: My details"]),
    Form::page("about-me", &[], &[]),
    Form::page("one-page", &["Change"], &["Change"]).rows(&["admire", "important", "support"]),
    Form::lines("person-centred", &["important-to"], &["Change: Important to me"]),
    Form::lines("person-centred", &["important-for"], &["Change: Important for me"]),
    Form::lines("person-centred", &["good-day"], &["Change: A good day"]),
    Form::lines("person-centred", &["bad-day"], &["Change: A bad day"]),
    Form::lines("person-centred", &["week"], &["Change: A good week"]),
    Form::record("person-centred", "communication", &["What do I do that means something?"]),
    Form::record("circle", "circle", &["Add"]).again(&["How to show it: As a list"]),
    Form::page("circle", &[], &[]),
    Form::record("equipment", "equipment", &["Add"]),
    Form::record("medicines", "medicines", &["Add"]),
    Form::record("strengths", "strengths", &["Add"]),
];

/// What somebody wants and needs, and who does what for it.
pub const WISHES: &[Form] = &[
    Form::record("needs", "needs", &["Add"]).rows(&["answers", "perspectives"]),
    Form::record(
        "goals",
        "goals",
        &[
            "Add",
            "How we will know",
            "What gets in the way, and what would help",
            "What changed",
            "Scores written down for others",
        ],
    )
    .rows(&["stages", "barriers", "outcomes", "scores"])
    .not(&[("now", ITS_OWN), ("scores.score", ITS_OWN), ("said-by", IN_A_VOICE)]),
    Form::record("actions", "actions", &["Add"]).picks(&[("status", "changed")]).not(&[
        ("said-by", IN_A_VOICE),
        ("accepted", IN_A_VOICE),
        ("meeting", BY_ITSELF),
    ]),
    Form::record("supports", "supports", &["Add"]),
    Form::record("risks", "risks", &["Add"]).rows(&["disagreements"]),
    Form::record("contingency", "contingency", &["Add"]).rows(&[
        "triggers",
        "early-signs",
        "steps",
        "please-dont",
        "ring",
        "coping",
    ]),
    Form::page("keeping-well", &[], &[]),
    Form::lines("keeping-well", &["every-day"], &["Change: What I do every day to keep well"])
        .invited(&["What I do every day to keep well"]),
    Form::lines("keeping-well", &["triggers"], &["Change: What can upset things"]).invited(&["What can upset things"]),
    Form::lines("keeping-well", &["early-signs"], &["Change: First signs"]).invited(&["First signs"]),
    Form::lines("keeping-well", &["breaking-down"], &["Change: When it is getting too much"])
        .invited(&["When it is getting too much"]),
];

/// Money, decisions, and what happened.
pub const RECORDS: &[Form] = &[
    Form::record("money", "sources", &["What money is there for your support? Begin with where it comes from"])
        .again(&["Show: Where it comes from"]),
    Form::page("money", &["Show: Where it comes from"], &["Show: Where it comes from"]),
    Form::record("money", "lines", &["Add a line"]).again(&["Show: What it is for"]).rows(&["quotes"]),
    Form::record("money", "payments", &["Add a receipt"]).again(&["Show: Money spent"]),
    Form::record("deciding", "deciding", &["Add"]),
    Form::record("deciding", "representatives", &["Add somebody"]),
    Form::record("decisions", "decisions", &["Add a question"])
        .rows(&["options", "positions", "held-back"])
        .picks(&[("status", "decided")]),
    Form::record("log", "diary", &["Write in the diary"]),
    Form::record("log", "contacts", &["Somebody was contacted"]),
    Form::record("evidence", "evidence", &["Add"]),
    Form::page("meetings", &["Change: when we look at the plan again"], &["Change: when we look at the plan again"]),
    Form::record("agreement", "versions", &["Ask everybody"]).not(&[("heads", BY_ITSELF)]),
];

/// The small pages, and what somebody may put apart.
pub const SMALL: &[Form] = &[
    Form::record("learning", "learning", &["Add"]),
    Form::record("papers", "papers", &["Add"]),
    Form::record("capacity", "capacity", &["Add"]),
    Form::record("sharing", "agreements", &["What was agreed about sharing?"]),
    Form::record("sharing", "records", &["Was something shown, printed or told outside the circle?"]),
    Form::page("carer", &[], &[]).rows(&["support", "check-ins"]).not(&[("name", BY_ITSELF)]),
    Form::page("sensitive", &["Change: My body"], &["Change: My body"]).rows(&["notes"]).not(&[("name", ITS_OWN)]),
    Form::record("resources", "resources", &["Add"]),
];

/// A group's own page.
pub const GROUP: &[Form] = &[
    Form::page("coalition", &["Change"], &["Change"])
        .invited(&["What do we want together that none of us can do alone?"]),
    Form::record("coalition", "measures", &["What would show that it gets better?"])
        .rows(&["values"])
        .not(&[("values.written-by", BY_ITSELF)]),
    Form::record("coalition", "activities", &["Who will do something for it?"]),
    Form::record("coalition", "unmet", &["What does nobody help with yet?"]).rows(&["answers"]),
    Form::record("coalition", "problem", &["How do you see it?"]),
    Form::record("coalition", "partners", &["Who should be with us?"]),
    Form::record("coalition", "strategies", &["How do we go about it?"]),
    Form::record("coalition", "funding", &["Is there money for it?"]),
    Form::record("coalition", "learning", &["What did we try, and what did we learn?"]),
];

/// What stays on one device.
pub const MINE: &[Form] =
    &[Form::page("mine", &[], &[]).rows(&["drafts"]).not(&[("drafts.for-field", BY_ITSELF), ("drafts.on", BY_ITSELF)])];

/// What is not filled in by any of these, and why: `part.field`, `part.list`, or a whole part.
pub const NOWHERE: &[(&str, &str)] = &[
    ("person-centred.working", IN_A_VOICE),
    ("log.quarter", BY_ITSELF),
    ("log.incidents", ITS_OWN),
    ("meetings.meetings", ITS_OWN),
    ("agreement.recorded", ITS_OWN),
    ("mine.my-day", ITS_OWN),
    ("mine.put-off", BY_ITSELF),
];

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Form> {
    [PROFILE, WISHES, RECORDS, SMALL, GROUP, MINE].into_iter().flatten()
}
