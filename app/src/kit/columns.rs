//! Several voices side by side: a column each, as many in a row as there is room for.

use eframe::egui::{Align, Layout, Sense, Ui, vec2};

use super::{Face, paint_disc};
use crate::theme::{self, Type, gap};

/// Draws `count` columns, none narrower than `least`, row by row.
pub fn columns(ui: &mut Ui, count: usize, least: f32, mut draw: impl FnMut(&mut Ui, usize)) {
    let width = ui.available_width();
    let least = least.min(width);
    let fit = ((width + gap::L) / (least + gap::L)).floor().clamp(1.0, 6.0) as usize;
    let in_row = fit.min(count.max(1));
    let each = (width - gap::L * (in_row - 1) as f32) / in_row as f32;
    for first in (0..count).step_by(in_row) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            for at in first..count.min(first + in_row) {
                ui.allocate_ui_with_layout(vec2(each, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(each);
                    ui.spacing_mut().item_spacing = vec2(gap::S, gap::XS);
                    draw(ui, at);
                });
            }
        });
        // Below each other they stand as far apart as they do beside each other.
        ui.add_space(if in_row == 1 { gap::M } else { gap::S });
    }
}

/// Somebody with a face and their name beside it: the head of what they say.
pub fn named(ui: &mut Ui, face: &Face) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 34.0), Sense::hover());
        paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, face);
        ui.add(eframe::egui::Label::new(theme::text(ui, Type::BesideStrong, &face.name)).truncate());
    });
}
