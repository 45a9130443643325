//! A page on paper: written where this person's papers are, and shown by the program this desktop has for pages.

use std::path::PathBuf;

use eframe::egui::Ui;
use seal::PlanId;
use words::{Say, say, text};

use super::Room;
use crate::{
    asks::{Asks, Reading, Wish},
    kit::{self, Icon, Weight, icon_button},
    paper,
    theme::{self, Type, gap},
};

/// What was written last, of what.
#[derive(Debug)]
pub(super) struct Printed {
    plan: PlanId,
    part: Option<&'static str>,
    /// Where it is, or none if it could not be written.
    at: Option<PathBuf>,
}

impl Room {
    /// Below a page: ways to print it and to read it more easily, and where the last one printed is.
    pub(super) fn printing(&self, ui: &mut Ui, plan: PlanId, part: Option<&'static str>, asks: &mut Asks) {
        if part.is_some_and(|part| self.desk.document(plan, part).is_none()) {
            return;
        }
        ui.add_space(gap::XL);
        let words = text(if part.is_some() { "app-print" } else { "app-print-whole" });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            if icon_button(ui, Weight::Quiet, Icon::PRINT, &words).clicked() {
                asks.wish(Wish::Print(plan, part));
            }
            if part.is_some()
                && self.reading == Reading::Whole
                && icon_button(ui, Weight::Quiet, Icon::EASY, &text("app-easy")).clicked()
            {
                asks.wish(Wish::Read(Reading::Easy));
            }
        });
        let Some(printed) = self.printed.as_ref().filter(|printed| (printed.plan, printed.part) == (plan, part)) else {
            return;
        };
        let words = match &printed.at {
            Some(path) => say(Say::new("app-printed").with("path", path.display().to_string())),
            None => text("app-not-printed"),
        };
        let told = ui.label(theme::soft(ui, Type::Note, &words));
        kit::is_status(ui, &told, &words);
    }

    /// Writes the page and has it shown. A desktop without a program for it leaves it where the screen says it is.
    pub(super) fn print(&mut self, plan: PlanId, part: Option<&'static str>) {
        let page = self.desk.page(plan, part);
        // Neither the person's name nor the plan's: whoever looks over a shoulder sees the name of a file.
        let at = page.and_then(|page| paper::write(part.unwrap_or("plan"), &page).ok());
        if let Some(path) = &at {
            self.desktop.open(path);
        }
        self.printed = Some(Printed { plan, part, at });
    }
}
