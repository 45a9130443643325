//! What was signed, as sentences one below the other, each with the face of whoever signed it.

use desk::{Desk, Said};
use eframe::egui::{Sense, Ui, vec2};
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    kit::{chip, paint_disc},
    people,
    theme::{self, Tone, Type, gap},
};

/// Draws them in the order given.
pub fn list<'a>(ui: &mut Ui, desk: &Desk, plan: PlanId, said: impl Iterator<Item = &'a Said>) {
    for one in said {
        line(ui, desk, plan, one);
    }
}

/// One sentence: what was signed, by whom, with which device, and whether it still holds.
pub fn line(ui: &mut Ui, desk: &Desk, plan: PlanId, said: &Said) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 34.0), Sense::hover());
        if let Some(face) = said.by.map(|person| people::face_or_former(desk, plan, person)) {
            paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, &face);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add_space(4.0);
            ui.label(theme::text(ui, Type::Beside, say(said.say.clone())).line_height(Some(23.0)));
            let time = words::time_of_day(said.at.0);
            let when = say(Say::new("app-said-at").with("time", &time));
            // With which device it was signed is asked for seldom.
            let whole = Say::new("app-said-when").with("time", time).with("device", &said.with);
            ui.label(theme::soft(ui, Type::Small, when)).on_hover_text(say(whole));
            if !said.stands {
                chip(ui, Tone::Plain, &text("app-said-void"));
            }
        });
    });
}
