//! What names the columns or rows below it stays in sight while they are scrolled through.

use eframe::egui::{Rect, Sense, Ui, pos2, vec2};

use crate::theme::{self, gap};

/// Draws it once more at the top of what is seen, if it is above that and what it names is not. `place` is where it stands,
/// `until` how far down reaches what it names; both end before this is called, so that it lies above them. A reader of the
/// screen hears nothing twice.
pub fn stays(ui: &Ui, place: Rect, until: f32, paint: impl FnOnce(&Ui, Rect)) {
    let top = ui.clip_rect().top();
    // Before the end of what it names it goes with it.
    if place.top() >= top || until < top + 2.0 * place.height() {
        return;
    }
    let palette = theme::of(ui.ctx());
    let here = Rect::from_min_size(pos2(place.left(), top), place.size());
    let behind = here.expand2(vec2(gap::S, 0.0));
    ui.painter().rect_filled(behind, 0.0, palette.surface);
    let line = Rect::from_min_max(behind.left_bottom() - vec2(0.0, palette.hairline), behind.right_bottom());
    ui.painter().rect_filled(line, 0.0, palette.line);
    // Nothing that is hidden below it can be pressed; it cannot have the keyboard itself.
    ui.interact(behind, ui.id().with("what stays in sight"), Sense::CLICK);
    paint(ui, here);
}
