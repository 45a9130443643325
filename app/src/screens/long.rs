//! Lists that may be long: what is out of sight keeps its place and is not drawn.
//!
//! A short list is drawn whole, so that whoever hears the screen can walk through all of it.

use eframe::egui::{Id, Ui, vec2};

/// From how many on a list is long. A hundred cards are drawn in a few milliseconds.
const LONG: usize = 60;

/// Whether a list of so many is long.
pub fn is_long(count: usize) -> bool {
    count > LONG
}

/// Draws one of a list, unless the list is long and this one is out of sight. Its height is remembered from when it was seen
/// last; before that it is drawn once.
pub fn row(ui: &mut Ui, id: Id, is_long: bool, draw: impl FnOnce(&mut Ui)) {
    let id = id.with("height");
    let width = ui.available_width();
    let known: Option<(f32, f32)> = if is_long { ui.data(|data| data.get_temp(id)) } else { None };
    if let Some((at_width, height)) = known
        && at_width == width
    {
        let rect = eframe::egui::Rect::from_min_size(ui.cursor().min, vec2(width, height));
        if !ui.is_rect_visible(rect) {
            // In a scope, as what is drawn: one place has one id, whether or not it is in sight.
            ui.scope(|ui| ui.allocate_space(vec2(width, height)));
            return;
        }
    }
    let drawn = ui.scope(draw).response.rect.height();
    if is_long {
        ui.data_mut(|data| data.insert_temp(id, (width, drawn)));
    }
}
