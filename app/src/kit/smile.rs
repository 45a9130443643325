//! Three faces to answer with: good, so-so, not good. Each has its word beside it.

use eframe::egui::{Color32, CornerRadius, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::{Icon, paint_icon, press::press};
use crate::theme::{self, Palette, Type, gap};

/// The codes of the three answers in a plan, in the order they are drawn.
pub const FACES: [&str; 3] = ["good", "so-so", "not-good"];

/// A large face for an answer, and its word. Nothing for an answer that is none of the three.
pub fn smile(ui: &mut Ui, code: &str, words: &str) {
    let palette = theme::of(ui.ctx());
    let Some((icon, ink)) = drawn(palette, code) else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 32.0), Sense::hover());
        paint_icon(ui.painter(), rect.center(), icon, 30.0, ink);
        ui.label(theme::text(ui, Type::BesideStrong, words));
    });
}

/// The three to choose from, with what each is called here; gives back the one pressed, if it was not chosen already.
pub fn smiles(ui: &mut Ui, label: &str, now: Option<&str>, words: [&str; 3]) -> Option<&'static str> {
    let palette = theme::of(ui.ctx());
    ui.label(theme::soft(ui, Type::Note, label));
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        for (code, words) in FACES.into_iter().zip(words) {
            let chosen = now == Some(code);
            let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::Chip.font(), palette.ink);
            let size = vec2((galley.size().x + 24.0).max(76.0), 76.0);
            let (rect, response) = press(ui, size, (label, code));
            response.widget_info(|| {
                WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), chosen, format!("{label}: {words}"))
            });
            let Some((icon, ink)) = drawn(palette, code) else { continue };
            let (fill, stroke) = match (chosen, response.hovered()) {
                (true, _) => (palette.accent_behind, Stroke::new(palette.focus_width, palette.accent)),
                (false, true) => (palette.hover, Stroke::new(palette.edge_width, palette.edge)),
                (false, false) => (palette.surface, Stroke::new(palette.edge_width, palette.edge)),
            };
            ui.painter().rect(rect, CornerRadius::same(theme::BUTTON_RADIUS), fill, stroke, StrokeKind::Inside);
            super::button::ring(ui, &response, rect);
            paint_icon(ui.painter(), pos2(rect.center().x, rect.top() + 30.0), icon, 36.0, ink);
            let at = pos2(rect.center().x - galley.size().x / 2.0, rect.bottom() - 10.0 - galley.size().y);
            ui.painter().galley(at, galley, palette.ink);
            if response.clicked() && !chosen {
                pressed = Some(code);
            }
        }
    });
    pressed
}

fn drawn(palette: &Palette, code: &str) -> Option<(Icon, Color32)> {
    match code {
        "good" => Some((Icon::GOOD, palette.calm)),
        "so-so" => Some((Icon::SO_SO, palette.not_yet)),
        "not-good" => Some((Icon::NOT_GOOD, palette.attention)),
        _ => None,
    }
}
