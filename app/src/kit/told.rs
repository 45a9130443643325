//! Something that somebody did, as one row to press: their face, what it is, and more about it in a softer letter.

use std::sync::Arc;

use eframe::egui::{
    Color32, CornerRadius, Galley, Response, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{Face, paint_disc, press::press};
use crate::theme::{self, Type, gap};

const DISC: f32 = 28.0;

/// Draws it. `said` is its name for whoever hears it.
pub fn told(ui: &mut Ui, face: &Face, words: &str, note: &str, said: &str) -> Response {
    let palette = theme::of(ui.ctx());
    let (rect, response) = press(ui, vec2(ui.available_width(), theme::TARGET), said);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), said));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let over = rect.expand2(vec2(gap::S, 0.0));
    if response.hovered() || response.is_pointer_button_down_on() {
        ui.painter().rect_filled(over, CornerRadius::same(theme::BUTTON_RADIUS), palette.hover);
    }
    super::button::ring(ui, &response, over);
    let middle = rect.center().y;
    paint_disc(ui.painter(), palette, pos2(rect.left() + DISC / 2.0, middle), DISC, face);
    let mut left = rect.left() + DISC + gap::S;
    for (words, size, ink) in [(words, Type::Beside, palette.ink), (note, Type::Small, palette.soft_ink)] {
        let room = rect.right() - left;
        // A few letters say nothing: whoever hears the row has all of it.
        if words.is_empty() || room < 40.0 {
            break;
        }
        let line = one_line(ui, words, size, ink, room);
        let wide = line.size().x;
        ui.painter().galley(pos2(left, middle - line.size().y / 2.0), line, ink);
        left += wide + gap::S;
    }
    response
}

fn one_line(ui: &Ui, words: &str, size: Type, ink: Color32, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), size.font(), ink);
    job.wrap = TextWrapping::truncate_at_width(room);
    ui.painter().layout_job(job)
}
