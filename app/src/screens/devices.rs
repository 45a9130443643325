//! Adding another device of mine: the code for it, until it was typed there.

use desk::{Ask, Code};
use eframe::egui::Ui;
use seal::PlanId;
use words::text;

use super::invite::Coded;
use crate::{
    asks::{Asks, Errand},
    kit::{self, Icon, Weight, icon_button},
    theme::{self, Tone, Type},
};

/// How far it is.
#[derive(Debug, Default)]
pub struct Devices {
    coded: Option<Coded>,
    trouble: Option<String>,
    added: bool,
}

impl Devices {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, plan: PlanId, asks: &mut Asks) {
        if let Some(trouble) = &self.trouble {
            ui.label(theme::text(ui, Type::Note, trouble).color(theme::of(ui.ctx()).attention));
        }
        if self.added {
            kit::chip(ui, Tone::Calm, &text("app-devices-added"));
        }
        if let Some(coded) = &self.coded {
            coded.ui(ui, &text("app-devices-how"));
            if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                self.close();
                asks.push(Ask::HideCode);
            }
            return;
        }
        if icon_button(ui, Weight::Plain, Icon::DEVICE, &text("app-devices-add")).clicked() {
            *self = Devices { coded: Some(Coded::default()), ..Devices::default() };
            asks.send(Errand::Link, Ask::LinkByCode { plan });
        }
    }

    /// Puts it away. Answers whether a code was shown that must go, too.
    pub fn close(&mut self) -> bool {
        self.coded.take().is_some()
    }

    /// What became of the code.
    pub fn hear(&mut self, what: Code) {
        if let Some(coded) = &mut self.coded {
            coded.hear(what);
        }
    }

    /// The device is in.
    pub fn added(&mut self) {
        *self = Devices { added: true, ..Devices::default() };
    }

    /// It did not work.
    pub fn failed(&mut self, sentence: String) {
        *self = Devices { trouble: Some(sentence), ..Devices::default() };
    }
}
