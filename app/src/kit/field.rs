//! A field nobody else writes in at the same time: a name, a ticket, a day.

use eframe::egui::{Id, Margin, Response, TextEdit, Ui, vec2};

use crate::theme::{self, Type, gap};

/// One line that nobody looking on can read.
pub fn secret_field(ui: &mut Ui, id: Id, label: &str, text: &mut String) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = gap::XS;
        let name = ui.label(theme::soft(ui, Type::Note, label));
        let edit = TextEdit::singleline(text)
            .id(id)
            .password(true)
            .font(Type::Body.font())
            .text_color(theme::of(ui.ctx()).ink)
            .margin(Margin::symmetric(14, 10))
            .min_size(vec2(0.0, theme::TARGET))
            .desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(name.id)
    })
    .inner
}

/// One line with its label above it. What is typed stays in `text`.
pub fn line_field(ui: &mut Ui, id: Id, label: &str, hint: &str, text: &mut String) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = gap::XS;
        let name = super::explain::label(ui, label, []);
        let width = ui.available_width();
        let edit = TextEdit::singleline(text)
            .id(id)
            .hint_text(theme::soft(ui, Type::Body, hint))
            .font(Type::Body.font())
            .text_color(theme::of(ui.ctx()).ink)
            .margin(Margin::symmetric(14, 10))
            .min_size(vec2(0.0, theme::TARGET))
            .desired_width(width);
        ui.add(edit).labelled_by(name.id)
    })
    .inner
}
