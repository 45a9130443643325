//! What the keyboard does outside of texts: the size of everything, looking for words, Escape, undo and redo.

use desk::Ask;
use eframe::egui::{Event, Key, Modifiers, Ui};
use plan::limits::TEXT_CHARS;
use words::text;

use super::Room;
use crate::{
    asks::{Asks, Page, Place, Wish},
    settings::{self, ZOOMS},
};

impl Room {
    pub(super) fn zoom_keys(&self, ui: &mut Ui, asks: &mut Asks) {
        let now = self.settings.zoom;
        let pressed = |ui: &mut Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        let larger = pressed(ui, Key::Plus) | pressed(ui, Key::Equals);
        let smaller = pressed(ui, Key::Minus);
        let usual = pressed(ui, Key::Num0);
        let wanted = match (larger, smaller, usual) {
            (true, _, _) => (now + ZOOMS.2).min(ZOOMS.1),
            (_, true, _) => now.saturating_sub(ZOOMS.2).max(ZOOMS.0),
            (_, _, true) => 100,
            (false, false, false) => now,
        };
        if wanted != now {
            asks.wish(Wish::Settle(settings::Choice::Zoom(wanted)));
        }
    }

    /// What nobody could read is not even laid out: a field that is to show ten million letters stands still for minutes.
    pub(super) fn huge_pastes(&mut self, ui: &mut Ui) {
        let fits = |event: &Event| match event {
            Event::Paste(words) | Event::Text(words) => words.chars().take(TEXT_CHARS + 1).count() <= TEXT_CHARS,
            _ => true,
        };
        let huge = ui.input_mut(|input| {
            let before = input.events.len();
            input.events.retain(fits);
            input.events.len() < before
        });
        if huge {
            self.notice = Some(text("errors-too-much"));
        }
    }

    /// Escape closes the top thing only; undo is there outside of texts, too.
    pub(super) fn other_keys(&mut self, ui: &mut Ui, asks: &mut Asks) {
        let find = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F));
        if find && !self.desk.plans().is_empty() {
            asks.go(Place::Find);
        }
        // The question whether to leave is answered by Escape itself.
        if !self.held && self.leading.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            match self.place {
                Place::Settings | Place::Day | Place::Find | Place::Pages(_) => asks.go(self.back),
                Place::Plan(_, Page::Part(part)) => {
                    if let Some(page) = self.pages.of(part) {
                        page.close();
                    }
                }
                Place::Plan(_, Page::Sharing) => self.sharing.close(),
                Place::Plan(_, Page::Mine) => self.mine.once.close(),
                Place::Plan(_, Page::People) => {
                    if self.people.close() {
                        asks.push(Ask::HideCode);
                    }
                }
                Place::Home => self.home.back(),
                Place::Plan(_, Page::Front | Page::Parts | Page::History) => {}
            }
        }
        let (plan, part) = match self.place {
            Place::Plan(plan, Page::Part(part)) => (plan, part),
            Place::Plan(_, Page::Front | Page::Parts | Page::People | Page::Sharing | Page::Mine | Page::History)
            | Place::Home
            | Place::Settings
            | Place::Day
            | Place::Find
            | Place::Pages(_) => return,
        };
        if ui.ctx().text_edit_focused() {
            return;
        }
        let redo = ui.input_mut(|input| {
            let shifted = input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
            input.consume_key(Modifiers::COMMAND, Key::Y) || shifted
        });
        if redo {
            asks.push(Ask::Redo { plan, part: part.to_owned() });
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z)) {
            asks.push(Ask::Undo { plan, part: part.to_owned() });
        }
    }
}
