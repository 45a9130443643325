//! Whether this home opens without its passphrase: offered only where the program knows a keyring, and off unless chosen.

use desk::Desk;
use eframe::egui::Ui;
use node::{
    Pending,
    ask::{InKeyring, IsInKeyring, SetKeyring},
};
use words::{say, text};

use crate::{
    kit::{Choice, choose},
    theme::{self, Tone, Type},
};

/// What the choice remembers of itself.
#[derive(Default)]
pub(super) struct Keyring {
    known: Option<InKeyring>,
    asked: Option<Pending<InKeyring>>,
    under_way: Option<Pending<()>>,
}

impl Keyring {
    pub(super) fn is_waiting(&self) -> bool {
        self.asked.is_some() || self.under_way.is_some()
    }

    /// Asks whether it does, and hears what became of a change.
    pub(super) fn hear(&mut self, desk: &Desk) -> Option<(Tone, String)> {
        if self.known.is_none() && self.asked.is_none() {
            self.asked = Some(desk.node().ask(IsInKeyring));
        }
        if let Some(answer) = self.asked.as_mut().and_then(Pending::take) {
            self.asked = None;
            self.known = answer.ok().or(self.known);
        }
        let answer = self.under_way.as_mut().and_then(Pending::take)?;
        self.under_way = None;
        self.asked = Some(desk.node().ask(IsInKeyring));
        Some(match answer {
            Ok(()) => (Tone::Calm, text("app-passphrase-changed")),
            Err(refused) => (Tone::Attention, say(refused.say())),
        })
    }

    /// Draws it, where there is a keyring and a passphrase that it would spare.
    pub(super) fn ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let now = match self.known {
            Some(InKeyring::NotOffered) | None => return,
            Some(now) => now,
        };
        let choices = [(InKeyring::No, "common-no"), (InKeyring::Yes, "common-yes")].map(|(value, key)| Choice {
            value,
            words: text(key),
            tone: Tone::Accent,
        });
        let chosen = choose(ui, &text("app-keyring"), Some(&now), &choices);
        let note = if self.under_way.is_some() { "app-keyring-waits" } else { "app-keyring-why" };
        ui.label(theme::soft(ui, Type::Note, text(note)).line_height(Some(24.0)));
        if let Some(chosen) = chosen.filter(|chosen| *chosen != now && self.under_way.is_none()) {
            let set = if chosen == InKeyring::Yes { SetKeyring::Use } else { SetKeyring::Leave };
            self.under_way = Some(desk.node().ask(set));
        }
    }
}
