//! Counts as bars side by side, each with its number above and what it is of below, and a line for the mean.

use eframe::egui::{Align2, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme::{self, Type};

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What stands below it.
    pub under: String,
    /// How many.
    pub count: usize,
    /// The mean at this place, if one is drawn.
    pub mean: Option<f32>,
    /// What a reader hears instead.
    pub said: String,
}

/// How high the highest bar is.
const HIGH: f32 = 96.0;

/// Draws them, as many as there are, with `said` as the name of the whole.
pub fn counts(ui: &mut Ui, bars: &[Bar], said: &str) {
    let palette = theme::of(ui.ctx());
    let (area, whole) = ui.allocate_exact_size(vec2(ui.available_width(), HIGH + 44.0), Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), said));
    if bars.is_empty() || !ui.is_rect_visible(area) {
        return;
    }
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(3) as f32;
    let each = area.width() / bars.len() as f32;
    let floor = area.top() + 20.0 + HIGH;
    let height = |count: f32| HIGH * (count / most).clamp(0.0, 1.0);
    // So many labels that they would run into each other are thinned out.
    let longest = bars.iter().map(|bar| bar.under.chars().count()).max().unwrap_or(0) as f32 * 7.5 + 6.0;
    let step = (longest / each).ceil().max(1.0) as usize;
    for (at, bar) in bars.iter().enumerate() {
        let left = area.left() + at as f32 * each;
        let wide = (each * 0.62).min(44.0);
        let middle = left + each / 2.0;
        let top = floor - height(bar.count as f32).max(3.0);
        let rect = Rect::from_min_max(pos2(middle - wide / 2.0, top), pos2(middle + wide / 2.0, floor));
        let fill = if bar.count > 0 { palette.accent } else { palette.line };
        ui.painter().rect_filled(rect, CornerRadius { nw: 5, ne: 5, sw: 0, se: 0 }, fill);
        if bar.count > 0 {
            let at = pos2(middle, top - 9.0);
            ui.painter().text(at, Align2::CENTER_CENTER, bar.count.to_string(), Type::Chip.font(), palette.ink);
        }
        if (bars.len() - 1 - at).is_multiple_of(step) {
            let words = ui.painter().layout_no_wrap(bar.under.clone(), Type::Small.font(), palette.soft_ink);
            // The last stands under its bar as far as the card has room.
            let left = (middle - words.size().x / 2.0).min(area.right() - words.size().x).max(area.left());
            ui.painter().galley(pos2(left, floor + 5.0), words, palette.soft_ink);
        }
        let cell = Rect::from_min_max(pos2(left, area.top()), pos2(left + each, area.bottom()));
        let response = ui.interact(cell, whole.id.with(at), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &bar.said));
        response.on_hover_text(&bar.said);
    }
    let points: Vec<_> = bars
        .iter()
        .enumerate()
        .filter_map(|(at, bar)| Some(pos2(area.left() + (at as f32 + 0.5) * each, floor - height(bar.mean?))))
        .collect();
    // The mean is dashed, with a light edge, so that it is seen on a bar and beside it.
    for (width, ink) in [(4.0, palette.surface), (2.0, palette.attention)] {
        for shape in eframe::egui::Shape::dashed_line(&points, Stroke::new(width, ink), 6.0, 4.0) {
            ui.painter().add(shape);
        }
    }
    let line = Rect::from_min_size(pos2(area.left(), floor), vec2(area.width(), palette.hairline));
    ui.painter().rect(line, 0.0, palette.line, Stroke::NONE, StrokeKind::Inside);
}
