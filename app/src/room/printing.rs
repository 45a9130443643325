//! A page on paper: written where this person's papers are, and shown by the program this desktop has for pages.

use std::{path::PathBuf, time::Duration};

use desk::{Came, Coming};
use eframe::egui::{Context, Ui};
use seal::PlanId;
use words::{Say, say, text};

use super::Room;
use crate::{
    asks::{Asks, Reading, Wish},
    kit::{self, Icon, Weight, icon_button},
    paper,
    theme::{self, Type, gap},
};

/// After how long it is looked again whether a page is written.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What was written last, of what.
#[derive(Debug)]
pub(super) struct Printed {
    plan: PlanId,
    part: Option<&'static str>,
    stands: Stands,
}

/// How far a page is.
#[derive(Debug)]
enum Stands {
    /// It is being read and written, away from the window.
    Coming(Coming<Option<PathBuf>>),
    /// Here it is.
    Here(PathBuf),
    /// It could not be written.
    Nowhere,
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
        let words = match &printed.stands {
            Stands::Coming(_) => text("frame-printing"),
            Stands::Here(path) => say(Say::new("app-printed").with("path", path.display().to_string())),
            Stands::Nowhere => text("app-not-printed"),
        };
        let told = ui.label(theme::soft(ui, Type::Note, &words));
        kit::is_status(ui, &told, &words);
    }

    /// Has the page written as the plan is now.
    pub(super) fn print(&mut self, plan: PlanId, part: Option<&'static str>) {
        let still = self.desk.still(plan);
        // As it is read.
        let reading = self.reading;
        let write = move || {
            // Neither the person's name nor the plan's: whoever looks over a shoulder sees the name of a file.
            match (reading, part) {
                (Reading::Easy, Some(part)) => paper::write(&format!("{part}-easy"), &still?.easy_page(part)?).ok(),
                (Reading::Easy | Reading::Whole, part) => {
                    paper::write(part.unwrap_or("plan"), &still?.page(part)?).ok()
                }
            }
        };
        let coming = self.desk.aside(plan, write);
        self.printed = Some(Printed { plan, part, stands: coming.map_or(Stands::Nowhere, Stands::Coming) });
    }

    /// Has a page shown once it is written. A desktop without a program for it leaves it where the screen says it is.
    pub(super) fn show_printed(&mut self, ctx: &Context) {
        let Some(Printed { stands, .. }) = &mut self.printed else { return };
        let Stands::Coming(coming) = stands else { return };
        *stands = match coming.take() {
            Came::NotYet => return ctx.request_repaint_after(LOOK_AGAIN),
            Came::Here(Some(path)) => {
                self.desktop.open(&path);
                Stands::Here(path)
            }
            Came::Here(None) | Came::Never => Stands::Nowhere,
        };
        ctx.request_repaint();
    }
}
