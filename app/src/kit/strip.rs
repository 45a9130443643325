//! How far something has come, in small steps: a strip that is filled up to where it is.

use eframe::egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme::{self, Tone};

/// How wide one step is, and how much room is between two.
const STEP: f32 = 18.0;
const BETWEEN: f32 = 4.0;

/// Draws `count` steps with the first `reached` of them filled. What it means stands in words beside it and is what a reader
/// hears.
pub fn strip(ui: &mut Ui, tone: Tone, count: usize, reached: usize, said: &str) {
    let palette = theme::of(ui.ctx());
    let (ink, behind) = match tone {
        Tone::Plain => (palette.soft_ink, palette.line),
        Tone::Accent | Tone::Calm | Tone::NotYet | Tone::Attention => palette.tone(tone),
    };
    let width = count as f32 * (STEP + BETWEEN) - BETWEEN;
    let (area, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), said));
    for step in 0..count {
        let left = area.left() + step as f32 * (STEP + BETWEEN);
        let rect = Rect::from_min_size(pos2(left, area.center().y - 5.0), vec2(STEP, 10.0));
        let fill = if step < reached { ink } else { behind };
        // The edge tells a step that is still to come from the card behind it.
        let edge = if step < reached { ink } else { palette.edge };
        let stroke = Stroke::new(1.0, edge);
        ui.painter().rect(rect, CornerRadius::same(5), fill, stroke, StrokeKind::Inside);
    }
}
