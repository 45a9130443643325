//! A cell of a table: what is so, in a few words, and a press to change it where that may be.

use eframe::egui::{
    Align, Color32, CornerRadius, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, text::LayoutJob,
    vec2,
};

use super::press::press;
use crate::theme::{self, Tone, Type};

/// Draws a cell of this size: words in a pill (or plainly, without a tone), a small note below. Gives back whether it was
/// pressed; only what `may_change` can be. `said` is what a reader hears instead.
#[expect(clippy::too_many_arguments, reason = "a cell says all of it at once, and one table draws it")]
pub fn cell(
    ui: &mut Ui,
    size: Vec2,
    tone: Option<Tone>,
    words: &str,
    note: Option<&str>,
    said: &str,
    may_change: bool,
    open: bool,
) -> bool {
    let palette = theme::of(ui.ctx());
    let (rect, response) = match may_change {
        true => press(ui, size, said),
        false => ui.allocate_exact_size(size, Sense::hover()),
    };
    response.widget_info(|| match may_change {
        true => WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), open, said),
        false => WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), said),
    });
    let (ink, fill) = tone.map_or((palette.soft_ink, Color32::TRANSPARENT), |tone| palette.tone(tone));
    let font = if tone.is_some() { Type::Chip.font() } else { Type::Small.font() };
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, ink);
    let middle = match note {
        Some(_) => rect.center() - vec2(0.0, 16.0),
        None => rect.center(),
    };
    let pill = eframe::egui::Rect::from_center_size(middle, vec2(galley.size().x + 24.0, 28.0));
    let over = may_change && (response.hovered() || open);
    let edge = match tone {
        _ if over => palette.accent,
        Some(Tone::Plain) => palette.edge,
        Some(_) if palette.edge_width > 1.0 => palette.edge,
        // What can be pressed has an outline, also where there is nothing in it yet.
        None if may_change => palette.line,
        Some(_) | None => Color32::TRANSPARENT,
    };
    let stroke = Stroke::new(if open { palette.focus_width } else { palette.edge_width }, edge);
    ui.painter().rect(pill, CornerRadius::same(14), fill, stroke, StrokeKind::Inside);
    super::button::ring(ui, &response, pill);
    ui.painter().galley(pill.center() - galley.size() / 2.0, galley, ink);
    if let Some(note) = note {
        let mut job = LayoutJob::simple(note.to_owned(), Type::Small.font(), palette.soft_ink, size.x - 4.0);
        job.halign = Align::Center;
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(rect.center().x, pill.bottom()), galley, palette.soft_ink);
    }
    response.clicked()
}

/// Words that can be taken over into a field with one press.
pub fn suggestion(ui: &mut Ui, words: &str, chosen: bool) -> bool {
    let palette = theme::of(ui.ctx());
    let ink = if chosen { palette.accent } else { palette.ink };
    let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::Note.font(), ink);
    let (rect, response) = press(ui, vec2(galley.size().x + 28.0, theme::TARGET), words);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), chosen, words));
    let shape = rect.shrink2(vec2(0.0, 4.0));
    let fill = match (chosen, response.hovered()) {
        (true, _) => palette.accent_behind,
        (false, true) => palette.hover,
        (false, false) => palette.surface,
    };
    let edge = if chosen { palette.accent } else { palette.edge };
    ui.painter().rect(shape, CornerRadius::same(18), fill, Stroke::new(palette.edge_width, edge), StrokeKind::Inside);
    super::button::ring(ui, &response, shape);
    ui.painter().galley(pos2(shape.left() + 14.0, shape.center().y - galley.size().y / 2.0), galley, ink);
    response.clicked()
}

/// The same words with a large first letter, to stand alone.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
