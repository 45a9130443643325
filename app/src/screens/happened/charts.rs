//! The counts as drawings, each with its numbers in words and, behind one press, line by line.

use eframe::egui::Ui;
use plan::{
    Date,
    checks::happened::stands_out,
    views::{Step, StepOf},
};
use words::{Say, say, text};

use super::{
    look::{Look, WEEKS},
    short,
};
use crate::{
    kit::{self, Bar, Lane, Mark, numbers},
    theme::{self, Tone, Type, gap},
};

/// The days of the week as they stand in tables, Monday first.
pub(super) fn days() -> [String; 7] {
    let all = text("happened-days");
    let mut days = all.split_whitespace().map(str::to_owned);
    std::array::from_fn(|_| days.next().unwrap_or_default())
}

/// What a step of severity is called, and how it looks.
pub(super) fn severity(step: i64) -> (Tone, String) {
    let (tone, key) = match step {
        i64::MIN..=0 => (Tone::Plain, "happened-near-miss"),
        1 => (Tone::NotYet, "happened-low"),
        2 => (Tone::Attention, "happened-moderate"),
        3.. => (Tone::Attention, "happened-serious"),
    };
    (tone, text(key))
}

/// A title inside a card, found by a reader as one.
pub(super) fn heading(ui: &mut Ui, words: &str) {
    let label = ui.label(theme::text(ui, Type::Section, words));
    kit::is_heading(ui, &label, words);
}

/// When it happens: day and hour.
pub(super) fn when(ui: &mut Ui, look: &Look) {
    kit::card(ui, |ui| {
        let title = text("happened-when");
        heading(ui, &title);
        let cell = |day: usize, hour: usize, count: usize| {
            say(Say::new("happened-cell").with("day", day).with("from", hour).with("to", hour + 1).with("count", count))
        };
        let total: usize = look.grid.iter().flatten().sum();
        let said = say(Say::new("happened-when-all").with("count", total));
        kit::hours(ui, &look.grid, &days(), &said, cell);
        let found = stands_out(&look.grid).map(|(day, hour, count)| {
            let place = look.places.first().filter(|_| look.places.len() == 1).cloned().unwrap_or_default();
            let there = i64::from(!place.is_empty());
            say(Say::new("happened-stands-out")
                .with("day", day)
                .with("from", hour)
                .with("to", hour + 1)
                .with("count", count)
                .with("there", there)
                .with("place", place))
        });
        if let Some(found) = found {
            ui.label(theme::text(ui, Type::BesideStrong, found));
        }
        ui.label(theme::soft(ui, Type::Note, text("happened-only-here")));
        let filled = (0..7).flat_map(|day| (0..24).map(move |hour| (day, hour)));
        let lines: Vec<(String, String)> = filled
            .filter(|(day, hour)| look.grid[*day][*hour] > 0)
            .map(|(day, hour)| (cell(day, hour, 0), look.grid[day][hour].to_string()))
            .collect();
        numbers(ui, &title, &lines);
    });
}

/// How many each week, with the mean of four.
pub(super) fn weeks(ui: &mut Ui, look: &Look) {
    kit::card(ui, |ui| {
        let title = text("happened-weeks");
        heading(ui, &title);
        let said = |week: &plan::checks::happened::Week| {
            say(Say::new("happened-week")
                .with("day", short(week.monday))
                .with("count", week.count)
                .with("mean", week.mean.to_string()))
        };
        let bar = |week: &plan::checks::happened::Week| Bar {
            under: short(week.monday),
            count: week.count,
            mean: Some(week.mean.0 as f32 / 100.0),
            said: said(week),
        };
        let bars: Vec<Bar> = look.weeks.iter().map(bar).collect();
        let summary = look.weeks.last().map(|week| {
            let four: usize = look.weeks.iter().rev().take(4).map(|week| week.count).sum();
            say(Say::new("happened-weeks-now").with("count", week.count).with("four", four))
        });
        kit::counts(ui, &bars, &title);
        ui.label(theme::text(ui, Type::Beside, summary.unwrap_or_default()));
        ui.label(theme::soft(ui, Type::Small, text("happened-weeks-line")));
        let lines: Vec<(String, String)> = look
            .weeks
            .iter()
            .rev()
            .map(|week| {
                let counts = Say::new("happened-week-counts").with("count", week.count);
                (short(week.monday), say(counts.with("mean", week.mean.to_string())))
            })
            .collect();
        numbers(ui, &title, &lines);
    });
}

/// How serious it was, and what is named most before.
pub(super) fn how(ui: &mut Ui, look: &Look) {
    kit::card(ui, |ui| {
        let title = text("happened-how");
        heading(ui, &title);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = eframe::egui::vec2(gap::S, gap::S);
            for (step, count) in look.severities.iter().enumerate().rev() {
                let (tone, words) = severity(i64::try_from(step).unwrap_or_default());
                let tone = if *count == 0 { Tone::Plain } else { tone };
                kit::chip(ui, tone, &format!("{words}: {count}"));
            }
        });
        ui.add_space(gap::S);
        worst(ui, look);
        ui.add_space(gap::S);
        heading(ui, &text("happened-before"));
        if look.before.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("happened-before-none")));
        }
        for (word, count) in look.before.iter().take(5) {
            let line = say(Say::new("happened-before-line").with("word", word.as_str()).with("count", *count));
            ui.label(theme::text(ui, Type::Beside, line));
        }
    });
}

