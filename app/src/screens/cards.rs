//! Records as cards: each to be read, and one of them open to be written in.

use eframe::egui::{Rect, Ui, vec2};
use seal::ItemId;
use words::{Say, say, text};

use super::fields::{Hand, Record, attached, comments, everything, may_hold_more};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button, said_button},
    theme::{self, Type, gap},
};

/// How much of a card is brought into view: its title and the first lines.
const TOP: f32 = 240.0;

/// How a list invites to one more record.
#[derive(Clone, Copy)]
pub struct More<'a> {
    /// The part, or the record, whose list it is.
    pub of: Record<'a>,
    /// The list.
    pub list: &'a str,
    /// The question.
    pub words: &'a str,
}

/// Which card of a page is open.
#[derive(Debug, Default)]
pub struct Cards {
    open: Option<ItemId>,
    /// The card of which everything is shown.
    whole: Option<ItemId>,
    /// The card somebody came for: it is brought into view once it is drawn.
    came_for: Option<ItemId>,
}

impl Cards {
    /// Opens a card to be written in, and brings it into view. Whoever may not write there sees it.
    pub fn open(&mut self, item: ItemId) {
        self.open = Some(item);
        self.came_for = Some(item);
    }

    /// Closes the card that is open, if one is.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Whether somebody came for this record's card and it is not in sight yet: then it is drawn wherever it is.
    pub fn is_awaited(&self, record: Record<'_>) -> bool {
        self.came_for.is_some() && self.came_for == record.item
    }

    /// Whether this record's card is open, or about to be.
    pub fn has_open(&self, item: ItemId) -> bool {
        self.open == Some(item)
    }

    /// Whether any card is open.
    pub fn any(&self) -> bool {
        self.open.is_some()
    }

    /// Whether this record's card is open.
    pub fn is_open(&self, record: Record<'_>) -> bool {
        record.item.is_some() && self.open == record.item && record.hand() != Hand::Reads
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
            let card = kit::card(ui, |ui| {
                if self.is_open(record) {
                    ui.spacing_mut().item_spacing.y = gap::M;
                    editing(ui, asks);
                    comments(ui, record, true, asks);
                    self.end(ui, record, asks);
                } else {
                    reading(ui, asks);
                    self.foot(ui, record, asks);
                }
            });
            self.drawn(ui, record, card.response.rect);
        });
    }

    /// A card was drawn here: whoever came for it sees it, once.
    pub fn drawn(&mut self, ui: &Ui, record: Record<'_>, card: Rect) {
        if self.is_awaited(record) {
            self.came_for = None;
            // Its top: a card that is open may be higher than the window.
            ui.scroll_to_rect(Rect::from_min_size(card.min, vec2(card.width(), TOP)), None);
        }
    }

    /// The end of a card that is read: what is attached, what only a newer version can show, what people say beside it, and the
    /// buttons. Whoever cannot open the card can read here all that stands in it.
    pub fn foot(&mut self, ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
        attached(ui, record, asks);
        from_newer(ui, record);
        let only_reads = record.hand() == Hand::Reads;
        let is_whole = only_reads && record.item.is_some() && self.whole == record.item;
        if is_whole {
            everything(ui, record);
        }
        // Whoever cannot open the card says what they have to say here.
        comments(ui, record, only_reads, asks);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            if change(ui, record) {
                self.open = record.item;
            }
            if only_reads && may_hold_more(record) {
                self.read_more(ui, record, is_whole);
            }
        });
    }

    /// Draws all of these two by two where there is room, the open one over the whole width, and a card that invites to add one
    /// more to the list.
    pub fn grid(
        &mut self,
        ui: &mut Ui,
        records: &[Record<'_>],
        more: Option<More<'_>>,
        asks: &mut Asks,
        reading: impl Fn(&mut Ui, Record<'_>),
        editing: impl Fn(&mut Ui, Record<'_>, &mut Asks),
    ) {
        let mut at = 0;
        while let Some(record) = records.get(at) {
            let beside = records.get(at + 1).filter(|beside| !self.is_open(**beside) && !self.is_open(*record));
            let mut draw = |ui: &mut Ui, record: Record<'_>| {
                self.card(ui, record, asks, |ui, _| reading(ui, record), |ui, asks| editing(ui, record, asks));
            };
            match beside {
                Some(beside) => {
                    let draw = std::cell::RefCell::new(&mut draw);
                    let (left, right) =
                        (|ui: &mut Ui| draw.borrow_mut()(ui, *record), |ui: &mut Ui| draw.borrow_mut()(ui, *beside));
                    super::pair(ui, 0.5, left, right);
                }
                None => draw(ui, *record),
            }
            at += 1 + usize::from(beside.is_some());
            ui.add_space(gap::L);
        }
        if let Some(more) = more.filter(|more| more.of.is_mine())
            && kit::empty_card(ui, more.words).clicked()
        {
            more.of.add(more.list, Vec::new(), asks);
        }
    }

    fn read_more(&mut self, ui: &mut Ui, record: Record<'_>, is_whole: bool) {
        let (icon, words, said) = match is_whole {
            true => (Icon::LESS, "app-card-less", "app-card-less-of"),
            false => (Icon::MORE, "app-card-whole", "app-card-whole-of"),
        };
        let said = say(Say::new(said).with("what", record.called()));
        if said_button(ui, Weight::Quiet, icon, &text(words), &said).clicked() {
            self.whole = record.item.filter(|_| !is_whole);
        }
    }

    /// The end of a card that is open.
    pub fn end(&mut self, ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            // What a field still held when its card closed is not lost: see `fields::left_behind`.
            if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
                self.open = None;
            }
            let remove = match record.hand() {
                Hand::Writes => "app-card-remove",
                Hand::Offers => "suggest-take-out",
                // Who only reads it has opened it to read.
                Hand::Reads => return,
            };
            if icon_button(ui, Weight::Quiet, Icon::REMOVE, &text(remove)).clicked() {
                record.remove(asks);
                self.open = None;
            }
        });
    }
}

/// What a card says beyond what is wanted at once: behind one press, called so.
pub fn behind(ui: &mut Ui, record: Record<'_>, words: &str, inside: impl FnOnce(&mut Ui)) {
    let id = record.id("behind a press", words);
    let is_open = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let icon = if is_open { Icon::LESS } else { Icon::MORE };
    let said = format!("{words}: {}", record.called());
    if said_button(ui, Weight::Quiet, icon, words, &said).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !is_open));
    }
    if is_open {
        inside(ui);
    }
}

/// Says that a record holds more than this version can show.
pub fn from_newer(ui: &mut Ui, record: Record<'_>) {
    if record.document().is_some_and(|document| document.has_more(record.item)) {
        ui.label(theme::soft(ui, Type::Note, text("app-card-newer")));
    }
}

/// The button that opens a card; only for whoever may write here, or offer something. Whether it was pressed.
pub fn change(ui: &mut Ui, record: Record<'_>) -> bool {
    let (words, said) = match record.hand() {
        Hand::Writes => ("app-change", "app-change-this"),
        Hand::Offers => ("suggest-change", "suggest-change-this"),
        Hand::Reads => return false,
    };
    let said = say(Say::new(said).with("what", record.called()));
    said_button(ui, Weight::Quiet, Icon::EDIT, &text(words), &said).clicked()
}
