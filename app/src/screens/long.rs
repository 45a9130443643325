//! Lists that may be long: what is out of sight keeps its place and is not drawn.
//!
//! A short list is drawn whole, so that whoever hears the screen can walk through all of it.

use eframe::egui::{Id, Ui, util::IdTypeMap, vec2};

/// From how many on a list is long. A hundred cards are drawn in a few milliseconds.
const LONG: usize = 60;

/// Whether a list of so many is long.
pub fn is_long(count: usize) -> bool {
    count > LONG
}

/// Draws one of a list, unless the list is long and this one is out of sight. Its height is remembered from when it was seen
/// last; one that was never seen is taken to be as high as the last that was: drawing a thousand cards once takes as long as
/// a blink of an eye, several times over.
pub fn row(ui: &mut Ui, id: Id, is_long: bool, draw: impl FnOnce(&mut Ui)) {
    let (id, usual) = (id.with("height"), ui.id().with("the usual height"));
    let width = ui.available_width();
    let seen =
        |id| move |data: &mut IdTypeMap| data.get_temp::<(f32, f32)>(id).filter(|(at_width, _)| *at_width == width);
    let known = if is_long { ui.data_mut(seen(id)).or_else(|| ui.data_mut(seen(usual))) } else { None };
    if let Some((_, height)) = known {
        let rect = eframe::egui::Rect::from_min_size(ui.cursor().min, vec2(width, height));
        if !ui.is_rect_visible(rect) {
            // In a scope, as what is drawn: one place has one id, whether or not it is in sight.
            ui.scope(|ui| ui.allocate_space(vec2(width, height)));
            return;
        }
    }
    let drawn = ui.scope(draw).response.rect.height();
    if is_long {
        ui.data_mut(|data| {
            data.insert_temp(id, (width, drawn));
            data.insert_temp(usual, (width, drawn));
        });
    }
}
