//! Where others are writing: a thin caret, and a name that fades when the caret rests.

use std::{collections::BTreeMap, time::Duration};

use eframe::egui::{Color32, CornerRadius, Galley, Pos2, Rect, Stroke, Ui, pos2, text::CCursor, vec2};
use seal::DeviceId;

use crate::{
    kit::Face,
    theme::{self, Type},
};

/// How long a name stays after its caret moved, in seconds.
const STAYS: f64 = 3.0;
/// How long it takes to fade.
const FADES: f64 = 0.5;

/// Another device's caret in this field.
pub(super) struct Caret {
    pub(super) device: DeviceId,
    pub(super) face: Face,
    pub(super) anchor: usize,
    pub(super) head: usize,
}

/// When each device's caret last moved in this field.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved(BTreeMap<DeviceId, (usize, f64)>);

/// Draws the carets over the text and says when a name has to fade.
pub(super) fn paint(ui: &Ui, carets: &[Caret], moved: &mut Moved, galley: &Galley, galley_at: Pos2, length: usize) {
    let palette = theme::of(ui.ctx());
    let now = ui.input(|input| input.time);
    moved.0.retain(|device, _| carets.iter().any(|caret| caret.device == *device));
    for caret in carets {
        let head = caret.head.min(length);
        let since = match moved.0.get(&caret.device) {
            Some((place, since)) if *place == head => *since,
            Some(_) | None => now,
        };
        moved.0.insert(caret.device, (head, since));
        let colour = caret.face.colour(palette);
        if caret.anchor != caret.head {
            paint_selection(ui, galley, galley_at, caret.anchor.min(length), head, colour);
        }
        let line = galley.pos_from_cursor(CCursor::new(head)).translate(galley_at.to_vec2());
        ui.painter().vline(line.left(), line.y_range().shrink(2.0), Stroke::new(2.0, colour));
        let rested = now - since;
        if rested < STAYS + FADES {
            let strength = (1.0 - (rested - STAYS).max(0.0) / FADES) as f32;
            paint_flag(ui, line, &caret.face, colour, strength);
            let wait = if rested < STAYS { STAYS - rested } else { 0.03 };
            ui.ctx().request_repaint_after(Duration::from_secs_f64(wait));
        }
    }
}

fn paint_flag(ui: &Ui, caret: Rect, face: &Face, colour: Color32, strength: f32) {
    let palette = theme::of(ui.ctx());
    let galley = ui.painter().layout_no_wrap(face.name.clone(), Type::Chip.font(), palette.on_person);
    let size = galley.size() + vec2(12.0, 3.0);
    let room = ui.clip_rect();
    let left = (caret.left() - 1.0).min(room.right() - size.x - 2.0).max(room.left());
    let flag = Rect::from_min_size(pos2(left, caret.top() - size.y + 4.0), size);
    ui.painter().rect_filled(flag, CornerRadius { nw: 5, ne: 5, sw: 0, se: 5 }, colour.gamma_multiply(strength));
    let ink = palette.on_person.gamma_multiply(strength);
    ui.painter().galley_with_override_text_color(flag.min + vec2(6.0, 1.5), galley, ink);
}

/// What somebody else has selected: a line under the words, which stay readable.
fn paint_selection(ui: &Ui, galley: &Galley, galley_at: Pos2, one: usize, other: usize, colour: Color32) {
    let (from, to) = (one.min(other), one.max(other));
    let first = galley.pos_from_cursor(CCursor::new(from)).translate(galley_at.to_vec2());
    let last = galley.pos_from_cursor(CCursor::new(to)).translate(galley_at.to_vec2());
    let right = galley_at.x + galley.rect.right();
    let stroke = Stroke::new(2.0, colour);
    let mut y = first.bottom();
    let mut left = first.left();
    while y < last.bottom() - 1.0 {
        ui.painter().hline(left..=right, y - 2.0, stroke);
        y += first.height().max(1.0);
        left = galley_at.x;
    }
    ui.painter().hline(left..=last.left(), last.bottom() - 2.0, stroke);
}
