//! Something that was found, as one row to press: what it is known by, the words around, and in them what was looked for,
//! in a heavier letter as well as in another colour.

use std::ops::Range;

use eframe::egui::{
    self, Color32, CornerRadius, Response, Ui, WidgetInfo, WidgetType,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use super::press::press;
use crate::theme::{self, Type, gap};

/// What a row says.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// What it is known by; empty where the words say that themselves.
    pub title: &'a str,
    /// The words around what was found.
    pub words: &'a str,
    /// Where in them it is, in code points.
    pub matches: &'a [Range<usize>],
    /// Where it is written, and by whom.
    pub note: &'a str,
    /// All of it, for whoever hears the row.
    pub said: &'a str,
}

/// Draws it.
pub fn hit(ui: &mut Ui, hit: Hit<'_>) -> Response {
    let palette = theme::of(ui.ctx());
    let wrap = ui.available_width() - 2.0 * gap::M;
    let alone = hit.title.is_empty();
    let lay = |job: LayoutJob| ui.painter().layout_job(job);
    let line = |words: &str, size: Type, ink: Color32| {
        let mut job = LayoutJob::simple_singleline(words.to_owned(), size.font(), ink);
        job.wrap = TextWrapping::truncate_at_width(wrap);
        lay(job)
    };
    let (plain, strong) = if alone { (Type::Body, Type::Strong) } else { (Type::Note, Type::BesideStrong) };
    let ink = if alone { palette.ink } else { palette.soft_ink };
    let mut lines = Vec::new();
    if !alone {
        lines.push(line(hit.title, Type::Body, palette.ink));
    }
    lines.push(lay(emphasised(&hit, (plain, ink), (strong, palette.accent), wrap)));
    if !hit.note.is_empty() {
        lines.push(line(hit.note, Type::Small, palette.soft_ink));
    }
    let height: f32 = lines.iter().map(|line| line.size().y + gap::XS).sum();
    let size = vec2(ui.available_width(), (height + 2.0 * gap::S).max(theme::TARGET));
    let (rect, response) = press(ui, size, hit.said);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), hit.said));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if response.hovered() || response.is_pointer_button_down_on() {
        ui.painter().rect_filled(rect, CornerRadius::same(theme::BUTTON_RADIUS), palette.hover);
    }
    super::button::ring(ui, &response, rect);
    let mut at = rect.min + vec2(gap::M, gap::S);
    for line in lines {
        let height = line.size().y;
        ui.painter().galley(at, line, palette.ink);
        at.y += height + gap::XS;
    }
    response
}

fn emphasised(hit: &Hit<'_>, plain: (Type, Color32), strong: (Type, Color32), wrap: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    let format = |(size, ink): (Type, Color32)| TextFormat {
        line_height: Some(size.line_height()),
        valign: egui::Align::Center,
        ..TextFormat::simple(size.font(), ink)
    };
    let mut letters = hit.words.chars();
    let mut at = 0;
    for place in hit.matches {
        let before: String = letters.by_ref().take(place.start.saturating_sub(at)).collect();
        let found: String = letters.by_ref().take(place.len()).collect();
        job.append(&before, 0.0, format(plain));
        job.append(&found, 0.0, format(strong));
        at = place.end;
    }
    job.append(letters.as_str(), 0.0, format(plain));
    job.wrap = TextWrapping { max_width: wrap, max_rows: 3, ..TextWrapping::default() };
    job
}
