//! A week as seven columns, each with what is in it; one below the other where there is little room.

use eframe::egui::{Align, Layout, Ui, vec2};

use crate::theme::{self, Type, gap};

/// The narrowest column in which two words still fit.
const LEAST: f32 = 96.0;

/// Draws the seven days with what each has. A day with nothing is left out where days stand one below the other.
pub fn week(ui: &mut Ui, names: &[String; 7], days: &[Vec<String>; 7]) {
    let width = ui.available_width();
    let each = (width - 6.0 * gap::S) / 7.0;
    if each < LEAST {
        for (name, day) in names.iter().zip(days).filter(|(_, day)| !day.is_empty()) {
            ui.label(theme::text(ui, Type::BesideStrong, name));
            for what in day {
                ui.label(theme::text(ui, Type::Note, what));
            }
        }
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        for (name, day) in names.iter().zip(days) {
            ui.allocate_ui_with_layout(vec2(each, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(each);
                ui.spacing_mut().item_spacing.y = gap::XS;
                ui.label(theme::soft(ui, Type::Chip, name));
                super::rule(ui);
                for what in day {
                    ui.label(theme::text(ui, Type::Small, what).line_height(Some(20.0)));
                }
            });
        }
    });
}
