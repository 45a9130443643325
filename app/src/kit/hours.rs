//! A week of days and hours: where something happened, how often, in a grid. Every number stands in its cell, and each filled
//! cell is read out on its own.

use eframe::egui::{Align2, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme::{self, Type, gap};

/// The hours that are always shown; earlier and later ones come when something is in them.
const SHOWN: (usize, usize) = (7, 22);

/// Draws how many there were on each day (Monday first) in each hour. `days` are their short names; `said` is the name of the
/// whole, and `cell` says what one filled cell is.
pub fn hours(
    ui: &mut Ui,
    grid: &[[usize; 24]; 7],
    days: &[String; 7],
    said: &str,
    cell: impl Fn(usize, usize, usize) -> String,
) {
    let palette = theme::of(ui.ctx());
    let filled = |hour: &usize| grid.iter().any(|day| day[*hour] > 0);
    let first = (0..24).find(filled).map_or(SHOWN.0, |hour| hour.min(SHOWN.0));
    let last = (0..24).rev().find(filled).map_or(SHOWN.1, |hour| hour.max(SHOWN.1));
    let count = last - first + 1;
    let width = ui.available_width();
    let aside = 46.0;
    let space = 3.0;
    let each = ((width - aside) / count as f32 - space).clamp(6.0, 34.0);
    let high = each.clamp(20.0, 28.0);
    let size = vec2(width, 22.0 + 7.0 * (high + space));
    let (area, whole) = ui.allocate_exact_size(size, Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), said));
    if !ui.is_rect_visible(area) {
        return;
    }
    let left = |hour: usize| area.left() + aside + (hour - first) as f32 * (each + space);
    let top = |day: usize| area.top() + 22.0 + day as f32 * (high + space);
    // Where the columns are narrow only every third hour has its number.
    let step = if each < 18.0 { 3 } else { 1 };
    for hour in (first..=last).filter(|hour| hour % step == 0) {
        let at = pos2(left(hour) + each / 2.0, area.top() + 10.0);
        ui.painter().text(at, Align2::CENTER_CENTER, hour.to_string(), Type::Small.font(), palette.soft_ink);
    }
    let most = grid.iter().flatten().copied().max().unwrap_or_default();
    for (day, name) in days.iter().enumerate() {
        let at = pos2(area.left() + aside - gap::S, top(day) + high / 2.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, name, Type::Small.font(), palette.soft_ink);
        for (hour, number) in grid[day].iter().copied().enumerate().take(last + 1).skip(first) {
            let rect = Rect::from_min_size(pos2(left(hour), top(day)), vec2(each, high));
            let (fill, ink) = match number {
                0 => (palette.rail, palette.soft_ink),
                _ if number == most && most > 1 => (palette.attention, palette.surface),
                _ => (palette.attention_behind, palette.attention),
            };
            let edge = if palette.hairline > 1.0 || number > 0 { palette.hairline } else { 0.0 };
            let stroke = Stroke::new(edge, if number > 0 { palette.attention } else { palette.line });
            ui.painter().rect(rect, CornerRadius::same(6), fill, stroke, StrokeKind::Inside);
            if number == 0 {
                continue;
            }
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, number.to_string(), Type::Chip.font(), ink);
            let words = cell(day, hour, number);
            let response = ui.interact(rect, whole.id.with((day, hour)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &words));
            response.on_hover_text(&words);
        }
    }
}
