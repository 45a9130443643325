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

/// How much of the width the name has there, and how many lines anything goes on for.
const NAME: f32 = 0.68;
const FEW_LINES: usize = 4;

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
    let stacked = is_narrow(width).then(|| Stacked::of(ui, cells, width));
    let size = vec2(width, stacked.as_ref().map_or(ROW, Stacked::height));
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
    match &stacked {
        Some(stacked) => stacked.draw(ui, rect, cells),
        None => {
            for ((column, cell), place) in columns.iter().zip(cells).zip(places(rect, columns)) {
                draw(ui, place, column.align, cell);
            }
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

/// A row where there is little room: the name and the last cell above, what is between them below, all of it to be read.
struct Stacked {
    name: Arc<Galley>,
    between: Arc<Galley>,
}

impl Stacked {
    fn of(ui: &Ui, cells: &[Cell], width: f32) -> Stacked {
        let palette = theme::of(ui.ctx());
        let (name, rest) = cells.split_first().unwrap_or((&Cell::Empty, &[]));
        let (last, between) = rest.split_last().unwrap_or((&Cell::Empty, &[]));
        // A state is what is looked for first.
        let (states, others): (Vec<&Cell>, Vec<&Cell>) =
            between.iter().partition(|cell| matches!(cell, Cell::Chip(..)));
        let words = states.into_iter().chain(others).filter_map(words_of).filter(|words| !words.is_empty());
        let words = words.collect::<Vec<_>>().join(" · ");
        let room = if matches!(last, Cell::Empty) { width } else { width * NAME };
        let name = words_of(name).unwrap_or_default();
        Stacked {
            name: lines(ui, name, Type::BesideStrong, palette.ink, room - gap::S, FEW_LINES),
            between: lines(ui, &words, Type::Small, palette.soft_ink, width, FEW_LINES),
        }
    }

    fn height(&self) -> f32 {
        (self.name.size().y + self.between.size().y + gap::L).max(TWO_LINES)
    }

    fn draw(&self, ui: &Ui, rect: Rect, cells: &[Cell]) {
        let soft = theme::of(ui.ctx()).soft_ink;
        let high = self.name.size().y + gap::S;
        let words = high + self.between.size().y;
        let above = Rect::from_min_size(
            pos2(rect.left(), rect.center().y - words / 2.0),
            vec2(rect.width(), self.name.size().y),
        );
        let (left, right) = above.split_left_right_at_fraction(NAME);
        put(ui, left, Align::Min, &self.name, soft);
        if let Some(last) = cells.get(1..).and_then(<[Cell]>::last) {
            draw(ui, right, Align::Max, last);
        }
        let below = Rect::from_min_size(above.left_top() + vec2(0.0, high), self.between.size());
        put(ui, below, Align::Min, &self.between, soft);
    }
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
