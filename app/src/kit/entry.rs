//! One line of what happened: the day, how serious, the words. The whole line opens it.

use eframe::egui::{
    Color32, CornerRadius, Rect, Response, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::press::press;
use crate::theme::{self, Tone, Type, gap};

/// Draws it; `said` is what a reader hears instead, and `chosen` whether it is open.
pub fn entry(ui: &mut Ui, day: &str, chip: Option<(Tone, &str)>, words: &str, said: &str, chosen: bool) -> Response {
    let palette = theme::of(ui.ctx());
    let width = ui.available_width();
    let day = ui.painter().layout_no_wrap(day.to_owned(), Type::Small.font(), palette.soft_ink);
    let chip = chip.map(|(tone, words)| {
        let (ink, fill) = palette.tone(tone);
        (ui.painter().layout_no_wrap(words.to_owned(), Type::Chip.font(), ink), ink, fill, tone)
    });
    let aside = 84.0_f32.max(day.size().x + gap::S);
    let before = aside + chip.as_ref().map_or(0.0, |(galley, ..)| galley.size().x + 24.0 + gap::M);
    let narrow = width - before < 140.0;
    let mut job = LayoutJob::simple(words.to_owned(), Type::Beside.font(), palette.ink, width);
    job.wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(if narrow { width } else { width - before }) };
    let galley = ui.painter().layout_job(job);
    let high = if narrow { 34.0 + galley.size().y + gap::S } else { (galley.size().y + 16.0).max(theme::TARGET) };
    let (rect, response) = press(ui, vec2(width, high), "entry");
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), chosen, said));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if response.hovered() || chosen {
        ui.painter().rect_filled(rect.expand2(vec2(gap::S, 0.0)), CornerRadius::same(8), palette.hover);
    }
    super::button::ring(ui, &response, rect);
    let row = if narrow { rect.top() + 18.0 } else { rect.center().y };
    ui.painter().galley(pos2(rect.left(), row - day.size().y / 2.0), day, palette.soft_ink);
    if let Some((galley, ink, fill, tone)) = chip {
        let size = vec2(galley.size().x + 24.0, 26.0);
        let pill = Rect::from_min_size(pos2(rect.left() + aside, row - 13.0), size);
        let edge = if tone == Tone::Plain || palette.edge_width > 1.0 { palette.edge } else { Color32::TRANSPARENT };
        let stroke = Stroke::new(palette.edge_width, edge);
        ui.painter().rect(pill, CornerRadius::same(13), fill, stroke, StrokeKind::Inside);
        ui.painter().galley(pill.center() - galley.size() / 2.0, galley, ink);
    }
    let at = match narrow {
        true => pos2(rect.left(), rect.top() + 34.0),
        false => pos2(rect.left() + before, rect.center().y - galley.size().y / 2.0),
    };
    ui.painter().galley(at, galley, palette.ink);
    response
}
