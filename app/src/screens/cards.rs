//! Records as cards: each to be read, and one of them open to be written in.

use eframe::egui::Ui;
use seal::ItemId;
use words::{Say, say, text};

use super::fields::{Record, comments};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button, said_button},
    theme::gap,
};

/// Which card of a page is open.
#[derive(Debug, Default)]
pub struct Cards {
    open: Option<ItemId>,
}

impl Cards {
    /// Opens a card to be written in.
    pub fn open(&mut self, item: ItemId) {
        self.open = Some(item);
    }

    /// Closes the card that is open, if one is.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Whether this record's card is open.
    pub fn is_open(&self, record: Record<'_>) -> bool {
        record.item.is_some() && self.open == record.item
    }

    /// Draws one card: what `reading` draws and a button to change it, or else what `editing` draws, to be done with or
    /// taken away.
    pub fn card(
        &mut self,
        ui: &mut Ui,
        record: Record<'_>,
        asks: &mut Asks,
        reading: impl FnOnce(&mut Ui, &mut Asks),
        editing: impl FnOnce(&mut Ui, &mut Asks),
    ) {
        let id = record.id("card", "");
        ui.push_id(id, |ui| {
            kit::card(ui, |ui| {
                if self.is_open(record) {
                    ui.spacing_mut().item_spacing.y = gap::M;
                    editing(ui, asks);
                    comments(ui, record, true, asks);
                    self.end(ui, record, asks);
                } else {
                    reading(ui, asks);
                    comments(ui, record, false, asks);
                    if change(ui, record) {
                        self.open = record.item;
                    }
                }
            });
        });
    }

    /// The end of a card that is open.
    pub fn end(&mut self, ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
                self.open = None;
            }
            if icon_button(ui, Weight::Quiet, Icon::REMOVE, &text("app-card-remove")).clicked() {
                record.remove(asks);
                self.open = None;
            }
        });
    }
}

/// The button that opens a card; only for whoever may write here. Whether it was pressed.
pub fn change(ui: &mut Ui, record: Record<'_>) -> bool {
    if !record.is_mine() {
        return false;
    }
    let said = say(Say::new("app-change-this").with("what", record.called()));
    said_button(ui, Weight::Quiet, Icon::EDIT, &text("app-change"), &said).clicked()
}
