//! The people around somebody, drawn as rings: who is close, who further out. Every face is a button with a name; the same
//! people stand in a list beside it, so nobody needs the drawing.

use std::f32::consts::TAU;

use eframe::egui::{
    Align2, Color32, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, text::LayoutJob,
    text::TextWrapping, vec2,
};

use super::{Face, paint_disc};
use crate::theme::{self, Type};

/// Somebody on a ring.
#[derive(Debug, Clone)]
pub struct Around {
    /// How they are drawn.
    pub face: Face,
    /// What a reader hears: who they are and where they stand.
    pub said: String,
    /// Whether their card is open.
    pub chosen: bool,
}

/// One ring.
#[derive(Debug, Clone)]
pub struct Ring {
    /// What it is called.
    pub words: String,
    /// Who stands on it.
    pub people: Vec<Around>,
}

/// Draws the rings from the inside out around `middle`; gives back the ring and place of the face that was pressed.
pub fn rings(ui: &mut Ui, middle: &Face, rings: &[Ring], said: &str) -> Option<(usize, usize)> {
    let palette = theme::of(ui.ctx());
    let width = ui.available_width();
    let height = (width * 0.94).clamp(400.0, 620.0);
    let (area, whole) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), said));
    if !ui.is_rect_visible(area) {
        return None;
    }
    let centre = area.center() + vec2(0.0, 4.0);
    // Names stand below faces, so there is a little less room upwards than to the sides.
    let (wide, high) = (width / 2.0 - 42.0, height / 2.0 - 40.0);
    let count = rings.len().max(1) as f32;
    let radius = |ring: usize| {
        let share = 0.34 + 0.66 * (ring as f32) / (count - 1.0).max(1.0);
        (wide.min(high * 1.5) * share, high * share)
    };
    for (ring, of) in rings.iter().enumerate().rev() {
        let (a, b) = radius(ring);
        let points: Vec<Pos2> = (0..=72_u16).map(|step| on(centre, a, b, TAU * f32::from(step) / 72.0)).collect();
        let fill = if ring % 2 == 0 { palette.accent_behind.gamma_multiply(0.45) } else { palette.surface };
        ui.painter().add(Shape::convex_polygon(points.clone(), fill, Stroke::NONE));
        let stroke = Stroke::new(palette.edge_width, palette.edge);
        if ring + 1 == rings.len() {
            ui.painter().extend(Shape::dashed_line(&points, stroke, 6.0, 5.0));
        } else {
            ui.painter().add(Shape::line(points, Stroke::new(palette.hairline, palette.edge)));
        }
        let name = ui.painter().layout_no_wrap(of.words.clone(), Type::Small.font(), palette.soft_ink);
        let at = pos2(centre.x, centre.y - b);
        let behind = Rect::from_center_size(at, name.size() + vec2(12.0, 2.0));
        ui.painter().rect_filled(behind, 8.0, palette.surface);
        ui.painter().galley(at - name.size() / 2.0, name, palette.soft_ink);
    }
    paint_disc(ui.painter(), palette, centre, 58.0, middle);
    let mut pressed = None;
    for (ring, of) in rings.iter().enumerate() {
        let (a, b) = radius(ring);
        let size = if ring == 0 { 44.0 } else { 38.0 };
        for (place, around) in of.people.iter().enumerate() {
            // Rings begin at different places, so that names do not stand above each other; the top is the ring's own name's.
            let turn = 0.13 + 0.09 * ring as f32;
            let room = TAU - 2.0 * turn;
            let angle = -TAU / 4.0 + turn + room * (place as f32 + 0.5) / of.people.len() as f32;
            let at = on(centre, a, b, angle);
            let rect = Rect::from_center_size(at + vec2(0.0, 8.0), vec2(size + 34.0, size + 26.0));
            let response = ui.interact(rect, whole.id.with((ring, place)), Sense::click());
            response
                .widget_info(|| WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), around.chosen, &around.said));
            if around.chosen || response.hovered() {
                let ink = if around.chosen { palette.accent } else { palette.edge };
                ui.painter().circle(at, size / 2.0 + 5.0, palette.surface, Stroke::new(palette.focus_width, ink));
            }
            if response.has_focus() {
                super::button::ring(ui, &response, rect);
            }
            paint_disc(ui.painter(), palette, at, size, &around.face);
            name_below(ui, at + vec2(0.0, size / 2.0 + 10.0), &around.face.name, palette.ink, palette.surface);
            if response.clicked() {
                pressed = Some((ring, place));
            }
        }
    }
    pressed
}

fn on(centre: Pos2, a: f32, b: f32, angle: f32) -> Pos2 {
    centre + vec2(a * angle.cos(), b * angle.sin())
}

/// The first name is enough beside a face; the whole name is read out and stands on the card.
fn name_below(ui: &Ui, at: Pos2, name: &str, ink: Color32, ground: Color32) {
    let first = name.split_whitespace().next().unwrap_or(name);
    let mut job = LayoutJob::simple_singleline(first.to_owned(), Type::Chip.font(), ink);
    job.wrap = TextWrapping::truncate_at_width(96.0);
    let galley = ui.painter().layout_job(job);
    let behind = Rect::from_center_size(at, galley.size() + vec2(8.0, 0.0));
    ui.painter().rect_filled(behind, 6.0, ground.gamma_multiply(0.85));
    let corner = Align2::CENTER_CENTER.anchor_size(at, galley.size()).min;
    ui.painter().galley(corner, galley, ink);
}
