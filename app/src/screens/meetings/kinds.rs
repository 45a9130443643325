//! The kinds of meetings: what each is for, when people usually meet again, what is usually talked about.

use desk::Fill;
use eframe::egui::Ui;
use plan::{Date, Value};
use words::text;

use super::PART;
use crate::{
    asks::Asks,
    kit::{self, Cell, Column},
    screens::fields::Record,
    theme::{self, Type, gap},
};

/// One kind.
pub(super) struct Kind {
    /// Its code in a plan.
    pub(super) code: &'static str,
    /// The key of what it is for.
    pub(super) why: &'static str,
    /// After how many weeks people usually meet again, from and to.
    pub(super) again: Option<(i64, i64)>,
    /// Which other meeting usually comes soon after one of these.
    pub(super) soon: Option<Soon>,
    /// Keys of what is usually talked about.
    pub(super) topics: &'static [&'static str],
}

/// A meeting that comes soon after another.
pub(super) struct Soon {
    /// Its kind.
    pub(super) kind: &'static str,
    /// By when.
    pub(super) within: Within,
    /// The keys of the sentence that says so, and of the button that plans it.
    pub(super) words: (&'static str, &'static str),
}

/// How soon.
pub(super) enum Within {
    WorkingDays(u32),
    Weeks(i64),
}

impl Soon {
    /// The last usual day, after a meeting on this one.
    pub(super) fn by(&self, met: Date) -> Date {
        match self.within {
            Within::WorkingDays(days) => met.working_days_later(days),
            Within::Weeks(weeks) => met.plus(7 * weeks),
        }
    }
}

/// After a conference the core group meets within ten working days.
const CORE_GROUP: Option<Soon> = Some(Soon {
    kind: "core-group",
    within: Within::WorkingDays(10),
    words: ("checks-core-group", "checks-core-group-plan"),
});

/// Some weeks after a plan was made or made anew somebody asks whether it works.
const LIGHT_CHECK: Option<Soon> = Some(Soon {
    kind: "light-check",
    within: Within::Weeks(8),
    words: ("checks-light-check", "checks-light-check-plan"),
});

const WELL: &str = "money-topic-well";
const NOT_WELL: &str = "money-topic-not-well";
const WANTS: &str = "money-topic-wants";
const PROMISES: &str = "money-topic-promises";
const SPENT: &str = "money-topic-money";
const WORRIES: &str = "money-topic-worries";
const SAFE: &str = "money-topic-safe";
const WHO: &str = "money-topic-who";

const KINDS: [Kind; 9] = [
    Kind { code: "circle", why: "money-kind-circle", again: Some((7, 9)), soon: None, topics: &[WELL, WANTS, WHO] },
    Kind {
        code: "review",
        why: "money-kind-review",
        // At least once a year.
        again: Some((50, 52)),
        soon: LIGHT_CHECK,
        topics: &[WELL, NOT_WELL, WANTS, PROMISES, SPENT, WHO],
    },
    Kind {
        code: "light-check",
        why: "money-kind-light-check",
        again: Some((6, 8)),
        soon: None,
        topics: &[WELL, NOT_WELL],
    },
    Kind {
        code: "family-team",
        why: "money-kind-family-team",
        again: Some((6, 12)),
        soon: None,
        topics: &[WELL, WORRIES, PROMISES, WHO],
    },
    Kind {
        code: "case-conference",
        why: "money-kind-case-conference",
        again: Some((12, 13)),
        soon: CORE_GROUP,
        topics: &[WELL, SAFE, WORRIES, WHO],
    },
    Kind {
        code: "case-review",
        why: "money-kind-case-review",
        again: Some((13, 26)),
        soon: None,
        topics: &[PROMISES, SAFE, WHO],
    },
    Kind {
        code: "core-group",
        why: "money-kind-core-group",
        again: Some((4, 6)),
        soon: None,
        topics: &[PROMISES, WORRIES, WHO],
    },
    Kind { code: "strategy", why: "money-kind-strategy", again: None, soon: None, topics: &[SAFE, WORRIES, WHO] },
    Kind { code: "coalition", why: "money-kind-coalition", again: None, soon: None, topics: &[PROMISES, WHO] },
];

/// What is known of a meeting's kind.
pub(super) fn of(meeting: Record<'_>) -> Option<&'static Kind> {
    let code = meeting.choice("kind")?;
    KINDS.iter().find(|kind| kind.code == code)
}

/// Which kind is it to be? Whether one was chosen; it is added then.
pub(super) fn choose(ui: &mut Ui, part: Record<'_>, asks: &mut Asks) -> bool {
    let described = plan::part(PART).and_then(|part| part.list(PART)?.field("kind"));
    let Some(described) = described else { return false };
    let columns = [
        Column { words: "", share: 2.0, align: eframe::egui::Align::Min },
        Column { words: "", share: 3.4, align: eframe::egui::Align::Min },
    ];
    let mut chosen = false;
    kit::card(ui, |ui| {
        ui.label(theme::text(ui, Type::Section, text("money-which-kind")));
        ui.spacing_mut().item_spacing.y = 0.0;
        for kind in &KINDS {
            let name = words::label(&described.choice_label(kind.code));
            let cells = [Cell::Name(name.clone()), Cell::Words(text(kind.why))];
            ui.push_id(kind.code, |ui| {
                if kit::row(ui, &columns, &cells, &name, true).clicked() {
                    let mut fills = vec![
                        ("kind".to_owned(), Fill::Value(Value::Choice(kind.code.to_owned()))),
                        ("status".to_owned(), Fill::Value(Value::Choice("planned".to_owned()))),
                    ];
                    fills.extend(super::myself(part).map(|me| ("called-by".to_owned(), Fill::Value(me))));
                    part.add(PART, fills, asks);
                    chosen = true;
                }
            });
        }
    });
    ui.add_space(gap::L);
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soon(code: &str, met: &str) -> Option<String> {
        let kind = KINDS.iter().find(|kind| kind.code == code)?;
        Some(kind.soon.as_ref()?.by(met.parse().unwrap()).to_string())
    }

    #[test]
    fn the_core_group_meets_within_ten_working_days_and_a_review_is_followed_by_a_short_look() {
        assert_eq!(soon("case-conference", "2026-11-12").as_deref(), Some("2026-11-26"));
        assert_eq!(soon("review", "2026-11-12").as_deref(), Some("2027-01-07"));
        assert_eq!(soon("circle", "2026-11-12"), None);
    }

    #[test]
    fn every_kind_that_follows_another_is_one_a_meeting_can_be() {
        for soon in KINDS.iter().filter_map(|kind| kind.soon.as_ref()) {
            assert!(KINDS.iter().any(|kind| kind.code == soon.kind), "{}", soon.kind);
        }
    }
}
