//! A sheet to draw on: lines of a few pens, kept as a picture.

use eframe::egui::{
    Color32, CornerRadius, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2,
};
use words::{Say, say, text};

use super::{Icon, Weight, icon_button, press::press};
use crate::theme::{self, gap};

/// The sheet in dots, whatever its size on the screen.
const DOTS: Vec2 = vec2(800.0, 600.0);

/// Half of a pen's width, in dots of the sheet.
const PEN: f32 = 3.5;

/// As many points as a drawing may have: hours of drawing, and a few megabytes.
const POINTS: usize = 100_000;

/// What the pens are called.
const NAMES: [&str; 5] = ["files-pen-dark", "files-pen-blue", "files-pen-green", "files-pen-red", "files-pen-violet"];

/// Something drawn by hand.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    lines: Vec<Line>,
    pen: usize,
    drawing: bool,
}

/// One line: the pen, and where it went, in dots of the sheet.
#[derive(Debug, Clone)]
struct Line {
    pen: usize,
    points: Vec<Pos2>,
}

/// Draws the sheet and its pens, and takes what is drawn on it.
pub fn pad(ui: &mut Ui, label: &str, drawing: &mut Drawing) {
    pens(ui, drawing);
    let width = ui.available_width().min(DOTS.x);
    let (rect, response) = ui.allocate_exact_size(vec2(width, width * DOTS.y / DOTS.x), Sense::drag());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), label));
    let palette = theme::of(ui.ctx());
    let scale = DOTS.x / rect.width();
    if let Some(at) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
        let at = (rect.clamp(at) - rect.min) * scale;
        drawing.draw(at.to_pos2());
    } else {
        drawing.drawing = false;
    }
    let painter = ui.painter_at(rect);
    let edge = Stroke::new(palette.edge_width, palette.edge);
    painter.rect(rect, CornerRadius::same(theme::BUTTON_RADIUS), theme::SHEET, edge, StrokeKind::Inside);
    for line in &drawing.lines {
        let points: Vec<Pos2> = line.points.iter().map(|point| rect.min + point.to_vec2() / scale).collect();
        let ink = theme::PENS[line.pen];
        match &points[..] {
            [point] => _ = painter.circle_filled(*point, PEN / scale, ink),
            _ => _ = painter.add(Shape::line(points, Stroke::new(2.0 * PEN / scale, ink))),
        }
    }
}

fn pens(ui: &mut Ui, drawing: &mut Drawing) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::S, gap::S);
        let palette = theme::of(ui.ctx());
        for (pen, name) in NAMES.iter().enumerate() {
            let (rect, response) = press(ui, Vec2::splat(theme::TARGET), name);
            let chosen = drawing.pen == pen;
            let said = say(Say::new("files-pen").with("name", text(name)));
            response
                .widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, ui.is_enabled(), chosen, said.as_str()));
            let edge = if chosen { Stroke::new(palette.focus_width, palette.ink) } else { Stroke::NONE };
            ui.painter().rect(rect.shrink(2.0), CornerRadius::same(10), theme::SHEET, edge, StrokeKind::Inside);
            ui.painter().circle_filled(rect.center(), 12.0, theme::PENS[pen]);
            super::button::ring(ui, &response, rect);
            if response.clicked() {
                drawing.pen = pen;
            }
        }
        if !drawing.is_empty() && icon_button(ui, Weight::Quiet, Icon::UNDO, &text("files-last-line")).clicked() {
            drawing.lines.pop();
        }
    });
}

impl Drawing {
    /// Whether nothing is drawn yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    // The pen is here now, and has not left the sheet since the last time.
    fn draw(&mut self, at: Pos2) {
        if self.lines.iter().map(|line| line.points.len()).sum::<usize>() >= POINTS {
            return;
        }
        match self.lines.last_mut().filter(|_| self.drawing) {
            Some(line) => {
                if line.points.last().is_none_or(|last| last.distance(at) >= 1.0) {
                    line.points.push(at);
                }
            }
            None => self.lines.push(Line { pen: self.pen, points: vec![at] }),
        }
        self.drawing = true;
    }

    /// As a picture file, on white.
    pub fn picture(&self) -> Vec<u8> {
        let (width, height) = (DOTS.x as usize, DOTS.y as usize);
        let mut dots = vec![[255; 3]; width * height];
        for line in &self.lines {
            let ink = theme::PENS[line.pen];
            let ends = line.points.iter().zip(line.points.iter().skip(1).chain(line.points.last()));
            for (from, to) in ends {
                stroke(&mut dots, (*from, *to), ink);
            }
        }
        exchange::png(width, height, dots.as_flattened())
    }
}

/// One straight piece of a line: every dot as dark as the pen covers it.
fn stroke(dots: &mut [[u8; 3]], (from, to): (Pos2, Pos2), ink: Color32) {
    let reach = PEN + 1.0;
    let around = Rect::from_two_pos(from, to).expand(reach).intersect(Rect::from_min_size(Pos2::ZERO, DOTS));
    let along = to - from;
    for y in around.top() as usize..(around.bottom().ceil() as usize).min(DOTS.y as usize) {
        for x in around.left() as usize..(around.right().ceil() as usize).min(DOTS.x as usize) {
            let dot = pos2(x as f32 + 0.5, y as f32 + 0.5);
            let share = ((dot - from).dot(along) / along.length_sq().max(f32::EPSILON)).clamp(0.0, 1.0);
            let covered = (PEN + 0.5 - dot.distance(from + along * share)).clamp(0.0, 1.0);
            let dot = &mut dots[y * DOTS.x as usize + x];
            for (under, over) in dot.iter_mut().zip([ink.r(), ink.g(), ink.b()]) {
                *under = (f32::from(*under) + (f32::from(over) - f32::from(*under)) * covered).round() as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_is_in_the_picture_and_nothing_else_is() {
        let mut drawing = Drawing { pen: 1, ..Drawing::default() };
        drawing.draw(pos2(100.0, 100.0));
        drawing.draw(pos2(300.0, 100.0));
        drawing.drawing = false;
        drawing.draw(pos2(799.0, 599.0));
        assert_eq!(drawing.lines.len(), 2);
        let file = drawing.picture();
        assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"));
        let mut dots = vec![[255; 3]; 800 * 600];
        stroke(&mut dots, (pos2(100.0, 100.0), pos2(300.0, 100.0)), theme::PENS[1]);
        let ink = [theme::PENS[1].r(), theme::PENS[1].g(), theme::PENS[1].b()];
        assert_eq!(dots[100 * 800 + 200], ink);
        assert_eq!(dots[110 * 800 + 200], [255; 3]);
    }
}
