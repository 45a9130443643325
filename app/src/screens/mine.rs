//! My page: what I am here, my devices and which of them linked which, and the way out.

use desk::{Ask, Desk};
use eframe::egui::Ui;
use seal::PlanId;
use words::text;

use super::{
    devices::Devices,
    people::{Doing, Once, person},
    sheet::Typed,
    title,
};
use crate::{
    asks::{Asks, Errand},
    kit::{self, Icon, Weight, icon_button},
    people,
    theme::{self, Type, gap},
};

/// What the page remembers of itself.
#[derive(Default)]
pub struct Mine {
    /// What is asked once before it is done.
    pub once: Once,
    /// Adding another device.
    pub devices: Devices,
    /// The words of the old sheet, while a new one is made.
    pub renewing: Option<Typed>,
    /// The words of the sheet, while they are typed so that they open this device too.
    pub holding: Option<Typed>,
}

impl Mine {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let Some(me) = people::me(desk, plan) else { return };
        title(ui, &text("app-mine"), |_| {});
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::MINE, &me.name);
            for line in [person::standing_said(&me), person::shared(desk, plan, &me), person::came(desk, plan, &me)] {
                ui.label(theme::text(ui, Type::Note, line).line_height(Some(24.0)));
            }
        });
        ui.add_space(gap::L);
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::DEVICE, &text("app-mine-devices"));
            if let Some(doing) = person::devices(ui, desk, plan, &me) {
                self.once.begin(doing);
            }
            if matches!(self.once.doing(), Some(Doing::Device { .. })) {
                self.once.ui(ui, desk, plan, asks);
            }
            ui.label(theme::soft(ui, Type::Note, text("app-mine-devices-why")).line_height(Some(24.0)));
            self.devices.ui(ui, plan, asks);
        });
        ui.add_space(gap::L);
        self.sheet(ui, desk, plan, asks);
        ui.add_space(gap::L);
        if self.once.doing() == Some(&Doing::Leave) {
            return self.once.ui(ui, desk, plan, asks);
        }
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::LEAVE, &text("app-mine-leave"));
            ui.label(theme::text(ui, Type::Note, text("app-mine-leave-why")).line_height(Some(24.0)));
            if icon_button(ui, Weight::Plain, None, &text("app-mine-leave-do")).clicked() {
                self.once.begin(Doing::Leave);
            }
        });
    }

    /// Whether there is a recovery sheet, what it means if there is none, and how to replace one.
    fn sheet(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::PAPER, &text("common-sheet"));
            let key = if desk.is_sheet_written(plan) { "app-sheet-have" } else { "app-sheet-have-not" };
            ui.label(theme::text(ui, Type::Note, text(key)).line_height(Some(24.0)));
            if self.holding.is_some() {
                return self.hold(ui, plan, asks);
            }
            let Some(typed) = &mut self.renewing else {
                ui.horizontal_wrapped(|ui| {
                    if icon_button(ui, Weight::Plain, None, &text("app-sheet-renew")).clicked() {
                        self.renewing = Some(Typed::default());
                    }
                    if icon_button(ui, Weight::Quiet, None, &text("app-sheet-hold")).clicked() {
                        self.holding = Some(Typed::default());
                    }
                });
                return;
            };
            ui.label(theme::soft(ui, Type::Note, text("app-sheet-renew-why")).line_height(Some(24.0)));
            typed.ui(ui, "old words");
            let mut cancelled = false;
            ui.horizontal(|ui| {
                if icon_button(ui, Weight::Strong, None, &text("app-sheet-renew-do")).clicked()
                    && let Some(old) = typed.read()
                {
                    asks.send(Errand::Sheet(plan), Ask::NewSheet { plan, old });
                }
                cancelled = icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked();
            });
            if cancelled {
                self.renewing = None;
            }
        });
    }

    /// A device that was linked never saw the words: typed once, they open it too.
    fn hold(&mut self, ui: &mut Ui, plan: PlanId, asks: &mut Asks) {
        let Some(typed) = &mut self.holding else { return };
        ui.label(theme::soft(ui, Type::Note, text("app-sheet-hold-why")).line_height(Some(24.0)));
        typed.ui(ui, "words to hold");
        let mut cancelled = false;
        ui.horizontal(|ui| {
            if icon_button(ui, Weight::Strong, None, &text("app-sheet-hold-do")).clicked()
                && let Some(words) = typed.read()
            {
                asks.send(Errand::HoldSheet(plan), Ask::HoldSheet { plan, words });
            }
            cancelled = icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked();
        });
        if cancelled {
            self.holding = None;
        }
    }
}
