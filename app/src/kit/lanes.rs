//! One line of time with a lane for each kind of thing on it: what came after what. Each lane has a mark of its own shape, and
//! is read out as a sentence.

use eframe::egui::{Align2, Color32, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::theme::{self, Type, gap};

/// The shape of a lane's marks: none is told from another by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A full disc.
    Disc,
    /// A ring.
    Ring,
    /// A square on its corner.
    Diamond,
    /// An upright stroke.
    Stroke,
}

/// One lane.
#[derive(Debug, Clone)]
pub struct Lane {
    /// What stands before it.
    pub words: String,
    /// The shape of its marks.
    pub mark: Mark,
    /// What lies on it: the place on the line from nought to one, how many, and what is said of it.
    pub marks: Vec<(f32, usize, String)>,
    /// The lane as a sentence.
    pub said: String,
}

const HIGH: f32 = 34.0;

/// Draws the lanes over one line; `ticks` are places on it with their words.
pub fn lanes(ui: &mut Ui, all: &[Lane], ticks: &[(f32, String)]) {
    let palette = theme::of(ui.ctx());
    let width = ui.available_width();
    let narrow = width < theme::COLUMN;
    let aside = if narrow { 0.0 } else { 150.0 };
    let high = if narrow { HIGH + 18.0 } else { HIGH };
    let (area, whole) = ui.allocate_exact_size(vec2(width, all.len() as f32 * high + 28.0), Sense::hover());
    if !ui.is_rect_visible(area) {
        return;
    }
    let line = Rect::from_min_max(pos2(area.left() + aside + 8.0, area.top()), pos2(area.right() - 8.0, area.bottom()));
    let x = |place: f32| line.left() + place.clamp(0.0, 1.0) * line.width();
    let floor = area.bottom() - 24.0;
    let mut free = f32::NEG_INFINITY;
    for (place, words) in ticks {
        let at = x(*place);
        let points = [pos2(at, area.top()), pos2(at, floor)];
        ui.painter().add(Shape::dashed_line(&points, Stroke::new(palette.hairline, palette.line), 3.0, 3.0));
        let galley = ui.painter().layout_no_wrap(words.clone(), Type::Small.font(), palette.soft_ink);
        let left = (at - galley.size().x / 2.0).clamp(area.left(), area.right() - galley.size().x);
        if left > free {
            free = left + galley.size().x + gap::S;
            ui.painter().galley(pos2(left, floor + 4.0), galley, palette.soft_ink);
        }
    }
    for (row, lane) in all.iter().enumerate() {
        let top = area.top() + row as f32 * high;
        let middle = top + high - HIGH / 2.0;
        let rect = Rect::from_min_size(pos2(area.left(), top), vec2(width, high));
        let response = ui.interact(rect, whole.id.with(row), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &lane.said));
        let (at, anchor) = match narrow {
            true => (pos2(area.left(), top + 9.0), Align2::LEFT_CENTER),
            false => (pos2(area.left(), middle), Align2::LEFT_CENTER),
        };
        ui.painter().text(at, anchor, &lane.words, Type::Small.font(), palette.ink);
        let along = [pos2(line.left(), middle), pos2(line.right(), middle)];
        ui.painter().line_segment(along, Stroke::new(palette.hairline, palette.line));
        let ink = match lane.mark {
            Mark::Disc => palette.attention,
            Mark::Ring => palette.accent,
            Mark::Diamond => palette.calm,
            Mark::Stroke => palette.soft_ink,
        };
        for (number, (place, count, said)) in lane.marks.iter().enumerate() {
            let at = pos2(x(*place), middle);
            draw(ui, at, lane.mark, *count, ink, palette.surface);
            let spot =
                ui.interact(Rect::from_center_size(at, vec2(16.0, HIGH)), whole.id.with((row, number)), Sense::hover());
            spot.on_hover_text(said);
        }
    }
}

fn draw(ui: &Ui, at: Pos2, mark: Mark, count: usize, ink: Color32, ground: Color32) {
    let painter = ui.painter();
    // Two on one day are a little larger than one, and say how many.
    let size = if count > 1 { 9.0 } else { 6.5 };
    match mark {
        Mark::Disc => {
            painter.circle(at, size, ink, Stroke::new(1.5, ground));
        }
        Mark::Ring => {
            painter.circle(at, size - 1.0, ground, Stroke::new(2.0, ink));
        }
        Mark::Diamond => {
            let points =
                [vec2(0.0, -size), vec2(size, 0.0), vec2(0.0, size), vec2(-size, 0.0)].map(|off| at + off).into();
            painter.add(Shape::convex_polygon(points, ink, Stroke::new(1.5, ground)));
        }
        Mark::Stroke => {
            painter.line_segment([at - vec2(0.0, size), at + vec2(0.0, size)], Stroke::new(3.0, ink));
        }
    }
    if count > 1 {
        let ink = if mark == Mark::Disc || mark == Mark::Diamond { ground } else { ink };
        let at = if mark == Mark::Stroke { at + vec2(8.0, -6.0) } else { at };
        painter.text(at, Align2::CENTER_CENTER, count.to_string(), Type::Small.font(), ink);
    }
}
