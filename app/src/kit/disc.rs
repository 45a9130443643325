//! A person, as a disc: an initial, a colour and a ring pattern, so that nobody is told apart by colour alone.

use std::f32::consts::TAU;

use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Response, Sense, Stroke, Ui, WidgetInfo, WidgetType, vec2};

use crate::theme::{self, Palette, Type};

/// How one person is drawn: the same on every screen and every device of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// What the person is called.
    pub name: String,
    /// Which place in the circle the person has: it decides colour and pattern.
    pub place: usize,
}

impl Face {
    /// The colour this person's words, caret and disc have.
    pub fn colour(&self, palette: &Palette) -> Color32 {
        palette.people[self.place % palette.people.len()]
    }

    fn initial(&self) -> String {
        self.name.chars().find(|c| c.is_alphanumeric()).map_or_else(|| "?".to_owned(), |c| c.to_uppercase().collect())
    }
}

/// A disc on its own: its name is the person's.
pub fn disc(ui: &mut Ui, face: &Face, size: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, ui.is_enabled(), &face.name));
    paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), size, face);
    response.on_hover_text(&face.name)
}

/// A disc beside a name that is already written there.
pub fn paint_disc(painter: &Painter, palette: &Palette, middle: Pos2, size: f32, face: &Face) {
    let colour = face.colour(palette);
    let width = (size / 22.0).clamp(1.2, 2.2);
    let radius = size / 2.0 - width / 2.0;
    ring(painter, middle, radius, width, colour, face.place);
    painter.circle_filled(middle, radius - width * 1.9, colour);
    let font = FontId::new(size * 0.38, Type::Strong.font().family);
    painter.text(middle, Align2::CENTER_CENTER, face.initial(), font, palette.on_person);
}

/// Four patterns and seven colours: 28 people before two look alike.
fn ring(painter: &Painter, middle: Pos2, radius: f32, width: f32, colour: Color32, place: usize) {
    let stroke = Stroke::new(width, colour);
    match place % 4 {
        0 => {
            painter.circle_stroke(middle, radius, stroke);
        }
        1 => dashes(painter, middle, radius, stroke, 9, 0.62),
        2 => {
            let dots = (radius * 1.5).round().clamp(14.0, 36.0);
            for dot in 0..dots as u16 {
                let angle = TAU * f32::from(dot) / dots;
                painter.circle_filled(middle + radius * vec2(angle.cos(), angle.sin()), width * 0.62, colour);
            }
        }
        _ => {
            let thin = Stroke::new(width * 0.6, colour);
            painter.circle_stroke(middle, radius + width * 0.2, thin);
            painter.circle_stroke(middle, radius - width * 0.9, thin);
        }
    }
}

fn dashes(painter: &Painter, middle: Pos2, radius: f32, stroke: Stroke, count: u16, share: f32) {
    for dash in 0..count {
        let from = TAU * f32::from(dash) / f32::from(count);
        let points = (0..=6_u8)
            .map(|step| {
                let angle = from + TAU * share / f32::from(count) * f32::from(step) / 6.0;
                middle + radius * vec2(angle.cos(), angle.sin())
            })
            .collect();
        painter.line(points, stroke);
    }
}
