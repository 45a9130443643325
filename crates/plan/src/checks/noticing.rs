//! From when on a plan says something by itself. Its cover may say so; what it does not say is as every plan begins.
//!
//! People know best what is much for them: for one, two bad days in a week are many, for another six are few.

use std::borrow::Cow;

use super::{due, happened, needs, specific::Words};
use crate::{as_one::AsOne, path::FieldPath, value::Value, whole::Whole};

/// What the checks of one plan go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticing {
    /// When it may be time to call people together over what happened.
    pub happened: happened::Thresholds,
    /// When a need is at risk, or nobody's for too long.
    pub needs: needs::Thresholds,
    /// Which days are soon.
    pub due: due::Thresholds,
    /// Which words promise nothing.
    pub words: Cow<'static, Words>,
}

impl Default for Noticing {
    fn default() -> Noticing {
        Noticing {
            happened: happened::Thresholds::default(),
            needs: needs::Thresholds::default(),
            due: due::Thresholds::default(),
            words: Cow::Borrowed(Words::english()),
        }
    }
}

impl Noticing {
    /// As the plan's cover says.
    pub fn of(whole: &Whole) -> Noticing {
        whole.part("cover").map_or_else(Noticing::default, |cover| Noticing::of_cover(&cover))
    }

    /// The same of the cover alone.
    pub fn of_cover(cover: &AsOne) -> Noticing {
        let mut noticing = Noticing::default();
        let said = |field: &str| match cover.value(path(field)?) {
            // What another program wrote there may be anything.
            Some(Value::Scale(number)) if number > 0 => Some(number),
            _ => None,
        };
        let set = |to: &mut i64, field| *to = said(field).unwrap_or(*to);
        let count = |to: &mut usize, field| *to = said(field).and_then(|said| said.try_into().ok()).unwrap_or(*to);
        let Noticing { happened, needs, due, words } = &mut noticing;
        count(&mut happened.in_a_week, "notice-week");
        count(&mut happened.in_four_weeks, "notice-month");
        set(&mut happened.severity, "notice-severity");
        count(&mut happened.agencies, "notice-agencies");
        set(&mut needs.answer_days, "notice-answer");
        set(&mut needs.nobodys_days, "notice-nobodys");
        set(&mut due.soon_days, "notice-soon");
        let text = |field| path(field).map(|field| cover.text(field)).unwrap_or_default();
        let (vague, fine) = (text("notice-vague"), text("notice-fine"));
        if !(vague.trim().is_empty() && fine.trim().is_empty()) {
            *words = Cow::Owned(Words::english().with(&vague, &fine));
        }
        noticing
    }
}

fn path(field: &str) -> Option<FieldPath> {
    FieldPath::new(crate::parts::part("cover")?, None, field).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        checks::{made_up, specific},
        document::Document,
        parts::part,
        views::Action,
    };
    use seal::{ChainId, DocId, Time};

    fn cover(fields: &[(&str, i64)], vague: &str, fine: &str) -> Document {
        let part = part("cover").unwrap();
        let mut document = Document::create(part, DocId::new([1; 32]), ChainId::new([1; 16]), Time(0)).0;
        for (field, number) in fields {
            document.set(path(field).unwrap(), Some(Value::Scale(*number))).unwrap();
        }
        document.splice(path("notice-vague").unwrap(), 0, 0, vague).unwrap();
        document.splice(path("notice-fine").unwrap(), 0, 0, fine).unwrap();
        document
    }

    #[test]
    fn a_plan_that_says_nothing_notices_as_every_plan_begins() {
        assert_eq!(Noticing::of(&Whole::new()), Noticing::default());
        let empty = cover(&[], "", " ");
        assert_eq!(Noticing::of(&Whole::new().with(&empty)), Noticing::default());
    }

    #[test]
    fn what_the_cover_says_holds_and_everything_else_stays() {
        let said = cover(&[("notice-week", 6), ("notice-nobodys", 7)], "", "");
        let noticing = Noticing::of(&Whole::new().with(&said));
        assert_eq!(noticing.happened.in_a_week, 6);
        assert_eq!(noticing.needs.nobodys_days, 7);
        assert_eq!(noticing.happened.in_four_weeks, happened::Thresholds::default().in_four_weeks);
        assert_eq!(noticing.needs.answer_days, needs::Thresholds::default().answer_days);
    }

    #[test]
    fn a_plan_asks_about_its_own_words_and_not_about_those_it_finds_clear() {
        let asks = |words: &Words, what: &str| {
            let action = Action { what: what.to_owned(), ..made_up::action(1) };
            specific::asks(&action, words).into_iter().any(|ask| matches!(ask, specific::Ask::What(_)))
        };
        let said = cover(&[], "Touch base, keep an eye\nhold space", "monitor; Support");
        let words = Noticing::of(&Whole::new().with(&said)).words;
        for what in ["Touch base on Monday", "We hold space", "keep an eye"] {
            assert!(asks(&words, what) && !asks(Words::english(), what), "{what}");
        }
        for what in ["Monitor the stove", "support"] {
            assert!(!asks(&words, what) && asks(Words::english(), what), "{what}");
        }
    }
}
