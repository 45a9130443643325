//! The stages of something that goes on in steps: all of them visible, one of them looked at. None is locked.

use eframe::egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme::{self, Type, gap};

/// Draws them as one strip, several rows where there is little room. Gives back which was pressed, if it was not looked at.
pub fn stages(ui: &mut Ui, label: &str, names: &[&str], now: usize) -> Option<usize> {
    let palette = theme::of(ui.ctx());
    let width = ui.available_width();
    let fit = ((width + gap::XS) / 130.0).floor().clamp(1.0, 12.0) as usize;
    let in_row = names.len().div_ceil(names.len().div_ceil(fit.min(names.len()).max(1)).max(1)).max(1);
    let each = (width - gap::XS * (in_row - 1) as f32) / in_row as f32;
    let rows = names.len().div_ceil(in_row);
    let height = theme::TARGET * rows as f32 + gap::XS * rows.saturating_sub(1) as f32;
    let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let mut pressed = None;
    for (at, name) in names.iter().enumerate() {
        let (row, column) = (at / in_row, at % in_row);
        let from =
            pos2(area.left() + column as f32 * (each + gap::XS), area.top() + row as f32 * (theme::TARGET + gap::XS));
        let rect = Rect::from_min_size(from, vec2(each, theme::TARGET));
        let response = ui.interact(rect, ui.id().with((label, at)), Sense::click());
        let chosen = at == now;
        response.widget_info(|| {
            WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), chosen, format!("{label}: {name}"))
        });
        let (fill, stroke, ink) = match (chosen, response.hovered()) {
            (true, _) => (palette.accent_behind, Stroke::new(palette.focus_width, palette.accent), palette.accent),
            (false, true) => (palette.hover, Stroke::new(palette.edge_width, palette.edge), palette.ink),
            (false, false) => (palette.surface, Stroke::new(palette.edge_width, palette.edge), palette.ink),
        };
        ui.painter().rect(rect, CornerRadius::same(theme::BUTTON_RADIUS), fill, stroke, StrokeKind::Inside);
        super::button::ring(ui, &response, rect);
        let size = if chosen { Type::BesideStrong } else { Type::Beside };
        let mut job = eframe::egui::text::LayoutJob::simple_singleline((*name).to_owned(), size.font(), ink);
        job.wrap = eframe::egui::text::TextWrapping::truncate_at_width((each - 2.0 * gap::S).max(24.0));
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
        if response.clicked() && !chosen {
            pressed = Some(at);
        }
    }
    pressed
}
