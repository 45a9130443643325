//! Settings: light or dark, how large; which files come by themselves; and what opens this device.

use desk::Desk;
use eframe::egui::Ui;
use node::ask::Fetching;
use words::{Say, say, text};

use super::{custody::Custody, title};
use crate::{
    asks::{Asks, Place, Wish},
    kit::{self, Choice, Icon, Weight, choose, icon_button},
    settings::{self, Settings, Wanted, ZOOMS},
    theme::{self, Look, Tone, Type, gap},
};

/// Draws it; `back` is where the person came from.
pub fn ui(ui: &mut Ui, desk: &Desk, now: &Settings, custody: &mut Custody, back: Place, asks: &mut Asks) {
    title(ui, &text("app-settings"), |ui| {
        if icon_button(ui, Weight::Plain, Icon::BACK, &text("common-back")).clicked() {
            asks.go(back);
        }
    });
    let looks = [
        (Wanted::Desktop, "app-look-desktop"),
        (Wanted::Always(Look::Light), "app-look-light"),
        (Wanted::Always(Look::Dark), "app-look-dark"),
        (Wanted::Always(Look::HighLight), "app-look-high-light"),
        (Wanted::Always(Look::HighDark), "app-look-high-dark"),
    ];
    let looks = looks.map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent });
    kit::card(ui, |ui| {
        if let Some(look) = choose(ui, &text("app-look"), Some(&now.look), &looks) {
            asks.wish(Wish::Settle(settings::Choice::Look(look)));
        }
    });
    ui.add_space(gap::L);
    kit::card(ui, |ui| {
        ui.label(theme::soft(ui, Type::Note, text("app-zoom")));
        ui.horizontal(|ui| {
            let settle = |zoom: u16| Wish::Settle(settings::Choice::Zoom(zoom));
            if icon_button(ui, Weight::Plain, Icon::SMALLER, &text("app-zoom-smaller")).clicked() {
                asks.wish(settle(now.zoom.saturating_sub(ZOOMS.2).max(ZOOMS.0)));
            }
            ui.label(theme::text(ui, Type::Strong, say(Say::new("app-zoom-percent").with("percent", now.zoom))));
            if icon_button(ui, Weight::Plain, Icon::ADD, &text("app-zoom-larger")).clicked() {
                asks.wish(settle((now.zoom + ZOOMS.2).min(ZOOMS.1)));
            }
        });
        ui.label(theme::soft(ui, Type::Note, text("app-zoom-keys")));
    });
    ui.add_space(gap::L);
    let files = [(Fetching::All, "app-files-all"), (Fetching::Small, "app-files-small")];
    let files = files.map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent });
    kit::card(ui, |ui| {
        if let Some(files) = choose(ui, &text("app-files"), Some(&now.files), &files) {
            asks.wish(Wish::Settle(settings::Choice::Files(files)));
        }
        ui.label(theme::soft(ui, Type::Note, text("app-files-why")).line_height(Some(24.0)));
    });
    ui.add_space(gap::L);
    custody.ui(ui, desk, now, asks);
}
