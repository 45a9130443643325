//! Days that come: the last to object to an answer, the day the plan is looked at again, and the day something in it is.
//! Actions and meetings have pages of their own; these days stand in a field that nobody opens until it is too late.

use std::collections::BTreeSet;

use seal::ItemId;

use crate::{
    date::Date,
    part::{FieldKind, Group, List, Part},
    path::{FieldPath, ListPath},
    value::Value,
    views::{self, ActionStatus},
    whole::{Record, Whole},
};

/// How far ahead, and how far back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Days ahead that are soon.
    pub soon_days: i64,
    /// Days after which nobody is told any more that one could have objected: that day does not come back.
    pub objected_days: i64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { soon_days: 14, objected_days: 28 }
    }
}

/// What the day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The last to object to what an agency answered.
    Object,
    /// An agency has not answered yet and is asked again.
    Unanswered,
    /// The plan is looked at again.
    Review,
    /// This record, or this part, is looked at again.
    LookAgain,
    /// A young person comes to this age, and what was agreed about sharing was agreed before.
    AskAgain(u8),
}

/// The ages at which a young person is asked again what may be shared. Nothing changes by itself.
const ASKED_AGAIN: [u8; 2] = [18, 16];

/// Where today stands to the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// After it.
    Overdue,
    /// On it, or shortly before.
    Soon,
}

/// One day that comes, or has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What it is.
    pub what: What,
    /// The code of the part it is in.
    pub part: &'static str,
    /// The record; none is the part itself.
    pub item: Option<ItemId>,
    /// What the record is called; for an answer, the need.
    pub called: String,
    /// Who answered, where it is an answer.
    pub agency: String,
    /// The day.
    pub day: Date,
    /// Where today stands to it.
    pub when: When,
}

/// Every such day that is soon or has passed, the earliest first.
pub fn due(whole: &Whole, today: Date, thresholds: Thresholds) -> Vec<Due> {
    let mut found = Vec::new();
    let mut note = |what, part, item, called: String, agency: String, day: Date| {
        if day <= today.plus(thresholds.soon_days) {
            let when = if day < today { When::Overdue } else { When::Soon };
            found.push(Due { what, part, item, called, agency, day, when });
        }
    };
    for need in whole.records("needs") {
        if need.choice("status").is_some_and(|status| status == "closed") {
            continue;
        }
        for answer in need.list("answers") {
            let Some(day) = answer.date("appeal-by") else { continue };
            let what = match answer.choice("answer").as_deref() {
                Some("ours") => continue,
                // Nobody can object to what was not said yet.
                Some("waiting") | None => What::Unanswered,
                Some(_) => What::Object,
            };
            if what == What::Unanswered || today.days() - day.days() <= thresholds.objected_days {
                note(what, "needs", Some(need.id()), need.called(), answer.text("agency"), day);
            }
        }
    }
    // What is put apart is told on its own page only, and not where others look over a shoulder.
    let reviews = [("next-review", What::Review), ("review", What::LookAgain)];
    let is_day_of = |part: &'static Part, field| part.field(field).is_some_and(|field| field.kind == FieldKind::Date);
    let wanted =
        |part: &'static Part| part.group != Group::Apart && reviews.iter().any(|(field, _)| is_day_of(part, *field));
    for document in whole.documents_of(wanted) {
        let part = document.part();
        for (field, what) in reviews {
            if !is_day_of(part, field) {
                continue;
            }
            let path = FieldPath::new(part, None, field).expect("a field that is described");
            if let Some(Value::Date(day)) = document.value(path).value() {
                note(what, part.code, None, String::new(), String::new(), *day);
            }
        }
    }
    if let Some((age, day)) = asked_again(whole, today.plus(thresholds.soon_days)) {
        note(What::AskAgain(age), "sharing", None, String::new(), String::new(), day);
    }
    let over: BTreeSet<ItemId> = views::actions(whole)
        .into_iter()
        .filter(|action| {
            matches!(action.stands(), Some(ActionStatus::Done | ActionStatus::NotDone | ActionStatus::SaidNo))
        })
        .map(|action| action.id)
        .collect();
    for part in crate::parts().iter().filter(|part| part.group != Group::Apart) {
        for list in part.lists.iter().filter(|list| is_day(list, "review")) {
            let path = ListPath::new(part, None, list.code).expect("a list that is described");
            for record in whole.of_list(path) {
                let Some(day) = record.date("review") else { continue };
                if !over.contains(&record.id()) && !is_past(list, &record, today) {
                    note(What::LookAgain, part.code, Some(record.id()), record.called(), String::new(), day);
                }
            }
        }
    }
    found.sort_by_key(|due| (due.day, due.what, due.part, due.item));
    found
}

/// The last of the ages to be asked again at that is reached by this day, and when, if something that still holds was agreed before.
fn asked_again(whole: &Whole, by: Date) -> Option<(u8, Date)> {
    let details = whole.documents().find(|document| document.part().code == "cover-details")?;
    let born = FieldPath::new(details.part(), None, "date-of-birth").expect("a field that is described");
    let Some(Value::Date(born)) = details.value(born).value().cloned() else { return None };
    let birthdays = ASKED_AGAIN.into_iter().filter_map(|age| Some((age, birthday(born, age)?)));
    let (age, day) = birthdays.into_iter().find(|(_, day)| *day <= by)?;
    let list = ListPath::new(crate::part("sharing")?, None, "agreements").expect("a list that is described");
    let is_before = |agreed: &Record<'_>| agreed.date("from").is_some_and(|from| from < day);
    let holds = |agreed: &Record<'_>| !is_past(list.describe(), agreed, by);
    whole.of_list(list).iter().any(|agreed| is_before(agreed) && holds(agreed)).then_some((age, day))
}

/// The day somebody comes to an age; who was born on 29 February does so on 1 March where there is none.
fn birthday(born: Date, age: u8) -> Option<Date> {
    let year = born.year().checked_add(u16::from(age))?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

fn is_day(list: &'static List, field: &str) -> bool {
    list.field(field).is_some_and(|field| field.kind == FieldKind::Date)
}

// What was taken back, let go of, or has come to its end is not looked at again.
fn is_past(list: &'static List, record: &Record<'_>, today: Date) -> bool {
    let mut ended = ["to", "until", "end", "withdrawn"].into_iter().filter(|field| is_day(list, field));
    let let_go = list.field("status").is_some() && record.choice("status").is_some_and(|status| status == "let-go");
    let_go || ended.any(|field| record.date(field).is_some_and(|day| day < today))
}

#[cfg(test)]
mod tests;
