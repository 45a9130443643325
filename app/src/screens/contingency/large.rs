//! One plan over the whole page, for the moment itself: what to do, whom to ring, what not to do; why and when come last.

use eframe::egui::{Align, Color32, Ui};
use words::text;

use super::{PART, dont, name, pointed, ring, steps};
use crate::{
    kit::{self, Icon, Weight, icon_button},
    screens::{fields::Record, pair},
    terms,
    theme::{self, Tone, Type, gap},
};

/// Draws it. Whether whoever reads wants back to the others.
pub fn ui(ui: &mut Ui, one: Record<'_>) -> bool {
    let back = icon_button(ui, Weight::Quiet, Icon::BACK, &text("needs-contingency-back"));
    // It begins at its beginning, wherever on the page before the press was.
    let (id, pass) = (one.id("shown large", ""), ui.ctx().cumulative_pass_nr());
    let before = ui.data_mut(|data| {
        let before: Option<u64> = data.get_temp(id);
        data.insert_temp(id, pass);
        before
    });
    if before.is_none_or(|before| before + 2 < pass) {
        back.scroll_to_me(Some(Align::TOP));
    }
    let back = back.clicked();
    let called = name(one);
    let heading = ui.label(theme::text(ui, Type::Name, &called).line_height(Some(54.0)));
    kit::is_heading(ui, &heading, &called);
    ui.add_space(gap::M);
    pair(
        ui,
        0.56,
        |ui| {
            kit::card(ui, |ui| steps(ui, one, Type::Quote));
            ui.add_space(gap::M);
            dont(ui, one, Type::Quote);
        },
        |ui| {
            kit::card(ui, |ui| ring(ui, one, Type::Quote, Type::Title));
            let things = one.text("where-things-are");
            if !things.trim().is_empty() {
                ui.add_space(gap::M);
                kit::card(ui, |ui| {
                    ui.label(theme::soft(ui, Type::Chip, terms::field(PART, "where-things-are")));
                    let size = Type::Section;
                    ui.label(theme::text(ui, size, things.trim()).line_height(Some(size.line_height())));
                });
            }
        },
    );
    ui.add_space(gap::M);
    let palette = theme::of(ui.ctx());
    for (list, icon, tone) in [
        ("coping", Icon::WELL, Tone::Calm),
        ("early-signs", Icon::SIGN, Tone::Accent),
        ("triggers", Icon::TRIGGER, Tone::NotYet),
    ] {
        last(ui, one, list, icon, palette.tone(tone).0);
    }
    ui.label(theme::soft(ui, Type::Note, text("needs-contingency-honest")));
    back
}

fn last(ui: &mut Ui, one: Record<'_>, list: &str, icon: Icon, ink: Color32) {
    let all = one.records(list);
    if all.is_empty() {
        return;
    }
    super::heading(ui, one, list, Type::Note);
    for point in all {
        pointed(ui, icon, ink, &point.line("what"), Type::Section);
    }
    ui.add_space(gap::S);
}
