//! Only on this device: notes to oneself and drafts. Nothing of it is ever told to another device.

use desk::Desk;
use eframe::egui::Ui;
use seal::PlanId;
use words::text;

use crate::{
    asks::Asks,
    kit,
    screens::{
        fields::{Record, rows, words_field},
        lead,
        pages::PartPage,
        part_title,
    },
    theme::gap,
};

const PART: &str = "mine";

/// The page. It remembers nothing of itself.
#[derive(Debug, Default)]
pub struct Mine;

impl PartPage for Mine {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        part_title(ui, part, None, asks);
        lead(ui, &text("small-mine-lead"));
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            words_field(ui, part, "notes", 4, asks);
        });
        ui.add_space(gap::L);
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            rows(ui, part, "drafts", &["words"], asks);
        });
    }
}
