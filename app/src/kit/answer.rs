//! What one person says, beside others who say something else: their disc, their name, their words. Never an average.

use eframe::egui::{
    Color32, FontSelection, Response, Sense, TextWrapMode, Ui, WidgetInfo, WidgetText, WidgetType, pos2, vec2,
};

use super::{Face, paint_disc};
use crate::theme::{self, Type, gap};

/// How large the disc is.
const DISC: f32 = 30.0;

/// The question before a row of answers, in the middle of their height.
pub fn question(ui: &mut Ui, words: &str) -> Response {
    let ink = theme::of(ui.ctx()).ink;
    beside(ui, words, Type::BesideStrong, ink, DISC + 2.0)
}

/// What a row of chips is about, in the middle of theirs.
pub fn before_chips(ui: &mut Ui, words: &str) -> Response {
    let ink = theme::of(ui.ctx()).soft_ink;
    beside(ui, words, Type::Small, ink, 26.0)
}

fn beside(ui: &mut Ui, words: &str, size: Type, ink: Color32, high: f32) -> Response {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), size.font(), ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, high), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), words));
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}

/// Draws one person's answer, to stand in a row with those of others. A reader hears "Hodan: once a month".
pub fn answer(ui: &mut Ui, face: &Face, words: &str) -> Response {
    let palette = theme::of(ui.ctx());
    let name = ui.painter().layout_no_wrap(face.name.clone(), Type::Small.font(), palette.soft_ink);
    let beside = DISC + gap::S + name.size().x + gap::S;
    let room = ui.max_rect().width() - beside - gap::S;
    let words_wrap = WidgetText::from(words).color(palette.ink);
    let font = FontSelection::FontId(Type::Note.font());
    let galley = words_wrap.into_galley(ui, Some(TextWrapMode::Wrap), room.max(80.0), font);
    let size = vec2(beside + galley.size().x + gap::S, galley.size().y.max(DISC + 2.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), format!("{}: {words}", face.name)));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let middle = rect.top() + (DISC + 2.0) / 2.0;
    paint_disc(ui.painter(), palette, pos2(rect.left() + DISC / 2.0, middle), DISC, face);
    let at = pos2(rect.left() + DISC + gap::S, middle - name.size().y / 2.0 + 1.0);
    ui.painter().galley(at, name, palette.soft_ink);
    let one_line = galley.rows.first().map_or(0.0, |row| row.height());
    ui.painter().galley(pos2(rect.left() + beside, middle - one_line / 2.0), galley, palette.ink);
    response
}
