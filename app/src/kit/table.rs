//! A table: rows of a few cells, each row one thing to be read or opened. Where there is little room a row becomes two lines.

use std::sync::Arc;

use eframe::egui::{
    Align, Color32, CornerRadius, Galley, Rect, Response, Sense, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{Face, paint_disc, press::press};
use crate::theme::{self, Tone, Type, gap};

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// What stands above it.
    pub words: &'a str,
    /// How much of the width it takes.
    pub share: f32,
    /// At which side its cells stand.
    pub align: Align,
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell {
    /// What the row is about.
    Name(String),
    /// What else is known of it.
    Words(String),
    /// An amount, to be compared with those above and below.
    Amount(String),
    /// A state.
    Chip(Tone, String),
    /// Somebody.
    Face(Face),
    /// Nothing.
    Empty,
}

/// How high a row is, and how high where it has two lines.
const ROW: f32 = 48.0;
const TWO_LINES: f32 = 72.0;

/// The line above the rows. Where a row has two lines there is none.
pub fn heads(ui: &mut Ui, columns: &[Column<'_>]) {
    let width = ui.available_width();
    if is_narrow(width) {
        return;
    }
    let soft = theme::of(ui.ctx()).soft_ink;
    let (rect, _) = ui.allocate_exact_size(vec2(width, 32.0), Sense::hover());
    for (column, place) in columns.iter().zip(places(rect, columns)) {
        let words = one_line(ui, column.words, Type::Chip, soft, place.width());
        put(ui, place, column.align, &words, soft);
    }
}

/// Draws one row. `said` is its name for whoever hears it; what can be opened is a button.
pub fn row(ui: &mut Ui, columns: &[Column<'_>], cells: &[Cell], said: &str, opens: bool) -> Response {
    let palette = theme::of(ui.ctx());
    let width = ui.available_width();
    let narrow = is_narrow(width);
    let height = if narrow { TWO_LINES } else { ROW };
    let size = vec2(width, height);
    let (rect, response) = if opens { press(ui, size, "row") } else { ui.allocate_exact_size(size, Sense::hover()) };
    let role = if opens { WidgetType::Button } else { WidgetType::Label };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), said));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if opens && response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(gap::S, 0.0)), CornerRadius::same(8), palette.hover);
    }
    super::button::ring(ui, &response, rect);
    if narrow {
        two_lines(ui, rect, cells);
    } else {
        for ((column, cell), place) in columns.iter().zip(cells).zip(places(rect, columns)) {
            draw(ui, place, column.align, cell);
        }
    }
    let line = Rect::from_min_max(rect.left_bottom() - vec2(0.0, palette.hairline), rect.right_bottom());
    ui.painter().rect_filled(line, 0.0, palette.line);
    response
}

fn is_narrow(width: f32) -> bool {
    width < theme::COLUMN
}

fn places(rect: Rect, columns: &[Column<'_>]) -> Vec<Rect> {
    let all: f32 = columns.iter().map(|column| column.share).sum();
    let room = rect.width() - gap::L * (columns.len().saturating_sub(1)) as f32;
    let mut left = rect.left();
    let place = |column: &Column<'_>| {
        let width = room * column.share / all;
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width + gap::L;
        place
    };
    columns.iter().map(place).collect()
}

/// The name and the last cell above, what is between them below.
fn two_lines(ui: &Ui, rect: Rect, cells: &[Cell]) {
    let Some(((name, last), between)) = cells.split_first().map(|(name, rest)| match rest.split_last() {
        Some((last, between)) => ((name, last), between),
        None => ((name, &Cell::Empty), rest),
    }) else {
        return;
    };
    let (above, below) = rect.shrink2(vec2(0.0, gap::XS)).split_top_bottom_at_fraction(0.5);
    let (left, right) = above.split_left_right_at_fraction(0.68);
    draw(ui, left.shrink2(vec2(gap::XS, 0.0)), Align::Min, name);
    draw(ui, right, Align::Max, last);
    let words: Vec<&str> = between.iter().filter_map(words_of).filter(|words| !words.is_empty()).collect();
    let soft = theme::of(ui.ctx()).soft_ink;
    let words = one_line(ui, &words.join(" · "), Type::Small, soft, below.width());
    put(ui, below.shrink2(vec2(gap::XS, 0.0)), Align::Min, &words, soft);
}

fn words_of(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Name(words) | Cell::Words(words) | Cell::Amount(words) | Cell::Chip(_, words) => Some(words),
        Cell::Face(face) => Some(&face.name),
        Cell::Empty => None,
    }
}

fn draw(ui: &Ui, place: Rect, align: Align, cell: &Cell) {
    let palette = theme::of(ui.ctx());
    let (words, size, ink) = match cell {
        Cell::Empty => return,
        Cell::Name(words) => (words, Type::BesideStrong, palette.ink),
        Cell::Words(words) => (words, Type::Beside, palette.soft_ink),
        Cell::Amount(words) => (words, Type::BesideStrong, palette.ink),
        Cell::Chip(tone, words) => return chip(ui, place, align, *tone, words),
        Cell::Face(face) => {
            let middle = pos2(place.left() + 15.0, place.center().y);
            return paint_disc(ui.painter(), palette, middle, 30.0, face);
        }
    };
    // An amount stays whole on its line; words that find no room on one go on in a second.
    let rows = if place.height() < ROW - 1.0 || matches!(cell, Cell::Amount(_)) { 1 } else { 2 };
    let galley = lines(ui, words, size, ink, place.width(), rows);
    put(ui, place, align, &galley, ink);
}

fn chip(ui: &Ui, place: Rect, align: Align, tone: Tone, words: &str) {
    let palette = theme::of(ui.ctx());
    let (ink, fill) = palette.tone(tone);
    let galley = one_line(ui, words, Type::Chip, ink, (place.width() - 24.0).max(40.0));
    let size = vec2(galley.size().x + 24.0, 26.0);
    let middle = pos2(beginning(place, align, size.x) + size.x / 2.0, place.center().y);
    let pill = Rect::from_center_size(middle, size);
    let edge = if tone == Tone::Plain || palette.edge_width > 1.0 { palette.edge } else { Color32::TRANSPARENT };
    let stroke = eframe::egui::Stroke::new(palette.edge_width, edge);
    ui.painter().rect(pill, CornerRadius::same(13), fill, stroke, eframe::egui::StrokeKind::Inside);
    ui.painter().galley(pill.center() - galley.size() / 2.0, galley, ink);
}

fn one_line(ui: &Ui, words: &str, size: Type, ink: Color32, width: f32) -> Arc<Galley> {
    lines(ui, words, size, ink, width, 1)
}

fn lines(ui: &Ui, words: &str, size: Type, ink: Color32, width: f32, rows: usize) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), size.font(), ink);
    job.wrap = match rows {
        1 => TextWrapping::truncate_at_width(width.max(24.0)),
        _ => TextWrapping { max_width: width.max(24.0), max_rows: rows, ..TextWrapping::default() },
    };
    ui.painter().layout_job(job)
}

fn put(ui: &Ui, place: Rect, align: Align, galley: &Arc<Galley>, ink: Color32) {
    let at = pos2(beginning(place, align, galley.size().x), place.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, Arc::clone(galley), ink);
}

fn beginning(place: Rect, align: Align, width: f32) -> f32 {
    match align {
        Align::Min => place.left(),
        Align::Center => place.center().x - width / 2.0,
        Align::Max => place.right() - width,
    }
}
