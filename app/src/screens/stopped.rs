//! Above a part of which something cannot be shown on this device: whose change it is, my words that went with it, and for an
//! owner a way to set it aside.

use desk::{Ask, Desk};
use eframe::egui::{TextEdit, Ui};
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people,
    theme::{self, Tone, Type, gap},
};

/// Draws it, if there is anything to say.
pub fn ui(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &str, asks: &mut Asks) {
    let Some((stopped, doc)) = desk.stopped(plan, part).zip(desk.doc(plan, part)) else { return };
    kit::toned_card(ui, Tone::Attention, |ui| {
        let attention = theme::of(ui.ctx()).attention;
        kit::icon_line(ui, Icon::WARN, attention, theme::text(ui, Type::Body, text("errors-part-stopped")));
        let names: Vec<String> =
            stopped.by.iter().map(|person| people::face_or_former(desk, plan, *person).name).collect();
        if !names.is_empty() {
            let whose = say(Say::new("app-stopped-by").with("names", people::together(&names)));
            ui.label(theme::soft(ui, Type::Note, whose));
        }
        if !stopped.words.is_empty() {
            ui.label(theme::text(ui, Type::BesideStrong, text("app-stopped-words")));
            // To be copied, not to be changed.
            let words = stopped.words.join("\n");
            ui.add(TextEdit::multiline(&mut words.as_str()).desired_width(f32::INFINITY));
        }
        let decides = people::me(desk, plan).is_some_and(|me| me.standing.owns_the_plan());
        if !decides {
            return;
        }
        ui.label(theme::soft(ui, Type::Note, text("app-stopped-aside-why")));
        if icon_button(ui, Weight::Plain, None, &text("app-stopped-aside")).clicked() {
            for edit in stopped.culprits {
                asks.push(Ask::Bar { plan, doc, edit, why: text("app-stopped-because") });
            }
        }
    });
    ui.add_space(gap::L);
}
