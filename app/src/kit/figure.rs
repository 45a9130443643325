//! A number that matters, large, with what it is above it.

use eframe::egui::{Color32, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme::{self, Type, gap};

/// Less than this has no room for three figures beside each other.
const NARROW: f32 = 460.0;

/// Draws one. `ink`: its colour, if it has one of its own.
pub fn figure(ui: &mut Ui, label: &str, amount: &str, ink: Option<Color32>) {
    let palette = theme::of(ui.ctx());
    let above = ui.painter().layout_no_wrap(label.to_owned(), Type::Beside.font(), palette.soft_ink);
    let ink = ink.unwrap_or(palette.ink);
    let number = ui.painter().layout_no_wrap(amount.to_owned(), Type::Title.font(), ink);
    // In a narrow window figures stand one below the other, none beside half of another.
    let room = ui.available_width();
    let width = if room < NARROW { room } else { above.size().x.max(number.size().x) + gap::XL };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 70.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), format!("{label}: {amount}")));
    ui.painter().galley(rect.min, above, palette.soft_ink);
    ui.painter().galley(pos2(rect.left(), rect.top() + 26.0), number, ink);
}
