//! The numbers of a drawing as words: a line each, behind one press, for everybody who would rather read than look.

use eframe::egui::Ui;
use words::text;

use super::{Icon, Weight, said_button};
use crate::theme::{self, Type, gap};

/// Draws the press, and when it was pressed the lines: what it is of, and what is counted. `of` is the name of the drawing.
pub fn numbers(ui: &mut Ui, of: &str, lines: &[(String, String)]) {
    let id = ui.id().with(("numbers", of));
    let mut open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let words = text(if open { "common-numbers-hide" } else { "common-numbers" });
    let icon = if open { Icon::LESS } else { Icon::MORE };
    if said_button(ui, Weight::Quiet, icon, &words, &format!("{words}: {of}")).clicked() {
        open = !open;
        ui.data_mut(|data| data.insert_temp(id, open));
    }
    if !open {
        return;
    }
    eframe::egui::Grid::new(id).num_columns(2).spacing([gap::XL, gap::XS]).show(ui, |ui| {
        for (what, count) in lines {
            ui.label(theme::soft(ui, Type::Note, what));
            ui.label(theme::text(ui, Type::Beside, count));
            ui.end_row();
        }
    });
}
