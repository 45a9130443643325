//! The money by what it helps: what each wish and need gets, and what helps nothing anybody wants yet.

use eframe::egui::{Align, Layout, Ui};
use plan::{Money, views::Planned};
use seal::ItemId;
use words::{Say, say, text};

use super::{Books, said, wish};
use crate::{
    kit::{self, Cell, Column, Icon},
    screens::fields::Record,
    theme::{self, Tone, Type, gap},
};

/// Draws it; gives back the line somebody wants to see.
pub(super) fn ui(ui: &mut Ui, part: Record<'_>, books: &Books) -> Option<ItemId> {
    let mut wanted = None;
    let untied: Vec<&Planned> = books.budget.lines.iter().filter(|line| line.helps.is_empty()).collect();
    if !untied.is_empty() {
        kit::toned_card(ui, Tone::Attention, |ui| {
            head(ui, &text("money-untied-head"), &said(part, books.outcomes.none));
            ui.label(theme::soft(ui, Type::Note, text("money-untied-why")));
            wanted = rows(ui, part, books, &untied).or(wanted);
        });
        ui.add_space(gap::L);
    }
    // What gets most stands first.
    let mut each: Vec<(ItemId, Money)> = books.outcomes.each.iter().map(|(item, amount)| (*item, *amount)).collect();
    each.sort_by_key(|(item, amount)| (std::cmp::Reverse(*amount), *item));
    for (item, amount) in each {
        let lines: Vec<&Planned> = books.budget.lines.iter().filter(|line| line.helps.contains(&item)).collect();
        ui.push_id(item.to_string(), |ui| {
            kit::card(ui, |ui| {
                head(ui, &wish(part, item), &said(part, amount));
                wanted = rows(ui, part, books, &lines).or(wanted);
            });
        });
        ui.add_space(gap::L);
    }
    if books.outcomes.shared > Money(0) {
        let shared = say(Say::new("money-shared").with("amount", said(part, books.outcomes.shared)));
        let soft = theme::of(ui.ctx()).soft_ink;
        let words = theme::soft(ui, Type::Note, shared);
        kit::icon_line(ui, Icon::INFO, soft, words);
    }
    wanted
}

fn head(ui: &mut Ui, words: &str, amount: &str) {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        ui.label(theme::text(ui, Type::Section, amount));
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            let label = ui.add(eframe::egui::Label::new(theme::text(ui, Type::Section, words)).wrap());
            kit::is_heading(ui, &label, words);
        });
    });
}

fn rows(ui: &mut Ui, part: Record<'_>, books: &Books, lines: &[&Planned]) -> Option<ItemId> {
    let columns =
        [Column { words: "", share: 4.0, align: Align::Min }, Column { words: "", share: 1.0, align: Align::Max }];
    let mut wanted = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    for line in lines {
        let amount = said(part, books.total(line.id));
        let spoken = say(Say::new("money-line-look").with("what", &line.what).with("amount", &amount));
        let cells = [Cell::Words(line.what.clone()), Cell::Amount(amount)];
        let id = part.at(line.id).id("line of", "");
        ui.push_id(id, |ui| {
            if kit::row(ui, &columns, &cells, &spoken, true).clicked() {
                wanted = Some(line.id);
            }
        });
    }
    wanted
}
