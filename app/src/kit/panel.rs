//! A quiet box inside a card: something that belongs together, or that somebody should look at.

use eframe::egui::{CornerRadius, Frame, InnerResponse, Margin, Stroke, Ui};

use crate::theme::{self, Tone, gap};

/// Draws it as wide as there is room. Without a tone it is paper on the card's white.
pub fn panel<R>(ui: &mut Ui, tone: Option<Tone>, inside: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = theme::of(ui.ctx());
    let fill = tone.map_or(palette.paper, |tone| palette.tone(tone).1);
    // Where colours are few, an edge says it.
    let edge = if palette.hairline > 1.0 { palette.edge } else { fill };
    Frame::new()
        .fill(fill)
        .stroke(Stroke::new(palette.hairline, edge))
        .corner_radius(CornerRadius::same(theme::BUTTON_RADIUS))
        .inner_margin(Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = gap::XS;
            inside(ui)
        })
}
