//! Days that come and are no action and no meeting: the last to object to an answer, the next look at the plan or at
//! something in it.

use desk::Desk;
use plan::{
    Date,
    checks::{
        due::{self, Due, What, When},
        noticing::Noticing,
    },
};
use seal::PlanId;
use words::{Say, say, text};

use crate::{terms, theme::Tone};

/// All of a plan that are soon or have passed.
pub fn reckon(desk: &Desk, plan: PlanId, today: Date) -> Vec<Due> {
    let whole = desk.whole(plan);
    due::due(&whole, today, Noticing::of(&whole).due)
}

/// What it is, in a few words.
pub fn called(due: &Due) -> String {
    // What has no words yet is told by its part.
    let what = if due.called.is_empty() { terms::part(due.part) } else { due.called.clone() };
    say(match due.what {
        What::Object => Say::new("checks-object").with("agency", due.agency.as_str()).with("what", what),
        What::Unanswered => Say::new("checks-ask-again").with("agency", due.agency.as_str()).with("what", what),
        What::Review => Say::new("checks-review"),
        What::LookAgain => Say::new("checks-look-again").with("what", what),
        What::AskAgain(age) => Say::new("content-ask-again").with("age", i64::from(age)),
    })
}

/// By when, and how much somebody should look.
pub fn by(due: &Due) -> (Tone, String) {
    // A birthday is told to those who hold it, and not to whoever looks over a shoulder.
    if let What::AskAgain(_) = due.what {
        let key = if due.when == When::Overdue { "content-ask-again-now" } else { "content-ask-again-soon" };
        return (Tone::NotYet, text(key));
    }
    let day = words::date(&due.day.to_string());
    let (tone, key) = match (due.what, due.when) {
        (What::Object, When::Overdue) => (Tone::Attention, "checks-objected"),
        (What::Unanswered | What::Review | What::LookAgain | What::AskAgain(_), When::Overdue) => {
            (Tone::NotYet, "checks-overdue")
        }
        (_, When::Soon) => (Tone::Plain, "app-by"),
    };
    (tone, say(Say::new(key).with("day", day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_to_object_says_to_whom_and_over_what() {
        let day: Date = "2026-12-01".parse().unwrap();
        let due = Due {
            what: What::Object,
            part: "needs",
            item: None,
            called: "The bus".into(),
            agency: "Transport".into(),
            day,
            when: When::Soon,
        };
        assert_eq!(called(&due), "Object to what Transport answered: The bus");
        let waits = Due { what: What::Unanswered, ..due.clone() };
        assert_eq!(called(&waits), "Ask Transport again: The bus");
        assert!(by(&due).1.contains("1 December 2026"));
        let past = Due { when: When::Overdue, ..due };
        assert_eq!(by(&past), (Tone::Attention, "One could object until 1 December 2026".to_owned()));
        let review = Due { what: What::LookAgain, called: String::new(), part: "risks", ..past };
        assert!(called(&review).contains(&terms::part("risks")));
    }
}
