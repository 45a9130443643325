//! The people around somebody, drawn as rings: who is close, who further out. Every face is a button with a name; the same
//! people stand in a list beside it, so nobody needs the drawing.

mod places;

use std::{f32::consts::TAU, sync::Arc};

use eframe::egui::{
    Align, Color32, Galley, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{Face, paint_disc};
use crate::theme::{self, Type};
use places::{Oval, places};

/// The widest a name below a face gets; longer ones have two lines.
const NAME: f32 = 96.0;
/// The face in the middle.
const MIDDLE: f32 = 58.0;
/// Room kept around each face and its name.
const APART: f32 = 6.0;
/// With more people than this, the drawing wants all the room there is.
pub const MANY: usize = 12;

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
    let names: Vec<Vec<Arc<Galley>>> =
        rings.iter().map(|ring| ring.people.iter().map(|one| name(ui, ring, one, palette.ink)).collect()).collect();
    let label = |ring: &Ring| ui.painter().layout_no_wrap(ring.words.clone(), Type::Small.font(), palette.soft_ink);
    let labels: Vec<Arc<Galley>> = rings.iter().map(label).collect();
    let drawing = Drawing::of(width, &names, &labels);
    let (area, whole) = ui.allocate_exact_size(vec2(width, drawing.height), Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(WidgetType::Image, ui.is_enabled(), said));
    if !ui.is_rect_visible(area) {
        return None;
    }
    let centre = area.center();
    for (ring, oval) in drawing.ovals.iter().enumerate().rev() {
        let points: Vec<Pos2> = (0..=72_u16).map(|step| centre + oval.at(TAU * f32::from(step) / 72.0)).collect();
        let fill = if ring % 2 == 0 { palette.accent_behind.gamma_multiply(0.45) } else { palette.surface };
        ui.painter().add(Shape::convex_polygon(points.clone(), fill, Stroke::NONE));
        if ring + 1 == rings.len() {
            let stroke = Stroke::new(palette.edge_width, palette.edge);
            ui.painter().extend(Shape::dashed_line(&points, stroke, 6.0, 5.0));
        } else {
            ui.painter().add(Shape::line(points, Stroke::new(palette.hairline, palette.edge)));
        }
    }
    for (oval, words) in drawing.ovals.iter().zip(labels) {
        let at = centre + label_at(*oval);
        let behind = Rect::from_center_size(at, words.size() + vec2(12.0, 2.0));
        ui.painter().rect_filled(behind, 8.0, palette.surface);
        ui.painter().galley(at - words.size() / 2.0, words, palette.soft_ink);
    }
    paint_disc(ui.painter(), palette, centre, MIDDLE, middle);
    let mut pressed = None;
    for (ring, (of, (names, spots))) in rings.iter().zip(names.into_iter().zip(&drawing.spots)).enumerate() {
        let size = disc(ring);
        for (place, (around, (name, spot))) in of.people.iter().zip(names.into_iter().zip(spots)).enumerate() {
            let at = centre + *spot;
            let rect = Rect::from_center_size(at, within(ring, &name)).translate(vec2(0.0, below(&name)));
            let response = ui.interact(rect.expand(APART / 2.0), whole.id.with((ring, place)), Sense::click());
            response
                .widget_info(|| WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), around.chosen, &around.said));
            if around.chosen || response.hovered() {
                let ink = if around.chosen { palette.accent } else { palette.edge };
                ui.painter().circle(at, size / 2.0 + 4.0, palette.surface, Stroke::new(palette.focus_width, ink));
            }
            let behind = pos2(at.x, at.y + size / 2.0 + 3.0 + name.size().y / 2.0);
            let behind = Rect::from_center_size(behind, vec2(name.rect.width() + 8.0, name.size().y));
            ui.painter().rect_filled(behind, 6.0, palette.surface.gamma_multiply(0.85));
            ui.painter().galley(pos2(behind.center().x - name.rect.center().x, behind.top()), name, palette.ink);
            paint_disc(ui.painter(), palette, at, size, &around.face);
            super::button::ring(ui, &response, rect);
            if response.clicked() {
                pressed = Some((ring, place));
            }
        }
    }
    pressed
}

/// Where everything stands, from the middle of the drawing.
#[derive(Debug, Clone)]
struct Drawing {
    height: f32,
    ovals: Vec<Oval>,
    spots: Vec<Vec<Vec2>>,
}

impl Drawing {
    /// The least high drawing in which no face and no name touches another. Looked for again only when something changed.
    fn of(width: f32, names: &[Vec<Arc<Galley>>], labels: &[Arc<Galley>]) -> Drawing {
        let boxes: Vec<Vec<Vec2>> = names
            .iter()
            .enumerate()
            .map(|(ring, names)| names.iter().map(|name| within(ring, name) + Vec2::splat(APART)).collect())
            .collect();
        let drop: Vec<Vec<f32>> = names.iter().map(|names| names.iter().map(|name| below(name)).collect()).collect();
        let mut height = (width * 0.86).clamp(400.0, 620.0);
        for last in [false, false, false, false, false, true] {
            let ovals: Vec<Oval> = (0..names.len()).map(|ring| oval(width, height, ring, names.len())).collect();
            let mut taken = vec![Rect::from_center_size(Pos2::ZERO, Vec2::splat(MIDDLE + 4.0))];
            taken.extend(ovals.iter().zip(labels).map(|(oval, label)| {
                Rect::from_center_size(label_at(*oval).to_pos2(), label.size() + vec2(12.0, 2.0))
            }));
            let (spots, touching) = places(&ovals, &boxes, &drop, taken);
            if touching == 0 || last {
                return Drawing { height, ovals, spots };
            }
            height *= 1.15;
        }
        Drawing { height, ovals: Vec::new(), spots: Vec::new() }
    }
}

/// One ring: names stand below faces, so there is a little less room upwards than to the sides.
fn oval(width: f32, height: f32, ring: usize, of: usize) -> Oval {
    let share = 0.34 + 0.66 * (ring as f32) / (of.max(2) - 1) as f32;
    Oval { wide: (width / 2.0 - 54.0) * share, high: (height / 2.0 - 46.0) * share }
}

/// A ring's name stands on it, at the top.
fn label_at(oval: Oval) -> Vec2 {
    vec2(0.0, -oval.high)
}

fn disc(ring: usize) -> f32 {
    if ring == 0 { 44.0 } else { 40.0 }
}

/// The room that a face and its name take, and how far its middle lies below the face's.
fn within(ring: usize, name: &Galley) -> Vec2 {
    vec2((name.rect.width() + 8.0).max(disc(ring) + 4.0), disc(ring) + 4.0 + name.size().y)
}

fn below(name: &Galley) -> f32 {
    name.size().y / 2.0 + 1.0
}

/// The first name is enough beside a face, if it is one and nobody else on the ring has it; the whole name is read out and
/// stands on the card.
fn name(ui: &Ui, ring: &Ring, around: &Around, ink: Color32) -> Arc<Galley> {
    let whole = around.face.name.trim();
    let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let own = first(whole);
    let alike = ring.people.iter().filter(|one| first(&one.face.name) == own).count();
    let is_name = own.chars().count() > 3 && alike == 1;
    let mut job = LayoutJob::simple(if is_name { own } else { whole.to_owned() }, Type::Chip.font(), ink, NAME);
    job.wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(NAME) };
    job.halign = Align::Center;
    ui.painter().layout_job(job)
}
