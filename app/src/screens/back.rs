//! Coming back with 24 words on a new device, and saying then which of the old ones are lost.

use std::time::Duration;

use desk::{Ask, Desk};
use eframe::egui::{Id, Ui};
use node::{Listen, ask::Words};
use seal::PlanId;
use words::{Say, say, text};

use super::{sheet::Typed, title};
use crate::{
    asks::{Asks, Errand},
    kit::{self, Icon, Weight, icon_button, line_field},
    people,
    theme::{self, Type, gap},
};

/// How long the circle is looked for.
const LOOK: Duration = Duration::from_secs(120);

/// What is typed by somebody who comes back.
#[derive(Default)]
pub struct Back {
    words: Typed,
    device_name: String,
    at: String,
    /// The words that are under way; they may be needed once more, to remove what is lost.
    sent: Option<Words>,
}

/// What somebody who comes back wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing yet.
    Stay,
    /// The circle is looked for.
    Look,
    /// Not now.
    Cancel,
}

impl Back {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, asks: &mut Asks) -> Next {
        let mut next = Next::Stay;
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::PAPER, &text("app-back"));
            ui.label(theme::soft(ui, Type::Note, text("app-back-why")).line_height(Some(24.0)));
            self.words.ui(ui, "my 24 words");
            let (label, hint) = (text("app-back-device"), text("app-back-device-hint"));
            line_field(ui, Id::new("device name"), &label, &hint, &mut self.device_name);
            line_field(ui, Id::new("address"), &text("app-back-at"), "192.168.1.20:4001", &mut self.at);
            ui.label(theme::soft(ui, Type::Note, text("app-back-at-why")));
            ui.add_space(gap::S);
            ui.horizontal(|ui| {
                if icon_button(ui, Weight::Strong, None, &text("app-back-do")).clicked() {
                    next = self.send(asks);
                }
                if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                    *self = Back::default();
                    next = Next::Cancel;
                }
            });
        });
        next
    }

    fn send(&mut self, asks: &mut Asks) -> Next {
        let at: Vec<Listen> = match self.at.split_whitespace().map(str::parse).collect() {
            Ok(at) => at,
            Err(_) => {
                self.words.refused(text("app-back-no-address"));
                return Next::Stay;
            }
        };
        let Some(words) = self.words.read() else { return Next::Stay };
        let device_name = match self.device_name.trim() {
            "" => text("common-another-device"),
            name => name.to_owned(),
        };
        self.sent = Some(words.clone());
        asks.send(Errand::Restore, Ask::ComeBack { words, device_name, called: String::new(), at, longest: LOOK });
        Next::Look
    }

    /// It worked: what is left to ask about that plan.
    pub fn done(&mut self, plan: PlanId) -> Option<Returned> {
        let words = std::mem::take(self).sent?;
        Some(Returned { plan, words, trouble: None })
    }

    /// It did not.
    pub fn failed(&mut self, sentence: String) {
        self.sent = None;
        self.words.refused(sentence);
    }
}

/// Somebody who is back: which of their other devices are lost? The words are in memory until that is answered.
pub struct Returned {
    /// The plan they are back in.
    pub plan: PlanId,
    words: Words,
    trouble: Option<String>,
}

impl Returned {
    /// Draws it. Answers whether there is nothing left to ask.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, asks: &mut Asks) -> bool {
        let Some(me) = people::me(desk, self.plan) else { return false };
        let others: Vec<desk::Device> =
            desk.devices(self.plan, me.id).into_iter().filter(|device| !device.this).collect();
        title(ui, &text("app-returned"), |_| {});
        kit::card(ui, |ui| {
            let why = if others.is_empty() { "app-returned-alone" } else { "app-returned-which" };
            ui.label(theme::text(ui, Type::Body, text(why)).line_height(Some(27.0)));
            for device in &others {
                let name = if device.name.is_empty() { text("common-first-device") } else { plan::clean(&device.name) };
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::M;
                    ui.label(theme::text(ui, Type::Strong, &name));
                    ui.label(theme::soft(ui, Type::Note, device.id.short()));
                    let said = say(Say::new("app-returned-lost-which").with("name", name.as_str()));
                    let lost = kit::said_button(ui, Weight::Plain, Icon::REMOVE, &text("app-returned-lost"), &said);
                    if lost.clicked() {
                        let (plan, device, words) = (self.plan, device.id, self.words.clone());
                        asks.send(Errand::Lost, Ask::RemoveLost { plan, device, and_linked: true, words });
                    }
                });
            }
            if let Some(trouble) = &self.trouble {
                ui.label(theme::text(ui, Type::Note, trouble).color(theme::of(ui.ctx()).attention));
            }
            ui.label(theme::soft(ui, Type::Note, text("app-returned-keeps")).line_height(Some(24.0)));
        });
        ui.add_space(gap::M);
        icon_button(ui, Weight::Strong, None, &text("app-returned-done")).clicked()
    }

    /// A device could not be removed.
    pub fn failed(&mut self, sentence: String) {
        self.trouble = Some(sentence);
    }
}
