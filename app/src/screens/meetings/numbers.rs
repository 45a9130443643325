//! What the plan itself can say at a meeting: what happened, what was promised and what was spent since people last met.

use std::collections::BTreeMap;

use eframe::egui::Ui;
use plan::{
    Date, Money, Someone, Whole,
    checks::{
        happened::between,
        money::{Sums, percent, sums, time_gone},
        promises::{Promise, Tally, since, tally},
        wishes::last_scores,
    },
    views::{self, Action},
};
use seal::ItemId;
use words::{Say, say, text};

use crate::{
    kit::{self, Icon, chip},
    people,
    screens::fields::Record,
    theme::{self, Tone, Type, gap},
};

/// Counted once for each change of the plan.
#[derive(Debug)]
pub(super) struct Numbers {
    /// The day people last met, if they did.
    met: Option<Date>,
    incidents: usize,
    /// In the four weeks up to the meeting, and in the four before.
    trend: (usize, usize),
    promises: Vec<(Action, Promise)>,
    tally: Tally,
    money: Option<Spent>,
    /// Of each wish everybody's last score.
    pub(super) scores: BTreeMap<ItemId, BTreeMap<Someone, i64>>,
}

#[derive(Debug)]
struct Spent {
    sums: Sums,
    gone: Option<i64>,
}

impl Numbers {
    pub(super) fn of(whole: &Whole<'_>, meeting: ItemId, today: Date) -> Numbers {
        let meetings = whole.records("meetings");
        let when = meetings.iter().find(|one| one.id() == meeting).and_then(|one| one.moment("when"));
        let held = |one: &&plan::Record<'_>| match one.choice("status").as_deref() {
            Some("called-off" | "planned") => false,
            _ => one.id() != meeting,
        };
        let earlier = meetings.iter().filter(held).filter_map(|one| one.moment("when"));
        let met = earlier.filter(|one| when.is_none_or(|when| *one < when)).max().map(|one| one.date());
        // A meeting that is still to come counts up to today.
        let until = when.map_or(today, |when| when.date().min(today));
        let incidents = views::incidents(whole);
        let actions = views::actions(whole);
        let promises = since(&actions, met, until);
        let four = |weeks: i64| between(&incidents, Some(until.plus(-28 * (weeks + 1))), until.plus(-28 * weeks));
        let money =
            views::budget(whole).map(|budget| Spent { sums: sums(&budget, until), gone: time_gone(&budget, until) });
        Numbers {
            met,
            incidents: between(&incidents, met, until),
            trend: (four(0), four(1)),
            tally: tally(&promises),
            promises: promises
                .into_iter()
                .filter_map(|(id, promise)| Some((actions.iter().find(|action| action.id == id)?.clone(), promise)))
                .collect(),
            money,
            scores: views::goals(whole).iter().map(|goal| (goal.id, last_scores(goal))).collect(),
        }
    }
}

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, numbers: &Numbers) {
    kit::card(ui, |ui| {
        let heading = match numbers.met {
            Some(day) => say(Say::new("money-since").with("day", words::date(&day.to_string()))),
            None => text("money-since-ever"),
        };
        let label = ui.label(theme::text(ui, Type::Section, &heading));
        kit::is_heading(ui, &label, &heading);
        let (now, before) = numbers.trend;
        line(ui, Icon::HISTORY, say(Say::new("money-happened").with("count", numbers.incidents)));
        if now + before > 0 {
            let trend = Say::new("money-trend").with("now", now).with("before", before);
            ui.label(theme::soft(ui, Type::Note, say(trend)));
        }
        let Tally { kept, changed, not_kept, open } = numbers.tally;
        if numbers.promises.is_empty() {
            line(ui, Icon::ACTIONS, text("money-no-promises"));
        } else {
            let tally = Say::new("money-promises").with("kept", kept).with("changed", changed);
            line(ui, Icon::ACTIONS, say(tally.with("missed", not_kept).with("open", open)));
        }
        promises(ui, meeting, numbers);
        if let Some(Spent { sums, gone }) = &numbers.money
            && let Some(spent) = percent(sums.spent, sums.available)
        {
            let currency = Record::part(meeting.desk, meeting.plan, "money").choice("currency").unwrap_or_default();
            let said = |Money(minor): Money| words::money(minor, &currency);
            let check = Say::new("money-check").with("spent", said(sums.spent)).with("available", said(sums.available));
            line(ui, Icon::MONEY, say(check.with("share", spent)));
            if let Some(gone) = gone {
                ui.label(theme::soft(ui, Type::Note, say(Say::new("money-check-gone").with("gone", *gone))));
            }
        }
        ui.label(theme::soft(ui, Type::Small, text("money-counts-only")));
    });
}

fn line(ui: &mut Ui, icon: Icon, words: String) {
    ui.add_space(gap::XS);
    let accent = theme::of(ui.ctx()).accent;
    let words = theme::text(ui, Type::Body, words);
    kit::icon_line(ui, icon, accent, words);
}

fn promises(ui: &mut Ui, meeting: Record<'_>, numbers: &Numbers) {
    for (action, promise) in &numbers.promises {
        let (tone, key) = match promise {
            Promise::Kept | Promise::KeptLate(_) => (Tone::Calm, "money-promise-kept"),
            Promise::Changed => (Tone::NotYet, "money-promise-changed"),
            Promise::NotKept => (Tone::Attention, "money-promise-not-kept"),
            Promise::Open => (Tone::Plain, "money-promise-open"),
        };
        let who: Vec<String> =
            action.who.iter().map(|who| people::face_of(meeting.desk, meeting.plan, who).name).collect();
        ui.horizontal_wrapped(|ui| {
            ui.add_space(22.0 + gap::M);
            chip(ui, tone, &text(key));
            ui.label(theme::text(ui, Type::Note, &action.what));
            ui.label(theme::soft(ui, Type::Note, people::together(&who)));
        });
    }
}