/// How serious the worst of each week was, as a line, with gaps where nothing was written down.
fn worst(ui: &mut Ui, look: &Look) {
    let title = text("checks-severity");
    let how = |step: Option<i64>| step.map_or_else(|| text("checks-severity-none"), |step| severity(step).1);
    let bar = |(monday, step): &(Date, Option<i64>)| Bar {
        under: short(*monday),
        count: 0,
        mean: step.map(|step| step as f32),
        said: say(Say::new("checks-severity-week").with("day", short(*monday)).with("how", how(*step))),
    };
    let bars: Vec<Bar> = look.worst.iter().map(bar).collect();
    ui.label(theme::soft(ui, Type::Note, &title));
    kit::counts(ui, &bars, &title);
    let lines: Vec<(String, String)> =
        look.worst.iter().rev().map(|(monday, step)| (short(*monday), how(*step))).collect();
    numbers(ui, &title, &lines);
}

/// Who was contacted, and whether somebody was sent round in a circle.
pub(super) fn contacted(ui: &mut Ui, look: &Look) {
    kit::card(ui, |ui| {
        heading(ui, &text("happened-agencies"));
        if look.agencies.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("happened-agencies-none")));
        }
        for (name, count) in look.agencies.iter().take(8) {
            let line = say(Say::new("happened-agency").with("name", name.as_str()).with("count", *count));
            ui.label(theme::text(ui, Type::Beside, line));
        }
        for (week, names) in look.revolving.iter().take(3) {
            let line = Say::new("happened-revolving").with("day", short(*week)).with("names", words::together(names));
            ui.add_space(gap::XS);
            ui.label(theme::text(ui, Type::BesideStrong, say(line)));
        }
        if !look.revolving.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("happened-revolving-why")));
        }
    });
}

/// What came after what, on one line of time.
pub(super) fn strip(ui: &mut Ui, look: &Look) {
    let first = look.today.plus(-7 * i64::try_from(WEEKS).unwrap_or(0));
    let span = (look.today.days() - first.days()).max(1) as f32;
    let place = |day: Date| (day.days() - first.days()) as f32 / span;
    let near: Vec<&Step> = look.steps.iter().filter(|step| step.day > first && step.day <= look.today).collect();
    kit::card(ui, |ui| {
        let title = text("happened-strip");
        heading(ui, &title);
        ui.label(theme::soft(ui, Type::Note, text("happened-strip-why")));
        let lanes: Vec<Lane> = StepOf::ALL
            .into_iter()
            .map(|of| {
                let (mark, name) = lane(of);
                let mut marks: Vec<(Date, usize, Vec<String>)> = Vec::new();
                for step in near.iter().filter(|step| step.of == of) {
                    match marks.last_mut().filter(|(day, ..)| *day == step.day) {
                        Some((_, count, words)) => {
                            *count += 1;
                            words.push(step.words.clone());
                        }
                        None => marks.push((step.day, 1, vec![step.words.clone()])),
                    }
                }
                let told =
                    |(day, _, words): &(Date, usize, Vec<String>)| format!("{}: {}", short(*day), words.join(" · "));
                let all: Vec<String> = marks.iter().map(|(day, ..)| short(*day)).collect();
                let none = text("happened-strip-none");
                let said = format!("{name}: {}", if all.is_empty() { none } else { all.join(", ") });
                let marks = marks.iter().map(|mark| (place(mark.0), mark.1, told(mark))).collect();
                Lane { words: name, mark, marks, said }
            })
            .collect();
        let ticks: Vec<(f32, String)> = (0..=WEEKS)
            .step_by(2)
            .map(|week| first.plus(7 * i64::try_from(week).unwrap_or(0)))
            .map(|day| (place(day), short(day)))
            .collect();
        kit::lanes(ui, &lanes, &ticks);
        let lines: Vec<(String, String)> =
            near.iter().rev().map(|step| (short(step.day), format!("{}: {}", lane(step.of).1, step.words))).collect();
        // A year of work is too long to be read line by line; what is further back stands in its own part.
        numbers(ui, &title, &lines[..lines.len().min(60)]);
    });
}

fn lane(of: StepOf) -> (Mark, String) {
    let (mark, key) = match of {
        StepOf::Happened => (Mark::Disc, "happened-strip-happened"),
        StepOf::Contact => (Mark::Ring, "happened-strip-contact"),
        StepOf::Decision => (Mark::Diamond, "happened-strip-decision"),
        StepOf::Change => (Mark::Stroke, "happened-strip-change"),
    };
    (mark, text(key))
}
