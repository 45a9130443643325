//! What there is, what is planned, what is free: three numbers, one bar, and the same in words.

use eframe::egui::{Label, Ui};
use plan::{
    Money,
    checks::money::{is_a_year, percent, pieces, time_gone},
};
use words::{Say, say, text};

use super::{Books, said};
use crate::{
    kit::{self, Filling, Piece, chip, figure},
    noticed,
    screens::fields::Record,
    theme::{self, Type, gap},
};

/// From which width on the sources stand beside the numbers.
const BESIDE: f32 = 820.0;

pub(super) fn ui(ui: &mut Ui, record: Record<'_>, books: &Books) {
    let palette = theme::of(ui.ctx());
    let sums = &books.sums;
    kit::card(ui, |ui| {
        // Without a first and last day money is for a year.
        let for_a_year = books.budget.from.zip(books.budget.to).is_none() || is_a_year(&books.budget);
        let sources = record.records("sources").into_iter();
        let sources: Vec<String> = sources.filter_map(|source| in_words(source, for_a_year)).collect();
        let beside = ui.available_width() > BESIDE && sources.len() <= 2;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            let available = if for_a_year { "money-available" } else { "money-available-time" };
            figure(ui, &text(available), &said(record, sums.available), None);
            figure(ui, &text("money-planned"), &said(record, sums.planned), None);
            let ink = if sums.not_planned < Money(0) { palette.attention } else { palette.calm };
            figure(ui, &text("money-not-planned"), &said(record, sums.not_planned), Some(ink));
            if beside {
                ui.vertical(|ui| {
                    for source in &sources {
                        ui.add(Label::new(theme::soft(ui, Type::Small, source)).wrap());
                    }
                });
            }
        });
        for source in sources.iter().filter(|_| !beside) {
            ui.label(theme::soft(ui, Type::Note, source));
        }
        ui.add_space(gap::S);
        let (pieces, sentence) = cut(record, books);
        kit::bar(ui, &pieces, &sentence);
        if let Some(gone) = gone(books) {
            ui.label(theme::text(ui, Type::Beside, gone));
        }
        let mut told = Vec::new();
        if let Some(even) = sums.by_now {
            told.push(say(Say::new("money-even").with("amount", said(record, even))));
        }
        if sums.just_in_case > Money(0) {
            told.push(say(Say::new("money-just-in-case").with("amount", said(record, sums.just_in_case))));
        }
        if !told.is_empty() {
            ui.label(theme::soft(ui, Type::Small, told.join(" · ")));
        }
    });
    ui.add_space(gap::S);
    let currency = record.choice("currency").unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        for one in noticed::money::noticed(&books.budget, sums, &currency) {
            chip(ui, one.tone, &one.words);
        }
    });
}

/// The pieces of the bar, each in words, and all of it in one sentence.
fn cut(record: Record<'_>, books: &Books) -> (Vec<Piece>, String) {
    let cut = pieces(&books.sums);
    let Money(all) = Money(cut.spent.0.saturating_add(cut.planned.0).saturating_add(cut.free.0));
    // What goes beyond the end is cut off the planned piece, so that the bar ends where it ends.
    let planned = Money(cut.planned.0.saturating_sub(cut.beyond.0).max(0));
    let share = |Money(part): Money| if all > 0 { part as f32 / all as f32 } else { 0.0 };
    let piece = |key: &'static str, filling, amount| Piece {
        share: share(amount),
        filling,
        words: say(Say::new(key).with("amount", said(record, amount))),
    };
    let mut pieces = vec![piece("money-spent", Filling::Full, cut.spent), piece("money-meant", Filling::Half, planned)];
    if cut.beyond > Money(0) {
        pieces.push(piece("money-beyond", Filling::Beyond, cut.beyond));
    } else {
        pieces.push(piece("money-free", Filling::Hatched, cut.free));
    }
    let sentence = pieces.iter().map(|piece| piece.words.clone()).collect::<Vec<_>>();
    (pieces, words::together(&sentence))
}

/// "40 % of the year has gone, 38 % of the money is spent".
fn gone(books: &Books) -> Option<String> {
    let spent = percent(books.sums.spent, books.sums.available)?;
    let Some(gone) = time_gone(&books.budget, books.day) else {
        return Some(say(Say::new("money-share").with("spent", spent)));
    };
    let span = if is_a_year(&books.budget) { "year" } else { "time" };
    Some(say(Say::new("money-gone").with("span", span).with("gone", gone).with("spent", spent)))
}

/// A source in words: "£298.00 a week from the council and £22.00 from me, 52 weeks".
fn in_words(source: Record<'_>, for_a_year: bool) -> Option<String> {
    let amount = |field: &str| match source.value(field) {
        Some(plan::Value::Money(amount)) => Some(said(source, amount)),
        _ => None,
    };
    let mine = amount("contribution").unwrap_or_else(|| "none".to_owned());
    let say = Say::new("money-source")
        .with("amount", amount("amount")?)
        .with("per", source.choice("per").unwrap_or_default())
        .with("from", source.choice("source").unwrap_or_default())
        .with("span", if for_a_year { "year" } else { "time" })
        .with("mine", mine);
    Some(words::say(say))
}
