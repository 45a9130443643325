//! A safety pattern: the same little figure for the same person on every screen, another for everyone else.
//!
//! Names can be copied, this cannot: it is drawn from the person's id, which is the hash of what brought them.

use eframe::egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme;

/// Fields a side; the right half mirrors the left, which makes figures that people can tell apart.
const SIDE: usize = 5;

/// Draws the pattern of an id. `said` tells a reader what it is.
pub fn pattern(ui: &mut Ui, id: &[u8; 32], size: f32, said: &str) {
    let palette = theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), said));
    let stroke = Stroke::new(palette.edge_width, palette.edge);
    ui.painter().rect(rect, CornerRadius::same(6), palette.surface, stroke, StrokeKind::Inside);
    let field = (size - 8.0) / SIDE as f32;
    for row in 0..SIDE {
        for column in 0..SIDE {
            let half = column.min(SIDE - 1 - column);
            if id[row * 3 + half] & 1 == 1 {
                let at = pos2(rect.left() + 4.0 + column as f32 * field, rect.top() + 4.0 + row as f32 * field);
                let square = Rect::from_min_size(at, vec2(field, field));
                ui.painter().rect_filled(square, 0.0, palette.accent);
            }
        }
    }
}
